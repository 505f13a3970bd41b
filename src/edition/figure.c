#include "figure.h"

#include "member.h"

#include <math.h>
#include <string.h>

static double round_to(double value, int decimals) {
    const double scale = pow(10, decimals);
    return round(value * scale) / scale + 0.0;
}

json_t *figure_write_real(double value, int decimals) {
    g_assert(isfinite(value));
    return json_real(round_to(value, decimals));
}

json_t *figure_write_number(struct edition_number number, int decimals) {
    return number.known ? figure_write_real(number.value, decimals) : json_null();
}

json_t *figure_write_count(struct edition_number number) {
    return number.known ? json_integer(llround(number.value)) : json_null();
}

json_t *figure_write_rank(int rank) {
    return rank > 0 ? json_integer(rank) : json_null();
}

json_t *figure_write_whole(int whole) {
    return whole >= 0 ? json_integer(whole) : json_null();
}

json_t *figure_write_reason(enum edition_reason reason) {
    return member_text(edition_reason_code(reason));
}

json_t *figure_write_reason_unless(bool known, enum edition_reason reason) {
    return figure_write_reason(known ? REASON_NONE : reason);
}

json_t *figure_write_reasons(const GArray *reasons) {
    json_t *array = json_array();
    for (guint i = 0; i < reasons->len; i++)
        member_append(
            array, figure_write_reason(g_array_index(reasons, enum edition_reason, i)));
    return array;
}

static double read_rounded(const struct json_node *node, const char *key, double value,
                           int decimals) {
    if (fabs(round_to(value, decimals) - value) > 1e-9)
        json_node_problem(node, key, "published figures have %d decimals; round it",
                          decimals);
    return value;
}

double figure_read_known(const struct json_node *node, const char *key, int decimals,
                         double least, double most) {
    return read_rounded(node, key, json_node_number(node, key, least, most), decimals);
}

struct edition_number figure_read_number(const struct json_node *node, const char *key,
                                         int decimals, double least, double most) {
    if (json_node_is_null(node, key))
        return edition_unknown();
    return edition_known(figure_read_known(node, key, decimals, least, most));
}

double figure_read_element(const struct json_node *array, size_t index, int decimals,
                           double least, double most) {
    const json_t *element = json_array_get(array->value, index);
    const double value = json_number_value(element);
    if (!json_is_number(element) || !(value >= least && value <= most)) {
        json_node_problem(array, NULL, "element %zu is no number between %g and %g",
                          index, least, most);
        return least;
    }
    return read_rounded(array, NULL, value, decimals);
}

struct edition_number figure_read_count(const struct json_node *node, const char *key) {
    if (json_node_is_null(node, key))
        return edition_unknown();
    return edition_known((double)json_node_count(node, key));
}

int figure_read_rank(const struct json_node *node, const char *key) {
    return json_node_is_null(node, key) ? 0 : json_node_int(node, key, 1, MOST_ELEMENTS);
}

int figure_read_whole(const struct json_node *node, const char *key) {
    return json_node_is_null(node, key) ? -1 : json_node_int(node, key, 0, MOST_COUNT);
}

enum edition_reason figure_read_reason(const struct json_node *node, const char *key) {
    if (json_node_is_null(node, key))
        return REASON_NONE;
    const char *codes[REASON_COUNT]; /* without that of no reason, with an end */
    for (int i = 1; i < REASON_COUNT; i++)
        codes[i - 1] = edition_reason_code((enum edition_reason)i);
    codes[REASON_COUNT - 1] = NULL;
    return (enum edition_reason)(1 + json_node_choice(node, key, codes));
}

