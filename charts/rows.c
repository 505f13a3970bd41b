#include "rows.h"

#include "frame.h"

/* Below ten rows the pitch grows to fill the picture, above that the picture grows. */
#define LEAST_PITCH 41.5
#define MOST_PITCH 66.0

/* More insufficient places than this are named in a paragraph. */
#define MOST_HATCHED 15

#define LIST_SIZE 15
#define LIST_PITCH 23.0
#define LIST_ABOVE 56.0 /* from the rows to the paragraph's head, over the axis */

#define BELOW_ROWS 90.0 /* axis, key and source */

static char **list_lines(const struct subject *subject, const struct typeface *typeface,
                         const GPtrArray *places) {
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < places->len; i++) {
        /* A line never breaks inside a name. */
        g_autofree char *name = subject_name(places->pdata[i]);
        g_auto(GStrv) parts = g_strsplit(name, " ", -1);
        g_ptr_array_add(names, g_strjoinv("\u00a0", parts));
    }
    g_ptr_array_add(names, NULL);
    g_autofree char *list = words_list(subject->words, (const char *const *)names->pdata);
    return typeface_wrap(typeface, list, LIST_SIZE, 400, frame_room(FRAME_MARGIN), 40);
}

struct rows rows_lay_out(const struct subject *subject, const struct typeface *typeface,
                         double top) {
    struct rows rows = {.rated = g_ptr_array_new(), .insufficient = g_ptr_array_new()};
    g_autoptr(GPtrArray) ranked = edition_ranked(subject->edition);
    for (guint i = 0; i < ranked->len; i++) {
        struct edition_marketplace *place = ranked->pdata[i];
        g_ptr_array_add(place->overall.score.score.known ? rows.rated : rows.insufficient,
                        place);
    }
    rows.listed = rows.insufficient->len > MOST_HATCHED;
    rows.count = (int)rows.rated->len + (rows.listed ? 0 : (int)rows.insufficient->len);
    rows.top = top;
    const double room = FRAME_HEIGHT - BELOW_ROWS - top;
    rows.pitch = CLAMP(room / MAX(rows.count, 1), LEAST_PITCH, MOST_PITCH);
    rows.rated_bottom = top + rows.pitch * rows.rated->len;
    rows.bottom = top + rows.pitch * rows.count;
    rows.height = rows.bottom + BELOW_ROWS;
    if (rows.listed) {
        rows.list = list_lines(subject, typeface, rows.insufficient);
        rows.height += LIST_ABOVE + LIST_PITCH * g_strv_length(rows.list);
    }
    rows.height = MAX(rows.height, FRAME_HEIGHT);
    return rows;
}

void rows_clear(struct rows *rows) {
    g_ptr_array_unref(rows->rated);
    g_ptr_array_unref(rows->insufficient);
    g_strfreev(rows->list);
}

double rows_y(const struct rows *rows, int row) {
    return rows->top + rows->pitch * (row + 0.5);
}

static void paint_list(struct canvas *canvas, const struct subject *subject,
                       const struct rows *rows) {
    g_autofree char *count = subject_count(subject, rows->insufficient->len);
    const struct words_argument arguments[] = {{"count", count, rows->insufficient->len},
                                               {NULL, NULL, 0}};
    g_autofree char *head =
        subject_sentence(words_say(subject->words, "chart.insufficient.list", arguments));
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
