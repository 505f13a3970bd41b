#include "barometre/tally.h"

/* A pillar of a share and a delay of 15 days. */
static struct method_pillar pillar_of(bool clustered) {
    struct method_pillar pillar = {.clustered = clustered, .indicator_count = 2};
    pillar.indicators[0].kind = INDICATOR_SHARE;
    pillar.indicators[1].kind = INDICATOR_DELAY;
    pillar.indicators[1].rule.days = 15;
    return pillar;
}

static void count(struct tally *tally, const struct method_pillar *pillar, int64_t unit,
                  struct rule_answer share, struct rule_answer delay) {
    const struct rule_answer answers[] = {share, delay};
    tally_count(tally_cell(tally, 0, 0, 0), pillar, unit, answers);
}

static const struct rule_answer none = {.what = ANSWER_NONE}, yes = {.what = ANSWER_YES},
                                no = {.what = ANSWER_NO};

static struct rule_answer event(int days) {
    return (struct rule_answer){.what = ANSWER_EVENT, .days = days};
}

static struct rule_answer open_case(int days) {
    return (struct rule_answer){.what = ANSWER_OPEN, .days = days};
}

static void equal_answers_become_one_pattern(void) {
    scoped(tally) *tally = tally_new(0, 1, 1, 1);
    const struct method_pillar pillar = pillar_of(false);
    for (int i = 0; i < 1000; i++)
        count(tally, &pillar, 0, i % 2 == 0 ? yes : no, event(i % 3));
    tally_finish(tally);
    const struct tally_cell *cell = tally_cell(tally, 0, 0, 0);
    g_assert_cmpuint(cell->patterns->len, ==, 6);
    g_assert_cmpuint(cell->durations->len, ==, 3);
    g_assert_cmpint(tally_firms(cell), ==, 1000);
    g_assert_cmpint(tally_units(cell), ==, 1000);
}

static void the_order_of_counting_does_not_matter(void) {
    scoped(tally) *forward = tally_new(0, 1, 1, 1);
    scoped(tally) *backward = tally_new(0, 1, 1, 1);
    const struct method_pillar pillar = pillar_of(true);
    for (int i = 0; i < 700; i++) {
        const int j = 699 - i;
        count(forward, &pillar, i % 5, i % 2 ? yes : none, open_case(i % 40));
        count(backward, &pillar, j % 5, j % 2 ? yes : none, open_case(j % 40));
    }
    tally_finish(forward);
    tally_finish(backward);
    const struct tally_cell *a = tally_cell(forward, 0, 0, 0);
    const struct tally_cell *b = tally_cell(backward, 0, 0, 0);
    g_assert_cmpuint(a->patterns->len, ==, b->patterns->len);
    for (guint i = 0; i < a->patterns->len; i++) {
        const struct tally_pattern *p =
            &g_array_index(a->patterns, struct tally_pattern, i);
        const struct tally_pattern *q =
            &g_array_index(b->patterns, struct tally_pattern, i);
        g_assert_cmpint(p->unit, ==, q->unit);
        g_assert_cmpint(p->firms, ==, q->firms);
        g_assert_cmpmem(p->answer, sizeof p->answer, q->answer, sizeof q->answer);
    }
}

static void days_beyond_the_horizon_only_say_not_within_it(void) {
    scoped(tally) *tally = tally_new(0, 1, 1, 1);
    const struct method_pillar pillar = pillar_of(false);
    count(tally, &pillar, 0, none, event(16));
    count(tally, &pillar, 0, none, event(400));
    count(tally, &pillar, 0, none, open_case(16));
    count(tally, &pillar, 0, none, open_case(100000));
    tally_finish(tally);
    const struct tally_cell *cell = tally_cell(tally, 0, 0, 0);
    g_assert_cmpuint(cell->patterns->len, ==, 1);
    g_assert_cmpint(g_array_index(cell->patterns, struct tally_pattern, 0).answer[1], ==,
                    32);
    g_assert_cmpuint(cell->durations->len, ==, 4);
}

static void the_horizon_itself_is_within_it(void) {
    scoped(tally) *tally = tally_new(0, 1, 1, 1);
    const struct method_pillar pillar = pillar_of(false);
    count(tally, &pillar, 0, none, event(15));
    tally_finish(tally);
    const GArray *patterns = tally_cell(tally, 0, 0, 0)->patterns;
    g_assert_cmpint(g_array_index(patterns, struct tally_pattern, 0).answer[1], ==, 31);
}

