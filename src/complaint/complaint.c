#include "barometre/complaint.h"

#include <string.h>

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

const struct complaint_field_description complaint_fields[FIELD_COUNT] = {
    [FIELD_RECEIVED_ON] = {"received_on", TYPE_DATE},
    [FIELD_LAST_STATUS_ON] = {"last_status_on", TYPE_DATE},
    [FIELD_SOURCE] = {"source", TYPE_ENUM,
                      WORDS("form", "mediator", "dgccrf", "observatory", "import")},
    [FIELD_VERIFICATION] = {"verification", TYPE_ENUM,
                            WORDS("declared", "documented", "confirmed")},
    [FIELD_CONTEST] = {"contest", TYPE_ENUM, WORDS("none", "contested")},
    [FIELD_ADJUDICATION] = {"adjudication", TYPE_ENUM,
                            WORDS("none", "upheld", "partly", "rejected")},
    [FIELD_FIRM_SIZE] = {"firm_size", TYPE_ENUM, WORDS("tpe", "pme", "other")},
    [FIELD_SECTOR] = {"sector", TYPE_ENUM,
                      WORDS("A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L",
                            "M", "N", "O", "P", "Q", "R", "S", "T", "U")},
    [FIELD_PILLAR_D] = {"pillar_d", TYPE_ANSWER},
    [FIELD_PILLAR_S] = {"pillar_s", TYPE_ANSWER},
    [FIELD_PILLAR_C] = {"pillar_c", TYPE_ANSWER},
    [FIELD_ACTION] = {"action", TYPE_ENUM,
                      WORDS("account_termination", "account_suspension",
                            "listing_removal", "ranking_demotion")},
    [FIELD_EFFECTIVE_ON] = {"effective_on", TYPE_DATE, .ahead = true},
    [FIELD_REASONS_ON] = {"reasons_on", TYPE_DATE_OR_NEVER},
    [FIELD_REASONS_GIVEN] = {"reasons_given", TYPE_ANSWER},
    [FIELD_NOTICE_ON] = {"notice_on", TYPE_DATE_OR_NEVER},
    [FIELD_NOTICE_30D] = {"notice_30d", TYPE_ANSWER},
    [FIELD_EXCEPTION] = {"exception", TYPE_ENUM,
                         WORDS("none", "legal_duty", "imperative_reason",
                               "repeated_infringement")},
    [FIELD_HEARD] = {"heard", TYPE_ANSWER},
    [FIELD_APPEAL_ON] = {"appeal_on", TYPE_DATE},
    [FIELD_APPEAL_DECIDED_ON] = {"appeal_decided_on", TYPE_DATE},
    [FIELD_APPEAL_DECIDED] = {"appeal_decided", TYPE_ANSWER},
    [FIELD_TURNOVER_LOSS_PCT] = {"turnover_loss_pct", TYPE_NUMBER, NULL, 0, 100},
    [FIELD_CONTACT_ON] = {"contact_on", TYPE_DATE},
    [FIELD_HUMAN_REPLY_ON] = {"human_reply_on", TYPE_DATE},
    [FIELD_HUMAN_REPLY] = {"human_reply", TYPE_ANSWER},
    [FIELD_PHONE_REACHED] = {"phone_reached", TYPE_ANSWER},
    [FIELD_REPLY_INDIVIDUAL] = {"reply_individual", TYPE_ANSWER},
    [FIELD_RECOURSE_TOLD] = {"recourse_told", TYPE_ANSWER},
    [FIELD_NOTIFIED_ON] = {"notified_on", TYPE_DATE_OR_NEVER},
    [FIELD_NOTIFIED] = {"notified", TYPE_ANSWER},
    [FIELD_CHANGE_EFFECTIVE_ON] = {"change_effective_on", TYPE_DATE, .ahead = true},
    [FIELD_NOTICE_15D] = {"notice_15d", TYPE_ANSWER},
    [FIELD_ADAPTATION_NEEDED] = {"adaptation_needed", TYPE_ANSWER},
    [FIELD_RETROACTIVE] = {"retroactive", TYPE_ANSWER},
    [FIELD_NOT_RETROACTIVE] = {"not_retroactive", TYPE_ANSWER},
    [FIELD_EXIT_POSSIBLE] = {"exit_possible", TYPE_ANSWER},
    [FIELD_FREE_EXIT] = {"free_exit", TYPE_ANSWER},
    [FIELD_CHANGE_KIND] = {"change_kind", TYPE_ENUM,
                           WORDS("fees", "liability", "termination", "ranking", "payment",
                                 "data", "other")},
    [FIELD_WATCH_FEES] = {"watch_fees", TYPE_ANSWER},
    [FIELD_WATCH_COUNTERFEIT] = {"watch_counterfeit", TYPE_ANSWER},
    [FIELD_WATCH_WITHHELD] = {"watch_withheld", TYPE_ANSWER},
    [FIELD_WATCH_ACCOUNTS] = {"watch_accounts", TYPE_ANSWER},
    [FIELD_WATCH_SELFPREF] = {"watch_selfpref", TYPE_ANSWER},
    [FIELD_WATCH_PARITY] = {"watch_parity", TYPE_ANSWER},
    [FIELD_WATCH_BUYBOX] = {"watch_buybox", TYPE_ANSWER},
    [FIELD_WITHHELD_EUR] = {"withheld_eur", TYPE_NUMBER, NULL, 0, 1000000000},
    [FIELD_MEDIATION] = {"mediation", TYPE_ENUM,
                         WORDS("none", "referred", "settled", "failed")},
};

void complaint_clear(struct complaint *complaint) {
    complaint->report_id[0] = '\0';
    complaint->change_id[0] = '\0';
    complaint->firm = 0;
    complaint->marketplace = -1;
    for (int i = 0; i < FIELD_COUNT; i++)
        complaint->value[i] = COMPLAINT_UNKNOWN;
}

enum complaint_field complaint_field_find(const char *name) {
    int field = 0;
    while (field < FIELD_COUNT && strcmp(complaint_fields[field].name, name) != 0)
        field++;
    return (enum complaint_field)field;
}

int complaint_value_find(enum complaint_field field, const char *word) {
    const char *const *values = complaint_fields[field].values;
    for (int i = 0; values != NULL && values[i] != NULL; i++)
        if (strcmp(values[i], word) == 0)
            return i;
    return -1;
}

bool complaint_is_id(const char *text) {
    const size_t length = strlen(text);
    return length >= 1 && length < COMPLAINT_ID_SIZE &&
           strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                        "0123456789._:/-") == length;
}
