#include "chart_cases.h"
#include "chart_paint.h"
#include "ranking.h"
#include "series.h"
#include "trend.h"

#include <string.h>

/* The ink of a text, 8 % wider than measured: another font may take the place of ours. */
static void wide_ink(const struct shape *shape, double *x, double *y, double *width,
                     double *height) {
    struct shape wider = *shape;
    wider.extent.advance *= 1.08;
    wider.extent.ink_x *= 1.08;
    wider.extent.ink_width *= 1.08;
    shape_ink(&wider, x, y, width, height);
}

static void check_layout(const struct canvas *canvas) {
    for (guint i = 0; i < canvas->shapes->len; i++) {
        const struct shape *one = canvas->shapes->pdata[i];
        double x, y, width, height;
        if (one->kind != SHAPE_TEXT)
            continue;
        wide_ink(one, &x, &y, &width, &height);
        if (x < 20 || y < 4 || x + width > canvas->width - 20 ||
            y + height > canvas->height - 4)
            g_error("%s: \"%s\" leaves the picture", canvas->id, one->text);
        g_assert_cmpfloat(one->size, >=, canvas->width < 1200 ? 23.5 : 15);
        for (guint k = 0; k < i; k++) {
            const struct shape *other = canvas->shapes->pdata[k];
            double x2, y2, width2, height2;
            if (other->kind != SHAPE_TEXT)
                continue;
            wide_ink(other, &x2, &y2, &width2, &height2);
            if (x < x2 + width2 && x2 < x + width && y < y2 + height2 && y2 < y + height)
                g_error("%s: \"%s\" lies on \"%s\"", canvas->id, one->text, other->text);
        }
    }
}

/* Measures the texts of a canvas anew, in another font. */
static void set_in(const struct canvas *canvas, const struct typeface *other) {
    for (guint i = 0; i < canvas->shapes->len; i++) {
        struct shape *shape = canvas->shapes->pdata[i];
        if (shape->kind != SHAPE_TEXT)
            continue;
        PangoLayout *layout =
            typeface_layout(other, shape->text, shape->size, shape->weight);
        PangoFontDescription *font =
            pango_font_description_copy(pango_layout_get_font_description(layout));
        PangoRectangle ink, logical;
        pango_font_description_set_family_static(font, "Liberation Sans");
        pango_layout_set_font_description(layout, font);
        pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, 0), &ink,
                                      &logical);
        shape->extent = (struct extent){
            (double)logical.width / PANGO_SCALE / 1.08,
            (double)ink.x / PANGO_SCALE / 1.08, (double)ink.y / PANGO_SCALE,
            (double)ink.width / PANGO_SCALE / 1.08, (double)ink.height / PANGO_SCALE};
        pango_font_description_free(font);
        g_object_unref(layout);
    }
}

static bool has_family(PangoContext *context, const char *family) {
    PangoFontDescription *wanted = pango_font_description_from_string(family);
    PangoFont *font = pango_context_load_font(context, wanted);
    PangoFontDescription *found = pango_font_describe(font);
    const bool same = strcmp(pango_font_description_get_family(found),
                             pango_font_description_get_family(wanted)) == 0;
    pango_font_description_free(found);
    pango_font_description_free(wanted);
    g_object_unref(font);
    return same;
}

/* Liberation Sans is as wide as Arial, which is what most readers have. */
static void texts_never_overlap_in_the_font_of_most_readers(void) {
    PangoFontMap *map = pango_cairo_font_map_new();
    struct typeface other = {.map = map, .context = pango_font_map_create_context(map)};
    if (!has_family(other.context, "Liberation Sans 12")) {
        g_test_skip("the package fonts-liberation is not installed");
        return;
    }
    for (int language = 0; language < WORDS_LANGUAGES; language++) {
        scoped(words) *words = open_words((enum words_language)language);
        scoped(edition) *edition = sample_edition(true);
        g_auto(GStrv) ids = chart_ids(edition);
        for (int i = 0; ids[i] != NULL; i++)
            for (int layout = 0; layout < CHART_LAYOUTS; layout++) {
                if (!chart_has_layout(ids[i], (enum chart_layout)layout))
                    continue;
                scoped(canvas) *canvas = chart_paint_in(edition, ids[i], words,
                                                        (enum chart_layout)layout, NULL);
                set_in(canvas, &other);
                check_layout(canvas);
            }
    }
    g_object_unref(other.context);
    g_object_unref(map);
}