void figure_read_reasons(GArray *reasons, const struct json_node *parent) {
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

enum edition_status figure_read_status(const struct json_node *node) {
    const char *codes[STATUS_COUNT + 1];
    for (int i = 0; i < STATUS_COUNT; i++)
        codes[i] = edition_status_code((enum edition_status)i);
    codes[STATUS_COUNT] = NULL;
    return (enum edition_status)json_node_choice(node, "status", codes);
}

enum edition_claim figure_read_claim(const struct json_node *node, const char *key) {
    const char *codes[CLAIM_COUNT + 1];
    for (int i = 0; i < CLAIM_COUNT; i++)
        codes[i] = edition_claim_code((enum edition_claim)i);
    codes[CLAIM_COUNT] = NULL;
    return (enum edition_claim)json_node_choice(node, key, codes);
}

/* A figure is known or has a reason for missing, never both nor neither. */
void figure_check_reason(const struct json_node *node, const char *key, bool known,
                         enum edition_reason reason) {
    if (node->value != NULL && known != (reason == REASON_NONE))
        json_node_problem(node, key,
                          known ? "the figure is known; write null"
                                : "the figure is missing; say why");
}

void figure_check_interval(const struct json_node *node, struct edition_number low,
                           struct edition_number high) {
    if (low.known != high.known || low.value > high.value)
        json_node_problem(node, "low", "this is no interval with \"high\"; correct it");
}

void figure_write_score(json_t *object, const struct edition_score *score) {
    member_set(object, "score", figure_write_number(score->score, SCORE_DECIMALS));
    member_set(object, "low", figure_write_number(score->low, SCORE_DECIMALS));
    member_set(object, "high", figure_write_number(score->high, SCORE_DECIMALS));
    member_set(object, "reason", figure_write_reason(score->reason));
    member_set(object, "interval_reason", figure_write_reason(score->interval_reason));
}

struct edition_score figure_read_score(const struct json_node *node) {
    const struct edition_score score = {
        .score = figure_read_number(node, "score", SCORE_DECIMALS, 0, 100),
        .low = figure_read_number(node, "low", SCORE_DECIMALS, 0, 100),
        .high = figure_read_number(node, "high", SCORE_DECIMALS, 0, 100),
        .reason = figure_read_reason(node, "reason"),
        .interval_reason = figure_read_reason(node, "interval_reason"),
    };
    figure_check_reason(node, "reason", score.score.known, score.reason);
    figure_check_reason(node, "interval_reason", score.low.known && score.high.known,
                        score.interval_reason);
    figure_check_interval(node, score.low, score.high);
    return score;
}

json_t *figure_write_trend(const struct edition_trend *trend) {
    json_t *object = json_object();
    member_set(object, "claim", json_string(edition_claim_code(trend->claim)));
    member_set(object, "p_improved",
               figure_write_number(trend->p_improved, PROBABILITY_DECIMALS));
    member_set(object, "points", figure_write_number(trend->points, SCORE_DECIMALS));
    member_set(object, "reason", figure_write_reason(trend->reason));
    return object;
}

struct edition_trend figure_read_trend(const struct json_node *parent) {
    const struct json_node node = json_node_object(
        parent, "trend", KEYS("claim", "p_improved", "points", "reason"));
    const struct edition_trend trend = {
        .claim = figure_read_claim(&node, "claim"),
        .p_improved = figure_read_number(&node, "p_improved", PROBABILITY_DECIMALS, 0, 1),
        .points = figure_read_number(&node, "points", SCORE_DECIMALS, -100, 100),
        .reason = figure_read_reason(&node, "reason"),
    };
    figure_check_reason(&node, "reason", trend.claim != CLAIM_UNKNOWN, trend.reason);
    return trend;
}

json_t *figure_write_median(const struct edition_median *median) {
    json_t *object = json_object();
    member_set(object, "value", figure_write_count(median->days));
    member_set(object, "low", figure_write_count(median->low));
    member_set(object, "high", figure_write_count(median->high));
    member_set(object, "reason", figure_write_reason(median->reason));
    return object;
}

struct edition_median figure_read_median(const struct json_node *parent,
                                         const char *key) {
    const struct json_node node =
        json_node_object(parent, key, KEYS("value", "low", "high", "reason"));
    const struct edition_median median = {
        .days = figure_read_count(&node, "value"),
        .low = figure_read_count(&node, "low"),
        .high = figure_read_count(&node, "high"),
        .reason = figure_read_reason(&node, "reason"),
    };
    figure_check_reason(&node, "reason", median.days.known, median.reason);
    return median;
}

json_t *figure_write_share(const struct edition_share *share) {
    json_t *object = json_object();
    member_set(object, "share", figure_write_number(share->share, SCORE_DECIMALS));
    member_set(object, "low", figure_write_number(share->low, SCORE_DECIMALS));
    member_set(object, "high", figure_write_number(share->high, SCORE_DECIMALS));
    member_set(object, "reason",
               figure_write_reason_unless(share->share.known, share->reason));
    return object;
}

struct edition_share figure_read_share(const struct json_node *parent, const char *key) {
    const struct json_node node =
        json_node_object(parent, key, KEYS("share", "low", "high", "reason"));
    const struct edition_share share = {
        .share = figure_read_number(&node, "share", SCORE_DECIMALS, 0, 100),
        .low = figure_read_number(&node, "low", SCORE_DECIMALS, 0, 100),
        .high = figure_read_number(&node, "high", SCORE_DECIMALS, 0, 100),
        .reason = figure_read_reason(&node, "reason"),
    };
    figure_check_reason(&node, "reason", share.share.known, share.reason);
    figure_check_interval(&node, share.low, share.high);
    if (share.share.known != share.low.known)
        json_node_problem(&node, "low", "a share goes with its interval; correct it");
    return share;
}
