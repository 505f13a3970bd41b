#include "edition_json.h"

#include "figure.h"
#include "member.h"

static const double most_amount = 1e12;
static const double most_days = 1e6;

json_t *watch_json_describe(const struct edition_marketplace *marketplace) {
    json_t *ids = json_array();
    for (guint i = 0; i < marketplace->watch->len; i++) {
        const struct edition_watch *watch = g_ptr_array_index(marketplace->watch, i);
        member_append(ids, json_string(watch->id));
    }
    return ids;
}

static json_t *write_dimension(const struct edition_watch *watch) {
    const bool said = watch->change != CLAIM_UNKNOWN;
    json_t *object = json_object();
    member_set(object, "firms", figure_write_share(&watch->firms));
    member_set(object, "firms_class", member_text(watch->firms_class));
    member_set(object, "change", json_string(edition_claim_code(watch->change)));
    member_set(object, "change_reason",
               figure_write_reason_unless(said, watch->change_reason));
    member_set(object, "amount", figure_write_number(watch->amount, SCORE_DECIMALS));
    member_set(object, "amount_reason",
               figure_write_reason_unless(watch->amount.known, watch->amount_reason));
    member_set(object, "sentence", member_words(watch->sentence));
    return object;
}

static void read_dimension(struct edition_watch *watch, const struct json_node *parent) {
    const struct json_node node =
        json_node_object(parent, watch->id,
                         KEYS("firms", "firms_class", "change", "change_reason", "amount",
                              "amount_reason", "sentence"));
    watch->firms = figure_read_share(&node, "firms");
    watch->firms_class = member_read_class(&node, "firms_class");
    watch->change = figure_read_claim(&node, "change");
    watch->change_reason = figure_read_reason(&node, "change_reason");
    figure_check_reason(&node, "change_reason", watch->change != CLAIM_UNKNOWN,
                        watch->change_reason);
    watch->amount = figure_read_number(&node, "amount", SCORE_DECIMALS, 0, most_amount);
    watch->amount_reason = figure_read_reason(&node, "amount_reason");
    member_read_words(&node, "sentence", watch->sentence);
    if (watch->amount.known) /* else it may have no amount to miss */
        figure_check_reason(&node, "amount_reason", true, watch->amount_reason);
}

static json_t *write_mediation(const struct edition_mediation *mediation) {
    json_t *object = json_object();
    member_set(object, "referred", figure_write_count(mediation->referred));
    member_set(object, "reason",
               figure_write_reason_unless(mediation->referred.known, mediation->reason));
    member_set(object, "settled", figure_write_share(&mediation->settled));
    member_set(object, "failed", figure_write_share(&mediation->failed));
    return object;
}

static struct edition_mediation read_mediation(const struct json_node *place) {
    const struct json_node node = json_node_object(
        place, "mediation", KEYS("referred", "reason", "settled", "failed"));
    const struct edition_mediation mediation = {
        .referred = figure_read_count(&node, "referred"),
        .settled = figure_read_share(&node, "settled"),
        .failed = figure_read_share(&node, "failed"),
        .reason = figure_read_reason(&node, "reason"),
    };
    figure_check_reason(&node, "reason", mediation.referred.known, mediation.reason);
    return mediation;
}

static bool is_declared(const struct edition_declared *declared) {
    return declared->complaints.known && declared->mean_days.known &&
           declared->reversed.known;
}

static json_t *write_declared(const struct edition_declared *declared) {
    json_t *object = json_object();
    member_set(object, "from", member_month(declared->from));
    member_set(object, "to", member_month(declared->to));
    member_set(object, "complaints", figure_write_count(declared->complaints));
    member_set(object, "mean_days",
               figure_write_number(declared->mean_days, SCORE_DECIMALS));
    member_set(object, "reversed", figure_write_count(declared->reversed));
    member_set(object, "reason",
               figure_write_reason_unless(is_declared(declared), REASON_NOT_DECLARED));
    member_set(object, "source", member_text(declared->source));
    member_set(object, "lived", figure_write_median(&declared->lived));
    return object;
}