static void a_unit_is_read_in_clustered_pillars_only(void) {
    scoped(tally) *tally = tally_new(0, 1, 1, 1);
    const struct method_pillar pillar = pillar_of(false);
    for (int i = 0; i < 6; i++)
        count(tally, &pillar, 9, yes, none);
    tally_finish(tally);
    g_assert_cmpint(tally_units(tally_cell(tally, 0, 0, 0)), ==, 6);
}

static void events_of_a_day_come_before_open_cases(void) {
    scoped(tally) *tally = tally_new(0, 1, 1, 1);
    const struct method_pillar pillar = pillar_of(false);
    count(tally, &pillar, 0, none, open_case(7));
    count(tally, &pillar, 0, none, event(7));
    tally_finish(tally);
    const GArray *durations = tally_cell(tally, 0, 0, 0)->durations;
    g_assert_true(g_array_index(durations, struct tally_duration, 0).event);
    g_assert_false(g_array_index(durations, struct tally_duration, 1).event);
}

static void a_direct_answer_is_no_duration(void) {
    scoped(tally) *tally = tally_new(0, 1, 1, 1);
    const struct method_pillar pillar = pillar_of(false);
    struct rule_answer direct = event(15);
    direct.direct = true;
    count(tally, &pillar, 0, none, direct);
    tally_finish(tally);
    const struct tally_cell *cell = tally_cell(tally, 0, 0, 0);
    g_assert_cmpint(tally_firms(cell), ==, 1);
    g_assert_cmpuint(cell->durations->len, ==, 0);
}

static void thirty_firms_on_one_change_are_one_unit(void) {
    scoped(tally) *tally = tally_new(0, 1, 1, 1);
    const struct method_pillar pillar = pillar_of(true);
    for (int i = 0; i < 30; i++)
        count(tally, &pillar, 7, i % 2 ? yes : no, none);
    count(tally, &pillar, 0, yes, none); /* two firms that named no change */
    count(tally, &pillar, 0, yes, none);
    tally_finish(tally);
    const struct tally_cell *cell = tally_cell(tally, 0, 0, 0);
    g_assert_cmpint(tally_firms(cell), ==, 32);
    g_assert_cmpint(tally_units(cell), ==, 3);
}

static void cells_are_apart(void) {
    scoped(tally) *tally = tally_new(24000, 3, 2, 2);
    const struct method_pillar pillar = pillar_of(false);
    const struct rule_answer answers[] = {yes, none};
    tally_count(tally_cell(tally, 2, 1, 0), &pillar, 0, answers);
    tally_finish(tally);
    for (int w = 0; w < 3; w++)
        for (int m = 0; m < 2; m++)
            for (int p = 0; p < 2; p++)
                g_assert_cmpint(tally_firms(tally_cell(tally, w, m, p)), ==,
                                w == 2 && m == 1 && p == 0);
}

static void months_are_apart_and_none_is_held_unasked(void) {
    scoped(tally) *tally = tally_new(24000, 1, 2, 2);
    tally_count_month(tally, 24000, 0, 0);
    g_assert_cmpint(tally_month_firms(tally, 24000, 0, 0), ==, 0);
    tally_hold_months(tally, 3);
    tally_count_month(tally, 23998, 1, 2);
    tally_count_month(tally, 23997, 1, 2);
    tally_count_month(tally, 24001, 1, 2);
    for (int32_t month = 23996; month <= 24002; month++)
        for (int m = 0; m < 2; m++)
            for (int p = 0; p <= 2; p++)
                g_assert_cmpint(tally_month_firms(tally, month, m, p), ==,
                                month == 23998 && m == 1 && p == 2);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/tally/" #name, name)
    TEST(equal_answers_become_one_pattern);
    TEST(the_order_of_counting_does_not_matter);
    TEST(days_beyond_the_horizon_only_say_not_within_it);
    TEST(the_horizon_itself_is_within_it);
    TEST(a_unit_is_read_in_clustered_pillars_only);
    TEST(events_of_a_day_come_before_open_cases);
    TEST(a_direct_answer_is_no_duration);
    TEST(thirty_firms_on_one_change_are_one_unit);
    TEST(cells_are_apart);
    TEST(months_are_apart_and_none_is_held_unasked);
    return g_test_run();
}
