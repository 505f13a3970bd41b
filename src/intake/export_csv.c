#include "export_csv.h"

#include <csv.h>
#include <glib.h>
#include <string.h>

#define FIELD_LIMIT_BYTES (256u << 10)

struct csv_record {
    struct csv_parser parser;
    char delimiter;
    const bool *wanted;
    size_t columns;
    size_t count;     /* fields of this record */
    int ends;         /* record ends that libcsv reported */
    bool past_limit;
    GString *text;    /* the wanted fields, each NUL-ended */
    GArray *offsets;  /* size_t per column: where its text begins */
    GArray *lengths;  /* size_t per column */
};

static void end_field(void *bytes, size_t length, void *data) {
    struct csv_record *record = data;
    const size_t column = record->count++;
    const bool wanted =
        record->wanted == NULL || (column < record->columns && record->wanted[column]);
    if (column >= record->offsets->len) {
        g_array_set_size(record->offsets, (guint)column + 1);
        g_array_set_size(record->lengths, (guint)column + 1);
    }
    record->past_limit |= length > FIELD_LIMIT_BYTES;
    g_array_index(record->offsets, size_t, column) = record->text->len;
    g_array_index(record->lengths, size_t, column) = wanted ? length : 0;
    if (wanted) {
        g_string_append_len(record->text, bytes, (gssize)length);
        g_string_append_c(record->text, '\0');
    }
}

static void end_record(int character, void *data) {
    (void)character;
    ((struct csv_record *)data)->ends++;
}

/* Spaces belong to the field: RFC 4180 §2.4. */
static int no_space(unsigned char character) {
    (void)character;
    return 0;
}

static void start_parser(struct csv_record *record) {
    if (csv_init(&record->parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        g_error("libcsv cannot be set up");
    csv_set_delim(&record->parser, (unsigned char)record->delimiter);
    csv_set_space_func(&record->parser, no_space);
}

struct csv_record *csv_record_new(char delimiter, const bool *wanted, size_t columns) {
    struct csv_record *record = g_new0(struct csv_record, 1);
    record->delimiter = delimiter;
    start_parser(record);
    record->wanted = wanted;
    record->columns = columns;
    record->text = g_string_sized_new(4096);
    record->offsets = g_array_new(FALSE, TRUE, sizeof(size_t));
    record->lengths = g_array_new(FALSE, TRUE, sizeof(size_t));
    return record;
}

void csv_record_free(struct csv_record *record) {
    if (record == NULL)
        return;
    csv_free(&record->parser);
    g_string_free(record->text, TRUE);
    g_array_unref(record->offsets);
    g_array_unref(record->lengths);
    g_free(record);
}

bool csv_record_read(struct csv_record *record, const char *bytes, size_t length) {
    record->count = 0;
    record->ends = 0;
    record->past_limit = false;
    g_string_truncate(record->text, 0);
    g_array_set_size(record->offsets, 0);
    g_array_set_size(record->lengths, 0);
    const size_t parsed =
        csv_parse(&record->parser, bytes, length, end_field, end_record, record);
    const int finished = csv_fini(&record->parser, end_field, end_record, record);
    if (parsed == length && finished == 0 && record->ends == 1)
        return !record->past_limit;
    csv_free(&record->parser); /* a failed parser keeps its state */
    start_parser(record);
    return false;
}

size_t csv_record_count(const struct csv_record *record) {
    return record->count;
}

struct csv_field csv_record_field(const struct csv_record *record, size_t column) {
    if (column >= record->count)
        return (struct csv_field){"", 0};
    const size_t length = g_array_index(record->lengths, size_t, column);
    if (length == 0)
        return (struct csv_field){"", 0};
    return (struct csv_field){
        record->text->str + g_array_index(record->offsets, size_t, column), length};
}
