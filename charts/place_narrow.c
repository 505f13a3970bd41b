#include "frame.h"
#include "mark.h"
#include "place_pillar.h"
#include "rows.h"

enum {
    LEFT = 24,
    BADGE_X = 58,
    BADGE_SIDE = 64,
    BAROMETER_LEFT = 116,
    BAROMETER_HEIGHT = 92,
    PLOT_LEFT = 66,
    PLOT_RIGHT = 474,
    PLOT_HEIGHT = 110,
};

static const struct type label = {24, 400, TOKEN_TEXT, ANCHOR_START};
static const struct type grey = {24, 400, TOKEN_MENTION, ANCHOR_START};
static const struct type bold = {24, 700, TOKEN_INK, ANCHOR_START};

/* The score over its mark and the interval beside it, both inside the barometer. */
static void paint_figures(const struct subject *subject, struct canvas *canvas,
                          const struct scale *scale, double baseline) {
    const struct type big = {40, 700, TOKEN_POINT, ANCHOR_START};
    const double score = subject->place->overall.score.score.value, inset = 8;
    g_autofree char *value = subject_score(subject, score);
    g_autofree char *range = place_interval(subject);
    const double advance =
        typeface_extent(canvas->typeface, value, big.size, 700).advance * FRAME_SPARE;
    const double beside =
        range == NULL ? 0
                      : 10 + typeface_extent(canvas->typeface, range, 24, 400).advance *
                                 FRAME_SPARE;
    const double x = CLAMP(scale_px(scale, score) - advance / 2, scale->from_px + inset,
                           scale->to_px - inset - advance - beside);
    canvas_text(canvas, x, baseline, big, value);
    if (range != NULL)
        canvas_text(canvas, x + advance + 10, baseline, label, range);
}

static double paint_barometer(const struct subject *subject, struct canvas *canvas,
                              double y) {
    const struct edition *edition = subject->edition;
    const struct edition_overall *overall = &subject->place->overall;
    const struct scale scale = {0, 100, BAROMETER_LEFT, FRAME_NARROW_RIGHT - 20};
    const struct type middle = {24, 400, TOKEN_MENTION, ANCHOR_MIDDLE};
    g_autofree char *unknown = words_say(subject->words, "unknown.short", NULL);
    g_autofree char *range = rows_grade_range(subject->place);
    mark_band_letters(canvas, edition, &scale, y + 26,
                      overall->band == NULL ? "" : overall->band);
    y += 36;
    mark_grade(canvas, edition, BADGE_X, y + BADGE_SIDE / 2.0, BADGE_SIDE, overall->band,
               unknown);
    if (range != NULL)
        canvas_text(canvas, BADGE_X, y + BADGE_SIDE + 26, middle, range);
    if (overall->score.score.known) {
        const double centre = y + BAROMETER_HEIGHT - 22;
        mark_bands(canvas, edition, &scale, y, BAROMETER_HEIGHT);
        mark_median_tick(canvas, &scale, subject_median(edition, -1), centre, 18);
        mark_score(canvas, &scale, centre, &overall->score, 12);
        paint_figures(subject, canvas, &scale, y + 40);
    } else {
        g_autofree char *text =
            subject_sentence(words_say(subject->words, "status.insufficient", NULL));
        mark_insufficient(canvas, scale.from_px, y, scale.to_px - scale.from_px,
                          BAROMETER_HEIGHT, text);
    }
    y += BAROMETER_HEIGHT;
    mark_band_limits(canvas, edition, &scale, y + 26);
    if (overall->score.score.known)
        return y + 40;
    g_autofree char *reason =
        subject_sentence(subject_place_reason(subject, subject->place));
    return frame_paragraph(canvas, LEFT, FRAME_NARROW_RIGHT, y + 36, grey, reason, 4);
}

static double paint_history(const struct subject *subject, struct canvas *canvas,
                            struct panel panel, double y) {
    const struct edition_marketplace *place = subject->place;
    const struct edition_trend *trend = &place->overall.trend;
    const struct words_argument arguments[] = {
        {"months", NULL, panel.to - panel.from + 1}, {NULL, NULL, 0}};
    g_autofree char *head = words_say(subject->words, "place.history", arguments);
    g_autofree char *change = subject_change(subject, trend);
    const double x =
        LEFT + canvas_text(canvas, LEFT, y + 34, bold, head) * FRAME_SPARE + 18;
    if (change != NULL && subject_moved(trend))
        mark_change(canvas, x, y + 34, trend->claim == CLAIM_IMPROVING, change);
    else if (change != NULL)
        canvas_text(canvas, x, y + 34, grey, change);
    panel.x = PLOT_LEFT;
    panel.y = y + 52;
    panel.width = PLOT_RIGHT - PLOT_LEFT;
    panel.height = PLOT_HEIGHT;
    panel_paint_grid(canvas, subject->edition, &panel, true);
    series_paint(subject, canvas, place, &panel);
    place_paint_alerts(canvas, place, &panel);
    panel_paint_months(subject, canvas, &panel, panel.y + panel.height + 36);
    if (place->overall.score.score.known) {
        const struct type value = {26, 700, TOKEN_POINT, ANCHOR_START};
        const struct scale scores = panel_scores(&panel);
        const double score = place->overall.score.score.value;
        g_autofree char *text = subject_score(subject, score);
        canvas_text(canvas, panel.x + panel.width + 14, scale_px(&scores, score) + 9.4,
                    value, text);
    }
    return panel.y + panel.height + 58;
}

static double paint_reply(const struct subject *subject, struct canvas *canvas,
                          double y) {
    const struct pen rule = {.token = TOKEN_GRID, .width = 1};
    const char *reply = subject->place->reply[words_language(subject->words)];
    g_autofree char *head = words_say(subject->words, "place.reply", NULL);
    canvas_line(canvas, (struct point){LEFT, y}, (struct point){FRAME_NARROW_RIGHT, y},
                rule);
    y = frame_paragraph(canvas, LEFT, FRAME_NARROW_RIGHT, y + 12, bold, head, 1);
    if (reply == NULL) {
        g_autofree char *none = words_say(subject->words, "place.reply.none", NULL);
        return frame_paragraph(canvas, LEFT, FRAME_NARROW_RIGHT, y, grey, none, 2);
    }
    /* Cut to less than its lines, so that the quotation marks always close. */
    g_autofree char *said = typeface_fit(canvas->typeface, reply, 24, 400, 1400);
    g_autofree char *quoted = subject_say(subject, "place.reply.text", "reply", said);
    return frame_paragraph(canvas, LEFT, FRAME_NARROW_RIGHT, y, label, quoted, 5);
}

void place_draw_narrow(const struct subject *subject, struct canvas *canvas) {
    const struct panel panel = panel_of(subject->edition);
    g_autofree char *subtitle = place_subtitle(subject);
    double y = frame_open(canvas, subtitle);
    y = paint_barometer(subject, canvas, y + 8);
    y = paint_history(subject, canvas, panel, y);
    for (guint i = 0; i < subject->place->pillars->len; i++)
        y = place_pillar_paint_narrow(subject, canvas, i, y);
    y = paint_reply(subject, canvas, y);
    struct key key = place_key(subject, &panel);
    y = key_paint_below(&key, canvas, y + 16);
    frame_close(canvas, y);
}
