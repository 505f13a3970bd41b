#include "old_store.h"
#include "store_desk.h"

/* Random imports that overlap, some of them taken back or read again, held against a
 * model: of each complaint the telling of the latest status counts, of the same status
 * that of the later import, of one import the last. */

enum { IDS = 12, MOST_IMPORTS = 8, MOST_TELLINGS = 16 };

struct telling {
    int id;
    int32_t status, heard;
    int64_t firm;
    bool refused; /* at the first reading */
};

struct told {
    int count, number; /* of the import, as its hash says */
    bool live, again;  /* read again since: nothing is refused any more */
    struct telling tellings[MOST_TELLINGS];
};

static void id_of(int id, char text[static COMPLAINT_ID_SIZE]) {
    g_snprintf(text, COMPLAINT_ID_SIZE, id % 3 == 0 ? "M-%d" : "%d", id + 1);
}

static struct complaint complaint_told(const struct telling *telling) {
    char id[COMPLAINT_ID_SIZE];
    id_of(telling->id, id);
    struct complaint complaint = complaint_of(id, telling->status, telling->heard);
    complaint.firm = telling->firm;
    return complaint;
}

/* One telling of an id, or several; refused at first or never, so that the last telling
 * of an import stays its last. */
static void make_up(GRand *random, struct told *told, bool repeats) {
    bool used[IDS] = {false};
    *told = (struct told){.count = g_rand_int_range(random, 1, MOST_TELLINGS + 1)};
    for (int t = 0; t < told->count; t++) {
        struct telling *telling = &told->tellings[t];
        do
            telling->id = g_rand_int_range(random, 0, IDS);
        while (!repeats && used[telling->id] && t < IDS);
        used[telling->id] = true;
        telling->status = 20000 + g_rand_int_range(random, 0, 3);
        telling->heard = g_rand_int_range(random, 0, 2);
        telling->firm = g_rand_int_range(random, 0, 2);
        telling->refused = !repeats && g_rand_int_range(random, 0, 3) == 0;
    }
    if (!repeats && told->count > IDS)
        told->count = IDS;
}

static void tell(struct desk *desk, const struct told *told) {
    for (int t = 0; t < told->count; t++)
        if (!told->tellings[t].refused || told->again) {
            const struct complaint complaint = complaint_told(&told->tellings[t]);
            put(desk, "canonical", &complaint);
        }
}

static void take_in(struct desk *desk, struct told *told) {
    begin(desk);
    tell(desk, told);
    end(desk);
    told->number = desk->imports;
    told->live = true;
}

static void read_again(struct desk *desk, struct told *told) {
    g_autofree char *sha256 = g_strdup_printf("%064d", told->number);
    g_autoptr(GError) error = NULL;
    store_begin_again(desk->store, sha256, &error);
    g_assert_no_error(error);
    told->again = true;
    tell(desk, told);
    const int imports = desk->imports;
    desk->imports = told->number - 1; /* of which `end` makes the same hash */
    end(desk);
    desk->imports = imports;
}

static struct store_withdrawal take_back(struct desk *desk, int number, bool dry_run) {
    g_autofree char *sha256 = g_strdup_printf("%064d", number);
    struct store_withdrawal withdrawal = {
        .sha256 = sha256, .reason = "a test", .day = 20500};
    g_autoptr(GError) error = NULL;
    store_withdraw(desk->store, &withdrawal, dry_run, &error);
    g_assert_no_error(error);
    g_free((char *)withdrawal.profile);
    g_free((char *)withdrawal.name);
    withdrawal.profile = withdrawal.name = withdrawal.sha256 = NULL;
    return withdrawal;
}

/* What the store must hold: of each id, by the order of its text. */
static char *wanted_of(struct told *const *imports, int count) {
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (int id = 0; id < IDS; id++) {
        const struct telling *held = NULL;
        for (int i = 0; i < count; i++)
            for (int t = 0; imports[i]->live && t < imports[i]->count; t++) {
                const struct telling *telling = &imports[i]->tellings[t];
                if (telling->id == id && (!telling->refused || imports[i]->again) &&
                    (held == NULL || telling->status >= held->status))
                    held = telling;
            }
        char text[COMPLAINT_ID_SIZE];
        id_of(id, text);
        if (held != NULL)
            g_ptr_array_add(lines, g_strdup_printf("%s|%d|%d|%d|", text, (int)held->firm,
                                                   held->heard, held->status));
    }
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < lines->len; i++)
        g_string_append(all, g_ptr_array_index(lines, i));
    return g_string_free(all, FALSE);
}

