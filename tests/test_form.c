#include "export_csv.h"
#include "form.h"

#include "barometre/error.h"
#include "barometre/method.h"
#include "barometre/month.h"
#include "scratch.h"

static const unsigned char key[FIRM_KEY_BYTES] = {7};

static const char columns[] =
    "report_id,siret,firm_id,marketplace,received_on,last_status_on,pillars,heard,action,"
    "effective_on,reasons_on,reasons_given,turnover_loss_pct,change_id,unused";
static const char *const good[] = {"A-1",        "73282932000074",
                                   "",           "Bazarette",
                                   "2026-01-15", "",
                                   "d",          "",
                                   "",           "",
                                   "",           "",
                                   "",           "",
                                   "x"};

static int32_t day(int year, int month, int day_of_month) {
    int32_t number;
    g_assert_true(day_from_date(year, month, day_of_month, &number));
    return number;
}

/* A form, what it reads with, and what came of the last record. */
struct desk {
    struct profiles *profiles;
    struct registry *registry;
    struct method *method;
    GPtrArray *rules, *headers;
    struct form *form;
    struct form_reader *reader;
    struct csv_record *record;
    struct complaint complaint;
    struct reject reject;
};

static void desk_free(struct desk *desk) {
    if (desk == NULL)
        return;
    csv_record_free(desk->record);
    form_reader_free(desk->reader);
    form_free(desk->form);
    g_ptr_array_unref(desk->headers);
    g_ptr_array_unref(desk->rules);
    method_free(desk->method);
    registry_free(desk->registry);
    profiles_free(desk->profiles);
    g_free(desk);
}
SCOPE_DEFINE(desk)

static struct desk *desk_open(const char *folder, const char *profile,
                              const char *headers, GError **error) {
    g_autofree char *registry = shipped("sample/marketplaces.json");
    g_autofree char *method = shipped("method.json");
    scoped(desk) *desk = g_new0(struct desk, 1);
    desk->profiles = profiles_load(folder, error);
    g_assert_no_error(*error);
    desk->registry = registry_load(registry, error);
    g_assert_no_error(*error);
    desk->method = method_load(method, error);
    g_assert_no_error(*error);
    desk->rules = g_ptr_array_new();
    for (int p = 0; p < desk->method->pillar_count; p++)
        for (int i = 0; i < desk->method->pillars[p].indicator_count; i++)
            if (desk->method->pillars[p].indicators[i].kind != INDICATOR_INCIDENCE)
                g_ptr_array_add(desk->rules,
                                &desk->method->pillars[p].indicators[i].rule);
    desk->headers = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) names = g_strsplit(headers, ",", -1);
    for (char **name = names; *name != NULL; name++)
        g_ptr_array_add(desk->headers, g_strdup(*name));
    desk->form =
        form_bind(profiles_find(desk->profiles, profile), desk->headers, "x.csv", error);
    if (desk->form == NULL)
        return NULL;
    desk->reader = form_reader_new(desk->form, desk->registry,
                                   (const struct rule *const *)desk->rules->pdata,
                                   (int)desk->rules->len, key, day(2026, 11, 22));
    desk->record = csv_record_new(',', form_wanted(desk->form), form_columns(desk->form));
    return g_steal_pointer(&desk);
}

static struct desk *canonical_desk(void) {
    g_autofree char *folder = shipped("profiles");
    g_autoptr(GError) error = NULL;
    struct desk *desk = desk_open(folder, "canonical", columns, &error);
    g_assert_no_error(error);
    return desk;
}

static bool read_bytes(struct desk *desk, const char *bytes, size_t length,
                       enum dialect_encoding encoding) {
    g_assert_true(csv_record_read(desk->record, bytes, length));
    desk->reject = (struct reject){.column = -1};
    return form_read(desk->reader, csv_record_row(desk->record), encoding,
                     &desk->complaint, &desk->reject);
}

static bool read_text(struct desk *desk, const char *text) {
    return read_bytes(desk, text, strlen(text), ENCODING_UTF8);
}

