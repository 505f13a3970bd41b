#include "barometre/funnel.h"

#include "golden_example.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

enum { PLACES = 4, ANY = 3, MONTHS = 12 };

struct scene {
    struct method *method;
    struct registry *registry;
    struct tally *tally;
    struct edition *edition;
};

/* By place and month; no firm reports twice. */
struct reports {
    int firms[PLACES][MONTHS];
    int places; /* that make a median rate; 0: as the method has it */
};

static struct scene scene_new(const struct reports *reports) {
    struct scene scene = {.method = example_method(),
                          .registry = example_registry(false),
                          .tally = tally_new(EXAMPLE_MONTH, 1, PLACES, ANY),
                          .edition = edition_new()};
    if (reports->places > 0)
        scene.method->funnel.places = reports->places;
    scene.edition->method_version = g_strdup("1.0");
    scene.edition->method_sha256 = g_strnfill(64, '0');
    scene.edition->seed = g_strdup("funnel");
    tally_hold_months(scene.tally, MONTHS);
    for (int place = 0; place < PLACES; place++) {
        struct edition_marketplace *added = edition_add_marketplace(scene.edition);
        added->id = g_strdup(registry_place(scene.registry, place)->id);
        added->name = g_strdup(added->id);
        for (int month = 0; month < MONTHS; month++)
            for (int i = 0; i < reports->firms[place][month]; i++) {
                const int32_t at = EXAMPLE_MONTH - MONTHS + 1 + month;
                tally_count_month(scene.tally, at, place, ANY);
                tally_count_quarter(scene.tally, at, place, ANY);
                tally_count_newest(scene.tally, place);
            }
    }
    funnel_fill(scene.edition, scene.method, scene.registry, scene.tally);
    return scene;
}

static void scene_clear(struct scene *scene) {
    method_free(scene->method);
    registry_free(scene->registry);
    tally_free(scene->tally);
    edition_free(scene->edition);
}

static const struct edition_expectation *expectation(const struct scene *scene,
                                                     int place) {
    const struct edition_marketplace *found = scene->edition->marketplaces->pdata[place];
    return &found->expectation;
}

#define EVEN(n)                                                                          \
    { n, n, n, n, n, n, n, n, n, n, n, n }

static void limits_pass_through_the_poisson_law_at_whole_numbers(void) {
    const double means[] = {0.7, 2, 5, 10, 30, 214};
    for (size_t m = 0; m < G_N_ELEMENTS(means); m++)
        for (unsigned k = 0; k < 2.5 * means[m]; k++) {
            const double p = gsl_cdf_poisson_P(k, means[m]);
            if (p < 1e-9 || p > 1 - 1e-9)
                continue;
            g_assert_cmpfloat_with_epsilon(funnel_limit(means[m], p) * means[m], k, 1e-6);
        }
}

/* Spiegelhalter's limits, interpolated between whole numbers: between the same two, and
 * never far. */
static void limits_are_near_those_of_the_methodology(void) {
    static const double chances[] = {0.001, 0.025, 0.975, 0.999};
    static const struct {
        double mean, limits[4];
    } golden[] = {
        {2, {-0.496305, -0.407637, 2.383118, 3.556280}},
        {5, {-0.170317, 0.108413, 1.875312, 2.554271}},
        {10, {0.122053, 0.377519, 1.615995, 2.066200}},
        {30, {0.469242, 0.641104, 1.357215, 1.593737}},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(golden); i++)
        for (int k = 0; k < 4; k++) {
            const double mean = golden[i].mean;
            const double theirs = fmax(0, golden[i].limits[k] * mean);
            const double ours = funnel_limit(mean, chances[k]) * mean;
            g_assert_cmpfloat(ceil(ours - 1e-6), ==, ceil(theirs - 1e-6));
            g_assert_cmpfloat_with_epsilon(ours, theirs, 0.27);
        }
}

static void limits_narrow_as_more_is_expected(void) {
    const struct reports firms = {{EVEN(3), EVEN(3), EVEN(2), EVEN(1)}};
    struct scene scene = scene_new(&firms);
    const GArray *limits = scene.edition->funnel.limits;
    g_assert_cmpuint(limits->len, >, 30);
    for (guint i = 1; i < limits->len; i++) {
        const struct edition_limit *before =
            &g_array_index(limits, struct edition_limit, i - 1);
        const struct edition_limit *limit = before + 1;
        g_assert_cmpfloat(before->expected, <, limit->expected);
        g_assert_cmpfloat(before->outer_high, >=, limit->outer_high);
        g_assert_cmpfloat(before->inner_high, >=, limit->inner_high);
        g_assert_cmpfloat(before->outer_low, <=, limit->outer_low);
        g_assert_cmpfloat(before->inner_low, <=, limit->inner_low);
    }
    scene_clear(&scene);
}

/* 36, 36 and 24 firms of 10,000, 12,000 and 4,000 sellers: rates 3.5, 2.9167 and 6.25. */
static void the_expected_follow_from_the_median_rate(void) {
    const struct reports firms = {{EVEN(3), EVEN(3), EVEN(2), EVEN(1)}};
    struct scene scene = scene_new(&firms);
    g_assert_cmpfloat(scene.edition->funnel.rate.value, ==, 3.5);
    g_assert_cmpfloat(expectation(&scene, 0)->expected.value, ==, 35);
    g_assert_cmpfloat(expectation(&scene, 1)->expected.value, ==, 42);
    g_assert_cmpfloat(expectation(&scene, 1)->firms.value, ==, 35);
    g_assert_cmpfloat(expectation(&scene, 1)->ratio.value, ==, 0.83);
    g_assert_cmpfloat(expectation(&scene, 1)->low.value, ==, 0.79);
    g_assert_cmpfloat(expectation(&scene, 1)->high.value, ==, 0.88);
    g_assert_cmpint(expectation(&scene, 1)->position, ==, POSITION_INSIDE);
    g_assert_cmpint(expectation(&scene, 2)->position, ==, POSITION_ABOVE_INNER);
    g_assert_false(expectation(&scene, 3)->expected.known);
    g_assert_cmpint(expectation(&scene, 3)->reason, ==, REASON_UNKNOWN_SELLERS);
    scene_clear(&scene);
}

