#include "edition_json.h"

#include "figure.h"
#include "member.h"

static json_t *write_row(const struct edition_table *table, guint row, bool *hidden) {
    json_t *object = json_object();
    for (guint i = 0; table->columns[i] != NULL; i++) {
        const struct edition_number *cell = edition_table_cell(table, row, i);
        member_set(object, table->columns[i], figure_write_count(*cell));
        *hidden = *hidden || !cell->known;
    }
    return object;
}

static json_t *write_table(const struct edition_table *table) {
    json_t *object = json_object();
    member_set(object, "id", json_string(table->id));
    member_set(object, "rows", member_names(table->rows));
    member_set(object, "columns", member_names(table->columns));
    bool hidden = false;
    json_t *cells = json_object();
    member_set(object, "cells", cells);
    for (guint i = 0; table->rows[i] != NULL; i++)
        member_set(cells, table->rows[i], write_row(table, i, &hidden));
    member_set(object, "reason", figure_write_reason_unless(!hidden, REASON_SUPPRESSED));
    return object;
}

json_t *table_json_write(const struct edition *edition) {
    json_t *array = json_array();
    for (guint i = 0; i < edition->tables->len; i++)
        member_append(array, write_table(g_ptr_array_index(edition->tables, i)));
    return array;
}

static bool read_cells(struct edition_table *table, const struct json_node *parent) {
    const struct json_node cells = json_node_object(parent, "cells", NULL);
    json_node_only(&cells, (const char *const *)table->rows);
    bool hidden = false;
    for (guint i = 0; table->rows[i] != NULL; i++) {
        const struct json_node row =
            json_node_object(&cells, table->rows[i], (const char *const *)table->columns);
        for (guint j = 0; table->columns[j] != NULL; j++) {
            struct edition_number *cell = edition_table_cell(table, i, j);
            *cell = figure_read_count(&row, table->columns[j]);
            hidden = hidden || !cell->known;
        }
    }
    return hidden;
}

static void read_table(struct edition *edition, const struct json_node *node) {
    g_autofree char *id = member_read_name(node, "id");
    g_auto(GStrv) rows = json_node_strings(node, "rows", 1, MOST_NAMES);
    g_auto(GStrv) columns = json_node_strings(node, "columns", 1, MOST_NAMES);
    struct edition_table *table = edition_add_table(
        edition, id, (const char *const *)rows, (const char *const *)columns);
    const bool hidden = read_cells(table, node);
    figure_check_reason(node, "reason", !hidden, figure_read_reason(node, "reason"));
}

void table_json_read(struct edition *edition, const struct json_node *root) {
    const struct json_node array = json_node_array(root, "tables", 0, MOST_TABLES);
    for (size_t i = 0; i < json_node_length(&array); i++) {
        const struct json_node node = json_node_object_at(
            &array, i, KEYS("id", "rows", "columns", "cells", "reason"));
        read_table(edition, &node);
    }
}

static bool is_known(const struct edition_coverage *coverage) {
    return coverage->firms.known && coverage->complaints.known &&
           coverage->response.known && coverage->months_of_history >= 0;
}

json_t *table_json_write_coverage(const struct edition *edition) {
    const struct edition_coverage *coverage = &edition->coverage;
    json_t *object = json_object();
    member_set(object, "firms", figure_write_count(coverage->firms));
    member_set(object, "complaints", figure_write_count(coverage->complaints));
    member_set(object, "response",
               figure_write_number(coverage->response, SCORE_DECIMALS));
    member_set(object, "months_of_history",
               figure_write_whole(coverage->months_of_history));
    member_set(object, "reason",
               figure_write_reason_unless(is_known(coverage), coverage->reason));
    return object;
}

void table_json_read_coverage(struct edition *edition, const struct json_node *root) {
    const struct json_node node = json_node_object(
        root, "coverage",
        KEYS("firms", "complaints", "response", "months_of_history", "reason"));
    edition->coverage = (struct edition_coverage){
        .firms = figure_read_count(&node, "firms"),
        .complaints = figure_read_count(&node, "complaints"),
        .response = figure_read_number(&node, "response", SCORE_DECIMALS, 0, 100),
        .months_of_history = figure_read_whole(&node, "months_of_history"),
        .reason = figure_read_reason(&node, "reason"),
    };
    figure_check_reason(&node, "reason", is_known(&edition->coverage),
                        edition->coverage.reason);
}
