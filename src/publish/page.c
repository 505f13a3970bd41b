#include "page.h"

#include "barometre/month.h"
#include "feed.h"

#include <string.h>

char *page_path(enum page_kind kind, enum words_language language, const char *place) {
    static const char *const paths[PAGE_KINDS][WORDS_LANGUAGES] = {
        [PAGE_INDEX] = {"index.html", "en/index.html"},
        [PAGE_PLACE] = {"places/", "en/places/"},
        [PAGE_QUESTIONS] = {"questions/index.html", "en/questions/index.html"},
        [PAGE_METHOD] = {"methode/index.html", "en/method/index.html"},
        [PAGE_ACCESSIBILITY] = {"accessibilite/index.html",
                                "en/accessibility/index.html"},
        [PAGE_ERRATA] = {"corrections/index.html", "en/corrections/index.html"},
    };
    const char *path = paths[kind][language];
    return kind == PAGE_PLACE ? g_strconcat(path, place, "/index.html", NULL)
                              : g_strdup(path);
}

const char *page_feed_path(enum words_language language) {
    static const char *const paths[WORDS_LANGUAGES] = {"alertes.atom", "en/alerts.atom"};
    return paths[language];
}

char *page_link(const struct page *page, const char *path) {
    GString *link = g_string_new(NULL);
    for (const char *p = page->path; *p != '\0'; p++)
        if (*p == '/')
            g_string_append(link, "../");
    g_string_append(link, path);
    return g_string_free(link, FALSE);
}

GBytes *page_file(const struct page *page, const char *path) {
    for (guint i = 0; i < page->site->files->len; i++) {
        const struct site_file *file = g_ptr_array_index(page->site->files, i);
        if (strcmp(file->path, path) == 0)
            return file->content;
    }
    return NULL;
}

void page_say(const struct page *page, const char *name, const char *const *attributes,
              const char *key, const struct words_argument *arguments) {
    g_autofree char *message = words_say(page->words, key, arguments);
    html_element(&page->html, name, attributes, message);
}

void page_anchor(const struct page *page, const char *path, const char *content) {
    g_autofree char *link = page_link(page, path);
    html_element(&page->html, "a", HTML("href", link), content);
}

static char *size_said(const struct page *page, gsize bytes) {
    static const struct {
        gsize least;
        double unit;
        const char *key;
    } sizes[] = {
        {1000000, 1e6, "site.size.mega"},
        {1000, 1e3, "site.size.kilo"},
        {0, 1, "site.size.bytes"},
    };
    gsize s = 0;
    while (bytes < sizes[s].least)
        s++;
    const double size = (double)bytes / sizes[s].unit;
    g_autofree char *number =
        words_number(page->words, size, sizes[s].unit > 1 && size < 9.95 ? 1 : 0);
    return words_say(page->words, sizes[s].key,
                     (struct words_argument[]){{"size", number, 0}, {NULL}});
}

void page_download(const struct page *page, const char *path, const char *content) {
    GBytes *file = page_file(page, path);
    if (file == NULL)
        return;
    g_autofree char *size = size_said(page, g_bytes_get_size(file));
    g_autofree char *type = g_ascii_strup(strrchr(path, '.') + 1, -1);
    g_autofree char *detail = g_strdup_printf(" (%s, %s)", type, size);
    g_autofree char *link = page_link(page, path);
    html_open(&page->html, "li", NULL);
    html_open(&page->html, "a", HTML("href", link));
    html_text(&page->html, content);
    html_element(&page->html, "span", HTML("class", "bar-mention"), detail);
    html_close(&page->html);
    html_close(&page->html);
}

void page_section(const struct page *page, const char *id, const char *key) {
    html_open(&page->html, "section", HTML("id", id, "class", "bar-section"));
    page_say(page, "h2", NULL, key, NULL);
}

static char *heading(const struct page *page) {
    static const char *const keys[PAGE_KINDS] = {
        [PAGE_INDEX] = "site.index.heading", [PAGE_QUESTIONS] = "site.questions",
        [PAGE_METHOD] = "site.method",       [PAGE_ACCESSIBILITY] = "site.accessibility",
        [PAGE_ERRATA] = "site.errata",
    };
    return page->place != NULL ? g_strdup(page->place->name)
                               : words_say(page->words, keys[page->kind], NULL);
}

