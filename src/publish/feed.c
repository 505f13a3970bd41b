#include "feed.h"

#include "barometre/month.h"
#include "page.h"

#include <string.h>

struct entry {
    const struct edition_marketplace *place;
    const struct edition_alert *alert;
};

static gint newest_first(gconstpointer left, gconstpointer right) {
    const struct entry *a = left, *b = right;
    if (a->alert->month != b->alert->month)
        return a->alert->month < b->alert->month ? 1 : -1;
    const int by_place = strcmp(a->place->id, b->place->id);
    return by_place != 0 ? by_place : strcmp(a->alert->pillar, b->alert->pillar);
}

static GArray *collect(const struct edition *edition) {
    GArray *entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place =
            g_ptr_array_index(edition->marketplaces, i);
        for (guint a = 0; a < place->alerts->len; a++) {
            const struct entry entry = {place, g_ptr_array_index(place->alerts, a)};
            g_array_append_val(entries, entry);
        }
    }
    g_array_sort(entries, newest_first);
    return entries;
}

/* An id for ever, wherever the site lies: a UUID of version 5 made of what it names. */
static void write_id(const struct html *atom, const char *named) {
    g_autofree char *hash =
        g_compute_checksum_for_string(G_CHECKSUM_SHA1, named, (gssize)strlen(named));
    g_autofree char *id = g_strdup_printf("urn:uuid:%.8s-%.4s-5%.3s-a%.3s-%.12s", hash,
                                          hash + 8, hash + 13, hash + 17, hash + 20);
    html_element(atom, "id", NULL, id);
}

static void write_updated(const struct html *atom, int32_t month) {
    char day[DAY_TEXT_SIZE];
    day_format(month_last_day(month), day);
    g_autofree char *time = g_strconcat(day, "T00:00:00Z", NULL);
    html_element(atom, "updated", NULL, time);
}

/* Absolute where the site has an address, else relative to the feed, which lies at the
 * root of its language. */
static char *address(const struct site_settings *settings, enum words_language language,
                     const char *path) {
    g_autofree char *whole = g_strconcat(language == WORDS_EN ? "en/" : "", path, NULL);
    char *url = page_url(settings, whole);
    return url != NULL ? url : g_strdup(path);
}

static void write_entry(const struct html *atom, const struct words *words,
                        const struct site_settings *settings, const struct entry *entry) {
    const enum words_language language = words_language(words);
    char month[MONTH_TEXT_SIZE];
    month_format(entry->alert->month, month);
    g_autofree char *named =
        g_strdup_printf("barometre alert %s %s %s %s", words_code(language),
                        entry->place->id, entry->alert->pillar, month);
    g_autofree char *when = words_month(words, entry->alert->month);
    g_autofree char *title =
        words_say(words, "site.alert.title",
                  (struct words_argument[]){
                      {"place", entry->place->name, 0}, {"month", when, 0}, {NULL}});
    g_autofree char *path = g_strdup_printf("places/%s/index.html", entry->place->id);
    g_autofree char *page = address(settings, language, path);
    g_autofree char *link = g_strconcat(page, "#alertes", NULL);
    html_open(atom, "entry", NULL);
    write_id(atom, named);
    html_element(atom, "title", NULL, title);
    write_updated(atom, entry->alert->month);
    html_void(atom, "link", HTML("rel", "alternate", "type", "text/html", "href", link));
    if (entry->alert->sentence[language] != NULL)
        html_element(atom, "summary", NULL, entry->alert->sentence[language]);
    html_close(atom);
}

GBytes *feed_write(const struct edition *edition, const struct words *words,
                   const struct site_settings *settings) {
    const enum words_language language = words_language(words);
    const char *title = settings->title[language];
    g_autoptr(GArray) entries = collect(edition);
    g_autofree char *named = g_strconcat("barometre feed ", words_code(language), NULL);
    g_autofree char *name = words_say(
        words, "site.feed.title", (struct words_argument[]){{"name", title, 0}, {NULL}});
    const char *self = strrchr(page_feed_path(language), '/');
    self = self != NULL ? self + 1 : page_feed_path(language);
    /* Whoever reads a feed comes back to the address where the next one will be. */
    g_autofree char *own =
        settings->base_url != NULL && settings->folder != NULL
            ? g_strconcat(settings->base_url, page_feed_path(language), NULL)
            : g_strdup(self);
    g_autofree char *front = address(settings, language, "index.html");
    struct html atom;
    html_begin(&atom);
    xmlTextWriterStartDocument(atom.xml, NULL, "UTF-8", NULL);
    html_open(
        &atom, "feed",
        HTML("xmlns", "http://www.w3.org/2005/Atom", "xml:lang", words_code(language)));
    write_id(&atom, named);
    html_element(&atom, "title", NULL, name);
    write_updated(&atom, edition->as_of);
    html_open(&atom, "author", NULL);
    html_element(&atom, "name", NULL, title);
    html_close(&atom);
    html_void(&atom, "link", HTML("rel", "self", "href", own));
    html_void(&atom, "link", HTML("rel", "alternate", "href", front));
    for (guint i = 0; i < entries->len; i++)
        write_entry(&atom, words, settings, &g_array_index(entries, struct entry, i));
    html_close(&atom);
    return html_finish(&atom);
}
