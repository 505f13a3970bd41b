#include "reject_groups.h"

#include "barometre/reject_book.h"

#include <string.h>

enum { PLACES_SHOWN = 3 };

struct listing {
    const struct words *words;
    GPtrArray *groups;   /* struct night_reject */
    GHashTable *by_rule; /* code → group */
};

static struct night_reject *find_group(struct listing *listing, const char *rule) {
    struct night_reject *group = g_hash_table_lookup(listing->by_rule, rule);
    if (group != NULL)
        return group;
    g_autofree char *rule_key = g_strconcat("reject.", rule, NULL);
    g_autofree char *remedy_key = g_strconcat("remedy.", rule, NULL);
    group = g_new0(struct night_reject, 1);
    group->rule = words_say(listing->words, rule_key, NULL);
    group->remedy = words_say(listing->words, remedy_key, NULL);
    group->places = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(listing->groups, group);
    g_hash_table_insert(listing->by_rule, g_strdup(rule), group);
    return group;
}

static bool add_entry(void *data, const struct reject_entry *entry) {
    struct night_reject *group = find_group(data, entry->rule);
    if (group->count++ >= PLACES_SHOWN)
        return true;
    g_autofree char *place =
        g_strdup_printf("%s:%" G_GINT64_FORMAT, entry->source, entry->line);
    g_ptr_array_add(group->places, *entry->label != '\0'
                                       ? g_strdup_printf("%s (%s)", place, entry->label)
                                       : g_steal_pointer(&place));
    return true;
}

static int by_count(const void *a, const void *b) {
    const struct night_reject *left = *(struct night_reject *const *)a,
                              *right = *(struct night_reject *const *)b;
    if (left->count != right->count)
        return left->count > right->count ? -1 : 1;
    return strcmp(left->rule, right->rule);
}

GPtrArray *reject_groups(const struct observatory *observatory, const struct words *words,
                         GError **error) {
    g_autoptr(GPtrArray) groups =
        g_ptr_array_new_with_free_func((GDestroyNotify)night_reject_free);
    g_autoptr(GHashTable) rules =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    struct listing listing = {words, groups, rules};
    if (!reject_book_each(observatory, add_entry, &listing, error))
        return NULL;
    g_ptr_array_sort(groups, by_count);
    return g_steal_pointer(&groups);
}

bool reject_group_has_more(const struct night_reject *group) {
    return group->count > group->places->len;
}
