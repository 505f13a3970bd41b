#include "../src/score/indicator.h"

#include <math.h>

/* A cell of one share (indicator 0) and one delay of 15 days (indicator 1). */
static const struct method_pillar pillar = {
    .indicator_count = 2,
    .indicators = {{.kind = INDICATOR_SHARE},
                   {.kind = INDICATOR_DELAY, .rule = {.days = 15}}},
};

static void count(struct tally *tally, int what, int days) {
    struct rule_answer answers[2] = {{.what = ANSWER_NONE}, {.what = ANSWER_NONE}};
    answers[what == ANSWER_EVENT || what == ANSWER_OPEN].what = what;
    answers[1].days = days;
    tally_count(tally_cell(tally, 0, 0, 0), &pillar, 0, answers);
}

static struct indicator_evidence evidence_of(const struct tally *tally, double *weights) {
    const GArray *patterns = tally_cell(tally, 0, 0, 0)->patterns;
    for (guint i = 0; i < patterns->len; i++)
        weights[i] = g_array_index(patterns, struct tally_pattern, i).firms;
    return (struct indicator_evidence){patterns, weights, 0.5, 0.5};
}

static void a_share_is_the_jeffreys_estimate(void) {
    scoped(tally) *tally = tally_new(0, 1, 1, 1);
    for (int i = 0; i < 38; i++)
        count(tally, i < 9 ? ANSWER_YES : ANSWER_NO, 0);
    tally_finish(tally);
    double weights[8];
    const struct indicator_evidence evidence = evidence_of(tally, weights);
    g_assert_cmpfloat_with_epsilon(indicator_share(&evidence, 0), 9.5 / 39, 1e-15);
}

static void without_an_answer_a_share_is_one_half(void) {
    scoped(tally) *tally = tally_new(0, 1, 1, 1);
    const struct indicator_evidence evidence = evidence_of(tally, NULL);
    g_assert_cmpfloat(indicator_share(&evidence, 0), ==, 0.5);
    g_assert_cmpfloat(indicator_delay(&evidence, 1, 15), ==, 0.5);
}

static void without_open_cases_a_delay_is_a_share(void) {
    g_autoptr(GRand) random = g_rand_new_with_seed(20261031);
    for (int round = 0; round < 200; round++) {
        scoped(tally) *tally = tally_new(0, 1, 1, 1);
        const int firms = g_rand_int_range(random, 0, 60);
        int in_time = 0;
        for (int i = 0; i < firms; i++) {
            const int days = g_rand_int_range(random, 0, 31);
            in_time += days <= 15;
            count(tally, ANSWER_EVENT, days);
        }
        tally_finish(tally);
        double weights[64];
        const struct indicator_evidence evidence = evidence_of(tally, weights);
        g_assert_cmpfloat_with_epsilon(indicator_delay(&evidence, 1, 15),
                                       (in_time + 0.5) / (firms + 1), 1e-12);
    }
}

static void any_weights_give_the_weighted_share_too(void) {
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    for (int round = 0; round < 200; round++) {
        scoped(tally) *tally = tally_new(0, 1, 1, 1);
        for (int days = 0; days < 25; days++)
            count(tally, ANSWER_EVENT, days);
        tally_finish(tally);
        double weights[64];
        struct indicator_evidence evidence = evidence_of(tally, weights);
        evidence.phantom_yes = g_rand_double_range(random, 0.01, 2);
        evidence.phantom_no = g_rand_double_range(random, 0.01, 2);
        double yes = evidence.phantom_yes, all = yes + evidence.phantom_no;
        for (guint i = 0; i < evidence.patterns->len; i++) {
            weights[i] = g_rand_double_range(random, 0, 4);
            const struct tally_pattern *pattern =
                &g_array_index(evidence.patterns, struct tally_pattern, i);
            all += weights[i];
            yes += pattern->answer[1] % 2 == 1 ? weights[i] : 0;
        }
        g_assert_cmpfloat_with_epsilon(indicator_delay(&evidence, 1, 15), yes / all,
                                       1e-12);
    }
}

