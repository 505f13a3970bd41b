/* The numbers and the texts behind the scores, from method.json and legal.json. */
#include "page.h"

#include <string.h>

enum { SENTENCES = 10 };

void page_ten(const struct page *page) {
    html_open(&page->html, "ol", HTML("class", "bar-ten"));
    for (int i = 1; i <= SENTENCES; i++) {
        g_autofree char *key = g_strdup_printf("site.ten.%02d", i);
        page_say(page, "li", NULL, key, NULL);
    }
    html_close(&page->html);
}

static const char *text_of(const struct page *page, const json_t *bilingual) {
    const char *text = json_string_value(
        json_object_get(bilingual, words_code(words_language(page->words))));
    return text != NULL ? text : "";
}

/* "base-p2b-4-1": only letters, digits and hyphens. */
static char *basis_id(const char *id) {
    char *name = g_strconcat("base-", id, NULL);
    for (char *c = name; *c != '\0'; c++)
        *c = g_ascii_isalnum(*c) ? g_ascii_tolower(*c) : '-';
    return name;
}

static bool has_basis(const struct page *page, const char *id) {
    size_t i;
    json_t *basis;
    json_array_foreach(json_object_get(page->legal, "bases"), i, basis) {
        if (g_strcmp0(json_string_value(json_object_get(basis, "id")), id) == 0)
            return true;
    }
    return false;
}

void page_bases(const struct page *page, char *const *ids) {
    g_autofree char *method = page_path(PAGE_METHOD, words_language(page->words), NULL);
    g_autofree char *path =
        page->kind == PAGE_METHOD ? g_strdup("") : page_link(page, method);
    bool any = false;
    for (; ids != NULL && *ids != NULL; ids++) {
        if (!has_basis(page, *ids))
            continue;
        if (!any)
            html_open(&page->html, "ul", HTML("class", "bar-basis"));
        any = true;
        g_autofree char *name = basis_id(*ids);
        g_autofree char *link = g_strconcat(path, "#", name, NULL);
        html_open(&page->html, "li", NULL);
        html_element(&page->html, "a", HTML("href", link), *ids);
        html_close(&page->html);
    }
    if (any)
        html_close(&page->html);
}

static void open_table(const struct page *page, const char *id, const char *caption,
                       const char *const *heads) {
    html_open(&page->html, "div",
              HTML("class", "bar-table", "role", "region", "aria-labelledby", id,
                   "tabindex", "0"));
    html_open(&page->html, "table", NULL);
    page_say(page, "caption", HTML("id", id), caption, NULL);
    html_open(&page->html, "thead", NULL);
    html_open(&page->html, "tr", NULL);
    for (; *heads != NULL; heads++)
        page_say(page, "th", HTML("scope", "col"), *heads, NULL);
    html_close(&page->html);
    html_close(&page->html);
    html_open(&page->html, "tbody", NULL);
}

static void close_table(const struct page *page) {
    for (int level = 0; level < 3; level++)
        html_close(&page->html);
}

static void write_basis(const struct page *page, const json_t *basis, GHashTable *met) {
    const char *id = json_string_value(json_object_get(basis, "id"));
    const char *article = json_string_value(json_object_get(basis, "article"));
    const char *from = json_string_value(json_object_get(basis, "valid_from"));
    const char *to = json_string_value(json_object_get(basis, "valid_to"));
    const char *mark = json_string_value(json_object_get(basis, "mark"));
    if (id == NULL)
        return;
    g_autofree char *name = basis_id(id);
    g_autofree char *act =
        g_strconcat(text_of(page, json_object_get(basis, "text")),
                    article != NULL ? ", " : "", article != NULL ? article : "", NULL);
    g_autofree char *dates =
        g_strconcat(from != NULL ? from : "?", " –", to != NULL ? " " : "",
                    to != NULL ? to : "", NULL);
    /* Wordings that follow each other have one id: the first of them is linked to. */
    const bool first = g_hash_table_add(met, g_strdup(name));
    html_open(&page->html, "tr", first ? HTML("id", name) : NULL);
    html_element(&page->html, "th", HTML("scope", "row"), id);
    html_element(&page->html, "td", NULL, act);
    html_element(&page->html, "td", NULL,
                 text_of(page, json_object_get(basis, "sentence")));
    html_element(&page->html, "td", NULL, dates);
    page_say(page, "td", NULL,
             g_strcmp0(mark, "V-text") == 0 || g_strcmp0(mark, "V") == 0
                 ? "site.law.read"
                 : "site.law.unread",
             NULL);
    html_close(&page->html);
}

static void write_law(const struct page *page) {
    static const char *const heads[] = {"site.law.id",   "site.law.act",
                                        "site.law.asks", "site.law.dates",
                                        "site.law.mark", NULL};
    const json_t *bases = json_object_get(page->legal, "bases");
    if (!json_is_array(bases))
        return;
    g_autoptr(GHashTable) met =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    page_section(page, "textes", "site.law");
    page_say(page, "p", NULL, "site.law.about", NULL);
    open_table(page, "table-law", "site.law.caption", heads);
    size_t i;
    json_t *basis;
    json_array_foreach(bases, i, basis) {
        write_basis(page, basis, met);
    }
    close_table(page);
    html_close(&page->html);
}

