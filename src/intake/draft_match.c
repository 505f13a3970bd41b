#include "barometre/text.h"
#include "draft_fit.h"
#include "draft_private.h"

#include <string.h>

static const double near_label = 0.7, near_values = 0.8, near_empty = 0.85;

/* What is already known of a part of a field ("firm" has two). */
static const json_t *taken(const struct drafting *drafting, const char *field,
                           const char *member) {
    return json_object_get(json_object_get(drafting->fields, field), member);
}

static bool holds(const json_t *columns, const char *label) {
    size_t i;
    json_t *text;
    json_array_foreach(columns, i, text) {
        if (strcmp(json_string_value(text), label) == 0)
            return true;
    }
    return false;
}

/* The definition that a field was taken with: other profiles read other words. */
struct origins {
    GHashTable *definitions; /* field → const json_t */
};

static bool same_origin(const struct origins *origins, const struct known_label *label) {
    gpointer definition;
    return !g_hash_table_lookup_extended(origins->definitions, label->field, NULL,
                                         &definition) ||
           definition == label->definition;
}

/* Takes every column that has a known label, those of one profile. */
static void take_exact(struct drafting *drafting, const struct origins *origins,
                       bool closest) {
    for (guint i = 0; i < drafting->catalogue->labels->len; i++) {
        const struct known_label *label =
            &g_array_index(drafting->catalogue->labels, struct known_label, i);
        const bool of_closest = drafting->closest_id != NULL &&
                                strcmp(label->profile, drafting->closest_id) == 0;
        if (of_closest != closest || !same_origin(origins, label))
            continue;
        for (guint c = 0; c < drafting->sample->columns->len; c++) {
            const struct sample_column *column = drafting_column(drafting, c);
            if (strcmp(column->fold, label->fold) != 0 ||
                holds(taken(drafting, label->field, label->member), column->label))
                continue;
            draft_take(drafting, label, c);
            g_hash_table_insert(origins->definitions, (gpointer)label->field,
                                (gpointer)label->definition);
        }
    }
}

struct candidate {
    const struct known_label *label;
    guint column;
    double nearness;
};

static int nearest_first(const void *a, const void *b) {
    const struct candidate *left = a, *right = b;
    if (left->nearness != right->nearness)
        return left->nearness > right->nearness ? -1 : 1;
    return (left->column > right->column) - (left->column < right->column);
}

static bool is_candidate(const struct drafting *drafting, const struct known_label *label,
                         guint c, double *nearness) {
    const struct sample_column *column = drafting_column(drafting, c);
    if (drafting->uses[c] != USE_NONE)
        return false;
    *nearness = draft_nearness(label->fold, column->fold);
    if (*nearness < (column->filled > 0 ? near_label : near_empty))
        return false;
    return draft_fit(column, label->field, label->member, label->definition) >=
           near_values;
}

/* Takes columns whose label is near and whose values read, the nearest first. */
static void take_near(struct drafting *drafting) {
    g_autoptr(GArray) candidates = g_array_new(FALSE, FALSE, sizeof(struct candidate));
    for (guint i = 0; i < drafting->catalogue->labels->len; i++) {
        const struct known_label *label =
            &g_array_index(drafting->catalogue->labels, struct known_label, i);
        if (json_object_get(drafting->fields, label->field) != NULL)
            continue;
        for (guint c = 0; c < drafting->sample->columns->len; c++) {
            struct candidate candidate = {label, c, 0};
            if (is_candidate(drafting, label, c, &candidate.nearness))
                g_array_append_val(candidates, candidate);
        }
    }
    g_array_sort(candidates, nearest_first);
    for (guint i = 0; i < candidates->len; i++) {
        const struct candidate *next = &g_array_index(candidates, struct candidate, i);
        if (drafting->uses[next->column] != USE_NONE ||
            json_object_get(drafting->fields, next->label->field) != NULL)
            continue;
        draft_note(drafting->draft, DRAFT_NEAR_LABEL, next->label->field,
                   drafting_column(drafting, next->column)->header, "", 0);
        draft_take(drafting, next->label, next->column);
    }
}

