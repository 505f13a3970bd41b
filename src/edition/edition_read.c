#include "barometre/edition.h"

#include "barometre/json_reader.h"
#include "barometre/month.h"
#include "barometre/text.h"
#include "edition_json.h"
#include "figure.h"

#include <string.h>

#define KEYS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define ACCOUNT_KEYS "header", "stored", "updated", "duplicates", "rejected", "blank"

/* A hostile document must not make a reader work for hours. */
enum { MOST_ELEMENTS = 10000, MOST_PILLARS = 16, MOST_BASIS = 32 };

static char *read_text_or_null(const struct json_node *node, const char *key) {
    return json_node_is_null(node, key) ? NULL : g_strdup(json_node_string(node, key));
}

/* A text made of the characters given. */
static char *read_made_of(const struct json_node *node, const char *key,
                          const char *characters) {
    const char *text = json_node_string(node, key);
    if (text[strspn(text, characters)] != '\0')
        json_node_problem(node, key, "this text has other characters than %s; correct it",
                          characters);
    return g_strdup(text);
}

static char *read_class(const struct json_node *node, const char *key) {
    return json_node_is_null(node, key) ? NULL : read_made_of(node, key, "0123456789-+");
}

static char *read_name(const struct json_node *node, const char *key) {
    return read_made_of(node, key, "abcdefghijklmnopqrstuvwxyz0123456789_-");
}

static char *read_sha256(const struct json_node *node) {
    char *sha256 = read_made_of(node, "sha256", "0123456789abcdef");
    if (sha256[0] != '\0' && strlen(sha256) != 64)
        json_node_problem(node, "sha256", "a SHA-256 has 64 digits; correct it");
    return sha256;
}

static int32_t read_month(const struct json_node *node, const char *key) {
    const char *text = json_node_string(node, key);
    int32_t month = 0;
    if (text[0] != '\0' && !month_parse(text, &month))
        json_node_problem(node, key, "this is no month; write YYYY-MM");
    return month;
}

static bool parse_day(const char *text, int32_t *day) {
    if (strlen(text) != 10 || text[7] != '-' || !g_ascii_isdigit(text[8]) ||
        !g_ascii_isdigit(text[9]))
        return false;
    g_autofree char *first = g_strndup(text, 7);
    int32_t month;
    if (!month_parse(first, &month))
        return false;
    const int of_month = g_ascii_digit_value(text[8]) * 10 + g_ascii_digit_value(text[9]);
    return day_from_date(month_year(month), month_number(month), of_month, day);
}

static int32_t read_day_or_null(const struct json_node *node, const char *key) {
    int32_t day = INT32_MIN;
    if (json_node_is_null(node, key))
        return day;
    const char *text = json_node_string(node, key);
    if (text[0] != '\0' && !parse_day(text, &day))
        json_node_problem(node, key, "this is no date; write YYYY-MM-DD");
    return day;
}

static void read_words_or_null(const struct json_node *node, const char *key,
                               char *words[static WORDS_LANGUAGES]) {
    static const char *const codes[] = {[WORDS_FR] = "fr", [WORDS_EN] = "en", NULL};
    if (json_node_is_null(node, key))
        return;
    const struct json_node object = json_node_object(node, key, codes);
    for (int i = 0; i < WORDS_LANGUAGES; i++)
        if (json_node_has(&object, codes[i]))
            words[i] = g_strdup(json_node_string(&object, codes[i]));
    if (object.value != NULL && words[WORDS_FR] == NULL && words[WORDS_EN] == NULL)
        json_node_problem(&object, NULL,
                          "this text has no language; write null for none");
}

static enum edition_status read_status(const struct json_node *node) {
    const char *codes[STATUS_COUNT + 1];
    for (int i = 0; i < STATUS_COUNT; i++)
        codes[i] = edition_status_code((enum edition_status)i);
    codes[STATUS_COUNT] = NULL;
    return (enum edition_status)json_node_choice(node, "status", codes);
}

