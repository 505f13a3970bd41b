#include "barometre/error.h"
#include "barometre/json_reader.h"
#include "barometre/profile.h"
#include "barometre/text.h"
#include "phrases.h"

#include <string.h>

static const char *const profile_keys[] = {"profile", "title",   "extends", "recognise",
                                           "dates",   "missing", "fields",  "json",
                                           "sheets",  NULL};
static const char *const shape_names[] = {[DATE_YMD] = "YYYY-MM-DD",
                                          [DATE_DMY] = "DD/MM/YYYY",
                                          [DATE_MDY] = "MM/DD/YYYY",
                                          NULL};
static const char *const linked_words[] = {[LINKED_WHOLE] = "whole",
                                           [LINKED_PRIMARY] = "primary",
                                           [LINKED_SECONDARY] = "secondary",
                                           NULL};
static const char pillar_letters[PROFILE_PILLARS + 1] = "dsc";

const char *date_shape_name(enum date_shape shape) {
    return shape_names[shape];
}

/* The strings of an array member, folded; NULL where there is no such member. */
static GPtrArray *load_folds(const struct json_node *object, const char *key) {
    if (!json_node_has(object, key))
        return NULL;
    GPtrArray *folds = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) strings = json_node_strings(object, key, 1, 64);
    for (char **s = strings; *s != NULL; s++)
        g_ptr_array_add(folds, text_fold(*s));
    return folds;
}

/* The same for headers, which are nothing to look for without a letter or digit. */
static GPtrArray *load_headers(const struct json_node *object, const char *key) {
    GPtrArray *headers = load_folds(object, key);
    for (guint i = 0; headers != NULL && i < headers->len; i++)
        if (*(const char *)g_ptr_array_index(headers, i) == '\0')
            json_node_problem(object, key,
                              "element %u has no letter or digit; correct it", i);
    return headers;
}

static GHashTable *load_fold_set(const struct json_node *object, const char *key) {
    GHashTable *set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) folds = load_folds(object, key);
    for (guint i = 0; folds != NULL && i < folds->len; i++)
        g_hash_table_add(set, g_strdup(g_ptr_array_index(folds, i)));
    return set;
}

/* A canonical word as the value of a field. */
static int32_t load_word(const struct json_node *object, const char *key,
                         enum complaint_field field, json_t *value) {
    const struct complaint_field_description *description = &complaint_fields[field];
    if (json_is_null(value))
        return COMPLAINT_UNKNOWN;
    const char *word = json_string_value(value);
    if (word != NULL && description->type == TYPE_ANSWER) {
        if (strcmp(word, "yes") == 0 || strcmp(word, "no") == 0)
            return word[0] == 'y' ? COMPLAINT_YES : COMPLAINT_NO;
    } else if (word != NULL && description->type == TYPE_ENUM) {
        const int index = complaint_value_find(field, word);
        if (index >= 0)
            return index;
    }
    json_node_problem(object, key,
                      "is not a value of the field '%s'; see the table of fields in "
                      "doc/profiles.md",
                      description->name);
    return COMPLAINT_UNKNOWN;
}

static GHashTable *load_values(const struct json_node *object,
                               enum complaint_field field) {
    GHashTable *values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const struct json_node node = json_node_object(object, "values", NULL);
    const char *cell;
    json_t *word;
    json_object_foreach(node.value, cell, word) {
        const int32_t value = load_word(&node, cell, field, word);
        g_hash_table_insert(values, text_fold(cell), GINT_TO_POINTER(value));
    }
    return values;
}

/* Adds a phrase to look for, which needs something to be found by. */
static void add_phrase(struct phrases *phrases, const struct json_node *object,
                       const char *phrase, int32_t value) {
    g_autofree char *fold = text_fold(phrase);
    if (*fold == '\0') /* it would be in every cell */
        json_node_problem(object, phrase, "has no letter or digit; correct it");
    else
        phrases_add(phrases, g_steal_pointer(&fold), value);
}

