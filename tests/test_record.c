#include "record.h"

#include "scratch.h"

/* The definition again, byte by byte: where the record at `bytes` ends and what it is.
 * Knows neither chunks nor the limit. */
struct judged {
    enum record_kind kind;
    size_t length;
};

static size_t end_at(const char *bytes, size_t length, size_t i) {
    if (i < length && bytes[i] == '\r')
        return i + 1 < length && bytes[i + 1] == '\n' ? 2 : 1;
    return i < length && bytes[i] == '\n' ? 1 : 0;
}

static size_t physical_line(const char *bytes, size_t length) {
    size_t i = 0;
    while (i < length && end_at(bytes, length, i) == 0)
        i++;
    return i + end_at(bytes, length, i);
}

static struct judged judge(const char *bytes, size_t length, char delimiter) {
    enum { FRESH, PLAIN, QUOTED, AFTER } state = FRESH;
    size_t i = 0;
    for (; i < length; i++) {
        const char c = bytes[i];
        if (state == QUOTED) {
            if (c == '"' && i + 1 < length && bytes[i + 1] == '"')
                i++;
            else if (c == '"')
                state = AFTER;
        } else if (end_at(bytes, length, i) > 0) {
            return (struct judged){i == 0 ? RECORD_BLANK : RECORD_WHOLE,
                                   i + end_at(bytes, length, i)};
        } else if (c == delimiter) {
            state = FRESH;
        } else if (state == AFTER) {
            return (struct judged){RECORD_AFTER_QUOTE, physical_line(bytes, length)};
        } else if (c == '"' && state == PLAIN) {
            return (struct judged){RECORD_STRAY_QUOTE, physical_line(bytes, length)};
        } else {
            state = c == '"' ? QUOTED : PLAIN;
        }
    }
    if (state == QUOTED)
        return (struct judged){RECORD_UNCLOSED, physical_line(bytes, length)};
    return (struct judged){RECORD_WHOLE, length};
}

static int64_t count_physical_lines(const char *bytes, size_t length) {
    int64_t lines = 0;
    for (size_t i = 0; i < length; lines++)
        i += physical_line(bytes + i, length - i);
    return lines;
}

/* Cuts with no more bytes at hand than the cutter asks for. */
static struct record cut_by_pieces(const struct record_rules *rules, const char *bytes,
                                   size_t length, GRand *random) {
    struct record record;
    size_t hand = 1;
    while (!record_cut(rules, bytes, hand, hand == length, &record)) {
        g_assert_cmpuint(hand, <, length);
        hand += (size_t)g_rand_int_range(random, 1, 8);
        hand = MIN(hand, length);
    }
    return record;
}

static void check_accounts(const char *bytes, size_t length, char delimiter,
                           GRand *random) {
    struct record_rules rules;
    record_rules_init(&rules, delimiter);
    size_t start = 0;
    int64_t lines = 0;
    while (start < length) {
        const struct judged wanted = judge(bytes + start, length - start, delimiter);
        struct record whole;
        g_assert_true(record_cut(&rules, bytes + start, length - start, true, &whole));
        const struct record pieces =
            cut_by_pieces(&rules, bytes + start, length - start, random);
        g_assert_cmpint(whole.kind, ==, wanted.kind);
        g_assert_cmpuint(whole.length, ==, wanted.length);
        g_assert_cmpint(pieces.kind, ==, wanted.kind);
        g_assert_cmpuint(pieces.length, ==, wanted.length);
        g_assert_cmpint(pieces.lines, ==,
                        count_physical_lines(bytes + start, whole.length));
        g_assert_cmpuint(pieces.lines, ==, whole.lines);
        g_assert_cmpuint(pieces.fault, ==, whole.fault);
        start += whole.length;
        lines += whole.lines;
    }
    g_assert_cmpuint(start, ==, length);
    g_assert_cmpint(lines, ==, count_physical_lines(bytes, length));
}

