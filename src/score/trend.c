#include "trend.h"

#include "compare.h"

/* One of the two periods of a trend. */
struct side {
    const struct edition_score *score;
    const double *draws;
    int count;
};

/* No reports then: the barometer, or the place, had not begun. */
static enum edition_reason missing_reason(const struct side *now,
                                          const struct side *before) {
    if (!now->score->score.known)
        return now->score->reason;
    if (before->score == NULL || before->score->reason == REASON_NO_REPORTS)
        return REASON_FEW_MONTHS;
    return before->score->reason;
}

/* The claim follows from the published figures: "improving" where P(now > before) and the
 * points gained are both enough, "worsening" likewise. */
static enum edition_claim claim_of(const struct method_claims *claims, double p_improved,
                                   double points) {
    if (p_improved > claims->trend && points >= claims->trend_points)
        return CLAIM_IMPROVING;
    if (p_improved < 1 - claims->trend && points <= -claims->trend_points)
        return CLAIM_WORSENING;
    return CLAIM_NONE;
}

static struct edition_trend trend_of(const struct method *method, const struct side *now,
                                     const struct side *before) {
    const enum edition_reason missing = missing_reason(now, before);
    if (missing != REASON_NONE)
        return (struct edition_trend){.claim = CLAIM_UNKNOWN, .reason = missing};
    int improved = 0;
    for (int draw = 0; draw < now->count; draw++)
        improved += now->draws[draw] > before->draws[draw];
    const double p = compare_probability(improved, now->count);
    const double points =
        gate_round(now->score->score.value - before->score->score.value);
    return (struct edition_trend){
        .claim = claim_of(&method->claims, p, points),
        .p_improved = edition_known(p),
        .points = edition_known(points),
    };
}

/* The side of a place's pillar, of its overall score where `pillar` is negative. */
static struct side side_of(const struct period *period, int place, int pillar) {
    if (period == NULL)
        return (struct side){.score = NULL};
    const struct gate_place *judged = &period->places[place];
    const struct bootstrap_place *drawn = &period->bootstrap->places[place];
    return (struct side){
        .score = pillar < 0 ? &judged->overall : &judged->pillars[pillar].score,
        .draws = pillar < 0 ? drawn->overall : drawn->pillars[pillar],
        .count = period->bootstrap->draws,
    };
}

void trend_fill(struct edition *edition, const struct method *method,
                const struct period *now, const struct period *before) {
    g_assert(before == NULL || before->bootstrap->draws == now->bootstrap->draws);
    for (int i = 0; i < now->window->place_count; i++) {
        struct edition_marketplace *marketplace =
            g_ptr_array_index(edition->marketplaces, (guint)i);
        for (int p = -1; p < method->pillar_count; p++) {
            const struct side sides[] = {side_of(now, i, p), side_of(before, i, p)};
            const struct edition_trend trend = trend_of(method, &sides[0], &sides[1]);
            if (p < 0) {
                marketplace->overall.trend = trend;
                continue;
            }
            struct edition_pillar *pillar =
                g_ptr_array_index(marketplace->pillars, (guint)p);
            pillar->trend = trend;
        }
    }
}
