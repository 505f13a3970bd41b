#include "barometre/registry.h"

#include "barometre/error.h"
#include "barometre/json_reader.h"
#include "barometre/month.h"
#include "barometre/text.h"

#include "registry_private.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *const registry_keys[] = {"registry", "title",        "fictitious",
                                            "sources",  "marketplaces", NULL};
static const char *const place_keys[] = {"id",      "name",    "operator", "aliases",
                                         "charter", "sellers", "sources",  "notes",
                                         "reply",   NULL};
static const char *const charter_keys[] = {"from", "source", NULL};
static const char *const seller_keys[] = {"from", "to",     "count", "low",
                                          "high", "source", "note",  NULL};

static void place_free(struct registry_place *place) {
    g_free(place->id);
    g_free(place->name);
    g_free(place->operator_name);
    for (guint i = 0; i < place->sellers->len; i++)
        g_free(g_array_index(place->sellers, struct registry_sellers, i).source);
    g_array_unref(place->sellers);
    for (int l = 0; l < WORDS_LANGUAGES; l++)
        g_free(place->reply[l]);
    g_free(place);
}

static int32_t load_month(const struct json_node *object, const char *key) {
    int32_t month = 0;
    const char *text = json_node_string(object, key);
    if (*text != '\0' && !month_parse(text, &month))
        json_node_problem(object, key, "is not a month YYYY-MM");
    return month;
}

static int32_t load_day(const struct json_node *object, const char *key) {
    int year, month, day_of_month, end = 0;
    int32_t day = INT32_MIN;
    const char *text = json_node_string(object, key);
    if (strspn(text, "0123456789-") != 10 ||
        sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day_of_month, &end) != 3 ||
        end != 10 || text[10] != '\0' || !day_from_date(year, month, day_of_month, &day))
        json_node_problem(object, key, "is not a date YYYY-MM-DD");
    return day;
}

static struct registry_sellers load_sellers(const struct json_node *node) {
    struct registry_sellers sellers = {
        .from = load_month(node, "from"),
        .to = json_node_has(node, "to") ? load_month(node, "to") : INT32_MAX,
        .count = json_node_number(node, "count", 1, 1e9),
        .ranged = json_node_has(node, "low") && json_node_has(node, "high"),
        .source = g_strdup(json_node_string(node, "source")),
    };
    if (sellers.ranged) {
        sellers.low = json_node_number(node, "low", 1, 1e9);
        sellers.high = json_node_number(node, "high", 1, 1e9);
        if (sellers.low > sellers.count || sellers.count > sellers.high)
            json_node_problem(node, "count", "does not lie between low and high");
    }
    if (sellers.to < sellers.from)
        json_node_problem(node, "to", "comes before 'from'");
    return sellers;
}

static void load_all_sellers(struct registry_place *place, const struct json_node *node) {
    const struct json_node list = json_node_array(node, "sellers", 0, 1200);
    int32_t covered = 0;
    for (size_t i = 0; i < json_node_length(&list); i++) {
        const struct json_node entry = json_node_object_at(&list, i, seller_keys);
        if (entry.value == NULL)
            continue;
        const struct registry_sellers sellers = load_sellers(&entry);
        if (sellers.from < covered)
            json_node_problem(&entry, "from", "overlaps the entry before");
        covered = sellers.to == INT32_MAX ? INT32_MAX : sellers.to + 1;
        g_array_append_val(place->sellers, sellers);
    }
}

static void load_reply(struct registry_place *place, const struct json_node *node) {
    enum { MOST_REPLY_CHARACTERS = 1000 };
    json_node_bilingual(node, "reply", place->reply);
    for (int l = 0; l < WORDS_LANGUAGES; l++)
        if (g_utf8_strlen(place->reply[l], -1) > MOST_REPLY_CHARACTERS)
            json_node_problem(node, "reply",
                              "a reply is longer than %d characters; have it shortened",
                              MOST_REPLY_CHARACTERS);
}

