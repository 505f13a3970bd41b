#include "ranking.h"

#include "frame.h"
#include "key.h"
#include "mark.h"

enum {
    RANK_X = 40,
    NAME_X = 92,
    PLOT_LEFT = 280,
    PLOT_RIGHT = 794,
    GRADE_X = 843,
    GRADE_SIDE = 28,
    STATUS_X = 906,
    CHANGE_X = 1002,
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
        ranking.movers |= subject_moved(&place->overall.trend);
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
        const struct edition_overall *overall = &place->overall;
        if (overall->score.score.known &&
            subject_sure(first ? overall->p_first : overall->p_last, SUBJECT_SURE))
            return place;
    }
    return NULL;
}

/* How many places are surely above (or below) the median of the rated. */
static int count_beyond_median(const struct edition *edition, bool above) {
    int count = 0;
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place = edition->marketplaces->pdata[i];
        const struct edition_overall *overall = &place->overall;
        count += overall->score.score.known &&
                 subject_sure(above ? overall->p_above_median : overall->p_below_median,
                              SUBJECT_SURE_OF_MEDIAN);
    }
    return count;
}

static bool has_probabilities(const struct edition *edition) {
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place = edition->marketplaces->pdata[i];
        const struct edition_overall *overall = &place->overall;
        if (overall->p_first.known && overall->p_last.known &&
            overall->p_above_median.known && overall->p_below_median.known)
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

/* Who stands out from the median; false where nobody surely does. */
static bool add_median_titles(const struct subject *subject, GPtrArray *titles) {
    static const char *const keys[3][2] = {
        {"ranking.title.above_below", "ranking.title.above_below.short"},
        {"ranking.title.above", NULL},
        {"ranking.title.below", NULL}};
    const int above = count_beyond_median(subject->edition, true);
    const int below = count_beyond_median(subject->edition, false);
    if (above + below == 0)
        return false;
    g_autofree char *above_word = subject_count(subject, above);
    g_autofree char *below_word = subject_count(subject, below);
    const struct words_argument arguments[] = {
        {"above", above_word, above}, {"below", below_word, below}, {NULL, NULL, 0}};
    const char *const *own = keys[below == 0 ? 1 : above == 0 ? 2 : 0];
    for (int i = 0; i < 2 && own[i] != NULL; i++)
        g_ptr_array_add(titles, words_say(subject->words, own[i], arguments));
    return true;
}

static bool add_end_titles(const struct subject *subject, GPtrArray *titles) {
    const struct edition_marketplace *first = sure_end(subject->edition, true);
    const struct edition_marketplace *last = sure_end(subject->edition, false);
    g_autofree char *first_name = first == NULL ? NULL : subject_name(first);
    g_autofree char *last_name = last == NULL ? NULL : subject_name(last);
    const struct words_argument arguments[] = {
        {"first", first_name, 0}, {"last", last_name, 0}, {NULL, NULL, 0}};
    if (first == NULL && last == NULL)
        return false;
    if (first != NULL && last != NULL)
        g_ptr_array_add(titles,
                        words_say(subject->words, "ranking.title.both", arguments));
    g_ptr_array_add(
        titles, words_say(subject->words,
                          first != NULL ? "ranking.title.first" : "ranking.title.last",
                          arguments));
    return true;
}

char *ranking_title(const struct subject *subject) {
    const struct edition *edition = subject->edition;
    const int rated = subject_rated_count(edition);
    const bool certain = rated > 1 && has_probabilities(edition);
    if (rated == 0)
        return subject_say(subject,
                           edition->marketplaces->len == 0 ? "chart.empty"
                                                           : "ranking.title.none",
                           NULL, NULL);
    g_autoptr(GPtrArray) titles = g_ptr_array_new();
    const bool beyond = certain && rated >= SUBJECT_LEAST_FOR_MEDIAN &&
                        add_median_titles(subject, titles);
    const bool told = beyond || (certain && add_end_titles(subject, titles));
    if (certain && !told)
        g_ptr_array_add(titles, words_say(subject->words, "ranking.title.neither", NULL));
    g_ptr_array_add(titles, rated_title(subject, rated));
    g_ptr_array_add(titles, NULL);
    return frame_title((char **)g_ptr_array_steal(titles, NULL), FRAME_MARGIN);
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
    if (subject_moved(trend) && trend->points.known) {
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
    mark_grade(canvas, subject->edition, GRADE_X, y, GRADE_SIDE,
               place->overall.score.score.known ? place->overall.band : NULL, unknown);
    g_autofree char *range = rows_grade_range(place);
    if (range != NULL)
        canvas_text(canvas, GRADE_X + GRADE_SIDE / 2 + 6, y + 5.4, head, range);
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

/* A mark whose reason stands beside it needs no entry. */
struct key ranking_key(const struct subject *subject, const struct ranking *ranking) {
    const bool interval = subject_has_intervals(subject->edition);
    struct key key = {.count = 0};
    if (ranking->rows.rated->len == 0)
        key_add(&key, subject, KEY_HATCH, "chart.key.hatch");
    else
        key_add(&key, subject, interval ? KEY_SCORE : KEY_SCORE_ALONE,
                interval ? "ranking.key.interval" : "ranking.key.no_interval");
    if (ranking->movers)
        key_add(&key, subject, KEY_CHANGE, "ranking.key.change");
    if (interval)
        key_add(&key, subject, KEY_TEXT, "ranking.key.pairs");
    return key;
}

static void paint_key(const struct subject *subject, struct canvas *canvas,
                      const struct ranking *ranking) {
    struct key key = ranking_key(subject, ranking);
    key_paint(&key, canvas);
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
        paint_key(subject, canvas, &ranking);
    ranking_clear(&ranking);
}
