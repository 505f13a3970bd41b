#include "barometre/chart.h"

#include "barometre/error.h"

#include "chart_paint.h"
#include "pillars.h"
#include "ranking.h"
#include "sample_edition.h"
#include "series.h"
#include "trend.h"

#include <math.h>
#include <string.h>

static struct words *open_words(enum words_language language) {
    GError *error = NULL;
    struct words *words = words_load(language, NULL, &error);
    g_assert_no_error(error);
    return words;
}

static char *draw_svg(const struct edition *edition, const char *id,
                      const struct words *words) {
    GError *error = NULL;
    g_autoptr(GBytes) bytes =
        chart_draw(edition, id, words, CHART_WIDE, CHART_SVG, &error);
    g_assert_no_error(error);
    return g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

/* An edition of `count` places whose scores, from 0 to 100 with both ends and ties, and
 * names are the hardest to lay out. Every `gap`-th place is insufficient (0: none). */
static struct edition *crowd(int count, int gap, bool full) {
    struct edition *edition = sample_edition(full);
    g_ptr_array_set_size(edition->marketplaces, 0);
    for (int i = 0; i < count; i++) {
        const bool rated = gap == 0 || i % gap != 0;
        const double score = i < 2 ? 100.0 * i : i < 5 ? 64.95 : fmod(i * 37.3, 101);
        const double pillars[3] = {rated ? 100 - score : -1, rated ? score : -1,
                                   rated && i % 7 != 3 ? fmod(i * 11.7, 101) : -1};
        struct edition_marketplace *place = edition_add_marketplace(edition);
        place->id = g_strdup_printf("place-%d", i);
        place->name = i % 4 == 1 ? g_strnfill(80, 'W') : g_strdup_printf("Place %d", i);
        place->signatory_from = INT32_MIN;
        place->sellers = i % 3 == 0 ? edition_known(1234567) : edition_unknown();
        place->status = rated ? STATUS_ESTABLISHED : STATUS_INSUFFICIENT;
        place->overall.score =
            rated ? sample_score(score, 15, full) : sample_unknown(REASON_PILLAR_MISSING);
        if (rated)
            place->overall.band = g_strdup(sample_band(place->overall.score.score.value));
        if (rated && full) {
            place->overall.rank_low = 1;
            place->overall.rank_high = count;
            place->overall.trend =
                (struct edition_trend){.claim = i % 2 == 0 ? CLAIM_NONE : CLAIM_WORSENING,
                                       .points = edition_known(-12.5),
                                       .p_improved = edition_known(0.001)};
        }
        sample_add_pillars(place, pillars, 15, full);
        sample_add_history(place, rated ? score : -1, 0, 15, full, i % 5 == 4 ? 1 : 24,
                           i);
        for (int k = 0; full && k < 2; k++) {
            struct edition_alert *alert = edition_add_alert(place);
            alert->month = SAMPLE_AS_OF - 5 * k;
            alert->pillar = g_strdup("support");
            alert->sentence[WORDS_FR] = g_strdup("hausse");
            alert->sentence[WORDS_EN] = g_strdup("rise");
        }
    }
    return edition;
}

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
        g_assert_cmpfloat(one->size, >=, 15);
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

static void check_all_layouts(const struct edition *edition) {
    for (int language = 0; language < WORDS_LANGUAGES; language++) {
        scoped(words) *words = open_words((enum words_language)language);
        g_auto(GStrv) ids = chart_ids(edition);
        for (int i = 0; ids[i] != NULL; i++) {
            GError *error = NULL;
            scoped(canvas) *canvas = chart_paint(edition, ids[i], words, &error);
            g_assert_no_error(error);
            check_layout(canvas);
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

static void many_insufficient_places_are_listed_none_is_absent(void) {
    scoped(edition) *edition = crowd(30, 1, false);
    scoped(words) *words = open_words(WORDS_FR);
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        struct edition_marketplace *place = edition->marketplaces->pdata[i];
        g_free(place->name);
        place->name = g_strdup_printf("Nom%02u", i);
    }
    g_autofree char *svg = draw_svg(edition, "ranking", words);
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place = edition->marketplaces->pdata[i];
        g_assert_nonnull(strstr(svg, place->name));
    }
    check_all_layouts(edition);
}

static void add_value(GHashTable *values, const struct words *words,
                      struct edition_number number) {
    if (number.known)
        g_hash_table_add(values, words_number(words, number.value, 1));
}

/* Every figure with one decimal that a picture may show. */
static GHashTable *published_values(const struct edition *edition,
                                    const struct words *words) {
    GHashTable *values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (int pillar = -1; pillar < 3; pillar++)
        add_value(values, words, edition_median_score(edition, pillar));
    g_hash_table_add(values, g_strdup(edition->method_version));
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place = edition->marketplaces->pdata[i];
        add_value(values, words, place->overall.score.score);
        add_value(values, words, place->overall.score.low);
        add_value(values, words, place->overall.score.high);
        if (place->overall.trend.points.known)
            add_value(values, words,
                      edition_known(fabs(place->overall.trend.points.value)));
        for (guint k = 0; k < place->pillars->len; k++) {
            const struct edition_pillar *pillar = place->pillars->pdata[k];
            add_value(values, words, pillar->score.score);
            for (guint n = 0; n < pillar->indicators->len; n++)
                add_value(values, words,
                          ((struct edition_indicator *)pillar->indicators->pdata[n])
                              ->score.score);
        }
    }
    return values;
}

static void every_figure_drawn_is_the_editions(void) {
    g_autoptr(GRegex) figure = g_regex_new("\\d+[.,]\\d(?!\\d)", 0, 0, NULL);
    for (int full = 0; full < 2; full++) {
        scoped(edition) *edition = sample_edition(full != 0);
        scoped(words) *words = open_words(WORDS_FR);
        g_autoptr(GHashTable) values = published_values(edition, words);
        g_auto(GStrv) ids = chart_ids(edition);
        for (int i = 0; ids[i] != NULL; i++) {
            scoped(canvas) *canvas = chart_paint(edition, ids[i], words, NULL);
            for (guint k = 0; k < canvas->shapes->len; k++) {
                const struct shape *shape = canvas->shapes->pdata[k];
                g_autoptr(GMatchInfo) match = NULL;
                if (shape->kind != SHAPE_TEXT)
                    continue;
                g_regex_match(figure, shape->text, 0, &match);
                while (g_match_info_matches(match)) {
                    g_autofree char *value = g_match_info_fetch(match, 0);
                    if (!g_hash_table_contains(values, value))
                        g_error("%s: %s is in no edition", ids[i], value);
                    g_match_info_next(match, NULL);
                }
            }
        }
    }
}

static void every_known_score_is_drawn(void) {
    scoped(edition) *edition = sample_edition(false);
    scoped(words) *words = open_words(WORDS_EN);
    g_autofree char *ranking = draw_svg(edition, "ranking", words);
    g_autofree char *pillars = draw_svg(edition, "pillars", words);
    g_autofree char *trend = draw_svg(edition, "trend", words);
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place = edition->marketplaces->pdata[i];
        if (!place->overall.score.score.known)
            continue;
        g_autofree char *text =
            g_strdup_printf(">%.1f</text>", place->overall.score.score.value);
        g_assert_nonnull(strstr(ranking, text));
        g_assert_nonnull(strstr(trend, text));
        for (guint k = 0; k < place->pillars->len; k++) {
            const struct edition_pillar *pillar = place->pillars->pdata[k];
            g_autofree char *own =
                g_strdup_printf(">%.1f</text>", pillar->score.score.value);
            g_assert_nonnull(strstr(pillars, own));
        }
    }
}

