/* Streams of random numbers, one for each thing drawn, that no other stream disturbs. */
#ifndef BAROMETRE_STREAM_H
#define BAROMETRE_STREAM_H

#include "barometre/month.h"

#include <gsl/gsl_rng.h>

/* The stream of `purpose` for a marketplace and a pillar ("" where it is of no one's) in
 * the window that ends with `month`. Free with gsl_rng_free. */
gsl_rng *stream_new(const char *seed, int32_t month, const char *marketplace,
                    const char *pillar, const char *purpose);

/* Gamma(shape, 1) for shapes ≥ 1, and for ½ as half a squared normal: the same bits on
 * every processor, which GSL's other samplers are not where FMA is at hand. */
double stream_gamma(gsl_rng *stream, double shape);

#endif
