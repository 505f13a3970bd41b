#include "barometre/night.h"

#include "barometre/month.h"
#include "html.h"

#include <string.h>

struct sheet {
    struct html html;
    const struct night_page *night;
};

void night_reject_free(struct night_reject *reject) {
    g_free(reject->rule);
    g_free(reject->remedy);
    g_ptr_array_unref(reject->places);
    g_free(reject);
}

static void say(const struct sheet *sheet, const char *name,
                const char *const *attributes, const char *key,
                const struct words_argument *arguments) {
    g_autofree char *message = words_say(sheet->night->words, key, arguments);
    html_element(&sheet->html, name, attributes, message);
}

static void close_all(const struct sheet *sheet, int levels) {
    while (levels-- > 0)
        html_close(&sheet->html);
}

static void open_section(const struct sheet *sheet, const char *key) {
    html_open(&sheet->html, "section", HTML("class", "bar-section"));
    say(sheet, "h2", NULL, key, NULL);
}

static void open_table(const struct sheet *sheet, const char *caption,
                       const char *const *heads) {
    g_autofree char *id = g_strdelimit(g_strdup(caption), ".", '-');
    html_open(&sheet->html, "div",
              HTML("class", "bar-table", "role", "region", "tabindex", "0",
                   "aria-labelledby", id));
    html_open(&sheet->html, "table", NULL);
    say(sheet, "caption", HTML("id", id), caption, NULL);
    html_open(&sheet->html, "thead", NULL);
    html_open(&sheet->html, "tr", NULL);
    for (; *heads != NULL; heads++)
        say(sheet, "th", HTML("scope", "col"), *heads, NULL);
    close_all(sheet, 2);
    html_open(&sheet->html, "tbody", NULL);
}

static void number_cell(const struct sheet *sheet, int64_t number) {
    g_autofree char *said = words_number(sheet->night->words, (double)number, 0);
    html_element(&sheet->html, "td", NULL, said);
}

static int64_t member(const json_t *row, const char *name) {
    return json_integer_value(json_object_get(row, name));
}

static const char *text_member(const json_t *row, const char *name) {
    const char *text = json_string_value(json_object_get(row, name));
    return text != NULL ? text : "–";
}

static void write_verdict(const struct sheet *sheet) {
    const struct night_page *night = sheet->night;
    g_autofree char *key = g_strconcat("night.verdict.", night->verdict, NULL);
    const bool good = night->exit_status == 0;
    html_open(&sheet->html, "div",
              HTML("class", good ? "bar-verdict" : "bar-verdict bar-refused"));
    say(sheet, "p", HTML("class", "bar-lead"),
        words_has(night->words, key) ? key : "night.verdict.failed",
        (struct words_argument[]){{"code", NULL, night->exit_status}, {NULL}});
    size_t i;
    json_t *problem;
    json_array_foreach(night->problems, i, problem) {
        html_element(&sheet->html, "p", NULL, json_string_value(problem));
    }
    if (!good)
        say(sheet, "p", NULL, "night.site.stays", NULL);
    html_open(&sheet->html, "p", NULL);
    say(sheet, "span", NULL, "night.next", NULL);
    html_text(&sheet->html, " ");
    html_element(&sheet->html, "code", NULL,
                 good ? "barometre status" : "barometre rejects");
    close_all(sheet, 2);
}

static void write_sources(const struct sheet *sheet) {
    static const char *const heads[] = {"night.export",         "site.column.profile",
                                        "night.records",        "site.column.stored",
                                        "site.column.updated",  "site.column.duplicates",
                                        "site.column.rejected", NULL};
    static const char *const counts[] = {"records", "stored", "updated", "duplicates",
                                         "rejected"};
    open_section(sheet, "night.sources");
    say(sheet, "p", NULL, "night.sources.about", NULL);
    if (json_array_size(sheet->night->sources) == 0) {
        say(sheet, "p", NULL, "night.sources.none", NULL);
        close_all(sheet, 1);
        return;
    }
    open_table(sheet, "night.sources.caption", heads);
    size_t i;
    json_t *row;
    json_array_foreach(sheet->night->sources, i, row) {
        html_open(&sheet->html, "tr", NULL);
        html_element(&sheet->html, "th", HTML("scope", "row"), text_member(row, "name"));
        html_element(&sheet->html, "td", NULL, text_member(row, "profile"));
        for (gsize c = 0; c < G_N_ELEMENTS(counts); c++)
            number_cell(sheet, member(row, counts[c]));
        close_all(sheet, 1);
    }
    close_all(sheet, 4);
}

static void write_reject(const struct sheet *sheet, const struct night_reject *reject) {
    html_open(&sheet->html, "tr", NULL);
    html_element(&sheet->html, "th", HTML("scope", "row"), reject->rule);
    number_cell(sheet, reject->count);
    html_open(&sheet->html, "td", NULL);
    html_open(&sheet->html, "ul", NULL);
    for (guint i = 0; i < reject->places->len; i++) {
        html_open(&sheet->html, "li", NULL);
        html_element(&sheet->html, "code", NULL, g_ptr_array_index(reject->places, i));
        close_all(sheet, 1);
    }
    close_all(sheet, 2);
    html_element(&sheet->html, "td", NULL, reject->remedy);
    close_all(sheet, 1);
}