static void an_svg_passes_a_strict_policy(void) {
    g_autoptr(GRegex) active =
        g_regex_new("style=|<script|\\son\\w+=|href|<image|<foreignObject|@import",
                    G_REGEX_CASELESS, 0, NULL);
    scoped(edition) *edition = sample_edition(true);
    scoped(words) *words = open_words(WORDS_FR);
    g_auto(GStrv) ids = chart_ids(edition);
    for (int i = 0; ids[i] != NULL; i++) {
        g_autofree char *svg = draw_svg(edition, ids[i], words);
        g_assert_false(g_regex_match(active, svg, 0, NULL));
        g_autofree char *labels =
            g_strdup_printf("aria-labelledby=\"%s-w-t %s-w-d\"", ids[i], ids[i]);
        g_autofree char *title = g_strdup_printf("<title id=\"%s-w-t\">", ids[i]);
        g_assert_nonnull(strstr(svg, "role=\"img\""));
        g_assert_nonnull(strstr(svg, "xml:lang=\"fr\""));
        g_assert_nonnull(strstr(svg, labels));
        g_assert_nonnull(strstr(svg, title));
    }
}

static void hostile_names_are_text(void) {
    const char *const names[] = {
        "<script>alert(1)</script>\"&'",
        "\u202eelbatius\u2066",
        "]]><!--\x01\x1b[31m",
        "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
        "\xff\xfe\xc3",
        ""};
    scoped(edition) *edition = sample_edition(true);
    scoped(words) *words = open_words(WORDS_FR);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        struct edition_marketplace *place = edition->marketplaces->pdata[i];
        g_free(place->name);
        place->name = g_strdup(names[i]);
    }
    g_auto(GStrv) ids = chart_ids(edition);
    for (int i = 0; ids[i] != NULL; i++) {
        g_autofree char *svg = draw_svg(edition, ids[i], words);
        g_assert_true(g_utf8_validate(svg, -1, NULL));
        g_assert_null(strstr(svg, "<script"));
        g_assert_null(strstr(svg, "\u202e"));
        g_assert_null(strstr(svg, "<!--"));
        for (const char *p = svg; *p != '\0'; p++)
            g_assert_true((unsigned char)*p >= 0x20 || *p == '\n');
    }
    g_autofree char *ranking = draw_svg(edition, "ranking", words);
    g_assert_nonnull(strstr(ranking, "&lt;script&gt;"));
}

