#include "frame.h"
#include "funnel.h"
#include "mark.h"

#include <math.h>

enum {
    PLOT_LEFT = 92,
    PLOT_RIGHT = 1048,
    PLOT_TOP = 128,
    LEAST_PLOT = 380,
    LANE = 30,
    BELOW_AXIS = 58, /* figures and name of the axis */
    LIST_PITCH = 20,
    FOOT = 62, /* from the first line of the key to the end, with one line */
    KEY_PITCH = 21,
};

#define MOST_NAME 300.0
#define NAME_SIZE 16.0
#define SMALL 15.0
#define MOST_LIST 60
/* What the spot of a label may cost: of a name inside, of a name with its figures, of a
 * name that must be told. */
#define INSIDE_COST 40.0
#define FIGURE_COST 95.0
#define ANY_COST 400.0

/* The parts of the picture from top to bottom. */
struct sheet {
    double plot_bottom, lane, list_top;
    char **list; /* lines on the places without a ratio, or NULL */
    double height;
};

static struct sheet lay_out_sheet(const struct subject *subject,
                                  const struct canvas *canvas,
                                  const struct funnel *funnel, int key_lines) {
    struct sheet sheet = {.lane = funnel->lane ? LANE : 0};
    g_autofree char *missing = funnel_missing(subject, funnel);
    if (missing != NULL)
        sheet.list = typeface_wrap(canvas->typeface, missing, SMALL, 400,
                                   (FRAME_RIGHT - FRAME_MARGIN) / FRAME_SPARE, MOST_LIST);
    const int lines = sheet.list == NULL ? 0 : (int)g_strv_length(sheet.list);
    const double rest = sheet.lane + BELOW_AXIS + LIST_PITCH * lines +
                        (lines > 0 ? 12 : 0) + FOOT + KEY_PITCH * (key_lines - 1);
    sheet.height = fmax(FRAME_HEIGHT, PLOT_TOP + LEAST_PLOT + rest);
    sheet.plot_bottom = sheet.height - rest;
    sheet.list_top = sheet.plot_bottom + sheet.lane + BELOW_AXIS + 8;
    return sheet;
}

/* Moves positions apart until neighbours, in order, keep a pitch. */
static void push_apart(double *positions, int count, double pitch) {
    for (int round = 0; round < 100; round++)
        for (int i = 1; i < count; i++) {
            const double lack = pitch - (positions[i] - positions[i - 1]);
            if (lack <= 0)
                continue;
            positions[i - 1] -= lack / 2;
            positions[i] += lack / 2;
        }
}

/* What the lines are called, at their right ends. */
static void paint_ends(const struct subject *subject, struct canvas *canvas,
                       const struct funnel *funnel) {
    const struct edition_funnel *own = &subject->edition->funnel;
    const struct edition_limit *last =
        &g_array_index(own->limits, struct edition_limit, own->limits->len - 1);
    const struct type plain = {SMALL, 400, TOKEN_TEXT, ANCHOR_START};
    const struct type bold = {SMALL, 700, TOKEN_INK, ANCHOR_START};
    g_autofree char *inner = funnel_level(subject, own->inner.value);
    g_autofree char *outer = funnel_level(subject, own->outer.value);
    g_autofree char *inner_text = subject_say(subject, "funnel.limit", "level", inner);
    g_autofree char *outer_text = subject_say(subject, "funnel.limit", "level", outer);
    g_autofree char *even = words_say(subject->words, "funnel.expected", NULL);
    const double values[] = {last->outer_high, last->inner_high, 1, last->inner_low,
                             last->outer_low};
    const char *const texts[] = {outer_text, inner_text, even, inner_text, outer_text};
    double ys[G_N_ELEMENTS(values)];
    for (gsize i = 0; i < G_N_ELEMENTS(values); i++)
        ys[i] = scale_px(&funnel->ratio, values[i]);
    push_apart(ys, G_N_ELEMENTS(ys), 18);
    for (gsize i = 0; i < G_N_ELEMENTS(values); i++)
        canvas_text(canvas, PLOT_RIGHT + 10, ys[i] + SMALL * 0.36, i == 2 ? bold : plain,
                    texts[i]);
}

