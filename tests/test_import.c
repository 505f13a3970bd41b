#include "barometre/import.h"

#include "barometre/error.h"
#include "barometre/month.h"
#include "barometre/reject_book.h"
#include "scratch.h"
#include "store_file.h"

#include <sys/stat.h>

#define DOSSIERS "dossiers_signalement-places-de-marche_"

/* A sample observatory with an empty store. */
struct desk {
    struct scratch *directory; /* of files to import */
    struct scratch *home;
    struct observatory *observatory;
    struct store *store;
    char *store_file;
    bool dry_run;
    struct import import; /* the last one */
};

static struct desk *desk_new(void) {
    g_autoptr(GError) error = NULL;
    struct desk *desk = g_new0(struct desk, 1);
    desk->directory = scratch_new();
    desk->home = scratch_new();
    observatory_init(desk->home->path, true, &error);
    g_assert_no_error(error);
    desk->observatory = observatory_open(desk->home->path, &error);
    g_assert_no_error(error);
    desk->store_file = observatory_path(desk->observatory, "store.db");
    desk->store = store_open(desk->store_file, desk->observatory->registry, &error);
    g_assert_no_error(error);
    return desk;
}

static void desk_free(struct desk *desk) {
    import_clear(&desk->import);
    store_free(desk->store);
    observatory_free(desk->observatory);
    scratch_free(desk->directory);
    scratch_free(desk->home);
    g_free(desk->store_file);
    g_free(desk);
}
SCOPE_DEFINE(desk)

static bool import_path(struct desk *desk, const char *path, GError **error) {
    int32_t today;
    g_assert_true(day_from_date(2026, 11, 22, &today));
    const struct import_settings settings = {.observatory = desk->observatory,
                                             .today = today,
                                             .threads = 2,
                                             .dry_run = desk->dry_run};
    import_clear(&desk->import);
    scoped(export) *export = export_open(path, error);
    return export != NULL &&
           import_export(desk->store, &settings, export, &desk->import, error);
}

static enum import_outcome import_good(struct desk *desk, const char *path) {
    g_autoptr(GError) error = NULL;
    import_path(desk, path, &error);
    g_assert_no_error(error);
    return desk->import.outcome;
}

static enum import_outcome import_text(struct desk *desk, const char *name,
                                       const char *text) {
    g_autofree char *file = scratch_write(desk->directory->path, name, text, -1);
    return import_good(desk, file);
}

static char *inbox(const struct desk *desk, const char *name) {
    return g_build_filename(desk->home->path, "inbox", name, NULL);
}

/* In the order of their names. */
static const struct {
    const char *name;
    int records, stored, updated, duplicates, rejected;
} samples[] = {
    {DOSSIERS "2024-02-01_09-41.csv", 121, 121, 0, 0, 0},
    {DOSSIERS "2024-12-16_08-30.csv", 426, 424, 0, 0, 2},
    {DOSSIERS "2026-01-05_14-12.csv", 508, 481, 21, 5, 1},
    {DOSSIERS "2026-11-02_07-15.csv", 480, 455, 14, 6, 5},
    {"mediateur_2026-11-02.csv", 182, 181, 0, 0, 1},
};

static void import_sample(struct desk *desk, size_t i) {
    g_autofree char *file = inbox(desk, samples[i].name);
    g_assert_cmpint(import_good(desk, file), ==, IMPORT_DONE);
}

static void every_sample_export_has_its_account(void) {
    scoped(desk) *desk = desk_new();
    for (size_t i = 0; i < G_N_ELEMENTS(samples); i++) {
        import_sample(desk, i);
        const int64_t *records = desk->import.account.records;
        g_test_message("%s %d %d %d %d %d", samples[i].name,
                       (int)account_records(&desk->import.account),
                       (int)records[ACCOUNT_STORED], (int)records[ACCOUNT_UPDATED],
                       (int)records[ACCOUNT_DUPLICATE], (int)records[ACCOUNT_REJECTED]);
        g_assert_cmpint(account_records(&desk->import.account), ==, samples[i].records);
        g_assert_cmpint(records[ACCOUNT_STORED], ==, samples[i].stored);
        g_assert_cmpint(records[ACCOUNT_UPDATED], ==, samples[i].updated);
        g_assert_cmpint(records[ACCOUNT_DUPLICATE], ==, samples[i].duplicates);
        g_assert_cmpint(records[ACCOUNT_REJECTED], ==, samples[i].rejected);
    }
    g_autofree char *held =
        store_file_ask(desk->store_file, "SELECT count(*) FROM complaint");
    int stored = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(samples); i++)
        stored += samples[i].stored;
    g_assert_cmpint(atoi(held), ==, stored);
}

