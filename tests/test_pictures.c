#include "chart_cases.h"
#include "chart_paint.h"
#include "picture.h"

#include "barometre/error.h"

#include <libxml/parser.h>

static char *text_of(GBytes *bytes) {
    return g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

/* One card speaks for all, and that of a place without enough data. */
static bool is_wanted(const char *id) {
    return !g_str_has_prefix(id, "place-") || g_str_equal(id, "place-comptoir-alize") ||
           g_str_equal(id, "place-quai-des-ventes");
}

/* Calls `check` for each chart of the sample in each of its layouts. */
static void each_picture(void (*check)(const struct edition *, const char *,
                                       const struct words *, enum chart_layout)) {
    scoped(edition) *edition = sample_edition(true);
    scoped(words) *words = open_words(WORDS_FR);
    g_auto(GStrv) ids = chart_ids(edition);
    for (int i = 0; ids[i] != NULL; i++)
        for (int layout = 0; layout < CHART_LAYOUTS; layout++)
            if (is_wanted(ids[i]) && chart_has_layout(ids[i], (enum chart_layout)layout))
                check(edition, ids[i], words, (enum chart_layout)layout);
}

static bool has_renderer(void) {
    g_autofree char *program = g_find_program_in_path("rsvg-convert");
    if (program == NULL)
        g_test_skip("rsvg-convert is not installed");
    return program != NULL;
}

/* Measured: at most 0.9 and 0.0002. A text that stands elsewhere gives ten times that. */
static const struct difference closely = {1.2, 0.0005};

/* An SVG drawn by librsvg against our PNG of the same chart. */
static void compare(const struct edition *edition, const char *id,
                    const struct words *words, enum chart_layout layout, const char *svg,
                    struct difference most) {
    g_autoptr(GBytes) png = chart_draw(edition, id, words, layout, CHART_PNG, NULL);
    cairo_surface_t *ours = decode(g_bytes_get_data(png, NULL), g_bytes_get_size(png));
    const double units = layout == CHART_NARROW ? 600 : 1200;
    cairo_surface_t *elsewhere =
        render_elsewhere(svg, cairo_image_surface_get_width(ours) / units);
    const struct difference found = picture_difference(ours, elsewhere);
    g_test_message("%s.%s mean %.3f share %.5f", id, chart_layout_name(layout),
                   found.mean, found.share);
    g_assert_cmpfloat(found.mean, <, most.mean);
    g_assert_cmpfloat(found.share, <, most.share);
    cairo_surface_destroy(ours);
    cairo_surface_destroy(elsewhere);
}

/* In the font of the PNG, so that letters compare too: each stands where we put it. */
static void compare_svg(const struct edition *edition, const char *id,
                        const struct words *words, enum chart_layout layout) {
    g_autofree char *svg = draw_svg_in(edition, id, words, layout);
    g_autoptr(GRegex) families = g_regex_new("font-family=\"[^\"]*\"", 0, 0, NULL);
    g_autofree char *ours =
        g_regex_replace_literal(families, svg, -1, 0, "font-family=\"Inter\"", 0, NULL);
    compare(edition, id, words, layout, ours, closely);
}

static void compare_outlines(const struct edition *edition, const char *id,
                             const struct words *words, enum chart_layout layout) {
    g_autoptr(GBytes) svg = chart_draw(edition, id, words, layout, CHART_OUTLINES, NULL);
    g_autofree char *text = text_of(svg);
    compare(edition, id, words, layout, text, closely);
}

static void the_svg_and_the_png_are_the_same_picture(void) {
    if (has_renderer())
        each_picture(compare_svg);
}

static void the_outlines_and_the_png_are_the_same_picture(void) {
    if (has_renderer())
        each_picture(compare_outlines);
}

static void check_outlines(const struct edition *edition, const char *id,
                           const struct words *words, enum chart_layout layout) {
    g_autoptr(GBytes) bytes =
        chart_draw(edition, id, words, layout, CHART_OUTLINES, NULL);
    g_autofree char *svg = text_of(bytes);
    g_autofree char *description = chart_description(edition, id, words, NULL);
    g_autofree char *escaped = g_markup_escape_text(description, -1);
    xmlDoc *document =
        xmlReadMemory(svg, (int)strlen(svg), "outlines.svg", NULL, XML_PARSE_NONET);
    g_assert_nonnull(document);
    xmlFreeDoc(document);
    g_assert_null(strstr(svg, "<text"));
    g_assert_null(strstr(svg, "font-family"));
    g_assert_null(strstr(svg, "surface"));
    g_assert_nonnull(strstr(svg, escaped));
    g_assert_nonnull(
        strstr(svg, layout == CHART_WIDE ? "width=\"1200px\"" : "width=\"600px\""));
}

static void outlines_need_no_font_and_keep_their_words(void) {
    each_picture(check_outlines);
}

static bool holds(GBytes *bytes, const char *text) {
    return memmem(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), text,
                  strlen(text)) != NULL;
}

