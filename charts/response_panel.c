#include "frame.h"
#include "mark.h"
#include "response.h"

#include <math.h>

/* In sizes of the text: */
#define DOT 0.43
#define POINT_DOT 0.22
#define RING 0.37
#define LINE 0.15

#define MOST_DOTS 12 /* with more points the curve is known nearly everywhere */

static double panel_x(const struct response_panel *panel, double days) {
    return scale_px(&panel->days, days);
}

static double panel_y(const struct response_panel *panel, double share) {
    return scale_px(&panel->shares, share);
}

static char *say_share(const struct subject *subject, double share) {
    g_autofree char *number = words_number(subject->words, share, 0);
    return subject_say(subject, "response.share", "share", number);
}

static void paint_grid(const struct subject *subject, struct canvas *canvas,
                       const struct response_panel *panel, bool labelled) {
    const struct type grey = {frame_size(canvas), 400, TOKEN_MENTION, ANCHOR_END};
    for (int share = 0; share <= 100; share += 50) {
        const struct pen line = {share == 0 ? TOKEN_LINE : TOKEN_GRID, 1, 0, 0, false};
        const double y = panel_y(panel, share);
        canvas_line(canvas, (struct point){panel->days.from_px, y},
                    (struct point){panel->days.to_px, y}, line);
        if (!labelled)
            continue;
        g_autofree char *text = say_share(subject, share);
        canvas_text(canvas, panel->days.from_px - grey.size * 0.6, y + grey.size * 0.36,
                    grey, text);
    }
}

static void paint_horizon(struct canvas *canvas, const struct response *response,
                          const struct response_panel *panel) {
    const struct pen dash = {TOKEN_TEXT, 1.25, 3, 3, false};
    const double x = panel_x(panel, response->horizon_days);
    canvas_line(canvas, (struct point){x, panel->shares.to_px - 4},
                (struct point){x, panel->shares.from_px}, dash);
}

static const struct edition_curve_point *point_at(const struct edition_curve *curve,
                                                  guint i) {
    return &g_array_index(curve->points, struct edition_curve_point, i);
}

/* As far as there are intervals, from nobody on day 0. */
static void paint_band(struct canvas *canvas, const struct edition_curve *curve,
                       const struct response_panel *panel) {
    const struct pen no_pen = {.token = TOKEN_NONE};
    guint count = 0;
    while (count < curve->points->len && point_at(curve, count)->low.known)
        count++;
    if (count == 0)
        return;
    const guint corners = 2 * count + 1;
    g_autofree struct point *outline = g_new(struct point, corners);
    outline[0] = (struct point){panel_x(panel, 0), panel_y(panel, 0)};
    for (guint i = 0; i < count; i++) {
        const struct edition_curve_point *point = point_at(curve, i);
        const double x = panel_x(panel, point->day);
        outline[1 + i] = (struct point){x, panel_y(panel, point->high.value)};
        outline[corners - 1 - i] = (struct point){x, panel_y(panel, point->low.value)};
    }
    canvas_path(canvas, outline, (int)corners, true, TOKEN_RIBBON, no_pen);
}

/* From nobody on day 0 through the points; where nobody is left open it stays so. */
static void paint_line(struct canvas *canvas, const struct edition_curve *curve,
                       const struct response_panel *panel) {
    const double size = frame_size(canvas);
    const struct pen line = {TOKEN_POINT, LINE * size, 0, 0, true};
    const struct pen ring = {TOKEN_PAPER, 1, 0, 0, false};
    const guint count = curve->points->len;
    g_autofree struct point *way = g_new(struct point, count + 2);
    if (count == 0)
        return;
    way[0] = (struct point){panel_x(panel, 0), panel_y(panel, 0)};
    for (guint i = 0; i < count; i++)
        way[1 + i] = (struct point){panel_x(panel, point_at(curve, i)->day),
                                    panel_y(panel, point_at(curve, i)->share)};
    const bool all = point_at(curve, count - 1)->share == 100;
    way[count + 1] = (struct point){panel->days.to_px, way[count].y};
    canvas_path(canvas, way, (int)count + 1 + all, false, TOKEN_NONE, line);
    for (guint i = 0; i < count && count <= MOST_DOTS; i++)
        canvas_circle(canvas, way[1 + i].x, way[1 + i].y, POINT_DOT * size, TOKEN_POINT,
                      ring);
}

