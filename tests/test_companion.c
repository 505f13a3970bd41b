#include "barometre/assess.h"
#include "barometre/companion.h"
#include "barometre/error.h"
#include "barometre/import.h"
#include "barometre/month.h"
#include "barometre/reject_book.h"
#include "old_store.h"
#include "scratch.h"
#include "store_file.h"

#define EXPOSURE "marketplace,month,sellers,source,low,high\n"
#define CHANGES "change_id,marketplace,kind,notified_on,effective_on,url,hash\n"
#define DECLARED "marketplace,from,to,complaints,mean_days,reversed,source\n"

/* An observatory of the sample's marketplaces with an open store. */
struct bench {
    struct scratch *scratch;
    struct observatory *observatory;
    struct store *store;
};

static int32_t today(void) {
    int32_t day;
    g_assert_true(day_from_date(2026, 11, 2, &day));
    return day;
}

static void open_store(struct bench *bench) {
    g_autoptr(GError) error = NULL;
    g_autofree char *file = observatory_path(bench->observatory, "store.db");
    store_free(bench->store);
    bench->store = store_open(file, bench->observatory->registry, &error);
    g_assert_no_error(error);
}

static struct bench *bench_new(void) {
    g_autoptr(GError) error = NULL;
    struct bench *bench = g_new0(struct bench, 1);
    bench->scratch = scratch_new();
    g_autofree char *directory = g_build_filename(bench->scratch->path, "obs", NULL);
    g_assert_true(observatory_init(directory, true, &error));
    bench->observatory = observatory_open(directory, &error);
    g_assert_no_error(error);
    open_store(bench);
    return bench;
}

static void bench_free(struct bench *bench) {
    store_free(bench->store);
    observatory_free(bench->observatory);
    scratch_free(bench->scratch);
    g_free(bench);
}
SCOPE_DEFINE(bench)

/* Imports a table of these bytes; the account's bytes always add up. */
static struct import take_bytes(struct bench *bench, const char *bytes, gssize length,
                                const char *profile, GError **error) {
    g_autofree char *path =
        scratch_write(bench->scratch->path, "table.csv", bytes, length);
    const struct import_settings settings = {.observatory = bench->observatory,
                                             .profile = profile,
                                             .today = today(),
                                             .threads = 1};
    struct import import;
    scoped(export) *export = export_open(path, NULL);
    g_assert_nonnull(export);
    if (import_export(bench->store, &settings, export, &import, error) &&
        import.outcome != IMPORT_KNOWN) {
        int64_t sum = 0;
        for (int k = 0; k < ACCOUNT_KINDS; k++)
            sum += import.account.bytes[k];
        g_assert_cmpint(sum, ==, import.account.bytes_total);
        g_assert_cmpint(sum, ==, length < 0 ? (gssize)strlen(bytes) : length);
    }
    import_clear(&import);
    return import;
}

static struct import take(struct bench *bench, const char *text) {
    g_autoptr(GError) error = NULL;
    const struct import import = take_bytes(bench, text, -1, NULL, &error);
    g_assert_no_error(error);
    return import;
}

static void assert_records(const struct import *import, int stored, int updated,
                           int duplicates, int rejected) {
    g_assert_cmpint(import->account.records[ACCOUNT_STORED], ==, stored);
    g_assert_cmpint(import->account.records[ACCOUNT_UPDATED], ==, updated);
    g_assert_cmpint(import->account.records[ACCOUNT_DUPLICATE], ==, duplicates);
    g_assert_cmpint(import->account.records[ACCOUNT_REJECTED], ==, rejected);
}

static bool write_companion(void *data, const struct companion *companion) {
    for (int c = 0; c < companion->kind->column_count; c++) {
        const struct companion_value *value = &companion->values[c];
        const enum companion_type type = companion->kind->columns[c].type;
        if (!value->known)
            g_string_append(data, "-");
        else if (type == COMPANION_ID || type == COMPANION_TEXT)
            g_string_append(data, value->text);
        else if (type == COMPANION_DECIMAL)
            g_string_append_printf(data, "%.3f", value->decimal);
        else
            g_string_append_printf(data, "%" G_GINT64_FORMAT, value->number);
        g_string_append_c(data, c + 1 < companion->kind->column_count ? ' ' : '\n');
    }
    return true;
}

/* All records held of a kind, as text. */
static char *held(struct bench *bench, int kind) {
    g_autoptr(GError) error = NULL;
    GString *text = g_string_new(NULL);
    g_assert_true(store_each_companion(bench->store, &companion_kinds[kind],
                                       write_companion, text, &error));
    return g_string_free(text, FALSE);
}

