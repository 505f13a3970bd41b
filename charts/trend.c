#include "trend.h"

#include "barometre/text.h"

#include "frame.h"
#include "key.h"
#include "lane.h"
#include "mark.h"
#include "rows.h"

#include <string.h>

enum {
    FIRST_X = 68,
    RIGHT_ROOM = 89, /* of a panel: its last figure, the next one's margin */
    HEAD = 30,       /* above the plot: the name */
    LANE = 28,       /* below the plot: alerts and gaps */
    DATES = 20,
    STRIP = 46, /* of a place without any measure */
    STRIP_HATCH = 32,
    MOST_STRIPS = 3,  /* more of them are panels */
    KEY_SPARE = 26,   /* the key takes two lines */
    ALERT_LINES = 44, /* one alert: two lines */
};

#define LEAST_PITCH 163.0
#define MOST_PITCH 250.0

int trend_columns(int panels) {
    if (panels <= 4)
        return panels <= 1 ? 1 : 2;
    return panels % 3 == 1 && panels % 4 != 1 ? 4 : 3;
}

/* Puts the places without a measure last, in their order; says how many have one. */
static int part_places(GPtrArray *places, const struct panel *axes) {
    g_autoptr(GPtrArray) empty = g_ptr_array_new();
    guint measured = 0;
    for (guint i = 0; i < places->len; i++) {
        if (trend_is_empty(places->pdata[i], axes))
            g_ptr_array_add(empty, places->pdata[i]);
        else
            places->pdata[measured++] = places->pdata[i];
    }
    for (guint i = 0; i < empty->len; i++)
        places->pdata[measured + i] = empty->pdata[i];
    return (int)measured;
}

/* The alerts of the months shown. */
static GPtrArray *shown_alerts(const GPtrArray *places, const struct panel *axes) {
    GPtrArray *alerts = g_ptr_array_new();
    for (guint i = 0; i < places->len; i++) {
        const struct edition_marketplace *place = places->pdata[i];
        for (guint k = 0; k < place->alerts->len; k++) {
            struct edition_alert *alert = place->alerts->pdata[k];
            if (alert->month >= axes->from && alert->month <= axes->to)
                g_ptr_array_add(alerts, alert);
        }
    }
    return alerts;
}

static int alert_rows(const struct trend *trend) {
    if (trend->alerts->len > LANE_MOST_NUMBERED)
        return 1;
    return ((int)trend->alerts->len + 2) / 3;
}

struct trend trend_lay_out(const struct subject *subject) {
    struct trend trend = {
        .places = edition_ranked(subject->edition),
        .axes = panel_of(subject->edition),
    };
    const int count = (int)trend.places->len;
    const int measured = part_places(trend.places, &trend.axes);
    const bool strips = measured > 0 && count - measured <= MOST_STRIPS;
    trend.alerts = shown_alerts(trend.places, &trend.axes);
    trend.panels = strips ? measured : count;
    trend.columns = trend_columns(trend.panels);
    trend.rows = (trend.panels + trend.columns - 1) / trend.columns;
    const double strips_height = STRIP * (count - trend.panels);
    trend.pitch_x = (FRAME_RIGHT - FIRST_X + RIGHT_ROOM - 48) / trend.columns;
    const double below = DATES + strips_height + alert_rows(&trend) * ALERT_LINES +
                         FRAME_FOOT + KEY_SPARE + 16;
    const double room = FRAME_HEIGHT - FRAME_TOP - below;
    trend.pitch_y = CLAMP(room / MAX(trend.rows, 1), LEAST_PITCH - 12, MOST_PITCH);
    const double bottom = FRAME_TOP + trend.pitch_y * trend.rows;
    trend.strips_y = bottom + DATES + 10;
    trend.alerts_y = bottom + DATES + strips_height + 32;
    trend.height = MAX(FRAME_HEIGHT, bottom + below);
    return trend;
}

void trend_clear(struct trend *trend) {
    g_ptr_array_unref(trend->places);
    g_ptr_array_unref(trend->alerts);
}

struct panel trend_panel(const struct trend *trend, int number) {
    struct panel panel = trend->axes;
    panel.x = FIRST_X + trend->pitch_x * (number % trend->columns);
    panel.y = FRAME_TOP + trend->pitch_y * (number / trend->columns) + HEAD;
    panel.width = trend->pitch_x - RIGHT_ROOM;
    panel.height = trend->pitch_y - HEAD - LANE;
    return panel;
}

