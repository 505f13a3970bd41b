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

/* Shares out of time, with the intervals that the narrow picture writes. */
static void add_shares(GHashTable *values, const struct words *words,
                       const struct edition *edition,
                       const struct edition_marketplace *place) {
    const struct edition_share *changes = &place->changes.short_notice;
    const struct edition_score ended = edition_late_terminations(edition, place);
    const struct edition_number numbers[] = {changes->share, changes->low, changes->high,
                                             ended.score,    ended.low,    ended.high};
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
        add_value(values, words, numbers[i]);
}

/* Every figure with one decimal that a picture may show. */
static GHashTable *published_values(const struct edition *edition,
                                    const struct words *words) {
    GHashTable *values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (int pillar = -1; pillar < 3; pillar++)
        add_value(values, words, edition_median_score(edition, pillar));
    g_hash_table_add(values, g_strdup(edition->method_version));
    const struct edition_group *group = &edition->signatories;
    const struct edition_number ends[] = {group->difference, group->low, group->high};
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        add_value(values, words,
                  (struct edition_number){ends[i].known, fabs(ends[i].value)});
    add_value(values, words, edition_known(100 * edition->funnel.outer.value));
    for (double tick = 0.5; tick < 4; tick++) /* of the axis of the funnel */
        add_value(values, words, edition_known(tick));
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place = edition->marketplaces->pdata[i];
        add_value(values, words, place->overall.score.score);
        add_value(values, words, place->overall.score.low);
        add_value(values, words, place->overall.score.high);
        add_shares(values, words, edition, place);
        add_value(values, words, place->expectation.ratio);
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

static void check_figures(const struct canvas *canvas, GHashTable *values) {
    g_autoptr(GRegex) figure = g_regex_new("\\d+[.,]\\d(?!\\d)", 0, 0, NULL);
    for (guint k = 0; k < canvas->shapes->len; k++) {
        const struct shape *shape = canvas->shapes->pdata[k];
        g_autoptr(GMatchInfo) match = NULL;
        if (shape->kind != SHAPE_TEXT)
            continue;
        g_regex_match(figure, shape->text, 0, &match);
        while (g_match_info_matches(match)) {
            g_autofree char *value = g_match_info_fetch(match, 0);
            if (!g_hash_table_contains(values, value))
                g_error("%s: %s is in no edition", canvas->id, value);
            g_match_info_next(match, NULL);
        }
    }
}

static void every_figure_drawn_is_the_editions(void) {
    for (int full = 0; full < 2; full++) {
        scoped(edition) *edition = sample_edition(full != 0);
        scoped(words) *words = open_words(WORDS_FR);
        g_autoptr(GHashTable) values = published_values(edition, words);
        g_auto(GStrv) ids = chart_ids(edition);
        for (int i = 0; ids[i] != NULL; i++)
            for (int layout = 0; layout < CHART_LAYOUTS; layout++) {
                const enum chart_layout own = (enum chart_layout)layout;
                if (!chart_has_layout(ids[i], own))
                    continue;
                scoped(canvas) *canvas =
                    chart_paint_in(edition, ids[i], words, own, NULL);
                check_figures(canvas, values);
            }
    }
}

/* Every chart in two layouts that shows scores. */
static const char *const ids_of_scores[] = {"ranking",
                                            "pillars",
                                            "trend",
                                            "place-comptoir-alize",
                                            "place-place-marine",
                                            "place-quai-des-ventes"};

static void the_layouts_of_a_chart_show_the_same_figures(void) {
    g_autoptr(GRegex) figure = g_regex_new(">(\\d+[.,]\\d)</text>", 0, 0, NULL);
    scoped(edition) *edition = sample_edition(true);
    scoped(words) *words = open_words(WORDS_EN);
    for (size_t i = 0; i < G_N_ELEMENTS(ids_of_scores); i++) {
        const char *id = ids_of_scores[i];
        g_autofree char *wide = draw_svg(edition, id, words);
        g_autofree char *narrow = draw_svg_in(edition, id, words, CHART_NARROW);
        g_autoptr(GMatchInfo) match = NULL;
        int count = 0;
        g_regex_match(figure, wide, 0, &match);
        for (; g_match_info_matches(match); count++) {
            g_autofree char *text = g_match_info_fetch(match, 0);
            if (strstr(narrow, text) == NULL)
                g_error("%s: %s is missing in the narrow layout", id, text);
            g_match_info_next(match, NULL);
        }
        g_assert_true(count > 5 || g_str_equal(id, "place-quai-des-ventes"));
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
    for (int i = 0; ids[i] != NULL; i++)
        for (int layout = 0; layout < CHART_LAYOUTS; layout++) {
            const enum chart_layout own = (enum chart_layout)layout;
            const char *suffix = own == CHART_NARROW ? "n" : "w";
            if (!chart_has_layout(ids[i], own))
                continue;
            g_autofree char *svg = draw_svg_in(edition, ids[i], words, own);
            g_assert_false(g_regex_match(active, svg, 0, NULL));
            g_autofree char *labels = g_strdup_printf(
                "aria-labelledby=\"%s-%s-t %s-%s-d\"", ids[i], suffix, ids[i], suffix);
            g_autofree char *title =
                g_strdup_printf("<title id=\"%s-%s-t\">", ids[i], suffix);
            g_assert_nonnull(strstr(svg, "role=\"img\""));
            g_assert_nonnull(strstr(svg, "xml:lang=\"fr\""));
            g_assert_nonnull(strstr(svg, labels));
            g_assert_nonnull(strstr(svg, title));
        }
}

/* What stands between the quotation marks after each `before`. */
static void collect(const char *svg, const char *before, GHashTable *found) {
    for (const char *at = strstr(svg, before); at != NULL; at = strstr(at, before)) {
        at += strlen(before);
        g_hash_table_add(found, g_strndup(at, strcspn(at, "\")")));
    }
}

static void both_layouts_share_a_page_without_sharing_an_id(void) {
    scoped(edition) *edition = sample_edition(true);
    scoped(words) *words = open_words(WORDS_FR);
    g_autofree char *wide = draw_svg(edition, "trend", words);
    g_autofree char *narrow = draw_svg_in(edition, "trend", words, CHART_NARROW);
    g_autoptr(GHashTable) first =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) second =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) used =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    collect(wide, " id=\"", first);
    collect(narrow, " id=\"", second);
    collect(narrow, "url(#", used);
    g_assert_cmpuint(g_hash_table_size(first), ==, 3); /* title, description, hatch */
    g_assert_cmpuint(g_hash_table_size(second), ==, 3);
    g_assert_cmpuint(g_hash_table_size(used), ==, 1);
    GHashTableIter at;
    gpointer id;
    for (g_hash_table_iter_init(&at, second); g_hash_table_iter_next(&at, &id, NULL);)
        g_assert_false(g_hash_table_contains(first, id));
    for (g_hash_table_iter_init(&at, used); g_hash_table_iter_next(&at, &id, NULL);)
        g_assert_true(g_hash_table_contains(second, id));
}

