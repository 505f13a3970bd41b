#include "edition_json.h"

#include "figure.h"
#include "member.h"

static json_t *write_variants(const struct edition_robust *robust, char *const *variants,
                              bool *known) {
    json_t *object = json_object();
    *known = true;
    for (guint i = 0; variants != NULL && variants[i] != NULL; i++) {
        const struct edition_number score =
            g_array_index(robust->variant_scores, struct edition_number, i);
        const int rank = g_array_index(robust->variant_ranks, int, i);
        json_t *variant = json_object();
        member_set(object, variants[i], variant);
        member_set(variant, "score", figure_write_number(score, SCORE_DECIMALS));
        member_set(variant, "rank", figure_write_rank(rank));
        *known = *known && score.known && rank > 0;
    }
    return object;
}

static json_t *write_robust(const struct edition_robust *robust, char *const *variants) {
    const guint count = variants != NULL ? g_strv_length((char **)variants) : 0;
    g_assert(robust->variant_scores->len == count && robust->variant_ranks->len == count);
    json_t *object = json_object();
    member_set(object, "id", json_string(robust->id));
    json_t *weights = json_array();
    member_set(object, "weights", weights);
    for (guint i = 0; i < robust->rank_shares->len; i++)
        member_append(weights,
                      figure_write_real(g_array_index(robust->rank_shares, double, i),
                                        SCORE_DECIMALS));
    bool known;
    member_set(object, "variants", write_variants(robust, variants, &known));
    member_set(object, "reason", figure_write_reason_unless(known, robust->reason));
    member_set(object, "low", figure_write_real(robust->low, SCORE_DECIMALS));
    member_set(object, "high", figure_write_real(robust->high, SCORE_DECIMALS));
    member_set(object, "rank_low", json_integer(robust->rank_low));
    member_set(object, "rank_high", json_integer(robust->rank_high));
    return object;
}

json_t *robustness_json_write(const struct edition *edition) {
    const struct edition_robustness *robustness = &edition->robustness;
    json_t *object = json_object();
    member_set(
        object, "reason",
        figure_write_reason_unless(robustness->places->len > 0, robustness->reason));
    member_set(object, "variants", member_names(robustness->variants));
    json_t *places = json_array();
    member_set(object, "places", places);
    for (guint i = 0; i < robustness->places->len; i++)
        member_append(places, write_robust(g_ptr_array_index(robustness->places, i),
                                           robustness->variants));
    json_t *factors = json_array();
    member_set(object, "factors", factors);
    for (guint i = 0; i < robustness->total_indices->len; i++) {
        json_t *factor = json_object();
        member_append(factors, factor);
        member_set(factor, "id", json_string(robustness->factors[i]));
        member_set(factor, "total_index",
                   figure_write_real(g_array_index(robustness->total_indices, double, i),
                                     PROBABILITY_DECIMALS));
    }
    return object;
}

static bool read_variants(struct edition_robust *robust, const struct json_node *parent,
                          const char *const *variants) {
    const struct json_node node = json_node_object(parent, "variants", NULL);
    member_check_names(&node, variants);
    bool known = true;
    for (; *variants != NULL; variants++) {
        const struct json_node variant =
            json_node_object(&node, *variants, KEYS("score", "rank"));
        const struct edition_number score =
            figure_read_number(&variant, "score", SCORE_DECIMALS, 0, 100);
        const int rank = figure_read_rank(&variant, "rank");
        g_array_append_val(robust->variant_scores, score);
        g_array_append_val(robust->variant_ranks, rank);
        known = known && score.known && rank > 0;
    }
    return known;
}

static void read_robust(struct edition *edition, const struct json_node *node) {
    place_json_find(edition, node, "id");
    struct edition_robust *robust =
        edition_add_robust(edition, json_node_string(node, "id"));
    const struct json_node weights = json_node_array(node, "weights", 0, MOST_ELEMENTS);
    for (size_t i = 0; i < json_node_length(&weights); i++) {
        const double share = figure_read_element(&weights, i, SCORE_DECIMALS, 0, 100);
        g_array_append_val(robust->rank_shares, share);
    }
    const bool known =
        read_variants(robust, node, (const char *const *)edition->robustness.variants);
    robust->reason = figure_read_reason(node, "reason");
    figure_check_reason(node, "reason", known, robust->reason);
    robust->low = figure_read_known(node, "low", SCORE_DECIMALS, 0, 100);
    robust->high = figure_read_known(node, "high", SCORE_DECIMALS, 0, 100);
    robust->rank_low = json_node_int(node, "rank_low", 1, MOST_ELEMENTS);
    robust->rank_high = json_node_int(node, "rank_high", 1, MOST_ELEMENTS);
    figure_check_interval(node, edition_known(robust->low), edition_known(robust->high));
    if (robust->rank_low > robust->rank_high)
        json_node_problem(node, "rank_low", "this is no interval with \"rank_high\"");
}

static void read_factors(struct edition_robustness *robustness,
                         const struct json_node *parent) {
    const struct json_node array = json_node_array(parent, "factors", 0, MOST_NAMES);
    const size_t length = json_node_length(&array);
    robustness->factors = g_new0(char *, length + 1);
    for (size_t i = 0; i < length; i++) {
        const struct json_node node =
            json_node_object_at(&array, i, KEYS("id", "total_index"));
        robustness->factors[i] = member_read_name(&node, "id");
        const double total =
            figure_read_known(&node, "total_index", PROBABILITY_DECIMALS, 0, 2);
        g_array_append_val(robustness->total_indices, total);
    }
}

void robustness_json_read(struct edition *edition, const struct json_node *root) {
    struct edition_robustness *robustness = &edition->robustness;
    const struct json_node node = json_node_object(
        root, "robustness", KEYS("reason", "variants", "places", "factors"));
    robustness->variants = json_node_strings(&node, "variants", 0, MOST_NAMES);
    const struct json_node places = json_node_array(&node, "places", 0, MOST_ELEMENTS);
    for (size_t i = 0; i < json_node_length(&places); i++) {
        const struct json_node place =
            json_node_object_at(&places, i,
                                KEYS("id", "weights", "variants", "reason", "low", "high",
                                     "rank_low", "rank_high"));
        read_robust(edition, &place);
    }
    robustness->reason = figure_read_reason(&node, "reason");
    figure_check_reason(&node, "reason", robustness->places->len > 0, robustness->reason);
    read_factors(robustness, &node);
}