/* The places that claim it, as a list, or as a count where `named` is false. */
static char *movers(const struct subject *subject, enum edition_claim claim, bool named,
                    int *count) {
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) ranked = edition_ranked(subject->edition);
    for (guint i = 0; i < ranked->len; i++) {
        const struct edition_marketplace *place = ranked->pdata[i];
        if (place->overall.trend.claim == claim)
            g_ptr_array_add(names, subject_name(place));
    }
    *count = (int)names->len;
    g_ptr_array_add(names, NULL);
    if (named)
        return words_list(subject->words, (const char *const *)names->pdata);
    g_autofree char *word = subject_count(subject, *count);
    const struct words_argument arguments[] = {{"count", word, *count}, {NULL, NULL, 0}};
    return words_say(subject->words, "trend.count", arguments);
}

static char *moved_title(const struct subject *subject, bool named) {
    int up_count, down_count;
    g_autofree char *up = movers(subject, CLAIM_IMPROVING, named, &up_count);
    g_autofree char *down = movers(subject, CLAIM_WORSENING, named, &down_count);
    const struct words_argument arguments[] = {
        {"up", up, up_count}, {"down", down, down_count}, {NULL, NULL, 0}};
    const char *key = up_count > 0 && down_count > 0 ? "trend.title.both"
                      : up_count > 0                 ? "trend.title.improving"
                                                     : "trend.title.worsening";
    return words_say(subject->words, key, arguments);
}

static int claims(const struct edition *edition, enum edition_claim claim) {
    int count = 0;
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place = edition->marketplaces->pdata[i];
        count += place->overall.trend.claim == claim;
    }
    return count;
}

char *trend_title(const struct subject *subject) {
    const struct edition *edition = subject->edition;
    if (edition->marketplaces->len == 0)
        return words_say(subject->words, "chart.empty", NULL);
    if (claims(edition, CLAIM_IMPROVING) + claims(edition, CLAIM_WORSENING) > 0) {
        char *const candidates[] = {moved_title(subject, true),
                                    moved_title(subject, false), NULL};
        return frame_title(g_memdup2(candidates, sizeof candidates), FRAME_MARGIN);
    }
    return words_say(subject->words,
                     claims(edition, CLAIM_NONE) > 0 ? "trend.title.none"
                                                     : "trend.title.unknown",
                     NULL);
}

/* What a change takes beside a name, its triangle included. */
static double change_advance(struct canvas *canvas, const char *change) {
    return change == NULL
               ? 0
               : typeface_extent(canvas->typeface, change, 15, 500).advance + 32;
}

/* The change in words, in fewer words where the whole name would not fit beside it. */
static char *change_beside(const struct subject *subject, struct canvas *canvas,
                           const struct edition_trend *trend, const char *name,
                           double room) {
    g_autofree char *change = subject_change(subject, trend);
    const double advance = typeface_extent(canvas->typeface, name, 17, 700).advance;
    if (change == NULL || advance + change_advance(canvas, change) <= room)
        return g_steal_pointer(&change);
    if (trend->claim == CLAIM_NONE) {
        /* Nothing is established: the name matters more than saying so. */
        g_autofree char *none = words_say(subject->words, "claim.none", NULL);
        return advance + change_advance(canvas, none) <= room ? g_steal_pointer(&none)
                                                              : NULL;
    }
    if (!trend->points.known)
        return g_steal_pointer(&change);
    g_autofree char *points = words_signed(subject->words, trend->points.value, 1);
    return subject_say(subject, "trend.change.bare", "points", points);
}

static void paint_head(const struct subject *subject, struct canvas *canvas,
                       const struct edition_marketplace *place,
                       const struct panel *panel) {
    const bool rated = place->overall.score.score.known;
    const struct edition_trend *trend = &place->overall.trend;
    const struct type bold = {17, 700, rated ? TOKEN_INK : TOKEN_MENTION, ANCHOR_START};
    const struct type grey = {15, 400, TOKEN_MENTION, ANCHOR_START};
    const double baseline = panel->y - 12, end = panel->x + panel->width + 70;
    const double room = (end - panel->x) / FRAME_SPARE;
    g_autofree char *name = subject_name(place);
    g_autofree char *change =
        rated ? change_beside(subject, canvas, trend, name, room) : NULL;
    g_autofree char *fitted = typeface_fit(canvas->typeface, name, 17, 700,
                                           room - change_advance(canvas, change));
    const double x =
        panel->x + canvas_text(canvas, panel->x, baseline, bold, fitted) + 14;
    if (change == NULL)
        return;
    if (trend->claim == CLAIM_NONE)
        canvas_text(canvas, x, baseline, grey, change);
    else
        mark_change(canvas, x, baseline, trend->claim == CLAIM_IMPROVING, change);
}

