#include "mark.h"

#include "frame.h"

#include <string.h>

static const struct pen no_pen = {.token = TOKEN_NONE};

enum token mark_band_token(guint band) {
    static const enum token tokens[] = {TOKEN_BAND_A, TOKEN_BAND_B, TOKEN_BAND_C,
                                        TOKEN_BAND_D, TOKEN_BAND_E};
    return tokens[MIN(band, G_N_ELEMENTS(tokens) - 1)];
}

static double band_end(const struct edition *edition, guint band) {
    if (band == 0)
        return 100;
    return ((const struct edition_band *)edition->bands->pdata[band - 1])->least;
}

void mark_bands(struct canvas *canvas, const struct edition *edition,
                const struct scale *scale, double y, double height) {
    const struct pen grid = {.token = TOKEN_GRID, .width = 1};
    for (guint i = 0; i < edition->bands->len; i++) {
        const struct edition_band *band = edition->bands->pdata[i];
        const double left = scale_px(scale, band->least);
        const double right = scale_px(scale, band_end(edition, i));
        canvas_rectangle(canvas, left, y, right - left, height, 0, mark_band_token(i),
                         no_pen);
    }
    for (guint i = 0; i <= edition->bands->len; i++) {
        const bool last = i == edition->bands->len;
        const double x = scale_px(scale, last ? 0 : band_end(edition, i));
        canvas_line(canvas, (struct point){x, y}, (struct point){x, y + height}, grid);
    }
}

void mark_band_letters(struct canvas *canvas, const struct edition *edition,
                       const struct scale *scale, double baseline, const char *own) {
    for (guint i = 0; i < edition->bands->len; i++) {
        const struct edition_band *band = edition->bands->pdata[i];
        const double left = scale_px(scale, band->least);
        const double right = scale_px(scale, band_end(edition, i));
        const bool strong = own != NULL && strcmp(own, band->letter) == 0;
        struct type type = {
            .size = frame_size(canvas), .weight = 700, .anchor = ANCHOR_MIDDLE};
        type.token = strong ? TOKEN_INK : own != NULL ? TOKEN_MENTION : TOKEN_TEXT;
        canvas_text(canvas, (left + right) / 2, baseline, type, band->letter);
    }
}

void mark_band_limits(struct canvas *canvas, const struct edition *edition,
                      const struct scale *scale, double baseline) {
    const struct type type = {frame_size(canvas), 400, TOKEN_MENTION, ANCHOR_MIDDLE};
    const double least_distance = 2 * type.size;
    const double end = scale_px(scale, 100);
    double last = -1e5;
    for (guint i = edition->bands->len + 1; i-- > 0;) {
        const double value = i == edition->bands->len ? 0 : band_end(edition, i);
        const double x = scale_px(scale, value);
        if (x - last < least_distance || (i > 0 && end - x < least_distance))
            continue;
        char text[G_ASCII_DTOSTR_BUF_SIZE];
        canvas_text(canvas, x, baseline, type,
                    g_ascii_formatd(text, sizeof text, "%.0f", value));
        last = x;
    }
}

static bool has_interval(const struct edition_score *score) {
    return score->low.known && score->high.known;
}

void mark_score(struct canvas *canvas, const struct scale *scale, double y,
                const struct edition_score *score, double dot_radius) {
    g_assert(score->score.known);
    if (has_interval(score)) {
        const struct pen bar = {TOKEN_INTERVAL, dot_radius * 0.68, 0, 0, true};
        canvas_line(canvas, (struct point){scale_px(scale, score->low.value), y},
                    (struct point){scale_px(scale, score->high.value), y}, bar);
    }
    const struct pen ring = {.token = TOKEN_PAPER, .width = 2};
    canvas_circle(canvas, scale_px(scale, score->score.value), y, dot_radius, TOKEN_POINT,
                  ring);
}

