#include "old_store.h"
#include "store_desk.h"

#include <stdlib.h>
#include <sys/stat.h>

static char *content(const struct desk *desk) {
    return store_file_content(desk->file);
}

static void the_file_is_private(void) {
    scoped(desk) *desk = desk_new();
    struct stat status;
    g_assert_cmpint(stat(desk->file, &status), ==, 0);
    g_assert_cmpint(status.st_mode & 0777, ==, 0600);
}

static void a_complaint_is_stored_updated_or_a_duplicate(void) {
    scoped(desk) *desk = desk_new();
    struct complaint complaint = complaint_of("7", 20010, COMPLAINT_NO);
    begin(desk);
    g_assert_cmpint(put(desk, "canonical", &complaint), ==, ACCOUNT_STORED);
    g_assert_cmpint(put(desk, "canonical", &complaint), ==, ACCOUNT_DUPLICATE);
    end(desk);
    begin(desk);
    g_assert_cmpint(put(desk, "canonical", &complaint), ==, ACCOUNT_DUPLICATE);
    complaint.value[FIELD_HEARD] = COMPLAINT_YES; /* other content, same day */
    g_assert_cmpint(put(desk, "canonical", &complaint), ==, ACCOUNT_UPDATED);
    complaint.value[FIELD_LAST_STATUS_ON] = 20011;
    g_assert_cmpint(put(desk, "canonical", &complaint), ==, ACCOUNT_UPDATED);
    complaint.value[FIELD_LAST_STATUS_ON] = 20009; /* an old export comes late */
    complaint.value[FIELD_HEARD] = COMPLAINT_NO;
    g_assert_cmpint(put(desk, "canonical", &complaint), ==, ACCOUNT_DUPLICATE);
    end(desk);
    g_autofree char *held =
        ask(desk, "SELECT count(*), heard, last_status_on FROM complaint");
    g_assert_cmpstr(held, ==, "1|1|20011|");
}

static void any_difference_is_an_update(void) {
    scoped(desk) *desk = desk_new();
    struct complaint complaint = complaint_of("7", 20010, COMPLAINT_NO);
    begin(desk);
    put(desk, "canonical", &complaint);
    for (int f = 0; f < FIELD_COUNT; f++) {
        if (f == FIELD_LAST_STATUS_ON)
            continue;
        complaint.value[f] = complaint.value[f] == 1 ? 0 : 1;
        g_assert_cmpint(put(desk, "canonical", &complaint), ==, ACCOUNT_UPDATED);
        complaint.value[f] = COMPLAINT_UNKNOWN;
        g_assert_cmpint(put(desk, "canonical", &complaint), ==, ACCOUNT_UPDATED);
        g_assert_cmpint(put(desk, "canonical", &complaint), ==, ACCOUNT_DUPLICATE);
    }
    complaint.firm++;
    g_assert_cmpint(put(desk, "canonical", &complaint), ==, ACCOUNT_UPDATED);
    complaint.marketplace = 2;
    g_assert_cmpint(put(desk, "canonical", &complaint), ==, ACCOUNT_UPDATED);
    g_strlcpy(complaint.change_id, "c", sizeof complaint.change_id);
    g_assert_cmpint(put(desk, "canonical", &complaint), ==, ACCOUNT_UPDATED);
    store_abandon(desk->store);
}

