#include "funnel.h"

#include "frame.h"
#include "mark.h"

#include <math.h>

#define CURVE_COST 12.0
#define GRID_COST 1.0

static const struct pen no_pen = {.token = TOKEN_NONE};

static const struct edition_limit *limit_at(const struct edition *edition, guint i) {
    return &g_array_index(edition->funnel.limits, struct edition_limit, i);
}

typedef double limit_value(const struct edition_limit *limit);

static double outer_low(const struct edition_limit *limit) {
    return limit->outer_low;
}

static double inner_low(const struct edition_limit *limit) {
    return limit->inner_low;
}

static double inner_high(const struct edition_limit *limit) {
    return limit->inner_high;
}

static double outer_high(const struct edition_limit *limit) {
    return limit->outer_high;
}

static limit_value *const limit_values[] = {outer_high, inner_high, inner_low, outer_low};

static struct point point_of(const struct funnel *funnel,
                             const struct edition_limit *limit, limit_value *value) {
    return (struct point){scale_px(&funnel->expected, limit->expected),
                          scale_px(&funnel->ratio, value(limit))};
}

/* The part of a curve inside the plot (struct point): where it enters from beyond an edge
 * it begins on it. The low limits rise, the high ones fall. */
static GArray *curve_of(const struct edition *edition, const struct funnel *funnel,
                        limit_value *value) {
    GArray *points = g_array_new(FALSE, FALSE, sizeof(struct point));
    for (guint i = 0; i < edition->funnel.limits->len; i++) {
        const struct edition_limit *limit = limit_at(edition, i);
        const double own = value(limit), top = funnel->ratio.to;
        if (own <= 0 || own >= top)
            continue;
        if (points->len == 0 && i > 0 && value(limit_at(edition, i - 1)) > top) {
            const struct edition_limit *before = limit_at(edition, i - 1);
            const double part = (value(before) - top) / (value(before) - own);
            const double expected =
                before->expected + part * (limit->expected - before->expected);
            const struct point edge = {scale_px(&funnel->expected, expected),
                                       funnel->ratio.to_px};
            g_array_append_val(points, edge);
        }
        const struct point point = point_of(funnel, limit, value);
        g_array_append_val(points, point);
    }
    return points;
}

static void paint_band(const struct edition *edition, struct canvas *canvas,
                       const struct funnel *funnel, limit_value *low, limit_value *high,
                       enum token token) {
    const guint count = edition->funnel.limits->len;
    g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(struct point));
    for (guint i = 0; i < count; i++) {
        const struct point point = point_of(funnel, limit_at(edition, i), high);
        g_array_append_val(points, point);
    }
    for (guint i = count; i-- > 0;) {
        const struct point point = point_of(funnel, limit_at(edition, i), low);
        g_array_append_val(points, point);
    }
    canvas_path(canvas, (const struct point *)(void *)points->data, (int)points->len,
                true, token, no_pen);
}

static void paint_curves(const struct edition *edition, struct canvas *canvas,
                         const struct funnel *funnel) {
    for (gsize i = 0; i < G_N_ELEMENTS(limit_values); i++) {
        const bool inner = limit_values[i] == inner_low || limit_values[i] == inner_high;
        const struct pen pen = {.token = TOKEN_MENTION,
                                .width = 1.4,
                                .dash = inner ? 5 : 0,
                                .gap = inner ? 4 : 0};
        g_autoptr(GArray) points = curve_of(edition, funnel, limit_values[i]);
        if (points->len > 1)
            canvas_path(canvas, (const struct point *)(void *)points->data,
                        (int)points->len, false, TOKEN_NONE, pen);
    }
    const struct pen even = {.token = TOKEN_INK, .width = 1.75};
    const double y = scale_px(&funnel->ratio, 1);
    canvas_line(
        canvas,
        (struct point){scale_px(&funnel->expected, limit_at(edition, 0)->expected), y},
        (struct point){funnel->expected.to_px, y}, even);
}

/* A step of 1, 2 or 5 times a power of ten that divides the axis into few parts. */
static double axis_step(double most, int parts) {
    const double scale = pow(10, floor(log10(most / parts)));
    static const double steps[] = {1, 2, 5, 10};
    guint i = 0;
    while (i < G_N_ELEMENTS(steps) - 1 && steps[i] * scale * parts < most)
        i++;
    return steps[i] * scale;
}