static struct phrases *load_contains(const struct json_node *object,
                                     enum complaint_field field) {
    if (complaint_fields[field].type != TYPE_ANSWER &&
        complaint_fields[field].type != TYPE_ENUM)
        json_node_problem(object, "contains", "is for answers and words only");
    struct phrases *phrases = phrases_new();
    const struct json_node node = json_node_object(object, "contains", NULL);
    const char *phrase;
    json_t *word;
    json_object_foreach(node.value, phrase, word) {
        add_phrase(phrases, &node, phrase, load_word(&node, phrase, field, word));
    }
    return phrases;
}

static enum linked_part load_linked(const struct json_node *object) {
    if (!json_node_has(object, "linked"))
        return LINKED_WHOLE;
    return (enum linked_part)MAX(0, json_node_choice(object, "linked", linked_words));
}

static struct profile_field *load_field(const struct json_node *fields,
                                        enum complaint_field id) {
    static const char *const keys[] = {"columns",  "values",     "otherwise",
                                       "constant", "blank_zero", "never_if",
                                       "contains", "linked",     NULL};
    static const char *const never_keys[] = {"columns", "values", NULL};
    const char *name = complaint_fields[id].name;
    const struct json_node node = json_node_object(fields, name, keys);
    struct profile_field *field = g_new0(struct profile_field, 1);
    field->columns = load_headers(&node, "columns");
    field->has_constant = json_node_has(&node, "constant");
    if ((field->columns != NULL) == field->has_constant)
        json_node_problem(&node, NULL, "needs either 'columns' or 'constant'");
    if (field->has_constant)
        field->constant =
            load_word(&node, "constant", id, json_object_get(node.value, "constant"));
    if (json_node_has(&node, "values"))
        field->values = load_values(&node, id);
    if (json_node_has(&node, "contains"))
        field->contains = load_contains(&node, id);
    field->linked = load_linked(&node);
    field->has_otherwise = json_object_get(node.value, "otherwise") != NULL;
    if (field->has_otherwise)
        field->otherwise =
            load_word(&node, "otherwise", id, json_object_get(node.value, "otherwise"));
    field->blank_zero =
        json_node_has(&node, "blank_zero") && json_node_bool(&node, "blank_zero");
    if (json_node_has(&node, "never_if")) {
        if (complaint_fields[id].type != TYPE_DATE_OR_NEVER)
            json_node_problem(&node, "never_if", "this date cannot be 'never'");
        const struct json_node never = json_node_object(&node, "never_if", never_keys);
        field->never_columns = load_headers(&never, "columns");
        field->never_values = load_fold_set(&never, "values");
    }
    return field;
}

static void load_pillars(struct profile *profile, const struct json_node *fields) {
    static const char *const keys[] = {"columns", "contains", "constant", "linked", NULL};
    const struct json_node node = json_node_object(fields, "pillars", keys);
    profile->pillars = load_headers(&node, "columns");
    profile->pillars_linked = load_linked(&node);
    if (json_node_has(&node, "constant")) {
        const char *letters = json_node_string(&node, "constant");
        for (int p = 0; p < PROFILE_PILLARS; p++)
            profile->pillars_constant[p] = strchr(letters, pillar_letters[p]) != NULL;
        if (letters[strspn(letters, pillar_letters)] != '\0')
            json_node_problem(&node, "constant", "may hold the letters d, s and c only");
    }
    if (!json_node_has(&node, "contains"))
        return;
    static const char *const letters[] = {"d", "s", "c", NULL};
    profile->pillar_phrases = phrases_new();
    const struct json_node contains = json_node_object(&node, "contains", NULL);
    const char *phrase;
    json_t *letter;
    json_object_foreach(contains.value, phrase, letter) {
        add_phrase(profile->pillar_phrases, &contains, phrase,
                   json_node_choice(&contains, phrase, letters));
    }
}

