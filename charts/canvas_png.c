#include "canvas.h"

#include "canvas_cairo.h"
#include "palette.h"

#include <math.h>
#include <png.h>

#define PIXELS_PER_METRE (2 * 96 * 10000 / 254) /* two for a pixel of CSS */

static cairo_surface_t *draw_surface(const struct canvas *canvas) {
    cairo_surface_t *surface = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, (int)ceil(canvas->width * canvas->density),
        (int)ceil(canvas->height * canvas->density));
    canvas_paint(canvas, surface, canvas->density, CANVAS_GLYPHS);
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
    /* A surface takes 13 MiB, and packing its pixels as long as painting them: threads
     * that paint one after the other lose little. */
    static GMutex one_surface;
    g_mutex_lock(&one_surface);
    cairo_surface_t *surface = draw_surface(canvas);
    const int width = cairo_image_surface_get_width(surface);
    const int height = cairo_image_surface_get_height(surface);
    scoped(palette) *palette =
        palette_of((const uint32_t *)(void *)cairo_image_surface_get_data(surface), width,
                   height, cairo_image_surface_get_stride(surface) / 4);
    cairo_surface_destroy(surface);
    g_mutex_unlock(&one_surface);

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
