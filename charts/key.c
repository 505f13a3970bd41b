#include "key.h"

#include "frame.h"
#include "mark.h"

#define ABOVE_FOOT 46.0 /* from the last line's centre to the picture's end */
#define LINE_PITCH 21.0
#define GAP 26.0
#define SIZE 15.0

static void sample_score(struct canvas *canvas, double x, double y) {
    const struct pen bar = {TOKEN_INTERVAL, 5.5, 0, 0, true};
    const struct pen ring = {.token = TOKEN_PAPER, .width = 2};
    canvas_line(canvas, (struct point){x + 3, y}, (struct point){x + 37, y}, bar);
    canvas_circle(canvas, x + 20, y, 8, TOKEN_POINT, ring);
}

static void sample_score_alone(struct canvas *canvas, double x, double y) {
    const struct pen ring = {.token = TOKEN_PAPER, .width = 2};
    canvas_circle(canvas, x + 8, y, 8, TOKEN_POINT, ring);
}

static void sample_score_upright(struct canvas *canvas, double x, double y) {
    const struct pen bar = {TOKEN_INTERVAL, 5.5, 0, 0, true};
    const struct pen ring = {.token = TOKEN_PAPER, .width = 2};
    canvas_line(canvas, (struct point){x + 8, y - 7}, (struct point){x + 8, y + 7}, bar);
    canvas_circle(canvas, x + 8, y, 5, TOKEN_POINT, ring);
}

static void sample_ring(struct canvas *canvas, double x, double y) {
    const struct pen ring = {TOKEN_POINT, 2.25, 0, 0, false};
    canvas_circle(canvas, x + 8, y, 5.5, TOKEN_PAPER, ring);
}

static void sample_line(struct canvas *canvas, double x, double y) {
    const struct pen blue = {TOKEN_POINT, 2.5, 0, 0, true};
    canvas_line(canvas, (struct point){x + 1, y}, (struct point){x + 29, y}, blue);
}

static void sample_series(struct canvas *canvas, double x, double y) {
    const struct pen no_pen = {.token = TOKEN_NONE};
    canvas_rectangle(canvas, x, y - 6, 30, 12, 0, TOKEN_RIBBON, no_pen);
    sample_line(canvas, x, y);
}

static void sample_median_line(struct canvas *canvas, double x, double y) {
    const struct pen grey = {TOKEN_LINE, 1.5, 0, 0, true};
    canvas_line(canvas, (struct point){x + 1, y}, (struct point){x + 25, y}, grey);
}

static void sample_median(struct canvas *canvas, double x, double y) {
    const struct pen tick = {.token = TOKEN_INK, .width = 1.75};
    canvas_line(canvas, (struct point){x + 2, y - 8}, (struct point){x + 2, y + 8}, tick);
    sample_median_line(canvas, x + 9, y);
}

static void sample_hatch(struct canvas *canvas, double x, double y) {
    canvas_hatch(canvas, x, y - 7, 30, 14);
}

static void sample_change(struct canvas *canvas, double x, double y) {
    const double size = frame_size(canvas) / 1.5;
    canvas_triangle(canvas, x + size * 0.6, y + size / 2, size, true, TOKEN_INK);
    canvas_triangle(canvas, x + size * 2.1, y - size / 2, size, false, TOKEN_INK);
}

static void sample_weakest(struct canvas *canvas, double x, double y) {
    mark_weakest(canvas, x + frame_size(canvas) * 0.4, y);
}

static void sample_alert_own(struct canvas *canvas, double x, double y) {
    const double size = frame_size(canvas);
    mark_alert(canvas, x + size * 0.4, y + size / 3, true);
}

static void sample_alert_general(struct canvas *canvas, double x, double y) {
    const double size = frame_size(canvas);
    mark_alert(canvas, x + size * 0.4, y + size / 3, false);
}

static void sample_late(struct canvas *canvas, double x, double y) {
    const struct pen no_pen = {.token = TOKEN_NONE};
    const double size = frame_size(canvas) / 3;
    canvas_circle(canvas, x + size, y, size, TOKEN_ALERT, no_pen);
    canvas_rectangle(canvas, x + 2.6 * size, y - size, 3.4 * size, 2 * size, 2,
                     TOKEN_ALERT, no_pen);
}

static void sample_kept(struct canvas *canvas, double x, double y) {
    const struct pen line = {.token = TOKEN_POINT, .width = 2};
    const double size = frame_size(canvas) / 3;
    canvas_circle(canvas, x + size, y, size - 0.6, TOKEN_PAPER, line);
    canvas_rectangle(canvas, x + 2.6 * size, y - size + 0.6, 3.4 * size, 2 * size - 1.2,
                     2, TOKEN_PAPER, line);
}

static void sample_inside(struct canvas *canvas, double x, double y) {
    mark_position(canvas, x + 10, y, POSITION_INSIDE);
}

static void sample_above_inner(struct canvas *canvas, double x, double y) {
    mark_position(canvas, x + 10, y, POSITION_ABOVE_INNER);
}

static void sample_above_outer(struct canvas *canvas, double x, double y) {
    mark_position(canvas, x + 10, y, POSITION_ABOVE_OUTER);
}

static void sample_below_inner(struct canvas *canvas, double x, double y) {
    mark_position(canvas, x + 10, y, POSITION_BELOW_INNER);
}

static void sample_below_outer(struct canvas *canvas, double x, double y) {
    mark_position(canvas, x + 10, y, POSITION_BELOW_OUTER);
}

