#include "barometre/edition.h"
#include "barometre/month.h"
#include "barometre/terms.h"
#include "scratch.h"

#include <stdlib.h>

enum { DAY_SECONDS = 86400 };

static struct method *shipped_method(void) {
    g_autofree char *file = shipped("method.json");
    g_autoptr(GError) error = NULL;
    struct method *method = method_load(file, &error);
    g_assert_no_error(error);
    g_assert_true(method->terms.known);
    return method;
}

/* A version on a day, of a content named by a letter, with so many words that differ. */
static void add(struct terms_document *document, int32_t day, char content, int words) {
    struct terms_version version = {.seen = (int64_t)day * DAY_SECONDS,
                                    .words_added = words};
    memset(version.sha256, content, TERMS_SHA256_SIZE - 1);
    g_array_append_val(document->versions, version);
}

/* "f" first, "r" return, "s" small, "c" change, "j" joined. */
static char *told(const struct terms_document *document,
                  const struct terms_judgement *judgement) {
    static const char letters[] = "frscj";
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < judgement->verdicts->len; i++)
        g_string_append_c(
            text, letters[g_array_index(judgement->verdicts, enum terms_verdict, i)]);
    g_assert_cmpint(judgement->versions, <=, (int)document->versions->len);
    return g_string_free(text, FALSE);
}

static void expect(const struct terms_document *document, int64_t end, const char *text,
                   enum terms_pattern pattern) {
    scoped(method) *method = shipped_method();
    const struct terms_judgement judgement = terms_judge(document, &method->terms, end);
    g_autofree char *found = told(document, &judgement);
    g_assert_cmpstr(found, ==, text);
    g_assert_cmpstr(terms_pattern_code(judgement.pattern), ==,
                    terms_pattern_code(pattern));
    g_assert_cmpint(judgement.contents + judgement.returns, ==, judgement.versions);
    g_array_unref(judgement.verdicts);
}

static void a_version_is_a_change_only_where_it_is_new_and_large(void) {
    scoped(terms_document) *document = terms_document_new(0, "S", "T");
    add(document, 100, 'a', 0);
    add(document, 110, 'b', 10); /* as many words as count */
    add(document, 120, 'a', 500);
    add(document, 130, 'c', 9);
    add(document, 140, 'd', 10);
    add(document, 147, 'e', 10); /* within seven days */
    add(document, 148, 'f', 10);
    expect(document, INT64_MAX, "fcrscjc", TERMS_STEADY);
    add(document, 149, 'a', 10);
    expect(document, INT64_MAX, "fcrscjcr", TERMS_FLIP_FLOP);
    expect(document, 140 * DAY_SECONDS, "fcrs", TERMS_STEADY);
    expect(document, 100 * DAY_SECONDS, "", TERMS_STEADY);
}

static void a_page_that_is_new_every_day_is_dynamic(void) {
    scoped(terms_document) *daily = terms_document_new(0, "S", "T");
    scoped(terms_document) *monthly = terms_document_new(0, "S", "T");
    g_autofree char *changes = g_strnfill(20, 'c');
    for (int i = 0; i < 20; i++) {
        add(daily, 100 + i, (char)('A' + i), 50);
        add(monthly, 100 + 30 * i, (char)('A' + i), 50);
    }
    changes[0] = 'f';
    expect(daily, INT64_MAX, "fcjjjjjjjcjjjjjjjcjj", TERMS_DYNAMIC);
    expect(monthly, INT64_MAX, changes, TERMS_STEADY);
}

/* An edition of two marketplaces, its window ending with 2024-03. */
static struct edition *edition_of_two(void) {
    struct edition *edition = edition_new();
    edition->as_of = edition->window_to = 2024 * 12 + 2;
    edition->window_from = edition->window_to - 11;
    for (int i = 0; i < 2; i++)
        edition_add_marketplace(edition)->id = g_strdup(i == 0 ? "a" : "b");
    return edition;
}

