#include "page.h"

#include "barometre/month.h"

#include <string.h>

void page_grade(const struct page *page, const char *band) {
    g_autofree char *letter = band != NULL ? g_ascii_strdown(band, 1) : g_strdup("none");
    g_autofree char *class = g_strconcat("bar-grade bar-grade-", letter, NULL);
    html_open(&page->html, "span", HTML("class", class));
    page_say(page, "span", HTML("class", "bar-unseen"), "site.grade", NULL);
    html_text(&page->html, " ");
    if (band != NULL)
        html_text(&page->html, band);
    else
        page_say(page, "span", NULL, "unknown.short", NULL);
    html_close(&page->html);
}

void page_sentence(const struct page *page,
                   char *const sentence[static WORDS_LANGUAGES]) {
    const char *said = sentence[words_language(page->words)];
    if (said != NULL)
        html_element(&page->html, "p", NULL, said);
}

void page_reply(const struct page *page, const struct edition_marketplace *place) {
    const char *reply = place->reply[words_language(page->words)];
    if (reply == NULL) {
        page_say(page, "p", NULL, "site.reply.none",
                 (struct words_argument[]){{"place", place->name, 0}, {NULL}});
        return;
    }
    g_auto(GStrv) paragraphs = g_strsplit(reply, "\n\n", -1);
    html_open(&page->html, "blockquote", NULL);
    for (char **paragraph = paragraphs; *paragraph != NULL; paragraph++)
        html_element(&page->html, "p", NULL, *paragraph);
    html_close(&page->html);
}

bool page_alerts(const struct page *page, const struct edition_marketplace *place) {
    if (place->alerts->len == 0)
        return false;
    html_open(&page->html, "ul", HTML("class", "bar-alerts"));
    for (guint i = place->alerts->len; i-- > 0;) {
        const struct edition_alert *alert = g_ptr_array_index(place->alerts, i);
        g_autofree char *month = words_month(page->words, alert->month);
        html_open(&page->html, "li",
                  HTML("class", alert->own ? "bar-alert" : "bar-alert bar-general"));
        html_open(&page->html, "p", HTML("class", "bar-mention"));
        html_text(&page->html, month);
        html_text(&page->html, " · ");
        page_say(page, "span", NULL, alert->own ? "site.alert.own" : "site.alert.general",
                 NULL);
        html_close(&page->html);
        page_sentence(page, alert->sentence);
        html_close(&page->html);
    }
    html_close(&page->html);
    return true;
}

static void write_fact(const struct page *page, const char *key, const char *value) {
    html_open(&page->html, "div", NULL);
    page_say(page, "dt", NULL, key, NULL);
    html_element(&page->html, "dd", NULL, value);
    html_close(&page->html);
}

static char *rank_said(const struct page *page) {
    const struct edition_overall *overall = &page->place->overall;
    if (overall->rank_low == 0)
        return words_say(page->words, "unknown.short", NULL);
    return overall->rank_low == overall->rank_high
               ? g_strdup_printf("%d", overall->rank_low)
               : g_strdup_printf("%d–%d", overall->rank_low, overall->rank_high);
}

