/* What is published of a score, and why not: the gates of an edition. */
#include "barometre/score.h"

#include "golden_lines.h"

#include <math.h>

struct scene {
    struct method *method;
    struct registry *registry;
    struct tally *tally;
};

static struct scene scene_new(void) {
    struct scene scene = {.method = example_method(),
                          .registry = example_registry(false)};
    scene.tally = tally_new(EXAMPLE_MONTH, 1, 4, 3);
    return scene;
}

static void scene_clear(struct scene *scene) {
    method_free(scene->method);
    registry_free(scene->registry);
    tally_free(scene->tally);
}

/* Firms that give the same answer to the first `answered` treatment indicators. */
static void report(struct scene *scene, int place, int pillar, int firms, int64_t unit,
                   bool good, int answered) {
    const struct method_pillar *description = &scene->method->pillars[pillar];
    struct rule_answer answers[METHOD_MOST_INDICATORS] = {{.what = ANSWER_NONE}};
    for (int i = 0; i < answered; i++) {
        const bool delay = description->indicators[i].kind == INDICATOR_DELAY;
        answers[i].what = delay  ? (good ? ANSWER_EVENT : ANSWER_OPEN)
                          : good ? ANSWER_YES
                                 : ANSWER_NO;
        answers[i].days = good ? 1 : 99;
    }
    for (int i = 0; i < firms; i++)
        tally_count(tally_cell(scene->tally, 0, place, pillar), description, unit,
                    answers);
}

static struct edition *publish(struct scene *scene) {
    tally_finish(scene->tally);
    const struct score_inputs inputs = {scene->method, scene->registry, scene->tally,
                                        .threads = 2};
    return score_edition(&inputs);
}

static const struct edition_pillar *pillar_of(const struct edition *edition, guint place,
                                              guint pillar) {
    const struct edition_marketplace *marketplace =
        g_ptr_array_index(edition->marketplaces, place);
    return g_ptr_array_index(marketplace->pillars, pillar);
}

static const struct edition_indicator *indicator_of(const struct edition *edition,
                                                    guint place, guint pillar, guint i) {
    return g_ptr_array_index(pillar_of(edition, place, pillar)->indicators, i);
}

static enum edition_reason reason_of(const struct edition *edition, guint place,
                                     guint pillar) {
    return pillar_of(edition, place, pillar)->score.reason;
}

static void ten_firms_are_enough_and_nine_are_not(void) {
    struct scene scene = scene_new();
    report(&scene, 0, 0, 10, 0, true, 4);
    report(&scene, 1, 0, 9, 0, true, 4);
    scoped(edition) *edition = publish(&scene);
    g_assert_cmpint(reason_of(edition, 0, 0), ==, REASON_NONE);
    g_assert_cmpint(reason_of(edition, 1, 0), ==, REASON_FEW_FIRMS);
    g_assert_true(indicator_of(edition, 0, 0, 0)->score.score.known);
    g_assert_true(indicator_of(edition, 0, 0, 3)->median.days.known);
    g_assert_cmpint(indicator_of(edition, 1, 0, 0)->score.reason, ==, REASON_FEW_ANSWERS);
    scene_clear(&scene);
}

static void three_changes_are_enough_and_two_are_not(void) {
    struct scene scene = scene_new();
    for (int i = 0; i < 3; i++) {
        report(&scene, 0, 2, 10, 1 + i, true, 4);
        report(&scene, 1, 2, 10, 1 + i % 2, true, 4);
        report(&scene, 2, 0, 10, 1, true, 4); /* no pillar of changes */
    }
    scoped(edition) *edition = publish(&scene);
    g_assert_cmpint(reason_of(edition, 0, 2), ==, REASON_NONE);
    g_assert_cmpint(reason_of(edition, 1, 2), ==, REASON_FEW_CHANGES);
    g_assert_cmpint(reason_of(edition, 2, 0), ==, REASON_NONE);
    scene_clear(&scene);
}

static void three_indicators_of_five_answers_are_enough(void) {
    struct scene scene = scene_new();
    report(&scene, 0, 0, 5, 0, true, 3);
    report(&scene, 0, 0, 5, 0, true, 0);
    report(&scene, 1, 0, 4, 0, true, 3);
    report(&scene, 1, 0, 6, 0, true, 2);
    scoped(edition) *edition = publish(&scene);
    g_assert_cmpint(reason_of(edition, 0, 0), ==, REASON_NONE);
    g_assert_cmpint(reason_of(edition, 1, 0), ==, REASON_FEW_INDICATORS);
    scene_clear(&scene);
}

