#include "barometre/edition.h"

#include "barometre/text.h"

#include <string.h>

static const char *const reason_codes[REASON_COUNT] = {
    [REASON_NO_REPORTS] = "no_reports",
    [REASON_FEW_FIRMS] = "few_firms",
    [REASON_FEW_CHANGES] = "few_changes",
    [REASON_FEW_INDICATORS] = "few_indicators",
    [REASON_FEW_ANSWERS] = "few_answers",
    [REASON_WIDE_INTERVAL] = "wide_interval",
    [REASON_PILLAR_MISSING] = "pillar_missing",
    [REASON_UNKNOWN_SELLERS] = "unknown_sellers",
    [REASON_NOT_REACHED] = "not_reached",
    [REASON_FEW_MARKETPLACES] = "few_marketplaces",
    [REASON_FEW_MONTHS] = "few_months",
    [REASON_SUPPRESSED] = "suppressed",
    [REASON_NOT_DECLARED] = "not_declared",
    [REASON_FEW_EXPECTED] = "few_expected",
    [REASON_NOT_FOLLOWED] = "not_followed",
    [REASON_NOT_COMPUTED] = "not_computed",
};

static const char *const status_codes[STATUS_COUNT] = {
    [STATUS_INSUFFICIENT] = "insufficient",
    [STATUS_PROVISIONAL] = "provisional",
    [STATUS_ESTABLISHED] = "established",
};

static const char *const claim_codes[CLAIM_COUNT] = {
    [CLAIM_UNKNOWN] = "unknown",
    [CLAIM_NONE] = "none",
    [CLAIM_IMPROVING] = "improving",
    [CLAIM_WORSENING] = "worsening",
};

static const char *const position_codes[POSITION_COUNT] = {
    [POSITION_UNKNOWN] = "unknown",         [POSITION_INSIDE] = "inside",
    [POSITION_ABOVE_INNER] = "above_inner", [POSITION_ABOVE_OUTER] = "above_outer",
    [POSITION_BELOW_INNER] = "below_inner", [POSITION_BELOW_OUTER] = "below_outer",
};

const char *edition_reason_code(enum edition_reason reason) {
    return reason_codes[reason];
}

const char *edition_status_code(enum edition_status status) {
    return status_codes[status];
}

const char *edition_claim_code(enum edition_claim claim) {
    return claim_codes[claim];
}

const char *edition_position_code(enum edition_position position) {
    return position_codes[position];
}

static void free_words(char *words[static WORDS_LANGUAGES]) {
    for (int i = 0; i < WORDS_LANGUAGES; i++)
        g_free(words[i]);
}

static void free_indicator(void *element) {
    struct edition_indicator *indicator = element;
    g_free(indicator->id);
    free_words(indicator->label);
    g_free(indicator->kind);
    g_free(indicator->answers_class);
    g_strfreev(indicator->basis);
    free_words(indicator->sentence);
    g_array_unref(indicator->curve.points);
    g_free(indicator);
}

static void free_pillar(void *element) {
    struct edition_pillar *pillar = element;
    g_free(pillar->id);
    free_words(pillar->label);
    free_words(pillar->sentence);
    g_array_unref(pillar->reasons);
    g_free(pillar->firms_class);
    g_ptr_array_unref(pillar->indicators);
    g_free(pillar);
}

static void free_history(void *element) {
    struct edition_history *history = element;
    g_array_unref(history->pillars);
    g_free(history);
}

static void free_alert(void *element) {
    struct edition_alert *alert = element;
    g_free(alert->pillar);
    free_words(alert->sentence);
    g_free(alert);
}

static void free_watch(void *element) {
    struct edition_watch *watch = element;
    free_words(watch->sentence);
    g_free(watch->id);
    g_free(watch->firms_class);
    g_free(watch);
}

static void free_declared(void *element) {
    struct edition_declared *declared = element;
    g_free(declared->source);
    g_free(declared);
}

static void free_change(void *element) {
    struct edition_change *change = element;
    g_free(change->id);
    g_free(change->kind);
    g_free(change);
}

static void free_terms_change(void *element) {
    struct edition_terms_change *change = element;
    g_free(change->before_sha256);
    g_free(change->sha256);
    g_free(change);
}

static void free_terms_document(void *element) {
    struct edition_terms_document *document = element;
    g_free(document->service);
    g_free(document->type);
    g_free(document->pattern);
    g_ptr_array_unref(document->changes);
    g_free(document);
}

