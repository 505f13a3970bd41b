#include "coverage.h"
#include "frame.h"
#include "mark.h"

/* Figures two by two, then a block for each source: its bar, and under it the count of
 * each outcome in words. */
enum {
    LEFT = 24,
    MIDDLE = 316, /* where the second column begins */
    SWATCH = 17,
    LINE = 34,
};

static const struct type plain = {24, 400, TOKEN_TEXT, ANCHOR_START};
static const struct pen no_pen = {.token = TOKEN_NONE};

static double column_x(int column) {
    return column == 0 ? LEFT : MIDDLE;
}

static double column_end(int column) {
    return column == 0 ? MIDDLE - 32 : FRAME_NARROW_RIGHT;
}

/* A row of two figures with what they count. */
static double paint_tiles(const struct subject *subject, struct canvas *canvas, int first,
                          double y) {
    double end = y;
    g_autofree char *unknown = words_say(subject->words, "unknown.short", NULL);
    for (int column = 0; column < 2; column++) {
        const int tile = first + column;
        g_autofree char *figure = coverage_tile(subject, tile);
        g_autofree char *label = words_say(subject->words, coverage_tile_key(tile), NULL);
        const struct type large = {42, 700, figure != NULL ? TOKEN_POINT : TOKEN_MENTION,
                                   ANCHOR_START};
        canvas_text(canvas, column_x(column), y + 42, large,
                    figure != NULL ? figure : unknown);
        const double here = frame_paragraph(canvas, column_x(column), column_end(column),
                                            y + 50, plain, label, 3);
        end = MAX(end, here);
    }
    return end + 14;
}

static double paint_outcomes(const struct subject *subject, struct canvas *canvas,
                             const struct edition_account *account, double y) {
    for (int i = 0; i < COVERAGE_OUTCOMES; i++) {
        const int64_t count = coverage_outcome(account, i);
        const double x = column_x(i % 2), baseline = y + 24 + LINE * (i / 2);
        const struct type figure = {24, 700, count == 0 ? TOKEN_MENTION : TOKEN_INK,
                                    ANCHOR_END};
        g_autofree char *label = words_say(subject->words, coverage_outcome_key(i), NULL);
        g_autofree char *text = words_number(subject->words, (double)count, 0);
        canvas_rectangle(canvas, x, baseline - SWATCH, SWATCH, SWATCH, 2,
                         coverage_outcome_token(i), no_pen);
        canvas_text(canvas, x + SWATCH + 9, baseline, plain, label);
        canvas_text(canvas, column_end(i % 2), baseline, figure, text);
    }
    return y + 2 * LINE;
}

/* A source with its bar, or all of them without one (`most` 0). */
static double paint_source(const struct subject *subject, struct canvas *canvas,
                           const char *name, const struct edition_account *account,
                           int64_t most, double y) {
    const struct pen sep = {.token = TOKEN_GRID, .width = 1};
    const struct type bold = {26, 700, TOKEN_INK, ANCHOR_START};
    struct type figure = bold;
    figure.anchor = ANCHOR_END;
    g_autofree char *records =
        words_number(subject->words, (double)coverage_records(account), 0);
    canvas_line(canvas, (struct point){LEFT, y}, (struct point){FRAME_NARROW_RIGHT, y},
                sep);
    const double taken =
        24 + canvas_text(canvas, FRAME_NARROW_RIGHT, y + 37, figure, records);
    g_autofree char *fitted =
        typeface_fit(canvas->typeface, name, bold.size, bold.weight,
                     (FRAME_NARROW_RIGHT - LEFT - taken) / FRAME_SPARE);
    canvas_text(canvas, LEFT, y + 37, bold, fitted);
    y += 50;
    if (most > 0) {
        coverage_paint_bar(canvas, account, LEFT, y + 10, FRAME_NARROW_RIGHT - LEFT,
                           most);
        y += 30;
    }
    return paint_outcomes(subject, canvas, account, y) + 14;
}

static double paint_sources(const struct subject *subject, struct canvas *canvas,
                            const GPtrArray *profiles, double y) {
    const struct edition *edition = subject->edition;
    const struct type start = {24, 400, TOKEN_MENTION, ANCHOR_START};
    const struct type end = {24, 400, TOKEN_MENTION, ANCHOR_END};
    int64_t most = 1;
    for (guint i = 0; i < profiles->len; i++) {
        const struct edition_account own = coverage_sum(edition, profiles->pdata[i]);
        most = MAX(most, coverage_records(&own));
    }
    g_autofree char *source = words_say(subject->words, "coverage.source", NULL);
    g_autofree char *read = words_say(subject->words, "coverage.read", NULL);
    canvas_text(canvas, LEFT, y + 28, start, source);
    canvas_text(canvas, FRAME_NARROW_RIGHT, y + 28, end, read);
    y += 42;
    for (guint i = 0; i < profiles->len; i++) {
        const struct edition_account own = coverage_sum(edition, profiles->pdata[i]);
        g_autofree char *name = coverage_source_name(subject, profiles->pdata[i]);
        y = paint_source(subject, canvas, name, &own, most, y);
    }
    const struct edition_account all = coverage_sum(edition, NULL);
    g_autofree char *total = words_say(subject->words, "coverage.total", NULL);
    return paint_source(subject, canvas, total, &all, 0, y);
}

void coverage_draw_narrow(const struct subject *subject, struct canvas *canvas) {
    g_autoptr(GPtrArray) profiles = coverage_profiles(subject->edition);
    g_autofree char *period = subject_period(subject);
    g_autofree char *subtitle =
        subject_say(subject, "coverage.subtitle", "period", period);
    double y = frame_open(canvas, subtitle) + 14;
    for (int first = 0; first < COVERAGE_TILES; first += 2)
        y = paint_tiles(subject, canvas, first, y);
    if (profiles->len > 0) {
        y = paint_sources(subject, canvas, profiles, y + 6);
    } else {
        mark_insufficient(canvas, LEFT, y + 10, FRAME_NARROW_RIGHT - LEFT, 80, "");
        y += 90;
    }
    frame_close(canvas, y);
}
