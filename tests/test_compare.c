/* Ranks, pairs, groups and trends against the methodology's reference. */
#include "../src/score/compare.h"
#include "../src/score/trend.h"

#include "golden_example.h"

#include "barometre/month.h"

static const double golden = 0.02; /* of a probability at 10,000 draws, rounded */

enum { ALPHA, BETA, GAMMA, DELTA };
enum { DELISTING, SUPPORT, CLAUSES };

struct scene {
    struct method *method;
    struct registry *registry;
    struct tally *example, *tally;
};

/* A tally of `windows` whose cells are empty; the example's beside it. */
static struct scene scene_new(int windows) {
    struct scene scene = {.method = example_method(),
                          .registry = example_registry(false)};
    scene.example = example_tally(scene.method, scene.registry, 1, 0);
    scene.tally = tally_new(EXAMPLE_MONTH, windows, 4, 3);
    return scene;
}

static void scene_clear(struct scene *scene) {
    tally_free(scene->example);
    tally_free(scene->tally);
    registry_free(scene->registry);
    method_free(scene->method);
}

/* A place's pillar in a window has the reports that another has in the example. */
static void copy(struct scene *scene, int window, int place, int from, int pillar) {
    const GArray *patterns = tally_cell(scene->example, 0, from, pillar)->patterns;
    g_array_append_vals(tally_cell(scene->tally, window, place, pillar)->patterns,
                        patterns->data, patterns->len);
}

static void copy_place(struct scene *scene, int window, int place, int from) {
    for (int p = 0; p < 3; p++)
        copy(scene, window, place, from, p);
}

static struct edition *edition_of(const struct scene *scene) {
    const struct score_inputs inputs = {scene->method, scene->registry, scene->tally,
                                        .threads = 2};
    return score_edition(&inputs);
}

static struct edition *golden_edition(int group_places) {
    struct scene scene = scene_new(1);
    for (int place = ALPHA; place <= DELTA; place++)
        copy_place(&scene, 0, place, place);
    scene.method->claims.group_places = group_places;
    for (int place = BETA; place <= DELTA; place++) /* as in the reference */
        ((struct registry_place *)registry_place(scene.registry, place))->signatory_from =
            month_first_day(EXAMPLE_MONTH - 11);
    struct edition *edition = edition_of(&scene);
    scene_clear(&scene);
    return edition;
}

static const struct edition_marketplace *place_of(const struct edition *edition,
                                                  guint i) {
    return g_ptr_array_index(edition->marketplaces, i);
}

static const struct edition_pillar *pillar_of(const struct edition *edition, guint place,
                                              guint i) {
    return g_ptr_array_index(place_of(edition, place)->pillars, i);
}

static void ranks_are_those_of_the_reference(void) {
    scoped(edition) *edition = golden_edition(2);
    static const struct {
        int rank;
        double first, last;
    } expected[] = {{3, 0.01, 0.99}, {1, 0.99, 0.01}, {2, 0.01, 0.01}};
    for (guint i = 0; i < 3; i++) {
        const struct edition_overall *overall = &place_of(edition, i)->overall;
        g_assert_cmpint(overall->rank_low, ==, expected[i].rank);
        g_assert_cmpint(overall->rank_high, ==, expected[i].rank);
        g_assert_cmpfloat(overall->p_first.value, ==, expected[i].first);
        g_assert_cmpfloat(overall->p_last.value, ==, expected[i].last);
        g_assert_cmpint(overall->rank_reason, ==, REASON_NONE);
    }
    const struct edition_overall *delta = &place_of(edition, DELTA)->overall;
    g_assert_cmpint(delta->rank_low, ==, 0);
    g_assert_false(delta->p_first.known || delta->p_above_median.known);
    g_assert_cmpint(delta->rank_reason, ==, REASON_PILLAR_MISSING);
}

static void pairs_are_those_of_the_rated_places(void) {
    scoped(edition) *edition = golden_edition(2);
    static const struct {
        const char *a, *b;
        double p;
    } expected[] = {
        {"alpha", "beta", 0.01}, {"alpha", "gamma", 0.01}, {"beta", "gamma", 0.99}};
    g_assert_cmpuint(edition->pairs->len, ==, G_N_ELEMENTS(expected));
    for (guint i = 0; i < edition->pairs->len; i++) {
        const struct edition_pair *pair = g_ptr_array_index(edition->pairs, i);
        g_assert_cmpstr(pair->a, ==, expected[i].a);
        g_assert_cmpstr(pair->b, ==, expected[i].b);
        g_assert_cmpfloat(pair->p, ==, expected[i].p);
    }
}