static void ids_are_told_apart_whatever_they_look_like(void) {
    static const char *const ids[] = {
        "0",
        "00",
        "7",
        "07",
        "007",
        "7.0",
        "7/1",
        "A",
        "a",
        "aa",
        "A:1",
        "A-1",
        "A_1",
        "A.1",
        "-7",
        "1000000000000000",
        "9999999999999999",
        "10000000000000000",
        "18014398509481984",
        "36028797018963967",
        "36028797018963968",
        "9223372036854775807",
        "9223372036854775808",
        "99999999999999999999999999999999999999999999999999",
        "a234567890123456789012345678901234567890123456789012345678901234"};
    scoped(desk) *desk = desk_new();
    begin(desk);
    for (int again = 0; again < 2; again++)
        for (size_t i = 0; i < G_N_ELEMENTS(ids); i++) {
            const struct complaint complaint =
                complaint_of(ids[i], 20000, (int32_t)i % 2);
            g_assert_cmpint(put(desk, "canonical", &complaint), ==,
                            again ? ACCOUNT_DUPLICATE : ACCOUNT_STORED);
        }
    end(desk);
    g_autofree char *count = ask(desk, "SELECT count(DISTINCT report_id) FROM complaint");
    g_assert_cmpint(atoi(count), ==, G_N_ELEMENTS(ids));
}

/* Two ids cannot be made to share 54 bits here; so the row of one is given another id. */
static void two_ids_that_share_a_key_are_both_kept(void) {
    scoped(desk) *desk = desk_new();
    struct complaint complaint = complaint_of("A-1", 20000, COMPLAINT_NO);
    begin(desk);
    put(desk, "canonical", &complaint);
    end(desk);
    g_free(ask(desk, "UPDATE complaint SET report_id = 'B-2'"));
    begin(desk);
    g_assert_cmpint(put(desk, "canonical", &complaint), ==, ACCOUNT_STORED);
    g_assert_cmpint(put(desk, "canonical", &complaint), ==, ACCOUNT_DUPLICATE);
    complaint.value[FIELD_HEARD] = COMPLAINT_YES;
    g_assert_cmpint(put(desk, "canonical", &complaint), ==, ACCOUNT_UPDATED);
    end(desk);
    g_autofree char *rows =
        ask(desk,
            "SELECT report_id, heard, key - min(key) OVER () FROM complaint ORDER BY 1");
    g_assert_cmpstr(rows, ==, "A-1|1|1|B-2|0|0|");
}

static void a_family_numbers_alike_and_two_families_do_not(void) {
    scoped(desk) *desk = desk_new();
    const struct complaint complaint = complaint_of("7", 20000, COMPLAINT_NO);
    begin(desk);
    g_assert_cmpint(put(desk, "demarches-simplifiees-2018", &complaint), ==,
                    ACCOUNT_STORED);
    g_assert_cmpint(put(desk, "demarches-simplifiees", &complaint), ==,
                    ACCOUNT_DUPLICATE);
    g_assert_cmpint(put(desk, "canonical", &complaint), ==, ACCOUNT_STORED);
    g_assert_cmpint(put(desk, "cfpb", &complaint), ==, ACCOUNT_STORED);
    end(desk);
    open_store(desk, "abc");
    begin(desk);
    g_assert_cmpint(put(desk, "cfpb", &complaint), ==, ACCOUNT_DUPLICATE);
    end(desk);
}

static void what_is_abandoned_leaves_nothing(void) {
    scoped(desk) *desk = desk_new();
    const struct complaint complaint = complaint_of("7", 20000, COMPLAINT_NO);
    g_autofree char *before = ask(desk, "SELECT * FROM family, source, complaint");
    begin(desk);
    put(desk, "canonical", &complaint);
    store_abandon(desk->store);
    store_abandon(desk->store); /* harmless without an import */
    g_autofree char *after = ask(desk, "SELECT count(*) FROM complaint UNION ALL "
                                       "SELECT count(*) FROM family UNION ALL "
                                       "SELECT count(*) FROM source");
    g_assert_cmpstr(before, ==, "");
    g_assert_cmpstr(after, ==, "0|0|0|");
}

/* The number of a family that was taken back must be forgotten with it. */
static void families_stay_apart_after_an_import_was_abandoned(void) {
    scoped(desk) *desk = desk_new();
    const struct complaint complaint = complaint_of("7", 20000, COMPLAINT_NO);
    begin(desk);
    put(desk, "canonical", &complaint);
    store_abandon(desk->store);
    begin(desk);
    g_assert_cmpint(put(desk, "cfpb", &complaint), ==, ACCOUNT_STORED);
    g_assert_cmpint(put(desk, "canonical", &complaint), ==, ACCOUNT_STORED);
    end(desk);
    g_autofree char *families = ask(desk, "SELECT name FROM family ORDER BY name");
    g_assert_cmpstr(families, ==, "canonical|cfpb|");
}

