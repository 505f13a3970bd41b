#include "barometre/notice.h"

#include "barometre/month.h"

#include <string.h>

#define MONTH (2026 * 12 + 9) /* 2026-10 */

enum { T = 5, BINS = 4, SPLIT = 3, MOST = 8 };

static struct method *shipped_method(void) {
    g_autofree char *file =
        g_build_filename(g_getenv("BAROMETRE_DATA"), "method.json", NULL);
    GError *error = NULL;
    struct method *method = method_load(file, &error);
    g_assert_no_error(error);
    return method;
}

static struct legal *shipped_legal(void) {
    g_autofree char *file =
        g_build_filename(g_getenv("BAROMETRE_DATA"), "legal.json", NULL);
    GError *error = NULL;
    struct legal *legal = legal_load(file, &error);
    g_assert_no_error(error);
    return legal;
}

/* Every way to share out 0 to MOST firms among the bins. */
static bool next_counts(int firms[static BINS]) {
    for (int i = 0; i < BINS; i++) {
        if (++firms[i] <= MOST)
            return true;
        firms[i] = 0;
    }
    return false;
}

static int sum_of(const int *firms, int from, int to, const bool *only, bool value) {
    int sum = 0;
    for (int i = from; i < to; i++)
        sum += only == NULL || only[i] == value ? firms[i] : 0;
    return sum;
}

static void check_line(const int *firms, const bool *hidden, int from, int to) {
    const int total = sum_of(firms, from, to, NULL, false);
    const int most = sum_of(firms, from, to, hidden, true); /* by subtraction */
    int count = 0;
    for (int i = from; i < to; i++) {
        count += hidden[i];
        g_assert_true(hidden[i] || firms[i] == 0 || firms[i] >= T);
    }
    if (count == 0)
        return;
    /* What the bins leave is wide, or no less than the total alone leaves. */
    if (most >= T)
        g_assert_cmpint(count, >=, 2);
    else
        g_assert_true(count == to - from && most == total);
}

static void no_bin_can_be_told_from_the_others(void) {
    int firms[BINS] = {0};
    do {
        bool hidden[BINS];
        notice_hide(firms, hidden, BINS, SPLIT, T);
        check_line(firms, hidden, 0, SPLIT);
        check_line(firms, hidden, SPLIT, BINS);
        notice_hide(firms, hidden, BINS, 0, T);
        check_line(firms, hidden, 0, BINS);
    } while (next_counts(firms));
}

static void nothing_is_hidden_for_nothing(void) {
    int firms[BINS] = {0};
    do {
        bool hidden[BINS], any = false, secret = false;
        notice_hide(firms, hidden, BINS, SPLIT, T);
        for (int i = 0; i < BINS; i++) {
            any |= hidden[i];
            secret |= firms[i] > 0 && firms[i] < T;
        }
        g_assert_true(any == secret);
    } while (next_counts(firms));
}

static void a_claim_is_the_largest_that_is_sure(void) {
    static const struct {
        int late, n, one_in;
        double p;
    } cases[] = {
        {0, 0, 0, 0},   {0, 20, 0, 0},
        {20, 20, 2, 1}, {10, 15, 3, 1}, /* 67 %: one in two is not sure enough */
        {3, 8, 0, 0},   {14, 20, 2, 0.96},
    };
    scoped(method) *method = shipped_method();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const struct edition_excess excess =
            notice_excess(method, cases[i].late, cases[i].n);
        g_test_message("%d of %d: %d %g", cases[i].late, cases[i].n, excess.one_in,
                       excess.p.value);
        g_assert_cmpint(excess.one_in, ==, cases[i].one_in);
        g_assert_true(excess.p.known == (excess.one_in > 0));
        g_assert_cmpfloat_with_epsilon(excess.p.value, cases[i].p, 0.0051);
    }
}

