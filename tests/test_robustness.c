#include "barometre/robustness.h"

#include "golden_example.h"
#include "sobol.h"
#include "variant.h"

#include <math.h>

struct scene {
    struct method *method;
    struct registry *registry;
    struct tally *tally;
    struct edition *edition;
};

static struct score_inputs inputs_of(const struct scene *scene, int threads) {
    return (struct score_inputs){
        .method = scene->method,
        .registry = scene->registry,
        .tally = scene->tally,
        .threads = threads,
    };
}

static struct scene scene_new(guint first, int threads) {
    struct scene scene = {.method = example_method(),
                          .registry = example_registry(false)};
    scene.method->draws = 1000;
    scene.tally = example_tally(scene.method, scene.registry, 1, first);
    const struct score_inputs inputs = inputs_of(&scene, threads);
    scene.edition = score_edition(&inputs);
    return scene;
}

static void scene_clear(struct scene *scene) {
    method_free(scene->method);
    registry_free(scene->registry);
    tally_free(scene->tally);
    edition_free(scene->edition);
}

static void fill(struct scene *scene, const struct tally *uncontested,
                 const struct tally *documented) {
    const struct robustness_inputs inputs = {
        .base = inputs_of(scene, 1),
        .uncontested = uncontested,
        .documented = documented,
    };
    robustness_fill(scene->edition, &inputs);
}

static const struct edition_robust *robust_of(const struct scene *scene, guint place) {
    return g_ptr_array_index(scene->edition->robustness.places, place);
}

static struct edition_number score_of(const struct edition_robust *robust, guint v) {
    return g_array_index(robust->variant_scores, struct edition_number, v);
}

/* alpha, beta and gamma in the example's table of variants. */
static void the_variants_of_the_example_come_out(void) {
    static const double expected[][3] = {
        {34.9386, 68.1898, 51.3867}, {35.0361, 68.6147, 51.9308},
        {31.652, 60.0992, 41.7738},  {39.1447, 70.0551, 57.0772},
        {38.9193, 72.9061, 56.55},   {34.4665, 70.2389, 52.1997},
        {38.7919, 70.1796, 55.4601}, {32.2162, 62.6735, 46.9622},
    };
    struct scene scene = scene_new(0, 1);
    const struct robustness_inputs inputs = {.base = inputs_of(&scene, 1)};
    for (guint v = 0; v < G_N_ELEMENTS(expected); v++) {
        struct edition_number scores[4];
        variant_score(&variants[v], &inputs, scores);
        for (int i = 0; i < 3; i++)
            g_assert_cmpfloat_with_epsilon(scores[i].value, expected[v][i], 1e-4);
        g_assert_false(scores[3].known); /* delta fails the gates */
    }
    scene_clear(&scene);
}

static void the_rated_places_are_told_with_score_and_rank(void) {
    static const int ranks[] = {3, 1, 2};
    struct scene scene = scene_new(0, 1);
    fill(&scene, scene.tally, scene.tally);
    g_assert_cmpint(scene.edition->robustness.reason, ==, REASON_NONE);
    g_assert_cmpuint(scene.edition->robustness.places->len, ==, 3);
    g_assert_cmpuint(g_strv_length(scene.edition->robustness.variants), ==, 12);
    for (guint i = 0; i < 3; i++) {
        const struct edition_robust *robust = robust_of(&scene, i);
        g_assert_cmpint(robust->rank_low, ==, ranks[i]);
        g_assert_cmpint(robust->rank_high, ==, ranks[i]);
        g_assert_cmpint(robust->reason, ==, REASON_NONE);
        for (guint rank = 0; rank < 3; rank++)
            g_assert_cmpfloat(g_array_index(robust->rank_shares, double, rank), ==,
                              (int)rank + 1 == ranks[i] ? 100 : 0);
    }
    g_assert_cmpfloat(robust_of(&scene, 0)->low, ==, 31.7); /* V2 */
    g_assert_cmpfloat(robust_of(&scene, 0)->high, ==, 39.1);
    scene_clear(&scene);
}

