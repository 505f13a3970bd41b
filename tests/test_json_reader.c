#include "barometre/error.h"
#include "barometre/json_reader.h"

#include <string.h>

#define KEYS(...) ((const char *const[]){__VA_ARGS__, NULL})

static struct json_reader *parsed(const char *json) {
    g_autoptr(GError) error = NULL;
    struct json_reader *reader = json_reader_parse(json, strlen(json), "a.json", &error);
    g_assert_no_error(error);
    return reader;
}

static char *said(const struct json_reader *reader) {
    g_autoptr(GError) error = NULL;
    g_assert_false(json_reader_finish(reader, &error));
    g_assert_error(error, BAROMETRE_ERROR, ERROR_CONFIG);
    return g_strdup(error->message);
}

static void every_problem_is_said_with_its_path(void) {
    scoped(json_reader) *reader = parsed("{\"a\":[{\"b\":-1},{\"c\":\"\"}],\"x\":0}");
    const struct json_node root = json_reader_root(reader, KEYS("a", "d"));
    const struct json_node array = json_node_array(&root, "a", 1, 9);
    const struct json_node first = json_node_object_at(&array, 0, KEYS("b"));
    g_assert_cmpint(json_node_int(&first, "b", 0, 5), ==, 0);
    const struct json_node second = json_node_object_at(&array, 1, KEYS("c"));
    g_assert_cmpstr(json_node_string(&second, "c"), ==, "");
    json_node_bool(&root, "d");
    g_autofree char *problems = said(reader);
    g_assert_cmpstr(problems, ==,
                    "a.json:x: this key is unknown; remove it (known here: a, d)\n"
                    "a.json:a[0].b: this number is not between 0 and 5; correct it\n"
                    "a.json:a[1].c: this text is empty; fill it in\n"
                    "a.json:d: this key is missing; add it");
}

static void below_a_wrong_member_nothing_more_is_said(void) {
    scoped(json_reader) *reader = parsed("{\"a\":3}");
    const struct json_node root = json_reader_root(reader, KEYS("a"));
    const struct json_node a = json_node_object(&root, "a", KEYS("b"));
    const struct json_node b = json_node_array(&a, "b", 1, 2);
    json_node_number(&a, "n", 0, 1);
    json_node_count(&a, "n");
    g_assert_cmpuint(json_node_length(&b), ==, 0);
    g_auto(GStrv) none = json_node_strings(&a, "c", 1, 2);
    g_assert_cmpuint(g_strv_length(none), ==, 0);
    g_assert_cmpint(reader->problem_count, ==, 1);
}

static void a_root_that_is_no_object_is_said(void) {
    scoped(json_reader) *reader = parsed("[1]");
    json_reader_root(reader, NULL);
    g_autofree char *problems = said(reader);
    g_assert_cmpstr(problems, ==, "a.json: this is not an object; write one");
}

static void good_members_read_as_they_are(void) {
    scoped(json_reader) *reader =
        parsed("{\"s\":\"é\",\"i\":-7,\"n\":2,\"b\":true,\"w\":\"two\",\"z\":null,"
               "\"t\":{\"fr\":\"oui\",\"en\":\"yes\"},\"l\":[\"a\",\"b\"],\"c\":"
               "9007199254740992}");
    const struct json_node root = json_reader_root(reader, NULL);
    g_assert_cmpstr(json_node_string(&root, "s"), ==, "é");
    g_assert_cmpint(json_node_int(&root, "i", -7, -7), ==, -7);
    g_assert_cmpfloat(json_node_number(&root, "n", 0, 2), ==, 2);
    g_assert_true(json_node_bool(&root, "b"));
    g_assert_cmpint(json_node_choice(&root, "w", KEYS("one", "two")), ==, 1);
    g_assert_true(json_node_is_null(&root, "z"));
    g_assert_false(json_node_has(&root, "z"));
    g_assert_cmpint(json_node_count(&root, "c"), ==, G_GINT64_CONSTANT(9007199254740992));
    char *text[WORDS_LANGUAGES];
    json_node_bilingual(&root, "t", text);
    g_assert_cmpstr(text[WORDS_EN], ==, "yes");
    for (int i = 0; i < WORDS_LANGUAGES; i++)
        g_free(text[i]);
    g_auto(GStrv) list = json_node_strings(&root, "l", 2, 2);
    g_assert_cmpstr(list[1], ==, "b");
    g_assert_true(json_reader_finish(reader, NULL));
}

static void what_is_no_json_is_said_with_its_line(void) {
    static const char *const documents[] = {"{\n\"a\":NaN}",
                                            "{\n\"a\":1,\"a\":1}",
                                            "{\n\"a\":1e999}",
                                            "{\n\"a\":\"\xe9\"}",
                                            "{\n\"a\":99999999999999999999}",
                                            "{\n\"a\":\"\\ud800\"}",
                                            "{\n'a':1}"};
    for (guint i = 0; i < G_N_ELEMENTS(documents); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(
            json_reader_parse(documents[i], strlen(documents[i]), "a.json", &error));
        g_assert_error(error, BAROMETRE_ERROR, ERROR_CONFIG);
        g_assert_true(g_str_has_prefix(error->message, "a.json:2:"));
    }
}

static void what_is_no_json_is_quoted_in_whole_characters(void) {
    g_autoptr(GError) error = NULL;
    const char *cut = "{\"k\":\"\u202eResponsabilit\u00e9\\q\"}";
    for (const char *end = cut + strlen(cut); end > cut; end--) {
        g_assert_null(json_reader_parse(cut, (size_t)(end - cut), "a.json", &error));
        g_assert_true(g_utf8_validate(error->message, -1, NULL));
        g_assert_null(strstr(error->message, "\u202e"));
        g_clear_error(&error);
    }
}

static void a_flood_of_problems_is_cut_short(void) {
    g_autoptr(GString) json = g_string_new("{\"k\":0");
    for (int i = 0; i < 500; i++)
        g_string_append_printf(json, ",\"k%d\":0", i);
    g_string_append_c(json, '}');
    scoped(json_reader) *reader = parsed(json->str);
    json_reader_root(reader, KEYS("k"));
    g_autofree char *problems = said(reader);
    g_assert_true(g_str_has_suffix(problems, "\na.json: and 450 more"));
}

static void a_key_from_a_stranger_cannot_write_on_the_terminal(void) {
    scoped(json_reader) *reader = parsed("{\"\\u001b[31m\\u202e\":0}");
    json_reader_root(reader, KEYS("k"));
    g_autofree char *problems = said(reader);
    g_assert_null(strchr(problems, 0x1b));
    g_assert_null(strstr(problems, "\u202e"));
}

static void the_hash_is_that_of_the_bytes(void) {
    scoped(json_reader) *reader = parsed("{}");
    g_assert_cmpstr(reader->sha256, ==,
                    "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/json_reader/" #name, name)
    TEST(every_problem_is_said_with_its_path);
    TEST(below_a_wrong_member_nothing_more_is_said);
    TEST(a_root_that_is_no_object_is_said);
    TEST(good_members_read_as_they_are);
    TEST(what_is_no_json_is_said_with_its_line);
    TEST(what_is_no_json_is_quoted_in_whole_characters);
    TEST(a_flood_of_problems_is_cut_short);
    TEST(a_key_from_a_stranger_cannot_write_on_the_terminal);
    TEST(the_hash_is_that_of_the_bytes);
    return g_test_run();
}
