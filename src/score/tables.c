#include "barometre/disclosure.h"

#include "barometre/month.h"

#include <math.h>
#include <string.h>

enum { QUARTER_MONTHS = 3 };

#define TOTAL "_total" /* no marketplace's id begins so */

/* The counts of one quarter. */
struct quarter {
    const struct method *method;
    const struct registry *registry;
    const struct tally *tally;
    int32_t last_month;
    GArray *places; /* int: shown marketplaces, in the order of the registry */
    char **columns; /* their ids and the total */
};

/* What a row of a kind of table counts of a marketplace. */
typedef int (*count_row)(const struct quarter *quarter, int row, int place);

static int count_month(const struct quarter *quarter, int row, int place) {
    const int32_t month = quarter->last_month - QUARTER_MONTHS + 1 + row;
    return tally_month_firms(quarter->tally, month, place, quarter->tally->pillar_count);
}

static int count_pillar(const struct quarter *quarter, int row, int place) {
    return tally_quarter_firms(quarter->tally, quarter->last_month, place, row);
}

static int count_sector(const struct quarter *quarter, int row, int place) {
    const int sector = row < tally_sectors() ? row : -1;
    return tally_quarter_firms(quarter->tally, quarter->last_month, place,
                               tally_sector_row(quarter->tally, sector));
}

static char *month_id(const struct quarter *quarter, int row) {
    char text[MONTH_TEXT_SIZE];
    month_format(quarter->last_month - QUARTER_MONTHS + 1 + row, text);
    return g_strdup(text);
}

static char *pillar_id(const struct quarter *quarter, int row) {
    return g_strdup(quarter->method->pillars[row].id);
}

/* "a" … "u" of the NAF, "untold". */
static char *sector_id(const struct quarter *quarter, int row) {
    (void)quarter;
    return row < tally_sectors() ? g_ascii_strdown(tally_sector_id(row), -1)
                                 : g_strdup("untold");
}

static const struct table_kind {
    const char *id;
    count_row count;
    char *(*row_id)(const struct quarter *quarter, int row);
    bool sparse; /* rows of nothing but zeros are left out */
} kinds[] = {
    {"month", count_month, month_id, false},
    {"pillar", count_pillar, pillar_id, false},
    {"sector", count_sector, sector_id, true},
};

static int row_count(const struct quarter *quarter, const struct table_kind *kind) {
    if (kind->count == count_month)
        return QUARTER_MONTHS;
    return kind->count == count_pillar ? quarter->method->pillar_count
                                       : tally_sectors() + 1;
}

static int count_everywhere(const struct quarter *quarter, const struct table_kind *kind,
                            int row) {
    int firms = 0;
    for (guint i = 0; i < quarter->places->len; i++)
        firms += kind->count(quarter, row, g_array_index(quarter->places, int, i));
    return firms;
}

/* Numbers of the kind's rows that the table has. */
static GArray *shown_rows(const struct quarter *quarter, const struct table_kind *kind) {
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(int));
    for (int row = 0; row < row_count(quarter, kind); row++)
        if (!kind->sparse || count_everywhere(quarter, kind, row) > 0)
            g_array_append_val(rows, row);
    return rows;
}

static struct edition_table *add_table(struct edition *edition,
                                       const struct quarter *quarter,
                                       const struct table_kind *kind,
                                       const GArray *rows) {
    char month[MONTH_TEXT_SIZE];
    month_format(quarter->last_month, month);
    g_autofree char *id = g_strdup_printf("%s-%s", kind->id, month);
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    for (guint i = 0; i < rows->len; i++) {
        g_autofree char *name = kind->row_id(quarter, g_array_index(rows, int, i));
        g_strv_builder_add(names, name);
    }
    g_strv_builder_add(names, TOTAL);
    g_auto(GStrv) row_names = g_strv_builder_end(names);
    return edition_add_table(edition, id, (const char *const *)row_names,
                             (const char *const *)quarter->columns);
}

/* Into the cell, the totals of its row and column, and the grand total. */
static void count_into(struct edition_table *table, guint row, guint column,
                       const GArray *rows, const GArray *places, int firms) {
    const guint ends[2][2] = {{row, rows->len}, {column, places->len}};
    for (guint i = 0; i < 2; i++)
        for (guint j = 0; j < 2; j++)
            edition_table_cell(table, ends[0][i], ends[1][j])->value += firms;
}

