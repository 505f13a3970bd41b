#include "export_desk.h"

#include "barometre/method.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADER "report_id,siret,marketplace,received_on,pillars,heard\n"

static void expect_log(struct desk *desk, const char *bytes, const char *log) {
    g_autoptr(GError) error = NULL;
    for (desk->threads = 1; desk->threads <= 4; desk->threads += 3) {
        g_assert_true(read_bytes(desk, bytes, -1, &error));
        g_assert_no_error(error);
        g_assert_cmpstr(desk->log->str, ==, log);
    }
}

#define ROW(id, heard) id ",732829320,Bazarette,2026-01-15,d," heard

static void a_reject_says_its_line_offset_length_and_column(void) {
    scoped(desk) *desk = desk_new("sample/marketplaces.json");
    /* The header is 54 bytes; a row is 36 with its line end, and the answer. */
    expect_log(desk,
               HEADER ROW("1", "yes") "\n"         /* 39 bytes */
                                      "\n"         /* line 3 */
               ROW("2", "perhaps") "\n"            /* line 4: 43 bytes */
               ROW("3", "\"no\"\"\n\n\"\"\"") "\n" /* lines 5 to 7 */
               ROW("4", "a\"b") "\n"               /* line 8 */
               ROW("5", "\"a\"b") "\n"             /* line 9 */
               ROW("6", "yes,") "\n"               /* line 10 */
               ROW("7", "no") "\n"                 /* line 11 */
               ROW("8", "\"no"),                   /* line 12 */
               "1 2 1\n"
               "value line 4 offset 94 length 43 column 6 heard\n"
               "3 2 0\n"
               "stray_quote line 8 offset 183 length 39 column 0 \n"
               "after_quote line 9 offset 222 length 40 column 0 \n"
               "field_count line 10 offset 262 length 40 column 0 \n"
               "7 2 0\n"
               "unclosed_quote line 12 offset 340 length 38 column 0 \n");
    g_assert_cmpint(desk->account.records[ACCOUNT_HEADER], ==, 1);
    g_assert_cmpint(desk->account.bytes[ACCOUNT_HEADER], ==, strlen(HEADER));
    g_assert_cmpint(desk->account.records[ACCOUNT_BLANK], ==, 1);
    g_assert_cmpint(desk->account.records[ACCOUNT_REJECTED], ==, 5);
    g_assert_cmpint(account_records(&desk->account), ==, 8);
}

static void a_byte_order_mark_has_its_own_account(void) {
    scoped(desk) *desk = desk_new("sample/marketplaces.json");
    expect_log(desk, "\xEF\xBB\xBF" HEADER ROW("1", "x"),
               "value line 2 offset 57 length 36 column 6 heard\n");
    g_assert_cmpint(desk->account.bytes[ACCOUNT_MARK], ==, 3);
    g_assert_cmpstr(desk->encoding, ==, "UTF-8");
}

static void line_ends_may_be_of_any_kind(void) {
    scoped(desk) *desk = desk_new("sample/marketplaces.json");
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    for (size_t e = 0; e < G_N_ELEMENTS(ends); e++) {
        g_auto(GStrv) lines = g_strsplit(
            HEADER ROW("1", "yes") "\n" ROW("2", "no") "\n" ROW("3", "x"), "\n", -1);
        g_autofree char *text = g_strjoinv(ends[e], lines);
        g_autoptr(GError) error = NULL;
        g_assert_true(read_bytes(desk, text, -1, &error));
        g_assert_true(g_str_has_prefix(desk->log->str, "1 2 1\n2 2 0\nvalue line 4 "));
    }
}

static void columns_may_be_renamed_repeated_and_in_any_order(void) {
    scoped(desk) *desk = desk_new("sample/marketplaces.json");
    expect_log(desk,
               "Pillars;RECEIVED ON;x;Marketplace;HEARD;Heard;siret;Report-Id\n"
               "d;2026-01-15;?;Bazarette;;oui;732829320;1\n",
               "1 2 1\n");
    g_assert_cmpint(desk->delimiter, ==, ';');
    g_assert_cmpstr(desk->profile, ==, "canonical");
}