/* What method.pillars tells of a pillar and of its indicators. */
static void describe_pillar(struct edition_pillar *pillar, const struct json_node *node) {
    static const char *const kinds[] = {"share", "delay", "incidence", NULL};
    pillar->id = read_name(node, "id");
    json_node_bilingual(node, "label", pillar->label);
    pillar->weight = figure_number(node, "weight", WEIGHT_DECIMALS, 0, 1).value;
    const struct json_node indicators =
        json_node_array(node, "indicators", 0, MOST_PILLARS);
    for (size_t i = 0; i < json_node_length(&indicators); i++) {
        const struct json_node described =
            json_node_object_at(&indicators, i, KEYS("id", "kind", "label"));
        struct edition_indicator *indicator = edition_add_indicator(pillar);
        indicator->id = read_name(&described, "id");
        indicator->kind = g_strdup(kinds[json_node_choice(&described, "kind", kinds)]);
        json_node_bilingual(&described, "label", indicator->label);
    }
}

static void read_indicator(struct edition_indicator *indicator,
                           const struct json_node *parent) {
    const struct json_node node =
        json_node_object(parent, indicator->id,
                         KEYS(FIGURE_SCORE_KEYS, "answers_class", "basis", "sentence"));
    indicator->score = figure_score(&node);
    indicator->answers_class = read_class(&node, "answers_class");
    indicator->basis = json_node_strings(&node, "basis", 0, MOST_BASIS);
    read_words_or_null(&node, "sentence", indicator->sentence);
}

/* The members of an object are those that method.pillars names, each once. */
static void check_members(const struct json_node *node, const GPtrArray *ids) {
    for (guint i = 0; i + 1 < ids->len; i++)
        for (guint j = 0; j < i; j++)
            if (strcmp(g_ptr_array_index(ids, i), g_ptr_array_index(ids, j)) == 0)
                json_node_problem(node, NULL, "method.pillars names one of these twice");
    json_node_only(node, (const char *const *)ids->pdata);
}

static void read_pillar(struct edition_pillar *pillar, const struct json_node *parent) {
    const struct json_node node =
        json_node_object(parent, pillar->id,
                         KEYS(FIGURE_SCORE_KEYS, "status", "reasons", "firms_class",
                              "trend", "indicators", "median_days"));
    pillar->score = figure_score(&node);
    pillar->status = read_status(&node);
    figure_reasons(pillar->reasons, &node);
    pillar->firms_class = read_class(&node, "firms_class");
    pillar->trend = figure_trend(&node);
    const struct json_node indicators = json_node_object(&node, "indicators", NULL);
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    bool delay = false;
    for (guint i = 0; i < pillar->indicators->len; i++) {
        struct edition_indicator *indicator = g_ptr_array_index(pillar->indicators, i);
        g_ptr_array_add(ids, indicator->id);
        read_indicator(indicator, &indicators);
        if (strcmp(indicator->kind, "delay") != 0)
            continue;
        delay = true;
        indicator->median = figure_median(&node);
    }
    g_ptr_array_add(ids, NULL);
    check_members(&indicators, ids);
    if (!delay && json_object_get(node.value, "median_days") != NULL)
        json_node_problem(&node, "median_days", "no indicator is a delay; remove it");
}

static int read_rank(const struct json_node *node, const char *key) {
    return json_node_is_null(node, key) ? 0 : json_node_int(node, key, 1, MOST_ELEMENTS);
}

static void read_overall(struct edition_overall *overall,
                         const struct json_node *parent) {
    const struct json_node node = json_node_object(
        parent, "overall",
        KEYS(FIGURE_SCORE_KEYS, "band", "band_low", "band_high", "rank_low", "rank_high",
             "p_first", "p_last", "rank_reason", "trend"));
    overall->score = figure_score(&node);
    overall->band = read_text_or_null(&node, "band");
    overall->band_low = read_text_or_null(&node, "band_low");
    overall->band_high = read_text_or_null(&node, "band_high");
    overall->rank_low = read_rank(&node, "rank_low");
    overall->rank_high = read_rank(&node, "rank_high");
    overall->p_first = figure_number(&node, "p_first", PROBABILITY_DECIMALS, 0, 1);
    overall->p_last = figure_number(&node, "p_last", PROBABILITY_DECIMALS, 0, 1);
    overall->rank_reason = figure_reason(&node, "rank_reason");
    overall->trend = figure_trend(&node);
    if (node.value != NULL && (overall->band != NULL) != overall->score.score.known)
        json_node_problem(&node, "band", "a band goes with a score; correct it");
    figure_check_reason(&node, "rank_reason",
                        overall->rank_low > 0 && overall->rank_high > 0,
                        overall->rank_reason);
}