static void an_export_is_known_by_its_bytes_under_any_name(void) {
    scoped(desk) *desk = desk_new();
    import_sample(desk, 4);
    g_autofree char *before = store_file_content(desk->store_file);
    g_autofree char *file = inbox(desk, samples[4].name);
    gsize size;
    g_autofree char *bytes = scratch_read(file, &size);
    g_autofree char *renamed =
        scratch_write(desk->directory->path, "other name.txt", bytes, (gssize)size);
    g_assert_cmpint(import_good(desk, renamed), ==, IMPORT_KNOWN);
    g_assert_null(desk->import.profile);
    g_assert_cmpstr(desk->import.name, ==, "other name.txt");
    g_autofree char *sha256 =
        g_compute_checksum_for_data(G_CHECKSUM_SHA256, (guchar *)bytes, size);
    g_assert_cmpstr(desk->import.sha256, ==, sha256);
    g_autofree char *after = store_file_content(desk->store_file);
    g_assert_cmpstr(before, ==, after);
    bytes[size - 1] = ' '; /* of the same size, another export */
    g_free(scratch_write(desk->directory->path, "other name.txt", bytes, (gssize)size));
    g_assert_cmpint(import_good(desk, renamed), ==, IMPORT_DONE);
    g_assert_cmpint(desk->import.account.records[ACCOUNT_STORED], ==, 0);
}

/* Rows of an export in the given order, from one number to another. */
static char *export_of(const int *order, int from, int to) {
    static const char *const places[] = {"Bazarette", "Halle Dix", "Place Marine"};
    GString *text =
        g_string_new("report_id,firm_id,marketplace,received_on,pillars,heard\n");
    for (int i = from; i < to; i++) {
        const int n = order[i];
        g_string_append_printf(text, n % 3 == 0 ? "M-%d" : "%d", n + 1);
        g_string_append_printf(text, ",F%d,%s,2026-0%d-1%d,d,%s\n", n % 40, places[n % 3],
                               1 + n % 9, n % 10, n % 2 ? "yes" : "no");
    }
    return g_string_free(text, FALSE);
}

static void however_it_is_delivered_the_store_holds_the_same(void) {
    enum { ROWS = 300 };
    static const int cuts[][4][2] = {
        {{0, 300}},                         /* whole */
        {{0, 300}, {0, 300}},               /* again, reordered */
        {{0, 100}, {100, 200}, {200, 300}}, /* in three parts */
        {{0, 180}, {120, 300}, {50, 60}},   /* overlapping */
        {{299, 300}, {0, 300}},
    };
    g_autofree char *wanted = NULL;
    for (size_t c = 0; c < G_N_ELEMENTS(cuts); c++) {
        scoped(desk) *desk = desk_new();
        /* As the key is another one, the firms would be. */
        memset(desk->observatory->key, 5, sizeof desk->observatory->key);
        GRand *random = g_rand_new_with_seed((guint32)c);
        int order[ROWS];
        for (int i = 0; i < ROWS; i++)
            order[i] = i;
        for (int part = 0; part < 4 && cuts[c][part][1] > 0; part++) {
            if (c == 1 && part == 1)
                for (int i = ROWS - 1; i > 0; i--) {
                    const int j = g_rand_int_range(random, 0, i + 1), kept = order[i];
                    order[i] = order[j];
                    order[j] = kept;
                }
            g_autofree char *text = export_of(order, cuts[c][part][0], cuts[c][part][1]);
            g_assert_cmpint(import_text(desk, "x.csv", text), ==, IMPORT_DONE);
            g_assert_cmpint(desk->import.account.records[ACCOUNT_UPDATED], ==, 0);
            g_assert_cmpint(desk->import.account.records[ACCOUNT_REJECTED], ==, 0);
        }
        g_rand_free(random);
        g_autofree char *held = store_file_content(desk->store_file);
        if (wanted == NULL)
            wanted = g_strdup(held);
        g_assert_cmpstr(held, ==, wanted);
    }
}