static void an_edition_counts_its_window_and_all_intervals(void) {
    scoped(method) *method = shipped_method();
    scoped(edition) *edition = edition_of_two();
    g_autoptr(GPtrArray) documents =
        g_ptr_array_new_with_free_func((GDestroyNotify)terms_document_free);
    struct terms_document *document = terms_document_new(1, "B", "Terms");
    g_ptr_array_add(documents, document);
    const int32_t first = month_first_day(edition->window_from);
    const int32_t last = month_last_day(edition->window_to);
    add(document, first - 500, 'a', 0);
    add(document, first - 101, 'b', 20);
    add(document, first - 1, 'c', 20);
    add(document, first, 'd', 20); /* joined to a change before the window */
    add(document, first + 50, 'e', 20);
    add(document, first + 53, 'f', 30);
    add(document, last, 'g', 20);
    add(document, last + 1, 'h', 20); /* seen after the window */
    terms_fill(edition, method, documents);
    const struct edition_marketplace *untracked =
        g_ptr_array_index(edition->marketplaces, 0);
    g_assert_cmpint(untracked->terms.changes, ==, -1);
    g_assert_cmpint(untracked->terms.reason, ==, REASON_NOT_FOLLOWED);
    const struct edition_marketplace *place = g_ptr_array_index(edition->marketplaces, 1);
    g_assert_cmpint(place->terms.changes, ==, 2);
    g_assert_true(place->terms.median_interval_days.known); /* 100, 51, the rest */
    g_assert_cmpfloat(place->terms.median_interval_days.value, ==, 100);
    const struct edition_terms_document *published =
        g_ptr_array_index(place->terms.documents, 0);
    g_assert_cmpint(published->versions, ==, 7);
    g_assert_cmpint(published->last_on, ==, last);
    const struct edition_terms_change *change = g_ptr_array_index(published->changes, 0);
    g_assert_cmpint(change->before_on, ==, first);
    g_assert_cmpint(change->seen_on, ==, first + 50);
    g_assert_cmpint(change->last_on, ==, first + 53);
    g_assert_cmpint(change->contents, ==, 2);
    g_assert_cmpint(change->words_added, ==, 50);
    g_assert_cmpint(change->before_sha256[0], ==, 'd');
    g_assert_cmpint(change->sha256[0], ==, 'f');
}

static void a_method_without_terms_fills_nothing(void) {
    scoped(method) *method = shipped_method();
    scoped(edition) *edition = edition_of_two();
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    method->terms.known = false;
    terms_fill(edition, method, none);
    const struct edition_marketplace *place = g_ptr_array_index(edition->marketplaces, 0);
    g_assert_cmpint(place->terms.reason, ==, REASON_NOT_COMPUTED);
}

/* Columns of the histories of two real archives, one row a recorded version. */
enum { DATE, SERVICE, TYPE, EVENT, WORDS_ADDED = 10, WORDS_REMOVED, BLOB = 14, COLUMNS };

/* A row: the version, and whether the archive says that the extraction alone changed. */
struct row {
    struct terms_version version;
    bool technical;
};

static int by_time(const void *a, const void *b) {
    const struct row *left = a, *right = b;
    if (left->version.seen != right->version.seen)
        return left->version.seen < right->version.seen ? -1 : 1;
    return strcmp(left->version.sha256, right->version.sha256);
}

static struct row read_row(char *const *cells) {
    struct row row = {.technical = strcmp(cells[EVENT], "technical") == 0};
    g_autoptr(GDateTime) seen = g_date_time_new_from_iso8601(cells[DATE], NULL);
    g_assert_nonnull(seen);
    row.version.seen = g_date_time_to_unix(seen);
    row.version.words_added = atoi(cells[WORDS_ADDED]);
    row.version.words_removed = atoi(cells[WORDS_REMOVED]);
    g_strlcpy(row.version.sha256, cells[BLOB], sizeof row.version.sha256);
    return row;
}

/* "service/type" → GArray of rows by time; NULL with a skip where the file is absent. */
static GHashTable *history(const char *name) {
    const char *shared = g_getenv("SHARED");
    g_autofree char *file =
        g_build_filename(shared != NULL ? shared : "", "real-data", name, NULL);
    g_autofree char *text = NULL;
    if (shared == NULL || !g_file_get_contents(file, &text, NULL, NULL)) {
        g_test_skip("no real histories here");
        return NULL;
    }
    GHashTable *documents = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                                  (GDestroyNotify)g_array_unref);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (int i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++) {
        g_auto(GStrv) cells = g_strsplit(g_strchomp(lines[i]), ",", -1);
        g_assert_cmpuint(g_strv_length(cells), ==, COLUMNS);
        char *key = g_strconcat(cells[SERVICE], "/", cells[TYPE], NULL);
        GArray *rows = g_hash_table_lookup(documents, key);
        if (rows == NULL) {
            rows = g_array_new(FALSE, FALSE, sizeof(struct row));
            g_hash_table_insert(documents, key, rows);
        } else
            g_free(key);
        const struct row row = read_row(cells);
        g_array_append_val(rows, row);
    }
    GHashTableIter all;
    g_hash_table_iter_init(&all, documents);
    for (void *rows; g_hash_table_iter_next(&all, NULL, &rows);)
        g_array_sort(rows, by_time);
    return documents;
}

