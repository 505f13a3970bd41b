/* Disclosure: what of the counts may be shown (statistical secrecy).
 *
 * A count of 1 to T − 1 firms is hidden, and with it as many other counts as are needed
 * so that nobody can work it out from the totals: whoever knows all that is published,
 * and that counts are whole and not negative, is left with a range of at least T. The
 * range is exact, not a bound on it: a table with totals is a circulation in a network,
 * and the most that a cell can rise or fall is a maximum flow in what the hidden cells
 * leave open (Ford and Fulkerson 1962; Cox 1995 for suppression in two dimensions).
 */
#ifndef BAROMETRE_DISCLOSURE_H
#define BAROMETRE_DISCLOSURE_H

#include "barometre/edition.h"
#include "barometre/method.h"
#include "barometre/registry.h"
#include "barometre/tally.h"

/* What is known of a cell; most is INT64_MAX where nothing bounds it. */
struct disclosure_range {
    int64_t least, most;
};

/* Hides cells of a table whose cells are all known whole numbers and add up to its
 * totals. `known` is what else a reader may know of each cell from other tables, row by
 * row, or NULL; the true counts lie in it. Cells that are not hidden keep their value,
 * and 0 is never hidden. Among cells that would serve alike the smallest is taken, inner
 * ones before totals, the first row and column first. */
void disclosure_hide(struct edition_table *table, int threshold,
                     const struct disclosure_range *known);

/* The exact range that a hidden cell keeps for one who knows the rest of the table, and
 * `known`. `counts` are the true ones, row by row. */
struct disclosure_range disclosure_range(const struct edition_table *table,
                                         const int64_t *counts, guint row, guint column,
                                         const struct disclosure_range *known);

/* A count of 1 to T − 1. */
bool disclosure_is_secret(const struct method *method, int64_t firms);

/* Adds the tables of each calendar quarter that ended within the edition's window, newest
 * first, uncensored: "month-YYYY-MM", "pillar-YYYY-MM" and "sector-YYYY-MM", named after
 * the quarter's last month; firms that reported, by marketplace. A firm counts once in a
 * cell. Quarters do not overlap and their tables stay what they are, so that tables of
 * two editions do not tell a difference. A marketplace with a secret number of firms in
 * the quarter is left out, of the totals too. Fills coverage as well. Called once, after
 * `closed` is set and before disclosure_apply. */
void tables_fill(struct edition *edition, const struct method *method,
                 const struct registry *registry, const struct tally *tally);

/* Hides what secrecy asks for, once everything is filled and before anything is written
 * or drawn: every output then hides the same. */
void disclosure_apply(struct edition *edition, const struct method *method);

#endif
