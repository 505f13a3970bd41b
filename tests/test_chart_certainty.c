#include "chart_cases.h"
#include "chart_paint.h"

#include <string.h>

static struct edition_overall *overall_of(struct edition *edition, guint place) {
    return &((struct edition_marketplace *)edition->marketplaces->pdata[place])->overall;
}

/* A full edition where nobody is surely above or below the median. */
static struct edition *edition_of_equals(void) {
    struct edition *edition = sample_edition(true);
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        struct edition_overall *overall = overall_of(edition, i);
        if (!overall->score.score.known)
            continue;
        overall->p_above_median = overall->p_below_median = edition_known(0.5);
    }
    return edition;
}

static void a_title_compares_only_above_the_sure_probability(void) {
    scoped(edition) *edition = edition_of_equals();
    overall_of(edition, 7)->p_last.value = 0.9;
    check_title(edition, "ranking", WORDS_FR,
                "Aucune place de marché ne se détache nettement de la médiane");
    overall_of(edition, 7)->p_last.value = 0.91;
    check_title(edition, "ranking", WORDS_EN,
                "Mille Rayons is behind all other rated marketplaces");
    overall_of(edition, 0)->p_first.value = 0.95;
    check_title(
        edition, "ranking", WORDS_FR,
        "Comptoir Alizé en tête des places notées, Mille Rayons en dernière position");
    check_title(edition, "trend", WORDS_FR,
                "En un an, Halle Dix s’améliore et Place Marine se dégrade");
    check_title(edition, "place-halle-dix", WORDS_EN,
                "Halle Dix improved in a year: grade B, 67.9 out of 100");
}

static void a_title_counts_the_places_surely_beyond_the_median(void) {
    scoped(edition) *edition = edition_of_equals();
    overall_of(edition, 0)->p_above_median.value = 0.95;
    overall_of(edition, 1)->p_above_median.value = 0.96;
    check_title(edition, "ranking", WORDS_FR,
                "Une place de marché se détache au-dessus de la médiane");
    overall_of(edition, 0)->p_above_median.value = 0.96;
    overall_of(edition, 2)->p_above_median.value = 0.99;
    overall_of(edition, 6)->p_below_median.value = 0.98;
    overall_of(edition, 7)->p_below_median.value = 0.98;
    check_title(edition, "ranking", WORDS_FR,
                "Trois places de marché se détachent au-dessus de la médiane, deux en "
                "dessous");
    check_title(edition, "ranking", WORDS_EN,
                "Three marketplaces stand clearly above the median, two below");
    for (guint i = 0; i < 3; i++)
        overall_of(edition, i)->p_above_median = edition_unknown();
    check_title(edition, "ranking", WORDS_EN,
                "Two marketplaces stand clearly below the median");
}

static void set_weakest(struct edition *edition, guint place, guint pillar, double p) {
    const struct edition_marketplace *own = edition->marketplaces->pdata[place];
    ((struct edition_pillar *)own->pillars->pdata[pillar])->p_weakest = edition_known(p);
}

static int count_triangles(const struct canvas *canvas, bool down) {
    int count = 0;
    for (guint i = 0; i < canvas->shapes->len; i++) {
        const struct shape *shape = canvas->shapes->pdata[i];
        if (shape->kind != SHAPE_PATH || shape->fill != TOKEN_ALERT)
            continue;
        const struct point *points = (const struct point *)(void *)shape->points->data;
        count += (points[2].y > points[0].y) == down;
    }
    return count;
}

/* The same in both layouts. */
static int count_weakest_marks(const struct edition *edition) {
    scoped(words) *words = open_words(WORDS_FR);
    scoped(canvas) *wide = chart_paint(edition, "pillars", words, NULL);
    scoped(canvas) *narrow =
        chart_paint_in(edition, "pillars", words, CHART_NARROW, NULL);
    g_assert_cmpint(count_triangles(narrow, true), ==, count_triangles(wide, true));
    return count_triangles(wide, true);
}

static void a_weak_point_is_marked_and_told_only_where_it_is_sure(void) {
    scoped(edition) *edition = sample_edition(true);
    set_weakest(edition, 0, 1, 0.9);
    g_assert_cmpint(count_weakest_marks(edition), ==, 0);
    check_title(edition, "pillars", WORDS_FR,
                "Aucune place de marché n’a de pilier nettement plus faible que ses "
                "autres");
    set_weakest(edition, 0, 1, 0.91);
    g_assert_cmpint(count_weakest_marks(edition), ==, 2); /* and the one of the key */
    check_title(edition, "pillars", WORDS_FR,
                "Joignabilité du support\u00a0: point faible établi d’une place de "
                "marché");
    set_weakest(edition, 1, 1, 0.99);
    set_weakest(edition, 6, 0, 0.99);
    g_assert_cmpint(count_weakest_marks(edition), ==, 4);
    check_title(edition, "pillars", WORDS_EN,
                "Three established weak points, two of them: Reaching support");
    set_weakest(edition, 5, 2, 0.99);
    check_title(edition, "pillars", WORDS_EN,
                "Four marketplaces have one pillar clearly weaker than their others");
}

