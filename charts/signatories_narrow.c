#include "frame.h"
#include "key.h"
#include "mark.h"
#include "signatories.h"

/* The difference, then a section for each score with a lane for each group. */
enum {
    LEFT = 24,
    AXIS_LEFT = 54,
    AXIS_RIGHT = 546,
    PLOT_LEFT = 232,
    PLOT_RIGHT = 552,
    LANE = 48,
    DOT = 8,
};

static const struct type plain = {24, 400, TOKEN_TEXT, ANCHOR_START};
static const struct type bold = {26, 700, TOKEN_INK, ANCHOR_START};

static double paint_axis(const struct subject *subject, struct canvas *canvas,
                         const struct scale *scale, double y) {
    const double half = 26, marks[] = {scale->from, 0, scale->to};
    struct type type = plain;
    g_autofree char *others = words_say(subject->words, "signatories.others_ahead", NULL);
    g_autofree char *own = words_say(subject->words, "signatories.ahead", NULL);
    canvas_text(canvas, LEFT, y + 24, type, others);
    type.anchor = ANCHOR_END;
    canvas_text(canvas, FRAME_NARROW_RIGHT, y + 24, type, own);
    y += 38 + half;
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        const bool zero = i == 1;
        const struct type middle = {24, 400, TOKEN_MENTION, ANCHOR_MIDDLE};
        const struct pen pen = {zero ? TOKEN_INK : TOKEN_GRID, zero ? 2 : 1, 0, 0, false};
        const double x = scale_px(scale, marks[i]);
        g_autofree char *text = zero ? words_number(subject->words, 0, 0)
                                     : words_signed(subject->words, marks[i], 0);
        canvas_line(canvas, (struct point){x, y - half}, (struct point){x, y + half},
                    pen);
        canvas_text(canvas, x, y + half + 28, middle, text);
    }
    return y;
}

static double paint_difference(const struct subject *subject, struct canvas *canvas,
                               double y) {
    const struct edition_group *group = &subject->edition->signatories;
    const struct type figure = {28, 700, TOKEN_POINT, ANCHOR_START};
    g_autofree char *head = words_say(subject->words, "signatories.difference", NULL);
    g_autofree char *how = words_say(subject->words, "signatories.difference.how", NULL);
    g_autofree char *interval = signatories_interval(subject);
    y = frame_paragraph(canvas, LEFT, FRAME_NARROW_RIGHT, y, bold, head, 2);
    y = frame_paragraph(canvas, LEFT, FRAME_NARROW_RIGHT, y, plain, how, 2);
    if (!group->difference.known) {
        g_autofree char *reason = subject_sentence(signatories_reason(subject));
        y = frame_paragraph(canvas, LEFT, FRAME_NARROW_RIGHT, y, plain, reason, 4) + 12;
        mark_insufficient(canvas, LEFT, y, FRAME_NARROW_RIGHT - LEFT, 48, "");
        return y + 48;
    }
    if (interval != NULL)
        y = frame_paragraph(canvas, LEFT, FRAME_NARROW_RIGHT, y, plain, interval, 2);
    const struct scale scale = signatories_scale(group, AXIS_LEFT, AXIS_RIGHT);
    const struct edition_score score = {
        .score = group->difference, .low = group->low, .high = group->high};
    double left, right;
    g_autofree char *value = words_signed(subject->words, group->difference.value, 1);
    y = paint_axis(subject, canvas, &scale, y + 10);
    mark_score(canvas, &scale, y, &score, 11);
    mark_score_text(canvas, &scale, y, &score, 11, FRAME_NARROW_RIGHT, figure, value,
                    &left, &right);
    return y + 60;
}

static void paint_lane(const struct subject *subject, struct canvas *canvas,
                       const struct scale *scale, double y, int row, bool signed_it) {
    g_autoptr(GArray) scores = signatories_scores(subject->edition, signed_it, row);
    g_autofree char *name = signatories_group(subject, scores, signed_it);
    g_autofree char *fitted = typeface_fit(canvas->typeface, name, plain.size, 400,
                                           (PLOT_LEFT - LEFT - 8) / FRAME_SPARE);
    canvas_text(canvas, LEFT, y + 8.6, plain, fitted);
    if (scores->len > 0)
        signatories_paint_group(canvas, scale, y, DOT, scores, signed_it);
    else
        mark_insufficient(canvas, PLOT_LEFT, y - LANE / 2.0 + 6, PLOT_RIGHT - PLOT_LEFT,
                          LANE - 12, "");
}

static double paint_row(const struct subject *subject, struct canvas *canvas,
                        const struct scale *scale, int row, double y) {
    const struct pen sep = {.token = TOKEN_SEP, .width = 1};
    g_autofree char *label = signatories_label(subject, row);
    canvas_line(canvas, (struct point){LEFT, y}, (struct point){FRAME_NARROW_RIGHT, y},
                sep);
    y = frame_paragraph(canvas, LEFT, FRAME_NARROW_RIGHT, y + 10, bold, label, 2) + 4;
    mark_bands(canvas, subject->edition, scale, y, 2 * LANE);
    paint_lane(subject, canvas, scale, y + LANE * 0.5, row, true);
    paint_lane(subject, canvas, scale, y + LANE * 1.5, row, false);
    return y + 2 * LANE + 12;
}

void signatories_draw_narrow(const struct subject *subject, struct canvas *canvas) {
    const struct scale scale = {0, 100, PLOT_LEFT, PLOT_RIGHT};
    g_autofree char *period = subject_period(subject);
    g_autofree char *subtitle =
        subject_say(subject, "signatories.subtitle", "period", period);
    double y = frame_open(canvas, subtitle) + 16;
    if (subject->edition->marketplaces->len > 0) {
        const struct edition_marketplace *any = subject->edition->marketplaces->pdata[0];
        y = paint_difference(subject, canvas, y) + 20;
        mark_band_letters(canvas, subject->edition, &scale, y + 24, NULL);
        y += 38;
        for (int row = 0; row <= (int)any->pillars->len; row++)
            y = paint_row(subject, canvas, &scale, row, y);
        mark_band_limits(canvas, subject->edition, &scale, y + 20);
        struct key key = {.count = 0};
        key_add(&key, subject, KEY_TEXT, "signatories.key");
        y = key_paint_below(&key, canvas, y + 44);
    }
    frame_close(canvas, y);
}
