/* The figures of an edition as plain tables: published as CSV, shown beside the charts.
 *
 * Language-neutral: a place, a pillar, a status is its id; pages say it in words.
 */
#ifndef BAROMETRE_TABLES_H
#define BAROMETRE_TABLES_H

#include "barometre/site.h"

enum table_kind {
    TABLE_PLACE,  /* id of a marketplace */
    TABLE_PILLAR, /* id of a pillar, or "overall" */
    TABLE_INDICATOR,
    TABLE_CODE, /* said by the message prefix + code */
    TABLE_TEXT,
    TABLE_MONTH, /* "2026-10" */
    TABLE_DAY,   /* "2026-10-31" */
    TABLE_NUMBER,
    TABLE_SCORE,  /* a number; its low and high follow as TABLE_FILE_NUMBER */
    TABLE_REASON, /* why the score of the row is missing */
    TABLE_FILE_TEXT,
    TABLE_FILE_NUMBER, /* in the file, not on pages */
    TABLE_KINDS
};

struct table_column {
    const char *name; /* header of the file; title: the message "site.column.<name>" */
    enum table_kind kind;
    int decimals;
    const char *prefix; /* of TABLE_CODE */
};

struct table_cell {
    char *text; /* NULL: the number, or nothing */
    struct edition_number number;
};

struct table {
    const char *id; /* title: the message "site.table.<id>" */
    const struct table_column *columns;
    guint width;
    GArray *cells; /* struct table_cell, row by row */
};

/* Every table of an edition that has a row (struct table). The caller unrefs. */
GPtrArray *tables_collect(const struct edition *edition);

/* NULL where there is none. */
const struct table *tables_find(const GPtrArray *tables, const char *id);

guint table_rows(const struct table *table);
const struct table_cell *table_cell(const struct table *table, guint row, guint column);

/* RFC 4180 with a header, UTF-8. A text that a spreadsheet would take for a formula is
 * led by an apostrophe. The caller unrefs. */
GBytes *table_csv(const struct table *table);

/* The metadata of that file (W3C, Metadata Vocabulary for Tabular Data). */
GBytes *table_metadata(const struct table *table,
                       const struct words *const words[static WORDS_LANGUAGES]);

#endif
