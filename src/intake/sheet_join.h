/* What other sheets of a workbook say of the records of one: a row there refers to a
 * record here by a key, and its cells become columns of the record. Several rows of one
 * key (the rows of a repeated block) are one: the first cell that is filled in counts. */
#ifndef BAROMETRE_SHEET_JOIN_H
#define BAROMETRE_SHEET_JOIN_H

#include "barometre/profile.h"

#include "row.h"
#include "workbook.h"

struct sheet_join;

/* Reads all sheets but `sheet` for the columns that the profile reads, once. Their
 * headers are added to `headers`. NULL where there is nothing to join. Rows that cannot
 * be taken say nothing: their record then lacks what they would have said. Memory grows
 * with the cells kept. Free with sheet_join_free. */
struct sheet_join *sheet_join_new(const struct workbook *workbook, guint sheet,
                                  const struct profile *profile, GPtrArray *headers);
void sheet_join_free(struct sheet_join *join);
SCOPE_DEFINE(sheet_join)

/* Puts what is said of a key into a row, from column `first` on. */
void sheet_join_put(const struct sheet_join *join, const char *key, struct row *row,
                    size_t first);

#endif