static void established_needs_firms_units_and_a_narrow_interval(void) {
    struct scene scene = scene_new();
    report(&scene, 0, 0, 500, 0, true, 4);
    report(&scene, 1, 0, 29, 0, true, 4);
    for (int i = 0; i < 9; i++)
        report(&scene, 2, 2, 50, 1 + i, true, 4); /* nine changes */
    report(&scene, 3, 0, 15, 0, true, 4);
    report(&scene, 3, 0, 15, 0, false, 4);
    scoped(edition) *edition = publish(&scene);
    static const struct {
        guint place, pillar;
        enum edition_status status;
    } expected[] = {{0, 0, STATUS_ESTABLISHED},
                    {1, 0, STATUS_PROVISIONAL},
                    {2, 2, STATUS_PROVISIONAL},
                    {3, 0, STATUS_PROVISIONAL}};
    for (guint i = 0; i < G_N_ELEMENTS(expected); i++)
        g_assert_cmpint(pillar_of(edition, expected[i].place, expected[i].pillar)->status,
                        ==, expected[i].status);
    const struct edition_score *half = &pillar_of(edition, 3, 0)->score;
    g_assert_cmpfloat(half->high.value - half->low.value, >, 20);
    g_assert_cmpstr(pillar_of(edition, 0, 0)->firms_class, ==, "100+");
    scene_clear(&scene);
}

static void a_wide_interval_is_not_published(void) {
    struct scene scene = scene_new();
    report(&scene, 0, 0, 10, 0, true, 4);
    report(&scene, 0, 0, 10, 0, false, 4);
    scene.method->gates.pillar_width = 1;
    scoped(edition) *edition = publish(&scene);
    const struct edition_pillar *pillar = pillar_of(edition, 0, 0);
    g_assert_cmpuint(pillar->reasons->len, ==, 1);
    g_assert_cmpint(pillar->score.reason, ==, REASON_WIDE_INTERVAL);
    g_assert_cmpint(pillar->score.interval_reason, ==, REASON_WIDE_INTERVAL);
    g_assert_false(pillar->score.score.known || pillar->score.low.known);
    scene_clear(&scene);
}

static void an_overall_score_needs_a_narrow_interval_too(void) {
    struct scene scene = scene_new();
    for (int p = 0; p < 3; p++)
        for (int i = 0; i < 20; i++)
            report(&scene, 0, p, 1, 1 + i, i % 2 == 0, 4);
    scene.method->gates.overall_width = 1;
    scoped(edition) *edition = publish(&scene);
    const struct edition_marketplace *place = g_ptr_array_index(edition->marketplaces, 0);
    for (guint p = 0; p < 3; p++)
        g_assert_true(pillar_of(edition, 0, p)->score.score.known);
    g_assert_cmpint(place->overall.score.reason, ==, REASON_WIDE_INTERVAL);
    g_assert_cmpint(place->overall.rank_reason, ==, REASON_WIDE_INTERVAL);
    g_assert_cmpint(place->status, ==, STATUS_INSUFFICIENT);
    g_assert_null(place->overall.band_low);
    scene_clear(&scene);
}

static void check_status(const struct golden_line *line, void *data) {
    const struct edition *edition = data;
    const struct edition_marketplace *place =
        g_ptr_array_index(edition->marketplaces, (guint)line->place);
    const struct edition_overall *overall = &place->overall;
    if (line->kind == GOLDEN_PILLAR)
        g_assert_true(g_str_has_prefix(
            line->rest + 1,
            edition_status_code(
                pillar_of(edition, (guint)line->place, (guint)line->pillar)->status)));
    if (line->kind != GOLDEN_OVERALL)
        return;
    g_assert_true((strstr(line->rest, "published=True") != NULL) ==
                  overall->score.score.known);
    if (!overall->score.score.known)
        return;
    g_autofree char *bands = g_strdup_printf("band=%s range=%s-%s ", overall->band,
                                             overall->band_high, overall->band_low);
    g_assert_nonnull(strstr(line->rest, bands));
}

static void statuses_and_bands_are_those_of_the_reference(void) {
    scoped(method) *method = example_method();
    scoped(registry) *registry = example_registry(false);
    scoped(tally) *tally = example_tally(method, registry, 1, 0);
    const struct score_inputs inputs = {method, registry, tally, .threads = 2};
    scoped(edition) *edition = score_edition(&inputs);
    g_assert_cmpint(golden_each(registry, check_status, edition), ==, 76);
}

/* A place without reports keeps its incidence, but a few reports could be counted by it.
 */
