/* What the tests of pictures share: reading a PNG, and another program to draw an SVG. */
#ifndef TESTS_PICTURE_H
#define TESTS_PICTURE_H

#include <cairo.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct reading {
    const uint8_t *bytes;
    size_t length, at;
};

static inline cairo_status_t read_bytes(void *closure, unsigned char *to,
                                        unsigned int length) {
    struct reading *reading = closure;
    if (reading->at + length > reading->length)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(to, reading->bytes + reading->at, length);
    reading->at += length;
    return CAIRO_STATUS_SUCCESS;
}

static inline cairo_surface_t *decode(const void *bytes, size_t length) {
    struct reading reading = {bytes, length, 0};
    cairo_surface_t *surface =
        cairo_image_surface_create_from_png_stream(read_bytes, &reading);
    g_assert_cmpint(cairo_surface_status(surface), ==, CAIRO_STATUS_SUCCESS);
    return surface;
}

/* The SVG as another program draws it, at the size of the PNG; NULL without rsvg-convert.
 */
static inline cairo_surface_t *render_elsewhere(const char *svg, double density) {
    g_autofree char *program = g_find_program_in_path("rsvg-convert");
    if (program == NULL)
        return NULL;
    g_autofree char *directory = g_dir_make_tmp("charts-XXXXXX", NULL);
    g_autofree char *from = g_build_filename(directory, "chart.svg", NULL);
    g_autofree char *to = g_build_filename(directory, "chart.png", NULL);
    g_autofree char *zoom = g_strdup_printf("--zoom=%g", density);
    const char *const command[] = {program, zoom, "-o", to, from, NULL};
    int status;
    char *bytes;
    gsize length;
    g_assert_true(g_file_set_contents(from, svg, -1, NULL));
    g_assert_true(g_spawn_sync(NULL, (char **)command, NULL, G_SPAWN_DEFAULT, NULL, NULL,
                               NULL, NULL, &status, NULL));
    g_assert_cmpint(status, ==, 0);
    g_assert_true(g_file_get_contents(to, &bytes, &length, NULL));
    cairo_surface_t *surface = decode(bytes, length);
    g_free(bytes);
    g_unlink(from);
    g_unlink(to);
    g_rmdir(directory);
    return surface;
}

/* A channel's mean in a block. */
static inline double block_mean(cairo_surface_t *surface, int left, int top, int side,
                                int channel) {
    double sum = 0;
    for (int y = top; y < top + side; y++) {
        const unsigned char *row =
            cairo_image_surface_get_data(surface) +
            (size_t)y * (size_t)cairo_image_surface_get_stride(surface);
        for (int x = left; x < left + side; x++)
            sum += row[4 * x + channel];
    }
    return sum / (side * side);
}

/* How far two pictures of one size differ, block by block: letters lie on whole pixels in
 * one and between them in the other. */
struct difference {
    double mean;  /* of red, green and blue, 0 to 255 */
    double share; /* of the blocks that differ by more than a quarter of the range */
};

static inline struct difference picture_difference(cairo_surface_t *one,
                                                   cairo_surface_t *other) {
    enum { SIDE = 8 };
    const int width = cairo_image_surface_get_width(one);
    const int height = cairo_image_surface_get_height(one);
    g_assert_cmpint(width, ==, cairo_image_surface_get_width(other));
    g_assert_cmpint(height, ==, cairo_image_surface_get_height(other));
    double sum = 0, far = 0;
    int blocks = 0;
    for (int y = 0; y + SIDE <= height; y += SIDE)
        for (int x = 0; x + SIDE <= width; x += SIDE, blocks++) {
            double most = 0;
            for (int channel = 0; channel < 3; channel++) {
                const double distance = fabs(block_mean(one, x, y, SIDE, channel) -
                                             block_mean(other, x, y, SIDE, channel));
                sum += distance;
                most = MAX(most, distance);
            }
            far += most > 64;
        }
    return (struct difference){sum / (3.0 * blocks), far / blocks};
}

#endif