/* The good record with other cells: name, cell, …, NULL. The caller frees. */
static char *record_with(const char *const *changes) {
    g_auto(GStrv) names = g_strsplit(columns, ",", -1);
    GString *record = g_string_new(NULL);
    for (int c = 0; names[c] != NULL; c++) {
        const char *cell = good[c];
        for (int i = 0; changes[i] != NULL; i += 2)
            if (strcmp(changes[i], names[c]) == 0)
                cell = changes[i + 1];
        g_string_append_printf(record, "%s%s", c > 0 ? "," : "", cell);
    }
    return g_string_free(record, FALSE);
}

static bool read_with(struct desk *desk, const char *const *changes) {
    g_autofree char *record = record_with(changes);
    return read_text(desk, record);
}

#define WITH(...) ((const char *const[]){__VA_ARGS__, NULL})

static void a_good_record_becomes_a_complaint(void) {
    scoped(desk) *desk = canonical_desk();
    scoped(firm_hash) *hash = firm_hash_new(key);
    g_assert_true(read_with(desk, WITH("heard", "oui", "action", "listing_removal",
                                       "change_id", "C/1", "effective_on", "2027-01-01",
                                       "turnover_loss_pct", "\"12,5\"")));
    const struct complaint *complaint = &desk->complaint;
    g_assert_cmpstr(complaint->report_id, ==, "A-1");
    g_assert_cmpstr(complaint->change_id, ==, "C/1");
    g_assert_cmpint(complaint->firm, ==, firm_of_siren(hash, "732829320"));
    g_assert_cmpint(complaint->marketplace, ==,
                    registry_find(desk->registry, "bazarette"));
    g_assert_cmpint(complaint->value[FIELD_RECEIVED_ON], ==, day(2026, 1, 15));
    g_assert_cmpint(complaint->value[FIELD_LAST_STATUS_ON], ==, day(2026, 1, 15));
    g_assert_cmpint(complaint->value[FIELD_EFFECTIVE_ON], ==, day(2027, 1, 1));
    g_assert_cmpint(complaint->value[FIELD_PILLAR_D], ==, COMPLAINT_YES);
    g_assert_cmpint(complaint->value[FIELD_PILLAR_S], ==, COMPLAINT_UNKNOWN);
    g_assert_cmpint(complaint->value[FIELD_HEARD], ==, COMPLAINT_YES);
    g_assert_cmpint(complaint->value[FIELD_ACTION], ==,
                    complaint_value_find(FIELD_ACTION, "listing_removal"));
    g_assert_cmpint(complaint->value[FIELD_TURNOVER_LOSS_PCT], ==, 12);
    g_assert_cmpint(complaint->value[FIELD_REASONS_ON], ==, COMPLAINT_UNKNOWN);
    g_assert_cmpint(complaint->value[FIELD_MEDIATION], ==, COMPLAINT_UNKNOWN);
}

/* One wrong cell, the rule that refuses it, and the column that is named. */
static const struct {
    const char *column, *cell;
    enum reject_rule rule;
    const char *named; /* NULL: the same column; "": the whole record */
} wrongs[] = {
    {"report_id", "", REJECT_NO_ID, NULL},
    {"report_id", "  ", REJECT_NO_ID, NULL},
    {"report_id", "a@b.fr", REJECT_BAD_ID, NULL},
    {"report_id", "un numéro", REJECT_BAD_ID, NULL},
    {"report_id", "a2345678901234567890123456789012345678901234567890123456789012345",
     REJECT_BAD_ID, NULL},
    {"siret", "", REJECT_NO_FIRM, NULL},
    {"siret", "73282932000075", REJECT_SIRET, NULL},
    {"siret", "inconnu", REJECT_SIRET, NULL},
    {"marketplace", "", REJECT_NO_MARKETPLACE, NULL},
    {"marketplace", "Bazarettes", REJECT_UNKNOWN_MARKETPLACE, NULL},
    {"pillars", "", REJECT_NO_PILLAR, NULL},
    {"pillars", "x", REJECT_VALUE, NULL},
    {"pillars", "d,clauses", REJECT_VALUE, NULL},
    {"received_on", "", REJECT_NO_DATE, NULL},
    {"received_on", "15/01/2026", REJECT_DATE, NULL},
    {"received_on", "2026-02-30", REJECT_DATE, NULL},
    {"received_on", "1989-12-31", REJECT_DATE_RANGE, NULL},
    {"received_on", "2026-11-23", REJECT_DATE_RANGE, NULL},
    {"last_status_on", "2026-01-14", REJECT_DATE_RANGE, NULL},
    {"last_status_on", "2026-11-23", REJECT_DATE_RANGE, NULL},
    {"reasons_on", "jamais", REJECT_DATE, NULL},
    {"effective_on", "1980-01-01", REJECT_DATE_RANGE, NULL},
    {"turnover_loss_pct", "101", REJECT_NUMBER, NULL},
    {"turnover_loss_pct", "-1", REJECT_NUMBER, NULL},
    {"turnover_loss_pct", "beaucoup", REJECT_NUMBER, NULL},
    {"heard", "peut-être", REJECT_VALUE, NULL},
    {"heard", "?", REJECT_VALUE, NULL},
    {"action", "closed", REJECT_VALUE, NULL},
    {"change_id", "un avis", REJECT_BAD_ID, NULL},
    {"heard", "\xE9", REJECT_ENCODING, NULL},
    {"unused,more", "x,y", REJECT_FIELD_COUNT, ""},
};

