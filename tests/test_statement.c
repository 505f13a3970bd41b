#include "context_bench.h"

/* Facts: suspension, termination, service, product, decided, detected, then the ladder of
 * reports. */

static char *without(const char *header, const char *const *dropped) {
    g_auto(GStrv) columns = g_strsplit(header, ",", -1);
    GString *kept = g_string_new(NULL);
    for (char **column = columns; *column != NULL; column++)
        if (!g_strv_contains(dropped, *column))
            g_string_append_printf(kept, "%s%s", kept->len > 0 ? "," : "", *column);
    return g_string_free(kept, FALSE);
}

static void three_generations_of_columns_read_alike(void) {
    static const char *const old[] = {"content_id_ean", NULL};
    static const char *const light[] = {"illegal_content_explanation",
                                        "incompatible_content_explanation",
                                        "territorial_scope", "decision_facts", NULL};
    g_autofree char *header_37 = without(DSA_38, old);
    g_autofree char *header_34 = without(DSA_38, light);
    const char *const headers[] = {DSA_38, header_37, header_34};
    static const guint columns[] = {38, 37, 34};
    for (size_t h = 0; h < G_N_ELEMENTS(headers); h++) {
        scoped(bench) *bench = bench_new();
        g_autoptr(GString) export = statements_new(headers[h]);
        add_statement(export, headers[h], 1, NULL);
        g_auto(GStrv) split = g_strsplit(headers[h], ",", -1);
        g_assert_cmpuint(g_strv_length(split), ==, columns[h]);
        bench_take(bench, "sor.csv", export->str, "dsa");
        assert_account(bench, 1, 0, 0, 0);
        assert_counts(bench, "0 0 2026-09 1 1: 0 0 0 1 0 1 0 0 0\n");
    }
}

/* By created_at, which the database sets, and not by application_date. */
static void months_are_those_of_publication(void) {
    scoped(bench) *bench = bench_new();
    g_autoptr(GString) export = statements_new(DSA_38);
    add_statement(export, DSA_38, 1, "created_at", "2026-09-30 23:59:59", NULL);
    add_statement(export, DSA_38, 2, "created_at", "2026-10-01 00:00:00", NULL);
    add_statement(export, DSA_38, 3, "created_at", "2026-10-01 00:00:00", NULL);
    add_statement(export, DSA_38, 4, "created_at", "2026-10-31 00:00:00", NULL);
    bench_take(bench, "sor.csv", export->str, "dsa");
    assert_counts(bench, "0 0 2026-09 1 1: 0 0 0 1 0 1 0 0 0\n"
                         "0 0 2026-10 2 3: 0 0 0 3 0 3 0 0 0\n");
}

static void other_platforms_are_blank_and_no_reject(void) {
    scoped(bench) *bench = bench_new();
    g_autoptr(GString) export = statements_new(DSA_38);
    add_statement(export, DSA_38, 1, "platform_name", "Pinterest", NULL);
    add_statement(export, DSA_38, 2, "platform_name", "TikTok", NULL);
    g_assert_cmpint(bench_take(bench, "sor.csv", export->str, "dsa"), ==, IMPORT_DONE);
    assert_account(bench, 0, 0, 0, 2);
    g_assert_cmpint(account_records(&bench->account), ==, 0);
    assert_counts(bench, "");
    g_assert_cmpint(bench_take(bench, "again.csv", export->str, "dsa"), ==, IMPORT_KNOWN);
}

static void a_platform_is_known_by_its_aliases(void) {
    scoped(bench) *bench = bench_new();
    g_autoptr(GString) export = statements_new(DSA_38);
    add_statement(export, DSA_38, 1, "platform_name", "FOIRAIL", NULL);
    add_statement(export, DSA_38, 2, "platform_name", "Comptoir Alizé", NULL);
    add_statement(export, DSA_38, 3, "platform_name", "alize-pro", NULL);
    bench_take(bench, "sor.csv", export->str, "dsa");
    assert_counts(bench, "0 1 2026-09 1 2: 0 0 0 2 0 2 0 0 0\n"
                         "0 0 2026-09 1 1: 0 0 0 1 0 1 0 0 0\n");
}

#define ACCOUNT(type, account, provision)                                                \
    "decision_visibility", "", "account_type", type, "decision_account", account,        \
        "decision_provision", provision, NULL

