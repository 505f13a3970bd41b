#include "page.h"

static void write_paragraphs(const struct page *page, const char *const *keys) {
    for (; *keys != NULL; keys++)
        page_say(page, "p", NULL, *keys, NULL);
}

/* Says no more than is known: nobody has audited the site yet. */
void page_accessibility(const struct page *page) {
    static const char *const done[] = {
        "site.accessibility.done.text", "site.accessibility.done.colour",
        "site.accessibility.done.keyboard", "site.accessibility.done.themes"};
    write_paragraphs(page, HTML("site.accessibility.state"));
    page_section(page, "mesures", "site.accessibility.done");
    html_open(&page->html, "ul", HTML("class", "bar-list"));
    for (gsize i = 0; i < G_N_ELEMENTS(done); i++)
        page_say(page, "li", NULL, done[i], NULL);
    html_close(&page->html);
    html_close(&page->html);
    page_section(page, "limites", "site.accessibility.limits");
    write_paragraphs(page, HTML("site.accessibility.limits.text"));
    html_close(&page->html);
}
