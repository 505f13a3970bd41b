#include "tables_private.h"

#include "barometre/month.h"
#include "table_columns.h"
#include "tables_context.h"

#include <string.h>

static void add_month(struct table *table, int32_t month) {
    char text[MONTH_TEXT_SIZE];
    month_format(month, text);
    add_text(table, text);
}

static void add_reason(struct table *table, struct edition_number number,
                       enum edition_reason reason) {
    if (number.known)
        reason = REASON_NONE;
    else if (reason == REASON_NONE)
        reason = REASON_NOT_COMPUTED;
    add_text(table, edition_reason_code(reason));
}

/* What a TABLE_SCORE column and those after it want. */
static void add_figure(struct table *table, const struct edition_number figure[static 3],
                       enum edition_reason reason) {
    for (int f = 0; f < 3; f++)
        add_number(table, figure[f]);
    add_reason(table, figure[0], reason);
}

static void add_score(struct table *table, const struct edition_score *score) {
    const struct edition_number figure[] = {score->score, score->low, score->high};
    add_figure(table, figure, score->reason);
}

static void add_trend(struct table *table, const struct edition_trend *trend) {
    add_text(table, edition_claim_code(trend->claim));
    add_number(table, trend->points);
}

static void add_scores(struct table *table, const struct edition_marketplace *place) {
    const struct edition_overall *overall = &place->overall;
    add_text(table, place->id);
    add_text(table, place->name);
    add_text(table, overall->band);
    add_score(table, &overall->score);
    add_number(table, count(overall->rank_low, 1));
    add_number(table, count(overall->rank_high, 1));
    add_trend(table, &overall->trend);
    add_number(table, overall->p_above_median);
    add_number(table, overall->p_below_median);
    add_number(table, place->sellers);
    add_text(table, edition_status_code(place->status));
}

static void add_pillars(struct table *table, const struct edition_marketplace *place) {
    for (guint p = 0; p < place->pillars->len; p++) {
        const struct edition_pillar *pillar = g_ptr_array_index(place->pillars, p);
        add_text(table, place->id);
        add_text(table, pillar->id);
        add_score(table, &pillar->score);
        add_trend(table, &pillar->trend);
        add_text(table, pillar->firms_class);
        add_text(table, edition_status_code(pillar->status));
    }
}

static void add_indicator(struct table *table, const struct edition_marketplace *place,
                          const struct edition_pillar *pillar,
                          const struct edition_indicator *indicator) {
    add_text(table, place->id);
    add_text(table, pillar->id);
    add_text(table, indicator->id);
    add_text(table, indicator->kind);
    add_score(table, &indicator->score);
    add_text(table, indicator->answers_class);
    add_number(table, indicator->median.days);
    add_number(table, indicator->median.low);
    add_number(table, indicator->median.high);
    add_number(table, indicator->curve.p_half);
}

static void add_indicators(struct table *table, const struct edition_marketplace *place) {
    for (guint p = 0; p < place->pillars->len; p++) {
        const struct edition_pillar *pillar = g_ptr_array_index(place->pillars, p);
        for (guint i = 0; i < pillar->indicators->len; i++)
            add_indicator(table, place, pillar, g_ptr_array_index(pillar->indicators, i));
    }
}

/* A row for each point; one that says why where there is none. */
static void add_curve(struct table *table, const struct edition_marketplace *place,
                      const struct edition_pillar *pillar,
                      const struct edition_indicator *indicator) {
    const struct edition_curve *curve = &indicator->curve;
    const enum edition_reason reason =
        curve->reason == REASON_NONE ? REASON_FEW_ANSWERS : curve->reason;
    for (guint i = 0; i == 0 || i < curve->points->len; i++) {
        const bool known = curve->points->len > 0;
        const struct edition_curve_point point =
            known ? g_array_index(curve->points, struct edition_curve_point, i)
                  : (struct edition_curve_point){.day = -1};
        const struct edition_number figure[] = {known ? edition_known(point.share)
                                                      : edition_unknown(),
                                                point.low, point.high};
        add_text(table, place->id);
        add_text(table, pillar->id);
        add_text(table, indicator->id);
        add_number(table, count(point.day, 0));
        add_figure(table, figure, reason);
    }
}

