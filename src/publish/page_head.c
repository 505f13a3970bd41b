#include "page.h"

#include "barometre/chart.h"

#include <string.h>

/* Folders are addressed by their name alone, as web servers show them. */
char *page_url(const struct site_settings *settings, const char *path) {
    if (settings->base_url == NULL || settings->folder == NULL)
        return NULL;
    char *url = g_strconcat(settings->base_url, settings->folder,
                            *settings->folder != '\0' ? "/" : "", path, NULL);
    if (g_str_has_suffix(url, "/index.html"))
        url[strlen(url) - strlen("index.html")] = '\0';
    return url;
}

/* Where a link of the head leads: absolute where it can be. */
static char *address(const struct page *page, const char *path) {
    char *url = page_url(page->settings, path);
    return url != NULL ? url : page_link(page, path);
}

static char *own_path(const struct page *page, enum words_language language) {
    return page_path(page->kind, language, page->place != NULL ? page->place->id : NULL);
}

static void write_links(const struct page *page) {
    const enum words_language language = words_language(page->words);
    g_autofree char *sheet = page_link(page, "barometre.css");
    g_autofree char *own = own_path(page, language);
    g_autofree char *canonical = page_url(page->settings, own);
    g_autofree char *feed = page_link(page, page_feed_path(language));
    g_autofree char *edition = page_link(page, "edition.json");
    g_autofree char *icon = page_link(page, "icon.svg");
    html_void(&page->html, "link", HTML("rel", "stylesheet", "href", sheet));
    html_void(&page->html, "link",
              HTML("rel", "icon", "type", "image/svg+xml", "href", icon));
    if (canonical != NULL)
        html_void(&page->html, "link", HTML("rel", "canonical", "href", canonical));
    for (int l = 0; l < WORDS_LANGUAGES; l++) {
        g_autofree char *path = own_path(page, (enum words_language)l);
        g_autofree char *link = address(page, path);
        html_void(&page->html, "link",
                  HTML("rel", "alternate", "hreflang", words_code((enum words_language)l),
                       "href", link));
    }
    html_void(&page->html, "link",
              HTML("rel", "alternate", "type", "application/atom+xml", "href", feed));
    html_void(&page->html, "link",
              HTML("rel", "alternate", "type", "application/json", "href", edition));
}

static void write_property(const struct page *page, const char *name,
                           const char *content) {
    html_void(&page->html, "meta", HTML("property", name, "content", content));
}

static guint big_endian(const guint8 *bytes) {
    return (guint)bytes[0] << 24 | (guint)bytes[1] << 16 | (guint)bytes[2] << 8 |
           bytes[3];
}

/* Only an absolute address is followed by those who read these. */
static bool write_picture(const struct page *page) {
    g_autofree char *path = g_strdup_printf("charts/share.wide.%s.png",
                                            words_code(words_language(page->words)));
    GBytes *png = page_file(page, path);
    g_autofree char *url = page_url(page->settings, path);
    gsize length;
    const guint8 *bytes = png != NULL ? g_bytes_get_data(png, &length) : NULL;
    if (url == NULL || png == NULL || length < 24) /* the size is in the first chunk */
        return false;
    g_autofree char *alt = chart_description(page->edition, "share", page->words, NULL);
    g_autofree char *width = g_strdup_printf("%u", big_endian(bytes + 16));
    g_autofree char *height = g_strdup_printf("%u", big_endian(bytes + 20));
    write_property(page, "og:image", url);
    write_property(page, "og:image:type", "image/png");
    write_property(page, "og:image:width", width);
    write_property(page, "og:image:height", height);
    write_property(page, "og:image:alt", alt);
    return true;
}

static void write_graph(const struct page *page, const char *name,
                        const char *description) {
    static const char *const locales[WORDS_LANGUAGES] = {"fr_FR", "en_GB"};
    const enum words_language language = words_language(page->words);
    g_autofree char *own = own_path(page, language);
    g_autofree char *url = page_url(page->settings, own);
    write_property(page, "og:type", "website");
    write_property(page, "og:site_name", page->observatory);
    write_property(page, "og:locale", locales[language]);
    write_property(page, "og:locale:alternate",
                   locales[language == WORDS_FR ? WORDS_EN : WORDS_FR]);
    write_property(page, "og:title", name);
    write_property(page, "og:description", description);
    if (url != NULL)
        write_property(page, "og:url", url);
    const bool pictured = write_picture(page);
    html_void(&page->html, "meta",
              HTML("name", "twitter:card", "content",
                   pictured ? "summary_large_image" : "summary"));
}

/* A place's own sentence, else what the edition finds. */
static char *describe(const struct page *page) {
    enum { MOST = 160 };
    const enum words_language language = words_language(page->words);
    g_autofree char *month = words_month(page->words, page->edition->as_of);
    g_autofree char *finding =
        page->place != NULL && page->place->overall.sentence[language] != NULL
            ? g_strdup(page->place->overall.sentence[language])
            : chart_title(page->edition, "ranking", page->words, NULL);
    g_autofree char *whole = words_say(
        page->words, "site.description.finding",
        (struct words_argument[]){{"month", month, 0}, {"finding", finding, 0}, {NULL}});
    if (g_utf8_strlen(whole, -1) <= MOST)
        return g_steal_pointer(&whole);
    return words_say(page->words, "site.description",
                     (struct words_argument[]){
                         {"name", page->observatory, 0}, {"month", month, 0}, {NULL}});
}

void page_head(const struct page *page, const char *name) {
    g_autofree char *month = words_month(page->words, page->edition->as_of);
    g_autofree char *title =
        words_say(page->words, "site.title",
                  (struct words_argument[]){{"page", name, 0},
                                            {"month", month, 0},
                                            {"name", page->observatory, 0},
                                            {NULL}});
    g_autofree char *description = describe(page);
    html_open(&page->html, "head", NULL);
    html_void(&page->html, "meta", HTML("charset", "utf-8"));
    html_void(&page->html, "meta",
              HTML("name", "viewport", "content", "width=device-width, initial-scale=1"));
    html_element(&page->html, "title", NULL, title);
    html_void(&page->html, "meta", HTML("name", "description", "content", description));
    html_void(&page->html, "meta", HTML("name", "color-scheme", "content", "light dark"));
    html_void(&page->html, "meta",
              HTML("name", "theme-color", "media", "(prefers-color-scheme: light)",
                   "content", "#ffffff"));
    html_void(&page->html, "meta",
              HTML("name", "theme-color", "media", "(prefers-color-scheme: dark)",
                   "content", "#161616"));
    if (page->settings->folder == NULL) /* of a month in progress: for nobody to find */
        html_void(&page->html, "meta",
                  HTML("name", "robots", "content", "noindex, nofollow"));
    write_links(page);
    if (page->settings->folder != NULL)
        write_graph(page, name, description);
    html_close(&page->html);
}
