#include "barometre/edition.h"

#include "barometre/month.h"
#include "edition_json.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

double edition_round(double value, int decimals) {
    const double scale = pow(10, decimals);
    return round(value * scale) / scale + 0.0;
}

static void set(json_t *object, const char *key, json_t *value) {
    const int failed = json_object_set_new(object, key, value);
    g_assert(failed == 0); /* memory, or text that is not UTF-8 */
}

static void append(json_t *array, json_t *value) {
    const int failed = json_array_append_new(array, value);
    g_assert(failed == 0);
}

static json_t *text_or_null(const char *text) {
    return text != NULL ? json_string(text) : json_null();
}

static json_t *reason_or_null(enum edition_reason reason) {
    return text_or_null(edition_reason_code(reason));
}

static json_t *real(double value, int decimals) {
    g_assert(isfinite(value));
    return json_real(edition_round(value, decimals));
}

static json_t *real_or_null(struct edition_number number, int decimals) {
    return number.known ? real(number.value, decimals) : json_null();
}

static json_t *whole_or_null(struct edition_number number) {
    return number.known ? json_integer(llround(number.value)) : json_null();
}

static json_t *month_text(int32_t month) {
    char text[MONTH_TEXT_SIZE];
    month_format(month, text);
    return json_string(text);
}

static json_t *day_or_null(int32_t day) {
    if (day == INT32_MIN)
        return json_null();
    char text[DAY_TEXT_SIZE];
    day_format(day, text);
    return json_string(text);
}

/* An object of the languages there are; null where there is none. */
static json_t *words_or_null(char *const words[static WORDS_LANGUAGES]) {
    static const char *const codes[] = {[WORDS_FR] = "fr", [WORDS_EN] = "en"};
    json_t *object = NULL;
    for (int i = 0; i < WORDS_LANGUAGES; i++) {
        if (words[i] == NULL)
            continue;
        if (object == NULL)
            object = json_object();
        set(object, codes[i], json_string(words[i]));
    }
    return object != NULL ? object : json_null();
}

/* Adds the members of a score to the object of what is scored. */
static void set_score(json_t *object, const struct edition_score *score) {
    set(object, "score", real_or_null(score->score, SCORE_DECIMALS));
    set(object, "low", real_or_null(score->low, SCORE_DECIMALS));
    set(object, "high", real_or_null(score->high, SCORE_DECIMALS));
    set(object, "reason", reason_or_null(score->reason));
    set(object, "interval_reason", reason_or_null(score->interval_reason));
}

static json_t *write_trend(const struct edition_trend *trend) {
    json_t *object = json_object();
    set(object, "claim", json_string(edition_claim_code(trend->claim)));
    set(object, "p_improved", real_or_null(trend->p_improved, PROBABILITY_DECIMALS));
    set(object, "points", real_or_null(trend->points, SCORE_DECIMALS));
    set(object, "reason", reason_or_null(trend->reason));
    return object;
}

static json_t *write_median(const struct edition_median *median) {
    json_t *object = json_object();
    set(object, "value", whole_or_null(median->days));
    set(object, "low", whole_or_null(median->low));
    set(object, "high", whole_or_null(median->high));
    set(object, "reason", reason_or_null(median->reason));
    return object;
}

static json_t *write_basis(char *const *basis) {
    json_t *array = json_array();
    for (; basis != NULL && *basis != NULL; basis++)
        append(array, json_string(*basis));
    return array;
}

static json_t *write_indicator(const struct edition_indicator *indicator) {
    json_t *object = json_object();
    set_score(object, &indicator->score);
    set(object, "answers_class", text_or_null(indicator->answers_class));
    set(object, "basis", write_basis(indicator->basis));
    set(object, "sentence", words_or_null(indicator->sentence));
    return object;
}

static json_t *write_reasons(const GArray *reasons) {
    json_t *array = json_array();
    for (guint i = 0; i < reasons->len; i++)
        append(array, reason_or_null(g_array_index(reasons, enum edition_reason, i)));
    return array;
}

