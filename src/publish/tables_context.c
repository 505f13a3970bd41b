#include "tables_context.h"

#include "barometre/month.h"

const struct table_column table_statements[] = {
    {"place", TABLE_PLACE, 0, NULL},
    {"month", TABLE_MONTH, 0, NULL},
    {"days_decided", TABLE_NUMBER, 0, NULL},
    {"statements", TABLE_NUMBER, 0, NULL},
    {"suspensions", TABLE_NUMBER, 0, NULL},
    {"terminations", TABLE_NUMBER, 0, NULL},
    {"services", TABLE_NUMBER, 0, NULL},
    {"products", TABLE_NUMBER, 0, NULL},
    {"decided", TABLE_NUMBER, 1, NULL},
    {"detected", TABLE_NUMBER, 1, NULL},
    {NULL, TABLE_TEXT, 0, NULL},
};

#define CONSUMERS                                                                        \
    {"month", TABLE_MONTH, 0, NULL}, {"reports", TABLE_NUMBER, 0, NULL},                 \
        {"transmitted", TABLE_NUMBER, 0, NULL}, {"read", TABLE_NUMBER, 1, NULL},         \
        {"replied", TABLE_NUMBER, 1, NULL}, {"reason", TABLE_REASON, 0, NULL}, {         \
        NULL, TABLE_TEXT, 0, NULL                                                        \
    }

const struct table_column table_consumers[] = {{"place", TABLE_PLACE, 0, NULL},
                                               CONSUMERS};
const struct table_column table_context[] = {CONSUMERS};

static void add(struct table *table, const char *text, struct edition_number number) {
    const struct table_cell cell = {g_strdup(text), number};
    g_array_append_val(table->cells, cell);
}

static void add_count(struct table *table, int64_t count) {
    add(table, NULL, edition_known((double)count));
}

static void add_month(struct table *table, int32_t month) {
    char text[MONTH_TEXT_SIZE];
    month_format(month, text);
    add(table, text, edition_unknown());
}

void table_add_statements(struct table *table, const struct edition_marketplace *place) {
    for (guint i = 0; i < place->statements->len; i++) {
        const struct edition_statements *said =
            &g_array_index(place->statements, struct edition_statements, i);
        add(table, place->id, edition_unknown());
        add_month(table, said->month);
        add_count(table, said->days);
        add_count(table, said->statements);
        add_count(table, said->suspensions);
        add_count(table, said->terminations);
        add_count(table, said->services);
        add_count(table, said->products);
        add(table, NULL, edition_known(said->decided));
        add(table, NULL, edition_known(said->detected));
    }
}

static void add_consumers(struct table *table,
                          const struct edition_consumers *consumers) {
    const bool known = consumers->answered.known; /* the last to be hidden */
    add_month(table, consumers->month);
    add(table, NULL, consumers->reports);
    add(table, NULL, consumers->transmitted);
    add(table, NULL, consumers->read);
    add(table, NULL, consumers->answered);
    add(table, known ? NULL : edition_reason_code(consumers->reason), edition_unknown());
}

void table_add_consumers(struct table *table, const struct edition_marketplace *place) {
    for (guint i = 0; i < place->consumers->len; i++) {
        add(table, place->id, edition_unknown());
        add_consumers(table,
                      &g_array_index(place->consumers, struct edition_consumers, i));
    }
}

void table_fill_context(struct table *table, const struct edition *edition) {
    for (guint i = 0; i < edition->consumers->len; i++)
        add_consumers(table,
                      &g_array_index(edition->consumers, struct edition_consumers, i));
}
