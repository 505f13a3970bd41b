#include "rows.h"

#include "frame.h"
#include "mark.h"

/* Below ten rows the pitch grows to fill the picture, above that the picture grows. */
#define LEAST_PITCH 41.5
#define MOST_PITCH 66.0

/* More insufficient places than this are named in a paragraph. */
#define MOST_HATCHED 15

#define LIST_SIZE 15
#define LIST_PITCH 23.0
#define LIST_ABOVE 56.0 /* from the rows to the paragraph's head, over the axis */

#define NARROW_SIZE 24
#define TRIANGLE 26.0 /* of an established change, before its text */

#define BELOW_ROWS 90.0 /* axis, key and source */

static char *list_text(const struct subject *subject, const GPtrArray *places) {
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < places->len; i++) {
        /* A line never breaks inside a name. */
        g_autofree char *name = subject_name(places->pdata[i]);
        g_auto(GStrv) parts = g_strsplit(name, " ", -1);
        g_ptr_array_add(names, g_strjoinv("\u00a0", parts));
    }
    g_ptr_array_add(names, NULL);
    return words_list(subject->words, (const char *const *)names->pdata);
}

struct rows rows_split(const struct subject *subject) {
    struct rows rows = {.rated = g_ptr_array_new(), .insufficient = g_ptr_array_new()};
    g_autoptr(GPtrArray) ranked = edition_ranked(subject->edition);
    for (guint i = 0; i < ranked->len; i++) {
        struct edition_marketplace *place = ranked->pdata[i];
        g_ptr_array_add(place->overall.score.score.known ? rows.rated : rows.insufficient,
                        place);
    }
    rows.listed = rows.insufficient->len > MOST_HATCHED;
    rows.count = (int)rows.rated->len + (rows.listed ? 0 : (int)rows.insufficient->len);
    return rows;
}

struct rows rows_lay_out(const struct subject *subject, const struct typeface *typeface,
                         double top) {
    struct rows rows = rows_split(subject);
    rows.top = top;
    const double room = FRAME_HEIGHT - BELOW_ROWS - top;
    rows.pitch = CLAMP(room / MAX(rows.count, 1), LEAST_PITCH, MOST_PITCH);
    rows.rated_bottom = top + rows.pitch * rows.rated->len;
    rows.bottom = top + rows.pitch * rows.count;
    rows.height = rows.bottom + BELOW_ROWS;
    if (rows.listed) {
        g_autofree char *list = list_text(subject, rows.insufficient);
        rows.list =
            typeface_wrap(typeface, list, LIST_SIZE, 400, frame_room(FRAME_MARGIN), 40);
        rows.height += LIST_ABOVE + LIST_PITCH * g_strv_length(rows.list);
    }
    rows.height = MAX(rows.height, FRAME_HEIGHT);
    return rows;
}

const struct edition_marketplace *rows_place(const struct rows *rows, int row) {
    const int rated = (int)rows->rated->len;
    return row < rated ? rows->rated->pdata[row] : rows->insufficient->pdata[row - rated];
}

void rows_clear(struct rows *rows) {
    g_ptr_array_unref(rows->rated);
    g_ptr_array_unref(rows->insufficient);
    g_strfreev(rows->list);
}

double rows_y(const struct rows *rows, int row) {
    return rows->top + rows->pitch * (row + 0.5);
}

static char *list_head(const struct subject *subject, const struct rows *rows) {
    g_autofree char *count = subject_count(subject, rows->insufficient->len);
    const struct words_argument arguments[] = {{"count", count, rows->insufficient->len},
                                               {NULL, NULL, 0}};
    return subject_sentence(
        words_say(subject->words, "chart.insufficient.list", arguments));
}

static void paint_list(struct canvas *canvas, const struct subject *subject,
                       const struct rows *rows) {
    g_autofree char *head = list_head(subject, rows);
    const struct type bold = {LIST_SIZE, 700, TOKEN_MENTION, ANCHOR_START};
    const struct type plain = {LIST_SIZE, 400, TOKEN_MENTION, ANCHOR_START};
    double y = rows->bottom + LIST_ABOVE;
    canvas_text(canvas, FRAME_MARGIN, y, bold, head);
    for (int i = 0; rows->list[i] != NULL; i++)
        canvas_text(canvas, FRAME_MARGIN, y += LIST_PITCH, plain, rows->list[i]);
}

void rows_paint(struct canvas *canvas, const struct subject *subject,
                const struct rows *rows) {
    const struct pen sep = {.token = TOKEN_SEP, .width = 1};
    for (int i = 1; i < rows->count; i++) {
        const double y = rows->top + rows->pitch * i;
        canvas_line(canvas, (struct point){FRAME_MARGIN, y},
                    (struct point){FRAME_RIGHT, y}, sep);
    }
    if (rows->listed)
        paint_list(canvas, subject, rows);
}