static void a_pdf_is_dated_by_its_edition_and_needs_no_font(void) {
    scoped(edition) *edition = sample_edition(true);
    scoped(words) *words = open_words(WORDS_EN);
    g_autoptr(GBytes) pdf =
        chart_draw(edition, "ranking", words, CHART_WIDE, CHART_PDF, NULL);
    g_autofree char *title = chart_title(edition, "ranking", words, NULL);
    g_autofree char *entry = g_strdup_printf("/Title (%s)", title);
    const char *const parts[] = {"%PDF-1.",
                                 "/CreationDate (20261031000000Z)",
                                 "/ModDate (20261031000000Z)",
                                 "/Author (Barometer of the fairness",
                                 "/MediaBox [ 0 0 900 506.25 ]",
                                 entry};
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        if (!holds(pdf, parts[i]))
            g_error("%s is not in the PDF", parts[i]);
    g_assert_false(holds(pdf, "/FontFile"));
    g_assert_false(holds(pdf, "/BaseFont"));
}

/* Every picture of the sample in every format and both tones. */
static GArray *order_all(char **ids, const struct words *words) {
    GArray *orders = g_array_new(FALSE, FALSE, sizeof(struct chart_order));
    for (int i = 0; ids[i] != NULL; i++)
        for (int f = 0; is_wanted(ids[i]) && f < CHART_FORMATS; f++)
            for (int tone = 0; tone < THEME_TONES; tone++) {
                const struct chart_order order = {
                    ids[i],
                    words,
                    {CHART_WIDE, (enum chart_format)f, NULL, (enum theme_tone)tone},
                    NULL};
                g_array_append_val(orders, order);
            }
    return orders;
}

static void threads_change_no_byte(void) {
    GError *error = NULL;
    scoped(edition) *edition = sample_edition(true);
    scoped(words) *words = open_words(WORDS_FR);
    g_auto(GStrv) ids = chart_ids(edition);
    g_autoptr(GArray) one = order_all(ids, words);
    g_autoptr(GArray) three = order_all(ids, words);
    g_assert_true(
        chart_draw_orders(edition, (void *)one->data, (int)one->len, 1, &error));
    g_assert_true(
        chart_draw_orders(edition, (void *)three->data, (int)three->len, 3, &error));
    g_assert_no_error(error);
    for (guint i = 0; i < one->len; i++) {
        struct chart_order *a = &g_array_index(one, struct chart_order, i);
        struct chart_order *b = &g_array_index(three, struct chart_order, i);
        g_assert_true(g_bytes_equal(a->picture, b->picture));
        if (a->style.tone == THEME_DARK)
            g_assert_false(g_bytes_equal(
                b->picture, g_array_index(one, struct chart_order, i - 1).picture));
    }
    for (guint i = 0; i < one->len; i++) {
        g_bytes_unref(g_array_index(one, struct chart_order, i).picture);
        g_bytes_unref(g_array_index(three, struct chart_order, i).picture);
    }
}

static void where_one_picture_fails_none_is_kept(void) {
    g_autoptr(GError) error = NULL;
    scoped(edition) *edition = sample_edition(true);
    scoped(words) *words = open_words(WORDS_FR);
    struct chart_order orders[] = {{"ranking", words, {0}, NULL},
                                   {"pillars", words, {0}, NULL},
                                   {"nothing", words, {0}, NULL},
                                   {"trend", words, {0}, NULL}};
    g_assert_false(chart_draw_orders(edition, orders, G_N_ELEMENTS(orders), 2, &error));
    g_assert_error(error, BAROMETRE_ERROR, ERROR_USAGE);
    for (size_t i = 0; i < G_N_ELEMENTS(orders); i++)
        g_assert_null(orders[i].picture);
}

int main(int argc, char **argv) {
    const struct {
        const char *fact;
        void (*test)(void);
    } tests[] = {
        {"/pictures/the_svg_and_the_png_are_the_same_picture",
         the_svg_and_the_png_are_the_same_picture},
        {"/pictures/the_outlines_and_the_png_are_the_same_picture",
         the_outlines_and_the_png_are_the_same_picture},
        {"/pictures/outlines_need_no_font_and_keep_their_words",
         outlines_need_no_font_and_keep_their_words},
        {"/pictures/a_pdf_is_dated_by_its_edition_and_needs_no_font",
         a_pdf_is_dated_by_its_edition_and_needs_no_font},
        {"/pictures/threads_change_no_byte", threads_change_no_byte},
        {"/pictures/where_one_picture_fails_none_is_kept",
         where_one_picture_fails_none_is_kept},
    };
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add_func(tests[i].fact, tests[i].test);
    return g_test_run();
}