static void write_menu_item(const struct page *page, enum page_kind kind,
                            const char *key) {
    g_autofree char *path = page_path(kind, words_language(page->words), NULL);
    g_autofree char *link = page_link(page, path);
    html_open(&page->html, "li", NULL);
    const bool here = page->kind == kind;
    page_say(page, "a",
             here ? HTML("href", link, "aria-current", "page") : HTML("href", link), key,
             NULL);
    html_close(&page->html);
}

static void write_language(const struct page *page) {
    const enum words_language other =
        words_language(page->words) == WORDS_FR ? WORDS_EN : WORDS_FR;
    const char *code = words_code(other);
    g_autofree char *path =
        page_path(page->kind, other, page->place != NULL ? page->place->id : NULL);
    g_autofree char *link = page_link(page, path);
    html_open(&page->html, "li", NULL);
    html_element(&page->html, "a", HTML("href", link, "hreflang", code, "lang", code),
                 other == WORDS_FR ? "Français" : "English");
    html_close(&page->html);
}

static void open_nav(const struct page *page, const char *class, const char *key) {
    g_autofree char *label = words_say(page->words, key, NULL);
    html_open(&page->html, "nav", HTML("class", class, "aria-label", label));
}

static void write_header(const struct page *page) {
    open_nav(page, "bar-skip", "site.skip.nav");
    page_say(page, "a", HTML("href", "#contenu"), "site.skip", NULL);
    html_close(&page->html);
    html_open(&page->html, "header", HTML("class", "bar-header"));
    html_open(&page->html, "div", HTML("class", "bar-inner bar-top"));
    html_element(&page->html, "p", HTML("class", "bar-service"), page->observatory);
    open_nav(page, "bar-menu", "site.menu");
    html_open(&page->html, "ul", NULL);
    write_menu_item(page, PAGE_INDEX, "site.menu.edition");
    write_menu_item(page, PAGE_QUESTIONS, "site.questions");
    write_menu_item(page, PAGE_METHOD, "site.method");
    write_menu_item(page, PAGE_ERRATA, "site.errata");
    write_language(page);
    for (int level = 0; level < 3; level++)
        html_close(&page->html);
    html_open(&page->html, "div", HTML("class", "bar-notice"));
    if (page->edition->fictitious)
        page_say(page, "p", HTML("class", "bar-inner"), "page.fictitious", NULL);
    if (!page->edition->closed)
        page_say(page, "p", HTML("class", "bar-inner"), "chart.open", NULL);
    page_correction_notice(page);
    html_close(&page->html);
    html_close(&page->html);
}

static void write_trail(const struct page *page, const char *name) {
    if (page->kind == PAGE_INDEX)
        return;
    g_autofree char *front = page_path(PAGE_INDEX, words_language(page->words), NULL);
    g_autofree char *home = words_say(page->words, "site.menu.edition", NULL);
    open_nav(page, "bar-trail", "site.trail");
    html_open(&page->html, "ol", NULL);
    html_open(&page->html, "li", NULL);
    page_anchor(page, front, home);
    html_close(&page->html);
    html_element(&page->html, "li", HTML("aria-current", "page"), name);
    html_close(&page->html);
    html_close(&page->html);
}

static void write_period(const struct page *page) {
    g_autofree char *month = words_month(page->words, page->edition->as_of);
    g_autofree char *from = words_month(page->words, page->edition->window_from);
    g_autofree char *to = words_month(page->words, page->edition->window_to);
    html_open(&page->html, "p", HTML("class", "bar-edition"));
    page_say(page, "strong", NULL, "site.edition",
             (struct words_argument[]){{"month", month, 0}, {NULL}});
    html_text(&page->html, " ");
    page_say(page, "span", NULL, "page.period",
             (struct words_argument[]){{"from", from, 0}, {"to", to, 0}, {NULL}});
    html_close(&page->html);
}

