#include "format.h"

#include "barometre/error.h"
#include "barometre/text.h"
#include "json_cut.h"
#include "json_value.h"

#include <jansson.h>
#include <string.h>

/* A record's members are its columns: a member of a member is named "demandeur.siret", an
 * array of plain values is their list, and what stands in an array of labelled answers is
 * named by its label (profile.h, "labelled"). */

enum {
    MOST_NESTING = 8,
    LOAD_FLAGS = JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL | JSON_DECODE_ANY,
};

struct format_json {
    struct format format;
    struct json_cut cut;
    GPtrArray *paths;
    const struct profile_json *layout; /* of the profile; NULL: no labelled answers */
};

/* What one thread takes records with. */
struct json_taker {
    struct row row;
    struct json_values *values;
    const struct profile_json *layout;
    size_t columns;
    const bool *wanted;
    GHashTable *by_fold; /* folded name → column + 1 */
    GHashTable *by_name; /* name as it stands → column + 1, or 0: not wanted */
    GString *name, *text;
    bool past_limit;
};

static bool cut(struct format *format, const char *bytes, size_t length, bool at_end,
                struct record *record) {
    return json_cut_next(&((struct format_json *)format)->cut, bytes, length, at_end,
                         record);
}

static struct taker *taker_new(const struct format *format, const bool *wanted,
                               size_t columns) {
    struct json_taker *taker = g_new0(struct json_taker, 1);
    row_init(&taker->row);
    taker->values = json_values_new();
    taker->layout = ((const struct format_json *)format)->layout;
    taker->wanted = wanted;
    taker->columns = columns;
    taker->by_fold = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    taker->by_name = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    taker->name = g_string_new(NULL);
    taker->text = g_string_new(NULL);
    for (guint i = 0; i < format->headers->len; i++)
        g_hash_table_insert(taker->by_fold,
                            text_fold(g_ptr_array_index(format->headers, i)),
                            GUINT_TO_POINTER(i + 1));
    return (struct taker *)taker;
}

static void taker_free(struct taker *opaque) {
    struct json_taker *taker = (struct json_taker *)opaque;
    row_clear(&taker->row);
    json_values_free(taker->values);
    g_hash_table_unref(taker->by_fold);
    g_hash_table_unref(taker->by_name);
    g_string_free(taker->name, TRUE);
    g_string_free(taker->text, TRUE);
    g_free(taker);
}

/* The column of a name, −1 where it is not wanted. Folding is slow and names repeat. */
static int column_of(struct json_taker *taker, const char *name) {
    enum { MOST_NAMES = 4096 };
    gpointer found;
    if (!g_hash_table_lookup_extended(taker->by_name, name, NULL, &found)) {
        g_autofree char *fold = text_fold(name);
        found = g_hash_table_lookup(taker->by_fold, fold);
        if (found != NULL && !taker->wanted[GPOINTER_TO_UINT(found) - 1])
            found = NULL;
        if (g_hash_table_size(taker->by_name) >= MOST_NAMES)
            g_hash_table_remove_all(taker->by_name);
        g_hash_table_insert(taker->by_name, g_strdup(name), found);
    }
    return (int)GPOINTER_TO_UINT(found) - 1;
}

