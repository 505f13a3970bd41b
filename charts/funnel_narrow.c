#include "frame.h"
#include "funnel.h"
#include "mark.h"

enum {
    LEFT = 24,
    PLOT_LEFT = 62,
    PLOT_RIGHT = 546,
    PLOT_HEIGHT = 440,
    LANE = 34,
    NUMBER = 40, /* from the margin to the text of a numbered place */
};

#define SIZE 24.0
#define MOST_LINES 60
#define MOST_COST 400.0 /* of the spot of a number */

static const struct type plain = {SIZE, 400, TOKEN_TEXT, ANCHOR_START};
static const struct type grey = {SIZE, 400, TOKEN_MENTION, ANCHOR_START};

/* A number beside each mark beyond a limit: names are told below. */
static void paint_numbers(const struct subject *subject, struct canvas *canvas,
                          const struct funnel *funnel) {
    const struct type bold = {SIZE, 700, TOKEN_INK, ANCHOR_MIDDLE};
    scoped(label_field) *field = funnel_field(subject, canvas, funnel);
    for (guint i = 0; i < funnel->marks->len; i++) {
        const struct funnel_mark *mark =
            &g_array_index(funnel->marks, struct funnel_mark, i);
        const enum edition_position position = mark->place->expectation.position;
        g_autofree char *number = words_number(subject->words, i + 1, 0);
        const double width =
            typeface_extent(canvas->typeface, number, SIZE, 700).advance * FRAME_SPARE;
        struct label_spot spot;
        if (position == POSITION_INSIDE ||
            !label_place(field, mark->x, mark->y, mark_position_radius(canvas, position),
                         width, SIZE * 0.8, MOST_COST, &spot))
            continue;
        const struct pen leader = {.token = TOKEN_MENTION, .width = 1};
        if (spot.led)
            canvas_line(canvas, (struct point){spot.from_x, spot.from_y},
                        (struct point){spot.to_x, spot.to_y}, leader);
        canvas_text(canvas, (spot.box.left + spot.box.right) / 2,
                    spot.box.top + SIZE * 0.76, bold, number);
    }
}

/* The numbered places; returns the end. */
static double paint_places(const struct subject *subject, struct canvas *canvas,
                           const struct funnel *funnel, double y) {
    const struct type bold = {SIZE, 700, TOKEN_INK, ANCHOR_START};
    for (guint i = 0; i < funnel->marks->len; i++) {
        const struct edition_marketplace *place =
            g_array_index(funnel->marks, struct funnel_mark, i).place;
        if (place->expectation.position == POSITION_INSIDE)
            break;
        g_autofree char *name = subject_name(place);
        g_autofree char *fitted =
            typeface_fit(canvas->typeface, name, SIZE, 700,
                         (FRAME_NARROW_RIGHT - LEFT - NUMBER - 30) / FRAME_SPARE);
        g_autofree char *number = words_number(subject->words, i + 1, 0);
        g_autofree char *figure = funnel_figure(subject, &place->expectation, true);
        canvas_text(canvas, LEFT, y + SIZE, bold, number);
        mark_position(canvas, LEFT + NUMBER + 10, y + SIZE * 0.64,
                      place->expectation.position);
        canvas_text(canvas, LEFT + NUMBER + 30, y + SIZE, bold, fitted);
        y = frame_paragraph(canvas, LEFT + NUMBER + 30, FRAME_NARROW_RIGHT, y + 31, plain,
                            figure, 3) +
            10;
    }
    return y;
}

/* The others, in one paragraph; returns the end. */
static double paint_inside(const struct subject *subject, struct canvas *canvas,
                           const struct funnel *funnel, double y) {
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < funnel->marks->len; i++) {
        const struct edition_marketplace *place =
            g_array_index(funnel->marks, struct funnel_mark, i).place;
        if (place->expectation.position == POSITION_INSIDE)
            g_ptr_array_add(names, subject_name(place));
    }
    if (names->len == 0)
        return y;
    g_ptr_array_add(names, NULL);
    g_autofree char *list = words_list(subject->words, (const char *const *)names->pdata);
    g_autofree char *text = subject_say(subject, "funnel.narrow.inside", "places", list);
    return frame_paragraph(canvas, LEFT, FRAME_NARROW_RIGHT, y, plain, text, MOST_LINES) +
           10;
}

/* The limits at the right end of the plot, told once. */
static double paint_plot(const struct subject *subject, struct canvas *canvas,
                         const struct funnel *funnel, double y) {
    const double lane = funnel->lane ? LANE : 0;
    g_autofree char *expected = words_say(subject->words, "funnel.axis.expected", NULL);
    funnel_paint_ground(subject, canvas, funnel, lane);
    funnel_paint_marks(canvas, funnel, lane);
    paint_numbers(subject, canvas, funnel);
    y = frame_paragraph(canvas, LEFT, FRAME_NARROW_RIGHT, y + PLOT_HEIGHT + lane + 40,
                        grey, expected, 3);
    return y + 16;
}

/* Curves have no room for their names here. */
static void add_limits(struct key *key, const struct subject *subject) {
    const struct edition_funnel *funnel = &subject->edition->funnel;
    g_autofree char *inner = funnel_level(subject, funnel->inner.value);
    g_autofree char *outer = funnel_level(subject, funnel->outer.value);
    const struct words_argument arguments[] = {
        {"inner", inner, 0}, {"outer", outer, 0}, {NULL}};
    key->entries[key->count].sample = KEY_TEXT;
    key->entries[key->count++].text =
        words_say(subject->words, "funnel.key.limits", arguments);
}

static double paint_known(const struct subject *subject, struct canvas *canvas,
                          double y) {
    g_autofree char *ratio = words_say(subject->words, "funnel.axis.ratio", NULL);
    y = frame_paragraph(canvas, LEFT, FRAME_NARROW_RIGHT, y, grey, ratio, 2) + 18;
    const struct label_box plot = {PLOT_LEFT, y, PLOT_RIGHT, y + PLOT_HEIGHT};
    struct funnel funnel = funnel_lay_out(subject, plot);
    struct key key = funnel_key(subject, &funnel);
    add_limits(&key, subject);
    g_autofree char *missing = funnel_missing(subject, &funnel);
    y = paint_plot(subject, canvas, &funnel, y);
    y = paint_places(subject, canvas, &funnel, y);
    y = paint_inside(subject, canvas, &funnel, y);
    if (missing != NULL)
        y = frame_paragraph(canvas, LEFT, FRAME_NARROW_RIGHT, y, plain, missing,
                            MOST_LINES) +
            10;
    y = key_paint_below(&key, canvas, y + 8);
    funnel_clear(&funnel);
    return y;
}

void funnel_draw_narrow(const struct subject *subject, struct canvas *canvas) {
    g_autofree char *period = subject_period(subject);
    g_autofree char *subtitle = subject_say(subject, "funnel.subtitle", "period", period);
    double y = frame_open(canvas, subtitle) + 12;
    if (funnel_is_known(subject->edition)) {
        y = paint_known(subject, canvas, y);
    } else if (subject->edition->marketplaces->len > 0) {
        g_autofree char *why = subject_reason(subject, subject->edition->funnel.reason);
        mark_insufficient(canvas, LEFT, y, FRAME_NARROW_RIGHT - LEFT, PLOT_HEIGHT / 2.0,
                          why);
        y += PLOT_HEIGHT / 2.0;
    }
    frame_close(canvas, y);
}