static void write_footer(const struct page *page) {
    g_autofree char *day =
        words_day(page->words, month_last_day(page->edition->window_to));
    g_autofree char *accessibility =
        page_path(PAGE_ACCESSIBILITY, words_language(page->words), NULL);
    g_autofree char *statement = words_say(page->words, "site.accessibility.short", NULL);
    g_autofree char *feed = words_say(page->words, "site.feed", NULL);
    g_autofree char *hashes = words_say(page->words, "site.manifest", NULL);
    const char *const links[][2] = {
        {accessibility, statement},
        {page_feed_path(words_language(page->words)), feed},
        {"manifest.json", hashes},
    };
    html_open(&page->html, "footer", HTML("class", "bar-footer"));
    html_open(&page->html, "div", HTML("class", "bar-inner"));
    page_say(page, "p", NULL, "site.made",
             (struct words_argument[]){
                 {"version", page->edition->method_version, 0}, {"day", day, 0}, {NULL}});
    page_say(page, "p", NULL, "page.meaning", NULL);
    page_permanent_address(page);
    html_open(&page->html, "ul", NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(links); i++) {
        html_open(&page->html, "li", NULL);
        page_anchor(page, links[i][0], links[i][1]);
        html_close(&page->html);
    }
    for (int level = 0; level < 3; level++)
        html_close(&page->html);
}

static GBytes *write_page(struct page *page) {
    static void (*const contents[PAGE_KINDS])(const struct page *page) = {
        [PAGE_INDEX] = page_index,
        [PAGE_PLACE] = page_place,
        [PAGE_QUESTIONS] = page_questions,
        [PAGE_METHOD] = page_method,
        [PAGE_ACCESSIBILITY] = page_accessibility,
        [PAGE_ERRATA] = page_errata,
    };
    g_autofree char *name = heading(page);
    html_begin(&page->html);
    html_doctype(&page->html);
    html_open(&page->html, "html", HTML("lang", words_code(words_language(page->words))));
    page_head(page, name);
    html_open(&page->html, "body", HTML("class", "bar"));
    write_header(page);
    html_open(&page->html, "main",
              HTML("id", "contenu", "class", "bar-inner", "tabindex", "-1"));
    write_trail(page, name);
    write_period(page);
    html_element(&page->html, "h1", NULL, name);
    contents[page->kind](page);
    html_close(&page->html);
    write_footer(page);
    html_close(&page->html);
    html_close(&page->html);
    return html_finish(&page->html);
}

void page_add(struct site *site, struct page page, enum page_kind kind,
              const struct edition_marketplace *place) {
    page.kind = kind;
    page.place = place;
    g_autofree char *path =
        page_path(kind, words_language(page.words), place != NULL ? place->id : NULL);
    page.path = path;
    site_add(site, path, write_page(&page));
}

static void add_language(struct site *site, struct page page) {
    static const char *const fragments[WORDS_LANGUAGES] = {"fragment.fr.html",
                                                           "fragment.en.html"};
    const enum words_language language = words_language(page.words);
    site_add(site, page_feed_path(language),
             feed_write(page.edition, page.words, page.settings));
    for (int kind = 0; kind < PAGE_KINDS; kind++)
        if (kind != PAGE_PLACE)
            page_add(site, page, (enum page_kind)kind, NULL);
    for (guint i = 0; i < page.edition->marketplaces->len; i++)
        page_add(site, page, PAGE_PLACE,
                 g_ptr_array_index(page.edition->marketplaces, i));
    g_autofree char *path = g_strdup(fragments[language]);
    page.path = path;
    site_add(site, path, page_fragment(&page));
}

void page_add_all(struct site *site, const struct edition *edition,
                  const struct words *const words[static WORDS_LANGUAGES],
                  const struct site_settings *settings) {
    g_autoptr(GPtrArray) tables = tables_collect(edition);
    json_auto_t *method =
        settings->method != NULL ? json_loads(settings->method, 0, NULL) : NULL;
    json_auto_t *legal =
        settings->legal != NULL ? json_loads(settings->legal, 0, NULL) : NULL;
    for (guint i = 0; i < tables->len; i++) {
        const struct table *table = g_ptr_array_index(tables, i);
        g_autofree char *file = g_strdup_printf("data/%s.csv", table->id);
        g_autofree char *metadata = g_strconcat(file, "-metadata.json", NULL);
        site_add(site, file, table_csv(table));
        site_add(site, metadata, table_metadata(table, words));
    }
    for (int l = 0; l < WORDS_LANGUAGES; l++)
        add_language(site, (struct page){.site = site,
                                         .edition = edition,
                                         .words = words[l],
                                         .tables = tables,
                                         .method = method,
                                         .legal = legal,

                                         .settings = settings,
                                         .observatory = settings->title[l]});
}