static void expect_reject(const struct desk *desk, enum reject_rule rule,
                          const char *named) {
    g_assert_cmpstr(reject_rule_code(desk->reject.rule), ==, reject_rule_code(rule));
    g_assert_cmpstr(desk->reject.label, ==, named);
    int column = 0;
    for (guint h = 0; h < desk->headers->len; h++)
        if (strcmp(g_ptr_array_index(desk->headers, h), named) == 0)
            column = (int)h + 1;
    g_assert_cmpint(desk->reject.column, ==, column);
}

static void every_wrong_cell_has_its_rule_and_column(void) {
    scoped(desk) *desk = canonical_desk();
    for (size_t i = 0; i < G_N_ELEMENTS(wrongs); i++) {
        g_autofree char *cell = g_strdup_printf("\"%s\"", wrongs[i].cell);
        g_autofree char *record = record_with(WITH(wrongs[i].column, cell));
        if (wrongs[i].rule == REJECT_FIELD_COUNT) {
            char *longer = g_strconcat(record, ",x", NULL);
            g_free(record);
            record = longer;
        }
        for (int again = 0; again < 2; again++) { /* the second time from the cache */
            if (read_text(desk, record))
                g_error("'%s' passes as %s", wrongs[i].cell, wrongs[i].column);
            expect_reject(desk, wrongs[i].rule,
                          wrongs[i].named == NULL ? wrongs[i].column : wrongs[i].named);
        }
        g_assert_true(read_with(desk, WITH("heard", "")));
    }
}

static void a_record_with_too_few_fields_is_refused(void) {
    scoped(desk) *desk = canonical_desk();
    g_assert_false(read_text(desk, "A-1,73282932000074,,Bazarette,2026-01-15"));
    expect_reject(desk, REJECT_FIELD_COUNT, "");
}

static void a_nul_in_a_field_in_use_is_refused_and_elsewhere_is_not(void) {
    scoped(desk) *desk = canonical_desk();
    g_autofree char *record = record_with(WITH("heard", "#", "unused", "#"));
    const size_t length = strlen(record);
    char *in_use = strchr(record, '#'), *unused = strrchr(record, '#');
    *unused = '\0';
    *in_use = ' ';
    g_assert_true(read_bytes(desk, record, length, ENCODING_UTF8));
    *in_use = '\0';
    g_assert_false(read_bytes(desk, record, length, ENCODING_UTF8));
    expect_reject(desk, REJECT_ENCODING, "heard");
}

static void dates_and_direct_answer_must_agree(void) {
    scoped(desk) *desk = canonical_desk();
    g_assert_false(read_with(desk, WITH("reasons_on", "never", "reasons_given", "yes")));
    expect_reject(desk, REJECT_CONTRADICTION, "");
    g_assert_true(read_with(desk, WITH("reasons_on", "never", "reasons_given", "no")));
    g_assert_cmpint(desk->complaint.value[FIELD_REASONS_ON], ==, COMPLAINT_NEVER);
}