static const struct edition_marketplace *place_of(const struct trend *trend,
                                                  const struct edition_alert *alert) {
    for (guint i = 0; i < trend->places->len; i++) {
        const struct edition_marketplace *place = trend->places->pdata[i];
        if (g_ptr_array_find(place->alerts, alert, NULL))
            return place;
    }
    g_assert_not_reached();
}

char *trend_alert_text(const struct subject *subject, const struct trend *trend,
                       const struct edition_alert *alert) {
    const struct edition_marketplace *place = place_of(trend, alert);
    g_autofree char *name = subject_name(place);
    g_autofree char *month = words_month_short(subject->words, alert->month);
    g_autofree char *pillar = NULL;
    for (guint i = 0; i < place->pillars->len && pillar == NULL; i++) {
        const struct edition_pillar *own = place->pillars->pdata[i];
        if (strcmp(own->id, alert->pillar) == 0)
            pillar = text_clamp(own->label[words_language(subject->words)]);
    }
    const struct words_argument arguments[] = {
        {"place", name, 0},
        {"month", month, 0},
        {"pillar", pillar == NULL ? alert->pillar : pillar, 0},
        {NULL, NULL, 0}};
    return words_say(subject->words,
                     alert->own ? "trend.alert.own" : "trend.alert.general", arguments);
}

char *trend_alerts_text(const struct subject *subject, const struct trend *trend) {
    const struct words_argument arguments[] = {{"count", NULL, trend->alerts->len},
                                               {NULL, NULL, 0}};
    return words_say(subject->words, "trend.alerts.more", arguments);
}

static void paint_alert_list(const struct subject *subject, struct canvas *canvas,
                             const struct trend *trend) {
    const struct type grey = {15, 400, TOKEN_TEXT, ANCHOR_START};
    const struct type bold = {15, 700, TOKEN_ALERT, ANCHOR_START};
    if (trend->alerts->len > LANE_MOST_NUMBERED) {
        g_autofree char *text = trend_alerts_text(subject, trend);
        canvas_text(canvas, FRAME_MARGIN, trend->alerts_y, grey, text);
        return;
    }
    for (guint i = 0; i < trend->alerts->len; i++) {
        const struct edition_alert *alert = trend->alerts->pdata[i];
        const double x = FRAME_MARGIN + (i % 3) * 378;
        const double y = trend->alerts_y + (double)(i / 3) * ALERT_LINES;
        g_autofree char *text = trend_alert_text(subject, trend, alert);
        g_autofree char *number = g_strdup_printf("%u", i + 1);
        g_auto(GStrv) lines = typeface_wrap(canvas->typeface, text, 15, 400, 322, 2);
        mark_alert(canvas, x + 6, y - 1, alert->own);
        canvas_text(canvas, x + 16, y, bold, number);
        for (int line = 0; lines[line] != NULL; line++)
            canvas_text(canvas, x + 34, y + 20 * line, grey, lines[line]);
    }
}

struct key trend_key(const struct subject *subject, const struct trend *trend) {
    const bool interval = subject_has_intervals(subject->edition);
    struct key key = {.count = 0};
    if (subject_rated_count(subject->edition) == 0)
        key_add(&key, subject, KEY_HATCH, "chart.key.hatch");
    else
        key_add(&key, subject, interval ? KEY_SERIES : KEY_LINE,
                interval ? "trend.key.interval" : "trend.key.no_interval");
    if (subject_rated_count(subject->edition) >= SUBJECT_LEAST_FOR_MEDIAN)
        key_add(&key, subject, KEY_MEDIAN_LINE, "chart.key.median");
    bool movers = false, gaps = false;
    for (guint i = 0; i < trend->places->len; i++) {
        const struct edition_marketplace *place = trend->places->pdata[i];
        g_autoptr(GArray) own = series_gaps(place, &trend->axes);
        movers |= subject_moved(&place->overall.trend);
        gaps |= own->len > 0;
    }
    if (movers)
        key_add(&key, subject, KEY_CHANGE, "trend.key.change");
    if (gaps && subject_rated_count(subject->edition) > 0)
        key_add(&key, subject, KEY_HATCH, "chart.key.hatch.short");
    key_add_alerts(&key, subject, trend->alerts);
    return key;
}