static void only_business_accounts_and_products_count(void) {
    static const char business[] = "ACCOUNT_TYPE_BUSINESS";
    scoped(bench) *bench = bench_new();
    g_autoptr(GString) export = statements_new(DSA_38);
    add_statement(export, DSA_38, 1, ACCOUNT(business, "DECISION_ACCOUNT_SUSPENDED", ""));
    add_statement(export, DSA_38, 2,
                  ACCOUNT(business, "DECISION_ACCOUNT_TERMINATED",
                          "DECISION_PROVISION_TOTAL_TERMINATION"));
    add_statement(export, DSA_38, 3,
                  ACCOUNT(business, "", "DECISION_PROVISION_PARTIAL_SUSPENSION"));
    add_statement(export, DSA_38, 4,
                  ACCOUNT("ACCOUNT_TYPE_PRIVATE", "DECISION_ACCOUNT_SUSPENDED",
                          "DECISION_PROVISION_TOTAL_SUSPENSION"));
    add_statement(export, DSA_38, 5, ACCOUNT("", "DECISION_ACCOUNT_SUSPENDED", ""));
    add_statement(export, DSA_38, 6, "decision_visibility",
                  "[\"DECISION_VISIBILITY_CONTENT_DEMOTED\"]", NULL);
    add_statement(export, DSA_38, 7, "content_type", "[\"CONTENT_TYPE_TEXT\"]", NULL);
    bench_take(bench, "sor.csv", export->str, "dsa");
    assert_account(bench, 3, 0, 0, 4);
    assert_counts(bench, "0 0 2026-09 1 3: 1 1 2 0 0 3 0 0 0\n");
}

static void arrays_of_codes_are_read_strictly(void) {
    static const struct {
        const char *content;
        int stored, rejected;
    } cases[] = {
        {"[\"CONTENT_TYPE_PRODUCT\"]", 1, 0},
        {"[\"CONTENT_TYPE_TEXT\",\"CONTENT_TYPE_PRODUCT\",\"CONTENT_TYPE_IMAGE\"]", 1, 0},
        {"CONTENT_TYPE_PRODUCT", 1, 0},
        {"[\"CONTENT_TYPE_PRODUCTS\"]", 0, 0},
        {"[\"A_CONTENT_TYPE_PRODUCT\"]", 0, 0},
        {"[]", 0, 0},
        {"", 0, 0},
        {"[\"CONTENT_TYPE_PRODUCT\"", 0, 1},
        {"[\"CONTENT_TYPE_PRODUCT\",]", 0, 1},
        {"[\"CONTENT_TYPE_PRODUCT\"]]", 0, 1},
        {"[\"CONTENT_TYPE_PRODUCT\" \"B\"]", 0, 1},
        {"[CONTENT_TYPE_PRODUCT]", 0, 1},
        {"[\"CONTENT_TYPE_PRODUCT", 0, 1},
        {"[\"\"]", 0, 1},
        {"[,]", 0, 1},
        {"{}", 0, 1},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        scoped(bench) *bench = bench_new();
        g_autoptr(GString) export = statements_new(DSA_38);
        add_statement(export, DSA_38, 1, "content_type", cases[i].content, NULL);
        bench_take(bench, "sor.csv", export->str, "dsa");
        assert_account(bench, cases[i].stored, 0, cases[i].rejected,
                       1 - cases[i].stored - cases[i].rejected);
    }
}

static void automation_is_told_of_what_counts(void) {
    scoped(bench) *bench = bench_new();
    g_autoptr(GString) export = statements_new(DSA_38);
    add_statement(export, DSA_38, 1, "automated_decision", "AUTOMATED_DECISION_FULLY",
                  NULL);
    add_statement(export, DSA_38, 2, "automated_decision",
                  "AUTOMATED_DECISION_NOT_AUTOMATED", "automated_detection", "No", NULL);
    bench_take(bench, "sor.csv", export->str, "dsa");
    assert_counts(bench, "0 0 2026-09 1 2: 0 0 0 2 1 1 0 0 0\n");
}

