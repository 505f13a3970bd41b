#include "page.h"

#include "barometre/chart.h"
#include "barometre/month.h"

#include <libxml/xmlwriter.h>
#include <string.h>

/* What a page is written with. libxml2 escapes; it fails only for want of memory, which
 * GLib does not survive either, so results are not asked for. */
struct page {
    xmlTextWriter *xml;
    const struct edition *edition;
    const struct words *words;
};

static void open_element(const struct page *page, const char *name) {
    xmlTextWriterStartElement(page->xml, (const xmlChar *)name);
}

/* Never the short form: <td/> is not HTML. */
static void close_element(const struct page *page) {
    xmlTextWriterFullEndElement(page->xml);
}

static void attribute(const struct page *page, const char *name, const char *value) {
    xmlTextWriterWriteAttribute(page->xml, (const xmlChar *)name, (const xmlChar *)value);
}

static void text(const struct page *page, const char *content) {
    xmlTextWriterWriteString(page->xml, (const xmlChar *)content);
}

static void element(const struct page *page, const char *name, const char *content) {
    open_element(page, name);
    text(page, content);
    close_element(page);
}

static void say(const struct page *page, const char *name, const char *key,
                const struct words_argument *arguments) {
    g_autofree char *message = words_say(page->words, key, arguments);
    element(page, name, message);
}

static void empty_element(const struct page *page, const char *name,
                          const char *const *attributes) {
    open_element(page, name);
    for (; *attributes != NULL; attributes += 2)
        attribute(page, attributes[0], attributes[1]);
    xmlTextWriterEndElement(page->xml);
}

static void link_to(const struct page *page, const char *target, const char *content) {
    open_element(page, "a");
    attribute(page, "href", target);
    text(page, content);
    close_element(page);
}

const char *page_path(enum words_language language) {
    static const char *const paths[WORDS_LANGUAGES] = {
        [WORDS_FR] = "index.html",
        [WORDS_EN] = "en/index.html",
    };
    return paths[language];
}

/* The way from the page to the root of the site. */
static const char *root_of(const struct page *page) {
    return words_language(page->words) == WORDS_FR ? "" : "../";
}

static char *site_link(const struct page *page, const char *path) {
    return g_strconcat(root_of(page), path, NULL);
}

static void write_head(const struct page *page, const char *title) {
    g_autofree char *sheet = site_link(page, "barometre.css");
    open_element(page, "head");
    empty_element(page, "meta", (const char *const[]){"charset", "utf-8", NULL});
    empty_element(page, "meta",
                  (const char *const[]){"name", "viewport", "content",
                                        "width=device-width, initial-scale=1", NULL});
    element(page, "title", title);
    empty_element(page, "link",
                  (const char *const[]){"rel", "stylesheet", "href", sheet, NULL});
    close_element(page);
}

static void write_header(const struct page *page, const char *title) {
    const enum words_language other =
        words_language(page->words) == WORDS_FR ? WORDS_EN : WORDS_FR;
    g_autofree char *from = words_month(page->words, page->edition->window_from);
    g_autofree char *to = words_month(page->words, page->edition->window_to);
    g_autofree char *target = site_link(page, page_path(other));
    open_element(page, "header");
    open_element(page, "p");
    open_element(page, "a");
    attribute(page, "href", target);
    attribute(page, "hreflang", words_code(other));
    attribute(page, "lang", words_code(other));
    text(page, other == WORDS_FR ? "Français" : "English");
    close_element(page);
    close_element(page);
    element(page, "h1", title);
    say(page, "p", "page.period",
        (struct words_argument[]){{"from", from, 0}, {"to", to, 0}, {NULL}});
    if (page->edition->fictitious) {
        open_element(page, "p");
        attribute(page, "class", "notice");
        g_autofree char *notice = words_say(page->words, "page.fictitious", NULL);
        text(page, notice);
        close_element(page);
    }
    say(page, "p", "page.meaning", NULL);
    close_element(page);
}

static void write_chart(const struct page *page, const char *chart_id) {
    const char *code = words_code(words_language(page->words));
    g_autofree char *title = chart_title(page->edition, chart_id, page->words, NULL);
    g_autofree char *alt = chart_description(page->edition, chart_id, page->words, NULL);
    g_autofree char *svg =
        g_strdup_printf("%scharts/%s.wide.%s.svg", root_of(page), chart_id, code);
    g_autofree char *png =
        g_strdup_printf("%scharts/%s.wide.%s.png", root_of(page), chart_id, code);
    open_element(page, "section");
    attribute(page, "id", chart_id);
    element(page, "h2", title);
    open_element(page, "figure");
    empty_element(page, "img", (const char *const[]){"src", svg, "alt", alt, NULL});
    open_element(page, "figcaption");
    link_to(page, svg, "SVG");
    text(page, " · ");
    link_to(page, png, "PNG");
    close_element(page);
    close_element(page);
    close_element(page);
}

static void header_cell(const struct page *page, const char *scope, const char *content) {
    open_element(page, "th");
    attribute(page, "scope", scope);
    text(page, content);
    close_element(page);
}

