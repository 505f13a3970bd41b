#include "canvas.h"

#include "palette.h"

#include <cairo.h>
#include <math.h>
#include <png.h>

#define PIXELS_PER_METRE (2 * 96 * 10000 / 254) /* two for a pixel of CSS */
/* Across, in units: a whole number of pixels at 2 and at 1.5 for a unit, so that rows of
 * the hatch repeat. */
#define HATCH_STEP 10

static void set_source(cairo_t *cairo, enum token token) {
    const uint32_t colour = theme_colour(token);
    cairo_set_source_rgb(cairo, (colour >> 16 & 0xFF) / 255.0,
                         (colour >> 8 & 0xFF) / 255.0, (colour & 0xFF) / 255.0);
}

static void paint(cairo_t *cairo, const struct shape *shape) {
    const struct pen *pen = &shape->pen;
    if (shape->fill != TOKEN_NONE) {
        set_source(cairo, shape->fill);
        cairo_fill_preserve(cairo);
    }
    if (pen->token != TOKEN_NONE) {
        const double dashes[] = {pen->dash, pen->gap};
        set_source(cairo, pen->token);
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

static void draw_rectangle(cairo_t *cairo, const struct shape *shape,
                           const struct typeface *typeface) {
    (void)typeface;
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

static void draw_circle(cairo_t *cairo, const struct shape *shape,
                        const struct typeface *typeface) {
    (void)typeface;
    cairo_arc(cairo, shape->x, shape->y, shape->radius, 0, 2 * G_PI);
    cairo_close_path(cairo);
    paint(cairo, shape);
}

static void draw_path(cairo_t *cairo, const struct shape *shape,
                      const struct typeface *typeface) {
    (void)typeface;
    for (guint i = 0; i < shape->points->len; i++) {
        const struct point *point = &g_array_index(shape->points, struct point, i);
        cairo_line_to(cairo, point->x, point->y);
    }
    if (shape->closed)
        cairo_close_path(cairo);
    paint(cairo, shape);
}

/* Glyphs snap to whole pixels, which moves them by a third of a unit at most. The same
 * letter of a line is then the same pixels, and a picture of text a third smaller. */
static void draw_text(cairo_t *cairo, const struct shape *shape,
                      const struct typeface *typeface) {
    static const double shifts[] = {
        [ANCHOR_START] = 0, [ANCHOR_MIDDLE] = 0.5, [ANCHOR_END] = 1};
    PangoLayout *layout =
        typeface_layout(typeface, shape->text, shape->size, shape->weight);
    set_source(cairo, shape->fill);
    cairo_move_to(cairo, shape->x - shifts[shape->anchor] * shape->extent.advance,
                  shape->y);
    pango_cairo_show_layout_line(cairo, pango_layout_get_line_readonly(layout, 0));
    cairo_new_path(cairo);
    g_object_unref(layout);
}

static void draw_hatch(cairo_t *cairo, const struct shape *shape,
                       const struct typeface *typeface) {
    struct shape ground = *shape;
    ground.pen.token = TOKEN_NONE;
    draw_rectangle(cairo, &ground, typeface);
    cairo_save(cairo);
    cairo_rectangle(cairo, shape->x, shape->y, shape->width, shape->height);
    cairo_clip(cairo);
    /* Lines where x + y is a multiple of the step on the diagonal, as the SVG's pattern.
     */
    const double step = HATCH_STEP, top = shape->y;
    const double last = shape->x + shape->width + shape->height;
    for (double sum = step * floor((shape->x + top) / step); sum <= last + top;
         sum += step) {
        cairo_move_to(cairo, sum - top, top);
        cairo_line_to(cairo, sum - top - shape->height, top + shape->height);
    }
    set_source(cairo, shape->pen.token);
    cairo_set_line_width(cairo, shape->pen.width);
    cairo_set_dash(cairo, NULL, 0, 0);
    cairo_stroke(cairo);
    cairo_restore(cairo);
}

static cairo_surface_t *draw_surface(const struct canvas *canvas) {
    static void (*const drawers[])(cairo_t *, const struct shape *,
                                   const struct typeface *) = {
        [SHAPE_RECTANGLE] = draw_rectangle, [SHAPE_CIRCLE] = draw_circle,
        [SHAPE_PATH] = draw_path,           [SHAPE_TEXT] = draw_text,
        [SHAPE_HATCH] = draw_hatch,
    };
    cairo_surface_t *surface = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, (int)ceil(canvas->width * canvas->density),
        (int)ceil(canvas->height * canvas->density));
    cairo_t *cairo = cairo_create(surface);
    cairo_scale(cairo, canvas->density, canvas->density);
    for (guint i = 0; i < canvas->shapes->len; i++) {
        const struct shape *shape = canvas->shapes->pdata[i];
        drawers[shape->kind](cairo, shape, canvas->typeface);
    }
    g_assert(cairo_status(cairo) == CAIRO_STATUS_SUCCESS);
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    return surface;
}

/* Writing to memory does not fail; what libpng would refuse is a bug. */
static void refuse(png_structp png, png_const_charp message) {
    (void)png;
    g_error("png: %s", message);
}

static void append(png_structp png, png_bytep bytes, size_t length) {
    g_byte_array_append(png_get_io_ptr(png), bytes, (guint)length);
}

static void write_texts(png_structp png, png_infop header, const struct canvas *canvas) {
    const char *const texts[][2] = {
        {"Title", canvas->title},
        {"Description", canvas->description},
        {"Source", canvas->source},
        {"Creation Time", canvas->day},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        png_text text = {
            .compression = PNG_ITXT_COMPRESSION_NONE,
            .key = (char *)texts[i][0],
            .text = (char *)texts[i][1],
            .lang = (char *)words_code(canvas->language),
            .lang_key = (char *)texts[i][0],
        };
        png_set_text(png, header, &text, 1);
    }
}

static void write_header(png_structp png, png_infop header, const struct palette *palette,
                         int width, int height) {
    png_color colours[PALETTE_MOST];
    for (int i = 0; i < palette->count; i++) {
        const uint32_t colour = palette->colours[i];
        colours[i] = (png_color){(png_byte)(colour >> 16), (png_byte)(colour >> 8 & 0xFF),
                                 (png_byte)(colour & 0xFF)};
    }
    png_set_IHDR(png, header, (png_uint_32)width, (png_uint_32)height, 8,
                 PNG_COLOR_TYPE_PALETTE, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_set_PLTE(png, header, colours, palette->count);
    png_set_sRGB(png, header, PNG_sRGB_INTENT_PERCEPTUAL);
    png_set_pHYs(png, header, PIXELS_PER_METRE, PIXELS_PER_METRE, PNG_RESOLUTION_METER);
}

GBytes *canvas_png(const struct canvas *canvas) {
    cairo_surface_t *surface = draw_surface(canvas);
    const int width = cairo_image_surface_get_width(surface);
    const int height = cairo_image_surface_get_height(surface);
    scoped(palette) *palette =
        palette_of((const uint32_t *)(void *)cairo_image_surface_get_data(surface), width,
                   height, cairo_image_surface_get_stride(surface) / 4);
    cairo_surface_destroy(surface);

    GByteArray *bytes = g_byte_array_new();
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, refuse, NULL);
    png_infop header = png_create_info_struct(png);
    png_set_write_fn(png, bytes, append, NULL);
    png_set_compression_level(png, 7);
    png_set_compression_mem_level(png, 9);
    png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
    write_header(png, header, palette, width, height);
    write_texts(png, header, canvas);
    png_write_info(png, header);
    for (int y = 0; y < height; y++)
        png_write_row(png, palette->indices + (size_t)y * (size_t)width);
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &header);
    return g_byte_array_free_to_bytes(bytes);
}
