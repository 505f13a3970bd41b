/* The funnel: are there more or fewer reports than chance explains, given the sellers?
 *
 * Spiegelhalter 2005 (Statistics in Medicine 24:1185): the ratio of observed to expected
 * against the expected, with the limits that chance leaves. The expected follow from the
 * median rate of the places, so that one of them does not set its own.
 */
#ifndef BAROMETRE_FUNNEL_H
#define BAROMETRE_FUNNEL_H

#include "barometre/edition.h"
#include "barometre/method.h"
#include "barometre/registry.h"
#include "barometre/tally.h"

/* The ratio to the expected that a Poisson number of reports stays below with probability
 * p: x ÷ expected with Q(x + 1, expected) = p, Q the regularised upper incomplete gamma
 * function. It goes through P(X ≤ x) at whole x and has no saw teeth between; 0 where x
 * would be negative. `expected` > 0, 0 < p < 1. */
double funnel_limit(double expected, double p);

/* Fills the funnel and the expectations of an edition whose marketplaces are those of the
 * registry; nothing where the method has no funnel. A place's firms enter nothing, and
 * are not told, unless they are 0 or gates.indicator.answers and more and the year tells
 * no secret of its quarters. */
void funnel_fill(struct edition *edition, const struct method *method,
                 const struct registry *registry, const struct tally *tally);

#endif
