/* Takes the cells of a sheet's row, which is a piece of XML, into a row of fields. */
#ifndef BAROMETRE_SHEET_ROW_H
#define BAROMETRE_SHEET_ROW_H

#include "barometre/scope.h"

#include "row.h"
#include "workbook.h"

#include <stdbool.h>

struct sheet_row;

/* Keeps the columns for which wanted[i], of `columns`; a wanted of NULL keeps all. The
 * workbook outlives it. Free with sheet_row_free. */
struct sheet_row *sheet_row_new(const struct workbook *workbook, const bool *wanted,
                                size_t columns);
void sheet_row_free(struct sheet_row *reader);
SCOPE_DEFINE(sheet_row)

/* Takes one row's XML. The row's count is that of its cells up to the last that holds
 * anything: 0 for a blank one. NULL where it is no XML, or names a string or column that
 * there is not, or has a field past the limit (`too_long`). Valid until the next. */
struct row *sheet_row_take(struct sheet_row *reader, const char *bytes, size_t length,
                           bool *too_long);

#endif