/* The height of the curve on a day; below the panel where it is not told. */
static double curve_y(const struct edition_curve *curve,
                      const struct response_panel *panel, double x) {
    struct point before = {panel_x(panel, 0), panel_y(panel, 0)};
    for (guint i = 0; i < curve->points->len; i++) {
        const struct edition_curve_point *point = point_at(curve, i);
        const struct point end = {panel_x(panel, point->day),
                                  panel_y(panel, point->share)};
        if (x <= end.x && end.x > before.x)
            return before.y + (x - before.x) / (end.x - before.x) * (end.y - before.y);
        before = end;
    }
    return 1e5;
}

/* Where the figure of a score stands, at the right of its dot: under it, or above it
 * where there is no room or the curve passes. */
static double figure_baseline(const struct edition_curve *curve,
                              const struct response_panel *panel, double y, double left,
                              double right, double size) {
    const double below = y + (DOT + 1) * size, above = y - DOT * size - 4;
    const double curve_left = curve_y(curve, panel, left);
    const double curve_right = curve_y(curve, panel, right);
    const bool passes = curve_right < 1e5
                            ? curve_left > below - size - 4 && curve_right < below + 4
                            : curve_left > below - size && curve_left < below;
    return below > panel->shares.from_px - 4 || passes ? above : below;
}

/* The score at its day, its interval upright. */
static void paint_score(const struct subject *subject, struct canvas *canvas,
                        const struct edition_indicator *indicator,
                        const struct response *response,
                        const struct response_panel *panel) {
    const struct edition_score *score = &indicator->score;
    const double size = frame_size(canvas), dot = DOT * size;
    const struct pen bar = {TOKEN_INTERVAL, RING * size, 0, 0, true};
    const struct pen ring = {TOKEN_PAPER, 2, 0, 0, false};
    const struct type bold = {size + 1, 700, TOKEN_POINT, ANCHOR_START};
    if (!score->score.known)
        return;
    const double x = panel_x(panel, response->horizon_days);
    const double y = panel_y(panel, score->score.value);
    if (score->low.known && score->high.known)
        canvas_line(canvas, (struct point){x, panel_y(panel, score->low.value)},
                    (struct point){x, panel_y(panel, score->high.value)}, bar);
    canvas_circle(canvas, x, y, dot, TOKEN_POINT, ring);
    g_autofree char *figure = say_share(subject, score->score.value);
    const double left = x + dot + 6;
    const double right =
        left + typeface_extent(canvas->typeface, figure, bold.size, 700).advance;
    canvas_text(canvas, left,
                figure_baseline(&indicator->curve, panel, y, left, right, bold.size),
                bold, figure);
}

static void paint_median(struct canvas *canvas, const struct edition_median *median,
                         const struct response *response,
                         const struct response_panel *panel) {
    const double size = frame_size(canvas);
    const struct pen ring = {TOKEN_POINT, LINE * size, 0, 0, false};
    if (!median->days.known || median->days.value > response->most_days)
        return;
    canvas_circle(canvas, panel_x(panel, median->days.value), panel_y(panel, 50),
                  RING * size, TOKEN_PAPER, ring);
}

void response_paint(const struct subject *subject, struct canvas *canvas,
                    const struct edition_indicator *indicator,
                    const struct response *response, const struct response_panel *panel,
                    bool labelled) {
    if (!response_is_known(indicator)) {
        g_autofree char *reason = subject_sentence(subject_reason(
            subject, indicator != NULL ? indicator->score.reason : REASON_NOT_COMPUTED));
        mark_insufficient(canvas, panel->days.from_px, panel->shares.to_px,
                          panel->days.to_px - panel->days.from_px,
                          panel->shares.from_px - panel->shares.to_px, reason);
        return;
    }
    paint_grid(subject, canvas, panel, labelled);
    paint_band(canvas, &indicator->curve, panel);
    paint_horizon(canvas, response, panel);
    paint_line(canvas, &indicator->curve, panel);
    paint_median(canvas, &indicator->median, response, panel);
    paint_score(subject, canvas, indicator, response, panel);
}

void response_paint_days(const struct subject *subject, struct canvas *canvas,
                         const struct response *response,
                         const struct response_panel *panel, double baseline) {
    const int days[] = {0, response->horizon_days, response->most_days};
    const enum anchor anchors[] = {ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END};
    for (int i = 0; i < 3 && (i == 0 || days[i] > days[i - 1]); i++) {
        const struct type type = {frame_size(canvas), i == 1 ? 500 : 400,
                                  i == 1 ? TOKEN_INK : TOKEN_MENTION, anchors[i]};
        g_autofree char *number = words_number(subject->words, days[i], 0);
        g_autofree char *text = subject_say(subject, "response.days", "days", number);
        canvas_text(canvas, panel_x(panel, days[i]), baseline, type,
                    i == 0 ? number : text);
    }
}
