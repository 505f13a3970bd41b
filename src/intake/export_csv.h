/* Fields of one CSV record, taken by libcsv. The only file that knows libcsv. */
#ifndef BAROMETRE_EXPORT_CSV_H
#define BAROMETRE_EXPORT_CSV_H

#include "barometre/scope.h"

#include "row.h"

#include <stdbool.h>

struct csv_record; /* reused for record after record */

/* `wanted[i]` tells whether column i is read at all; `columns` is its length. A wanted of
 * NULL reads every column, however many. Free with csv_record_free. */
struct csv_record *csv_record_new(char delimiter, const bool *wanted, size_t columns);
void csv_record_free(struct csv_record *record);
SCOPE_DEFINE(csv_record)

/* Takes the fields of one whole record (record.h), the wanted ones through libcsv. False
 * where the bytes are not exactly one record, or where a field passes the limit. */
bool csv_record_read(struct csv_record *record, const char *bytes, size_t length);

/* Its fields, of which only the wanted are kept; valid until the next record. */
const struct row *csv_record_row(const struct csv_record *record);

#endif
