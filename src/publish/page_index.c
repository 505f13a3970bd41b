#include "page.h"

#include "barometre/chart.h"

#include <string.h>

/* The table that holds what a chart shows. */
static const char *const chart_tables[][2] = {
    {"ranking", "scores"},      {"pillars", "pillars"},       {"trend", "history"},
    {"signatories", "groups"},  {"robustness", "robustness"}, {"coverage", "sources"},
    {"response", "indicators"},
};

static const struct table *table_of(const struct page *page, const char *chart_id) {
    for (gsize i = 0; i < G_N_ELEMENTS(chart_tables); i++)
        if (strcmp(chart_tables[i][0], chart_id) == 0)
            return tables_find(page->tables, chart_tables[i][1]);
    return NULL;
}

/* Charts of one place are on its page; the share picture is for other sites. */
static bool is_on_front(const char *chart_id) {
    return !g_str_has_prefix(chart_id, "place-") && strcmp(chart_id, "share") != 0;
}

/* A steady name: what the chart finds is said in it. */
static char *name_key(const struct page *page, const char *chart_id) {
    g_autofree char *key = g_strconcat("site.chart.", chart_id, NULL);
    return words_has(page->words, key) ? g_steal_pointer(&key)
                                       : g_strdup("site.chart.other");
}

static void write_lead(const struct page *page) {
    static const char *const charts[] = {"ranking", "trend"};
    html_open(&page->html, "div", HTML("class", "bar-lead"));
    for (gsize i = 0; i < G_N_ELEMENTS(charts); i++) {
        g_autofree char *finding =
            chart_title(page->edition, charts[i], page->words, NULL);
        page_say(page, "p", NULL, i == 0 ? "site.finding.first" : "site.finding",
                 (struct words_argument[]){{"finding", finding, 0}, {NULL}});
    }
    html_close(&page->html);
}

static void write_contents(const struct page *page, char **ids) {
    g_autofree char *label = words_say(page->words, "site.contents", NULL);
    html_open(&page->html, "nav", HTML("class", "bar-contents", "aria-label", label));
    html_open(&page->html, "ul", NULL);
    for (char **id = ids; *id != NULL; id++) {
        if (!is_on_front(*id))
            continue;
        g_autofree char *key = name_key(page, *id);
        g_autofree char *link = g_strconcat("#", *id, NULL);
        html_open(&page->html, "li", NULL);
        page_say(page, "a", HTML("href", link), key, NULL);
        html_close(&page->html);
    }
    static const char *const sections[][2] = {{"#contexte", "site.context"},
                                              {"#places", "site.places"},
                                              {"#alertes", "site.alerts"},
                                              {"#reponses", "site.replies"},
                                              {"#fichiers", "site.files"}};
    const gsize first = page->edition->consumers->len > 0 ? 0 : 1;
    for (gsize s = first; s < G_N_ELEMENTS(sections); s++) {
        html_open(&page->html, "li", NULL);
        page_say(page, "a", HTML("href", sections[s][0]), sections[s][1], NULL);
        html_close(&page->html);
    }
    html_close(&page->html);
    html_close(&page->html);
}

static void write_fact(const struct page *page, const char *key, double value) {
    g_autofree char *number = words_number(page->words, value, 0);
    html_open(&page->html, "div", NULL);
    page_say(page, "dt", NULL, key, NULL);
    html_element(&page->html, "dd", NULL, number);
    html_close(&page->html);
}

static void write_facts(const struct page *page) {
    guint rated = 0, alerts = 0;
    for (guint i = 0; i < page->edition->marketplaces->len; i++) {
        const struct edition_marketplace *place =
            g_ptr_array_index(page->edition->marketplaces, i);
        rated += place->overall.score.score.known ? 1 : 0;
        for (guint a = 0; a < place->alerts->len; a++) {
            const struct edition_alert *alert = g_ptr_array_index(place->alerts, a);
            alerts += alert->month >= page->edition->window_from ? 1 : 0;
        }
    }
    html_open(&page->html, "dl", HTML("class", "bar-facts"));
    write_fact(page, "site.fact.places", page->edition->marketplaces->len);
    write_fact(page, "site.fact.rated", rated);
    if (page->edition->coverage.firms.known)
        write_fact(page, "site.fact.firms", page->edition->coverage.firms.value);
    write_fact(page, "site.fact.alerts", alerts);
    html_close(&page->html);
}

static void write_charts(const struct page *page, char **ids) {
    for (char **id = ids; *id != NULL; id++) {
        if (!is_on_front(*id))
            continue;
        g_autofree char *key = name_key(page, *id);
        page_section(page, *id, key);
        if (strcmp(*id, "signatories") == 0)
            page_sentence(page, page->edition->signatories.sentence);
        page_figure(page, *id, table_of(page, *id));
        html_close(&page->html);
    }
}

