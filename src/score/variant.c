#include "variant.h"

#include <math.h>

/* V8 differs from V0 in its interval only. */
const struct variant variants[VARIANT_COUNT] = {
    {.id = "V0"},
    {.id = "V1", .aggregation = AGGREGATION_ARITHMETIC},
    {.id = "V2", .aggregation = AGGREGATION_WORST},
    {.id = "V3", .incidence = INCIDENCE_LEFT_OUT},
    {.id = "V4", .incidence = INCIDENCE_LINEAR},
    {.id = "V5", .prior = PRIOR_NONE},
    {.id = "V6", .missing = MISSING_FAVOURABLE},
    {.id = "V7", .missing = MISSING_UNFAVOURABLE},
    {.id = "V8"},
    {.id = "V9", .source = SOURCE_UNCONTESTED},
    {.id = "V10", .source = SOURCE_DOCUMENTED},
    {.id = "V11", .prior = PRIOR_ESTIMATED},
};

double variant_aggregate(const struct method *method, enum aggregation_rule rule,
                         const double *weights, const double *pillars) {
    double sum = 0, logarithms = 0, worst = 100, all = 0;
    for (int i = 0; i < method->pillar_count; i++) {
        sum += weights[i] * pillars[i];
        logarithms += weights[i] * log(fmax(pillars[i], method->overall_floor));
        worst = fmin(worst, pillars[i]);
        all += weights[i];
    }
    const double by_rule[AGGREGATION_COUNT] = {
        [AGGREGATION_GEOMETRIC] = exp(logarithms / all),
        [AGGREGATION_ARITHMETIC] = sum / all,
        [AGGREGATION_WORST] = worst,
    };
    return by_rule[rule];
}

/* An incidence without weight is left out: every pillar has another indicator. */
static void leave_incidence_out(struct method *method) {
    for (int p = 0; p < method->pillar_count; p++)
        for (int i = 0; i < method->pillars[p].indicator_count; i++)
            if (method->pillars[p].indicators[i].kind == INDICATOR_INCIDENCE)
                method->pillars[p].indicators[i].weight = 0;
}

struct method variant_method(const struct method *method, enum incidence_rule incidence,
                             enum prior_rule prior) {
    /* Next to nothing, so that an indicator without answers stays defined. */
    static const double no_phantom = 1e-12;
    struct method copy = *method;
    copy.incidence.linear = incidence == INCIDENCE_LINEAR;
    if (incidence == INCIDENCE_LEFT_OUT)
        leave_incidence_out(&copy);
    if (prior == PRIOR_NONE) {
        copy.phantom_weight = no_phantom;
        copy.incidence.prior_reports = 0;
    }
    return copy;
}

static void fill_missing(GArray *patterns, const struct method_pillar *pillar,
                         enum missing_rule rule) {
    const int16_t answer = rule == MISSING_FAVOURABLE ? PATTERN_YES : PATTERN_NO;
    for (guint i = 0; rule != MISSING_LEFT_OUT && i < patterns->len; i++) {
        struct tally_pattern *pattern = &g_array_index(patterns, struct tally_pattern, i);
        for (int j = 0; j < pillar->indicator_count; j++)
            if (pillar->indicators[j].kind == INDICATOR_SHARE &&
                pattern->answer[j] == PATTERN_NONE)
                pattern->answer[j] = answer;
    }
}

struct tally *variant_tally(const struct method *method, const struct tally *tally,
                            enum missing_rule rule) {
    struct tally *copy =
        tally_new(tally->last_month, 1, tally->marketplace_count, tally->pillar_count);
    for (int i = 0; i < tally->marketplace_count; i++)
        for (int p = 0; p < tally->pillar_count; p++) {
            const struct tally_cell *from = tally_cell(tally, 0, i, p);
            struct tally_cell *to = tally_cell(copy, 0, i, p);
            g_array_append_vals(to->patterns, from->patterns->data, from->patterns->len);
            g_array_append_vals(to->durations, from->durations->data,
                                from->durations->len);
            fill_missing(to->patterns, &method->pillars[p], rule);
        }
    return copy;
}

