#include "page.h"

#include "barometre/month.h"

static void write_contents(const struct page *page) {
    g_autofree char *label = words_say(page->words, "site.contents", NULL);
    html_open(&page->html, "nav", HTML("class", "bar-contents", "aria-label", label));
    html_open(&page->html, "ul", NULL);
    page_chart_links(page, true);
    static const char *const sections[][2] = {
        {"#questions", "site.questions"}, {"#places", "site.places"},
        {"#alertes", "site.alerts"},      {"#methode", "site.method.ten"},
        {"#reponses", "site.replies"},    {"#fichiers", "site.files"}};
    for (gsize s = 0; s < G_N_ELEMENTS(sections); s++) {
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

static void write_method(const struct page *page) {
    g_autofree char *path = page_path(PAGE_METHOD, words_language(page->words), NULL);
    g_autofree char *more = words_say(page->words, "site.method.more", NULL);
    page_section(page, "methode", "site.method.ten");
    page_ten(page);
    html_open(&page->html, "p", HTML("class", "bar-more"));
    page_anchor(page, path, more);
    html_close(&page->html);
    html_close(&page->html);
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
        g_autofree char *csv = g_strdup_printf("data/%s.csv", table->id);
        g_autofree char *book = g_strdup_printf("data/%s.xlsx", table->id);
        page_download(page, csv, title);
        page_download(page, book, title);
    }
    html_close(&page->html);
    g_autofree char *day =
        words_day(page->words, month_last_day(page->edition->window_to));
    g_autofree char *url = page_url(page->settings, "");
    page_say(page, "p", HTML("class", "bar-cite"), "site.cite",
             (struct words_argument[]){{"name", page->observatory, 0},
                                       {"day", day, 0},
                                       {"url", url != NULL ? url : "", 0},
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
    page_lead(page);
    write_contents(page);
    write_facts(page);
    page_charts(page, true);
    page_question_list(page);
    write_places(page);
    write_alerts(page);
    write_method(page);
    write_replies(page);
    write_files(page);
}
