#include "page.h"

#include "barometre/chart.h"
#include "barometre/month.h"
#include "page_history.h"

#include <stdlib.h>
#include <string.h>

const char *page_label(const struct page *page, const char *pillar_id,
                       const char *indicator_id) {
    const enum words_language language = words_language(page->words);
    if (page->edition->marketplaces->len == 0)
        return indicator_id != NULL ? indicator_id : pillar_id;
    const struct edition_marketplace *any =
        g_ptr_array_index(page->edition->marketplaces, 0);
    for (guint p = 0; p < any->pillars->len; p++) {
        const struct edition_pillar *pillar = g_ptr_array_index(any->pillars, p);
        if (strcmp(pillar->id, pillar_id) != 0)
            continue;
        if (indicator_id == NULL)
            return pillar->label[language];
        for (guint i = 0; i < pillar->indicators->len; i++) {
            const struct edition_indicator *indicator =
                g_ptr_array_index(pillar->indicators, i);
            if (strcmp(indicator->id, indicator_id) == 0)
                return indicator->label[language];
        }
    }
    return indicator_id != NULL ? indicator_id : pillar_id;
}

static const char *place_name(const struct page *page, const char *id) {
    for (guint i = 0; i < page->edition->marketplaces->len; i++) {
        const struct edition_marketplace *place =
            g_ptr_array_index(page->edition->marketplaces, i);
        if (strcmp(place->id, id) == 0)
            return place->name;
    }
    return id;
}

static char *unknown(const struct page *page, const char *reason) {
    if (reason == NULL)
        return words_say(page->words, "unknown.short", NULL);
    g_autofree char *key = g_strconcat("reason.", reason, NULL);
    g_autofree char *why = words_say(page->words, key, NULL);
    return words_say(page->words, "page.unknown",
                     (struct words_argument[]){{"reason", why, 0}, {NULL}});
}

/* A figure that is known, with its interval where it has one. */
static char *interval_said(const struct page *page, const struct edition_score *score,
                           int decimals) {
    g_autofree char *value = words_number(page->words, score->score.value, decimals);
    if (!score->low.known || !score->high.known)
        return g_steal_pointer(&value);
    g_autofree char *low = words_number(page->words, score->low.value, decimals);
    g_autofree char *high = words_number(page->words, score->high.value, decimals);
    return words_say(
        page->words, "page.interval",
        (struct words_argument[]){
            {"score", value, 0}, {"low", low, 0}, {"high", high, 0}, {NULL}});
}

char *page_score(const struct page *page, const struct edition_score *score) {
    return score->score.known ? interval_said(page, score, 1)
                              : unknown(page, edition_reason_code(score->reason));
}

static char *number_said(const struct page *page, const struct table_column *column,
                         const struct table_cell *cell) {
    if (cell->number.known)
        return words_number(page->words, cell->number.value, column->decimals);
    return unknown(page, NULL);
}

/* Of a text that day_format wrote. */
static int32_t day_of_text(const char *text) {
    int32_t day = 0;
    day_from_date(atoi(text), atoi(text + 5), atoi(text + 8), &day);
    return day;
}

/* The cell in words: numbers with the signs of the language, ids by their names. */
static char *cell_said(const struct page *page, const struct table *table, guint row,
                       guint column) {
    const struct table_column *shape = &table->columns[column];
    const struct table_cell *cell = table_cell(table, row, column);
    if (shape->kind == TABLE_NUMBER)
        return number_said(page, shape, cell);
    if (shape->kind == TABLE_SCORE) {
        const struct edition_score score = {cell->number, cell[1].number, cell[2].number,
                                            REASON_NONE, REASON_NONE};
        return score.score.known ? interval_said(page, &score, shape->decimals)
                                 : unknown(page, cell[3].text);
    }
    if (cell->text == NULL)
        return unknown(page, NULL);
    if (shape->kind == TABLE_PLACE)
        return g_strdup(place_name(page, cell->text));
    if (shape->kind == TABLE_PILLAR && strcmp(cell->text, "overall") == 0)
        return words_say(page->words, "page.score", NULL);
    if (shape->kind == TABLE_PILLAR)
        return g_strdup(page_label(page, cell->text, NULL));
    if (shape->kind == TABLE_INDICATOR)
        return g_strdup(page_label(page, cell[-1].text, cell->text));
    if (shape->kind == TABLE_MONTH) {
        int32_t month;
        if (month_parse(cell->text, &month))
            return words_month(page->words, month);
    }
    if (shape->kind == TABLE_DAY)
        return words_day(page->words, day_of_text(cell->text));
    g_autofree char *key =
        shape->kind == TABLE_CODE ? g_strconcat(shape->prefix, cell->text, NULL) : NULL;
    return key != NULL && words_has(page->words, key) ? words_say(page->words, key, NULL)
                                                      : g_strdup(cell->text);
}

static bool is_shown(const struct page *page, const struct table_column *column) {
    switch (column->kind) {
    case TABLE_REASON:
    case TABLE_FILE_TEXT:
    case TABLE_FILE_NUMBER:
        return false;
    case TABLE_PLACE:
        return page->place == NULL;
    case TABLE_PILLAR:
    case TABLE_INDICATOR:
    case TABLE_CODE:
    case TABLE_TEXT:
    case TABLE_MONTH:
    case TABLE_DAY:
    case TABLE_NUMBER:
    case TABLE_SCORE:
    case TABLE_KINDS:
        return true;
    }
    return true;
}

