#include "edition_json.h"

#include "figure.h"
#include "member.h"

static const struct {
    const char *key;
    size_t offset;
} probabilities[] = {
    {"p_first", offsetof(struct edition_overall, p_first)},
    {"p_last", offsetof(struct edition_overall, p_last)},
    {"p_above_median", offsetof(struct edition_overall, p_above_median)},
    {"p_below_median", offsetof(struct edition_overall, p_below_median)},
};

json_t *overall_json_write(const struct edition_overall *overall) {
    json_t *object = json_object();
    figure_write_score(object, &overall->score);
    member_set(object, "band", member_text(overall->band));
    member_set(object, "band_low", member_text(overall->band_low));
    member_set(object, "band_high", member_text(overall->band_high));
    member_set(object, "rank_low", figure_write_rank(overall->rank_low));
    member_set(object, "rank_high", figure_write_rank(overall->rank_high));
    for (guint i = 0; i < G_N_ELEMENTS(probabilities); i++)
        member_set(object, probabilities[i].key,
                   figure_write_number(G_STRUCT_MEMBER(const struct edition_number,
                                                       overall, probabilities[i].offset),
                                       PROBABILITY_DECIMALS));
    member_set(object, "rank_reason", figure_write_reason(overall->rank_reason));
    member_set(object, "trend", figure_write_trend(&overall->trend));
    member_set(object, "sentence", member_words(overall->sentence));
    return object;
}

/* The rank and the probabilities come from the same draws: all known or none. */
static void read_rank(struct edition_overall *overall, const struct json_node *node) {
    overall->rank_low = figure_read_rank(node, "rank_low");
    overall->rank_high = figure_read_rank(node, "rank_high");
    overall->rank_reason = figure_read_reason(node, "rank_reason");
    const bool known = overall->rank_low > 0 && overall->rank_high > 0;
    figure_check_reason(node, "rank_reason", known, overall->rank_reason);
    if (overall->rank_low > overall->rank_high)
        json_node_problem(node, "rank_low", "this is no interval with \"rank_high\"");
    for (guint i = 0; i < G_N_ELEMENTS(probabilities); i++) {
        const struct edition_number p =
            figure_read_number(node, probabilities[i].key, PROBABILITY_DECIMALS, 0, 1);
        G_STRUCT_MEMBER(struct edition_number, overall, probabilities[i].offset) = p;
        if (node->value != NULL && p.known != known)
            json_node_problem(node, probabilities[i].key,
                              "this is known where the ranks are; correct it");
    }
}

void overall_json_read(struct edition_overall *overall, const struct json_node *place) {
    const struct json_node node = json_node_object(
        place, "overall",
        KEYS(FIGURE_SCORE_KEYS, "band", "band_low", "band_high", "rank_low", "rank_high",
             "p_first", "p_last", "p_above_median", "p_below_median", "rank_reason",
             "trend", "sentence"));
    overall->score = figure_read_score(&node);
    overall->band = member_read_text(&node, "band");
    overall->band_low = member_read_text(&node, "band_low");
    overall->band_high = member_read_text(&node, "band_high");
    read_rank(overall, &node);
    overall->trend = figure_read_trend(&node);
    member_read_words(&node, "sentence", overall->sentence);
    if (node.value != NULL && (overall->band != NULL) != overall->score.score.known)
        json_node_problem(&node, "band", "a band goes with a score; correct it");
}
