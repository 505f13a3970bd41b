#include "canvas.h"

#include "barometre/chart.h"
#include "barometre/error.h"

#include "palette.h"
#include "scale.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static struct canvas *blank(double width, double height) {
    GError *error = NULL;
    const struct typeface *typeface = typeface_open(&error);
    g_assert_no_error(error);
    struct canvas *canvas = canvas_new(typeface, "test", WORDS_FR);
    canvas->width = width;
    canvas->height = height;
    canvas->title = g_strdup("Titre");
    canvas->description = g_strdup("Ce que l’image montre.");
    canvas->source = g_strdup("Source");
    canvas->day = g_strdup("2026-10-31");
    canvas_rectangle(canvas, 0, 0, width, height, 0, TOKEN_PAPER,
                     (struct pen){.token = TOKEN_NONE});
    return canvas;
}

static char *svg_of(const struct canvas *canvas) {
    g_autoptr(GBytes) bytes = canvas_svg(canvas);
    return g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

static void a_scale_holds_its_ends(void) {
    const struct scale scale = {0, 100, 270, 850}, turned = {30, 90, 200, 100};
    const struct scale single = {7, 7, 10, 20};
    g_assert_cmpfloat(scale_px(&scale, 0), ==, 270);
    g_assert_cmpfloat(scale_px(&scale, 100), ==, 850);
    g_assert_cmpfloat(scale_px(&scale, 50), ==, 560);
    g_assert_cmpfloat(scale_px(&scale, -5), ==, 270);
    g_assert_cmpfloat(scale_px(&scale, 140), ==, 850);
    g_assert_cmpfloat(scale_px(&turned, 60), ==, 150);
    g_assert_cmpfloat(scale_px(&single, 7), ==, 15);
}

static void a_rounded_scale_holds_its_series(void) {
    for (double low = 0; low <= 100; low += 3.7) {
        for (double high = low; high <= 100; high += 5.3) {
            double from, to;
            scale_round(low, high, 10, 40, &from, &to);
            g_assert_cmpfloat(from, <=, low);
            g_assert_cmpfloat(to, >=, high);
            g_assert_cmpfloat(from, >=, 0);
            g_assert_cmpfloat(to, <=, 100);
            g_assert_cmpfloat(to - from, >=, 40);
            g_assert_cmpfloat(fmod(from, 10) + fmod(to, 10), ==, 0);
        }
    }
}

static void a_value_that_is_not_finite_is_a_bug(void) {
    if (g_test_subprocess()) {
        scoped(canvas) *canvas = blank(10, 10);
        canvas_circle(canvas, NAN, 1, 1, TOKEN_INK, (struct pen){.token = TOKEN_NONE});
        return;
    }
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_failed();
}

static void a_missing_font_names_its_package(void) {
    if (!g_test_subprocess()) {
        g_test_trap_subprocess(NULL, 0, 0);
        g_test_trap_assert_passed();
        return;
    }
    g_autofree char *directory = g_dir_make_tmp("fonts-XXXXXX", NULL);
    g_autofree char *file = g_build_filename(directory, "fonts.conf", NULL);
    g_assert_true(g_file_set_contents(file, "<fontconfig></fontconfig>", -1, NULL));
    g_setenv("FONTCONFIG_FILE", file, TRUE);
    g_autoptr(GError) error = NULL;
    g_assert_null(typeface_open(&error));
    g_assert_error(error, BAROMETRE_ERROR, ERROR_CONFIG);
    g_assert_nonnull(strstr(error->message, "fonts-inter"));
    g_unlink(file);
    g_rmdir(directory);
}

/* A folder with the font's files, one byte longer, and a configuration of it alone. */
static char *make_other_build(void) {
    char *directory = g_dir_make_tmp("fonts-XXXXXX", NULL);
    const struct typeface *typeface = typeface_open(NULL);
    for (int i = 0; i < FONT_WEIGHTS; i++) {
        g_autofree char *name = g_path_get_basename(typeface->files[i]);
        g_autofree char *path = g_build_filename(directory, name, NULL);
        g_autofree char *bytes = NULL;
        gsize length;
        g_assert_true(g_file_get_contents(typeface->files[i], &bytes, &length, NULL));
        g_assert_true(g_file_set_contents(path, bytes, (gssize)length + 1, NULL));
    }
    g_autofree char *file = g_build_filename(directory, "fonts.conf", NULL);
    g_autofree char *text =
        g_strdup_printf("<fontconfig><dir>%s</dir></fontconfig>", directory);
    g_assert_true(g_file_set_contents(file, text, -1, NULL));
    g_setenv("FONTCONFIG_FILE", file, TRUE);
    return directory;
}

static void remove_files(const char *directory) {
    g_autoptr(GDir) folder = g_dir_open(directory, 0, NULL);
    for (const char *name; (name = g_dir_read_name(folder)) != NULL;) {
        g_autofree char *path = g_build_filename(directory, name, NULL);
        g_unlink(path);
    }
    g_rmdir(directory);
}

static void another_build_of_the_font_is_told(void) {
    GError *error = NULL;
    g_autofree char *notice = NULL;
    if (g_test_subprocess()) {
        notice = chart_font_notice(&error);
        g_assert_no_error(error);
        g_assert_nonnull(notice);
        g_assert_nonnull(strstr(notice, "/fonts-"));
        g_assert_nonnull(strstr(notice, "fonts-inter"));
        return;
    }
    notice = chart_font_notice(&error);
    g_assert_no_error(error);
    g_assert_null(notice);
    g_autofree char *directory = make_other_build();
    g_test_trap_subprocess(NULL, 0, 0);
    g_unsetenv("FONTCONFIG_FILE");
    remove_files(directory);
    g_test_trap_assert_passed();
}

static void wider_text_has_a_wider_extent(void) {
    const struct typeface *typeface = typeface_open(NULL);
    const struct extent one = typeface_extent(typeface, "Étal & Cie", 17, 400);
    const struct extent bold = typeface_extent(typeface, "Étal & Cie", 17, 700);
    const struct extent twice = typeface_extent(typeface, "Étal & Cie", 34, 400);
    g_assert_cmpfloat(one.advance, >, 17 * 3);
    g_assert_cmpfloat(bold.advance, >, one.advance);
    g_assert_cmpfloat_with_epsilon(twice.advance, 2 * one.advance, 0.1);
    g_assert_cmpfloat(one.ink_y, <, 0);
}

static void markup_in_a_text_is_text(void) {
    const struct typeface *typeface = typeface_open(NULL);
    g_assert_cmpfloat(typeface_extent(typeface, "<b>a</b>", 15, 400).advance, >,
                      3 * typeface_extent(typeface, "a", 15, 400).advance);
}

static void fitted_text_fits_and_keeps_its_beginning(void) {
    const struct typeface *typeface = typeface_open(NULL);
    const char *text = "Déréférencement à répétition";
    for (double width = 5; width < 260; width += 7) {
        g_autofree char *fitted = typeface_fit(typeface, text, 15, 400, width);
        const double advance = typeface_extent(typeface, fitted, 15, 400).advance;
        if (strcmp(fitted, "…") != 0)
            g_assert_cmpfloat(advance, <=, width);
        g_assert_true(g_utf8_validate(fitted, -1, NULL));
        g_assert_true(strcmp(fitted, text) == 0 || g_str_has_suffix(fitted, "…"));
    }
    g_autofree char *whole = typeface_fit(typeface, text, 15, 400, 400);
    g_assert_cmpstr(whole, ==, text);
}

static void wrapped_lines_fit_and_lose_no_word(void) {
    const struct typeface *typeface = typeface_open(NULL);
    const char *text = "un deux trois quatre cinq six sept huit neuf dix onze douze";
    g_auto(GStrv) lines = typeface_wrap(typeface, text, 15, 400, 120, 20);
    g_autofree char *joined = g_strjoinv(" ", lines);
    g_assert_cmpstr(joined, ==, text);
    g_assert_cmpuint(g_strv_length(lines), >, 2);
    for (int i = 0; lines[i] != NULL; i++)
        g_assert_cmpfloat(typeface_extent(typeface, lines[i], 15, 400).advance, <=, 120);
    g_auto(GStrv) two = typeface_wrap(typeface, text, 15, 400, 120, 2);
    g_assert_cmpuint(g_strv_length(two), ==, 2);
    g_assert_true(g_str_has_suffix(two[1], "…"));
}

static void an_svg_says_each_colour_by_its_token(void) {
    scoped(canvas) *canvas = blank(100, 50);
    canvas_circle(canvas, 20.24, 10.126, 5, TOKEN_POINT,
                  (struct pen){.token = TOKEN_PAPER, .width = 2});
    canvas_text(canvas, 99.999, -0.001, (struct type){15, 700, TOKEN_INK, ANCHOR_END},
                "<a> & \"b\"");
    canvas_hatch(canvas, 0, 0, 10, 10);
    g_autofree char *svg = svg_of(canvas);
    g_assert_nonnull(strstr(svg, "<circle cx=\"20.2\" cy=\"10.1\" r=\"5\" "
                                 "class=\"f-point s-paper\" fill=\"#000091\" "
                                 "stroke=\"#ffffff\" stroke-width=\"2\"/>"));
    g_assert_nonnull(strstr(svg,
                            "<text x=\"100\" y=\"0\" font-size=\"15\" "
                            "font-weight=\"700\" text-anchor=\"end\" class=\"f-ink\" "
                            "fill=\"#161616\">&lt;a&gt; &amp; &quot;b&quot;</text>"));
    g_assert_nonnull(strstr(svg, "<pattern id=\"test-n-hatch\""));
    g_assert_nonnull(strstr(svg, "fill=\"url(#test-n-hatch)\""));
}

static void control_characters_are_not_drawn(void) {
    scoped(canvas) *canvas = blank(100, 50);
    const struct type type = {15, 400, TOKEN_INK, ANCHOR_START};
    g_assert_cmpfloat(canvas_text(canvas, 1, 20, type, "\x01\x1b\uffff"), ==, 0);
    g_assert_cmpuint(canvas->shapes->len, ==, 1);
    canvas_text(canvas, 1, 20, type,
                "a\x01\xff"
                "b");
    const struct shape *shape = canvas->shapes->pdata[1];
    g_assert_cmpstr(shape->text, ==, "a\ufffdb");
}

/* The largest difference of a channel. */
static int colour_distance(uint32_t one, uint32_t other) {
    int most = 0;
    for (int shift = 0; shift < 24; shift += 8)
        most = MAX(most, abs((int)(one >> shift & 0xFF) - (int)(other >> shift & 0xFF)));
    return most;
}

static void areas_stay_exact_however_near_and_small(void) {
    enum { SIDE = 64, FLATS = 8 };
    uint32_t pixels[SIDE * SIDE];
    /* Bands that differ by one level, the last of them 5 × 5 pixels in a grey edge. */
    for (uint32_t i = 0; i < SIDE * SIDE; i++)
        pixels[i] = 0xAB000000 | (0xF0F0F0 + i / (SIDE * SIDE / FLATS) * 0x010101);
    for (uint32_t y = 0; y < 5; y++)
        for (uint32_t x = 0; x < 5; x++)
            pixels[(30 + y) * SIDE + 30 + x] = 0xB34000;
    scoped(palette) *palette = palette_of(pixels, SIDE, SIDE, SIDE);
    g_assert_cmpint(palette->count, ==, FLATS + 1);
    for (size_t i = 0; i < G_N_ELEMENTS(pixels); i++)
        g_assert_cmphex(palette->colours[palette->indices[i]], ==, pixels[i] & 0xFFFFFF);
}

static void shades_of_an_edge_are_few_and_near(void) {
    uint32_t pixels[64 * 64];
    for (uint32_t i = 0; i < G_N_ELEMENTS(pixels); i++)
        pixels[i] = (i * 7919 % 256) * 0x010101;
    scoped(palette) *palette = palette_of(pixels, 64, 64, 64);
    g_assert_cmpint(palette->count, >=, 12);
    g_assert_cmpint(palette->count, <=, 28);
    for (size_t i = 0; i < G_N_ELEMENTS(pixels); i++)
        g_assert_cmpint(colour_distance(palette->colours[palette->indices[i]], pixels[i]),
                        <=, 9);
}

static void many_colours_take_a_near_one_and_flat_areas_stay_exact(void) {
    enum { SIDE = 128 };
    uint32_t *pixels = g_new(uint32_t, SIDE * SIDE);
    for (uint32_t i = 0; i < SIDE * SIDE; i++) {
        /* Three flat areas that differ by little, and 4,000 greys tinted at random. */
        const uint32_t grey = i * 2654435761U >> 24, tint = i * 40503U >> 8 & 7;
        pixels[i] = i < SIDE * SIDE / 4       ? 0xFFFFFF
                    : i < SIDE * SIDE / 2     ? 0xFAFAFA
                    : i < SIDE * SIDE / 4 * 3 ? 0xF6F6F6
                                              : grey << 16 | grey << 8 | (grey ^ tint);
    }
    scoped(palette) *palette = palette_of(pixels, SIDE, SIDE, SIDE);
    g_assert_cmpint(palette->count, <=, 256);
    for (int i = 0; i < SIDE * SIDE; i++) {
        const uint32_t got = palette->colours[palette->indices[i]];
        if (i < SIDE * SIDE / 4 * 3)
            g_assert_cmphex(got, ==, pixels[i]);
        g_assert_cmpint(colour_distance(got, pixels[i]), <=, 16);
    }
    scoped(palette) *again = palette_of(pixels, SIDE, SIDE, SIDE);
    g_assert_cmpmem(palette->colours, sizeof palette->colours, again->colours,
                    sizeof again->colours);
    g_assert_cmpmem(palette->indices, SIDE * SIDE, again->indices, SIDE * SIDE);
    g_free(pixels);
}

struct reading {
    const uint8_t *bytes;
    size_t length, at;
};

static cairo_status_t read_bytes(void *closure, unsigned char *to, unsigned int length) {
    struct reading *reading = closure;
    if (reading->at + length > reading->length)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(to, reading->bytes + reading->at, length);
    reading->at += length;
    return CAIRO_STATUS_SUCCESS;
}

static uint32_t pixel(cairo_surface_t *surface, int x, int y) {
    const unsigned char *row =
        cairo_image_surface_get_data(surface) +
        (size_t)y * (size_t)cairo_image_surface_get_stride(surface);
    uint32_t value;
    memcpy(&value, row + 4 * (size_t)x, sizeof value);
    return value & 0xFFFFFF;
}

static void a_png_shows_the_shapes_at_twice_the_size(void) {
    scoped(canvas) *canvas = blank(60, 40);
    canvas_rectangle(canvas, 10, 10, 20, 20, 0, TOKEN_ALERT,
                     (struct pen){.token = TOKEN_NONE});
    canvas_hatch(canvas, 40, 0, 20, 40);
    g_autoptr(GBytes) bytes = canvas_png(canvas);
    struct reading reading = {g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), 0};
    cairo_surface_t *surface =
        cairo_image_surface_create_from_png_stream(read_bytes, &reading);
    g_assert_cmpint(cairo_surface_status(surface), ==, CAIRO_STATUS_SUCCESS);
    g_assert_cmpint(cairo_image_surface_get_width(surface), ==, 120);
    g_assert_cmpint(cairo_image_surface_get_height(surface), ==, 80);
    g_assert_cmphex(pixel(surface, 2, 2), ==, 0xFFFFFF);
    g_assert_cmphex(pixel(surface, 21, 21), ==, canvas->colours[TOKEN_ALERT]);
    g_assert_cmphex(pixel(surface, 59, 59), ==, canvas->colours[TOKEN_ALERT]);
    g_assert_cmphex(pixel(surface, 61, 59), ==, 0xFFFFFF);
    bool ground = false, line = false;
    for (int x = 80; x < 120; x++) {
        ground |= pixel(surface, x, 40) == canvas->colours[TOKEN_VOID];
        line |= pixel(surface, x, 40) != canvas->colours[TOKEN_VOID];
    }
    g_assert_true(ground && line);
    cairo_surface_destroy(surface);
}

