#include "barometre/score.h"

#include "indicator.h"

#include <math.h>

/* Months in the year that rates are told for: a unit, not a setting. */
static const double year_months = 12;

static bool has_enough(const struct method *method, const struct method_indicator *kind,
                       int answers) {
    return kind->kind != INDICATOR_INCIDENCE && answers >= method->gates.pillar_answers;
}

static struct score_indicator score_treatment(const struct method_indicator *description,
                                              const struct tally_cell *cell,
                                              const struct indicator_evidence *evidence,
                                              int indicator) {
    struct score_indicator scored = {
        .known = true,
        .answers = indicator_answers(cell->patterns, indicator),
        .favourable = indicator_favourable(cell->patterns, indicator, description->kind),
    };
    if (description->kind == INDICATOR_SHARE) {
        scored.score = 100 * indicator_share(evidence, indicator);
        return scored;
    }
    scored.score = 100 * indicator_delay(evidence, indicator, description->rule.days);
    scored.median = indicator_median(cell->durations, indicator, &scored.durations);
    return scored;
}

static struct score_indicator score_incidence(const struct method *method,
                                              const struct score_market *market,
                                              const struct score_place *place,
                                              int firms) {
    struct score_indicator scored = {.known = market->known, .answers = firms};
    if (!market->known)
        return scored;
    scored.rate = indicator_rate(&method->incidence, market->pooled_rate, firms,
                                 place->exposed ? place->exposure : 0);
    scored.score = indicator_rate_score(&method->incidence, scored.rate);
    return scored;
}

/* Weighted mean of the known indicators. In a market without any number of sellers the
 * incidence is left out everywhere alike. */
static double mean_score(const struct method_pillar *description,
                         const struct score_pillar *pillar) {
    double sum = 0, weights = 0;
    for (int i = 0; i < description->indicator_count; i++) {
        if (!pillar->indicators[i].known)
            continue;
        sum += description->indicators[i].weight * pillar->indicators[i].score;
        weights += description->indicators[i].weight;
    }
    return weights > 0 ? sum / weights : 0;
}

static void score_pillar(struct score_pillar *pillar, const struct method *method,
                         const struct method_pillar *description,
                         const struct tally_cell *cell, const struct score_market *market,
                         const struct score_place *place) {
    g_autofree double *weights = g_new0(double, cell->patterns->len + 1);
    for (guint i = 0; i < cell->patterns->len; i++)
        weights[i] = g_array_index(cell->patterns, struct tally_pattern, i).firms;
    const struct indicator_evidence evidence = {
        .patterns = cell->patterns,
        .weights = weights,
        .phantom_yes = method->phantom_weight,
        .phantom_no = method->phantom_weight,
    };
    pillar->firms = tally_firms(cell);
    pillar->units = tally_units(cell);
    for (int i = 0; i < description->indicator_count; i++) {
        const struct method_indicator *indicator = &description->indicators[i];
        pillar->indicators[i] =
            indicator->kind == INDICATOR_INCIDENCE
                ? score_incidence(method, market, place, pillar->firms)
                : score_treatment(indicator, cell, &evidence, i);
        pillar->enough_answers +=
            has_enough(method, indicator, pillar->indicators[i].answers);
    }
    pillar->score = mean_score(description, pillar);
}

/* overall: weighted geometric mean of the pillars, each at the floor or above, so that a
 * good pillar cannot buy back a bad one entirely. */
double score_overall(const struct method *method, const double *pillars) {
    double sum = 0, weights = 0;
    for (int i = 0; i < method->pillar_count; i++) {
        sum += method->pillars[i].weight * log(fmax(pillars[i], method->overall_floor));
        weights += method->pillars[i].weight;
    }
    return exp(sum / weights);
}

/* A place with a few reports is not shown and is in no total: the scores of the others
 * would tell their number. */
static bool is_pooled(const struct method *method, const struct score_place *place,
                      int reports) {
    return place->exposed && (reports == 0 || reports >= method->gates.indicator_answers);
}

/* m₀ = (ΣN + ½) / ΣE over the places shown whose exposure is known; ½ is the method's. */
static void pool(struct score_market *market, const struct method *method,
                 const struct score_window *window, const struct tally *tally,
                 int window_index, int pillar) {
    int reports = 0;
    double exposure = 0;
    for (int i = 0; i < window->place_count; i++) {
        const int of_place = tally_firms(tally_cell(tally, window_index, i, pillar));
        if (!is_pooled(method, &window->places[i], of_place))
            continue;
        reports += of_place;
        exposure += window->places[i].exposure;
    }
    market->known = exposure > 0;
    if (market->known)
        market->pooled_rate = (reports + method->incidence.pooled_prior) / exposure;
}

static void expose(struct score_place *place, const struct method *method,
                   const struct registry_place *registered, int32_t last_month) {
    double sellers = 0;
    const char *source = NULL;
    if (!registry_exposure(registered, last_month, method->window_months, &sellers,
                           &source) ||
        sellers <= 0)
        return;
    place->exposed = true;
    place->exposure = sellers / 1000 * (method->window_months / year_months);
}

struct score_window *score_window_new(const struct method *method,
                                      const struct registry *registry,
                                      const struct tally *tally, int window_index) {
    g_assert(tally->marketplace_count == (int)registry->places->len);
    g_assert(tally->pillar_count == method->pillar_count);
    struct score_window *window = g_new0(struct score_window, 1);
    window->last_month = tally->last_month - window_index;
    window->place_count = tally->marketplace_count;
    window->places = g_new0(struct score_place, window->place_count);
    for (int i = 0; i < window->place_count; i++)
        expose(&window->places[i], method, registry_place(registry, i),
               window->last_month);
    for (int p = 0; p < method->pillar_count; p++)
        pool(&window->market[p], method, window, tally, window_index, p);
    for (int i = 0; i < window->place_count; i++) {
        struct score_place *place = &window->places[i];
        for (int p = 0; p < method->pillar_count; p++)
            score_pillar(&place->pillars[p], method, &method->pillars[p],
                         tally_cell(tally, window_index, i, p), &window->market[p],
                         place);
        double pillars[METHOD_MOST_PILLARS];
        for (int p = 0; p < method->pillar_count; p++)
            pillars[p] = place->pillars[p].score;
        place->overall = score_overall(method, pillars);
    }
    return window;
}

void score_window_free(struct score_window *window) {
    if (window == NULL)
        return;
    g_free(window->places);
    g_free(window);
}