/* Beta has from 1 to 9 firms: the edition is the same, to the last byte. */
static void nothing_tells_how_many_a_place_of_few_firms_has(void) {
    g_autofree char *one = NULL;
    for (int count = 1; count < 10; count++) {
        struct reports firms = {{EVEN(3), {0}, EVEN(2), EVEN(1)}, 2};
        firms.firms[1][5] = count;
        struct scene scene = scene_new(&firms);
        g_autofree char *json = edition_write(scene.edition);
        g_assert_cmpint(expectation(&scene, 1)->reason, ==, REASON_FEW_FIRMS);
        if (one == NULL)
            one = g_steal_pointer(&json);
        else
            g_assert_cmpstr(json, ==, one);
        scene_clear(&scene);
    }
}

/* With gamma's firms of the second quarter hidden by the tables, the year would tell
 * them; once enough firms came back in another quarter it does not. */
static void a_year_that_would_tell_a_quarter_is_hidden(void) {
    const struct reports firms = {
        {EVEN(3), EVEN(3), {5, 5, 5, 1, 1, 1, 5, 5, 5, 5, 5, 5}, EVEN(1)}};
    struct scene scene = scene_new(&firms);
    g_assert_cmpint(expectation(&scene, 2)->reason, ==, REASON_FEW_MARKETPLACES);
    for (int i = 0; i < 4; i++)
        tally_count_quarter(scene.tally, EXAMPLE_MONTH, 2, ANY);
    funnel_fill(scene.edition, scene.method, scene.registry, scene.tally);
    g_assert_cmpint(expectation(&scene, 2)->position, ==, POSITION_ABOVE_OUTER);
    g_assert_cmpfloat(expectation(&scene, 2)->firms.value, ==, 50);
    scene_clear(&scene);
}

static void a_rate_of_two_places_is_none(void) {
    const struct reports firms = {{EVEN(3), EVEN(3), {1, 1}, EVEN(1)}};
    struct scene scene = scene_new(&firms);
    g_assert_false(scene.edition->funnel.rate.known);
    g_assert_cmpint(scene.edition->funnel.reason, ==, REASON_FEW_MARKETPLACES);
    g_assert_cmpuint(scene.edition->funnel.limits->len, ==, 0);
    scene_clear(&scene);
}

static void no_report_is_a_ratio_of_0_told_exactly(void) {
    const struct reports firms = {{EVEN(3), EVEN(4), EVEN(0), EVEN(1)}};
    struct scene scene = scene_new(&firms);
    g_assert_cmpfloat(expectation(&scene, 2)->expected.value, ==, 14);
    g_assert_cmpfloat(expectation(&scene, 2)->ratio.value, ==, 0);
    g_assert_cmpfloat(expectation(&scene, 2)->high.value, ==, 0);
    g_assert_cmpint(expectation(&scene, 2)->position, ==, POSITION_BELOW_OUTER);
    scene_clear(&scene);
}

/* The same year, reported all at once every third month. */
static void bursts_widen_the_limits_and_steady_months_do_not(void) {
    const struct reports even = {{EVEN(3), EVEN(3), EVEN(2), EVEN(1)}};
    const struct reports bursts = {{{9, 0, 0, 9, 0, 0, 9, 0, 0, 9, 0, 0},
                                    {9, 0, 0, 9, 0, 0, 9, 0, 0, 9, 0, 0},
                                    {6, 0, 0, 6, 0, 0, 6, 0, 0, 6, 0, 0},
                                    EVEN(1)}};
    struct scene steady = scene_new(&even), unsteady = scene_new(&bursts);
    g_assert_cmpfloat(steady.edition->funnel.dispersion.value, ==, 1);
    /* χ² = 2 × 72 + 48 of 33 degrees of freedom: 5.82. */
    g_assert_cmpfloat(unsteady.edition->funnel.dispersion.value, ==, 6);
    const struct edition_limit *narrow =
        &g_array_index(steady.edition->funnel.limits, struct edition_limit, 20);
    const struct edition_limit *wide =
        &g_array_index(unsteady.edition->funnel.limits, struct edition_limit, 20);
    g_assert_cmpfloat(narrow->expected, ==, wide->expected);
    g_assert_cmpfloat(wide->outer_high, >, narrow->outer_high);
    g_assert_cmpfloat(wide->inner_low, <, narrow->inner_low);
    g_assert_cmpint(expectation(&unsteady, 2)->position, ==, POSITION_INSIDE);
    scene_clear(&steady);
    scene_clear(&unsteady);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/funnel/" #name, name)
    TEST(limits_pass_through_the_poisson_law_at_whole_numbers);
    TEST(limits_are_near_those_of_the_methodology);
    TEST(limits_narrow_as_more_is_expected);
    TEST(the_expected_follow_from_the_median_rate);
    TEST(nothing_tells_how_many_a_place_of_few_firms_has);
    TEST(a_year_that_would_tell_a_quarter_is_hidden);
    TEST(a_rate_of_two_places_is_none);
    TEST(no_report_is_a_ratio_of_0_told_exactly);
    TEST(bursts_widen_the_limits_and_steady_months_do_not);
    return g_test_run();
}
