#include "barometre/score.h"

#include "golden_example.h"

#include <math.h>
#include <stdio.h>

static const double golden = 1e-4;

static void assert_near(double found, double expected) {
    g_assert_cmpfloat_with_epsilon(found, expected, golden);
}

/* The number after `mark` in a line of the reference's output. */
static double number_after(const char *line, const char *mark) {
    const char *at = strstr(line, mark);
    g_assert_nonnull(at);
    return g_ascii_strtod(at + strlen(mark), NULL);
}

/* "None" or a number. */
static const char *check_number(const char *text, struct edition_number found) {
    g_assert_true(found.known == !g_str_has_prefix(text, "None"));
    if (found.known)
        g_assert_cmpfloat(found.value, ==, g_ascii_strtod(text, NULL));
    const char *comma = strchr(text, ',');
    return comma != NULL ? comma + 2 : NULL;
}

static void check_median(const char *line, const struct score_pillar *pillar) {
    for (int i = 0; i < METHOD_MOST_INDICATORS; i++) {
        const struct score_indicator *indicator = &pillar->indicators[i];
        if (indicator->durations == 0)
            continue;
        g_assert_cmpfloat(indicator->durations, ==, number_after(line, "n="));
        const char *text = strchr(line, ':') + 3;
        text = check_number(text, indicator->median.days);
        text = check_number(text, indicator->median.low);
        check_number(text, indicator->median.high);
    }
}

static void check_indicator(const char *line, const struct score_pillar *pillar) {
    const struct score_indicator *indicator = &pillar->indicators[line[3] - '1'];
    assert_near(indicator->score, number_after(line, " score="));
    if (line[3] == '5') {
        g_assert_cmpfloat(indicator->answers, ==, number_after(line, "N="));
        g_assert_cmpfloat_with_epsilon(indicator->rate, number_after(line, "rate="),
                                       1e-6);
        return;
    }
    g_assert_cmpfloat(indicator->answers, ==, number_after(line, "n="));
    if (strstr(line, " x=") != NULL)
        g_assert_cmpfloat(indicator->favourable, ==, number_after(line, " x="));
}

static void check_pillar(const char *line, const struct score_pillar *pillar) {
    g_assert_cmpfloat(pillar->firms, ==, number_after(line, "firms="));
    g_assert_cmpfloat(pillar->units, ==, number_after(line, "units="));
    assert_near(pillar->score, number_after(line, " score="));
}

static void point_scores_are_those_of_the_reference(void) {
    scoped(method) *method = example_method();
    scoped(registry) *registry = example_registry(false);
    scoped(tally) *tally = example_tally(method, registry, 1, 0);
    scoped(score_window) *window = score_window_new(method, registry, tally, 0);
    g_autofree char *out = example_read("method_example.out");
    g_auto(GStrv) lines = g_strsplit(out, "\n", 0);
    const struct score_place *place = NULL;
    const struct score_pillar *pillar = NULL;
    int indicators = 0, medians = 0, overalls = 0, pillars = 0, markets = 0;
    for (char **line = lines; *line != NULL && !g_str_has_prefix(*line, "--"); line++) {
        g_auto(GStrv) words = g_strsplit(*line, " ", 3);
        if (g_str_has_prefix(*line, "prior ")) {
            const double m0 = number_after(*line, "m0=");
            g_assert_cmpfloat_with_epsilon(window->market[markets++].pooled_rate, m0,
                                           1e-6);
        } else if (g_str_has_prefix(*line, "== ")) {
            place = &window->places[registry_find(registry, words[1])];
        } else if (g_str_has_prefix(*line, "   median ")) {
            check_median(*line, pillar);
            medians++;
        } else if (g_str_has_prefix(*line, " PILLAR ")) {
            check_pillar(*line, pillar);
            pillars++;
        } else if (g_str_has_prefix(*line, " OVERALL ")) {
            assert_near(place->overall, number_after(*line, "score="));
            overalls++;
        } else if (g_str_has_prefix(*line, "  ")) {
            pillar = &place->pillars[strchr("DSC", (*line)[2]) - "DSC"];
            check_indicator(*line, pillar);
            indicators++;
        }
    }
    g_assert_cmpint(markets, ==, 3);
    g_assert_cmpint(overalls, ==, 4);
    g_assert_cmpint(pillars, ==, 12);
    g_assert_cmpint(indicators, ==, 60);
    g_assert_cmpint(medians, ==, 8);
}

