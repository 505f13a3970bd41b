/* An edition that uses every field: intervals, ranks, claims, alerts, replies, what is
 * watched and compared, missing figures of several kinds. Its figures are invented. */
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

/* With a point that has no interval, or missing. */
static inline void full_curve(struct edition_curve *curve, struct edition_score score) {
    const struct edition_curve_point points[] = {
        {2, 14, edition_known(10), edition_known(20)},
        {9, 100, edition_unknown(), edition_unknown()},
    };
    curve->horizon_days = 15;
    curve->most_days = 30;
    curve->reason = curve->p_half_reason = REASON_FEW_ANSWERS;
    if (!score.score.known)
        return;
    g_array_append_vals(curve->points, points, G_N_ELEMENTS(points));
    curve->reason = curve->p_half_reason = REASON_NONE;
    curve->p_half = edition_known(0.97);
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
        full_curve(&indicator->curve, score);
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
    pillar->p_weakest = known ? edition_known(0.01) : edition_unknown();
    if (known)
        full_words(pillar->sentence, "Le pilier…", "The pillar…");
    pillar->weakest_reason = known ? REASON_NONE : score.reason;
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

static inline struct edition_share full_share(double share, double half) {
    return (struct edition_share){.share = edition_known(share),
                                  .low = edition_known(share - half),
                                  .high = edition_known(share + half)};
}

/* Three dimensions, out of alphabetical order: shown with an amount, shown without one,
 * hidden. */
static inline void full_watch(struct edition_marketplace *place, bool known) {
    struct edition_watch *withheld = edition_add_watch(place, "withheld");
    struct edition_watch *fees = edition_add_watch(place, "fees");
    struct edition_watch *parity = edition_add_watch(place, "parity");
    parity->firms.reason = parity->change_reason = REASON_SUPPRESSED;
    if (!known) {
        withheld->amount_reason = REASON_FEW_FIRMS;
        return;
    }
    withheld->firms = full_share(31.5, 9.2);
    withheld->firms_class = g_strdup("10-29");
    withheld->change = CLAIM_WORSENING;
    withheld->change_reason = REASON_NONE;
    withheld->amount = edition_known(123456.7);
    full_words(withheld->sentence, "Paiements retenus…", "Payments withheld…");
    fees->firms = full_share(0, 0);
    fees->change_reason = REASON_FEW_MONTHS;
}

static inline void full_declared(struct edition_marketplace *place) {
    struct edition_declared *old = edition_add_declared(place);
    old->from = FULL_AS_OF - 24;
    old->to = FULL_AS_OF - 13;
    old->complaints = edition_known(64);
    struct edition_declared *new = edition_add_declared(place);
    new->from = FULL_AS_OF - 12;
    new->to = FULL_AS_OF - 1;
    new->complaints = edition_known(45);
    new->mean_days = edition_known(4.2);
    new->reversed = edition_known(0);
    new->source = g_strdup("exemple fictif");
    new->lived =
        (struct edition_median){.days = edition_known(21), .low = edition_known(12)};
}

/* Of six changes one without a date and one told after the fact. */
static inline void full_changes(struct edition_marketplace *place) {
    static const struct edition_number days[6] = {{true, 15},  {false, 0}, {true, -3},
                                                  {true, 120}, {true, 0},  {true, 14}};
    struct edition_changes *changes = &place->changes;
    changes->count = 6;
    changes->median_notice_days = edition_known(14.5);
    changes->short_notice = full_share(50, 31.2);
    changes->reason = REASON_NONE;
    changes->excess = (struct edition_excess){3, edition_known(0.93)};
    for (int i = 0; i < 6; i++) {
        g_autofree char *id = g_strdup_printf("Changement n° %d", 6 - i);
        struct edition_change *change =
            edition_add_change(place, id, i % 2 == 0 ? "liability" : "other");
        change->effective_on = 20000 + i;
        change->notice_days = days[i];
    }
}

/* As many bins as full_notice has limits, and one. */
static inline void full_terminations(struct edition_marketplace *place, bool known) {
    const struct edition_number firms[] = {known ? edition_known(10) : edition_unknown(),
                                           edition_unknown(), edition_known(0),
                                           edition_known(1235)};
    g_array_append_vals(place->terminations.firms, firms, G_N_ELEMENTS(firms));
    place->terminations.reason = REASON_SUPPRESSED;
    if (known)
        place->terminations.excess = (struct edition_excess){2, edition_known(1)};
}

static inline void full_notice(struct edition *edition) {
    static const int bins[] = {0, 15, 30};
    edition->notice.known = true;
    edition->notice.step = 5;
    edition->notice.changes.days = 15;
    edition->notice.terminations.days = 30;
    edition->notice.indicator = g_strdup("done");
    g_array_append_vals(edition->notice.bins, bins, G_N_ELEMENTS(bins));
    full_words(edition->notice.changes.law, "Règlement (UE) 2019/1150, 3(2)",
               "Regulation (EU) 2019/1150, 3(2)");
    full_words(edition->notice.terminations.law, NULL, "Regulation (EU) 2019/1150, 4(2)");
}

/* Two months, the first of which hides part or all of what follows the reports. */
static inline void full_consumers(GArray *months) {
    const struct edition_consumers old = {.month = FULL_AS_OF - 3,
                                          .reports = edition_known(12),
                                          .reason = REASON_SUPPRESSED};
    const struct edition_consumers new = {.month = FULL_AS_OF,
                                          .reports = edition_known(20123),
                                          .transmitted = edition_known(9876),
                                          .read = edition_known(71.4),
                                          .answered = edition_known(0)};
    g_array_append_val(months, old);
    g_array_append_val(months, new);
}

static inline void full_context(struct edition_marketplace *place) {
    const struct edition_statements statements = {.month = FULL_AS_OF - 1,
                                                  .days = 30,
                                                  .statements = 1234567,
                                                  .suspensions = 12,
                                                  .terminations = 0,
                                                  .services = 3,
                                                  .products = 1234555,
                                                  .decided = 86.5,
                                                  .detected = 100};
    g_array_append_val(place->statements, statements);
    full_consumers(place->consumers);
}

/* A document with a change of three contents, and one that is not followed. */
static inline void full_terms(struct edition_terms *terms) {
    terms->changes = 1;
    terms->median_interval_days = edition_known(41.5);
    terms->reason = REASON_NONE;
    for (int i = 0; i < 2; i++) {
        struct edition_terms_document *document = edition_add_terms_document(terms);
        document->service = g_strdup("Étal");
        document->type = g_strdup(i == 0 ? "Marketplace Sellers Conditions" : "Terms");
        document->pattern = g_strdup(i == 0 ? "flip_flop" : "dynamic");
        document->first_on = 19000;
        document->last_on = 20700;
        document->versions = 234;
        document->contents = i == 0 ? 4 : 233;
        document->returns = i == 0 ? 230 : 1;
        if (i > 0)
            continue;
        struct edition_terms_change *change = edition_add_terms_change(document);
        change->before_on = 20590;
        change->seen_on = 20600;
        change->last_on = 20604;
        change->contents = 3;
        change->words_added = 5060;
        change->words_removed = 12;
        change->before_sha256 = g_strdup(full_sha256);
        change->sha256 = g_strdup(full_sha256);
    }
}

/* Everything that is told and not scored. */
static inline void full_told(struct edition_marketplace *place) {
    full_watch(place, true);
    full_declared(place);
    full_context(place);
    full_terms(&place->terms);
    place->mediation.referred = edition_known(14);
    place->mediation.reason = REASON_NONE;
    place->mediation.settled = full_share(64.3, 24.1);
    place->mediation.failed.reason = REASON_SUPPRESSED;
    full_changes(place);
    full_terminations(place, true);
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
    overall->p_above_median = edition_known(0.97);
    overall->p_below_median = edition_known(0.03);
    full_words(overall->sentence, "Selon les entreprises ayant signalé…",
               "According to…");
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
    full_told(place);
    place->expectation = (struct edition_expectation){.expected = edition_known(31.9),
                                                      .firms = edition_known(60),
                                                      .ratio = edition_known(1.88),
                                                      .low = edition_known(1.82),
                                                      .high = edition_known(1.94),
                                                      .position = POSITION_ABOVE_OUTER};
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
    full_watch(place, false);
    full_terminations(place, false);
    place->expectation.expected = edition_known(2.4);
    place->expectation.reason = REASON_FEW_EXPECTED;
    place->changes.count = 0;
    place->changes.reason = place->changes.short_notice.reason = REASON_FEW_CHANGES;
}

static inline void full_robustness(struct edition *edition) {
    static const char *const variants[] = {"V0", "V9", "V10", NULL}; /* not sorted */
    static const char *const factors[] = {"weights", "draw", NULL};
    static const double shares[] = {87.5, 12.5}, indices[] = {0.62, 0.05};
    static const struct edition_number scores[] = {{true, 68.2}, {true, 60.0}, {0}};
    static const int ranks[] = {1, 2, 0};
    edition->robustness.reason = REASON_NONE;
    edition->robustness.variants = g_strdupv((char **)variants);
    edition->robustness.factors = g_strdupv((char **)factors);
    g_array_append_vals(edition->robustness.total_indices, indices, 2);
    struct edition_robust *robust = edition_add_robust(edition, "etal-cie");
    g_array_append_vals(robust->rank_shares, shares, 2);
    g_array_append_vals(robust->variant_scores, scores, 3);
    g_array_append_vals(robust->variant_ranks, ranks, 3);
    robust->reason = REASON_FEW_FIRMS; /* of V10 */
    robust->low = 60;
    robust->high = 68.2;
    robust->rank_low = 1;
    robust->rank_high = 2;
}

static inline void full_tables(struct edition *edition) {
    static const char *const rows[] = {"2026-08", "2026-07", "total", NULL};
    static const char *const columns[] = {"quai", "etal-cie", "total", NULL};
    static const int counts[3][3] = {{-1, 20, -1}, {0, 30, 30}, {-1, 50, -1}};
    struct edition_table *table =
        edition_add_table(edition, "month-2026-09", rows, columns);
    for (guint i = 0; i < 3; i++)
        for (guint j = 0; j < 3; j++)
            *edition_table_cell(table, i, j) =
                counts[i][j] < 0 ? edition_unknown() : edition_known(counts[i][j]);
    edition_add_table(edition, "sector-2026-09", rows, columns); /* nothing hidden */
}

static inline void full_funnel(struct edition_funnel *funnel) {
    static const struct edition_limit limits[] = {{5, 0, 0.135, 1.859, 2.534},
                                                  {40, 0.552, 0.704, 1.324, 1.532}};
    funnel->rate = edition_known(3.7067);
    funnel->dispersion = edition_known(1.5);
    funnel->inner = edition_known(0.95);
    funnel->outer = edition_known(0.998);
    funnel->least = edition_known(5);
    g_array_append_vals(funnel->limits, limits, G_N_ELEMENTS(limits));
}

static inline void full_comparisons(struct edition *edition) {
    edition_add_pair(edition, "etal-cie", "quai", 0.99);
    struct edition_pair *pair = g_ptr_array_index(edition->pairs, 0);
    full_words(pair->sentence, "Étal & Cie devance Quai…", "Étal & Cie is ahead…");
    edition->signatories = (struct edition_group){.difference = edition_known(-3.4),
                                                  .low = edition_known(-9.1),
                                                  .high = edition_known(2.2),
                                                  .p = edition_known(0.16)};
    full_words(edition->signatories.sentence, "Écart observé…", "Observed difference…");
    edition->before_after.reason = REASON_FEW_MARKETPLACES;
    full_robustness(edition);
    full_tables(edition);
    full_funnel(&edition->funnel);
    edition->coverage = (struct edition_coverage){.firms = edition_known(321),
                                                  .complaints = edition_known(400),
                                                  .response = edition_known(88.1),
                                                  .months_of_history = 24};
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
    full_notice(edition);
    full_known_place(edition);
    full_unknown_place(edition);
    full_comparisons(edition);
    full_consumers(edition->consumers);
    struct edition_source *source = edition_add_source(edition);
    source->profile = g_strdup("canonical");
    source->sha256 = g_strdup(full_sha256);
    source->records = (struct edition_account){0, 1, 5, 1, 2, 3, 4};
    source->bytes = (struct edition_account){3, 100, 500, 100, 200, 300, 40};
    source->bytes_total = 1243;
    return edition;
}

#endif
