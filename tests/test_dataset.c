#include "barometre/assess.h"
#include "barometre/bag.h"
#include "barometre/dataset.h"
#include "barometre/error.h"
#include "barometre/import.h"
#include "barometre/month.h"
#include "barometre/terms.h"
#include "scratch.h"

#include <archive.h>
#include <archive_entry.h>
#include <sqlite3.h>
#include <unistd.h>

/* An observatory of the shipped registry with an open store. */
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
    g_assert_true(observatory_init(directory, false, &error));
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

/* Puts a file below a folder of the bench. */
static void put(const struct bench *bench, const char *dataset, const char *path,
                const char *text, gssize length) {
    g_autofree char *file = g_build_filename(bench->scratch->path, dataset, path, NULL);
    g_autofree char *folder = g_path_get_dirname(file);
    g_autoptr(GError) error = NULL;
    g_assert_cmpint(g_mkdir_with_parents(folder, 0700), ==, 0);
    g_assert_true(g_file_set_contents(file, text, length, &error));
}

/* Imports; the account's bytes always add up. */
static bool try_take(struct bench *bench, const char *dataset, struct import *import,
                     GError **error) {
    g_autofree char *path = g_build_filename(bench->scratch->path, dataset, NULL);
    const struct import_settings settings = {
        .observatory = bench->observatory, .today = today(), .threads = 1};
    const bool good = import_dataset(bench->store, &settings, path, import, error);
    int64_t sum = 0;
    for (int k = 0; k < ACCOUNT_KINDS; k++)
        sum += import->account.bytes[k];
    g_assert_cmpint(sum, ==, import->account.bytes_total);
    import_clear(import);
    return good;
}

static struct import take(struct bench *bench, const char *dataset) {
    g_autoptr(GError) error = NULL;
    struct import import;
    try_take(bench, dataset, &import, &error);
    g_assert_no_error(error);
    return import;
}

static void expect_records(const struct import *import, int stored, int duplicates,
                           int rejected, int blank, int header) {
    g_assert_cmpint(import->account.records[ACCOUNT_STORED], ==, stored);
    g_assert_cmpint(import->account.records[ACCOUNT_DUPLICATE], ==, duplicates);
    g_assert_cmpint(import->account.records[ACCOUNT_REJECTED], ==, rejected);
    g_assert_cmpint(import->account.records[ACCOUNT_BLANK], ==, blank);
    g_assert_cmpint(import->account.records[ACCOUNT_HEADER], ==, header);
    g_assert_cmpint(import->account.records[ACCOUNT_UPDATED], ==, 0);
}

static bool write_version(void *data, const char *service, const char *type,
                          const struct terms_version *version) {
    g_string_append_printf(data, "%s|%s|%" G_GINT64_FORMAT "|%.8s|+%d -%d\n", service,
                           type, version->seen, version->sha256,
                           (int)version->words_added, (int)version->words_removed);
    return true;
}

/* All versions held, one a line. */
static char *held(const struct bench *bench) {
    g_autoptr(GError) error = NULL;
    GString *text = g_string_new(NULL);
    g_assert_true(store_each_version(bench->store, write_version, text, &error));
    g_assert_no_error(error);
    return g_string_free(text, FALSE);
}

#define SELLERS "Boulanger/Marketplace Sellers Conditions/"

/* Two variants of a page in turn, then a new text. */
static const struct {
    const char *path, *text;
} pages[] = {
    {SELLERS "2024-01-01T06-00-00Z.md", "un deux trois"},
    {SELLERS "2024-01-02T06-00-00Z.md", "un deux trois quatre quatre"},
    {SELLERS "2024-01-03T06-00-00Z.md", "un deux trois"},
    {SELLERS "2024-01-04T06-00-00Z.md", "un deux trois quatre quatre"},
    {SELLERS "2024-03-01T06-00-00Z.md", "un trois\ncinq"},
    {"Amazon.fr/Terms of Service/2024-02-29T23-59-59Z.md", "un deux trois"},
};

