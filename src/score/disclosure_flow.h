/* How far a hidden cell of a table can move while all that is shown stays as it is. */
#ifndef BAROMETRE_DISCLOSURE_FLOW_H
#define BAROMETRE_DISCLOSURE_FLOW_H

#include "barometre/disclosure.h"

/* A table with totals in its last row and column; all arrays row by row. */
struct disclosure_grid {
    int rows, columns;
    const int64_t *counts; /* true ones, additive */
    bool *hidden;
    const struct disclosure_range *known; /* or NULL */
};

/* Most − least of the cell, or `enough` where it is more. */
int64_t disclosure_flow_slack(const struct disclosure_grid *grid, int cell,
                              int64_t enough);

/* The exact range of the cell. */
struct disclosure_range disclosure_flow_range(const struct disclosure_grid *grid,
                                              int cell);

#endif
