#include "page.h"

static void open_table(const struct page *page, const char *id, const char *caption,
                       const char *const *heads, gsize count) {
    html_open(&page->html, "div",
              HTML("class", "bar-table", "role", "region", "aria-labelledby", id,
                   "tabindex", "0"));
    html_open(&page->html, "table", NULL);
    page_say(page, "caption", HTML("id", id), caption, NULL);
    html_open(&page->html, "thead", NULL);
    html_open(&page->html, "tr", NULL);
    for (gsize h = 0; h < count; h++)
        page_say(page, "th", HTML("scope", "col"), heads[h], NULL);
    html_close(&page->html);
    html_close(&page->html);
    html_open(&page->html, "tbody", NULL);
}

static void close_table(const struct page *page) {
    for (int level = 0; level < 3; level++)
        html_close(&page->html);
}

static void row(const struct page *page, const char *head, const char *value,
                const char *more) {
    html_open(&page->html, "tr", NULL);
    html_element(&page->html, "th", HTML("scope", "row"), head);
    html_element(&page->html, "td", NULL, value);
    if (more != NULL)
        html_element(&page->html, "td", NULL, more);
    html_close(&page->html);
}

static void write_version(const struct page *page) {
    const struct edition *edition = page->edition;
    g_autofree char *draws = words_number(page->words, edition->draws, 0);
    page_section(page, "version", "site.method.version");
    page_say(page, "p", NULL, "site.method.version.text",
             (struct words_argument[]){{"version", edition->method_version, 0},
                                       {"hash", edition->method_sha256, 0},
                                       {NULL}});
    page_say(page, "p", NULL, "site.method.draws",
             (struct words_argument[]){
                 {"draws", draws, 0}, {"seed", edition->seed, 0}, {NULL}});
    html_close(&page->html);
}

static void write_pillars(const struct page *page) {
    static const char *const heads[] = {"site.column.pillar", "site.column.weight",
                                        "site.column.indicators"};
    if (page->edition->marketplaces->len == 0)
        return;
    const enum words_language language = words_language(page->words);
    const struct edition_marketplace *any =
        g_ptr_array_index(page->edition->marketplaces, 0);
    page_section(page, "piliers", "site.place.pillars");
    page_say(page, "p", NULL, "site.method.pillars", NULL);
    open_table(page, "table-pillars", "site.method.pillars.caption", heads, 3);
    for (guint p = 0; p < any->pillars->len; p++) {
        const struct edition_pillar *pillar = g_ptr_array_index(any->pillars, p);
        g_autoptr(GPtrArray) labels = g_ptr_array_new();
        for (guint i = 0; i < pillar->indicators->len; i++) {
            const struct edition_indicator *indicator =
                g_ptr_array_index(pillar->indicators, i);
            g_ptr_array_add(labels, indicator->label[language]);
        }
        g_ptr_array_add(labels, NULL);
        g_autofree char *list = words_list(page->words, (const char **)labels->pdata);
        g_autofree char *value = words_number(page->words, 100 * pillar->weight, 1);
        g_autofree char *weight =
            words_say(page->words, "sentence.percent",
                      (struct words_argument[]){{"value", value, 0}, {NULL}});
        row(page, pillar->label[language], weight, list);
    }
    close_table(page);
    html_close(&page->html);
}

static void write_bands(const struct page *page) {
    static const char *const heads[] = {"column.grade", "site.column.least"};
    page_section(page, "notes", "site.method.bands");
    page_say(page, "p", NULL, "site.method.bands.text", NULL);
    open_table(page, "table-bands", "site.method.bands.caption", heads, 2);
    for (guint b = 0; b < page->edition->bands->len; b++) {
        const struct edition_band *band = g_ptr_array_index(page->edition->bands, b);
        g_autofree char *least = words_number(page->words, band->least, 0);
        row(page, band->letter, least, NULL);
    }
    close_table(page);
    html_close(&page->html);
}

static void write_reasons(const struct page *page) {
    page_section(page, "manques", "site.method.missing");
    page_say(page, "p", NULL, "site.method.missing.text", NULL);
    html_open(&page->html, "ul", HTML("class", "bar-list"));
    for (int reason = REASON_NONE + 1; reason < REASON_COUNT; reason++) {
        g_autofree char *key = g_strconcat(
            "reason.", edition_reason_code((enum edition_reason)reason), NULL);
        page_say(page, "li", NULL, key, NULL);
    }
    html_close(&page->html);
    html_close(&page->html);
}

/* A section of one paragraph. */
static void write_told(const struct page *page, const char *id, const char *key,
                       const char *told) {
    page_section(page, id, key);
    page_say(page, "p", NULL, told, NULL);
    html_close(&page->html);
}

void page_method(const struct page *page) {
    html_open(&page->html, "div", HTML("class", "bar-lead"));
    page_say(page, "p", NULL, "page.meaning", NULL);
    html_close(&page->html);
    page_section(page, "phrases", "site.method.ten");
    page_ten(page);
    html_close(&page->html);
    write_pillars(page);
    write_bands(page);
    write_told(page, "intervalles", "site.method.intervals",
               "site.method.intervals.text");
    write_reasons(page);
    page_rules(page);
    write_told(page, "secret", "site.method.secrecy", "site.method.secrecy.text");
    write_version(page);
    write_told(page, "refaire", "site.method.redraw", "site.method.redraw.text");
}
