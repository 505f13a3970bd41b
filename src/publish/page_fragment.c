#include "page.h"

#include "barometre/chart.h"

static char *chart_file(const struct page *page, const char *layout, const char *type) {
    return g_strdup_printf("charts/ranking.%s.%s.%s", layout,
                           words_code(words_language(page->words)), type);
}

/* The picture in each layout there is: the host's page picks by its width. */
static void write_picture(const struct page *page) {
    g_autofree char *wide = chart_file(page, "wide", "svg");
    g_autofree char *narrow = chart_file(page, "narrow", "png");
    g_autofree char *flat = chart_file(page, "wide", "png");
    g_autofree char *alt = chart_description(page->edition, "ranking", page->words, NULL);
    html_open(&page->html, "picture", NULL);
    html_void(
        &page->html, "source",
        HTML("media", "(min-width: 62em)", "type", "image/svg+xml", "srcset", wide));
    html_void(&page->html, "img",
              HTML("src", page_file(page, narrow) != NULL ? narrow : flat, "alt", alt));
    html_close(&page->html);
}

GBytes *page_fragment(const struct page *page) {
    struct page fragment = *page;
    const struct table *scores = tables_find(page->tables, "scores");
    const char *code = words_code(words_language(page->words));
    g_autofree char *id = g_strconcat("barometre-", code, NULL);
    g_autofree char *title_id = g_strconcat(id, "-titre", NULL);
    g_autofree char *caption = chart_title(page->edition, "ranking", page->words, NULL);
    fragment.prefix = "barometre-";
    html_begin(&fragment.html);
    html_open(&fragment.html, "section",
              HTML("id", id, "class", "bar", "lang", code, "aria-labelledby", title_id));
    html_element(&fragment.html, "h2", HTML("id", title_id), page->observatory);
    if (page->edition->fictitious)
        page_say(&fragment, "p", NULL, "page.fictitious", NULL);
    html_open(&fragment.html, "figure", HTML("role", "figure", "aria-label", caption));
    write_picture(&fragment);
    html_element(&fragment.html, "figcaption", NULL, caption);
    html_close(&fragment.html);
    if (scores != NULL) {
        html_open(&fragment.html, "details", NULL);
        page_say(&fragment, "summary", NULL, "site.details", NULL);
        page_table(&fragment, scores);
        html_close(&fragment.html);
    }
    page_say(&fragment, "p", NULL, "page.meaning", NULL);
    g_autofree char *front = page_path(PAGE_INDEX, words_language(page->words), NULL);
    g_autofree char *whole = words_say(page->words, "site.whole", NULL);
    html_open(&fragment.html, "p", NULL);
    page_anchor(&fragment, front, whole);
    html_close(&fragment.html);
    html_close(&fragment.html);
    return html_finish(&fragment.html);
}
