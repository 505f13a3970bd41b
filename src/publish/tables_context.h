/* The tables of context: statements of reasons and consumers' reports. */
#ifndef BAROMETRE_TABLES_CONTEXT_H
#define BAROMETRE_TABLES_CONTEXT_H

#include "tables.h"

extern const struct table_column table_statements[], table_consumers[], table_context[];

void table_add_statements(struct table *table, const struct edition_marketplace *place);
void table_add_consumers(struct table *table, const struct edition_marketplace *place);
void table_fill_context(struct table *table, const struct edition *edition);

#endif