static void fill_table(struct edition *edition, const struct quarter *quarter,
                       const struct table_kind *kind) {
    g_autoptr(GArray) rows = shown_rows(quarter, kind);
    struct edition_table *table = add_table(edition, quarter, kind, rows);
    for (guint i = 0; i < rows->len; i++)
        for (guint j = 0; j < quarter->places->len; j++)
            count_into(table, i, j, rows, quarter->places,
                       kind->count(quarter, g_array_index(rows, int, i),
                                   g_array_index(quarter->places, int, j)));
}

static void show_places(struct quarter *quarter) {
    const struct tally *tally = quarter->tally;
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    for (int i = 0; i < tally->marketplace_count; i++) {
        const int firms =
            tally_quarter_firms(tally, quarter->last_month, i, tally->pillar_count);
        if (disclosure_is_secret(quarter->method, firms))
            continue;
        g_array_append_val(quarter->places, i);
        g_strv_builder_add(names, registry_place(quarter->registry, i)->id);
    }
    g_strv_builder_add(names, TOTAL);
    quarter->columns = g_strv_builder_end(names);
}

static void fill_quarter(struct edition *edition, const struct method *method,
                         const struct registry *registry, const struct tally *tally,
                         int32_t last_month) {
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(int));
    struct quarter quarter = {method, registry, tally, last_month, places, NULL};
    show_places(&quarter);
    for (guint i = 0; i < G_N_ELEMENTS(kinds) && places->len > 0; i++)
        fill_table(edition, &quarter, &kinds[i]);
    g_strfreev(quarter.columns);
}

/* A quarter that is not over would change. */
static int32_t last_quarter_end(const struct edition *edition) {
    const int32_t over = edition->closed ? edition->as_of : edition->as_of - 1;
    return over - month_number(over) % QUARTER_MONTHS;
}

/* Asked and answered of the shares and delays of one marketplace. */
static void count_answers(const struct method *method, const struct tally *tally,
                          int place, int64_t *asked, int64_t *answered) {
    for (int p = 0; p < method->pillar_count; p++) {
        const struct method_pillar *pillar = &method->pillars[p];
        const GArray *patterns = tally_cell(tally, 0, place, p)->patterns;
        for (guint i = 0; i < patterns->len; i++) {
            const struct tally_pattern *pattern =
                &g_array_index(patterns, struct tally_pattern, i);
            for (int k = 0; k < pillar->indicator_count; k++) {
                if (pillar->indicators[k].kind == INDICATOR_INCIDENCE)
                    continue;
                *asked += pattern->firms;
                *answered += pattern->answer[k] != PATTERN_NONE ? pattern->firms : 0;
            }
        }
    }
}

static int32_t first_month_of(const struct tally *tally) {
    for (int back = tally->month_count - 1; back >= 0; back--)
        for (int i = 0; i < tally->marketplace_count; i++)
            if (tally_month_complaints(tally, tally->last_month - back, i) > 0)
                return tally->last_month - back;
    return tally->last_month + 1;
}

static void fill_coverage(struct edition_coverage *coverage, const struct method *method,
                          const struct tally *tally) {
    int64_t firms = 0, complaints = 0, asked = 0, answered = 0;
    for (int i = 0; i < tally->marketplace_count; i++) {
        const int of_place = tally_newest_firms(tally, i);
        if (disclosure_is_secret(method, of_place))
            continue;
        firms += of_place;
        for (int back = 0; back < method->window_months; back++)
            complaints += tally_month_complaints(tally, tally->last_month - back, i);
        count_answers(method, tally, i, &asked, &answered);
    }
    *coverage = (struct edition_coverage){
        .firms = edition_known((double)firms),
        .complaints = edition_known((double)complaints),
        .months_of_history = tally->last_month - first_month_of(tally) + 1,
        .reason = asked > 0 ? REASON_NONE : REASON_NO_REPORTS,
    };
    if (asked > 0)
        coverage->response =
            edition_known(round((double)answered * 1000 / (double)asked) / 10);
}

void tables_fill(struct edition *edition, const struct method *method,
                 const struct registry *registry, const struct tally *tally) {
    const int32_t oldest = tally->last_month - tally->month_count + 1;
    const int32_t newest = last_quarter_end(edition);
    for (int back = 0; back + QUARTER_MONTHS <= method->window_months;
         back += QUARTER_MONTHS)
        if (newest - back - QUARTER_MONTHS + 1 >= oldest)
            fill_quarter(edition, method, registry, tally, newest - back);
    fill_coverage(&edition->coverage, method, tally);
}