static void an_incidence_never_tells_a_small_number(void) {
    struct scene scene = scene_new();
    report(&scene, 1, 0, 9, 0, true, 4);
    report(&scene, 2, 0, 10, 0, true, 4);
    scoped(edition) *edition = publish(&scene);
    g_assert_true(indicator_of(edition, 0, 0, 4)->score.score.known);
    g_assert_cmpint(reason_of(edition, 0, 0), ==, REASON_NO_REPORTS);
    g_assert_cmpint(indicator_of(edition, 1, 0, 4)->score.reason, ==, REASON_FEW_FIRMS);
    g_assert_true(indicator_of(edition, 2, 0, 4)->score.score.known);
    scene_clear(&scene);
}

static void a_pillar_enters_the_overall_score_at_the_floor_or_above(void) {
    struct scene scene = scene_new();
    for (int place = 0; place < 3; place++)
        report(&scene, place, 0, 2000, 0, false, 4);
    for (int pillar = 1; pillar < 3; pillar++)
        for (int i = 0; i < 20; i++)
            report(&scene, 0, pillar, 1, i + 1, true, 4);
    tally_finish(scene.tally);
    scoped(score_window) *window =
        score_window_new(scene.method, scene.registry, scene.tally, 0);
    const struct score_place *place = &window->places[0];
    g_assert_cmpfloat(place->pillars[0].score, <, scene.method->overall_floor);
    g_assert_cmpfloat_with_epsilon(
        place->overall,
        cbrt(scene.method->overall_floor * place->pillars[1].score *
             place->pillars[2].score),
        1e-9);
    scene_clear(&scene);
}

static void one_missing_pillar_is_named_and_none_at_all_too(void) {
    struct scene scene = scene_new();
    report(&scene, 0, 0, 20, 0, true, 4);
    scoped(edition) *edition = publish(&scene);
    const struct edition_marketplace *some = g_ptr_array_index(edition->marketplaces, 0);
    const struct edition_marketplace *none = g_ptr_array_index(edition->marketplaces, 1);
    g_assert_cmpint(some->overall.score.reason, ==, REASON_PILLAR_MISSING);
    g_assert_cmpint(none->overall.score.reason, ==, REASON_NO_REPORTS);
    g_assert_cmpint(some->status, ==, STATUS_INSUFFICIENT);
    scene_clear(&scene);
}

static void an_edition_tells_its_window_and_the_weights(void) {
    struct scene scene = scene_new();
    scene.method->pillars[0].weight = 2;
    scoped(edition) *edition = publish(&scene);
    g_assert_cmpint(edition->as_of, ==, EXAMPLE_MONTH);
    g_assert_cmpint(edition->window_to, ==, EXAMPLE_MONTH);
    g_assert_cmpint(edition->window_from, ==, EXAMPLE_MONTH - 11);
    static const double weights[] = {0.5, 0.25, 0.25};
    for (guint i = 0; i < 3; i++)
        g_assert_cmpfloat(pillar_of(edition, 0, i)->weight, ==, weights[i]);
    scene_clear(&scene);
}

static void sellers_are_those_of_the_last_month(void) {
    struct scene scene = scene_new();
    const struct registry_place *place = registry_place(scene.registry, 0);
    struct registry_sellers *sellers =
        &g_array_index(place->sellers, struct registry_sellers, 0);
    sellers->to = EXAMPLE_MONTH - 1;
    sellers = &g_array_index(registry_place(scene.registry, 1)->sellers,
                             struct registry_sellers, 0);
    sellers->from = sellers->to = EXAMPLE_MONTH;
    scoped(edition) *edition = publish(&scene);
    const struct edition_marketplace *past = g_ptr_array_index(edition->marketplaces, 0);
    const struct edition_marketplace *now = g_ptr_array_index(edition->marketplaces, 1);
    g_assert_false(past->sellers.known);
    g_assert_cmpfloat(now->sellers.value, ==, 12000);
    g_assert_cmpstr(now->sellers_source, ==, "example");
    scene_clear(&scene);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/gate/" #name, name)
    TEST(ten_firms_are_enough_and_nine_are_not);
    TEST(three_changes_are_enough_and_two_are_not);
    TEST(three_indicators_of_five_answers_are_enough);
    TEST(established_needs_firms_units_and_a_narrow_interval);
    TEST(a_wide_interval_is_not_published);
    TEST(an_overall_score_needs_a_narrow_interval_too);
    TEST(statuses_and_bands_are_those_of_the_reference);
    TEST(an_incidence_never_tells_a_small_number);
    TEST(a_pillar_enters_the_overall_score_at_the_floor_or_above);
    TEST(one_missing_pillar_is_named_and_none_at_all_too);
    TEST(an_edition_tells_its_window_and_the_weights);
    TEST(sellers_are_those_of_the_last_month);
    return g_test_run();
}