static char *held(const struct desk *desk) {
    return ask(desk, "SELECT report_id, firm, heard, last_status_on FROM complaint "
                     "ORDER BY CAST(replace(report_id, 'M-', '') AS INTEGER)");
}

/* No version outranks what is held, none is of a complaint that is not, and nothing names
 * an import that is not there. */
static void expect_sound(const struct desk *desk) {
    g_autofree char *faults =
        ask(desk,
            "SELECT 'outranks', v.key FROM version v JOIN complaint c USING (key) WHERE "
            "(v.last_status_on, v.import) >= (c.last_status_on, c.import) UNION ALL "
            "SELECT 'alone', key FROM version WHERE key NOT IN (SELECT key FROM "
            "complaint) UNION ALL "
            "SELECT 'complaint', key FROM complaint WHERE import NOT IN (SELECT id FROM "
            "source) UNION ALL "
            "SELECT 'version', key FROM version WHERE import NOT IN (SELECT id FROM "
            "source) UNION ALL "
            "SELECT 'witness', import FROM witness WHERE import NOT IN (SELECT id FROM "
            "source)");
    g_assert_cmpstr(faults, ==, "");
}

static void expect_held(const struct desk *desk, struct told *const *imports, int count) {
    g_autofree char *wanted = wanted_of(imports, count);
    g_autofree char *found = held(desk);
    g_assert_cmpstr(found, ==, wanted);
    expect_sound(desk);
}

/* Imports and withdrawals come in any order; also what was withdrawn may come again, then
 * as the newest. */
static void live_through(struct desk *desk, GRand *random, bool repeats) {
    struct told told[MOST_IMPORTS];
    struct told *imports[MOST_IMPORTS];
    int count = 0;
    for (int step = 0; step < 2 * MOST_IMPORTS; step++) {
        const int which = count > 0 ? g_rand_int_range(random, 0, count) : 0;
        const int act = g_rand_int_range(random, 0, 4);
        if (count < MOST_IMPORTS && (act < 2 || count == 0)) {
            make_up(random, &told[count], repeats);
            imports[count] = &told[count];
            take_in(desk, imports[count]);
            count++;
        } else if (imports[which]->live && act == 2) {
            take_back(desk, imports[which]->number, false);
            imports[which]->live = imports[which]->again = false;
        } else if (imports[which]->live && !imports[which]->again) {
            read_again(desk, imports[which]);
        } else if (!imports[which]->live) {
            struct told *renewed = imports[which];
            memmove(&imports[which], &imports[which + 1],
                    (size_t)(count - which - 1) * sizeof *imports);
            imports[count - 1] = renewed;
            take_in(desk, renewed);
        }
        expect_held(desk, imports, count);
    }
    for (int i = 0; i < count; i++)
        if (imports[i]->live)
            take_back(desk, imports[i]->number, false);
}

static void what_is_taken_back_might_never_have_been(void) {
    for (guint32 seed = 0; seed < 40; seed++) {
        scoped(desk) *desk = desk_new();
        GRand *random = g_rand_new_with_seed(seed);
        live_through(desk, random, seed % 2 == 0);
        g_rand_free(random);
        g_autofree char *left =
            ask(desk, "SELECT key FROM complaint UNION ALL SELECT key FROM version UNION "
                      "ALL SELECT import FROM witness UNION ALL SELECT id FROM source");
        g_assert_cmpstr(left, ==, "");
    }
}

/* The same against the program itself: a store into which only the rest was imported. */
static void the_rest_alone_gives_the_same_content(void) {
    for (guint32 seed = 100; seed < 112; seed++) {
        scoped(desk) *whole = desk_new();
        scoped(desk) *rest = desk_new();
        GRand *random = g_rand_new_with_seed(seed);
        struct told told[5];
        for (int i = 0; i < 5; i++) {
            make_up(random, &told[i], true);
            take_in(whole, &told[i]);
        }
        for (int i = 0; i < 5; i++) {
            const int which = (i * 2 + (int)seed) % 5; /* all five, in another order */
            if (g_rand_boolean(random)) {
                take_back(whole, told[which].number, false);
                told[which].live = false;
            }
        }
        for (int i = 0; i < 5; i++)
            if (told[i].live)
                take_in(rest, &told[i]);
        g_rand_free(random);
        g_autofree char *found = store_file_content(whole->file);
        g_autofree char *wanted = store_file_content(rest->file);
        g_assert_cmpstr(found, ==, wanted);
    }
}

static void put_one(struct desk *desk, const char *id, int32_t status, int32_t heard) {
    const struct complaint complaint = complaint_of(id, status, heard);
    put(desk, "canonical", &complaint);
}

