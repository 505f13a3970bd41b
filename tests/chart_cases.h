/* What the tests of the charts share: drawing, and an edition that is hard to lay out. */
#ifndef TESTS_CHART_CASES_H
#define TESTS_CHART_CASES_H

#include "barometre/chart.h"

#include "sample_edition.h"

#include <math.h>

static inline struct words *open_words(enum words_language language) {
    GError *error = NULL;
    struct words *words = words_load(language, NULL, &error);
    g_assert_no_error(error);
    return words;
}

static inline char *draw_svg_in(const struct edition *edition, const char *id,
                                const struct words *words, enum chart_layout layout) {
    GError *error = NULL;
    g_autoptr(GBytes) bytes = chart_draw(edition, id, words, layout, CHART_SVG, &error);
    g_assert_no_error(error);
    return g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

static inline char *draw_svg(const struct edition *edition, const char *id,
                             const struct words *words) {
    return draw_svg_in(edition, id, words, CHART_WIDE);
}

static inline void check_title(const struct edition *edition, const char *id,
                               enum words_language language, const char *expected) {
    scoped(words) *words = open_words(language);
    g_autofree char *title = chart_title(edition, id, words, NULL);
    g_assert_cmpstr(title, ==, expected);
}

/* Expectations that are hard to draw: unknown, hidden, beyond every axis, at one point.
 */
static inline void crowd_expectations(struct edition *edition) {
    static const double ratios[] = {1.9, 1.85, 14, 0, 1.02, 0.98, 0.3, 2.4};
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const double ratio = ratios[i % G_N_ELEMENTS(ratios)];
        const double expected = i % 7 == 2 ? 60 : 6 + (double)(i * 53 % 190);
        const enum edition_reason reason = i % 5 == 4    ? REASON_UNKNOWN_SELLERS
                                           : i % 11 == 6 ? REASON_FEW_EXPECTED
                                           : i % 11 == 9 ? REASON_SUPPRESSED
                                                         : REASON_NONE;
        const enum edition_position position = ratio > 2     ? POSITION_ABOVE_OUTER
                                               : ratio > 1.5 ? POSITION_ABOVE_INNER
                                               : ratio < 0.2 ? POSITION_BELOW_OUTER
                                               : ratio < 0.5 ? POSITION_BELOW_INNER
                                                             : POSITION_INSIDE;
        sample_expect(edition->marketplaces->pdata[i],
                      reason == REASON_FEW_EXPECTED ? 2.2 : expected,
                      round(ratio * expected / 5) * 5, position, reason);
    }
}

/* An edition of `count` places whose scores, from 0 to 100 with both ends and ties, and
 * names are the hardest to lay out. Every `gap`-th place is insufficient (0: none). */
static inline struct edition *crowd(int count, int gap, bool full) {
    struct edition *edition = sample_edition(full);
    g_ptr_array_set_size(edition->marketplaces, 0);
    for (int i = 0; i < count; i++) {
        const bool rated = gap == 0 || i % gap != 0;
        const double score = i < 2 ? 100.0 * i : i < 5 ? 64.95 : fmod(i * 37.3, 101);
        const double pillars[3] = {rated ? 100 - score : -1, rated ? score : -1,
                                   rated && i % 7 != 3 ? fmod(i * 11.7, 101) : -1};
        struct edition_marketplace *place = edition_add_marketplace(edition);
        place->id = g_strdup_printf("place-%d", i);
        place->name = i % 4 == 1 ? g_strnfill(80, 'W') : g_strdup_printf("Place %d", i);
        place->signatory_from = INT32_MIN;
        place->sellers = i % 3 == 0 ? edition_known(1234567) : edition_unknown();
        place->status = rated ? STATUS_ESTABLISHED : STATUS_INSUFFICIENT;
        place->overall.score =
            rated ? sample_score(score, 15, full) : sample_unknown(REASON_PILLAR_MISSING);
        if (rated)
            place->overall.band = g_strdup(sample_band(place->overall.score.score.value));
        if (rated && full) {
            const struct edition_overall *overall = &place->overall;
            place->overall.band_low = g_strdup(sample_band(overall->score.low.value));
            place->overall.band_high = g_strdup(sample_band(overall->score.high.value));
            place->overall.p_above_median = edition_known(i % 3 == 0 ? 0.99 : 0.5);
            place->overall.p_below_median = edition_known(i % 3 == 1 ? 0.99 : 0.01);
            place->overall.p_first = place->overall.p_last = edition_known(0.1);
            place->overall.rank_low = 1;
            place->overall.rank_high = count;
            place->overall.trend =
                (struct edition_trend){.claim = i % 2 == 0 ? CLAIM_NONE : CLAIM_WORSENING,
                                       .points = edition_known(-12.5),
                                       .p_improved = edition_known(0.001)};
        }
        sample_add_pillars(place, pillars, 15, full);
        for (guint k = 0; full && k < place->pillars->len; k++) {
            struct edition_pillar *pillar = place->pillars->pdata[k];
            if (pillar->score.score.known)
                pillar->p_weakest = edition_known(0.97);
        }
        sample_add_history(place, rated ? score : -1, 0, 15, full, i % 5 == 4 ? 1 : 24,
                           i);
        if (full)
            sample_add_notices(place, i);
        for (int k = 0; full && k < 2; k++) {
            struct edition_alert *alert = edition_add_alert(place);
            alert->month = SAMPLE_AS_OF - 5 * k;
            alert->own = k == 0;
            alert->pillar = g_strdup("support");
            alert->sentence[WORDS_FR] = g_strdup("hausse");
            alert->sentence[WORDS_EN] = g_strdup("rise");
        }
    }
    if (full)
        crowd_expectations(edition);
    return edition;
}

#endif