static void free_marketplace(void *element) {
    struct edition_marketplace *marketplace = element;
    g_free(marketplace->id);
    g_free(marketplace->name);
    g_free(marketplace->sellers_source);
    g_free(marketplace->overall.band);
    g_free(marketplace->overall.band_low);
    g_free(marketplace->overall.band_high);
    free_words(marketplace->overall.sentence);
    g_ptr_array_unref(marketplace->pillars);
    g_ptr_array_unref(marketplace->history);
    g_ptr_array_unref(marketplace->alerts);
    free_words(marketplace->reply);
    g_ptr_array_unref(marketplace->watch);
    g_ptr_array_unref(marketplace->declared);
    g_ptr_array_unref(marketplace->changes.acts);
    g_array_unref(marketplace->terminations.firms);
    g_array_unref(marketplace->statements);
    g_array_unref(marketplace->consumers);
    g_ptr_array_unref(marketplace->terms.documents);
    g_free(marketplace);
}

static void free_source(void *element) {
    struct edition_source *source = element;
    g_free(source->profile);
    g_free(source->sha256);
    g_free(source);
}

static void free_band(void *element) {
    struct edition_band *band = element;
    g_free(band->letter);
    g_free(band);
}

static void free_pair(void *element) {
    struct edition_pair *pair = element;
    free_words(pair->sentence);
    g_free(pair->a);
    g_free(pair->b);
    g_free(pair);
}

static void free_robust(void *element) {
    struct edition_robust *robust = element;
    g_free(robust->id);
    g_array_unref(robust->rank_shares);
    g_array_unref(robust->variant_scores);
    g_array_unref(robust->variant_ranks);
    g_free(robust);
}

static void clear_notice(struct edition_notice *notice) {
    free_words(notice->changes.law);
    free_words(notice->terminations.law);
    g_free(notice->indicator);
    g_array_unref(notice->bins);
}

static void clear_robustness(struct edition_robustness *robustness) {
    g_strfreev(robustness->variants);
    g_ptr_array_unref(robustness->places);
    g_strfreev(robustness->factors);
    g_array_unref(robustness->total_indices);
}

static void free_table(void *element) {
    struct edition_table *table = element;
    g_free(table->id);
    g_strfreev(table->rows);
    g_strfreev(table->columns);
    g_array_unref(table->cells);
    g_free(table);
}

struct edition *edition_new(void) {
    struct edition *edition = g_new0(struct edition, 1);
    edition->bands = g_ptr_array_new_with_free_func(free_band);
    edition->marketplaces = g_ptr_array_new_with_free_func(free_marketplace);
    edition->sources = g_ptr_array_new_with_free_func(free_source);
    edition->pairs = g_ptr_array_new_with_free_func(free_pair);
    edition->signatories.reason = edition->before_after.reason = REASON_NOT_COMPUTED;
    edition->robustness = (struct edition_robustness){
        .reason = REASON_NOT_COMPUTED,
        .places = g_ptr_array_new_with_free_func(free_robust),
        .total_indices = g_array_new(FALSE, TRUE, sizeof(double)),
    };
    edition->coverage =
        (struct edition_coverage){.months_of_history = -1, .reason = REASON_NOT_COMPUTED};
    edition->funnel = (struct edition_funnel){
        .reason = REASON_NOT_COMPUTED,
        .limits = g_array_new(FALSE, TRUE, sizeof(struct edition_limit)),
    };
    edition->tables = g_ptr_array_new_with_free_func(free_table);
    edition->notice.bins = g_array_new(FALSE, TRUE, sizeof(int));
    edition->consumers = g_array_new(FALSE, TRUE, sizeof(struct edition_consumers));
    return edition;
}

void edition_free(struct edition *edition) {
    if (edition == NULL)
        return;
    g_free(edition->method_version);
    g_free(edition->method_sha256);
    g_free(edition->seed);
    g_ptr_array_unref(edition->bands);
    g_ptr_array_unref(edition->marketplaces);
    g_ptr_array_unref(edition->sources);
    g_ptr_array_unref(edition->pairs);
    free_words(edition->signatories.sentence);
    free_words(edition->before_after.sentence);
    clear_robustness(&edition->robustness);
    g_array_unref(edition->funnel.limits);
    g_ptr_array_unref(edition->tables);
    clear_notice(&edition->notice);
    g_array_unref(edition->consumers);
    g_free(edition);
}

static const struct edition_share share_to_come = {.reason = REASON_NOT_COMPUTED};

