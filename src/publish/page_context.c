#include "page.h"

/* What the newest month of the whole country says, where all of it is known. */
static void write_latest(const struct page *page) {
    const GArray *months = page->edition->consumers;
    const struct edition_consumers *last =
        &g_array_index(months, struct edition_consumers, months->len - 1);
    if (!last->answered.known)
        return;
    g_autofree char *month = words_month(page->words, last->month);
    g_autofree char *reports = words_number(page->words, last->reports.value, 0);
    g_autofree char *sent = words_number(page->words, last->transmitted.value, 0);
    g_autofree char *read = words_number(page->words, last->read.value, 1);
    g_autofree char *answered = words_number(page->words, last->answered.value, 1);
    page_say(page, "p", NULL, "site.context.latest",
             (struct words_argument[]){{"month", month, 0},
                                       {"reports", reports, 0},
                                       {"transmitted", sent, 0},
                                       {"read", read, 0},
                                       {"answered", answered, 0},
                                       {NULL}});
}

void page_context(const struct page *page) {
    const struct table *table = tables_find(page->tables, "context");
    if (table == NULL)
        return;
    page_section(page, "contexte", "site.context");
    write_latest(page);
    page_say(page, "p", HTML("class", "bar-mention"), "site.context.about", NULL);
    html_open(&page->html, "details", NULL);
    page_say(page, "summary", NULL, "site.details", NULL);
    page_table(page, table);
    html_close(&page->html);
    html_close(&page->html);
}
