/* The text of a sheet's cell, as CSV would have it: dates in ISO 8601, numbers in full.
 */
#ifndef BAROMETRE_SHEET_CELL_H
#define BAROMETRE_SHEET_CELL_H

#include <glib.h>
#include <stdbool.h>

/* A number: whole ones in all their digits (a SIRET is no 7.3E+13), others as short as
 * they are exact to 15 digits, which is what a spreadsheet holds. Text that is no number
 * stays as it is. */
void sheet_cell_number(GString *text, const char *value);

/* A day count as YYYY-MM-DD, with the time of day after a space where there is one.
 * Days count from 1904-01-01 or, as if 1900 had been a leap year, from 1899-12-31 = 0
 * (ECMA-376 part 1, 18.17.4.1). What is no such count stays as it is. */
void sheet_cell_date(GString *text, const char *value, bool from_1904);

#endif