static void assert_held(struct bench *bench, int kind, const char *expected) {
    g_autofree char *text = held(bench, kind);
    g_assert_cmpstr(text, ==, expected);
}

static void each_table_is_known_by_its_header(void) {
    scoped(bench) *bench = bench_new();
    struct import import =
        take(bench, EXPOSURE "halle-dix,2026-03,13000,relevé,12500,13500\n");
    g_assert_cmpstr(import.profile, ==, "exposure");
    import = take(bench, CHANGES "HD-1,Halle 10,fees,2026-03-01,2026-03-20,,\n");
    g_assert_cmpstr(import.profile, ==, "changes");
    import = take(bench, DECLARED "Halle Dix,2025-01,2025-12,96,0.542,3,rapport\n");
    g_assert_cmpstr(import.profile, ==, "declared");
    char expected[64];
    const int month = 2026 * 12 + 2;
    g_snprintf(expected, sizeof expected, "3 %d 13000 relevé 12500 13500\n", month);
    assert_held(bench, COMPANION_EXPOSURE, expected);
    int32_t told;
    g_assert_true(day_from_date(2026, 3, 1, &told));
    g_snprintf(expected, sizeof expected, "HD-1 3 0 %d %d - -\n", told, told + 19);
    assert_held(bench, COMPANION_CHANGES, expected);
    g_snprintf(expected, sizeof expected, "3 %d %d 96 0.542 3 rapport\n", month - 14,
               month - 3);
    assert_held(bench, COMPANION_DECLARED, expected);
}

static void dialects_do_not_matter(void) {
    scoped(bench) *bench = bench_new();
    const struct import first =
        take(bench, DECLARED "etal-et-cie,2025-01,2025-12,9,1.5,,\"Rapport, été\"\n");
    assert_records(&first, 1, 0, 0, 0);
    static const char marked[] =
        "\xEF\xBB\xBF"
        "Source;Reversed;MEAN_DAYS;complaints;to;from;note;Marketplace\r\n"
        "Rapport, été;;1,5;9;2025-12;2025-01;not read;Étal & Cie\r\n\r\n";
    struct import import = take(bench, marked);
    assert_records(&import, 0, 0, 1, 0);
    g_assert_cmpint(import.account.records[ACCOUNT_BLANK], ==, 1);
    static const char ansi[] = "marketplace\tfrom\tto\tcomplaints\tsource\n"
                               "\xC9tal & Cie\t2025-01\t2025-12\t9\tRapport, \xE9t\xE9\n";
    import = take(bench, ansi);
    g_assert_cmpstr(import.encoding, ==, "Windows-1252");
    assert_records(&import, 0, 1, 0, 0); /* without its mean */
}

static void complaints_are_no_companion(void) {
    scoped(bench) *bench = bench_new();
    g_autoptr(GPtrArray) inbox = observatory_inbox(bench->observatory, NULL);
    int companions = 0;
    for (guint i = 0; i < inbox->len; i++) {
        g_autoptr(GError) error = NULL;
        scoped(export) *export = export_open(g_ptr_array_index(inbox, i), &error);
        g_assert_no_error(error);
        const struct companion_kind *kind = companion_recognise(export, NULL);
        const bool has_name = g_str_has_prefix(export->name, "changes") ||
                              g_str_has_prefix(export->name, "declared") ||
                              g_str_has_prefix(export->name, "exposure");
        g_assert_cmpint(kind != NULL, ==, has_name);
        companions += kind != NULL;
        g_assert_null(companion_recognise(export, "canonical"));
    }
    g_assert_cmpint(companions, ==, COMPANION_KINDS);
    g_assert_cmpint(inbox->len, >, COMPANION_KINDS);
}

struct met {
    GString *rules;
};

static bool meet(void *data, const struct reject_entry *entry) {
    struct met *met = data;
    g_string_append_printf(met->rules, "%s:%d:%s:%" G_GINT64_FORMAT " ", entry->rule,
                           entry->column, entry->label, entry->line);
    return true;
}

