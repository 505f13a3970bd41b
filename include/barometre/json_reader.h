/* A reader of JSON documents that says everything that is wrong with one, not only the
 * first thing, each with its path in the document: "method.json:pillars[0].weight: …".
 *
 * A loader walks the document through nodes. A getter that finds its member missing, of
 * another type or out of its bounds notes a problem and gives a neutral value, so that
 * the loader goes on without asking; json_reader_finish tells at the end whether the
 * whole may be used. Below a missing or wrong member nothing more is noted.
 */
#ifndef BAROMETRE_JSON_READER_H
#define BAROMETRE_JSON_READER_H

#include "barometre/scope.h"
#include "barometre/words.h"

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

struct json_reader {
    char *name;        /* as problems begin: the file as it was asked for */
    char *sha256;      /* of the bytes read, hexadecimal */
    json_t *root;      /* any value */
    GString *problems; /* one a line */
    int problem_count;
};

/* A value and the way to it. Nodes live on the stack of their loader; a parent outlives
 * its children. `value` is borrowed from the reader, NULL where there is none to be used.
 */
struct json_node {
    struct json_reader *reader;
    const struct json_node *parent; /* NULL: the root */
    const char *key;                /* NULL: element `index` of an array */
    size_t index;
    json_t *value;
};

/* Parses a file or a text. Fails with ERROR_CONFIG naming the file (absent, unreadable)
 * or the line and column (not JSON, invalid UTF-8, a key twice in one object, a number
 * beyond double or 64 bits, nesting beyond 2,048). */
struct json_reader *json_reader_open(const char *file, GError **error);
struct json_reader *json_reader_parse(const char *json, size_t length, const char *name,
                                      GError **error);
void json_reader_free(struct json_reader *reader);
SCOPE_DEFINE(json_reader)

/* False with ERROR_CONFIG and every problem, one a line, where any was noted. */
bool json_reader_finish(const struct json_reader *reader, GError **error);

/* The root, an object that has no other keys than `keys` (NULL at the end). */
struct json_node json_reader_root(struct json_reader *reader, const char *const *keys);

/* Notes every key that an object has beside `keys`; for nodes got with keys of NULL. */
void json_node_only(const struct json_node *object, const char *const *keys);

/* Whether an object has the member, null not counting: for what is optional. */
bool json_node_has(const struct json_node *object, const char *key);

/* Whether an object has the member and it is null: for what may be unknown but not left
 * out. */
bool json_node_is_null(const struct json_node *object, const char *key);

/* Members of an object; bounds are inclusive. Strings are borrowed from the reader and
 * not empty ("" stands in for a wrong one). A whole number is also a number. */
const char *json_node_string(const struct json_node *object, const char *key);
int json_node_int(const struct json_node *object, const char *key, int least, int most);
double json_node_number(const struct json_node *object, const char *key, double least,
                        double most);
int64_t json_node_count(const struct json_node *object, const char *key); /* 0 to 2^53 */
bool json_node_bool(const struct json_node *object, const char *key);

/* A string that must be one of `words` (NULL at the end): its index, 0 for a wrong one.
 */
int json_node_choice(const struct json_node *object, const char *key,
                     const char *const *words);

/* A text in every language, {"fr": …, "en": …}. The caller owns the copies. */
void json_node_bilingual(const struct json_node *object, const char *key,
                         char *text[static WORDS_LANGUAGES]);

/* A member that is an object with no other keys than `keys`; NULL: any keys. */
struct json_node json_node_object(const struct json_node *object, const char *key,
                                  const char *const *keys);

/* A member that is an array of `least` to `most` elements. */
struct json_node json_node_array(const struct json_node *object, const char *key,
                                 size_t least, size_t most);
size_t json_node_length(const struct json_node *array);

/* Elements of an array. */
struct json_node json_node_object_at(const struct json_node *array, size_t index,
                                     const char *const *keys);
const char *json_node_string_at(const struct json_node *array, size_t index);
int json_node_int_at(const struct json_node *array, size_t index, int least, int most);

/* A member that is an array of strings, each at most once. The caller owns the copies,
 * NULL at the end. */
char **json_node_strings(const struct json_node *object, const char *key, size_t least,
                         size_t most);

/* Notes a problem at a node, or at its member `key` where that is not NULL. */
void json_node_problem(const struct json_node *node, const char *key, const char *format,
                       ...) G_GNUC_PRINTF(3, 4);

/* "pillars[0].indicators[2]"; "" for the root. The caller frees. */
char *json_node_path(const struct json_node *node);

#endif
