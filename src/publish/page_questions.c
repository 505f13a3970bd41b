#include "page.h"

#include "barometre/chart.h"

#include <string.h>

/* The table that holds what a chart shows. */
static const char *const chart_tables[][2] = {
    {"ranking", "scores"},     {"pillars", "pillars"},       {"trend", "history"},
    {"signatories", "groups"}, {"robustness", "robustness"}, {"coverage", "sources"},
    {"funnel", "funnel"},      {"response", "curves"},       {"notice", "notice"},
};

static const struct table *table_of(const struct page *page, const char *chart_id) {
    for (gsize i = 0; i < G_N_ELEMENTS(chart_tables); i++)
        if (strcmp(chart_tables[i][0], chart_id) == 0)
            return tables_find(page->tables, chart_tables[i][1]);
    return NULL;
}

/* The front page answers the first three questions; the others have a page of their own,
 * so that each weighs what a phone can bear. Charts of one place are on its page, and the
 * share picture is for other sites. */
static bool is_shown(const char *chart_id, bool front) {
    static const char *const first[] = {"ranking", "pillars", "trend", NULL};
    return !g_str_has_prefix(chart_id, "place-") && strcmp(chart_id, "share") != 0 &&
           g_strv_contains(first, chart_id) == front;
}

/* A steady name: what the chart finds is said in it. */
static char *name_of(const struct page *page, const char *chart_id) {
    g_autofree char *key = g_strconcat("site.chart.", chart_id, NULL);
    return words_say(page->words, words_has(page->words, key) ? key : "site.chart.other",
                     NULL);
}

/* How many places keep their rank whatever the variant. */
static void write_robustness(const struct page *page) {
    const GPtrArray *places = page->edition->robustness.places;
    int64_t same = 0, all = 0;
    for (guint i = 0; i < places->len; i++) {
        const struct edition_robust *robust = g_ptr_array_index(places, i);
        all += robust->rank_low > 0;
        same += robust->rank_low > 0 && robust->rank_low == robust->rank_high;
    }
    if (all > 0)
        page_say(
            page, "p", NULL, "site.robust.all",
            (struct words_argument[]){{"same", NULL, same}, {"all", NULL, all}, {NULL}});
}

static void write_chart(const struct page *page, const char *id) {
    g_autofree char *name = name_of(page, id);
    html_open(&page->html, "section", HTML("id", id, "class", "bar-section"));
    html_element(&page->html, "h2", NULL, name);
    if (strcmp(id, "signatories") == 0)
        page_sentence(page, page->edition->signatories.sentence);
    if (strcmp(id, "robustness") == 0)
        write_robustness(page);
    page_figure(page, id, table_of(page, id));
    html_close(&page->html);
}

void page_charts(const struct page *page, bool front) {
    g_auto(GStrv) ids = chart_ids(page->edition);
    for (char **id = ids; *id != NULL; id++)
        if (is_shown(*id, front))
            write_chart(page, *id);
}

void page_chart_links(const struct page *page, bool front) {
    g_auto(GStrv) ids = chart_ids(page->edition);
    for (char **id = ids; *id != NULL; id++) {
        if (!is_shown(*id, front))
            continue;
        g_autofree char *name = name_of(page, *id);
        g_autofree char *link = g_strconcat("#", *id, NULL);
        html_open(&page->html, "li", NULL);
        html_element(&page->html, "a", HTML("href", link), name);
        html_close(&page->html);
    }
}

/* The other questions, each with what its chart finds. */
void page_question_list(const struct page *page) {
    g_auto(GStrv) ids = chart_ids(page->edition);
    g_autofree char *path = page_path(PAGE_QUESTIONS, words_language(page->words), NULL);
    page_section(page, "questions", "site.questions");
    page_say(page, "p", NULL, "site.questions.about", NULL);
    html_open(&page->html, "ul", HTML("class", "bar-questions"));
    for (char **id = ids; *id != NULL; id++) {
        if (!is_shown(*id, false))
            continue;
        g_autofree char *name = name_of(page, *id);
        g_autofree char *finding = chart_title(page->edition, *id, page->words, NULL);
        g_autofree char *place = g_strconcat(path, "#", *id, NULL);
        html_open(&page->html, "li", NULL);
        page_anchor(page, place, name);
        html_element(&page->html, "p", HTML("class", "bar-mention"), finding);
        html_close(&page->html);
    }
    html_close(&page->html);
    html_close(&page->html);
}

void page_questions(const struct page *page) {
    g_autofree char *label = words_say(page->words, "site.contents", NULL);
    page_say(page, "p", HTML("class", "bar-lead"), "site.questions.about", NULL);
    html_open(&page->html, "nav", HTML("class", "bar-contents", "aria-label", label));
    html_open(&page->html, "ul", NULL);
    page_chart_links(page, false);
    html_close(&page->html);
    html_close(&page->html);
    page_charts(page, false);
}