static bool has_text(const struct canvas *canvas, const char *text) {
    for (guint i = 0; i < canvas->shapes->len; i++) {
        const struct shape *shape = canvas->shapes->pdata[i];
        if (shape->kind == SHAPE_TEXT && strcmp(shape->text, text) == 0)
            return true;
    }
    return false;
}

static void check_range(struct edition *edition, enum chart_layout layout) {
    scoped(words) *words = open_words(WORDS_FR);
    struct edition_overall *overall = overall_of(edition, 4);
    g_free(overall->band_low);
    overall->band_low = g_strdup(overall->band);
    scoped(canvas) *inside = chart_paint_in(edition, "ranking", words, layout, NULL);
    g_free(overall->band_low);
    overall->band_low = g_strdup("E");
    scoped(canvas) *across = chart_paint_in(edition, "ranking", words, layout, NULL);
    scoped(canvas) *card =
        chart_paint_in(edition, "place-etal-et-cie", words, layout, NULL);
    g_autofree char *range = g_strconcat(overall->band, "–E", NULL);
    g_assert_false(has_text(inside, range));
    g_assert_true(has_text(across, range));
    g_assert_true(has_text(card, range));
    g_assert_cmpuint(across->shapes->len, ==, inside->shapes->len + 1);
}

static void a_grade_has_its_range_where_the_interval_leaves_its_band(void) {
    scoped(edition) *edition = edition_of_equals();
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        struct edition_overall *overall = overall_of(edition, i);
        if (!overall->score.score.known)
            continue;
        g_free(overall->band_low);
        g_free(overall->band_high);
        overall->band_low = g_strdup(overall->band);
        overall->band_high = g_strdup(overall->band);
    }
    check_range(edition, CHART_WIDE);
    check_range(edition, CHART_NARROW);
}

static void check_silence(enum chart_layout layout) {
    scoped(edition) *edition = sample_edition(true);
    scoped(words) *words = open_words(WORDS_FR);
    const struct edition_marketplace *place = edition->marketplaces->pdata[8];
    struct edition_pillar *pillar = place->pillars->pdata[2];
    struct edition_indicator *incidence = pillar->indicators->pdata[4];
    g_assert_cmpstr(incidence->kind, ==, "incidence");
    incidence->score = sample_score(100, 10, true);
    scoped(canvas) *few =
        chart_paint_in(edition, "place-quai-des-ventes", words, layout, NULL);
    g_assert_true(has_text(few, "100,0"));
    pillar->score.reason = REASON_NO_REPORTS;
    g_array_index(pillar->reasons, enum edition_reason, 0) = REASON_NO_REPORTS;
    scoped(canvas) *none =
        chart_paint_in(edition, "place-quai-des-ventes", words, layout, NULL);
    g_assert_false(has_text(none, "100,0"));
    g_assert_true(has_text(none, "aucun signalement reçu"));
    for (guint i = 0; i < none->shapes->len; i++) {
        const struct shape *shape = none->shapes->pdata[i];
        g_assert_false(shape->kind == SHAPE_CIRCLE && shape->fill == TOKEN_POINT);
    }
}

static void silence_does_not_look_like_a_good_mark(void) {
    check_silence(CHART_WIDE);
    check_silence(CHART_NARROW);
}

static void add_alert(struct edition *edition, guint place, int32_t month,
                      const char *pillar, bool own) {
    struct edition_alert *alert = edition_add_alert(edition->marketplaces->pdata[place]);
    alert->month = month;
    alert->pillar = g_strdup(pillar);
    alert->own = own;
}