static void write_card(const struct page *page) {
    const struct edition_marketplace *place = page->place;
    g_autofree char *score = page_score(page, &place->overall.score);
    g_autofree char *rank = rank_said(page);
    g_autofree char *status_key =
        g_strconcat("status.", edition_status_code(place->status), NULL);
    g_autofree char *status = words_say(page->words, status_key, NULL);
    g_autofree char *sellers = place->sellers.known
                                   ? words_number(page->words, place->sellers.value, 0)
                                   : words_say(page->words, "unknown.short", NULL);
    g_autofree char *signed_from = place->signatory_from == INT32_MIN
                                       ? words_say(page->words, "site.no", NULL)
                                       : words_day(page->words, place->signatory_from);
    html_open(&page->html, "div", HTML("class", "bar-card"));
    page_grade(page, place->overall.band);
    html_open(&page->html, "div", HTML("class", "bar-lead"));
    page_sentence(page, place->overall.sentence);
    html_close(&page->html);
    html_close(&page->html);
    html_open(&page->html, "dl", HTML("class", "bar-facts"));
    write_fact(page, "page.score", score);
    write_fact(page, "column.rank", rank);
    write_fact(page, "column.status", status);
    html_open(&page->html, "div", NULL);
    page_say(page, "dt", NULL, "column.sellers", NULL);
    html_open(&page->html, "dd", NULL);
    html_text(&page->html, sellers);
    if (place->sellers_source != NULL)
        html_element(&page->html, "span", HTML("class", "bar-source"),
                     place->sellers_source);
    html_close(&page->html);
    html_close(&page->html);
    write_fact(page, "site.fact.signatory", signed_from);
    html_close(&page->html);
}

/* "10–29"; where the row is folded it says what of. */
static void write_class(const struct page *page, const char *class) {
    html_open(&page->html, "td", HTML("role", "cell"));
    page_say(page, "span", HTML("class", "bar-label"), "site.answers.label", NULL);
    if (class != NULL) {
        g_auto(GStrv) ends = g_strsplit(class, "-", 2);
        g_autofree char *range = g_strjoinv("–", ends);
        html_text(&page->html, range);
    } else {
        page_say(page, "span", NULL, "unknown.short", NULL);
    }
    html_close(&page->html);
}

/* Rows fold into blocks on a phone: the roles keep it a table. */
static void write_indicator(const struct page *page,
                            const struct edition_indicator *indicator) {
    g_autofree char *score = page_score(page, &indicator->score);
    const char *sentence = indicator->sentence[words_language(page->words)];
    html_open(&page->html, "tr", HTML("role", "row"));
    html_open(&page->html, "th", HTML("scope", "row", "role", "rowheader"));
    html_text(&page->html, indicator->label[words_language(page->words)]);
    page_bases(page, indicator->basis);
    html_close(&page->html);
    html_element(&page->html, "td", HTML("role", "cell"), score);
    write_class(page, indicator->answers_class);
    if (sentence != NULL)
        html_element(&page->html, "td", HTML("role", "cell"), sentence);
    else
        page_say(page, "td", HTML("role", "cell"), "unknown.meaning", NULL);
    html_close(&page->html);
}

static void write_indicators(const struct page *page,
                             const struct edition_pillar *pillar) {
    static const char *const heads[] = {"site.column.indicator", "site.column.score",
                                        "site.column.answers", "site.column.sentence"};
    const char *label = pillar->label[words_language(page->words)];
    g_autofree char *id = g_strconcat("table-", pillar->id, NULL);
    html_open(&page->html, "div",
              HTML("class", "bar-table bar-told", "role", "region", "aria-labelledby", id,
                   "tabindex", "0"));
    html_open(&page->html, "table", HTML("role", "table"));
    page_say(page, "caption", HTML("id", id), "site.indicators.caption",
             (struct words_argument[]){{"pillar", label, 0}, {NULL}});
    html_open(&page->html, "thead", HTML("role", "rowgroup"));
    html_open(&page->html, "tr", HTML("role", "row"));
    for (gsize h = 0; h < G_N_ELEMENTS(heads); h++)
        page_say(page, "th", HTML("scope", "col", "role", "columnheader"), heads[h],
                 NULL);
    html_close(&page->html);
    html_close(&page->html);
    html_open(&page->html, "tbody", HTML("role", "rowgroup"));
    for (guint i = 0; i < pillar->indicators->len; i++)
        write_indicator(page, g_ptr_array_index(pillar->indicators, i));
    for (int level = 0; level < 3; level++)
        html_close(&page->html);
}