static void windows_1252_is_read_and_what_is_mixed_in_is_refused(void) {
    scoped(desk) *desk = desk_new("sample/marketplaces.json");
    expect_log(desk,
               HEADER "1,732829320,Bazarette,2026-01-15,d,\n"
                      "2,732829320,D\xE9"
                      "ballage,2026-01-15,d,\n"
                      "3,732829320,D\xC3\xA9"
                      "ballage,2026-01-15,d,\n"
                      "4,732829320,Bazarette,2026-01-15,d,yes\n",
               "1 2 -2147483648\n2 5 -2147483648\n"
               "encoding line 4 offset 126 length 37 column 3 marketplace\n4 2 1\n");
    g_assert_cmpstr(desk->encoding, ==, "Windows-1252");
    expect_log(desk,
               HEADER "2,732829320,D\xC3\xA9"
                      "ballage,2026-01-15,d,\n"
                      "3,732829320,D\xE9"
                      "ballage,2026-01-15,d,\n",
               "2 5 -2147483648\n"
               "encoding line 3 offset 91 length 36 column 3 marketplace\n");
    g_assert_cmpstr(desk->encoding, ==, "UTF-8");
    expect_log(desk, HEADER ROW("1", "no"), "1 2 0\n");
    g_assert_cmpstr(desk->encoding, ==, "ASCII");
}

/* A cut or garbled record must not make the rest of the file unreadable. */
static void a_garbled_record_does_not_decide_the_encoding(void) {
    scoped(desk) *desk = desk_new("sample/marketplaces.json");
    expect_log(desk,
               HEADER "1,732829320,D\xE9"
                      "ballage,2026-01-15,d,\n"
                      "2,732829320,D\xC3\xA9"
                      "ballage,2026-01-15,d,\n"
                      "3,732829320,D\xC3\xA9"
                      "ballage,2026-01-15,d,\n",
               "encoding line 2 offset 54 length 36 column 3 marketplace\n"
               "2 5 -2147483648\n3 5 -2147483648\n");
}

static void expect_refusal(struct desk *desk, const char *bytes, gssize length,
                           const char *says) {
    for (desk->threads = 1; desk->threads <= 4; desk->threads += 3) {
        g_autoptr(GError) error = NULL;
        if (read_bytes(desk, bytes, length, &error))
            g_error("'%.60s' passes", bytes);
        assert_error_says(error, ERROR_REFUSED, says);
        g_assert_cmpint(error_exit_status(error), ==, 65);
        g_assert_true(g_str_has_prefix(error->message, "x.csv:"));
    }
}

static void an_export_without_a_record_is_refused(void) {
    scoped(desk) *desk = desk_new("sample/marketplaces.json");
    expect_refusal(desk, "", -1, "x.csv:1: the export is empty");
    expect_refusal(desk, "\xEF\xBB\xBF", -1, "is empty");
    expect_refusal(desk, HEADER, -1, "has a header and no record");
    expect_refusal(desk, HEADER "\n\r\n\r", -1, "has a header and no record");
}

