#include "barometre/alert.h"

#include "golden_example.h"

#include <gsl/gsl_randist.h>
#include <math.h>

enum { WINDOWS = 25, FIRMS = 40 };

struct scene {
    struct method *method;
    struct registry *registry;
    struct tally *tally;
    struct words *words[WORDS_LANGUAGES];
};

/* Months held for 25 windows, each with `firms` firms in the first pillar of each place.
 */
static struct scene scene_new(int firms) {
    struct scene scene = {.method = example_method(),
                          .registry = example_registry(false)};
    scene.tally = tally_new(EXAMPLE_MONTH, WINDOWS, 4, 3);
    tally_hold_months(scene.tally, WINDOWS + scene.method->window_months - 1);
    const struct rule_answer answers[METHOD_MOST_INDICATORS] = {{.what = ANSWER_NONE}};
    for (int window = 0; window < WINDOWS; window++)
        for (int place = 0; place < 4; place++)
            for (int i = 0; i < firms; i++)
                tally_count(tally_cell(scene.tally, window, place, 0),
                            &scene.method->pillars[0], 0, answers);
    tally_finish(scene.tally);
    for (int i = 0; i < WORDS_LANGUAGES; i++)
        scene.words[i] = words_load((enum words_language)i, NULL, NULL);
    return scene;
}

static void scene_clear(struct scene *scene) {
    method_free(scene->method);
    registry_free(scene->registry);
    tally_free(scene->tally);
    for (int i = 0; i < WORDS_LANGUAGES; i++)
        words_free(scene->words[i]);
}

/* The same number of reports in each month from `first` to `last` months back. */
static void report(struct scene *scene, int place, int first, int last, int reports) {
    for (int back = last; back <= first; back++)
        for (int i = 0; i < reports; i++) {
            tally_count_month(scene->tally, EXAMPLE_MONTH - back, place, 0);
            tally_count_month(scene->tally, EXAMPLE_MONTH - back, place, 3);
        }
}

static struct edition *watch(const struct scene *scene) {
    struct edition *edition = edition_new();
    for (int i = 0; i < 4; i++)
        edition_add_marketplace(edition);
    alert_fill(edition, scene->method, scene->registry, scene->tally,
               (const struct words *const *)scene->words);
    return edition;
}

static const GPtrArray *alerts_of(const struct edition *edition, guint place) {
    const struct edition_marketplace *marketplace =
        g_ptr_array_index(edition->marketplaces, place);
    return marketplace->alerts;
}

static void the_path_of_the_example_alerts_in_its_ninth_month(void) {
    static const int reports[] = {2, 4, 3, 5, 2, 3, 6, 7, 8, 5, 9, 4};
    static const double path[] = {0,      0,      0,      0.4657, 0,      0,
                                  1.1589, 3.0109, 5.5561, 0.4657, 3.7041, 3.4766};
    scoped(method) *method = example_method();
    double sum = 0;
    for (guint i = 0; i < G_N_ELEMENTS(reports); i++) {
        sum = alert_step(&method->alert, sum, reports[i], 3);
        g_assert_cmpfloat_with_epsilon(sum, path[i], 5e-5);
        g_assert_cmpint(alert_is_due(&method->alert, sum), ==, i + 1 == 9);
        if (alert_is_due(&method->alert, sum))
            sum = 0;
    }
}

/* A step is the logarithm of the ratio of two Poisson probabilities, for any ratio. */
static void a_step_is_a_likelihood_ratio(void) {
    const struct method_alert alert = {.ratio = 3.5, .likelihood = 100};
    for (unsigned n = 0; n < 30; n++) {
        const double ratio = gsl_ran_poisson_pdf(n, 3.5 * 4) / gsl_ran_poisson_pdf(n, 4);
        g_assert_cmpfloat_with_epsilon(alert_step(&alert, 50, (int)n, 4), 50 + log(ratio),
                                       1e-9);
    }
}

