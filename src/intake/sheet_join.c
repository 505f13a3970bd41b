#include "sheet_join.h"

#include "barometre/text.h"
#include "sheet_cut.h"
#include "sheet_row.h"
#include "sheet_tags.h"

#include <string.h>

struct sheet_join {
    size_t columns;
    GHashTable *rows; /* key → char *[columns]; a cell is NULL where nothing is said */
};

/* A sheet that is being joined. */
struct joining {
    struct sheet_join *join;
    const struct profile_sheets *sheets;
    GHashTable *read;   /* folded headers that the profile reads */
    GPtrArray *headers; /* of the records, to which those of the sheet are added */
    bool has_header;
    int key, where;  /* columns of this sheet, −1: none */
    GArray *targets; /* int, by column of the sheet: of the join, −1 */
};

static void free_cells(char **cells) {
    for (char **cell = cells + 1; cell < cells + 1 + GPOINTER_TO_SIZE(cells[0]); cell++)
        g_free(*cell);
    g_free(cells);
}

void sheet_join_free(struct sheet_join *join) {
    if (join == NULL)
        return;
    g_hash_table_unref(join->rows);
    g_free(join);
}

static void add_read(void *data, const char *header) {
    g_hash_table_add(data, (char *)header);
}

/* Finds the key, and gives the columns that the profile reads a place in the join. */
static void take_header(struct joining *joining, const struct row *row) {
    joining->has_header = true;
    joining->key = joining->where = -1;
    g_array_set_size(joining->targets, 0);
    for (size_t c = 0; c < row->count; c++) {
        g_autofree char *fold = text_fold(row_field(row, c).text);
        if (strcmp(fold, joining->sheets->foreign_key) == 0)
            joining->key = (int)c;
        if (strcmp(fold, joining->sheets->where) == 0)
            joining->where = (int)c;
    }
    for (size_t c = 0; c < row->count; c++) {
        g_autofree char *fold = text_fold(row_field(row, c).text);
        const bool kept = joining->key >= 0 && (int)c != joining->key &&
                          g_hash_table_contains(joining->read, fold);
        const int target = kept ? (int)joining->join->columns++ : -1;
        if (kept)
            g_ptr_array_add(joining->headers, g_strdup(row_field(row, c).text));
        g_array_append_val(joining->targets, target);
    }
}

/* The cells of a key, the first holding how many follow; they grow with the sheets. */
static char **cells_of(struct sheet_join *join, const char *key) {
    char **held = g_hash_table_lookup(join->rows, key);
    const size_t before = held != NULL ? GPOINTER_TO_SIZE(held[0]) : 0;
    if (held != NULL && before == join->columns)
        return held;
    char **cells = g_new0(char *, join->columns + 1);
    for (size_t c = 1; c <= before; c++)
        cells[c] = g_steal_pointer(&held[c]);
    cells[0] = GSIZE_TO_POINTER(join->columns);
    g_hash_table_replace(join->rows, g_strdup(key), cells);
    return cells;
}

static bool counts(const struct joining *joining, const struct row *row) {
    if (joining->where < 0)
        return true;
    g_autofree char *fold = text_fold(row_field(row, (size_t)joining->where).text);
    return g_hash_table_contains(joining->sheets->where_values, fold);
}

static void take_row(struct joining *joining, const struct row *row) {
    const char *key = row_field(row, (size_t)joining->key).text;
    if (*key == '\0' || !counts(joining, row))
        return;
    char **cells = cells_of(joining->join, key);
    for (guint c = 0; c < joining->targets->len; c++) {
        const int target = g_array_index(joining->targets, int, c);
        const struct field field = row_field(row, c);
        if (target >= 0 && cells[target + 1] == NULL && field.length > 0)
            cells[target + 1] = g_strndup(field.text, field.length);
    }
}

static void join_sheet(struct joining *joining, const struct workbook *workbook,
                       const struct workbook_sheet *sheet) {
    struct sheet_cut cut = sheet_tags(workbook->kind);
    scoped(sheet_row) *reader = sheet_row_new(workbook, NULL, 0);
    const char *bytes = sheet->part->bytes + sheet->offset;
    struct record record;
    joining->has_header = false;
    for (size_t at = 0;
         at < sheet->length &&
         sheet_cut_next(&cut, bytes + at, sheet->length - at, true, &record);
         at += record.length) {
        bool too_long;
        const struct row *row =
            record.kind == RECORD_WHOLE
                ? sheet_row_take(reader, bytes + at, record.length, &too_long)
                : NULL;
        if (row == NULL || row->count == 0)
            continue;
        if (!joining->has_header)
            take_header(joining, row);
        else
            take_row(joining, row);
        if (joining->key < 0)
            return;
    }
}

struct sheet_join *sheet_join_new(const struct workbook *workbook, guint sheet,
                                  const struct profile *profile, GPtrArray *headers) {
    if (profile->sheets == NULL)
        return NULL;
    g_autoptr(GHashTable) read = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GArray) targets = g_array_new(FALSE, TRUE, sizeof(int));
    profile_each_header(profile, add_read, read);
    struct sheet_join *join = g_new0(struct sheet_join, 1);
    join->rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify)free_cells);
    struct joining joining = {.join = join,
                              .sheets = profile->sheets,
                              .read = read,
                              .headers = headers,
                              .targets = targets};
    for (guint i = 0; i < workbook->sheets->len; i++)
        if (i != sheet)
            join_sheet(&joining, workbook, g_ptr_array_index(workbook->sheets, i));
    return join;
}

void sheet_join_put(const struct sheet_join *join, const char *key, struct row *row,
                    size_t first) {
    char *const *cells = g_hash_table_lookup(join->rows, key);
    for (size_t c = 0; cells != NULL && c < GPOINTER_TO_SIZE(cells[0]); c++)
        if (cells[c + 1] != NULL)
            row_put(row, first + c, cells[c + 1], strlen(cells[c + 1]));
}
