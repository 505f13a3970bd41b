#include "edition_json.h"

#include "figure.h"
#include "member.h"

enum { MOST_DAYS = 36500, MOST_POINTS = 4000 };

static json_t *write_point(const struct edition_curve_point *point) {
    json_t *object = json_object();
    member_set(object, "day", json_integer(point->day));
    member_set(object, "share", json_integer(point->share));
    member_set(object, "low", figure_write_count(point->low));
    member_set(object, "high", figure_write_count(point->high));
    return object;
}

json_t *curve_json_write(const struct edition_curve *curve) {
    json_t *object = json_object();
    json_t *points = json_array();
    member_set(object, "horizon_days", json_integer(curve->horizon_days));
    member_set(object, "most_days", json_integer(curve->most_days));
    member_set(object, "points", points);
    for (guint i = 0; i < curve->points->len; i++)
        member_append(points, write_point(&g_array_index(curve->points,
                                                         struct edition_curve_point, i)));
    member_set(object, "reason", figure_write_reason(curve->reason));
    member_set(object, "p_half",
               figure_write_number(curve->p_half, PROBABILITY_DECIMALS));
    member_set(object, "p_half_reason",
               figure_write_reason_unless(curve->p_half.known, curve->p_half_reason));
    return object;
}

/* Days and shares rise from point to point. */
static void read_point(struct edition_curve *curve, const struct json_node *points,
                       size_t index) {
    const struct json_node node =
        json_node_object_at(points, index, KEYS("day", "share", "low", "high"));
    const struct edition_curve_point *before =
        index > 0 ? &g_array_index(curve->points, struct edition_curve_point, index - 1)
                  : NULL;
    const struct edition_curve_point point = {
        .day = json_node_int(&node, "day", before != NULL ? before->day + 1 : 0,
                             curve->most_days),
        .share = json_node_int(&node, "share", before != NULL ? before->share : 1, 100),
        .low = figure_read_number(&node, "low", 0, 0, 100),
        .high = figure_read_number(&node, "high", 0, 0, 100),
    };
    figure_check_interval(&node, point.low, point.high);
    if (point.low.known &&
        (point.share < point.low.value || point.share > point.high.value))
        json_node_problem(&node, "share", "this lies outside its interval; correct it");
    g_array_append_val(curve->points, point);
}

void curve_json_read(struct edition_curve *curve, const struct json_node *indicator) {
    const struct json_node node = json_node_object(
        indicator, "curve",
        KEYS("horizon_days", "most_days", "points", "reason", "p_half", "p_half_reason"));
    curve->horizon_days = json_node_int(&node, "horizon_days", 0, MOST_DAYS);
    curve->most_days = json_node_int(&node, "most_days", curve->horizon_days, MOST_DAYS);
    const struct json_node points = json_node_array(&node, "points", 0, MOST_POINTS);
    for (size_t i = 0; i < json_node_length(&points); i++)
        read_point(curve, &points, i);
    curve->reason = figure_read_reason(&node, "reason");
    curve->p_half = figure_read_number(&node, "p_half", PROBABILITY_DECIMALS, 0, 1);
    curve->p_half_reason = figure_read_reason(&node, "p_half_reason");
    figure_check_reason(&node, "p_half_reason", curve->p_half.known,
                        curve->p_half_reason);
    if (curve->reason != REASON_NONE && curve->points->len > 0)
        json_node_problem(&node, "reason", "the curve has points; write null");
}