static double mean_months(const struct method_alert *alert, double mu, double ratio,
                          int paths) {
    gsl_rng *stream = gsl_rng_alloc(gsl_rng_mt19937);
    double months = 0;
    for (int i = 0; i < paths; i++) {
        double sum = 0;
        for (int t = 0; t < 5000 && !alert_is_due(alert, sum); t++, months++)
            sum = alert_step(alert, sum, (int)gsl_ran_poisson(stream, mu * ratio), mu);
    }
    gsl_rng_free(stream);
    return months / paths;
}

static void false_alarms_are_rare_and_a_doubling_is_seen_soon(void) {
    static const struct {
        double mu, quiet, doubled; /* months of the methodology's own simulation */
    } cases[] = {{1, 820.0, 12.1}, {3, 524.6, 4.8}, {10, 715.4, 2.0}};
    scoped(method) *method = example_method();
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        const double quiet = mean_months(&method->alert, cases[i].mu, 1, 1500);
        g_assert_cmpfloat(quiet, >, method->alert.likelihood); /* the proven bound */
        g_assert_cmpfloat_with_epsilon(quiet / cases[i].quiet, 1, 0.2);
        const double doubled = mean_months(&method->alert, cases[i].mu, 2, 4000);
        g_assert_cmpfloat_with_epsilon(doubled / cases[i].doubled, 1, 0.06);
    }
}

static void a_share_is_own_by_the_exact_binomial_tail(void) {
    scoped(method) *method = example_method();
    for (int reports = 0; reports <= 30; reports++) {
        double tail = 0;
        for (int x = reports; x <= 30; x++)
            tail += gsl_ran_binomial_pdf((unsigned)x, 0.3, 30);
        g_assert_cmpint(alert_is_own(&method->alert, reports, 30, 0.3), ==, tail < 0.01);
    }
    g_assert_false(alert_is_own(&method->alert, 5, 5, 1));
    g_assert_true(alert_is_own(&method->alert, 5, 5, 0));
}

static void a_steady_pace_is_no_alert(void) {
    struct scene scene = scene_new(FIRMS);
    for (int place = 0; place < 4; place++)
        report(&scene, place, 35, 0, 4);
    scoped(edition) *edition = watch(&scene);
    for (guint place = 0; place < 4; place++)
        g_assert_cmpuint(alerts_of(edition, place)->len, ==, 0);
    scene_clear(&scene);
}

/* Place 0 has sellers, place 3 has none known. */
static void a_rise_at_one_place_is_its_own(void) {
    for (int risen = 0; risen < 4; risen += 3) {
        struct scene scene = scene_new(FIRMS);
        for (int place = 0; place < 4; place++)
            report(&scene, place, 35, 0, 4);
        report(&scene, risen, 2, 0, 8);
        scoped(edition) *edition = watch(&scene);
        for (int place = 0; place < 4; place++)
            g_assert_cmpint(alerts_of(edition, (guint)place)->len > 0, ==,
                            place == risen);
        const struct edition_alert *alert =
            g_ptr_array_index(alerts_of(edition, (guint)risen), 0);
        g_assert_cmpstr(alert->pillar, ==, "delisting");
        g_assert_cmpint(alert->month, >, EXAMPLE_MONTH - 3);
        g_assert_true(alert->own);
        g_assert_nonnull(strstr(alert->sentence[WORDS_FR], "a doublé"));
        g_assert_nonnull(strstr(alert->sentence[WORDS_EN], "100 times likelier"));
        scene_clear(&scene);
    }
}

static void a_rise_everywhere_is_general(void) {
    struct scene scene = scene_new(FIRMS);
    for (int place = 0; place < 4; place++) {
        report(&scene, place, 35, 0, 4);
        report(&scene, place, 2, 0, 8);
    }
    scoped(edition) *edition = watch(&scene);
    for (guint place = 0; place < 4; place++) {
        g_assert_cmpuint(alerts_of(edition, place)->len, >, 0);
        const struct edition_alert *alert =
            g_ptr_array_index(alerts_of(edition, place), 0);
        g_assert_false(alert->own);
    }
    scene_clear(&scene);
}

