/* How the makers of tables add cells. */
#ifndef BAROMETRE_TABLES_PRIVATE_H
#define BAROMETRE_TABLES_PRIVATE_H

#include "tables.h"

static inline void add_text(struct table *table, const char *text) {
    const struct table_cell cell = {.text = g_strdup(text)};
    g_array_append_val(table->cells, cell);
}

static inline void add_number(struct table *table, struct edition_number number) {
    const struct table_cell cell = {.number = number};
    g_array_append_val(table->cells, cell);
}

static inline struct edition_number count(int64_t value, int64_t least) {
    return value >= least ? edition_known((double)value) : edition_unknown();
}

/* tables_terms.c: documents that an archive tracks, and their changes. */
extern const struct table_column tables_terms[], tables_terms_changes[];
void tables_add_terms(struct table *table, const struct edition_marketplace *place);
void tables_add_terms_changes(struct table *table,
                              const struct edition_marketplace *place);

#endif
