#include "barometre/error.h"
#include "barometre/method.h"

#include <string.h>

static char *method_file(void) {
    return g_build_filename(g_getenv("BAROMETRE_DATA"), "method.json", NULL);
}

static void the_shipped_method_loads(void) {
    g_autofree char *file = method_file();
    g_autoptr(GError) error = NULL;
    scoped(method) *method = method_load(file, &error);
    g_assert_no_error(error);
    g_assert_cmpint(method->pillar_count, ==, 3);
    g_assert_cmpint(strlen(method->sha256), ==, 64);
    static const char *const ids[] = {
        "delisting",      "reasons_given",    "notice_30d",    "heard",
        "appeal_decided", "incidence",        "support",       "human_reply",
        "phone_reached",  "individual_reply", "recourse_told", "incidence",
        "clauses",        "notified",         "notice_15d",    "not_retroactive",
        "free_exit",      "incidence",
    };
    int next = 0;
    for (int p = 0; p < method->pillar_count; p++) {
        g_assert_cmpstr(method->pillars[p].id, ==, ids[next++]);
        for (int i = 0; i < method->pillars[p].indicator_count; i++)
            g_assert_cmpstr(method->pillars[p].indicators[i].id, ==, ids[next++]);
    }
    g_assert_cmpint(next, ==, G_N_ELEMENTS(ids));
    g_assert_true(method->pillars[2].clustered);
}

static void a_method_of_one_pillar_loads(void) {
    g_autofree char *file = g_build_filename(g_getenv("BAROMETRE_DATA"), "examples",
                                             "cfpb", "method.json", NULL);
    g_autoptr(GError) error = NULL;
    scoped(method) *method = method_load(file, &error);
    g_assert_no_error(error);
    g_assert_cmpint(method->pillar_count, ==, 1);
}

static void bands_begin_at_their_least_score(void) {
    g_autofree char *file = method_file();
    scoped(method) *method = method_load(file, NULL);
    g_assert_cmpstr(method_band(method, 100), ==, "A");
    g_assert_cmpstr(method_band(method, 80), ==, "A");
    g_assert_cmpstr(method_band(method, 79.9), ==, "B");
    g_assert_cmpstr(method_band(method, 35), ==, "D");
    g_assert_cmpstr(method_band(method, 34.9), ==, "E");
    g_assert_cmpstr(method_band(method, 0), ==, "E");
}

static void every_basis_is_a_text_of_law_that_is_shipped(void) {
    g_autofree char *file = method_file();
    scoped(method) *method = method_load(file, NULL);
    g_autofree char *legal =
        g_build_filename(g_getenv("BAROMETRE_DATA"), "legal.json", NULL);
    g_autofree char *json = NULL;
    g_assert_true(g_file_get_contents(legal, &json, NULL, NULL));
    for (int p = 0; p < method->pillar_count; p++)
        for (int i = 0; i < method->pillars[p].indicator_count; i++)
            for (char **id = method->pillars[p].indicators[i].basis; *id != NULL; id++) {
                g_autofree char *quoted = g_strdup_printf("\"%s\"", *id);
                if (strstr(json, quoted) == NULL)
                    g_test_message("no %s", quoted);
                g_assert_nonnull(strstr(json, quoted));
            }
}

/* The shipped method with one text replaced by another, and what loading then says. */
static char *say(const char *old, const char *new) {
    g_autofree char *file = method_file();
    g_autofree char *json = NULL;
    g_assert_true(g_file_get_contents(file, &json, NULL, NULL));
    char *at = strstr(json, old);
    g_assert_nonnull(at);
    g_autofree char *before = g_strndup(json, (gsize)(at - json));
    g_autofree char *changed = g_strconcat(before, new, at + strlen(old), NULL);
    g_autoptr(GError) error = NULL;
    scoped(method) *method =
        method_parse(changed, strlen(changed), "method.json", &error);
    g_assert_null(method);
    g_assert_error(error, BAROMETRE_ERROR, ERROR_CONFIG);
    return g_strdup(error->message);
}

