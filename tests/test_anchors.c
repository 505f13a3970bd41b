/* The engine's own functions against numbers that others published. */
#include "barometre/bootstrap.h"
#include "barometre/watch.h"

#include "indicator.h"
#include "variant.h"

#include <math.h>

static struct method three_pillars(void) {
    struct method method = {.pillar_count = 3, .overall_floor = 1};
    for (int i = 0; i < 3; i++)
        method.pillars[i].weight = 1;
    return method;
}

/* a_amean and a_gmean of COINr 1.1.14: values 10, 20, 40 of weight 1, 2, 1. */
static void means_are_those_of_coinr(void) {
    const struct method method = three_pillars();
    static const double weights[] = {1, 2, 1}, values[] = {10, 20, 40};
    g_assert_cmpfloat_with_epsilon(
        variant_aggregate(&method, AGGREGATION_ARITHMETIC, weights, values), 22.5, 1e-12);
    g_assert_cmpfloat_with_epsilon(
        variant_aggregate(&method, AGGREGATION_GEOMETRIC, weights, values), 20, 1e-12);
}

/* Sustainability of the ASEM index (COINr's example data): pillars Environ, Social and
 * SusEcFin, then their two means. */
static void asem_countries_aggregate_as_in_coinr(void) {
    static const struct {
        double pillars[3], arithmetic, geometric;
    } rows[] = {
        {{77.574865, 81.395466, 58.304957}, 72.425096, 71.670798}, /* CHE */
        {{45.720704, 34.635579, 68.186612}, 49.514298, 47.618768}, /* CHN */
        {{63.464708, 77.566039, 66.865871}, 69.298873, 69.045620}, /* DEU */
        {{66.543961, 66.170216, 54.177448}, 62.297208, 62.019736}, /* FRA */
        {{67.680083, 76.888459, 53.042082}, 65.870208, 65.109976}, /* GBR */
    };
    const struct method method = three_pillars();
    static const double weights[] = {1, 1, 1};
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        const double *pillars = rows[i].pillars;
        g_assert_cmpfloat_with_epsilon(
            variant_aggregate(&method, AGGREGATION_ARITHMETIC, weights, pillars),
            rows[i].arithmetic, 1e-6);
        g_assert_cmpfloat_with_epsilon(score_overall(&method, pillars), rows[i].geometric,
                                       1e-6);
    }
}

/* The whole ASEM index: connectivity and sustainability, arithmetic mean. */
static void asem_totals_are_those_of_coinr(void) {
    static const struct {
        double pillars[2], index;
    } rows[] = {
        {{81.16, 69.30}, 75.23}, /* DEU */
        {{72.00, 65.87}, 68.94}, /* GBR */
        {{69.54, 62.30}, 65.92}, /* FRA */
        {{52.79, 72.43}, 62.61}, /* CHE */
        {{55.99, 66.50}, 61.24}, /* NLD */
    };
    struct method method = three_pillars();
    method.pillar_count = 2;
    static const double weights[] = {1, 1};
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        g_assert_cmpfloat_with_epsilon(
            variant_aggregate(&method, AGGREGATION_ARITHMETIC, weights, rows[i].pillars),
            rows[i].index, 0.0051);
}

static double linear_score(double zero, double hundred, double value) {
    const struct method_incidence goalposts = {
        .worst_rate = zero, .best_rate = hundred, .linear = true};
    return indicator_rate_score(&goalposts, value);
}

/* n_goalposts of COINr 1.1.14: posts 0.5 and 5.5, scale 100, the less the better. */
static void goalposts_are_those_of_coinr(void) {
    static const double values[] = {0.2, 1, 3, 10}, scores[] = {100, 90, 50, 0};
    for (guint i = 0; i < G_N_ELEMENTS(values); i++)
        g_assert_cmpfloat_with_epsilon(linear_score(5.5, 0.5, values[i]), scores[i],
                                       1e-12);
}

static double income_score(double dollars) {
    const struct method_incidence goalposts = {.worst_rate = 100, .best_rate = 75000};
    return indicator_rate_score(&goalposts, dollars);
}

/* Human Development Index of 2019 (UNDP, Report 2020): fixed goalposts, the logarithm of
 * income, a geometric mean. */
static void the_hdi_is_what_was_published(void) {
    static const struct {
        double life_years, expected_school_years, mean_school_years, income;
        double published;
    } rows[] = {
        {82.4, 18.1, 12.9, 66494, 0.957}, /* Norway */
        {82.7, 15.6, 11.5, 47173, 0.901}, /* France */
        {62.4, 6.5, 2.1, 1201, 0.394},    /* Niger */
    };
    const struct method method = three_pillars();
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        const double dimensions[] = {
            linear_score(20, 85, rows[i].life_years),
            (linear_score(0, 18, rows[i].expected_school_years) +
             linear_score(0, 15, rows[i].mean_school_years)) /
                2,
            income_score(rows[i].income),
        };
        g_assert_cmpfloat_with_epsilon(score_overall(&method, dimensions),
                                       100 * rows[i].published, 0.05);
    }
}

/* Survival data: open cases are negative. */
struct trial {
    int count;
    const int *times;
};

#define TRIAL(...)                                                                       \
    {                                                                                    \
        sizeof((const int[]){__VA_ARGS__}) / sizeof(int), (const int[]) {                \
            __VA_ARGS__                                                                  \
        }                                                                                \
    }

/* Freireich et al. 1963, by Gehan 1965: weeks in remission. */
static const struct trial six_mp = TRIAL(6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17,
                                         -19, -20, 22, 23, -25, -32, -32, -34, -35);
static const struct trial placebo =
    TRIAL(1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23);

/* Miller 1997, `aml` of R's survival package: weeks of maintained and other patients. */
static const struct trial maintained =
    TRIAL(9, 13, -13, 18, 23, -28, 31, 34, -45, 48, -161);
