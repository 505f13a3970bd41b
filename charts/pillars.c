#include "pillars.h"

#include "barometre/text.h"

#include "frame.h"
#include "mark.h"

enum {
    RANK_X = 40,
    NAME_X = 92,
    GRADE_X = 284,
    PLOT_LEFT = 318,
    TOP = 166,
    DOT = 7,
};

#define VALUE_ROOM                                                                       \
    50.0 /* right of a column, for the figure beside an interval near 100 */

static const struct type head = {15, 400, TOKEN_MENTION, ANCHOR_START};
static const struct type figure = {16, 700, TOKEN_POINT, ANCHOR_START};

/* Every place has the pillars of the method; the first one names them. */
static const GPtrArray *pillars_of(const struct edition *edition) {
    if (edition->marketplaces->len == 0)
        return NULL;
    return ((const struct edition_marketplace *)edition->marketplaces->pdata[0])->pillars;
}

static const struct edition_pillar *pillar_at(const struct edition_marketplace *place,
                                              int pillar) {
    g_assert((guint)pillar < place->pillars->len);
    return place->pillars->pdata[pillar];
}

struct pillars pillars_lay_out(const struct subject *subject,
                               const struct typeface *typeface) {
    const GPtrArray *named = pillars_of(subject->edition);
    struct pillars pillars = {
        .rows = rows_lay_out(subject, typeface, TOP),
        .count = named == NULL ? 0 : (int)MIN(named->len, PILLARS_MOST),
    };
    pillars.pitch = (FRAME_RIGHT + 6 - PLOT_LEFT) / MAX(pillars.count, 1);
    for (int i = 0; i < pillars.count; i++) {
        const double left = PLOT_LEFT + pillars.pitch * i;
        pillars.scales[i] =
            (struct scale){0, 100, left, left + pillars.pitch - VALUE_ROOM};
        pillars.medians[i] = subject_median(subject->edition, i);
    }
    return pillars;
}

void pillars_clear(struct pillars *pillars) {
    rows_clear(&pillars->rows);
}

/* The one established change among all pillars; NULL where there is none or several. */
static char *only_change(const struct subject *subject) {
    char *title = NULL;
    const GPtrArray *places = subject->edition->marketplaces;
    for (guint i = 0; i < places->len; i++) {
        const struct edition_marketplace *place = places->pdata[i];
        for (guint k = 0; k < place->pillars->len; k++) {
            const struct edition_pillar *pillar = place->pillars->pdata[k];
            const enum edition_claim claim = pillar->trend.claim;
            if (claim != CLAIM_IMPROVING && claim != CLAIM_WORSENING)
                continue;
            if (title != NULL) {
                g_free(title);
                return NULL;
            }
            g_autofree char *name = subject_name(place);
            g_autofree char *label =
                text_clamp(pillar->label[words_language(subject->words)]);
            const struct words_argument arguments[] = {
                {"pillar", label, 0}, {"place", name, 0}, {NULL, NULL, 0}};
            title = words_say(subject->words,
                              claim == CLAIM_IMPROVING ? "pillars.title.improving"
                                                       : "pillars.title.worsening",
                              arguments);
        }
    }
    return title;
}

static int measured_count(const struct edition *edition) {
    int measured = 0;
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place = edition->marketplaces->pdata[i];
        bool any = false;
        for (guint k = 0; k < place->pillars->len; k++)
            any |= pillar_at(place, (int)k)->score.score.known;
        measured += any;
    }
    return measured;
}

char *pillars_title(const struct subject *subject) {
    if (subject->edition->marketplaces->len == 0)
        return words_say(subject->words, "chart.empty", NULL);
    const int measured = measured_count(subject->edition);
    g_autofree char *count = subject_count(subject, measured);
    const struct words_argument arguments[] = {{"rated", count, measured},
                                               {NULL, NULL, 0}};
    char *candidates[3] = {NULL};
    int at = 0;
    candidates[at] = only_change(subject);
    at += candidates[at] != NULL;
    candidates[at] = words_say(subject->words, "pillars.title", arguments);
    return subject_title(g_memdup2(candidates, sizeof candidates));
}

