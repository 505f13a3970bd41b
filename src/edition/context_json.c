#include "edition_json.h"

#include "figure.h"
#include "member.h"

static json_t *write_statements(const struct edition_statements *statements) {
    json_t *object = json_object();
    member_set(object, "month", member_month(statements->month));
    member_set(object, "days", json_integer(statements->days));
    member_set(object, "statements", json_integer(statements->statements));
    member_set(object, "suspensions", json_integer(statements->suspensions));
    member_set(object, "terminations", json_integer(statements->terminations));
    member_set(object, "services", json_integer(statements->services));
    member_set(object, "products", json_integer(statements->products));
    member_set(object, "decided", figure_write_real(statements->decided, SCORE_DECIMALS));
    member_set(object, "detected",
               figure_write_real(statements->detected, SCORE_DECIMALS));
    return object;
}

static int64_t read_part(const struct json_node *node, const char *key, int64_t whole) {
    const int64_t part = json_node_count(node, key);
    if (part > whole)
        json_node_problem(node, key, "this exceeds \"statements\"; correct it");
    return part;
}

static struct edition_statements read_statements(const struct json_node *node) {
    const int64_t whole = json_node_count(node, "statements");
    return (struct edition_statements){
        .month = member_read_month(node, "month"),
        .days = json_node_int(node, "days", 1, 31),
        .statements = whole,
        .suspensions = read_part(node, "suspensions", whole),
        .terminations = read_part(node, "terminations", whole),
        .services = read_part(node, "services", whole),
        .products = read_part(node, "products", whole),
        .decided = figure_read_known(node, "decided", SCORE_DECIMALS, 0, 100),
        .detected = figure_read_known(node, "detected", SCORE_DECIMALS, 0, 100),
    };
}

static bool is_known(const struct edition_consumers *consumers) {
    return consumers->reports.known && consumers->transmitted.known &&
           consumers->read.known && consumers->answered.known;
}

static json_t *write_consumers(const GArray *months) {
    json_t *array = json_array();
    for (guint i = 0; i < months->len; i++) {
        const struct edition_consumers *consumers =
            &g_array_index(months, struct edition_consumers, i);
        json_t *object = json_object();
        member_append(array, object);
        member_set(object, "month", member_month(consumers->month));
        member_set(object, "reports", figure_write_count(consumers->reports));
        member_set(object, "transmitted", figure_write_count(consumers->transmitted));
        member_set(object, "read", figure_write_number(consumers->read, SCORE_DECIMALS));
        member_set(object, "answered",
                   figure_write_number(consumers->answered, SCORE_DECIMALS));
        member_set(object, "reason",
                   figure_write_reason_unless(is_known(consumers), consumers->reason));
    }
    return array;
}

static void read_consumers(GArray *months, const struct json_node *parent) {
    const struct json_node array = json_node_array(parent, "consumers", 0, MOST_ELEMENTS);
    for (size_t i = 0; i < json_node_length(&array); i++) {
        const struct json_node node = json_node_object_at(
            &array, i,
            KEYS("month", "reports", "transmitted", "read", "answered", "reason"));
        const struct edition_consumers consumers = {
            .month = member_read_month(&node, "month"),
            .reports = figure_read_count(&node, "reports"),
            .transmitted = figure_read_count(&node, "transmitted"),
            .read = figure_read_number(&node, "read", SCORE_DECIMALS, 0, 100),
            .answered = figure_read_number(&node, "answered", SCORE_DECIMALS, 0, 100),
            .reason = figure_read_reason(&node, "reason"),
        };
        figure_check_reason(&node, "reason", is_known(&consumers), consumers.reason);
        g_array_append_val(months, consumers);
    }
}

void context_json_write(json_t *place, const struct edition_marketplace *marketplace) {
    json_t *statements = json_array();
    member_set(place, "statements", statements);
    for (guint i = 0; i < marketplace->statements->len; i++)
        member_append(statements,
                      write_statements(&g_array_index(marketplace->statements,
                                                      struct edition_statements, i)));
    member_set(place, "consumers", write_consumers(marketplace->consumers));
}

void context_json_read(struct edition_marketplace *marketplace,
                       const struct json_node *place) {
    const struct json_node array = json_node_array(place, "statements", 0, MOST_ELEMENTS);
    for (size_t i = 0; i < json_node_length(&array); i++) {
        const struct json_node node = json_node_object_at(
            &array, i,
            KEYS("month", "days", "statements", "suspensions", "terminations", "services",
                 "products", "decided", "detected"));
        const struct edition_statements statements = read_statements(&node);
        g_array_append_val(marketplace->statements, statements);
    }
    read_consumers(marketplace->consumers, place);
}

json_t *context_json_write_national(const struct edition *edition) {
    json_t *object = json_object();
    member_set(object, "consumers", write_consumers(edition->consumers));
    return object;
}

void context_json_read_national(struct edition *edition, const struct json_node *root) {
    const struct json_node node = json_node_object(root, "context", KEYS("consumers"));
    read_consumers(edition->consumers, &node);
}
