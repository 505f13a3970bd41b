#include "barometre/robustness.h"

#include "gate.h"
#include "sensitivity.h"
#include "stream.h"
#include "variant.h"

#include <math.h>
#include <string.h>

/* The places that the edition rates, as indices in the registry. */
struct rated {
    int count;
    int *places;
};

static struct rated find_rated(const struct edition *edition) {
    struct rated rated = {.places = g_new0(int, edition->marketplaces->len + 1)};
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *marketplace =
            g_ptr_array_index(edition->marketplaces, i);
        if (marketplace->overall.score.score.known)
            rated.places[rated.count++] = (int)i;
    }
    return rated;
}

/* 1 + the rated places with a greater score; of equals the first comes first. */
static int rank_of(const double *scores, int count, int of) {
    int rank = 1;
    for (int i = 0; i < count; i++)
        rank += scores[i] > scores[of] || (scores[i] == scores[of] && i < of);
    return rank;
}

/* How many of the method's random weightings, Dirichlet(1, …, 1), give each rated place
 * (row) each rank (column) at the point scores of the pillars. */
static int *count_ranks(const struct score_inputs *inputs, const struct rated *rated) {
    const struct method *method = inputs->method;
    scoped(score_window) *window =
        score_window_new(method, inputs->registry, inputs->tally, 0);
    g_autofree double *scores = g_new0(double, rated->count);
    int *ranks = g_new0(int, rated->count * rated->count);
    gsl_rng *stream =
        stream_new(method->seed, inputs->tally->last_month, "all", "", "weights");
    for (int draw = 0; draw < method->robustness.weightings; draw++) {
        double weights[METHOD_MOST_PILLARS], pillars[METHOD_MOST_PILLARS];
        for (int p = 0; p < method->pillar_count; p++)
            weights[p] = stream_gamma(stream, 1);
        for (int i = 0; i < rated->count; i++) {
            for (int p = 0; p < method->pillar_count; p++)
                pillars[p] = window->places[rated->places[i]].pillars[p].score;
            scores[i] =
                variant_aggregate(method, AGGREGATION_GEOMETRIC, weights, pillars);
        }
        for (int i = 0; i < rated->count; i++)
            ranks[i * rated->count + rank_of(scores, rated->count, i) - 1]++;
    }
    gsl_rng_free(stream);
    return ranks;
}

static void fill_ranks(struct edition_robustness *robustness,
                       const struct score_inputs *inputs, const struct rated *rated) {
    g_autofree int *ranks = count_ranks(inputs, rated);
    for (int i = 0; i < rated->count; i++) {
        struct edition_robust *robust = g_ptr_array_index(robustness->places, (guint)i);
        for (int rank = 0; rank < rated->count; rank++) {
            const double share = gate_round(100.0 * ranks[i * rated->count + rank] /
                                            inputs->method->robustness.weightings);
            g_array_append_val(robust->rank_shares, share);
        }
    }
}

static void add_variant(struct edition_robust *robust, struct edition_number score,
                        int rank) {
    if (score.known)
        score.value = gate_round(score.value);
    g_array_append_val(robust->variant_scores, score);
    g_array_append_val(robust->variant_ranks, rank);
    if (!score.known)
        return;
    const bool first = robust->rank_low == 0;
    robust->low = first ? score.value : fmin(robust->low, score.value);
    robust->high = first ? score.value : fmax(robust->high, score.value);
    robust->rank_low = first ? rank : MIN(robust->rank_low, rank);
    robust->rank_high = MAX(robust->rank_high, rank);
}

/* The rank is that among the rated places whose score the variant knows. */
static void fill_variant(struct edition_robustness *robustness,
                         const struct variant *variant,
                         const struct robustness_inputs *inputs,
                         const struct rated *rated) {
    g_autofree struct edition_number *all =
        g_new0(struct edition_number, inputs->base.tally->marketplace_count);
    variant_score(variant, inputs, all);
    g_autofree double *scores = g_new0(double, rated->count);
    for (int i = 0; i < rated->count; i++) {
        const struct edition_number score = all[rated->places[i]];
        scores[i] = score.known ? score.value : -INFINITY;
    }
    for (int i = 0; i < rated->count; i++) {
        const struct edition_number score = all[rated->places[i]];
        add_variant(g_ptr_array_index(robustness->places, (guint)i), score,
                    score.known ? rank_of(scores, rated->count, i) : 0);
    }
}

/* A variant that was counted lacks a score only where its counts fail a gate. */
static void fill_reasons(struct edition_robustness *robustness,
                         const struct robustness_inputs *inputs) {
    const bool counted = inputs->uncontested != NULL && inputs->documented != NULL;
    for (guint i = 0; i < robustness->places->len; i++) {
        struct edition_robust *robust = g_ptr_array_index(robustness->places, i);
        bool known = true;
        for (guint v = 0; v < robust->variant_scores->len; v++)
            known &=
                g_array_index(robust->variant_scores, struct edition_number, v).known;
        robust->reason = known     ? REASON_NONE
                         : counted ? REASON_FEW_FIRMS
                                   : REASON_NOT_COMPUTED;
    }
}

static void fill_factors(struct edition_robustness *robustness,
                         const struct score_inputs *inputs, const struct rated *rated) {
    double totals[SENSITIVITY_FACTORS];
    if (!sensitivity_totals(inputs, rated->places, rated->count, totals))
        return;
    g_strfreev(robustness->factors);
    robustness->factors = g_new0(char *, SENSITIVITY_FACTORS + 1);
    for (int i = 0; i < SENSITIVITY_FACTORS; i++) {
        const double total = round(CLAMP(totals[i], 0, 1) * 100) / 100;
        robustness->factors[i] = g_strdup(sensitivity_factors[i]);
        g_array_append_val(robustness->total_indices, total);
    }
}

void robustness_fill(struct edition *edition, const struct robustness_inputs *inputs) {
    struct edition_robustness *robustness = &edition->robustness;
    struct rated rated = find_rated(edition);
    robustness->reason = rated.count > 0 ? REASON_NONE : REASON_FEW_MARKETPLACES;
    g_strfreev(robustness->variants);
    robustness->variants = g_new0(char *, VARIANT_COUNT + 1);
    for (int v = 0; v < VARIANT_COUNT; v++)
        robustness->variants[v] = g_strdup(variants[v].id);
    for (int i = 0; i < rated.count; i++)
        edition_add_robust(edition,
                           registry_place(inputs->base.registry, rated.places[i])->id);
    if (rated.count > 0) {
        fill_ranks(robustness, &inputs->base, &rated);
        for (int v = 0; v < VARIANT_COUNT; v++)
            fill_variant(robustness, &variants[v], inputs, &rated);
        fill_reasons(robustness, inputs);
        fill_factors(robustness, &inputs->base, &rated);
    }
    g_free(rated.places);
}