static void bytes_and_lines_add_up_however_they_come(void) {
    static const char delimiters[] = {',', ';', '\t'};
    for (guint32 seed = 0; seed < 20000; seed++) {
        GRand *random = g_rand_new_with_seed(seed);
        const char delimiter = delimiters[seed % 3];
        const char alphabet[] = {'a', '"', '"', delimiter, '\n', '\r', ' ', '\0', '\xE9'};
        char bytes[96];
        const size_t length = (size_t)g_rand_int_range(random, 1, sizeof bytes);
        for (size_t i = 0; i < length; i++)
            bytes[i] =
                seed % 7 == 0
                    ? (char)g_rand_int_range(random, 0, 256)
                    : alphabet[g_rand_int_range(random, 0, G_N_ELEMENTS(alphabet))];
        check_accounts(bytes, length, delimiter, random);
        g_rand_free(random);
    }
}

static void expect(const char *bytes, const char *kinds) {
    static const char letters[] = {
        [RECORD_WHOLE] = 'w',       [RECORD_BLANK] = 'b',    [RECORD_STRAY_QUOTE] = 's',
        [RECORD_AFTER_QUOTE] = 'a', [RECORD_UNCLOSED] = 'u', [RECORD_TOO_LONG] = 't',
    };
    struct record_rules rules;
    record_rules_init(&rules, ',');
    g_autoptr(GString) found = g_string_new(NULL);
    struct record record;
    for (size_t left = strlen(bytes); left > 0; left -= record.length) {
        g_assert_true(record_cut(&rules, bytes, left, true, &record));
        g_string_append_c(found, letters[record.kind]);
        bytes += record.length;
    }
    g_assert_cmpstr(found->str, ==, kinds);
}

static void a_stray_quote_costs_its_line_alone(void) {
    expect("1,ok\n2,12\" tv\n3,ok\n", "wsw");
    expect("1,ok\n2, \"x\"\n3,ok\n", "wsw"); /* a space before the quote */
}

static void a_byte_after_a_closing_quote_costs_its_line_alone(void) {
    expect("1,ok\n2,\"a\"b\n3,ok\n", "waw");
    expect("1,ok\n2,\"a\" ,c\n3,ok\n", "waw");
}

static void an_unclosed_quote_costs_its_line_alone(void) {
    expect("1,ok\n2,\"a\n3,ok\n4,ok", "wuww");
    expect("1,\"a\n2,\"b\"\n3,ok\n", "aww"); /* closed by the next line's first quote */
}

static void a_legal_record_of_several_lines_passes(void) {
    expect("1,\"a\nb\r\nc\"\n2,\"d\n\n\"\"e\"\n", "ww");
}

static void every_line_end_ends_a_record(void) {
    expect("1,a\n2,b\n", "ww");
    expect("1,a\r2,b\r", "ww");
    expect("1,a\r\n2,b\r\n", "ww");
    expect("1,a\r\n2,b", "ww");
    expect("1,\"a\"\r\n2,\"b\"", "ww");
}

static void blank_lines_are_blank(void) {
    expect("\n1,a\n\n\r\n\r2,b\n\n", "bwbbbwb");
}

static void the_fault_is_the_byte_that_breaks_the_rules(void) {
    static const struct {
        const char *bytes;
        uint32_t fault;
    } cases[] = {{"a,b\"c\n", 3}, {"\"a\"b\n", 3}, {"a,\"bc\n", 2}, {"a,b\n", 0}};
    struct record_rules rules;
    record_rules_init(&rules, ',');
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct record record;
        g_assert_true(
            record_cut(&rules, cases[i].bytes, strlen(cases[i].bytes), true, &record));
        g_assert_cmpuint(record.fault, ==, cases[i].fault);
    }
}

static char *repeat(char byte, size_t count) {
    char *bytes = g_malloc(count + 1);
    memset(bytes, byte, count);
    bytes[count] = '\0';
    return bytes;
}

