/* The curve of a delay: R's numbers before secrecy, and what secrecy lets through. */
#include "curve.h"
#include "golden_example.h"
#include "survival.h"

#include <math.h>

#define MOST 400

/* Cases as (days, answered or not), sorted as a tally sorts them. */
struct trial {
    int days[MOST];
    bool answered[MOST];
    int count;
};

/* Freireich et al. 1963, by Gehan 1965: weeks in remission. */
static const struct trial six_mp = {
    .days = {6,  6,  6,  6,  7,  9,  10, 10, 11, 13, 16,
             17, 19, 20, 22, 23, 25, 32, 32, 34, 35},
    .answered = {1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0},
    .count = 21};
static const struct trial placebo = {
    .days = {1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23},
    .answered = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
    .count = 21};

static GArray *durations_of(const struct trial *trial) {
    GArray *durations = g_array_new(FALSE, FALSE, sizeof(struct tally_duration));
    for (int i = 0; i < trial->count; i++) {
        const struct tally_duration duration = {3, trial->days[i], trial->answered[i], 1};
        g_array_append_val(durations, duration);
    }
    return durations;
}

/* The caller unrefs the points. */
static struct edition_curve curve_of(const struct method *method,
                                     const struct trial *trial, int horizon) {
    g_autoptr(GArray) durations = durations_of(trial);
    struct edition_curve curve = {
        .points = g_array_new(FALSE, TRUE, sizeof(struct edition_curve_point))};
    curve_fill(&curve, method, durations, 3, horizon);
    return curve;
}

static const struct edition_curve_point *point_at(const struct edition_curve *curve,
                                                  guint i) {
    return &g_array_index(curve->points, struct edition_curve_point, i);
}

static void check_point(const struct edition_curve *curve, guint i, int day, int share,
                        double low, double high) {
    g_assert_cmpuint(i, <, curve->points->len);
    const struct edition_curve_point *point = point_at(curve, i);
    g_assert_cmpint(point->day, ==, day);
    g_assert_cmpint(point->share, ==, share);
    g_assert_true(point->low.known && point->high.known);
    g_assert_cmpfloat(point->low.value, ==, low);
    g_assert_cmpfloat(point->high.value, ==, high);
}

static int count_on(const struct trial *trial, int from, int to, bool answered_only) {
    int count = 0;
    for (int i = 0; i < trial->count; i++)
        count += trial->days[i] >= from && trial->days[i] <= to &&
                 (trial->answered[i] || !answered_only);
    return count;
}

/* survfit(Surv(time, status), conf.type = "log-log"), R 4.2.2, survival 3.5-3. */
static void survival_is_that_of_r(void) {
    static const struct {
        int week;
        double open, error;
    } rows[] = {{6, 0.8571429, 0.07636035},
                {10, 0.7529412, 0.09634965},
                {15, 0.6901961, 0.10681471},
                {22, 0.5378151, 0.12823375}};
    for (size_t r = 0; r < G_N_ELEMENTS(rows); r++) {
        struct survival survival = {.open = 1};
        for (int week = 0; week <= rows[r].week; week++) {
            const int events = count_on(&six_mp, week, week, true);
            if (events > 0)
                survival_step(&survival, count_on(&six_mp, week, MOST, false), events);
        }
        g_assert_cmpfloat_with_epsilon(survival.open, rows[r].open, 1e-7);
        g_assert_cmpfloat_with_epsilon(survival.open * sqrt(survival.greenwood),
                                       rows[r].error, 1e-7);
        double lower, upper;
        survival_bounds(&survival, 1.959963984540054, &lower, &upper);
        if (rows[r].week == 15) {
            g_assert_cmpfloat_with_epsilon(lower, 0.4316102, 1e-7);
            g_assert_cmpfloat_with_epsilon(upper, 0.8490660, 1e-7);
        }
    }
}

/* By hand from R's S(10) and its standard error; 5 % is the unit of 21 cases. Four more
 * are answered until week 35, which is not told. */
static void gehans_curve_is_told_in_steps_of_five_cases(void) {
    scoped(method) *method = example_method();
    const struct edition_curve treated = curve_of(method, &six_mp, 18);
    g_assert_cmpint(treated.reason, ==, REASON_NONE);
    g_assert_cmpint(treated.most_days, ==, 36);
    g_assert_cmpuint(treated.points->len, ==, 1);
    check_point(&treated, 0, 10, 25, 10, 45);
    const struct edition_curve control = curve_of(method, &placebo, 18);
    g_assert_cmpuint(control.points->len, ==, 2);
    g_assert_cmpint(point_at(&control, 0)->day, ==, 3);
    g_assert_cmpint(point_at(&control, 0)->share, ==, 25); /* 5 of 21 */
    g_assert_cmpint(point_at(&control, 1)->day, ==, 8);
    g_assert_cmpint(point_at(&control, 1)->share, ==, 60); /* 13 of 21 */
    g_array_unref(treated.points);
    g_array_unref(control.points);
}

