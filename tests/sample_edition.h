/* A fictitious edition for tests of views: ten places, one without enough data, one whose
 * number of sellers is unknown. With or without intervals, ranks and changes. */
#ifndef TESTS_SAMPLE_EDITION_H
#define TESTS_SAMPLE_EDITION_H

#include "barometre/edition.h"

#include <math.h>

#define SAMPLE_AS_OF (2026 * 12 + 9) /* 2026-10 */

static const struct {
    const char *id, *name;
    double pillars[3]; /* below 0: insufficient */
    double half;       /* of the intervals */
    int sellers;       /* 0: unknown */
    int rank_low, rank_high;
    double p_first, p_last, points, p_improved;
    enum edition_claim claim;
} sample_places[] = {
    {"comptoir-alize",
     "Comptoir Alizé",
     {87, 74, 84},
     4,
     1840,
     1,
     2,
     0.82,
     0,
     3.1,
     0.81,
     CLAIM_NONE},
    {"bazarette",
     "Bazarette",
     {82, 68, 83},
     5.5,
     912,
     1,
     3,
     0.17,
     0,
     0.9,
     0.57,
     CLAIM_NONE},
    {"grand-foirail",
     "Grand Foirail",
     {79, 58, 74},
     4.5,
     2415,
     2,
     5,
     0.01,
     0,
     -1.8,
     0.36,
     CLAIM_NONE},
    {"halle-dix",
     "Halle Dix",
     {70, 62, 72},
     7.5,
     648,
     3,
     6,
     0,
     0,
     9.2,
     0.94,
     CLAIM_IMPROVING},
    {"etal-et-cie",
     "Étal & Cie",
     {71, 49, 70},
     4.2,
     3120,
     3,
     6,
     0,
     0,
     0.2,
     0.52,
     CLAIM_NONE},
    {"le-deballage",
     "Le Déballage",
     {66, 41, 61},
     9.4,
     287,
     5,
     8,
     0,
     0.01,
     -1,
     0.44,
     CLAIM_NONE},
    {"place-marine",
     "Place Marine",
     {38, 51, 62},
     5,
     1504,
     6,
     8,
     0,
     0.04,
     -7.3,
     0.04,
     CLAIM_WORSENING},
    {"mille-rayons",
     "Mille Rayons",
     {45, 27, 40},
     4.6,
     4270,
     9,
     9,
     0,
     0.95,
     -4.2,
     0.15,
     CLAIM_NONE},
    {"quai-des-ventes",
     "Quai des Ventes",
     {-1, -1, -1},
     0,
     23,
     0,
     0,
     0,
     0,
     0,
     0,
     CLAIM_UNKNOWN},
    {"carre-vendeurs",
     "Carré Vendeurs",
     {55, 64, 58},
     6,
     0,
     5,
     8,
     0,
     0.01,
     2,
     0.66,
     CLAIM_NONE},
};

static const struct {
    const char *id, *label[WORDS_LANGUAGES];
    const char *indicators[5][3]; /* id, French, English */
} sample_pillars[] = {
    {"delisting",
     {"Déréférencement", "Delisting"},
     {{"reasons_given", "Motif communiqué", "Reasons given"},
      {"notice_30d", "Préavis de 30 jours respecté", "30 days’ notice kept"},
      {"heard", "Possibilité de s’expliquer", "Chance to be heard"},
      {"appeal_decided", "Recours tranché sous 30 jours", "Appeal decided in 30 days"},
      {"incidence", "Signalements pour 1\u202f000 vendeurs",
       "Reports per 1,000 sellers"}}},
    {"support",
     {"Joignabilité du support", "Reaching support"},
     {{"human_reply", "Réponse humaine sous 15 jours", "Human reply in 15 days"},
      {"phone_reached", "Joignable par téléphone", "Reached by telephone"},
      {"individual_reply", "Réponse individualisée", "Individual reply"},
      {"recourse_told", "Voie de recours indiquée", "Recourse told"},
      {"incidence", "Signalements pour 1\u202f000 vendeurs",
       "Reports per 1,000 sellers"}}},
    {"clauses",
     {"Changements unilatéraux de clauses", "Unilateral changes of terms"},
     {{"notified", "Changement notifié", "Change notified"},
      {"notice_15d", "Préavis de 15 jours respecté", "15 days’ notice kept"},
      {"not_retroactive", "Absence d’effet rétroactif", "No retroactive effect"},
      {"free_exit", "Possibilité de partir sans frais", "Exit free of charge"},
      {"incidence", "Signalements pour 1\u202f000 vendeurs",
       "Reports per 1,000 sellers"}}},
};

