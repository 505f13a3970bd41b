#include "frame.h"
#include "lane.h"
#include "mark.h"
#include "rows.h"
#include "trend.h"

enum {
    LEFT = 24,
    PLOT_LEFT = 66,
    PLOT_RIGHT = 474,
    PLOT_HEIGHT = 92,
    VALUE_X = 488,
    LANE_HEIGHT = 32, /* below the plot: alerts and gaps, where there are any */
};

static const struct type grey = {24, 400, TOKEN_MENTION, ANCHOR_START};

static bool has_lane(const struct trend *trend, const struct edition_marketplace *place) {
    g_autoptr(GArray) gaps = series_gaps(place, &trend->axes);
    bool any = gaps->len > 0;
    for (guint i = 0; i < trend->alerts->len; i++)
        any |= g_ptr_array_find(place->alerts, trend->alerts->pdata[i], NULL);
    return any;
}

static void paint_figure(const struct subject *subject, struct canvas *canvas,
                         const struct panel *panel,
                         const struct edition_marketplace *place) {
    const struct type figure = {26, 700, TOKEN_POINT, ANCHOR_START};
    const struct scale scores = panel_scores(panel);
    const struct edition_number score = place->overall.score.score;
    if (!score.known) {
        g_autofree char *unknown = words_say(subject->words, "unknown.short", NULL);
        canvas_text(canvas, VALUE_X, panel->y + panel->height / 2 + 8.6, grey, unknown);
        return;
    }
    g_autofree char *value = subject_score(subject, score.value);
    canvas_text(canvas, VALUE_X, scale_px(&scores, score.value) + 9.4, figure, value);
}

static double paint_row(const struct subject *subject, struct canvas *canvas,
                        const struct trend *trend, int row, double y) {
    const struct edition_marketplace *place = trend->places->pdata[row];
    struct panel panel = trend->axes;
    const bool empty = trend_is_empty(place, &panel);
    y = rows_paint_heading(canvas, subject, place, y);
    if (empty) {
        g_autofree char *reason = subject_sentence(subject_place_reason(subject, place));
        y = frame_paragraph(canvas, LEFT, FRAME_NARROW_RIGHT, y, grey, reason, 4);
    }
    panel.x = PLOT_LEFT;
    panel.y = y + 14;
    panel.width = PLOT_RIGHT - PLOT_LEFT;
    panel.height = PLOT_HEIGHT;
    if (empty) {
        g_autofree char *text =
            subject_sentence(words_say(subject->words, "status.insufficient", NULL));
        mark_insufficient(canvas, panel.x, panel.y, panel.width, panel.height, text);
    } else {
        panel_paint_grid(canvas, subject->edition, &panel, true);
        series_paint(subject, canvas, place, &panel);
        lane_paint(subject, canvas, trend->alerts, place, &panel);
    }
    paint_figure(subject, canvas, &panel, place);
    const bool lane = !empty && has_lane(trend, place);
    return panel.y + panel.height + (lane ? LANE_HEIGHT : 0) + 14;
}

static double paint_months(const struct subject *subject, struct canvas *canvas,
                           const struct trend *trend, double y) {
    struct panel panel = trend->axes;
    panel.x = PLOT_LEFT;
    panel.width = PLOT_RIGHT - PLOT_LEFT;
    panel_paint_months(subject, canvas, &panel, y + 34);
    return y + 46;
}

static double paint_alerts(const struct subject *subject, struct canvas *canvas,
                           const struct trend *trend, double y) {
    const struct type text_type = {24, 400, TOKEN_TEXT, ANCHOR_START};
    const struct type bold = {24, 700, TOKEN_ALERT, ANCHOR_START};
    if (trend->alerts->len > LANE_MOST_NUMBERED) {
        g_autofree char *text = trend_alerts_text(subject, trend);
        return frame_paragraph(canvas, LEFT, FRAME_NARROW_RIGHT, y + 8, text_type, text,
                               3);
    }
    for (guint i = 0; i < trend->alerts->len; i++) {
        const struct edition_alert *alert = trend->alerts->pdata[i];
        g_autofree char *text = trend_alert_text(subject, trend, alert);
        g_autofree char *number = g_strdup_printf("%u", i + 1);
        y += 8;
        mark_alert(canvas, LEFT + 9, y + 23, alert->own);
        canvas_text(canvas, LEFT + 25, y + 24, bold, number);
        y = frame_paragraph(canvas, LEFT + 50, FRAME_NARROW_RIGHT, y, text_type, text, 4);
    }
    return y;
}

void trend_draw_narrow(const struct subject *subject, struct canvas *canvas) {
    struct trend trend = trend_lay_out(subject);
    g_autofree char *subtitle = trend_subtitle(subject, &trend);
    double y = frame_open(canvas, subtitle) + 12;
    for (int i = 0; i < (int)trend.places->len; i++)
        y = paint_row(subject, canvas, &trend, i, y);
    if (trend.places->len > 0) {
        y = paint_months(subject, canvas, &trend, y);
        y = paint_alerts(subject, canvas, &trend, y);
        struct key key = trend_key(subject, &trend);
        y = key_paint_below(&key, canvas, y + 16);
    }
    frame_close(canvas, y);
    trend_clear(&trend);
}
