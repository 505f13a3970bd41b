/* A row: the fields of one record, in column order, whatever its export is made of.
 *
 * What cuts an export (CSV, JSON, sheets) fills rows; what gives them a meaning (a form,
 * a companion) reads rows and knows nothing of the bytes they come from.
 */
#ifndef BAROMETRE_ROW_H
#define BAROMETRE_ROW_H

#include <glib.h>
#include <stddef.h>

/* Text as it stands in the export, valid until the row is filled anew; NUL-ended, but
 * `length` counts any NUL inside. */
struct field {
    const char *text;
    size_t length;
};

struct row {
    size_t count;  /* fields of the record, kept or not */
    size_t last;   /* column put last */
    GString *text; /* the fields kept, each NUL-ended */
    GArray *spans; /* of the text by column, at least those kept; only `count` count */
};

void row_init(struct row *row);
void row_clear(struct row *row);

/* Empties the row and keeps its memory for the next record. */
void row_reset(struct row *row);

/* Gives a column its text; columns come in any order, the last one given wins. Those
 * below it that were given none are empty. */
void row_put(struct row *row, size_t column, const char *text, size_t length);

/* Adds to the text of the column put last. */
void row_append(struct row *row, const char *text, size_t length);

/* A record of `count` fields: those not put are empty. */
void row_end(struct row *row, size_t count);

/* A field; empty where it was not kept or the record is too short. */
struct field row_field(const struct row *row, size_t column);

#endif
