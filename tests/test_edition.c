#include "barometre/edition.h"

#include "full_edition.h"
#include "sample_edition.h"

static void what_is_written_reads_back_to_the_same_bytes(void) {
    scoped(edition) *edition = full_edition();
    g_autofree char *json = edition_write(edition);
    g_autoptr(GError) error = NULL;
    scoped(edition) *copy = edition_read(json, strlen(json), "edition.json", &error);
    g_assert_no_error(error);
    g_autofree char *again = edition_write(copy);
    g_assert_cmpstr(again, ==, json);
}

/* What tests of views draw is what a reader would get. */
static void the_sample_of_the_views_reads_back_to_the_same_bytes(void) {
    for (int full = 0; full < 2; full++) {
        scoped(edition) *edition = sample_edition(full != 0);
        g_autofree char *json = edition_write(edition);
        g_autoptr(GError) error = NULL;
        scoped(edition) *copy = edition_read(json, strlen(json), "edition.json", &error);
        g_assert_no_error(error);
        g_autofree char *again = edition_write(copy);
        g_assert_cmpstr(again, ==, json);
    }
}

static void an_edition_of_nothing_reads_back_too(void) {
    scoped(edition) *edition = full_edition();
    GPtrArray *const arrays[] = {edition->marketplaces, edition->sources, edition->pairs,
                                 edition->robustness.places, edition->tables};
    for (guint i = 0; i < G_N_ELEMENTS(arrays); i++)
        g_ptr_array_set_size(arrays[i], 0);
    edition->robustness.reason = REASON_FEW_MARKETPLACES;
    g_autofree char *json = edition_write(edition);
    scoped(edition) *copy = edition_read(json, strlen(json), "edition.json", NULL);
    g_assert_nonnull(copy);
    g_autofree char *again = edition_write(copy);
    g_assert_cmpstr(again, ==, json);
}

static void pillars_keep_the_order_of_the_method(void) {
    scoped(edition) *edition = full_edition();
    g_autofree char *json = edition_write(edition);
    scoped(edition) *copy = edition_read(json, strlen(json), "edition.json", NULL);
    const struct edition_marketplace *place = g_ptr_array_index(copy->marketplaces, 0);
    const struct edition_pillar *first = g_ptr_array_index(place->pillars, 0);
    const struct edition_pillar *second = g_ptr_array_index(place->pillars, 1);
    g_assert_cmpstr(first->id, ==, "support"); /* not sorted: clauses */
    g_assert_cmpfloat(first->score.score.value, ==, 100);
    g_assert_cmpfloat(second->score.score.value, ==, 0.1);
    const struct edition_history *month = g_ptr_array_index(place->history, 0);
    g_assert_cmpfloat(g_array_index(month->pillars, struct edition_score, 0).score.value,
                      ==, 100);
}

static void what_is_watched_keeps_the_order_of_the_method(void) {
    scoped(edition) *edition = full_edition();
    g_autofree char *json = edition_write(edition);
    scoped(edition) *copy = edition_read(json, strlen(json), "edition.json", NULL);
    static const char *const ids[] = {"withheld", "fees", "parity"};
    for (guint i = 0; i < copy->marketplaces->len; i++) {
        const struct edition_marketplace *place =
            g_ptr_array_index(copy->marketplaces, i);
        g_assert_cmpuint(place->watch->len, ==, G_N_ELEMENTS(ids));
        for (guint j = 0; j < place->watch->len; j++) {
            const struct edition_watch *watch = g_ptr_array_index(place->watch, j);
            g_assert_cmpstr(watch->id, ==, ids[j]);
        }
    }
}