static inline double sample_round(double value) {
    return round(CLAMP(value, 0, 100) * 10) / 10;
}

static inline struct edition_score sample_score(double value, double half,
                                                bool interval) {
    struct edition_score score = {
        .score = edition_known(sample_round(value)),
        .interval_reason = interval ? REASON_NONE : REASON_NOT_COMPUTED,
    };
    if (interval) {
        score.low = edition_known(sample_round(value - half));
        score.high = edition_known(sample_round(value + half * 0.9));
    }
    return score;
}

static inline struct edition_score sample_unknown(enum edition_reason reason) {
    return (struct edition_score){.reason = reason, .interval_reason = reason};
}

static inline const char *sample_band(double score) {
    return score >= 80   ? "A"
           : score >= 65 ? "B"
           : score >= 50 ? "C"
           : score >= 35 ? "D"
                         : "E";
}

static inline double sample_overall(const double *pillars) {
    return cbrt(MAX(pillars[0], 1) * MAX(pillars[1], 1) * MAX(pillars[2], 1));
}

/* A delay whose share of answers is `share` % on day 15: a point every `step` days, up to
 * the first day without one; nothing answered, or all on day 0, at the ends. */
static inline void sample_delay(struct edition_indicator *indicator, int step) {
    struct edition_curve *curve = &indicator->curve;
    const double share = indicator->score.score.value / 100;
    curve->horizon_days = 15;
    curve->most_days = 30;
    indicator->median.reason = curve->reason = curve->p_half_reason =
        indicator->score.reason;
    if (!indicator->score.score.known)
        return;
    curve->p_half = edition_known(share > 0.6 ? 0.97 : share < 0.4 ? 0.03 : 0.5);
    const double speed = share < 1 ? -log(1 - share) / 16 : 10;
    for (int day = 0; day <= 30 - 2 * step && share > 0; day += step) {
        const double answered = 1 - exp(-speed * (day + 1));
        const int told = share < 1 ? MAX(1, (int)round(100 * answered)) : 100;
        const struct edition_curve_point point = {
            day, told, edition_known(MAX(0, told - 2 * step - 3)),
            edition_known(MIN(100, told + 2 * step + 3))};
        g_array_append_val(curve->points, point);
        if (told == 100) {
            g_array_index(curve->points, struct edition_curve_point,
                          curve->points->len - 1)
                .low = edition_unknown();
            g_array_index(curve->points, struct edition_curve_point,
                          curve->points->len - 1)
                .high = edition_unknown();
            break;
        }
    }
    const double median = share > 0 ? floor(log(2) / speed) : 1e6;
    indicator->median.reason = median < 1000 ? REASON_NONE : REASON_NOT_REACHED;
    if (median < 1000)
        indicator->median.days = indicator->median.low = edition_known(median);
    if (median < 20)
        indicator->median.high = edition_known(median + 4);
}

static inline void sample_add_pillars(struct edition_marketplace *place,
                                      const double *values, double half, bool interval) {
    for (int i = 0; i < 3; i++) {
        const bool known = values[i] >= 0;
        struct edition_pillar *pillar = edition_add_pillar(place);
        pillar->id = g_strdup(sample_pillars[i].id);
        pillar->weight = 1.0 / 3;
        pillar->status = known ? STATUS_PROVISIONAL : STATUS_INSUFFICIENT;
        pillar->score = known ? sample_score(values[i], half * 1.2, interval)
                              : sample_unknown(REASON_FEW_FIRMS);
        pillar->trend.reason = known ? REASON_NOT_COMPUTED : REASON_FEW_FIRMS;
        pillar->weakest_reason = pillar->trend.reason;
        pillar->firms_class = known ? g_strdup(half < 5 ? "100+" : "30-99") : NULL;
        for (int l = 0; l < WORDS_LANGUAGES; l++)
            pillar->label[l] = g_strdup(sample_pillars[i].label[l]);
        if (!known) {
            const enum edition_reason reason = REASON_FEW_FIRMS;
            g_array_append_val(pillar->reasons, reason);
        }
        for (int k = 0; k < 5; k++) {
            struct edition_indicator *indicator = edition_add_indicator(pillar);
            indicator->id = g_strdup(sample_pillars[i].indicators[k][0]);
            indicator->kind = g_strdup(k == 4             ? "incidence"
                                       : k == 0 && i == 1 ? "delay"
                                                          : "share");
            for (int l = 0; l < WORDS_LANGUAGES; l++)
                indicator->label[l] = g_strdup(sample_pillars[i].indicators[k][1 + l]);
            const bool shown = known && !(i == 2 && k == 3 && half > 4.8);
            indicator->score = shown ? sample_score(values[i] + (k * 7 + i * 5) % 23 - 11,
                                                    half * 2, interval)
                                     : sample_unknown(REASON_FEW_ANSWERS);
            if (k == 0 && i == 1)
                sample_delay(indicator, half < 5 ? 1 : half < 8 ? 3 : 8);
        }
    }
}

