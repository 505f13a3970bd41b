#include "draft_private.h"

#include "barometre/error.h"
#include "barometre/text.h"

#include <string.h>

const char *draft_doubt_code(enum draft_doubt doubt) {
    static const char *const codes[DRAFT_DOUBTS] = {
        [DRAFT_CLOSE] = "close",
        [DRAFT_KNOWN] = "known",
        [DRAFT_NEAR_LABEL] = "near_label",
        [DRAFT_BY_VALUES] = "by_values",
        [DRAFT_EMPTY] = "empty",
        [DRAFT_UNFIT] = "unfit",
        [DRAFT_NAMES] = "names",
        [DRAFT_WORDS] = "words",
        [DRAFT_MISSING] = "missing",
        [DRAFT_DAY_OR_MONTH] = "day_or_month",
        [DRAFT_BOTH_ORDERS] = "both_orders",
        [DRAFT_OTHER_DATES] = "other_dates",
        [DRAFT_CONSTANTS] = "constants",
        [DRAFT_ABSENT] = "absent",
    };
    return codes[doubt];
}

static void note_free(struct draft_note *note) {
    g_free(note->field);
    g_free(note->column);
    g_free(note->words);
    g_free(note);
}

void draft_free(struct draft *draft) {
    if (draft == NULL)
        return;
    json_decref(draft->profile);
    g_ptr_array_unref(draft->notes);
    g_free(draft);
}

void draft_note(struct draft *draft, enum draft_doubt doubt, const char *field,
                const char *column, const char *words, int64_t count) {
    struct draft_note *note = g_new0(struct draft_note, 1);
    note->doubt = doubt;
    note->field = g_strdup(field);
    note->column = g_strdup(column);
    note->words = text_clamp(words);
    note->count = count;
    g_ptr_array_add(draft->notes, note);
}

/* Which headers an export of this kind is known by: those of the columns that every
 * complaint needs, then more until no other profile that fits it names as many. */
static json_t *recognise(const struct drafting *drafting) {
    const size_t needed = 4;
    g_autoptr(GPtrArray) folds = g_ptr_array_new();
    for (guint c = 0; c < drafting->own_columns; c++)
        g_ptr_array_add(folds, drafting_column(drafting, c)->fold);
    const struct profile *rival =
        profiles_recognise(drafting->settings->profiles, folds, "", NULL);
    const size_t least = rival != NULL ? MAX(needed, rival->recognise->len + 1) : needed;
    if (rival != NULL)
        draft_note(drafting->draft, DRAFT_KNOWN, rival->id, "", "", 0);
    json_t *headers = json_array();
    static const enum use order[] = {USE_NEEDED, USE_TAKEN, USE_NONE};
    for (size_t pass = 0; pass < G_N_ELEMENTS(order); pass++)
        for (guint c = 0; c < drafting->own_columns; c++) {
            const struct sample_column *column = drafting_column(drafting, c);
            const bool wanted = order[pass] == USE_NEEDED ||
                                (json_array_size(headers) < least &&
                                 (order[pass] == USE_TAKEN || rival != NULL));
            if (wanted && drafting->uses[c] == order[pass] && *column->fold != '\0')
                json_array_append_new(headers, json_string(column->label));
        }
    if (json_array_size(headers) == 0)
        json_array_append_new(headers, json_string(drafting->settings->fill_in));
    return headers;
}

/* Takes over from the closest profile what no column of this export says. */
static void take_constants(struct drafting *drafting) {
    const char *field;
    json_t *definition;
    GString *taken = g_string_new(NULL);
    json_object_foreach(json_object_get(drafting->closest, "fields"), field, definition) {
        if (json_object_get(definition, "constant") == NULL ||
            json_object_get(drafting->fields, field) != NULL)
            continue;
        json_object_set_new(drafting->fields, field, json_deep_copy(definition));
        g_string_append_printf(taken, "%s%s", taken->len > 0 ? ", " : "", field);
    }
    if (taken->len > 0)
        draft_note(drafting->draft, DRAFT_CONSTANTS, drafting->closest_id, "", taken->str,
                   0);
    g_string_free(taken, TRUE);
    if (json_object_get(drafting->fields, "source") == NULL)
        json_object_set_new(drafting->fields, "source",
                            json_pack("{s:s}", "constant", "import"));
}

enum { MOST_ABSENT = 2 }; /* of number, firm, marketplace and day */

/* Puts a column to fill in where one is needed and none was found. False where too little
 * was found for a complaint. */
static bool fill_in(struct drafting *drafting) {
    static const char *const needed[] = {"report_id", "firm", "marketplace",
                                         "received_on", "pillars"};
    guint absent = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(needed); i++) {
        if (json_object_get(drafting->fields, needed[i]) != NULL)
            continue;
        absent += strcmp(needed[i], "pillars") != 0;
        draft_note(drafting->draft, DRAFT_ABSENT, needed[i], "", "", 0);
        json_object_set_new(
            drafting->fields, needed[i],
            json_pack("{s:[s]}", strcmp(needed[i], "firm") == 0 ? "siret" : "columns",
                      drafting->settings->fill_in));
    }
    return absent <= MOST_ABSENT;
}