static void a_firm_without_siret_is_its_id(void) {
    scoped(desk) *desk = canonical_desk();
    scoped(firm_hash) *hash = firm_hash_new(key);
    g_assert_true(read_with(desk, WITH("siret", "", "firm_id", "F 12")));
    g_assert_cmpint(desk->complaint.firm, ==, firm_of_id(hash, "F 12"));
}

static void the_words_of_an_answer_are_read_folded(void) {
    static const char *const yes[] = {"yes", "Y", "OUI", "o", "true", "On", "1", " oui "};
    static const char *const no[] = {"no", "N", "Non", "FALSE", "off", "0"};
    scoped(desk) *desk = canonical_desk();
    for (size_t i = 0; i < G_N_ELEMENTS(yes); i++) {
        g_assert_true(read_with(desk, WITH("heard", yes[i])));
        g_assert_cmpint(desk->complaint.value[FIELD_HEARD], ==, COMPLAINT_YES);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(no); i++) {
        g_assert_true(read_with(desk, WITH("heard", no[i])));
        g_assert_cmpint(desk->complaint.value[FIELD_HEARD], ==, COMPLAINT_NO);
    }
}

static void letters_name_the_pillars_in_any_order(void) {
    static const char *const cells[] = {"\"d,s,c\"", "c s d", "DSC", "s;c;d", "s-d c"};
    scoped(desk) *desk = canonical_desk();
    for (size_t i = 0; i < G_N_ELEMENTS(cells); i++) {
        g_assert_true(read_with(desk, WITH("pillars", cells[i])));
        for (int p = FIELD_PILLAR_D; p <= FIELD_PILLAR_C; p++)
            g_assert_cmpint(desk->complaint.value[p], ==, COMPLAINT_YES);
    }
}

/* ---- a profile of its own -------------------------------------------------------- */

static const char mine[] =
    "{'profile':'mine','title':{'fr':'F','en':'E'},'recognise':['No'],"
    "'dates':['DD/MM/YYYY'],'missing':['nsp','-'],'fields':{"
    "'report_id':{'columns':['No']},'firm':{'id':['No']},"
    "'marketplace':{'columns':['Place','Ancienne place']},"
    "'pillars':{'columns':['Objet'],'contains':{'déréférencement':'d','support':'s'}},"
    "'received_on':{'columns':['Reçu le','Créé le']},"
    "'last_status_on':{'columns':['Mis à jour','Modifié']},"
    "'verification':{'columns':['État'],'values':{'Accepté':'documented'},"
    "'otherwise':'declared'},"
    "'adjudication':{'columns':['État'],'values':{'Refusé':'rejected'},'otherwise':null},"
    "'heard':{'columns':['Entendu'],'values':{'?':'no'}},"
    "'source':{'constant':'mediator'},"
    "'turnover_loss_pct':{'columns':['Perte'],'blank_zero':true},"
    "'reasons_on':{'columns':['Motif le'],'never_if':{'columns':['Motif ?'],"
    "'values':['Non','-']}}}}";
static const char mine_columns[] =
    "No,Place,Ancienne place,Objet,Reçu le,Créé le,Mis à jour,Modifié,État,Perte,"
    "Motif le,Motif ?,Entendu";

static struct desk *mine_desk(const char *headers, GError **error) {
    scoped(scratch) *directory = scratch_new();
    g_autofree char *json = g_strdelimit(g_strdup(mine), "'", '"');
    g_free(scratch_write(directory->path, "mine.json", json, -1));
    return desk_open(directory->path, "mine", headers, error);
}

static struct desk *good_mine_desk(void) {
    g_autoptr(GError) error = NULL;
    struct desk *desk = mine_desk(mine_columns, &error);
    g_assert_no_error(error);
    return desk;
}

static void the_first_column_that_is_filled_in_counts(void) {
    scoped(desk) *desk = good_mine_desk();
    g_assert_true(read_text(desk, "1, ,Bazarette,Support,,02/01/2026,,03/01/2026,,,,,"));
    g_assert_cmpint(desk->complaint.value[FIELD_RECEIVED_ON], ==, day(2026, 1, 2));
    g_assert_cmpint(desk->complaint.value[FIELD_LAST_STATUS_ON], ==, day(2026, 1, 3));
    g_assert_true(
        read_text(desk, "1,Bazarette,Nowhere,Support,05/01/2026,02/01/2026,,,,,,,"));
    g_assert_cmpint(desk->complaint.value[FIELD_RECEIVED_ON], ==, day(2026, 1, 5));
}