static void put_pages(const struct bench *bench, const char *dataset, bool odd,
                      bool even) {
    for (size_t i = 0; i < G_N_ELEMENTS(pages); i++)
        if (i % 2 == 1 ? odd : even)
            put(bench, dataset, pages[i].path, pages[i].text, -1);
}

static void each_file_and_byte_is_accounted_for(void) {
    scoped(bench) *bench = bench_new();
    put_pages(bench, "d", true, true);
    put(bench, "d", "README.md", "# Dataset", -1);
    put(bench, "d", "LICENSE", "ODC-BY", -1);
    put(bench, "d", "Nobody/Terms/2024-01-01T06-00-00Z.md", "x", -1);
    put(bench, "d", "Nobody/Terms/2024-01-02T06-00-00Z.md", "y", -1);
    put(bench, "d", SELLERS "2024-01-05T06-00-00Z.md", " \n\t ", -1);
    put(bench, "d", SELLERS "2024-13-05T06-00-00Z.md", "no such month", -1);
    put(bench, "d", SELLERS "2024-01-05.md", "no time", -1);
    put(bench, "d", SELLERS "2026-11-03T00-00-00Z.md", "tomorrow", -1);
    put(bench, "d", SELLERS "1989-12-31T23-59-59Z.md", "long ago", -1);
    put(bench, "d", SELLERS "2024-01-06T06-00-00Z.md", "\xE9t\xE9", -1);
    put(bench, "d", SELLERS "2024-01-07T06-00-00Z.md", "a\0b", 3);
    put(bench, "d", "Boulanger/notes.txt", "what is this", -1);
    g_autofree char *large = g_strnfill((4 << 20) + 1, 'x');
    put(bench, "d", SELLERS "2024-01-08T06-00-00Z.md", large, -1);
    put(bench, "d", SELLERS "2024-01-09T06-00-00Z.md", large, 4 << 20);
    put(bench, "d", ".git/config", "hidden", -1);
    g_autofree char *link = g_build_filename(bench->scratch->path, "d",
                                             SELLERS "2024-01-10T06-00-00Z.md", NULL);
    g_assert_cmpint(symlink("/etc/hostname", link), ==, 0);
    const struct import import = take(bench, "d");
    expect_records(&import, 5, 2, 8, 3, 2);
    g_assert_cmpint(import.versions_apart, ==, 2);
    g_assert_cmpint(import.services_apart, ==, 1);
    g_assert_cmpint(import.outcome, ==, IMPORT_DONE);
}

static void words_are_counted_against_the_version_before(void) {
    scoped(bench) *bench = bench_new();
    put_pages(bench, "d", true, true);
    const struct import import = take(bench, "d");
    expect_records(&import, 4, 2, 0, 0, 0);
    g_autofree char *text = held(bench);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    static const char *const ends[] = {"+0 -0", "+0 -0", "+2 -0", "+0 -0",
                                       "+0 -0", "+1 -3"}; /* cinq; deux, quatre twice */
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        g_assert_true(g_str_has_suffix(lines[i], ends[i]));
    g_assert_true(g_str_has_prefix(text, "Amazon.fr|Terms of Service|1709251199|"));
}

static void the_order_of_imports_does_not_matter(void) {
    scoped(bench) *whole = bench_new();
    put_pages(whole, "d", true, true);
    take(whole, "d");
    g_autofree char *expected = held(whole);
    for (int first = 0; first < 2; first++) {
        scoped(bench) *bench = bench_new();
        put_pages(bench, "odd", true, false);
        put_pages(bench, "even", false, true);
        put_pages(bench, "d", true, true);
        take(bench, first == 0 ? "odd" : "even");
        take(bench, first == 0 ? "even" : "odd");
        g_autofree char *text = held(bench);
        g_assert_cmpstr(text, ==, expected);
        const struct import again = take(bench, "d");
        expect_records(&again, 0, 6, 0, 0, 0);
        g_assert_cmpint(again.outcome, ==, IMPORT_DONE);
        g_assert_cmpint(take(bench, "d").outcome, ==, IMPORT_KNOWN);
        g_autofree char *same = held(bench);
        g_assert_cmpstr(same, ==, expected);
    }
}