char *rows_rank(const struct subject *subject, const struct edition_marketplace *place) {
    const int low = place->overall.rank_low, high = place->overall.rank_high;
    if (low == 0)
        return g_strdup("—");
    g_autofree char *first = words_number(subject->words, low, 0);
    g_autofree char *last = words_number(subject->words, high, 0);
    return low == high ? g_steal_pointer(&first) : g_strjoin("–", first, last, NULL);
}

char *rows_grade_range(const struct edition_marketplace *place) {
    const struct edition_overall *overall = &place->overall;
    if (overall->band_low == NULL || overall->band_high == NULL ||
        g_str_equal(overall->band_low, overall->band_high))
        return NULL;
    return g_strjoin("–", overall->band_high, overall->band_low, NULL);
}

void rows_paint_name(struct canvas *canvas, const struct edition_marketplace *place,
                     double x, double right, double y) {
    const bool rated = place->overall.score.score.known;
    const struct type type = {17, 700, rated ? TOKEN_INK : TOKEN_MENTION, ANCHOR_START};
    g_autofree char *name = subject_name(place);
    g_autofree char *fitted =
        typeface_fit(canvas->typeface, name, type.size, type.weight, right - x);
    canvas_text(canvas, x, y + 6, type, fitted);
}

/* The change in words, shorter where the whole name would not fit beside it; NULL where
 * it is unknown. */
static char *change_text(const struct subject *subject, struct canvas *canvas,
                         const struct edition_trend *trend, double room) {
    if (trend->claim == CLAIM_UNKNOWN)
        return NULL;
    const bool moved = subject_moved(trend) && trend->points.known;
    g_autofree char *full = moved ? subject_change(subject, trend)
                                  : words_say(subject->words, "claim.none", NULL);
    if (typeface_extent(canvas->typeface, full, NARROW_SIZE, 500).advance + TRIANGLE <=
        room)
        return g_steal_pointer(&full);
    if (!moved)
        return words_say(subject->words, "claim.none.short", NULL);
    g_autofree char *points = words_signed(subject->words, trend->points.value, 1);
    return subject_say(subject, "trend.change.bare", "points", points);
}

double rows_paint_heading(struct canvas *canvas, const struct subject *subject,
                          const struct edition_marketplace *place, double y) {
    const bool rated = place->overall.score.score.known;
    const struct edition_trend *trend = &place->overall.trend;
    const struct pen sep = {.token = TOKEN_SEP, .width = 1};
    const struct type bold = {26, 700, rated ? TOKEN_INK : TOKEN_MENTION, ANCHOR_START};
    const struct type grey = {NARROW_SIZE, 400, TOKEN_MENTION, ANCHOR_START};
    const double width = (FRAME_NARROW_RIGHT - FRAME_NARROW_MARGIN) / FRAME_SPARE;
    const double gap = 18, baseline = y + 35;
    g_autofree char *name = subject_name(place);
    const double advance =
        typeface_extent(canvas->typeface, name, bold.size, bold.weight).advance;
    g_autofree char *change =
        rated ? change_text(subject, canvas, trend, width - advance - gap) : NULL;
    const double taken =
        change == NULL
            ? 0
            : TRIANGLE +
                  typeface_extent(canvas->typeface, change, NARROW_SIZE, 500).advance;
    g_autofree char *fitted = typeface_fit(canvas->typeface, name, bold.size, bold.weight,
                                           change == NULL ? width : width - taken - gap);
    canvas_line(canvas, (struct point){FRAME_NARROW_MARGIN, y},
                (struct point){FRAME_NARROW_RIGHT, y}, sep);
    canvas_text(canvas, FRAME_NARROW_MARGIN, baseline, bold, fitted);
    const double x = FRAME_NARROW_RIGHT - taken * FRAME_SPARE;
    if (change != NULL && subject_moved(trend))
        mark_change(canvas, x, baseline, trend->claim == CLAIM_IMPROVING, change);
    else if (change != NULL)
        canvas_text(canvas, x + TRIANGLE, baseline, grey, change);
    return baseline + 9;
}

double rows_paint_listed(struct canvas *canvas, const struct subject *subject,
                         const struct rows *rows, double y) {
    const struct type bold = {NARROW_SIZE, 700, TOKEN_MENTION, ANCHOR_START};
    const struct type plain = {NARROW_SIZE, 400, TOKEN_MENTION, ANCHOR_START};
    if (!rows->listed)
        return y;
    g_autofree char *head = list_head(subject, rows);
    g_autofree char *list = list_text(subject, rows->insufficient);
    y = frame_paragraph(canvas, FRAME_NARROW_MARGIN, FRAME_NARROW_RIGHT, y + 12, bold,
                        head, 3);
    return frame_paragraph(canvas, FRAME_NARROW_MARGIN, FRAME_NARROW_RIGHT, y + 4, plain,
                           list, 60);
}