static void a_reject_names_the_column_that_was_read(void) {
    scoped(desk) *desk = good_mine_desk();
    g_assert_false(read_text(desk, "1,,Nowhere,Support,05/01/2026,,,,,,,,"));
    expect_reject(desk, REJECT_UNKNOWN_MARKETPLACE, "Ancienne place");
    g_assert_false(read_text(desk, "1,Bazarette,,Support,05/01/2026,,,04/01/2026,,,,,"));
    expect_reject(desk, REJECT_DATE_RANGE, "Modifié");
    g_assert_false(read_text(desk, "1,Bazarette,,Support,,nsp,,,,,,,"));
    expect_reject(desk, REJECT_NO_DATE, "Créé le");
}

/* A cell is trimmed for one field and must be whole again for the next. */
static void a_column_of_two_fields_may_end_in_spaces(void) {
    scoped(desk) *desk = good_mine_desk();
    g_assert_true(read_text(desk, "  1 ,Bazarette,,Support,05/01/2026,,,, Refusé  ,,,,"));
    g_assert_cmpstr(desk->complaint.report_id, ==, "1");
    g_assert_cmpint(desk->complaint.value[FIELD_VERIFICATION], ==,
                    complaint_value_find(FIELD_VERIFICATION, "declared"));
    g_assert_cmpint(desk->complaint.value[FIELD_ADJUDICATION], ==,
                    complaint_value_find(FIELD_ADJUDICATION, "rejected"));
}

static void otherwise_takes_any_other_cell_the_empty_one_too(void) {
    static const char *const states[] = {"", "En construction", "declared?", "nsp"};
    scoped(desk) *desk = good_mine_desk();
    for (size_t i = 0; i < G_N_ELEMENTS(states); i++) {
        g_autofree char *text =
            g_strdup_printf("1,Bazarette,,Support,05/01/2026,,,,%s,,,,", states[i]);
        g_assert_true(read_text(desk, text));
        g_assert_cmpint(desk->complaint.value[FIELD_VERIFICATION], ==,
                        complaint_value_find(FIELD_VERIFICATION, "declared"));
        g_assert_cmpint(desk->complaint.value[FIELD_ADJUDICATION], ==, COMPLAINT_UNKNOWN);
    }
}

static void a_constant_needs_no_column(void) {
    scoped(desk) *desk = good_mine_desk();
    g_assert_true(read_text(desk, "1,Bazarette,,Support,05/01/2026,,,,,,,,"));
    g_assert_cmpint(desk->complaint.value[FIELD_SOURCE], ==,
                    complaint_value_find(FIELD_SOURCE, "mediator"));
}

static void a_zero_may_be_a_blank_and_a_missing_word_is_none(void) {
    static const struct {
        const char *cell;
        int32_t wanted;
    } cases[] = {
        {"0", COMPLAINT_UNKNOWN},
        {"", COMPLAINT_UNKNOWN},
        {"NSP", COMPLAINT_UNKNOWN},
        {"-", COMPLAINT_UNKNOWN},
        {"7", 7},
    };
    scoped(desk) *desk = good_mine_desk();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text =
            g_strdup_printf("1,Bazarette,,Support,05/01/2026,,,,,%s,%s,,", cases[i].cell,
                            cases[i].wanted == 7      ? ""
                            : cases[i].cell[0] == '0' ? ""
                                                      : cases[i].cell);
        g_assert_true(read_text(desk, text));
        g_assert_cmpint(desk->complaint.value[FIELD_TURNOVER_LOSS_PCT], ==,
                        cases[i].wanted);
        g_assert_cmpint(desk->complaint.value[FIELD_REASONS_ON], ==, COMPLAINT_UNKNOWN);
    }
}

