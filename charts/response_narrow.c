#include "frame.h"
#include "response.h"

enum { PLOT_LEFT = 104, PLOT_HEIGHT = 148 };

/* Name, median, plot, one under the other. */
static double paint_row(const struct subject *subject, struct canvas *canvas,
                        const struct response *response, int row, double y) {
    const struct edition_marketplace *place = response->places->pdata[row];
    const struct edition_indicator *indicator = response_of(place);
    const bool known = response_is_known(indicator);
    const struct pen sep = {.token = TOKEN_SEP, .width = 1};
    const struct type bold = {26, 700, known ? TOKEN_INK : TOKEN_MENTION, ANCHOR_START};
    const struct type grey = {24, 400, known ? TOKEN_TEXT : TOKEN_MENTION, ANCHOR_START};
    const double width = (FRAME_NARROW_RIGHT - FRAME_NARROW_MARGIN) / FRAME_SPARE;
    g_autofree char *name = subject_name(place);
    g_autofree char *fitted = typeface_fit(canvas->typeface, name, 26, 700, width);
    g_autofree char *median = response_median(subject, indicator);
    canvas_line(canvas, (struct point){FRAME_NARROW_MARGIN, y},
                (struct point){FRAME_NARROW_RIGHT, y}, sep);
    canvas_text(canvas, FRAME_NARROW_MARGIN, y + 36, bold, fitted);
    canvas_text(canvas, FRAME_NARROW_MARGIN, y + 68, grey, median);
    const double top = y + 94;
    const struct response_panel panel = {
        .days = {0, response->most_days, PLOT_LEFT, FRAME_NARROW_RIGHT - 6},
        .shares = {0, 100, top + PLOT_HEIGHT, top},
    };
    response_paint(subject, canvas, indicator, response, &panel, true);
    response_paint_days(subject, canvas, response, &panel, top + PLOT_HEIGHT + 31);
    return top + PLOT_HEIGHT + 52;
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