/* m² / A: m is the mean rate ΣN / ΣE, A = Σ E (r − m)² / ΣE − m / mean E the variance of
 * the rates beyond chance. */
double variant_prior_strength(const struct score_window *window, int pillar) {
    static const double most = 1e9;
    double reports = 0, exposure = 0, spread = 0;
    int places = 0;
    for (int i = 0; i < window->place_count; i++) {
        if (!window->places[i].exposed)
            continue;
        reports += window->places[i].pillars[pillar].firms;
        exposure += window->places[i].exposure;
        places++;
    }
    if (places == 0)
        return most;
    const double mean = reports / exposure;
    for (int i = 0; i < window->place_count; i++) {
        const struct score_place *place = &window->places[i];
        if (!place->exposed)
            continue;
        const double rate = place->pillars[pillar].firms / place->exposure;
        spread += place->exposure * (rate - mean) * (rate - mean);
    }
    const double variance = spread / exposure - mean * places / exposure;
    return variance > 0 ? fmin(most, mean * mean / variance) : most;
}

/* Each pillar's rates have a prior of their own strength. */
static void score_estimated(struct score_window *window,
                            const struct robustness_inputs *inputs) {
    struct method copy = *inputs->base.method;
    for (int p = 0; p < copy.pillar_count; p++) {
        copy.incidence.prior_reports = variant_prior_strength(window, p);
        scoped(score_window) *other =
            score_window_new(&copy, inputs->base.registry, inputs->base.tally, 0);
        for (int i = 0; i < window->place_count; i++)
            window->places[i].pillars[p].score = other->places[i].pillars[p].score;
    }
}

/* The gates on counts; widths are those of the method itself, on which it rates. */
static bool passes_gates(const struct method *method, const struct score_place *place) {
    const struct method_gates *gates = &method->gates;
    for (int p = 0; p < method->pillar_count; p++) {
        const struct score_pillar *pillar = &place->pillars[p];
        if (pillar->firms < gates->pillar_firms ||
            pillar->enough_answers < gates->pillar_indicators ||
            (method->pillars[p].clustered && pillar->units < gates->pillar_changes))
            return false;
    }
    return true;
}

static double overall_of(const struct method *method, const struct variant *variant,
                         const struct score_place *place) {
    double weights[METHOD_MOST_PILLARS], pillars[METHOD_MOST_PILLARS];
    for (int p = 0; p < method->pillar_count; p++) {
        weights[p] = method->pillars[p].weight;
        pillars[p] = place->pillars[p].score;
    }
    return variant_aggregate(method, variant->aggregation, weights, pillars);
}

void variant_score(const struct variant *variant, const struct robustness_inputs *inputs,
                   struct edition_number *scores) {
    const struct tally *const sources[] = {
        [SOURCE_ALL] = inputs->base.tally,
        [SOURCE_UNCONTESTED] = inputs->uncontested,
        [SOURCE_DOCUMENTED] = inputs->documented,
    };
    const struct tally *source = sources[variant->source];
    for (int i = 0; i < inputs->base.tally->marketplace_count; i++)
        scores[i] = edition_unknown();
    if (source == NULL)
        return;
    const struct method method =
        variant_method(inputs->base.method, variant->incidence, variant->prior);
    scoped(tally) *tally = variant_tally(&method, source, variant->missing);
    scoped(score_window) *window =
        score_window_new(&method, inputs->base.registry, tally, 0);
    if (variant->prior == PRIOR_ESTIMATED)
        score_estimated(window, inputs);
    for (int i = 0; i < window->place_count; i++)
        if (passes_gates(&method, &window->places[i]))
            scores[i] = edition_known(overall_of(&method, variant, &window->places[i]));
}