/* What is read is as in UTF-8; the places and the account are those of the file. */
static void utf16_reads_as_utf8_and_accounts_for_its_own_bytes(void) {
    static const char *const charsets[] = {"UTF-16LE", "UTF-16BE"};
    static const char text[] = "\xEF\xBB\xBF" HEADER
        ROW("1", "oui") "\n" ROW("2", "peut-\303\252tre") "\r\n\r\n" ROW(
            "3", "\"\360\237\230\200\n\"") "\n" ROW("4", "\"x\"y") "\n" ROW("5", "no");
    scoped(desk) *desk = desk_new("sample/marketplaces.json");
    g_autoptr(GError) error = NULL;
    g_assert_true(read_bytes(desk, text, -1, &error));
    const struct account narrow = desk->account;
    for (size_t c = 0; c < G_N_ELEMENTS(charsets); c++) {
        gsize length;
        g_autofree char *wide =
            g_convert(text, -1, charsets[c], "UTF-8", NULL, &length, NULL);
        g_autofree char *path =
            scratch_write(desk->directory->path, "wide.csv", wide, (gssize)length);
        g_assert_true(read_path(desk, path, NULL, &error));
        check_account(&desk->account, length);
        g_assert_cmpstr(desk->encoding, ==, charsets[c]);
        g_assert_cmpint(desk->account.bytes[ACCOUNT_MARK], ==, 2);
        g_assert_cmpint(desk->account.bytes[ACCOUNT_HEADER], ==, 2 * strlen(HEADER));
        for (int k = 0; k < ACCOUNT_KINDS; k++)
            g_assert_cmpint(desk->account.records[k], ==, narrow.records[k]);
        /* All before the third fault is one unit a character, but for one of two. */
        const char *fault = strstr(text, "4,");
        g_autofree char *place = g_strdup_printf(
            "after_quote line 7 offset %ld ", 2 * g_utf8_strlen(text, fault - text) + 2);
        g_assert_nonnull(strstr(desk->log->str, place));
    }
}

static void a_file_that_is_no_export_is_refused(void) {
    scoped(desk) *desk = desk_new("sample/marketplaces.json");
    expect_refusal(desk, "a,b,c\n1,2,3\n", -1, "no profile knows these columns");
    expect_refusal(desk, "a,\"b\n1,2,3\n", -1, "not a header");
    expect_refusal(desk, "\n" HEADER, -1, "not a header");
    expect_refusal(desk,
                   "\xFF\xFE"
                   "r",
                   3, "ends within a character");
    expect_refusal(desk, "report_id,marketplace,received_on,pillars\n1,2,3,4\n", -1,
                   "no column holds 'firm'");
    g_autofree char *commas = g_strnfill(4096, ',');
    expect_refusal(desk, commas, -1, "not a header");
    g_autofree char *line = g_strnfill(3 << 20, 'a');
    expect_refusal(desk, line, -1, "not a header");
    g_autofree char *long_line = g_strconcat(HEADER, ROW("1", "no"), "\n", line, NULL);
    expect_refusal(desk, long_line, -1, "x.csv:3: a record is longer than 1 MiB");
}

/* Whatever comes before it: the same line wherever it lies in what is read at once. */
static void a_line_past_the_limit_is_refused_wherever_it_is(void) {
    scoped(desk) *desk = desk_new("sample/marketplaces.json");
    g_autofree char *tail = g_strnfill((1 << 20) + 5000, 'a');
    for (int rows = 1; rows < 40000; rows += 9999) {
        g_autoptr(GString) text = g_string_new(HEADER);
        for (int i = 0; i < rows; i++)
            g_string_append(text, ROW("1", "no") "\n");
        g_string_append_printf(text, "a\"%s\n" ROW("2", "no") "\n", tail);
        g_autofree char *says =
            g_strdup_printf("x.csv:%d: a record is longer than 1 MiB", rows + 2);
        expect_refusal(desk, text->str, -1, says);
    }
}

static void expect_no_open(const char *path, enum barometre_error code,
                           const char *says) {
    g_autoptr(GError) error = NULL;
    g_assert_null(export_open(path, &error));
    assert_error_says(error, (int)code, says);
}

