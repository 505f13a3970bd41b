#include "barometre/profile.h"

#include "barometre/error.h"
#include "barometre/text.h"
#include "phrases.h"

#include <string.h>

static void clear_folds(GPtrArray **folds) {
    g_clear_pointer(folds, g_ptr_array_unref);
}

static void profile_field_free(struct profile_field *field) {
    if (field == NULL)
        return;
    clear_folds(&field->columns);
    clear_folds(&field->never_columns);
    g_clear_pointer(&field->values, g_hash_table_unref);
    phrases_free(field->contains);
    g_clear_pointer(&field->never_values, g_hash_table_unref);
    g_free(field);
}

static void profile_json_free(struct profile_json *json) {
    if (json == NULL)
        return;
    g_strfreev(json->records);
    g_strfreev(json->labelled);
    g_strfreev(json->values);
    g_free(json->label);
    g_free(json->rows);
    g_strfreev(json->linked);
    g_free(json);
}

static void profile_sheets_free(struct profile_sheets *sheets) {
    if (sheets == NULL)
        return;
    g_free(sheets->key);
    g_free(sheets->foreign_key);
    g_free(sheets->where);
    g_hash_table_unref(sheets->where_values);
    g_free(sheets);
}

void profile_free(struct profile *profile) {
    if (profile == NULL)
        return;
    g_free(profile->id);
    g_free(profile->family);
    for (int l = 0; l < WORDS_LANGUAGES; l++)
        g_free(profile->title[l]);
    clear_folds(&profile->recognise);
    g_clear_pointer(&profile->missing, g_hash_table_unref);
    clear_folds(&profile->report_id);
    clear_folds(&profile->siret);
    clear_folds(&profile->firm_id);
    clear_folds(&profile->marketplace);
    clear_folds(&profile->change_id);
    clear_folds(&profile->pillars);
    phrases_free(profile->pillar_phrases);
    for (int f = 0; f < FIELD_COUNT; f++)
        profile_field_free(profile->fields[f]);
    profile_json_free(profile->json);
    profile_sheets_free(profile->sheets);
    g_free(profile);
}

static void each_of(const GPtrArray *headers,
                    void (*call)(void *data, const char *header), void *data) {
    for (guint i = 0; headers != NULL && i < headers->len; i++)
        call(data, g_ptr_array_index(headers, i));
}

void profile_each_header(const struct profile *profile,
                         void (*call)(void *data, const char *header), void *data) {
    each_of(profile->report_id, call, data);
    each_of(profile->siret, call, data);
    each_of(profile->firm_id, call, data);
    each_of(profile->marketplace, call, data);
    each_of(profile->change_id, call, data);
    each_of(profile->pillars, call, data);
    for (int f = 0; f < FIELD_COUNT; f++) {
        const struct profile_field *field = profile->fields[f];
        if (field == NULL)
            continue;
        each_of(field->columns, call, data);
        each_of(field->never_columns, call, data);
    }
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

struct profiles *profiles_load(const char *directory, GError **error) {
    g_autoptr(GDir) folder = g_dir_open(directory, 0, NULL);
    if (folder == NULL) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_CONFIG,
                    "%s: there is no folder of profiles; `barometre init` makes one",
                    directory);
        return NULL;
    }
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; (name = g_dir_read_name(folder)) != NULL;)
        if (g_str_has_suffix(name, ".json") && name[0] != '.')
            g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, by_name);
    scoped(profiles) *profiles = g_new0(struct profiles, 1);
    profiles->list = g_ptr_array_new_with_free_func((GDestroyNotify)profile_free);
    for (guint i = 0; i < names->len; i++) {
        struct profile *profile =
            profile_load(directory, g_ptr_array_index(names, i), error);
        if (profile == NULL)
            return NULL;
        g_ptr_array_add(profiles->list, profile);
    }
    return g_steal_pointer(&profiles);
}

void profiles_free(struct profiles *profiles) {
    if (profiles == NULL)
        return;
    g_ptr_array_unref(profiles->list);
    g_free(profiles);
}

const struct profile *profiles_find(const struct profiles *profiles, const char *id) {
    for (guint i = 0; i < profiles->list->len; i++) {
        const struct profile *profile = g_ptr_array_index(profiles->list, i);
        if (strcmp(profile->id, id) == 0)
            return profile;
    }
    return NULL;
}

static bool has_all(const GPtrArray *headers, const GPtrArray *wanted) {
    for (guint i = 0; i < wanted->len; i++)
        if (!g_ptr_array_find_with_equal_func(
                (GPtrArray *)headers, g_ptr_array_index(wanted, i), g_str_equal, NULL))
            return false;
    return true;
}

const struct profile *profiles_recognise(const struct profiles *profiles,
                                         const GPtrArray *headers, const char *name,
                                         GError **error) {
    const struct profile *best = NULL, *rival = NULL;
    for (guint i = 0; i < profiles->list->len; i++) {
        const struct profile *profile = g_ptr_array_index(profiles->list, i);
        if (!has_all(headers, profile->recognise))
            continue;
        if (best == NULL || profile->recognise->len > best->recognise->len) {
            best = profile;
            rival = NULL;
        } else if (profile->recognise->len == best->recognise->len) {
            rival = profile;
        }
    }
    if (best != NULL && rival == NULL)
        return best;
    if (best == NULL)
        g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED,
                    "%s:1: no profile knows these columns; name one with --profile or "
                    "write one in profiles/",
                    name);
    else
        g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED,
                    "%s:1: the profiles '%s' and '%s' both fit these columns; name one "
                    "with --profile",
                    name, best->id, rival->id);
    return NULL;
}
