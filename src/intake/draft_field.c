#include "draft_fit.h"
#include "draft_private.h"

#include "barometre/text.h"

#include <string.h>

static const double near_enough = 0.7;

/* The column nearest to a label, −1 where none is near. */
static int nearest_column(const struct drafting *drafting, const char *text) {
    g_autofree char *fold = text_fold(text);
    double best = near_enough;
    int nearest = -1;
    for (guint c = 0; c < drafting->sample->columns->len; c++) {
        const double nearness = draft_nearness(fold, drafting_column(drafting, c)->fold);
        if (nearness > best) {
            best = nearness;
            nearest = (int)c;
        }
    }
    return nearest;
}

/* Points the question that says "never" at this export's column, or drops it. */
static void bind_never(struct drafting *drafting, json_t *definition) {
    json_t *never = json_object_get(definition, "never_if");
    json_t *columns = json_array();
    size_t i;
    json_t *text;
    json_array_foreach(json_object_get(never, "columns"), i, text) {
        const int c = nearest_column(drafting, json_string_value(text));
        if (c < 0 || json_array_size(columns) > 0)
            continue;
        json_array_append_new(columns,
                              json_string(drafting_column(drafting, (guint)c)->label));
        drafting->uses[c] = MAX(drafting->uses[c], USE_TAKEN);
    }
    if (json_array_size(columns) > 0)
        json_object_set(never, "columns", columns);
    else
        json_object_del(definition, "never_if");
    json_decref(columns);
}

static void add_missing(struct drafting *drafting, const char *text) {
    size_t i;
    json_t *known;
    json_array_foreach(drafting->missing, i, known) {
        if (strcmp(json_string_value(known), text) == 0)
            return;
    }
    json_array_append_new(drafting->missing, json_string(text));
}

/* Gives the words of a short list that mean nothing yet a place in the profile, for a
 * person to fill in; those that people write for no answer are taken for that. */
static void note_words(struct drafting *drafting, enum complaint_field field,
                       const struct sample_column *column, json_t *definition) {
    const enum complaint_type type = complaint_fields[field].type;
    const bool worded = type == TYPE_ANSWER || type == TYPE_ENUM;
    const bool closed = sample_is_closed(column);
    g_autoptr(GString) unknown = g_string_new(NULL);
    g_autoptr(GString) missing = g_string_new(NULL);
    for (guint i = 0; i + 1 < column->spelling->len; i += 2) {
        const char *fold = g_ptr_array_index(column->spelling, i);
        const char *text = g_ptr_array_index(column->spelling, i + 1);
        if (worded && draft_word_known(field, definition, fold))
            continue;
        const bool none = draft_word_missing(fold);
        if (none)
            add_missing(drafting, text);
        else if (!worded || !closed)
            continue;
        else if (json_object_get(definition, "values") == NULL)
            json_object_set_new(definition, "values", json_object());
        if (!none)
            json_object_set_new(json_object_get(definition, "values"), text, json_null());
        GString *list = none ? missing : unknown;
        g_string_append_printf(list, "%s%s", list->len > 0 ? ", " : "", text);
    }
    const char *name = complaint_fields[field].name;
    if (unknown->len > 0)
        draft_note(drafting->draft, DRAFT_WORDS, name, column->header, unknown->str, 0);
    if (missing->len > 0)
        draft_note(drafting->draft, DRAFT_MISSING, name, column->header, missing->str, 0);
}

static void count_shapes(struct drafting *drafting, const struct sample_column *column) {
    for (int shape = 0; shape < 3; shape++)
        drafting->shapes[shape] += column->dates[shape];
    drafting->day_first += column->day_first;
    drafting->month_first += column->month_first;
}

/* The part of a linked list in which the places are, where they are not the whole cell,
 * and how many distinct names are of no place. */
