/* An observatory of the sample's marketplaces that takes exports of context, and the
 * exports: statements of reasons, reports of consumers. */
#ifndef CONTEXT_BENCH_H
#define CONTEXT_BENCH_H

#include "barometre/import.h"
#include "barometre/month.h"
#include "scratch.h"

#include <sqlite3.h>
#include <stdarg.h>

/* The dumps of the DSA Transparency Database since July 2025, before, and light. */
#define DSA_38                                                                           \
    "uuid,decision_visibility,decision_visibility_other,"                                \
    "end_date_visibility_restriction,decision_monetary,decision_monetary_other,"         \
    "end_date_monetary_restriction,decision_provision,end_date_service_restriction,"     \
    "decision_account,end_date_account_restriction,account_type,decision_ground,"        \
    "decision_ground_reference_url,illegal_content_legal_ground,"                        \
    "illegal_content_explanation,incompatible_content_ground,"                           \
    "incompatible_content_explanation,incompatible_content_illegal,category,"            \
    "category_addition,category_specification,category_specification_other,"             \
    "content_type,content_type_other,content_language,content_date,content_id_ean,"      \
    "territorial_scope,application_date,decision_facts,source_type,source_identity,"     \
    "automated_detection,automated_decision,platform_name,platform_uid,created_at"

struct bench {
    struct scratch *scratch;
    struct observatory *observatory;
    struct store *store;
    struct account account; /* of the last export */
    bool again;             /* read known exports again */
};

static inline void bench_open_store(struct bench *bench) {
    g_autoptr(GError) error = NULL;
    g_autofree char *file = observatory_path(bench->observatory, "store.db");
    g_clear_pointer(&bench->store, store_free);
    bench->store = store_open(file, bench->observatory->registry, &error);
    g_assert_no_error(error);
}

static inline struct bench *bench_new(void) {
    g_autoptr(GError) error = NULL;
    struct bench *bench = g_new0(struct bench, 1);
    bench->scratch = scratch_new();
    g_autofree char *directory = g_build_filename(bench->scratch->path, "obs", NULL);
    g_assert_true(observatory_init(directory, true, &error));
    bench->observatory = observatory_open(directory, &error);
    g_assert_no_error(error);
    bench_open_store(bench);
    return bench;
}

static inline void bench_free(struct bench *bench) {
    store_free(bench->store);
    observatory_free(bench->observatory);
    scratch_free(bench->scratch);
    g_free(bench);
}
SCOPE_DEFINE(bench)

/* Imports a file on the second of November 2026; the bytes of its account add up. */
static inline enum import_outcome bench_import(struct bench *bench, const char *path,
                                               const char *profile) {
    g_autoptr(GError) error = NULL;
    struct import_settings settings = {
        .observatory = bench->observatory, .threads = 2, .again = bench->again};
    struct import import;
    g_assert_true(day_from_date(2026, 11, 2, &settings.today));
    scoped(export) *export = export_open(path, &error);
    g_assert_no_error(error);
    import_export(bench->store, &settings, export, &import, &error);
    g_assert_no_error(error);
    if (import.outcome != IMPORT_KNOWN) {
        int64_t sum = 0;
        for (int k = 0; k < ACCOUNT_KINDS; k++)
            sum += import.account.bytes[k];
        g_assert_cmpint(sum, ==, import.account.bytes_total);
        g_assert_cmpstr(import.profile, ==, profile);
    }
    bench->account = import.account;
    const enum import_outcome outcome = import.outcome;
    import_clear(&import);
    return outcome;
}

static inline enum import_outcome bench_take(struct bench *bench, const char *name,
                                             const char *text, const char *profile) {
    g_autofree char *path = scratch_write(bench->scratch->path, name, text, -1);
    return bench_import(bench, path, profile);
}

static inline void assert_account(const struct bench *bench, int stored, int duplicates,
                                  int rejected, int blank) {
    g_assert_cmpint(bench->account.records[ACCOUNT_STORED], ==, stored);
    g_assert_cmpint(bench->account.records[ACCOUNT_UPDATED], ==, 0);
    g_assert_cmpint(bench->account.records[ACCOUNT_DUPLICATE], ==, duplicates);
    g_assert_cmpint(bench->account.records[ACCOUNT_REJECTED], ==, rejected);
    g_assert_cmpint(bench->account.records[ACCOUNT_BLANK], ==, blank);
}

