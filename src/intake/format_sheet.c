#include "format.h"

#include "barometre/error.h"
#include "sheet_cut.h"
#include "sheet_join.h"
#include "sheet_row.h"
#include "sheet_tags.h"

#include "barometre/text.h"

#include <string.h>

struct format_sheet {
    struct format format;
    const struct workbook *workbook;
    guint sheet;
    struct sheet_cut cut;
    size_t own_columns;      /* of the sheet itself; those of the join follow */
    struct sheet_join *join; /* or NULL */
    int key;                 /* column of the sheet that the join refers to, −1 */
};

/* What one thread takes rows with. */
struct sheet_taker {
    const struct format_sheet *sheet;
    struct sheet_row *reader;
    bool *wanted; /* of the sheet's own columns */
};

static bool cut(struct format *format, const char *bytes, size_t length, bool at_end,
                struct record *record) {
    return sheet_cut_next(&((struct format_sheet *)format)->cut, bytes, length, at_end,
                          record);
}

static struct taker *taker_new(const struct format *format, const bool *wanted,
                               size_t columns) {
    struct sheet_taker *taker = g_new0(struct sheet_taker, 1);
    taker->sheet = (const struct format_sheet *)format;
    const size_t own = MIN(columns, taker->sheet->own_columns);
    taker->wanted = g_memdup2(wanted, MAX(columns, 1) * sizeof *wanted);
    if (taker->sheet->key >= 0)
        taker->wanted[taker->sheet->key] = true;
    taker->reader = sheet_row_new(taker->sheet->workbook, taker->wanted, own);
    return (struct taker *)taker;
}

static void taker_free(struct taker *opaque) {
    struct sheet_taker *taker = (struct sheet_taker *)opaque;
    sheet_row_free(taker->reader);
    g_free(taker->wanted);
    g_free(taker);
}

static const struct row *take(struct taker *opaque, const char *bytes, size_t length,
                              struct reject *reject) {
    const struct sheet_taker *taker = (const struct sheet_taker *)opaque;
    const struct format_sheet *sheet = taker->sheet;
    bool too_long;
    struct row *row = sheet_row_take(taker->reader, bytes, length, &too_long);
    reject->rule = too_long ? REJECT_TOO_LONG : REJECT_MALFORMED;
    if (row == NULL || row->count == 0)
        return row;
    /* Cells at the end of a row may be left out, but there are none beyond the header. */
    const size_t count = row->count;
    const size_t columns = sheet->format.headers->len;
    row_end(row, columns);
    if (sheet->join != NULL && sheet->key >= 0)
        sheet_join_put(sheet->join, row_field(row, (size_t)sheet->key).text, row,
                       sheet->own_columns);
    row_end(row, count <= sheet->own_columns ? columns : columns + 1);
    return row;
}

/* Joins the other sheets, as the profile says. */
static void bind(struct format *format, const struct profile *profile) {
    struct format_sheet *sheet = (struct format_sheet *)format;
    for (guint c = 0; profile->sheets != NULL && c < format->headers->len; c++) {
        g_autofree char *fold = text_fold(g_ptr_array_index(format->headers, c));
        if (sheet->key < 0 && strcmp(fold, profile->sheets->key) == 0)
            sheet->key = (int)c;
    }
    sheet->join = sheet_join_new(sheet->workbook, sheet->sheet, profile, format->headers);
}

static void sheet_free_own(struct format *format) {
    struct format_sheet *sheet = (struct format_sheet *)format;
    sheet_join_free(sheet->join);
    g_free(sheet);
}

static const struct format_class xlsx_class = {
    .name = "XLSX",
    .cut = cut,
    .taker_new = taker_new,
    .taker_free = taker_free,
    .take = take,
    .bind = bind,
    .free = sheet_free_own,
};

static const struct format_class ods_class = {
    .name = "ODS",
    .cut = cut,
    .taker_new = taker_new,
    .taker_free = taker_free,
    .take = take,
    .bind = bind,
    .free = sheet_free_own,
};

/* The first row that holds anything names the columns. */
static bool read_headers(struct format_sheet *sheet, const char *bytes, size_t length,
                         bool at_end) {
    struct format *format = &sheet->format;
    scoped(sheet_row) *reader = sheet_row_new(sheet->workbook, NULL, 0);
    struct record record;
    for (size_t at = 0; at < length; at += record.length) {
        bool too_long;
        if (!sheet_cut_next(&sheet->cut, bytes + at, length - at, at_end, &record))
            return false;
        const struct row *row =
            record.kind == RECORD_WHOLE
                ? sheet_row_take(reader, bytes + at, record.length, &too_long)
                : NULL;
        if (row == NULL || row->count == 0)
            continue;
        for (size_t c = 0; c < row->count; c++)
            g_ptr_array_add(format->headers, g_strdup(row_field(row, c).text));
        format->head_bytes = at + record.length;
        sheet->own_columns = row->count;
        return true;
    }
    return false;
}

struct format *format_sheet_open(const struct workbook *workbook, guint number,
                                 const char *bytes, size_t length, bool at_end) {
    struct format_sheet *sheet = g_new0(struct format_sheet, 1);
    scoped(format) *format = &sheet->format;
    format->class = workbook->kind == WORKBOOK_ODS ? &ods_class : &xlsx_class;
    format->headers = g_ptr_array_new_with_free_func(g_free);
    format->dialect.encoding = ENCODING_UTF8;
    sheet->workbook = workbook;
    sheet->sheet = number;
    sheet->cut = sheet_tags(workbook->kind);
    sheet->key = -1;
    return read_headers(sheet, bytes, length, at_end) ? g_steal_pointer(&format) : NULL;
}