/* Whether a label has one of the words that people use for such a column. */
static bool has_hint(const struct sample_column *column, const char *const *hints) {
    g_auto(GStrv) words = g_strsplit(column->fold, " ", -1);
    for (; *hints != NULL; hints++)
        if (g_strv_contains((const char *const *)words, *hints))
            return true;
    return false;
}

static bool is_siret(const struct drafting *drafting,
                     const struct sample_column *column) {
    (void)drafting;
    return column->sirets * 5 >= column->filled * 4;
}

static bool is_place(const struct drafting *drafting,
                     const struct sample_column *column) {
    (void)drafting;
    return MAX(column->names, MAX(column->primary_names, column->secondary_names)) * 2 >=
           column->filled;
}

static bool is_date(const struct drafting *drafting, const struct sample_column *column) {
    const int64_t dates =
        column->dates[DATE_YMD] + MAX(column->dates[DATE_DMY], column->dates[DATE_MDY]);
    return dates * 10 >= drafting->sample->records * 9;
}

/* Unique in the sample, and there in every record. */
static bool is_number(const struct drafting *drafting,
                      const struct sample_column *column) {
    return column->ids == drafting->sample->records &&
           g_hash_table_size(column->words) == column->filled &&
           !is_siret(drafting, column) && !is_date(drafting, column);
}

static const char *const number_hints[] = {
    "id",     "identifiant", "numero",      "no",          "n",
    "number", "dossier",     "reference",   "ref",         "ticket",
    "num",    "complaint",   "reclamation", "signalement", NULL};
static const char *const date_hints[] = {
    "recu",     "reception",    "depot", "depose", "received", "created",
    "creation", "creationdate", "date",  "cree",   "le",       NULL};
static const char *const any_hints[] = {NULL};

static const struct {
    struct known_label label;
    bool (*fits)(const struct drafting *drafting, const struct sample_column *column);
    const char *const *hints;
} by_values[] = {
    {{.field = "firm", .member = "siret"}, is_siret, any_hints},
    {{.field = "marketplace", .member = "columns"}, is_place, any_hints},
    {{.field = "received_on", .member = "columns"}, is_date, date_hints},
    {{.field = "report_id", .member = "columns"}, is_number, number_hints},
};

/* Takes, for what every complaint needs, the first column that holds such values: rather
 * one whose label hints at it. */
static void take_by_values(struct drafting *drafting) {
    for (size_t v = 0; v < G_N_ELEMENTS(by_values); v++) {
        int found = -1;
        bool hinted = false;
        for (guint c = 0; c < drafting->sample->columns->len; c++) {
            const struct sample_column *column = drafting_column(drafting, c);
            if (drafting->uses[c] != USE_NONE || column->filled == 0 ||
                *column->fold == '\0' || !by_values[v].fits(drafting, column))
                continue;
            const bool hint = has_hint(column, by_values[v].hints);
            if (found < 0 || (hint && !hinted)) {
                found = (int)c;
                hinted = hint;
            }
        }
        if (found < 0 ||
            json_object_get(drafting->fields, by_values[v].label.field) != NULL)
            continue;
        draft_note(drafting->draft, DRAFT_BY_VALUES, by_values[v].label.field,
                   drafting_column(drafting, (guint)found)->header, "", 0);
        draft_take(drafting, &by_values[v].label, (guint)found);
    }
}

void draft_match(struct drafting *drafting) {
    g_autoptr(GHashTable) definitions = g_hash_table_new(g_str_hash, g_str_equal);
    const struct origins origins = {definitions};
    take_exact(drafting, &origins, true);
    take_exact(drafting, &origins, false);
    take_by_values(drafting);
    take_near(drafting);
}
