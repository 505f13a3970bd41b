#include "barometre/chart.h"

#include "barometre/error.h"
#include "barometre/month.h"

#include "canvas.h"
#include "chart_paint.h"
#include "coverage.h"
#include "frame.h"
#include "funnel.h"
#include "heatmap.h"
#include "notice.h"
#include "pillars.h"
#include "place.h"
#include "ranking.h"
#include "response.h"
#include "robustness.h"
#include "share.h"
#include "signatories.h"
#include "subject.h"
#include "trend.h"

#include <string.h>

#define MOST_DESCRIPTION_CHARACTERS 250
#define PLACE_PREFIX "place-"

struct chart {
    const char *id; /* and the family of its messages */
    char *(*title)(const struct subject *subject);
    /* By layout; NULL where the chart has none. */
    void (*draw[CHART_LAYOUTS])(const struct subject *subject, struct canvas *canvas);
};

static const struct chart charts[] = {
    {"ranking", ranking_title, {ranking_draw, ranking_draw_narrow}},
    {"pillars", pillars_title, {pillars_draw, pillars_draw_narrow}},
    {"trend", trend_title, {trend_draw, trend_draw_narrow}},
    {"funnel", funnel_title, {funnel_draw, funnel_draw_narrow}},
    {"response", response_title, {response_draw, response_draw_narrow}},
    {"notice", notice_title, {notice_draw, notice_draw_narrow}},
    {"signatories", signatories_title, {signatories_draw, signatories_draw_narrow}},
    {"robustness", robustness_title, {robustness_draw, robustness_draw_narrow}},
    {"heatmap", heatmap_title, {heatmap_draw, heatmap_draw_narrow}},
    {"coverage", coverage_title, {coverage_draw, coverage_draw_narrow}},
    {"share", share_title, {share_draw, NULL}},
};

static const struct chart card = {"place", place_title, {place_draw, place_draw_narrow}};

char **chart_ids(const struct edition *edition) {
    GPtrArray *ids = g_ptr_array_new();
    for (size_t i = 0; i < G_N_ELEMENTS(charts); i++)
        g_ptr_array_add(ids, g_strdup(charts[i].id));
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place = edition->marketplaces->pdata[i];
        g_ptr_array_add(ids, g_strconcat(PLACE_PREFIX, place->id, NULL));
    }
    g_ptr_array_add(ids, NULL);
    return (char **)g_ptr_array_free(ids, FALSE);
}

/* The chart of an id; a card also finds its place. */
static const struct chart *chart_find(const char *id, struct subject *subject,
                                      GError **error) {
    for (size_t i = 0; i < G_N_ELEMENTS(charts); i++) {
        if (strcmp(charts[i].id, id) == 0)
            return &charts[i];
    }
    const GPtrArray *places = subject->edition->marketplaces;
    for (guint i = 0; g_str_has_prefix(id, PLACE_PREFIX) && i < places->len; i++) {
        const struct edition_marketplace *place = places->pdata[i];
        if (strcmp(place->id, id + strlen(PLACE_PREFIX)) != 0)
            continue;
        subject->place = place;
        return &card;
    }
    g_auto(GStrv) ids = chart_ids(subject->edition);
    g_autofree char *list = g_strjoinv(", ", ids);
    g_autofree char *shown = g_utf8_make_valid(id, -1);
    g_set_error(error, BAROMETRE_ERROR, ERROR_USAGE,
                "chart:%s: no chart has this id, choose one of %s", shown, list);
    return NULL;
}

char *chart_title(const struct edition *edition, const char *chart_id,
                  const struct words *words, GError **error) {
    struct subject subject = {edition, NULL, words};
    const struct chart *chart = chart_find(chart_id, &subject, error);
    return chart == NULL ? NULL : chart->title(&subject);
}

/* "Sans données suffisantes : A et B." or, where `named` is false, how many. */
static char *say_insufficient(const struct subject *subject, bool named) {
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) ranked = edition_ranked(subject->edition);
    for (guint i = 0; i < ranked->len; i++) {
        const struct edition_marketplace *place = ranked->pdata[i];
        if (!place->overall.score.score.known)
            g_ptr_array_add(names, subject_name(place));
    }
    const guint count = names->len;
    if (count == 0 || subject->place != NULL)
        return NULL;
    g_ptr_array_add(names, NULL);
    g_autofree char *list =
        named ? words_list(subject->words, (const char *const *)names->pdata)
              : subject_count(subject, count);
    return subject_say(subject, "chart.description.insufficient", "names", list);
}

/* The parts that there are, as one paragraph. */
static char *join_parts(const char *const *parts, int count) {
    GString *text = g_string_new(NULL);
    for (int i = 0; i < count; i++) {
        if (parts[i] != NULL && *parts[i] != '\0')
            g_string_append_printf(text, "%s%s", text->len > 0 ? " " : "", parts[i]);
    }
    return g_string_free(text, FALSE);
}