static void read_declared(struct edition_declared *declared,
                          const struct json_node *node) {
    declared->from = member_read_month(node, "from");
    declared->to = member_read_month(node, "to");
    declared->complaints = figure_read_count(node, "complaints");
    declared->mean_days =
        figure_read_number(node, "mean_days", SCORE_DECIMALS, 0, most_days);
    declared->reversed = figure_read_count(node, "reversed");
    declared->source = member_read_text(node, "source");
    declared->lived = figure_read_median(node, "lived");
    figure_check_reason(node, "reason", is_declared(declared),
                        figure_read_reason(node, "reason"));
    if (declared->from > declared->to)
        json_node_problem(node, "from", "this month is after \"to\"; correct it");
}

static json_t *write_changes(const struct edition_changes *changes) {
    const bool counted = changes->count >= 0;
    const bool known = counted && changes->median_notice_days.known;
    json_t *object = json_object();
    member_set(object, "count", figure_write_whole(changes->count));
    member_set(object, "median_notice_days",
               figure_write_number(changes->median_notice_days, SCORE_DECIMALS));
    member_set(object, "reason", figure_write_reason_unless(known, changes->reason));
    member_set(object, "short_notice", figure_write_share(&changes->short_notice));
    notice_json_write_excess(object, &changes->excess);
    member_set(object, "acts", notice_json_write_acts(changes->acts));
    return object;
}

static void read_changes(struct edition_marketplace *marketplace,
                         const struct json_node *place) {
    const struct json_node node =
        json_node_object(place, "changes",
                         KEYS("count", "median_notice_days", "reason", "short_notice",
                              "one_in", "p", "acts"));
    struct edition_changes *changes = &marketplace->changes;
    changes->count = figure_read_whole(&node, "count");
    changes->median_notice_days = figure_read_number(
        &node, "median_notice_days", SCORE_DECIMALS, -most_days, most_days);
    changes->reason = figure_read_reason(&node, "reason");
    changes->short_notice = figure_read_share(&node, "short_notice");
    changes->excess = notice_json_read_excess(&node);
    notice_json_read_acts(marketplace, &node);
    figure_check_reason(&node, "reason",
                        changes->count >= 0 && changes->median_notice_days.known,
                        changes->reason);
    if (node.value != NULL && (int)changes->acts->len != MAX(changes->count, 0))
        json_node_problem(&node, "acts", "these are not as many as \"count\" says");
}

void watch_json_write(json_t *place, const struct edition_marketplace *marketplace) {
    json_t *watch = json_object();
    member_set(place, "watch", watch);
    for (guint i = 0; i < marketplace->watch->len; i++) {
        const struct edition_watch *dimension = g_ptr_array_index(marketplace->watch, i);
        member_set(watch, dimension->id, write_dimension(dimension));
    }
    member_set(place, "mediation", write_mediation(&marketplace->mediation));
    json_t *declared = json_array();
    member_set(place, "declared", declared);
    for (guint i = 0; i < marketplace->declared->len; i++)
        member_append(declared,
                      write_declared(g_ptr_array_index(marketplace->declared, i)));
    member_set(place, "changes", write_changes(&marketplace->changes));
}

void watch_json_read(struct edition_marketplace *marketplace,
                     const struct json_node *place, const char *const *dimensions) {
    const struct json_node watch = json_node_object(place, "watch", NULL);
    member_check_names(&watch, dimensions);
    for (; *dimensions != NULL; dimensions++)
        read_dimension(edition_add_watch(marketplace, *dimensions), &watch);
    marketplace->mediation = read_mediation(place);
    const struct json_node declared =
        json_node_array(place, "declared", 0, MOST_ELEMENTS);
    for (size_t i = 0; i < json_node_length(&declared); i++) {
        const struct json_node node =
            json_node_object_at(&declared, i,
                                KEYS("from", "to", "complaints", "mean_days", "reversed",
                                     "reason", "source", "lived"));
        read_declared(edition_add_declared(marketplace), &node);
    }
    read_changes(marketplace, place);
}
