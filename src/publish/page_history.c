#include "page_history.h"

#include <string.h>

static void head_cell(const struct page *page, const char *scope, const char *content) {
    html_element(&page->html, "th", HTML("scope", scope), content);
}

static void score_cell(const struct page *page, const struct edition_score *score) {
    g_autofree char *said = score->score.known
                                ? words_number(page->words, score->score.value, 1)
                                : words_say(page->words, "unknown.short", NULL);
    html_element(&page->html, "td", NULL, said);
}

static void open_row(const struct page *page, int32_t month) {
    g_autofree char *said = words_month_short(page->words, month);
    html_open(&page->html, "tr", NULL);
    head_cell(page, "row", said);
}

/* The month of a place, or NULL. */
static const struct edition_history *past_of(const struct edition_marketplace *place,
                                             int32_t month) {
    for (guint i = 0; i < place->history->len; i++) {
        const struct edition_history *past = g_ptr_array_index(place->history, i);
        if (past->as_of == month)
            return past;
    }
    return NULL;
}

static int32_t first_month(const struct edition *edition) {
    int32_t first = edition->as_of;
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place =
            g_ptr_array_index(edition->marketplaces, i);
        for (guint h = 0; h < place->history->len; h++) {
            const struct edition_history *past = g_ptr_array_index(place->history, h);
            first = MIN(first, past->as_of);
        }
    }
    return first;
}

static void write_places(const struct page *page) {
    const struct edition_score missing = {.reason = REASON_NOT_COMPUTED};
    g_autoptr(GPtrArray) ranked = edition_ranked(page->edition);
    for (int32_t month = page->edition->as_of; month >= first_month(page->edition);
         month--) {
        open_row(page, month);
        for (guint i = 0; i < ranked->len; i++) {
            const struct edition_history *past =
                past_of(g_ptr_array_index(ranked, i), month);
            score_cell(page, past != NULL ? &past->overall : &missing);
        }
        html_close(&page->html);
    }
}

static void write_pillars(const struct page *page) {
    const GPtrArray *history = page->place->history;
    for (guint i = history->len; i-- > 0;) {
        const struct edition_history *past = g_ptr_array_index(history, i);
        open_row(page, past->as_of);
        score_cell(page, &past->overall);
        for (guint p = 0; p < past->pillars->len; p++)
            score_cell(page, &g_array_index(past->pillars, struct edition_score, p));
        html_close(&page->html);
    }
}

static void write_head(const struct page *page) {
    html_open(&page->html, "thead", NULL);
    html_open(&page->html, "tr", NULL);
    page_say(page, "th", HTML("scope", "col"), "site.column.month", NULL);
    if (page->place != NULL) {
        page_say(page, "th", HTML("scope", "col"), "page.score", NULL);
        for (guint p = 0; p < page->place->pillars->len; p++) {
            const struct edition_pillar *pillar =
                g_ptr_array_index(page->place->pillars, p);
            head_cell(page, "col", pillar->label[words_language(page->words)]);
        }
    } else {
        g_autoptr(GPtrArray) ranked = edition_ranked(page->edition);
        for (guint i = 0; i < ranked->len; i++) {
            const struct edition_marketplace *place = g_ptr_array_index(ranked, i);
            head_cell(page, "col", place->name);
        }
    }
    html_close(&page->html);
    html_close(&page->html);
}

void page_history(const struct page *page) {
    html_open(&page->html, "div",
              HTML("class", "bar-table", "role", "region", "aria-labelledby",
                   "table-history", "tabindex", "0"));
    html_open(&page->html, "table", NULL);
    page_say(page, "caption", HTML("id", "table-history"), "site.table.history", NULL);
    write_head(page);
    html_open(&page->html, "tbody", NULL);
    if (page->place != NULL)
        write_pillars(page);
    else
        write_places(page);
    for (int level = 0; level < 3; level++)
        html_close(&page->html);
}