/* Two places of equal sellers, the one good where the other is bad, rated. */
static struct scene mirrored_scene(void) {
    struct scene scene = scene_new(0, 1);
    tally_free(scene.tally);
    edition_free(scene.edition);
    scene.method->pillar_count = 2;
    scene.tally = tally_new(EXAMPLE_MONTH, 1, 4, 2);
    for (int place = 0; place < 2; place++)
        for (int p = 0; p < 2; p++) {
            const bool good = place == p;
            const struct method_pillar *pillar = &scene.method->pillars[p];
            struct rule_answer answers[METHOD_MOST_INDICATORS];
            for (int i = 0; i < METHOD_MOST_INDICATORS; i++) {
                answers[i].what = good ? ANSWER_YES : ANSWER_NO;
                if (pillar->indicators[i].kind == INDICATOR_DELAY)
                    answers[i].what = good ? ANSWER_EVENT : ANSWER_OPEN;
                answers[i].days = good ? 0 : 99;
                answers[i].direct = false;
            }
            for (int firm = 0; firm < 50; firm++)
                tally_count(tally_cell(scene.tally, 0, place, p), pillar, 0, answers);
        }
    tally_finish(scene.tally);
    struct registry_sellers *sellers = &g_array_index(
        registry_place(scene.registry, 1)->sellers, struct registry_sellers, 0);
    sellers->count = sellers->low = sellers->high = 10000;
    const struct score_inputs inputs = inputs_of(&scene, 1);
    scene.edition = score_edition(&inputs);
    return scene;
}

static void mirrored_clear(struct scene *scene) {
    scene->method->pillar_count = 3; /* to be freed whole */
    scene_clear(scene);
}

static void weightings_share_the_ranks_of_mirrored_places(void) {
    struct scene scene = mirrored_scene();
    fill(&scene, NULL, NULL);
    g_assert_cmpuint(scene.edition->robustness.places->len, ==, 2);
    const double first = g_array_index(robust_of(&scene, 0)->rank_shares, double, 0);
    const double second = g_array_index(robust_of(&scene, 1)->rank_shares, double, 0);
    g_assert_cmpfloat_with_epsilon(first, 50, 2); /* 4 standard errors */
    g_assert_cmpfloat_with_epsilon(first + second, 100, 0.11);
    mirrored_clear(&scene);
}

/* A weighting that lifts one lowers the other: both count. */
static void shifts_of_opposite_places_do_not_cancel(void) {
    struct scene scene = mirrored_scene();
    fill(&scene, NULL, NULL);
    const struct edition_robustness *robustness = &scene.edition->robustness;
    g_assert_cmpstr(robustness->factors[1], ==, "weights");
    g_assert_cmpfloat(g_array_index(robustness->total_indices, double, 1), >, 0.2);
    mirrored_clear(&scene);
}

static void ranks_span_all_variants(void) {
    struct scene scene = scene_new(0, 1);
    scoped(tally) *swapped = variant_tally(scene.method, scene.tally, MISSING_LEFT_OUT);
    for (int p = 0; p < 3; p++) {
        struct tally_cell *alpha = tally_cell(swapped, 0, 0, p);
        struct tally_cell *beta = tally_cell(swapped, 0, 1, p);
        const struct tally_cell kept = *alpha;
        *alpha = *beta;
        *beta = kept;
    }
    fill(&scene, scene.tally, swapped);
    g_assert_cmpint(robust_of(&scene, 0)->rank_low, ==, 1);
    g_assert_cmpint(robust_of(&scene, 0)->rank_high, ==, 3);
    g_assert_cmpint(robust_of(&scene, 1)->rank_low, ==, 1);
    g_assert_cmpint(robust_of(&scene, 1)->rank_high, ==, 3);
    scene_clear(&scene);
}