/* Lines of text in the box of a spot, on the side that faces the mark. */
static void paint_lines(struct canvas *canvas, const struct label_spot *spot, double x,
                        const char *const *lines, const struct type *types, int count) {
    const struct pen leader = {.token = TOKEN_MENTION, .width = 1};
    const enum anchor anchor = spot->box.left >= x    ? ANCHOR_START
                               : spot->box.right <= x ? ANCHOR_END
                                                      : ANCHOR_MIDDLE;
    const double at = anchor == ANCHOR_START ? spot->box.left
                      : anchor == ANCHOR_END ? spot->box.right
                                             : (spot->box.left + spot->box.right) / 2;
    if (spot->led)
        canvas_line(canvas, (struct point){spot->from_x, spot->from_y},
                    (struct point){spot->to_x, spot->to_y}, leader);
    for (int i = 0; i < count; i++) {
        struct type type = types[i];
        type.anchor = anchor;
        canvas_text(canvas, at, spot->box.top + 14.5 + 19 * i, type, lines[i]);
    }
}

static double width_of(const struct canvas *canvas, const char *text, struct type type) {
    return typeface_extent(canvas->typeface, text, type.size, type.weight).advance *
           FRAME_SPARE;
}

static bool is_outer(enum edition_position position) {
    return position == POSITION_ABOVE_OUTER || position == POSITION_BELOW_OUTER;
}

/* The name, and the figures of what lies beyond the outer limits; false without room. */
static bool paint_label(const struct subject *subject, struct canvas *canvas,
                        struct label_field *field, const struct funnel_mark *mark) {
    const enum edition_position position = mark->place->expectation.position;
    const bool inside = position == POSITION_INSIDE;
    const struct type types[] = {
        inside ? (struct type){SMALL, 400, TOKEN_TEXT, ANCHOR_START}
               : (struct type){NAME_SIZE, 700, TOKEN_INK, ANCHOR_START},
        {SMALL, 400, TOKEN_TEXT, ANCHOR_START},
    };
    g_autofree char *name = subject_name(mark->place);
    g_autofree char *fitted =
        typeface_fit(canvas->typeface, name, types[0].size, types[0].weight, MOST_NAME);
    g_autofree char *figure = funnel_figure(subject, &mark->place->expectation, false);
    const char *const lines[] = {fitted, figure};
    struct label_spot spot;
    for (int count = is_outer(position) ? 2 : 1; count > 0; count--) {
        double width = width_of(canvas, lines[0], types[0]);
        if (count == 2)
            width = fmax(width, width_of(canvas, lines[1], types[1]));
        if (!label_place(field, mark->x, mark->y, mark_position_radius(canvas, position),
                         width, 19.0 * count,
                         inside       ? INSIDE_COST
                         : count == 2 ? FIGURE_COST
                                      : ANY_COST,
                         &spot))
            continue;
        paint_lines(canvas, &spot, mark->x, lines, types, count);
        return true;
    }
    return false;
}

/* Returns whether every mark got its name. */
static bool paint_labels(const struct subject *subject, struct canvas *canvas,
                         const struct funnel *funnel) {
    scoped(label_field) *field = funnel_field(subject, canvas, funnel);
    bool all = true;
    for (guint i = 0; i < funnel->marks->len; i++)
        all = paint_label(subject, canvas, field,
                          &g_array_index(funnel->marks, struct funnel_mark, i)) &&
              all;
    return all;
}

/* Names in the lane, on a white ground, where there is room. */
static void paint_lane(struct canvas *canvas, const struct funnel *funnel,
                       const struct sheet *sheet) {
    const struct type type = {SMALL, 400, TOKEN_TEXT, ANCHOR_START};
    const double radius = mark_position_radius(canvas, POSITION_UNKNOWN);
    const double y = sheet->plot_bottom + 2 + sheet->lane / 2;
    scoped(label_field) *field = label_field_new((struct label_box){
        PLOT_LEFT, sheet->plot_bottom, PLOT_RIGHT, sheet->plot_bottom + sheet->lane + 4});
    for (int pass = 0; pass < 2; pass++)
        for (guint i = 0; i < funnel->missing->len; i++) {
            const struct edition_marketplace *place = funnel->missing->pdata[i];
            if (!place->expectation.expected.known)
                continue;
            const double x =
                scale_px(&funnel->expected, place->expectation.expected.value);
            g_autofree char *name = subject_name(place);
            g_autofree char *fitted =
                typeface_fit(canvas->typeface, name, SMALL, 400, MOST_NAME);
            struct label_spot spot;
            if (pass == 0) {
                label_field_hold(field, (struct label_box){x - radius, y - radius,
                                                           x + radius, y + radius});
            } else if (label_place(field, x, y, radius,
                                   width_of(canvas, fitted, type) + 10, 20,
                                   INSIDE_COST / 4, &spot)) {
                canvas_rectangle(canvas, spot.box.left, spot.box.top,
                                 spot.box.right - spot.box.left, 20, 3, TOKEN_PAPER,
                                 (struct pen){.token = TOKEN_NONE});
                canvas_text(canvas, spot.box.left + 5, y + SMALL * 0.36, type, fitted);
            }
        }
}