/* Names, sizes and contents of all files but the store's own; the caller frees. */
static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void list_into(GString *list, const char *path) {
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; folder != NULL && (name = g_dir_read_name(folder)) != NULL;)
        g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, by_name);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *inner =
            g_build_filename(path, g_ptr_array_index(names, i), NULL);
        if (g_file_test(inner, G_FILE_TEST_IS_DIR)) {
            list_into(list, inner);
            continue;
        }
        gsize size;
        g_autofree char *bytes = scratch_read(inner, &size);
        g_autofree char *hash =
            g_compute_checksum_for_data(G_CHECKSUM_SHA256, (guchar *)bytes, size);
        g_string_append_printf(list, "%s %s\n", inner, hash);
    }
}

static char *list_files(const struct desk *desk) {
    GString *list = g_string_new(NULL);
    list_into(list, desk->home->path);
    return g_string_free(list, FALSE);
}

static void a_dry_run_tells_the_same_and_keeps_nothing(void) {
    scoped(desk) *desk = desk_new();
    import_sample(desk, 0);
    import_sample(desk, 1);
    g_autofree char *before = list_files(desk);
    g_autofree char *held = store_file_content(desk->store_file);
    desk->dry_run = true;
    import_sample(desk, 2);
    const struct import told = desk->import;
    g_autofree char *after = list_files(desk);
    g_autofree char *held_after = store_file_content(desk->store_file);
    g_assert_cmpstr(before, ==, after);
    g_assert_cmpstr(held, ==, held_after);
    desk->dry_run = false;
    import_sample(desk, 2);
    g_assert_cmpint(memcmp(&told.account, &desk->import.account, sizeof told.account), ==,
                    0);
    g_assert_cmpstr(told.sha256, ==, desk->import.sha256);
    g_assert_cmpstr(told.encoding, ==, "Windows-1252");
    g_assert_cmpint(told.delimiter, ==, ';');
}

static void dry_and_real_agree_on_every_sample_export(void) {
    scoped(desk) *desk = desk_new();
    for (size_t i = 0; i < G_N_ELEMENTS(samples); i++) {
        desk->dry_run = true;
        import_sample(desk, i);
        const struct account told = desk->import.account;
        desk->dry_run = false;
        import_sample(desk, i);
        g_assert_cmpint(memcmp(&told, &desk->import.account, sizeof told), ==, 0);
    }
}

/* Gives a marketplace one more name, as an analyst does. */
static void add_alias(struct desk *desk, const char *name) {
    g_autofree char *file = observatory_path(desk->observatory, "marketplaces.json");
    gsize size;
    g_autofree char *text = scratch_read(file, &size);
    g_auto(GStrv) parts = g_strsplit(text, "\"aliases\": [", 2);
    g_autofree char *edited =
        g_strconcat(parts[0], "\"aliases\": [\"", name, "\", ", parts[1], NULL);
    g_assert_true(g_file_set_contents(file, edited, -1, NULL));
    g_autoptr(GError) error = NULL;
    store_free(g_steal_pointer(&desk->store));
    observatory_free(desk->observatory);
    desk->observatory = observatory_open(desk->home->path, &error);
    g_assert_no_error(error);
    desk->store = store_open(desk->store_file, desk->observatory->registry, &error);
    g_assert_no_error(error);
}

#define COLUMNS "report_id,firm_id,marketplace,received_on,pillars,heard\n"

static bool take_account(void *data, const struct store_source *source) {
    *(struct account *)data = source->account;
    return true;
}