/* Only the incidence, a fifth of each pillar, knows the prior. */
static void an_estimated_prior_moves_the_incidence_alone(void) {
    struct scene scene = scene_new(0, 1);
    const struct robustness_inputs inputs = {.base = inputs_of(&scene, 1)};
    struct edition_number scores[4];
    variant_score(&variants[11], &inputs, scores);
    scoped(score_window) *window =
        score_window_new(scene.method, scene.registry, scene.tally, 0);
    const double span = log(5.5) - log(0.5);
    for (int i = 0; i < 3; i++) {
        double product = 1;
        for (int p = 0; p < 3; p++) {
            const struct score_pillar *pillar = &window->places[i].pillars[p];
            const double strength = variant_prior_strength(window, p);
            const double rate =
                (strength + pillar->firms) /
                (strength / window->market[p].pooled_rate + window->places[i].exposure);
            const double score = 100 * CLAMP((log(5.5) - log(rate)) / span, 0, 1);
            product *= pillar->score + (score - pillar->indicators[4].score) / 5;
        }
        g_assert_cmpfloat_with_epsilon(scores[i].value, cbrt(product), 1e-6);
    }
    scene_clear(&scene);
}

static void a_variant_without_its_counts_is_unknown(void) {
    struct scene scene = scene_new(0, 1);
    scoped(tally) *empty = tally_new(EXAMPLE_MONTH, 1, 4, 3);
    tally_finish(empty);
    fill(&scene, scene.tally, empty);
    const struct edition_robust *robust = robust_of(&scene, 1);
    g_assert_true(score_of(robust, 9).known);
    g_assert_false(score_of(robust, 10).known);
    g_assert_cmpint(g_array_index(robust->variant_ranks, int, 10), ==, 0);
    g_assert_cmpint(robust->reason, ==, REASON_FEW_FIRMS);
    g_assert_cmpfloat(score_of(robust, 8).value, ==, score_of(robust, 0).value);
    g_assert_cmpfloat(score_of(robust, 9).value, ==, score_of(robust, 0).value);
    scene_clear(&scene);
}

static void nobody_rated_is_a_reason(void) {
    struct scene scene = scene_new(0, 1);
    for (guint i = 0; i < scene.edition->marketplaces->len; i++) {
        struct edition_marketplace *place =
            g_ptr_array_index(scene.edition->marketplaces, i);
        place->overall.score.score = edition_unknown();
    }
    fill(&scene, NULL, NULL);
    g_assert_cmpint(scene.edition->robustness.reason, ==, REASON_FEW_MARKETPLACES);
    g_assert_cmpuint(scene.edition->robustness.places->len, ==, 0);
    scene_clear(&scene);
}

/* Of Gamma(shape, rate) rates seen through Poisson counts, Marshall's estimate is the
 * shape: here the variance of the rates beyond chance is put in by hand. */
static void the_prior_is_as_strong_as_the_rates_are_alike(void) {
    static const int firms[] = {10, 20, 30};
    struct score_place places[3] = {{.exposed = true}};
    struct score_window window = {.place_count = 3, .places = places};
    for (int i = 0; i < 3; i++) {
        places[i].exposed = true;
        places[i].exposure = 10;
        places[i].pillars[0].firms = firms[i];
        places[i].pillars[1].firms = 20;
    }
    /* rates 1, 2, 3: mean 2, spread 2/3, chance 2/10 */
    g_assert_cmpfloat_with_epsilon(variant_prior_strength(&window, 0),
                                   4 / (2.0 / 3 - 0.2), 1e-9);
    g_assert_cmpfloat(variant_prior_strength(&window, 1), >, 1e6);
}

static void a_strong_prior_gives_all_exposed_places_one_rate(void) {
    struct scene scene = scene_new(0, 1);
    struct method method = *scene.method;
    method.incidence.prior_reports = 1e9;
    scoped(score_window) *window =
        score_window_new(&method, scene.registry, scene.tally, 0);
    for (int i = 0; i < 3; i++)
        g_assert_cmpfloat_with_epsilon(window->places[i].pillars[0].indicators[4].rate,
                                       window->market[0].pooled_rate, 1e-6);
    scene_clear(&scene);
}