static void write_place(const struct page *page,
                        const struct edition_marketplace *place) {
    g_autofree char *score = page_score(page, &place->overall.score);
    g_autofree char *path = page_path(PAGE_PLACE, words_language(page->words), place->id);
    html_open(&page->html, "li", NULL);
    page_grade(page, place->overall.band);
    html_open(&page->html, "div", NULL);
    page_anchor(page, path, place->name);
    html_element(&page->html, "p", HTML("class", "bar-mention"), score);
    html_close(&page->html);
    html_close(&page->html);
}

static void write_places(const struct page *page) {
    g_autoptr(GPtrArray) ranked = edition_ranked(page->edition);
    page_section(page, "places", "site.places");
    page_say(page, "p", NULL, "site.places.about", NULL);
    if (ranked->len > 0)
        html_open(&page->html, "ul", HTML("class", "bar-places"));
    for (guint i = 0; i < ranked->len; i++)
        write_place(page, g_ptr_array_index(ranked, i));
    if (ranked->len > 0)
        html_close(&page->html);
    html_close(&page->html);
}

/* What the section of a place is headed by: its name, linked. */
static void head_place(const struct page *page, const struct edition_marketplace *place) {
    g_autofree char *path = page_path(PAGE_PLACE, words_language(page->words), place->id);
    html_open(&page->html, "h3", NULL);
    page_anchor(page, path, place->name);
    html_close(&page->html);
}

static void write_alerts(const struct page *page) {
    g_autoptr(GPtrArray) ranked = edition_ranked(page->edition);
    bool any = false;
    page_section(page, "alertes", "site.alerts");
    page_say(page, "p", NULL, "site.alerts.about", NULL);
    for (guint i = 0; i < ranked->len; i++) {
        const struct edition_marketplace *place = g_ptr_array_index(ranked, i);
        if (place->alerts->len == 0)
            continue;
        any = true;
        head_place(page, place);
        page_alerts(page, place);
    }
    if (!any)
        page_say(page, "p", NULL, "site.alerts.none", NULL);
    g_autofree char *follow = words_say(page->words, "site.feed", NULL);
    html_open(&page->html, "p", NULL);
    page_anchor(page, page_feed_path(words_language(page->words)), follow);
    html_close(&page->html);
    html_close(&page->html);
}

static void write_replies(const struct page *page) {
    g_autoptr(GPtrArray) ranked = edition_ranked(page->edition);
    int64_t silent = 0;
    page_section(page, "reponses", "site.replies");
    page_say(page, "p", NULL, "site.replies.about", NULL);
    for (guint i = 0; i < ranked->len; i++) {
        const struct edition_marketplace *place = g_ptr_array_index(ranked, i);
        if (place->reply[words_language(page->words)] == NULL) {
            silent++;
            continue;
        }
        head_place(page, place);
        page_reply(page, place);
    }
    page_say(page, "p", NULL, "site.replies.silent",
             (struct words_argument[]){{"count", NULL, silent}, {NULL}});
    html_close(&page->html);
}

static void write_files(const struct page *page) {
    g_autofree char *month = words_month(page->words, page->edition->as_of);
    g_autofree char *whole = words_say(page->words, "site.files.edition", NULL);
    GBytes *edition = page_file(page, "edition.json");
    page_section(page, "fichiers", "site.files");
    page_say(page, "p", NULL, "site.files.about", NULL);
    html_open(&page->html, "ul", HTML("class", "bar-files"));
    page_download(page, "edition.json", whole);
    for (guint i = 0; i < page->tables->len; i++) {
        const struct table *table = g_ptr_array_index(page->tables, i);
        g_autofree char *key = g_strconcat("site.table.", table->id, NULL);
        g_autofree char *title = words_say(page->words, key, NULL);
        g_autofree char *path = g_strdup_printf("data/%s.csv", table->id);
        page_download(page, path, title);
    }
    html_close(&page->html);
    page_say(page, "p", HTML("class", "bar-cite"), "site.cite",
             (struct words_argument[]){{"name", page->observatory, 0},
                                       {"month", month, 0},
                                       {"version", page->edition->method_version, 0},
                                       {NULL}});
    if (edition != NULL) {
        g_autofree char *hash = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, edition);
        page_say(page, "p", HTML("class", "bar-mention"), "site.hash",
                 (struct words_argument[]){{"hash", hash, 0}, {NULL}});
    }
    html_close(&page->html);
}

void page_index(const struct page *page) {
    g_auto(GStrv) ids = chart_ids(page->edition);
    write_lead(page);
    write_contents(page, ids);
    write_facts(page);
    write_charts(page, ids);
    page_context(page);
    write_places(page);
    write_alerts(page);
    write_replies(page);
    write_files(page);
}
