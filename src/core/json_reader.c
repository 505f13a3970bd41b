#include "barometre/json_reader.h"

#include "barometre/error.h"
#include "barometre/text.h"

#include <math.h>
#include <string.h>

#define MOST_PROBLEMS_SAID 50
#define MOST_COUNT                                                                       \
    (INT64_C(1) << 53) /* a double holds it, a sum of some does not overflow */

struct json_reader *json_reader_parse(const char *json, size_t length, const char *name,
                                      GError **error) {
    json_error_t at;
    json_t *root =
        json_loadb(json, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &at);
    if (root == NULL) {
        /* jansson cuts what it quotes, in the middle of a character too. */
        g_autofree char *fault = text_clamp(at.text);
        g_set_error(error, BAROMETRE_ERROR, ERROR_CONFIG,
                    "%s:%d:%d: this is not a JSON document (%s); correct it there", name,
                    at.line, at.column, fault);
        return NULL;
    }
    struct json_reader *reader = g_new0(struct json_reader, 1);
    reader->name = g_strdup(name);
    reader->sha256 =
        g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)json, length);
    reader->root = root;
    reader->problems = g_string_new(NULL);
    return reader;
}

struct json_reader *json_reader_open(const char *file, GError **error) {
    g_autofree char *json = NULL;
    gsize length = 0;
    g_autoptr(GError) cause = NULL;
    if (!g_file_get_contents(file, &json, &length, &cause)) {
        const bool absent = g_error_matches(cause, G_FILE_ERROR, G_FILE_ERROR_NOENT);
        g_set_error(error, BAROMETRE_ERROR, ERROR_CONFIG, "%s: %s", file,
                    absent ? "there is no such file; create it or correct its name"
                           : "the file cannot be read; make it a readable file");
        return NULL;
    }
    return json_reader_parse(json, length, file, error);
}

void json_reader_free(struct json_reader *reader) {
    if (reader == NULL)
        return;
    g_free(reader->name);
    g_free(reader->sha256);
    json_decref(reader->root);
    g_string_free(reader->problems, TRUE);
    g_free(reader);
}

bool json_reader_finish(const struct json_reader *reader, GError **error) {
    if (reader->problem_count == 0)
        return true;
    const int unsaid = reader->problem_count - MOST_PROBLEMS_SAID;
    g_autofree char *more =
        unsaid > 0 ? g_strdup_printf("\n%s: and %d more", reader->name, unsaid) : NULL;
    g_set_error(error, BAROMETRE_ERROR, ERROR_CONFIG, "%s%s", reader->problems->str,
                more != NULL ? more : "");
    return false;
}

static void append_path(GString *path, const struct json_node *node) {
    if (node->parent == NULL)
        return;
    append_path(path, node->parent);
    if (node->key == NULL) {
        g_string_append_printf(path, "[%zu]", node->index);
        return;
    }
    g_autofree char *key = text_clamp(node->key); /* it may come from a stranger */
    g_string_append_printf(path, "%s%s", path->len > 0 ? "." : "", key);
}

char *json_node_path(const struct json_node *node) {
    GString *path = g_string_new(NULL);
    append_path(path, node);
    return g_string_free(path, FALSE);
}

void json_node_problem(const struct json_node *node, const char *key, const char *format,
                       ...) {
    struct json_reader *reader = node->reader;
    if (++reader->problem_count > MOST_PROBLEMS_SAID)
        return;
    const struct json_node member = {.parent = node, .key = key};
    g_autofree char *path = json_node_path(key != NULL ? &member : node);
    GString *problems = reader->problems;
    g_string_append_printf(problems, "%s%s:%s%s ", problems->len > 0 ? "\n" : "",
                           reader->name, path, path[0] != '\0' ? ":" : "");
    va_list arguments;
    va_start(arguments, format);
    g_string_append_vprintf(problems, format, arguments);
    va_end(arguments);
}

/* The member of an object, with problems noted where it is missing. */
static struct json_node find_member(const struct json_node *object, const char *key) {
    struct json_node member = {.reader = object->reader, .parent = object, .key = key};
    if (object->value == NULL)
        return member;
    member.value = json_object_get(object->value, key);
    if (member.value == NULL)
        json_node_problem(&member, NULL, "this key is missing; add it");
    return member;
}

static struct json_node find_element(const struct json_node *array, size_t index) {
    return (struct json_node){
        .reader = array->reader,
        .parent = array,
        .index = index,
        .value = json_array_get(array->value, index),
    };
}

/* Notes a wrong type and makes the node one without a value. */
static bool is_typed(struct json_node *node, bool right, const char *wanted) {
    if (node->value == NULL)
        return false;
    if (right)
        return true;
    json_node_problem(node, NULL, "this is not %s; write one", wanted);
    node->value = NULL;
    return false;
}

static bool is_listed(const char *word, const char *const *words) {
    for (; *words != NULL; words++)
        if (strcmp(*words, word) == 0)
            return true;
    return false;
}

void json_node_only(const struct json_node *object, const char *const *keys) {
    const char *key;
    json_t *value;
    json_object_foreach(object->value, key, value) {
        if (is_listed(key, keys))
            continue;
        g_autofree char *known = g_strjoinv(", ", (char **)keys);
        json_node_problem(object, key, "this key is unknown; remove it (known here: %s)",
                          known);
    }
}