static void what_is_no_regular_file_is_refused(void) {
    scoped(desk) *desk = desk_new("sample/marketplaces.json");
    const char *directory = desk->directory->path;
    g_autofree char *file = scratch_write(directory, "x.csv", HEADER ROW("1", "no"), -1);
    g_autofree char *absent = g_build_filename(directory, "absent.csv", NULL);
    g_autofree char *fifo = g_build_filename(directory, "fifo", NULL);
    g_autofree char *loop = g_build_filename(directory, "loop", NULL);
    g_autofree char *link = g_build_filename(directory, "link.csv", NULL);
    g_assert_cmpint(mkfifo(fifo, 0600), ==, 0);
    g_assert_cmpint(symlink(loop, loop), ==, 0);
    g_assert_cmpint(symlink(file, link), ==, 0);
    expect_no_open(absent, ERROR_NO_INPUT, "absent.csv: cannot be opened");
    expect_no_open(directory, ERROR_REFUSED, "not a regular file");
    expect_no_open(fifo, ERROR_REFUSED, "fifo: is not a regular file");
    expect_no_open(loop, ERROR_REFUSED, "loop: cannot be opened");
    expect_no_open("/dev/null", ERROR_REFUSED, "not a regular file");
    g_autoptr(GError) error = NULL;
    g_assert_true(read_path(desk, link, NULL, &error)); /* a link to a file is one */
    g_assert_cmpstr(desk->log->str, ==, "1 2 0\n");
}

static void the_name_of_a_file_is_safe_to_show(void) {
    scoped(desk) *desk = desk_new("sample/marketplaces.json");
    g_autofree char *file = scratch_write(desk->directory->path, "\x1B[31m\u202Ex.csv",
                                          HEADER ROW("1", "no"), -1);
    g_autoptr(GError) error = NULL;
    scoped(export) *export = export_open(file, &error);
    g_assert_cmpstr(export->name, ==, "[31mx.csv");
}

static void a_profile_may_be_named(void) {
    scoped(desk) *desk = desk_new("sample/marketplaces.json");
    g_autofree char *file =
        scratch_write(desk->directory->path, "x.csv", HEADER ROW("1", "no"), -1);
    g_autoptr(GError) error = NULL;
    g_assert_true(read_path(desk, file, "canonical", &error));
    g_assert_false(read_path(desk, file, "other", &error));
    assert_error_says(error, ERROR_USAGE, "no profile 'other'");
    g_clear_error(&error);
    g_assert_false(read_path(desk, file, "cfpb", &error));
    assert_error_says(error, ERROR_REFUSED, "no column holds");
}

static void an_export_that_grows_while_it_is_read_is_refused(void) {
    scoped(desk) *desk = desk_new("sample/marketplaces.json");
    g_autofree char *file =
        scratch_write(desk->directory->path, "x.csv", HEADER ROW("1", "no") "\n", -1);
    desk->grows = file;
    g_autoptr(GError) error = NULL;
    g_assert_false(read_path(desk, file, NULL, &error));
    assert_error_says(error, ERROR_REFUSED, "x.csv: the export changed");
}

/* Twelve megabytes with a fault now and then: several batches for every thread. */
static GString *long_export(void) {
    GString *text = g_string_new(HEADER);
    for (int i = 0; i < 100000; i++) {
        const int kind = i % 97;
        g_string_append_printf(
            text, "%d,%s,Bazarette,2026-0%d-15,d,%s\n", i + 1,
            kind == 3 ? "732829321" : "73282932000074", kind == 5 ? 0 : 1 + i % 9,
            kind == 7    ? "\"yes"
            : kind == 11 ? "\"yes\"x"
            : kind == 13 ? "\"no\n\""
            : kind == 17 ? "perhaps                                     "
                         : "no                                          ");
        if (kind == 19)
            g_string_append(text, "\r\n");
    }
    return text;
}

static void any_number_of_threads_gives_the_same_sequence(void) {
    scoped(desk) *desk = desk_new("sample/marketplaces.json");
    g_autoptr(GString) text = long_export();
    g_autofree char *first = NULL;
    g_autofree char *sha256 =
        g_compute_checksum_for_data(G_CHECKSUM_SHA256, (guchar *)text->str, text->len);
    for (desk->threads = 1; desk->threads <= 9; desk->threads += 1 + desk->threads) {
        g_autoptr(GError) error = NULL;
        g_assert_true(read_bytes(desk, text->str, (gssize)text->len, &error));
        if (first == NULL)
            first = g_strdup(desk->log->str);
        g_assert_true(strcmp(first, desk->log->str) == 0);
        g_assert_cmpstr(desk->sha256, ==, sha256);
        g_assert_cmpint(desk->account.records[ACCOUNT_REJECTED], >, 5000);
        g_assert_cmpint(desk->account.records[ACCOUNT_BLANK], >, 1000);
    }
}

