/* An edition that uses every field: intervals, ranks, claims, alerts, replies, missing
 * figures of several kinds. Its figures are invented. */
#ifndef TESTS_FULL_EDITION_H
#define TESTS_FULL_EDITION_H

#include "barometre/edition.h"

#include <string.h>

#define FULL_AS_OF (2026 * 12 + 9) /* 2026-10 */

static const char full_sha256[] =
    "2db95c4593fff9a86d68dafb32c08b523821d39d9e0df6a064a701b86e29a5f3";

static inline struct edition_score full_score(double score, double half) {
    return (struct edition_score){
        .score = edition_known(score),
        .low = edition_known(score - half),
        .high = edition_known(score + half),
    };
}

static inline struct edition_score full_missing(enum edition_reason reason) {
    return (struct edition_score){.reason = reason, .interval_reason = reason};
}

static inline void full_words(char *words[static WORDS_LANGUAGES], const char *french,
                              const char *english) {
    words[WORDS_FR] = g_strdup(french);
    words[WORDS_EN] = g_strdup(english);
}

static inline void full_indicator(struct edition_pillar *pillar, const char *id,
                                  const char *kind, struct edition_score score) {
    static const char *const basis[] = {"P2B-4.1", "DSA-17", NULL};
    struct edition_indicator *indicator = edition_add_indicator(pillar);
    indicator->id = g_strdup(id);
    indicator->kind = g_strdup(kind);
    full_words(indicator->label, "Libellé d’essai", "Test label");
    indicator->score = score;
    indicator->basis = g_strdupv((char **)basis);
    if (score.score.known) {
        indicator->answers_class = g_strdup("30-99");
        full_words(indicator->sentence, "On estime que 70\u202f% …", NULL);
    }
    if (strcmp(kind, "delay") == 0)
        indicator->median = score.score.known
                                ? (struct edition_median){.days = edition_known(23),
                                                          .low = edition_known(13)}
                                : (struct edition_median){.reason = REASON_FEW_ANSWERS};
}

static inline void full_pillar(struct edition_marketplace *place, const char *id,
                               struct edition_score score) {
    const bool known = score.score.known;
    struct edition_pillar *pillar = edition_add_pillar(place);
    pillar->id = g_strdup(id);
    full_words(pillar->label, "Pilier", "Pillar");
    pillar->weight = 1 / 3.0;
    pillar->score = score;
    pillar->status = known ? STATUS_ESTABLISHED : STATUS_INSUFFICIENT;
    pillar->firms_class = known ? g_strdup("100+") : NULL;
    if (!known) {
        g_array_append_val(pillar->reasons, score.reason);
        const enum edition_reason also = REASON_FEW_INDICATORS;
        g_array_append_val(pillar->reasons, also);
    }
    pillar->trend = known ? (struct edition_trend){CLAIM_IMPROVING, edition_known(0.97),
                                                   edition_known(12.3), REASON_NONE}
                          : (struct edition_trend){.reason = REASON_FEW_FIRMS};
    full_indicator(pillar, "in_time", "delay", score);
    full_indicator(pillar, "done", "share", score);
    full_indicator(pillar, "incidence", "incidence",
                   full_missing(REASON_UNKNOWN_SELLERS));
}

static inline void full_history(struct edition_marketplace *place) {
    for (int32_t month = FULL_AS_OF - 2; month <= FULL_AS_OF; month++) {
        struct edition_history *history = edition_add_history(place);
        history->as_of = month;
        const bool known = place->overall.score.score.known && month != FULL_AS_OF - 1;
        history->overall =
            known ? full_score(60.5, 4) : full_missing(REASON_PILLAR_MISSING);
        for (guint i = 0; i < place->pillars->len; i++) {
            const struct edition_pillar *pillar = g_ptr_array_index(place->pillars, i);
            g_array_append_val(history->pillars, pillar->score);
        }
    }
}

static inline void full_known_place(struct edition *edition) {
    struct edition_marketplace *place = edition_add_marketplace(edition);
    place->id = g_strdup("etal-cie");
    place->name = g_strdup("Étal & Cie \"</script>\" \\ \u2603");
    place->signatory_from = 17981; /* 2019-03-26 */
    place->sellers = edition_known(12345);
    place->sellers_source = g_strdup("exemple fictif");
    place->status = STATUS_ESTABLISHED;
    struct edition_overall *overall = &place->overall;
    overall->score = full_score(68.2, 5.1);
    overall->band = g_strdup("B");
    overall->band_low = g_strdup("C");
    overall->band_high = g_strdup("B");
    overall->rank_low = 1;
    overall->rank_high = 2;
    overall->p_first = edition_known(0.99);
    overall->p_last = edition_known(0);
    overall->trend = (struct edition_trend){CLAIM_WORSENING, edition_known(0.04),
                                            edition_known(-7.5), REASON_NONE};
    full_pillar(place, "support", full_score(100, 0));
    full_pillar(place, "clauses", full_score(0.1, 0.1));
    full_history(place);
    full_words(place->reply, "Nous contestons.", "We object.");
    struct edition_alert *alert = edition_add_alert(place);
    alert->month = FULL_AS_OF - 1;
    alert->pillar = g_strdup("support");
    alert->own = true;
    full_words(alert->sentence, "Le cumul des signalements…", "Reports have…");
}

static inline void full_unknown_place(struct edition *edition) {
    struct edition_marketplace *place = edition_add_marketplace(edition);
    place->id = g_strdup("quai");
    place->name = g_strdup("Quai");
    place->status = STATUS_INSUFFICIENT;
    place->overall.score = full_missing(REASON_PILLAR_MISSING);
    place->overall.rank_reason = REASON_PILLAR_MISSING;
    place->overall.trend.reason = REASON_PILLAR_MISSING;
    full_pillar(place, "support", full_missing(REASON_FEW_FIRMS));
    full_pillar(place, "clauses", full_missing(REASON_WIDE_INTERVAL));
    full_history(place);
}

static inline struct edition *full_edition(void) {
    struct edition *edition = edition_new();
    edition->as_of = edition->window_to = FULL_AS_OF;
    edition->window_from = FULL_AS_OF - 11;
    edition->closed = edition->fictitious = true;
    edition->method_version = g_strdup("1.0");
    edition->method_sha256 = g_strdup(full_sha256);
    edition->seed = g_strdup("barometre-1");
    edition->draws = 10000;
    edition_add_band(edition, "A", 65);
    edition_add_band(edition, "B", 0);
    full_known_place(edition);
    full_unknown_place(edition);
    struct edition_source *source = edition_add_source(edition);
    source->profile = g_strdup("canonical");
    source->sha256 = g_strdup(full_sha256);
    source->records = (struct edition_account){0, 1, 5, 1, 2, 3, 4};
    source->bytes = (struct edition_account){3, 100, 500, 100, 200, 300, 40};
    source->bytes_total = 1243;
    return edition;
}

#endif
