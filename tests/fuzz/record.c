/* Cutting CSV, and the fields of each record: the first byte says how. */
#include "record.h"
#include "export_csv.h"
#include "target.h"

#include <string.h>

static const char delimiters[] = {',', ';', '\t', '|'};

static bool is_same(struct field a, struct field b) {
    return a.length == b.length && memcmp(a.text, b.text, a.length) == 0;
}

/* The fields of a whole record, each within it, are as many as the record has. */
static void check_fields(const char *bytes, size_t length, char delimiter) {
    static const bool wanted[] = {true, false, true};
    scoped(csv_record) *all = csv_record_new(delimiter, NULL, 0);
    scoped(csv_record) *some = csv_record_new(delimiter, wanted, G_N_ELEMENTS(wanted));
    const bool good = csv_record_read(all, bytes, length);
    g_assert_true(csv_record_read(some, bytes, length) == good);
    if (!good) /* cut as whole, so a field is too long */
        g_assert_cmpuint(length, >, LIMIT_FIELD_BYTES);
    if (!good)
        return;
    const struct row *row = csv_record_row(all);
    g_assert_cmpuint(row->count, ==, csv_record_row(some)->count);
    for (size_t c = 0; c < row->count; c++) {
        const struct field field = row_field(row, c);
        g_assert_cmpuint(field.length, <=, length);
        const struct field again = row_field(csv_record_row(some), c);
        if (c < G_N_ELEMENTS(wanted) && wanted[c])
            g_assert_true(is_same(field, again));
    }
}

static void cut_all(const char *bytes, size_t length) {
    if (length < 2)
        return;
    const char delimiter = delimiters[(unsigned char)bytes[0] % 4];
    const size_t step = 1 + (unsigned char)bytes[0] / 4;
    struct record_rules rules;
    record_rules_init(&rules, delimiter);
    bytes++;
    length--;
    for (size_t start = 0; start < length;) {
        struct record record, whole;
        size_t hand = MIN(step, length - start);
        while (!record_cut(&rules, bytes + start, hand, hand == length - start, &record))
            hand = MIN(MAX(hand * 2, hand + step), length - start);
        g_assert_true(record_cut(&rules, bytes + start, length - start, true, &whole));
        g_assert_cmpint(record.kind, ==, whole.kind);
        g_assert_cmpuint(record.length, ==, whole.length);
        g_assert_cmpuint(record.lines, ==, whole.lines);
        g_assert_cmpuint(record.length, >, 0);
        g_assert_cmpuint(record.length, <=, length - start);
        g_assert_cmpuint(record.fault, <=, length - start);
        if (record.kind == RECORD_WHOLE)
            check_fields(bytes + start, record.length, delimiter);
        start += record.length;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    fuzz_bounded(cut_all, bytes, length);
    return 0;
}