static void write_pillars(const struct page *page) {
    page_section(page, "piliers", "site.place.pillars");
    for (guint p = 0; p < page->place->pillars->len; p++) {
        const struct edition_pillar *pillar = g_ptr_array_index(page->place->pillars, p);
        html_element(&page->html, "h3", NULL, pillar->label[words_language(page->words)]);
        page_sentence(page, pillar->sentence);
        write_indicators(page, pillar);
    }
    html_close(&page->html);
}

static void write_figure(const struct page *page) {
    g_autofree char *chart = g_strconcat("place-", page->place->id, NULL);
    page_section(page, "figure", "site.place.figure");
    page_figure(page, chart, tables_find(page->tables, "history"));
    html_close(&page->html);
}

static void write_reply(const struct page *page) {
    page_section(page, "reponse", "site.replies");
    page_say(page, "p", HTML("class", "bar-mention"), "site.replies.about", NULL);
    page_reply(page, page->place);
    html_close(&page->html);
}

static void write_alerts(const struct page *page) {
    page_section(page, "alertes", "site.alerts");
    page_say(page, "p", HTML("class", "bar-mention"), "site.alerts.about", NULL);
    if (!page_alerts(page, page->place))
        page_say(page, "p", NULL, "site.alerts.none", NULL);
    html_close(&page->html);
}

/* A table of the place in a section, where it has a row of it. */
static void write_table(const struct page *page, const char *section, const char *key,
                        const char *about, const char *id, guint rows) {
    const struct table *table = tables_find(page->tables, id);
    if (table == NULL || rows == 0)
        return;
    page_section(page, section, key);
    page_say(page, "p", NULL, about, NULL);
    page_table(page, table);
    html_close(&page->html);
}

static bool has_changes(const struct edition_terms *terms) {
    for (guint i = 0; i < terms->documents->len; i++)
        if (((struct edition_terms_document *)g_ptr_array_index(terms->documents, i))
                ->changes->len > 0)
            return true;
    return false;
}

/* What an archive saw of its published terms: days of publication, never notice. */
static void write_terms(const struct page *page) {
    const struct edition_terms *terms = &page->place->terms;
    if (terms->documents->len == 0)
        return;
    g_autofree char *from = words_month(page->words, page->edition->window_from);
    g_autofree char *to = words_month(page->words, page->edition->window_to);
    g_autofree char *median =
        terms->median_interval_days.known
            ? words_number(page->words, terms->median_interval_days.value, 0)
            : NULL;
    const struct words_argument said[] = {{"documents", NULL, terms->documents->len},
                                          {"changes", NULL, terms->changes},
                                          {"from", from, 0},
                                          {"to", to, 0},
                                          {"days", median != NULL ? median : "", 0},
                                          {"source", EDITION_TERMS_SOURCE, 0},
                                          {NULL}};
    page_section(page, "conditions", "site.terms");
    page_say(page, "p", NULL, "site.terms.about", NULL);
    page_say(page, "p", NULL,
             terms->changes < 0 ? "site.terms.unfollowed" : "site.terms.changes", said);
    if (median != NULL)
        page_say(page, "p", NULL, "site.terms.interval", said);
    page_table(page, tables_find(page->tables, "terms"));
    if (has_changes(terms)) {
        html_open(&page->html, "details", NULL);
        page_say(page, "summary", NULL, "site.terms.details", NULL);
        page_table(page, tables_find(page->tables, "terms-changes"));
        html_close(&page->html);
    }
    page_say(page, "p", HTML("class", "bar-mention"), "site.terms.source", said);
    html_close(&page->html);
}

void page_place(const struct page *page) {
    write_card(page);
    write_figure(page);
    write_pillars(page);
    write_reply(page);
    write_alerts(page);
    page_pairs(page);
    page_watch(page);
    write_table(page, "declarations", "site.declared", "site.declared.about", "declared",
                page->place->declared->len);
    page_account(page);
    write_table(page, "motifs", "site.statements", "site.statements.about", "statements",
                page->place->statements->len);
    write_table(page, "consommateurs", "site.consumers", "site.consumers.about",
                "consumers", page->place->consumers->len);
    write_terms(page);
}
