#include "gate.h"

#include <math.h>

double gate_round(double points) {
    return round(points * 10) / 10;
}

static struct edition_score known_score(double score,
                                        struct bootstrap_interval interval) {
    return (struct edition_score){
        .score = edition_known(gate_round(score)),
        .low = edition_known(gate_round(interval.low)),
        .high = edition_known(gate_round(interval.high)),
    };
}

static struct edition_score missing_score(enum edition_reason reason) {
    return (struct edition_score){.reason = reason, .interval_reason = reason};
}

static double width_of(struct bootstrap_interval interval) {
    return gate_round(gate_round(interval.high) - gate_round(interval.low));
}

static void fail_if(struct gate_pillar *judged, bool failed, enum edition_reason reason) {
    if (failed)
        judged->reasons[judged->reason_count++] = reason;
}

static enum edition_status pillar_status(const struct method_gates *gates,
                                         const struct score_pillar *pillar,
                                         double width) {
    return pillar->firms >= gates->established_firms &&
                   pillar->units >= gates->established_units &&
                   width <= gates->established_width
               ? STATUS_ESTABLISHED
               : STATUS_PROVISIONAL;
}

static struct gate_pillar judge_pillar(const struct method *method,
                                       const struct method_pillar *description,
                                       const struct score_pillar *pillar,
                                       struct bootstrap_interval interval) {
    const struct method_gates *gates = &method->gates;
    const double width = width_of(interval);
    struct gate_pillar judged = {.status = STATUS_INSUFFICIENT};
    if (pillar->firms == 0) { /* the other gates follow */
        fail_if(&judged, true, REASON_NO_REPORTS);
    } else {
        fail_if(&judged, pillar->firms < gates->pillar_firms, REASON_FEW_FIRMS);
        fail_if(&judged, description->clustered && pillar->units < gates->pillar_changes,
                REASON_FEW_CHANGES);
        fail_if(&judged, pillar->enough_answers < gates->pillar_indicators,
                REASON_FEW_INDICATORS);
        fail_if(&judged, width > gates->pillar_width, REASON_WIDE_INTERVAL);
    }
    if (judged.reason_count > 0) {
        judged.score = missing_score(judged.reasons[0]);
        return judged;
    }
    judged.status = pillar_status(gates, pillar, width);
    judged.score = known_score(pillar->score, interval);
    return judged;
}

static struct edition_score judge_overall(const struct method *method,
                                          const struct gate_pillar *pillars,
                                          const struct score_place *place,
                                          struct bootstrap_interval interval) {
    int missing = 0, unreported = 0;
    for (int i = 0; i < method->pillar_count; i++) {
        missing += !pillars[i].score.score.known;
        unreported += pillars[i].score.reason == REASON_NO_REPORTS;
    }
    if (unreported == method->pillar_count)
        return missing_score(REASON_NO_REPORTS);
    if (missing > 0)
        return missing_score(REASON_PILLAR_MISSING);
    if (width_of(interval) > method->gates.overall_width)
        return missing_score(REASON_WIDE_INTERVAL);
    return known_score(place->overall, interval);
}

struct gate_place gate_judge(const struct method *method, const struct score_place *place,
                             const struct bootstrap_place *draws) {
    struct gate_place judged = {.status = STATUS_ESTABLISHED};
    for (int i = 0; i < method->pillar_count; i++) {
        judged.pillars[i] = judge_pillar(method, &method->pillars[i], &place->pillars[i],
                                         draws->pillar_interval[i]);
        judged.status = MIN(judged.status, judged.pillars[i].status);
    }
    judged.overall =
        judge_overall(method, judged.pillars, place, draws->overall_interval);
    if (!judged.overall.score.known)
        judged.status = STATUS_INSUFFICIENT;
    return judged;
}

/* A place that nobody reports keeps its incidence; one with a few reports does not, since
 * its score would tell their number. */
static enum edition_reason withheld(const struct method *method,
                                    const struct method_indicator *description,
                                    const struct score_indicator *indicator,
                                    bool exposed) {
    const bool few = indicator->answers < method->gates.indicator_answers;
    if (description->kind != INDICATOR_INCIDENCE)
        return few ? REASON_FEW_ANSWERS : REASON_NONE;
    if (!exposed)
        return REASON_UNKNOWN_SELLERS;
    return few && indicator->answers > 0 ? REASON_FEW_FIRMS : REASON_NONE;
}

struct edition_score gate_indicator(const struct method *method,
                                    const struct method_indicator *description,
                                    const struct score_indicator *indicator,
                                    struct bootstrap_interval interval, bool exposed) {
    const enum edition_reason reason = withheld(method, description, indicator, exposed);
    return reason == REASON_NONE ? known_score(indicator->score, interval)
                                 : missing_score(reason);
}