/* Versions of complaints, put in any order and any number of imports: the store holds the
 * same in the end. */
static void neither_order_nor_cutting_nor_repetition_changes_what_is_held(void) {
    enum { IDS = 60, VERSIONS = 3, PUTS = IDS * VERSIONS };
    static const char *const profiles[] = {"canonical", "demarches-simplifiees",
                                           "demarches-simplifiees-2018"};
    g_autofree char *wanted = NULL;
    for (guint32 seed = 0; seed < 12; seed++) {
        scoped(desk) *desk = desk_new();
        GRand *random = g_rand_new_with_seed(seed);
        int order[PUTS];
        for (int i = 0; i < PUTS; i++)
            order[i] = i;
        for (int i = PUTS - 1; i > 0 && seed > 0; i--) {
            const int j = g_rand_int_range(random, 0, i + 1), kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        begin(desk);
        for (int i = 0; i < PUTS + 40; i++) {
            const int which = i < PUTS ? order[i] : g_rand_int_range(random, 0, PUTS);
            g_autofree char *id = g_strdup_printf(which % 2 ? "%d" : "M-%d", which % IDS);
            const struct complaint complaint =
                complaint_of(id, 20000 + which / IDS, which / IDS % 2);
            put(desk, profiles[which % IDS % 2], &complaint);
            if (i % (int)(40 + seed * 7) == 30) {
                end(desk);
                begin(desk);
            }
        }
        end(desk);
        g_autofree char *held = content(desk);
        if (wanted == NULL)
            wanted = g_strdup(held);
        g_assert_cmpstr(held, ==, wanted);
        g_rand_free(random);
    }
}

static void an_import_is_known_by_its_bytes_and_size(void) {
    scoped(desk) *desk = desk_new();
    g_autoptr(GError) error = NULL;
    begin(desk);
    end(desk);
    static const struct {
        int64_t bytes;
        int hash;
        bool known;
    } cases[] = {{101, 1, true}, {102, 2, false}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *sha256 = g_strdup_printf("%064d", cases[i].hash);
        bool known, sized;
        g_assert_true(store_knows(desk->store, sha256, &known, &error));
        g_assert_true(store_knows_size(desk->store, cases[i].bytes, &sized, &error));
        g_assert_true(known == cases[i].known && sized == cases[i].known);
    }
}

static bool take_source(void *data, const struct store_source *source) {
    GString *log = data;
    g_string_append_printf(
        log, "%s %s %c %d %d %d|", source->profile, source->name, source->sha256[63],
        (int)source->account.records[ACCOUNT_STORED],
        (int)source->account.bytes[ACCOUNT_STORED], (int)source->account.bytes_total);
    return true;
}

static void every_import_keeps_its_account(void) {
    scoped(desk) *desk = desk_new();
    for (int i = 0; i < 2; i++) {
        begin(desk);
        end(desk);
    }
    g_autoptr(GString) log = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    g_assert_true(store_each_source(desk->store, take_source, log, &error));
    g_assert_cmpstr(log->str, ==,
                    "canonical x.csv 1 3 90 101|canonical x.csv 2 3 90 102|");
}

struct collected {
    GString *log;
    int most;
};

static bool take(void *data, const struct complaint *complaint) {
    struct collected *collected = data;
    g_string_append_printf(collected->log, "%d %" G_GINT64_FORMAT " %d %s%s %d;",
                           complaint->marketplace, complaint->firm,
                           complaint->value[FIELD_RECEIVED_ON], complaint->report_id,
                           complaint->change_id, complaint->value[FIELD_HEARD]);
    g_assert_cmpint(complaint->value[FIELD_ACTION], ==, COMPLAINT_UNKNOWN);
    return --collected->most > 0;
}

static char *each(struct desk *desk, int from, int to, int most) {
    bool wanted[FIELD_COUNT] = {[FIELD_HEARD] = true};
    struct collected collected = {g_string_new(NULL), most};
    g_autoptr(GError) error = NULL;
    g_assert_true(
        store_each_complaint(desk->store, from, to, wanted, take, &collected, &error));
    return g_string_free(collected.log, FALSE);
}

static void put_plain(struct desk *desk, const char *profile, const char *id, int place,
                      int64_t firm, int32_t received, int32_t heard) {
    struct complaint complaint = complaint_of(id, received, heard);
    complaint.marketplace = place;
    complaint.firm = firm;
    complaint.value[FIELD_RECEIVED_ON] = received;
    complaint.value[FIELD_ACTION] = 1; /* not wanted */
    put(desk, profile, &complaint);
}

static void complaints_come_by_place_firm_day_and_id(void) {
    scoped(desk) *desk = desk_new();
    begin(desk);
    put_plain(desk, "canonical", "b", 1, 5, 101, 0);
    put_plain(desk, "canonical", "9", 0, 9, 101, 1);
    put_plain(desk, "canonical", "10", 0, 9, 101, COMPLAINT_UNKNOWN);
    put_plain(desk, "canonical", "a", 0, 9, 100, 0);
    put_plain(desk, "canonical", "c", 0, -9, 102, 0);
    put_plain(desk, "canonical", "early", 0, 9, 99, 0);
    put_plain(desk, "canonical", "late", 0, 9, 103, 0);
    end(desk);
    g_autofree char *all = each(desk, 100, 102, 100);
    g_assert_cmpstr(all, ==,
                    "0 -9 102 c 0;0 9 100 a 0;0 9 101 10 -2147483648;0 9 101 9 1;"
                    "1 5 101 b 0;");
    g_autofree char *two = each(desk, 100, 102, 2);
    g_assert_cmpstr(two, ==, "0 -9 102 c 0;0 9 100 a 0;");
}

/* The same number in two families: the order must not tell which was imported first. */
static void ties_between_families_do_not_depend_on_the_order_of_import(void) {
    static const char *const profiles[] = {"cfpb", "canonical", "demarches-simplifiees"};
    static const int orders[][3] = {{0, 1, 2}, {2, 1, 0}, {1, 2, 0}, {2, 0, 1}};
    g_autofree char *wanted = NULL;
    for (size_t o = 0; o < G_N_ELEMENTS(orders); o++) {
        scoped(desk) *desk = desk_new();
        begin(desk);
        for (int i = 0; i < 3; i++)
            put_plain(desk, profiles[orders[o][i]], "7", 0, 9, 100,
                      orders[o][i] == 2 ? COMPLAINT_UNKNOWN : orders[o][i]);
        end(desk);
        g_autofree char *all = each(desk, 100, 102, 100);
        if (wanted == NULL)
            wanted = g_strdup(all);
        g_assert_cmpstr(all, ==, wanted);
    }
}

static void a_registry_may_be_reordered_and_grow(void) {
    scoped(desk) *desk = desk_new();
    begin(desk);
    put_plain(desk, "canonical", "x", 1, 5, 100, 0); /* b */
    end(desk);
    open_store(desk, "cxba");
    g_autofree char *all = each(desk, 0, 1000, 100);
    g_assert_cmpstr(all, ==, "2 5 100 x 0;");
    begin(desk);
    put_plain(desk, "canonical", "y", 1, 6, 100, 0); /* x */
    end(desk);
    g_autofree char *places = ask(desk, "SELECT report_id, name FROM complaint JOIN "
                                        "marketplace ON id = marketplace ORDER BY 1");
    g_assert_cmpstr(places, ==, "x|b|y|x|");
}

static void a_place_may_leave_the_registry_only_if_no_complaint_names_it(void) {
    scoped(desk) *desk = desk_new();
    begin(desk);
    put_plain(desk, "canonical", "x", 1, 5, 100, 0); /* b */
    end(desk);
    open_store(desk, "ab"); /* c was never named */
    g_autofree char *all = each(desk, 0, 1000, 100);
    g_assert_cmpstr(all, ==, "1 5 100 x 0;");
    g_autoptr(GError) error = NULL;
    scoped(registry) *registry = registry_of(desk->directory->path, "ac");
    g_assert_null(store_open(desk->file, registry, &error));
    assert_error_says(error, ERROR_CONFIG, "'b' is missing");
}

static void the_extent_is_unknown_until_there_is_a_complaint(void) {
    scoped(desk) *desk = desk_new();
    struct store_extent extent;
    g_autoptr(GError) error = NULL;
    g_assert_true(store_extent(desk->store, &extent, &error));
    g_assert_cmpint(extent.complaints, ==, 0);
    g_assert_cmpint(extent.first_day, ==, COMPLAINT_UNKNOWN);
    g_assert_cmpint(extent.last_day, ==, COMPLAINT_UNKNOWN);
    begin(desk);
    put_plain(desk, "canonical", "x", 1, 5, 100, 0);
    put_plain(desk, "canonical", "y", 1, 5, 7, 0);
    end(desk);
    g_assert_true(store_extent(desk->store, &extent, &error));
    g_assert_cmpint(extent.complaints, ==, 2);
    g_assert_cmpint(extent.first_day, ==, 7);
    g_assert_cmpint(extent.last_day, ==, 100);
    g_assert_true(store_check(desk->store, &error));
}

/* A file that is not ours is refused and not one byte of it changes. */
static void another_file_is_refused_untouched(void) {
    static const struct {
        const char *sql, *says;
    } cases[] = {
        {"CREATE TABLE t (x); PRAGMA application_id = 7;", "not a store of barometre"},
        {"CREATE TABLE t (x)", "not a store of barometre"},
        {"PRAGMA journal_mode = WAL; CREATE TABLE t (x)", "not a store of barometre"},
        {"PRAGMA user_version = 1", "not a store of barometre"},
        {"PRAGMA application_id = 0x6261726f; PRAGMA user_version = 99;"
         "CREATE TABLE complaint (x)",
         "newer barometre"},
        {NULL, "not a database"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        scoped(scratch) *directory = scratch_new();
        g_autofree char *text = g_strnfill(5000, 'x');
        g_autofree char *file = scratch_write(directory->path, "store.db", text,
                                              cases[i].sql == NULL ? -1 : 0);
        if (cases[i].sql != NULL) {
            sqlite3 *database = NULL;
            g_assert_cmpint(sqlite3_open(file, &database), ==, SQLITE_OK);
            g_assert_cmpint(sqlite3_exec(database, cases[i].sql, NULL, NULL, NULL), ==,
                            SQLITE_OK);
            sqlite3_close(database);
        }
        gsize size, size_after;
        g_autofree char *before = scratch_read(file, &size);
        scoped(registry) *registry = registry_of(directory->path, "abc");
        g_autoptr(GError) error = NULL;
        g_assert_null(store_open(file, registry, &error));
        assert_error_says(error, ERROR_IO, cases[i].says);
        assert_error_says(error, ERROR_IO, "store.db: ");
        g_autofree char *after = scratch_read(file, &size_after);
        g_assert_cmpuint(size, ==, size_after);
        g_assert_cmpint(memcmp(before, after, size), ==, 0);
    }
}

/* Versions 1 and 2 as they were made: what they hold is held, and new imports are kept by
 * source from then on. */
static void a_store_of_an_earlier_version_is_brought_up(void) {
    for (int version = 1; version <= 2; version++) {
        scoped(desk) *desk = desk_new();
        g_clear_pointer(&desk->store, store_free);
        g_unlink(desk->file);
        old_store_make(desk->file, version);
        desk->imports = 1;
        open_store(desk, "abc");
        struct complaint complaint = complaint_of("7", 20010, COMPLAINT_NO);
        begin(desk);
        g_assert_cmpint(put(desk, "canonical", &complaint), ==, ACCOUNT_DUPLICATE);
        complaint.value[FIELD_HEARD] = COMPLAINT_YES;
        g_assert_cmpint(put(desk, "canonical", &complaint), ==, ACCOUNT_UPDATED);
        end(desk);
        open_store(desk, "abc");
        g_autofree char *held = ask(desk, "SELECT heard, import FROM complaint UNION ALL "
                                          "SELECT heard, import FROM version");
        g_assert_cmpstr(held, ==, "1|2|0|1|");
        g_autofree char *state = ask(desk, "SELECT user_version FROM pragma_user_version "
                                           "UNION ALL SELECT versioned FROM source");
        g_assert_cmpint(atoi(state), >, version);
        g_assert_true(g_str_has_suffix(state, "|0|1|"));
        g_autofree char *sound = ask(desk, "PRAGMA integrity_check");
        g_assert_cmpstr(sound, ==, "ok|");
        g_autofree char *companions =
            ask(desk, "SELECT change_id, import FROM companion_change");
        g_assert_cmpstr(companions, ==, version == 2 ? "CH-1|1|" : "");
    }
}

static void a_store_in_no_folder_cannot_be_made(void) {
    scoped(scratch) *directory = scratch_new();
    scoped(registry) *registry = registry_of(directory->path, "abc");
    g_autofree char *file = g_build_filename(directory->path, "no", "store.db", NULL);
    g_autoptr(GError) error = NULL;
    g_assert_null(store_open(file, registry, &error));
    assert_error_says(error, ERROR_CREATE, "store.db: cannot be made or opened");
}

static void a_damaged_store_is_told(void) {
    scoped(desk) *desk = desk_new();
    begin(desk);
    for (int i = 1; i < 4000; i++) {
        g_autofree char *id = g_strdup_printf("%d", i);
        put_plain(desk, "canonical", id, 1, i, 100, 0);
    }
    end(desk);
    g_clear_pointer(&desk->store, store_free);
    gsize size;
    g_autofree char *bytes = scratch_read(desk->file, &size);
    g_assert_cmpuint(size, >, 40 * 4096);
    memset(bytes + 30 * 4096, 'x', 2 * 4096);
    g_free(scratch_write(desk->directory->path, "store.db", bytes, (gssize)size));
    g_autoptr(GError) error = NULL;
    desk->store = store_open(desk->file, desk->registry, &error);
    g_assert_no_error(error);
    g_assert_false(store_check(desk->store, &error));
    g_assert_error(error, BAROMETRE_ERROR, ERROR_IO);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/store/" #name, name)
    TEST(the_file_is_private);
    TEST(a_complaint_is_stored_updated_or_a_duplicate);
    TEST(any_difference_is_an_update);
    TEST(ids_are_told_apart_whatever_they_look_like);
    TEST(two_ids_that_share_a_key_are_both_kept);
    TEST(a_family_numbers_alike_and_two_families_do_not);
    TEST(what_is_abandoned_leaves_nothing);
    TEST(families_stay_apart_after_an_import_was_abandoned);
    TEST(neither_order_nor_cutting_nor_repetition_changes_what_is_held);
    TEST(an_import_is_known_by_its_bytes_and_size);
    TEST(every_import_keeps_its_account);
    TEST(complaints_come_by_place_firm_day_and_id);
    TEST(ties_between_families_do_not_depend_on_the_order_of_import);
    TEST(a_registry_may_be_reordered_and_grow);
    TEST(a_place_may_leave_the_registry_only_if_no_complaint_names_it);
    TEST(the_extent_is_unknown_until_there_is_a_complaint);
    TEST(another_file_is_refused_untouched);
    TEST(a_store_of_an_earlier_version_is_brought_up);
    TEST(a_store_in_no_folder_cannot_be_made);
    TEST(a_damaged_store_is_told);
    return g_test_run();
}
