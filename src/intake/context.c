#include "context_private.h"

#include "barometre/error.h"
#include "barometre/month.h"
#include "barometre/text.h"
#include "cell.h"
#include "companion_private.h"

#include <string.h>

#define PROFILE(name, french, english)                                                   \
    {                                                                                    \
        .id = (char *)(name), .family = (char *)(name), .title = {                       \
            (char *)(french),                                                            \
            (char *)(english)                                                            \
        }                                                                                \
    }

const struct profile context_profiles[CONTEXT_KINDS] = {
    [CONTEXT_STATEMENTS] =
        PROFILE("dsa", "Base de transparence du règlement (UE) 2022/2065",
                "DSA Transparency Database"),
    [CONTEXT_CONSUMERS] =
        PROFILE("signalconso", "SignalConso, données ouvertes", "SignalConso, open data"),
    [CONTEXT_SELLERS] =
        PROFILE("signalconso-extract", "SignalConso, extraction", "SignalConso, extract"),
};

static const struct context_class *const classes[CONTEXT_KINDS] = {
    [CONTEXT_STATEMENTS] = &statement_class,
    [CONTEXT_CONSUMERS] = &consumer_class,
    [CONTEXT_SELLERS] = &seller_class,
};

bool context_is_profile(const char *id) {
    for (int k = 0; k < CONTEXT_KINDS; k++)
        if (strcmp(context_profiles[k].id, id) == 0)
            return true;
    return false;
}

static void context_form_free(struct context_form *form) {
    if (form == NULL)
        return;
    g_ptr_array_unref(form->labels);
    g_free(form->wanted);
    g_free(form);
}
SCOPE_DEFINE(context_form)

/* The place of a column in the header, −1 where it is absent. */
static int find_column(const GPtrArray *folds, const struct context_column *column) {
    for (size_t n = 0; n < G_N_ELEMENTS(column->names) && column->names[n] != NULL; n++) {
        guint found;
        if (g_ptr_array_find_with_equal_func((GPtrArray *)folds, column->names[n],
                                             g_str_equal, &found))
            return (int)found;
    }
    return -1;
}

static GPtrArray *fold_all(const GPtrArray *headers) {
    GPtrArray *folds = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < headers->len; i++)
        g_ptr_array_add(folds, text_fold(g_ptr_array_index(headers, i)));
    return folds;
}

/* NULL, or the first needed column that is absent. */
static const char *missing_column(const struct context_class *class,
                                  const GPtrArray *folds) {
    for (int c = 0; class->columns[c].names[0] != NULL; c++)
        if (class->columns[c].needed && find_column(folds, &class->columns[c]) < 0)
            return class->columns[c].names[0];
    return NULL;
}

const struct context_class *context_recognise(const struct format *format,
                                              const char *profile_id) {
    g_autoptr(GPtrArray) folds = fold_all(format->headers);
    for (int k = 0; k < CONTEXT_KINDS; k++)
        if (profile_id != NULL
                ? strcmp(context_profiles[k].id, profile_id) == 0
                : !format->class->by_name && missing_column(classes[k], folds) == NULL)
            return classes[k];
    return NULL;
}

bool context_fits(const GPtrArray *headers, const char *profile_id) {
    g_autoptr(GPtrArray) folds = fold_all(headers);
    for (int k = 0; k < CONTEXT_KINDS; k++)
        if ((profile_id == NULL || strcmp(context_profiles[k].id, profile_id) == 0) &&
            missing_column(classes[k], folds) == NULL)
            return true;
    return false;
}

static struct context_form *bind(const struct context_class *class,
                                 const GPtrArray *headers, const char *name,
                                 GError **error) {
    g_autoptr(GPtrArray) folds = fold_all(headers);
    const char *missing = missing_column(class, folds);
    if (missing != NULL) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED,
                    "%s:1: no column is named '%s', which every export of '%s' has; ask "
                    "for the file again",
                    name, missing, context_profiles[class->kind].id);
        return NULL;
    }
    struct context_form *form = g_new0(struct context_form, 1);
    form->class = class;
    form->column_count = headers->len;
    form->wanted = g_new0(bool, headers->len);
    form->labels = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < headers->len; i++)
        g_ptr_array_add(form->labels, text_clamp(g_ptr_array_index(headers, i)));
    for (int c = 0; class->columns[c].names[0] != NULL; c++) {
        form->columns[c] = find_column(folds, &class->columns[c]);
        if (form->columns[c] >= 0)
            form->wanted[form->columns[c]] = true;
    }
    const bool real = day_from_date(1990, 1, 1, &form->earliest);
    g_assert(real);
    return form;
}

static void *new_reader(const void *data) {
    struct context_reader *reader = g_new0(struct context_reader, 1);
    reader->form = data;
    for (int c = 0; c < CONTEXT_MOST_COLUMNS; c++)
        reader->meanings[c] =
            g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return reader;
}

static void free_reader(void *data) {
    struct context_reader *reader = data;
    for (int c = 0; c < CONTEXT_MOST_COLUMNS; c++)
        g_hash_table_unref(reader->meanings[c]);
    g_free(reader);
}

/* A NUL would hide what follows it. */
static bool has_nul(const struct context_reader *reader, const struct row *row,
                    int *column) {
    const struct context_form *form = reader->form;
    for (int c = 0; form->class->columns[c].names[0] != NULL; c++) {
        if (form->columns[c] < 0)
            continue;
        const struct field field = row_field(row, (size_t)form->columns[c]);
        *column = c;
        if (memchr(field.text, '\0', field.length) != NULL)
            return true;
    }
    return false;
}