static void add_curves(struct table *table, const struct edition_marketplace *place) {
    for (guint p = 0; p < place->pillars->len; p++) {
        const struct edition_pillar *pillar = g_ptr_array_index(place->pillars, p);
        for (guint i = 0; i < pillar->indicators->len; i++)
            if (edition_is_delay(g_ptr_array_index(pillar->indicators, i)))
                add_curve(table, place, pillar, g_ptr_array_index(pillar->indicators, i));
    }
}

static void add_month_of(struct table *table, const struct edition_marketplace *place,
                         const struct edition_history *past) {
    for (guint p = 0; p <= past->pillars->len; p++) {
        const struct edition_pillar *pillar =
            p == 0 ? NULL : g_ptr_array_index(place->pillars, p - 1);
        add_text(table, place->id);
        add_month(table, past->as_of);
        add_text(table, pillar == NULL ? "overall" : pillar->id);
        add_score(table, pillar == NULL ? &past->overall
                                        : &g_array_index(past->pillars,
                                                         struct edition_score, p - 1));
    }
}

static void add_history(struct table *table, const struct edition_marketplace *place) {
    for (guint i = 0; i < place->history->len; i++)
        add_month_of(table, place, g_ptr_array_index(place->history, i));
}

static void add_alerts(struct table *table, const struct edition_marketplace *place) {
    for (guint i = 0; i < place->alerts->len; i++) {
        const struct edition_alert *alert = g_ptr_array_index(place->alerts, i);
        add_text(table, place->id);
        add_month(table, alert->month);
        add_text(table, alert->pillar);
        add_text(table, alert->own ? "own" : "general");
    }
}

static void add_watch(struct table *table, const struct edition_marketplace *place) {
    for (guint i = 0; i < place->watch->len; i++) {
        const struct edition_watch *seen = g_ptr_array_index(place->watch, i);
        add_text(table, place->id);
        add_text(table, seen->id);
        const struct edition_share *firms = &seen->firms;
        const struct edition_number figure[] = {firms->share, firms->low, firms->high};
        add_figure(table, figure, firms->reason);
        add_text(table, edition_claim_code(seen->change));
        add_number(table, seen->amount);
    }
}

static void add_declared(struct table *table, const struct edition_marketplace *place) {
    for (guint i = 0; i < place->declared->len; i++) {
        const struct edition_declared *said = g_ptr_array_index(place->declared, i);
        add_text(table, place->id);
        add_month(table, said->from);
        add_month(table, said->to);
        add_number(table, said->complaints);
        add_number(table, said->reversed);
        add_number(table, said->mean_days);
        add_number(table, said->lived.days);
        add_text(table, said->source);
    }
}

static void append_count(GString *text, struct edition_number number) {
    if (number.known)
        g_string_append_printf(text, "%.0f", number.value);
    else
        g_string_append_c(text, 'x');
}

/* "15, x, 21": days of notice, in the order of the register. */
static char *list_changes(const GPtrArray *acts) {
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < acts->len; i++) {
        const struct edition_change *change = g_ptr_array_index(acts, i);
        g_string_append(text, i > 0 ? ", " : "");
        append_count(text, change->notice_days);
    }
    return g_string_free(text, FALSE);
}

/* "<0: 5, 0: x, 15: 0, 30: 10": least days of a bin and its firms. */
static char *list_bins(const struct edition_notice *law,
                       const struct edition_terminations *terminations) {
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < terminations->firms->len && i <= law->bins->len; i++) {
        if (i == 0)
            g_string_append(text, "<0: ");
        else
            g_string_append_printf(text, ", %d: ", g_array_index(law->bins, int, i - 1));
        append_count(text, g_array_index(terminations->firms, struct edition_number, i));
    }
    return g_string_free(text, FALSE);
}

