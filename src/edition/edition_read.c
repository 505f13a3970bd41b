#include "edition_json.h"

#include "figure.h"
#include "member.h"

#include <string.h>

static void read_bands(struct edition *edition, const struct json_node *root) {
    const struct json_node array = json_node_array(root, "bands", 0, MOST_ELEMENTS);
    for (size_t i = 0; i < json_node_length(&array); i++) {
        const struct json_node node =
            json_node_object_at(&array, i, KEYS("letter", "least"));
        edition_add_band(edition, json_node_string(&node, "letter"),
                         figure_read_known(&node, "least", SCORE_DECIMALS, 0, 100));
    }
}

static void read_method(struct edition *edition, const struct json_node *node) {
    edition->method_version = g_strdup(json_node_string(node, "version"));
    edition->method_sha256 = member_read_sha256(node, "sha256");
    edition->seed = g_strdup(json_node_string(node, "seed"));
    edition->draws = json_node_int(node, "draws", 0, 100000000);
}

static void read_head(struct edition *edition, const struct json_node *root) {
    if (root->value != NULL &&
        strcmp(json_node_string(root, "schema"), EDITION_SCHEMA) != 0)
        json_node_problem(root, "schema", "this is no document of %s; name another",
                          EDITION_SCHEMA);
    edition->as_of = member_read_month(root, "as_of");
    edition->closed = json_node_bool(root, "closed");
    edition->fictitious = json_node_bool(root, "fictitious");
    const struct json_node window = json_node_object(root, "window", KEYS("from", "to"));
    edition->window_from = member_read_month(&window, "from");
    edition->window_to = member_read_month(&window, "to");
}

static void read_places(struct edition *edition, const struct json_node *root,
                        const struct json_node *method) {
    const struct json_node pillars = json_node_array(method, "pillars", 0, MOST_PILLARS);
    g_auto(GStrv) dimensions = json_node_strings(method, "watch", 0, MOST_NAMES);
    const struct json_node places =
        json_node_array(root, "marketplaces", 0, MOST_ELEMENTS);
    for (size_t i = 0; i < json_node_length(&places); i++)
        place_json_read(edition, &places, i, &pillars, (const char *const *)dimensions);
}

static void read_root(struct edition *edition, const struct json_node *root) {
    read_head(edition, root);
    const struct json_node method = json_node_object(
        root, "method", KEYS("version", "sha256", "seed", "draws", "pillars", "watch"));
    read_method(edition, &method);
    read_bands(edition, root);
    source_json_read(edition, root);
    notice_json_read(&edition->notice, root);
    read_places(edition, root, &method);
    compare_json_read(edition, root);
    robustness_json_read(edition, root);
    table_json_read_coverage(edition, root);
    funnel_json_read(edition, root);
    table_json_read(edition, root);
    context_json_read_national(edition, root);
}

struct edition *edition_read(const char *json, size_t length, const char *name,
                             GError **error) {
    scoped(json_reader) *reader = json_reader_parse(json, length, name, error);
    if (reader == NULL)
        return NULL;
    const struct json_node root = json_reader_root(
        reader, KEYS("schema", "as_of", "closed", "fictitious", "window", "method",
                     "bands", "sources", "notice", "marketplaces", "pairs", "groups",
                     "robustness", "coverage", "funnel", "context", "tables"));
    scoped(edition) *edition = edition_new();
    read_root(edition, &root);
    return json_reader_finish(reader, error) ? g_steal_pointer(&edition) : NULL;
}