static void check_all_layouts(const struct edition *edition) {
    for (int language = 0; language < WORDS_LANGUAGES; language++) {
        scoped(words) *words = open_words((enum words_language)language);
        g_auto(GStrv) ids = chart_ids(edition);
        for (int i = 0; ids[i] != NULL; i++) {
            for (int layout = 0; layout < CHART_LAYOUTS; layout++) {
                GError *error = NULL;
                if (!chart_has_layout(ids[i], (enum chart_layout)layout))
                    continue;
                scoped(canvas) *canvas = chart_paint_in(
                    edition, ids[i], words, (enum chart_layout)layout, &error);
                g_assert_no_error(error);
                check_layout(canvas);
            }
        }
    }
}

static void texts_never_overlap_nor_leave_the_picture(void) {
    const struct {
        int count, gap;
    } crowds[] = {{0, 0}, {1, 0},  {1, 1},  {2, 0}, {5, 1},
                  {5, 2}, {10, 0}, {15, 4}, {30, 0}};
    for (int full = 0; full < 2; full++) {
        scoped(edition) *sample = sample_edition(full != 0);
        check_all_layouts(sample);
        for (size_t i = 0; i < G_N_ELEMENTS(crowds); i++) {
            scoped(edition) *edition = crowd(crowds[i].count, crowds[i].gap, full != 0);
            check_all_layouts(edition);
        }
    }
}

static void alerts_of_neighbouring_months_have_room(void) {
    for (int newest = 0; newest < 24; newest++) {
        scoped(edition) *edition = sample_edition(true);
        for (int i = 0; i < 6; i++) {
            struct edition_alert *alert =
                edition_add_alert(edition->marketplaces->pdata[3]);
            alert->month = SAMPLE_AS_OF - newest - 5 + i;
            alert->own = i % 2 == 0;
            alert->pillar = g_strdup("clauses");
        }
        scoped(words) *words = open_words(WORDS_FR);
        scoped(canvas) *wide = chart_paint(edition, "trend", words, NULL);
        scoped(canvas) *narrow =
            chart_paint_in(edition, "trend", words, CHART_NARROW, NULL);
        check_layout(wide);
        check_layout(narrow);
    }
}

static void many_insufficient_places_are_listed_none_is_absent(void) {
    scoped(edition) *edition = crowd(30, 1, false);
    scoped(words) *words = open_words(WORDS_FR);
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        struct edition_marketplace *place = edition->marketplaces->pdata[i];
        g_free(place->name);
        place->name = g_strdup_printf("Nom%02u", i);
    }
    g_autofree char *svg = draw_svg(edition, "ranking", words);
    g_autofree char *narrow = draw_svg_in(edition, "ranking", words, CHART_NARROW);
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place = edition->marketplaces->pdata[i];
        g_assert_nonnull(strstr(svg, place->name));
        g_assert_nonnull(strstr(narrow, place->name));
    }
    check_all_layouts(edition);
}

static void the_ranking_lies_where_the_scores_say(void) {
    scoped(edition) *edition = sample_edition(true);
    scoped(words) *words = open_words(WORDS_FR);
    const struct subject subject = {edition, NULL, words};
    struct ranking ranking = ranking_lay_out(&subject, typeface_open(NULL));
    g_assert_cmpint(ranking.rows.count, ==, 10);
    g_assert_cmpuint(ranking.rows.rated->len, ==, 9);
    g_assert_cmpfloat(ranking.rows.height, ==, 675);
    const double width = ranking.scale.to_px - ranking.scale.from_px;
    g_assert_cmpfloat_with_epsilon(scale_px(&ranking.scale, 25),
                                   ranking.scale.from_px + width / 4, 1e-9);
    for (int i = 1; i < ranking.rows.count; i++)
        g_assert_cmpfloat_with_epsilon(rows_y(&ranking.rows, i) -
                                           rows_y(&ranking.rows, i - 1),
                                       ranking.rows.pitch, 1e-9);
    g_assert_true(ranking.median.known);
    ranking_clear(&ranking);
}