static json_t *write_pillar(const struct edition_pillar *pillar) {
    json_t *object = json_object();
    set_score(object, &pillar->score);
    set(object, "status", json_string(edition_status_code(pillar->status)));
    set(object, "reasons", write_reasons(pillar->reasons));
    set(object, "firms_class", text_or_null(pillar->firms_class));
    set(object, "trend", write_trend(&pillar->trend));
    json_t *indicators = json_object();
    set(object, "indicators", indicators);
    for (guint i = 0; i < pillar->indicators->len; i++) {
        const struct edition_indicator *indicator =
            g_ptr_array_index(pillar->indicators, i);
        set(indicators, indicator->id, write_indicator(indicator));
        if (strcmp(indicator->kind, "delay") == 0)
            set(object, "median_days", write_median(&indicator->median));
    }
    return object;
}

static json_t *write_rank(int rank) {
    return rank > 0 ? json_integer(rank) : json_null();
}

static json_t *write_overall(const struct edition_overall *overall) {
    json_t *object = json_object();
    set_score(object, &overall->score);
    set(object, "band", text_or_null(overall->band));
    set(object, "band_low", text_or_null(overall->band_low));
    set(object, "band_high", text_or_null(overall->band_high));
    set(object, "rank_low", write_rank(overall->rank_low));
    set(object, "rank_high", write_rank(overall->rank_high));
    set(object, "p_first", real_or_null(overall->p_first, PROBABILITY_DECIMALS));
    set(object, "p_last", real_or_null(overall->p_last, PROBABILITY_DECIMALS));
    set(object, "rank_reason", reason_or_null(overall->rank_reason));
    set(object, "trend", write_trend(&overall->trend));
    return object;
}

static json_t *write_history(const struct edition_history *history,
                             const GPtrArray *pillars) {
    g_assert(history->pillars->len == pillars->len);
    json_t *object = json_object();
    set(object, "as_of", month_text(history->as_of));
    json_t *overall = json_object();
    set(object, "overall", overall);
    set_score(overall, &history->overall);
    json_t *scores = json_object();
    set(object, "pillars", scores);
    for (guint i = 0; i < pillars->len; i++) {
        const struct edition_pillar *pillar = g_ptr_array_index(pillars, i);
        json_t *score = json_object();
        set(scores, pillar->id, score);
        set_score(score, &g_array_index(history->pillars, struct edition_score, i));
    }
    return object;
}

static json_t *write_alert(const struct edition_alert *alert) {
    json_t *object = json_object();
    set(object, "month", month_text(alert->month));
    set(object, "pillar", json_string(alert->pillar));
    set(object, "scope", json_string(alert->own ? "own" : "general"));
    set(object, "sentence", words_or_null(alert->sentence));
    return object;
}

static json_t *write_sellers(const struct edition_marketplace *marketplace) {
    const bool known = marketplace->sellers.known;
    json_t *object = json_object();
    set(object, "value", whole_or_null(marketplace->sellers));
    set(object, "source", text_or_null(marketplace->sellers_source));
    set(object, "reason", reason_or_null(known ? REASON_NONE : REASON_UNKNOWN_SELLERS));
    return object;
}

static json_t *write_marketplace(const struct edition_marketplace *marketplace) {
    json_t *object = json_object();
    set(object, "id", json_string(marketplace->id));
    set(object, "name", json_string(marketplace->name));
    set(object, "signatory_from", day_or_null(marketplace->signatory_from));
    set(object, "sellers", write_sellers(marketplace));
    set(object, "status", json_string(edition_status_code(marketplace->status)));
    set(object, "overall", write_overall(&marketplace->overall));
    set(object, "reply", words_or_null(marketplace->reply));
    json_t *pillars = json_object();
    set(object, "pillars", pillars);
    for (guint i = 0; i < marketplace->pillars->len; i++) {
        const struct edition_pillar *pillar = g_ptr_array_index(marketplace->pillars, i);
        set(pillars, pillar->id, write_pillar(pillar));
    }
    json_t *history = json_array();
    set(object, "history", history);
    for (guint i = 0; i < marketplace->history->len; i++)
        append(history, write_history(g_ptr_array_index(marketplace->history, i),
                                      marketplace->pillars));
    json_t *alerts = json_array();
    set(object, "alerts", alerts);
    for (guint i = 0; i < marketplace->alerts->len; i++)
        append(alerts, write_alert(g_ptr_array_index(marketplace->alerts, i)));
    return object;
}

/* What all marketplaces share of a pillar; the array keeps the order of the method, which
 * the sorted keys of the figures lose. */
