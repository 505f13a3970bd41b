#include "lane.h"

#include "frame.h"
#include "mark.h"

/* In sizes of the text: */
#define BELOW (19 / 15.0) /* the baseline, under the plot */
#define HALF_MARK (7 / 15.0)
#define NUMBER_GAP (9 / 15.0)
#define NEAR (34 / 15.0) /* closer alerts share their numbers */
#define AIR 8.0

static double lane_baseline(const struct canvas *canvas, const struct panel *panel) {
    return panel->y + panel->height + BELOW * frame_size(canvas);
}

/* What is taken of the lane, left to right edge. */
struct span {
    double left, right;
};

static void take(GArray *taken, double left, double right) {
    const struct span span = {left, right};
    g_array_append_val(taken, span);
}

static bool is_free(const GArray *taken, double left, double right) {
    for (guint i = 0; i < taken->len; i++) {
        const struct span *span = &g_array_index(taken, struct span, i);
        if (left < span->right + AIR && span->left - AIR < right)
            return false;
    }
    return true;
}

/* The numbers of alerts close to each other, "2, 3", after the last or, at the end of the
 * panel, before the first. */
static void paint_numbers(struct canvas *canvas, const struct panel *panel,
                          struct span marks, const char *numbers, GArray *taken) {
    struct type type = {frame_size(canvas), 700, TOKEN_ALERT, ANCHOR_START};
    const double advance =
        typeface_extent(canvas->typeface, numbers, type.size, 700).advance * FRAME_SPARE;
    const double gap = NUMBER_GAP * type.size, baseline = lane_baseline(canvas, panel);
    const double after = marks.right + gap, before = marks.left - gap;
    const bool fits = after + advance <= panel->x + panel->width + 14;
    type.anchor = fits ? ANCHOR_START : ANCHOR_END;
    canvas_text(canvas, fits ? after : before, baseline, type, numbers);
    take(taken, fits ? after : before - advance, fits ? after + advance : before);
}

static void paint_alerts(struct canvas *canvas, const GPtrArray *alerts,
                         const struct edition_marketplace *place,
                         const struct panel *panel, GArray *taken) {
    const struct scale months = panel_months(panel);
    const double size = frame_size(canvas);
    const bool numbered = alerts->len <= LANE_MOST_NUMBERED;
    g_autoptr(GString) numbers = g_string_new(NULL);
    struct span marks = {0, -1e5};
    for (guint i = 0; i < alerts->len; i++) {
        const struct edition_alert *alert = alerts->pdata[i];
        if (!g_ptr_array_find(place->alerts, alert, NULL))
            continue;
        const double x = scale_px(&months, alert->month);
        mark_alert(canvas, x, lane_baseline(canvas, panel) - 1, alert->own);
        take(taken, x - HALF_MARK * size, x + HALF_MARK * size);
        if (x - marks.right >= NEAR * size && numbers->len > 0) {
            paint_numbers(canvas, panel, marks, numbers->str, taken);
            g_string_truncate(numbers, 0);
        }
        if (numbered)
            g_string_append_printf(numbers, "%s%u", numbers->len > 0 ? ", " : "", i + 1);
        marks.left = x - marks.right >= NEAR * size ? x : marks.left;
        marks.right = x;
    }
    if (numbers->len > 0)
        paint_numbers(canvas, panel, marks, numbers->str, taken);
}

static void paint_gap_labels(const struct subject *subject, struct canvas *canvas,
                             const struct edition_marketplace *place,
                             const struct panel *panel, GArray *taken) {
    const struct scale months = panel_months(panel);
    const struct type type = {frame_size(canvas), 400, TOKEN_MENTION, ANCHOR_MIDDLE};
    g_autoptr(GArray) gaps = series_gaps(place, panel);
    for (guint i = 0; i < gaps->len; i++) {
        const struct series_gap *gap = &g_array_index(gaps, struct series_gap, i);
        const struct words_argument arguments[] = {
            {"months", NULL, gap->last - gap->first + 1}, {NULL, NULL, 0}};
        g_autofree char *text = words_say(subject->words, "trend.gap", arguments);
        const double half =
            typeface_extent(canvas->typeface, text, type.size, 400).advance / 2;
        const double middle =
            (scale_px(&months, gap->first) + scale_px(&months, gap->last)) / 2;
        const double x = CLAMP(middle, panel->x + half, panel->x + panel->width - half);
        if (!is_free(taken, x - half, x + half))
            continue;
        canvas_text(canvas, x, lane_baseline(canvas, panel), type, text);
        take(taken, x - half, x + half);
    }
}

void lane_paint(const struct subject *subject, struct canvas *canvas,
                const GPtrArray *alerts, const struct edition_marketplace *place,
                const struct panel *panel) {
    g_autoptr(GArray) taken = g_array_new(FALSE, FALSE, sizeof(struct span));
    paint_alerts(canvas, alerts, place, panel, taken);
    paint_gap_labels(subject, canvas, place, panel, taken);
}
