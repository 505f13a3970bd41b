#include "ranking.h"

#include "frame.h"
#include "mark.h"

enum {
    RANK_X = 40,
    NAME_X = 92,
    PLOT_LEFT = 280,
    PLOT_RIGHT = 830,
    GRADE_X = 886,
    STATUS_X = 918,
    CHANGE_X = 1004,
    TOP = 150,
};

static const struct type head = {15, 400, TOKEN_MENTION, ANCHOR_START};
static const struct type head_end = {15, 400, TOKEN_MENTION, ANCHOR_END};
static const struct type figure = {17, 700, TOKEN_POINT, ANCHOR_START};

struct ranking ranking_lay_out(const struct subject *subject,
                               const struct typeface *typeface) {
    struct ranking ranking = {
        .rows = rows_lay_out(subject, typeface, TOP),
        .scale = {0, 100, PLOT_LEFT, PLOT_RIGHT},
        .median = subject_median(subject->edition, -1),
        .dot_radius = 9,
    };
    for (guint i = 0; i < ranking.rows.rated->len; i++) {
        const struct edition_marketplace *place = ranking.rows.rated->pdata[i];
        ranking.changes |= place->overall.trend.claim != CLAIM_UNKNOWN;
    }
    return ranking;
}

void ranking_clear(struct ranking *ranking) {
    rows_clear(&ranking->rows);
}

/* The place whose probability of being first (or last) is sure, or NULL. */
static const struct edition_marketplace *sure_end(const struct edition *edition,
                                                  bool first) {
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place = edition->marketplaces->pdata[i];
        const struct edition_number p =
            first ? place->overall.p_first : place->overall.p_last;
        if (place->overall.score.score.known && p.known && p.value > SUBJECT_SURE)
            return place;
    }
    return NULL;
}

static bool has_probabilities(const struct edition *edition) {
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place = edition->marketplaces->pdata[i];
        if (place->overall.p_first.known && place->overall.p_last.known)
            return true;
    }
    return false;
}

static char *rated_title(const struct subject *subject, int rated) {
    const int insufficient = (int)subject->edition->marketplaces->len - rated;
    g_autofree char *rated_word = subject_count(subject, rated);
    g_autofree char *insufficient_word = subject_count(subject, insufficient);
    const struct words_argument arguments[] = {
        {"rated", rated_word, rated},
        {"insufficient", insufficient_word, insufficient},
        {NULL, NULL, 0}};
    return words_say(subject->words, "ranking.title.rated", arguments);
}

char *ranking_title(const struct subject *subject) {
    const struct edition *edition = subject->edition;
    const int rated = subject_rated_count(edition);
    if (rated == 0)
        return subject_say(subject,
                           edition->marketplaces->len == 0 ? "chart.empty"
                                                           : "ranking.title.none",
                           NULL, NULL);
    g_autofree char *plain = rated_title(subject, rated);
    if (rated == 1 || !has_probabilities(edition))
        return subject_sentence(g_steal_pointer(&plain));
    const struct edition_marketplace *first = sure_end(edition, true);
    const struct edition_marketplace *last = sure_end(edition, false);
    if (first == NULL && last == NULL)
        return subject_say(subject, "ranking.title.neither", NULL, NULL);

    g_autofree char *first_name = first == NULL ? NULL : subject_name(first);
    g_autofree char *last_name = last == NULL ? NULL : subject_name(last);
    const struct words_argument arguments[] = {
        {"first", first_name, 0}, {"last", last_name, 0}, {NULL, NULL, 0}};
    char *candidates[4] = {NULL};
    int count = 0;
    if (first != NULL && last != NULL)
        candidates[count++] = words_say(subject->words, "ranking.title.both", arguments);
    if (first != NULL)
        candidates[count++] = words_say(subject->words, "ranking.title.first", arguments);
    else
        candidates[count++] = words_say(subject->words, "ranking.title.last", arguments);
    candidates[count] = g_steal_pointer(&plain);
    return subject_title(g_memdup2(candidates, sizeof candidates));
}

static void paint_heads(const struct subject *subject, struct canvas *canvas,
                        const struct ranking *ranking) {
    const struct {
        const char *key;
        double x;
        enum anchor anchor;
        bool drawn;
    } columns[] = {
        {"column.rank", RANK_X, ANCHOR_START, true},
        {"column.place", NAME_X, ANCHOR_START, true},
        {"column.grade", GRADE_X, ANCHOR_MIDDLE, true},
        {"column.status", STATUS_X, ANCHOR_START, true},
        {"column.change", CHANGE_X, ANCHOR_START, ranking->changes},
        {"column.sellers", FRAME_RIGHT, ANCHOR_END, true},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++) {
        if (!columns[i].drawn)
            continue;
        struct type type = head;
        type.anchor = columns[i].anchor;
        g_autofree char *text = words_say(subject->words, columns[i].key, NULL);
        canvas_text(canvas, columns[i].x, TOP - 14, type, text);
    }
}

static void paint_median_label(const struct subject *subject, struct canvas *canvas,
                               const struct ranking *ranking) {
    const double x = scale_px(&ranking->scale, ranking->median.value);
    const struct type type = {15, 500, TOKEN_INK, ANCHOR_MIDDLE};
    g_autofree char *value = subject_score(subject, ranking->median.value);
    g_autofree char *text = subject_say(subject, "chart.median", "value", value);
    canvas_text(canvas, CLAMP(x, PLOT_LEFT + 50, PLOT_RIGHT - 50), TOP - 36, type, text);
}

