#include "barometre/score.h"

#include "compare.h"
#include "curve.h"
#include "trend.h"

#include <math.h>

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
                           const struct score_indicator *indicator,
                           struct edition_score score) {
    published->id = g_strdup(description->id);
    fill_words(published->label, description->label);
    published->kind = g_strdup(method_kind_word(description->kind));
    published->basis = g_strdupv(description->basis);
    published->answers_class = score_class(method, indicator->answers);
    published->score = score;
}

/* What a delay has beside its score. */
static void fill_delay(struct edition_indicator *published,
                       const struct score_inputs *inputs, const struct period *period,
                       int place, int pillar, int index) {
    const struct method *method = inputs->method;
    const struct tally_cell *cell = tally_cell(inputs->tally, 0, place, pillar);
    const struct bootstrap *bootstrap = period->bootstrap;
    struct edition_curve *curve = &published->curve;
    published->median = judge_median(
        method, &period->window->places[place].pillars[pillar].indicators[index]);
    curve_fill(curve, method, cell->durations, index,
               method->pillars[pillar].indicators[index].rule.days);
    curve->p_half_reason = published->score.reason;
    if (published->score.score.known)
        curve->p_half = edition_known(compare_probability(
            bootstrap->places[place].above_half[pillar][index], bootstrap->draws));
}

static double weight_share(const struct method *method, int pillar) {
    double sum = 0;
    for (int i = 0; i < method->pillar_count; i++)
        sum += method->pillars[i].weight;
    return method->pillars[pillar].weight / sum;
}

static void fill_pillar(struct edition_pillar *published,
                        const struct score_inputs *inputs, const struct period *period,
                        int place, int index) {
    const struct method *method = inputs->method;
    const struct method_pillar *description = &method->pillars[index];
    const struct score_place *scored = &period->window->places[place];
    const struct score_pillar *pillar = &scored->pillars[index];
    const struct gate_pillar *judged = &period->places[place].pillars[index];
    const struct bootstrap_interval *intervals =
        period->bootstrap->places[place].indicator_interval[index];
    published->id = g_strdup(description->id);
    fill_words(published->label, description->label);
    published->weight = weight_share(method, index);
    published->firms_class = score_class(method, pillar->firms);
    g_array_append_vals(published->reasons, judged->reasons, (guint)judged->reason_count);
    published->status = judged->status;
    published->score = judged->score;
    for (int i = 0; i < description->indicator_count; i++) {
        const struct method_indicator *indicator = &description->indicators[i];
        struct edition_indicator *added = edition_add_indicator(published);
        fill_indicator(added, method, indicator, &pillar->indicators[i],
                       gate_indicator(method, indicator, &pillar->indicators[i],
                                      intervals[i], scored->exposed));
        if (indicator->kind == INDICATOR_DELAY)
            fill_delay(added, inputs, period, place, index, i);
    }
}

static char *band_of(const struct method *method, struct edition_number score) {
    return score.known ? g_strdup(method_band(method, score.value)) : NULL;
}

/* Bands are those of the published figures, so that nobody reads 80.0 beside a B. */
static void fill_overall(struct edition_overall *overall, const struct method *method,
                         const struct edition_score *score) {
    overall->score = *score;
    overall->band = band_of(method, score->score);
    overall->band_low = band_of(method, score->low);
    overall->band_high = band_of(method, score->high);
}

static void fill_history(struct edition_history *history, const struct method *method,
                         const struct gate_place *place, int32_t last_month) {
    history->as_of = last_month;
    history->overall = place->overall;
    for (int i = 0; i < method->pillar_count; i++)
        g_array_append_val(history->pillars, place->pillars[i].score);
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
                             const struct score_inputs *inputs,
                             const struct period *period, int place) {
    const struct registry_place *registered = registry_place(inputs->registry, place);
    marketplace->id = g_strdup(registered->id);
    marketplace->name = g_strdup(registered->name);
    marketplace->signatory_from = registered->signatory_from;
    fill_words(marketplace->reply, registered->reply);
    fill_sellers(marketplace, registered, period->window->last_month);
    marketplace->status = period->places[place].status;
    for (int i = 0; i < inputs->method->pillar_count; i++)
        fill_pillar(edition_add_pillar(marketplace), inputs, period, place, i);
    fill_overall(&marketplace->overall, inputs->method, &period->places[place].overall);
}

static void fill_method(struct edition *edition, const struct method *method) {
    edition->method_version = g_strdup(method->version);
    edition->method_sha256 = g_strdup(method->sha256);
    edition->seed = g_strdup(method->seed);
    edition->draws = method->draws;
    for (int i = 0; i < method->band_count; i++)
        edition_add_band(edition, method->bands[i].letter, method->bands[i].least);
}

static void drop_period(void *period) {
    period_free(period);
}

/* Scores every period, oldest first, for the history; those that are compared are kept.
 */
static GPtrArray *fill_histories(struct edition *edition,
                                 const struct score_inputs *inputs, const bool *kept) {
    const struct method *method = inputs->method;
    GPtrArray *periods = g_ptr_array_new_with_free_func(drop_period);
    g_ptr_array_set_size(periods, period_count(inputs));
    for (int w = period_count(inputs) - 1; w >= 0; w--) {
        scoped(period) *period =
            period_new(inputs, w, kept[w] ? method->draws : method->history_draws);
        for (guint i = 0; i < edition->marketplaces->len; i++)
            fill_history(edition_add_history(g_ptr_array_index(edition->marketplaces, i)),
                         method, &period->places[i], period->window->last_month);
        if (kept[w])
            periods->pdata[w] = g_steal_pointer(&period);
    }
    return periods;
}

static struct period *period_at(const GPtrArray *periods, int window) {
    return window >= 0 && window < (int)periods->len
               ? g_ptr_array_index(periods, (guint)window)
               : NULL;
}

struct edition *score_edition(const struct score_inputs *inputs) {
    const struct method *method = inputs->method;
    struct edition *edition = edition_new();
    fill_method(edition, method);
    edition->as_of = inputs->tally->last_month;
    edition->window_to = edition->as_of;
    edition->window_from = edition->as_of - method->window_months + 1;
    edition->fictitious = inputs->registry->fictitious;
    for (guint i = 0; i < inputs->registry->places->len; i++)
        edition_add_marketplace(edition);
    const int uncharted = compare_window_before(inputs);
    g_autofree bool *kept = g_new0(bool, period_count(inputs));
    for (int w = 0; w < period_count(inputs); w++)
        kept[w] = w == 0 || w == method->window_months || w == uncharted;
    g_autoptr(GPtrArray) periods = fill_histories(edition, inputs, kept);
    const struct period *now = period_at(periods, 0);
    for (guint i = 0; i < edition->marketplaces->len; i++)
        fill_marketplace(g_ptr_array_index(edition->marketplaces, i), inputs, now,
                         (int)i);
    trend_fill(edition, method, now, period_at(periods, method->window_months));
    compare_places(edition, inputs, now);
    compare_signatories(edition, inputs, now);
    compare_before_after(edition, inputs, now, period_at(periods, uncharted));
    return edition;
}
