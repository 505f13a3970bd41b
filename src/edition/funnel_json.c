#include "edition_json.h"

#include "figure.h"
#include "member.h"

enum { MOST_LIMITS = 1000, MOST_EXPECTED = 100000000, MOST_RATIO = 100000000 };

#define LIMIT_KEYS "expected", "outer_low", "inner_low", "inner_high", "outer_high"

static json_t *write_limit(const struct edition_limit *limit) {
    json_t *object = json_object();
    member_set(object, "expected", figure_write_real(limit->expected, RATIO_DECIMALS));
    member_set(object, "outer_low", figure_write_real(limit->outer_low, LIMIT_DECIMALS));
    member_set(object, "inner_low", figure_write_real(limit->inner_low, LIMIT_DECIMALS));
    member_set(object, "inner_high",
               figure_write_real(limit->inner_high, LIMIT_DECIMALS));
    member_set(object, "outer_high",
               figure_write_real(limit->outer_high, LIMIT_DECIMALS));
    return object;
}

json_t *funnel_json_write(const struct edition *edition) {
    const struct edition_funnel *funnel = &edition->funnel;
    json_t *object = json_object();
    member_set(object, "rate", figure_write_number(funnel->rate, RATE_DECIMALS));
    member_set(object, "reason",
               figure_write_reason_unless(funnel->rate.known, funnel->reason));
    member_set(object, "dispersion",
               figure_write_number(funnel->dispersion, RATIO_DECIMALS));
    member_set(object, "inner", figure_write_number(funnel->inner, RATE_DECIMALS));
    member_set(object, "outer", figure_write_number(funnel->outer, RATE_DECIMALS));
    member_set(object, "least_expected",
               figure_write_number(funnel->least, RATIO_DECIMALS));
    json_t *limits = json_array();
    member_set(object, "limits", limits);
    for (guint i = 0; i < funnel->limits->len; i++)
        member_append(
            limits, write_limit(&g_array_index(funnel->limits, struct edition_limit, i)));
    return object;
}

static struct edition_limit read_limit(const struct json_node *node) {
    const struct edition_limit limit = {
        .expected = figure_read_known(node, "expected", RATIO_DECIMALS, 0, MOST_EXPECTED),
        .outer_low = figure_read_known(node, "outer_low", LIMIT_DECIMALS, 0, 1),
        .inner_low = figure_read_known(node, "inner_low", LIMIT_DECIMALS, 0, 1),
        .inner_high =
            figure_read_known(node, "inner_high", LIMIT_DECIMALS, 0, MOST_RATIO),
        .outer_high =
            figure_read_known(node, "outer_high", LIMIT_DECIMALS, 0, MOST_RATIO),
    };
    if (limit.outer_low > limit.inner_low || limit.inner_high > limit.outer_high)
        json_node_problem(node, "outer_low",
                          "the outer limits hold the inner ones; correct them");
    return limit;
}

static void read_limits(GArray *limits, const struct json_node *parent) {
    const struct json_node array = json_node_array(parent, "limits", 0, MOST_LIMITS);
    double before = -1;
    for (size_t i = 0; i < json_node_length(&array); i++) {
        const struct json_node node = json_node_object_at(&array, i, KEYS(LIMIT_KEYS));
        const struct edition_limit limit = read_limit(&node);
        if (limit.expected <= before)
            json_node_problem(&node, "expected", "limits go from few to many; sort them");
        before = limit.expected;
        g_array_append_val(limits, limit);
    }
}

void funnel_json_read(struct edition *edition, const struct json_node *root) {
    struct edition_funnel *funnel = &edition->funnel;
    const struct json_node node =
        json_node_object(root, "funnel",
                         KEYS("rate", "reason", "dispersion", "inner", "outer",
                              "least_expected", "limits"));
    funnel->rate = figure_read_number(&node, "rate", RATE_DECIMALS, 0, MOST_EXPECTED);
    funnel->reason = figure_read_reason(&node, "reason");
    funnel->dispersion =
        figure_read_number(&node, "dispersion", RATIO_DECIMALS, 1, MOST_RATIO);
    funnel->inner = figure_read_number(&node, "inner", RATE_DECIMALS, 0, 1);
    funnel->outer = figure_read_number(&node, "outer", RATE_DECIMALS, 0, 1);
    funnel->least =
        figure_read_number(&node, "least_expected", RATIO_DECIMALS, 0, MOST_EXPECTED);
    read_limits(funnel->limits, &node);
    figure_check_reason(&node, "reason", funnel->rate.known, funnel->reason);
    if (funnel->rate.known != funnel->dispersion.known ||
        funnel->rate.known != (funnel->limits->len > 0))
        json_node_problem(&node, "rate",
                          "this is known together with \"dispersion\" and "
                          "\"limits\"; correct it");
}

json_t *funnel_json_write_place(const struct edition_marketplace *marketplace) {
    const struct edition_expectation *place = &marketplace->expectation;
    json_t *object = json_object();
    member_set(object, "expected", figure_write_number(place->expected, SCORE_DECIMALS));
    member_set(object, "expected_reason",
               figure_write_reason_unless(place->expected.known, place->expected_reason));
    member_set(object, "firms", figure_write_count(place->firms));
    member_set(object, "ratio", figure_write_number(place->ratio, RATIO_DECIMALS));
    member_set(object, "low", figure_write_number(place->low, RATIO_DECIMALS));
    member_set(object, "high", figure_write_number(place->high, RATIO_DECIMALS));
    member_set(object, "position", json_string(edition_position_code(place->position)));
    member_set(object, "reason",
               figure_write_reason_unless(place->ratio.known, place->reason));
    return object;
}

static enum edition_position read_position(const struct json_node *node) {
    const char *codes[POSITION_COUNT + 1];
    for (int i = 0; i < POSITION_COUNT; i++)
        codes[i] = edition_position_code((enum edition_position)i);
    codes[POSITION_COUNT] = NULL;
    return (enum edition_position)json_node_choice(node, "position", codes);
}

void funnel_json_read_place(struct edition_marketplace *marketplace,
                            const struct json_node *place) {
    const struct json_node node =
        json_node_object(place, "expectation",
                         KEYS("expected", "expected_reason", "firms", "ratio", "low",
                              "high", "position", "reason"));
    const struct edition_expectation read = {
        .expected =
            figure_read_number(&node, "expected", SCORE_DECIMALS, 0, MOST_EXPECTED),
        .expected_reason = figure_read_reason(&node, "expected_reason"),
        .firms = figure_read_count(&node, "firms"),
        .ratio = figure_read_number(&node, "ratio", RATIO_DECIMALS, 0, MOST_RATIO),
        .low = figure_read_number(&node, "low", RATIO_DECIMALS, 0, MOST_RATIO),
        .high = figure_read_number(&node, "high", RATIO_DECIMALS, 0, MOST_RATIO),
        .position = read_position(&node),
        .reason = figure_read_reason(&node, "reason"),
    };
    figure_check_reason(&node, "expected_reason", read.expected.known,
                        read.expected_reason);
    figure_check_reason(&node, "reason", read.ratio.known, read.reason);
    figure_check_interval(&node, read.low, read.high);
    if (read.ratio.known != read.low.known || read.ratio.known != read.firms.known ||
        read.ratio.known != (read.position != POSITION_UNKNOWN) ||
        (read.ratio.known && !read.expected.known))
        json_node_problem(&node, "ratio",
                          "this is known together with \"firms\", \"low\", \"high\" and "
                          "\"position\", and where \"expected\" is; correct it");
    marketplace->expectation = read;
}