static void the_middle_place_is_neither_above_nor_below_the_median(void) {
    scoped(edition) *edition = golden_edition(2);
    g_assert_cmpfloat(place_of(edition, BETA)->overall.p_above_median.value, ==, 0.99);
    g_assert_cmpfloat(place_of(edition, ALPHA)->overall.p_below_median.value, ==, 0.99);
    g_assert_cmpfloat(place_of(edition, GAMMA)->overall.p_above_median.value, ==, 0.01);
    g_assert_cmpfloat(place_of(edition, GAMMA)->overall.p_below_median.value, ==, 0.01);
}

/* Three places with the same reports: nobody is ahead. */
static void equals_share_their_ranks(void) {
    struct scene scene = scene_new(1);
    for (int place = 0; place < 3; place++) {
        copy_place(&scene, 0, place, BETA);
        g_array_index(registry_place(scene.registry, place)->sellers,
                      struct registry_sellers, 0)
            .count = 12000;
    }
    scoped(edition) *edition = edition_of(&scene);
    double first = 0;
    for (guint i = 0; i < 3; i++) {
        const struct edition_overall *overall = &place_of(edition, i)->overall;
        g_assert_cmpint(overall->rank_low, ==, 1);
        g_assert_cmpint(overall->rank_high, ==, 3);
        g_assert_cmpfloat_with_epsilon(overall->p_first.value, 1 / 3.0, golden);
        g_assert_cmpfloat_with_epsilon(overall->p_above_median.value, 1 / 3.0, golden);
        first += overall->p_first.value;
    }
    g_assert_cmpfloat_with_epsilon(first, 1, 0.0151);
    for (guint i = 0; i < 3; i++) {
        const struct edition_pair *pair = g_ptr_array_index(edition->pairs, i);
        g_assert_cmpfloat_with_epsilon(pair->p, 0.5, golden);
    }
    scene_clear(&scene);
}

static void a_place_alone_has_no_rank(void) {
    struct scene scene = scene_new(1);
    copy_place(&scene, 0, ALPHA, ALPHA);
    scoped(edition) *edition = edition_of(&scene);
    const struct edition_overall *overall = &place_of(edition, ALPHA)->overall;
    g_assert_true(overall->score.score.known);
    g_assert_cmpint(overall->rank_reason, ==, REASON_FEW_MARKETPLACES);
    g_assert_cmpint(overall->rank_low, ==, 0);
    g_assert_cmpuint(edition->pairs->len, ==, 0);
    scene_clear(&scene);
}

/* Alpha: delisting 31.7, support 35.5, clauses 37.9; beta: 78.8, 60.1, 67.0. */
static void the_weakest_pillar_is_told_by_joint_draws(void) {
    scoped(edition) *edition = golden_edition(2);
    g_assert_cmpfloat(pillar_of(edition, BETA, DELISTING)->p_weakest.value, <=, 0.02);
    g_assert_cmpfloat(pillar_of(edition, BETA, SUPPORT)->p_weakest.value, >, 0.6);
    for (guint place = ALPHA; place <= GAMMA; place++) {
        double sum = 0;
        for (guint i = 0; i < 3; i++)
            sum += pillar_of(edition, place, i)->p_weakest.value;
        g_assert_cmpfloat_with_epsilon(sum, 1, 0.0251); /* rounded, at least 0.01 */
    }
    g_assert_false(pillar_of(edition, DELTA, SUPPORT)->p_weakest.known);
    g_assert_cmpint(pillar_of(edition, DELTA, SUPPORT)->weakest_reason, ==,
                    REASON_FEW_FIRMS);
}

static void signatories_are_compared_as_in_the_reference(void) {
    scoped(edition) *edition = golden_edition(1);
    const struct edition_group *group = &edition->signatories;
    g_assert_cmpfloat_with_epsilon(group->difference.value, 24.62, 0.5);
    g_assert_cmpfloat_with_epsilon(group->low.value, 18.12, 0.5);
    g_assert_cmpfloat_with_epsilon(group->high.value, 30.71, 0.5);
    g_assert_cmpfloat(group->p.value, ==, 0.99);
    g_assert_cmpint(group->reason, ==, REASON_NONE);
}