static void what_was_refused_is_read_again_once_its_name_is_known(void) {
    static const char text[] = COLUMNS "1,F,Bazarette,2026-01-01,d,no\n"
                                       "2,F,Chez Zoe,2026-01-02,d,no\n"
                                       "3,F,Nowhere,2026-01-03,d,no\n";
    scoped(desk) *desk = desk_new();
    g_assert_cmpint(import_text(desk, "x.csv", text), ==, IMPORT_DONE);
    g_assert_cmpint(import_text(desk, "x.csv", text), ==, IMPORT_KNOWN);
    add_alias(desk, "Chez Zoe");
    desk->dry_run = true;
    g_assert_cmpint(import_text(desk, "x.csv", text), ==, IMPORT_DONE);
    const struct account told = desk->import.account;
    desk->dry_run = false;
    g_assert_cmpint(import_text(desk, "renamed.csv", text), ==, IMPORT_DONE);
    g_assert_true(desk->import.again);
    g_assert_cmpint(memcmp(&told, &desk->import.account, sizeof told), ==, 0);
    const int64_t *records = desk->import.account.records;
    g_assert_cmpint(records[ACCOUNT_STORED], ==, 1);
    g_assert_cmpint(records[ACCOUNT_DUPLICATE], ==, 1);
    g_assert_cmpint(records[ACCOUNT_REJECTED], ==, 1);
    struct account kept;
    g_assert_true(store_each_source(desk->store, take_account, &kept, NULL));
    g_assert_cmpint(kept.records[ACCOUNT_STORED], ==, 2);
    g_assert_cmpint(kept.records[ACCOUNT_DUPLICATE], ==, 0);
    g_assert_cmpint(kept.records[ACCOUNT_REJECTED], ==, 1);
    int64_t bytes = 0;
    for (int k = 0; k < ACCOUNT_KINDS; k++)
        bytes += kept.bytes[k];
    g_assert_cmpint(bytes, ==, kept.bytes_total);
    g_assert_cmpint(import_text(desk, "x.csv", text), ==, IMPORT_KNOWN);
}

/* Read again it stays the older one: of the same day the newer export counts. */
static void an_export_read_again_does_not_get_the_better_of_a_newer_one(void) {
    static const char old[] = COLUMNS "1,F,Bazarette,2026-01-01,d,no\n"
                                      "2,F,Chez Zoe,2026-01-02,d,no\n";
    static const char newer[] = COLUMNS "1,F,Bazarette,2026-01-01,d,yes\n";
    scoped(desk) *desk = desk_new();
    import_text(desk, "old.csv", old);
    import_text(desk, "new.csv", newer);
    add_alias(desk, "Chez Zoe");
    import_text(desk, "old.csv", old);
    g_assert_cmpint(desk->import.account.records[ACCOUNT_STORED], ==, 1);
    g_autofree char *held = store_file_ask(
        desk->store_file, "SELECT report_id, heard FROM complaint ORDER BY 1");
    g_assert_cmpstr(held, ==, "1|1|2|0|");
}

static void a_mended_name_takes_the_refused_record_out_of_the_book(void) {
    static const char text[] = COLUMNS "1,F,Bazarette,2026-01-01,d,no\n"
                                       "2,F,Chez Zoe,2026-01-02,d,no\n";
    scoped(desk) *desk = desk_new();
    import_text(desk, "x.csv", text);
    add_alias(desk, "Chez Zoe");
    import_text(desk, "x.csv", text);
    g_autofree char *name = g_strconcat("rejects/", desk->import.sha256, ".jsonl", NULL);
    g_autofree char *file = observatory_path(desk->observatory, name);
    g_assert_false(g_file_test(file, G_FILE_TEST_EXISTS));
}

static bool count_entry(void *data, const struct reject_entry *entry) {
    GString *log = data;
    g_string_append_printf(log, "%s %s %d %d %d %d %s %s\n", entry->source, entry->rule,
                           (int)entry->line, (int)entry->offset, (int)entry->length,
                           entry->column, entry->label, entry->raw);
    return true;
}

static char *book(const struct desk *desk) {
    GString *log = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    reject_book_each(desk->observatory, count_entry, log, &error);
    g_assert_no_error(error);
    return g_string_free(log, FALSE);
}

#define HEADER "report_id,firm_id,marketplace,received_on,pillars,heard\n"

static char *half_bad(int good, int bad) {
    GString *text = g_string_new(HEADER);
    for (int i = 0; i < good + bad; i++)
        g_string_append_printf(text, "%d,F,%s,2026-01-01,d,no\n", i + 1,
                               i < good ? "Bazarette" : "Nowhere");
    return g_string_free(text, FALSE);
}

