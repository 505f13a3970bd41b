#include "figure.h"

#include "edition_json.h"

#include <math.h>
#include <string.h>

#define KEYS(...) ((const char *const[]){__VA_ARGS__, NULL})

struct edition_number figure_number(const struct json_node *node, const char *key,
                                    int decimals, double least, double most) {
    if (json_node_is_null(node, key))
        return edition_unknown();
    const double value = json_node_number(node, key, least, most);
    if (fabs(edition_round(value, decimals) - value) > 1e-9)
        json_node_problem(node, key, "published figures have %d decimals; round it",
                          decimals);
    return edition_known(value);
}

struct edition_number figure_count(const struct json_node *node, const char *key) {
    if (json_node_is_null(node, key))
        return edition_unknown();
    return edition_known((double)json_node_count(node, key));
}

enum edition_reason figure_reason(const struct json_node *node, const char *key) {
    if (json_node_is_null(node, key))
        return REASON_NONE;
    const char *codes[REASON_COUNT]; /* without that of no reason, with an end */
    for (int i = 1; i < REASON_COUNT; i++)
        codes[i - 1] = edition_reason_code((enum edition_reason)i);
    codes[REASON_COUNT - 1] = NULL;
    return (enum edition_reason)(1 + json_node_choice(node, key, codes));
}

/* A figure is known or has a reason for missing, never both nor neither. */
void figure_check_reason(const struct json_node *node, const char *key, bool known,
                         enum edition_reason reason) {
    if (node->value != NULL && known != (reason == REASON_NONE))
        json_node_problem(node, key,
                          known ? "the figure is known; write null"
                                : "the figure is missing; say why");
}

struct edition_score figure_score(const struct json_node *node) {
    const struct edition_score score = {
        .score = figure_number(node, "score", SCORE_DECIMALS, 0, 100),
        .low = figure_number(node, "low", SCORE_DECIMALS, 0, 100),
        .high = figure_number(node, "high", SCORE_DECIMALS, 0, 100),
        .reason = figure_reason(node, "reason"),
        .interval_reason = figure_reason(node, "interval_reason"),
    };
    figure_check_reason(node, "reason", score.score.known, score.reason);
    figure_check_reason(node, "interval_reason", score.low.known && score.high.known,
                        score.interval_reason);
    if (score.low.known != score.high.known || score.low.value > score.high.value)
        json_node_problem(node, "low", "this is no interval with \"high\"; correct it");
    return score;
}

struct edition_trend figure_trend(const struct json_node *parent) {
    const struct json_node node = json_node_object(
        parent, "trend", KEYS("claim", "p_improved", "points", "reason"));
    const char *codes[CLAIM_COUNT + 1];
    for (int i = 0; i < CLAIM_COUNT; i++)
        codes[i] = edition_claim_code((enum edition_claim)i);
    codes[CLAIM_COUNT] = NULL;
    const struct edition_trend trend = {
        .claim = (enum edition_claim)json_node_choice(&node, "claim", codes),
        .p_improved = figure_number(&node, "p_improved", PROBABILITY_DECIMALS, 0, 1),
        .points = figure_number(&node, "points", SCORE_DECIMALS, -100, 100),
        .reason = figure_reason(&node, "reason"),
    };
    figure_check_reason(&node, "reason", trend.claim != CLAIM_UNKNOWN, trend.reason);
    return trend;
}

struct edition_median figure_median(const struct json_node *parent) {
    const struct json_node node =
        json_node_object(parent, "median_days", KEYS("value", "low", "high", "reason"));
    const struct edition_median median = {
        .days = figure_count(&node, "value"),
        .low = figure_count(&node, "low"),
        .high = figure_count(&node, "high"),
        .reason = figure_reason(&node, "reason"),
    };
    figure_check_reason(&node, "reason", median.days.known, median.reason);
    return median;
}

void figure_reasons(GArray *reasons, const struct json_node *parent) {
    const struct json_node node = json_node_array(parent, "reasons", 0, REASON_COUNT);
    for (size_t i = 0; i < json_node_length(&node); i++) {
        const char *code = json_node_string_at(&node, i);
        enum edition_reason reason = REASON_COUNT - 1;
        while (reason > REASON_NONE && strcmp(edition_reason_code(reason), code) != 0)
            reason--;
        if (reason == REASON_NONE)
            json_node_problem(&node, NULL, "element %zu is no reason; correct it", i);
        g_array_append_val(reasons, reason);
    }
}