static void paint_axes(const struct subject *subject, struct canvas *canvas,
                       const struct funnel *funnel, double lane) {
    const double size = frame_size(canvas);
    const struct type end = {size, 400, TOKEN_MENTION, ANCHOR_END};
    const struct type middle = {size, 400, TOKEN_MENTION, ANCHOR_MIDDLE};
    const struct pen grid = {.token = TOKEN_GRID, .width = 1};
    const struct pen axis = {.token = TOKEN_LINE, .width = 1};
    const double left = funnel->expected.from_px, right = funnel->expected.to_px;
    const double bottom = funnel->ratio.from_px;
    for (double ratio = 0; ratio <= funnel->ratio.to + 1e-9; ratio += FUNNEL_RATIO_STEP) {
        const double y = scale_px(&funnel->ratio, ratio);
        const bool whole = fmod(ratio, 1) < 1e-9;
        g_autofree char *text = words_number(subject->words, ratio, whole ? 0 : 1);
        if (ratio > 0)
            canvas_line(canvas, (struct point){left, y}, (struct point){right, y}, grid);
        if (size < 20 || whole)
            canvas_text(canvas, left - 10, y + size * 0.36, end, text);
    }
    canvas_line(canvas, (struct point){left, bottom}, (struct point){right, bottom},
                axis);
    const double step = axis_step(funnel->expected.to, size < 20 ? 6 : 4);
    for (double value = 0; value <= funnel->expected.to + 1e-9; value += step) {
        const double x = scale_px(&funnel->expected, value);
        g_autofree char *text = words_number(subject->words, value, 0);
        canvas_line(canvas, (struct point){x, bottom + lane},
                    (struct point){x, bottom + lane + 5}, axis);
        canvas_text(canvas, x, bottom + lane + 8 + size, middle, text);
    }
}

void funnel_paint_ground(const struct subject *subject, struct canvas *canvas,
                         const struct funnel *funnel, double lane) {
    const struct edition *edition = subject->edition;
    const double left = funnel->expected.from_px;
    const double width = funnel->expected.to_px - left;
    const double height = funnel->ratio.from_px - funnel->ratio.to_px;
    const double least = scale_px(&funnel->expected, limit_at(edition, 0)->expected);
    paint_band(edition, canvas, funnel, outer_low, outer_high, TOKEN_BAND_D);
    paint_band(edition, canvas, funnel, inner_low, inner_high, TOKEN_SEP);
    canvas_hatch(canvas, left, funnel->ratio.to_px, least - left, height);
    if (lane > 0)
        canvas_hatch(canvas, left, funnel->ratio.from_px + 4, width, lane - 4);
    paint_axes(subject, canvas, funnel, lane);
    paint_curves(edition, canvas, funnel);
}

static double lane_y(const struct funnel *funnel, double lane) {
    return funnel->ratio.from_px + 2 + lane / 2;
}

static void paint_mark(struct canvas *canvas, const struct funnel_mark *mark) {
    const struct pen bar = {.token = TOKEN_MENTION, .width = 2, .round = true};
    if (mark->clipped)
        canvas_triangle(canvas, mark->x, mark->y - 13, 7, true, TOKEN_ALERT);
    else if (mark->low_y - mark->high_y > 2)
        canvas_line(canvas, (struct point){mark->x, mark->low_y},
                    (struct point){mark->x, mark->high_y}, bar);
    mark_position(canvas, mark->x, mark->y, mark->place->expectation.position);
}

void funnel_paint_marks(struct canvas *canvas, const struct funnel *funnel, double lane) {
    for (guint i = funnel->marks->len; i-- > 0;)
        paint_mark(canvas, &g_array_index(funnel->marks, struct funnel_mark, i));
    for (guint i = 0; i < funnel->missing->len; i++) {
        const struct edition_marketplace *place = funnel->missing->pdata[i];
        if (place->expectation.expected.known)
            mark_position(canvas,
                          scale_px(&funnel->expected, place->expectation.expected.value),
                          lane_y(funnel, lane), POSITION_UNKNOWN);
    }
}

struct label_field *funnel_field(const struct subject *subject,
                                 const struct canvas *canvas,
                                 const struct funnel *funnel) {
    const struct edition *edition = subject->edition;
    const double left = funnel->expected.from_px, right = funnel->expected.to_px;
    const double least = scale_px(&funnel->expected, limit_at(edition, 0)->expected);
    struct label_field *field = label_field_new((struct label_box){
        left, funnel->ratio.to_px - 4, right, funnel->ratio.from_px - 2});
    label_field_hold(field, (struct label_box){left, funnel->ratio.to_px, least,
                                               funnel->ratio.from_px});
    for (guint i = 0; i < funnel->marks->len; i++) {
        const struct funnel_mark *mark =
            &g_array_index(funnel->marks, struct funnel_mark, i);
        const double radius =
            mark_position_radius(canvas, mark->place->expectation.position);
        label_field_hold(field, (struct label_box){mark->x - radius, mark->y - radius,
                                                   mark->x + radius, mark->y + radius});
    }
    for (gsize i = 0; i < G_N_ELEMENTS(limit_values); i++) {
        g_autoptr(GArray) points = curve_of(edition, funnel, limit_values[i]);
        for (guint k = 1; k < points->len; k++) {
            const struct point *to = &g_array_index(points, struct point, k);
            label_field_cross(field, to[-1].x, to[-1].y, to->x, to->y, CURVE_COST);
        }
    }
    for (double ratio = FUNNEL_RATIO_STEP; ratio < funnel->ratio.to;
         ratio += FUNNEL_RATIO_STEP)
        label_field_cross(field, left, scale_px(&funnel->ratio, ratio), right,
                          scale_px(&funnel->ratio, ratio),
                          ratio == 1 ? CURVE_COST : GRID_COST);
    return field;
}