static void the_same_edition_gives_the_same_bytes(void) {
    for (int format = 0; format < 2; format++) {
        scoped(edition) *first = sample_edition(true), *second = sample_edition(true);
        scoped(words) *words = open_words(WORDS_EN);
        g_auto(GStrv) ids = chart_ids(first);
        for (int i = 0; ids[i] != NULL; i++) {
            g_autoptr(GBytes) one = chart_draw(first, ids[i], words, CHART_WIDE,
                                               (enum chart_format)format, NULL);
            g_autoptr(GBytes) two = chart_draw(second, ids[i], words, CHART_WIDE,
                                               (enum chart_format)format, NULL);
            g_assert_true(g_bytes_equal(one, two));
        }
    }
}

static void an_unknown_chart_is_refused_with_the_known_ones(void) {
    const char *const ids[] = {"nope", "place-", "place-nope", ""};
    scoped(edition) *edition = sample_edition(false);
    scoped(words) *words = open_words(WORDS_FR);
    for (size_t i = 0; i < G_N_ELEMENTS(ids); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(chart_draw(edition, ids[i], words, CHART_WIDE, CHART_SVG, &error));
        g_assert_error(error, BAROMETRE_ERROR, ERROR_USAGE);
        g_assert_nonnull(
            strstr(error->message, "ranking, pillars, trend, place-comptoir"));
        g_assert_null(chart_title(edition, ids[i], words, NULL));
        g_assert_null(chart_description(edition, ids[i], words, NULL));
    }
}

static void check_title(const struct edition *edition, const char *id,
                        enum words_language language, const char *expected) {
    scoped(words) *words = open_words(language);
    g_autofree char *title = chart_title(edition, id, words, NULL);
    g_assert_cmpstr(title, ==, expected);
}

static void without_probabilities_titles_compare_nobody(void) {
    scoped(edition) *edition = sample_edition(false);
    check_title(edition, "ranking", WORDS_FR,
                "Neuf places de marché notées, une sans données suffisantes");
    check_title(edition, "ranking", WORDS_EN,
                "Nine marketplaces rated, one with insufficient data");
    check_title(edition, "trend", WORDS_FR,
                "Le score de chaque place de marché, mois par mois");
    check_title(edition, "pillars", WORDS_FR,
                "Neuf places de marché notées, pilier par pilier");
    check_title(edition, "place-place-marine", WORDS_FR,
                "Place Marine\u00a0: note D, 49,3 sur 100");
    check_title(edition, "place-quai-des-ventes", WORDS_EN,
                "Quai des Ventes: insufficient data, no grade");
    scoped(words) *words = open_words(WORDS_FR);
    g_autofree char *svg = draw_svg(edition, "ranking", words);
    g_assert_nonnull(strstr(svg, "n’établit aucun classement"));
    g_assert_null(strstr(svg, "s-interval"));
}

static void a_title_compares_only_above_the_sure_probability(void) {
    scoped(edition) *edition = sample_edition(true);
    struct edition_marketplace *first = edition->marketplaces->pdata[0];
    struct edition_marketplace *last = edition->marketplaces->pdata[7];
    last->overall.p_last.value = 0.9;
    check_title(edition, "ranking", WORDS_FR,
                "Aucune place de marché ne se détache nettement des autres");
    last->overall.p_last.value = 0.91;
    check_title(edition, "ranking", WORDS_EN,
                "Mille Rayons is behind all other rated marketplaces");
    first->overall.p_first.value = 0.95;
    check_title(
        edition, "ranking", WORDS_FR,
        "Comptoir Alizé en tête des places notées, Mille Rayons en dernière position");
    check_title(edition, "trend", WORDS_FR,
                "En un an, Halle Dix s’améliore et Place Marine se dégrade");
    check_title(edition, "place-halle-dix", WORDS_EN,
                "Halle Dix improved in a year: grade B, 67.9 out of 100");
}