static void an_open_case_is_neither_dropped_nor_a_refusal(void) {
    scoped(tally) *open_ones = tally_new(0, 1, 1, 1);
    scoped(tally) *dropped = tally_new(0, 1, 1, 1);
    scoped(tally) *refused = tally_new(0, 1, 1, 1);
    for (int i = 0; i < 10; i++) {
        count(open_ones, ANSWER_EVENT, 3 * i);
        count(dropped, ANSWER_EVENT, 3 * i);
        count(refused, ANSWER_EVENT, 3 * i);
        count(open_ones, ANSWER_OPEN, i);
        count(refused, ANSWER_OPEN, 16);
    }
    tally_finish(open_ones);
    tally_finish(dropped);
    tally_finish(refused);
    double a[64], b[64], c[64];
    const struct indicator_evidence as_open = evidence_of(open_ones, a);
    const struct indicator_evidence as_dropped = evidence_of(dropped, b);
    const struct indicator_evidence as_refused = evidence_of(refused, c);
    const double share = indicator_delay(&as_open, 1, 15);
    g_assert_cmpfloat(share, <, indicator_delay(&as_dropped, 1, 15));
    g_assert_cmpfloat(share, >, indicator_delay(&as_refused, 1, 15));
}

static const struct method_incidence incidence = {2, 0.5, 0.5, 5.5};

/* COINr 1.1.14: n_goalposts(0.5→5.5, direction −1) is linear; ours is its logarithm, so
 * that only the ends and the geometric middle are common. */
static void goalposts_are_the_ends_of_the_scale(void) {
    g_assert_cmpfloat(indicator_rate_score(&incidence, 0.2), ==, 100);
    g_assert_cmpfloat(indicator_rate_score(&incidence, 0.5), ==, 100);
    g_assert_cmpfloat(indicator_rate_score(&incidence, 5.5), ==, 0);
    g_assert_cmpfloat(indicator_rate_score(&incidence, 10), ==, 0);
    g_assert_cmpfloat_with_epsilon(indicator_rate_score(&incidence, sqrt(0.5 * 5.5)), 50,
                                   1e-12);
}

static void an_unknown_exposure_is_the_centre_of_the_market(void) {
    g_assert_cmpfloat(indicator_rate(&incidence, 2.6, 40, 0), ==, 2.6);
    g_assert_cmpfloat_with_epsilon(indicator_rate(&incidence, 2.6, 26, 10), 2.6, 1e-12);
}

static struct edition_median median_of(const int *days, const int *events, int count_) {
    scoped(tally) *tally = tally_new(0, 1, 1, 1);
    for (int i = 0; i < count_; i++)
        count(tally, events[i] ? ANSWER_EVENT : ANSWER_OPEN, days[i]);
    tally_finish(tally);
    int cases;
    const struct edition_median median =
        indicator_median(tally_cell(tally, 0, 0, 0)->durations, 1, &cases);
    g_assert_cmpint(cases, ==, count_);
    return median;
}

/* Freireich and Gehan's trial, weeks in remission; medians by R's survival package. */
static void gehans_medians_are_those_of_r(void) {
    static const int treated[] = {6,  6,  6,  6,  7,  9,  10, 10, 11, 13, 16,
                                  17, 19, 20, 22, 23, 25, 32, 32, 34, 35};
    static const int relapsed[] = {1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1,
                                   0, 0, 0, 1, 1, 0, 0, 0, 0, 0};
    const struct edition_median six_mp = median_of(treated, relapsed, 21);
    g_assert_cmpfloat(six_mp.days.value, ==, 23);
    g_assert_cmpfloat(six_mp.low.value, ==, 13);
    g_assert_false(six_mp.high.known);
    static const int placebo[] = {1, 1, 2,  2,  3,  4,  4,  5,  5,  8, 8,
                                  8, 8, 11, 11, 12, 12, 15, 17, 22, 23};
    static const int all[21] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                                1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    const struct edition_median control = median_of(placebo, all, 21);
    g_assert_cmpfloat(control.days.value, ==, 8);
    g_assert_cmpfloat(control.low.value, ==, 4);
    g_assert_cmpfloat(control.high.value, ==, 11);
}

static void a_median_beyond_the_longest_case_is_not_reached(void) {
    static const int days[] = {3, 40, 40, 40}, events[] = {1, 0, 0, 0};
    const struct edition_median median = median_of(days, events, 4);
    g_assert_false(median.days.known);
    g_assert_cmpint(median.reason, ==, REASON_NOT_REACHED);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/indicator/" #name, name)
    TEST(a_share_is_the_jeffreys_estimate);
    TEST(without_an_answer_a_share_is_one_half);
    TEST(without_open_cases_a_delay_is_a_share);
    TEST(any_weights_give_the_weighted_share_too);
    TEST(an_open_case_is_neither_dropped_nor_a_refusal);
    TEST(goalposts_are_the_ends_of_the_scale);
    TEST(an_unknown_exposure_is_the_centre_of_the_market);
    TEST(gehans_medians_are_those_of_r);
    TEST(a_median_beyond_the_longest_case_is_not_reached);
    return g_test_run();
}
