/* Exports in random dialects, with random bytes strewn in: whatever comes of them, it
 * adds up, and reading them again changes nothing. */
#include "barometre/import.h"

#include "barometre/error.h"
#include "barometre/month.h"
#include "scratch.h"
#include "store_file.h"

enum { SEEDS = 100 };

struct desk {
    struct scratch *folder, *home;
    struct observatory *observatory;
    struct store *store;
    char *store_file;
};

static struct desk *desk_new(void) {
    g_autoptr(GError) error = NULL;
    struct desk *desk = g_new0(struct desk, 1);
    desk->folder = scratch_new();
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
    store_free(desk->store);
    observatory_free(desk->observatory);
    scratch_free(desk->folder);
    scratch_free(desk->home);
    g_free(desk->store_file);
    g_free(desk);
}
SCOPE_DEFINE(desk)

struct dialect_case {
    char delimiter;
    const char *line_end, *charset, *mark;
    gsize mark_bytes;
    int quotes; /* of ten fields, so many are quoted */
};

static struct dialect_case draw_dialect(GRand *random) {
    static const char delimiters[] = {',', ';', '\t'};
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    static const struct {
        const char *charset, *mark;
        gsize bytes;
    } encodings[] = {{"UTF-8", "", 0},
                     {"UTF-8", "\xEF\xBB\xBF", 3},
                     {"WINDOWS-1252", "", 0},
                     {"UTF-16LE", "\xFF\xFE", 2},
                     {"UTF-16BE", "\xFE\xFF", 2}};
    const int e = g_rand_int_range(random, 0, G_N_ELEMENTS(encodings));
    return (struct dialect_case){
        .delimiter = delimiters[g_rand_int_range(random, 0, 3)],
        .line_end = ends[g_rand_int_range(random, 0, 3)],
        .charset = encodings[e].charset,
        .mark = encodings[e].mark,
        .mark_bytes = encodings[e].bytes,
        .quotes = g_rand_int_range(random, 0, 11),
    };
}

static void append_field(GString *text, const char *field,
                         const struct dialect_case *dialect, bool last, GRand *random) {
    const bool special = strpbrk(field, "\",;\t\r\n") != NULL;
    if (special || g_rand_int_range(random, 0, 10) < dialect->quotes) {
        g_auto(GStrv) parts = g_strsplit(field, "\"", -1);
        g_autofree char *doubled = g_strjoinv("\"\"", parts);
        g_string_append_printf(text, "\"%s\"", doubled);
    } else {
        g_string_append(text, field);
    }
    if (last)
        g_string_append(text, dialect->line_end);
    else
        g_string_append_c(text, dialect->delimiter);
}

static void append_row(GString *text, int number, const struct dialect_case *dialect,
                       GRand *random) {
    static const char *const remarks[] = {"",           "plain",       "with \"quotes\"",
                                          "two\nlines", "\r\n\r\n",    "a;b,c\td",
                                          "déjà vu",    "\"\"\"\n,;\n"};
    static const char *const places[] = {"Bazarette", "Déballage"};
    g_autofree char *id = g_strdup_printf("%d", number);
    append_field(text, id, dialect, false, random);
    append_field(text, "732829320", dialect, false, random);
    append_field(text, places[g_rand_int_range(random, 0, 2)], dialect, false, random);
    append_field(text, "2026-01-15", dialect, false, random);
    append_field(text, "d", dialect, false, random);
    append_field(text, number % 2 ? "yes" : "no", dialect, false, random);
    append_field(text, remarks[g_rand_int_range(random, 0, G_N_ELEMENTS(remarks))],
                 dialect, true, random);
}

static GString *in_charset(const GString *text, const struct dialect_case *dialect) {
    gsize written;
    g_autoptr(GError) error = NULL;
    g_autofree char *bytes = g_convert(text->str, (gssize)text->len, dialect->charset,
                                       "UTF-8", NULL, &written, &error);
    g_assert_no_error(error);
    return g_string_new_len(bytes, (gssize)written);
}

/* Few enough that the export is stored: below ten rejects there is no limit. */
static void strew(GString *body, GRand *random) {
    static const char bytes[] = {'"', '"', '"', ',', ';', '\n', '\r', '\0', 'x', '\xFF'};
    for (int i = g_rand_int_range(random, 0, 4); i > 0 && body->len > 0; i--) {
        const gsize at = (gsize)g_rand_int_range(random, 0, (gint32)body->len);
        const int how = g_rand_int_range(random, 0, 3);
        if (how == 0)
            g_string_erase(body, (gssize)at, 1);
        else if (how == 1)
            g_string_insert_c(body, (gssize)at, bytes[g_rand_int_range(random, 0, 10)]);
        else
            body->str[at] = (char)g_rand_int_range(random, 0, 256);
    }
    if (g_rand_int_range(random, 0, 4) == 0)
        g_string_truncate(body,
                          (gsize)g_rand_int_range(random, 0, (gint32)body->len + 1));
}

struct pieces {
    GString *header, *blank, *body;
};