static char *describe(const struct chart *chart, const struct subject *subject) {
    g_autofree char *kind_key = g_strconcat(chart->id, ".kind", NULL);
    g_autofree char *kind = words_say(subject->words, kind_key, NULL);
    g_autofree char *bare = chart->title(subject);
    g_autofree char *title = g_strconcat(bare, ".", NULL);
    g_autofree char *period = subject_period(subject);
    g_autofree char *named = say_insufficient(subject, true);
    g_autofree char *counted = say_insufficient(subject, false);
    g_autofree char *table = words_say(subject->words, "chart.description.table", NULL);
    const char *const choices[][5] = {
        {kind, title, period, named, table},
        {kind, title, period, counted, table},
        {title, period, counted, table, NULL},
        {title, period, NULL, NULL, NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(choices); i++) {
        g_autofree char *text = join_parts(choices[i], G_N_ELEMENTS(choices[i]));
        if (g_utf8_strlen(text, -1) <= MOST_DESCRIPTION_CHARACTERS)
            return g_steal_pointer(&text);
    }
    return g_utf8_substring(bare, 0,
                            MIN(g_utf8_strlen(bare, -1), MOST_DESCRIPTION_CHARACTERS));
}

char *chart_description(const struct edition *edition, const char *chart_id,
                        const struct words *words, GError **error) {
    struct subject subject = {edition, NULL, words};
    const struct chart *chart = chart_find(chart_id, &subject, error);
    return chart == NULL ? NULL : describe(chart, &subject);
}

const char *chart_layout_name(enum chart_layout layout) {
    static const char *const names[] = {[CHART_WIDE] = "wide", [CHART_NARROW] = "narrow"};
    return names[layout];
}

bool chart_has_layout(const char *chart_id, enum chart_layout layout) {
    for (size_t i = 0; i < G_N_ELEMENTS(charts); i++) {
        if (strcmp(charts[i].id, chart_id) == 0)
            return charts[i].draw[layout] != NULL;
    }
    return g_str_has_prefix(chart_id, PLACE_PREFIX) && card.draw[layout] != NULL;
}

static bool check_layout(const struct chart *chart, enum chart_layout layout,
                         GError **error) {
    if (chart->draw[layout] != NULL)
        return true;
    g_set_error(error, BAROMETRE_ERROR, ERROR_USAGE,
                "chart:%s: has no %s layout, ask for the wide one", chart->id,
                chart_layout_name(layout));
    return false;
}

const char *chart_format_suffix(enum chart_format format) {
    static const char *const suffixes[] = {[CHART_SVG] = "svg",
                                           [CHART_PNG] = "png",
                                           [CHART_OUTLINES] = "outlines.svg",
                                           [CHART_PDF] = "pdf"};
    return suffixes[format];
}

static struct canvas *paint(const struct chart_order *order,
                            const struct edition *edition, GError **error) {
    const struct chart_style *style = &order->style;
    struct subject subject = {edition, NULL, order->words};
    const struct chart *chart = chart_find(order->chart_id, &subject, error);
    if (chart == NULL || !check_layout(chart, style->layout, error))
        return NULL;
    const struct typeface *typeface = typeface_open(error);
    if (typeface == NULL)
        return NULL;
    struct canvas *canvas =
        canvas_new(typeface, order->chart_id, words_language(order->words));
    canvas->width = style->layout == CHART_NARROW ? FRAME_NARROW_WIDTH : FRAME_WIDTH;
    canvas->height = FRAME_HEIGHT;
    g_autofree char *title = chart->title(&subject);
    g_autofree char *description = describe(chart, &subject);
    canvas_name(canvas, title, description);
    canvas->author = words_say(order->words, "chart.author", NULL);
    canvas->source = frame_source(&subject);
    if (style->theme != NULL || style->tone != THEME_LIGHT)
        canvas->colours = theme_colours(
            style->theme != NULL ? style->theme : theme_shipped(), style->tone);
    char day[DAY_TEXT_SIZE];
    day_format(month_last_day(edition->as_of), day);
    canvas->day = g_strdup(day);
    chart->draw[style->layout](&subject, canvas);
    if (style->layout == CHART_NARROW)
        canvas->density = frame_narrow_density(canvas->height);
    return canvas;
}

struct canvas *chart_paint_in(const struct edition *edition, const char *chart_id,
                              const struct words *words, enum chart_layout layout,
                              GError **error) {
    const struct chart_order order = {chart_id, words, {.layout = layout}, NULL};
    return paint(&order, edition, error);
}

struct canvas *chart_paint(const struct edition *edition, const char *chart_id,
                           const struct words *words, GError **error) {
    return chart_paint_in(edition, chart_id, words, CHART_WIDE, error);
}

bool chart_fill_order(const struct edition *edition, struct chart_order *order,
                      GError **error) {
    static GBytes *(*const writers[])(const struct canvas *) = {
        [CHART_SVG] = canvas_svg,
        [CHART_PNG] = canvas_png,
        [CHART_OUTLINES] = canvas_outlines,
        [CHART_PDF] = canvas_pdf,
    };
    scoped(canvas) *canvas = paint(order, edition, error);
    if (canvas != NULL)
        order->picture = writers[order->style.format](canvas);
    return canvas != NULL;
}

GBytes *chart_draw(const struct edition *edition, const char *chart_id,
                   const struct words *words, enum chart_layout layout,
                   enum chart_format format, GError **error) {
    struct chart_order order = {
        chart_id, words, {.layout = layout, .format = format}, NULL};
    return chart_fill_order(edition, &order, error) ? order.picture : NULL;
}