/* What a query of the store yields: cells by spaces, rows by lines. */
static inline char *bench_query(struct bench *bench, const char *sql) {
    GString *text = g_string_new(NULL);
    g_autofree char *file = observatory_path(bench->observatory, "store.db");
    sqlite3 *database = NULL;
    sqlite3_stmt *row = NULL;
    g_assert_cmpint(sqlite3_open(file, &database), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_prepare_v2(database, sql, -1, &row, NULL), ==, SQLITE_OK);
    while (sqlite3_step(row) == SQLITE_ROW)
        for (int c = 0; c < sqlite3_column_count(row); c++)
            g_string_append_printf(text, "%s%c", sqlite3_column_text(row, c),
                                   c + 1 < sqlite3_column_count(row) ? ' ' : '\n');
    sqlite3_finalize(row);
    sqlite3_close(database);
    return g_string_free(text, FALSE);
}

/* Takes an import back; what would be taken is told before. */
static inline void bench_withdraw(struct bench *bench, int number, int removed,
                                  int restored, int kept) {
    g_autofree char *sql =
        g_strdup_printf("SELECT sha256 FROM source WHERE id = %d", number);
    g_autofree char *sha256 = bench_query(bench, sql);
    for (int dry_run = 1; dry_run >= 0; dry_run--) {
        struct store_withdrawal withdrawal = {
            .sha256 = g_strstrip(sha256), .reason = "a test", .day = 20500};
        g_autoptr(GError) error = NULL;
        store_withdraw(bench->store, &withdrawal, dry_run != 0, &error);
        g_assert_no_error(error);
        g_assert_cmpint(withdrawal.removed, ==, removed);
        g_assert_cmpint(withdrawal.restored, ==, restored);
        g_assert_cmpint(withdrawal.kept, ==, kept);
        g_free((char *)withdrawal.profile);
        g_free((char *)withdrawal.name);
    }
}

static inline bool bench_write_count(void *data, const struct context_count *count) {
    char month[MONTH_TEXT_SIZE];
    month_format(count->month, month);
    g_string_append_printf(data, "%d %d %s %d %" G_GINT64_FORMAT ":", count->kind,
                           count->place, month, count->days, count->records);
    for (int f = 0; f < CONTEXT_FACTS; f++)
        g_string_append_printf(data, " %" G_GINT64_FORMAT, count->facts[f]);
    g_string_append_c(data, '\n');
    return true;
}

/* All that the store tells of context: kind, place, month, days, records: facts. */
static inline char *bench_counts(struct bench *bench) {
    g_autoptr(GError) error = NULL;
    GString *text = g_string_new(NULL);
    g_assert_true(store_each_context(bench->store, 2018 * 12, 2030 * 12,
                                     bench_write_count, text, &error));
    return g_string_free(text, FALSE);
}

static inline void assert_counts(struct bench *bench, const char *expected) {
    g_autofree char *counts = bench_counts(bench);
    g_assert_cmpstr(counts, ==, expected);
}

/* Adds a record below a header: pairs of a column and its cell, NULL at the end, over
 * those of a statement about a removed product. */
static inline void add_statement(GString *export, const char *header, int number, ...) {
    g_autoptr(GHashTable) cells = g_hash_table_new(g_str_hash, g_str_equal);
    g_autofree char *uuid =
        g_strdup_printf("%08x-e95d-4e51-bb38-6cf13225b2af", (unsigned)number);
    const char *const usual[][2] = {
        {"uuid", uuid},
        {"decision_visibility", "[\"DECISION_VISIBILITY_CONTENT_REMOVED\"]"},
        {"content_type", "[\"CONTENT_TYPE_PRODUCT\"]"},
        {"territorial_scope", "[\"AT\",\"FR\"]"},
        {"decision_facts", "We saw it,\nthen \"judged\" it."},
        {"application_date", "2026-08-01 00:00:00"},
        {"automated_detection", "Yes"},
        {"automated_decision", "AUTOMATED_DECISION_PARTIALLY"},
        {"platform_name", "Grand Foirail"},
        {"created_at", "2026-09-14 00:00:07"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(usual); i++)
        g_hash_table_insert(cells, (char *)usual[i][0], (char *)usual[i][1]);
    va_list pairs;
    va_start(pairs, number);
    for (char *name; (name = va_arg(pairs, char *)) != NULL;)
        g_hash_table_insert(cells, name, va_arg(pairs, char *));
    va_end(pairs);
    g_auto(GStrv) columns = g_strsplit(header, ",", -1);
    for (char **column = columns; *column != NULL; column++) {
        const char *cell = g_hash_table_lookup(cells, *column);
        g_auto(GStrv) parts = g_strsplit(cell != NULL ? cell : "", "\"", -1);
        g_autofree char *doubled = g_strjoinv("\"\"", parts);
        const bool quoted = strpbrk(doubled, " ,\"\n") != NULL;
        g_string_append_printf(export, quoted ? "%s\"%s\"" : "%s%s",
                               column == columns ? "" : ",", doubled);
    }
    g_string_append_c(export, '\n');
}

static inline GString *statements_new(const char *header) {
    GString *export = g_string_new(header);
    return g_string_append_c(export, '\n');
}

#endif
