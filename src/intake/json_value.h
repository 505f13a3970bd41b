/* Steps over the values of JSON without building them, so that only what is wanted of a
 * record costs memory and a parser.
 *
 * It is sure or it is not: what it steps over, jansson accepts with
 * JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL. Where it is unsure (rare spellings, and all
 * faults) it fails, and the record is for jansson to judge.
 */
#ifndef BAROMETRE_JSON_VALUE_H
#define BAROMETRE_JSON_VALUE_H

#include "barometre/scope.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

enum json_value_kind {
    JSON_VALUE_TEXT,  /* without an escape; `bytes` are those between its quotes */
    JSON_VALUE_WHOLE, /* a whole number that stands as it would be written again */
    JSON_VALUE_TRUE,
    JSON_VALUE_FALSE,
    JSON_VALUE_NULL,
    JSON_VALUE_ARRAY,
    JSON_VALUE_OBJECT,
    JSON_VALUE_OTHER /* for a parser: text with escapes, other numbers */
};

struct json_value {
    enum json_value_kind kind;
    const char *bytes;
    size_t length;
};

struct json_values;

struct json_values *json_values_new(void);
void json_values_free(struct json_values *values);
SCOPE_DEFINE(json_values)

/* Begins anew at these bytes. */
void json_values_start(struct json_values *values, const char *bytes, size_t length);

/* The kind of the value that comes next; JSON_VALUE_OTHER where that is not plain. */
enum json_value_kind json_values_peek(struct json_values *values);

/* Steps over the next value. */
bool json_values_take(struct json_values *values, struct json_value *value);

/* Steps into the next value, an object; `object` is what its members are asked with. */
bool json_values_enter(struct json_values *values, size_t *object);

enum json_member { JSON_MEMBER_NEXT, JSON_MEMBER_END, JSON_MEMBER_UNSURE };

/* The key of the next member, whose value comes next; at the end steps out. */
enum json_member json_values_member(struct json_values *values, size_t object,
                                    struct json_value *key);

/* Whether only spaces are left. */
bool json_values_done(struct json_values *values);

#endif
