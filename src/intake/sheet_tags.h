/* What the rows of each kind of workbook are called. */
#ifndef BAROMETRE_SHEET_TAGS_H
#define BAROMETRE_SHEET_TAGS_H

#include "sheet_cut.h"
#include "workbook.h"

static inline struct sheet_cut sheet_tags(enum workbook_kind kind) {
    return kind == WORKBOOK_ODS
               ? (struct sheet_cut){"table-row", NULL, "number-rows-repeated", 1}
               : (struct sheet_cut){"row", "r", NULL, 1};
}

#endif