static void a_group_of_one_is_not_compared(void) {
    scoped(edition) *edition = golden_edition(2); /* alpha stands alone */
    g_assert_false(edition->signatories.difference.known);
    g_assert_cmpint(edition->signatories.reason, ==, REASON_FEW_MARKETPLACES);
}

/* The reference's beta had gamma's reports a year before. Gamma has beta's, so that the
 * market's rate is the same. */
static void a_trend_is_that_of_the_reference(void) {
    struct scene scene = scene_new(13);
    static const int before[] = {ALPHA, GAMMA, BETA, DELTA};
    for (int place = ALPHA; place <= DELTA; place++) {
        copy_place(&scene, 0, place, place);
        copy_place(&scene, 12, place, before[place]);
    }
    scoped(edition) *edition = edition_of(&scene);
    const struct edition_trend *trend = &pillar_of(edition, BETA, SUPPORT)->trend;
    g_assert_cmpfloat_with_epsilon(trend->p_improved.value, 0.8625, golden);
    g_assert_cmpint(trend->claim, ==, CLAIM_NONE); /* 10 points, but P < 0.9 */
    const struct edition_history *then =
        g_ptr_array_index(place_of(edition, BETA)->history, 0);
    const struct edition_score *past =
        &g_array_index(then->pillars, struct edition_score, SUPPORT);
    g_assert_true(past->low.known);
    g_assert_cmpfloat_with_epsilon(
        trend->points.value,
        pillar_of(edition, BETA, SUPPORT)->score.score.value - past->score.value, 1e-9);
    g_assert_cmpint(place_of(edition, BETA)->overall.trend.claim, ==, CLAIM_IMPROVING);
    g_assert_cmpint(place_of(edition, GAMMA)->overall.trend.claim, ==, CLAIM_WORSENING);
    g_assert_cmpint(place_of(edition, ALPHA)->overall.trend.claim, ==, CLAIM_NONE);
    scene_clear(&scene);
}

static void a_small_gain_is_not_claimed_however_sure(void) {
    struct scene scene = scene_new(13);
    static const int before[] = {ALPHA, GAMMA, BETA, DELTA};
    for (int place = ALPHA; place <= DELTA; place++) {
        copy_place(&scene, 0, place, place);
        copy_place(&scene, 12, place, before[place]);
    }
    scene.method->claims.trend_points = 50;
    scoped(edition) *edition = edition_of(&scene);
    const struct edition_trend *trend = &place_of(edition, BETA)->overall.trend;
    g_assert_cmpfloat(trend->p_improved.value, >, 0.9);
    g_assert_cmpint(trend->claim, ==, CLAIM_NONE);
    scene_clear(&scene);
}

static void without_a_year_before_no_trend_is_known(void) {
    struct scene scene = scene_new(13);
    for (int window = 0; window < 12; window++)
        copy_place(&scene, window, ALPHA, ALPHA);
    for (int p = 0; p < 2; p++) {
        copy(&scene, 0, BETA, BETA, p);
        copy(&scene, 12, BETA, BETA, p);
    }
    copy(&scene, 12, GAMMA, DELTA, SUPPORT);
    copy(&scene, 0, GAMMA, GAMMA, SUPPORT);
    scoped(edition) *edition = edition_of(&scene);
    const struct edition_trend *alpha = &place_of(edition, ALPHA)->overall.trend;
    g_assert_cmpint(alpha->claim, ==, CLAIM_UNKNOWN);
    g_assert_cmpint(alpha->reason, ==, REASON_FEW_MONTHS);
    g_assert_cmpint(pillar_of(edition, BETA, SUPPORT)->trend.claim, ==, CLAIM_NONE);
    g_assert_cmpint(place_of(edition, BETA)->overall.trend.reason, ==,
                    REASON_PILLAR_MISSING);
    g_assert_cmpint(pillar_of(edition, GAMMA, SUPPORT)->trend.reason, ==,
                    REASON_FEW_FIRMS); /* then */
    scene_clear(&scene);
}

/* Four places with alpha's reports two years ago; two of them, signed since, now have
 * beta's. */