static const struct {
    void (*paint)(struct canvas *canvas, double x, double y);
    double width; /* the gap to the words included */
} samples[KEY_SAMPLES] = {
    [KEY_TEXT] = {NULL, 0},
    [KEY_SCORE] = {sample_score, 49},
    [KEY_SCORE_ALONE] = {sample_score_alone, 25},
    [KEY_SCORE_UPRIGHT] = {sample_score_upright, 24},
    [KEY_RING] = {sample_ring, 24},
    [KEY_SERIES] = {sample_series, 40},
    [KEY_LINE] = {sample_line, 40},
    [KEY_MEDIAN] = {sample_median, 43},
    [KEY_MEDIAN_LINE] = {sample_median_line, 35},
    [KEY_HATCH] = {sample_hatch, 40},
    [KEY_CHANGE] = {sample_change, 36},
    [KEY_WEAKEST] = {sample_weakest, 20},
    [KEY_ALERT_OWN] = {sample_alert_own, 20},
    [KEY_ALERT_GENERAL] = {sample_alert_general, 20},
    [KEY_LATE] = {sample_late, 40},
    [KEY_KEPT] = {sample_kept, 40},
    [KEY_INSIDE] = {sample_inside, 26},
    [KEY_ABOVE_INNER] = {sample_above_inner, 26},
    [KEY_ABOVE_OUTER] = {sample_above_outer, 26},
    [KEY_BELOW_INNER] = {sample_below_inner, 26},
    [KEY_BELOW_OUTER] = {sample_below_outer, 26},
};

void key_add_text(struct key *key, enum key_sample sample, char *text) {
    g_assert(key->count < KEY_MOST);
    key->entries[key->count].sample = sample;
    key->entries[key->count++].text = text;
}

void key_add(struct key *key, const struct subject *subject, enum key_sample sample,
             const char *message) {
    key_add_text(key, sample, words_say(subject->words, message, NULL));
}

void key_add_score(struct key *key, const struct subject *subject) {
    const bool interval = subject_has_intervals(subject->edition);
    key_add(key, subject, interval ? KEY_SCORE : KEY_SCORE_ALONE,
            interval ? "chart.key.interval" : "chart.key.no_interval");
}

void key_add_alerts(struct key *key, const struct subject *subject,
                    const GPtrArray *alerts) {
    int own = 0, general = 0;
    for (guint i = 0; i < alerts->len; i++) {
        const struct edition_alert *alert = alerts->pdata[i];
        own += alert->own;
        general += !alert->own;
    }
    if (own > 0)
        key_add(key, subject, KEY_ALERT_OWN, "chart.key.alert.own");
    if (general > 0)
        key_add(key, subject, KEY_ALERT_GENERAL, "chart.key.alert.general");
}

/* Where each entry begins, and on which line; returns the last line. */
static int place_entries(const struct key *key, const struct canvas *canvas,
                         double lefts[static KEY_MOST], int lines[static KEY_MOST]) {
    double x = FRAME_MARGIN;
    int line = 0;
    for (int i = 0; i < key->count; i++) {
        const double width =
            samples[key->entries[i].sample].width +
            typeface_extent(canvas->typeface, key->entries[i].text, SIZE, 400).advance *
                FRAME_SPARE;
        if (x > FRAME_MARGIN && x + width > FRAME_WIDTH - FRAME_MARGIN / 2) {
            x = FRAME_MARGIN;
            line++;
        }
        lefts[i] = x;
        lines[i] = line;
        x += width + GAP;
    }
    return line;
}

int key_lines(const struct key *key, const struct canvas *canvas) {
    double lefts[KEY_MOST];
    int lines[KEY_MOST];
    return key->count == 0 ? 0 : place_entries(key, canvas, lefts, lines) + 1;
}

void key_paint(struct key *key, struct canvas *canvas) {
    const struct type type = {SIZE, 400, TOKEN_TEXT, ANCHOR_START};
    double lefts[KEY_MOST];
    int lines[KEY_MOST];
    const int line = place_entries(key, canvas, lefts, lines);
    for (int i = 0; i < key->count; i++) {
        const enum key_sample sample = key->entries[i].sample;
        const double y = canvas->height - ABOVE_FOOT - LINE_PITCH * (line - lines[i]);
        const double text_x = lefts[i] + samples[sample].width;
        g_autofree char *fitted = typeface_fit(canvas->typeface, key->entries[i].text,
                                               SIZE, 400, frame_room(text_x));
        if (samples[sample].paint != NULL)
            samples[sample].paint(canvas, lefts[i], y);
        canvas_text(canvas, text_x, y + SIZE * 0.36, type, fitted);
        g_free(key->entries[i].text);
    }
    key->count = 0;
}

double key_paint_below(struct key *key, struct canvas *canvas, double y) {
    const struct type type = {frame_size(canvas), 400, TOKEN_TEXT, ANCHOR_START};
    for (int i = 0; i < key->count; i++) {
        const enum key_sample sample = key->entries[i].sample;
        const double words =
            FRAME_NARROW_MARGIN + samples[sample].width + (sample == KEY_TEXT ? 0 : 16);
        if (samples[sample].paint != NULL)
            samples[sample].paint(canvas, FRAME_NARROW_MARGIN, y + type.size * 0.64);
        y = frame_paragraph(canvas, words, FRAME_NARROW_RIGHT, y, type,
                            key->entries[i].text, 4);
        y += 6;
        g_free(key->entries[i].text);
    }
    key->count = 0;
    return y;
}
