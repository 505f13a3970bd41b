#include "edition_json.h"

#include "figure.h"
#include "member.h"

static const double most_days = 1e6;

static const char *const patterns[] = {"steady", "flip_flop", "dynamic", NULL};

static json_t *write_change(const struct edition_terms_change *change) {
    json_t *object = json_object();
    member_set(object, "before_on", member_day(change->before_on));
    member_set(object, "seen_on", member_day(change->seen_on));
    member_set(object, "last_on", member_day(change->last_on));
    member_set(object, "contents", json_integer(change->contents));
    member_set(object, "words_added", json_integer(change->words_added));
    member_set(object, "words_removed", json_integer(change->words_removed));
    member_set(object, "before_sha256", json_string(change->before_sha256));
    member_set(object, "sha256", json_string(change->sha256));
    return object;
}

static void read_change(struct edition_terms_change *change,
                        const struct json_node *node) {
    change->before_on = member_read_day(node, "before_on");
    change->seen_on = member_read_day(node, "seen_on");
    change->last_on = member_read_day(node, "last_on");
    change->contents = json_node_int(node, "contents", 1, MOST_COUNT);
    change->words_added = json_node_count(node, "words_added");
    change->words_removed = json_node_count(node, "words_removed");
    change->before_sha256 = member_read_sha256(node, "before_sha256");
    change->sha256 = member_read_sha256(node, "sha256");
    if (change->before_on > change->seen_on || change->seen_on > change->last_on)
        json_node_problem(node, "seen_on", "these days are not in order; correct them");
}

static json_t *write_document(const struct edition_terms_document *document) {
    json_t *object = json_object();
    json_t *changes = json_array();
    member_set(object, "service", json_string(document->service));
    member_set(object, "type", json_string(document->type));
    member_set(object, "first_on", member_day(document->first_on));
    member_set(object, "last_on", member_day(document->last_on));
    member_set(object, "versions", json_integer(document->versions));
    member_set(object, "contents", json_integer(document->contents));
    member_set(object, "returns", json_integer(document->returns));
    member_set(object, "pattern", json_string(document->pattern));
    member_set(object, "changes", changes);
    for (guint i = 0; i < document->changes->len; i++)
        member_append(changes, write_change(g_ptr_array_index(document->changes, i)));
    return object;
}

static void read_changes(struct edition_terms_document *document,
                         const struct json_node *node) {
    const struct json_node changes = json_node_array(node, "changes", 0, MOST_ELEMENTS);
    for (size_t i = 0; i < json_node_length(&changes); i++) {
        const struct json_node change = json_node_object_at(
            &changes, i,
            KEYS("before_on", "seen_on", "last_on", "contents", "words_added",
                 "words_removed", "before_sha256", "sha256"));
        read_change(edition_add_terms_change(document), &change);
    }
}

static void read_document(struct edition_terms_document *document,
                          const struct json_node *node) {
    document->service = g_strdup(json_node_string(node, "service"));
    document->type = g_strdup(json_node_string(node, "type"));
    document->first_on = member_read_day(node, "first_on");
    document->last_on = member_read_day(node, "last_on");
    document->versions = json_node_int(node, "versions", 1, MOST_COUNT);
    document->contents = json_node_int(node, "contents", 1, MOST_COUNT);
    document->returns = json_node_int(node, "returns", 0, MOST_COUNT);
    document->pattern = g_strdup(patterns[json_node_choice(node, "pattern", patterns)]);
    read_changes(document, node);
    if (node->value != NULL &&
        document->contents + document->returns != document->versions)
        json_node_problem(node, "versions",
                          "is not the sum of \"contents\" and \"returns\"; correct it");
}

json_t *terms_json_write(const struct edition_terms *terms) {
    json_t *object = json_object();
    json_t *documents = json_array();
    const bool known = terms->changes >= 0 && terms->median_interval_days.known;
    member_set(object, "changes", figure_write_whole(terms->changes));
    member_set(object, "median_interval_days",
               figure_write_number(terms->median_interval_days, SCORE_DECIMALS));
    member_set(object, "reason", figure_write_reason_unless(known, terms->reason));
    member_set(object, "documents", documents);
    for (guint i = 0; i < terms->documents->len; i++)
        member_append(documents, write_document(g_ptr_array_index(terms->documents, i)));
    return object;
}

void terms_json_read(struct edition_terms *terms, const struct json_node *place) {
    const struct json_node node =
        json_node_object(place, "observed_terms",
                         KEYS("changes", "median_interval_days", "reason", "documents"));
    terms->changes = figure_read_whole(&node, "changes");
    terms->median_interval_days =
        figure_read_number(&node, "median_interval_days", SCORE_DECIMALS, 0, most_days);
    terms->reason = figure_read_reason(&node, "reason");
    figure_check_reason(&node, "reason",
                        terms->changes >= 0 && terms->median_interval_days.known,
                        terms->reason);
    const struct json_node documents =
        json_node_array(&node, "documents", 0, MOST_ELEMENTS);
    for (size_t i = 0; i < json_node_length(&documents); i++) {
        const struct json_node document =
            json_node_object_at(&documents, i,
                                KEYS("service", "type", "first_on", "last_on", "versions",
                                     "contents", "returns", "pattern", "changes"));
        read_document(edition_add_terms_document(terms), &document);
    }
}