static double ishigami(const double *numbers, const void *context) {
    (void)context;
    double x[3];
    for (int i = 0; i < 3; i++)
        x[i] = G_PI * (2 * numbers[i] - 1);
    return sin(x[0]) + 7 * pow(sin(x[1]), 2) + 0.1 * pow(x[2], 4) * sin(x[0]);
}

static void the_indices_of_ishigami_come_out(void) {
    static const double first[] = {0.3139, 0.4424, 0}, total[] = {0.5576, 0.4424, 0.2437};
    const struct sobol_model model = {
        .factor_count = 3, .columns = {1, 1, 1}, .result = ishigami};
    struct sobol_index indices[3];
    g_assert_true(sobol_estimate(&model, 1024, indices));
    for (int i = 0; i < 3; i++) {
        g_assert_cmpfloat_with_epsilon(indices[i].first, first[i], 0.05);
        g_assert_cmpfloat_with_epsilon(indices[i].total, total[i], 0.05);
    }
}

/* Two numbers in one factor: the sum of their variances, and no interaction. */
static double sum_of_four(const double *numbers, const void *context) {
    (void)context;
    return numbers[0] + numbers[1] + numbers[2] + 2 * numbers[3];
}

static double constant(const double *numbers, const void *context) {
    (void)numbers;
    (void)context;
    return 42;
}

static void a_factor_may_take_several_numbers(void) {
    struct sobol_model model = {
        .factor_count = 3, .columns = {1, 2, 1}, .result = sum_of_four};
    static const double share[] = {1.0 / 7, 2.0 / 7, 4.0 / 7};
    struct sobol_index indices[3];
    g_assert_true(sobol_estimate(&model, 1024, indices));
    for (int i = 0; i < 3; i++) {
        g_assert_cmpfloat_with_epsilon(indices[i].first, share[i], 0.02);
        g_assert_cmpfloat_with_epsilon(indices[i].total, share[i], 0.02);
    }
    model.result = constant;
    g_assert_false(sobol_estimate(&model, 1024, indices));
}

static void what_drives_the_result_is_told(void) {
    struct scene scene = scene_new(0, 1);
    fill(&scene, NULL, NULL);
    const struct edition_robustness *robustness = &scene.edition->robustness;
    g_assert_cmpuint(g_strv_length(robustness->factors), ==, 5);
    g_assert_cmpstr(robustness->factors[0], ==, "data");
    double sum = 0;
    for (guint i = 0; i < 5; i++) {
        const double total = g_array_index(robustness->total_indices, double, i);
        g_assert_cmpfloat(total, >, 0);
        sum += total;
    }
    g_assert_cmpfloat(sum, >=, 0.95); /* total indices sum to 1 or more */
    scene_clear(&scene);
}

static char *written(guint first, int threads) {
    struct scene scene = scene_new(first, threads);
    const struct robustness_inputs inputs = {
        .base = inputs_of(&scene, threads),
        .uncontested = scene.tally,
        .documented = scene.tally,
    };
    robustness_fill(scene.edition, &inputs);
    char *json = edition_write(scene.edition);
    scene_clear(&scene);
    return json;
}

static void order_and_threads_change_no_byte(void) {
    g_autofree char *one = written(0, 1);
    g_autofree char *other = written(77, 3);
    g_assert_cmpstr(one, ==, other);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/robustness/" #name, name)
    TEST(the_variants_of_the_example_come_out);
    TEST(the_rated_places_are_told_with_score_and_rank);
    TEST(weightings_share_the_ranks_of_mirrored_places);
    TEST(shifts_of_opposite_places_do_not_cancel);
    TEST(ranks_span_all_variants);
    TEST(an_estimated_prior_moves_the_incidence_alone);
    TEST(a_variant_without_its_counts_is_unknown);
    TEST(nobody_rated_is_a_reason);
    TEST(the_prior_is_as_strong_as_the_rates_are_alike);
    TEST(a_strong_prior_gives_all_exposed_places_one_rate);
    TEST(the_indices_of_ishigami_come_out);
    TEST(a_factor_may_take_several_numbers);
    TEST(what_drives_the_result_is_told);
    TEST(order_and_threads_change_no_byte);
    return g_test_run();
}
