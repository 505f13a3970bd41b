#include "chart_cases.h"
#include "chart_paint.h"
#include "contrast.h"

#include "barometre/error.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* Red, green and blue, 0 to 1, without the gamma of sRGB (IEC 61966-2-1). */
static void linear(uint32_t colour, double rgb[static 3]) {
    for (int i = 0; i < 3; i++) {
        const double share = (colour >> (16 - 8 * i) & 0xFF) / 255.0;
        rgb[i] = share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4);
    }
}

static double luminance(uint32_t colour) {
    double rgb[3];
    linear(colour, rgb);
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
}

static double contrast(uint32_t one, uint32_t other) {
    const double a = luminance(one), b = luminance(other);
    return (MAX(a, b) + 0.05) / (MIN(a, b) + 0.05);
}

static bool covers(const struct shape *shape, double x, double y) {
    if (shape->fill == TOKEN_NONE)
        return false;
    if (shape->kind == SHAPE_CIRCLE)
        return hypot(x - shape->x, y - shape->y) <= shape->radius;
    return (shape->kind == SHAPE_RECTANGLE || shape->kind == SHAPE_HATCH) &&
           x >= shape->x && x <= shape->x + shape->width && y >= shape->y &&
           y <= shape->y + shape->height;
}

/* What lies under a corner, a side or the middle of a text: every ground must do. */
static void check_text(const struct canvas *canvas, guint text) {
    const struct shape *shape = canvas->shapes->pdata[text];
    double x, y, width, height;
    shape_ink(shape, &x, &y, &width, &height);
    for (int step = 0; step <= 8; step++) {
        enum token ground = TOKEN_NONE;
        for (guint i = 0; i < text; i++) {
            const struct shape *below = canvas->shapes->pdata[i];
            if (covers(below, x + width * step / 8, y + height / 2))
                ground = below->fill;
        }
        g_assert_cmpint(ground, !=, TOKEN_NONE);
        for (int tone = 0; tone < THEME_TONES; tone++) {
            const uint32_t *colours =
                theme_colours(theme_shipped(), (enum theme_tone)tone);
            const double found = contrast(colours[shape->fill], colours[ground]);
            if (found < 4.5)
                g_error("%s: \"%s\" (%s) on %s, %s: %.2f", canvas->id, shape->text,
                        theme_token_name(shape->fill), theme_token_name(ground),
                        theme_tone_name((enum theme_tone)tone), found);
        }
    }
}

static void every_text_can_be_read_on_what_it_lies_on(void) {
    scoped(words) *words = open_words(WORDS_FR);
    for (int kind = 0; kind < 3; kind++) {
        scoped(edition) *edition =
            kind == 2 ? crowd(15, 4, true) : sample_edition(kind == 1);
        g_auto(GStrv) ids = chart_ids(edition);
        for (int i = 0; ids[i] != NULL; i++)
            for (int layout = 0; layout < CHART_LAYOUTS; layout++) {
                if (!chart_has_layout(ids[i], (enum chart_layout)layout))
                    continue;
                scoped(canvas) *canvas = chart_paint_in(edition, ids[i], words,
                                                        (enum chart_layout)layout, NULL);
                for (guint k = 0; k < canvas->shapes->len; k++)
                    if (((struct shape *)canvas->shapes->pdata[k])->kind == SHAPE_TEXT)
                        check_text(canvas, k);
            }
    }
}

static void contrast_is_that_of_the_guidelines(void) {
    g_assert_cmpfloat_with_epsilon(contrast_of(0, 0xFFFFFF), 21, 1e-9);
    g_assert_cmpfloat_with_epsilon(contrast_of(0x161616, 0xFFFFFF), 18.1, 0.05);
    g_assert_cmpfloat_with_epsilon(contrast_of(0x767676, 0xFFFFFF), 4.54, 0.005);
    for (uint32_t i = 0; i < 500; i++) {
        const uint32_t one = i * 2654435761U >> 8, other = i * 40503U & 0xFFFFFF;
        g_assert_cmpfloat_with_epsilon(contrast_of(one, other), contrast(one, other),
                                       0.01);
    }
}

struct lab {
    double l, a, b;
};

static double lab_part(double value) {
    return value > 216.0 / 24389 ? cbrt(value) : (24389.0 / 27 * value + 16) / 116;
}

/* CIE 1976 L*a*b* of linear sRGB, white point D65. */
static struct lab lab_of(const double rgb[static 3]) {
    const double x = 0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2];
    const double y = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
    const double z = 0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2];
    const double fx = lab_part(x / 0.9505), fy = lab_part(y), fz = lab_part(z / 1.089);
    return (struct lab){116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)};
}