static void paint_axis_names(const struct subject *subject, struct canvas *canvas,
                             const struct sheet *sheet) {
    const struct type start = {SMALL, 400, TOKEN_MENTION, ANCHOR_START};
    const struct type end = {SMALL, 400, TOKEN_MENTION, ANCHOR_END};
    g_autofree char *ratio = words_say(subject->words, "funnel.axis.ratio", NULL);
    g_autofree char *expected = words_say(subject->words, "funnel.axis.expected", NULL);
    canvas_text(canvas, FRAME_MARGIN, PLOT_TOP - 16, start, ratio);
    canvas_text(canvas, PLOT_RIGHT, sheet->plot_bottom + sheet->lane + 46, end, expected);
}

/* What the lane is for, at its right end. */
static void paint_lane_name(const struct subject *subject, struct canvas *canvas,
                            const struct sheet *sheet) {
    const struct type type = {SMALL, 400, TOKEN_MENTION, ANCHOR_START};
    g_autofree char *text = words_say(subject->words, "funnel.lane", NULL);
    if (sheet->lane > 0)
        canvas_text(canvas, PLOT_RIGHT + 10,
                    sheet->plot_bottom + 2 + sheet->lane / 2 + 5.4, type, text);
}

static void paint_list(struct canvas *canvas, const struct sheet *sheet) {
    const struct type type = {SMALL, 400, TOKEN_TEXT, ANCHOR_START};
    for (int i = 0; sheet->list != NULL && sheet->list[i] != NULL; i++)
        canvas_text(canvas, FRAME_MARGIN, sheet->list_top + SMALL + LIST_PITCH * i - 4,
                    type, sheet->list[i]);
}

static void paint_known(const struct subject *subject, struct canvas *canvas,
                        const char *subtitle) {
    struct label_box plot = {PLOT_LEFT, PLOT_TOP, PLOT_RIGHT, PLOT_TOP + LEAST_PLOT};
    struct funnel funnel = funnel_lay_out(subject, plot);
    struct key key = funnel_key(subject, &funnel);
    /* One more: a name may find no room. */
    key_add(&key, subject, KEY_TEXT, "funnel.key.unnamed");
    struct sheet sheet = lay_out_sheet(subject, canvas, &funnel, key_lines(&key, canvas));
    funnel_clear(&funnel);
    plot.bottom = sheet.plot_bottom;
    funnel = funnel_lay_out(subject, plot);
    canvas->height = sheet.height;
    frame_paint(canvas, FRAME_MARGIN, subtitle);
    funnel_paint_ground(subject, canvas, &funnel, sheet.lane);
    paint_axis_names(subject, canvas, &sheet);
    paint_ends(subject, canvas, &funnel);
    funnel_paint_marks(canvas, &funnel, sheet.lane);
    if (paint_labels(subject, canvas, &funnel))
        g_free(key.entries[--key.count].text);
    paint_lane(canvas, &funnel, &sheet);
    paint_lane_name(subject, canvas, &sheet);
    paint_list(canvas, &sheet);
    key_paint(&key, canvas);
    g_strfreev(sheet.list);
    funnel_clear(&funnel);
}

void funnel_draw(const struct subject *subject, struct canvas *canvas) {
    g_autofree char *period = subject_period(subject);
    g_autofree char *subtitle = subject_say(subject, "funnel.subtitle", "period", period);
    if (funnel_is_known(subject->edition)) {
        paint_known(subject, canvas, subtitle);
        return;
    }
    frame_paint(canvas, FRAME_MARGIN, subtitle);
    g_autofree char *why = subject_reason(subject, subject->edition->funnel.reason);
    mark_insufficient(canvas, FRAME_MARGIN, PLOT_TOP, FRAME_RIGHT - FRAME_MARGIN,
                      FRAME_HEIGHT - FRAME_FOOT - PLOT_TOP, why);
}