static void add_notice(struct table *table, const struct edition_marketplace *place,
                       const char *act, const struct edition_number figure[static 3],
                       enum edition_reason reason, const struct edition_excess *excess,
                       char *notices) {
    add_text(table, place->id);
    add_text(table, act);
    add_figure(table, figure, reason);
    add_number(table, count(excess->one_in, 1));
    add_number(table, excess->p);
    add_text(table, *notices == '\0' ? NULL : notices);
    g_free(notices);
}

static void fill_notice(struct table *table, const struct edition *edition) {
    g_autoptr(GPtrArray) ranked = edition_ranked(edition);
    for (guint i = 0; edition->notice.known && i < ranked->len; i++) {
        const struct edition_marketplace *place = g_ptr_array_index(ranked, i);
        const struct edition_share *late = &place->changes.short_notice;
        const struct edition_score ended = edition_late_terminations(edition, place);
        add_notice(table, place, "changes",
                   (struct edition_number[]){late->share, late->low, late->high},
                   late->reason, &place->changes.excess,
                   list_changes(place->changes.acts));
        add_notice(table, place, "terminations",
                   (struct edition_number[]){ended.score, ended.low, ended.high},
                   ended.reason, &place->terminations.excess,
                   list_bins(&edition->notice, &place->terminations));
    }
}

static void add_changes(struct table *table, const struct edition_marketplace *place) {
    for (guint i = 0; i < place->changes.acts->len; i++) {
        const struct edition_change *change = g_ptr_array_index(place->changes.acts, i);
        char day[DAY_TEXT_SIZE];
        day_format(change->effective_on, day);
        add_text(table, place->id);
        add_text(table, change->id);
        add_text(table, change->kind);
        add_text(table, day);
        add_number(table, change->notice_days);
    }
}

static void fill_pairs(struct table *table, const struct edition *edition) {
    for (guint i = 0; i < edition->pairs->len; i++) {
        const struct edition_pair *pair = g_ptr_array_index(edition->pairs, i);
        add_text(table, pair->a);
        add_text(table, pair->b);
        add_number(table, edition_known(pair->p));
    }
}

static void add_group(struct table *table, const char *id,
                      const struct edition_group *group) {
    add_text(table, id);
    const struct edition_number figure[] = {group->difference, group->low, group->high};
    add_figure(table, figure, group->reason);
    add_number(table, group->p);
}

static void fill_groups(struct table *table, const struct edition *edition) {
    add_group(table, "signatories", &edition->signatories);
    add_group(table, "before_after", &edition->before_after);
}

static void fill_robustness(struct table *table, const struct edition *edition) {
    for (guint i = 0; i < edition->robustness.places->len; i++) {
        const struct edition_robust *robust =
            g_ptr_array_index(edition->robustness.places, i);
        add_text(table, robust->id);
        add_number(table, edition_known(robust->low));
        add_number(table, edition_known(robust->high));
        add_number(table, count(robust->rank_low, 1));
        add_number(table, count(robust->rank_high, 1));
    }
}

static void add_expectation(struct table *table,
                            const struct edition_marketplace *place) {
    const struct edition_expectation *own = &place->expectation;
    const struct edition_number figure[] = {own->ratio, own->low, own->high};
    add_text(table, place->id);
    add_number(table, own->expected);
    add_number(table, own->firms);
    add_figure(table, figure, own->reason);
    add_text(table, edition_position_code(own->position));
}

static void fill_limits(struct table *table, const struct edition *edition) {
    for (guint i = 0; i < edition->funnel.limits->len; i++) {
        const struct edition_limit *limit =
            &g_array_index(edition->funnel.limits, struct edition_limit, i);
        add_number(table, edition_known(limit->expected));
        add_number(table, edition_known(limit->outer_low));
        add_number(table, edition_known(limit->inner_low));
        add_number(table, edition_known(limit->inner_high));
        add_number(table, edition_known(limit->outer_high));
    }
}