/* More late decisions never make a weaker claim, and none is weaker than the bar. */
static void claims_rise_with_what_came_too_late(void) {
    scoped(method) *method = shipped_method();
    for (int n = 1; n <= 60; n++) {
        int strongest = INT_MAX;
        for (int late = 0; late <= n; late++) {
            const struct edition_excess excess = notice_excess(method, late, n);
            const int one_in = excess.one_in > 0 ? excess.one_in : INT_MAX;
            g_assert_cmpint(one_in, <=, strongest);
            g_assert_true(excess.one_in == 0 || excess.p.value > method->claims.ahead);
            strongest = one_in;
        }
    }
}

/* One marketplace whose firms had notices of these days; `undated` told in time without
 * dates. */
static struct edition *told(const struct method *method, const int *days, int count,
                            int undated, bool scored) {
    struct tally *tally = tally_new(MONTH, 1, 1, method->pillar_count);
    struct tally_cell *cell = tally_cell(tally, 0, 0, method->notice.terminations[0]);
    const int indicator = method->notice.terminations[1];
    for (int i = 0; i < count + undated; i++) {
        struct rule_answer answers[METHOD_MOST_INDICATORS] = {0};
        const bool dated = i < count;
        answers[indicator] =
            (struct rule_answer){.what = !dated || days[i] >= 30 ? ANSWER_YES : ANSWER_NO,
                                 .days = dated ? days[i] : 0,
                                 .direct = !dated};
        tally_count(cell, &method->pillars[method->notice.terminations[0]], 0, answers);
    }
    tally_finish(tally);
    struct edition *edition = edition_new();
    edition->window_from = MONTH - 11;
    struct edition_marketplace *place = edition_add_marketplace(edition);
    for (int p = 0; p < method->pillar_count; p++) {
        struct edition_pillar *pillar = edition_add_pillar(place);
        for (int i = 0; i < method->pillars[p].indicator_count; i++) {
            struct edition_indicator *added = edition_add_indicator(pillar);
            added->id = g_strdup(method->pillars[p].indicators[i].id);
            if (scored)
                added->score.score = edition_known(50);
        }
    }
    scoped(legal) *legal = shipped_legal();
    notice_fill(edition, method, legal, tally);
    tally_free(tally);
    return edition;
}

static const struct edition_terminations *terminations_of(const struct edition *edition) {
    return &((const struct edition_marketplace *)edition->marketplaces->pdata[0])
                ->terminations;
}

static void check_bins(const struct edition *edition, const int expected[static BINS]) {
    const struct edition_terminations *terminations = terminations_of(edition);
    g_assert_cmpuint(terminations->firms->len, ==, BINS);
    for (guint i = 0; i < BINS; i++) {
        const struct edition_number firms =
            g_array_index(terminations->firms, struct edition_number, i);
        g_assert_cmpfloat(firms.known ? firms.value : -1, ==, expected[i]);
    }
}

static void a_notice_lies_in_the_bin_of_its_days(void) {
    scoped(method) *method = shipped_method();
    int days[40];
    for (int i = 0; i < 40; i++) /* ten in each bin, at both ends of it */
        days[i] = ((const int[]){RULE_NEVER, -1, 0, 14, 15, 29, 30, 90})[i % 8];
    scoped(edition) *edition = told(method, days, 40, 0, true);
    check_bins(edition, (const int[]){10, 10, 10, 10});
    g_assert_cmpint(terminations_of(edition)->reason, ==, REASON_NONE);
    g_assert_cmpint(terminations_of(edition)->excess.one_in, ==, 2);
}

static void counts_are_told_to_the_nearest_multiple_of_the_threshold(void) {
    scoped(method) *method = shipped_method();
    int days[30];
    for (int firms = 0; firms <= 30; firms++) {
        for (int i = 0; i < firms; i++)
            days[i] = 45;
        scoped(edition) *edition = told(method, days, firms, 0, true);
        const struct edition_number last =
            g_array_index(terminations_of(edition)->firms, struct edition_number, 3);
        g_assert_true(last.known == (firms == 0 || firms >= T));
        if (!last.known)
            continue;
        g_assert_cmpint((int)last.value % T, ==, 0);
        g_assert_cmpint(ABS((int)last.value - firms), <=, T / 2);
        g_assert_true((last.value > 0) == (firms > 0));
    }
}

