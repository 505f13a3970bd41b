#include "barometre/chart.h"

#include "barometre/error.h"

#include "chart_cases.h"
#include "chart_paint.h"

#include <math.h>
#include <string.h>

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
        {"/charts/few_places_have_their_own_titles", few_places_have_their_own_titles},
        {"/charts/descriptions_are_short_and_name_the_insufficient",
         descriptions_are_short_and_name_the_insufficient},
        {"/charts/sellers_unknown_are_said_to_be", sellers_unknown_are_said_to_be},
        {"/charts/fictitious_data_are_said_on_every_picture",
         fictitious_data_are_said_on_every_picture},
    };
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add_func(tests[i].fact, tests[i].test);
    return g_test_run();
}
