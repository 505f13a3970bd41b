/* The bootstrap: how sure the scores of a window are.
 *
 * Bayesian bootstrap over firms (Rubin 1981): in each draw every firm weighs Exp(1), in a
 * clustered pillar every change does, and the two phantom firms Gamma(½) each, so that
 * the marginal of a share is its Jeffreys posterior exactly. k firms with the same
 * answers weigh Gamma(k) together, so a draw costs one variate a pattern, however many
 * complaints there are. Each (month, marketplace, pillar) has its own stream of random
 * numbers: the result depends neither on threads nor on the other marketplaces.
 */
#ifndef BAROMETRE_BOOTSTRAP_H
#define BAROMETRE_BOOTSTRAP_H

#include "barometre/score.h"

/* Bounds of the central interval. */
struct bootstrap_interval {
    double low, high;
};

struct bootstrap_place {
    double *pillars[METHOD_MOST_PILLARS]; /* draws of each pillar's score */
    double *overall;                      /* draws of the overall score */
    struct bootstrap_interval pillar_interval[METHOD_MOST_PILLARS];
    struct bootstrap_interval indicator_interval[METHOD_MOST_PILLARS]
                                                [METHOD_MOST_INDICATORS];
    /* Draws in which the indicator's score is above 50. */
    int above_half[METHOD_MOST_PILLARS][METHOD_MOST_INDICATORS];
    struct bootstrap_interval overall_interval;
};

struct bootstrap {
    int draws, place_count, pillar_count;
    struct bootstrap_place *places; /* in the order of the registry */
};

/* Draws a window of the tally `draws` times. Fewer draws are the first of more. Cost:
 * draws × patterns variates. Free with bootstrap_free. */
struct bootstrap *bootstrap_new(const struct score_inputs *inputs,
                                const struct score_window *window, int draws);
void bootstrap_free(struct bootstrap *bootstrap);
SCOPE_DEFINE(bootstrap)

/* Type-7 quantile (Hyndman and Fan 1996) of `count` values, which are reordered. */
double bootstrap_quantile(double *values, int count, double p);

/* The central interval that holds `probability` of the values, which are reordered. */
struct bootstrap_interval bootstrap_central(double *values, int count,
                                            double probability);

#endif