static void paint_change(const struct subject *subject, struct canvas *canvas, double y,
                         const struct edition_trend *trend) {
    const struct type grey = {15, 400, TOKEN_MENTION, ANCHOR_START};
    const bool moved = trend->claim == CLAIM_IMPROVING || trend->claim == CLAIM_WORSENING;
    if (moved && trend->points.known) {
        g_autofree char *points = words_signed(subject->words, trend->points.value, 1);
        mark_change(canvas, CHANGE_X, y + 5.4, trend->claim == CLAIM_IMPROVING, points);
        return;
    }
    g_autofree char *text = words_say(
        subject->words,
        trend->claim == CLAIM_UNKNOWN ? "claim.unknown.short" : "claim.none.short", NULL);
    canvas_text(canvas, CHANGE_X, y + 5.4, grey, text);
}

static void paint_cells(const struct subject *subject, struct canvas *canvas, double y,
                        const struct edition_marketplace *place) {
    const struct type plain = {15, 400, TOKEN_TEXT, ANCHOR_END};
    g_autofree char *rank = rows_rank(subject, place);
    g_autofree char *unknown = words_say(subject->words, "unknown.short", NULL);
    g_autofree char *sellers = place->sellers.known
                                   ? words_number(subject->words, place->sellers.value, 0)
                                   : g_strdup(unknown);
    canvas_text(canvas, RANK_X, y + 5.4, head, rank);
    rows_paint_name(canvas, place, NAME_X, PLOT_LEFT - 12, y);
    mark_grade(canvas, subject->edition, GRADE_X, y, 28,
               place->overall.score.score.known ? place->overall.band : NULL, unknown);
    canvas_text(canvas, FRAME_RIGHT, y + 5.4, place->sellers.known ? plain : head_end,
                sellers);
}

static void paint_rated(const struct subject *subject, struct canvas *canvas,
                        const struct ranking *ranking, int row) {
    const struct edition_marketplace *place = ranking->rows.rated->pdata[row];
    const struct edition_score *score = &place->overall.score;
    const double y = rows_y(&ranking->rows, row), half = ranking->rows.pitch / 2;
    g_autofree char *value = subject_score(subject, score->score.value);
    double left, right;
    mark_score_text(canvas, &ranking->scale, y, score, ranking->dot_radius,
                    PLOT_RIGHT + 30, figure, value, &left, &right);
    if (ranking->median.known)
        mark_median(canvas, scale_px(&ranking->scale, ranking->median.value), y, half,
                    left, right);
    mark_score(canvas, &ranking->scale, y, score, ranking->dot_radius);
    paint_cells(subject, canvas, y, place);
    g_autofree char *key =
        g_strconcat("status.", edition_status_code(place->status), NULL);
    g_autofree char *status = words_say(subject->words, key, NULL);
    canvas_text(canvas, STATUS_X, y + 5.4, head, status);
    if (ranking->changes)
        paint_change(subject, canvas, y, &place->overall.trend);
}

static void paint_unrated(const struct subject *subject, struct canvas *canvas,
                          const struct ranking *ranking, int row) {
    const struct edition_marketplace *place =
        ranking->rows.insufficient->pdata[row - (int)ranking->rows.rated->len];
    const double y = rows_y(&ranking->rows, row), half = ranking->rows.pitch / 2 - 5;
    g_autofree char *reason = subject_place_reason(subject, place);
    g_autofree char *text = subject_say(subject, "chart.insufficient", "reason", reason);
    mark_insufficient(canvas, PLOT_LEFT, y - half, PLOT_RIGHT - PLOT_LEFT, 2 * half,
                      text);
    paint_cells(subject, canvas, y, place);
}

static void paint_key(const struct subject *subject, struct canvas *canvas) {
    if (subject_rated_count(subject->edition) == 0) {
        g_autofree char *text = words_say(subject->words, "chart.key.hatch", NULL);
        frame_key_text(canvas, frame_key_hatch(canvas, FRAME_MARGIN), text);
        return;
    }
    const bool interval = subject_has_intervals(subject->edition);
    g_autofree char *text =
        words_say(subject->words,
                  interval ? "ranking.key.interval" : "ranking.key.no_interval", NULL);
    frame_key_text(canvas, frame_key_score(canvas, interval), text);
}

void ranking_draw(const struct subject *subject, struct canvas *canvas) {
    struct ranking ranking = ranking_lay_out(subject, canvas->typeface);
    const struct rows *rows = &ranking.rows;
    canvas->height = rows->height;
    g_autofree char *scale = words_say(subject->words, "chart.scale", NULL);
    g_autofree char *period = subject_period(subject);
    g_autofree char *subtitle = g_strjoin(" ", scale, period, NULL);
    frame_paint(canvas, FRAME_MARGIN, subtitle);
    if (rows->count > 0) {
        paint_heads(subject, canvas, &ranking);
        mark_band_letters(canvas, subject->edition, &ranking.scale, TOP - 14, NULL);
        mark_bands(canvas, subject->edition, &ranking.scale, TOP, rows->bottom - TOP);
        mark_band_limits(canvas, subject->edition, &ranking.scale, rows->bottom + 19);
    }
    rows_paint(canvas, subject, rows);
    if (ranking.median.known)
        paint_median_label(subject, canvas, &ranking);
    for (int i = 0; i < rows->count; i++) {
        if (i < (int)rows->rated->len)
            paint_rated(subject, canvas, &ranking, i);
        else
            paint_unrated(subject, canvas, &ranking, i);
    }
    if (subject->edition->marketplaces->len > 0)
        paint_key(subject, canvas);
    ranking_clear(&ranking);
}