static void a_gap_stays_a_gap(void) {
    scoped(edition) *edition = sample_edition(true);
    const struct panel panel = panel_of(edition);
    const struct edition_marketplace *place = edition->marketplaces->pdata[3];
    g_autoptr(GArray) gaps = series_gaps(place, &panel);
    g_assert_cmpuint(gaps->len, ==, 1);
    const struct series_gap *gap = &g_array_index(gaps, struct series_gap, 0);
    g_assert_cmpint(gap->first, ==, SAMPLE_AS_OF - 17);
    g_assert_cmpint(gap->last, ==, SAMPLE_AS_OF - 14);

    /* No line of the series has a point inside the gap. */
    scoped(words) *words = open_words(WORDS_FR);
    const struct subject subject = {edition, place, words};
    scoped(canvas) *canvas = canvas_new(typeface_open(NULL), "trend", WORDS_FR);
    struct panel drawn = panel;
    drawn.width = 230;
    drawn.height = 100;
    series_paint(&subject, canvas, place, &drawn);
    const struct scale months = panel_months(&drawn);
    const double left = scale_px(&months, gap->first) - 0.5;
    const double right = scale_px(&months, gap->last) + 0.5;
    int lines = 0;
    for (guint i = 0; i < canvas->shapes->len; i++) {
        const struct shape *shape = canvas->shapes->pdata[i];
        if (shape->kind != SHAPE_PATH || shape->pen.token != TOKEN_POINT)
            continue;
        lines++;
        const struct point *points = (const struct point *)(void *)shape->points->data;
        g_assert_true(points[shape->points->len - 1].x < left || points[0].x > right);
    }
    g_assert_cmpint(lines, ==, 2);
}

static void panels_share_their_axes_and_end_on_the_score(void) {
    scoped(edition) *edition = sample_edition(true);
    const struct panel panel = panel_of(edition);
    g_assert_cmpint(panel.to - panel.from, ==, 23);
    g_assert_cmpfloat(panel.high - panel.low, >=, 40);
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place = edition->marketplaces->pdata[i];
        const struct edition_score last = series_score(place, panel.to);
        g_assert_true(last.score.known == place->overall.score.score.known);
        if (!last.score.known)
            continue;
        g_assert_cmpfloat(last.score.value, ==, place->overall.score.score.value);
        g_assert_cmpfloat(panel.low, <=, last.low.value);
        g_assert_cmpfloat(panel.high, >=, last.high.value);
    }
}

static void no_panel_is_alone_in_the_last_row_where_that_can_be(void) {
    for (int panels = 1; panels <= 30; panels++) {
        const int columns = trend_columns(panels), last = panels % columns;
        g_assert_cmpint(columns, >=, panels < 3 ? panels : 2);
        g_assert_cmpint(columns, <=, 4);
        if (panels > 4 && (panels % 3 != 1 || panels % 4 != 1))
            g_assert_cmpint(last, !=, 1);
    }
}

static void a_place_without_a_measure_takes_a_strip_and_no_panel(void) {
    scoped(edition) *edition = sample_edition(true);
    scoped(words) *words = open_words(WORDS_FR);
    const struct subject subject = {edition, NULL, words};
    struct trend trend = trend_lay_out(&subject);
    const int places = (int)trend.places->len;
    g_assert_cmpint(trend.panels, <, places);
    for (int i = 0; i < places; i++)
        g_assert_true(trend_is_empty(trend.places->pdata[i], &trend.axes) ==
                      (i >= trend.panels));
    const struct panel last = trend_panel(&trend, trend.panels - 1);
    g_assert_cmpfloat(trend.strips_y, >, last.y + last.height);
    g_assert_cmpfloat(trend.alerts_y, >, trend.strips_y + 40 * (places - trend.panels));
    trend_clear(&trend);
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        struct edition_marketplace *place = edition->marketplaces->pdata[i];
        g_ptr_array_set_size(place->history, 0);
        place->overall.score.score = edition_unknown();
    }
    struct trend bare = trend_lay_out(&subject);
    g_assert_cmpint(bare.panels, ==, places); /* none has: all are panels */
    trend_clear(&bare);
}

