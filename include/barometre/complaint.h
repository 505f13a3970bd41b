/* A complaint (signalement): one firm's account of one problem with one marketplace.
 *
 * It holds what is scored or watched and nothing else: no name, no address, no free text;
 * the firm is a keyed hash. Its fields are those of the canonical export, described once
 * in complaint_fields[]: reading, storing and the rules of the method all refer to that
 * table, so that a new question is one line there.
 */
#ifndef BAROMETRE_COMPLAINT_H
#define BAROMETRE_COMPLAINT_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum complaint_field {
    FIELD_RECEIVED_ON,
    FIELD_LAST_STATUS_ON,
    FIELD_SOURCE,
    FIELD_VERIFICATION,
    FIELD_CONTEST,
    FIELD_ADJUDICATION,
    FIELD_FIRM_SIZE,
    FIELD_SECTOR,
    FIELD_PILLAR_D,
    FIELD_PILLAR_S,
    FIELD_PILLAR_C,
    /* delisting */
    FIELD_ACTION,
    FIELD_EFFECTIVE_ON,
    FIELD_REASONS_ON,
    FIELD_REASONS_GIVEN,
    FIELD_NOTICE_ON,
    FIELD_NOTICE_30D,
    FIELD_EXCEPTION,
    FIELD_HEARD,
    FIELD_APPEAL_ON,
    FIELD_APPEAL_DECIDED_ON,
    FIELD_APPEAL_DECIDED,
    FIELD_TURNOVER_LOSS_PCT,
    /* support */
    FIELD_CONTACT_ON,
    FIELD_HUMAN_REPLY_ON,
    FIELD_HUMAN_REPLY,
    FIELD_PHONE_REACHED,
    FIELD_REPLY_INDIVIDUAL,
    FIELD_RECOURSE_TOLD,
    /* clauses */
    FIELD_NOTIFIED_ON,
    FIELD_NOTIFIED,
    FIELD_CHANGE_EFFECTIVE_ON,
    FIELD_NOTICE_15D,
    FIELD_ADAPTATION_NEEDED,
    FIELD_RETROACTIVE,
    FIELD_NOT_RETROACTIVE,
    FIELD_EXIT_POSSIBLE,
    FIELD_FREE_EXIT,
    FIELD_CHANGE_KIND,
    /* watch */
    FIELD_WATCH_FEES,
    FIELD_WATCH_COUNTERFEIT,
    FIELD_WATCH_WITHHELD,
    FIELD_WATCH_ACCOUNTS,
    FIELD_WATCH_SELFPREF,
    FIELD_WATCH_PARITY,
    FIELD_WATCH_BUYBOX,
    FIELD_WITHHELD_EUR,
    FIELD_MEDIATION,
    FIELD_COUNT
};

enum complaint_type {
    TYPE_DATE,          /* day number */
    TYPE_DATE_OR_NEVER, /* day number or COMPLAINT_NEVER */
    TYPE_ANSWER,        /* COMPLAINT_YES or COMPLAINT_NO */
    TYPE_ENUM,          /* index into the field's values */
    TYPE_NUMBER,        /* whole number between the field's bounds */
};

/* Values of a field. Unknown is neither no nor 0. */
#define COMPLAINT_UNKNOWN INT32_MIN
#define COMPLAINT_NEVER INT32_MAX
#define COMPLAINT_NO 0
#define COMPLAINT_YES 1

#define COMPLAINT_ID_SIZE 65 /* identifiers of up to 64 bytes and their NUL */

struct complaint_field_description {
    const char *name; /* canonical column, also the column of the store */
    enum complaint_type type;
    const char *const *values; /* TYPE_ENUM: canonical words, NULL at the end */
    int32_t least, most;       /* TYPE_NUMBER: inclusive bounds */
    bool ahead; /* TYPE_DATE: may lie after the day of the run, as announced effects do */
};

extern const struct complaint_field_description complaint_fields[FIELD_COUNT];

struct complaint {
    char report_id[COMPLAINT_ID_SIZE]; /* the source's own number of the complaint */
    char change_id[COMPLAINT_ID_SIZE]; /* id in the change register, or "" */
    int64_t firm;        /* first 64 bits of HMAC-SHA-256(key, SIREN or other id) */
    int32_t marketplace; /* index in the registry */
    int32_t value[FIELD_COUNT];
};

/* Makes every field unknown, every identifier empty. */
void complaint_clear(struct complaint *complaint);

/* The field of a canonical name, or FIELD_COUNT where there is none. */
enum complaint_field complaint_field_find(const char *name);

/* The index of a canonical word among an enum field's values, or -1. */
int complaint_value_find(enum complaint_field field, const char *word);

/* True where a text may be an identifier from outside: [A-Za-z0-9._:/-]{1,64}. What a
 * person could type into it by mistake (an e-mail, a sentence) is not one. */
bool complaint_is_id(const char *text);

#endif
