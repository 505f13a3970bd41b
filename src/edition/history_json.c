#include "edition_json.h"

#include "figure.h"
#include "member.h"

static json_t *write_figure(const struct edition_score *score) {
    json_t *object = json_object();
    figure_write_score(object, score);
    return object;
}

static json_t *write_month(const struct edition_history *history,
                           const GPtrArray *pillars) {
    g_assert(history->pillars->len == pillars->len);
    json_t *object = json_object();
    member_set(object, "as_of", member_month(history->as_of));
    member_set(object, "overall", write_figure(&history->overall));
    json_t *scores = json_object();
    member_set(object, "pillars", scores);
    for (guint i = 0; i < pillars->len; i++) {
        const struct edition_pillar *pillar = g_ptr_array_index(pillars, i);
        member_set(
            scores, pillar->id,
            write_figure(&g_array_index(history->pillars, struct edition_score, i)));
    }
    return object;
}

json_t *history_json_write(const struct edition_marketplace *marketplace) {
    json_t *array = json_array();
    for (guint i = 0; i < marketplace->history->len; i++)
        member_append(array, write_month(g_ptr_array_index(marketplace->history, i),
                                         marketplace->pillars));
    return array;
}

static void read_month(struct edition_history *history, const struct json_node *node,
                       const char *const *ids) {
    history->as_of = member_read_month(node, "as_of");
    const struct json_node overall =
        json_node_object(node, "overall", KEYS(FIGURE_SCORE_KEYS));
    history->overall = figure_read_score(&overall);
    const struct json_node pillars = json_node_object(node, "pillars", NULL);
    member_check_names(&pillars, ids);
    for (; *ids != NULL; ids++) {
        const struct json_node pillar =
            json_node_object(&pillars, *ids, KEYS(FIGURE_SCORE_KEYS));
        const struct edition_score score = figure_read_score(&pillar);
        g_array_append_val(history->pillars, score);
    }
}

void history_json_read(struct edition_marketplace *marketplace,
                       const struct json_node *place, const char *const *pillars) {
    const struct json_node array = json_node_array(place, "history", 0, MOST_ELEMENTS);
    for (size_t i = 0; i < json_node_length(&array); i++) {
        const struct json_node month =
            json_node_object_at(&array, i, KEYS("as_of", "overall", "pillars"));
        read_month(edition_add_history(marketplace), &month, pillars);
    }
}

static json_t *write_alert(const struct edition_alert *alert) {
    json_t *object = json_object();
    member_set(object, "month", member_month(alert->month));
    member_set(object, "pillar", json_string(alert->pillar));
    member_set(object, "scope", json_string(alert->own ? "own" : "general"));
    member_set(object, "sentence", member_words(alert->sentence));
    return object;
}

json_t *history_json_write_alerts(const struct edition_marketplace *marketplace) {
    json_t *array = json_array();
    for (guint i = 0; i < marketplace->alerts->len; i++)
        member_append(array, write_alert(g_ptr_array_index(marketplace->alerts, i)));
    return array;
}

void history_json_read_alerts(struct edition_marketplace *marketplace,
                              const struct json_node *place) {
    static const char *const scopes[] = {"general", "own", NULL};
    const struct json_node array = json_node_array(place, "alerts", 0, MOST_ELEMENTS);
    for (size_t i = 0; i < json_node_length(&array); i++) {
        const struct json_node node =
            json_node_object_at(&array, i, KEYS("month", "pillar", "scope", "sentence"));
        struct edition_alert *alert = edition_add_alert(marketplace);
        alert->month = member_read_month(&node, "month");
        alert->pillar = member_read_name(&node, "pillar");
        alert->own = json_node_choice(&node, "scope", scopes) == 1;
        member_read_words(&node, "sentence", alert->sentence);
    }
}
