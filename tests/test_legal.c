#include "barometre/error.h"
#include "barometre/legal.h"
#include "barometre/month.h"

#include <string.h>

#define TEST(name) g_test_add_func("/legal/" #name, name)

#define HEAD                                                                             \
    "{\"legal\":\"1\",\"before_valid_from\":{\"fr\":\"bonne pratique\",\"en\":\"good "   \
    "practice\"},\"unverified\":{\"fr\":\"à vérifier\",\"en\":\"to be verified\"},"    \
    "\"verified_marks\":[\"V\"],\"marks\":{\"V\":\"seen\",\"M\":\"from memory\"},"       \
    "\"bases\":["

#define BASIS(id, from, to, mark, word)                                                  \
    "{\"id\":\"" id "\",\"text\":{\"fr\":\"Texte\",\"en\":\"Act\"},\"article\":\"4\","   \
    "\"number\":null,\"sentence\":{\"fr\":\"" word "\",\"en\":\"" word "\"},"            \
    "\"valid_from\":" from ",\"valid_to\":" to ",\"mark\":\"" mark "\",\"note\":\"n\"}"

static struct legal *parse(const char *json, GError **error) {
    return legal_parse(json, strlen(json), "legal.json", error);
}

static int32_t day(int year, int month, int day_of_month) {
    int32_t found;
    g_assert_true(day_from_date(year, month, day_of_month, &found));
    return found;
}

static struct legal *shipped(void) {
    g_autofree char *file =
        g_build_filename(g_getenv("BAROMETRE_DATA"), "legal.json", NULL);
    g_autoptr(GError) error = NULL;
    struct legal *legal = legal_load(file, &error);
    g_assert_no_error(error);
    return legal;
}

static struct method *shipped_method(void) {
    g_autofree char *file =
        g_build_filename(g_getenv("BAROMETRE_DATA"), "method.json", NULL);
    return method_load(file, NULL);
}

static void a_text_is_a_duty_from_its_first_day_on(void) {
    scoped(legal) *legal = shipped();
    g_assert_false(legal_at(legal, "P2B-4.1", day(2020, 7, 11)).in_force);
    g_assert_true(legal_at(legal, "P2B-4.1", day(2020, 7, 12)).in_force);
    g_assert_false(legal_at(legal, "DSA-17", day(2024, 2, 16)).in_force);
    g_assert_true(legal_at(legal, "DSA-17", day(2024, 2, 17)).in_force);
}

static void before_it_a_text_is_a_reference_good_practice(void) {
    scoped(legal) *legal = shipped();
    const struct legal_wording early = legal_at(legal, "P2B-4.1", day(2019, 1, 1));
    g_autofree char *french = legal_name(legal, early, WORDS_FR);
    g_autofree char *english = legal_name(legal, early, WORDS_EN);
    g_assert_nonnull(strstr(french, "(bonne pratique de référence)"));
    g_assert_nonnull(strstr(english, "(reference good practice)"));
    g_autofree char *now =
        legal_name(legal, legal_at(legal, "P2B-4.1", day(2026, 1, 1)), WORDS_FR);
    g_assert_cmpstr(now, ==, "Règlement (UE) 2019/1150, 4(1)");
}

static void only_what_was_read_is_told_without_reserve(void) {
    scoped(legal) *legal = shipped();
    int reserved = 0;
    for (guint i = 0; i < legal->bases->len; i++) {
        const struct legal_basis *basis = g_ptr_array_index(legal->bases, i);
        const bool read =
            strcmp(basis->mark, "V") == 0 || strcmp(basis->mark, "V-text") == 0;
        g_autofree char *name =
            legal_name(legal, (struct legal_wording){basis, true}, WORDS_FR);
        g_assert_cmpint(strstr(name, "à vérifier") == NULL, ==, read);
        reserved += !read;
    }
    g_assert_cmpint(reserved, >, 0);
}

static void a_repeal_ends_a_wording_and_the_next_one_follows(void) {
    g_autoptr(GError) error = NULL;
    scoped(legal) *legal =
        parse(HEAD BASIS("A", "\"2024-01-01\"", "null", "M", "new") "," BASIS(
                  "A", "\"2020-01-01\"", "\"2022-12-31\"", "V", "old") "]}",
              &error);
    g_assert_no_error(error);
    const struct {
        int year;
        const char *word;
        bool in_force;
    } cases[] = {{2019, "old", false},
                 {2022, "old", true},
                 {2023, "old", false},
                 {2024, "new", true},
                 {2030, "new", true}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        const struct legal_wording wording =
            legal_at(legal, "A", day(cases[i].year, 6, 1));
        g_assert_cmpstr(wording.basis->sentence[WORDS_EN], ==, cases[i].word);
        g_assert_cmpint(wording.in_force, ==, cases[i].in_force);
    }
    g_assert_null(legal_at(legal, "B", 0).basis);
}

static void every_basis_of_the_method_is_in_the_table(void) {
    scoped(legal) *legal = shipped();
    scoped(method) *method = shipped_method();
    g_autoptr(GError) error = NULL;
    g_assert_true(legal_check_method(legal, method, "method.json", &error));
    g_assert_no_error(error);
}

static void an_unknown_basis_is_named_with_its_path(void) {
    scoped(legal) *legal = shipped();
    scoped(method) *method = shipped_method();
    char **basis = method->pillars[2].indicators[1].basis;
    g_free(basis[1]);
    basis[1] = g_strdup("P2B-99");
    g_autoptr(GError) error = NULL;
    g_assert_false(legal_check_method(legal, method, "method.json", &error));
    g_assert_error(error, BAROMETRE_ERROR, ERROR_CONFIG);
    g_assert_cmpstr(error->message, ==,
                    "method.json:pillars[2].indicators[1].basis[1]: there is no 'P2B-99' "
                    "in legal.json; add it there or correct it");
}

static void a_wrong_table_is_refused_by_its_path(void) {
    static const struct {
        const char *json, *says;
    } cases[] = {
        {HEAD BASIS("A", "\"2020-02-30\"", "null", "V", "w") "]}", "bases[0].valid_from"},
        {HEAD BASIS("A", "\"2021-01-01\"", "\"2020-01-01\"", "V", "w") "]}",
         "bases[0].valid_to"},
        {HEAD BASIS("A", "null", "null", "X", "w") "]}", "bases[0].mark"},
        {HEAD BASIS("A", "null", "\"2020-01-01\"", "V",
                    "w") "," BASIS("A", "\"2020-01-01\"", "null", "V", "w") "]}",
         "bases[1].id"},
        {"{}", "bases"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        scoped(legal) *legal = parse(cases[i].json, &error);
        g_assert_null(legal);
        g_assert_error(error, BAROMETRE_ERROR, ERROR_CONFIG);
        g_assert_nonnull(strstr(error->message, cases[i].says));
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    TEST(a_text_is_a_duty_from_its_first_day_on);
    TEST(before_it_a_text_is_a_reference_good_practice);
    TEST(only_what_was_read_is_told_without_reserve);
    TEST(a_repeal_ends_a_wording_and_the_next_one_follows);
    TEST(every_basis_of_the_method_is_in_the_table);
    TEST(an_unknown_basis_is_named_with_its_path);
    TEST(a_wrong_table_is_refused_by_its_path);
    return g_test_run();
}