static inline void sample_add_history(struct edition_marketplace *place, double score,
                                      double points, double half, bool interval,
                                      int months, int number) {
    for (int back = months - 1; back >= 0; back--) {
        struct edition_history *history = edition_add_history(place);
        history->as_of = SAMPLE_AS_OF - back;
        const bool gap = number == 3 && back >= 14 && back <= 17;
        const double wave = back == 0 ? 0 : sin(back * 1.3 + number) * 0.7;
        const double drift = back >= 12 ? points : points * back / 12.0;
        history->overall = score < 0 || gap
                               ? sample_unknown(REASON_FEW_FIRMS)
                               : sample_score(score - drift + wave, half, interval);
        for (guint i = 0; i < place->pillars->len; i++) {
            const struct edition_pillar *pillar = g_ptr_array_index(place->pillars, i);
            const struct edition_score figure =
                gap ? sample_unknown(REASON_FEW_FIRMS) : pillar->score;
            g_array_append_val(history->pillars, figure);
        }
    }
}

static inline bool sample_rated(size_t place) {
    return sample_places[place].pillars[0] >= 0;
}

/* Pairs by the distance of the scores, in units of the wider interval. */
static inline void sample_add_pairs(struct edition *edition) {
    for (size_t a = 0; a < G_N_ELEMENTS(sample_places); a++)
        for (size_t b = a + 1; b < G_N_ELEMENTS(sample_places); b++) {
            if (!sample_rated(a) || !sample_rated(b))
                continue;
            const double distance = sample_overall(sample_places[a].pillars) -
                                    sample_overall(sample_places[b].pillars);
            const double half = MAX(sample_places[a].half, sample_places[b].half);
            const double p = 1 / (1 + exp(-2 * distance / half));
            edition_add_pair(edition, sample_places[a].id, sample_places[b].id,
                             round(CLAMP(p, 0.01, 0.99) * 100) / 100);
        }
}

static inline void sample_add_robust(struct edition *edition, size_t place) {
    const double score = sample_round(sample_overall(sample_places[place].pillars));
    const int low = sample_places[place].rank_low, high = sample_places[place].rank_high;
    struct edition_robust *robust = edition_add_robust(edition, sample_places[place].id);
    for (int rank = 1; rank <= 9; rank++) {
        const double share = rank >= low && rank <= high ? 100.0 / (high - low + 1) : 0;
        const double rounded = sample_round(share);
        g_array_append_val(robust->rank_shares, rounded);
    }
    for (int variant = 0; variant < 3; variant++) {
        const struct edition_number varied = edition_known(sample_round(score - variant));
        const int rank = variant == 0 ? low : high;
        g_array_append_val(robust->variant_scores, varied);
        g_array_append_val(robust->variant_ranks, rank);
    }
    robust->low = sample_round(score - 2);
    robust->high = score;
    robust->rank_low = low;
    robust->rank_high = high;
}

static inline void sample_add_comparisons(struct edition *edition) {
    static const char *const variants[] = {"V0", "V1", "V2", NULL};
    sample_add_pairs(edition);
    edition->robustness.variants = g_strdupv((char **)variants);
    for (size_t i = 0; i < G_N_ELEMENTS(sample_places); i++)
        if (sample_rated(i))
            sample_add_robust(edition, i);
    edition->signatories = (struct edition_group){.difference = edition_known(4.2),
                                                  .low = edition_known(-1.9),
                                                  .high = edition_known(10.4),
                                                  .p = edition_known(0.87)};
    edition->before_after.reason = REASON_FEW_MONTHS;
}

/* Law, and bins of terminations that go with it. */
static inline void sample_set_notice(struct edition *edition) {
    static const int bins[] = {0, 15, 30};
    struct edition_notice *notice = &edition->notice;
    notice->known = true;
    notice->step = 5;
    notice->changes.days = 15;
    notice->terminations.days = 30;
    g_free(notice->indicator);
    notice->indicator = g_strdup("notice_30d");
    g_array_set_size(notice->bins, 0);
    g_array_append_vals(notice->bins, bins, G_N_ELEMENTS(bins));
    for (int l = 0; l < WORDS_LANGUAGES; l++) {
        g_free(notice->changes.law[l]);
        g_free(notice->terminations.law[l]);
        notice->changes.law[l] = g_strdup("(UE) 2019/1150, 3(2)");
        notice->terminations.law[l] = g_strdup("(UE) 2019/1150, 4(2)");
    }
}

