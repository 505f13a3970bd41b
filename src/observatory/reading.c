#include "barometre/hash.h"
#include "barometre/observatory.h"

#include <string.h>

/* Raised where the program takes records that it refused before. */
#define READER "1"

static int by_text(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Ends with a byte that no name holds, so that "ab", "c" is not "a", "bc". */
static uint64_t add(uint64_t hash, const char *text) {
    return hash_add(hash_add(hash, text), "\n");
}

static uint64_t add_names(uint64_t hash, const struct registry *registry) {
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    GHashTableIter names;
    gpointer name, index;
    g_hash_table_iter_init(&names, registry->indices);
    while (g_hash_table_iter_next(&names, &name, &index)) {
        const int place = registry_find(registry, name);
        const char *id = place < 0 ? "" : registry_place(registry, place)->id;
        g_ptr_array_add(lines, g_strdup_printf("%s\t%s", (char *)name, id));
    }
    g_ptr_array_sort(lines, by_text);
    for (guint i = 0; i < lines->len; i++)
        hash = add(hash, g_ptr_array_index(lines, i));
    return hash;
}

static uint64_t add_profiles(uint64_t hash, const struct observatory *observatory) {
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < observatory->profiles->list->len; i++) {
        const struct profile *profile = g_ptr_array_index(observatory->profiles->list, i);
        g_ptr_array_add(names, g_strdup_printf("profiles/%s.json", profile->id));
    }
    g_ptr_array_sort(names, by_text);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *path =
            observatory_path(observatory, g_ptr_array_index(names, i));
        g_autofree char *text = NULL;
        if (g_file_get_contents(path, &text, NULL, NULL))
            hash = add(add(hash, g_ptr_array_index(names, i)), text);
    }
    return hash;
}

char *observatory_reading(const struct observatory *observatory) {
    uint64_t hash = add(HASH_START, READER);
    hash = add_names(hash, observatory->registry);
    hash = add_profiles(hash, observatory);
    return g_strdup_printf("%016" G_GINT64_MODIFIER "x", hash);
}