/* The columns of a field that is not among complaint_fields. */
static GPtrArray *load_columns(const struct json_node *fields, const char *name,
                               bool required, enum linked_part *linked) {
    static const char *const keys[] = {"columns", NULL};
    static const char *const linked_keys[] = {"columns", "linked", NULL};
    if (!required && !json_node_has(fields, name))
        return NULL;
    const struct json_node node =
        json_node_object(fields, name, linked != NULL ? linked_keys : keys);
    if (linked != NULL)
        *linked = load_linked(&node);
    GPtrArray *columns = load_headers(&node, "columns");
    if (columns == NULL && node.value != NULL)
        json_node_problem(&node, "columns", "is missing");
    return columns;
}

static void load_firm(struct profile *profile, const struct json_node *fields) {
    static const char *const keys[] = {"siret", "id", NULL};
    const struct json_node node = json_node_object(fields, "firm", keys);
    profile->siret = load_headers(&node, "siret");
    profile->firm_id = load_headers(&node, "id");
    if (node.value != NULL && profile->siret == NULL && profile->firm_id == NULL)
        json_node_problem(&node, NULL, "needs 'siret' or 'id'");
}

static void load_fields(struct profile *profile, const struct json_node *root) {
    static const char *const special[] = {"report_id", "firm",    "marketplace",
                                          "change_id", "pillars", NULL};
    const struct json_node fields = json_node_object(root, "fields", NULL);
    if (fields.value == NULL)
        return;
    profile->report_id = load_columns(&fields, "report_id", true, NULL);
    profile->marketplace =
        load_columns(&fields, "marketplace", true, &profile->marketplace_linked);
    profile->change_id = load_columns(&fields, "change_id", false, NULL);
    load_firm(profile, &fields);
    if (json_node_has(&fields, "pillars"))
        load_pillars(profile, &fields);
    const char *name;
    json_t *value;
    json_object_foreach(fields.value, name, value) {
        const enum complaint_field id = complaint_field_find(name);
        if (id != FIELD_COUNT)
            profile->fields[id] = load_field(&fields, id);
        else if (!g_strv_contains(special, name))
            json_node_problem(&fields, name, "is not a field of a complaint");
    }
    if (profile->fields[FIELD_RECEIVED_ON] == NULL)
        json_node_problem(&fields, "received_on", "is missing");
}

static void load_shapes(struct profile *profile, const struct json_node *root) {
    const struct json_node dates = json_node_array(root, "dates", 1, 3);
    for (size_t i = 0; i < json_node_length(&dates); i++) {
        const char *name = json_node_string_at(&dates, i);
        bool known = false;
        for (int shape = 0; shape_names[shape] != NULL; shape++)
            if (strcmp(name, shape_names[shape]) == 0)
                known = profile->shapes[shape] = true;
        if (!known)
            json_node_problem(root, "dates",
                              "may hold YYYY-MM-DD, DD/MM/YYYY and MM/DD/YYYY only");
    }
    if (profile->shapes[DATE_DMY] && profile->shapes[DATE_MDY])
        json_node_problem(root, "dates",
                          "DD/MM/YYYY and MM/DD/YYYY cannot be told apart: keep one");
}

/* How JSON records lie in their document. */
static struct profile_json *load_json(const struct json_node *root) {
    static const char *const keys[] = {"records", "labelled", "label", "values",
                                       "rows",    "linked",   NULL};
    if (!json_node_has(root, "json"))
        return NULL;
    struct profile_json *json = g_new0(struct profile_json, 1);
    const struct json_node node = json_node_object(root, "json", keys);
    json->records = json_node_strings(&node, "records", 0, 8);
    json->labelled = json_node_strings(&node, "labelled", 0, 8);
    json->label = g_strdup(json_node_string(&node, "label"));
    json->values = json_node_strings(&node, "values", 0, 16);
    json->rows = g_strdup(json_node_string(&node, "rows"));
    if (json_node_has(&node, "linked"))
        json->linked = json_node_strings(&node, "linked", 2, 2);
    return json;
}