static struct json_node check_object(struct json_node node, const char *const *keys) {
    if (is_typed(&node, json_is_object(node.value), "an object") && keys != NULL)
        json_node_only(&node, keys);
    return node;
}

static const char *check_string(struct json_node node) {
    if (!is_typed(&node, json_is_string(node.value), "a text"))
        return "";
    const char *text = json_string_value(node.value);
    if (text[0] == '\0')
        json_node_problem(&node, NULL, "this text is empty; fill it in");
    return text;
}

static int check_int(struct json_node node, int least, int most) {
    if (!is_typed(&node, json_is_integer(node.value), "a whole number"))
        return least;
    const json_int_t number = json_integer_value(node.value);
    if (number >= least && number <= most)
        return (int)number;
    json_node_problem(&node, NULL, "this number is not between %d and %d; correct it",
                      least, most);
    return least;
}

struct json_node json_reader_root(struct json_reader *reader, const char *const *keys) {
    return check_object((struct json_node){.reader = reader, .value = reader->root},
                        keys);
}

bool json_node_has(const struct json_node *object, const char *key) {
    const json_t *value = json_object_get(object->value, key);
    return value != NULL && !json_is_null(value);
}

bool json_node_is_null(const struct json_node *object, const char *key) {
    return json_is_null(json_object_get(object->value, key));
}

const char *json_node_string(const struct json_node *object, const char *key) {
    return check_string(find_member(object, key));
}

int json_node_int(const struct json_node *object, const char *key, int least, int most) {
    return check_int(find_member(object, key), least, most);
}

int64_t json_node_count(const struct json_node *object, const char *key) {
    struct json_node node = find_member(object, key);
    if (!is_typed(&node, json_is_integer(node.value), "a whole number"))
        return 0;
    const json_int_t count = json_integer_value(node.value);
    if (count >= 0 && count <= MOST_COUNT)
        return count;
    json_node_problem(&node, NULL, "this count is negative or too great; correct it");
    return 0;
}

double json_node_number(const struct json_node *object, const char *key, double least,
                        double most) {
    struct json_node node = find_member(object, key);
    if (!is_typed(&node, json_is_number(node.value), "a number"))
        return least;
    const double number = json_number_value(node.value);
    if (isfinite(number) && number >= least && number <= most)
        return number;
    json_node_problem(&node, NULL, "this number is not between %g and %g; correct it",
                      least, most);
    return least;
}

bool json_node_bool(const struct json_node *object, const char *key) {
    struct json_node node = find_member(object, key);
    return is_typed(&node, json_is_boolean(node.value), "true or false") &&
           json_boolean_value(node.value);
}

int json_node_choice(const struct json_node *object, const char *key,
                     const char *const *words) {
    struct json_node node = find_member(object, key);
    if (!is_typed(&node, json_is_string(node.value), "a text"))
        return 0;
    for (int i = 0; words[i] != NULL; i++)
        if (strcmp(words[i], json_string_value(node.value)) == 0)
            return i;
    g_autofree char *known = g_strjoinv(", ", (char **)words);
    json_node_problem(&node, NULL, "this word is unknown; write one of: %s", known);
    return 0;
}

void json_node_bilingual(const struct json_node *object, const char *key,
                         char *text[static WORDS_LANGUAGES]) {
    static const char *const codes[] = {[WORDS_FR] = "fr", [WORDS_EN] = "en", NULL};
    const struct json_node node = json_node_object(object, key, codes);
    for (int i = 0; i < WORDS_LANGUAGES; i++)
        text[i] = g_strdup(json_node_string(&node, codes[i]));
}

struct json_node json_node_object(const struct json_node *object, const char *key,
                                  const char *const *keys) {
    return check_object(find_member(object, key), keys);
}

struct json_node json_node_array(const struct json_node *object, const char *key,
                                 size_t least, size_t most) {
    struct json_node node = find_member(object, key);
    if (!is_typed(&node, json_is_array(node.value), "an array"))
        return node;
    const size_t length = json_array_size(node.value);
    if (length >= least && length <= most)
        return node;
    json_node_problem(&node, NULL,
                      "this array has %zu elements; it takes from %zu to %zu", length,
                      least, most);
    node.value = NULL;
    return node;
}

size_t json_node_length(const struct json_node *array) {
    return json_array_size(array->value);
}

struct json_node json_node_object_at(const struct json_node *array, size_t index,
                                     const char *const *keys) {
    return check_object(find_element(array, index), keys);
}

const char *json_node_string_at(const struct json_node *array, size_t index) {
    return check_string(find_element(array, index));
}

int json_node_int_at(const struct json_node *array, size_t index, int least, int most) {
    return check_int(find_element(array, index), least, most);
}

char **json_node_strings(const struct json_node *object, const char *key, size_t least,
                         size_t most) {
    const struct json_node array = json_node_array(object, key, least, most);
    const size_t length = json_node_length(&array);
    char **strings = g_new0(char *, length + 1);
    for (size_t i = 0; i < length; i++) {
        const char *text = json_node_string_at(&array, i);
        if (i > 0 && is_listed(text, (const char *const *)strings))
            json_node_problem(&array, NULL,
                              "element %zu repeats an earlier one; remove it", i);
        strings[i] = g_strdup(text);
    }
    return strings;
}
