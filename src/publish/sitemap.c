#include "sitemap.h"

#include "page.h"

#include <string.h>

/* "editions/2026-10/r2/places/a/index.html" → the length of "editions/2026-10/r2/"; 0 at
 * the root. */
static size_t folder_length(const char *path) {
    if (!g_str_has_prefix(path, "editions/"))
        return 0;
    const char *end = strchr(path + strlen("editions/"), '/');
    if (end == NULL)
        return 0;
    if (end[1] == 'r' && g_ascii_isdigit(end[2]))
        end = strchr(end + 1, '/');
    return end != NULL ? (size_t)(end + 1 - path) : 0;
}

/* The same page in the other language, below its edition; NULL for what is no page. */
static char *twin(const char *path, enum words_language *language) {
    *language = g_str_has_prefix(path, "en/") ? WORDS_EN : WORDS_FR;
    const enum words_language other = *language == WORDS_FR ? WORDS_EN : WORDS_FR;
    for (int kind = 0; kind < PAGE_KINDS; kind++) {
        g_autofree char *own = page_path((enum page_kind)kind, *language, "");
        if (kind == PAGE_PLACE) {
            const size_t lead = strlen(own) - strlen("/index.html"); /* "places/" */
            if (strncmp(path, own, lead) == 0) {
                g_autofree char *place = g_path_get_dirname(path + lead);
                return page_path(PAGE_PLACE, other, place);
            }
        } else if (strcmp(path, own) == 0) {
            return page_path((enum page_kind)kind, other, NULL);
        }
    }
    return NULL;
}

/* Root pages are those whose canonical address is there; the others are the newest
 * edition's, listed at its permanent address. */
static bool is_listed(const char *path, size_t folder) {
    return g_str_has_suffix(path, "/index.html")
               ? folder > 0 || strstr(path, "corrections/") != NULL ||
                     strcmp(path, "en/index.html") == 0
               : folder == 0 && strcmp(path, "index.html") == 0;
}

static void write_alternate(const struct html *xml, const char *base_url,
                            const char *folder, enum words_language language,
                            const char *path) {
    const struct site_settings settings = {.base_url = base_url, .folder = folder};
    g_autofree char *url = page_url(&settings, path);
    html_void(xml, "xhtml:link",
              HTML("rel", "alternate", "hreflang", words_code(language), "href", url));
}

static void write_page(const struct html *xml, const char *base_url, const char *path) {
    size_t length = folder_length(path);
    if (!is_listed(path, length) &&
        !(length > 0 && strcmp(path + length, "index.html") == 0))
        return;
    enum words_language language;
    g_autofree char *folder = g_strndup(path, length > 0 ? length - 1 : 0);
    g_autofree char *other = twin(path + length, &language);
    if (other == NULL)
        return;
    const struct site_settings settings = {.base_url = base_url, .folder = folder};
    g_autofree char *url = page_url(&settings, path + length);
    html_open(xml, "url", NULL);
    html_element(xml, "loc", NULL, url);
    const bool french = language == WORDS_FR;
    write_alternate(xml, base_url, folder, WORDS_FR, french ? path + length : other);
    write_alternate(xml, base_url, folder, WORDS_EN, french ? other : path + length);
    html_close(xml);
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

GBytes *sitemap_write(const struct site *site, const char *base_url) {
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    for (guint i = 0; i < site->files->len; i++) {
        const struct site_file *file = g_ptr_array_index(site->files, i);
        g_ptr_array_add(paths, file->path);
    }
    g_ptr_array_sort(paths, by_text);
    struct html xml;
    html_begin(&xml);
    xmlTextWriterStartDocument(xml.xml, NULL, "UTF-8", NULL);
    html_open(&xml, "urlset",
              HTML("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9", "xmlns:xhtml",
                   "http://www.w3.org/1999/xhtml"));
    for (guint i = 0; i < paths->len; i++)
        write_page(&xml, base_url, g_ptr_array_index(paths, i));
    html_close(&xml);
    return html_finish(&xml);
}
