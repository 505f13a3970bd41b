/* The bootstrap against the methodology's reference and against exact distributions. */
#include "barometre/bootstrap.h"

#include "golden_lines.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>
#include <math.h>

#ifdef WITH_RMATH
#define MATHLIB_STANDALONE
#include <Rmath.h>
#endif

struct drawn {
    struct method *method;
    struct registry *registry;
    struct tally *tally;
    struct score_window *window;
    struct bootstrap *bootstrap;
};

static struct drawn draw(struct method *method, struct registry *registry,
                         struct tally *tally, int draws, int threads) {
    struct drawn drawn = {method, registry, tally};
    const struct score_inputs inputs = {method, registry, tally, threads};
    drawn.window = score_window_new(method, registry, tally, 0);
    drawn.bootstrap = bootstrap_new(&inputs, drawn.window, draws);
    return drawn;
}

static struct drawn draw_example(bool extra, guint first, int draws, int threads) {
    struct method *method = example_method();
    struct registry *registry = example_registry(extra);
    struct tally *tally = example_tally(method, registry, 1, first);
    return draw(method, registry, tally, draws, threads);
}

static void drawn_clear(struct drawn *drawn) {
    bootstrap_free(drawn->bootstrap);
    score_window_free(drawn->window);
    tally_free(drawn->tally);
    registry_free(drawn->registry);
    method_free(drawn->method);
}

static void assert_same(const struct drawn *a, const struct drawn *b, int draws,
                        int places) {
    const gsize bytes = (gsize)draws * sizeof(double);
    for (int i = 0; i < places; i++) {
        const struct bootstrap_place *one = &a->bootstrap->places[i];
        const struct bootstrap_place *other = &b->bootstrap->places[i];
        g_assert_true(memcmp(one->overall, other->overall, bytes) == 0);
        for (int p = 0; p < a->bootstrap->pillar_count; p++)
            g_assert_true(memcmp(one->pillars[p], other->pillars[p], bytes) == 0);
        if (a->bootstrap->draws == b->bootstrap->draws)
            g_assert_true(memcmp(one->indicator_interval, other->indicator_interval,
                                 sizeof one->indicator_interval) == 0);
    }
}

static struct bootstrap_interval interval_at(const struct drawn *drawn,
                                             const struct golden_line *line) {
    const struct bootstrap_place *place = &drawn->bootstrap->places[line->place];
    if (line->kind == GOLDEN_OVERALL)
        return place->overall_interval;
    if (line->kind == GOLDEN_PILLAR)
        return place->pillar_interval[line->pillar];
    return place->indicator_interval[line->pillar][line->indicator];
}

static void assert_within(const struct golden_line *line, struct bootstrap_interval found,
                          double points) {
    g_test_message("place %d pillar %d indicator %d: [%.2f;%.2f], reference "
                   "[%.2f;%.2f]",
                   line->place, line->pillar, line->indicator, found.low, found.high,
                   line->low, line->high);
    g_assert_cmpfloat_with_epsilon(found.low, line->low, points);
    g_assert_cmpfloat_with_epsilon(found.high, line->high, points);
}

/* The reference's own 10,000 draws leave the end of an interval a standard error of about
 * 0.01 of its width, in a long tail; four of them, or half a point. */
static void check_indicator(const struct golden_line *line, void *drawn) {
    if (line->kind == GOLDEN_INDICATOR)
        assert_within(line, interval_at(drawn, line),
                      fmax(0.5, 0.04 * (line->high - line->low)));
}

static void intervals_of_indicators_are_those_of_the_reference(void) {
    struct drawn drawn = draw_example(false, 0, 200000, 2);
    g_assert_cmpint(golden_each(drawn.registry, check_indicator, &drawn), ==, 76);
    drawn_clear(&drawn);
}

static void check_score(const struct golden_line *line, void *drawn) {
    if (line->kind != GOLDEN_INDICATOR)
        assert_within(line, interval_at(drawn, line), 0.5);
}

static void intervals_of_scores_are_those_of_the_reference(void) {
    struct drawn drawn = draw_example(false, 0, 10000, 2);
    g_assert_cmpint(golden_each(drawn.registry, check_score, &drawn), ==, 76);
    drawn_clear(&drawn);
}

/* P(Beta(a, b) ≤ a bound in points), by GSL and, where it is installed, by R. */
static void assert_beta(double bound, double a, double b, double p, double error) {
    g_assert_cmpfloat_with_epsilon(gsl_cdf_beta_P(bound / 100, a, b), p, error);
#ifdef WITH_RMATH
    g_assert_cmpfloat_with_epsilon(pbeta(bound / 100, a, b, 1, 0), p, error);
#endif
}

static void check_posterior(const struct drawn *drawn, int place, int pillar,
                            int indicator) {
    const double error = 5 * sqrt(0.05 * 0.95 / drawn->bootstrap->draws);
    const struct score_indicator *scored =
        &drawn->window->places[place].pillars[pillar].indicators[indicator];
    const struct bootstrap_interval found =
        drawn->bootstrap->places[place].indicator_interval[pillar][indicator];
    const double a = scored->favourable + 0.5;
    const double b = scored->answers - scored->favourable + 0.5;
    assert_beta(found.low, a, b, 0.05, error);
    assert_beta(found.high, a, b, 0.95, error);
}

