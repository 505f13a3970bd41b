#include "page.h"

#include "barometre/chart.h"

static char *chart_file(const struct page *page, const char *layout, const char *type) {
    return g_strdup_printf("charts/ranking.%s.%s.%s", layout,
                           words_code(words_language(page->words)), type);
}

/* Absolute where the site has an address: the host's page lies elsewhere. */
static char *address(const struct page *page, const char *path) {
    char *url = page_url(page->settings, path);
    return url != NULL ? url : g_strdup(path);
}

/* The picture in each layout there is: the host's page picks by its width. */
static void write_picture(const struct page *page) {
    g_autofree char *wide = chart_file(page, "wide", "svg");
    g_autofree char *narrow = chart_file(page, "narrow", "svg");
    g_autofree char *wide_link = address(page, wide);
    g_autofree char *narrow_link =
        page_file(page, narrow) != NULL ? address(page, narrow) : address(page, wide);
    g_autofree char *alt = chart_description(page->edition, "ranking", page->words, NULL);
    html_open(&page->html, "picture", NULL);
    html_void(
        &page->html, "source",
        HTML("media", "(min-width: 62em)", "type", "image/svg+xml", "srcset", wide_link));
    html_void(&page->html, "img",
              HTML("src", narrow_link, "alt", alt, "class", "bar-picture"));
    html_close(&page->html);
}

static void write_figure(const struct page *page) {
    g_autofree char *caption = chart_title(page->edition, "ranking", page->words, NULL);
    const struct table *scores = tables_find(page->tables, "scores");
    html_open(&page->html, "figure",
              HTML("role", "figure", "aria-label", caption, "class", "bar-figure"));
    write_picture(page);
    html_element(&page->html, "figcaption", NULL, caption);
    html_close(&page->html);
    if (scores == NULL)
        return;
    html_open(&page->html, "details", HTML("class", "bar-fold"));
    page_say(page, "summary", NULL, "site.details", NULL);
    page_table(page, scores);
    html_close(&page->html);
}

GBytes *page_fragment(const struct page *page) {
    struct page fragment = *page;
    const char *code = words_code(words_language(page->words));
    g_autofree char *id = g_strconcat("barometre-", code, NULL);
    g_autofree char *title_id = g_strconcat(id, "-titre", NULL);
    g_autofree char *heading = g_strdup_printf("h%d", page->settings->heading_level);
    g_autofree char *front = page_path(PAGE_INDEX, words_language(page->words), NULL);
    g_autofree char *link = address(page, front);
    fragment.prefix = id; /* both languages may stand on one page */
    html_begin(&fragment.html);
    html_open(&fragment.html, "section",
              HTML("id", id, "class", "bar-fragment", "lang", code, "aria-labelledby",
                   title_id));
    html_element(&fragment.html, heading, HTML("id", title_id, "class", "bar-title"),
                 page->observatory);
    if (page->edition->fictitious)
        page_say(&fragment, "p", HTML("class", "bar-note"), "page.fictitious", NULL);
    write_figure(&fragment);
    page_say(&fragment, "p", HTML("class", "bar-note"), "page.meaning", NULL);
    html_open(&fragment.html, "p", NULL);
    page_say(&fragment, "a", HTML("href", link), "site.whole", NULL);
    html_close(&fragment.html);
    html_close(&fragment.html);
    return html_finish(&fragment.html);
}