static void write_rejects(const struct sheet *sheet) {
    static const char *const heads[] = {"night.rule", "night.count", "night.where",
                                        "night.remedy", NULL};
    const GPtrArray *rejects = sheet->night->rejects;
    open_section(sheet, "night.rejects");
    if (rejects == NULL || rejects->len == 0) {
        say(sheet, "p", NULL, "cli.rejects.none", NULL);
        close_all(sheet, 1);
        return;
    }
    say(sheet, "p", NULL, "night.rejects.about", NULL);
    open_table(sheet, "night.rejects.caption", heads);
    for (guint i = 0; i < rejects->len; i++)
        write_reject(sheet, g_ptr_array_index(rejects, i));
    close_all(sheet, 4);
}

static void score_cell(const struct sheet *sheet, const struct edition_score *score) {
    const struct words *words = sheet->night->words;
    if (score == NULL || !score->score.known) {
        say(sheet, "td", NULL, "unknown.short", NULL);
        return;
    }
    g_autofree char *value = words_number(words, score->score.value, 1);
    html_element(&sheet->html, "td", NULL, value);
}

static const struct edition_score *month_before(const struct edition_marketplace *place,
                                                int32_t as_of) {
    for (guint i = 0; i < place->history->len; i++) {
        const struct edition_history *past = g_ptr_array_index(place->history, i);
        if (past->as_of == as_of - 1)
            return &past->overall;
    }
    return NULL;
}

static void write_place(const struct sheet *sheet,
                        const struct edition_marketplace *place) {
    const struct words *words = sheet->night->words;
    const int32_t as_of = sheet->night->provisional->as_of;
    const struct edition_score *now = &place->overall.score;
    const struct edition_score *before = month_before(place, as_of);
    guint alerts = 0;
    for (guint i = 0; i < place->alerts->len; i++) {
        const struct edition_alert *alert = g_ptr_array_index(place->alerts, i);
        alerts += alert->month == as_of;
    }
    html_open(&sheet->html, "tr", NULL);
    html_element(&sheet->html, "th", HTML("scope", "row"), place->name);
    score_cell(sheet, now);
    score_cell(sheet, before);
    if (now->score.known && before != NULL && before->score.known) {
        g_autofree char *change =
            words_signed(words, now->score.value - before->score.value, 1);
        html_element(&sheet->html, "td", NULL, change);
    } else {
        say(sheet, "td", NULL, "unknown.short", NULL);
    }
    number_cell(sheet, alerts);
    close_all(sheet, 1);
}

static void write_provisional(const struct sheet *sheet) {
    static const char *const heads[] = {"site.column.place", "night.now",
                                        "night.before",      "night.change",
                                        "night.alerts",      NULL};
    const struct edition *edition = sheet->night->provisional;
    if (edition == NULL)
        return;
    g_autofree char *month = words_month(sheet->night->words, edition->as_of);
    g_autoptr(GPtrArray) ranked = edition_ranked(edition);
    open_section(sheet, "night.provisional");
    say(sheet, "p", NULL, "night.provisional.about",
        (struct words_argument[]){{"month", month, 0}, {NULL}});
    open_table(sheet, "night.provisional.caption", heads);
    for (guint i = 0; i < ranked->len; i++)
        write_place(sheet, g_ptr_array_index(ranked, i));
    close_all(sheet, 3);
    if (sheet->night->front != NULL) {
        html_open(&sheet->html, "p", HTML("class", "bar-more"));
        say(sheet, "a", HTML("href", sheet->night->front), "night.front", NULL);
        close_all(sheet, 1);
    }
    close_all(sheet, 1);
}

static void write_lines(const struct sheet *sheet) {
    open_section(sheet, "night.lines");
    html_open(&sheet->html, "ul", HTML("class", "bar-list"));
    for (char **line = sheet->night->lines; *line != NULL; line++)
        if (**line != '\0')
            html_element(&sheet->html, "li", NULL, *line);
    close_all(sheet, 2);
}

static void write_head(const struct sheet *sheet, const char *name) {
    g_autofree char *title = g_strconcat(name, " – ", sheet->night->title, NULL);
    html_open(&sheet->html, "head", NULL);
    html_void(&sheet->html, "meta", HTML("charset", "utf-8"));
    html_void(&sheet->html, "meta",
              HTML("name", "viewport", "content", "width=device-width, initial-scale=1"));
    html_void(&sheet->html, "meta",
              HTML("name", "robots", "content", "noindex, nofollow"));
    html_void(&sheet->html, "meta",
              HTML("name", "color-scheme", "content", "light dark"));
    html_element(&sheet->html, "title", NULL, title);
    html_void(&sheet->html, "link",
              HTML("rel", "stylesheet", "href", sheet->night->sheet));
    close_all(sheet, 1);
}

GBytes *night_write(const struct night_page *night) {
    struct sheet sheet = {.night = night};
    g_autofree char *month = words_month(night->words, night->as_of);
    g_autofree char *name =
        words_say(night->words, "night.heading",
                  (struct words_argument[]){{"month", month, 0}, {NULL}});
    html_begin(&sheet.html);
    html_doctype(&sheet.html);
    html_open(&sheet.html, "html",
              HTML("lang", words_code(words_language(night->words))));
    write_head(&sheet, name);
    html_open(&sheet.html, "body", HTML("class", "bar bar-internal"));
    html_open(&sheet.html, "header", HTML("class", "bar-internal-bar"));
    say(&sheet, "p", HTML("class", "bar-inner"), "night.internal", NULL);
    close_all(&sheet, 1);
    html_open(&sheet.html, "main", HTML("class", "bar-inner"));
    html_element(&sheet.html, "h1", NULL, name);
    write_verdict(&sheet);
    write_sources(&sheet);
    write_rejects(&sheet);
    write_provisional(&sheet);
    write_lines(&sheet);
    close_all(&sheet, 3);
    return html_finish(&sheet.html);
}
