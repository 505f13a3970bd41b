#include "series.h"

#include "frame.h"
#include "mark.h"

#define STEP 10.0
#define LEAST_SPAN 40.0

static const struct pen no_pen = {.token = TOKEN_NONE};

static void widen(struct panel *panel, const struct edition_score *score) {
    if (!score->score.known)
        return;
    const bool interval = score->low.known && score->high.known;
    panel->low = MIN(panel->low, interval ? score->low.value : score->score.value);
    panel->high = MAX(panel->high, interval ? score->high.value : score->score.value);
}

struct panel panel_of(const struct edition *edition) {
    const int32_t oldest = edition->as_of - SERIES_MOST_MONTHS + 1;
    struct panel panel = {
        .from = edition->as_of, .to = edition->as_of, .low = 101, .high = -1};
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place = edition->marketplaces->pdata[i];
        for (guint k = 0; k < place->history->len; k++) {
            const struct edition_history *history = place->history->pdata[k];
            if (history->as_of < oldest || history->as_of > edition->as_of ||
                !history->overall.score.known)
                continue;
            panel.from = MIN(panel.from, history->as_of);
            widen(&panel, &history->overall);
        }
        widen(&panel, &place->overall.score);
    }
    if (panel.low > panel.high)
        panel.low = panel.high = 50;
    scale_round(panel.low, panel.high, STEP, LEAST_SPAN, &panel.low, &panel.high);
    return panel;
}

struct scale panel_months(const struct panel *panel) {
    /* A single month lies at the right end, where the newest always is. */
    const int32_t from = panel->from == panel->to ? panel->to - 1 : panel->from;
    return (struct scale){from, panel->to, panel->x, panel->x + panel->width};
}

struct scale panel_scores(const struct panel *panel) {
    return (struct scale){panel->low, panel->high, panel->y + panel->height, panel->y};
}

struct edition_score series_score(const struct edition_marketplace *place,
                                  int32_t month) {
    for (guint i = 0; i < place->history->len; i++) {
        const struct edition_history *history = place->history->pdata[i];
        if (history->as_of == month)
            return history->overall;
    }
    return (struct edition_score){.reason = REASON_NO_REPORTS};
}

/* The newest month is the edition's own score, in the history or not. */
static struct edition_score score_at(const struct edition_marketplace *place,
                                     const struct panel *panel, int32_t month) {
    return month == panel->to ? place->overall.score : series_score(place, month);
}

GArray *series_gaps(const struct edition_marketplace *place, const struct panel *panel) {
    GArray *gaps = g_array_new(FALSE, FALSE, sizeof(struct series_gap));
    for (int32_t month = panel->from; month <= panel->to; month++) {
        if (score_at(place, panel, month).score.known)
            continue;
        struct series_gap gap = {month, month};
        while (gap.last < panel->to && !score_at(place, panel, gap.last + 1).score.known)
            gap.last++;
        g_array_append_val(gaps, gap);
        month = gap.last;
    }
    return gaps;
}

struct edition_number series_median(const struct edition *edition, int32_t month) {
    g_autoptr(GArray) scores = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_score score =
            series_score(edition->marketplaces->pdata[i], month);
        if (score.score.known)
            g_array_append_val(scores, score.score.value);
    }
    return subject_median_of(scores);
}

void panel_paint_grid(struct canvas *canvas, const struct edition *edition,
                      const struct panel *panel, bool labelled) {
    const struct scale scores = panel_scores(panel);
    const struct pen grid = {.token = TOKEN_GRID, .width = 1};
    const struct type type = {frame_size(canvas), 400, TOKEN_MENTION, ANCHOR_END};
    const double right = panel->x + panel->width;
    double last = 1e5;
    for (guint i = edition->bands->len; i-- > 0;) {
        const struct edition_band *band = edition->bands->pdata[i];
        if (band->least < panel->low || band->least > panel->high)
            continue;
        const double y = scale_px(&scores, band->least);
        canvas_line(canvas, (struct point){panel->x, y}, (struct point){right, y}, grid);
        if (!labelled || last - y < type.size + 1)
            continue;
        char text[G_ASCII_DTOSTR_BUF_SIZE];
        canvas_text(canvas, panel->x - 10, y + type.size * 0.36, type,
                    g_ascii_formatd(text, sizeof text, "%.0f", band->least));
        last = y;
    }
    const double foot = panel->y + panel->height;
    canvas_line(canvas, (struct point){panel->x, foot}, (struct point){right, foot},
                grid);
}

