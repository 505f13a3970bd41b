#include "draft_catalogue.h"

#include "barometre/complaint.h"
#include "barometre/text.h"

#include <gio/gio.h>
#include <string.h>

static const char shipped[] = "/barometre/data/profiles/";

static const json_t *find_profile(const struct catalogue *catalogue, const char *name) {
    for (guint i = 0; name != NULL && i < catalogue->profiles->len; i++) {
        const json_t *profile = g_ptr_array_index(catalogue->profiles, i);
        const char *id = json_string_value(json_object_get(profile, "profile"));
        if (id != NULL && strcmp(id, name) == 0)
            return profile;
    }
    return NULL;
}

static void add_profile(struct catalogue *catalogue, json_t *profile) {
    const char *id = json_string_value(json_object_get(profile, "profile"));
    if (id == NULL || !json_is_object(json_object_get(profile, "fields")) ||
        find_profile(catalogue, id) != NULL)
        json_decref(profile);
    else
        g_ptr_array_add(catalogue->profiles, profile);
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void add_directory(struct catalogue *catalogue, const char *directory) {
    g_autoptr(GDir) folder = g_dir_open(directory, 0, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; folder != NULL && (name = g_dir_read_name(folder)) != NULL;)
        if (g_str_has_suffix(name, ".json") && name[0] != '.')
            g_ptr_array_add(names, g_build_filename(directory, name, NULL));
    g_ptr_array_sort(names, by_name);
    for (guint i = 0; i < names->len; i++)
        add_profile(catalogue, json_load_file(g_ptr_array_index(names, i), 0, NULL));
}

static void add_shipped(struct catalogue *catalogue) {
    g_auto(GStrv) names = g_resources_enumerate_children(shipped, 0, NULL);
    for (char **name = names; name != NULL && *name != NULL; name++) {
        g_autofree char *path = g_strconcat(shipped, *name, NULL);
        g_autoptr(GBytes) bytes = g_resources_lookup_data(path, 0, NULL);
        if (bytes != NULL)
            add_profile(catalogue, json_loadb(g_bytes_get_data(bytes, NULL),
                                              g_bytes_get_size(bytes), 0, NULL));
    }
}

/* Takes over what a profile extends, as profile_load does. */
static void extend(const struct catalogue *catalogue, json_t *profile) {
    enum { MOST_ANCESTORS = 8 };
    const json_t *parent = profile;
    json_t *fields = json_object_get(profile, "fields");
    for (int i = 0; i < MOST_ANCESTORS; i++) {
        parent = find_profile(catalogue,
                              json_string_value(json_object_get(parent, "extends")));
        if (parent == NULL || parent == profile)
            return;
        json_object_update_missing(fields, json_object_get(parent, "fields"));
        json_object_update_missing(profile, (json_t *)parent);
    }
}

static void label_clear(void *label) {
    g_free(((struct known_label *)label)->fold);
}

static void add_label(struct catalogue *catalogue, struct known_label label,
                      const char *text) {
    label.fold = text_fold(text);
    g_array_append_val(catalogue->labels, label);
}

static void add_labels(struct catalogue *catalogue, const json_t *profile) {
    static const char *const members[] = {"columns", "siret", "id"};
    const char *field;
    json_t *definition;
    json_object_foreach(json_object_get(profile, "fields"), field, definition) {
        for (size_t m = 0; m < G_N_ELEMENTS(members); m++) {
            size_t i;
            json_t *text;
            json_array_foreach(json_object_get(definition, members[m]), i, text) {
                if (json_is_string(text))
                    add_label(
                        catalogue,
                        (struct known_label){.field = field,
                                             .member = members[m],
                                             .definition = definition,
                                             .profile = json_string_value(
                                                 json_object_get(profile, "profile"))},
                        json_string_value(text));
            }
        }
    }
}

struct catalogue *catalogue_new(const char *directory) {
    struct catalogue *catalogue = g_new0(struct catalogue, 1);
    catalogue->profiles = g_ptr_array_new_with_free_func((GDestroyNotify)json_decref);
    catalogue->labels = g_array_new(FALSE, FALSE, sizeof(struct known_label));
    g_array_set_clear_func(catalogue->labels, label_clear);
    add_directory(catalogue, directory);
    add_shipped(catalogue);
    for (guint i = 0; i < catalogue->profiles->len; i++)
        add_labels(catalogue, g_ptr_array_index(catalogue->profiles, i));
    for (guint i = 0; i < catalogue->profiles->len; i++)
        extend(catalogue, g_ptr_array_index(catalogue->profiles, i));
    for (int f = 0; f < FIELD_COUNT; f++)
        if (f < FIELD_PILLAR_D || f > FIELD_PILLAR_C)
            add_label(catalogue,
                      (struct known_label){.field = complaint_fields[f].name,
                                           .member = "columns",
                                           .profile = ""},
                      complaint_fields[f].name);
    return catalogue;
}

void catalogue_free(struct catalogue *catalogue) {
    if (catalogue == NULL)
        return;
    g_array_unref(catalogue->labels);
    g_ptr_array_unref(catalogue->profiles);
    g_free(catalogue);
}

static bool has(const GPtrArray *folds, const char *fold) {
    return g_ptr_array_find_with_equal_func((GPtrArray *)folds, fold, g_str_equal, NULL);
}

/* How many of the headers that a profile is recognised by are there. */
static int count_recognised(const json_t *profile, const GPtrArray *folds, int *wanted) {
    int found = 0;
    size_t i;
    json_t *text;
    const json_t *recognise = json_object_get(profile, "recognise");
    json_array_foreach(recognise, i, text) {
        g_autofree char *fold =
            text_fold(json_is_string(text) ? json_string_value(text) : "");
        found += has(folds, fold);
    }
    *wanted = (int)json_array_size(recognise);
    return found;
}

const json_t *catalogue_closest(const struct catalogue *catalogue, const GPtrArray *folds,
                                int *common) {
    const json_t *closest = NULL;
    *common = 0;
    for (guint p = 0; p < catalogue->profiles->len; p++) {
        const json_t *profile = g_ptr_array_index(catalogue->profiles, p);
        const char *id = json_string_value(json_object_get(profile, "profile"));
        int wanted, count = count_recognised(profile, folds, &wanted);
        if (count * 2 <= wanted)
            continue;
        for (guint i = 0; i < catalogue->labels->len; i++) {
            const struct known_label *label =
                &g_array_index(catalogue->labels, struct known_label, i);
            count += strcmp(label->profile, id) == 0 && has(folds, label->fold);
        }
        if (count > *common) {
            *common = count;
            closest = profile;
        }
    }
    return closest;
}