/* A zip of the pages under a folder of its own, in the reverse order. */
static void withdraw(struct bench *bench, const struct import *import, int removed,
                     int kept) {
    g_autoptr(GError) error = NULL;
    struct store_withdrawal withdrawal = {
        .sha256 = import->sha256, .reason = "a test", .day = 20500};
    store_withdraw(bench->store, &withdrawal, false, &error);
    g_assert_no_error(error);
    g_assert_cmpint(withdrawal.removed, ==, removed);
    g_assert_cmpint(withdrawal.kept, ==, kept);
    g_free((char *)withdrawal.profile);
    g_free((char *)withdrawal.name);
}

/* Of two datasets, the second of which holds the first, whichever is taken back. */
static void a_version_stays_while_an_import_tells_it(void) {
    scoped(bench) *part = bench_new();
    put_pages(part, "even", false, true);
    take(part, "even");
    g_autofree char *expected = held(part);
    for (int first = 0; first < 2; first++) {
        scoped(bench) *bench = bench_new();
        put_pages(bench, "even", false, true);
        put_pages(bench, "d", true, true);
        const struct import even = take(bench, "even");
        const struct import whole = take(bench, "d");
        g_autofree char *all = held(bench);
        withdraw(bench, first == 0 ? &even : &whole, first == 0 ? 0 : 3, 3);
        g_autofree char *text = held(bench);
        g_assert_cmpstr(text, ==, first == 0 ? all : expected);
        withdraw(bench, first == 0 ? &whole : &even, first == 0 ? 6 : 3, 0);
        g_autofree char *nothing = held(bench);
        g_assert_cmpstr(nothing, ==, "");
        take(bench, "even");
        g_autofree char *anew = held(bench);
        g_assert_cmpstr(anew, ==, expected);
    }
}

static void zip_pages(const struct bench *bench, const char *name) {
    g_autofree char *path = g_build_filename(bench->scratch->path, name, NULL);
    struct archive *archive = archive_write_new();
    g_assert_cmpint(archive_write_set_format_zip(archive), ==, ARCHIVE_OK);
    g_assert_cmpint(archive_write_open_filename(archive, path), ==, ARCHIVE_OK);
    for (size_t i = G_N_ELEMENTS(pages); i-- > 0;) {
        g_autofree char *member = g_strconcat("archive-2024/", pages[i].path, NULL);
        const size_t length = strlen(pages[i].text);
        struct archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, member);
        archive_entry_set_size(entry, (la_int64_t)length);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        g_assert_cmpint(archive_write_header(archive, entry), ==, ARCHIVE_OK);
        g_assert_cmpint(archive_write_data(archive, pages[i].text, length), ==,
                        (la_ssize_t)length);
        archive_entry_free(entry);
    }
    g_assert_cmpint(archive_write_free(archive), ==, ARCHIVE_OK);
}

static void a_zip_and_its_folder_are_the_same_dataset(void) {
    scoped(bench) *bench = bench_new();
    put_pages(bench, "d", true, true);
    zip_pages(bench, "d.zip");
    g_autofree char *zip = g_build_filename(bench->scratch->path, "d.zip", NULL);
    g_autofree char *folder = g_build_filename(bench->scratch->path, "d", NULL);
    g_autofree char *parent = g_build_filename(bench->scratch->path, "obs", NULL);
    g_assert_true(dataset_is(zip));
    g_assert_true(dataset_is(folder));
    g_assert_false(dataset_is(parent));
    g_assert_false(dataset_is("/nonexistent"));
    const struct import import = take(bench, "d.zip");
    expect_records(&import, 4, 2, 0, 0, 0);
    g_assert_cmpint(take(bench, "d").outcome, ==, IMPORT_KNOWN);
}