static void a_table_reads_back_cell_by_cell(void) {
    scoped(edition) *edition = full_edition();
    g_autofree char *json = edition_write(edition);
    scoped(edition) *copy = edition_read(json, strlen(json), "edition.json", NULL);
    const struct edition_table *before = g_ptr_array_index(edition->tables, 0);
    const struct edition_table *after = g_ptr_array_index(copy->tables, 0);
    g_assert_cmpstr(after->rows[1], ==, "2026-07"); /* in the order written, not sorted */
    g_assert_cmpstr(after->columns[0], ==, "quai");
    g_assert_cmpuint(after->cells->len, ==, 9);
    for (guint i = 0; i < 9; i++) {
        const struct edition_number cell = *edition_table_cell(after, i / 3, i % 3);
        const struct edition_number was = *edition_table_cell(before, i / 3, i % 3);
        g_assert_cmpint(cell.known, ==, was.known);
        g_assert_cmpfloat(cell.value, ==, was.value);
    }
}

/* What nobody fills says "not computed", wherever a reason is due. */
static void an_unfilled_edition_reads_back_with_its_reasons(void) {
    scoped(edition) *edition = edition_new();
    edition->as_of = edition->window_from = edition->window_to = FULL_AS_OF;
    edition->method_version = g_strdup("1.0");
    edition->method_sha256 = g_strdup(full_sha256);
    edition->seed = g_strdup("s");
    struct edition_marketplace *place = edition_add_marketplace(edition);
    place->id = g_strdup("quai");
    place->name = g_strdup("Quai");
    place->overall.score = full_missing(REASON_NO_REPORTS);
    place->overall.rank_reason = place->overall.trend.reason = REASON_NO_REPORTS;
    edition_add_watch(place, "fees");
    edition_add_declared(place)->from = 24300;
    struct edition_declared *declared = g_ptr_array_index(place->declared, 0);
    declared->to = 24311;
    g_autofree char *json = edition_write(edition);
    g_autoptr(GError) error = NULL;
    scoped(edition) *copy = edition_read(json, strlen(json), "edition.json", &error);
    g_assert_no_error(error);
    g_assert_cmpint(copy->signatories.reason, ==, REASON_NOT_COMPUTED);
    g_assert_cmpint(copy->robustness.reason, ==, REASON_NOT_COMPUTED);
    g_assert_cmpint(copy->coverage.reason, ==, REASON_NOT_COMPUTED);
    const struct edition_marketplace *read = g_ptr_array_index(copy->marketplaces, 0);
    g_assert_cmpint(read->changes.count, ==, -1);
    g_assert_cmpint(read->mediation.reason, ==, REASON_NOT_COMPUTED);
    const struct edition_watch *watch = g_ptr_array_index(read->watch, 0);
    g_assert_cmpint(watch->firms.reason, ==, REASON_NOT_COMPUTED);
    g_assert_cmpint(watch->amount_reason, ==, REASON_NONE); /* it has none to miss */
}

/* Reading back cannot tell two figures that change places on both ways. */
static void every_figure_has_its_own_name(void) {
    static const char *const members[] = {
        "\"p_above_median\": 0.97,",
        "\"p_below_median\": 0.03,",
        "\"p_first\": 0.99,",
        "\"p_last\": 0.0,",
        "\"p_weakest\": 0.01,",
        "\"high\": 40.7,\n      \"low\": 22.3,",
        "\"amount\": 123456.7,",
        "\"referred\": 14,",
        "\"complaints\": 45,",
        "\"mean_days\": 4.2,",
        "\"reversed\": 0,",
        "\"count\": 6,",
        "\"difference\": -3.4,",
        "\"high\": 2.2,\n   \"low\": -9.1,",
        "\"p\": 0.16,",
        "\"rank_high\": 2,\n    \"rank_low\": 1,",
        "\"firms\": 321,",
        "\"complaints\": 400,",
        "\"response\": 88.1",
        "\"months_of_history\": 24,",
    };
    scoped(edition) *edition = full_edition();
    g_autofree char *json = edition_write(edition);
    for (guint i = 0; i < G_N_ELEMENTS(members); i++) {
        if (strstr(json, members[i]) == NULL)
            g_test_message("no %s", members[i]);
        g_assert_nonnull(strstr(json, members[i]));
    }
}

