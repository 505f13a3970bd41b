#include "barometre/score.h"

#include "indicator.h"

#include <math.h>

/* What a figure is judged by beside its counts; unknown while intervals are not computed.
 */
static const struct edition_number no_width = {.known = false};

static double round_score(double score) {
    return round(score * 10) / 10;
}

static struct edition_score known_score(double score) {
    return (struct edition_score){
        .score = edition_known(round_score(score)),
        .interval_reason = REASON_NOT_COMPUTED,
    };
}

static struct edition_score missing_score(enum edition_reason reason) {
    return (struct edition_score){.reason = reason, .interval_reason = reason};
}

char *score_class(const struct method *method, int firms) {
    int class = method->firms_class_count - 1;
    while (class >= 0 && firms < method->firms_classes[class])
        class --;
    if (class < 0)
        return NULL;
    const int least = method->firms_classes[class];
    if (class == method->firms_class_count - 1)
        return g_strdup_printf("%d+", least);
    return g_strdup_printf("%d-%d", least, method->firms_classes[class + 1] - 1);
}

static bool is_wider(struct edition_number width, double most) {
    return width.known && width.value > most;
}

/* The gates that a pillar fails, in the order of the method; none may be appended. */
static void judge_pillar(GArray *reasons, const struct method *method,
                         const struct method_pillar *description,
                         const struct score_pillar *pillar, struct edition_number width) {
    const struct method_gates *gates = &method->gates;
    if (pillar->firms == 0) {
        const enum edition_reason nobody = REASON_NO_REPORTS; /* the rest follows */
        g_array_append_val(reasons, nobody);
        return;
    }
    const struct {
        bool failed;
        enum edition_reason reason;
    } verdicts[] = {
        {pillar->firms < gates->pillar_firms, REASON_FEW_FIRMS},
        {description->clustered && pillar->units < gates->pillar_changes,
         REASON_FEW_CHANGES},
        {pillar->enough_answers < gates->pillar_indicators, REASON_FEW_INDICATORS},
        {is_wider(width, gates->pillar_width), REASON_WIDE_INTERVAL},
    };
    for (guint i = 0; i < G_N_ELEMENTS(verdicts); i++)
        if (verdicts[i].failed)
            g_array_append_val(reasons, verdicts[i].reason);
}

/* Established needs a width that is known and narrow: never before intervals are. */
static enum edition_status status_of(const struct method_gates *gates,
                                     const struct score_pillar *pillar,
                                     const GArray *reasons, struct edition_number width) {
    if (reasons->len > 0)
        return STATUS_INSUFFICIENT;
    if (pillar->firms >= gates->established_firms &&
        pillar->units >= gates->established_units && width.known &&
        width.value <= gates->established_width)
        return STATUS_ESTABLISHED;
    return STATUS_PROVISIONAL;
}

static struct edition_score pillar_score(const struct score_pillar *pillar,
                                         const GArray *reasons) {
    if (reasons->len > 0)
        return missing_score(g_array_index(reasons, enum edition_reason, 0));
    return known_score(pillar->score);
}

static struct edition_score judge_treatment(const struct method *method,
                                            const struct score_indicator *indicator) {
    if (indicator->answers < method->gates.indicator_answers)
        return missing_score(REASON_FEW_ANSWERS);
    return known_score(indicator->score);
}

/* A place that nobody reports keeps its incidence; one with a few reports does not, since
 * its score would tell their number. */
static struct edition_score judge_incidence(const struct method *method,
                                            const struct score_indicator *indicator,
                                            bool exposed) {
    if (!exposed)
        return missing_score(REASON_UNKNOWN_SELLERS);
    if (indicator->answers > 0 && indicator->answers < method->gates.indicator_answers)
        return missing_score(REASON_FEW_FIRMS);
    return known_score(indicator->score);
}

static struct edition_median judge_median(const struct method *method,
                                          const struct score_indicator *indicator) {
    if (indicator->durations < method->gates.indicator_answers)
        return (struct edition_median){.reason = REASON_FEW_ANSWERS};
    return indicator->median;
}

static void fill_words(char *copy[static WORDS_LANGUAGES],
                       char *const original[static WORDS_LANGUAGES]) {
    for (int i = 0; i < WORDS_LANGUAGES; i++)
        copy[i] = g_strdup(original[i]);
}

static void fill_indicator(struct edition_indicator *published,
                           const struct method *method,
                           const struct method_indicator *description,
                           const struct score_indicator *indicator, bool exposed) {
    published->id = g_strdup(description->id);
    fill_words(published->label, description->label);
    published->kind = g_strdup(method_kind_word(description->kind));
    published->basis = g_strdupv(description->basis);
    published->answers_class = score_class(method, indicator->answers);
    published->score = description->kind == INDICATOR_INCIDENCE
                           ? judge_incidence(method, indicator, exposed)
                           : judge_treatment(method, indicator);
    if (description->kind == INDICATOR_DELAY)
        published->median = judge_median(method, indicator);
}

static enum edition_reason reason_or_not_computed(const struct edition_score *score) {
    return score->score.known ? REASON_NOT_COMPUTED : score->reason;
}

static double weight_share(const struct method *method, int pillar) {
    double sum = 0;
    for (int i = 0; i < method->pillar_count; i++)
        sum += method->pillars[i].weight;
    return method->pillars[pillar].weight / sum;
}

