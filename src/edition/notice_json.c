#include "edition_json.h"

#include "figure.h"
#include "member.h"

#include <string.h>

enum { MOST_BINS = 16, MOST_BIN_DAYS = 3650, MOST_ONE_IN = 100 };

static const double most_days = 1e6;

static json_t *write_limit(const struct edition_legal_limit *limit) {
    json_t *object = json_object();
    member_set(object, "days", json_integer(limit->days));
    member_set(object, "law", member_words(limit->law));
    return object;
}

static void read_limit(struct edition_legal_limit *limit, const struct json_node *node) {
    limit->days = json_node_int(node, "days", 0, MOST_BIN_DAYS);
    member_read_words(node, "law", limit->law);
}

json_t *notice_json_write(const struct edition_notice *notice) {
    if (!notice->known)
        return json_null();
    json_t *object = json_object(), *bins = json_array();
    json_t *terminations = write_limit(&notice->terminations);
    member_set(terminations, "indicator", json_string(notice->indicator));
    member_set(object, "changes", write_limit(&notice->changes));
    member_set(object, "terminations", terminations);
    member_set(object, "bins", bins);
    member_set(object, "step", json_integer(notice->step));
    for (guint i = 0; i < notice->bins->len; i++)
        member_append(bins, json_integer(g_array_index(notice->bins, int, i)));
    return object;
}

void notice_json_read(struct edition_notice *notice, const struct json_node *root) {
    if (json_node_is_null(root, "notice"))
        return;
    const struct json_node node =
        json_node_object(root, "notice", KEYS("changes", "terminations", "bins", "step"));
    const struct json_node changes =
        json_node_object(&node, "changes", KEYS("days", "law"));
    const struct json_node terminations =
        json_node_object(&node, "terminations", KEYS("days", "law", "indicator"));
    notice->known = true;
    notice->step = json_node_int(&node, "step", 1, MOST_COUNT);
    read_limit(&notice->changes, &changes);
    read_limit(&notice->terminations, &terminations);
    notice->indicator = member_read_name(&terminations, "indicator");
    const struct json_node bins = json_node_array(&node, "bins", 1, MOST_BINS);
    for (size_t i = 0; i < json_node_length(&bins); i++) {
        const int days = json_node_int_at(&bins, i, 0, MOST_BIN_DAYS);
        if (i > 0 && days <= g_array_index(notice->bins, int, i - 1))
            json_node_problem(&bins, NULL, "these do not rise; put them in order");
        g_array_append_val(notice->bins, days);
    }
}

void notice_json_write_excess(json_t *object, const struct edition_excess *excess) {
    member_set(object, "one_in", figure_write_rank(excess->one_in));
    member_set(object, "p", figure_write_number(excess->p, PROBABILITY_DECIMALS));
}

struct edition_excess notice_json_read_excess(const struct json_node *node) {
    const struct edition_excess excess = {
        .one_in = json_node_is_null(node, "one_in")
                      ? 0
                      : json_node_int(node, "one_in", 2, MOST_ONE_IN),
        .p = figure_read_number(node, "p", PROBABILITY_DECIMALS, 0, 1),
    };
    if (node->value != NULL && (excess.one_in > 0) != excess.p.known)
        json_node_problem(node, "p", "a claim goes with its probability; correct it");
    return excess;
}

json_t *notice_json_write_acts(const GPtrArray *acts) {
    json_t *array = json_array();
    for (guint i = 0; i < acts->len; i++) {
        const struct edition_change *change = g_ptr_array_index(acts, i);
        json_t *object = json_object();
        member_append(array, object);
        member_set(object, "id", json_string(change->id));
        member_set(object, "kind", json_string(change->kind));
        member_set(object, "effective_on", member_day(change->effective_on));
        member_set(object, "notice_days", figure_write_count(change->notice_days));
    }
    return array;
}

void notice_json_read_acts(struct edition_marketplace *marketplace,
                           const struct json_node *node) {
    const struct json_node acts = json_node_array(node, "acts", 0, MOST_ELEMENTS);
    for (size_t i = 0; i < json_node_length(&acts); i++) {
        const struct json_node act = json_node_object_at(
            &acts, i, KEYS("id", "kind", "effective_on", "notice_days"));
        g_autofree char *kind = member_read_name(&act, "kind");
        struct edition_change *change =
            edition_add_change(marketplace, json_node_string(&act, "id"), kind);
        change->effective_on = member_read_day(&act, "effective_on");
        change->notice_days =
            figure_read_number(&act, "notice_days", 0, -most_days, most_days);
    }
}

static bool is_told(const struct edition_terminations *terminations) {
    for (guint i = 0; i < terminations->firms->len; i++)
        if (!g_array_index(terminations->firms, struct edition_number, i).known)
            return false;
    return terminations->firms->len > 0;
}

json_t *notice_json_write_terminations(const struct edition_terminations *terminations) {
    json_t *object = json_object(), *firms = json_array();
    member_set(object, "firms", firms);
    for (guint i = 0; i < terminations->firms->len; i++)
        member_append(firms, figure_write_count(g_array_index(terminations->firms,
                                                              struct edition_number, i)));
    member_set(object, "reason",
               figure_write_reason_unless(is_told(terminations), terminations->reason));
    notice_json_write_excess(object, &terminations->excess);
    return object;
}

static struct edition_number read_firms(const struct json_node *firms, size_t index) {
    if (json_is_null(json_array_get(firms->value, index)))
        return edition_unknown();
    return edition_known(json_node_int_at(firms, index, 0, MOST_COUNT));
}

void notice_json_read_terminations(struct edition_marketplace *marketplace,
                                   const struct json_node *place, guint bins) {
    const struct json_node node =
        json_node_object(place, "terminations", KEYS("firms", "reason", "one_in", "p"));
    struct edition_terminations *terminations = &marketplace->terminations;
    const struct json_node firms = json_node_array(&node, "firms", 0, MOST_BINS);
    for (size_t i = 0; i < json_node_length(&firms); i++) {
        const struct edition_number count = read_firms(&firms, i);
        g_array_append_val(terminations->firms, count);
    }
    if (terminations->firms->len > 0 && terminations->firms->len != bins)
        json_node_problem(&firms, NULL,
                          "these are not as many as the bins of \"notice\"");
    terminations->reason = figure_read_reason(&node, "reason");
    figure_check_reason(&node, "reason", is_told(terminations), terminations->reason);
    terminations->excess = notice_json_read_excess(&node);
}