/* Adds a plain value to the text; false for null and containers. */
static bool append_plain(GString *text, const json_t *value) {
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    switch (json_typeof(value)) {
    case JSON_STRING:
        g_string_append_len(text, json_string_value(value),
                            (gssize)json_string_length(value));
        return true;
    case JSON_INTEGER:
        g_string_append_printf(text, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        return true;
    case JSON_REAL:
        g_string_append(text,
                        g_ascii_dtostr(number, sizeof number, json_real_value(value)));
        return true;
    case JSON_TRUE:
    case JSON_FALSE:
        g_string_append(text, json_is_true(value) ? "true" : "false");
        return true;
    case JSON_NULL:
    case JSON_OBJECT:
    case JSON_ARRAY:
        break;
    }
    return false;
}

/* As démarches-simplifiées writes several choices into one cell. */
static void append_list(GString *text, const json_t *array) {
    size_t i;
    json_t *value;
    json_array_foreach(array, i, value) {
        const gsize before = text->len;
        if (before > 0)
            g_string_append(text, ", ");
        if (!append_plain(text, value))
            g_string_truncate(text, before);
    }
}

/* The column of a name that still wants a value, −1 where there is none: the first that
 * is not empty counts, as in a table that has a header twice. */
static int open_column(struct json_taker *taker, const char *name) {
    const int column = column_of(taker, name);
    return column >= 0 && row_field(&taker->row, (size_t)column).length > 0 ? -1 : column;
}

static void put_text(struct json_taker *taker, int column, const char *text,
                     size_t length) {
    taker->past_limit |= length > LIMIT_FIELD_BYTES;
    if (length > 0)
        row_put(&taker->row, (size_t)column, text, length);
}

static void put(struct json_taker *taker, const char *name, const json_t *value) {
    const int column = open_column(taker, name);
    if (column < 0)
        return;
    g_string_truncate(taker->text, 0);
    if (json_is_array(value))
        append_list(taker->text, value);
    else
        append_plain(taker->text, value);
    put_text(taker, column, taker->text->str, taker->text->len);
}

static void put_answers(struct json_taker *taker, const json_t *answers, int nesting);

/* A linked list as démarches-simplifiées writes it into one cell. False where the answer
 * is none. */
static bool put_linked(struct json_taker *taker, const char *label,
                       const json_t *answer) {
    char *const *names = taker->layout->linked;
    const json_t *primary = names != NULL ? json_object_get(answer, names[0]) : NULL;
    const json_t *secondary = names != NULL ? json_object_get(answer, names[1]) : NULL;
    if (!json_is_string(primary))
        return false;
    json_auto_t *both =
        json_sprintf("%s;%s", json_string_value(primary),
                     json_is_string(secondary) ? json_string_value(secondary) : "");
    put(taker, label, both);
    return true;
}

/* An answer by its label: the first of the value's names that has one. Rows of a repeated
 * block are answers again. */
static void put_answer(struct json_taker *taker, const json_t *answer, int nesting) {
    const struct profile_json *layout = taker->layout;
    const char *label = json_string_value(json_object_get(answer, layout->label));
    const bool linked = label != NULL && put_linked(taker, label, answer);
    for (char **name = layout->values; label != NULL && !linked && *name != NULL;
         name++) {
        const json_t *value = json_object_get(answer, *name);
        if (value == NULL || json_is_null(value))
            continue;
        put(taker, label, value);
        break;
    }
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(answer, layout->rows), i, row) {
        for (char **name = layout->labelled; nesting < MOST_NESTING && *name != NULL;
             name++)
            put_answers(taker, json_object_get(row, *name), nesting + 1);
    }
}

static void put_answers(struct json_taker *taker, const json_t *answers, int nesting) {
    size_t i;
    json_t *answer;
    json_array_foreach(answers, i, answer) {
        put_answer(taker, answer, nesting);
    }
}

static bool is_labelled(const struct json_taker *taker, const char *name) {
    return taker->layout != NULL &&
           g_strv_contains((const char *const *)taker->layout->labelled, name);
}

static void put_members(struct json_taker *taker, json_t *object, int nesting) {
    const gsize prefix = taker->name->len;
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value) {
        g_string_append(taker->name, key);
        if (nesting == 0 && is_labelled(taker, key)) {
            put_answers(taker, value, 0);
        } else if (!json_is_object(value)) {
            put(taker, taker->name->str, value);
        } else if (nesting < MOST_NESTING) {
            g_string_append_c(taker->name, '.');
            put_members(taker, value, nesting + 1);
        }
        g_string_truncate(taker->name, prefix);
    }
}

/* A value as it stands, into the column of the name at hand. */
static bool step_value(struct json_taker *taker) {
    struct json_value value;
    if (!json_values_take(taker->values, &value))
        return false;
    const int column = open_column(taker, taker->name->str);
    if (column < 0 || value.kind == JSON_VALUE_NULL || value.kind == JSON_VALUE_OBJECT)
        return true;
    if (value.kind != JSON_VALUE_ARRAY && value.kind != JSON_VALUE_OTHER) {
        put_text(taker, column, value.bytes, value.length);
        return true;
    }
    json_auto_t *built = json_loadb(value.bytes, value.length, LOAD_FLAGS, NULL);
    put(taker, taker->name->str, built);
    return built != NULL;
}

static bool step_answers(struct json_taker *taker) {
    struct json_value value;
    if (!json_values_take(taker->values, &value))
        return false;
    if (value.kind != JSON_VALUE_ARRAY)
        return true;
    json_auto_t *answers = json_loadb(value.bytes, value.length, LOAD_FLAGS, NULL);
    put_answers(taker, answers, 0);
    return answers != NULL;
}

/* As put_members, without building the object: true where it is sure. */
static bool step_members(struct json_taker *taker, int nesting) {
    const gsize prefix = taker->name->len;
    struct json_value key;
    size_t object;
    if (!json_values_enter(taker->values, &object))
        return false;
    enum json_member member;
    while ((member = json_values_member(taker->values, object, &key)) ==
           JSON_MEMBER_NEXT) {
        g_string_append_len(taker->name, key.bytes, (gssize)key.length);
        const enum json_value_kind kind = json_values_peek(taker->values);
        bool good;
        if (nesting == 0 && is_labelled(taker, taker->name->str)) {
            good = step_answers(taker);
        } else if (kind == JSON_VALUE_OBJECT && nesting < MOST_NESTING) {
            g_string_append_c(taker->name, '.');
            good = step_members(taker, nesting + 1);
        } else {
            good = step_value(taker);
        }
        if (!good)
            return false;
        g_string_truncate(taker->name, prefix);
    }
    return member == JSON_MEMBER_END;
}

