#include "edition_json.h"

#include "figure.h"
#include "member.h"

static json_t *write_method(const struct edition *edition) {
    json_t *object = json_object();
    member_set(object, "version", json_string(edition->method_version));
    member_set(object, "sha256", json_string(edition->method_sha256));
    member_set(object, "seed", json_string(edition->seed));
    member_set(object, "draws", json_integer(edition->draws));
    json_t *pillars = json_array();
    member_set(object, "pillars", pillars);
    if (edition->marketplaces->len == 0) {
        member_set(object, "watch", json_array());
        return object;
    }
    const struct edition_marketplace *first = g_ptr_array_index(edition->marketplaces, 0);
    for (guint i = 0; i < first->pillars->len; i++)
        member_append(pillars,
                      pillar_json_describe(g_ptr_array_index(first->pillars, i)));
    member_set(object, "watch", watch_json_describe(first));
    return object;
}

static json_t *write_bands(const GPtrArray *bands) {
    json_t *array = json_array();
    for (guint i = 0; i < bands->len; i++) {
        const struct edition_band *band = g_ptr_array_index(bands, i);
        json_t *object = json_object();
        member_append(array, object);
        member_set(object, "letter", json_string(band->letter));
        member_set(object, "least", figure_write_real(band->least, SCORE_DECIMALS));
    }
    return array;
}

static json_t *write_window(const struct edition *edition) {
    json_t *window = json_object();
    member_set(window, "from", member_month(edition->window_from));
    member_set(window, "to", member_month(edition->window_to));
    return window;
}

static json_t *write_places(const struct edition *edition) {
    json_t *array = json_array();
    for (guint i = 0; i < edition->marketplaces->len; i++)
        member_append(array,
                      place_json_write(g_ptr_array_index(edition->marketplaces, i)));
    return array;
}

char *edition_write(const struct edition *edition) {
    json_auto_t *root = json_object();
    member_set(root, "schema", json_string(EDITION_SCHEMA));
    member_set(root, "as_of", member_month(edition->as_of));
    member_set(root, "closed", json_boolean(edition->closed));
    member_set(root, "fictitious", json_boolean(edition->fictitious));
    member_set(root, "window", write_window(edition));
    member_set(root, "method", write_method(edition));
    member_set(root, "bands", write_bands(edition->bands));
    member_set(root, "sources", source_json_write(edition));
    member_set(root, "notice", notice_json_write(&edition->notice));
    member_set(root, "marketplaces", write_places(edition));
    member_set(root, "pairs", compare_json_write_pairs(edition));
    member_set(root, "groups", compare_json_write_groups(edition));
    member_set(root, "robustness", robustness_json_write(edition));
    member_set(root, "coverage", table_json_write_coverage(edition));
    member_set(root, "funnel", funnel_json_write(edition));
    member_set(root, "context", context_json_write_national(edition));
    member_set(root, "tables", table_json_write(edition));
    /* 15 significant digits print a rounded figure as it is written by hand. */
    g_autofree char *json =
        json_dumps(root, JSON_SORT_KEYS | JSON_INDENT(1) | JSON_REAL_PRECISION(15));
    g_assert(json != NULL);
    return g_strconcat(json, "\n", NULL);
}