static void a_fault_refuses_its_statement_alone(void) {
    static const struct {
        const char *column, *cell;
    } faults[] = {
        {"uuid", ""},
        {"uuid", "6903b11b-9cea-4f63-bece-a8848360e35"},
        {"uuid", "6903b11b-9cea-4f63-bece-a8848360e359a"},
        {"uuid", "6903b11b-9cea-4f63-bece-a8848360e35g"},
        {"uuid", "6903b11b9cea-4f63-bece-a8848360e3599-"},
        {"platform_name", ""},
        {"decision_account", "DECISION_ACCOUNT_PAUSED"},
        {"account_type", "BUSINESS"},
        {"automated_detection", "Maybe"},
        {"automated_decision", ""},
        {"created_at", ""},
        {"created_at", "2026-02-30 00:00:00"},
        {"created_at", "2026-11-03 00:00:00"},
    };
    scoped(bench) *bench = bench_new();
    g_autoptr(GString) export = statements_new(DSA_38);
    for (int i = 0; i < (int)G_N_ELEMENTS(faults); i++) {
        add_statement(export, DSA_38, i, faults[i].column, faults[i].cell, NULL);
        add_statement(export, DSA_38, 100 + i, NULL);
    }
    g_string_append(export, "a,b\n");
    bench_take(bench, "sor.csv", export->str, "dsa");
    assert_account(bench, G_N_ELEMENTS(faults), 0, G_N_ELEMENTS(faults) + 1, 0);
}

/* Invented statements: number i always says the same. */
static void add_random(GString *export, int i) {
    static const char *const places[] = {"Grand Foirail", "Alizé", "Pinterest"};
    g_autofree char *day =
        g_strdup_printf("2026-%02d-%02d 10:00:00", 7 + i % 3, 1 + i * 7 % 28);
    add_statement(
        export, DSA_38, i, "platform_name", places[i * 5 % 3], "created_at", day,
        "automated_decision",
        i % 4 == 0 ? "AUTOMATED_DECISION_FULLY" : "AUTOMATED_DECISION_PARTIALLY", NULL);
}

#define HELD                                                                             \
    "SELECT day, key, name, facts FROM statement JOIN marketplace"                       \
    " ON marketplace.id = marketplace ORDER BY day, key"