/* A table whose only wrong line is its third. */
static void every_fault_has_its_rule_and_place(void) {
    static const struct {
        const char *header, *good, *bad, *expected;
    } cases[] = {
        {EXPOSURE, "bazarette,2026-01,5,s,,", "nowhere,2026-01,5,s,,",
         "unknown_marketplace:1:marketplace:3 "},
        {EXPOSURE, "bazarette,2026-01,5,s,,", ",2026-01,5,s,,",
         "no_marketplace:1:marketplace:3 "},
        {EXPOSURE, "bazarette,2026-01,5,s,,", "Bazarette,2026-01,6,s,,",
         "overlap:2:month:3 "},
        {EXPOSURE, "bazarette,2026-01,5,s,,", "bazarette,2026-13,5,s,,",
         "date:2:month:3 "},
        {EXPOSURE, "bazarette,2026-01,5,s,,", "bazarette,,5,s,,", "date:2:month:3 "},
        {EXPOSURE, "bazarette,2026-01,5,s,,", "bazarette,2026-12,5,s,,",
         "date_range:2:month:3 "},
        {EXPOSURE, "bazarette,2026-01,5,s,,", "bazarette,1989-12,5,s,,",
         "date_range:2:month:3 "},
        {EXPOSURE, "bazarette,2026-01,5,s,,", "bazarette,2026-02,-5,s,,",
         "number:3:sellers:3 "},
        {EXPOSURE, "bazarette,2026-01,5,s,,", "bazarette,2026-02,5.5,s,,",
         "number:3:sellers:3 "},
        {EXPOSURE, "bazarette,2026-01,5,s,,", "bazarette,2026-02,,s,,",
         "number:3:sellers:3 "},
        {EXPOSURE, "bazarette,2026-01,5,s,,", "bazarette,2026-02,5,,,",
         "value:4:source:3 "},
        {EXPOSURE, "bazarette,2026-01,5,s,,",
         "bazarette,2026-02,5,a\xE2\x80\xAE"
         "b,,",
         "value:4:source:3 "},
        {EXPOSURE, "bazarette,2026-01,5,s,,", "bazarette,2026-02,5,s,4,",
         "contradiction:3:sellers:3 "},
        {EXPOSURE, "bazarette,2026-01,5,s,,", "bazarette,2026-02,5,s,6,9",
         "contradiction:3:sellers:3 "},
        {EXPOSURE, "bazarette,2026-01,5,s,,", "bazarette,2026-02,5,s,1,4",
         "contradiction:3:sellers:3 "},
        {EXPOSURE, "bazarette,2026-01,5,s,,", "bazarette,2026-02,5,s",
         "field_count:0::3 "},
        {EXPOSURE, "bazarette,2026-01,5,s,,", "bazarette,2026-02,5,s \"x\",,",
         "stray_quote:0::3 "},
        {EXPOSURE, "bazarette,2026-01,5,\xC3\xA9,,", "bazarette,2026-02,5,\xE9,,",
         "encoding:4:source:3 "},
        {CHANGES, "a,bazarette,fees,,2026-01-05,,", "a,bazarette,data,,2026-02-05,,",
         "overlap:1:change_id:3 "},
        {CHANGES, "a,bazarette,fees,,2026-01-05,,", "b c,bazarette,data,,2026-02-05,,",
         "bad_id:1:change_id:3 "},
        {CHANGES, "a,bazarette,fees,,2026-01-05,,", ",bazarette,data,,2026-02-05,,",
         "no_id:1:change_id:3 "},
        {CHANGES, "a,bazarette,fees,,2026-01-05,,", "b,bazarette,taxes,,2026-02-05,,",
         "value:3:kind:3 "},
        {CHANGES, "a,bazarette,fees,,2026-01-05,,", "b,bazarette,data,,2026-02-30,,",
         "date:5:effective_on:3 "},
        {CHANGES, "a,bazarette,fees,,2027-01-05,,",
         "b,bazarette,data,2026-11-03,2026-12-05,,", "date_range:4:notified_on:3 "},
        {DECLARED, "bazarette,2025-01,2025-12,5,1,,s", "bazarette,2025-12,2026-03,5,1,,s",
         "overlap:2:from:3 "},
        {DECLARED, "bazarette,2025-01,2025-12,5,1,,s", "bazarette,2026-02,2026-01,5,1,,s",
         "contradiction:3:to:3 "},
        {DECLARED, "bazarette,2025-01,2025-12,5,1,,s",
         "bazarette,2026-01,2026-02,5,1,6,s", "contradiction:6:reversed:3 "},
        {DECLARED, "bazarette,2025-01,2025-12,5,1,,s",
         "bazarette,2026-01,2026-02,5,-1,,s", "number:5:mean_days:3 "},
        {DECLARED, "bazarette,2025-01,2025-12,5,1,,s",
         "bazarette,2026-01,2026-02,5,1e3,,s", "number:5:mean_days:3 "},
    };
    scoped(bench) *bench = bench_new();
    g_autofree char *rejects = observatory_path(bench->observatory, "rejects");
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        scratch_remove(rejects);
        g_assert_cmpint(g_mkdir(rejects, 0700), ==, 0);
        g_autofree char *table =
            g_strconcat(cases[i].header, cases[i].good, "\n", cases[i].bad, "\n", NULL);
        const struct import import = take(bench, table);
        g_assert_cmpint(import.account.records[ACCOUNT_REJECTED], ==, 1);
        g_assert_cmpint(account_records(&import.account), ==, 2);
        struct met met = {g_string_new(NULL)};
        g_assert_true(reject_book_each(bench->observatory, meet, &met, NULL));
        g_assert_cmpstr(met.rules->str, ==, cases[i].expected);
        g_string_free(met.rules, TRUE);
    }
}