/* What a French picture says, put together from messages, names and figures. */
static void french_pictures_are_spaced_as_french_is(void) {
    g_autoptr(GRegex) wrong = g_regex_new(
        "[ ][%:;!?»]|[^\\s\\x{a0}\\x{202f}][%;!?»]|[^\\x{a0}\\x{202f}]:|«[^\\x{202f}]|'|"
        "(^|[\\s(])-\\d|\\d\\.\\d|\\d[ ,]\\d{3}(?!\\d)|  |^ | $",
        0, 0, NULL);
    scoped(edition) *edition = sample_edition(true);
    scoped(words) *words = open_words(WORDS_FR);
    g_auto(GStrv) ids = chart_ids(edition);
    for (int i = 0; ids[i] != NULL; i++)
        for (int layout = 0; layout < CHART_LAYOUTS; layout++) {
            if (!chart_has_layout(ids[i], (enum chart_layout)layout))
                continue;
            scoped(canvas) *canvas =
                chart_paint_in(edition, ids[i], words, (enum chart_layout)layout, NULL);
            g_autoptr(GString) said = g_string_new(canvas->title);
            g_string_append_printf(said, "\n%s\n%s", canvas->description, canvas->source);
            for (guint k = 0; k < canvas->shapes->len; k++) {
                const struct shape *shape = canvas->shapes->pdata[k];
                if (shape->kind == SHAPE_TEXT)
                    g_string_append_printf(said, "\n%s", shape->text);
            }
            /* The method's version is a name: its point is no decimal sign. */
            g_string_replace(said, edition->method_version, "x", 0);
            g_auto(GStrv) texts = g_strsplit(said->str, "\n", -1);
            for (char **text = texts; *text != NULL; text++)
                if (g_regex_match(wrong, *text, 0, NULL))
                    g_error("%s: \"%s\"", ids[i], *text);
        }
}