static json_t *describe_pillar(const struct edition_pillar *pillar) {
    json_t *object = json_object();
    set(object, "id", json_string(pillar->id));
    set(object, "label", words_or_null(pillar->label));
    set(object, "weight", real(pillar->weight, WEIGHT_DECIMALS));
    json_t *indicators = json_array();
    set(object, "indicators", indicators);
    for (guint i = 0; i < pillar->indicators->len; i++) {
        const struct edition_indicator *indicator =
            g_ptr_array_index(pillar->indicators, i);
        json_t *described = json_object();
        append(indicators, described);
        set(described, "id", json_string(indicator->id));
        set(described, "kind", json_string(indicator->kind));
        set(described, "label", words_or_null(indicator->label));
    }
    return object;
}

static json_t *write_method(const struct edition *edition) {
    json_t *object = json_object();
    set(object, "version", json_string(edition->method_version));
    set(object, "sha256", json_string(edition->method_sha256));
    set(object, "seed", json_string(edition->seed));
    set(object, "draws", json_integer(edition->draws));
    json_t *pillars = json_array();
    set(object, "pillars", pillars);
    if (edition->marketplaces->len == 0)
        return object;
    const struct edition_marketplace *first = g_ptr_array_index(edition->marketplaces, 0);
    for (guint i = 0; i < first->pillars->len; i++)
        append(pillars, describe_pillar(g_ptr_array_index(first->pillars, i)));
    return object;
}

static void set_account(json_t *object, const struct edition_account *account) {
    set(object, "header", json_integer(account->header));
    set(object, "stored", json_integer(account->stored));
    set(object, "updated", json_integer(account->updated));
    set(object, "duplicates", json_integer(account->duplicates));
    set(object, "rejected", json_integer(account->rejected));
    set(object, "blank", json_integer(account->blank));
}

static json_t *write_source(const struct edition_source *source) {
    const struct edition_account *records = &source->records;
    json_t *object = json_object();
    set(object, "profile", json_string(source->profile));
    set(object, "sha256", json_string(source->sha256));
    set(object, "records",
        json_integer(records->stored + records->updated + records->duplicates +
                     records->rejected));
    set_account(object, records);
    json_t *bytes = json_object();
    set(object, "bytes", bytes);
    set(bytes, "total", json_integer(source->bytes_total));
    set(bytes, "mark", json_integer(source->bytes.mark));
    set_account(bytes, &source->bytes);
    return object;
}

static json_t *write_bands(const GPtrArray *bands) {
    json_t *array = json_array();
    for (guint i = 0; i < bands->len; i++) {
        const struct edition_band *band = g_ptr_array_index(bands, i);
        json_t *object = json_object();
        append(array, object);
        set(object, "letter", json_string(band->letter));
        set(object, "least", real(band->least, SCORE_DECIMALS));
    }
    return array;
}

static json_t *write_window(const struct edition *edition) {
    json_t *window = json_object();
    set(window, "from", month_text(edition->window_from));
    set(window, "to", month_text(edition->window_to));
    return window;
}

char *edition_write(const struct edition *edition) {
    json_auto_t *root = json_object();
    set(root, "schema", json_string(EDITION_SCHEMA));
    set(root, "as_of", month_text(edition->as_of));
    set(root, "closed", json_boolean(edition->closed));
    set(root, "fictitious", json_boolean(edition->fictitious));
    set(root, "window", write_window(edition));
    set(root, "method", write_method(edition));
    set(root, "bands", write_bands(edition->bands));
    json_t *sources = json_array();
    set(root, "sources", sources);
    for (guint i = 0; i < edition->sources->len; i++)
        append(sources, write_source(g_ptr_array_index(edition->sources, i)));
    json_t *marketplaces = json_array();
    set(root, "marketplaces", marketplaces);
    for (guint i = 0; i < edition->marketplaces->len; i++)
        append(marketplaces,
               write_marketplace(g_ptr_array_index(edition->marketplaces, i)));
    /* 15 significant digits print a rounded figure as it is written by hand. */
    g_autofree char *json =
        json_dumps(root, JSON_SORT_KEYS | JSON_INDENT(1) | JSON_REAL_PRECISION(15));
    g_assert(json != NULL);
    return g_strconcat(json, "\n", NULL);
}