static void read_history(struct edition_history *history, const struct json_node *node,
                         const GPtrArray *ids) {
    history->as_of = read_month(node, "as_of");
    const struct json_node overall =
        json_node_object(node, "overall", KEYS(FIGURE_SCORE_KEYS));
    history->overall = figure_score(&overall);
    const struct json_node pillars = json_node_object(node, "pillars", NULL);
    check_members(&pillars, ids);
    for (guint i = 0; i + 1 < ids->len; i++) {
        const struct json_node pillar = json_node_object(
            &pillars, g_ptr_array_index(ids, i), KEYS(FIGURE_SCORE_KEYS));
        const struct edition_score score = figure_score(&pillar);
        g_array_append_val(history->pillars, score);
    }
}

static void read_alerts(struct edition_marketplace *marketplace,
                        const struct json_node *parent) {
    static const char *const scopes[] = {"general", "own", NULL};
    const struct json_node array = json_node_array(parent, "alerts", 0, MOST_ELEMENTS);
    for (size_t i = 0; i < json_node_length(&array); i++) {
        const struct json_node node =
            json_node_object_at(&array, i, KEYS("month", "pillar", "scope", "sentence"));
        struct edition_alert *alert = edition_add_alert(marketplace);
        alert->month = read_month(&node, "month");
        alert->pillar = read_name(&node, "pillar");
        alert->own = json_node_choice(&node, "scope", scopes) == 1;
        read_words_or_null(&node, "sentence", alert->sentence);
    }
}

static void read_sellers(struct edition_marketplace *marketplace,
                         const struct json_node *parent) {
    const struct json_node node =
        json_node_object(parent, "sellers", KEYS("value", "source", "reason"));
    marketplace->sellers = figure_count(&node, "value");
    marketplace->sellers_source = read_text_or_null(&node, "source");
    figure_check_reason(&node, "reason", marketplace->sellers.known,
                        figure_reason(&node, "reason"));
}

static void read_pillars(struct edition_marketplace *marketplace,
                         const struct json_node *node, const struct json_node *described,
                         GPtrArray *ids) {
    const struct json_node pillars = json_node_object(node, "pillars", NULL);
    for (size_t i = 0; i < json_node_length(described); i++) {
        const struct json_node description = json_node_object_at(
            described, i, KEYS("id", "label", "weight", "indicators"));
        struct edition_pillar *pillar = edition_add_pillar(marketplace);
        describe_pillar(pillar, &description);
        g_ptr_array_add(ids, pillar->id);
        read_pillar(pillar, &pillars);
    }
    g_ptr_array_add(ids, NULL);
    check_members(&pillars, ids);
}

static void read_marketplace(struct edition_marketplace *marketplace,
                             const struct json_node *node,
                             const struct json_node *described) {
    marketplace->id = g_strdup(json_node_string(node, "id"));
    if (marketplace->id[0] != '\0' && !text_is_id(marketplace->id))
        json_node_problem(node, "id", "an id is made of a-z, 0-9 and -; correct it");
    marketplace->name = g_strdup(json_node_string(node, "name"));
    marketplace->signatory_from = read_day_or_null(node, "signatory_from");
    read_sellers(marketplace, node);
    marketplace->status = read_status(node);
    read_overall(&marketplace->overall, node);
    read_words_or_null(node, "reply", marketplace->reply);
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    read_pillars(marketplace, node, described, ids);
    const struct json_node history = json_node_array(node, "history", 0, MOST_ELEMENTS);
    for (size_t i = 0; i < json_node_length(&history); i++) {
        const struct json_node month =
            json_node_object_at(&history, i, KEYS("as_of", "overall", "pillars"));
        read_history(edition_add_history(marketplace), &month, ids);
    }
    read_alerts(marketplace, node);
}

static struct edition_account read_account(const struct json_node *node) {
    return (struct edition_account){
        .header = json_node_count(node, "header"),
        .stored = json_node_count(node, "stored"),
        .updated = json_node_count(node, "updated"),
        .duplicates = json_node_count(node, "duplicates"),
        .rejected = json_node_count(node, "rejected"),
        .blank = json_node_count(node, "blank"),
    };
}

