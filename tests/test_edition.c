#include "barometre/edition.h"
#include "barometre/error.h"

#include "full_edition.h"

static void what_is_written_reads_back_to_the_same_bytes(void) {
    scoped(edition) *edition = full_edition();
    g_autofree char *json = edition_write(edition);
    g_autoptr(GError) error = NULL;
    scoped(edition) *copy = edition_read(json, strlen(json), "edition.json", &error);
    g_assert_no_error(error);
    g_autofree char *again = edition_write(copy);
    g_assert_cmpstr(again, ==, json);
}

static void an_edition_of_nothing_reads_back_too(void) {
    scoped(edition) *edition = full_edition();
    g_ptr_array_set_size(edition->marketplaces, 0);
    g_ptr_array_set_size(edition->sources, 0);
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

/* What reading says of the full edition with one text replaced by another. */
static char *say(const char *old, const char *new) {
    scoped(edition) *edition = full_edition();
    g_autofree char *json = edition_write(edition);
    char *at = strstr(json, old);
    if (at == NULL)
        g_test_message("no %s", old);
    g_assert_nonnull(at);
    g_autofree char *before = g_strndup(json, (gsize)(at - json));
    g_autofree char *changed = g_strconcat(before, new, at + strlen(old), NULL);
    g_autoptr(GError) error = NULL;
    scoped(edition) *read =
        edition_read(changed, strlen(changed), "edition.json", &error);
    g_assert_null(read);
    g_assert_error(error, BAROMETRE_ERROR, ERROR_CONFIG);
    return g_strdup(error->message);
}

static void every_wrong_member_is_named_with_its_path(void) {
    static const struct {
        const char *old, *new, *problem;
    } cases[] = {
        {"barometre/edition/1", "barometre/edition/9", "edition.json:schema: "},
        {"\"closed\": true", "\"closed\": 1", "edition.json:closed: "},
        {"\"closed\": true", "\"open\": true",
         "edition.json:closed: this key is missing"},
        {"\"closed\": true", "\"open\": true", "edition.json:open: this key is unknown"},
        {"\"as_of\": \"2026-10\"", "\"as_of\": \"2026-13\"", "edition.json:as_of: "},
        {"\"draws\": 10000", "\"draws\": 1e400", "edition.json:"},
        {"\"draws\": 10000", "\"draws\": 99999999999999999999", "edition.json:"},
        {"\"draws\": 10000", "\"draws\": NaN", "edition.json:"},
        {"\"score\": 68.2", "\"score\": 168.2",
         "edition.json:marketplaces[0].overall.score: this number is not between 0"},
        {"\"score\": 68.2", "\"score\": \"68.2\"",
         "edition.json:marketplaces[0].overall.score: this is not a number"},
        {"\"score\": 68.2", "\"score\": 68.23",
         "edition.json:marketplaces[0].overall.score: published figures have 1"},
        {"\"score\": 68.2", "\"score\": null",
         "edition.json:marketplaces[0].overall.reason: the figure is missing"},
        {"\"low\": 63.1", "\"low\": null", "edition.json:marketplaces[0].overall.low: "},
        {"\"low\": 63.1", "\"low\": 93.1", "edition.json:marketplaces[0].overall.low: "},
        {"\"band\": \"B\"", "\"band\": null",
         "edition.json:marketplaces[0].overall.band: "},
        {"\"rank_low\": 1", "\"rank_low\": 0",
         "edition.json:marketplaces[0].overall.rank_low: "},
        {"\"2019-03-26\"", "\"2019-02-29\"",
         "edition.json:marketplaces[0].signatory_from: this is no date"},
        {"\"support\": {", "\"supporT\": {", "edition.json:marketplaces[0]."},
        {"\"median_days\": {", "\"median_days\": 3, \"x\": {",
         "edition.json:marketplaces[0].pillars.clauses.median_days: this is not an ob"},
        {"\"few_indicators\"", "\"few_flies\"",
         "edition.json:marketplaces[1].pillars.clauses.reasons: element 1 is no reason"},
        {"\"total\": 1243", "\"total\": 1244", "edition.json:sources[0].bytes.total: "},
        {"\"records\": 11", "\"records\": 12", "edition.json:sources[0].records: "},
        {"\"stored\": 5,", "\"stored\": 9223372036854775807,",
         "edition.json:sources[0].stored: this count is negative or too great"},
        {"\"letter\": \"A\"", "\"letter\": \"\"", "edition.json:bands[0].letter: "},
        {"\"id\": \"etal-cie\"", "\"id\": \"../cie\"",
         "edition.json:marketplaces[0].id: "},
        {"\"id\": \"clauses\"", "\"id\": \"support\"", "names one of these twice"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *said = say(cases[i].old, cases[i].new);
        if (strstr(said, cases[i].problem) == NULL)
            g_test_message("%s\nis not in\n%s", cases[i].problem, said);
        g_assert_nonnull(strstr(said, cases[i].problem));
    }
}

static void assert_refused(const char *json, size_t length) {
    g_autoptr(GError) error = NULL;
    g_assert_null(edition_read(json, length, "edition.json", &error));
    g_assert_error(error, BAROMETRE_ERROR, ERROR_CONFIG);
    g_assert_true(g_str_has_prefix(error->message, "edition.json:"));
}

static void hostile_documents_are_refused(void) {
    static const char *const documents[] = {
        "",
        "[]",
        "null",
        "3",
        "{",
        "{\"schema\":\"\\u0000\"}",
        "\"\xff\"",
        "{}",
        "{\"marketplaces\":[{}],\"method\":[]}",
        "{\"method\":{\"pillars\":[null,1]},\"marketplaces\":[null,{\"pillars\":3}]}",
    };
    for (guint i = 0; i < G_N_ELEMENTS(documents); i++)
        assert_refused(documents[i], strlen(documents[i]));
    g_autofree char *nested = g_strnfill(1000000, '[');
    assert_refused(nested, strlen(nested));
}

static void a_document_cut_anywhere_is_refused(void) {
    scoped(edition) *edition = full_edition();
    g_autofree char *json = edition_write(edition);
    const size_t length = strlen(json) - 2; /* without the last brace and line end */
    for (size_t cut = 0; cut <= length; cut += 37)
        assert_refused(json, cut);
    assert_refused(json, length);
}

/* What is still accepted after a change is an edition that can be written and read. */
static void a_byte_changed_anywhere_does_no_harm(void) {
    scoped(edition) *edition = full_edition();
    g_autofree char *json = edition_write(edition);
    const size_t length = strlen(json);
    g_autoptr(GRand) random = g_rand_new_with_seed(1);
    static const char bytes[] = "0123456789-\"{}[],:.eE nultrf\\x\xc3\xff";
    int accepted = 0;
    for (int round = 0; round < 3000; round++) {
        g_autofree char *changed = g_memdup2(json, length + 1);
        changed[g_rand_int_range(random, 0, (int)length)] =
            bytes[g_rand_int_range(random, 0, sizeof bytes - 1)];
        scoped(edition) *read = edition_read(changed, length, "edition.json", NULL);
        if (read == NULL)
            continue;
        accepted++;
        g_autofree char *again = edition_write(read);
        g_autoptr(GError) error = NULL;
        scoped(edition) *copy = edition_read(again, strlen(again), "again", &error);
        g_assert_no_error(error);
        g_assert_nonnull(copy);
    }
    g_assert_cmpint(accepted, >, 100); /* changes of spaces and figures at least */
    g_assert_cmpint(accepted, <, 2900);
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
    TEST(an_edition_of_nothing_reads_back_too);
    TEST(pillars_keep_the_order_of_the_method);
    TEST(figures_are_written_as_they_are_published);
    TEST(every_wrong_member_is_named_with_its_path);
    TEST(hostile_documents_are_refused);
    TEST(a_document_cut_anywhere_is_refused);
    TEST(a_byte_changed_anywhere_does_no_harm);
    TEST(ranked_goes_by_score_then_id_then_name);
    TEST(the_median_leaves_unknown_scores_out);
    return g_test_run();
}