static void a_sink_that_fails_stops_the_reading(void) {
    static const int at[] = {0, 1, 4095, 5000, 50000};
    scoped(desk) *desk = desk_new("sample/marketplaces.json");
    g_autoptr(GString) text = long_export();
    g_autofree char *file =
        scratch_write(desk->directory->path, "x.csv", text->str, (gssize)text->len);
    for (size_t i = 0; i < G_N_ELEMENTS(at); i++)
        for (desk->threads = 1; desk->threads <= 4; desk->threads += 3) {
            desk->fails_at = at[i];
            g_autoptr(GError) error = NULL;
            g_assert_false(read_path(desk, file, NULL, &error));
            assert_error_says(error, ERROR_IO, "the sink is full");
            g_assert_cmpint(desk->complaints, ==, at[i] + 1);
        }
}

static void damage_anywhere_leaves_every_byte_in_one_account(void) {
    scoped(desk) *desk = desk_new("sample/marketplaces.json");
    static const char spoil[] = {'"', ',', ';', '\n', '\r', '\0', '\xE9', '\xC3', ' '};
    int read = 0;
    for (guint32 seed = 0; seed < 300; seed++) {
        GRand *random = g_rand_new_with_seed(seed);
        g_autoptr(GString) text = g_string_new(HEADER);
        for (int i = 0; i < 30; i++)
            g_string_append_printf(text, "%d,732829320,\"Bazarette\",2026-01-15,d,no\n",
                                   i + 1);
        for (int i = g_rand_int_range(random, 1, 20); i > 0; i--)
            text->str[g_rand_int_range(random, seed % 2 ? (int)strlen(HEADER) : 0,
                                       (int)text->len)] =
                spoil[g_rand_int_range(random, 0, G_N_ELEMENTS(spoil))];
        g_autoptr(GError) error = NULL;
        desk->threads = 1 + (int)seed % 2;
        if (read_bytes(desk, text->str, (gssize)text->len, &error))
            read++;
        else
            g_assert_error(error, BAROMETRE_ERROR, ERROR_REFUSED);
        g_rand_free(random);
    }
    g_assert_cmpint(read, >, 150);
}

/* One bad row costs one reject, and every other row is read. */
static void a_bad_record_costs_itself_alone(void) {
    static const char *const bad[] = {
        "9,732829320,\"Baz,2026-01-15,d,no",
        "9,732829320,Baz\"ar,2026-01-15,d,no",
        "9,732829320,\"Baz\"ar,2026-01-15,d,no",
        "\"",
        "9",
        "9,732829320,\"\"\"Baz,2026-01-15,d,no",
        "9,732829320,Bazarette,2026-02-30,d,no",
        "\"\n9,\"",
        "9,732829320,D\xE9,2026-01-15,d,no",
        ",,,,,",
    };
    scoped(desk) *desk = desk_new("sample/marketplaces.json");
    for (size_t b = 0; b < G_N_ELEMENTS(bad); b++)
        for (int place = 0; place <= 3; place++) {
            g_autoptr(GString) text = g_string_new(HEADER);
            for (int i = 0; i <= 3; i++) {
                if (i == place)
                    g_string_append_printf(text, "%s\n", bad[b]);
                if (i < 3)
                    g_string_append_printf(text,
                                           "%d,732829320,D\xC3\xA9"
                                           "ballage,2026-01-15,d,no\n",
                                           i + 1);
            }
            g_autoptr(GError) error = NULL;
            g_assert_true(read_bytes(desk, text->str, -1, &error));
            g_assert_cmpint(desk->account.records[ACCOUNT_STORED], ==, 3);
            g_assert_cmpint(desk->account.records[ACCOUNT_REJECTED], ==, 1);
        }
}