static const struct trial not_maintained =
    TRIAL(5, 5, 8, 8, 12, -16, 23, 27, 30, 33, 43, 45);

static struct tally *trial_tally(const struct trial *trial, int horizon_days) {
    const struct method_pillar pillar = {
        .indicator_count = 1,
        .indicators = {{.kind = INDICATOR_DELAY, .rule = {.days = horizon_days}}},
    };
    struct tally *tally = tally_new(0, 1, 1, 1);
    for (int i = 0; i < trial->count; i++) {
        const struct rule_answer answer = {
            .what = trial->times[i] > 0 ? ANSWER_EVENT : ANSWER_OPEN,
            .days = abs(trial->times[i]),
        };
        tally_count(tally_cell(tally, 0, 0, 0), &pillar, 0, &answer);
    }
    tally_finish(tally);
    return tally;
}

/* Without phantom firms the estimate is Kaplan and Meier's own. */
static double survival_at(const struct trial *trial, int days) {
    static const double nobody = 1e-13;
    scoped(tally) *tally = trial_tally(trial, days);
    const GArray *patterns = tally_cell(tally, 0, 0, 0)->patterns;
    g_autofree double *weights = g_new0(double, patterns->len + 1);
    for (guint i = 0; i < patterns->len; i++)
        weights[i] = g_array_index(patterns, struct tally_pattern, i).firms;
    const struct indicator_evidence evidence = {patterns, weights, nobody, nobody};
    return 1 - indicator_delay(&evidence, 0, days);
}

/* By survfit of R's survival 3.5-3. */
static void survival_is_that_of_r(void) {
    static const struct {
        const struct trial *trial;
        int days;
        double survival;
    } rows[] = {
        {&six_mp, 6, 0.8571429},  {&six_mp, 10, 0.7529412},  {&six_mp, 15, 0.6901961},
        {&six_mp, 22, 0.5378151}, {&placebo, 6, 0.57142857}, {&placebo, 15, 0.14285714},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        g_assert_cmpfloat_with_epsilon(survival_at(rows[i].trial, rows[i].days),
                                       rows[i].survival, 1e-7);
}

/* By survfit with conf.type = "log-log"; 0: not reached. */
static void medians_are_those_of_r(void) {
    static const struct {
        const struct trial *trial;
        int median, low, high;
    } rows[] = {
        {&six_mp, 23, 13, 0},
        {&placebo, 8, 4, 11},
        {&maintained, 31, 13, 0},
        {&not_maintained, 23, 5, 33},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        scoped(tally) *tally = trial_tally(rows[i].trial, 15);
        int cases;
        const struct edition_median median =
            indicator_median(tally_cell(tally, 0, 0, 0)->durations, 0, &cases);
        g_assert_cmpint(cases, ==, rows[i].trial->count);
        g_assert_cmpfloat(median.days.value, ==, rows[i].median);
        g_assert_cmpfloat(median.low.value, ==, rows[i].low);
        g_assert_cmpint(median.high.known, ==, rows[i].high > 0);
        g_assert_cmpfloat(median.high.known ? median.high.value : 0, ==, rows[i].high);
    }
}

/* Newcombe 1998, table I, method 3 (4 decimals); others by R's binom.confint. */
static void score_intervals_are_newcombes(void) {
    static const struct {
        int yes, n;
        double low, high, precision;
    } rows[] = {
        {81, 263, 0.2553, 0.3662, 5e-5},
        {15, 148, 0.0624, 0.1605, 5e-5},
        {0, 20, 0, 0.1611, 5e-5},
        {1, 29, 0.0061, 0.1718, 5e-5},
        {0, 10, 0, 0.27753280, 5e-9},
        {1, 10, 0.01787621, 0.40415003, 5e-9},
        {5, 10, 0.23659309, 0.76340691, 5e-9},
        {10, 10, 0.72246720, 1, 5e-9},
        {11, 38, 0.17003278, 0.44757138, 5e-9},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        double low, high;
        watch_wilson(rows[i].yes, rows[i].n, &low, &high);
        g_assert_cmpfloat_with_epsilon(low, rows[i].low, rows[i].precision);
        g_assert_cmpfloat_with_epsilon(high, rows[i].high, rows[i].precision);
    }
}

/* The example of R's poisson.test: 11 of 800 against 21 of 3,011 person-years. */
static void equal_rates_are_tested_as_in_r(void) {
    g_assert_cmpfloat_with_epsilon(watch_change_p(11, 800, 21, 3011), 0.07967, 5e-6);
}

/* quantile() of R, type 7: its default. */
static void quantiles_are_those_of_r(void) {
    static const struct {
        double p, quantile;
    } rows[] = {{0, 1},       {0.05, 1.45}, {0.25, 3.25}, {0.5, 5.5},
                {0.75, 7.75}, {0.95, 9.55}, {1, 10}};
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        double values[] = {7, 1, 10, 4, 2, 9, 3, 8, 6, 5};
        g_assert_cmpfloat_with_epsilon(
            bootstrap_quantile(values, G_N_ELEMENTS(values), rows[i].p), rows[i].quantile,
            1e-12);
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/anchors/" #name, name)
    TEST(means_are_those_of_coinr);
    TEST(asem_countries_aggregate_as_in_coinr);
    TEST(asem_totals_are_those_of_coinr);
    TEST(goalposts_are_those_of_coinr);
    TEST(the_hdi_is_what_was_published);
    TEST(survival_is_that_of_r);
    TEST(medians_are_those_of_r);
    TEST(score_intervals_are_newcombes);
    TEST(equal_rates_are_tested_as_in_r);
    TEST(quantiles_are_those_of_r);
    return g_test_run();
}