static void all_answered_on_day_0_is_one_point_without_interval(void) {
    scoped(method) *method = example_method();
    struct trial trial = {.count = 12};
    for (int i = 0; i < trial.count; i++)
        trial.answered[i] = true;
    const struct edition_curve curve = curve_of(method, &trial, 15);
    g_assert_cmpuint(curve.points->len, ==, 1);
    g_assert_cmpint(point_at(&curve, 0)->day, ==, 0);
    g_assert_cmpint(point_at(&curve, 0)->share, ==, 100);
    g_assert_false(point_at(&curve, 0)->low.known || point_at(&curve, 0)->high.known);
    g_array_unref(curve.points);
}

static void nothing_answered_is_a_curve_without_points(void) {
    scoped(method) *method = example_method();
    struct trial trial = {.count = 12};
    for (int i = 0; i < trial.count; i++)
        trial.days[i] = 40;
    const struct edition_curve curve = curve_of(method, &trial, 15);
    g_assert_cmpint(curve.reason, ==, REASON_NONE);
    g_assert_cmpuint(curve.points->len, ==, 0);
    g_array_unref(curve.points);
}

static void few_cases_have_no_curve(void) {
    scoped(method) *method = example_method();
    struct trial trial = placebo;
    trial.count = method->gates.indicator_answers - 1;
    const struct edition_curve curve = curve_of(method, &trial, 15);
    g_assert_cmpint(curve.reason, ==, REASON_FEW_ANSWERS);
    g_assert_cmpuint(curve.points->len, ==, 0);
    g_array_unref(curve.points);
}

static int compare_days(const void *a, const void *b) {
    return *(const int *)a - *(const int *)b;
}

/* Days first, so that cases of a day need no order among themselves: an answer of the day
 * leads, as in a tally. */
static struct trial any_trial(GRand *random) {
    struct trial trial = {.count = g_rand_int_range(random, 10, MOST)};
    if (g_rand_boolean(random))
        trial.count = g_rand_int_range(random, 10, 40);
    const int longest = g_rand_int_range(random, 1, 60);
    const double open = g_rand_double(random);
    for (int i = 0; i < trial.count; i++)
        trial.days[i] = g_rand_int_range(random, 0, longest) * 2 +
                        (g_rand_double(random) < open * open); /* odd: open */
    qsort(trial.days, (size_t)trial.count, sizeof *trial.days, compare_days);
    for (int i = 0; i < trial.count; i++) {
        trial.answered[i] = trial.days[i] % 2 == 0;
        trial.days[i] /= 2;
    }
    return trial;
}

/* What a reader learns of answers and of cases without one, from the days of the points
 * and even the exact counts, is never a number of 1 to T − 1. */
static void no_point_tells_of_a_few_cases(void) {
    scoped(method) *method = example_method();
    g_autoptr(GRand) random = g_rand_new_with_seed(20261101);
    const int threshold = method->disclosure_threshold;
    int points = 0;
    for (int round = 0; round < 2000; round++) {
        const struct trial trial = any_trial(random);
        const struct edition_curve curve = curve_of(method, &trial, 15);
        int before = -1, share = 0;
        for (guint i = 0; i < curve.points->len; i++, points++) {
            const struct edition_curve_point *point = point_at(&curve, i);
            const int rest = trial.count - count_on(&trial, 0, point->day, true);
            g_assert_cmpint(count_on(&trial, before + 1, point->day, true), >=,
                            threshold);
            g_assert_cmpint(count_on(&trial, point->day, MOST, false), >=, threshold);
            g_assert_true(rest == 0 || rest >= threshold);
            g_assert_cmpint(point->share, >=, share);
            if (point->share == 100) /* nobody is left open, nor later told */
                g_assert_cmpint(count_on(&trial, point->day, MOST, false), ==,
                                count_on(&trial, point->day, MOST, true));
            g_assert_cmpint(point->day, <=, 30);
            before = point->day;
            share = point->share;
        }
        g_array_unref(curve.points);
    }
    g_assert_cmpint(points, >, 5000);
}

/* The unit is coarse where a finer one would be less than T cases, as far as the method
 * has any. */
static void shares_are_multiples_of_a_unit_that_hides_a_case(void) {
    scoped(method) *method = example_method();
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    for (int round = 0; round < 500; round++) {
        const struct trial trial = any_trial(random);
        const int unit = trial.count >= 250 ? 2 : 5;
        const struct edition_curve curve = curve_of(method, &trial, 15);
        for (guint i = 0; i < curve.points->len; i++) {
            const struct edition_curve_point *point = point_at(&curve, i);
            g_assert_cmpint(point->share % unit, ==, 0);
            if (!point->low.known)
                continue;
            g_assert_cmpint((int)point->low.value % unit, ==, 0);
            g_assert_cmpint((int)point->high.value % unit, ==, 0);
            g_assert_cmpfloat(point->low.value, <=, point->share);
            g_assert_cmpfloat(point->high.value, >=, point->share);
        }
        g_array_unref(curve.points);
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/curve/" #name, name)
    TEST(survival_is_that_of_r);
    TEST(gehans_curve_is_told_in_steps_of_five_cases);
    TEST(all_answered_on_day_0_is_one_point_without_interval);
    TEST(nothing_answered_is_a_curve_without_points);
    TEST(few_cases_have_no_curve);
    TEST(no_point_tells_of_a_few_cases);
    TEST(shares_are_multiples_of_a_unit_that_hides_a_case);
    return g_test_run();
}
