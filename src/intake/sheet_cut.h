/* Cuts the XML of a sheet into its rows; what is around them is not theirs. */
#ifndef BAROMETRE_SHEET_CUT_H
#define BAROMETRE_SHEET_CUT_H

#include "record.h"

struct sheet_cut {
    const char *element;  /* local name of a row: "row", "table-row" */
    const char *number;   /* attribute that numbers it, or NULL */
    const char *repeated; /* attribute that says how many rows it stands for, or NULL */
    uint32_t next;        /* number of the next row, where it does not say it */
};

/* Cuts the next stretch, as record_cut: RECORD_WHOLE is a row with its number,
 * RECORD_HEADER and RECORD_BLANK what is between rows. */
bool sheet_cut_next(struct sheet_cut *cut, const char *bytes, size_t length, bool at_end,
                    struct record *record);

#endif