static void start_row(struct json_taker *taker) {
    row_reset(&taker->row);
    g_string_truncate(taker->name, 0);
    taker->past_limit = false;
}

static const struct row *take(struct taker *opaque, const char *bytes, size_t length,
                              struct reject *reject) {
    struct json_taker *taker = (struct json_taker *)opaque;
    start_row(taker);
    json_values_start(taker->values, bytes, length);
    if (!step_members(taker, 0) || !json_values_done(taker->values)) {
        json_auto_t *object = json_loadb(bytes, length, LOAD_FLAGS, NULL);
        if (!json_is_object(object)) {
            reject->rule = REJECT_MALFORMED;
            return NULL;
        }
        start_row(taker);
        put_members(taker, object, 0);
    }
    row_end(&taker->row, taker->columns);
    reject->rule = REJECT_TOO_LONG;
    return taker->past_limit ? NULL : &taker->row;
}

static void json_free_own(struct format *format) {
    struct format_json *json = (struct format_json *)format;
    json_cut_clear(&json->cut);
    g_ptr_array_unref(json->paths);
    g_free(json);
}

static void add_header(void *headers, const char *name) {
    g_ptr_array_add(headers, g_strdup(name));
}

/* What the profile wants is what there may be: a record need not have every member. */
static void bind(struct format *format, const struct profile *profile) {
    ((struct format_json *)format)->layout = profile->json;
    g_ptr_array_set_size(format->headers, 0);
    profile_each_header(profile, add_header, format->headers);
}

static const struct format_class json_class = {
    .name = "JSON",
    .by_name = true,
    .cut = cut,
    .taker_new = taker_new,
    .taker_free = taker_free,
    .take = take,
    .bind = bind,
    .free = json_free_own,
};

/* The names of a record's members, to know the profile by. */
static void name_members(GPtrArray *headers, json_t *object) {
    const char *key;
    json_t *value, *member;
    json_object_foreach(object, key, value) {
        const char *inner;
        add_header(headers, key);
        json_object_foreach(value, inner, member) {
            g_autofree char *name = g_strconcat(key, ".", inner, NULL);
            add_header(headers, name);
        }
    }
}

/* Looks for the first sound record at hand. */
static bool look_ahead(struct format_json *json, const char *bytes, size_t length,
                       bool at_end) {
    struct json_cut ahead;
    struct record record;
    bool found = false;
    json_cut_init(&ahead, json->paths);
    for (size_t i = 0; !found && i < length; i += record.length) {
        if (!json_cut_next(&ahead, bytes + i, length - i, at_end, &record))
            break;
        json_auto_t *object = record.kind == RECORD_WHOLE
                                  ? json_loadb(bytes + i, record.length, 0, NULL)
                                  : NULL;
        found = object != NULL;
        name_members(json->format.headers, object);
    }
    json_cut_clear(&ahead);
    return found;
}

/* Where the records of envelopes are, by all profiles. */
static GPtrArray *all_paths(const struct profiles *profiles) {
    GPtrArray *paths = g_ptr_array_new();
    for (guint i = 0; i < profiles->list->len; i++) {
        const struct profile *profile = g_ptr_array_index(profiles->list, i);
        for (char **path = profile->json != NULL ? profile->json->records : NULL;
             path != NULL && *path != NULL; path++)
            g_ptr_array_add(paths, *path);
    }
    return paths;
}

bool format_json_looks_like(const char *bytes, size_t length) {
    size_t i = length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (i < length && g_ascii_isspace(bytes[i]))
        i++;
    return i < length && (bytes[i] == '{' || bytes[i] == '[');
}

struct format *format_json_open(const char *bytes, size_t length, bool at_end,
                                const struct profiles *profiles, const char *name,
                                GError **error) {
    struct format_json *json = g_new0(struct format_json, 1);
    scoped(format) *format = &json->format;
    format->class = &json_class;
    format->headers = g_ptr_array_new_with_free_func(g_free);
    json->paths = all_paths(profiles);
    json_cut_init(&json->cut, json->paths);
    dialect_detect(&format->dialect, bytes, length);
    format->dialect.delimiter = '\0';
    format->dialect.encoding = ENCODING_UTF8; /* RFC 8259 §8.1 */
    format->head_bytes = format->dialect.mark_bytes;
    if (look_ahead(json, bytes + format->head_bytes, length - format->head_bytes, at_end))
        return g_steal_pointer(&format);
    g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED,
                "%s: is JSON in which no record can be found: neither an array of "
                "objects, nor objects one after the other, nor what a profile's "
                "'json.records' names",
                name);
    return NULL;
}
