/* What is told of a place beside its scores: its earlier years, what the choices of
 * method do to it, changes of clauses, mediation. */
#include "page.h"

#include <string.h>

static void write_fact(const struct page *page, const char *key, char *value) {
    html_open(&page->html, "div", NULL);
    page_say(page, "dt", NULL, key, NULL);
    html_element(&page->html, "dd", NULL, value);
    html_close(&page->html);
    g_free(value);
}

static char *missing(const struct page *page, enum edition_reason reason) {
    return page_score(page, &(struct edition_score){.reason = reason});
}

static char *number_said(const struct page *page, struct edition_number number,
                         enum edition_reason reason) {
    return number.known ? words_number(page->words, number.value, 0)
                        : missing(page, reason);
}

static char *share_said(const struct page *page, const struct edition_share *share) {
    if (!share->share.known)
        return missing(page, share->reason);
    g_autofree char *value = words_number(page->words, share->share.value, 0);
    g_autofree char *low = words_number(page->words, share->low.value, 0);
    g_autofree char *high = words_number(page->words, share->high.value, 0);
    return words_say(
        page->words, "sentence.percent.interval",
        (struct words_argument[]){
            {"value", value, 0}, {"low", low, 0}, {"high", high, 0}, {NULL}});
}

static void write_changes(const struct page *page) {
    const struct edition_changes *changes = &page->place->changes;
    if (changes->count < 0)
        return;
    page_section(page, "changements", "site.changes");
    page_say(page, "p", NULL, "site.changes.about", NULL);
    html_open(&page->html, "dl", HTML("class", "bar-facts"));
    write_fact(page, "site.changes.count",
               number_said(page, edition_known(changes->count), REASON_NONE));
    write_fact(page, "site.changes.notice",
               number_said(page, changes->median_notice_days, changes->reason));
    write_fact(page, "site.changes.short", share_said(page, &changes->short_notice));
    html_close(&page->html);
    html_close(&page->html);
}

static void write_mediation(const struct page *page) {
    const struct edition_mediation *mediation = &page->place->mediation;
    if (!mediation->referred.known && mediation->reason == REASON_NOT_COMPUTED)
        return;
    page_section(page, "mediation", "site.mediation");
    page_say(page, "p", NULL, "site.mediation.about", NULL);
    html_open(&page->html, "dl", HTML("class", "bar-facts"));
    write_fact(page, "site.mediation.referred",
               number_said(page, mediation->referred, mediation->reason));
    write_fact(page, "site.mediation.settled", share_said(page, &mediation->settled));
    write_fact(page, "site.mediation.failed", share_said(page, &mediation->failed));
    html_close(&page->html);
    html_close(&page->html);
}

static const struct edition_robust *robust_of(const struct page *page) {
    const GPtrArray *places = page->edition->robustness.places;
    for (guint i = 0; i < places->len; i++) {
        const struct edition_robust *robust = g_ptr_array_index(places, i);
        if (strcmp(robust->id, page->place->id) == 0 && robust->rank_low > 0)
            return robust;
    }
    return NULL;
}

static void write_robustness(const struct page *page) {
    const struct edition_robust *robust = robust_of(page);
    if (robust == NULL)
        return;
    g_autofree char *low = words_number(page->words, robust->low, 1);
    g_autofree char *high = words_number(page->words, robust->high, 1);
    page_section(page, "methode", "site.chart.robustness");
    page_say(page, "p", NULL,
             robust->rank_low == robust->rank_high ? "site.robust.same" : "site.robust",
             (struct words_argument[]){{"least", low, 0},
                                       {"most", high, 0},
                                       {"low", NULL, robust->rank_low},
                                       {"high", NULL, robust->rank_high},
                                       {NULL}});
    html_close(&page->html);
}

static void write_year(const struct page *page, const struct edition_history *past) {
    g_autofree char *month = words_month(page->words, past->as_of);
    g_autofree char *overall = page_score(page, &past->overall);
    html_open(&page->html, "tr", NULL);
    html_element(&page->html, "th", HTML("scope", "row"), month);
    html_element(&page->html, "td", NULL, overall);
    for (guint p = 0; p < past->pillars->len; p++) {
        g_autofree char *score =
            page_score(page, &g_array_index(past->pillars, struct edition_score, p));
        html_element(&page->html, "td", NULL, score);
    }
    html_close(&page->html);
}

static void write_years_head(const struct page *page) {
    html_open(&page->html, "thead", NULL);
    html_open(&page->html, "tr", NULL);
    page_say(page, "th", HTML("scope", "col"), "site.column.month", NULL);
    page_say(page, "th", HTML("scope", "col"), "page.score", NULL);
    for (guint p = 0; p < page->place->pillars->len; p++) {
        const struct edition_pillar *pillar = g_ptr_array_index(page->place->pillars, p);
        html_element(&page->html, "th", HTML("scope", "col"),
                     pillar->label[words_language(page->words)]);
    }
    html_close(&page->html);
    html_close(&page->html);
}

/* One year apart, so that no report is in two rows. */
static void write_years(const struct page *page) {
    const GPtrArray *history = page->place->history;
    if (history->len == 0)
        return;
    page_section(page, "annees", "site.years");
    page_say(page, "p", NULL, "site.years.about", NULL);
    html_open(&page->html, "div",
              HTML("class", "bar-table", "role", "region", "aria-labelledby",
                   "table-years", "tabindex", "0"));
    html_open(&page->html, "table", NULL);
    page_say(page, "caption", HTML("id", "table-years"), "site.years.caption", NULL);
    write_years_head(page);
    html_open(&page->html, "tbody", NULL);
    for (guint i = history->len; i-- > 0;) {
        const struct edition_history *past = g_ptr_array_index(history, i);
        if ((page->edition->as_of - past->as_of) % 12 == 0)
            write_year(page, past);
    }
    for (int level = 0; level < 4; level++)
        html_close(&page->html);
}

void page_account(const struct page *page) {
    write_changes(page);
    write_mediation(page);
    write_robustness(page);
    write_years(page);
}
