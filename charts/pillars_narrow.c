#include "barometre/text.h"

#include "frame.h"
#include "mark.h"
#include "pillars.h"

/* One section for each pillar, one under the other, with the same rows in each. */
enum {
    LEFT = 24,
    PLOT_LEFT = 262,
    PLOT_RIGHT = 462,
    ROW = 46,
    VALUE_END = 550,
    WEAKEST_X = 566,
    DOT = 9,
};

static const struct pen dash = {TOKEN_INK, 1.5, 4, 4, false};

static const struct edition_pillar *pillar_of(const struct edition_marketplace *place,
                                              int column) {
    return place->pillars->pdata[column];
}

/* The pillar, its median at the left, the letters over the plot; returns the end. */
static double paint_head(const struct subject *subject, struct canvas *canvas,
                         const struct pillars *pillars, int column, double y) {
    const struct edition_marketplace *first = subject->edition->marketplaces->pdata[0];
    const struct type bold = {26, 700, TOKEN_INK, ANCHOR_START};
    const struct type median = {24, 500, TOKEN_INK, ANCHOR_START};
    g_autofree char *label =
        text_clamp(pillar_of(first, column)->label[words_language(subject->words)]);
    y = frame_paragraph(canvas, LEFT, FRAME_NARROW_RIGHT, y + 16, bold, label, 2);
    mark_band_letters(canvas, subject->edition, &pillars->scales[column], y + 26, NULL);
    if (pillars->medians[column].known) {
        g_autofree char *value = subject_score(subject, pillars->medians[column].value);
        g_autofree char *text = subject_say(subject, "chart.median", "value", value);
        canvas_line(canvas, (struct point){LEFT + 4, y + 6},
                    (struct point){LEFT + 4, y + 30}, dash);
        canvas_text(canvas, LEFT + 16, y + 26, median, text);
    }
    return y + 38;
}

static double paint_unknown(const struct subject *subject, struct canvas *canvas,
                            const struct scale *scale, double y,
                            const struct edition_pillar *pillar) {
    const struct type grey = {24, 400, TOKEN_MENTION, ANCHOR_START};
    struct type end = grey;
    end.anchor = ANCHOR_END;
    g_autofree char *unknown = words_say(subject->words, "unknown.short", NULL);
    g_autofree char *reason = subject_sentence(subject_pillar_reason(subject, pillar));
    mark_insufficient(canvas, scale->from_px, y + 6, scale->to_px - scale->from_px,
                      ROW - 12, "");
    canvas_text(canvas, VALUE_END, y + ROW / 2.0 + 8.6, end, unknown);
    return frame_paragraph(canvas, LEFT, FRAME_NARROW_RIGHT, y + ROW - 4, grey, reason,
                           2) +
           6;
}

static double paint_cell(const struct subject *subject, struct canvas *canvas,
                         const struct pillars *pillars, int column, double y,
                         const struct edition_pillar *pillar) {
    const struct type figure = {24, 700, TOKEN_POINT, ANCHOR_END};
    const struct scale *scale = &pillars->scales[column];
    const double middle = y + ROW / 2.0;
    if (!pillar->score.score.known)
        return paint_unknown(subject, canvas, scale, y, pillar);
    g_autofree char *value = subject_score(subject, pillar->score.score.value);
    if (pillars->medians[column].known)
        mark_median(canvas, scale_px(scale, pillars->medians[column].value), middle,
                    ROW / 2.0, -10, -10);
    mark_score(canvas, scale, middle, &pillar->score, DOT);
    canvas_text(canvas, VALUE_END, middle + 8.6, figure, value);
    if (pillars_weakest(pillar))
        mark_weakest(canvas, WEAKEST_X, middle);
    return y + ROW;
}

/* The bands behind the rows from `row` on that have a score. */
static void paint_bands(const struct subject *subject, struct canvas *canvas,
                        const struct pillars *pillars, int column, int row, double y) {
    int count = 0;
    while (row + count < pillars->rows.count &&
           pillar_of(rows_place(&pillars->rows, row + count), column)->score.score.known)
        count++;
    if (count > 0)
        mark_bands(canvas, subject->edition, &pillars->scales[column], y, count * ROW);
}

static double paint_section(const struct subject *subject, struct canvas *canvas,
                            const struct pillars *pillars, int column, double y) {
    const struct pen sep = {.token = TOKEN_SEP, .width = 1};
    bool open = false; /* the bands reach this row */
    y = paint_head(subject, canvas, pillars, column, y);
    for (int i = 0; i < pillars->rows.count; i++) {
        const struct edition_marketplace *place = rows_place(&pillars->rows, i);
        const bool rated = place->overall.score.score.known;
        const struct type bold = {24, 700, rated ? TOKEN_INK : TOKEN_MENTION,
                                  ANCHOR_START};
        g_autofree char *name = subject_name(place);
        g_autofree char *fitted = typeface_fit(canvas->typeface, name, 24, 700,
                                               (PLOT_LEFT - 12 - LEFT) / FRAME_SPARE);
        const bool known = pillar_of(place, column)->score.score.known;
        if (known && !open)
            paint_bands(subject, canvas, pillars, column, i, y);
        open = known;
        canvas_line(canvas, (struct point){LEFT, y},
                    (struct point){FRAME_NARROW_RIGHT, y}, sep);
        canvas_text(canvas, LEFT, y + ROW / 2.0 + 8.6, bold, fitted);
        y = paint_cell(subject, canvas, pillars, column, y, pillar_of(place, column));
    }
    mark_band_limits(canvas, subject->edition, &pillars->scales[column], y + 26);
    return y + 36;
}

void pillars_draw_narrow(const struct subject *subject, struct canvas *canvas) {
    struct pillars pillars = pillars_lay_out(subject, canvas->typeface);
    g_autofree char *scale = words_say(subject->words, "chart.scale", NULL);
    g_autofree char *period = subject_period(subject);
    g_autofree char *subtitle = g_strjoin(" ", scale, period, NULL);
    double y = frame_open(canvas, subtitle);
    for (int i = 0; i < pillars.count && pillars.rows.count > 0; i++) {
        pillars.scales[i] = (struct scale){0, 100, PLOT_LEFT, PLOT_RIGHT};
        y = paint_section(subject, canvas, &pillars, i, y);
    }
    y = rows_paint_listed(canvas, subject, &pillars.rows, y);
    if (subject->edition->marketplaces->len > 0) {
        struct key key = pillars_key(subject);
        y = key_paint_below(&key, canvas, y + 16);
    }
    frame_close(canvas, y);
    pillars_clear(&pillars);
}
