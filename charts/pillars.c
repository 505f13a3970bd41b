#include "pillars.h"

#include "barometre/text.h"

#include "frame.h"
#include "key.h"
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

bool pillars_weakest(const struct edition_pillar *pillar) {
    return pillar->score.score.known && subject_sure(pillar->p_weakest, SUBJECT_SURE);
}

/* How many marks ▼ the picture has, and on which pillar most of them are. */
struct weak_points {
    int count, most;
    const struct edition_pillar *pillar; /* names it; NULL where no mark */
};

static struct weak_points count_weak_points(const struct edition *edition) {
    struct weak_points points = {0, 0, NULL};
    const GPtrArray *named = pillars_of(edition);
    for (guint k = 0; named != NULL && k < named->len; k++) {
        int own = 0;
        for (guint i = 0; i < edition->marketplaces->len; i++)
            own += pillars_weakest(pillar_at(edition->marketplaces->pdata[i], (int)k));
        points.count += own;
        if (own <= points.most)
            continue;
        points.most = own;
        points.pillar = named->pdata[k];
    }
    return points;
}

/* The pillar is named only where it has more than half of the marks. */
static void add_weak_titles(const struct subject *subject, GPtrArray *titles) {
    const struct weak_points points = count_weak_points(subject->edition);
    if (points.count == 0)
        return;
    g_autofree char *label =
        text_clamp(points.pillar->label[words_language(subject->words)]);
    g_autofree char *count = subject_count(subject, points.count);
    g_autofree char *most = subject_count(subject, points.most);
    const struct words_argument arguments[] = {{"pillar", label, 0},
                                               {"count", count, points.count},
                                               {"most", most, points.most},
                                               {NULL, NULL, 0}};
    if (2 * points.most > points.count)
        g_ptr_array_add(titles, words_say(subject->words,
                                          points.most == points.count
                                              ? "pillars.title.weakest.all"
                                              : "pillars.title.weakest.most",
                                          arguments));
    g_ptr_array_add(titles,
                    words_say(subject->words, "pillars.title.weakest", arguments));
}

static bool knows_weakest(const struct edition *edition) {
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place = edition->marketplaces->pdata[i];
        for (guint k = 0; k < place->pillars->len; k++)
            if (pillar_at(place, (int)k)->p_weakest.known)
                return true;
    }
    return false;
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
            if (!subject_moved(&pillar->trend))
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
    g_autoptr(GPtrArray) titles = g_ptr_array_new();
    add_weak_titles(subject, titles);
    char *change = only_change(subject);
    if (change != NULL)
        g_ptr_array_add(titles, change);
    if (titles->len == 0 && knows_weakest(subject->edition))
        g_ptr_array_add(titles, words_say(subject->words, "pillars.title.even", NULL));
    g_ptr_array_add(titles, words_say(subject->words, "pillars.title", arguments));
    g_ptr_array_add(titles, NULL);
    return frame_title((char **)g_ptr_array_steal(titles, NULL), FRAME_MARGIN);
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

/* ▼ on the far side of the figure, which is on either side of the dot. */
static void paint_weakest(struct canvas *canvas, double y, double dot_x, double *left,
                          double *right) {
    const double gap = 12, half = 6;
    const bool after = *left > dot_x;
    const double x = after ? *right + gap : *left - gap;
    mark_weakest(canvas, x, y);
    *left = MIN(*left, x - half);
    *right = MAX(*right, x + half);
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
    const bool weakest = pillars_weakest(pillar);
    const double limit = scale->to_px + VALUE_ROOM - 8 - (weakest ? 18 : 0);
    double left, right;
    g_autofree char *value = subject_score(subject, pillar->score.score.value);
    mark_score_text(canvas, scale, y, &pillar->score, DOT, limit, figure, value, &left,
                    &right);
    if (weakest)
        paint_weakest(canvas, y, scale_px(scale, pillar->score.score.value), &left,
                      &right);
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

static bool has_insufficient(const struct edition *edition) {
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place = edition->marketplaces->pdata[i];
        for (guint k = 0; k < place->pillars->len; k++)
            if (!pillar_at(place, (int)k)->score.score.known)
                return true;
    }
    return false;
}

struct key pillars_key(const struct subject *subject) {
    const struct edition *edition = subject->edition;
    const bool weakest = count_weak_points(edition).count > 0;
    struct key key = {.count = 0};
    if (measured_count(edition) > 0)
        key_add_score(&key, subject);
    if (weakest)
        key_add(&key, subject, KEY_WEAKEST, "pillars.key.weakest");
    if (has_insufficient(edition))
        key_add(&key, subject, KEY_HATCH,
                weakest ? "chart.key.hatch.short" : "chart.key.hatch");
    return key;
}

static void paint_key(const struct subject *subject, struct canvas *canvas) {
    struct key key = pillars_key(subject);
    key_paint(&key, canvas);
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