/* The profile, its members in the order in which a person reads them. */
static void assemble(struct drafting *drafting) {
    const struct draft_settings *settings = drafting->settings;
    struct draft *draft = drafting->draft;
    draft->profile =
        json_pack("{s:s, s:{s:s, s:s}, s:o, s:o}", "profile", settings->id, "title", "fr",
                  settings->id, "en", settings->id, "recognise", recognise(drafting),
                  "dates", draft_dates(drafting));
    if (json_array_size(drafting->missing) > 0)
        json_object_set(draft->profile, "missing", drafting->missing);
    static const char *const layouts[] = {"json", "sheets"};
    for (size_t i = 0; i < G_N_ELEMENTS(layouts); i++) {
        const json_t *layout = json_object_get(drafting->closest, layouts[i]);
        if (layout != NULL && drafting->bound)
            json_object_set_new(draft->profile, layouts[i], json_deep_copy(layout));
    }
    json_object_set(draft->profile, "fields", drafting->fields);
}

static bool draft_columns(struct drafting *drafting, const char *name, GError **error) {
    draft_match(drafting);
    take_constants(drafting);
    if (!fill_in(drafting)) {
        g_set_error(
            error, BAROMETRE_ERROR, ERROR_REFUSED,
            "%s:1: less than two of number, firm, marketplace and day of reception "
            "were found in its columns; this is not an export of complaints, or "
            "a profile for it must be written by hand (doc/profiles.md)",
            name);
        return false;
    }
    assemble(drafting);
    for (guint c = 0; c < drafting->sample->columns->len; c++) {
        const struct sample_column *column = drafting_column(drafting, c);
        drafting->draft->used += drafting->uses[c] != USE_NONE;
        if (column->other_dates * 2 > column->filled)
            draft_note(drafting->draft, DRAFT_OTHER_DATES, "", column->header, "", 0);
    }
    return true;
}

static struct draft *draft_source(struct export_source *source,
                                  const struct draft_settings *settings, GError **error) {
    const char *name = source->export->name;
    scoped(catalogue) *catalogue = catalogue_new(settings->directory);
    g_autoptr(GPtrArray) folds = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < source->format->headers->len; i++)
        g_ptr_array_add(folds, text_fold(g_ptr_array_index(source->format->headers, i)));
    int common;
    const json_t *closest = catalogue_closest(catalogue, folds, &common);
    const char *closest_id = json_string_value(json_object_get(closest, "profile"));
    const struct profile *known =
        closest_id != NULL ? profiles_find(settings->profiles, closest_id) : NULL;
    scoped(sample) *sample = sample_new(source, known, settings->registry);
    if (sample->records == 0) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED,
                    "%s: holds no record to draft a profile from", name);
        return NULL;
    }
    scoped(draft) *draft = g_new0(struct draft, 1);
    draft->notes = g_ptr_array_new_with_free_func((GDestroyNotify)note_free);
    draft->records = sample->records;
    draft->columns = (int)sample->columns->len;
    draft->format = source->format->class->name;
    draft->delimiter = source->format->dialect.delimiter;
    draft->encoding =
        export_stream_encoding(&source->stream, source->format->dialect.encoding);
    if (closest != NULL)
        draft_note(draft, DRAFT_CLOSE, closest_id, "", "", common);
    g_autofree enum use *uses = g_new0(enum use, sample->columns->len + 1);
    json_auto_t *fields = json_object(), *missing = json_array();
    struct drafting drafting = {
        .settings = settings,
        .catalogue = catalogue,
        .sample = sample,
        .closest = closest,
        .closest_id = closest_id,
        .bound = known != NULL && source->format->class->bind != NULL,
        .own_columns = MIN(folds->len, sample->columns->len),
        .draft = draft,
        .fields = fields,
        .missing = missing,
        .uses = uses,
    };
    return draft_columns(&drafting, name, error) ? g_steal_pointer(&draft) : NULL;
}

/* Of a workbook the first sheet with names of columns that a known profile shares. */
static bool fits(const void *data, const GPtrArray *headers) {
    const struct draft_settings *settings = data;
    g_autoptr(GPtrArray) folds = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < headers->len; i++)
        g_ptr_array_add(folds, text_fold(g_ptr_array_index(headers, i)));
    return profiles_recognise(settings->profiles, folds, "", NULL) != NULL;
}

struct draft *draft_new(struct export *export, const struct draft_settings *settings,
                        GError **error) {
    struct export_source source;
    struct draft *draft = NULL;
    if (export_source_open(&source, export, settings->profiles, settings->folder, fits,
                           settings, error))
        draft = draft_source(&source, settings, error);
    export_source_clear(&source);
    return draft;
}