static void a_png_carries_its_words(void) {
    scoped(canvas) *canvas = blank(60, 40);
    g_autoptr(GBytes) bytes = canvas_png(canvas);
    const char *const parts[] = {"PLTE",
                                 "sRGB",
                                 "pHYs",
                                 "iTXtTitle",
                                 "Titre",
                                 "iTXtDescription",
                                 "Ce que l’image montre.",
                                 "iTXtSource",
                                 "iTXtCreation Time",
                                 "2026-10-31"};
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        g_assert_nonnull(memmem(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes),
                                parts[i], strlen(parts[i])));
}

int main(int argc, char **argv) {
    const struct {
        const char *fact;
        void (*test)(void);
    } tests[] = {
        {"/scale/holds_its_ends", a_scale_holds_its_ends},
        {"/scale/rounded_holds_its_series", a_rounded_scale_holds_its_series},
        {"/canvas/a_value_that_is_not_finite_is_a_bug",
         a_value_that_is_not_finite_is_a_bug},
        {"/typeface/a_missing_font_names_its_package", a_missing_font_names_its_package},
        {"/typeface/another_build_of_the_font_is_told",
         another_build_of_the_font_is_told},
        {"/typeface/wider_text_has_a_wider_extent", wider_text_has_a_wider_extent},
        {"/typeface/markup_in_a_text_is_text", markup_in_a_text_is_text},
        {"/typeface/fitted_text_fits_and_keeps_its_beginning",
         fitted_text_fits_and_keeps_its_beginning},
        {"/typeface/wrapped_lines_fit_and_lose_no_word",
         wrapped_lines_fit_and_lose_no_word},
        {"/canvas/an_svg_says_each_colour_by_its_token",
         an_svg_says_each_colour_by_its_token},
        {"/canvas/control_characters_are_not_drawn", control_characters_are_not_drawn},
        {"/palette/areas_stay_exact_however_near_and_small",
         areas_stay_exact_however_near_and_small},
        {"/palette/shades_of_an_edge_are_few_and_near",
         shades_of_an_edge_are_few_and_near},
        {"/palette/many_colours_take_a_near_one_and_flat_areas_stay_exact",
         many_colours_take_a_near_one_and_flat_areas_stay_exact},
        {"/canvas/a_png_shows_the_shapes_at_twice_the_size",
         a_png_shows_the_shapes_at_twice_the_size},
        {"/canvas/a_png_carries_its_words", a_png_carries_its_words},
    };
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add_func(tests[i].fact, tests[i].test);
    return g_test_run();
}
