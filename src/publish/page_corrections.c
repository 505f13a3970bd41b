#include "page.h"

#include "barometre/archive.h"
#include "barometre/month.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "31 octobre 2026" of "2026-10-31". */
static char *day_said(const struct page *page, const char *text) {
    int year, month, number;
    int32_t day;
    return sscanf(text, "%d-%d-%d", &year, &month, &number) == 3 &&
                   day_from_date(year, month, number, &day)
               ? words_day(page->words, day)
               : g_strdup(text);
}

void page_correction_notice(const struct page *page) {
    if (page->settings->reason == NULL)
        return;
    g_autofree char *day = day_said(page, page->settings->corrected_on);
    g_autofree char *path = page_path(PAGE_ERRATA, words_language(page->words), NULL);
    g_autofree char *name = words_say(page->words, "site.errata", NULL);
    html_open(&page->html, "p", HTML("class", "bar-inner"));
    page_say(page, "strong", NULL, "site.errata.corrected",
             (struct words_argument[]){{"day", day, 0}, {NULL}});
    html_text(&page->html, " ");
    html_element(&page->html, "span", NULL, page->settings->reason);
    html_text(&page->html, " ");
    page_anchor(page, path, name);
    html_close(&page->html);
}

void page_permanent_address(const struct page *page) {
    g_autofree char *url = page_url(page->settings, "");
    if (url == NULL || *page->settings->folder == '\0')
        return;
    page_say(page, "p", HTML("class", "bar-address"), "site.permanent",
             (struct words_argument[]){{"url", url, 0}, {NULL}});
}

/* Out of the edition's own folder, to a path of the whole site. */
static char *way_out(const struct page *page, const char *path) {
    g_autofree char *link = page_link(page, "");
    GString *way = g_string_new(link);
    for (const char *c = page->settings->folder; *c != '\0'; c++)
        if (*c == '/')
            g_string_append(way, "../");
    g_string_append_printf(way, "../%s", path);
    return g_string_free(way, FALSE);
}

/* The folder of the edition that this one corrects: r3 → r2, r2 → the month's. */
static char *folder_before(const char *folder) {
    const char *revision = strrchr(folder, 'r');
    g_autofree char *month = g_path_get_dirname(folder);
    const int before = atoi(revision + 1) - 1;
    return before > 1 ? g_strdup_printf("%s/r%d", month, before)
                      : g_steal_pointer(&month);
}

static void write_corrected(const struct page *page) {
    const struct site_settings *settings = page->settings;
    g_autofree char *day = day_said(page, settings->corrected_on);
    g_autofree char *before = folder_before(settings->folder);
    g_autofree char *path = g_strconcat(before, "/index.html", NULL);
    g_autofree char *link = way_out(page, path);
    page_say(page, "p", NULL, "site.errata.corrects",
             (struct words_argument[]){{"day", day, 0}, {NULL}});
    html_element(&page->html, "blockquote", NULL, settings->reason);
    html_open(&page->html, "p", NULL);
    page_say(page, "a", HTML("href", link), "site.errata.before", NULL);
    html_close(&page->html);
}

/* A permanent edition never changes, so it says from its first day where a correction of
 * it would be told. */
static void write_frozen(const struct page *page) {
    g_autofree char *month = words_month(page->words, page->edition->as_of);
    g_autofree char *own = page_path(PAGE_ERRATA, words_language(page->words), NULL);
    g_autofree char *link = way_out(page, own);
    if (page->settings->reason != NULL)
        write_corrected(page);
    else
        page_say(page, "p", NULL, "site.errata.first",
                 (struct words_argument[]){{"month", month, 0}, {NULL}});
    page_say(page, "p", NULL, "site.errata.frozen", NULL);
    html_open(&page->html, "p", NULL);
    page_say(page, "a", HTML("href", link), "site.errata.list", NULL);
    html_close(&page->html);
}

/* The way to an edition, from a page of the whole site. */
static void write_edition_link(const struct page *page, int32_t month, int revision) {
    const struct archived named = {.month = month, .revision = revision};
    g_autofree char *folder = archived_folder(&named);
    g_autofree char *index = page_path(PAGE_INDEX, words_language(page->words), NULL);
    g_autofree char *path = g_strconcat(folder, "/", index, NULL);
    g_autofree char *said = words_month(page->words, month);
    g_autofree char *name = words_say(
        page->words, revision > 1 ? "site.errata.revision" : "site.errata.original",
        (struct words_argument[]){
            {"month", said, 0}, {"revision", NULL, revision}, {NULL}});
    page_anchor(page, path, name);
}

static void write_correction(const struct page *page, const struct archived *archived) {
    g_autofree char *day = day_said(page, archived->corrected_on);
    html_open(&page->html, "li", HTML("class", "bar-correction"));
    page_say(page, "p", HTML("class", "bar-mention"), "site.errata.corrected",
             (struct words_argument[]){{"day", day, 0}, {NULL}});
    html_element(&page->html, "p", NULL, archived->reason);
    html_open(&page->html, "p", NULL);
    write_edition_link(page, archived->month, archived->revision - 1);
    html_text(&page->html, " → ");
    write_edition_link(page, archived->month, archived->revision);
    html_close(&page->html);
    html_close(&page->html);
}

static void write_all(const struct page *page) {
    const GPtrArray *editions = page->settings->archive->editions;
    bool any = false;
    for (guint i = editions->len; i-- > 0;) {
        const struct archived *archived = g_ptr_array_index(editions, i);
        if (archived->reason == NULL)
            continue;
        if (!any)
            html_open(&page->html, "ul", HTML("class", "bar-alerts"));
        any = true;
        write_correction(page, archived);
    }
    if (any)
        html_close(&page->html);
    else
        page_say(page, "p", NULL, "site.errata.none", NULL);
    page_section(page, "editions", "site.editions");
    page_say(page, "p", NULL, "site.editions.about", NULL);
    html_open(&page->html, "ul", HTML("class", "bar-files"));
    for (guint i = editions->len; i-- > 0;) {
        const struct archived *archived = g_ptr_array_index(editions, i);
        html_open(&page->html, "li", NULL);
        write_edition_link(page, archived->month, archived->revision);
        html_close(&page->html);
    }
    html_close(&page->html);
    html_close(&page->html);
}

void page_errata(const struct page *page) {
    page_say(page, "p", NULL, "site.errata.rule", NULL);
    if (page->settings->archive != NULL)
        write_all(page);
    else if (page->settings->folder != NULL)
        write_frozen(page);
}

struct site *site_front(const struct edition *edition,
                        const struct words *const words[static WORDS_LANGUAGES],
                        const struct site_settings *settings) {
    struct site *front = site_new();
    for (int l = 0; l < WORDS_LANGUAGES; l++)
        page_add(front,
                 (struct page){.site = front,
                               .edition = edition,
                               .words = words[l],
                               .settings = settings,
                               .observatory = settings->title[l]},
                 PAGE_ERRATA, NULL);
    return front;
}