static void too_many_rejects_store_nothing_and_keep_their_book(void) {
    static const struct {
        int good, bad;
        enum import_outcome outcome;
    } cases[] = {
        {189, 10, IMPORT_REFUSED}, /* 5.03 % */
        {190, 10, IMPORT_DONE},    /* 5 % is not more than 5 % */
        {1, 9, IMPORT_DONE},       /* fewer than ten */
        {0, 10, IMPORT_REFUSED},   {0, 1, IMPORT_DONE},
    };
    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        scoped(desk) *desk = desk_new();
        g_autofree char *text = half_bad(cases[c].good, cases[c].bad);
        g_assert_cmpint(import_text(desk, "x.csv", text), ==, cases[c].outcome);
        const int64_t *records = desk->import.account.records;
        g_assert_cmpint(records[ACCOUNT_REJECTED], ==, cases[c].bad);
        g_assert_cmpint(records[ACCOUNT_STORED], ==, cases[c].good);
        g_autofree char *held =
            store_file_ask(desk->store_file, "SELECT count(*) FROM complaint UNION ALL "
                                             "SELECT count(*) FROM source");
        g_autofree char *wanted =
            g_strdup_printf("%d|%d|", cases[c].outcome == IMPORT_DONE ? cases[c].good : 0,
                            cases[c].outcome == IMPORT_DONE);
        g_assert_cmpstr(held, ==, wanted);
        g_autofree char *entries = book(desk);
        g_auto(GStrv) lines = g_strsplit(entries, "Nowhere", -1);
        g_assert_cmpint((int)g_strv_length(lines) - 1, ==, cases[c].bad);
        g_assert_cmpint(import_text(desk, "x.csv", text), ==,
                        cases[c].outcome == IMPORT_DONE ? IMPORT_KNOWN : IMPORT_REFUSED);
    }
}

static void the_book_says_which_bytes_were_refused_and_why(void) {
    scoped(desk) *desk = desk_new();
    import_text(desk, "x.csv",
                HEADER "1,F,Bazarette,2026-01-01,d,no\n"
                       "2,F,Nowhere \"\n"
                       "3,F,D\xE9,2026-01-01,d,no\n"
                       "4,F,D\xC3\xA9,2026-01-01,d,no\n"
                       "5,F,,2026-01-01,d,\"\xC3\xA9\nx\"\n");
    g_autofree char *entries = book(desk);
    g_assert_cmpstr(
        entries, ==,
        "x.csv stray_quote 3 86 14 0  2,F,Nowhere \"\n\n"
        "x.csv encoding 4 100 23 3 marketplace 3,F,D\uFFFD,2026-01-01,d,no\n\n"
        "x.csv unknown_marketplace 5 123 24 3 marketplace 4,F,Dé,2026-01-01,d,no\n\n"
        "x.csv no_marketplace 6 147 25 3 marketplace 5,F,,2026-01-01,d,\"é\nx\"\n\n");
    g_autofree char *name = g_strconcat(desk->import.sha256, ".jsonl", NULL);
    g_autofree char *folder = observatory_path(desk->observatory, "rejects");
    g_autofree char *file = g_build_filename(folder, name, NULL);
    struct stat status;
    g_assert_cmpint(stat(file, &status), ==, 0);
    g_assert_cmpint(status.st_mode & 0777, ==, 0600);
    g_assert_cmpint(stat(folder, &status), ==, 0);
    g_assert_cmpint(status.st_mode & 0777, ==, 0700);
    g_autofree char *part = g_build_filename(folder, ".part", NULL);
    g_assert_false(g_file_test(part, G_FILE_TEST_EXISTS));
}

/* Windows-1252 comes back as it was meant; so does a record in UTF-8 among it, which is
 * refused for that. */
static void refused_bytes_are_read_in_the_encoding_of_their_export(void) {
    scoped(desk) *desk = desk_new();
    import_text(desk, "x.csv",
                "report_id,firm_id,marketplace,received_on,pillars,r\xE9ponse\n"
                "1,F,Caf\xE9,2026-01-01,d,\n2,F,Caf\xC3\xA9,2026-01-01,d,\n"
                "3,F,Bazarette,2026-01-01,d,\n");
    g_assert_cmpstr(desk->import.encoding, ==, "Windows-1252");
    g_autofree char *entries = book(desk);
    g_assert_nonnull(strstr(entries, "1,F,Caf\u00e9,"));
    g_assert_nonnull(strstr(entries, "encoding 3 "));
    g_assert_nonnull(strstr(entries, "2,F,Caf\u00e9,"));
}