static void the_counts_say_what_became_of_its_complaints(void) {
    scoped(desk) *desk = desk_new();
    begin(desk);
    put_one(desk, "1", 20000, 0);
    end(desk);
    begin(desk);
    put_one(desk, "1", 20001, 1); /* updates the first import's */
    put_one(desk, "2", 20000, 0); /* told again by the third */
    put_one(desk, "3", 20000, 0); /* its own alone */
    put_one(desk, "4", 20000, 0); /* updated by the third */
    end(desk);
    begin(desk);
    put_one(desk, "2", 20000, 0);
    put_one(desk, "4", 20001, 1);
    end(desk);
    const struct store_withdrawal dry = take_back(desk, 2, true);
    g_autofree char *before = ask(desk, "SELECT count(*) FROM source UNION ALL SELECT "
                                        "count(*) FROM withdrawal");
    g_assert_cmpstr(before, ==, "3|0|");
    const struct store_withdrawal done = take_back(desk, 2, false);
    g_assert_cmpint(done.removed, ==, 1);
    g_assert_cmpint(done.restored, ==, 1);
    g_assert_cmpint(done.kept, ==, 1);
    g_assert_cmpint(dry.removed, ==, done.removed);
    g_assert_cmpint(dry.restored, ==, done.restored);
    g_assert_cmpint(dry.kept, ==, done.kept);
    g_autofree char *rows =
        ask(desk, "SELECT report_id, import, heard FROM complaint ORDER BY 1");
    g_assert_cmpstr(rows, ==, "1|1|0|2|3|0|4|3|1|");
    g_autofree char *journal = ask(desk, "SELECT name, day, reason, removed, restored, "
                                         "kept, finished FROM withdrawal");
    g_assert_cmpstr(journal, ==, "x.csv|20500|a test|1|1|1|0|");
    bool known;
    g_autofree char *sha256 = g_strdup_printf("%064d", 2);
    g_assert_true(store_knows(desk->store, sha256, &known, NULL));
    g_assert_false(known);
}

/* Of the neighbours that share a hash the middle one goes; the last is still found. */
static void a_gap_among_ids_that_share_a_key_hides_none(void) {
    scoped(desk) *desk = desk_new();
    begin(desk);
    put_one(desk, "A-1", 20000, 0);
    end(desk);
    g_free(ask(desk, "UPDATE complaint SET report_id = 'B-2'"));
    begin(desk);
    put_one(desk, "A-1", 20000, 0);
    end(desk);
    take_back(desk, 1, false);
    begin(desk);
    struct complaint complaint = complaint_of("A-1", 20000, 0);
    g_assert_cmpint(put(desk, "canonical", &complaint), ==, ACCOUNT_DUPLICATE);
    g_strlcpy(complaint.report_id, "A-2", sizeof complaint.report_id);
    g_assert_cmpint(put(desk, "canonical", &complaint), ==, ACCOUNT_STORED);
    end(desk);
}

static void many_witnesses_are_read_back_to_the_last(void) {
    enum { MANY = 50000 };
    scoped(desk) *desk = desk_new();
    for (int again = 0; again < 2; again++) {
        begin(desk);
        for (int i = 0; i < MANY; i++) {
            char id[COMPLAINT_ID_SIZE]; /* far apart, and not in order */
            g_snprintf(id, sizeof id, "%" G_GINT64_FORMAT,
                       1 + (int64_t)(i * INT64_C(7919) % MANY) * 100003);
            put_one(desk, id, 20000, 0);
        }
        end(desk);
    }
    g_autofree char *parts = ask(desk, "SELECT count(*) > 1, sum(length(keys)) < 7 * "
                                       "50000 FROM witness");
    g_assert_cmpstr(parts, ==, "1|1|");
    const struct store_withdrawal done = take_back(desk, 1, false);
    g_assert_cmpint(done.kept, ==, MANY);
    g_autofree char *rows =
        ask(desk, "SELECT count(*), min(import), max(import) FROM complaint");
    g_assert_cmpstr(rows, ==, "50000|2|2|");
}

static void a_damaged_witness_is_told(void) {
    scoped(desk) *desk = desk_new();
    for (int again = 0; again < 2; again++) {
        begin(desk);
        put_one(desk, "1", 20000, 0);
        end(desk);
    }
    g_free(ask(desk, "UPDATE witness SET keys = x'8080808080808080808080FF'"));
    g_autofree char *sha256 = g_strdup_printf("%064d", 1);
    struct store_withdrawal withdrawal = {.sha256 = sha256, .reason = "x"};
    g_autoptr(GError) error = NULL;
    g_assert_false(store_withdraw(desk->store, &withdrawal, false, &error));
    assert_error_says(error, ERROR_IO, "damaged");
    g_free((char *)withdrawal.profile);
    g_free((char *)withdrawal.name);
    g_autofree char *rows = ask(desk, "SELECT count(*) FROM complaint, source");
    g_assert_cmpstr(rows, ==, "2|");
}