struct edition_marketplace *edition_add_marketplace(struct edition *edition) {
    struct edition_marketplace *marketplace = g_new0(struct edition_marketplace, 1);
    marketplace->signatory_from = INT32_MIN;
    marketplace->pillars = g_ptr_array_new_with_free_func(free_pillar);
    marketplace->history = g_ptr_array_new_with_free_func(free_history);
    marketplace->alerts = g_ptr_array_new_with_free_func(free_alert);
    marketplace->watch = g_ptr_array_new_with_free_func(free_watch);
    marketplace->mediation = (struct edition_mediation){
        .settled = share_to_come, .failed = share_to_come, .reason = REASON_NOT_COMPUTED};
    marketplace->declared = g_ptr_array_new_with_free_func(free_declared);
    marketplace->changes =
        (struct edition_changes){.count = -1,
                                 .reason = REASON_NOT_COMPUTED,
                                 .short_notice = share_to_come,
                                 .acts = g_ptr_array_new_with_free_func(free_change)};
    marketplace->terminations = (struct edition_terminations){
        .firms = g_array_new(FALSE, TRUE, sizeof(struct edition_number)),
        .reason = REASON_NOT_COMPUTED};
    marketplace->expectation = (struct edition_expectation){
        .expected_reason = REASON_NOT_COMPUTED, .reason = REASON_NOT_COMPUTED};
    marketplace->statements = g_array_new(FALSE, TRUE, sizeof(struct edition_statements));
    marketplace->consumers = g_array_new(FALSE, TRUE, sizeof(struct edition_consumers));
    marketplace->terms = (struct edition_terms){
        .changes = -1,
        .reason = REASON_NOT_COMPUTED,
        .documents = g_ptr_array_new_with_free_func(free_terms_document)};
    g_ptr_array_add(edition->marketplaces, marketplace);
    return marketplace;
}

struct edition_pillar *edition_add_pillar(struct edition_marketplace *marketplace) {
    struct edition_pillar *pillar = g_new0(struct edition_pillar, 1);
    pillar->reasons = g_array_new(FALSE, TRUE, sizeof(enum edition_reason));
    pillar->indicators = g_ptr_array_new_with_free_func(free_indicator);
    pillar->weakest_reason = REASON_NOT_COMPUTED;
    g_ptr_array_add(marketplace->pillars, pillar);
    return pillar;
}

struct edition_indicator *edition_add_indicator(struct edition_pillar *pillar) {
    struct edition_indicator *indicator = g_new0(struct edition_indicator, 1);
    struct edition_curve *curve = &indicator->curve;
    curve->points = g_array_new(FALSE, TRUE, sizeof(struct edition_curve_point));
    curve->reason = curve->p_half_reason = REASON_NOT_COMPUTED;
    g_ptr_array_add(pillar->indicators, indicator);
    return indicator;
}

bool edition_is_delay(const struct edition_indicator *indicator) {
    return strcmp(indicator->kind, "delay") == 0;
}

struct edition_history *edition_add_history(struct edition_marketplace *marketplace) {
    struct edition_history *history = g_new0(struct edition_history, 1);
    history->pillars = g_array_new(FALSE, TRUE, sizeof(struct edition_score));
    g_ptr_array_add(marketplace->history, history);
    return history;
}

struct edition_alert *edition_add_alert(struct edition_marketplace *marketplace) {
    struct edition_alert *alert = g_new0(struct edition_alert, 1);
    g_ptr_array_add(marketplace->alerts, alert);
    return alert;
}

struct edition_watch *edition_add_watch(struct edition_marketplace *marketplace,
                                        const char *id) {
    struct edition_watch *watch = g_new0(struct edition_watch, 1);
    watch->id = g_strdup(id);
    watch->firms = share_to_come;
    watch->change_reason = REASON_NOT_COMPUTED;
    g_ptr_array_add(marketplace->watch, watch);
    return watch;
}

struct edition_declared *edition_add_declared(struct edition_marketplace *marketplace) {
    struct edition_declared *declared = g_new0(struct edition_declared, 1);
    declared->lived.reason = REASON_NOT_COMPUTED;
    g_ptr_array_add(marketplace->declared, declared);
    return declared;
}

struct edition_change *edition_add_change(struct edition_marketplace *marketplace,
                                          const char *id, const char *kind) {
    struct edition_change *change = g_new0(struct edition_change, 1);
    change->id = g_strdup(id);
    change->kind = g_strdup(kind);
    g_ptr_array_add(marketplace->changes.acts, change);
    return change;
}

struct edition_terms_document *edition_add_terms_document(struct edition_terms *terms) {
    struct edition_terms_document *document = g_new0(struct edition_terms_document, 1);
    document->changes = g_ptr_array_new_with_free_func(free_terms_change);
    g_ptr_array_add(terms->documents, document);
    return document;
}

struct edition_terms_change *
edition_add_terms_change(struct edition_terms_document *document) {
    struct edition_terms_change *change = g_new0(struct edition_terms_change, 1);
    g_ptr_array_add(document->changes, change);
    return change;
}

struct edition_source *edition_add_source(struct edition *edition) {
    struct edition_source *source = g_new0(struct edition_source, 1);
    g_ptr_array_add(edition->sources, source);
    return source;
}