static void a_record_of_the_limit_passes_and_one_more_byte_does_not(void) {
    struct record_rules rules;
    struct record record;
    record_rules_init(&rules, ',');
    g_autofree char *bytes = repeat('a', LIMIT_RECORD_BYTES + 2);
    bytes[LIMIT_RECORD_BYTES - 1] = '\n';
    g_assert_true(record_cut(&rules, bytes, LIMIT_RECORD_BYTES + 2, false, &record));
    g_assert_cmpint(record.kind, ==, RECORD_WHOLE);
    g_assert_cmpuint(record.length, ==, LIMIT_RECORD_BYTES);
    bytes[LIMIT_RECORD_BYTES - 1] = 'a';
    bytes[LIMIT_RECORD_BYTES] = '\n';
    g_assert_true(record_cut(&rules, bytes, LIMIT_RECORD_BYTES + 2, false, &record));
    g_assert_cmpint(record.kind, ==, RECORD_TOO_LONG);
    g_assert_false(record_cut(&rules, bytes, LIMIT_RECORD_BYTES, false, &record));
}

static void a_quoted_field_past_the_limit_costs_its_first_line(void) {
    struct record_rules rules;
    struct record record;
    record_rules_init(&rules, ',');
    g_autofree char *bytes = repeat('\n', 2 * LIMIT_RECORD_BYTES);
    memcpy(bytes, "1,\"a", 4);
    g_assert_true(record_cut(&rules, bytes, 2 * LIMIT_RECORD_BYTES, false, &record));
    g_assert_cmpint(record.kind, ==, RECORD_TOO_LONG);
    g_assert_cmpuint(record.length, ==, 5);
    g_assert_cmpuint(record.lines, ==, 1);
}

static void a_line_past_the_limit_is_too_long_whatever_else_is_wrong(void) {
    const size_t size = LIMIT_RECORD_BYTES + LIMIT_RECORD_BYTES / 2;
    struct record_rules rules;
    record_rules_init(&rules, ',');
    g_autofree char *bytes = repeat('a', size);
    memcpy(bytes, "a\"b", 3);
    bytes[size - 1] = '\n';
    for (size_t hand = size; hand > LIMIT_RECORD_BYTES; hand -= 4096) {
        struct record record;
        g_assert_true(record_cut(&rules, bytes, hand, false, &record));
        g_assert_cmpint(record.kind, ==, RECORD_TOO_LONG);
        g_assert_cmpuint(record.length, >, LIMIT_RECORD_BYTES);
    }
}

/* A quadratic cutter would take hours over these. */
static void hostile_quotes_take_linear_time(void) {
    static const char *const lines[] = {"\"a\n",      ",\"\n",      "\"\"\"\n",
                                        ",\"a\"\"\n", "a,\"\n\"\n", "\"\"\n,\"x\n",
                                        "\n",         "\"\r"};
    enum { BYTES = 8 << 20, HAND = 2 << 20 };
    struct record_rules rules;
    record_rules_init(&rules, ',');
    g_autofree char *bytes = g_malloc(BYTES);
    g_test_timer_start();
    for (size_t l = 0; l < G_N_ELEMENTS(lines); l++) {
        const size_t period = strlen(lines[l]);
        for (size_t i = 0; i < BYTES; i++)
            bytes[i] = lines[l][i % period];
        struct record record;
        for (size_t start = 0; start < BYTES; start += record.length) {
            const size_t hand = MIN(BYTES - start, HAND);
            g_assert_true(record_cut(&rules, bytes + start, hand, hand < HAND, &record));
            g_assert_cmpuint(record.length, >, 0);
        }
    }
    g_assert_cmpfloat(g_test_timer_elapsed(), <, 60);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/record/" #name, name)
    TEST(bytes_and_lines_add_up_however_they_come);
    TEST(a_stray_quote_costs_its_line_alone);
    TEST(a_byte_after_a_closing_quote_costs_its_line_alone);
    TEST(an_unclosed_quote_costs_its_line_alone);
    TEST(a_legal_record_of_several_lines_passes);
    TEST(every_line_end_ends_a_record);
    TEST(blank_lines_are_blank);
    TEST(the_fault_is_the_byte_that_breaks_the_rules);
    TEST(a_record_of_the_limit_passes_and_one_more_byte_does_not);
    TEST(a_quoted_field_past_the_limit_costs_its_first_line);
    TEST(a_line_past_the_limit_is_too_long_whatever_else_is_wrong);
    TEST(hostile_quotes_take_linear_time);
    return g_test_run();
}