static inline void sample_add_change(struct edition_marketplace *place,
                                     struct edition_number days) {
    g_autofree char *id = g_strdup_printf("C-%u", place->changes.acts->len);
    struct edition_change *change = edition_add_change(place, id, "fees");
    change->effective_on = 20000 + (int)place->changes.acts->len;
    change->notice_days = days;
}

/* Notices in one of eight shapes: few, many alike on both sides of the limit, after the
 * fact and beyond the axis, none, no register, undated, all too late, all in time. */
static inline void sample_add_notices(struct edition_marketplace *place, int shape) {
    static const int days[8][24] = {
        {16, 9, 21, 15, 33, 47, 60},
        {14, 14, 14, 14, 14, 14, 14, 15, 15, 15, 15, 15, 15, 15, 16, 16, 13, 30, 30, 30},
        {-4, -1, 61, 900, 59, 15, 15, 15, 15},
        {0},
        {0},
        {0},
        {3, 5, 5, 11},
        {120, 40, 17},
    };
    static const int counts[8] = {7, 20, 9, 0, -1, 2, 4, 3};
    static const double firms[8][4] = {
        {-1, -1, 5, 15}, {20, 10, 1235, 40}, {-1, -1, -1, -1}, {0, 0, 0, 0},
        {0, -1, -1, 25}, {5, 0, 0, 0},       {10, 15, 5, 0},   {0, 0, -1, -1},
    };
    struct edition_changes *changes = &place->changes;
    changes->count = counts[shape % 8];
    int late = 0;
    for (int i = 0; i < changes->count; i++) {
        const int own = days[shape % 8][i];
        sample_add_change(place, shape % 8 == 5 ? edition_unknown() : edition_known(own));
        late += own < 15;
    }
    if (changes->count > 0 && shape % 8 != 5) {
        const double share = 100.0 * late / changes->count;
        const struct edition_score score = sample_score(share, 22, true);
        changes->short_notice =
            (struct edition_share){score.score, score.low, score.high, REASON_NONE};
        changes->reason = REASON_NONE;
        changes->median_notice_days = edition_known(15);
    } else {
        changes->reason = changes->short_notice.reason =
            changes->count < 0 ? REASON_NOT_COMPUTED : REASON_FEW_CHANGES;
    }
    if (shape % 8 == 6)
        changes->excess = (struct edition_excess){2, edition_known(0.99)};
    place->terminations.reason = REASON_SUPPRESSED;
    for (int i = 0; i < 4; i++) {
        const double told = firms[shape % 8][i];
        const struct edition_number number =
            told < 0 ? edition_unknown() : edition_known(told);
        g_array_append_val(place->terminations.firms, number);
    }
}

/* Firms reported and expected; where an expectation is not told, why. */
static inline void sample_expect(struct edition_marketplace *place, double expected,
                                 double firms, enum edition_position position,
                                 enum edition_reason reason) {
    struct edition_expectation *own = &place->expectation;
    *own = (struct edition_expectation){.expected_reason = reason, .reason = reason};
    if (reason == REASON_UNKNOWN_SELLERS)
        return;
    own->expected_reason = REASON_NONE;
    own->expected = edition_known(expected);
    if (reason != REASON_NONE)
        return;
    const double off = firms > 0 ? 2 : 0;
    own->firms = edition_known(firms);
    own->ratio = edition_known(round(firms / expected * 100) / 100);
    own->low = edition_known(round((firms - off) / expected * 100) / 100);
    own->high = edition_known(round((firms + off) / expected * 100) / 100);
    own->position = position;
}

/* A funnel up to `most` expected, its limits those of the normal distribution. */
static inline void sample_add_funnel(struct edition_funnel *funnel, double most) {
    funnel->reason = REASON_NONE;
    funnel->rate = edition_known(3.7067);
    funnel->dispersion = edition_known(1);
    funnel->inner = edition_known(0.95);
    funnel->outer = edition_known(0.998);
    funnel->least = edition_known(5);
    g_array_set_size(funnel->limits, 0);
    for (int i = 0; i <= 40; i++) {
        const double expected = round((5 + (most - 5) * pow(i / 40.0, 1.7)) * 100) / 100;
        const double inner = 1.96 / sqrt(expected), outer = 3.09 / sqrt(expected);
        const struct edition_limit limit = {
            expected,
            round(MAX(0, 1 - outer) * 1000) / 1000,
            round(MAX(0, 1 - inner) * 1000) / 1000,
            round((1 + inner) * 1000) / 1000,
            round((1 + outer) * 1000) / 1000,
        };
        g_array_append_val(funnel->limits, limit);
    }
}