static void fill_sources(struct table *table, const struct edition *edition) {
    for (guint i = 0; i < edition->sources->len; i++) {
        const struct edition_source *source = g_ptr_array_index(edition->sources, i);
        const struct edition_account *records = &source->records;
        add_text(table, source->profile);
        add_number(table, count(records->stored, 0));
        add_number(table, count(records->updated, 0));
        add_number(table, count(records->duplicates, 0));
        add_number(table, count(records->rejected, 0));
        add_text(table, source->sha256);
    }
}

static void fill_count(struct table *table, const struct edition_table *counted) {
    for (guint row = 0; counted->rows[row] != NULL; row++)
        for (guint column = 0; counted->columns[column] != NULL; column++) {
            add_text(table, counted->id);
            add_text(table, counted->rows[row]);
            add_text(table, counted->columns[column]);
            add_number(table, *edition_table_cell(counted, row, column));
        }
}

static void fill_counts(struct table *table, const struct edition *edition) {
    for (guint i = 0; i < edition->tables->len; i++)
        fill_count(table, g_ptr_array_index(edition->tables, i));
}

/* Filled place by place in the order of the charts, or from the edition at once. */
static const struct {
    const char *id;
    const struct table_column *columns;
    void (*add)(struct table *table, const struct edition_marketplace *place);
    void (*fill)(struct table *table, const struct edition *edition);
} makers[] = {
    {"scores", table_columns_scores, add_scores, NULL},
    {"pillars", table_columns_pillars, add_pillars, NULL},
    {"indicators", table_columns_indicators, add_indicators, NULL},
    {"curves", table_columns_curves, add_curves, NULL},
    {"history", table_columns_history, add_history, NULL},
    {"alerts", table_columns_alerts, add_alerts, NULL},
    {"pairs", table_columns_pairs, NULL, fill_pairs},
    {"groups", table_columns_groups, NULL, fill_groups},
    {"watch", table_columns_watch, add_watch, NULL},
    {"declared", table_columns_declared, add_declared, NULL},
    {"terms", tables_terms, tables_add_terms, NULL},
    {"terms-changes", tables_terms_changes, tables_add_terms_changes, NULL},
    {"statements", table_statements, table_add_statements, NULL},
    {"consumers", table_consumers, table_add_consumers, NULL},
    {"context", table_context, NULL, table_fill_context},
    {"funnel", table_columns_funnel, add_expectation, NULL},
    {"limits", table_columns_limits, NULL, fill_limits},
    {"notice", table_columns_notice, NULL, fill_notice},
    {"notice_changes", table_columns_notice_changes, add_changes, NULL},
    {"robustness", table_columns_robustness, NULL, fill_robustness},
    {"sources", table_columns_sources, NULL, fill_sources},
    {"counts", table_columns_counts, NULL, fill_counts},
};

static void cell_clear(void *cell) {
    g_free(((struct table_cell *)cell)->text);
}

static void table_free(void *data) {
    struct table *table = data;
    g_array_unref(table->cells);
    g_free(table);
}

GPtrArray *tables_collect(const struct edition *edition) {
    GPtrArray *tables = g_ptr_array_new_with_free_func(table_free);
    g_autoptr(GPtrArray) ranked = edition_ranked(edition);
    for (gsize m = 0; m < G_N_ELEMENTS(makers); m++) {
        struct table *table = g_new0(struct table, 1);
        table->id = makers[m].id;
        table->columns = makers[m].columns;
        while (table->columns[table->width].name != NULL)
            table->width++;
        table->cells = g_array_new(FALSE, TRUE, sizeof(struct table_cell));
        g_array_set_clear_func(table->cells, cell_clear);
        for (guint i = 0; makers[m].add != NULL && i < ranked->len; i++)
            makers[m].add(table, g_ptr_array_index(ranked, i));
        if (makers[m].fill != NULL)
            makers[m].fill(table, edition);
        g_assert(table->cells->len % table->width == 0);
        if (table->cells->len > 0)
            g_ptr_array_add(tables, table);
        else
            table_free(table);
    }
    return tables;
}

guint table_rows(const struct table *table) {
    return table->cells->len / table->width;
}

const struct table_cell *table_cell(const struct table *table, guint row, guint column) {
    return &g_array_index(table->cells, struct table_cell, row * table->width + column);
}