void mark_score_span(const struct scale *scale, const struct edition_score *score,
                     double dot_radius, double *left, double *right) {
    const double x = scale_px(scale, score->score.value);
    *left = x - dot_radius;
    *right = x + dot_radius;
    if (!has_interval(score))
        return;
    const double cap = dot_radius * 0.34;
    *left = MIN(*left, scale_px(scale, score->low.value) - cap);
    *right = MAX(*right, scale_px(scale, score->high.value) + cap);
}

void mark_score_text(struct canvas *canvas, const struct scale *scale, double y,
                     const struct edition_score *score, double dot_radius, double limit,
                     struct type type, const char *text, double *left, double *right) {
    const double gap = 9;
    mark_score_span(scale, score, dot_radius, left, right);
    const double advance =
        typeface_extent(canvas->typeface, text, type.size, type.weight).advance;
    const bool after = *right + gap + advance <= limit;
    type.anchor = after ? ANCHOR_START : ANCHOR_END;
    const double x = after ? *right + gap : *left - gap;
    canvas_text(canvas, x, y + type.size * 0.36, type, text);
    *left = after ? x : x - advance;
    *right = *left + advance;
}

void mark_median(struct canvas *canvas, double x, double y, double half, double left,
                 double right) {
    const double clear = 11; /* half the height of the figure and some air */
    const struct pen dash = {TOKEN_INK, 1.5, 4, 4, false};
    const bool hit = x > left - 4 && x < right + 4;
    canvas_line(canvas, (struct point){x, y - half},
                (struct point){x, hit ? y - clear : y + half}, dash);
    if (hit)
        canvas_line(canvas, (struct point){x, y + clear}, (struct point){x, y + half},
                    dash);
}

void mark_median_tick(struct canvas *canvas, const struct scale *scale,
                      struct edition_number median, double y, double half) {
    const struct pen tick = {.token = TOKEN_INK, .width = 1.75};
    if (!median.known)
        return;
    const double x = scale_px(scale, median.value);
    canvas_line(canvas, (struct point){x, y - half}, (struct point){x, y + half}, tick);
}

void mark_insufficient(struct canvas *canvas, double x, double y, double width,
                       double height, const char *reason) {
    const double padding = 12, least_hatch = 8;
    const struct type type = {frame_size(canvas), 400, TOKEN_TEXT, ANCHOR_MIDDLE};
    canvas_hatch(canvas, x, y, width, height);
    if (*reason == '\0')
        return;
    const double room = width - 2 * (padding + least_hatch);
    g_autofree char *text =
        typeface_fit(canvas->typeface, reason, type.size, type.weight, room);
    const double advance =
        typeface_extent(canvas->typeface, text, type.size, type.weight).advance;
    const double pill = advance + 2 * padding, tall = MIN(height, type.size + 11);
    canvas_rectangle(canvas, x + (width - pill) / 2, y + (height - tall) / 2, pill, tall,
                     4, TOKEN_PAPER, no_pen);
    canvas_text(canvas, x + width / 2, y + height / 2 + type.size * 0.36, type, text);
}

