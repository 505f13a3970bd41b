#include "canvas.h"

#include "barometre/text.h"

#include <math.h>

static void shape_free(void *data) {
    struct shape *shape = data;
    if (shape->points != NULL)
        g_array_unref(shape->points);
    g_free(shape->text);
    g_free(shape);
}

struct canvas *canvas_new(const struct typeface *typeface, const char *id,
                          enum words_language language) {
    struct canvas *canvas = g_new0(struct canvas, 1);
    canvas->typeface = typeface;
    canvas->id = g_strdup(id);
    canvas->language = language;
    canvas->density = 2;
    canvas->colours = theme_colours(theme_shipped(), THEME_LIGHT);
    canvas->shapes = g_ptr_array_new_with_free_func(shape_free);
    return canvas;
}

void canvas_free(struct canvas *canvas) {
    if (canvas == NULL)
        return;
    g_free(canvas->id);
    g_free(canvas->title);
    g_free(canvas->description);
    g_free(canvas->author);
    g_free(canvas->source);
    g_free(canvas->day);
    g_ptr_array_unref(canvas->shapes);
    g_free(canvas);
}

static struct shape *add_shape(struct canvas *canvas, enum shape_kind kind, double x,
                               double y, enum token fill, struct pen pen) {
    g_assert(isfinite(x) && isfinite(y) && isfinite(pen.width));
    struct shape *shape = g_new0(struct shape, 1);
    shape->kind = kind;
    shape->colours = canvas->colours;
    shape->x = x;
    shape->y = y;
    shape->fill = fill;
    shape->pen = pen;
    g_ptr_array_add(canvas->shapes, shape);
    return shape;
}

static struct shape *add_box(struct canvas *canvas, enum shape_kind kind, double x,
                             double y, double width, double height, enum token fill,
                             struct pen pen) {
    g_assert(isfinite(width) && isfinite(height) && width >= 0 && height >= 0);
    struct shape *shape = add_shape(canvas, kind, x, y, fill, pen);
    shape->width = width;
    shape->height = height;
    return shape;
}

void canvas_rectangle(struct canvas *canvas, double x, double y, double width,
                      double height, double radius, enum token fill, struct pen pen) {
    add_box(canvas, SHAPE_RECTANGLE, x, y, width, height, fill, pen)->radius = radius;
}

void canvas_hatch(struct canvas *canvas, double x, double y, double width,
                  double height) {
    const struct pen pen = {.token = TOKEN_GRID, .width = 1};
    add_box(canvas, SHAPE_HATCH, x, y, width, height, TOKEN_VOID, pen);
}

void canvas_circle(struct canvas *canvas, double x, double y, double radius,
                   enum token fill, struct pen pen) {
    g_assert(radius > 0);
    add_shape(canvas, SHAPE_CIRCLE, x, y, fill, pen)->radius = radius;
}

void canvas_path(struct canvas *canvas, const struct point *points, int count,
                 bool closed, enum token fill, struct pen pen) {
    g_assert(count > 1);
    for (int i = 0; i < count; i++)
        g_assert(isfinite(points[i].x) && isfinite(points[i].y));
    struct shape *shape =
        add_shape(canvas, SHAPE_PATH, points[0].x, points[0].y, fill, pen);
    shape->points = g_array_sized_new(FALSE, FALSE, sizeof *points, (guint)count);
    g_array_append_vals(shape->points, points, (guint)count);
    shape->closed = closed;
}

void canvas_line(struct canvas *canvas, struct point from, struct point to,
                 struct pen pen) {
    canvas_path(canvas, (const struct point[]){from, to}, 2, false, TOKEN_NONE, pen);
}

void canvas_triangle(struct canvas *canvas, double x, double y, double size, bool up,
                     enum token fill) {
    const double half = size * 0.6, tip = up ? -size : size;
    const struct point corners[] = {{x - half, y}, {x + half, y}, {x, y + tip}};
    canvas_path(canvas, corners, 3, true, fill, (struct pen){.token = TOKEN_NONE});
}

static char *clean(const char *text) {
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GString *cleaned = g_string_new(NULL);
    for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p)) {
        const gunichar c = g_utf8_get_char(p);
        if (!g_unichar_iscntrl(c) && !text_turns(c) && (c & 0xFFFE) != 0xFFFE)
            g_string_append_unichar(cleaned, c);
    }
    return g_string_free(cleaned, FALSE);
}

void canvas_name(struct canvas *canvas, const char *title, const char *description) {
    canvas->title = clean(title);
    canvas->description = clean(description);
}

double canvas_text(struct canvas *canvas, double x, double y, struct type type,
                   const char *text) {
    g_autofree char *cleaned = clean(text);
    if (*cleaned == '\0')
        return 0;
    struct shape *shape = add_shape(canvas, SHAPE_TEXT, x, y, type.token,
                                    (struct pen){.token = TOKEN_NONE});
    shape->size = type.size;
    shape->weight = type.weight;
    shape->anchor = type.anchor;
    shape->extent = typeface_extent(canvas->typeface, cleaned, type.size, type.weight);
    shape->text = g_steal_pointer(&cleaned);
    return shape->extent.advance;
}

void shape_ink(const struct shape *shape, double *x, double *y, double *width,
               double *height) {
    static const double shifts[] = {
        [ANCHOR_START] = 0, [ANCHOR_MIDDLE] = 0.5, [ANCHOR_END] = 1};
    *x = shape->x - shifts[shape->anchor] * shape->extent.advance + shape->extent.ink_x;
    *y = shape->y + shape->extent.ink_y;
    *width = shape->extent.ink_width;
    *height = shape->extent.ink_height;
}
