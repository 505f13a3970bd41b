#include "frame.h"
#include "mark.h"
#include "ranking.h"

enum {
    LEFT = 24,
    PLOT_LEFT = 32,
    PLOT_RIGHT = 364,
    PLOT_HEIGHT = 42,
    VALUE_END = 462,
    GRADE_X = 492,
    GRADE_SIDE = 40,
    RANGE_X = 521,
};

static const struct type grey = {24, 400, TOKEN_MENTION, ANCHOR_START};

/* Median, letters of the bands, head of the grades; returns the end. */
static double paint_heads(const struct subject *subject, struct canvas *canvas,
                          const struct ranking *ranking, double y) {
    if (ranking->median.known) {
        const struct type type = {24, 500, TOKEN_INK, ANCHOR_MIDDLE};
        const double x = scale_px(&ranking->scale, ranking->median.value);
        g_autofree char *value = subject_score(subject, ranking->median.value);
        g_autofree char *text = subject_say(subject, "chart.median", "value", value);
        canvas_text(canvas, CLAMP(x, PLOT_LEFT + 100, PLOT_RIGHT), y + 30, type, text);
        y += 34;
    }
    const struct type middle = {24, 400, TOKEN_MENTION, ANCHOR_MIDDLE};
    g_autofree char *grade = words_say(subject->words, "column.grade", NULL);
    mark_band_letters(canvas, subject->edition, &ranking->scale, y + 28, NULL);
    canvas_text(canvas, GRADE_X, y + 28, middle, grade);
    return y + 38;
}

/* "rang 1–2, 1 840 vendeurs, établi" */
static char *say_facts(const struct subject *subject,
                       const struct edition_marketplace *place) {
    const bool rated = place->overall.score.score.known;
    const struct words_argument count[] = {{"count", NULL, (int64_t)place->sellers.value},
                                           {NULL, NULL, 0}};
    g_autofree char *sellers =
        place->sellers.known
            ? words_say(subject->words, "ranking.narrow.sellers", count)
            : words_say(subject->words, "ranking.narrow.sellers.unknown", NULL);
    if (!rated)
        return g_steal_pointer(&sellers);
    g_autofree char *key =
        g_strconcat("status.", edition_status_code(place->status), NULL);
    g_autofree char *status = words_say(subject->words, key, NULL);
    if (place->overall.rank_low == 0)
        return g_strjoin(", ", sellers, status, NULL);
    g_autofree char *range = rows_rank(subject, place);
    g_autofree char *rank = subject_say(subject, "ranking.narrow.rank", "rank", range);
    return g_strjoin(", ", rank, sellers, status, NULL);
}

static void paint_grade(const struct subject *subject, struct canvas *canvas, double y,
                        const struct edition_marketplace *place) {
    const bool rated = place->overall.score.score.known;
    g_autofree char *unknown = words_say(subject->words, "unknown.short", NULL);
    g_autofree char *range = rows_grade_range(place);
    mark_grade(canvas, subject->edition, GRADE_X, y, GRADE_SIDE,
               rated ? place->overall.band : NULL, unknown);
    if (range != NULL)
        canvas_text(canvas, RANGE_X, y + 8.6, grey, range);
}

static void paint_plot(const struct subject *subject, struct canvas *canvas,
                       const struct ranking *ranking, double y,
                       const struct edition_score *score) {
    const struct type figure = {26, 700, TOKEN_POINT, ANCHOR_END};
    const double middle = y + PLOT_HEIGHT / 2.0;
    g_autofree char *value = subject_score(subject, score->score.value);
    mark_bands(canvas, subject->edition, &ranking->scale, y, PLOT_HEIGHT);
    if (ranking->median.known)
        mark_median(canvas, scale_px(&ranking->scale, ranking->median.value), middle,
                    PLOT_HEIGHT / 2.0, -10, -10);
    mark_score(canvas, &ranking->scale, middle, score, ranking->dot_radius);
    canvas_text(canvas, VALUE_END, middle + 9.4, figure, value);
}

static double paint_row(const struct subject *subject, struct canvas *canvas,
                        const struct ranking *ranking, int row, double y) {
    const struct edition_marketplace *place = rows_place(&ranking->rows, row);
    const bool rated = place->overall.score.score.known;
    g_autofree char *facts = say_facts(subject, place);
    y = rows_paint_heading(canvas, subject, place, y);
    y = frame_paragraph(canvas, LEFT, FRAME_NARROW_RIGHT, y, grey, facts, 2);
    if (!rated) {
        g_autofree char *reason = subject_sentence(subject_place_reason(subject, place));
        y = frame_paragraph(canvas, LEFT, FRAME_NARROW_RIGHT, y, grey, reason, 4);
    }
    y += 10;
    if (rated) {
        paint_plot(subject, canvas, ranking, y, &place->overall.score);
    } else {
        g_autofree char *text =
            subject_sentence(words_say(subject->words, "status.insufficient", NULL));
        mark_insufficient(canvas, PLOT_LEFT, y, PLOT_RIGHT - PLOT_LEFT, PLOT_HEIGHT,
                          text);
    }
    paint_grade(subject, canvas, y + PLOT_HEIGHT / 2.0, place);
    return y + PLOT_HEIGHT + 14;
}

void ranking_draw_narrow(const struct subject *subject, struct canvas *canvas) {
    struct ranking ranking = ranking_lay_out(subject, canvas->typeface);
    ranking.scale = (struct scale){0, 100, PLOT_LEFT, PLOT_RIGHT};
    g_autofree char *scale = words_say(subject->words, "chart.scale", NULL);
    g_autofree char *period = subject_period(subject);
    g_autofree char *subtitle = g_strjoin(" ", scale, period, NULL);
    double y = frame_open(canvas, subtitle) + 8;
    if (ranking.rows.count > 0) {
        y = paint_heads(subject, canvas, &ranking, y);
        for (int i = 0; i < ranking.rows.count; i++)
            y = paint_row(subject, canvas, &ranking, i, y);
        mark_band_limits(canvas, subject->edition, &ranking.scale, y + 22);
        y += 40;
    }
    y = rows_paint_listed(canvas, subject, &ranking.rows, y);
    if (subject->edition->marketplaces->len > 0) {
        struct key key = ranking_key(subject, &ranking);
        y = key_paint_below(&key, canvas, y + 8);
    }
    frame_close(canvas, y);
    ranking_clear(&ranking);
}