static void a_cut_book_is_told_not_passed_over(void) {
    scoped(desk) *desk = desk_new();
    import_text(desk, "x.csv",
                HEADER "1,F,Bazarette,2026-01-01,d,no\n2,F,x,2026-01-01,d,no\n"
                       "3,F,y,2026-01-01,d,no\n");
    g_autofree char *name = g_strconcat("rejects/", desk->import.sha256, ".jsonl", NULL);
    g_autofree char *file = observatory_path(desk->observatory, name);
    gsize size;
    g_autofree char *bytes = scratch_read(file, &size);
    for (gsize cut = size - 1; cut > size - 20; cut--) {
        g_assert_true(g_file_set_contents(file, bytes, (gssize)cut, NULL));
        g_autoptr(GString) log = g_string_new(NULL);
        g_autoptr(GError) error = NULL;
        const bool good = reject_book_each(desk->observatory, count_entry, log, &error);
        if (cut == size - 1) { /* only the line end is gone */
            g_assert_true(good);
            continue;
        }
        g_assert_false(good);
        assert_error_says(error, ERROR_IO, ".jsonl:3: is not a book of rejects");
    }
}

static void a_failing_store_stops_the_import(void) {
    scoped(desk) *desk = desk_new();
    import_sample(desk, 0);
    g_free(store_file_ask(desk->store_file, "DROP TABLE source"));
    g_autofree char *file = inbox(desk, samples[1].name);
    g_autoptr(GError) error = NULL;
    g_assert_false(import_path(desk, file, &error));
    g_assert_error(error, BAROMETRE_ERROR, ERROR_IO);
    g_autofree char *held =
        store_file_ask(desk->store_file, "SELECT count(*) FROM complaint");
    g_assert_cmpstr(held, ==, "121|");
}

static void an_unreadable_export_fails_and_stores_nothing(void) {
    scoped(desk) *desk = desk_new();
    g_autofree char *absent = g_build_filename(desk->directory->path, "absent", NULL);
    g_autofree char *empty = scratch_write(desk->directory->path, "e.csv", HEADER, -1);
    g_autoptr(GError) error = NULL;
    g_assert_false(import_path(desk, absent, &error));
    g_assert_error(error, BAROMETRE_ERROR, ERROR_NO_INPUT);
    g_clear_error(&error);
    g_assert_false(import_path(desk, empty, &error));
    g_assert_error(error, BAROMETRE_ERROR, ERROR_REFUSED);
    g_autofree char *entries = book(desk);
    g_assert_cmpstr(entries, ==, "");
    import_sample(desk, 0); /* the transaction was let go */
}

/* ---- nothing personal in the store ------------------------------------------------ */

static const char header[] =
    "ID,Email,Civilité,Nom,Prénom,Établissement SIRET,Établissement Adresse,"
    "Établissement localité,Entreprise nom commercial,Entreprise raison sociale,"
    "Entreprise nom,Entreprise prénom,État du dossier,Dernière mise à jour le,Déposé le,"
    "Motivation de la décision,Instructeurs,Place de marché concernée,"
    "Objet du signalement,Racontez,Téléphone,Mesure subie";

enum { TOKENS = 1000 };

static char *token(int i) {
    return g_strdup_printf("Kanari%04dZo", i);
}

static const char *const sirets[] = {"73282932000074", "35600000000048"};

/* Each row with a token in every column that is not read. */
static char *personal_export(void) {
    GString *text = g_string_new(header);
    int next = 0;
    for (int row = 0; next < TOKENS; row++) {
        char *t[14];
        for (int i = 0; i < 14; i++)
            t[i] = token(next++ % TOKENS);
        g_string_append_printf(
            text,
            "\n%d,%s@%s.fr,%s,%s,%s,%s,\"%s, %s\",%s,%s,%s,%s,%s,Accepté,2026-01-15,"
            "2026-01-15,%s,%s,%s,support,\"%s\n\"\"%s\"\"\",%s,",
            row + 1, t[0], t[1], t[2], t[3], t[4], sirets[row % 2], t[5], t[6], t[7],
            t[8], t[9], t[10], t[11], t[12], t[13], row == 5 ? "Nowhere" : "Bazarette",
            t[0], t[1], t[2]);
        for (int i = 0; i < 14; i++)
            g_free(t[i]);
    }
    return g_string_free(text, FALSE);
}