static void eight_million_blank_lines_take_a_moment(void) {
    scoped(desk) *desk = desk_new("sample/marketplaces.json");
    enum { BLANKS = 8 << 20 };
    g_autoptr(GString) text = g_string_new(HEADER);
    g_string_set_size(text, strlen(HEADER) + BLANKS);
    memset(text->str + strlen(HEADER), '\n', BLANKS);
    g_string_append(text, ROW("1", "no"));
    g_autoptr(GError) error = NULL;
    g_test_timer_start();
    g_assert_true(read_bytes(desk, text->str, (gssize)text->len, &error));
    g_assert_cmpint(desk->account.records[ACCOUNT_BLANK], ==, BLANKS);
    g_assert_cmpfloat(g_test_timer_elapsed(), <, 30);
    g_test_message("%.2f s", g_test_timer_last());
}

static void hashing_goes_back_to_the_beginning(void) {
    scoped(desk) *desk = desk_new("sample/marketplaces.json");
    static const char bytes[] = HEADER ROW("1", "no");
    g_autofree char *file = scratch_write(desk->directory->path, "x.csv", bytes, -1);
    g_autofree char *sha256 = g_compute_checksum_for_string(G_CHECKSUM_SHA256, bytes, -1);
    g_autoptr(GError) error = NULL;
    scoped(export) *export = export_open(file, &error);
    g_assert_cmpint(export->size, ==, strlen(bytes));
    g_assert_cmpstr(export->sha256, ==, "");
    for (int again = 0; again < 2; again++) {
        g_assert_true(export_hash(export, &error));
        g_assert_cmpstr(export->sha256, ==, sha256);
    }
    g_assert_cmpint(lseek(export->fd, 0, SEEK_CUR), ==, 0);
}

static void standard_input_is_an_export_without_a_size(void) {
    scoped(desk) *desk = desk_new("sample/marketplaces.json");
    int ends[2];
    g_assert_cmpint(pipe(ends), ==, 0);
    static const char bytes[] = HEADER ROW("1", "no") "\n" ROW("2", "x");
    g_assert_cmpint(write(ends[1], bytes, strlen(bytes)), ==, strlen(bytes));
    close(ends[1]);
    const int kept = dup(STDIN_FILENO);
    g_assert_cmpint(dup2(ends[0], STDIN_FILENO), ==, STDIN_FILENO);
    g_autoptr(GError) error = NULL;
    g_assert_true(read_path(desk, "-", NULL, &error));
    g_assert_true(g_str_has_prefix(desk->log->str, "1 2 0\nvalue line 3 "));
    check_account(&desk->account, strlen(bytes));
    dup2(kept, STDIN_FILENO);
    close(kept);
    close(ends[0]);
}

static void the_sample_exports_are_recognised_and_accounted_for(void) {
#define DOSSIERS "sample/inbox/dossiers_signalement-places-de-marche_"
    static const struct {
        const char *file, *profile, *encoding;
        char delimiter;
        int records, rejected;
    } cases[] = {
        {DOSSIERS "2024-02-01_09-41.csv", "demarches-simplifiees-2018", NULL, ',', 121,
         0},
        {DOSSIERS "2024-12-16_08-30.csv", "demarches-simplifiees", "UTF-8", ',', 426, 2},
        {DOSSIERS "2026-01-05_14-12.csv", "demarches-simplifiees", "Windows-1252", ';',
         508, 1},
        {DOSSIERS "2026-11-02_07-15.csv", "demarches-simplifiees", "UTF-8", ',', 0, 5},
        {"sample/inbox/mediateur_2026-11-02.csv", "canonical", NULL, ',', 182, 1},
    };
    scoped(desk) *desk = desk_new("sample/marketplaces.json");
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *file = shipped(cases[i].file);
        g_autoptr(GError) error = NULL;
        gsize size;
        g_autofree char *bytes = scratch_read(file, &size);
        desk->file = bytes;
        g_assert_true(read_path(desk, file, NULL, &error));
        desk->file = NULL;
        check_account(&desk->account, size);
        g_assert_cmpstr(desk->profile, ==, cases[i].profile);
        g_assert_cmpint(desk->delimiter, ==, cases[i].delimiter);
        if (cases[i].encoding != NULL)
            g_assert_cmpstr(desk->encoding, ==, cases[i].encoding);
        if (cases[i].records > 0)
            g_assert_cmpint(account_records(&desk->account), ==, cases[i].records);
        g_test_message("%s\n%s", cases[i].file, strstr(desk->log->str, " line "));
        g_assert_cmpint(desk->account.records[ACCOUNT_REJECTED], ==, cases[i].rejected);
    }
}