static void few_places_have_their_own_titles(void) {
    scoped(edition) *none = crowd(0, 0, false), *unrated = crowd(3, 1, false);
    scoped(edition) *one = crowd(1, 0, true);
    check_title(none, "ranking", WORDS_FR, "Aucune place de marché dans cette édition");
    check_title(none, "trend", WORDS_EN, "No marketplace in this edition");
    check_title(unrated, "ranking", WORDS_EN,
                "No marketplace has enough reports to be rated");
    check_title(one, "ranking", WORDS_FR, "Une place de marché notée");
}

static void descriptions_are_short_and_name_the_insufficient(void) {
    scoped(edition) *sample = sample_edition(false), *many = crowd(30, 2, true);
    for (int language = 0; language < WORDS_LANGUAGES; language++) {
        scoped(words) *words = open_words((enum words_language)language);
        g_auto(GStrv) ids = chart_ids(many);
        for (int i = 0; ids[i] != NULL; i++) {
            g_autofree char *text = chart_description(many, ids[i], words, NULL);
            g_assert_cmpint(g_utf8_strlen(text, -1), <=, 250);
            g_assert_cmpint(g_utf8_strlen(text, -1), >=, 40);
        }
        g_autofree char *text = chart_description(sample, "ranking", words, NULL);
        g_assert_nonnull(strstr(text, "Quai des Ventes"));
    }
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

static void sellers_unknown_are_said_to_be(void) {
    scoped(edition) *edition = sample_edition(false);
    scoped(words) *words = open_words(WORDS_FR);
    g_autofree char *before = draw_svg(edition, "ranking", words);
    g_assert_nonnull(strstr(before, ">n.d.</text>"));
    g_assert_nonnull(strstr(before, ">1\u202f840</text>"));
    g_assert_null(strstr(before, ">0</text>\n<text x=\"1160\""));
}

static void fictitious_data_are_said_on_every_picture(void) {
    scoped(edition) *edition = sample_edition(false);
    scoped(words) *words = open_words(WORDS_EN);
    g_auto(GStrv) ids = chart_ids(edition);
    for (int pass = 0; pass < 2; pass++) {
        edition->fictitious = pass == 0;
        for (int i = 0; ids[i] != NULL; i++) {
            g_autofree char *svg = draw_svg(edition, ids[i], words);
            g_assert_true((strstr(svg, "Fictitious data.") != NULL) == (pass == 0));
        }
    }
}

int main(int argc, char **argv) {
    const struct {
        const char *fact;
        void (*test)(void);
    } tests[] = {
        {"/charts/texts_never_overlap_nor_leave_the_picture",
         texts_never_overlap_nor_leave_the_picture},
        {"/charts/many_insufficient_places_are_listed_none_is_absent",
         many_insufficient_places_are_listed_none_is_absent},
        {"/charts/every_figure_drawn_is_the_editions",
         every_figure_drawn_is_the_editions},
        {"/charts/every_known_score_is_drawn", every_known_score_is_drawn},
        {"/charts/an_svg_passes_a_strict_policy", an_svg_passes_a_strict_policy},
        {"/charts/hostile_names_are_text", hostile_names_are_text},
        {"/charts/the_same_edition_gives_the_same_bytes",
         the_same_edition_gives_the_same_bytes},
        {"/charts/an_unknown_chart_is_refused_with_the_known_ones",
         an_unknown_chart_is_refused_with_the_known_ones},
        {"/charts/without_probabilities_titles_compare_nobody",
         without_probabilities_titles_compare_nobody},
        {"/charts/a_title_compares_only_above_the_sure_probability",
         a_title_compares_only_above_the_sure_probability},
        {"/charts/few_places_have_their_own_titles", few_places_have_their_own_titles},
        {"/charts/descriptions_are_short_and_name_the_insufficient",
         descriptions_are_short_and_name_the_insufficient},
        {"/charts/the_ranking_lies_where_the_scores_say",
         the_ranking_lies_where_the_scores_say},
        {"/charts/a_gap_stays_a_gap", a_gap_stays_a_gap},
        {"/charts/panels_share_their_axes_and_end_on_the_score",
         panels_share_their_axes_and_end_on_the_score},
        {"/charts/sellers_unknown_are_said_to_be", sellers_unknown_are_said_to_be},
        {"/charts/fictitious_data_are_said_on_every_picture",
         fictitious_data_are_said_on_every_picture},
    };
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add_func(tests[i].fact, tests[i].test);
    return g_test_run();
}