static void never_is_told_by_another_question(void) {
    scoped(desk) *desk = good_mine_desk();
    g_assert_true(read_text(desk, "1,Bazarette,,Support,05/01/2026,,,,,,,non,"));
    g_assert_cmpint(desk->complaint.value[FIELD_REASONS_ON], ==, COMPLAINT_NEVER);
    g_assert_true(read_text(desk, "1,Bazarette,,Support,05/01/2026,,,,,,,Oui,"));
    g_assert_cmpint(desk->complaint.value[FIELD_REASONS_ON], ==, COMPLAINT_UNKNOWN);
    g_assert_false(
        read_text(desk, "1,Bazarette,,Support,05/01/2026,,,,,,01/01/2026,Non,"));
    expect_reject(desk, REJECT_CONTRADICTION, "Motif ?");
}

/* "-" and "?" fold to nothing, as an empty cell does. */
static void an_empty_cell_is_no_answer_whatever_folds_to_nothing(void) {
    scoped(desk) *desk = good_mine_desk();
    g_assert_true(read_text(desk, "1,Bazarette,,Support,05/01/2026,,,,,,,,"));
    g_assert_cmpint(desk->complaint.value[FIELD_REASONS_ON], ==, COMPLAINT_UNKNOWN);
    g_assert_cmpint(desk->complaint.value[FIELD_HEARD], ==, COMPLAINT_UNKNOWN);
    g_assert_true(read_text(desk, "1,Bazarette,,Support,05/01/2026,,,,,,,-,?"));
    g_assert_cmpint(desk->complaint.value[FIELD_REASONS_ON], ==, COMPLAINT_NEVER);
    g_assert_cmpint(desk->complaint.value[FIELD_HEARD], ==, COMPLAINT_NO);
}

static void phrases_name_the_pillars(void) {
    scoped(desk) *desk = good_mine_desk();
    g_assert_true(read_text(
        desk, "1,Bazarette,,\"Un DEREFERENCEMENT, le support\",05/01/2026,,,,,,,,"));
    g_assert_cmpint(desk->complaint.value[FIELD_PILLAR_D], ==, COMPLAINT_YES);
    g_assert_cmpint(desk->complaint.value[FIELD_PILLAR_S], ==, COMPLAINT_YES);
    g_assert_cmpint(desk->complaint.value[FIELD_PILLAR_C], ==, COMPLAINT_UNKNOWN);
    g_assert_false(read_text(desk, "1,Bazarette,,Autre,05/01/2026,,,,,,,,"));
    expect_reject(desk, REJECT_NO_PILLAR, "Objet");
}

/* Half a pair of UTF-16, or what another program could not read. */
static void a_cell_that_lacks_a_character_is_refused(void) {
    scoped(desk) *desk = canonical_desk();
    g_autofree char *lacking = record_with((const char *const[]){"marketplace",
                                                                 "Bazar\xEF\xBF\xBD"
                                                                 "ette",
                                                                 NULL});
    g_assert_false(read_text(desk, lacking));
    g_assert_cmpint(desk->reject.rule, ==, REJECT_ENCODING);
    g_autofree char *unused =
        record_with((const char *const[]){"unused", "\xEF\xBF\xBD", NULL});
    g_assert_true(read_text(desk, unused));
}

static void a_cell_in_windows_1252_is_converted(void) {
    static const char record[] = "1,Bazarette,,d\xE9r\xE9"
                                 "f\xE9rencement,05/01/2026,,,,Accept\xE9,,,,";
    scoped(desk) *desk = good_mine_desk();
    g_assert_true(read_bytes(desk, record, strlen(record), ENCODING_WINDOWS_1252));
    g_assert_cmpint(desk->complaint.value[FIELD_VERIFICATION], ==,
                    complaint_value_find(FIELD_VERIFICATION, "documented"));
    g_assert_false(read_bytes(desk, record, strlen(record), ENCODING_UTF8));
    expect_reject(desk, REJECT_ENCODING, "État");
}