static bool is_row_shown(const struct page *page, const struct table *table, guint row) {
    if (table->columns[0].kind != TABLE_PLACE || page->place == NULL)
        return true;
    return strcmp(table_cell(table, row, 0)->text, page->place->id) == 0;
}

static void write_table_head(const struct page *page, const struct table *table) {
    html_open(&page->html, "thead", NULL);
    html_open(&page->html, "tr", NULL);
    for (guint c = 0; c < table->width; c++) {
        if (!is_shown(page, &table->columns[c]))
            continue;
        g_autofree char *key = g_strconcat("site.column.", table->columns[c].name, NULL);
        page_say(page, "th", HTML("scope", "col"), key, NULL);
    }
    html_close(&page->html);
    html_close(&page->html);
}

static void write_table_row(const struct page *page, const struct table *table,
                            guint row) {
    bool first = true;
    html_open(&page->html, "tr", NULL);
    for (guint c = 0; c < table->width; c++) {
        if (!is_shown(page, &table->columns[c]))
            continue;
        g_autofree char *said = cell_said(page, table, row, c);
        html_element(&page->html, first ? "th" : "td",
                     first ? HTML("scope", "row") : NULL, said);
        first = false;
    }
    html_close(&page->html);
}

void page_table(const struct page *page, const struct table *table) {
    if (strcmp(table->id, "history") == 0) {
        page_history(page); /* months down, places across */
        return;
    }
    g_autofree char *key = g_strconcat("site.table.", table->id, NULL);
    g_autofree char *id =
        g_strconcat(page->prefix != NULL ? page->prefix : "",
                    page->prefix != NULL ? "-" : "", "table-", table->id, NULL);
    html_open(&page->html, "div",
              HTML("class", "bar-table", "role", "region", "aria-labelledby", id,
                   "tabindex", "0"));
    html_open(&page->html, "table", NULL);
    page_say(page, "caption", HTML("id", id), key, NULL);
    write_table_head(page, table);
    html_open(&page->html, "tbody", NULL);
    for (guint row = 0; row < table_rows(table); row++)
        if (is_row_shown(page, table, row))
            write_table_row(page, table, row);
    for (int level = 0; level < 3; level++)
        html_close(&page->html);
}

static GBytes *picture(const struct page *page, const char *chart_id, const char *layout,
                       const char *type, char **path) {
    *path = g_strdup_printf("charts/%s.%s.%s.%s", chart_id, layout,
                            words_code(words_language(page->words)), type);
    return page_file(page, *path);
}

/* A narrow drawing is shown instead of the wide one on narrow screens, by the
 * stylesheet; without it the wide one scrolls, by keyboard too. */
static void write_drawings(const struct page *page, const char *chart_id,
                           const char *caption) {
    static const char *const layouts[] = {"wide", "narrow"};
    g_autofree char *other = NULL;
    const bool both = picture(page, chart_id, "narrow", "svg", &other) != NULL;
    for (gsize l = 0; l < G_N_ELEMENTS(layouts); l++) {
        g_autofree char *path = NULL;
        GBytes *svg = picture(page, chart_id, layouts[l], "svg", &path);
        if (svg == NULL)
            continue;
        g_autofree char *class =
            g_strdup_printf("bar-drawing bar-%s", both ? layouts[l] : "only");
        if (both)
            html_open(&page->html, "div", HTML("class", class));
        else
            html_open(&page->html, "div",
                      HTML("class", class, "role", "group", "aria-label", caption,
                           "tabindex", "0"));
        html_raw(&page->html, svg);
        html_close(&page->html);
    }
}

static void write_downloads(const struct page *page, const char *chart_id,
                            const struct table *table) {
    static const struct {
        const char *layout, *type, *key;
    } files[] = {
        {"wide", "svg", "site.download.wide"},
        {"wide", "png", "site.download.wide"},
        {"narrow", "svg", "site.download.narrow"},
        {"narrow", "png", "site.download.narrow"},
    };
    html_open(&page->html, "ul", HTML("class", "bar-downloads"));
    for (gsize f = 0; f < G_N_ELEMENTS(files); f++) {
        g_autofree char *path = NULL;
        g_autofree char *label = words_say(page->words, files[f].key, NULL);
        if (picture(page, chart_id, files[f].layout, files[f].type, &path) != NULL)
            page_download(page, path, label);
    }
    static const char *const types[] = {"csv", "xlsx"};
    for (gsize t = 0; table != NULL && t < G_N_ELEMENTS(types); t++) {
        g_autofree char *path = g_strdup_printf("data/%s.%s", table->id, types[t]);
        g_autofree char *label = words_say(page->words, "site.download.table", NULL);
        page_download(page, path, label);
    }
    html_close(&page->html);
}

void page_figure(const struct page *page, const char *chart_id,
                 const struct table *table) {
    g_autofree char *caption = chart_title(page->edition, chart_id, page->words, NULL);
    html_open(&page->html, "figure",
              HTML("role", "figure", "aria-label", caption, "class", "bar-figure"));
    write_drawings(page, chart_id, caption);
    html_element(&page->html, "figcaption", NULL, caption);
    html_close(&page->html);
    if (table != NULL) {
        html_open(&page->html, "details", NULL);
        page_say(page, "summary", NULL, "site.details", NULL);
        page_table(page, table);
        html_close(&page->html);
    }
    write_downloads(page, chart_id, table);
}