static void note_places(struct drafting *drafting, const struct sample_column *column,
                        json_t *definition) {
    const int64_t parts = MAX(column->primary_names, column->secondary_names);
    const int64_t names = MAX(column->names, parts);
    if (parts > column->names)
        json_object_set_new(
            definition, "linked",
            json_string(parts == column->primary_names ? "primary" : "secondary"));
    if (names < column->filled)
        draft_note(drafting->draft, DRAFT_NAMES, "marketplace", column->header, "",
                   column->filled - names);
}

static bool is_needed(const char *field) {
    static const char *const needed[] = {"report_id", "firm", "marketplace",
                                         "received_on", NULL};
    return g_strv_contains(needed, field);
}

static void note_fit(struct drafting *drafting, const struct known_label *label,
                     const struct sample_column *column, const json_t *definition) {
    const bool places = strcmp(label->field, "marketplace") == 0;
    if (column->filled == 0)
        draft_note(drafting->draft, DRAFT_EMPTY, label->field, column->header, "", 0);
    else if (!places && draft_fit(column, label->field, label->member, definition) < 0.5)
        draft_note(drafting->draft, DRAFT_UNFIT, label->field, column->header, "", 0);
}

void draft_take(struct drafting *drafting, const struct known_label *label,
                guint column_number) {
    const struct sample_column *column = drafting_column(drafting, column_number);
    const enum complaint_field field = complaint_field_find(label->field);
    json_t *definition = json_object_get(drafting->fields, label->field);
    if (definition == NULL) {
        definition =
            label->definition != NULL ? json_deep_copy(label->definition) : json_object();
        json_object_del(definition, "columns");
        json_object_del(definition, "siret");
        json_object_del(definition, "id");
        if (json_object_get(definition, "never_if") != NULL)
            bind_never(drafting, definition);
        json_object_set_new(drafting->fields, label->field, definition);
    }
    if (json_object_get(definition, label->member) == NULL)
        json_object_set_new(definition, label->member, json_array());
    json_array_append_new(json_object_get(definition, label->member),
                          json_string(column->label));
    drafting->uses[column_number] = is_needed(label->field)
                                        ? USE_NEEDED
                                        : MAX(drafting->uses[column_number], USE_TAKEN);
    note_fit(drafting, label, column, definition);
    if (strcmp(label->field, "marketplace") == 0)
        note_places(drafting, column, definition);
    if (field == FIELD_COUNT)
        return;
    note_words(drafting, field, column, definition);
    if (complaint_fields[field].type == TYPE_DATE ||
        complaint_fields[field].type == TYPE_DATE_OR_NEVER)
        count_shapes(drafting, column);
}

/* Whether the closest profile writes the month first. */
static bool closest_is_month_first(const struct drafting *drafting) {
    size_t i;
    json_t *shape;
    json_array_foreach(json_object_get(drafting->closest, "dates"), i, shape) {
        const char *name = json_string_value(shape);
        if (name != NULL && strcmp(name, date_shape_name(DATE_MDY)) == 0)
            return true;
    }
    return false;
}

json_t *draft_dates(struct drafting *drafting) {
    json_t *dates = json_array();
    const bool slashes = drafting->shapes[DATE_DMY] + drafting->shapes[DATE_MDY] > 0;
    const int64_t day_first = drafting->day_first, month_first = drafting->month_first;
    const bool american = month_first != day_first ? month_first > day_first
                                                   : closest_is_month_first(drafting);
    const enum date_shape slashed = american ? DATE_MDY : DATE_DMY;
    if (drafting->shapes[DATE_YMD] > 0 || !slashes)
        json_array_append_new(dates, json_string(date_shape_name(DATE_YMD)));
    if (slashes)
        json_array_append_new(dates, json_string(date_shape_name(slashed)));
    if (slashes && day_first == 0 && month_first == 0)
        draft_note(drafting->draft, DRAFT_DAY_OR_MONTH, "", "", date_shape_name(slashed),
                   0);
    if (day_first > 0 && month_first > 0)
        draft_note(drafting->draft, DRAFT_BOTH_ORDERS, "", "", date_shape_name(slashed),
                   MIN(day_first, month_first));
    return dates;
}