void mark_grade(struct canvas *canvas, const struct edition *edition, double x, double y,
                double side, const char *letter, const char *unknown) {
    static const struct {
        enum token colour;
        bool solid;
    } badges[] = {{TOKEN_POINT, true},
                  {TOKEN_POINT, false},
                  {TOKEN_MENTION, false},
                  {TOKEN_ALERT, false},
                  {TOKEN_ALERT, true}};
    struct type type = {side * 0.62, 700, TOKEN_PAPER, ANCHOR_MIDDLE};
    if (letter == NULL) {
        const struct pen dash = {TOKEN_LINE, 1.5, 4, 4, false};
        if (side > 40)
            canvas_rectangle(canvas, x - side / 2 + 1, y - side / 2 + 1, side - 2,
                             side - 2, side / 8, TOKEN_PAPER, dash);
        type = (struct type){frame_size(canvas), 400, TOKEN_MENTION, ANCHOR_MIDDLE};
        canvas_text(canvas, x, y + type.size * 0.36, type, unknown);
        return;
    }
    guint band = 0;
    while (band + 1 < edition->bands->len &&
           strcmp(((const struct edition_band *)edition->bands->pdata[band])->letter,
                  letter) != 0)
        band++;
    band = MIN(band, G_N_ELEMENTS(badges) - 1);
    const double line = MAX(2, side / 14), inset = line / 2;
    const struct pen pen = {.token = badges[band].colour, .width = line};
    type.token = badges[band].solid ? TOKEN_PAPER : badges[band].colour;
    canvas_rectangle(canvas, x - side / 2 + inset, y - side / 2 + inset, side - line,
                     side - line, side / 8,
                     badges[band].solid ? badges[band].colour : TOKEN_PAPER, pen);
    canvas_text(canvas, x, y + type.size * 0.364, type, letter);
}

double mark_position_radius(const struct canvas *canvas, enum edition_position position) {
    const double larger = frame_size(canvas) > 20 ? 1.35 : 1;
    return larger * (position == POSITION_ABOVE_OUTER ? 9.5
                     : position == POSITION_INSIDE    ? 6.5
                                                      : 7.5);
}

void mark_position(struct canvas *canvas, double x, double y,
                   enum edition_position position) {
    static const struct {
        enum token fill, line;
        double width;
    } looks[POSITION_COUNT] = {
        [POSITION_UNKNOWN] = {TOKEN_PAPER, TOKEN_MENTION, 2},
        [POSITION_INSIDE] = {TOKEN_MENTION, TOKEN_PAPER, 2},
        [POSITION_ABOVE_INNER] = {TOKEN_PAPER, TOKEN_ALERT, 2.75},
        [POSITION_ABOVE_OUTER] = {TOKEN_ALERT, TOKEN_PAPER, 2},
        [POSITION_BELOW_INNER] = {TOKEN_PAPER, TOKEN_POINT, 2.75},
        [POSITION_BELOW_OUTER] = {TOKEN_POINT, TOKEN_PAPER, 2},
    };
    const double radius = mark_position_radius(canvas, position);
    const struct pen pen = {.token = looks[position].line,
                            .width = looks[position].width};
    if (position != POSITION_ABOVE_OUTER) {
        canvas_circle(canvas, x, y, radius, looks[position].fill, pen);
        return;
    }
    const struct point corners[] = {
        {x, y - radius}, {x + radius, y}, {x, y + radius}, {x - radius, y}};
    canvas_path(canvas, corners, 4, true, looks[position].fill, pen);
}

void mark_weakest(struct canvas *canvas, double x, double y) {
    const double size = frame_size(canvas) / 1.5;
    canvas_triangle(canvas, x, y - size / 2, size, false, TOKEN_ALERT);
}

void mark_alert(struct canvas *canvas, double x, double baseline, bool own) {
    const double size = frame_size(canvas) / 1.5, half = size * 0.52;
    if (own) {
        canvas_triangle(canvas, x, baseline, size, true, TOKEN_ALERT);
        return;
    }
    const struct point corners[] = {
        {x - half, baseline - 1}, {x, baseline - size + 1}, {x + half, baseline - 1}};
    const struct pen line = {.token = TOKEN_ALERT, .width = 1.75};
    canvas_path(canvas, corners, 3, true, TOKEN_PAPER, line);
}

double mark_change(struct canvas *canvas, double x, double baseline, bool up,
                   const char *text) {
    const struct type type = {frame_size(canvas), 500, TOKEN_INK, ANCHOR_START};
    const double size = type.size / 1.5, half = size * 0.6;
    canvas_triangle(canvas, x + half, up ? baseline : baseline - size, size, up,
                    TOKEN_INK);
    return 2 * half + 6 + canvas_text(canvas, x + 2 * half + 6, baseline, type, text);
}
