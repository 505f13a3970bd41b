/* Rows of a sheet: the bytes are its XML; those that begin as a zip are a workbook. */
#include "desk.h"
#include "sheet_cut.h"
#include "sheet_row.h"
#include "sheet_tags.h"
#include "workbook.h"

static struct workbook *plain_workbook(enum workbook_kind kind) {
    struct workbook *workbook = g_new0(struct workbook, 1);
    workbook->kind = kind;
    workbook->parts = g_ptr_array_new();
    workbook->sheets = g_ptr_array_new();
    workbook->dates = g_array_new(FALSE, TRUE, sizeof(bool));
    static const uint64_t end = sizeof "shared" - 1;
    g_assert_true(spill_open(&workbook->strings, open_desk()->directory->path, NULL));
    g_assert_true(spill_open(&workbook->ends, open_desk()->directory->path, NULL));
    spill_append(&workbook->strings, "shared", end);
    spill_append(&workbook->ends, &end, sizeof end);
    g_assert_true(spill_seal(&workbook->strings, "fuzz", NULL));
    g_assert_true(spill_seal(&workbook->ends, "fuzz", NULL));
    const bool date = true;
    g_array_append_val(workbook->dates, date);
    return workbook;
}

static bool is_same(struct field a, struct field b) {
    return a.length == b.length && memcmp(a.text, b.text, a.length) == 0;
}

/* A comment sends a row to expat: it reads the same there. */
static void check_parsed(struct sheet_row *plain, struct sheet_row *parsed,
                         const char *bytes, size_t length) {
    static const char end[] = "</row>", comment[] = "<!---->";
    const size_t body = length - (sizeof end - 1);
    if (length < sizeof end || memcmp(bytes + body, end, sizeof end - 1) != 0)
        return;
    g_autoptr(GString) other = g_string_new_len(bytes, (gssize)body);
    g_string_append_len(other, comment, sizeof comment - 1);
    g_string_append_len(other, end, sizeof end - 1);
    bool too_long, other_too_long;
    const struct row *row = sheet_row_take(plain, bytes, length, &too_long);
    const struct row *again =
        sheet_row_take(parsed, other->str, other->len, &other_too_long);
    g_assert_true((row == NULL) == (again == NULL));
    if (row == NULL)
        return;
    g_assert_cmpuint(row->count, ==, again->count);
    for (size_t c = 0; c < row->count; c++)
        g_assert_true(is_same(row_field(row, c), row_field(again, c)));
}

static void cut_rows(enum workbook_kind kind, const char *bytes, size_t length) {
    scoped(workbook) *workbook = plain_workbook(kind);
    scoped(sheet_row) *reader = sheet_row_new(workbook, NULL, 0);
    scoped(sheet_row) *parsed = sheet_row_new(workbook, NULL, 0);
    struct sheet_cut cut = sheet_tags(kind);
    struct record record;
    for (size_t start = 0; start < length; start += record.length) {
        g_assert_true(sheet_cut_next(&cut, bytes + start, length - start, true, &record));
        g_assert_cmpuint(record.length, >, 0);
        g_assert_cmpuint(record.length, <=, length - start);
        bool too_long;
        const struct row *row =
            record.kind == RECORD_WHOLE
                ? sheet_row_take(reader, bytes + start, record.length, &too_long)
                : NULL;
        g_assert_true(row == NULL || row->count <= LIMIT_COLUMNS);
        for (size_t c = 0; row != NULL && c < row->count; c++)
            g_assert_cmpuint(row_field(row, c).length, <=, LIMIT_FIELD_BYTES);
        if (record.kind == RECORD_WHOLE && kind == WORKBOOK_XLSX)
            check_parsed(reader, parsed, bytes + start, record.length);
    }
}

static void read_sheet(const char *bytes, size_t length) {
    if (length >= 2 && memcmp(bytes, "PK", 2) == 0) {
        fuzz_read_twice(bytes, length);
        return;
    }
    cut_rows(WORKBOOK_XLSX, bytes, length);
    cut_rows(WORKBOOK_ODS, bytes, length);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    fuzz_bounded(read_sheet, bytes, length);
    return 0;
}
