/* Fields of one CSV record, taken by libcsv. The only file that knows libcsv. */
#ifndef BAROMETRE_EXPORT_CSV_H
#define BAROMETRE_EXPORT_CSV_H

#include "barometre/scope.h"

#include <stdbool.h>
#include <stddef.h>

/* Text of a field as it stands in the export, valid until the next record; NUL-ended, but
 * `length` counts any NUL inside. */
struct csv_field {
    const char *text;
    size_t length;
};

struct csv_record; /* reused for record after record */

/* `wanted[i]` tells whether column i is read at all; `columns` is its length. A wanted of
 * NULL reads every column, however many. Free with csv_record_free. */
struct csv_record *csv_record_new(char delimiter, const bool *wanted, size_t columns);
void csv_record_free(struct csv_record *record);
SCOPE_DEFINE(csv_record)

/* Takes the fields of one whole record (record.h), the wanted ones through libcsv. False
 * where the bytes are not exactly one record, or where a field passes the limit. */
bool csv_record_read(struct csv_record *record, const char *bytes, size_t length);

/* Fields the record has, wanted or not. */
size_t csv_record_count(const struct csv_record *record);

/* A wanted field; empty where the record is too short. */
struct csv_field csv_record_field(const struct csv_record *record, size_t column);

#endif