static void a_new_version_replaces_the_old(void) {
    scoped(bench) *bench = bench_new();
    take(bench, EXPOSURE "bazarette,2026-01,100,a,,\nbazarette,2026-02,100,a,,\n"
                         "bazarette,2026-03,100,a,,\n");
    const struct import import =
        take(bench, EXPOSURE "bazarette,2026-02,100,a,,\nbazarette,2026-03,120,a,,\n"
                             "bazarette,2026-04,130,a,,\n");
    assert_records(&import, 1, 1, 1, 0);
    const int month = 2026 * 12;
    g_autofree char *expected =
        g_strdup_printf("2 %d 100 a - -\n2 %d 120 a - -\n2 %d 130 a - -\n", month + 1,
                        month + 2, month + 3);
    assert_held(bench, COMPANION_EXPOSURE, expected);
}

static void a_refused_version_leaves_the_old(void) {
    scoped(bench) *bench = bench_new();
    take(bench, CHANGES "a,bazarette,fees,,2026-01-05,,\n");
    g_autofree char *before = held(bench, COMPANION_CHANGES);
    g_autoptr(GString) table = g_string_new(CHANGES);
    for (int i = 0; i < 12; i++)
        g_string_append(table, "b,nowhere,fees,,2026-01-05,,\n");
    g_string_append(table, "c,bazarette,fees,,2026-01-05,,\n");
    const struct import import = take(bench, table->str);
    g_assert_cmpint(import.outcome, ==, IMPORT_REFUSED);
    assert_held(bench, COMPANION_CHANGES, before);
}

static void what_is_no_table_is_refused_with_its_reason(void) {
    static const struct {
        const char *text, *profile, *says;
    } cases[] = {
        {EXPOSURE, NULL, "has a header and no record"},
        {"", "exposure", "is empty"},
        {"marketplace,month\nbazarette,2026-01\n", "exposure",
         "no column is named "
         "'sellers'"},
        {"\"marketplace\n", "declared", "is not a header"},
        {"\xFF\xFEm", "declared", "ends within a character"},
        {"marketplace,month\nbazarette,2026-01\n", NULL, "no profile knows"},
    };
    scoped(bench) *bench = bench_new();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        take_bytes(bench, cases[i].text, -1, cases[i].profile, &error);
        assert_error_says(error, ERROR_REFUSED, cases[i].says);
    }
}

static void a_table_beyond_16_mib_is_refused(void) {
    scoped(bench) *bench = bench_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) table = g_string_new(CHANGES);
    g_string_set_size(table, 17 << 20);
    memset(table->str + strlen(CHANGES), '\n', table->len - strlen(CHANGES));
    take_bytes(bench, table->str, (gssize)table->len, NULL, &error);
    assert_error_says(error, ERROR_REFUSED, "larger than 16 MiB");
}

static double exposure_of(const struct bench *bench, int place, int32_t last_month,
                          int months) {
    double sellers = 0;
    const char *source;
    g_assert_true(registry_exposure(registry_place(bench->observatory->registry, place),
                                    last_month, months, &sellers, &source));
    return sellers;
}

