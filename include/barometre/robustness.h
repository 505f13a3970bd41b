/* Robustness: how far a result depends on choices of the method that could be others.
 *
 * Three questions: which rank a marketplace has whatever the weights of the pillars, what
 * its score and rank become under each variant of the method, and which choice moves the
 * scores most.
 */
#ifndef BAROMETRE_ROBUSTNESS_H
#define BAROMETRE_ROBUSTNESS_H

#include "barometre/score.h"

struct robustness_inputs {
    struct score_inputs base;
    /* The same complaints without the contested ones, resp. the documented ones alone
     * (method.robustness); NULL where they were not counted. Their newest window is read.
     */
    const struct tally *uncontested, *documented;
};

/* Fills edition->robustness for the places that the edition rates. V0 is the method. V1
 * aggregates by an arithmetic mean, V2 takes the worst pillar, V3 leaves the incidence
 * out, V4 scores it linearly, V5 takes raw values, V6 and V7 take missing answers as
 * favourable and unfavourable, V8 weighs firms where the method weighs changes (which
 * moves intervals only: its score is V0's), V9 leaves contested complaints out, V10 takes
 * documented ones alone, V11 estimates the strength of the prior.
 *
 * What drives the result is told by the total Sobol indices of the mean absolute
 * difference, in points, between the scores of the rated places and the published ones,
 * when the draw of the data, the weights of the pillars, the aggregation, the incidence
 * and the missing answers vary together. Scores, not ranks: they move before ranks do. */
void robustness_fill(struct edition *edition, const struct robustness_inputs *inputs);

#endif