static void paint_key(const struct subject *subject, struct canvas *canvas,
                      const struct trend *trend) {
    struct key key = trend_key(subject, trend);
    key_paint(&key, canvas);
}

bool trend_is_empty(const struct edition_marketplace *place, const struct panel *panel) {
    g_autoptr(GArray) gaps = series_gaps(place, panel);
    return gaps->len == 1 &&
           g_array_index(gaps, struct series_gap, 0).first == panel->from &&
           g_array_index(gaps, struct series_gap, 0).last == panel->to;
}

static void paint_panel(const struct subject *subject, struct canvas *canvas,
                        const struct trend *trend, int number) {
    const struct edition_marketplace *place = trend->places->pdata[number];
    const struct panel panel = trend_panel(trend, number);
    const bool rated = place->overall.score.score.known;
    const struct type figure = {17, 700, TOKEN_POINT, ANCHOR_START};
    const struct type grey = {15, 400, TOKEN_MENTION, ANCHOR_START};
    const double right = panel.x + panel.width + 12;
    paint_head(subject, canvas, place, &panel);
    if (trend_is_empty(place, &panel)) {
        g_autofree char *reason = subject_place_reason(subject, place);
        mark_insufficient(canvas, panel.x, panel.y, panel.width, panel.height, reason);
    } else {
        panel_paint_grid(canvas, subject->edition, &panel, number % trend->columns == 0);
        series_paint(subject, canvas, place, &panel);
        lane_paint(subject, canvas, trend->alerts, place, &panel);
    }
    const struct scale scores = panel_scores(&panel);
    const double y = rated ? scale_px(&scores, place->overall.score.score.value)
                           : panel.y + panel.height / 2;
    g_autofree char *value =
        rated ? subject_score(subject, place->overall.score.score.value)
              : words_say(subject->words, "unknown.short", NULL);
    canvas_text(canvas, right, MIN(y + 6, panel.y + panel.height - 1),
                rated ? figure : grey, value);
    if (number + trend->columns >= trend->panels)
        panel_paint_months(subject, canvas, &panel, panel.y + panel.height + LANE + 18);
}

/* A place without any measure takes a line and no panel: there is nothing to see in it
 * but the reason. */
static void paint_strip(const struct subject *subject, struct canvas *canvas,
                        const struct trend *trend, int number) {
    const struct edition_marketplace *place = trend->places->pdata[number];
    const struct panel last = trend_panel(trend, trend->columns - 1);
    const double left = trend->columns > 1 ? trend_panel(trend, 1).x : FIRST_X + 300;
    const double right = last.x + last.width;
    const double y = trend->strips_y + STRIP * (number - trend->panels + 0.5);
    const struct type grey = {15, 400, TOKEN_MENTION, ANCHOR_START};
    g_autofree char *reason = subject_place_reason(subject, place);
    g_autofree char *unknown = words_say(subject->words, "unknown.short", NULL);
    rows_paint_name(canvas, place, FIRST_X, left - 14, y);
    mark_insufficient(canvas, left, y - STRIP_HATCH / 2.0, right - left, STRIP_HATCH,
                      reason);
    canvas_text(canvas, right + 12, y + 5.4, grey, unknown);
}

char *trend_subtitle(const struct subject *subject, const struct trend *trend) {
    g_autofree char *from = words_month(subject->words, trend->axes.from);
    g_autofree char *to = words_month(subject->words, trend->axes.to);
    const struct words_argument months[] = {
        {"from", from, 0}, {"to", to, 0}, {NULL, NULL, 0}};
    g_autofree char *period = words_say(subject->words, "chart.period", months);
    return subject_say(subject, "trend.subtitle", "period", period);
}

void trend_draw(const struct subject *subject, struct canvas *canvas) {
    struct trend trend = trend_lay_out(subject);
    canvas->height = trend.height;
    g_autofree char *subtitle = trend_subtitle(subject, &trend);
    frame_paint(canvas, FRAME_MARGIN, subtitle);
    for (int i = 0; i < trend.panels; i++)
        paint_panel(subject, canvas, &trend, i);
    for (int i = trend.panels; i < (int)trend.places->len; i++)
        paint_strip(subject, canvas, &trend, i);
    paint_alert_list(subject, canvas, &trend);
    if (trend.places->len > 0)
        paint_key(subject, canvas, &trend);
    trend_clear(&trend);
}
