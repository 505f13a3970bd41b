/* Gates: what of a place's figures may be published, and why not the rest.
 *
 * Judged on the figures as published, rounded, so that a reader who subtracts the ends of
 * an interval comes to the same verdict.
 */
#ifndef BAROMETRE_GATE_H
#define BAROMETRE_GATE_H

#include "barometre/bootstrap.h"

struct gate_pillar {
    enum edition_status status;
    struct edition_score score;
    int reason_count;
    enum edition_reason reasons[REASON_COUNT]; /* gates failed, in the method's order */
};

struct gate_place {
    enum edition_status status;   /* insufficient without an overall score */
    struct edition_score overall; /* needs every pillar */
    struct gate_pillar pillars[METHOD_MOST_PILLARS];
};

/* Judges a place of a window and its draws. */
struct gate_place gate_judge(const struct method *method, const struct score_place *place,
                             const struct bootstrap_place *draws);

/* An indicator shown on its own. `exposed`: the place's sellers are known. */
struct edition_score gate_indicator(const struct method *method,
                                    const struct method_indicator *description,
                                    const struct score_indicator *indicator,
                                    struct bootstrap_interval interval, bool exposed);

/* A score, or a difference of scores, as published: 1 decimal. */
double gate_round(double points);

#endif