static double read_sum(const struct edition_account *account) {
    return (double)account->stored + (double)account->updated +
           (double)account->duplicates + (double)account->rejected;
}

static void read_source(struct edition_source *source, const struct json_node *node) {
    source->profile = g_strdup(json_node_string(node, "profile"));
    source->sha256 = read_sha256(node);
    source->records = read_account(node);
    if ((double)json_node_count(node, "records") != read_sum(&source->records))
        json_node_problem(node, "records",
                          "this is not the sum of its parts; correct it");
    const struct json_node bytes =
        json_node_object(node, "bytes", KEYS("total", "mark", ACCOUNT_KEYS));
    source->bytes = read_account(&bytes);
    source->bytes.mark = json_node_count(&bytes, "mark");
    source->bytes_total = json_node_count(&bytes, "total");
    if ((double)source->bytes_total !=
        read_sum(&source->bytes) + (double)source->bytes.mark +
            (double)source->bytes.header + (double)source->bytes.blank)
        json_node_problem(&bytes, "total",
                          "this is not the sum of its parts; correct it");
}

static void read_bands(struct edition *edition, const struct json_node *root) {
    const struct json_node array = json_node_array(root, "bands", 0, MOST_ELEMENTS);
    for (size_t i = 0; i < json_node_length(&array); i++) {
        const struct json_node node =
            json_node_object_at(&array, i, KEYS("letter", "least"));
        edition_add_band(edition, json_node_string(&node, "letter"),
                         figure_number(&node, "least", SCORE_DECIMALS, 0, 100).value);
    }
}

static struct json_node read_method(struct edition *edition,
                                    const struct json_node *node) {
    edition->method_version = g_strdup(json_node_string(node, "version"));
    edition->method_sha256 = read_sha256(node);
    edition->seed = g_strdup(json_node_string(node, "seed"));
    edition->draws = json_node_int(node, "draws", 0, 100000000);
    return json_node_array(node, "pillars", 0, MOST_PILLARS);
}

static void read_head(struct edition *edition, const struct json_node *root) {
    if (root->value != NULL &&
        strcmp(json_node_string(root, "schema"), EDITION_SCHEMA) != 0)
        json_node_problem(root, "schema", "this is no document of %s; name another",
                          EDITION_SCHEMA);
    edition->as_of = read_month(root, "as_of");
    edition->closed = json_node_bool(root, "closed");
    edition->fictitious = json_node_bool(root, "fictitious");
    const struct json_node window = json_node_object(root, "window", KEYS("from", "to"));
    edition->window_from = read_month(&window, "from");
    edition->window_to = read_month(&window, "to");
}

static void read_root(struct edition *edition, const struct json_node *root) {
    read_head(edition, root);
    const struct json_node method = json_node_object(
        root, "method", KEYS("version", "sha256", "seed", "draws", "pillars"));
    const struct json_node described = read_method(edition, &method);
    read_bands(edition, root);
    const struct json_node sources = json_node_array(root, "sources", 0, MOST_ELEMENTS);
    for (size_t i = 0; i < json_node_length(&sources); i++) {
        const struct json_node node = json_node_object_at(
            &sources, i, KEYS("profile", "sha256", "records", "bytes", ACCOUNT_KEYS));
        read_source(edition_add_source(edition), &node);
    }
    const struct json_node places =
        json_node_array(root, "marketplaces", 0, MOST_ELEMENTS);
    for (size_t i = 0; i < json_node_length(&places); i++) {
        const struct json_node node =
            json_node_object_at(&places, i,
                                KEYS("id", "name", "signatory_from", "sellers", "status",
                                     "overall", "pillars", "history", "alerts", "reply"));
        read_marketplace(edition_add_marketplace(edition), &node, &described);
    }
}

struct edition *edition_read(const char *json, size_t length, const char *name,
                             GError **error) {
    scoped(json_reader) *reader = json_reader_parse(json, length, name, error);
    if (reader == NULL)
        return NULL;
    const struct json_node root =
        json_reader_root(reader, KEYS("schema", "as_of", "closed", "fictitious", "window",
                                      "method", "bands", "sources", "marketplaces"));
    scoped(edition) *edition = edition_new();
    read_root(edition, &root);
    return json_reader_finish(reader, error) ? g_steal_pointer(&edition) : NULL;
}