static void what_is_told_without_dates_is_in_no_bin(void) {
    scoped(method) *method = shipped_method();
    scoped(edition) *edition = told(method, NULL, 0, 12, true);
    check_bins(edition, (const int[]){0, 0, 0, 0});
    g_assert_cmpint(terminations_of(edition)->excess.one_in, ==, 0);
}

static void nothing_is_claimed_without_a_score(void) {
    static const int days[] = {3, 3, 3, 3, 3, 3, 3, 3, 3};
    scoped(method) *method = shipped_method();
    scoped(edition) *edition = told(method, days, 9, 0, false);
    check_bins(edition, (const int[]){0, 10, 0, 0});
    g_assert_cmpint(terminations_of(edition)->excess.one_in, ==, 0);
}

static void few_firms_without_a_score_leave_no_bin(void) {
    static const int days[] = {3, 3, 45};
    scoped(method) *method = shipped_method();
    scoped(edition) *edition = told(method, days, 3, 0, false);
    check_bins(edition, (const int[]){-1, -1, -1, -1});
    g_assert_cmpint(terminations_of(edition)->reason, ==, REASON_SUPPRESSED);
}

static void limits_and_articles_are_those_of_the_data(void) {
    scoped(method) *method = shipped_method();
    scoped(edition) *edition = told(method, NULL, 0, 0, false);
    const struct edition_notice *notice = &edition->notice;
    g_assert_cmpint(notice->changes.days, ==, 15);
    g_assert_cmpint(notice->terminations.days, ==, 30);
    g_assert_nonnull(strstr(notice->changes.law[WORDS_FR], "2019/1150, 3(2)"));
    g_assert_nonnull(strstr(notice->terminations.law[WORDS_EN], "2019/1150, 4(2)"));
    g_assert_cmpstr(notice->indicator, ==, "notice_30d");
}

static void the_late_share_is_what_the_score_leaves(void) {
    scoped(edition) *edition = edition_new();
    struct edition_marketplace *place = edition_add_marketplace(edition);
    struct edition_indicator *indicator =
        edition_add_indicator(edition_add_pillar(place));
    indicator->id = g_strdup("kept");
    indicator->score = (struct edition_score){.score = edition_known(64.2),
                                              .low = edition_known(50.1),
                                              .high = edition_known(77.7)};
    g_assert_cmpint(edition_late_terminations(edition, place).reason, ==,
                    REASON_NOT_COMPUTED);
    edition->notice.known = true;
    edition->notice.indicator = g_strdup("kept");
    const struct edition_score late = edition_late_terminations(edition, place);
    g_assert_cmpfloat(late.score.value, ==, 35.8);
    g_assert_cmpfloat(late.low.value, ==, 22.3);
    g_assert_cmpfloat(late.high.value, ==, 49.9);
}

int main(int argc, char **argv) {
    const struct {
        const char *fact;
        void (*test)(void);
    } tests[] = {
#define FACT(name) {"/notice/" #name, name}
        FACT(no_bin_can_be_told_from_the_others),
        FACT(nothing_is_hidden_for_nothing),
        FACT(a_claim_is_the_largest_that_is_sure),
        FACT(claims_rise_with_what_came_too_late),
        FACT(a_notice_lies_in_the_bin_of_its_days),
        FACT(counts_are_told_to_the_nearest_multiple_of_the_threshold),
        FACT(what_is_told_without_dates_is_in_no_bin),
        FACT(nothing_is_claimed_without_a_score),
        FACT(few_firms_without_a_score_leave_no_bin),
        FACT(limits_and_articles_are_those_of_the_data),
        FACT(the_late_share_is_what_the_score_leaves),
    };
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add_func(tests[i].fact, tests[i].test);
    return g_test_run();
}
