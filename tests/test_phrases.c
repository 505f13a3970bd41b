#include "phrases.h"

static void add(void *found, int32_t value) {
    g_string_append_printf(found, "%d ", value);
}

static void assert_found(const struct phrases *phrases, const char *text,
                         const char *expected) {
    g_autoptr(GString) found = g_string_new(NULL);
    phrases_each(phrases, text, add, found);
    g_assert_cmpstr(found->str, ==, expected);
}

static struct phrases *options(void) {
    struct phrases *phrases = phrases_new();
    phrases_add(phrases, g_strdup("retrait"), 1);
    phrases_add(phrases, g_strdup("retrait d offres suspension ou baisse"), 2);
    phrases_add(phrases, g_strdup("suspension"), 3);
    return phrases;
}

static void an_option_with_commas_is_one_option(void) {
    scoped(phrases) *phrases = options();
    assert_found(phrases, "retrait d offres suspension ou baisse", "2 ");
    assert_found(phrases, "suspension retrait d offres suspension ou baisse", "2 3 ");
}

static void options_are_told_in_their_order_and_once(void) {
    scoped(phrases) *phrases = options();
    assert_found(phrases, "suspension retrait suspension", "1 3 ");
    assert_found(phrases, "autre", "");
    assert_found(phrases, "", "");
}

static void an_option_begins_where_a_word_begins(void) {
    scoped(phrases) *phrases = options();
    assert_found(phrases, "un contretrait", "");
    assert_found(phrases, "contretrait retraits", "1 ");
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/phrases/" #name, name)
    TEST(an_option_with_commas_is_one_option);
    TEST(options_are_told_in_their_order_and_once);
    TEST(an_option_begins_where_a_word_begins);
    return g_test_run();
}