static void a_mixed_or_undefined_byte_is_refused_not_guessed(void) {
    static const char utf8[] = "1,Bazarette,,support,05/01/2026,,,,Accept\xC3\xA9,,,,";
    static const char undefined[] = "1,Bazarette,,support,05/01/2026,,,,Accept\x81,,,,";
    scoped(desk) *desk = good_mine_desk();
    g_assert_false(read_bytes(desk, utf8, strlen(utf8), ENCODING_WINDOWS_1252));
    expect_reject(desk, REJECT_ENCODING, "État");
    g_assert_false(read_bytes(desk, undefined, strlen(undefined), ENCODING_WINDOWS_1252));
    expect_reject(desk, REJECT_ENCODING, "État");
    g_assert_true(read_bytes(desk, utf8, strlen(utf8), ENCODING_UTF8));
}

static void headers_are_compared_folded_and_may_come_twice(void) {
    g_autoptr(GError) error = NULL;
    scoped(desk) *desk = mine_desk("NO.,place,PLACE,objet,recu_le,autre", &error);
    g_assert_no_error(error);
    g_assert_true(read_text(desk, "1,,Bazarette,support,05/01/2026,x"));
    g_assert_true(read_text(desk, "1,Bazarette,,support,05/01/2026,x"));
    g_assert_cmpint(desk->complaint.value[FIELD_VERIFICATION], ==,
                    complaint_value_find(FIELD_VERIFICATION, "declared"));
}

static void a_column_that_every_complaint_needs_must_be_there(void) {
    static const struct {
        const char *headers, *says;
    } cases[] = {
        {"Place,Objet,Reçu le", "'report_id' (the profile expects 'no')"},
        {"No,Objet,Reçu le", "'marketplace' (the profile expects 'place')"},
        {"No,Place,Objet", "'received_on' (the profile expects 'recu le')"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        scoped(desk) *desk = mine_desk(cases[i].headers, &error);
        g_assert_null(desk);
        assert_error_says(error, ERROR_REFUSED, cases[i].says);
        assert_error_says(error, ERROR_REFUSED, "x.csv:1: no column holds");
    }
    g_autofree char *folder = shipped("profiles");
    g_autoptr(GError) error = NULL;
    g_assert_null(
        desk_open(folder, "canonical", "report_id,marketplace,received_on", &error));
    assert_error_says(error, ERROR_REFUSED, "'firm' (the profile expects 'siret')");
}

static void a_label_is_safe_to_show(void) {
    g_autoptr(GError) error = NULL;
    scoped(desk) *desk = mine_desk("No,Place,Objet,Reçu le,\u202EPerte\x1B", &error);
    g_assert_no_error(error);
    g_assert_false(read_text(desk, "1,Bazarette,support,05/01/2026,trop"));
    g_assert_cmpstr(desk->reject.label, ==, "Perte");
    g_assert_cmpint(desk->reject.column, ==, 5);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/form/" #name, name)
    TEST(a_good_record_becomes_a_complaint);
    TEST(every_wrong_cell_has_its_rule_and_column);
    TEST(a_record_with_too_few_fields_is_refused);
    TEST(a_nul_in_a_field_in_use_is_refused_and_elsewhere_is_not);
    TEST(dates_and_direct_answer_must_agree);
    TEST(a_firm_without_siret_is_its_id);
    TEST(the_words_of_an_answer_are_read_folded);
    TEST(letters_name_the_pillars_in_any_order);
    TEST(the_first_column_that_is_filled_in_counts);
    TEST(a_reject_names_the_column_that_was_read);
    TEST(a_column_of_two_fields_may_end_in_spaces);
    TEST(otherwise_takes_any_other_cell_the_empty_one_too);
    TEST(a_constant_needs_no_column);
    TEST(a_zero_may_be_a_blank_and_a_missing_word_is_none);
    TEST(never_is_told_by_another_question);
    TEST(an_empty_cell_is_no_answer_whatever_folds_to_nothing);
    TEST(phrases_name_the_pillars);
    TEST(a_cell_that_lacks_a_character_is_refused);
    TEST(a_cell_in_windows_1252_is_converted);
    TEST(a_mixed_or_undefined_byte_is_refused_not_guessed);
    TEST(headers_are_compared_folded_and_may_come_twice);
    TEST(a_column_that_every_complaint_needs_must_be_there);
    TEST(a_label_is_safe_to_show);
    return g_test_run();
}