static void the_reason_of_a_known_figure_is_not_written(void) {
    scoped(edition) *edition = full_edition();
    g_autofree char *json = edition_write(edition);
    struct edition_marketplace *place = g_ptr_array_index(edition->marketplaces, 0);
    struct edition_watch *watch = g_ptr_array_index(place->watch, 0);
    watch->change_reason = watch->amount_reason = watch->firms.reason = REASON_FEW_FIRMS;
    edition->signatories.reason = edition->coverage.reason = REASON_FEW_FIRMS;
    place->mediation.reason = place->changes.reason = REASON_FEW_FIRMS;
    g_autofree char *again = edition_write(edition);
    g_assert_cmpstr(again, ==, json);
}

static void figures_are_written_as_they_are_published(void) {
    scoped(edition) *edition = full_edition();
    struct edition_marketplace *place = g_ptr_array_index(edition->marketplaces, 0);
    place->overall.score.score.value = 68.1898;
    place->overall.trend.points.value = -0.04;
    g_autofree char *json = edition_write(edition);
    g_assert_nonnull(strstr(json, "\"score\": 68.2,"));
    g_assert_nonnull(strstr(json, "\"p_first\": 0.99,"));
    g_assert_nonnull(strstr(json, "\"points\": 0.0,"));
    g_assert_nonnull(strstr(json, "\"value\": 12345"));
    g_assert_nonnull(strstr(json, "\"signatory_from\": \"2019-03-26\""));
    g_assert_nonnull(strstr(json, "\"window\": {\n  \"from\": \"2025-11\""));
    g_assert_null(strstr(json, "-0.0"));
    g_assert_true(g_str_has_suffix(json, "}\n"));
}

static void add_place(struct edition *edition, const char *id, const char *name,
                      struct edition_number score) {
    struct edition_marketplace *place = edition_add_marketplace(edition);
    place->id = g_strdup(id);
    place->name = g_strdup(name);
    place->overall.score.score = score;
}

static void ranked_goes_by_score_then_id_then_name(void) {
    scoped(edition) *edition = edition_new();
    add_place(edition, "u2", "Zèbre", edition_unknown());
    add_place(edition, "u1", "Étal", edition_unknown());
    add_place(edition, "u3", "fable", edition_unknown());
    add_place(edition, "b", "B", edition_known(50));
    add_place(edition, "a", "A", edition_known(50));
    add_place(edition, "c", "C", edition_known(80));
    g_autoptr(GPtrArray) ranked = edition_ranked(edition);
    static const char *const expected[] = {"c", "a", "b", "u1", "u3", "u2"};
    for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
        const struct edition_marketplace *place = g_ptr_array_index(ranked, i);
        g_assert_cmpstr(place->id, ==, expected[i]);
    }
}

static void the_median_leaves_unknown_scores_out(void) {
    scoped(edition) *edition = edition_new();
    g_assert_false(edition_median_score(edition, -1).known);
    add_place(edition, "a", "A", edition_unknown());
    g_assert_false(edition_median_score(edition, -1).known);
    add_place(edition, "b", "B", edition_known(80));
    add_place(edition, "c", "C", edition_known(20));
    g_assert_cmpfloat(edition_median_score(edition, -1).value, ==, 50);
    add_place(edition, "d", "D", edition_known(30));
    g_assert_cmpfloat(edition_median_score(edition, -1).value, ==, 30);
    g_assert_false(edition_median_score(edition, 0).known);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/edition/" #name, name)
    TEST(what_is_written_reads_back_to_the_same_bytes);
    TEST(the_sample_of_the_views_reads_back_to_the_same_bytes);
    TEST(an_edition_of_nothing_reads_back_too);
    TEST(pillars_keep_the_order_of_the_method);
    TEST(what_is_watched_keeps_the_order_of_the_method);
    TEST(a_table_reads_back_cell_by_cell);
    TEST(an_unfilled_edition_reads_back_with_its_reasons);
    TEST(every_figure_has_its_own_name);
    TEST(the_reason_of_a_known_figure_is_not_written);
    TEST(figures_are_written_as_they_are_published);
    TEST(ranked_goes_by_score_then_id_then_name);
    TEST(the_median_leaves_unknown_scores_out);
    return g_test_run();
}