static bool read_item(void *data, const struct row *row, enum dialect_encoding encoding,
                      void *item, struct reject *reject) {
    struct context_reader *reader = data;
    const struct context_class *class = reader->form->class;
    int column;
    *(struct context_item *)item = (struct context_item){.kind = class->kind};
    reader->encoding = encoding;
    if (row->count != reader->form->column_count)
        return context_refuse(reader, reject, REJECT_FIELD_COUNT, -1);
    if (has_nul(reader, row, &column))
        return context_refuse(reader, reject, REJECT_ENCODING, column);
    return class->read(reader, row, item, reject);
}

static bool put_item(const struct export_sink *sink, const void *item,
                     enum account_kind *where, GError **error) {
    return sink->context(sink->data, item, where, error);
}

bool context_read(struct export_source *source, const struct context_class *class,
                  const struct export_settings *settings, const struct export_sink *sink,
                  struct account *account, GError **error) {
    struct export *export = source->export;
    scoped(context_form) *form =
        bind(class, source->format->headers, export->name, error);
    if (form == NULL)
        return false;
    form->registry = settings->registry;
    form->today = settings->today;
    export->profile = &context_profiles[class->kind];
    if (source->format->class->bind != NULL)
        source->format->class->bind(source->format, export->profile);
    const struct reading reading = {
        .data = form,
        .item_bytes = sizeof(struct context_item),
        .wanted = form->wanted,
        .columns = form->column_count,
        .may_pass = true,
        .reader_new = new_reader,
        .reader_free = free_reader,
        .read = read_item,
    };
    const struct pipe_sink pipe_sink = {sink, put_item};
    return export_source_run(source, &reading, settings->threads, &pipe_sink, account,
                             error);
}

bool context_refuse(const struct context_reader *reader, struct reject *reject,
                    enum reject_rule rule, int column) {
    const int index = column < 0 ? -1 : reader->form->columns[column];
    reject->rule = rule;
    reject->column = index + 1;
    reject->label =
        index < 0 ? "" : g_ptr_array_index(reader->form->labels, (guint)index);
    return false;
}

const char *context_cell(const struct context_reader *reader, const struct row *row,
                         int column) {
    const int index = reader->form->columns[column];
    return index < 0 ? "" : row_field(row, (size_t)index).text;
}

bool context_day(const struct context_reader *reader, const struct row *row, int column,
                 int32_t *day, struct reject *reject) {
    static const bool shapes[3] = {[DATE_YMD] = true, [DATE_DMY] = true};
    const char *text = context_cell(reader, row, column);
    if (*text == '\0')
        return context_refuse(reader, reject, REJECT_NO_DATE, column);
    if (!cell_date(text, strlen(text), shapes, day))
        return context_refuse(reader, reject, REJECT_DATE, column);
    return (*day >= reader->form->earliest && *day <= reader->form->today) ||
           context_refuse(reader, reject, REJECT_DATE_RANGE, column);
}

enum { CACHE_MOST_WORDS = 4096 };

static void cache_put(GHashTable *cache, const char *text, int value) {
    if (g_hash_table_size(cache) >= CACHE_MOST_WORDS)
        g_hash_table_remove_all(cache);
    g_hash_table_insert(cache, g_strdup(text), GINT_TO_POINTER(value));
}

/* The cell in UTF-8, without spaces at its ends. NULL where it is no text. */
static char *take_text(const struct context_reader *reader, const char *cell) {
    return companion_text((struct field){cell, strlen(cell)}, reader->encoding);
}

bool context_place(struct context_reader *reader, const struct row *row, int column,
                   char *(*clean)(const char *text), int *place, struct reject *reject) {
    const char *cell = context_cell(reader, row, column);
    gpointer known;
    *place = -1;
    if (*cell == '\0')
        return true;
    if (!g_hash_table_lookup_extended(reader->meanings[column], cell, NULL, &known)) {
        g_autofree char *text = take_text(reader, cell);
        if (text == NULL)
            return context_refuse(reader, reject, REJECT_ENCODING, column);
        g_autofree char *name = clean != NULL ? clean(text) : g_strdup(text);
        known = GINT_TO_POINTER(registry_find(reader->form->registry, name) + 1);
        cache_put(reader->meanings[column], cell, GPOINTER_TO_INT(known));
    }
    *place = GPOINTER_TO_INT(known) - 1;
    return true;
}

static int find_word(const char *text, const struct context_word *words) {
    g_autofree char *fold = text_fold(text);
    g_auto(GStrv) parts = g_strsplit(fold, " ", -1);
    g_autofree char *joined = g_strjoinv("", parts);
    for (; words->word != NULL; words++)
        if (strcmp(words->word, joined) == 0)
            return (int)words->value + 1;
    return 0;
}

bool context_word(struct context_reader *reader, const struct row *row, int column,
                  const struct context_word *words, unsigned *value,
                  struct reject *reject) {
    const char *cell = context_cell(reader, row, column);
    gpointer known;
    if (!g_hash_table_lookup_extended(reader->meanings[column], cell, NULL, &known)) {
        g_autofree char *text = take_text(reader, cell);
        if (text == NULL)
            return context_refuse(reader, reject, REJECT_ENCODING, column);
        known = GINT_TO_POINTER(find_word(text, words));
        cache_put(reader->meanings[column], cell, GPOINTER_TO_INT(known));
    }
    if (GPOINTER_TO_INT(known) == 0)
        return context_refuse(reader, reject, REJECT_VALUE, column);
    *value = (unsigned)GPOINTER_TO_INT(known) - 1;
    return true;
}
