#include "unresolved.h"

#include "barometre/reject_book.h"
#include "barometre/text.h"

#include <string.h>

enum { MOST_SHOWN = 10, LEAST_REPEATED = 2 };

struct listing {
    const struct registry *registry;
    GPtrArray *names;    /* struct unresolved */
    GHashTable *by_fold; /* folded name → struct unresolved */
};

static void unresolved_free(struct unresolved *name) {
    g_free(name->name);
    g_free(name);
}

static bool add_entry(void *data, const struct reject_entry *entry) {
    struct listing *listing = data;
    if (*entry->name == '\0' || registry_find(listing->registry, entry->name) >= 0)
        return true;
    g_autofree char *fold = text_fold(entry->name);
    struct unresolved *name = g_hash_table_lookup(listing->by_fold, fold);
    if (name == NULL) {
        name = g_new0(struct unresolved, 1);
        name->name = text_clamp(entry->name);
        name->suggestion = registry_suggest(listing->registry, entry->name);
        g_ptr_array_add(listing->names, name);
        g_hash_table_insert(listing->by_fold, g_steal_pointer(&fold), name);
    }
    name->count++;
    return true;
}

static int most_first(const void *a, const void *b) {
    const struct unresolved *left = *(struct unresolved *const *)a,
                            *right = *(struct unresolved *const *)b;
    if (left->count != right->count)
        return left->count > right->count ? -1 : 1;
    return strcmp(left->name, right->name);
}

GPtrArray *unresolved_names(const struct observatory *observatory, GError **error) {
    g_autoptr(GPtrArray) names =
        g_ptr_array_new_with_free_func((GDestroyNotify)unresolved_free);
    g_autoptr(GHashTable) by_fold =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    struct listing listing = {observatory->registry, names, by_fold};
    if (!reject_book_each(observatory, add_entry, &listing, error))
        return NULL;
    for (guint i = names->len; i-- > 0;) {
        const struct unresolved *name = g_ptr_array_index(names, i);
        if (name->count < LEAST_REPEATED && name->suggestion < 0)
            g_ptr_array_remove_index(names, i);
    }
    g_ptr_array_sort(names, most_first);
    return g_steal_pointer(&names);
}

static const char *suggested(const struct observatory *observatory,
                             const struct unresolved *name) {
    return registry_place(observatory->registry, name->suggestion)->name;
}

void unresolved_print(const struct cli *cli, const struct observatory *observatory,
                      const GPtrArray *names) {
    if (names->len == 0)
        return;
    g_autofree char *heading = words_say(cli->words, "cli.unresolved", NULL);
    puts(heading);
    for (guint i = 0; i < MIN(names->len, MOST_SHOWN); i++) {
        const struct unresolved *name = g_ptr_array_index(names, i);
        const bool near = name->suggestion >= 0;
        g_autofree char *line =
            words_say(cli->words, near ? "cli.unresolved.near" : "cli.unresolved.name",
                      (struct words_argument[]){
                          {"count", NULL, name->count},
                          {"name", name->name, 0},
                          {"suggestion", near ? suggested(observatory, name) : "", 0},
                          {NULL}});
        printf("    %s\n", line);
    }
    if (names->len > MOST_SHOWN)
        puts("    …");
}

json_t *unresolved_json(const struct observatory *observatory, const GPtrArray *names) {
    json_t *rows = json_array();
    for (guint i = 0; i < MIN(names->len, MOST_SHOWN); i++) {
        const struct unresolved *name = g_ptr_array_index(names, i);
        json_array_append_new(
            rows,
            json_pack("{s:s, s:I, s:s?}", "name", name->name, "count",
                      (json_int_t)name->count, "suggestion",
                      name->suggestion >= 0
                          ? registry_place(observatory->registry, name->suggestion)->id
                          : NULL));
    }
    return rows;
}