static struct edition *edition_of(const struct method *method,
                                  const struct registry *registry,
                                  const struct tally *tally) {
    const struct score_inputs inputs = {method, registry, tally, .threads = 2};
    return score_edition(&inputs);
}

static struct edition *example_edition(bool extra, int windows, guint first) {
    scoped(method) *method = example_method();
    scoped(registry) *registry = example_registry(extra);
    scoped(tally) *tally = example_tally(method, registry, windows, first);
    return edition_of(method, registry, tally);
}

static const struct edition_marketplace *place_of(const struct edition *edition,
                                                  guint i) {
    return g_ptr_array_index(edition->marketplaces, i);
}

static const struct edition_pillar *pillar_of(const struct edition *edition, guint place,
                                              guint i) {
    return g_ptr_array_index(place_of(edition, place)->pillars, i);
}

static void published_figures_are_rounded_and_banded(void) {
    scoped(edition) *edition = example_edition(false, 1, 0);
    static const struct {
        double score;
        const char *band;
    } expected[] = {{34.9, "E"}, {68.2, "B"}, {51.4, "C"}};
    for (guint i = 0; i < 3; i++) {
        const struct edition_overall *overall = &place_of(edition, i)->overall;
        g_assert_cmpfloat(overall->score.score.value, ==, expected[i].score);
        g_assert_cmpstr(overall->band, ==, expected[i].band);
        g_assert_cmpint(overall->score.interval_reason, ==, REASON_NONE);
        g_assert_cmpfloat(overall->score.low.value, <, expected[i].score);
        g_assert_cmpfloat(overall->score.high.value, >, expected[i].score);
        g_assert_cmpint(place_of(edition, i)->status, ==, STATUS_PROVISIONAL);
    }
}

static void a_place_with_few_reports_has_no_score_and_says_why(void) {
    scoped(edition) *edition = example_edition(false, 1, 0);
    const struct edition_marketplace *delta = place_of(edition, 3);
    static const enum edition_reason expected[] = {REASON_FEW_FIRMS, REASON_FEW_FIRMS,
                                                   REASON_NO_REPORTS};
    for (guint i = 0; i < 3; i++) {
        const struct edition_pillar *pillar = pillar_of(edition, 3, i);
        g_assert_cmpint(pillar->status, ==, STATUS_INSUFFICIENT);
        g_assert_false(pillar->score.score.known);
        g_assert_cmpint(pillar->score.reason, ==, expected[i]);
        g_assert_cmpint(g_array_index(pillar->reasons, enum edition_reason, 0), ==,
                        expected[i]);
        g_assert_null(pillar->firms_class);
    }
    g_assert_cmpint(pillar_of(edition, 3, 0)->reasons->len, ==, 2); /* indicators too */
    g_assert_cmpint(delta->status, ==, STATUS_INSUFFICIENT);
    g_assert_false(delta->overall.score.score.known);
    g_assert_cmpint(delta->overall.score.reason, ==, REASON_PILLAR_MISSING);
    g_assert_null(delta->overall.band);
    g_assert_false(delta->sellers.known);
}

static void an_indicator_with_few_answers_counts_but_is_not_shown(void) {
    scoped(edition) *edition = example_edition(false, 1, 0);
    const struct edition_indicator *notice =
        g_ptr_array_index(pillar_of(edition, 1, 0)->indicators, 1); /* 5 answers */
    g_assert_false(notice->score.score.known);
    g_assert_cmpint(notice->score.reason, ==, REASON_FEW_ANSWERS);
    g_assert_null(notice->answers_class);
    g_assert_true(pillar_of(edition, 1, 0)->score.score.known);
}