static bool holds(const char *bytes, gsize size, const void *needle, gsize length) {
    return memmem(bytes, size, needle, length) != NULL;
}

/* The text as it stands and in capitals, UTF-16, hexadecimal, base64 at any offset. */
static bool holds_any(const char *bytes, gsize size, const char *text) {
    const gsize length = strlen(text);
    g_autofree char *lower = g_ascii_strdown(text, -1), *upper = g_ascii_strup(text, -1);
    char wide[256] = {0};
    g_autoptr(GString) hex = g_string_new(NULL);
    for (gsize i = 0; i < length; i++) {
        wide[2 * i + 1] = text[i];
        g_string_append_printf(hex, "%02x", (unsigned char)text[i]);
    }
    g_autofree char *big_hex = g_ascii_strup(hex->str, -1);
    bool found = holds(bytes, size, text, length) || holds(bytes, size, lower, length) ||
                 holds(bytes, size, upper, length) ||
                 holds(bytes, size, wide + 1, 2 * length - 1) ||
                 holds(bytes, size, hex->str, hex->len) ||
                 holds(bytes, size, big_hex, hex->len);
    for (gsize skip = 0; skip < 3; skip++) { /* whole groups of three bytes */
        const gsize whole = (length - skip) / 3 * 3;
        g_autofree char *encoded = g_base64_encode((const guchar *)text + skip, whole);
        found |= holds(bytes, size, encoded, strlen(encoded));
    }
    return found;
}

static void expect_nothing_personal(const char *file) {
    gsize size;
    g_autofree char *bytes = scratch_read(file, &size);
    for (int i = 0; i < TOKENS; i++) {
        g_autofree char *text = token(i);
        if (holds_any(bytes, size, text))
            g_error("%s holds %s", file, text);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(sirets); i++) {
        g_autofree char *siren = g_strndup(sirets[i], 9);
        if (holds_any(bytes, size, siren))
            g_error("%s holds a SIREN", file);
    }
}

static void nothing_personal_reaches_the_store(void) {
    scoped(desk) *desk = desk_new();
    g_autofree char *text = personal_export();
    for (int i = 0; i < TOKENS; i++) { /* the control: the search does find */
        g_autofree char *planted = token(i);
        g_assert_true(holds_any(text, strlen(text), planted));
    }
    g_assert_cmpint(import_text(desk, "x.csv", text), ==, IMPORT_DONE);
    g_assert_cmpint(desk->import.account.records[ACCOUNT_STORED], ==, 71);
    g_assert_cmpint(desk->import.account.records[ACCOUNT_REJECTED], ==, 1);
    g_autofree char *journal = g_strconcat(desk->store_file, "-journal", NULL);
    expect_nothing_personal(desk->store_file);
    if (g_file_test(journal, G_FILE_TEST_EXISTS))
        expect_nothing_personal(journal);
    store_free(g_steal_pointer(&desk->store));
    expect_nothing_personal(desk->store_file);
    g_autofree char *encoded = g_base64_encode((const guchar *)"xKanari0007Zo", 13);
    g_assert_true(holds_any(encoded, strlen(encoded), "Kanari0007Zo"));
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/import/" #name, name)
    TEST(every_sample_export_has_its_account);
    TEST(an_export_is_known_by_its_bytes_under_any_name);
    TEST(however_it_is_delivered_the_store_holds_the_same);
    TEST(a_dry_run_tells_the_same_and_keeps_nothing);
    TEST(dry_and_real_agree_on_every_sample_export);
    TEST(what_was_refused_is_read_again_once_its_name_is_known);
    TEST(an_export_read_again_does_not_get_the_better_of_a_newer_one);
    TEST(a_mended_name_takes_the_refused_record_out_of_the_book);
    TEST(too_many_rejects_store_nothing_and_keep_their_book);
    TEST(the_book_says_which_bytes_were_refused_and_why);
    TEST(refused_bytes_are_read_in_the_encoding_of_their_export);
    TEST(a_cut_book_is_told_not_passed_over);
    TEST(a_failing_store_stops_the_import);
    TEST(an_unreadable_export_fails_and_stores_nothing);
    TEST(nothing_personal_reaches_the_store);
    return g_test_run();
}