static void expect_refused(struct desk *desk, int number, int code, const char *says) {
    g_autofree char *sha256 = g_strdup_printf("%064d", number);
    struct store_withdrawal withdrawal = {.sha256 = sha256, .reason = "x"};
    g_autoptr(GError) error = NULL;
    g_assert_false(store_withdraw(desk->store, &withdrawal, false, &error));
    assert_error_says(error, code, says);
    g_free((char *)withdrawal.profile);
    g_free((char *)withdrawal.name);
    begin(desk); /* the transaction was let go */
    store_abandon(desk->store);
}

static void an_import_of_an_older_program_stays(void) {
    scoped(desk) *desk = desk_new();
    g_clear_pointer(&desk->store, store_free);
    g_unlink(desk->file);
    old_store_make(desk->file, 2);
    open_store(desk, "abc");
    desk->imports = 1;
    expect_refused(desk, 1, ERROR_REFUSED, "older barometre");
    expect_refused(desk, 9, ERROR_NO_INPUT, "no such import");
    begin(desk);
    put_one(desk, "7", 20011, 1);
    end(desk);
    take_back(desk, 2, false); /* what came since goes */
    g_autofree char *rows = ask(desk, "SELECT heard, import FROM complaint");
    g_assert_cmpstr(rows, ==, "0|1|");
}

static bool log_twin(void *data, const struct store_twin *twin) {
    g_string_append_printf(data, "%s%c%d %d %s %s|", twin->first ? "/" : "", twin->pillar,
                           twin->place, twin->day, twin->family, twin->report_id);
    return true;
}

static void put_twin(struct desk *desk, const char *profile, const char *id, int64_t firm,
                     int32_t day, enum complaint_field on, bool reported) {
    struct complaint complaint = complaint_of(id, 20000, 0);
    complaint.firm = firm;
    complaint.value[FIELD_PILLAR_D] = on == FIELD_EFFECTIVE_ON && reported;
    complaint.value[FIELD_PILLAR_S] = on == FIELD_CONTACT_ON && reported;
    complaint.value[on] = day;
    put(desk, profile, &complaint);
}

static char *twins(struct desk *desk) {
    GString *log = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    store_each_twin(desk->store, 0, 30000, log_twin, log, &error);
    g_assert_no_error(error);
    return g_string_free(log, FALSE);
}

static void the_same_problem_told_through_two_sources_is_recognised(void) {
    scoped(desk) *desk = desk_new();
    begin(desk);
    put_twin(desk, "canonical", "A", 5, 19990, FIELD_EFFECTIVE_ON, true);
    put_twin(desk, "canonical", "B", 5, 19991, FIELD_CONTACT_ON, true);
    put_twin(desk, "canonical", "B2", 5, 19990, FIELD_EFFECTIVE_ON, true);
    end(desk);
    g_autofree char *alone = twins(desk);
    g_assert_cmpstr(alone, ==, ""); /* one source, whatever it repeats */
    begin(desk);
    put_twin(desk, "cfpb", "1", 5, 19990, FIELD_EFFECTIVE_ON, true);
    put_twin(desk, "cfpb", "2", 5, 19991, FIELD_EFFECTIVE_ON, true); /* another day */
    put_twin(desk, "cfpb", "3", 6, 19990, FIELD_EFFECTIVE_ON, true); /* another firm */
    put_twin(desk, "cfpb", "4", 5, 19991, FIELD_CONTACT_ON, false);  /* not its pillar */
    put_twin(desk, "cfpb", "5", 5, COMPLAINT_UNKNOWN, FIELD_CONTACT_ON, true);
    end(desk);
    g_autofree char *found = twins(desk);
    g_assert_cmpstr(found, ==,
                    "/d1 19990 canonical A|d1 19990 canonical B2|d1 19990 cfpb 1|");
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/withdraw/" #name, name)
    TEST(what_is_taken_back_might_never_have_been);
    TEST(the_rest_alone_gives_the_same_content);
    TEST(the_counts_say_what_became_of_its_complaints);
    TEST(a_gap_among_ids_that_share_a_key_hides_none);
    TEST(many_witnesses_are_read_back_to_the_last);
    TEST(a_damaged_witness_is_told);
    TEST(an_import_of_an_older_program_stays);
    TEST(the_same_problem_told_through_two_sources_is_recognised);
    return g_test_run();
}