static void a_median_needs_ten_cases(void) {
    scoped(edition) *edition = example_edition(false, 1, 0);
    const struct edition_indicator *thirteen =
        g_ptr_array_index(pillar_of(edition, 1, 0)->indicators, 3);
    g_assert_cmpfloat(thirteen->median.days.value, ==, 10);
    g_assert_cmpfloat(thirteen->median.high.value, ==, 15);
    const struct edition_indicator *eight =
        g_ptr_array_index(pillar_of(edition, 2, 0)->indicators, 3);
    g_assert_false(eight->median.days.known);
    g_assert_cmpint(eight->median.reason, ==, REASON_FEW_ANSWERS);
}

static void an_incidence_without_sellers_is_not_shown(void) {
    scoped(edition) *edition = example_edition(false, 1, 0);
    const struct edition_indicator *incidence =
        g_ptr_array_index(pillar_of(edition, 3, 1)->indicators, 4);
    g_assert_cmpint(incidence->score.reason, ==, REASON_UNKNOWN_SELLERS);
}

static char *written(bool extra, int windows, guint first) {
    scoped(edition) *edition = example_edition(extra, windows, first);
    return edition_write(edition);
}

static void the_order_of_complaints_changes_no_byte(void) {
    g_autofree char *expected = written(false, 3, 0);
    for (guint first = 1; first < 197; first += 13) {
        g_autofree char *shuffled = written(false, 3, first);
        g_assert_cmpstr(shuffled, ==, expected);
    }
}

static void a_place_of_unknown_exposure_changes_no_other_figure(void) {
    scoped(method) *method = example_method();
    scoped(registry) *registry = example_registry(false);
    scoped(registry) *larger = example_registry(true);
    scoped(tally) *tally = example_tally(method, registry, 1, 0);
    scoped(tally) *more = example_tally(method, larger, 1, 0);
    const struct rule_answer yes[METHOD_MOST_INDICATORS] = {{.what = ANSWER_YES}};
    for (int i = 0; i < 50; i++)
        tally_count(tally_cell(more, 0, 4, 0), &method->pillars[0], 0, yes);
    tally_finish(more);
    scoped(score_window) *before = score_window_new(method, registry, tally, 0);
    scoped(score_window) *after = score_window_new(method, larger, more, 0);
    g_assert_cmpint(after->places[4].pillars[0].firms, ==, 50);
    for (int i = 0; i < 4; i++)
        g_assert_true(before->places[i].overall == after->places[i].overall);
}

static void a_place_of_unknown_exposure_changes_no_byte_of_the_others(void) {
    scoped(method) *method = example_method();
    scoped(registry) *larger = example_registry(true);
    scoped(tally) *more = example_tally(method, larger, 1, 0);
    const struct rule_answer yes[METHOD_MOST_INDICATORS] = {{.what = ANSWER_YES}};
    for (int i = 0; i < 50; i++)
        tally_count(tally_cell(more, 0, 4, 0), &method->pillars[0], 0, yes);
    tally_finish(more);
    scoped(edition) *edition = edition_of(method, larger, more);
    g_assert_cmpstr(place_of(edition, 4)->id, ==, "extra");
    g_ptr_array_remove_index(edition->marketplaces, 4);
    g_autofree char *found = edition_write(edition);
    g_autofree char *expected = written(false, 1, 0);
    g_assert_cmpstr(found, ==, expected);
}

static void a_missing_pillar_leaves_the_others_as_they_are(void) {
    scoped(method) *method = example_method();
    scoped(registry) *registry = example_registry(false);
    scoped(tally) *tally = example_tally(method, registry, 1, 0);
    struct tally_cell *clauses = tally_cell(tally, 0, 1, 2);
    scoped(score_window) *whole = score_window_new(method, registry, tally, 0);
    g_array_set_size(clauses->patterns, 0);
    scoped(edition) *edition = edition_of(method, registry, tally);
    g_assert_false(pillar_of(edition, 1, 2)->score.score.known);
    for (guint i = 0; i < 2; i++)
        assert_near(pillar_of(edition, 1, i)->score.score.value,
                    round(whole->places[1].pillars[i].score * 10) / 10);
    g_assert_cmpint(place_of(edition, 1)->overall.score.reason, ==,
                    REASON_PILLAR_MISSING);
}