void panel_paint_months(const struct subject *subject, struct canvas *canvas,
                        const struct panel *panel, double baseline) {
    const struct scale months = panel_months(panel);
    const struct type type = {frame_size(canvas), 400, TOKEN_MENTION, ANCHOR_START};
    const struct pen pen = {.token = TOKEN_LINE, .width = 1};
    const double y = baseline - type.size - 3;
    const struct {
        int32_t month;
        enum anchor anchor;
        bool drawn;
    } labels[] = {
        {panel->from, ANCHOR_START, panel->from < panel->to && panel->width > 190},
        {panel->to - 12, ANCHOR_MIDDLE,
         panel->to - panel->from >= 20 && panel->width > 280},
        {panel->to, ANCHOR_END, true},
    };
    canvas_line(canvas, (struct point){panel->x, y},
                (struct point){panel->x + panel->width, y}, pen);
    for (size_t i = 0; i < G_N_ELEMENTS(labels); i++) {
        if (!labels[i].drawn)
            continue;
        struct type own = type;
        own.anchor = labels[i].anchor;
        const double x = scale_px(&months, labels[i].month);
        g_autofree char *text = words_month_short(subject->words, labels[i].month);
        canvas_line(canvas, (struct point){x, y}, (struct point){x, y + 4}, pen);
        canvas_text(canvas, x, baseline, own, text);
    }
}

static void paint_gaps(struct canvas *canvas, const struct edition_marketplace *place,
                       const struct panel *panel) {
    const double margin = 6;
    const struct scale months = panel_months(panel);
    g_autoptr(GArray) gaps = series_gaps(place, panel);
    for (guint i = 0; i < gaps->len; i++) {
        const struct series_gap *gap = &g_array_index(gaps, struct series_gap, i);
        const double left = gap->first == panel->from
                                ? panel->x
                                : scale_px(&months, gap->first - 1) + margin;
        const double right = gap->last == panel->to
                                 ? panel->x + panel->width
                                 : scale_px(&months, gap->last + 1) - margin;
        if (right > left)
            canvas_hatch(canvas, left, panel->y, right - left, panel->height);
    }
}

/* The ribbon over the months `first` to `last`, all with an interval. */
static void paint_ribbon_run(struct canvas *canvas,
                             const struct edition_marketplace *place,
                             const struct panel *panel, int32_t first, int32_t last) {
    struct point points[2 * SERIES_MOST_MONTHS];
    const struct scale months = panel_months(panel), scores = panel_scores(panel);
    const int count = last - first + 1;
    for (int i = 0; i < count; i++) {
        const struct edition_score score = score_at(place, panel, first + i);
        const double x = scale_px(&months, first + i);
        points[i] = (struct point){x, scale_px(&scores, score.high.value)};
        points[2 * count - 1 - i] = (struct point){x, scale_px(&scores, score.low.value)};
    }
    if (count > 1)
        canvas_path(canvas, points, 2 * count, true, TOKEN_RIBBON, no_pen);
}

static void paint_ribbon(struct canvas *canvas, const struct edition_marketplace *place,
                         const struct panel *panel) {
    int32_t first = panel->from;
    for (int32_t month = panel->from; month <= panel->to + 1; month++) {
        const struct edition_score score =
            month > panel->to ? (struct edition_score){.reason = REASON_NONE}
                              : score_at(place, panel, month);
        if (score.score.known && score.low.known && score.high.known)
            continue;
        if (month > first)
            paint_ribbon_run(canvas, place, panel, first, month - 1);
        first = month + 1;
    }
}

/* Joins the known values of consecutive months; a gap stays a gap, one lone month is a
 * small dot. `place` NULL: the median. */
static void paint_line(struct canvas *canvas, const struct edition *edition,
                       const struct edition_marketplace *place, const struct panel *panel,
                       struct pen pen) {
    struct point points[SERIES_MOST_MONTHS];
    const struct scale months = panel_months(panel), scores = panel_scores(panel);
    int count = 0;
    for (int32_t month = panel->from; month <= panel->to + 1; month++) {
        struct edition_number value = edition_unknown();
        if (month <= panel->to)
            value = place == NULL ? series_median(edition, month)
                                  : score_at(place, panel, month).score;
        if (value.known) {
            points[count++] =
                (struct point){scale_px(&months, month), scale_px(&scores, value.value)};
            continue;
        }
        if (count > 1)
            canvas_path(canvas, points, count, false, TOKEN_NONE, pen);
        else if (count == 1)
            canvas_circle(canvas, points[0].x, points[0].y, pen.width, pen.token, no_pen);
        count = 0;
    }
}

void series_paint(const struct subject *subject, struct canvas *canvas,
                  const struct edition_marketplace *place, const struct panel *panel) {
    const struct pen grey = {TOKEN_LINE, 1.5, 0, 0, true};
    const struct pen blue = {TOKEN_POINT, 2.5, 0, 0, true};
    paint_gaps(canvas, place, panel);
    paint_ribbon(canvas, place, panel);
    paint_line(canvas, subject->edition, NULL, panel, grey);
    paint_line(canvas, subject->edition, place, panel, blue);
    if (!place->overall.score.score.known)
        return;
    const struct scale months = panel_months(panel), scores = panel_scores(panel);
    const struct pen ring = {.token = TOKEN_PAPER, .width = 2};
    canvas_circle(canvas, scale_px(&months, panel->to),
                  scale_px(&scores, place->overall.score.score.value), 5.5, TOKEN_POINT,
                  ring);
}
