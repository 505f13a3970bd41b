/* Documents that are no edition, by mistake or by malice. */
#include "barometre/edition.h"
#include "barometre/error.h"

#include "full_edition.h"

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
        {"\"id\": \"clauses\"", "\"id\": \"support\"", "is described twice"},
        {"\"rank_low\": 1", "\"rank_low\": 3",
         "edition.json:marketplaces[0].overall.rank_low: this is no interval"},
        {"\"p_above_median\": 0.97", "\"p_above_median\": null",
         "edition.json:marketplaces[0].overall.p_above_median: this is known where"},
        {"\"p_weakest\": 0.01", "\"p_weakest\": 1.01",
         "edition.json:marketplaces[0].pillars.clauses.p_weakest: this number"},
        {"\"p_weakest\": null", "\"p_weakest\": 0.5",
         "edition.json:marketplaces[1].pillars.clauses.p_weakest_reason: the figure is "},
        {"\"share\": 31.5", "\"share\": null",
         "edition.json:marketplaces[0].watch.withheld.firms.reason: the figure is miss"},
        {"\"low\": 22.3", "\"low\": null", "watch.withheld.firms.low: this is no inter"},
        {"\"amount\": 123456.7", "\"amount\": -1",
         "edition.json:marketplaces[0].watch.withheld.amount: this number is not"},
        {"\"change\": \"worsening\"", "\"change\": \"unknown\"",
         "edition.json:marketplaces[0].watch.withheld.change_reason: the figure is miss"},
        {"\"fees\",", "\"taxes\",", "edition.json:marketplaces[0].watch.fees: this key"},
        {"\"parity\"\n", "\"fees\"\n", "edition.json:method.watch: element 2 repeats"},
        {"\"referred\": 14", "\"referred\": null",
         "edition.json:marketplaces[0].mediation.reason: the figure is missing"},
        {"\"mean_days\": 4.2", "\"mean_days\": null",
         "edition.json:marketplaces[0].declared[1].reason: the figure is missing"},
        {"\"to\": \"2025-09\"", "\"to\": \"2024-09\"",
         "edition.json:marketplaces[0].declared[0].from: this month is after"},
        {"\"median_notice_days\": 14.5", "\"median_notice_days\": 14.55",
         "marketplaces[0].changes.median_notice_days: published figures have 1"},
        {"\"count\": 6", "\"count\": -1",
         "edition.json:marketplaces[0].changes.count: this number is not between"},
        {"\"count\": 6", "\"count\": 7",
         "edition.json:marketplaces[0].changes.acts: these are not as many"},
        {"\"one_in\": 3", "\"one_in\": null",
         "edition.json:marketplaces[0].changes.p: a claim goes with"},
        {"\"one_in\": 3", "\"one_in\": 1",
         "edition.json:marketplaces[0].changes.one_in: this number is not"},
        {"\"notice_days\": 120", "\"notice_days\": 120.5",
         "edition.json:marketplaces[0].changes.acts[3].notice_days: published"},
        {"    1235\n", "    1235,\n    5\n",
         "edition.json:marketplaces[0].terminations.firms: these are not as many"},
        {"    1235\n", "    -5\n",
         "edition.json:marketplaces[0].terminations.firms[3]: this number is not"},
        {"   15,\n", "   0,\n", "edition.json:notice.bins: these do not rise"},
        {"\"indicator\": \"done\"", "\"indicator\": \"Done\"",
         "edition.json:notice.terminations.indicator: this text has other"},
        {"\"products\": 1234555", "\"products\": 1234568",
         "marketplaces[0].statements[0].products: this exceeds"},
        {"\"days\": 30", "\"days\": 32",
         "marketplaces[0].statements[0].days: this number is not between"},
        {"\"decided\": 86.5", "\"decided\": 86.55",
         "marketplaces[0].statements[0].decided: published figures have 1"},
        {"\"transmitted\": 9876", "\"transmitted\": null",
         "edition.json:context.consumers[1].reason: the figure is missing"},
        {"\"median_interval_days\": 41.5", "\"median_interval_days\": null",
         "marketplaces[0].observed_terms.reason: the figure is missing"},
        {"\"pattern\": \"flip_flop\"", "\"pattern\": \"wild\"",
         "observed_terms.documents[0].pattern: "},
        {"\"returns\": 230", "\"returns\": 231",
         "observed_terms.documents[0].versions: is not the sum"},
        {"\"words_added\": 5060", "\"words_added\": -1",
         "observed_terms.documents[0].changes[0].words_added: "},
        {"\"a\": \"etal-cie\"", "\"a\": \"autre\"",
         "edition.json:pairs[0].a: no marketplace has this id"},
        {"\"b\": \"quai\"", "\"b\": \"etal-cie\"",
         "edition.json:pairs[0].b: this marketplace is not after"},
        {"\"p\": 0.99", "\"p\": null", "edition.json:pairs[0].p: this is not a number"},
        {"\"difference\": -3.4", "\"difference\": null",
         "edition.json:groups.signatories.reason: the figure is missing"},
        {"\"p\": 0.16", "\"p\": null",
         "edition.json:groups.signatories: a difference goes with"},
        {"87.5", "\"87.5\"",
         "edition.json:robustness.places[0].weights: element 0 is no number"},
        {"87.5", "187.5", "edition.json:robustness.places[0].weights: element 0 is no"},
        {"\"V9\": {", "\"V8\": {",
         "edition.json:robustness.places[0].variants.V9: this key is missing"},
        {"\"rank\": 2", "\"rank\": 0",
         "edition.json:robustness.places[0].variants.V9.rank: this number is not"},
        {"\"total_index\": 0.62", "\"total_index\": 0.625",
         "edition.json:robustness.factors[0].total_index: published figures have 2"},
        {"\"response\": 88.1", "\"response\": null",
         "edition.json:coverage.reason: the figure is missing"},
        {"\"ratio\": 1.88", "\"ratio\": null",
         "edition.json:marketplaces[0].expectation.reason: the figure is missing"},
        {"\"ratio\": 1.88", "\"ratio\": 1.885",
         "edition.json:marketplaces[0].expectation.ratio: published figures have 2"},
        {"\"firms\": 60", "\"firms\": null",
         "edition.json:marketplaces[0].expectation.ratio: this is known together with"},
        {"\"low\": 1.82", "\"low\": 1.98",
         "edition.json:marketplaces[0].expectation.low: this is no interval"},
        {"above_outer", "above", "edition.json:marketplaces[0].expectation.position: "},
        {"\"rate\": 3.7067", "\"rate\": null",
         "edition.json:funnel.reason: the figure is missing"},
        {"\"dispersion\": 1.5", "\"dispersion\": 0.5",
         "edition.json:funnel.dispersion: this number is not"},
        {"\"expected\": 40.0", "\"expected\": 4.0",
         "edition.json:funnel.limits[1].expected: limits go from few to many"},
        {"\"inner_high\": 1.859", "\"inner_high\": 2.859",
         "edition.json:funnel.limits[0].outer_low: the outer limits hold"},
        {"\"reason\": \"suppressed\",\n   \"rows\"", "\"reason\": null,\n   \"rows\"",
         "edition.json:tables[0].reason: the figure is missing"},
        {"\"2026-08\": {", "\"2026-06\": {",
         "edition.json:tables[0].cells.2026-08: this key is missing"},
        {"\"etal-cie\": 20", "\"etal-cie\": -20",
         "edition.json:tables[0].cells.2026-08.etal-cie: this count is negative"},
        {"\"etal-cie\": 20", "\"etal\": 20",
         "edition.json:tables[0].cells.2026-08.etal: this key is unknown"},
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

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/edition_read/" #name, name)
    TEST(every_wrong_member_is_named_with_its_path);
    TEST(hostile_documents_are_refused);
    TEST(a_document_cut_anywhere_is_refused);
    TEST(a_byte_changed_anywhere_does_no_harm);
    return g_test_run();
}