static inline void sample_add_expectations(struct edition *edition) {
    static const struct {
        double expected, firms;
        enum edition_position position;
        enum edition_reason reason;
    } figures[] = {
        {92, 60, POSITION_BELOW_OUTER, 0},  {121, 110, POSITION_INSIDE, 0},
        {46, 40, POSITION_INSIDE, 0},       {159, 155, POSITION_INSIDE, 0},
        {32, 35, POSITION_INSIDE, 0},       {14, 25, POSITION_ABOVE_INNER, 0},
        {75, 140, POSITION_ABOVE_OUTER, 0}, {214, 330, POSITION_ABOVE_OUTER, 0},
        {55, 40, POSITION_BELOW_INNER, 0},  {2.4, 0, 0, REASON_FEW_EXPECTED},
    };
    for (guint i = 0; i < edition->marketplaces->len && i < G_N_ELEMENTS(figures); i++)
        sample_expect(edition->marketplaces->pdata[i], figures[i].expected,
                      figures[i].firms, figures[i].position, figures[i].reason);
    sample_add_funnel(&edition->funnel, 240);
}

/* `full`: intervals, ranks, probabilities, changes and comparisons are known. */
static inline struct edition *sample_edition(bool full) {
    struct edition *edition = edition_new();
    edition->as_of = SAMPLE_AS_OF;
    edition->closed = true;
    edition->window_from = SAMPLE_AS_OF - 11;
    edition->window_to = SAMPLE_AS_OF;
    edition->method_version = g_strdup("1.0");
    edition->method_sha256 = g_strnfill(64, '0');
    edition->seed = g_strdup("sample");
    edition->fictitious = true;
    const struct {
        const char *letter;
        double least;
    } bands[] = {{"A", 80}, {"B", 65}, {"C", 50}, {"D", 35}, {"E", 0}};
    for (size_t i = 0; i < G_N_ELEMENTS(bands); i++)
        edition_add_band(edition, bands[i].letter, bands[i].least);
    for (size_t i = 0; i < G_N_ELEMENTS(sample_places); i++) {
        struct edition_marketplace *place = edition_add_marketplace(edition);
        const bool rated = sample_places[i].pillars[0] >= 0;
        const double overall = sample_overall(sample_places[i].pillars);
        place->id = g_strdup(sample_places[i].id);
        place->name = g_strdup(sample_places[i].name);
        place->signatory_from = INT32_MIN;
        if (sample_places[i].sellers > 0)
            place->sellers = edition_known(sample_places[i].sellers);
        place->status = !rated                      ? STATUS_INSUFFICIENT
                        : sample_places[i].half < 5 ? STATUS_ESTABLISHED
                                                    : STATUS_PROVISIONAL;
        place->overall.score = rated ? sample_score(overall, sample_places[i].half, full)
                                     : sample_unknown(REASON_PILLAR_MISSING);
        if (rated)
            place->overall.band = g_strdup(sample_band(place->overall.score.score.value));
        place->overall.rank_reason = place->overall.trend.reason =
            !rated ? REASON_PILLAR_MISSING
            : full ? REASON_NONE
                   : REASON_NOT_COMPUTED;
        if (rated && full) {
            const bool first = sample_places[i].rank_high <= 4;
            place->overall.band_low =
                g_strdup(sample_band(place->overall.score.low.value));
            place->overall.band_high =
                g_strdup(sample_band(place->overall.score.high.value));
            place->overall.p_above_median = edition_known(first ? 0.97 : 0.04);
            place->overall.p_below_median = edition_known(first ? 0.03 : 0.9);
            place->overall.rank_low = sample_places[i].rank_low;
            place->overall.rank_high = sample_places[i].rank_high;
            place->overall.p_first = edition_known(sample_places[i].p_first);
            place->overall.p_last = edition_known(sample_places[i].p_last);
            place->overall.trend = (struct edition_trend){
                .claim = sample_places[i].claim,
                .points = edition_known(sample_places[i].points),
                .p_improved = edition_known(sample_places[i].p_improved)};
        }
        sample_add_pillars(place, sample_places[i].pillars, sample_places[i].half, full);
        sample_add_history(place, rated ? overall : -1, sample_places[i].points,
                           sample_places[i].half, full, full ? 24 : 13, (int)i);
        if (full)
            sample_add_notices(place, (int)i);
    }
    if (full) {
        sample_set_notice(edition);
        sample_add_comparisons(edition);
        sample_add_expectations(edition);
    }
    return edition;
}

#endif