static struct scene charter_scene(int32_t signed_on) {
    struct scene scene = scene_new(25);
    for (int place = ALPHA; place <= DELTA; place++) {
        struct registry_place *registered =
            (struct registry_place *)registry_place(scene.registry, place);
        copy_place(&scene, 24, place, ALPHA);
        copy_place(&scene, 12, place, ALPHA);
        copy_place(&scene, 0, place, place < GAMMA ? ALPHA : BETA);
        if (place >= GAMMA)
            registered->signatory_from = signed_on;
    }
    return scene;
}

static void the_charter_is_told_by_a_difference_of_differences(void) {
    struct scene scene = charter_scene(month_first_day(EXAMPLE_MONTH - 18));
    scoped(edition) *edition = edition_of(&scene);
    const struct edition_group *group = &edition->before_after;
    g_assert_cmpint(group->reason, ==, REASON_NONE);
    g_assert_cmpfloat(group->low.value, >, 10);
    g_assert_cmpfloat(group->high.value, <, 50);
    double gain[4];
    for (guint i = 0; i < 4; i++) {
        const struct edition_history *then =
            g_ptr_array_index(place_of(edition, i)->history, 0);
        gain[i] =
            place_of(edition, i)->overall.score.score.value - then->overall.score.value;
    }
    g_assert_cmpfloat_with_epsilon(group->difference.value,
                                   (gain[2] + gain[3] - gain[0] - gain[1]) / 2, 1);
    g_assert_cmpfloat(group->p.value, ==, 0.99);
    scene_clear(&scene);
}

static void before_the_charter_means_wholly_before(void) {
    const int32_t end = month_last_day(EXAMPLE_MONTH - 24);
    const int32_t start = month_first_day(EXAMPLE_MONTH - 11);
    const struct {
        int32_t signed_on;
        bool compared;
    } cases[] = {{end, false}, {end + 1, true}, {start, true}, {start + 1, false}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct scene scene = charter_scene(cases[i].signed_on);
        scoped(edition) *edition = edition_of(&scene);
        g_assert_true(edition->before_after.difference.known == cases[i].compared);
        if (!cases[i].compared)
            g_assert_cmpint(edition->before_after.reason, ==, REASON_FEW_MARKETPLACES);
        scene_clear(&scene);
    }
}

static void without_an_earlier_window_there_is_no_before(void) {
    struct scene scene = scene_new(12);
    for (int place = ALPHA; place <= DELTA; place++)
        copy_place(&scene, 0, place, ALPHA);
    scoped(edition) *edition = edition_of(&scene);
    g_assert_cmpint(edition->before_after.reason, ==, REASON_FEW_MONTHS);
    scene_clear(&scene);
}

static void no_probability_is_a_certainty(void) {
    g_assert_cmpfloat(compare_probability(0, 10000), ==, 0.01);
    g_assert_cmpfloat(compare_probability(10000, 10000), ==, 0.99);
    g_assert_cmpfloat(compare_probability(8625, 10000), ==, 0.86);
    g_assert_cmpfloat(compare_probability(5, 10), ==, 0.5);
}

static char *written(int threads) {
    struct scene scene = charter_scene(month_first_day(EXAMPLE_MONTH - 18));
    const struct score_inputs inputs = {scene.method, scene.registry, scene.tally,
                                        threads};
    scoped(edition) *edition = score_edition(&inputs);
    scene_clear(&scene);
    return edition_write(edition);
}

static void the_number_of_threads_changes_no_byte(void) {
    g_autofree char *one = written(1);
    g_autofree char *three = written(3);
    g_assert_cmpstr(one, ==, three);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/compare/" #name, name)
    TEST(ranks_are_those_of_the_reference);
    TEST(pairs_are_those_of_the_rated_places);
    TEST(the_middle_place_is_neither_above_nor_below_the_median);
    TEST(equals_share_their_ranks);
    TEST(a_place_alone_has_no_rank);
    TEST(the_weakest_pillar_is_told_by_joint_draws);
    TEST(signatories_are_compared_as_in_the_reference);
    TEST(a_group_of_one_is_not_compared);
    TEST(a_trend_is_that_of_the_reference);
    TEST(a_small_gain_is_not_claimed_however_sure);
    TEST(without_a_year_before_no_trend_is_known);
    TEST(the_charter_is_told_by_a_difference_of_differences);
    TEST(before_the_charter_means_wholly_before);
    TEST(without_an_earlier_window_there_is_no_before);
    TEST(no_probability_is_a_certainty);
    TEST(the_number_of_threads_changes_no_byte);
    return g_test_run();
}