/* What a page may weigh on a phone's connection. */
static void a_picture_is_light(void) {
    static const gsize most[] = {[CHART_SVG] = 40000, [CHART_PNG] = 150000};
    scoped(edition) *edition = sample_edition(true);
    g_auto(GStrv) ids = chart_ids(edition);
    for (int language = 0; language < WORDS_LANGUAGES; language++) {
        scoped(words) *words = open_words((enum words_language)language);
        for (int i = 0; ids[i] != NULL; i++)
            for (int k = 0; k < 2 * CHART_LAYOUTS; k++) {
                const enum chart_layout layout = (enum chart_layout)(k / 2);
                const enum chart_format format = k % 2 == 0 ? CHART_SVG : CHART_PNG;
                if (!chart_has_layout(ids[i], layout))
                    continue;
                g_autoptr(GBytes) bytes =
                    chart_draw(edition, ids[i], words, layout, format, NULL);
                g_test_message("%s %d %d: %zu", ids[i], layout, format,
                               g_bytes_get_size(bytes));
                g_assert_cmpuint(g_bytes_get_size(bytes), >, 1000);
                g_assert_cmpuint(g_bytes_get_size(bytes), <, most[format]);
            }
    }
}

static void a_narrow_picture_ends_under_its_source(void) {
    scoped(words) *words = open_words(WORDS_FR);
    for (int count = 0; count <= 30; count += 10) {
        scoped(edition) *edition = crowd(count, 3, true);
        g_auto(GStrv) ids = chart_ids(edition);
        for (int i = 0; ids[i] != NULL; i++) {
            double end = 0;
            if (!chart_has_layout(ids[i], CHART_NARROW))
                continue;
            scoped(canvas) *canvas =
                chart_paint_in(edition, ids[i], words, CHART_NARROW, NULL);
            for (guint k = 0; k < canvas->shapes->len; k++) {
                const struct shape *shape = canvas->shapes->pdata[k];
                double x, y, width, height;
                if (shape->kind != SHAPE_TEXT)
                    continue;
                shape_ink(shape, &x, &y, &width, &height);
                end = MAX(end, y + height);
            }
            const struct shape *ground = canvas->shapes->pdata[0];
            g_assert_cmpfloat(canvas->width, ==, 600);
            g_assert_cmpfloat(ground->height, ==, canvas->height);
            g_assert_cmpfloat(canvas->height - end, >, 16);
            g_assert_cmpfloat(canvas->height - end, <, 48);
        }
    }
}

int main(int argc, char **argv) {
    const struct {
        const char *fact;
        void (*test)(void);
    } tests[] = {
        {"/chart_layout/texts_never_overlap_nor_leave_the_picture",
         texts_never_overlap_nor_leave_the_picture},
        {"/chart_layout/texts_never_overlap_in_the_font_of_most_readers",
         texts_never_overlap_in_the_font_of_most_readers},
        {"/chart_layout/alerts_of_neighbouring_months_have_room",
         alerts_of_neighbouring_months_have_room},
        {"/chart_layout/many_insufficient_places_are_listed_none_is_absent",
         many_insufficient_places_are_listed_none_is_absent},
        {"/chart_layout/a_picture_is_light", a_picture_is_light},
        {"/chart_layout/a_narrow_picture_ends_under_its_source",
         a_narrow_picture_ends_under_its_source},
        {"/chart_layout/the_ranking_lies_where_the_scores_say",
         the_ranking_lies_where_the_scores_say},
        {"/chart_layout/a_gap_stays_a_gap", a_gap_stays_a_gap},
        {"/chart_layout/no_panel_is_alone_in_the_last_row_where_that_can_be",
         no_panel_is_alone_in_the_last_row_where_that_can_be},
        {"/chart_layout/a_place_without_a_measure_takes_a_strip_and_no_panel",
         a_place_without_a_measure_takes_a_strip_and_no_panel},
        {"/chart_layout/panels_share_their_axes_and_end_on_the_score",
         panels_share_their_axes_and_end_on_the_score},
    };
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add_func(tests[i].fact, tests[i].test);
    return g_test_run();
}
