#include "format.h"

#include "barometre/error.h"
#include "export_csv.h"
#include "limit.h"

struct format_csv {
    struct format format;
    struct record_rules rules;
};

static bool cut(struct format *format, const char *bytes, size_t length, bool at_end,
                struct record *record) {
    const struct format_csv *csv = (const struct format_csv *)format;
    return record_cut(&csv->rules, bytes, length, at_end, record);
}

static struct taker *taker_new(const struct format *format, const bool *wanted,
                               size_t columns) {
    return (struct taker *)csv_record_new(format->dialect.delimiter, wanted, columns);
}

static void taker_free(struct taker *taker) {
    csv_record_free((struct csv_record *)taker);
}

static const struct row *take(struct taker *taker, const char *bytes, size_t length,
                              struct reject *reject) {
    struct csv_record *fields = (struct csv_record *)taker;
    if (csv_record_read(fields, bytes, length))
        return csv_record_row(fields);
    reject->rule = REJECT_TOO_LONG; /* the quoting is right, so a field is too long */
    return NULL;
}

static void csv_free_own(struct format *format) {
    g_free((struct format_csv *)format);
}

static const struct format_class csv_class = {
    .name = "CSV",
    .cut = cut,
    .taker_new = taker_new,
    .taker_free = taker_free,
    .take = take,
    .free = csv_free_own,
};

static char *header_text(struct field field, enum dialect_encoding encoding) {
    char *converted = NULL;
    if (encoding == ENCODING_WINDOWS_1252)
        converted = g_convert(field.text, (gssize)field.length, "UTF-8", "WINDOWS-1252",
                              NULL, NULL, NULL);
    return converted != NULL ? converted
                             : g_utf8_make_valid(field.text, (gssize)field.length);
}

/* The header's fields in UTF-8. */
static bool read_headers(struct format *format, const char *bytes,
                         const struct record *record) {
    scoped(csv_record) *fields = csv_record_new(format->dialect.delimiter, NULL, 0);
    const struct row *row = csv_record_row(fields);
    if (record->kind != RECORD_WHOLE || !csv_record_read(fields, bytes, record->length) ||
        row->count > LIMIT_COLUMNS)
        return false;
    for (size_t i = 0; i < row->count; i++)
        g_ptr_array_add(format->headers,
                        header_text(row_field(row, i), format->dialect.encoding));
    return true;
}

struct format *format_csv_open(const char *bytes, size_t length, bool at_end,
                               const char *name, GError **error) {
    struct format_csv *csv = g_new0(struct format_csv, 1);
    scoped(format) *format = &csv->format;
    format->class = &csv_class;
    format->headers = g_ptr_array_new_with_free_func(g_free);
    dialect_detect(&format->dialect, bytes, length);
    const char *header = bytes + format->dialect.mark_bytes;
    const size_t rest = length - format->dialect.mark_bytes;
    record_rules_init(&csv->rules, format->dialect.delimiter);
    struct record record = {.kind = RECORD_BLANK};
    const bool is_cut =
        rest > 0 && record_cut(&csv->rules, header, rest, at_end, &record);
    if (is_cut)
        dialect_observe(&format->dialect, header, record.length);
    if (!is_cut || !read_headers(format, header, &record)) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED,
                    rest == 0 ? "%s:1: the export is empty"
                              : "%s:1: the first line is not a header of columns",
                    name);
        return NULL;
    }
    format->head_bytes = format->dialect.mark_bytes + record.length;
    format->head_lines = record.lines;
    return g_steal_pointer(&format);
}