static void what_concerns_no_marketplace_is_refused(void) {
    static const struct {
        const char *path, *says;
    } cases[] = {
        {"Nobody/Terms/2024-01-01T06-00-00Z.md", "d: none of its services is a"},
        {"README.md", "d: holds no file <service>/"},
        {"1/2/3/4/5/6/7/8/9/x.md",
         "d: a folder in it cannot be read, or lies more than 8"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        scoped(bench) *bench = bench_new();
        g_autoptr(GError) error = NULL;
        struct import import;
        put(bench, "d", cases[i].path, "x", -1);
        g_assert_false(try_take(bench, "d", &import, &error));
        g_assert_error(error, BAROMETRE_ERROR, ERROR_REFUSED);
        g_assert_true(g_str_has_prefix(error->message, cases[i].says));
        g_autofree char *text = held(bench);
        g_assert_cmpstr(text, ==, "");
    }
}

static void no_clause_is_kept(void) {
    scoped(bench) *bench = bench_new();
    put(bench, "d", SELLERS "2024-01-01T06-00-00Z.md", "CLAUSELEONINE sure", -1);
    put(bench, "d", SELLERS "2024-01-02T06-00-00Z.md", "CLAUSELEONINE \xE9", -1);
    const struct import import = take(bench, "d");
    expect_records(&import, 1, 0, 1, 0, 0);
    g_clear_pointer(&bench->store, store_free);
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *book = g_strdup_printf("rejects/%s.jsonl", import.sha256);
    g_ptr_array_add(files, observatory_path(bench->observatory, "store.db"));
    g_ptr_array_add(files, observatory_path(bench->observatory, book));
    for (guint i = 0; i < files->len; i++) {
        gsize length;
        g_autofree char *bytes = scratch_read(g_ptr_array_index(files, i), &length);
        g_assert_cmpuint(length, >, 0);
        g_assert_null(memmem(bytes, length, "LEONINE", 7));
    }
    open_store(bench);
}

static void a_store_of_version_4_migrates(void) {
    scoped(bench) *bench = bench_new();
    g_autofree char *file = observatory_path(bench->observatory, "store.db");
    g_clear_pointer(&bench->store, store_free);
    sqlite3 *database = NULL;
    g_assert_cmpint(sqlite3_open(file, &database), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_exec(database,
                                 "DROP TABLE statement_witness; DROP TABLE "
                                 "terms_version; DROP TABLE terms_content;"
                                 "DROP TABLE terms_document; PRAGMA user_version = 4",
                                 NULL, NULL, NULL),
                    ==, SQLITE_OK);
    sqlite3_close(database);
    open_store(bench);
    put_pages(bench, "d", true, true);
    const struct import import = take(bench, "d");
    expect_records(&import, 4, 2, 0, 0, 0);
}

/* Words of two texts, counted one by one. */
static void count_by_hand(char *const *before, char *const *after, int64_t *added) {
    g_auto(GStrv) left = g_strdupv((char **)before);
    *added = 0;
    for (char *const *word = after; *word != NULL; word++) {
        bool found = false;
        for (char **other = left; !found && *other != NULL; other++) {
            found = strcmp(*other, *word) == 0;
            if (found)
                **other = '\0'; /* a word is never empty */
        }
        *added += !found;
    }
}

static char *random_text(GRand *random) {
    GString *text = g_string_new(NULL);
    const int words = g_rand_int_range(random, 0, 40);
    for (int i = 0; i < words; i++)
        g_string_append_printf(text, "w%d%s", g_rand_int_range(random, 0, 12),
                               g_rand_boolean(random) ? " " : "\r\n\t");
    return g_string_free(text, FALSE);
}

static void a_bag_counts_as_one_would_by_hand(void) {
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    for (int i = 0; i < 500; i++) {
        int64_t words, added, removed, more, less;
        g_autofree char *before = random_text(random), *after = random_text(random);
        g_autoptr(GBytes) old = bag_new(before, strlen(before), &words);
        g_autoptr(GBytes) new = bag_new(after, strlen(after), &words);
        g_autofree char *plain_before = g_strdelimit(g_strdup(before), "\r\n\t", ' ');
        g_autofree char *plain_after = g_strdelimit(g_strdup(after), "\r\n\t", ' ');
        g_autoptr(GStrvBuilder) a = g_strv_builder_new(), b = g_strv_builder_new();
        g_auto(GStrv) all_before = g_strsplit(plain_before, " ", -1);
        g_auto(GStrv) all_after = g_strsplit(plain_after, " ", -1);
        for (char **word = all_before; *word != NULL; word++)
            if (**word != '\0')
                g_strv_builder_add(a, *word);
        for (char **word = all_after; *word != NULL; word++)
            if (**word != '\0')
                g_strv_builder_add(b, *word);
        g_auto(GStrv) left = g_strv_builder_end(a), right = g_strv_builder_end(b);
        g_assert_cmpint(words, ==, g_strv_length(right));
        bag_difference(old, new, &added, &removed);
        count_by_hand(left, right, &more);
        count_by_hand(right, left, &less);
        g_assert_cmpint(added, ==, more);
        g_assert_cmpint(removed, ==, less);
    }
}

static void a_real_page_in_two_variants_is_one_change(void) {
    scoped(bench) *bench = bench_new();
    const char *shared = g_getenv("SHARED");
    g_autofree char *folder = g_build_filename(shared != NULL ? shared : "", "real-data",
                                               "ota-p2b", "dataset", NULL);
    if (shared == NULL || !g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        g_test_skip("no real dataset here");
        return;
    }
    g_autoptr(GError) error = NULL;
    struct import import;
    const struct import_settings settings = {
        .observatory = bench->observatory, .today = today(), .threads = 1};
    g_assert_true(import_dataset(bench->store, &settings, folder, &import, &error));
    expect_records(&import, 20, 6, 0, 45, 0);
    import_clear(&import);
    scoped(edition) *edition =
        assess_edition(bench->observatory, bench->store, 2022 * 12 + 9, true, &error);
    g_assert_no_error(error);
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place =
            g_ptr_array_index(edition->marketplaces, i);
        if (strcmp(place->id, "boulanger") != 0)
            continue;
        const struct edition_terms_document *sellers =
            g_ptr_array_index(place->terms.documents, 0);
        g_assert_cmpstr(sellers->type, ==, "Marketplace Sellers Conditions");
        g_assert_cmpint(sellers->versions, ==, 8);
        g_assert_cmpint(sellers->returns, ==, 6);
        g_assert_cmpint(place->terms.changes, ==, 1);
        const struct edition_terms_change *change =
            g_ptr_array_index(sellers->changes, 0);
        g_assert_cmpint(change->words_added, ==, 5060); /* as the history's own count */
        g_assert_cmpint(change->words_removed, ==, 0);
        return;
    }
    g_assert_not_reached();
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/dataset/" #name, name)
    TEST(each_file_and_byte_is_accounted_for);
    TEST(words_are_counted_against_the_version_before);
    TEST(the_order_of_imports_does_not_matter);
    TEST(a_version_stays_while_an_import_tells_it);
    TEST(a_zip_and_its_folder_are_the_same_dataset);
    TEST(what_concerns_no_marketplace_is_refused);
    TEST(no_clause_is_kept);
    TEST(a_store_of_version_4_migrates);
    TEST(a_bag_counts_as_one_would_by_hand);
    TEST(a_real_page_in_two_variants_is_one_change);
    return g_test_run();
}
