#include "dialect.h"

#include "barometre/error.h"
#include "scratch.h"

static struct dialect detect(const char *bytes) {
    struct dialect dialect;
    dialect_detect(&dialect, bytes, strlen(bytes));
    return dialect;
}

static void the_most_frequent_delimiter_of_the_first_line_wins(void) {
    static const struct {
        const char *bytes;
        char delimiter;
    } cases[] = {
        {"a,b;c,d\n", ','},
        {"a;b,c;d\n;", ';'},
        {"a\tb\n", '\t'},
        {"a;b\n,,,,,,\n", ';'},
        {"\"a,b,c\";d\n", ';'},
        {"alone\n", ','},
        {"", ','},
        {"\"a\n;;;\",b\n;;;", ','},
        {"a;b\r,,,,", ';'},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpint(detect(cases[i].bytes).delimiter, ==, cases[i].delimiter);
}

static void a_byte_order_mark_is_three_bytes_and_means_utf8(void) {
    const struct dialect dialect = detect("\xEF\xBB\xBF"
                                          "a;b\n");
    g_assert_cmpuint(dialect.mark_bytes, ==, 3);
    g_assert_cmpint(dialect.encoding, ==, ENCODING_UTF8);
    g_assert_cmpint(dialect.delimiter, ==, ';');
    g_assert_cmpuint(detect("a\n").mark_bytes, ==, 0);
}

static void observe(struct dialect *dialect, const char *bytes) {
    dialect_observe(dialect, bytes, strlen(bytes));
}

static void the_first_record_beyond_ascii_decides(void) {
    struct dialect dialect = detect("a,b\n");
    observe(&dialect, "plain");
    g_assert_cmpint(dialect.encoding, ==, ENCODING_UNDECIDED);
    struct dialect other = dialect;
    observe(&dialect, "d\xC3\xA9"
                      "j\xC3\xA0");
    g_assert_cmpint(dialect.encoding, ==, ENCODING_UTF8);
    observe(&dialect, "d\xE9"
                      "j\xE0");
    g_assert_cmpint(dialect.encoding, ==, ENCODING_UTF8);
    observe(&other, "d\xE9"
                    "j\xE0");
    g_assert_cmpint(other.encoding, ==, ENCODING_WINDOWS_1252);
    g_assert_cmpstr(dialect_encoding_name(other.encoding), ==, "Windows-1252");
}

static void most_lines_decide_and_the_first_breaks_a_tie(void) {
    static const struct {
        const char *bytes;
        enum dialect_encoding encoding;
    } cases[] = {
        {"a\n\xE9\n\xC3\xA9\n\xC3\xA9\n", ENCODING_UTF8},
        {"a\n\xC3\xA9\n\xE9\n\xE9\n", ENCODING_WINDOWS_1252},
        {"a\n\xC3\xA9\n\xE9\n", ENCODING_UTF8},
        {"a\n\xE9\n\xC3\xA9\n", ENCODING_WINDOWS_1252},
        {"a\nb\n", ENCODING_UNDECIDED},
        {"a\nb\n\xC3", ENCODING_UNDECIDED}, /* perhaps cut in the middle */
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpint(detect(cases[i].bytes).encoding, ==, cases[i].encoding);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/dialect/" #name, name)
    TEST(the_most_frequent_delimiter_of_the_first_line_wins);
    TEST(a_byte_order_mark_is_three_bytes_and_means_utf8);
    TEST(the_first_record_beyond_ascii_decides);
    TEST(most_lines_decide_and_the_first_breaks_a_tie);
    return g_test_run();
}