static void an_unknown_answer_does_not_lower_the_score(void) {
    scoped(method) *method = example_method();
    scoped(registry) *registry = example_registry(false);
    scoped(tally) *tally = example_tally(method, registry, 1, 0);
    scoped(score_window) *before = score_window_new(method, registry, tally, 0);
    const struct rule_answer silent[METHOD_MOST_INDICATORS] = {{.what = ANSWER_NONE}};
    tally_count(tally_cell(tally, 0, 0, 0), &method->pillars[0], 0, silent);
    tally_finish(tally);
    scoped(score_window) *after = score_window_new(method, registry, tally, 0);
    for (int i = 0; i < 4; i++)
        g_assert_true(before->places[0].pillars[0].indicators[i].score ==
                      after->places[0].pillars[0].indicators[i].score);
    g_assert_cmpint(after->places[0].pillars[0].firms, ==, 43);
}

static void history_ends_with_the_month_of_the_edition(void) {
    scoped(edition) *edition = example_edition(false, 30, 0);
    const struct edition_marketplace *beta = place_of(edition, 1);
    g_assert_cmpuint(beta->history->len, ==, 25);
    for (guint i = 0; i < 25; i++) {
        const struct edition_history *month = g_ptr_array_index(beta->history, i);
        g_assert_cmpint(month->as_of, ==, EXAMPLE_MONTH - 24 + (int)i);
        g_assert_cmpfloat(month->overall.score.value, ==, 68.2);
    }
}

static const char one_pillar_json[] =
    "{\"version\":\"1\",\"seed\":\"s\",\"window_months\":12,\"history_months\":0,"
    "\"draws\":1000,\"history_draws\":1000,\"interval\":0.9,\"phantom_weight\":0.5,"
    "\"overall_floor\":1,"
    "\"disclosure_threshold\":5,\"firms_classes\":[10],"
    "\"bands\":[{\"letter\":\"A\",\"least\":50},{\"letter\":\"B\",\"least\":0}],"
    "\"gates\":{\"pillar\":{\"firms\":10,\"changes\":1,\"indicators\":2,\"answers\":5,"
    "\"width\":40},\"established\":{\"firms\":30,\"units\":10,\"width\":20},"
    "\"overall\":{\"width\":30},\"indicator\":{\"answers\":10}},"
    "\"claims\":{\"ahead\":0.9,\"median\":0.95,\"trend\":0.9,\"trend_points\":5,"
    "\"group_places\":2},\"alert\":{\"ratio\":2,\"likelihood\":100,\"share_months\":3,"
    "\"share_probability\":0.01,\"seasonal_months\":36,\"seasonal_reports\":300,"
    "\"seasonal_least\":0.5,\"seasonal_most\":2},\"robustness\":{\"weightings\":1000,"
    "\"sobol_base\":64,\"sobol_draws\":64,\"contested\":{\"contest\":[\"contested\"]},"
    "\"documented\":{\"verification\":[\"confirmed\"]}},"
    "\"curve\":{\"horizons\":1,\"units\":[1]},"
    "\"incidence\":{\"prior_reports\":2,\"pooled_prior\":0.5,\"best_rate\":0.5,"
    "\"worst_rate\":5.5},\"excluded\":[],\"pillars\":[{\"id\":\"support\","
    "\"label\":{\"fr\":\"s\",\"en\":\"s\"},\"weight\":7,\"reported_by\":\"pillar_s\","
    "\"unit\":\"firm\",\"indicators\":["
    "{\"id\":\"in_time\",\"label\":{\"fr\":\"t\",\"en\":\"t\"},\"kind\":\"delay\","
    "\"weight\":3,\"basis\":[],\"answer\":{\"kind\":\"delay\",\"from\":\"contact_on\","
    "\"to\":\"human_reply_on\",\"until\":\"last_status_on\",\"days\":15,"
    "\"direct\":\"human_reply\"}},"
    "{\"id\":\"individual\",\"label\":{\"fr\":\"i\",\"en\":\"i\"},\"kind\":\"share\","
    "\"weight\":1,\"basis\":[],\"answer\":{\"kind\":\"answer\","
    "\"field\":\"reply_individual\"}}]}]}";

