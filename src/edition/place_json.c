#include "edition_json.h"

#include "figure.h"
#include "member.h"

#include <string.h>

static json_t *write_sellers(const struct edition_marketplace *marketplace) {
    json_t *object = json_object();
    member_set(object, "value", figure_write_count(marketplace->sellers));
    member_set(object, "source", member_text(marketplace->sellers_source));
    member_set(
        object, "reason",
        figure_write_reason_unless(marketplace->sellers.known, REASON_UNKNOWN_SELLERS));
    return object;
}

static void read_sellers(struct edition_marketplace *marketplace,
                         const struct json_node *parent) {
    const struct json_node node =
        json_node_object(parent, "sellers", KEYS("value", "source", "reason"));
    marketplace->sellers = figure_read_count(&node, "value");
    marketplace->sellers_source = member_read_text(&node, "source");
    figure_check_reason(&node, "reason", marketplace->sellers.known,
                        figure_read_reason(&node, "reason"));
}

json_t *place_json_write(const struct edition_marketplace *marketplace) {
    json_t *object = json_object();
    member_set(object, "id", json_string(marketplace->id));
    member_set(object, "name", json_string(marketplace->name));
    member_set(object, "signatory_from", member_day(marketplace->signatory_from));
    member_set(object, "sellers", write_sellers(marketplace));
    member_set(object, "status", json_string(edition_status_code(marketplace->status)));
    member_set(object, "overall", overall_json_write(&marketplace->overall));
    member_set(object, "reply", member_words(marketplace->reply));
    json_t *pillars = json_object();
    member_set(object, "pillars", pillars);
    for (guint i = 0; i < marketplace->pillars->len; i++) {
        const struct edition_pillar *pillar = g_ptr_array_index(marketplace->pillars, i);
        member_set(pillars, pillar->id, pillar_json_write(pillar));
    }
    member_set(object, "history", history_json_write(marketplace));
    member_set(object, "alerts", history_json_write_alerts(marketplace));
    watch_json_write(object, marketplace);
    member_set(object, "terminations",
               notice_json_write_terminations(&marketplace->terminations));
    member_set(object, "expectation", funnel_json_write_place(marketplace));
    context_json_write(object, marketplace);
    member_set(object, "observed_terms", terms_json_write(&marketplace->terms));
    return object;
}

static void read_pillars(struct edition_marketplace *marketplace,
                         const struct json_node *node, const struct json_node *described,
                         GPtrArray *ids) {
    const struct json_node pillars = json_node_object(node, "pillars", NULL);
    for (size_t i = 0; i < json_node_length(described); i++) {
        const struct json_node description = json_node_object_at(
            described, i, KEYS("id", "label", "weight", "indicators"));
        struct edition_pillar *pillar = edition_add_pillar(marketplace);
        pillar_json_read(pillar, &description, &pillars);
        g_ptr_array_add(ids, pillar->id);
    }
    g_ptr_array_add(ids, NULL);
    member_check_names(&pillars, (const char *const *)ids->pdata);
}

void place_json_read(struct edition *edition, const struct json_node *places,
                     size_t index, const struct json_node *pillars,
                     const char *const *dimensions) {
    const struct json_node node = json_node_object_at(
        places, index,
        KEYS("id", "name", "signatory_from", "sellers", "status", "overall", "pillars",
             "history", "alerts", "reply", "expectation", "terminations",
             "observed_terms", WATCH_JSON_KEYS, CONTEXT_JSON_KEYS));
    struct edition_marketplace *marketplace = edition_add_marketplace(edition);
    marketplace->id = member_read_place(&node, "id");
    marketplace->name = g_strdup(json_node_string(&node, "name"));
    marketplace->signatory_from = member_read_day(&node, "signatory_from");
    read_sellers(marketplace, &node);
    marketplace->status = figure_read_status(&node);
    overall_json_read(&marketplace->overall, &node);
    member_read_words(&node, "reply", marketplace->reply);
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    read_pillars(marketplace, &node, pillars, ids);
    history_json_read(marketplace, &node, (const char *const *)ids->pdata);
    history_json_read_alerts(marketplace, &node);
    watch_json_read(marketplace, &node, dimensions);
    notice_json_read_terminations(marketplace, &node, edition->notice.bins->len + 1);
    funnel_json_read_place(marketplace, &node);
    context_json_read(marketplace, &node);
    terms_json_read(&marketplace->terms, &node);
}

int place_json_find(const struct edition *edition, const struct json_node *node,
                    const char *key) {
    const char *id = json_node_string(node, key);
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place =
            g_ptr_array_index(edition->marketplaces, i);
        if (strcmp(place->id, id) == 0)
            return (int)i;
    }
    if (id[0] != '\0')
        json_node_problem(node, key, "no marketplace has this id; correct it");
    return -1;
}
