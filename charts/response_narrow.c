#include "frame.h"
#include "response.h"

enum { PLOT_LEFT = 104, PLOT_HEIGHT = 140, HATCH_HEIGHT = 52 };

/* The name, and the median beside it or, where that is too long, under it; returns their
 * end. */
static double paint_head(const struct subject *subject, struct canvas *canvas,
                         const struct edition_marketplace *place, double y) {
    const struct edition_indicator *indicator = response_of(place);
    const bool known = response_is_known(indicator);
    const struct pen sep = {.token = TOKEN_SEP, .width = 1};
    const struct type bold = {26, 700, known ? TOKEN_INK : TOKEN_MENTION, ANCHOR_START};
    struct type grey = {24, 400, known ? TOKEN_TEXT : TOKEN_MENTION, ANCHOR_END};
    const double width = (FRAME_NARROW_RIGHT - FRAME_NARROW_MARGIN) / FRAME_SPARE;
    g_autofree char *name = subject_name(place);
    g_autofree char *fitted = typeface_fit(canvas->typeface, name, 26, 700, width);
    g_autofree char *median = response_median(subject, indicator);
    const double taken = typeface_extent(canvas->typeface, fitted, 26, 700).advance +
                         typeface_extent(canvas->typeface, median, 24, 400).advance;
    canvas_line(canvas, (struct point){FRAME_NARROW_MARGIN, y},
                (struct point){FRAME_NARROW_RIGHT, y}, sep);
    canvas_text(canvas, FRAME_NARROW_MARGIN, y + 36, bold, fitted);
    if (taken + 20 <= width) {
        canvas_text(canvas, FRAME_NARROW_RIGHT, y + 36, grey, median);
        return y + 48;
    }
    grey.anchor = ANCHOR_START;
    canvas_text(canvas, FRAME_NARROW_MARGIN, y + 68, grey, median);
    return y + 80;
}

static double paint_row(const struct subject *subject, struct canvas *canvas,
                        const struct response *response, int row, double y) {
    const struct edition_marketplace *place = response->places->pdata[row];
    const struct edition_indicator *indicator = response_of(place);
    const bool known = response_is_known(indicator);
    const double top = paint_head(subject, canvas, place, y) + 14;
    const double bottom = top + (known ? PLOT_HEIGHT : HATCH_HEIGHT);
    const struct response_panel panel = {
        .days = {0, response->most_days, PLOT_LEFT, FRAME_NARROW_RIGHT - 6},
        .shares = {0, 100, bottom, top},
    };
    response_paint(subject, canvas, indicator, response, &panel, true);
    if (known)
        response_paint_days(subject, canvas, response, &panel, bottom + 31);
    return bottom + (known ? 52 : 20);
}

void response_draw_narrow(const struct subject *subject, struct canvas *canvas) {
    struct response response = response_lay_out(subject);
    g_autofree char *subtitle = response_subtitle(subject);
    double y = frame_open(canvas, subtitle) + 14;
    for (int i = 0; i < (int)response.places->len; i++)
        y = paint_row(subject, canvas, &response, i, y);
    if (response.places->len > 0) {
        struct key key = response_key(subject, &response);
        y = key_paint_below(&key, canvas, y + 12);
    }
    frame_close(canvas, y);
    response_clear(&response);
}