static void check_alerts(enum chart_layout layout) {
    scoped(edition) *edition = sample_edition(true);
    scoped(words) *words = open_words(WORDS_FR);
    add_alert(edition, 0, SAMPLE_AS_OF - 8, "support", true);
    add_alert(edition, 7, SAMPLE_AS_OF - 5, "clauses", false);
    add_alert(edition, 7, SAMPLE_AS_OF - 4, "delisting", false);
    scoped(canvas) *trend = chart_paint_in(edition, "trend", words, layout, NULL);
    g_assert_true(has_text(trend, "1"));
    g_assert_true(has_text(trend, "2"));
    g_assert_true(has_text(trend, "3"));
    g_assert_true(has_text(trend, "2, 3"));
    g_assert_true(has_text(trend, "Alerte\u00a0: hausse propre à la place"));
    g_assert_true(has_text(trend, "Alerte\u00a0: hausse générale"));
    /* Full in the lane, in the list and in the key; the general ones are hollow. */
    g_assert_cmpint(count_triangles(trend, false), ==, 3);

    scoped(canvas) *card =
        chart_paint_in(edition, "place-comptoir-alize", words, layout, NULL);
    g_assert_true(has_text(card, "Alerte\u00a0: hausse propre à la place"));
    g_assert_false(has_text(card, "Alerte\u00a0: hausse générale"));
    g_assert_cmpint(count_triangles(card, false), ==, 2);
    scoped(canvas) *calm =
        chart_paint_in(edition, "place-bazarette", words, layout, NULL);
    g_assert_cmpint(count_triangles(calm, false), ==, 0);
}

static void alerts_are_numbered_in_the_lane_and_listed(void) {
    check_alerts(CHART_WIDE);
    check_alerts(CHART_NARROW);
}

static void check_ticks(enum chart_layout layout) {
    scoped(edition) *edition = sample_edition(true);
    scoped(words) *words = open_words(WORDS_FR);
    scoped(canvas) *card =
        chart_paint_in(edition, "place-etal-et-cie", words, layout, NULL);
    int ticks = 0;
    for (guint i = 0; i < card->shapes->len; i++) {
        const struct shape *tick = card->shapes->pdata[i];
        if (tick->kind != SHAPE_PATH || tick->pen.token != TOKEN_INK)
            continue;
        const struct point *ends = (const struct point *)(void *)tick->points->data;
        const double half = fabs(ends[1].y - ends[0].y) / 2;
        for (guint k = 0; k < card->shapes->len; k++) {
            const struct shape *dot = card->shapes->pdata[k];
            if (dot->kind != SHAPE_CIRCLE || fabs(dot->y - (ends[0].y + half)) > 0.5 ||
                fabs(dot->x - ends[0].x) > 250)
                continue;
            ticks++;
            g_assert_cmpfloat(half, >=, dot->radius + 4.9);
        }
    }
    g_assert_cmpint(ticks, >=, 15);
}

static void a_median_tick_is_read_on_both_sides_of_any_dot(void) {
    check_ticks(CHART_WIDE);
    check_ticks(CHART_NARROW);
}

static void a_title_too_wide_for_its_line_gives_way_to_a_shorter_one(void) {
    scoped(edition) *edition = edition_of_equals();
    struct edition_marketplace *first = edition->marketplaces->pdata[0];
    first->overall.p_first.value = 0.99;
    g_free(first->name);
    first->name = g_strnfill(40, 'i');
    g_autofree char *narrow = g_strconcat(
        first->name, " devance toutes les autres places de marché notées", NULL);
    overall_of(edition, 7)->p_last.value = 0.5;
    narrow[0] = 'I';
    check_title(edition, "ranking", WORDS_FR, narrow);
    memset(first->name, 'W', 40);
    check_title(edition, "ranking", WORDS_FR,
                "Neuf places de marché notées, une sans données suffisantes");
}

int main(int argc, char **argv) {
    const struct {
        const char *fact;
        void (*test)(void);
    } tests[] = {
        {"/chart_certainty/a_title_compares_only_above_the_sure_probability",
         a_title_compares_only_above_the_sure_probability},
        {"/chart_certainty/a_title_counts_the_places_surely_beyond_the_median",
         a_title_counts_the_places_surely_beyond_the_median},
        {"/chart_certainty/a_weak_point_is_marked_and_told_only_where_it_is_sure",
         a_weak_point_is_marked_and_told_only_where_it_is_sure},
        {"/chart_certainty/a_grade_has_its_range_where_the_interval_leaves_its_band",
         a_grade_has_its_range_where_the_interval_leaves_its_band},
        {"/chart_certainty/silence_does_not_look_like_a_good_mark",
         silence_does_not_look_like_a_good_mark},
        {"/chart_certainty/alerts_are_numbered_in_the_lane_and_listed",
         alerts_are_numbered_in_the_lane_and_listed},
        {"/chart_certainty/a_median_tick_is_read_on_both_sides_of_any_dot",
         a_median_tick_is_read_on_both_sides_of_any_dot},
        {"/chart_certainty/a_title_too_wide_for_its_line_gives_way_to_a_shorter_one",
         a_title_too_wide_for_its_line_gives_way_to_a_shorter_one},
    };
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add_func(tests[i].fact, tests[i].test);
    return g_test_run();
}
