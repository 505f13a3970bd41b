#include "frame.h"
#include "key.h"
#include "mark.h"
#include "robustness.h"
#include "rows.h"

/* One track of ranks for each place: the bar holds all ranks obtained, the dot is the
 * most frequent one. Eight columns of shares could not be read here. */
enum {
    LEFT = 24,
    TRACK_LEFT = 24,
    TRACK_RIGHT = 576,
    TRACK = 46,
    DOT = 10,
    LEAST_LABEL_PITCH = 36, /* below: every fifth rank has its figure */
    LEAST_DOT_PITCH = 24,   /* below: as the figures, the points of the track */
};

static const struct type grey = {24, 400, TOKEN_MENTION, ANCHOR_START};

static struct scale track_scale(const struct edition *edition) {
    const int ranks = robustness_ranks(edition);
    return (struct scale){0.5, ranks + 0.5, TRACK_LEFT, TRACK_RIGHT};
}

static double pitch_of(const struct scale *scale) {
    return (scale->to_px - scale->from_px) / (scale->to - scale->from);
}

static bool is_told(const struct scale *scale, int rank, double least_pitch) {
    return pitch_of(scale) >= least_pitch || rank == 1 || rank % 5 == 0;
}

static double paint_ranks(const struct subject *subject, struct canvas *canvas,
                          const struct scale *scale, double y) {
    const struct type figure = {24, 700, TOKEN_TEXT, ANCHOR_MIDDLE};
    for (int rank = 1; rank < scale->to; rank++) {
        if (!is_told(scale, rank, LEAST_LABEL_PITCH))
            continue;
        g_autofree char *text = words_number(subject->words, rank, 0);
        const double room = 18; /* half of the widest rank and some air */
        canvas_text(canvas,
                    CLAMP(scale_px(scale, rank), LEFT + room, FRAME_NARROW_RIGHT - room),
                    y + 26, figure, text);
    }
    return y + 38;
}

/* The name, and at the right the ranks obtained. */
static double paint_head(const struct subject *subject, struct canvas *canvas,
                         const struct edition_marketplace *place,
                         const struct edition_robust *robust, double y) {
    const struct pen sep = {.token = TOKEN_SEP, .width = 1};
    const struct type bold = {26, 700, robust != NULL ? TOKEN_INK : TOKEN_MENTION,
                              ANCHOR_START};
    const struct type figure = {26, 700, TOKEN_POINT, ANCHOR_END};
    double taken = 0;
    canvas_line(canvas, (struct point){LEFT, y}, (struct point){FRAME_NARROW_RIGHT, y},
                sep);
    if (robust != NULL) {
        g_autofree char *range = robustness_range_text(subject, robust);
        taken = 24 + canvas_text(canvas, FRAME_NARROW_RIGHT, y + 35, figure, range);
    }
    g_autofree char *name = subject_name(place);
    g_autofree char *fitted =
        typeface_fit(canvas->typeface, name, bold.size, bold.weight,
                     (FRAME_NARROW_RIGHT - LEFT - taken) / FRAME_SPARE);
    canvas_text(canvas, LEFT, y + 35, bold, fitted);
    return y + 44;
}

static double paint_mode(const struct subject *subject, struct canvas *canvas,
                         const struct edition_robust *robust, double y) {
    double most;
    const int mode = robustness_mode(robust, &most);
    if (mode == 0)
        return y;
    g_autofree char *rank = words_number(subject->words, mode, 0);
    g_autofree char *share = robustness_share(subject, most, true);
    const struct words_argument arguments[] = {
        {"rank", rank, 0}, {"share", share, 0}, {NULL, NULL, 0}};
    g_autofree char *text =
        words_say(subject->words, "robustness.narrow.mode", arguments);
    return frame_paragraph(canvas, LEFT, FRAME_NARROW_RIGHT, y, grey, text, 2);
}