/* How colours look without one kind of cone: Machado, Oliveira and Fernandes, "A
 * Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG
 * 15(6), 2009, severity 1; and as they are. */
static const double sights[][3][3] = {
    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    {{0.152286, 1.052583, -0.204868},
     {0.114503, 0.786281, 0.099216},
     {-0.003882, -0.048116, 1.051998}},
    {{0.367322, 0.860646, -0.227968},
     {0.280085, 0.672501, 0.047413},
     {-0.011820, 0.042940, 0.968881}},
    {{1.255528, -0.076749, -0.178779},
     {-0.078411, 0.930809, 0.147602},
     {0.004733, 0.691367, 0.303900}},
};

static struct lab seen(uint32_t colour, const double sight[static 3][3]) {
    double rgb[3], changed[3];
    linear(colour, rgb);
    for (int i = 0; i < 3; i++)
        changed[i] = CLAMP(
            sight[i][0] * rgb[0] + sight[i][1] * rgb[1] + sight[i][2] * rgb[2], 0, 1);
    return lab_of(changed);
}

/* Marks that stand side by side: far apart in every sight, and where they touch in grey
 * too. 2.3 is just noticeable (Mahy and others, 1994); marks are small, hence ten times
 * that less what letters and shapes say as well. */
static void marks_can_be_told_apart_by_every_eye_and_in_grey(void) {
    static const struct {
        enum token one, other;
        double least_grey;
    } pairs[] = {
        {TOKEN_POINT, TOKEN_INTERVAL, 30}, /* a dot on its bar */
        {TOKEN_POINT, TOKEN_LINE, 30},     /* a series and the median */
        {TOKEN_RIBBON, TOKEN_POINT, 30},   /* a series on its ribbon */
        {TOKEN_RIBBON, TOKEN_LINE, 15},    /* the median on a ribbon */
        {TOKEN_RIBBON, TOKEN_PAPER, 15},
        {TOKEN_POINT, TOKEN_ALERT, 10}, /* grades A and E, beside their letters */
        {TOKEN_INTERVAL, TOKEN_ALERT, 0},
        {TOKEN_INTERVAL, TOKEN_LINE, 0},
        {TOKEN_ALERT, TOKEN_LINE, 10},
    };
    for (int tone = 0; tone < THEME_TONES; tone++) {
        const uint32_t *colours = theme_colours(theme_shipped(), (enum theme_tone)tone);
        for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
            const uint32_t one = colours[pairs[i].one], other = colours[pairs[i].other];
            for (size_t k = 0; k < G_N_ELEMENTS(sights); k++) {
                const struct lab a = seen(one, sights[k]), b = seen(other, sights[k]);
                const double apart =
                    sqrt(pow(a.l - b.l, 2) + pow(a.a - b.a, 2) + pow(a.b - b.b, 2));
                g_assert_cmpfloat(apart, >=, pairs[i].other == TOKEN_PAPER ? 15 : 23);
            }
            g_assert_cmpfloat(fabs(seen(one, sights[0]).l - seen(other, sights[0]).l), >=,
                              pairs[i].least_grey);
        }
    }
}

/* The theme of an observatory whose theme.json holds `json`. */
static struct theme *load(const char *json, GError **error) {
    g_autofree char *directory = g_dir_make_tmp("theme-XXXXXX", NULL);
    g_autofree char *file = g_build_filename(directory, "theme.json", NULL);
    g_assert_true(g_file_set_contents(file, json, -1, NULL));
    struct theme *theme = theme_load(directory, error);
    g_unlink(file);
    g_rmdir(directory);
    return theme;
}

static void an_observatory_changes_colours_and_nothing_else(void) {
    scoped(theme) *theme = load("{\"light\": {\"point\": \"#00614A\"}}", NULL);
    scoped(theme) *none = theme_load("/nonexistent", NULL);
    for (int tone = 0; tone < THEME_TONES; tone++)
        for (int i = TOKEN_NONE + 1; i < TOKEN_COUNT; i++) {
            const enum theme_tone own = (enum theme_tone)tone;
            const uint32_t shipped = theme_colours(theme_shipped(), own)[i];
            const bool changed = own == THEME_LIGHT && i == TOKEN_POINT;
            g_assert_cmphex(theme_colours(theme, own)[i], ==,
                            changed ? 0x00614A : shipped);
            g_assert_cmphex(theme_colours(none, own)[i], ==, shipped);
        }
    g_assert_true(theme_hash(theme) != theme_hash(theme_shipped()));
    g_assert_true(theme_hash(none) == theme_hash(theme_shipped()));
}