/* What a document comes to. */
struct outcome {
    int versions, contents, returns, changes;
    int genuine; /* new contents that the archive itself calls changes */
    enum terms_pattern pattern;
};

static struct outcome judge_rows(const GArray *rows) {
    scoped(method) *method = shipped_method();
    scoped(terms_document) *document = terms_document_new(0, "", "");
    for (guint i = 0; i < rows->len; i++)
        g_array_append_val(document->versions,
                           g_array_index(rows, struct row, i).version);
    const struct terms_judgement judgement =
        terms_judge(document, &method->terms, INT64_MAX);
    struct outcome outcome = {.versions = judgement.versions,
                              .contents = judgement.contents,
                              .returns = judgement.returns,
                              .pattern = judgement.pattern};
    for (guint i = 0; i < rows->len; i++) {
        const enum terms_verdict verdict =
            g_array_index(judgement.verdicts, enum terms_verdict, i);
        outcome.changes += verdict == TERMS_CHANGE;
        outcome.genuine += verdict != TERMS_FIRST && verdict != TERMS_RETURN &&
                           !g_array_index(rows, struct row, i).technical;
    }
    g_array_unref(judgement.verdicts);
    return outcome;
}

static struct outcome outcome_of(GHashTable *documents, const char *key) {
    const GArray *rows = g_hash_table_lookup(documents, key);
    g_assert_nonnull(rows);
    return judge_rows(rows);
}

static void expect_returns(GHashTable *documents, int versions, int returns) {
    GHashTableIter all;
    struct outcome sum = {0};
    g_hash_table_iter_init(&all, documents);
    for (void *rows; g_hash_table_iter_next(&all, NULL, &rows);) {
        const struct outcome outcome = judge_rows(rows);
        sum.versions += outcome.versions;
        sum.returns += outcome.returns;
    }
    g_assert_cmpint(sum.versions, ==, versions);
    g_assert_cmpint(sum.returns, ==, returns);
}

static void the_real_history_of_sellers_terms_has_few_changes(void) {
    g_autoptr(GHashTable) documents = history("ota-p2b/p2b_version_history.csv");
    if (documents == NULL)
        return;
    expect_returns(documents, 3991, 2098);
    const struct outcome boulanger =
        outcome_of(documents, "Boulanger/Marketplace Sellers Conditions");
    g_assert_cmpint(boulanger.versions, ==, 1039);
    g_assert_cmpint(boulanger.changes, ==, 2);
    g_assert_cmpint(boulanger.genuine, ==, 2);
    g_assert_cmpint(boulanger.pattern, ==, TERMS_FLIP_FLOP);
    const struct outcome amazon = outcome_of(documents, "Amazon/Complaints Policy");
    g_assert_cmpint(amazon.versions, ==, 498);
    g_assert_cmpint(amazon.genuine, ==, 3);
    g_assert_cmpint(amazon.pattern, ==, TERMS_FLIP_FLOP);
    const struct outcome tiktok =
        outcome_of(documents, "TikTok Shop/Marketplace Sellers Conditions");
    g_assert_cmpint(tiktok.versions, ==, 234);
    g_assert_cmpint(tiktok.genuine, ==, 231);
    g_assert_cmpint(tiktok.pattern, ==, TERMS_DYNAMIC);
    const struct outcome sellers =
        outcome_of(documents, "Amazon/Marketplace Sellers Conditions");
    g_assert_cmpint(sellers.pattern, ==, TERMS_STEADY); /* 17 versions, all new */
    g_assert_cmpint(sellers.changes, >, 10);
}

static void the_real_history_of_consumer_terms_has_few_changes(void) {
    g_autoptr(GHashTable) documents = history("ota-france/france_version_history.csv");
    if (documents == NULL)
        return;
    expect_returns(documents, 10747, 5790);
    const struct outcome cdiscount =
        outcome_of(documents, "Cdiscount/General Conditions of Sale");
    g_assert_cmpint(cdiscount.versions, ==, 850);
    g_assert_cmpint(cdiscount.genuine, ==, 155);
    g_assert_cmpint(cdiscount.changes, <, 40);
    g_assert_cmpint(cdiscount.pattern, ==, TERMS_FLIP_FLOP);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/terms/" #name, name)
    TEST(a_version_is_a_change_only_where_it_is_new_and_large);
    TEST(a_page_that_is_new_every_day_is_dynamic);
    TEST(an_edition_counts_its_window_and_all_intervals);
    TEST(a_method_without_terms_fills_nothing);
    TEST(the_real_history_of_sellers_terms_has_few_changes);
    TEST(the_real_history_of_consumer_terms_has_few_changes);
    return g_test_run();
}