/* However the statements are dealt to files, overlapping ones too, in whatever order. */
static void shuffled_and_split_statements_are_the_same_store(void) {
    enum { STATEMENTS = 300, FILES = 3 };
    scoped(bench) *whole = bench_new();
    g_autoptr(GString) export = statements_new(DSA_38);
    for (int i = 0; i < STATEMENTS; i++)
        add_random(export, i);
    bench_take(whole, "sor.csv", export->str, "dsa");
    assert_account(whole, STATEMENTS * 2 / 3, 0, 0, STATEMENTS / 3);
    g_autofree char *held = bench_query(whole, HELD), *counts = bench_counts(whole);
    g_autoptr(GRand) random = g_rand_new_with_seed(20261102);
    for (int round = 0; round < 3; round++) {
        scoped(bench) *bench = bench_new();
        int order[STATEMENTS];
        int64_t stored = 0, duplicates = 0;
        for (int i = 0; i < STATEMENTS; i++) {
            const int j = g_rand_int_range(random, 0, i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        for (int f = 0; f < FILES; f++) {
            g_autoptr(GString) part = statements_new(DSA_38);
            for (int i = f * STATEMENTS / FILES; i < (f + 1) * STATEMENTS / FILES; i++)
                add_random(part, order[i]);
            for (int i = 0; i < 40; i++)
                add_random(part, g_rand_int_range(random, 0, STATEMENTS));
            bench_take(bench, "part.csv", part->str, "dsa");
            stored += bench->account.records[ACCOUNT_STORED];
            duplicates += bench->account.records[ACCOUNT_DUPLICATE];
        }
        g_assert_cmpint(stored, ==, STATEMENTS * 2 / 3);
        g_assert_cmpint(duplicates, >, 0);
        g_autofree char *held_again = bench_query(bench, HELD);
        g_assert_cmpstr(held_again, ==, held);
        assert_counts(bench, counts);
    }
}

/* What a store looked like before it held context. */
static void a_store_of_version_3_migrates(void) {
    scoped(bench) *bench = bench_new();
    g_clear_pointer(&bench->store, store_free);
    g_autofree char *file = observatory_path(bench->observatory, "store.db");
    sqlite3 *database = NULL;
    g_assert_cmpint(sqlite3_open(file, &database), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_exec(database,
                                 "DROP VIEW consumer_now; DROP TABLE consumer;"
                                 "DROP TABLE statement; DROP TABLE statement_witness;"
                                 "DROP TABLE terms_version;"
                                 "DROP TABLE terms_content; DROP TABLE terms_document;"
                                 "PRAGMA user_version = 3",
                                 NULL, NULL, NULL),
                    ==, SQLITE_OK);
    sqlite3_close(database);
    bench_open_store(bench);
    g_autoptr(GString) export = statements_new(DSA_38);
    add_statement(export, DSA_38, 1, NULL);
    bench_take(bench, "sor.csv", export->str, "dsa");
    bench_open_store(bench);
    assert_counts(bench, "0 0 2026-09 1 1: 0 0 0 1 0 1 0 0 0\n");
}

/* By its import's number, so that an import can be taken back. */
static void a_statement_names_the_import_that_brought_it(void) {
    scoped(bench) *bench = bench_new();
    for (int i = 1; i <= 2; i++) {
        g_autoptr(GString) export = statements_new(DSA_38);
        add_statement(export, DSA_38, 1, NULL);
        add_statement(export, DSA_38, i, NULL);
        bench_take(bench, "sor.csv", export->str, "dsa");
    }
    g_autofree char *imports =
        bench_query(bench, "SELECT s.import, r.profile FROM statement s JOIN source r"
                           " ON r.id = s.import ORDER BY 1");
    g_assert_cmpstr(imports, ==, "1 dsa\n2 dsa\n");
}

/* Dumps that overlap: the numbers of their statements. */
static const char *const dumps[] = {"123", "235", "3456"};

/* Beside one of a platform that is none of ours, as a dump has them. */
static void take_dumps(struct bench *bench, const bool live[static 3]) {
    for (size_t d = 0; d < G_N_ELEMENTS(dumps); d++) {
        g_autoptr(GString) export = statements_new(DSA_38);
        add_statement(export, DSA_38, 9, "platform_name", "TikTok", NULL);
        for (const char *number = dumps[d]; *number != '\0'; number++)
            add_statement(export, DSA_38, *number - '0', NULL);
        if (live[d])
            bench_take(bench, "sor.csv", export->str, "dsa");
    }
}

/* Taken back in every order: held is what the others told. */
static void a_statement_stays_while_an_import_tells_it(void) {
    static const struct {
        int order[3], removed[3], kept[3];
    } cases[] = {
        {{1, 2, 3}, {1, 1, 4}, {2, 2, 0}}, {{1, 3, 2}, {1, 2, 3}, {2, 0, 0}},
        {{2, 1, 3}, {0, 2, 4}, {1, 1, 0}}, {{2, 3, 1}, {0, 3, 3}, {1, 0, 0}},
        {{3, 1, 2}, {2, 1, 3}, {0, 2, 0}}, {{3, 2, 1}, {2, 1, 3}, {0, 0, 0}},
    };
    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        scoped(bench) *bench = bench_new();
        bool live[] = {true, true, true};
        take_dumps(bench, live);
        for (int w = 0; w < 3; w++) {
            scoped(bench) *rest = bench_new();
            const int number = cases[c].order[w];
            bench_withdraw(bench, number, cases[c].removed[w], 0, cases[c].kept[w]);
            live[number - 1] = false;
            take_dumps(rest, live);
            g_autofree char *held = bench_query(bench, HELD);
            g_autofree char *expected = bench_query(rest, HELD);
            g_assert_cmpstr(held, ==, expected);
        }
        g_autofree char *left =
            bench_query(bench, "SELECT count(*) FROM statement_witness");
        g_assert_cmpstr(left, ==, "0\n");
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/statement/" #name, name)
    TEST(three_generations_of_columns_read_alike);
    TEST(months_are_those_of_publication);
    TEST(other_platforms_are_blank_and_no_reject);
    TEST(a_platform_is_known_by_its_aliases);
    TEST(only_business_accounts_and_products_count);
    TEST(arrays_of_codes_are_read_strictly);
    TEST(automation_is_told_of_what_counts);
    TEST(a_fault_refuses_its_statement_alone);
    TEST(shuffled_and_split_statements_are_the_same_store);
    TEST(a_store_of_version_3_migrates);
    TEST(a_statement_names_the_import_that_brought_it);
    TEST(a_statement_stays_while_an_import_tells_it);
#undef TEST
    return g_test_run();
}