/* "68,2", with its interval where it has one, or why there is none. */
static char *score_text(const struct page *page, const struct edition_score *score) {
    if (!score->score.known) {
        const enum edition_reason reason =
            score->reason == REASON_NONE ? REASON_NOT_COMPUTED : score->reason;
        g_autofree char *key = g_strconcat("reason.", edition_reason_code(reason), NULL);
        g_autofree char *why = words_say(page->words, key, NULL);
        return words_say(page->words, "page.unknown",
                         (struct words_argument[]){{"reason", why, 0}, {NULL}});
    }
    g_autofree char *value = words_number(page->words, score->score.value, 1);
    if (!score->low.known || !score->high.known)
        return g_steal_pointer(&value);
    g_autofree char *low = words_number(page->words, score->low.value, 1);
    g_autofree char *high = words_number(page->words, score->high.value, 1);
    return words_say(
        page->words, "page.interval",
        (struct words_argument[]){
            {"score", value, 0}, {"low", low, 0}, {"high", high, 0}, {NULL}});
}

static void write_row(const struct page *page, const struct edition_marketplace *place) {
    g_autofree char *overall = score_text(page, &place->overall.score);
    g_autofree char *status_key =
        g_strconcat("status.", edition_status_code(place->status), NULL);
    open_element(page, "tr");
    header_cell(page, "row", place->name);
    element(page, "td", place->overall.band != NULL ? place->overall.band : "—");
    element(page, "td", overall);
    for (guint p = 0; p < place->pillars->len; p++) {
        const struct edition_pillar *pillar = g_ptr_array_index(place->pillars, p);
        g_autofree char *score = score_text(page, &pillar->score);
        element(page, "td", score);
    }
    say(page, "td", status_key, NULL);
    close_element(page);
}

static void write_table(const struct page *page) {
    g_autoptr(GPtrArray) ranked = edition_ranked(page->edition);
    if (ranked->len == 0)
        return;
    static const char *const keys[] = {"column.place", "column.grade", "page.score"};
    const struct edition_marketplace *any = g_ptr_array_index(ranked, 0);
    open_element(page, "section");
    attribute(page, "id", "table");
    say(page, "h2", "page.table", NULL);
    open_element(page, "div");
    attribute(page, "class", "wide");
    open_element(page, "table");
    say(page, "caption", "page.caption", NULL);
    open_element(page, "thead");
    open_element(page, "tr");
    for (size_t k = 0; k < G_N_ELEMENTS(keys); k++) {
        g_autofree char *label = words_say(page->words, keys[k], NULL);
        header_cell(page, "col", label);
    }
    for (guint p = 0; p < any->pillars->len; p++) {
        const struct edition_pillar *pillar = g_ptr_array_index(any->pillars, p);
        header_cell(page, "col", pillar->label[words_language(page->words)]);
    }
    g_autofree char *status = words_say(page->words, "column.status", NULL);
    header_cell(page, "col", status);
    close_element(page);
    close_element(page);
    open_element(page, "tbody");
    for (guint i = 0; i < ranked->len; i++)
        write_row(page, g_ptr_array_index(ranked, i));
    for (int level = 0; level < 4; level++)
        close_element(page);
    close_element(page);
}

static void write_footer(const struct page *page) {
    g_autofree char *edition = site_link(page, "edition.json");
    g_autofree char *manifest = site_link(page, "manifest.json");
    open_element(page, "footer");
    open_element(page, "p");
    g_autofree char *data = words_say(page->words, "page.data", NULL);
    text(page, data);
    text(page, " ");
    link_to(page, edition, "edition.json");
    text(page, " · ");
    link_to(page, manifest, "manifest.json");
    close_element(page);
    say(page, "p", "page.method",
        (struct words_argument[]){{"version", page->edition->method_version, 0}, {NULL}});
    close_element(page);
}

GBytes *page_write(const struct edition *edition, const struct words *words,
                   const char *title) {
    xmlBuffer *buffer = xmlBufferCreate();
    const struct page page = {xmlNewTextWriterMemory(buffer, 0), edition, words};
    xmlTextWriterWriteDTD(page.xml, (const xmlChar *)"html", NULL, NULL, NULL);
    open_element(&page, "html");
    attribute(&page, "lang", words_code(words_language(words)));
    write_head(&page, title);
    open_element(&page, "body");
    write_header(&page, title);
    open_element(&page, "main");
    g_auto(GStrv) ids = chart_ids(edition);
    for (char **id = ids; *id != NULL; id++) {
        write_chart(&page, *id);
        if (strcmp(*id, "ranking") == 0)
            write_table(&page);
    }
    close_element(&page);
    write_footer(&page);
    close_element(&page);
    close_element(&page);
    xmlTextWriterFlush(page.xml);
    xmlFreeTextWriter(page.xml);
    GString *document =
        g_string_new_len((const char *)xmlBufferContent(buffer), xmlBufferLength(buffer));
    g_string_append_c(document, '\n');
    xmlBufferFree(buffer);
    return g_string_free_to_bytes(document);
}
