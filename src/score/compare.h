/* Comparisons of places: ranks, pairs and groups, draw by draw.
 *
 * A draw ranks all rated places at once, so that what is said of two of them never
 * contradicts what is said of one.
 */
#ifndef BAROMETRE_COMPARE_H
#define BAROMETRE_COMPARE_H

#include "period.h"

/* How often something held, as published: 2 decimals, from 0.01 to 0.99. Draws prove
 * nothing certain, and what could not be otherwise is not published as a probability. */
double compare_probability(int held, int draws);

/* Fills the ranks, pairs and weakest pillars of an edition of `now`. */
void compare_places(struct edition *edition, const struct score_inputs *inputs,
                    const struct period *now);

/* Fills the difference between the signatories of the charter, those that had signed by
 * the window's first day, and the others. Per draw: the mean of each group's overall
 * scores. */
void compare_signatories(struct edition *edition, const struct score_inputs *inputs,
                         const struct period *now);

/* The window that lies before the charter, a whole number of windows back: the nearest
 * one with enough places that signed after its end and by the newest window's first day,
 * and enough that have not signed at all. Chosen by dates alone, never by results; −1
 * where there is none. */
int compare_window_before(const struct score_inputs *inputs);

/* Fills the difference between what those places gained since `before` and what the
 * others gained: places rated in both periods only. `before` is NULL where there is no
 * such window. */
void compare_before_after(struct edition *edition, const struct score_inputs *inputs,
                          const struct period *now, const struct period *before);

#endif