static struct registry_place *load_place(const struct json_node *node) {
    struct registry_place *place = g_new0(struct registry_place, 1);
    place->sellers = g_array_new(FALSE, TRUE, sizeof(struct registry_sellers));
    place->signatory_from = INT32_MIN;
    place->id = g_strdup(json_node_string(node, "id"));
    if (*place->id != '\0' && !text_is_id(place->id))
        json_node_problem(node, "id", "must be 1 to 64 of a-z, 0-9 and -");
    g_autofree char *name = g_strdup(json_node_string(node, "name"));
    place->name = text_clamp(name);
    if (json_node_has(node, "operator"))
        place->operator_name = g_strdup(json_node_string(node, "operator"));
    if (json_node_has(node, "charter")) {
        const struct json_node charter = json_node_object(node, "charter", charter_keys);
        if (charter.value != NULL && json_node_has(&charter, "from"))
            place->signatory_from = load_day(&charter, "from");
    }
    if (json_node_has(node, "sellers"))
        load_all_sellers(place, node);
    if (json_node_has(node, "reply"))
        load_reply(place, node);
    return place;
}

/* The fold without words that people add to a name: "cdiscount com", "amazon
 * marketplace". */
char *registry_strip_suffix(const char *fold) {
    static const char *const suffixes[] = {" marketplace", " fr", " com", " eu",
                                           " france"};
    for (size_t i = 0; i < G_N_ELEMENTS(suffixes); i++)
        if (g_str_has_suffix(fold, suffixes[i]))
            return g_strndup(fold, strlen(fold) - strlen(suffixes[i]));
    return NULL;
}

/* Spaces carry no meaning in a name: "mano mano" and "manomano" are one. */
void registry_drop_spaces(char *fold) {
    char *to = fold;
    for (const char *from = fold; *from != '\0'; from++)
        if (*from != ' ')
            *to++ = *from;
    *to = '\0';
}

static void name_clear(void *name) {
    g_free(((struct registry_name *)name)->fold);
}

static void add_name(struct registry *registry, const struct json_node *node,
                     const char *name, int index) {
    g_autofree char *spaced = text_fold(name);
    char *fold = g_strdup(spaced);
    registry_drop_spaces(fold);
    gpointer known;
    if (*fold == '\0')
        json_node_problem(node, NULL, "has an alias without a letter or digit");
    else if (g_hash_table_lookup_extended(registry->indices, fold, NULL, &known) &&
             GPOINTER_TO_INT(known) != index)
        json_node_problem(node, "aliases", "'%s' already means '%s'", name,
                          registry_place(registry, GPOINTER_TO_INT(known))->id);
    else {
        const struct registry_name entry = {g_steal_pointer(&spaced), index};
        g_array_append_val(registry->names, entry);
        g_hash_table_insert(registry->indices, fold, GINT_TO_POINTER(index));
        return;
    }
    g_free(fold);
}

struct registry *registry_load(const char *file, GError **error) {
    scoped(json_reader) *reader = json_reader_open(file, error);
    if (reader == NULL)
        return NULL;
    scoped(registry) *registry = g_new0(struct registry, 1);
    registry->places = g_ptr_array_new_with_free_func((GDestroyNotify)place_free);
    registry->indices = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    registry->names = g_array_new(FALSE, FALSE, sizeof(struct registry_name));
    g_array_set_clear_func(registry->names, name_clear);
    const struct json_node root = json_reader_root(reader, registry_keys);
    registry->fictitious =
        json_node_has(&root, "fictitious") && json_node_bool(&root, "fictitious");
    const struct json_node list = json_node_array(&root, "marketplaces", 1, 1000);
    for (size_t i = 0; i < json_node_length(&list); i++) {
        const struct json_node node = json_node_object_at(&list, i, place_keys);
        if (node.value == NULL)
            continue;
        struct registry_place *place = load_place(&node);
        g_ptr_array_add(registry->places, place);
        const int index = (int)registry->places->len - 1;
        for (int other = 0; other < index; other++)
            if (strcmp(registry_place(registry, other)->id, place->id) == 0)
                json_node_problem(&node, "id", "is also the id of another place");
        add_name(registry, &node, place->id, index);
        add_name(registry, &node, place->name, index);
        g_auto(GStrv) aliases = json_node_has(&node, "aliases")
                                    ? json_node_strings(&node, "aliases", 0, 200)
                                    : NULL;
        for (char **alias = aliases; alias != NULL && *alias != NULL; alias++)
            add_name(registry, &node, *alias, index);
    }
    if (!json_reader_finish(reader, error))
        return NULL;
    return g_steal_pointer(&registry);
}

