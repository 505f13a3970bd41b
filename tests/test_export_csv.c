#include "export_csv.h"

#include "record.h"
#include "scratch.h"

/* A record as it is written and as it must be read. */
struct sheet_row {
    GString *text;
    GPtrArray *cells; /* GString */
};

static void free_string(void *string) {
    g_string_free(string, TRUE);
}

static GString *random_cell(GRand *random, char delimiter) {
    const char *const parts[] = {"a", "é",    "\"", "\n", "\r\n",
                                 " ", "\xE9", ",",  ";",  "\t"};
    GString *cell = g_string_new(NULL);
    for (int i = g_rand_int_range(random, 0, 8); i > 0; i--)
        g_string_append(cell, parts[g_rand_int_range(random, 0, G_N_ELEMENTS(parts))]);
    if (g_rand_int_range(random, 0, 4) == 0)
        g_string_append_c(cell, delimiter);
    return cell;
}

/* Writes as RFC 4180 §2 says; quotes where it must, and sometimes where it may. */
static void append_cell(GString *text, const GString *cell, char delimiter, bool quote) {
    for (gsize i = 0; i < cell->len; i++)
        quote |= strchr("\"\r\n", cell->str[i]) != NULL || cell->str[i] == delimiter;
    if (!quote) {
        g_string_append(text, cell->str);
        return;
    }
    g_string_append_c(text, '"');
    for (gsize i = 0; i < cell->len; i++) {
        if (cell->str[i] == '"')
            g_string_append_c(text, '"');
        g_string_append_c(text, cell->str[i]);
    }
    g_string_append_c(text, '"');
}

static struct sheet_row random_row(GRand *random, char delimiter, int columns) {
    static const char *const ends[] = {"\n", "\r\n", "\r", ""};
    struct sheet_row row = {g_string_new(NULL),
                            g_ptr_array_new_with_free_func(free_string)};
    for (int c = 0; c < columns; c++) {
        GString *cell = random_cell(random, delimiter);
        if (c > 0)
            g_string_append_c(row.text, delimiter);
        /* A row of one empty cell is a blank line unless it is quoted. */
        append_cell(row.text, cell, delimiter,
                    columns == 1 || g_rand_int_range(random, 0, 4) == 0);
        g_ptr_array_add(row.cells, cell);
    }
    g_string_append(row.text, ends[g_rand_int_range(random, 0, G_N_ELEMENTS(ends))]);
    return row;
}

static void every_legal_record_reads_as_it_was_written(void) {
    static const char delimiters[] = {',', ';', '\t'};
    for (guint32 seed = 0; seed < 20000; seed++) {
        GRand *random = g_rand_new_with_seed(seed);
        const char delimiter = delimiters[seed % 3];
        const int columns = g_rand_int_range(random, 1, 7);
        const struct sheet_row row = random_row(random, delimiter, columns);
        struct record_rules rules;
        struct record record;
        record_rules_init(&rules, delimiter);
        g_assert_true(record_cut(&rules, row.text->str, row.text->len, true, &record));
        g_assert_cmpint(record.kind, ==, RECORD_WHOLE);
        g_assert_cmpuint(record.length, ==, row.text->len);
        bool wanted[7];
        for (int c = 0; c < 7; c++)
            wanted[c] = g_rand_boolean(random);
        scoped(csv_record) *fields = csv_record_new(delimiter, wanted, (size_t)columns);
        for (int again = 0; again < 2; again++) {
            g_assert_true(csv_record_read(fields, row.text->str, row.text->len));
            g_assert_cmpuint(csv_record_row(fields)->count, ==, columns);
            for (int c = 0; c < columns; c++) {
                const GString *cell = g_ptr_array_index(row.cells, c);
                const struct field field = row_field(csv_record_row(fields), (size_t)c);
                g_assert_cmpuint(field.length, ==, wanted[c] ? cell->len : 0);
                g_assert_cmpint(memcmp(field.text, cell->str, field.length), ==, 0);
                g_assert_cmpint(field.text[field.length], ==, '\0');
            }
        }
        g_string_free(row.text, TRUE);
        g_ptr_array_unref(row.cells);
        g_rand_free(random);
    }
}

static void bytes_that_are_not_one_record_are_refused_and_forgotten(void) {
    static const char *const wrong[] = {"a,\"b", "a\nb\n", "\"a\"b\n", "\n", ""};
    scoped(csv_record) *fields = csv_record_new(',', NULL, 0);
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_assert_false(csv_record_read(fields, wrong[i], strlen(wrong[i])));
        g_assert_true(csv_record_read(fields, "x,\"y\"\n", 6));
        g_assert_cmpuint(csv_record_row(fields)->count, ==, 2);
        g_assert_cmpstr(row_field(csv_record_row(fields), 0).text, ==, "x");
        g_assert_cmpstr(row_field(csv_record_row(fields), 1).text, ==, "y");
    }
}

static void a_field_past_its_limit_is_refused_even_unwanted(void) {
    enum { LIMIT_BYTES = 256 << 10 };
    const bool wanted[] = {true, false};
    scoped(csv_record) *fields = csv_record_new(',', wanted, 2);
    g_autoptr(GString) text = g_string_new("a,");
    for (int i = 0; i < LIMIT_BYTES; i++)
        g_string_append_c(text, 'b');
    g_assert_true(csv_record_read(fields, text->str, text->len));
    g_string_append_c(text, 'b');
    g_assert_false(csv_record_read(fields, text->str, text->len));
}

static void a_column_the_record_lacks_is_empty(void) {
    const bool wanted[] = {true, true, true};
    scoped(csv_record) *fields = csv_record_new(',', wanted, 3);
    g_assert_true(csv_record_read(fields, "a,b,c,d,e\n", 10));
    g_assert_cmpuint(csv_record_row(fields)->count, ==, 5);
    g_assert_cmpstr(row_field(csv_record_row(fields), 2).text, ==, "c");
    g_assert_cmpuint(row_field(csv_record_row(fields), 4).length, ==, 0);
    g_assert_true(csv_record_read(fields, "a\n", 2));
    g_assert_cmpuint(row_field(csv_record_row(fields), 2).length, ==, 0);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/export_csv/" #name, name)
    TEST(every_legal_record_reads_as_it_was_written);
    TEST(bytes_that_are_not_one_record_are_refused_and_forgotten);
    TEST(a_field_past_its_limit_is_refused_even_unwanted);
    TEST(a_column_the_record_lacks_is_empty);
    return g_test_run();
}
