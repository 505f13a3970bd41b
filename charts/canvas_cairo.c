#include "canvas_cairo.h"

#include <math.h>

/* Across, in units: a whole number of pixels at 2 and at 1.5 for a unit, so that rows of
 * the hatch repeat. */
#define HATCH_STEP 10

static void set_source(cairo_t *cairo, uint32_t colour) {
    cairo_set_source_rgb(cairo, (colour >> 16 & 0xFF) / 255.0,
                         (colour >> 8 & 0xFF) / 255.0, (colour & 0xFF) / 255.0);
}

static void paint(cairo_t *cairo, const struct shape *shape) {
    const struct pen *pen = &shape->pen;
    if (shape->fill != TOKEN_NONE) {
        set_source(cairo, shape->colours[shape->fill]);
        cairo_fill_preserve(cairo);
    }
    if (pen->token != TOKEN_NONE) {
        const double dashes[] = {pen->dash, pen->gap};
        set_source(cairo, shape->colours[pen->token]);
        cairo_set_line_width(cairo, pen->width);
        cairo_set_dash(cairo, dashes, pen->dash > 0 ? 2 : 0, 0);
        cairo_set_line_cap(cairo,
                           pen->round ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
        cairo_set_line_join(cairo,
                            pen->round ? CAIRO_LINE_JOIN_ROUND : CAIRO_LINE_JOIN_MITER);
        cairo_stroke_preserve(cairo);
    }
    cairo_new_path(cairo);
}

static void draw_rectangle(cairo_t *cairo, const struct shape *shape) {
    const double r = shape->radius, x = shape->x, y = shape->y;
    const double right = x + shape->width, bottom = y + shape->height;
    if (r > 0) {
        cairo_arc(cairo, right - r, y + r, r, -G_PI_2, 0);
        cairo_arc(cairo, right - r, bottom - r, r, 0, G_PI_2);
        cairo_arc(cairo, x + r, bottom - r, r, G_PI_2, G_PI);
        cairo_arc(cairo, x + r, y + r, r, G_PI, 3 * G_PI_2);
        cairo_close_path(cairo);
    } else {
        cairo_rectangle(cairo, x, y, shape->width, shape->height);
    }
    paint(cairo, shape);
}

static void draw_circle(cairo_t *cairo, const struct shape *shape) {
    cairo_arc(cairo, shape->x, shape->y, shape->radius, 0, 2 * G_PI);
    cairo_close_path(cairo);
    paint(cairo, shape);
}

static void draw_path(cairo_t *cairo, const struct shape *shape) {
    for (guint i = 0; i < shape->points->len; i++) {
        const struct point *point = &g_array_index(shape->points, struct point, i);
        cairo_line_to(cairo, point->x, point->y);
    }
    if (shape->closed)
        cairo_close_path(cairo);
    paint(cairo, shape);
}

static void draw_text(cairo_t *cairo, const struct shape *shape,
                      const struct typeface *typeface, enum canvas_text text) {
    static const double shifts[] = {
        [ANCHOR_START] = 0, [ANCHOR_MIDDLE] = 0.5, [ANCHOR_END] = 1};
    PangoLayout *layout =
        typeface_layout(typeface, shape->text, shape->size, shape->weight);
    cairo_move_to(cairo, shape->x - shifts[shape->anchor] * shape->extent.advance,
                  shape->y);
    PangoLayoutLine *line = pango_layout_get_line_readonly(layout, 0);
    if (text == CANVAS_OUTLINES) {
        pango_cairo_layout_line_path(cairo, line);
        paint(cairo, shape);
    } else {
        set_source(cairo, shape->colours[shape->fill]);
        pango_cairo_show_layout_line(cairo, line);
        cairo_new_path(cairo);
    }
    g_object_unref(layout);
}

static void draw_hatch(cairo_t *cairo, const struct shape *shape) {
    struct shape ground = *shape;
    ground.pen.token = TOKEN_NONE;
    draw_rectangle(cairo, &ground);
    cairo_save(cairo);
    cairo_rectangle(cairo, shape->x, shape->y, shape->width, shape->height);
    cairo_clip(cairo);
    /* Lines where x + y is a multiple of the step, as in the SVG's pattern. */
    const double step = HATCH_STEP, top = shape->y;
    const double last = shape->x + shape->width + shape->height;
    for (double sum = step * floor((shape->x + top) / step); sum <= last + top;
         sum += step) {
        cairo_move_to(cairo, sum - top, top);
        cairo_line_to(cairo, sum - top - shape->height, top + shape->height);
    }
    set_source(cairo, shape->colours[shape->pen.token]);
    cairo_set_line_width(cairo, shape->pen.width);
    cairo_set_dash(cairo, NULL, 0, 0);
    cairo_stroke(cairo);
    cairo_restore(cairo);
}

static void draw_shape(cairo_t *cairo, const struct shape *shape,
                       const struct typeface *typeface, enum canvas_text text) {
    switch (shape->kind) {
    case SHAPE_RECTANGLE:
        draw_rectangle(cairo, shape);
        return;
    case SHAPE_CIRCLE:
        draw_circle(cairo, shape);
        return;
    case SHAPE_PATH:
        draw_path(cairo, shape);
        return;
    case SHAPE_TEXT:
        draw_text(cairo, shape, typeface, text);
        return;
    case SHAPE_HATCH:
        draw_hatch(cairo, shape);
        return;
    }
}

void canvas_paint(const struct canvas *canvas, cairo_surface_t *surface, double scale,
                  enum canvas_text text) {
    cairo_t *cairo = cairo_create(surface);
    cairo_scale(cairo, scale, scale);
    for (guint i = 0; i < canvas->shapes->len; i++)
        draw_shape(cairo, canvas->shapes->pdata[i], canvas->typeface, text);
    g_assert(cairo_status(cairo) == CAIRO_STATUS_SUCCESS);
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
}