static void fill_pillar(struct edition_pillar *published, const struct method *method,
                        int index, const struct score_place *place) {
    const struct method_pillar *description = &method->pillars[index];
    const struct score_pillar *pillar = &place->pillars[index];
    published->id = g_strdup(description->id);
    fill_words(published->label, description->label);
    published->weight = weight_share(method, index);
    published->firms_class = score_class(method, pillar->firms);
    judge_pillar(published->reasons, method, description, pillar, no_width);
    published->status = status_of(&method->gates, pillar, published->reasons, no_width);
    published->score = pillar_score(pillar, published->reasons);
    published->trend.reason = reason_or_not_computed(&published->score);
    for (int i = 0; i < description->indicator_count; i++)
        fill_indicator(edition_add_indicator(published), method,
                       &description->indicators[i], &pillar->indicators[i],
                       place->exposed);
}

/* The overall score needs every pillar. */
static struct edition_score judge_overall(const struct score_place *place,
                                          const struct edition_score *pillars,
                                          int count) {
    int missing = 0, unreported = 0;
    for (int i = 0; i < count; i++) {
        missing += !pillars[i].score.known;
        unreported += pillars[i].reason == REASON_NO_REPORTS;
    }
    if (unreported == count)
        return missing_score(REASON_NO_REPORTS);
    if (missing > 0)
        return missing_score(REASON_PILLAR_MISSING);
    return known_score(place->overall);
}

/* The least of the pillars' statuses. */
static enum edition_status overall_status(const struct edition_marketplace *marketplace) {
    enum edition_status least = STATUS_ESTABLISHED;
    for (guint i = 0; i < marketplace->pillars->len; i++) {
        const struct edition_pillar *pillar = g_ptr_array_index(marketplace->pillars, i);
        least = MIN(least, pillar->status);
    }
    return least;
}

static void fill_overall(struct edition_marketplace *marketplace,
                         const struct method *method, const struct score_place *place) {
    struct edition_score pillars[METHOD_MOST_PILLARS];
    for (guint i = 0; i < marketplace->pillars->len; i++) {
        const struct edition_pillar *pillar = g_ptr_array_index(marketplace->pillars, i);
        pillars[i] = pillar->score;
    }
    struct edition_overall *overall = &marketplace->overall;
    overall->score = judge_overall(place, pillars, method->pillar_count);
    overall->rank_reason = reason_or_not_computed(&overall->score);
    overall->trend.reason = overall->rank_reason;
    /* Of the published figure, so that nobody reads 80.0 beside a B. */
    if (overall->score.score.known)
        overall->band = g_strdup(method_band(method, overall->score.score.value));
    marketplace->status = overall_status(marketplace);
}

static void fill_history(struct edition_history *history, const struct method *method,
                         const struct score_place *place, int32_t last_month) {
    struct edition_score pillars[METHOD_MOST_PILLARS];
    for (int i = 0; i < method->pillar_count; i++) {
        g_autoptr(GArray) reasons =
            g_array_new(FALSE, FALSE, sizeof(enum edition_reason));
        judge_pillar(reasons, method, &method->pillars[i], &place->pillars[i], no_width);
        pillars[i] = pillar_score(&place->pillars[i], reasons);
    }
    history->as_of = last_month;
    history->overall = judge_overall(place, pillars, method->pillar_count);
    g_array_append_vals(history->pillars, pillars, (guint)method->pillar_count);
}

/* The published number of sellers in the last month, ranged or not. */
static void fill_sellers(struct edition_marketplace *marketplace,
                         const struct registry_place *place, int32_t last_month) {
    for (guint i = 0; i < place->sellers->len; i++) {
        const struct registry_sellers *sellers =
            &g_array_index(place->sellers, struct registry_sellers, i);
        if (sellers->from > last_month || sellers->to < last_month)
            continue;
        g_free(marketplace->sellers_source);
        marketplace->sellers = edition_known(round(sellers->count));
        marketplace->sellers_source = g_strdup(sellers->source);
    }
}

static void fill_marketplace(struct edition_marketplace *marketplace,
                             const struct method *method,
                             const struct registry_place *registered,
                             const struct score_place *place, int32_t last_month) {
    marketplace->id = g_strdup(registered->id);
    marketplace->name = g_strdup(registered->name);
    marketplace->signatory_from = registered->signatory_from;
    fill_words(marketplace->reply, registered->reply);
    fill_sellers(marketplace, registered, last_month);
    for (int i = 0; i < method->pillar_count; i++)
        fill_pillar(edition_add_pillar(marketplace), method, i, place);
    fill_overall(marketplace, method, place);
}

static void fill_method(struct edition *edition, const struct method *method) {
    edition->method_version = g_strdup(method->version);
    edition->method_sha256 = g_strdup(method->sha256);
    edition->seed = g_strdup(method->seed);
    edition->draws = method->draws;
    for (int i = 0; i < method->band_count; i++)
        edition_add_band(edition, method->bands[i].letter, method->bands[i].least);
}

struct edition *score_edition(const struct method *method,
                              const struct registry *registry,
                              const struct tally *tally) {
    struct edition *edition = edition_new();
    fill_method(edition, method);
    edition->as_of = tally->last_month;
    edition->window_to = tally->last_month;
    edition->window_from = tally->last_month - method->window_months + 1;
    edition->fictitious = registry->fictitious;
    for (guint i = 0; i < registry->places->len; i++)
        edition_add_marketplace(edition);
    const int oldest = MIN(tally->window_count, method->history_months + 1) - 1;
    for (int w = oldest; w >= 0; w--) {
        scoped(score_window) *window = score_window_new(method, registry, tally, w);
        for (int i = 0; i < window->place_count; i++) {
            struct edition_marketplace *marketplace =
                g_ptr_array_index(edition->marketplaces, (guint)i);
            const struct score_place *place = &window->places[i];
            fill_history(edition_add_history(marketplace), method, place,
                         window->last_month);
            if (w == 0)
                fill_marketplace(marketplace, method, registry_place(registry, i), place,
                                 window->last_month);
        }
    }
    return edition;
}