static void a_beginning_is_not_a_rise(void) {
    struct scene scene = scene_new(FIRMS);
    for (int place = 0; place < 4; place++)
        report(&scene, place, 11, 0, 2 + 3 * place);
    scoped(edition) *edition = watch(&scene);
    for (guint place = 0; place < 4; place++)
        g_assert_cmpuint(alerts_of(edition, place)->len, ==, 0);
    scene_clear(&scene);
}

/* Three calls of one firm are three reports a month, but one firm. */
static void few_firms_are_not_told_of(void) {
    for (int firms = 4; firms <= 5; firms++) {
        struct scene scene = scene_new(firms);
        report(&scene, 1, 35, 0, 1);
        report(&scene, 1, 3, 0, 12);
        scoped(edition) *edition = watch(&scene);
        g_assert_cmpint(alerts_of(edition, 1)->len > 0, ==,
                        firms >= scene.method->disclosure_threshold);
        scene_clear(&scene);
    }
}

static void a_sentence_does_not_depend_on_how_many_reported(void) {
    g_autofree char *said = NULL;
    for (int more = 20; more <= 40; more += 20) {
        struct scene scene = scene_new(FIRMS);
        report(&scene, 0, 35, 0, 4);
        report(&scene, 0, 0, 0, more);
        scoped(edition) *edition = watch(&scene);
        const struct edition_alert *alert = g_ptr_array_index(alerts_of(edition, 0), 0);
        if (said != NULL)
            g_assert_cmpstr(alert->sentence[WORDS_FR], ==, said);
        g_free(said);
        said = g_strdup(alert->sentence[WORDS_FR]);
        scene_clear(&scene);
    }
}

/* Each December brings three times as much; only years of it can tell that it is the
 * season. */
static void a_season_is_expected_once_three_years_are_known(void) {
    for (int years = 2; years <= 3; years++) {
        struct scene scene = scene_new(FIRMS);
        for (int place = 0; place < 4; place++) {
            report(&scene, place, 12 * years - 1, 0, 8);
            for (int back = 0; back < 12 * years; back += 12)
                report(&scene, place, back, back, 16);
        }
        scoped(edition) *edition = watch(&scene);
        for (guint place = 0; place < 4; place++)
            g_assert_cmpint(alerts_of(edition, place)->len > 0, ==, years == 2);
        scene_clear(&scene);
    }
}

static void too_few_reports_tell_no_season(void) {
    struct scene scene = scene_new(FIRMS);
    report(&scene, 1, 35, 0, 4);
    for (int back = 0; back < 36; back += 12)
        report(&scene, 1, back, back, 14);
    scoped(edition) *edition = watch(&scene);
    g_assert_cmpuint(alerts_of(edition, 1)->len, >, 0);
    scene_clear(&scene);
}

static void the_sum_begins_anew_after_an_alert(void) {
    struct scene scene = scene_new(FIRMS);
    report(&scene, 0, 35, 0, 4);
    report(&scene, 0, 4, 4, 40);
    scoped(edition) *edition = watch(&scene);
    g_assert_cmpuint(alerts_of(edition, 0)->len, ==, 1);
    scene_clear(&scene);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/alert/" #name, name)
    TEST(the_path_of_the_example_alerts_in_its_ninth_month);
    TEST(a_step_is_a_likelihood_ratio);
    TEST(false_alarms_are_rare_and_a_doubling_is_seen_soon);
    TEST(a_share_is_own_by_the_exact_binomial_tail);
    TEST(a_steady_pace_is_no_alert);
    TEST(a_rise_at_one_place_is_its_own);
    TEST(a_rise_everywhere_is_general);
    TEST(a_beginning_is_not_a_rise);
    TEST(few_firms_are_not_told_of);
    TEST(a_sentence_does_not_depend_on_how_many_reported);
    TEST(a_season_is_expected_once_three_years_are_known);
    TEST(too_few_reports_tell_no_season);
    TEST(the_sum_begins_anew_after_an_alert);
    return g_test_run();
}
