/* Cells: the text of one field of an export, read as a value. */
#ifndef BAROMETRE_CELL_H
#define BAROMETRE_CELL_H

#include "barometre/profile.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads a date in one of the shapes; a time may follow after a space or a T and is not
 * used: the date is the calendar date as written. False for anything else and for days
 * the calendar does not have. */
bool cell_date(const char *text, size_t length, const bool shapes[static 3],
               int32_t *day);

/* Reads a whole number; a fraction (point or comma) is rounded down, spaces between
 * thousands (ASCII, U+00A0, U+202F) are dropped. False for anything else. */
bool cell_number(const char *text, size_t length, int32_t *number);

#endif
