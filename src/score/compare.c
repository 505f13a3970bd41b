#include "compare.h"

#include <math.h>

double compare_probability(int held, int draws) {
    const double share = round(100.0 * held / draws) / 100;
    return CLAMP(share, 0.01, 0.99);
}

/* What the draws say of the rated places: all counts of draws. */
struct ranking {
    int count, draws;
    int *rated;         /* indices in the registry, in its order */
    int *at_rank;       /* [place × count + rank − 1] */
    int *ahead;         /* [a × count + b]: a above b */
    int *above, *below; /* the median of the draw */
};

static void ranking_free(struct ranking *ranking) {
    g_free(ranking->rated);
    g_free(ranking->at_rank);
    g_free(ranking->ahead);
    g_free(ranking->above);
    g_free(ranking->below);
    g_free(ranking);
}
SCOPE_DEFINE(ranking)

static void rank_draw(struct ranking *ranking, const double *scores, double *sorted) {
    const int count = ranking->count;
    for (int i = 0; i < count; i++)
        sorted[i] = scores[i];
    const double median = bootstrap_quantile(sorted, count, 0.5);
    for (int i = 0; i < count; i++) {
        int above = 0;
        for (int j = 0; j < count; j++) {
            const bool is_ahead = scores[j] > scores[i];
            above += is_ahead;
            ranking->ahead[j * count + i] += is_ahead;
        }
        ranking->at_rank[i * count + above]++;
        ranking->above[i] += scores[i] > median;
        ranking->below[i] += scores[i] < median;
    }
}

static struct ranking *rank_places(const struct period *now) {
    struct ranking *ranking = g_new0(struct ranking, 1);
    ranking->draws = now->bootstrap->draws;
    ranking->rated = g_new0(int, now->window->place_count);
    for (int i = 0; i < now->window->place_count; i++)
        if (now->places[i].overall.score.known)
            ranking->rated[ranking->count++] = i;
    const int count = ranking->count;
    ranking->at_rank = g_new0(int, count *count);
    ranking->ahead = g_new0(int, count *count);
    ranking->above = g_new0(int, count);
    ranking->below = g_new0(int, count);
    if (count < 2)
        return ranking;
    g_autofree double *scores = g_new0(double, 2 * count);
    for (int draw = 0; draw < ranking->draws; draw++) {
        for (int i = 0; i < count; i++)
            scores[i] = now->bootstrap->places[ranking->rated[i]].overall[draw];
        rank_draw(ranking, scores, scores + count);
    }
    return ranking;
}

/* The smallest rank r with P(rank ≤ r) ≥ p. */
static int rank_quantile(const struct ranking *ranking, int place, double p) {
    static const double rounding = 1e-9;
    const int *at_rank = &ranking->at_rank[place * ranking->count];
    int rank = 1, held = at_rank[0];
    while (rank < ranking->count && held < p * ranking->draws - rounding)
        held += at_rank[rank++];
    return rank;
}

static void fill_rank(struct edition_overall *overall, const struct ranking *ranking,
                      int place, double interval) {
    const int count = ranking->count, draws = ranking->draws;
    const int *at_rank = &ranking->at_rank[place * count];
    overall->rank_reason = REASON_NONE;
    overall->rank_low = rank_quantile(ranking, place, (1 - interval) / 2);
    overall->rank_high = rank_quantile(ranking, place, (1 + interval) / 2);
    const struct {
        struct edition_number *p;
        int held;
    } probabilities[] = {
        {&overall->p_first, at_rank[0]},
        {&overall->p_last, at_rank[count - 1]},
        {&overall->p_above_median, ranking->above[place]},
        {&overall->p_below_median, ranking->below[place]},
    };
    for (guint i = 0; i < G_N_ELEMENTS(probabilities); i++)
        *probabilities[i].p =
            edition_known(compare_probability(probabilities[i].held, draws));
}

static const char *place_id(const struct score_inputs *inputs, int place) {
    return registry_place(inputs->registry, place)->id;
}

static void fill_pairs(struct edition *edition, const struct score_inputs *inputs,
                       const struct ranking *ranking) {
    for (int a = 0; a < ranking->count; a++)
        for (int b = a + 1; b < ranking->count; b++)
            edition_add_pair(edition, place_id(inputs, ranking->rated[a]),
                             place_id(inputs, ranking->rated[b]),
                             compare_probability(ranking->ahead[a * ranking->count + b],
                                                 ranking->draws));
}

static enum edition_reason weakest_reason(const struct method *method,
                                          const struct gate_place *place, int pillar) {
    if (!place->pillars[pillar].score.score.known)
        return place->pillars[pillar].score.reason;
    int known = 0;
    for (int i = 0; i < method->pillar_count; i++)
        known += place->pillars[i].score.score.known;
    return known < MAX(method->pillar_count, 2) ? REASON_PILLAR_MISSING : REASON_NONE;
}

static double weakest_probability(const struct bootstrap *bootstrap, int place,
                                  int pillar) {
    double *const *draws = bootstrap->places[place].pillars;
    int held = 0;
    for (int draw = 0; draw < bootstrap->draws; draw++) {
        bool weakest = true;
        for (int i = 0; i < bootstrap->pillar_count; i++)
            weakest &= i == pillar || draws[pillar][draw] < draws[i][draw];
        held += weakest;
    }
    return compare_probability(held, bootstrap->draws);
}

static void fill_weakest(struct edition_marketplace *marketplace,
                         const struct method *method, const struct period *now,
                         int place) {
    for (int p = 0; p < method->pillar_count; p++) {
        struct edition_pillar *pillar = g_ptr_array_index(marketplace->pillars, (guint)p);
        pillar->weakest_reason = weakest_reason(method, &now->places[place], p);
        if (pillar->weakest_reason == REASON_NONE)
            pillar->p_weakest =
                edition_known(weakest_probability(now->bootstrap, place, p));
    }
}

void compare_places(struct edition *edition, const struct score_inputs *inputs,
                    const struct period *now) {
    const struct method *method = inputs->method;
    for (int i = 0; i < now->window->place_count; i++) {
        struct edition_marketplace *marketplace =
            g_ptr_array_index(edition->marketplaces, (guint)i);
        const struct edition_score *score = &now->places[i].overall;
        marketplace->overall.rank_reason =
            score->score.known ? REASON_FEW_MARKETPLACES : score->reason;
        fill_weakest(marketplace, method, now, i);
    }
    scoped(ranking) *ranking = rank_places(now);
    if (ranking->count < 2)
        return;
    for (int i = 0; i < ranking->count; i++) {
        struct edition_marketplace *marketplace =
            g_ptr_array_index(edition->marketplaces, (guint)ranking->rated[i]);
        fill_rank(&marketplace->overall, ranking, i, method->interval);
    }
    fill_pairs(edition, inputs, ranking);
}
