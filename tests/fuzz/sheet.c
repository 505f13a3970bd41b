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
    workbook->ends = g_array_new(FALSE, TRUE, sizeof(uint32_t));
    workbook->strings = g_string_new("shared");
    const uint32_t end = (uint32_t)workbook->strings->len;
    g_array_append_val(workbook->ends, end);
    const bool date = true;
    g_array_append_val(workbook->dates, date);
    return workbook;
}

static void cut_rows(enum workbook_kind kind, const char *bytes, size_t length) {
    scoped(workbook) *workbook = plain_workbook(kind);
    scoped(sheet_row) *reader = sheet_row_new(workbook, NULL, 0);
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
