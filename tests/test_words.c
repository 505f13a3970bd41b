#include "barometre/words.h"

#include "barometre/error.h"
#include "barometre/month.h"

#include <glib/gstdio.h>
#include <jansson.h>
#include <string.h>

static struct words *open_words(enum words_language language) {
    GError *error = NULL;
    struct words *words = words_load(language, NULL, &error);
    g_assert_no_error(error);
    return words;
}

/* The locale file itself, read without the program's reader. */
static json_t *locale_file(const char *language) {
    g_autofree char *name = g_strconcat("locale/", language, ".json", NULL);
    g_autofree char *path = g_build_filename(g_getenv("BAROMETRE_DATA"), name, NULL);
    json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
    g_assert_nonnull(root);
    return root;
}

static gint compare_texts(gconstpointer a, gconstpointer b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The sorted names of the arguments of a pattern. A branch of one word, as in "one
 * {word}", is no argument. */
static char *argument_names(const char *pattern) {
    g_autoptr(GRegex) regex =
        g_regex_new("(?<!one )(?<!other )(?<!=\\d )\\{([a-z_]+)(?=[},])", 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_regex_match(regex, pattern, 0, &match);
    while (g_match_info_matches(match)) {
        char *name = g_match_info_fetch(match, 1);
        if (g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
            g_free(name);
        else
            g_ptr_array_add(names, name);
        g_match_info_next(match, NULL);
    }
    g_ptr_array_sort(names, compare_texts);
    g_ptr_array_add(names, NULL);
    return g_strjoinv(",", (char **)names->pdata);
}

static void both_languages_have_the_same_messages(void) {
    json_auto_t *french = locale_file("fr"), *english = locale_file("en");
    const char *key;
    json_t *value;
    g_assert_cmpuint(json_object_size(french), ==, json_object_size(english));
    g_assert_cmpuint(json_object_size(french), >, 80);
    json_object_foreach(french, key, value) {
        const char *other = json_string_value(json_object_get(english, key));
        g_assert_nonnull(other);
        g_autofree char *ours = argument_names(json_string_value(value));
        g_autofree char *theirs = argument_names(other);
        g_assert_cmpstr(ours, ==, theirs);
    }
}

static void say_with_count(const struct words *words, const char *key,
                           const char *pattern, int64_t count) {
    g_autofree char *list = argument_names(pattern);
    g_auto(GStrv) names = g_strsplit(list, ",", -1);
    struct words_argument arguments[16] = {{NULL, NULL, 0}};
    for (int i = 0; names[i] != NULL && *names[i] != '\0'; i++)
        arguments[i] = (struct words_argument){names[i], "{x}'", count};
    g_autofree char *text = words_say(words, key, arguments);
    g_assert_true(g_utf8_validate(text, -1, NULL));
    /* What an argument holds is text, whatever it looks like. */
    if (*list != '\0' && strstr(pattern, "plural") == NULL)
        g_assert_nonnull(strstr(text, "{x}'"));
}

static void every_message_formats(void) {
    const int64_t counts[] = {0, 1, 2, 9, 11, 21, 1000000};
    for (int language = 0; language < WORDS_LANGUAGES; language++) {
        scoped(words) *words = open_words((enum words_language)language);
        json_auto_t *file = locale_file(words_code((enum words_language)language));
        const char *key;
        json_t *value;
        json_object_foreach(file, key, value) {
            g_assert_true(words_has(words, key));
            for (size_t i = 0; i < G_N_ELEMENTS(counts); i++)
                say_with_count(words, key, json_string_value(value), counts[i]);
        }
    }
    scoped(words) *words = open_words(WORDS_FR);
    g_assert_false(words_has(words, "no such key"));
}

static void french_typography_is_right(void) {
    json_auto_t *file = locale_file("fr");
    const char *key;
    json_t *value;
    /* A space or a letter before a sign that wants a no-break space, ASCII apostrophes,
     * and hyphens where a minus or a dash is meant. */
    g_autoptr(GRegex) wrong = g_regex_new(
        "[ ][%:;!?»]|[^\\s\\x{a0}\\x{202f}][%;!?»]|[^\\x{a0}\\x{202f}]:|«[^\\x{202f}]|'|"
        "(^|[\\s(])-|(?<![A-Z])-\\d| - |\\d\\.\\d",
        0, 0, NULL);
    /* What is to be typed into a shell keeps the shell's signs. */
    g_autoptr(GRegex) typed = g_regex_new("barometre [^»]*(?=\\x{202f}»)", 0, 0, NULL);
    json_object_foreach(file, key, value) {
        g_autofree char *text =
            g_regex_replace_literal(typed, json_string_value(value), -1, 0, "x", 0, NULL);
        if (g_regex_match(wrong, text, 0, NULL))
            g_error("%s: %s", key, text);
    }
    /* The pattern finds what it is for. */
    const char *const faults[] = {"90 %",     "90%",   "note : A", "note: A", "l'une",
                                  "\u00ab a", "de -3", "0.9",      "a ;",     "a - b"};
    for (size_t i = 0; i < G_N_ELEMENTS(faults); i++)
        g_assert_true(g_regex_match(wrong, faults[i], 0, NULL));
}

static void check_number(enum words_language language, double value, int decimals,
                         const char *plain, const char *with_sign) {
    scoped(words) *words = open_words(language);
    g_autofree char *number = words_number(words, value, decimals);
    g_autofree char *sign = words_signed(words, value, decimals);
    g_assert_cmpstr(number, ==, plain);
    g_assert_cmpstr(sign, ==, with_sign);
}

static void numbers_are_written_as_the_language_does(void) {
    check_number(WORDS_FR, 32.5, 0, "33", "+33");
    check_number(WORDS_EN, -18.5, 0, "\u221219", "\u221219");
    check_number(WORDS_FR, 1840.5, 1, "1\u202f840,5", "+1\u202f840,5");
    check_number(WORDS_EN, 1840.5, 1, "1,840.5", "+1,840.5");
    check_number(WORDS_FR, 1234567, 0, "1\u202f234\u202f567", "+1\u202f234\u202f567");
    check_number(WORDS_FR, -7.25, 1, "\u22127,3", "\u22127,3");
    check_number(WORDS_FR, 999, 0, "999", "+999");
    check_number(WORDS_FR, 0, 1, "0,0", "0,0");
    check_number(WORDS_EN, -0.04, 1, "0.0", "0.0");
    check_number(WORDS_EN, 100, 0, "100", "+100");
}

static void check_date(enum words_language language, int day_of_month,
                       const char *day_text, const char *month_text,
                       const char *short_text) {
    scoped(words) *words = open_words(language);
    int32_t day;
    g_assert_true(day_from_date(2026, 10, day_of_month, &day));
    g_autofree char *said = words_day(words, day);
    g_autofree char *month = words_month(words, month_of_day(day));
    g_autofree char *brief = words_month_short(words, month_of_day(day));
    g_assert_cmpstr(said, ==, day_text);
    g_assert_cmpstr(month, ==, month_text);
    g_assert_cmpstr(brief, ==, short_text);
}

static void dates_are_written_as_the_language_does(void) {
    check_date(WORDS_FR, 31, "31 octobre 2026", "octobre 2026", "oct. 2026");
    check_date(WORDS_FR, 1, "1er octobre 2026", "octobre 2026", "oct. 2026");
    check_date(WORDS_EN, 1, "1 October 2026", "October 2026", "Oct 2026");
}

static void lists_join_their_last_two(void) {
    const char *const names[] = {"A", "B", "C", NULL};
    scoped(words) *french = open_words(WORDS_FR);
    scoped(words) *english = open_words(WORDS_EN);
    g_autofree char *three = words_list(french, names);
    g_autofree char *two = words_list(english, names + 1);
    g_autofree char *one = words_list(english, names + 2);
    g_autofree char *none = words_list(english, names + 3);
    g_assert_cmpstr(three, ==, "A, B et C");
    g_assert_cmpstr(two, ==, "B and C");
    g_assert_cmpstr(one, ==, "C");
    g_assert_cmpstr(none, ==, "");
}

static void a_count_chooses_the_plural(void) {
    const struct {
        enum words_language language;
        int64_t count;
        const char *text;
    } cases[] = {
        {WORDS_FR, 0, "0 mois sans mesure"},
        {WORDS_FR, 4, "4 mois sans mesure"},
        {WORDS_EN, 0, "0 months without data"},
        {WORDS_EN, 1, "1 month without data"},
        {WORDS_EN, 1200, "1,200 months without data"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        scoped(words) *words = open_words(cases[i].language);
        const struct words_argument arguments[] = {{"months", NULL, cases[i].count},
                                                   {NULL, NULL, 0}};
        g_autofree char *text = words_say(words, "trend.gap", arguments);
        g_assert_cmpstr(text, ==, cases[i].text);
    }
}

/* Loads French with a directory whose locale file holds `json`. */
static struct words *load_override(const char *json, GError **error) {
    g_autofree char *directory = g_dir_make_tmp("words-XXXXXX", NULL);
    g_autofree char *locale = g_build_filename(directory, "locale", NULL);
    g_autofree char *file = g_build_filename(locale, "fr.json", NULL);
    g_assert_cmpint(g_mkdir(locale, 0700), ==, 0);
    g_assert_true(g_file_set_contents(file, json, -1, NULL));
    struct words *words = words_load(WORDS_FR, directory, error);
    g_unlink(file);
    g_rmdir(locale);
    g_rmdir(directory);
    return words;
}

static void an_observatory_replaces_messages(void) {
    scoped(words) *words = load_override("{\"trend.gap\": \"{months, plural, =0 {rien} "
                                         "one {un} other {{months} vides}}\"}",
                                         NULL);
    const char *const expected[] = {"rien", "un", "2 vides"};
    for (int count = 0; count < 3; count++) {
        const struct words_argument arguments[] = {{"months", NULL, count},
                                                   {NULL, NULL, 0}};
        g_autofree char *text = words_say(words, "trend.gap", arguments);
        g_assert_cmpstr(text, ==, expected[count]);
    }
    g_autofree char *kept = words_say(words, "count.1", NULL);
    g_assert_cmpstr(kept, ==, "une");
}

static void a_wrong_message_is_refused_by_its_key(void) {
    const struct {
        const char *json, *said;
    } cases[] = {
        {"{\"no.such\": \"a\"}", "fr.json:no.such: no message has this key"},
        {"{\"count.1\": 1}", "fr.json:count.1: the message is not a text"},
        {"{\"count.1\": \"{a\"}", "fr.json:count.1: an argument is"},
        {"{\"count.1\": \"a}\"}", "fr.json:count.1: the braces do not match"},
        {"{\"count.1\": \"{n, plural, one {a\"}", "fr.json:count.1: "},
        {"{\"count.1\": \"{n, plural, one {a}}\"}", "a branch \"other\" is missing"},
        {"{\"count.1\": \"{n, plural, one}\"}", "a branch is written keyword {text}"},
        {"{\"count.1\": \"{n, date, x}\"}", "fr.json:count.1: an argument is"},
        {"{\"count.1\": \"l'une\"}", "fr.json:count.1: write \u2019 instead of '"},
        {"{\"count.1\": \"{a}{b}{c}{d}{e}{f}{g}{h}{i}{j}{k}{l}{m}\"}",
         "too many arguments"},
        {"[]", "fr.json:1: not an object of messages"},
        {"{\n\"count.1\": ", "fr.json:2: not an object of messages"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(load_override(cases[i].json, &error));
        g_assert_error(error, BAROMETRE_ERROR, ERROR_CONFIG);
        g_assert_nonnull(strstr(error->message, cases[i].said));
    }
}

static void only_known_languages_parse(void) {
    enum words_language language = WORDS_LANGUAGES;
    g_assert_true(words_language_parse("en", &language));
    g_assert_cmpint(language, ==, WORDS_EN);
    g_assert_false(words_language_parse("de", &language));
    g_assert_false(words_language_parse("", &language));
    g_assert_cmpint(language, ==, WORDS_EN);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/words/both_languages_have_the_same_messages",
                    both_languages_have_the_same_messages);
    g_test_add_func("/words/every_message_formats", every_message_formats);
    g_test_add_func("/words/french_typography_is_right", french_typography_is_right);
    g_test_add_func("/words/numbers_are_written_as_the_language_does",
                    numbers_are_written_as_the_language_does);
    g_test_add_func("/words/dates_are_written_as_the_language_does",
                    dates_are_written_as_the_language_does);
    g_test_add_func("/words/lists_join_their_last_two", lists_join_their_last_two);
    g_test_add_func("/words/a_count_chooses_the_plural", a_count_chooses_the_plural);
    g_test_add_func("/words/an_observatory_replaces_messages",
                    an_observatory_replaces_messages);
    g_test_add_func("/words/a_wrong_message_is_refused_by_its_key",
                    a_wrong_message_is_refused_by_its_key);
    g_test_add_func("/words/only_known_languages_parse", only_known_languages_parse);
    return g_test_run();
}
