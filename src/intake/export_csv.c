#include "export_csv.h"

#include "limit.h"
#include "record.h"

#include <csv.h>
#include <glib.h>
#include <string.h>

struct csv_record {
    struct csv_parser parser;
    char delimiter;
    const bool *wanted;
    size_t columns;
    struct row row;
    int fields_ended; /* by libcsv, of the field being read */
    bool past_limit;
};

static void end_field(void *bytes, size_t length, void *data) {
    struct csv_record *record = data;
    row_put(&record->row, record->row.count, bytes, length);
    record->past_limit |= length > LIMIT_FIELD_BYTES;
}

static void end_row(int character, void *data) {
    (void)character;
    ((struct csv_record *)data)->fields_ended++;
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
    row_init(&record->row);
    return record;
}

void csv_record_free(struct csv_record *record) {
    if (record == NULL)
        return;
    csv_free(&record->parser);
    row_clear(&record->row);
    g_free(record);
}

/* Gives one field to libcsv, as a row of its own: the rest of the record need not pass
 * through its byte loop. */
static bool parse_field(struct csv_record *record, const char *bytes, size_t length) {
    record->fields_ended = 0;
    const size_t parsed =
        csv_parse(&record->parser, bytes, length, end_field, end_row, record) +
        csv_parse(&record->parser, "\n", 1, end_field, end_row, record);
    if (parsed == length + 1 && record->fields_ended == 1)
        return true;
    csv_free(&record->parser); /* a failed parser keeps its state */
    start_parser(record);
    return false;
}

/* Takes one field; beyond the wanted columns fields are counted, not kept. */
static bool take_field(struct csv_record *record, const char *bytes, size_t length) {
    const size_t column = record->row.count;
    const bool wanted =
        record->wanted == NULL || (column < record->columns && record->wanted[column]);
    record->past_limit |= !wanted && length > LIMIT_FIELD_BYTES;
    const bool good = !wanted || length == 0 || parse_field(record, bytes, length);
    row_end(&record->row, column + 1);
    return good;
}

static size_t without_line_end(const char *bytes, size_t length) {
    if (length > 0 && bytes[length - 1] == '\n')
        length--;
    if (length > 0 && bytes[length - 1] == '\r')
        length--;
    return length;
}

bool csv_record_read(struct csv_record *record, const char *bytes, size_t length) {
    const size_t body = without_line_end(bytes, length);
    row_reset(&record->row);
    record->past_limit = false;
    for (size_t start = 0; body > 0;) {
        const size_t end = record_field_end(record->delimiter, bytes, body, start);
        if (!take_field(record, bytes + start, end - start))
            return false;
        if (end >= body)
            return !record->past_limit;
        if (bytes[end] != record->delimiter)
            return false;
        start = end + 1;
    }
    return false; /* a blank line is no record */
}

const struct row *csv_record_row(const struct csv_record *record) {
    return &record->row;
}