static void every_mistake_is_named_with_its_path(void) {
    static const struct {
        const char *old, *new, *problem;
    } cases[] = {
        {"\"draws\": 10000", "\"draw\": 10000", "method.json:draw: this key is unknown"},
        {"\"draws\": 10000", "\"draw\": 10000", "method.json:draws: this key is missing"},
        {"\"draws\": 10000", "\"draws\": NaN", "method.json:6:"},
        {"\"draws\": 10000", "\"draws\": 10000, \"draws\": 10000", "method.json:6:"},
        {"\"draws\": 10000", "\"draws\": \"10000\"",
         "method.json:draws: this is not a w"},
        {"\"disclosure_threshold\": 5", "\"disclosure_threshold\": 2",
         "method.json:disclosure_threshold: this number is not between 3 and"},
        {"[10, 30, 100]", "[4, 30, 100]", "method.json:firms_classes[0]: this number"},
        {"[10, 30, 100]", "[10, 30, 30]", "method.json:firms_classes[2]: this number"},
        {"\"least\": 65", "\"least\": 80", "method.json:bands[1].least: bands go down"},
        {"\"least\": 0}", "\"least\": 1}", "method.json:bands: the last band"},
        {"\"weight\": 1,", "\"weight\": 0,",
         "method.json:pillars[0].weight: this number"},
        {"\"weight\": 1,", "\"weight\": -1,", "method.json:pillars[0].weight: this n"},
        {"\"pillar_d\"", "\"pillar_x\"",
         "method.json:pillars[0].reported_by: this is no"},
        {"\"pillar_d\"", "\"action\"", "method.json:pillars[0].reported_by: this is no"},
        {"\"unit\": \"firm\"", "\"unit\": \"shop\"",
         "method.json:pillars[0].unit: this w"},
        {"\"support\"", "\"delisting\"", "method.json:pillars: elements 0 and 1"},
        {"\"heard\",\n", "\"notice_30d\",\n",
         "method.json:pillars[0].indicators: elements 1 and 2"},
        {"\"days\": 15,\n            \"direct\": \"human",
         "\"days\": 0,\n \"direct\": \"human",
         "method.json:pillars[1].indicators[0].answer.days: this number"},
        {"\"kind\": \"delay\",\n          \"weight\"",
         "\"kind\": \"share\",\n          \"weight\"",
         "method.json:pillars[0].indicators[3].answer.kind: a delay takes"},
        {"\"kind\": \"incidence\"", "\"kind\": \"share\"",
         "method.json:pillars[0].indicators[4].answer: this key is missing"},
        {"\"worst_rate\": 5.5", "\"worst_rate\": 0.5",
         "method.json:incidence.worst_rate:"},
        {"\"ratio\": 2", "\"ratio\": 1", "method.json:alert.ratio: this number"},
        {"\"contest\": [\"contested\"]", "\"contest\": [\"maybe\"]",
         "method.json:robustness.contested.contest: value 0"},
        {"\"Motif communiqué\"", "\"Motif communiqué avant la date de son effet\"",
         "method.json:pillars[0].indicators[0].label: a label is longer"},
        {"\"fr\": \"Motif communiqué\", ", "",
         "method.json:pillars[0].indicators[0].label.fr: this key is missing"},
        {"[\"P2B-4.3\", \"P2B-11\"]", "[\"P2B-4.3\", \"P2B-4.3\"]",
         "method.json:pillars[0].indicators[2].basis: element 1 repeats"},
        {"\"indicators\": 3", "\"indicators\": 5",
         "method.json:gates.pillar.indicators: pillar 0 has only 4"},
        {"{\"width\": 30}", "{\"width\": 130}",
         "method.json:gates.overall.width: this n"},
        {"\"interval\": 0.9,", "\"interval\": 1,", "method.json:interval: this number"},
        {"\"phantom_weight\": 0.5", "\"phantom_weight\": 0.7",
         "method.json:phantom_weight: write 0.5, or 1 and more"},
        {"\"phantom_weight\": 0.5", "\"phantom_weight\": 0.4",
         "method.json:phantom_weight: this number"},
        {"\"prior_reports\": 2", "\"prior_reports\": 0.5",
         "method.json:incidence.prior_reports: this number"},
        {"\"ahead\": 0.9", "\"ahead\": 0.4", "method.json:claims.ahead: this number"},
        {"\"group_places\": 2", "\"group_places\": 0",
         "method.json:claims.group_places: this number"},
        {"\"changes\": \"notice_15d\"", "\"changes\": \"notified\"",
         "method.json:notice.changes: no indicator of this id is a lead"},
        {"\"changes\": \"notice_15d\"", "\"changes\": \"notice_30d\"",
         "method.json:notice.changes: its days are not watch.short_notice_days"},
        {"\"terminations\": \"notice_30d\"", "\"terminations\": \"notice_15d\"",
         "method.json:notice.terminations: its pillar counts changes"},
        {"\"bins\": [0, 15, 30]", "\"bins\": [0, 15, 31]",
         "method.json:notice.bins: these begin at 0 and have the limit of 30"},
        {"\"bins\": [0, 15, 30]", "\"bins\": [0, 30, 15]",
         "method.json:notice.bins: these do not rise"},
        {"\"one_in\": [2, 3, 4]", "\"one_in\": [1, 3, 4]",
         "method.json:notice.one_in[0]: this number"},
        {"\"adjudication\": [\"rejected\"]", "\"adjudication\": [\"lost\"]",
         "method.json:excluded[0].adjudication: value 0"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *said = say(cases[i].old, cases[i].new);
        if (strstr(said, cases[i].problem) == NULL)
            g_test_message("%s\nis not in\n%s", cases[i].problem, said);
        g_assert_nonnull(strstr(said, cases[i].problem));
    }
}

#define LABEL "\"label\":{\"fr\":\"a\",\"en\":\"a\"},\"weight\":1"
#define HOW_OFTEN(id) "{\"id\":\"" id "\"," LABEL ",\"kind\":\"incidence\",\"basis\":[]}"
#define HOW_LONG(id)                                                                     \
    "{\"id\":\"" id "\"," LABEL ",\"kind\":\"delay\",\"basis\":[],\"answer\":{"          \
    "\"kind\":\"delay\",\"from\":\"contact_on\",\"to\":\"human_reply_on\","              \
    "\"until\":\"last_status_on\",\"days\":9}}"

/* What loading says of the shipped method with one more pillar, made of `indicators`. */
static char *say_of_pillar(const char *indicators) {
    g_autofree char *pillar = g_strdup_printf("\"pillars\":[{\"id\":\"more\"," LABEL
                                              ",\"reported_by\":\"pillar_d\","
                                              "\"unit\":\"firm\",\"indicators\":[%s]},",
                                              indicators);
    return say("\"pillars\": [", pillar);
}

static void a_pillar_has_one_delay_one_incidence_and_a_treatment(void) {
    g_autofree char *delays = say_of_pillar(HOW_LONG("x") "," HOW_LONG("y"));
    g_assert_nonnull(strstr(delays, "pillars[0].indicators: a pillar has at most one d"));
    g_autofree char *rates =
        say_of_pillar(HOW_LONG("x") "," HOW_OFTEN("y") "," HOW_OFTEN("z"));
    g_assert_nonnull(
        strstr(rates, "pillars[0].indicators: a pillar has at most one inc"));
    g_autofree char *alone = say_of_pillar(HOW_OFTEN("x"));
    g_assert_nonnull(strstr(alone, "pillars[0].indicators: a pillar needs a share"));
}

static void all_mistakes_are_named_at_once(void) {
    g_autofree char *said = say("\"version\": \"1.0\",\n  \"seed\": \"barometre-1\",",
                                "\"version\": 1, \"seed\": \"\",");
    g_assert_nonnull(strstr(said, "method.json:version:"));
    g_assert_nonnull(strstr(said, "method.json:seed:"));
    g_auto(GStrv) lines = g_strsplit(said, "\n", 0);
    g_assert_cmpint(g_strv_length(lines), ==, 2);
}

static void an_absent_file_is_named(void) {
    g_autoptr(GError) error = NULL;
    g_assert_null(method_load("no/such/method.json", &error));
    g_assert_error(error, BAROMETRE_ERROR, ERROR_CONFIG);
    g_assert_true(g_str_has_prefix(error->message, "no/such/method.json: "));
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/method/" #name, name)
    TEST(the_shipped_method_loads);
    TEST(a_method_of_one_pillar_loads);
    TEST(bands_begin_at_their_least_score);
    TEST(every_basis_is_a_text_of_law_that_is_shipped);
    TEST(every_mistake_is_named_with_its_path);
    TEST(a_pillar_has_one_delay_one_incidence_and_a_treatment);
    TEST(all_mistakes_are_named_at_once);
    TEST(an_absent_file_is_named);
    return g_test_run();
}
