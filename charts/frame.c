#include "frame.h"

#include "barometre/month.h"
#include "barometre/text.h"

#include <math.h>

static const struct pen no_pen = {.token = TOKEN_NONE};

double frame_room(double x) {
    return (FRAME_WIDTH - FRAME_MARGIN / 2 - x) / FRAME_SPARE;
}

/* Of titles, largest first. */
static const double sizes[] = {27, 25, 23};

char *frame_title(char **candidates, double x) {
    g_auto(GStrv) owned = candidates;
    const struct typeface *typeface = typeface_open(NULL);
    guint chosen = 0;
    while (typeface != NULL && owned[chosen + 1] != NULL &&
           typeface_extent(typeface, owned[chosen], sizes[1], 700).advance >
               frame_room(x))
        chosen++;
    return subject_sentence(g_strdup(owned[chosen]));
}

static void paint_title(struct canvas *canvas, double x) {
    const double room = frame_room(x);
    struct type type = {sizes[0], 700, TOKEN_INK, ANCHOR_START};
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        type.size = sizes[i];
        if (typeface_extent(canvas->typeface, canvas->title, type.size, 700).advance <=
            room)
            break;
    }
    g_autofree char *title =
        typeface_fit(canvas->typeface, canvas->title, type.size, 700, room);
    canvas_text(canvas, x, 50, type, title);
}

void frame_paint(struct canvas *canvas, double x, const char *subtitle) {
    const struct type under = {16, 400, TOKEN_TEXT, ANCHOR_START};
    const struct type small = {15, 400, TOKEN_MENTION, ANCHOR_START};
    canvas_rectangle(canvas, 0, 0, canvas->width, canvas->height, 0, TOKEN_PAPER, no_pen);
    canvas_rectangle(canvas, 0, 0, canvas->width, 4, 0, TOKEN_BRAND, no_pen);
    paint_title(canvas, x);
    g_autofree char *fitted =
        typeface_fit(canvas->typeface, subtitle, 16, 400, frame_room(x));
    canvas_text(canvas, x, 79, under, fitted);
    g_autofree char *source =
        typeface_fit(canvas->typeface, canvas->source, 15, 400, frame_room(FRAME_MARGIN));
    canvas_text(canvas, FRAME_MARGIN, canvas->height - 18, small, source);
}

double frame_size(const struct canvas *canvas) {
    return canvas->width == FRAME_NARROW_WIDTH ? 24 : 15;
}

double frame_paragraph(struct canvas *canvas, double x, double right, double y,
                       struct type type, const char *text, int most) {
    /* Even, so that what follows lies on whole pixels at 1.5 for a unit. */
    const double pitch = 2 * round(type.size * 0.64);
    g_auto(GStrv) lines = typeface_wrap(canvas->typeface, text, type.size, type.weight,
                                        (right - x) / FRAME_SPARE, most);
    for (char **line = lines; *line != NULL; line++, y += pitch)
        canvas_text(canvas, x, y + type.size, type, *line);
    return y;
}

double frame_open(struct canvas *canvas, const char *subtitle) {
    const struct type bold = {33, 700, TOKEN_INK, ANCHOR_START};
    const struct type under = {24, 400, TOKEN_TEXT, ANCHOR_START};
    canvas_rectangle(canvas, 0, 0, canvas->width, canvas->height, 0, TOKEN_PAPER, no_pen);
    canvas_rectangle(canvas, 0, 0, canvas->width, 6, 0, TOKEN_BRAND, no_pen);
    const double y = frame_paragraph(canvas, FRAME_NARROW_MARGIN, FRAME_NARROW_RIGHT, 24,
                                     bold, canvas->title, 4);
    return frame_paragraph(canvas, FRAME_NARROW_MARGIN, FRAME_NARROW_RIGHT, y + 10, under,
                           subtitle, 7);
}

double frame_narrow_density(double height) {
    enum { TALL = 3000 };
    return height > TALL ? 1.25 : 1.5;
}

void frame_close(struct canvas *canvas, double y) {
    const struct type small = {24, 400, TOKEN_MENTION, ANCHOR_START};
    const double end = frame_paragraph(canvas, FRAME_NARROW_MARGIN, FRAME_NARROW_RIGHT,
                                       y + 16, small, canvas->source, 8);
    struct shape *ground = canvas->shapes->pdata[0];
    canvas->height = ground->height = ceil(end + 24);
}

char *frame_source(const struct subject *subject) {
    const struct edition *edition = subject->edition;
    g_autofree char *day = words_day(subject->words, month_last_day(edition->as_of));
    g_autofree char *version =
        text_clamp(edition->method_version == NULL ? "" : edition->method_version);
    const struct words_argument arguments[] = {
        {"date", day, 0}, {"version", version, 0}, {NULL, NULL, 0}};
    g_autofree char *source = words_say(subject->words, "chart.source", arguments);
    g_autofree char *unknown = words_say(subject->words, "unknown.meaning", NULL);
    GString *line = g_string_new(source);
    g_string_append_printf(line, " %s", unknown);
    if (!edition->closed) {
        g_autofree char *open = words_say(subject->words, "chart.open", NULL);
        g_string_append_printf(line, " %s", open);
    }
    if (edition->fictitious) {
        g_autofree char *fictitious = words_say(subject->words, "chart.fictitious", NULL);
        g_string_append_printf(line, " %s", fictitious);
    }
    return g_string_free(line, FALSE);
}
