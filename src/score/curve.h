/* The curve of a delay: what share of the cases was answered, by whole days, as far as
 * secrecy lets it be told.
 *
 * A point of the curve is told on the first day by which T more cases were answered than
 * at the point before (T: the threshold of secrecy), if none or T at least were not. So
 * between two points fewer than T answers are told as that, and no closer; shares are
 * whole per cent, of the coarsest of the method's units where a finer one would be less
 * than T cases. No number of cases is told, and not when one was given up: with the
 * shares either would tell the other.
 */
#ifndef BAROMETRE_CURVE_H
#define BAROMETRE_CURVE_H

#include "barometre/edition.h"
#include "barometre/method.h"
#include "barometre/tally.h"

/* Fills the points of a delay from its durations; without any where there are fewer
 * cases than the gate of an indicator, with the reason. */
void curve_fill(struct edition_curve *curve, const struct method *method,
                const GArray *durations, int indicator, int horizon_days);

#endif