static void a_layout_that_a_chart_has_not_is_refused(void) {
    scoped(edition) *edition = sample_edition(true);
    scoped(words) *words = open_words(WORDS_FR);
    g_auto(GStrv) ids = chart_ids(edition);
    int narrow = 0;
    for (int i = 0; ids[i] != NULL; i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GBytes) bytes =
            chart_draw(edition, ids[i], words, CHART_NARROW, CHART_SVG, &error);
        g_assert_true(chart_has_layout(ids[i], CHART_WIDE));
        g_assert_true((bytes != NULL) == chart_has_layout(ids[i], CHART_NARROW));
        narrow += bytes != NULL;
        if (bytes == NULL)
            g_assert_error(error, BAROMETRE_ERROR, ERROR_USAGE);
    }
    g_assert_cmpint(narrow, >=, 3 + (int)edition->marketplaces->len);
    g_assert_false(chart_has_layout("nope", CHART_WIDE));
    g_assert_false(chart_has_layout("nope", CHART_NARROW));
}

static void check_text(const char *svg) {
    g_assert_true(g_utf8_validate(svg, -1, NULL));
    g_assert_null(strstr(svg, "<script"));
    g_assert_null(strstr(svg, "\u202e"));
    g_assert_null(strstr(svg, "<!--"));
    for (const char *p = svg; *p != '\0'; p++)
        g_assert_true((unsigned char)*p >= 0x20 || *p == '\n');
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
    for (int i = 0; ids[i] != NULL; i++)
        for (int layout = 0; layout < CHART_LAYOUTS; layout++) {
            if (!chart_has_layout(ids[i], (enum chart_layout)layout))
                continue;
            g_autofree char *svg =
                draw_svg_in(edition, ids[i], words, (enum chart_layout)layout);
            check_text(svg);
            g_assert_true(!g_str_equal(ids[i], "ranking") ||
                          strstr(svg, "&lt;script&gt;") != NULL);
        }
}

static void the_same_edition_gives_the_same_bytes(void) {
    for (int format = 0; format < 2; format++) {
        scoped(edition) *first = sample_edition(true), *second = sample_edition(true);
        scoped(words) *words = open_words(WORDS_EN);
        g_auto(GStrv) ids = chart_ids(first);
        for (int i = 0; ids[i] != NULL; i++)
            for (int layout = 0; layout < CHART_LAYOUTS; layout++) {
                const enum chart_layout own = (enum chart_layout)layout;
                if (!chart_has_layout(ids[i], own))
                    continue;
                g_autoptr(GBytes) one = chart_draw(first, ids[i], words, own,
                                                   (enum chart_format)format, NULL);
                g_autoptr(GBytes) two = chart_draw(second, ids[i], words, own,
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
        g_assert_nonnull(strstr(error->message, "ranking, pillars, trend, "));
        g_assert_nonnull(strstr(error->message, "place-comptoir-alize, "));
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
            if (!chart_has_layout(ids[i], CHART_NARROW))
                continue;
            /* A line may break between the two words. */
            g_autofree char *narrow = draw_svg_in(edition, ids[i], words, CHART_NARROW);
            g_assert_true((strstr(narrow, "Fictitious") != NULL) == (pass == 0));
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
        {"/charts/the_layouts_of_a_chart_show_the_same_figures",
         the_layouts_of_a_chart_show_the_same_figures},
        {"/charts/both_layouts_share_a_page_without_sharing_an_id",
         both_layouts_share_a_page_without_sharing_an_id},
        {"/charts/a_layout_that_a_chart_has_not_is_refused",
         a_layout_that_a_chart_has_not_is_refused},
        {"/charts/every_known_score_is_drawn", every_known_score_is_drawn},
        {"/charts/french_pictures_are_spaced_as_french_is",
         french_pictures_are_spaced_as_french_is},
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