void registry_free(struct registry *registry) {
    if (registry == NULL)
        return;
    g_ptr_array_unref(registry->places);
    g_hash_table_unref(registry->indices);
    g_array_unref(registry->names);
    g_free(registry);
}

static int find_fold(const struct registry *registry, const char *fold) {
    g_autofree char *joined = g_strdup(fold);
    registry_drop_spaces(joined);
    gpointer index;
    if (*joined == '\0' ||
        !g_hash_table_lookup_extended(registry->indices, joined, NULL, &index))
        return -1;
    return GPOINTER_TO_INT(index);
}

int registry_find(const struct registry *registry, const char *name) {
    g_autofree char *fold = text_fold(name);
    int index = find_fold(registry, fold);
    for (char *shorter; index < 0 && (shorter = registry_strip_suffix(fold)) != NULL;) {
        g_free(fold);
        fold = shorter;
        index = find_fold(registry, fold);
    }
    return index;
}

const struct registry_place *registry_place(const struct registry *registry, int index) {
    return g_ptr_array_index(registry->places, index);
}

bool registry_exposure(const struct registry_place *place, int32_t last_month, int months,
                       double *sellers, const char **source) {
    double sum = 0;
    int known = 0;
    for (int32_t month = last_month - months + 1; month <= last_month; month++)
        for (guint i = 0; i < place->sellers->len; i++) {
            const struct registry_sellers *entry =
                &g_array_index(place->sellers, struct registry_sellers, i);
            if (!entry->ranged || month < entry->from || month > entry->to)
                continue;
            sum += entry->count;
            known++;
            *source = entry->source;
        }
    if (known == 0)
        return false;
    *sellers = sum / known;
    return true;
}

static int compare_sellers(const void *left, const void *right) {
    const struct registry_sellers *a = left, *b = right;
    return (a->from > b->from) - (a->from < b->from);
}

/* The months of an entry between two months, appended where there are any. */
static void append_months(GArray *kept, const struct registry_sellers *entry,
                          int32_t from, int32_t to) {
    struct registry_sellers part = *entry;
    part.from = MAX(entry->from, from);
    part.to = MIN(entry->to, to);
    if (part.from > part.to)
        return;
    part.source = g_strdup(entry->source);
    g_array_append_val(kept, part);
}

void registry_set_sellers(struct registry *registry, int index,
                          const struct registry_sellers *sellers) {
    struct registry_place *place = g_ptr_array_index(registry->places, index);
    GArray *kept = g_array_new(FALSE, TRUE, sizeof(struct registry_sellers));
    for (guint i = 0; i < place->sellers->len; i++) {
        struct registry_sellers *entry =
            &g_array_index(place->sellers, struct registry_sellers, i);
        append_months(kept, entry, INT32_MIN, sellers->from - 1);
        if (sellers->to < INT32_MAX)
            append_months(kept, entry, sellers->to + 1, INT32_MAX);
        g_free(entry->source);
    }
    append_months(kept, sellers, INT32_MIN, INT32_MAX);
    g_array_sort(kept, compare_sellers);
    g_array_unref(place->sellers);
    place->sellers = kept;
}
