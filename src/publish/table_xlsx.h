/* A table as a workbook (ECMA-376), for those who work in a spreadsheet: the rows, and a
 * sheet that says what they are. */
#ifndef BAROMETRE_TABLE_XLSX_H
#define BAROMETRE_TABLE_XLSX_H

#include "tables.h"

/* Numbers are numbers, text is never a formula, the first row stays in sight. The same
 * table gives the same bytes. Fails with ERROR_IO where there is no room for it. The
 * caller unrefs. */
GBytes *table_xlsx(const struct table *table, const struct edition *edition,
                   const struct words *const words[static WORDS_LANGUAGES],
                   const struct site_settings *settings, GError **error);

/* Adds data/<table>.xlsx for every table of the edition. */
bool table_xlsx_add_all(struct site *site, const struct edition *edition,
                        const struct words *const words[static WORDS_LANGUAGES],
                        const struct site_settings *settings, GError **error);

#endif