static char *load_fold(const struct json_node *node, const char *key) {
    return text_fold(json_node_string(node, key));
}

/* How other sheets add to the records' one. */
static struct profile_sheets *load_sheets(const struct json_node *root) {
    static const char *const keys[] = {"key", "foreign_key", "where", NULL};
    static const char *const where_keys[] = {"column", "values", NULL};
    if (!json_node_has(root, "sheets"))
        return NULL;
    struct profile_sheets *sheets = g_new0(struct profile_sheets, 1);
    const struct json_node node = json_node_object(root, "sheets", keys);
    const struct json_node where = json_node_object(&node, "where", where_keys);
    sheets->key = load_fold(&node, "key");
    sheets->foreign_key = load_fold(&node, "foreign_key");
    sheets->where = load_fold(&where, "column");
    sheets->where_values = load_fold_set(&where, "values");
    return sheets;
}

static char *extended(const struct json_reader *reader) {
    return g_strdup(json_string_value(json_object_get(reader->root, "extends")));
}

/* Takes over from the parent, and from its own, what the child does not say. `family` is
 * the last of them; NULL where there is no parent. */
static bool extend(const char *directory, struct json_reader *reader, char **family,
                   GError **error) {
    enum { MOST_ANCESTORS = 8 };
    g_autofree char *next = extended(reader);
    for (int ancestors = 0; next != NULL; ancestors++) {
        if (!text_is_id(next) || ancestors == MOST_ANCESTORS) {
            g_set_error(error, BAROMETRE_ERROR, ERROR_CONFIG, "%s:extends: %s",
                        reader->name,
                        ancestors == MOST_ANCESTORS
                            ? "the profiles extend each other in a circle; cut it"
                            : "is not the name of a profile; correct it");
            return false;
        }
        g_autofree char *base = g_strconcat(next, ".json", NULL);
        g_autofree char *file = g_build_filename(directory, base, NULL);
        scoped(json_reader) *parent = json_reader_open(file, error);
        if (parent == NULL)
            return false;
        json_t *fields = json_object_get(reader->root, "fields");
        if (json_is_object(fields))
            json_object_update_missing(fields, json_object_get(parent->root, "fields"));
        json_object_update_missing(reader->root, parent->root);
        g_free(*family);
        *family = g_steal_pointer(&next);
        next = extended(parent);
    }
    return true;
}

struct profile *profile_load(const char *directory, const char *name, GError **error) {
    g_autofree char *file = g_build_filename(directory, name, NULL);
    scoped(json_reader) *reader = json_reader_open(file, error);
    scoped(profile) *profile = g_new0(struct profile, 1);
    if (reader == NULL || !extend(directory, reader, &profile->family, error))
        return NULL;
    const struct json_node root = json_reader_root(reader, profile_keys);
    profile->id = g_strdup(json_node_string(&root, "profile"));
    if (json_node_has(&root, "extends"))
        json_node_string(&root, "extends"); /* notes one that is no text */
    if (profile->family == NULL)
        profile->family = g_strdup(profile->id);
    json_node_bilingual(&root, "title", profile->title);
    g_autofree char *expected = g_strconcat(profile->id, ".json", NULL);
    if (!text_is_id(profile->id) || strcmp(expected, name) != 0)
        json_node_problem(&root, "profile", "must be the file's name without .json");
    profile->recognise = load_headers(&root, "recognise");
    if (profile->recognise == NULL)
        json_node_problem(&root, "recognise", "is missing");
    load_shapes(profile, &root);
    profile->missing = load_fold_set(&root, "missing");
    load_fields(profile, &root);
    profile->json = load_json(&root);
    profile->sheets = load_sheets(&root);
    if (!json_reader_finish(reader, error))
        return NULL;
    return g_steal_pointer(&profile);
}
