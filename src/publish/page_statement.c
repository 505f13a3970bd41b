#include "page.h"

static void write_paragraphs(const struct page *page, const char *const *keys) {
    for (; *keys != NULL; keys++)
        page_say(page, "p", NULL, *keys, NULL);
}

static void write_list(const struct page *page, const char *const *keys) {
    html_open(&page->html, "ul", HTML("class", "bar-list"));
    for (; *keys != NULL; keys++)
        page_say(page, "li", NULL, *keys, NULL);
    html_close(&page->html);
}

/* Says no more than is known: tests/browser tries the pages, nobody has audited them. */
void page_accessibility(const struct page *page) {
    static const char *const done[] = {
        "site.accessibility.done.text", "site.accessibility.done.colour",
        "site.accessibility.done.keyboard", "site.accessibility.done.themes", NULL};
    static const char *const tested[] = {"site.accessibility.tested.rules",
                                         "site.accessibility.tested.markup",
                                         "site.accessibility.tested.keyboard", NULL};
    write_paragraphs(page, HTML("site.accessibility.state"));
    page_section(page, "mesures", "site.accessibility.done");
    write_list(page, done);
    html_close(&page->html);
    page_section(page, "essais", "site.accessibility.tested");
    write_paragraphs(page, HTML("site.accessibility.tested.about"));
    write_list(page, tested);
    html_close(&page->html);
    page_section(page, "audit", "site.accessibility.untested");
    write_paragraphs(page, HTML("site.accessibility.untested.text"));
    html_close(&page->html);
    page_section(page, "limites", "site.accessibility.limits");
    write_paragraphs(page, HTML("site.accessibility.limits.text"));
    html_close(&page->html);
}
