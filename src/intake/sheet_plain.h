/* Reads the cells of a row of XLSX in the plain spelling that spreadsheets and libraries
 * write, without an XML parser. It is sure or it is not: a row that has anything else in
 * it (a prefix, an entity, a formula, runs of text) is for expat to read.
 */
#ifndef BAROMETRE_SHEET_PLAIN_H
#define BAROMETRE_SHEET_PLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An attribute's value or a cell's; `text` is NULL where there is none. */
struct sheet_plain_text {
    const char *text;
    size_t length;
};

struct sheet_plain_cell {
    struct sheet_plain_text reference, style, type;
    struct sheet_plain_text value; /* not judged yet: see sheet_plain_is_text */
};

struct sheet_plain {
    const char *at, *end;
};

enum sheet_plain_step { SHEET_PLAIN_CELL, SHEET_PLAIN_END, SHEET_PLAIN_UNSURE };

/* Steps into the row that begins at `bytes`; false where it is not plain. */
bool sheet_plain_enter(struct sheet_plain *plain, const char *bytes, size_t length);

/* Reads the next cell. */
enum sheet_plain_step sheet_plain_next(struct sheet_plain *plain,
                                       struct sheet_plain_cell *cell);

/* Whether a value is what an XML parser would have given for it. */
bool sheet_plain_is_text(struct sheet_plain_text value);

#endif
