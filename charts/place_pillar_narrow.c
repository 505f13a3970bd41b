#include "barometre/text.h"

#include "frame.h"
#include "mark.h"
#include "place_pillar.h"

enum {
    LEFT = 24,
    PLOT_LEFT = 32,
    PLOT_RIGHT = 478,
    BAR_HEIGHT = 38,
    AXIS_HALF = 15, /* of an indicator's line */
};

static const struct scale scale = {0, 100, PLOT_LEFT, PLOT_RIGHT};
static const struct type label = {24, 400, TOKEN_TEXT, ANCHOR_START};
static const struct type grey = {24, 400, TOKEN_MENTION, ANCHOR_START};
static const struct type grey_end = {24, 400, TOKEN_MENTION, ANCHOR_END};

/* The score over the bands; returns the end of the axis. */
static double paint_bar(const struct subject *subject, struct canvas *canvas,
                        guint number, double y) {
    const struct edition_pillar *pillar = subject->place->pillars->pdata[number];
    const struct type value = {28, 700, TOKEN_POINT, ANCHOR_END};
    const double middle = y + BAR_HEIGHT / 2.0;
    if (pillar->score.score.known) {
        g_autofree char *text = subject_score(subject, pillar->score.score.value);
        mark_bands(canvas, subject->edition, &scale, y, BAR_HEIGHT);
        mark_median_tick(canvas, &scale, subject_median(subject->edition, (int)number),
                         middle, BAR_HEIGHT / 2.0);
        mark_score(canvas, &scale, middle, &pillar->score, 11);
        canvas_text(canvas, FRAME_NARROW_RIGHT, middle + 10, value, text);
    } else {
        g_autofree char *text = subject_pillar_reason(subject, pillar);
        g_autofree char *unknown = words_say(subject->words, "unknown.short", NULL);
        mark_insufficient(canvas, PLOT_LEFT, y, PLOT_RIGHT - PLOT_LEFT, BAR_HEIGHT, text);
        canvas_text(canvas, FRAME_NARROW_RIGHT, middle + 8.6, grey_end, unknown);
    }
    mark_band_limits(canvas, subject->edition, &scale, y + BAR_HEIGHT + 26);
    return y + BAR_HEIGHT + 38;
}

static double paint_indicator(const struct subject *subject, struct canvas *canvas,
                              guint number, const struct edition_indicator *indicator,
                              double y) {
    const struct type value = {24, 700, TOKEN_POINT, ANCHOR_END};
    const struct pen axis = {.token = TOKEN_GRID, .width = 1};
    g_autofree char *name = text_clamp(indicator->label[words_language(subject->words)]);
    g_autofree char *unknown = place_indicator_unknown(subject, number, indicator);
    y = frame_paragraph(canvas, LEFT, FRAME_NARROW_RIGHT, y,
                        unknown == NULL ? label : grey, name, 2);
    const double middle = y + 4 + AXIS_HALF;
    if (unknown != NULL) {
        const double advance =
            typeface_extent(canvas->typeface, unknown, 24, 400).advance * FRAME_SPARE;
        const double end = MIN(PLOT_RIGHT, FRAME_NARROW_RIGHT - advance - 12);
        mark_insufficient(canvas, PLOT_LEFT, middle - 8, end - PLOT_LEFT, 16, "");
        canvas_text(canvas, FRAME_NARROW_RIGHT, middle + 8.6, grey_end, unknown);
        return middle + AXIS_HALF + 8;
    }
    canvas_line(canvas, (struct point){PLOT_LEFT, middle},
                (struct point){PLOT_RIGHT, middle}, axis);
    mark_median_tick(canvas, &scale,
                     place_indicator_median(subject->edition, number, indicator->id),
                     middle, AXIS_HALF);
    mark_score(canvas, &scale, middle, &indicator->score, 8);
    g_autofree char *text = subject_score(subject, indicator->score.score.value);
    canvas_text(canvas, FRAME_NARROW_RIGHT, middle + 8.6, value, text);
    return middle + AXIS_HALF + 8;
}

double place_pillar_paint_narrow(const struct subject *subject, struct canvas *canvas,
                                 guint number, double y) {
    const struct edition_pillar *pillar = subject->place->pillars->pdata[number];
    const struct type bold = {26, 700, TOKEN_INK, ANCHOR_START};
    const struct pen rule = {.token = TOKEN_GRID, .width = 1};
    g_autofree char *name = text_clamp(pillar->label[words_language(subject->words)]);
    g_autofree char *evidence = place_pillar_evidence(subject, pillar);
    canvas_line(canvas, (struct point){LEFT, y}, (struct point){FRAME_NARROW_RIGHT, y},
                rule);
    y = frame_paragraph(canvas, LEFT, FRAME_NARROW_RIGHT, y + 12, bold, name, 2);
    y = frame_paragraph(canvas, LEFT, FRAME_NARROW_RIGHT, y, grey, evidence, 2);
    y = paint_bar(subject, canvas, number, y + 8);
    for (guint i = 0; i < pillar->indicators->len; i++)
        y = paint_indicator(subject, canvas, number, pillar->indicators->pdata[i], y);
    return y + 10;
}