/* Within five standard errors; the shares of firms, not those of changes. */
static void a_share_is_drawn_from_its_jeffreys_posterior(void) {
    struct drawn drawn = draw_example(false, 0, 200000, 2);
    int shares = 0;
    for (int place = 0; place < 4; place++)
        for (int p = 0; p < 2; p++)
            for (int i = 0; i < 4; i++)
                if (drawn.method->pillars[p].indicators[i].kind == INDICATOR_SHARE) {
                    check_posterior(&drawn, place, p, i);
                    shares++;
                }
    g_assert_cmpint(shares, ==, 4 * (3 + 3));
    const struct bootstrap_interval first =
        drawn.bootstrap->places[0].indicator_interval[0][0];
    g_assert_cmpfloat_with_epsilon(first.low, 13.9820, 0.2); /* Beta(9.5, 29.5), scipy */
    g_assert_cmpfloat_with_epsilon(first.high, 36.2479, 0.2);
    drawn_clear(&drawn);
}

static void the_order_of_complaints_changes_no_bit(void) {
    struct drawn expected = draw_example(false, 0, 500, 2);
    for (guint first = 1; first < 197; first += 49) {
        struct drawn shuffled = draw_example(false, first, 500, 2);
        assert_same(&expected, &shuffled, 500, 4);
        drawn_clear(&shuffled);
    }
    drawn_clear(&expected);
}

static void the_number_of_threads_changes_no_bit(void) {
    struct drawn one = draw_example(false, 0, 2000, 1);
    for (int threads = 2; threads < 16; threads *= 2) {
        struct drawn more = draw_example(false, 0, 2000, threads);
        assert_same(&one, &more, 2000, 4);
        drawn_clear(&more);
    }
    drawn_clear(&one);
}

static void fewer_draws_are_the_first_of_more(void) {
    struct drawn few = draw_example(false, 0, 100, 1);
    struct drawn many = draw_example(false, 0, 1000, 1);
    assert_same(&few, &many, 100, 4);
    drawn_clear(&few);
    drawn_clear(&many);
}

static void a_place_of_unknown_exposure_changes_no_other_draw(void) {
    struct drawn before = draw_example(false, 0, 500, 1);
    struct method *method = example_method();
    struct registry *larger = example_registry(true);
    struct tally *more = example_tally(method, larger, 1, 0);
    const struct rule_answer yes[METHOD_MOST_INDICATORS] = {{.what = ANSWER_YES}};
    for (int i = 0; i < 50; i++)
        tally_count(tally_cell(more, 0, 4, 0), &method->pillars[0], 0, yes);
    tally_finish(more);
    struct drawn after = draw(method, larger, more, 500, 1);
    assert_same(&before, &after, 500, 4);
    drawn_clear(&before);
    drawn_clear(&after);
}

/* No two places, pillars or months share a stream. */
static void another_month_is_drawn_otherwise(void) {
    struct drawn now = draw_example(false, 0, 100, 1);
    struct tally *tally = example_tally(now.method, now.registry, 2, 0);
    struct score_window *window = score_window_new(now.method, now.registry, tally, 1);
    const struct score_inputs inputs = {now.method, now.registry, tally, 1};
    scoped(bootstrap) *before = bootstrap_new(&inputs, window, 100);
    for (int draw = 0; draw < 100; draw++)
        g_assert_true(before->places[0].overall[draw] !=
                      now.bootstrap->places[0].overall[draw]);
    score_window_free(window);
    tally_free(tally);
    drawn_clear(&now);
}

/* Thirty firms that report one change are not thirty changes. */
static void firms_that_share_a_change_are_no_independent_evidence(void) {
    double widths[2];
    for (int shared = 0; shared < 2; shared++) {
        struct method *method = example_method();
        struct registry *registry = example_registry(false);
        struct tally *tally = tally_new(EXAMPLE_MONTH, 1, 4, 3);
        for (int i = 0; i < 60; i++) {
            const struct rule_answer answers[METHOD_MOST_INDICATORS] = {
                {.what = i % 4 < 2 ? ANSWER_YES : ANSWER_NO}};
            tally_count(tally_cell(tally, 0, 0, 2), &method->pillars[2],
                        shared ? 1 + i % 4 : 0, answers);
        }
        tally_finish(tally);
        struct drawn drawn = draw(method, registry, tally, 4000, 1);
        const struct bootstrap_interval interval =
            drawn.bootstrap->places[0].indicator_interval[2][0];
        widths[shared] = interval.high - interval.low;
        drawn_clear(&drawn);
    }
    g_assert_cmpfloat(widths[1], >, 2 * widths[0]);
}

static void a_quantile_is_of_type_seven(void) {
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    for (int count = 1; count < 60; count++) {
        double values[60], sorted[60];
        for (int i = 0; i < count; i++)
            values[i] = sorted[i] = g_rand_int_range(random, 0, 40); /* with ties */
        gsl_sort(sorted, 1, (size_t)count);
        for (double p = 0; p <= 1; p += 0.0625)
            g_assert_cmpfloat_with_epsilon(
                bootstrap_quantile(values, count, p),
                gsl_stats_quantile_from_sorted_data(sorted, 1, (size_t)count, p), 1e-12);
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/bootstrap/" #name, name)
    TEST(intervals_of_indicators_are_those_of_the_reference);
    TEST(intervals_of_scores_are_those_of_the_reference);
    TEST(a_share_is_drawn_from_its_jeffreys_posterior);
    TEST(the_order_of_complaints_changes_no_bit);
    TEST(the_number_of_threads_changes_no_bit);
    TEST(fewer_draws_are_the_first_of_more);
    TEST(a_place_of_unknown_exposure_changes_no_other_draw);
    TEST(another_month_is_drawn_otherwise);
    TEST(firms_that_share_a_change_are_no_independent_evidence);
    TEST(a_quantile_is_of_type_seven);
    return g_test_run();
}