static void paint_track(struct canvas *canvas, const struct scale *scale, double y,
                        const struct edition_overall *overall,
                        const struct edition_robust *robust) {
    const struct robustness_range range = robustness_range(robust);
    const struct pen line = {.token = TOKEN_LINE, .width = 1.5};
    const struct pen bar = {TOKEN_INTERVAL, 7, 0, 0, true};
    const struct pen ring = {.token = TOKEN_PAPER, .width = 2};
    const struct pen none = {.token = TOKEN_NONE};
    const double half = TRACK / 2.0 - 4;
    double share;
    const int mode = robustness_mode(robust, &share);
    for (int rank = 1; rank < scale->to; rank++)
        if (is_told(scale, rank, LEAST_DOT_PITCH))
            canvas_circle(canvas, scale_px(scale, rank), y, 2.5, TOKEN_LINE, none);
    if (overall->rank_low > 0) {
        const double left = scale_px(scale, overall->rank_low - 0.5) + 2;
        const double right = scale_px(scale, overall->rank_high + 0.5) - 2;
        canvas_rectangle(canvas, left, y - half, right - left, 2 * half, 6, TOKEN_NONE,
                         line);
    }
    if (range.low > 0 && range.low < range.high)
        canvas_line(canvas, (struct point){scale_px(scale, range.low), y},
                    (struct point){scale_px(scale, range.high), y}, bar);
    if (mode > 0)
        canvas_circle(canvas, scale_px(scale, mode), y, MIN(DOT, pitch_of(scale) * 0.45),
                      TOKEN_POINT, ring);
}

static double paint_row(const struct subject *subject, struct canvas *canvas,
                        const struct scale *scale,
                        const struct edition_marketplace *place, double y) {
    const struct edition_robust *robust = place->overall.score.score.known
                                              ? robustness_find(subject->edition, place)
                                              : NULL;
    y = paint_head(subject, canvas, place, robust, y);
    if (robust == NULL) {
        g_autofree char *why = subject_sentence(robustness_missing(subject, place));
        y = frame_paragraph(canvas, LEFT, FRAME_NARROW_RIGHT, y, grey, why, 4) + 10;
        mark_insufficient(canvas, TRACK_LEFT, y, TRACK_RIGHT - TRACK_LEFT, TRACK - 8, "");
        return y + TRACK + 6;
    }
    y = paint_mode(subject, canvas, robust, y) + 6;
    paint_track(canvas, scale, y + TRACK / 2.0, &place->overall, robust);
    return y + TRACK + 8;
}

void robustness_draw_narrow(const struct subject *subject, struct canvas *canvas) {
    struct rows rows = rows_split(subject);
    const struct scale scale = track_scale(subject->edition);
    const struct type bold = {24, 700, TOKEN_INK, ANCHOR_START};
    const struct type end = {24, 400, TOKEN_MENTION, ANCHOR_END};
    g_autofree char *period = subject_period(subject);
    g_autofree char *subtitle =
        subject_say(subject, "robustness.subtitle", "period", period);
    g_autofree char *obtained = words_say(subject->words, "robustness.obtained", NULL);
    g_autofree char *range = words_say(subject->words, "robustness.range", NULL);
    bool any = false;
    double y = frame_open(canvas, subtitle) + 12;
    if (rows.rated->len > 0) {
        canvas_text(canvas, FRAME_NARROW_RIGHT, y + 24, end, range);
        y = frame_paragraph(canvas, LEFT, FRAME_NARROW_RIGHT, y, bold, obtained, 1);
        y = paint_ranks(subject, canvas, &scale, y);
    }
    for (int i = 0; i < rows.count; i++) {
        const struct edition_marketplace *place = rows_place(&rows, i);
        any |= place->overall.score.score.known &&
               robustness_find(subject->edition, place) != NULL;
        y = paint_row(subject, canvas, &scale, place, y);
    }
    y = rows_paint_listed(canvas, subject, &rows, y);
    if (any) {
        struct key key = {.count = 0};
        key_add(&key, subject, KEY_SCORE, "robustness.narrow.key");
        key_add(&key, subject, KEY_TEXT, "robustness.key.frame");
        y = key_paint_below(&key, canvas, y + 8);
    }
    frame_close(canvas, y);
    rows_clear(&rows);
}