struct edition_band *edition_add_band(struct edition *edition, const char *letter,
                                      double least) {
    struct edition_band *band = g_new0(struct edition_band, 1);
    band->letter = g_strdup(letter);
    band->least = least;
    g_ptr_array_add(edition->bands, band);
    return band;
}

void edition_add_pair(struct edition *edition, const char *a, const char *b, double p) {
    struct edition_pair *pair = g_new0(struct edition_pair, 1);
    pair->a = g_strdup(a);
    pair->b = g_strdup(b);
    pair->p = p;
    g_ptr_array_add(edition->pairs, pair);
}

struct edition_robust *edition_add_robust(struct edition *edition, const char *place) {
    struct edition_robust *robust = g_new0(struct edition_robust, 1);
    robust->id = g_strdup(place);
    robust->rank_shares = g_array_new(FALSE, TRUE, sizeof(double));
    robust->variant_scores = g_array_new(FALSE, TRUE, sizeof(struct edition_number));
    robust->variant_ranks = g_array_new(FALSE, TRUE, sizeof(int));
    robust->reason = REASON_NOT_COMPUTED;
    g_ptr_array_add(edition->robustness.places, robust);
    return robust;
}

struct edition_table *edition_add_table(struct edition *edition, const char *id,
                                        const char *const *rows,
                                        const char *const *columns) {
    struct edition_table *table = g_new0(struct edition_table, 1);
    table->id = g_strdup(id);
    table->rows = g_strdupv((char **)rows);
    table->columns = g_strdupv((char **)columns);
    table->cells = g_array_new(FALSE, TRUE, sizeof(struct edition_number));
    const guint count = g_strv_length(table->rows) * g_strv_length(table->columns);
    for (guint i = 0; i < count; i++) {
        const struct edition_number none = edition_known(0);
        g_array_append_val(table->cells, none);
    }
    g_ptr_array_add(edition->tables, table);
    return table;
}

struct edition_number *edition_table_cell(const struct edition_table *table, guint row,
                                          guint column) {
    const guint columns = g_strv_length(table->columns);
    g_assert(column < columns && row * columns + column < table->cells->len);
    return &g_array_index(table->cells, struct edition_number, row * columns + column);
}

struct edition_number edition_known(double value) {
    return (struct edition_number){.known = true, .value = value};
}

struct edition_number edition_unknown(void) {
    return (struct edition_number){.known = false};
}

static int compare_names(const struct edition_marketplace *a,
                         const struct edition_marketplace *b) {
    g_autofree char *folded_a = text_fold(a->name);
    g_autofree char *folded_b = text_fold(b->name);
    const int order = strcmp(folded_a, folded_b);
    return order != 0 ? order : strcmp(a->id, b->id);
}

static int compare_ranks(const void *left, const void *right) {
    const struct edition_marketplace *a = *(struct edition_marketplace *const *)left;
    const struct edition_marketplace *b = *(struct edition_marketplace *const *)right;
    const struct edition_number score_a = a->overall.score.score;
    const struct edition_number score_b = b->overall.score.score;
    if (score_a.known != score_b.known)
        return score_a.known ? -1 : 1;
    if (!score_a.known)
        return compare_names(a, b);
    if (score_a.value != score_b.value)
        return score_a.value > score_b.value ? -1 : 1;
    return strcmp(a->id, b->id);
}

GPtrArray *edition_ranked(const struct edition *edition) {
    GPtrArray *ranked = g_ptr_array_sized_new(edition->marketplaces->len);
    for (guint i = 0; i < edition->marketplaces->len; i++)
        g_ptr_array_add(ranked, g_ptr_array_index(edition->marketplaces, i));
    g_ptr_array_sort(ranked, compare_ranks);
    return ranked;
}

static int compare_doubles(const void *left, const void *right) {
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static struct edition_number score_of(const struct edition_marketplace *marketplace,
                                      int pillar) {
    if (pillar < 0)
        return marketplace->overall.score.score;
    if ((guint)pillar >= marketplace->pillars->len)
        return edition_unknown();
    const struct edition_pillar *found =
        g_ptr_array_index(marketplace->pillars, (guint)pillar);
    return found->score.score;
}

struct edition_number edition_median_score(const struct edition *edition, int pillar) {
    g_autoptr(GArray) known = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_number score =
            score_of(g_ptr_array_index(edition->marketplaces, i), pillar);
        if (score.known)
            g_array_append_val(known, score.value);
    }
    if (known->len == 0)
        return edition_unknown();
    g_array_sort(known, compare_doubles);
    const double upper = g_array_index(known, double, known->len / 2);
    const double lower = g_array_index(known, double, (known->len - 1) / 2);
    return edition_known((lower + upper) / 2);
}
