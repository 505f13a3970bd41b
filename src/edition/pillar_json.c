#include "edition_json.h"

#include "figure.h"
#include "member.h"

#include <string.h>

json_t *pillar_json_describe(const struct edition_pillar *pillar) {
    json_t *object = json_object();
    member_set(object, "id", json_string(pillar->id));
    member_set(object, "label", member_words(pillar->label));
    member_set(object, "weight", figure_write_real(pillar->weight, WEIGHT_DECIMALS));
    json_t *indicators = json_array();
    member_set(object, "indicators", indicators);
    for (guint i = 0; i < pillar->indicators->len; i++) {
        const struct edition_indicator *indicator =
            g_ptr_array_index(pillar->indicators, i);
        json_t *described = json_object();
        member_append(indicators, described);
        member_set(described, "id", json_string(indicator->id));
        member_set(described, "kind", json_string(indicator->kind));
        member_set(described, "label", member_words(indicator->label));
    }
    return object;
}

static void read_description(struct edition_pillar *pillar,
                             const struct json_node *node) {
    static const char *const kinds[] = {"share", "delay", "incidence", NULL};
    pillar->id = member_read_name(node, "id");
    json_node_bilingual(node, "label", pillar->label);
    pillar->weight = figure_read_known(node, "weight", WEIGHT_DECIMALS, 0, 1);
    const struct json_node indicators =
        json_node_array(node, "indicators", 0, MOST_PILLARS);
    for (size_t i = 0; i < json_node_length(&indicators); i++) {
        const struct json_node described =
            json_node_object_at(&indicators, i, KEYS("id", "kind", "label"));
        struct edition_indicator *indicator = edition_add_indicator(pillar);
        indicator->id = member_read_name(&described, "id");
        indicator->kind = g_strdup(kinds[json_node_choice(&described, "kind", kinds)]);
        json_node_bilingual(&described, "label", indicator->label);
    }
}

static json_t *write_indicator(const struct edition_indicator *indicator) {
    json_t *object = json_object();
    figure_write_score(object, &indicator->score);
    member_set(object, "answers_class", member_text(indicator->answers_class));
    member_set(object, "basis", member_names(indicator->basis));
    member_set(object, "sentence", member_words(indicator->sentence));
    if (edition_is_delay(indicator))
        member_set(object, "curve", curve_json_write(&indicator->curve));
    return object;
}

static void read_indicator(struct edition_indicator *indicator,
                           const struct json_node *parent) {
    const struct json_node node = json_node_object(
        parent, indicator->id,
        KEYS(FIGURE_SCORE_KEYS, "answers_class", "basis", "sentence", "curve"));
    indicator->score = figure_read_score(&node);
    indicator->answers_class = member_read_class(&node, "answers_class");
    indicator->basis = json_node_strings(&node, "basis", 0, MOST_BASIS);
    member_read_words(&node, "sentence", indicator->sentence);
    if (edition_is_delay(indicator))
        curve_json_read(&indicator->curve, &node);
    else if (json_object_get(node.value, "curve") != NULL)
        json_node_problem(&node, "curve", "this is no delay; remove it");
}

json_t *pillar_json_write(const struct edition_pillar *pillar) {
    json_t *object = json_object();
    figure_write_score(object, &pillar->score);
    member_set(object, "status", json_string(edition_status_code(pillar->status)));
    member_set(object, "reasons", figure_write_reasons(pillar->reasons));
    member_set(object, "firms_class", member_text(pillar->firms_class));
    member_set(object, "trend", figure_write_trend(&pillar->trend));
    member_set(object, "p_weakest",
               figure_write_number(pillar->p_weakest, PROBABILITY_DECIMALS));
    member_set(
        object, "p_weakest_reason",
        figure_write_reason_unless(pillar->p_weakest.known, pillar->weakest_reason));
    member_set(object, "sentence", member_words(pillar->sentence));
    json_t *indicators = json_object();
    member_set(object, "indicators", indicators);
    for (guint i = 0; i < pillar->indicators->len; i++) {
        const struct edition_indicator *indicator =
            g_ptr_array_index(pillar->indicators, i);
        member_set(indicators, indicator->id, write_indicator(indicator));
        if (edition_is_delay(indicator))
            member_set(object, "median_days", figure_write_median(&indicator->median));
    }
    return object;
}

static void read_indicators(struct edition_pillar *pillar, const struct json_node *node) {
    const struct json_node indicators = json_node_object(node, "indicators", NULL);
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    bool delay = false;
    for (guint i = 0; i < pillar->indicators->len; i++) {
        struct edition_indicator *indicator = g_ptr_array_index(pillar->indicators, i);
        g_ptr_array_add(ids, indicator->id);
        read_indicator(indicator, &indicators);
        if (!edition_is_delay(indicator))
            continue;
        delay = true;
        indicator->median = figure_read_median(node, "median_days");
    }
    g_ptr_array_add(ids, NULL);
    member_check_names(&indicators, (const char *const *)ids->pdata);
    if (!delay && json_object_get(node->value, "median_days") != NULL)
        json_node_problem(node, "median_days", "no indicator is a delay; remove it");
}

void pillar_json_read(struct edition_pillar *pillar, const struct json_node *description,
                      const struct json_node *pillars) {
    read_description(pillar, description);
    const struct json_node node = json_node_object(
        pillars, pillar->id,
        KEYS(FIGURE_SCORE_KEYS, "status", "reasons", "firms_class", "trend", "p_weakest",
             "p_weakest_reason", "sentence", "indicators", "median_days"));
    pillar->score = figure_read_score(&node);
    pillar->status = figure_read_status(&node);
    figure_read_reasons(pillar->reasons, &node);
    pillar->firms_class = member_read_class(&node, "firms_class");
    pillar->trend = figure_read_trend(&node);
    pillar->p_weakest =
        figure_read_number(&node, "p_weakest", PROBABILITY_DECIMALS, 0, 1);
    pillar->weakest_reason = figure_read_reason(&node, "p_weakest_reason");
    figure_check_reason(&node, "p_weakest_reason", pillar->p_weakest.known,
                        pillar->weakest_reason);
    member_read_words(&node, "sentence", pillar->sentence);
    read_indicators(pillar, &node);
}