static void a_wrong_theme_is_refused_by_its_path(void) {
    static const struct {
        const char *json, *said;
    } cases[] = {
        {"{\"light\": {\"point\": \"blue\"}}", "theme.json:light.point: is not a colour"},
        {"{\"light\": {\"point\": \"#00\"}}", "theme.json:light.point: is not a colour"},
        {"{\"dark\": {\"point\": 3}}", "theme.json:dark.point: "},
        {"{\"dark\": {\"pointe\": \"#ffffff\"}}", "theme.json:dark.pointe: this key"},
        {"{\"night\": {}}", "theme.json:night: this key"},
        {"{\"font\": {}}", "theme.json:font: this key"},
        {"{", "theme.json:"},
        {"{\"light\": {\"mention\": \"#888888\"}}",
         "light.mention: mention (#888888) on paper (#ffffff) has a contrast of 3.54, at "
         "least 4.5"},
        {"{\"dark\": {\"band-a\": \"#777777\"}}",
         "dark.band-a: mention (#929292) on band-a (#777777)"},
        {"{\"light\": {\"interval\": \"#aaaaff\"}}",
         "light.interval: interval (#aaaaff) on paper"},
        {"{\"light\": {\"point\": \"blue\"}, \"dark\": {\"text\": \"#333333\"}}",
         "dark.text: text (#333333) on paper"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(load(cases[i].json, &error));
        g_assert_error(error, BAROMETRE_ERROR, ERROR_CONFIG);
        if (strstr(error->message, cases[i].said) == NULL)
            g_error("%s: %s", cases[i].json, error->message);
    }
}

static void a_picture_takes_the_colours_it_is_given(void) {
    scoped(theme) *theme = load("{\"light\": {\"point\": \"#00614a\"}}", NULL);
    scoped(edition) *edition = sample_edition(true);
    scoped(words) *words = open_words(WORDS_FR);
    for (int tone = 0; tone < THEME_TONES; tone++) {
        struct chart_order order = {
            "ranking", words, {.theme = theme, .tone = (enum theme_tone)tone}, NULL};
        g_assert_true(chart_draw_orders(edition, &order, 1, 1, NULL));
        g_autofree char *svg = g_strndup(g_bytes_get_data(order.picture, NULL),
                                         g_bytes_get_size(order.picture));
        g_assert_true((strstr(svg, "\"#00614a\"") != NULL) == (tone == THEME_LIGHT));
        g_assert_true((strstr(svg, "\"#cacafb\"") != NULL) == (tone == THEME_DARK));
        g_assert_true((strstr(svg, "#000091") != NULL) ==
                      (tone == THEME_LIGHT)); /* brand */
        g_bytes_unref(order.picture);
    }
}

static void the_style_sheet_says_each_colour_once_a_tone(void) {
    g_autofree char *sheet = theme_sheet(theme_shipped(), "a{}\n@theme;\nb{}\n");
    g_assert_true(g_str_has_prefix(sheet, "a{}\n.bar {\n"));
    g_assert_true(g_str_has_suffix(sheet, "}\nb{}\n"));
    const char *dark = strstr(sheet, "@media screen and (prefers-color-scheme: dark)");
    g_assert_nonnull(dark);
    for (int i = TOKEN_NONE + 1; i < TOKEN_COUNT; i++) {
        const char *name = theme_token_name((enum token)i);
        g_autofree char *light_rule = g_strdup_printf(
            "--%s: #%06x;", name, theme_colours(theme_shipped(), THEME_LIGHT)[i]);
        g_autofree char *dark_rule = g_strdup_printf(
            "--%s: #%06x;", name, theme_colours(theme_shipped(), THEME_DARK)[i]);
        const char *light = strstr(sheet, light_rule);
        g_assert_true(light != NULL && light < dark);
        g_assert_nonnull(strstr(dark, dark_rule));
    }
}

int main(int argc, char **argv) {
    const struct {
        const char *fact;
        void (*test)(void);
    } tests[] = {
        {"/theme/contrast_is_that_of_the_guidelines", contrast_is_that_of_the_guidelines},
        {"/theme/every_text_can_be_read_on_what_it_lies_on",
         every_text_can_be_read_on_what_it_lies_on},
        {"/theme/marks_can_be_told_apart_by_every_eye_and_in_grey",
         marks_can_be_told_apart_by_every_eye_and_in_grey},
        {"/theme/an_observatory_changes_colours_and_nothing_else",
         an_observatory_changes_colours_and_nothing_else},
        {"/theme/a_wrong_theme_is_refused_by_its_path",
         a_wrong_theme_is_refused_by_its_path},
        {"/theme/a_picture_takes_the_colours_it_is_given",
         a_picture_takes_the_colours_it_is_given},
        {"/theme/the_style_sheet_says_each_colour_once_a_tone",
         the_style_sheet_says_each_colour_once_a_tone},
    };
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add_func(tests[i].fact, tests[i].test);
    return g_test_run();
}