/* Records counted by Python's csv; the first file's last record is cut. */
static void real_exports_of_the_cfpb_are_recognised_and_accounted_for(void) {
    static const struct {
        const char *file;
        int records, at_least_read;
    } cases[] = {
        {"Consumer_Complaints_2014-11_14col.csv", 8340, 1},
        {"Consumer_Complaints_2019_narratives.csv", 268, 1},
        {"Consumer_Complaints_sm.csv", 802, 1},
        {"complaints_dec_2014.csv", 11543, 1},
    };
    const char *shared = g_getenv("SHARED");
    g_autofree char *folder =
        shared == NULL ? NULL : g_build_filename(shared, "real-data", "cfpb", NULL);
    if (folder == NULL || !g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        g_test_skip("no real exports here");
        return;
    }
    scoped(desk) *desk = desk_new("examples/cfpb/marketplaces.json");
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *file = g_build_filename(folder, cases[i].file, NULL);
        g_autoptr(GError) error = NULL;
        gsize size;
        g_autofree char *bytes = scratch_read(file, &size);
        desk->file = bytes;
        g_assert_true(read_path(desk, file, NULL, &error));
        desk->file = NULL;
        check_account(&desk->account, size);
        g_assert_cmpstr(desk->profile, ==, "cfpb");
        g_assert_cmpint(account_records(&desk->account), ==, cases[i].records);
        g_assert_cmpint(desk->account.records[ACCOUNT_STORED], >=,
                        cases[i].at_least_read);
        g_assert_null(strstr(desk->log->str, "_quote"));
        g_assert_null(strstr(desk->log->str, "encoding"));
        g_assert_null(strstr(desk->log->str, "date line"));
        g_assert_null(strstr(desk->log->str, "value line"));
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/export/" #name, name)
    TEST(a_reject_says_its_line_offset_length_and_column);
    TEST(a_byte_order_mark_has_its_own_account);
    TEST(line_ends_may_be_of_any_kind);
    TEST(columns_may_be_renamed_repeated_and_in_any_order);
    TEST(windows_1252_is_read_and_what_is_mixed_in_is_refused);
    TEST(a_garbled_record_does_not_decide_the_encoding);
    TEST(an_export_without_a_record_is_refused);
    TEST(utf16_reads_as_utf8_and_accounts_for_its_own_bytes);
    TEST(a_file_that_is_no_export_is_refused);
    TEST(a_line_past_the_limit_is_refused_wherever_it_is);
    TEST(what_is_no_regular_file_is_refused);
    TEST(the_name_of_a_file_is_safe_to_show);
    TEST(a_profile_may_be_named);
    TEST(an_export_that_grows_while_it_is_read_is_refused);
    TEST(any_number_of_threads_gives_the_same_sequence);
    TEST(a_sink_that_fails_stops_the_reading);
    TEST(damage_anywhere_leaves_every_byte_in_one_account);
    TEST(a_bad_record_costs_itself_alone);
    TEST(eight_million_blank_lines_take_a_moment);
    TEST(hashing_goes_back_to_the_beginning);
    TEST(standard_input_is_an_export_without_a_size);
    TEST(the_sample_exports_are_recognised_and_accounted_for);
    TEST(real_exports_of_the_cfpb_are_recognised_and_accounted_for);
    return g_test_run();
}