static struct pieces draw_export(GRand *random, struct dialect_case *dialect) {
    static const char *const names[] = {
        "report_id", "siret", "marketplace", "received_on", "pillars", "heard", "remark"};
    *dialect = draw_dialect(random);
    g_autoptr(GString) header = g_string_new(NULL);
    for (size_t n = 0; n < G_N_ELEMENTS(names); n++)
        append_field(header, names[n], dialect, n + 1 == G_N_ELEMENTS(names), random);
    g_autoptr(GString) body = g_string_new(NULL);
    for (int rows = g_rand_int_range(random, 1, 40); rows > 0; rows--)
        append_row(body, 1 + g_rand_int_range(random, 0, 500), dialect, random);
    g_autoptr(GString) blank = g_string_new(dialect->line_end);
    const struct pieces pieces = {in_charset(header, dialect), in_charset(blank, dialect),
                                  in_charset(body, dialect)};
    strew(pieces.body, random);
    return pieces;
}

/* Imports the bytes; false where they are refused as a whole. */
static bool import_bytes(const struct desk *desk, const GString *bytes,
                         struct account *account, enum import_outcome *outcome) {
    int32_t today;
    g_assert_true(day_from_date(2026, 11, 22, &today));
    g_autofree char *path =
        scratch_write(desk->folder->path, "x.csv", bytes->str, (gssize)bytes->len);
    const struct import_settings settings = {
        .observatory = desk->observatory, .today = today, .threads = 2};
    g_autoptr(GError) error = NULL;
    scoped(export) *export = export_open(path, &error);
    g_assert_no_error(error);
    struct import import = {.name = NULL};
    const bool good = import_export(desk->store, &settings, export, &import, &error);
    if (!good)
        g_assert_error(error, BAROMETRE_ERROR, ERROR_REFUSED);
    *account = import.account;
    *outcome = import.outcome;
    import_clear(&import);
    return good;
}

static void check_account(const struct account *account, gsize size) {
    int64_t bytes = 0;
    for (int k = 0; k < ACCOUNT_KINDS; k++) {
        g_assert_cmpint(account->bytes[k], >=, 0);
        bytes += account->bytes[k];
    }
    g_assert_cmpint(bytes, ==, (gint64)size);
    g_assert_cmpint(account->bytes_total, ==, (gint64)size);
}

/* The export, and the same with a blank line after its header: other bytes, the same
 * records. */
static bool check_seed(const struct desk *desk, guint32 seed) {
    GRand *random = g_rand_new_with_seed(seed);
    struct dialect_case dialect;
    const struct pieces pieces = draw_export(random, &dialect);
    g_rand_free(random);
    char *held[2] = {NULL, NULL};
    struct account accounts[2];
    bool stored = false;
    for (int again = 0; again < 2; again++) {
        g_autoptr(GString) bytes =
            g_string_new_len(dialect.mark, (gssize)dialect.mark_bytes);
        g_string_append_len(bytes, pieces.header->str, (gssize)pieces.header->len);
        if (again)
            g_string_append_len(bytes, pieces.blank->str, (gssize)pieces.blank->len);
        g_string_append_len(bytes, pieces.body->str, (gssize)pieces.body->len);
        enum import_outcome outcome;
        const bool good = import_bytes(desk, bytes, &accounts[again], &outcome);
        if (again)
            g_assert_true(good == stored);
        stored = good;
        if (good && outcome != IMPORT_KNOWN)
            check_account(&accounts[again], bytes->len);
        held[again] = store_file_content(desk->store_file);
        enum import_outcome known;
        struct account nothing;
        if (good && outcome == IMPORT_DONE) {
            g_assert_true(import_bytes(desk, bytes, &nothing, &known));
            g_assert_cmpint(known, ==, IMPORT_KNOWN);
        }
    }
    g_assert_cmpstr(held[0], ==, held[1]);
    if (stored) {
        g_assert_cmpint(accounts[1].records[ACCOUNT_STORED], ==, 0);
        g_assert_cmpint(account_records(&accounts[0]), ==, account_records(&accounts[1]));
        g_assert_cmpint(accounts[0].records[ACCOUNT_REJECTED], ==,
                        accounts[1].records[ACCOUNT_REJECTED]);
    }
    g_free(held[0]);
    g_free(held[1]);
    g_string_free(pieces.header, TRUE);
    g_string_free(pieces.blank, TRUE);
    g_string_free(pieces.body, TRUE);
    return stored;
}

static void whatever_the_bytes_they_add_up_and_twice_is_once(void) {
    scoped(desk) *desk = desk_new();
    int stored = 0;
    for (guint32 seed = 0; seed < SEEDS; seed++) {
        g_test_message("seed %u", seed);
        stored += check_seed(desk, seed);
    }
    /* Most exports have so few faults that their other records are stored. */
    g_assert_cmpint(stored, >, SEEDS * 3 / 4);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/arbitrary/whatever_the_bytes_they_add_up_and_twice_is_once",
                    whatever_the_bytes_they_add_up_and_twice_is_once);
    return g_test_run();
}
