#include "page.h"

static void write_unknown(const struct page *page, enum edition_reason reason) {
    g_autofree char *said =
        reason == REASON_SUPPRESSED
            ? words_say(page->words, "site.watch.suppressed", NULL)
            : page_score(page, &(struct edition_score){.reason = reason});
    html_element(&page->html, "td", NULL, said);
}

/* Of a share with its interval both counts follow, so no count stands beside it. */
static void write_share(const struct page *page, const struct edition_share *share) {
    if (!share->share.known) {
        write_unknown(page, share->reason);
        return;
    }
    g_autofree char *value = words_number(page->words, share->share.value, 0);
    g_autofree char *low = words_number(page->words, share->low.value, 0);
    g_autofree char *high = words_number(page->words, share->high.value, 0);
    page_say(page, "td", NULL, "sentence.percent.interval",
             (struct words_argument[]){
                 {"value", value, 0}, {"low", low, 0}, {"high", high, 0}, {NULL}});
}

static void write_change(const struct page *page, const struct edition_watch *watch) {
    static const char *const keys[CLAIM_COUNT] = {
        [CLAIM_NONE] = "site.watch.steady",
        [CLAIM_IMPROVING] = "site.watch.fewer",
        [CLAIM_WORSENING] = "site.watch.more",
    };
    if (keys[watch->change] != NULL)
        page_say(page, "td", NULL, keys[watch->change], NULL);
    else
        write_unknown(page, watch->change_reason);
}

/* "somme retenue, en euros : 22 000"; a dash where the subject has no amount. */
static void write_amount(const struct page *page, const struct edition_watch *watch) {
    g_autofree char *key = g_strconcat("watch.amount.", watch->id, NULL);
    if (!words_has(page->words, key)) {
        html_element(&page->html, "td", NULL, "–");
        return;
    }
    if (!watch->amount.known) {
        write_unknown(page, watch->amount_reason);
        return;
    }
    g_autofree char *what = words_say(page->words, key, NULL);
    g_autofree char *value = words_number(page->words, watch->amount.value, 0);
    page_say(page, "td", NULL, "site.watch.amount",
             (struct words_argument[]){{"what", what, 0}, {"value", value, 0}, {NULL}});
}

static void write_row(const struct page *page, const struct edition_watch *watch) {
    g_autofree char *key = g_strconcat("watch.", watch->id, NULL);
    html_open(&page->html, "tr", NULL);
    if (words_has(page->words, key))
        page_say(page, "th", HTML("scope", "row"), key, NULL);
    else
        html_element(&page->html, "th", HTML("scope", "row"), watch->id);
    write_share(page, &watch->firms);
    write_change(page, watch);
    write_amount(page, watch);
    html_close(&page->html);
}

void page_watch(const struct page *page) {
    static const char *const heads[] = {"site.column.dimension", "site.column.share",
                                        "site.column.change", "site.column.amount"};
    if (page->place->watch->len == 0)
        return;
    page_section(page, "veille", "site.watch");
    page_say(page, "p", NULL, "site.watch.about", NULL);
    html_open(&page->html, "div",
              HTML("class", "bar-table", "role", "region", "aria-labelledby",
                   "table-watch", "tabindex", "0"));
    html_open(&page->html, "table", NULL);
    page_say(page, "caption", HTML("id", "table-watch"), "site.table.watch", NULL);
    html_open(&page->html, "thead", NULL);
    html_open(&page->html, "tr", NULL);
    for (gsize h = 0; h < G_N_ELEMENTS(heads); h++)
        page_say(page, "th", HTML("scope", "col"), heads[h], NULL);
    html_close(&page->html);
    html_close(&page->html);
    html_open(&page->html, "tbody", NULL);
    for (guint i = 0; i < page->place->watch->len; i++)
        write_row(page, g_ptr_array_index(page->place->watch, i));
    for (int level = 0; level < 4; level++)
        html_close(&page->html);
}
