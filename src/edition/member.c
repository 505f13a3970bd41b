#include "member.h"

#include "barometre/month.h"
#include "barometre/text.h"

#include <string.h>

static const char *const language_codes[] = {[WORDS_FR] = "fr", [WORDS_EN] = "en", NULL};

void member_set(json_t *object, const char *key, json_t *value) {
    const int failed = json_object_set_new(object, key, value);
    g_assert(failed == 0); /* memory, or text that is not UTF-8 */
}

void member_append(json_t *array, json_t *value) {
    const int failed = json_array_append_new(array, value);
    g_assert(failed == 0);
}

json_t *member_text(const char *text) {
    return text != NULL ? json_string(text) : json_null();
}

json_t *member_names(char *const *names) {
    json_t *array = json_array();
    for (; names != NULL && *names != NULL; names++)
        member_append(array, json_string(*names));
    return array;
}

json_t *member_month(int32_t month) {
    char text[MONTH_TEXT_SIZE];
    month_format(month, text);
    return json_string(text);
}

json_t *member_day(int32_t day) {
    if (day == INT32_MIN)
        return json_null();
    char text[DAY_TEXT_SIZE];
    day_format(day, text);
    return json_string(text);
}

json_t *member_words(char *const words[static WORDS_LANGUAGES]) {
    json_t *object = NULL;
    for (int i = 0; i < WORDS_LANGUAGES; i++) {
        if (words[i] == NULL)
            continue;
        if (object == NULL)
            object = json_object();
        member_set(object, language_codes[i], json_string(words[i]));
    }
    return object != NULL ? object : json_null();
}

char *member_read_text(const struct json_node *node, const char *key) {
    return json_node_is_null(node, key) ? NULL : g_strdup(json_node_string(node, key));
}

/* A text made of the characters given. */
static char *read_made_of(const struct json_node *node, const char *key,
                          const char *characters) {
    const char *text = json_node_string(node, key);
    if (text[strspn(text, characters)] != '\0')
        json_node_problem(node, key, "this text has other characters than %s; correct it",
                          characters);
    return g_strdup(text);
}

char *member_read_class(const struct json_node *node, const char *key) {
    return json_node_is_null(node, key) ? NULL : read_made_of(node, key, "0123456789-+");
}

char *member_read_name(const struct json_node *node, const char *key) {
    return read_made_of(node, key, "abcdefghijklmnopqrstuvwxyz0123456789_-");
}

char *member_read_place(const struct json_node *node, const char *key) {
    const char *id = json_node_string(node, key);
    if (id[0] != '\0' && !text_is_id(id))
        json_node_problem(node, key, "an id is made of a-z, 0-9 and -; correct it");
    return g_strdup(id);
}

char *member_read_sha256(const struct json_node *node, const char *key) {
    char *sha256 = read_made_of(node, key, "0123456789abcdef");
    if (sha256[0] != '\0' && strlen(sha256) != 64)
        json_node_problem(node, key, "a SHA-256 has 64 digits; correct it");
    return sha256;
}

int32_t member_read_month(const struct json_node *node, const char *key) {
    const char *text = json_node_string(node, key);
    int32_t month = 0;
    if (text[0] != '\0' && !month_parse(text, &month))
        json_node_problem(node, key, "this is no month; write YYYY-MM");
    return month;
}

static bool parse_day(const char *text, int32_t *day) {
    if (strlen(text) != 10 || text[7] != '-' || !g_ascii_isdigit(text[8]) ||
        !g_ascii_isdigit(text[9]))
        return false;
    g_autofree char *first = g_strndup(text, 7);
    int32_t month;
    if (!month_parse(first, &month))
        return false;
    const int of_month = g_ascii_digit_value(text[8]) * 10 + g_ascii_digit_value(text[9]);
    return day_from_date(month_year(month), month_number(month), of_month, day);
}

int32_t member_read_day(const struct json_node *node, const char *key) {
    int32_t day = INT32_MIN;
    if (json_node_is_null(node, key))
        return day;
    const char *text = json_node_string(node, key);
    if (text[0] != '\0' && !parse_day(text, &day))
        json_node_problem(node, key, "this is no date; write YYYY-MM-DD");
    return day;
}

void member_read_words(const struct json_node *node, const char *key,
                       char *words[static WORDS_LANGUAGES]) {
    if (json_node_is_null(node, key))
        return;
    const struct json_node object = json_node_object(node, key, language_codes);
    for (int i = 0; i < WORDS_LANGUAGES; i++)
        if (json_node_has(&object, language_codes[i]))
            words[i] = g_strdup(json_node_string(&object, language_codes[i]));
    if (object.value != NULL && words[WORDS_FR] == NULL && words[WORDS_EN] == NULL)
        json_node_problem(&object, NULL,
                          "this text has no language; write null for none");
}

void member_check_names(const struct json_node *node, const char *const *names) {
    for (int i = 0; names[i] != NULL; i++)
        for (int j = 0; j < i; j++)
            if (strcmp(names[i], names[j]) == 0)
                json_node_problem(node, NULL, "one of these is described twice");
    json_node_only(node, names);
}