static void one_pillar_of_two_indicators_is_a_method_too(void) {
    g_autoptr(GError) error = NULL;
    scoped(method) *method =
        method_parse(one_pillar_json, strlen(one_pillar_json), "one", &error);
    g_assert_no_error(error);
    scoped(registry) *registry = example_registry(false);
    scoped(tally) *tally = tally_new(EXAMPLE_MONTH, 1, 4, 1);
    struct complaint complaint;
    complaint_clear(&complaint);
    for (int i = 0; i < 19; i++) {
        complaint.value[FIELD_HUMAN_REPLY] = i < 15 ? COMPLAINT_YES : COMPLAINT_NO;
        complaint.value[FIELD_REPLY_INDIVIDUAL] = i < 5 ? COMPLAINT_YES : COMPLAINT_NO;
        struct rule_answer answers[2];
        for (int j = 0; j < 2; j++)
            answers[j] = rule_answer(&method->pillars[0].indicators[j].rule, &complaint);
        tally_count(tally_cell(tally, 0, 0, 0), &method->pillars[0], 0, answers);
    }
    tally_finish(tally);
    scoped(score_window) *window = score_window_new(method, registry, tally, 0);
    const double in_time = 100 * 15.5 / 20, individual = 100 * 5.5 / 20;
    assert_near(window->places[0].overall, (3 * in_time + individual) / 4);
    scoped(edition) *edition = edition_of(method, registry, tally);
    const struct edition_marketplace *alpha = place_of(edition, 0);
    g_assert_cmpstr(alpha->overall.band, ==, "A");
    g_assert_cmpint(place_of(edition, 1)->overall.score.reason, ==, REASON_NO_REPORTS);
    const struct edition_indicator *delay =
        g_ptr_array_index(pillar_of(edition, 0, 0)->indicators, 0);
    g_assert_cmpint(delay->median.reason, ==, REASON_FEW_ANSWERS); /* no durations */
}

static void without_any_number_of_sellers_incidence_is_left_out(void) {
    scoped(method) *method = example_method();
    scoped(registry) *registry = example_registry(false);
    for (int i = 0; i < 3; i++)
        g_array_index(registry_place(registry, i)->sellers, struct registry_sellers, 0)
            .ranged = false;
    scoped(tally) *tally = example_tally(method, registry, 1, 0);
    scoped(score_window) *window = score_window_new(method, registry, tally, 0);
    const struct score_pillar *pillar = &window->places[0].pillars[0];
    double sum = 0;
    for (int i = 0; i < 4; i++)
        sum += pillar->indicators[i].score;
    g_assert_false(pillar->indicators[4].known);
    assert_near(pillar->score, sum / 4);
    scoped(edition) *edition = edition_of(method, registry, tally);
    g_assert_cmpfloat(place_of(edition, 0)->sellers.value, ==, 10000);
}

static void classes_tell_no_exact_number(void) {
    scoped(method) *method = example_method();
    static const struct {
        int firms;
        const char *class;
    } cases[] = {{0, NULL},     {9, NULL},     {10, "10-29"}, {29, "10-29"},
                 {30, "30-99"}, {99, "30-99"}, {100, "100+"}, {5000, "100+"}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *class = score_class(method, cases[i].firms);
        g_assert_cmpstr(class, ==, cases[i].class);
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/score/" #name, name)
    TEST(point_scores_are_those_of_the_reference);
    TEST(published_figures_are_rounded_and_banded);
    TEST(a_place_with_few_reports_has_no_score_and_says_why);
    TEST(an_indicator_with_few_answers_counts_but_is_not_shown);
    TEST(a_median_needs_ten_cases);
    TEST(an_incidence_without_sellers_is_not_shown);
    TEST(the_order_of_complaints_changes_no_byte);
    TEST(a_place_of_unknown_exposure_changes_no_other_figure);
    TEST(a_place_of_unknown_exposure_changes_no_byte_of_the_others);
    TEST(a_missing_pillar_leaves_the_others_as_they_are);
    TEST(an_unknown_answer_does_not_lower_the_score);
    TEST(history_ends_with_the_month_of_the_edition);
    TEST(one_pillar_of_two_indicators_is_a_method_too);
    TEST(without_any_number_of_sellers_incidence_is_left_out);
    TEST(classes_tell_no_exact_number);
    return g_test_run();
}
