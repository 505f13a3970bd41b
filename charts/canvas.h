/* A canvas: the shapes of one picture, in the order they are painted.
 *
 * Charts paint here and nowhere else; the writers turn the same list into an SVG of real
 * text, a PNG, or an SVG or PDF of outlines. Coordinates are units of the picture, of
 * which the PNG has `density` pixels each. Colours are tokens of the theme. A coordinate
 * that is not finite is a bug.
 */
#ifndef CHARTS_CANVAS_H
#define CHARTS_CANVAS_H

#include "barometre/scope.h"
#include "barometre/words.h"

#include "theme.h"
#include "typeface.h"

#include <glib.h>
#include <stdbool.h>

enum shape_kind { SHAPE_RECTANGLE, SHAPE_CIRCLE, SHAPE_PATH, SHAPE_TEXT, SHAPE_HATCH };

enum anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };

struct point {
    double x, y;
};

/* How lines are drawn. */
struct pen {
    enum token token;
    double width;
    double dash, gap; /* 0: solid */
    bool round;       /* round caps and joins */
};

struct shape {
    enum shape_kind kind;
    const uint32_t *colours; /* of its canvas */
    enum token fill;
    struct pen pen;
    double x, y, width,
        height;     /* rectangle, hatch; a text's baseline; a circle's centre */
    double radius;  /* of a circle or of a rectangle's corners */
    GArray *points; /* struct point, of a path */
    bool closed;
    char *text;
    double size;
    int weight;
    enum anchor anchor;
    struct extent extent; /* of a text, measured with the typeface */
};

struct canvas {
    double width, height;
    double density; /* pixels of the PNG for a unit; 2 unless told */
    char *id;       /* of the chart: prefix of every id in the SVG */
    char *title;    /* what assistive technology reads */
    char *description, *author, *source;
    char *day; /* to which the data go, YYYY-MM-DD */
    enum words_language language;
    const struct typeface *typeface;
    const uint32_t *colours; /* by token; borrowed from the theme */
    GPtrArray *shapes;       /* struct shape */
};

/* An empty canvas in the light tone of the theme as shipped; takes the typeface for its
 * lifetime. Free with canvas_free. */
struct canvas *canvas_new(const struct typeface *typeface, const char *id,
                          enum words_language language);
void canvas_free(struct canvas *canvas);
SCOPE_DEFINE(canvas)

void canvas_rectangle(struct canvas *canvas, double x, double y, double width,
                      double height, double radius, enum token fill, struct pen pen);
void canvas_circle(struct canvas *canvas, double x, double y, double radius,
                   enum token fill, struct pen pen);
void canvas_line(struct canvas *canvas, struct point from, struct point to,
                 struct pen pen);
void canvas_path(struct canvas *canvas, const struct point *points, int count,
                 bool closed, enum token fill, struct pen pen);

/* A filled triangle that points up or down, `size` high, its base centred on x. */
void canvas_triangle(struct canvas *canvas, double x, double y, double size, bool up,
                     enum token fill);

/* A rectangle hatched at 45°. */
void canvas_hatch(struct canvas *canvas, double x, double y, double width, double height);

/* How a text is set. */
struct type {
    double size;
    int weight; /* 400, 500 or 700 */
    enum token token;
    enum anchor anchor;
};

/* Names the picture and says what it shows, cleaned as text is; once. */
void canvas_name(struct canvas *canvas, const char *title, const char *description);

/* Sets one line of text on the baseline; returns how far it advances. The text is cleaned
 * of what XML forbids; an empty one leaves nothing. */
double canvas_text(struct canvas *canvas, double x, double y, struct type type,
                   const char *text);

/* The ink of a text shape. */
void shape_ink(const struct shape *shape, double *x, double *y, double *width,
               double *height);

/* The picture as SVG: presentation attributes only, real text, every shape with the class
 * of its token. The caller unrefs. */
GBytes *canvas_svg(const struct canvas *canvas);

/* To be called before threads write SVG. */
void canvas_svg_begin(void);

/* The picture as PNG of at most 256 colours, with its title, description and source
 * inside. The caller unrefs. */
GBytes *canvas_png(const struct canvas *canvas);

/* The picture with its texts as outlines, for print and for hosts without the font: as
 * SVG, and as PDF of one page, 96 units an inch. Both as cairo writes them, with title
 * and description. The caller unrefs. */
GBytes *canvas_outlines(const struct canvas *canvas);
GBytes *canvas_pdf(const struct canvas *canvas);

#endif
