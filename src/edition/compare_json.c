#include "edition_json.h"

#include "figure.h"
#include "member.h"

json_t *compare_json_write_pairs(const struct edition *edition) {
    json_t *array = json_array();
    for (guint i = 0; i < edition->pairs->len; i++) {
        const struct edition_pair *pair = g_ptr_array_index(edition->pairs, i);
        json_t *object = json_object();
        member_append(array, object);
        member_set(object, "a", json_string(pair->a));
        member_set(object, "b", json_string(pair->b));
        member_set(object, "p", figure_write_real(pair->p, PROBABILITY_DECIMALS));
        member_set(object, "sentence", member_words(pair->sentence));
    }
    return array;
}

static void read_pairs(struct edition *edition, const struct json_node *root) {
    const struct json_node array = json_node_array(root, "pairs", 0, MOST_ELEMENTS);
    for (size_t i = 0; i < json_node_length(&array); i++) {
        const struct json_node node =
            json_node_object_at(&array, i, KEYS("a", "b", "p", "sentence"));
        const int a = place_json_find(edition, &node, "a");
        const int b = place_json_find(edition, &node, "b");
        if (a >= b && b >= 0)
            json_node_problem(&node, "b", "this marketplace is not after \"a\"");
        edition_add_pair(edition, json_node_string(&node, "a"),
                         json_node_string(&node, "b"),
                         figure_read_known(&node, "p", PROBABILITY_DECIMALS, 0, 1));
        struct edition_pair *pair = g_ptr_array_index(edition->pairs, i);
        member_read_words(&node, "sentence", pair->sentence);
    }
}

static json_t *write_group(const struct edition_group *group) {
    json_t *object = json_object();
    member_set(object, "difference",
               figure_write_number(group->difference, SCORE_DECIMALS));
    member_set(object, "low", figure_write_number(group->low, SCORE_DECIMALS));
    member_set(object, "high", figure_write_number(group->high, SCORE_DECIMALS));
    member_set(object, "p", figure_write_number(group->p, PROBABILITY_DECIMALS));
    member_set(object, "reason",
               figure_write_reason_unless(group->difference.known, group->reason));
    member_set(object, "sentence", member_words(group->sentence));
    return object;
}

json_t *compare_json_write_groups(const struct edition *edition) {
    json_t *object = json_object();
    member_set(object, "signatories", write_group(&edition->signatories));
    member_set(object, "before_after", write_group(&edition->before_after));
    return object;
}

/* A difference of differences reaches from −200 to 200 points. */
static void read_group(struct edition_group *group, const struct json_node *parent,
                       const char *key) {
    const struct json_node node = json_node_object(
        parent, key, KEYS("difference", "low", "high", "p", "reason", "sentence"));
    group->difference =
        figure_read_number(&node, "difference", SCORE_DECIMALS, -200, 200);
    group->low = figure_read_number(&node, "low", SCORE_DECIMALS, -200, 200);
    group->high = figure_read_number(&node, "high", SCORE_DECIMALS, -200, 200);
    group->p = figure_read_number(&node, "p", PROBABILITY_DECIMALS, 0, 1);
    group->reason = figure_read_reason(&node, "reason");
    member_read_words(&node, "sentence", group->sentence);
    const bool known = group->difference.known;
    figure_check_reason(&node, "reason", known, group->reason);
    figure_check_interval(&node, group->low, group->high);
    if (group->low.known != known || group->p.known != known)
        json_node_problem(&node, NULL,
                          "a difference goes with its interval and p; correct them");
}

void compare_json_read(struct edition *edition, const struct json_node *root) {
    read_pairs(edition, root);
    const struct json_node groups =
        json_node_object(root, "groups", KEYS("signatories", "before_after"));
    read_group(&edition->signatories, &groups, "signatories");
    read_group(&edition->before_after, &groups, "before_after");
}