static void paint_column_head(const struct subject *subject, struct canvas *canvas,
                              const struct pillars *pillars, int column) {
    const struct scale *scale = &pillars->scales[column];
    const struct edition_pillar *pillar = pillars_of(subject->edition)->pdata[column];
    const struct type bold = {15, 700, TOKEN_INK, ANCHOR_START};
    g_autofree char *label = text_clamp(pillar->label[words_language(subject->words)]);
    g_autofree char *fitted =
        typeface_fit(canvas->typeface, label, 15, 700, pillars->pitch - 8);
    canvas_text(canvas, scale->from_px, TOP - 56, bold, fitted);
    mark_band_letters(canvas, subject->edition, scale, TOP - 11, NULL);
    mark_bands(canvas, subject->edition, scale, TOP, pillars->rows.bottom - TOP);
    mark_band_limits(canvas, subject->edition, scale, pillars->rows.bottom + 19);
    if (!pillars->medians[column].known)
        return;
    const struct type middle = {15, 500, TOKEN_INK, ANCHOR_MIDDLE};
    const double x = scale_px(scale, pillars->medians[column].value);
    g_autofree char *value = subject_score(subject, pillars->medians[column].value);
    g_autofree char *text = subject_say(subject, "chart.median", "value", value);
    canvas_text(canvas, CLAMP(x, scale->from_px + 52, scale->to_px - 12), TOP - 33,
                middle, text);
}

static void paint_heads(const struct subject *subject, struct canvas *canvas,
                        const struct pillars *pillars) {
    const struct {
        const char *key;
        double x;
        enum anchor anchor;
    } columns[] = {{"column.rank", RANK_X, ANCHOR_START},
                   {"column.place", NAME_X, ANCHOR_START},
                   {"column.grade", GRADE_X, ANCHOR_MIDDLE}};
    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++) {
        struct type type = head;
        type.anchor = columns[i].anchor;
        g_autofree char *text = words_say(subject->words, columns[i].key, NULL);
        canvas_text(canvas, columns[i].x, TOP - 11, type, text);
    }
    for (int i = 0; i < pillars->count; i++)
        paint_column_head(subject, canvas, pillars, i);
}

static void paint_cell(const struct subject *subject, struct canvas *canvas,
                       const struct pillars *pillars, int column, double y,
                       const struct edition_pillar *pillar) {
    const struct scale *scale = &pillars->scales[column];
    const double half = pillars->rows.pitch / 2, inset = 5;
    if (!pillar->score.score.known) {
        g_autofree char *text = subject_pillar_reason(subject, pillar);
        mark_insufficient(canvas, scale->from_px, y - half + inset,
                          scale->to_px - scale->from_px, 2 * (half - inset), text);
        return;
    }
    double left, right;
    g_autofree char *value = subject_score(subject, pillar->score.score.value);
    mark_score_text(canvas, scale, y, &pillar->score, DOT, scale->to_px + VALUE_ROOM - 8,
                    figure, value, &left, &right);
    if (pillars->medians[column].known)
        mark_median(canvas, scale_px(scale, pillars->medians[column].value), y, half,
                    left, right);
    mark_score(canvas, scale, y, &pillar->score, DOT);
}

static void paint_row(const struct subject *subject, struct canvas *canvas,
                      const struct pillars *pillars, int row) {
    const struct rows *rows = &pillars->rows;
    const int rated = (int)rows->rated->len;
    const struct edition_marketplace *place =
        row < rated ? rows->rated->pdata[row] : rows->insufficient->pdata[row - rated];
    const double y = rows_y(rows, row);
    g_autofree char *rank = rows_rank(subject, place);
    g_autofree char *unknown = words_say(subject->words, "unknown.short", NULL);
    canvas_text(canvas, RANK_X, y + 5.4, head, rank);
    rows_paint_name(canvas, place, NAME_X, GRADE_X - 22, y);
    mark_grade(canvas, subject->edition, GRADE_X, y, 26,
               row < rated ? place->overall.band : NULL, unknown);
    for (int i = 0; i < pillars->count; i++)
        paint_cell(subject, canvas, pillars, i, y, pillar_at(place, i));
}

static void paint_key(const struct subject *subject, struct canvas *canvas) {
    const bool interval = subject_has_intervals(subject->edition);
    g_autofree char *score = words_say(
        subject->words, interval ? "chart.key.interval" : "chart.key.no_interval", NULL);
    g_autofree char *hatch = words_say(subject->words, "chart.key.hatch", NULL);
    const double end = frame_key_text(canvas, frame_key_score(canvas, interval), score);
    frame_key_text(canvas, frame_key_hatch(canvas, end + 24), hatch);
}

void pillars_draw(const struct subject *subject, struct canvas *canvas) {
    struct pillars pillars = pillars_lay_out(subject, canvas->typeface);
    canvas->height = pillars.rows.height;
    g_autofree char *scale = words_say(subject->words, "chart.scale", NULL);
    g_autofree char *period = subject_period(subject);
    g_autofree char *subtitle = g_strjoin(" ", scale, period, NULL);
    frame_paint(canvas, FRAME_MARGIN, subtitle);
    if (pillars.rows.count > 0)
        paint_heads(subject, canvas, &pillars);
    rows_paint(canvas, subject, &pillars.rows);
    for (int i = 0; i < pillars.rows.count; i++)
        paint_row(subject, canvas, &pillars, i);
    if (subject->edition->marketplaces->len > 0)
        paint_key(subject, canvas);
    pillars_clear(&pillars);
}
