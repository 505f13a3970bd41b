#include "method_notice.h"

#include <string.h>

#define KEYS(...) ((const char *const[]){__VA_ARGS__, NULL})

enum { MOST_DAYS = 3650, MOST_ONE_IN = 100 };

/* Pillar and indicator of a lead; the first one of all where the id is wrong. */
static const struct method_indicator *load_indicator(int place[static 2],
                                                     const struct method *method,
                                                     const struct json_node *node,
                                                     const char *key) {
    const char *id = json_node_string(node, key);
    for (int p = 0; p < method->pillar_count; p++)
        for (int i = 0; i < method->pillars[p].indicator_count; i++) {
            const struct method_indicator *indicator = &method->pillars[p].indicators[i];
            if (strcmp(indicator->id, id) != 0 || indicator->kind != INDICATOR_SHARE ||
                indicator->rule.kind != RULE_LEAD)
                continue;
            place[0] = p;
            place[1] = i;
            return indicator;
        }
    json_node_problem(node, key, "no indicator of this id is a lead; name another");
    return &method->pillars[0].indicators[0];
}

/* Whole numbers that rise; returns how many. */
static int load_rising(int numbers[static METHOD_MOST_BINS], const struct json_node *node,
                       const char *key, int least, int most) {
    const struct json_node array = json_node_array(node, key, 1, METHOD_MOST_BINS - 1);
    const int count = (int)json_node_length(&array);
    for (int i = 0; i < count; i++) {
        numbers[i] = json_node_int_at(&array, (size_t)i, least, most);
        if (i > 0 && numbers[i] <= numbers[i - 1])
            json_node_problem(&array, NULL, "these do not rise; put them in order");
    }
    return count;
}

static bool has_bin(const struct method_notice *notice, int days) {
    for (int i = 0; i < notice->bin_count; i++)
        if (notice->bins[i] == days)
            return true;
    return false;
}

void method_notice_load(struct method *method, const struct json_node *root) {
    struct method_notice *notice = &method->notice;
    notice->known = json_node_has(root, "notice");
    if (!notice->known)
        return;
    const struct json_node node = json_node_object(
        root, "notice", KEYS("changes", "terminations", "bins", "one_in"));
    const struct method_indicator *changes =
        load_indicator(notice->changes, method, &node, "changes");
    const struct method_indicator *terminations =
        load_indicator(notice->terminations, method, &node, "terminations");
    notice->bin_count = load_rising(notice->bins, &node, "bins", 0, MOST_DAYS);
    load_rising(notice->one_in, &node, "one_in", 2, MOST_ONE_IN);
    if (node.value == NULL)
        return;
    if (!method->watch.known || changes->rule.days != method->watch.short_notice_days)
        json_node_problem(&node, "changes",
                          "its days are not watch.short_notice_days; make them alike");
    if (method->pillars[notice->terminations[0]].clustered)
        json_node_problem(&node, "terminations",
                          "its pillar counts changes and not firms; name another");
    if (notice->bins[0] != 0 || !has_bin(notice, terminations->rule.days))
        json_node_problem(&node, "bins",
                          "these begin at 0 and have the limit of %d days; correct them",
                          terminations->rule.days);
}
