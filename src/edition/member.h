/* Plain members of an edition document, written and read: texts, names, months, days,
 * words. What is NULL in the edition is null in the document, never left out. Problems
 * are noted in the reader that the nodes belong to. */
#ifndef BAROMETRE_MEMBER_H
#define BAROMETRE_MEMBER_H

#include "barometre/json_reader.h"
#include "barometre/words.h"

#include <jansson.h>
#include <stdint.h>

#define KEYS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* A hostile document must not make a reader work for hours. */
enum {
    MOST_ELEMENTS = 10000,
    MOST_COUNT = 1000000,
    MOST_PILLARS = 16,
    MOST_BASIS = 32,
    MOST_NAMES = 256,
    MOST_TABLES = 32
};

/* Adds a value, which they own from then on, to an object or an array. */
void member_set(json_t *object, const char *key, json_t *value);
void member_append(json_t *array, json_t *value);

/* Values; the names are those of an array with NULL at the end, or NULL for none. */
json_t *member_text(const char *text);
json_t *member_names(char *const *names);
json_t *member_month(int32_t month);
json_t *member_day(int32_t day);
json_t *member_words(char *const words[static WORDS_LANGUAGES]);

/* The same read; the caller owns the copies. A name is made of a-z, 0-9, _ and -, an id
 * of a marketplace is one as the registry has it. */
char *member_read_text(const struct json_node *node, const char *key);
char *member_read_class(const struct json_node *node, const char *key);
char *member_read_name(const struct json_node *node, const char *key);
char *member_read_place(const struct json_node *node, const char *key);
char *member_read_sha256(const struct json_node *node, const char *key);
int32_t member_read_month(const struct json_node *node, const char *key);
int32_t member_read_day(const struct json_node *node, const char *key);
void member_read_words(const struct json_node *node, const char *key,
                       char *words[static WORDS_LANGUAGES]);

/* Notes an object that has other members than those named, and a name given twice. */
void member_check_names(const struct json_node *node, const char *const *names);

#endif