static void the_companion_wins_month_by_month(void) {
    scoped(bench) *bench = bench_new();
    g_autoptr(GError) error = NULL;
    const int32_t march = 2026 * 12 + 2;
    const double before = exposure_of(bench, 2, march + 7, 12);
    take(bench, EXPOSURE "bazarette,2026-03,3600,s,3500,3700\n"
                         "bazarette,2026-04,1,not ranged,,\n");
    for (int again = 0; again < 2; again++) {
        g_assert_true(assess_exposure(bench->observatory, bench->store, &error));
        g_assert_cmpfloat(exposure_of(bench, 2, march, 1), ==, 3600);
        g_assert_cmpfloat(exposure_of(bench, 2, march - 1, 1), ==, before);
        g_assert_cmpfloat(exposure_of(bench, 2, march + 2, 1), ==, before);
        g_assert_cmpfloat_with_epsilon(exposure_of(bench, 2, march + 7, 12),
                                       (10 * before + 3600) / 11, 1e-9);
    }
    double sellers;
    const char *source;
    g_assert_false(registry_exposure(registry_place(bench->observatory->registry, 2),
                                     march + 1, 1, &sellers, &source));
    g_assert_cmpuint(registry_place(bench->observatory->registry, 2)->sellers->len, ==,
                     6);
}

static void an_unknown_place_gets_its_sellers(void) {
    scoped(bench) *bench = bench_new();
    g_autoptr(GError) error = NULL;
    const int place = registry_find(bench->observatory->registry, "carre-vendeurs");
    take(bench, EXPOSURE "carre-vendeurs,2026-03,700,s,650,750\n");
    g_assert_true(assess_exposure(bench->observatory, bench->store, &error));
    g_assert_cmpfloat(exposure_of(bench, place, 2026 * 12 + 9, 12), ==, 700);
}

/* What a store looked like before it held companions. */
static void a_store_of_version_1_migrates(void) {
    scoped(bench) *bench = bench_new();
    g_autofree char *file = observatory_path(bench->observatory, "store.db");
    g_clear_pointer(&bench->store, store_free);
    g_unlink(file);
    old_store_make(file, 1);
    g_free(store_file_ask(file, "DELETE FROM complaint"));
    g_free(store_file_ask(file, "DELETE FROM marketplace"));
    open_store(bench);
    const struct import import = take(bench, CHANGES "a,bazarette,fees,,2026-01-05,,\n");
    assert_records(&import, 1, 0, 0, 0);
    open_store(bench);
    g_autofree char *text = held(bench, COMPANION_CHANGES);
    g_assert_true(g_str_has_prefix(text, "a 2 0 - "));
}

static void the_sample_is_watched(void) {
    scoped(bench) *bench = bench_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) inbox = observatory_inbox(bench->observatory, NULL);
    for (guint i = 0; i < inbox->len; i++) {
        const struct import_settings settings = {
            .observatory = bench->observatory, .today = today(), .threads = 1};
        struct import import;
        scoped(export) *export = export_open(g_ptr_array_index(inbox, i), &error);
        g_assert_true(import_export(bench->store, &settings, export, &import, &error));
        import_clear(&import);
    }
    scoped(edition) *edition =
        assess_edition(bench->observatory, bench->store, 2026 * 12 + 9, true, &error);
    g_assert_no_error(error);
    const struct edition_marketplace *first = g_ptr_array_index(edition->marketplaces, 0);
    if (first->watch->len == 0) /* the assessment does not call it */
        g_assert_true(assess_watch(bench->observatory, bench->store, edition, &error));
    g_autofree char *json = edition_write(edition);
    scoped(edition) *again = edition_read(json, strlen(json), "edition.json", &error);
    g_assert_no_error(error);
    g_autofree char *same = edition_write(again);
    g_assert_cmpstr(json, ==, same);
    g_assert_cmpuint(first->watch->len, ==, 8);
    g_assert_cmpuint(first->declared->len, ==, 2);
    g_assert_cmpint(first->changes.count, >, 3);
    const struct edition_watch *fees = g_ptr_array_index(first->watch, 0);
    g_assert_cmpstr(fees->id, ==, "fees");
    g_assert_true(fees->firms.share.known);
    g_assert_cmpfloat(fees->firms.low.value, <, fees->firms.share.value);
    g_assert_cmpfloat(fees->firms.share.value, <, fees->firms.high.value);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/companion/" #name, name)
    TEST(each_table_is_known_by_its_header);
    TEST(dialects_do_not_matter);
    TEST(complaints_are_no_companion);
    TEST(every_fault_has_its_rule_and_place);
    TEST(a_new_version_replaces_the_old);
    TEST(a_refused_version_leaves_the_old);
    TEST(what_is_no_table_is_refused_with_its_reason);
    TEST(a_table_beyond_16_mib_is_refused);
    TEST(the_companion_wins_month_by_month);
    TEST(an_unknown_place_gets_its_sellers);
    TEST(a_store_of_version_1_migrates);
    TEST(the_sample_is_watched);
    return g_test_run();
}