static char **strings(const json_t *array) {
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    size_t i;
    json_t *text;
    json_array_foreach(array, i, text) {
        if (json_is_string(text))
            g_strv_builder_add(builder, json_string_value(text));
    }
    return g_strv_builder_end(builder);
}

static void write_indicator(const struct page *page, const json_t *pillar,
                            const json_t *indicator) {
    const char *kind = json_string_value(json_object_get(indicator, "kind"));
    const json_t *days = json_object_get(json_object_get(indicator, "answer"), "days");
    g_autofree char *key = g_strconcat("site.kind.", kind != NULL ? kind : "", NULL);
    g_auto(GStrv) bases = strings(json_object_get(indicator, "basis"));
    g_autofree char *weight = words_number(
        page->words, json_number_value(json_object_get(indicator, "weight")), 0);
    g_autofree char *within = json_integer_value(days) > 0
                                  ? words_number(page->words, json_number_value(days), 0)
                                  : g_strdup("–");
    html_open(&page->html, "tr", NULL);
    html_element(&page->html, "th", HTML("scope", "row"),
                 text_of(page, json_object_get(indicator, "label")));
    html_element(&page->html, "td", NULL,
                 text_of(page, json_object_get(pillar, "label")));
    page_say(page, "td", NULL, words_has(page->words, key) ? key : "site.kind.other",
             NULL);
    html_element(&page->html, "td", NULL, within);
    html_element(&page->html, "td", NULL, weight);
    html_open(&page->html, "td", NULL);
    if (bases[0] != NULL)
        page_bases(page, bases);
    else
        html_text(&page->html, "–");
    html_close(&page->html);
    html_close(&page->html);
}

static void write_indicators(const struct page *page) {
    static const char *const heads[] = {"site.column.indicator",
                                        "site.column.pillar",
                                        "site.column.kind",
                                        "site.column.days",
                                        "site.column.weight",
                                        "site.law.id",
                                        NULL};
    page_section(page, "indicateurs", "site.rules.indicators");
    page_say(page, "p", NULL, "site.rules.indicators.about", NULL);
    open_table(page, "table-indicators-method", "site.rules.indicators.caption", heads);
    size_t p, i;
    json_t *pillar, *indicator;
    json_array_foreach(json_object_get(page->method, "pillars"), p, pillar) {
        json_array_foreach(json_object_get(pillar, "indicators"), i, indicator) {
            write_indicator(page, pillar, indicator);
        }
    }
    close_table(page);
    html_close(&page->html);
}

/* A number of the method by its way in the document; NULL where it has none. */
static const json_t *number_at(const json_t *method, const char *way) {
    g_auto(GStrv) keys = g_strsplit(way, ".", -1);
    for (char **key = keys; *key != NULL; key++)
        method = json_object_get(method, *key);
    return json_is_number(method) ? method : NULL;
}

static void write_settings(const struct page *page) {
    static const char *const heads[] = {"site.rules.setting", "site.rules.value", NULL};
    static const struct {
        const char *way, *key;
        int decimals;
    } settings[] = {
        {"window_months", "site.rule.window", 0},
        {"draws", "site.rule.draws", 0},
        {"interval", "site.rule.interval", 2},
        {"gates.pillar.firms", "site.rule.pillar_firms", 0},
        {"gates.pillar.changes", "site.rule.pillar_changes", 0},
        {"gates.pillar.indicators", "site.rule.pillar_indicators", 0},
        {"gates.pillar.answers", "site.rule.pillar_answers", 0},
        {"gates.pillar.width", "site.rule.pillar_width", 0},
        {"gates.established.firms", "site.rule.established_firms", 0},
        {"gates.established.width", "site.rule.established_width", 0},
        {"gates.overall.width", "site.rule.overall_width", 0},
        {"gates.indicator.answers", "site.rule.indicator_answers", 0},
        {"claims.ahead", "site.rule.ahead", 2},
        {"claims.median", "site.rule.median", 2},
        {"claims.trend", "site.rule.trend", 2},
        {"claims.trend_points", "site.rule.trend_points", 0},
        {"incidence.best_rate", "site.rule.best_rate", 1},
        {"incidence.worst_rate", "site.rule.worst_rate", 1},
        {"alert.ratio", "site.rule.alert_ratio", 0},
        {"alert.likelihood", "site.rule.alert_likelihood", 0},
        {"disclosure_threshold", "site.rule.disclosure", 0},
    };
    page_section(page, "seuils", "site.rules");
    page_say(page, "p", NULL, "site.rules.about", NULL);
    open_table(page, "table-rules", "site.rules.caption", heads);
    for (gsize s = 0; s < G_N_ELEMENTS(settings); s++) {
        const json_t *number = number_at(page->method, settings[s].way);
        if (number == NULL)
            continue;
        g_autofree char *said =
            words_number(page->words, json_number_value(number), settings[s].decimals);
        html_open(&page->html, "tr", NULL);
        page_say(page, "th", HTML("scope", "row"), settings[s].key, NULL);
        html_element(&page->html, "td", NULL, said);
        html_close(&page->html);
    }
    close_table(page);
    html_close(&page->html);
}

void page_rules(const struct page *page) {
    if (json_is_object(page->method)) {
        write_indicators(page);
        write_settings(page);
    }
    write_law(page);
}
