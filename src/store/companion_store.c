#include "barometre/companion.h"
#include "store_private.h"

#include <string.h>

/* Columns of a companion's table: those of its kind, then the import that brought it. Its
 * key are that import and the id, or the place and the first month of its period. Every
 * import is a version of the whole table; the latest one counts, so that the one before
 * is back where it is withdrawn. */

static const char *sql_type(enum companion_type type) {
    static const char *const types[] = {
        [COMPANION_PLACE] = "INTEGER REFERENCES marketplace (id)",
        [COMPANION_MONTH] = "INTEGER",
        [COMPANION_DAY] = "INTEGER",
        [COMPANION_COUNT] = "INTEGER",
        [COMPANION_DECIMAL] = "REAL",
        [COMPANION_KIND] = "INTEGER",
        [COMPANION_ID] = "TEXT",
        [COMPANION_TEXT] = "TEXT",
    };
    return types[type];
}

static char *key_of(const struct companion_kind *kind) {
    if (kind->from < 0)
        return g_strdup_printf("\"%s\"", kind->columns[0].name);
    return g_strdup_printf("\"%s\", \"%s\"", kind->columns[0].name,
                           kind->columns[kind->from].name);
}

/* The columns by name, so that neither order nor later additions matter. */
static char *columns_of(const struct companion_kind *kind, const char *prefix) {
    GString *columns = g_string_new(NULL);
    for (int c = 0; c < kind->column_count; c++)
        g_string_append_printf(columns, "%s%s\"%s\"", c > 0 ? ", " : "", prefix,
                               kind->columns[c].name);
    return g_string_free(columns, FALSE);
}

static void append_table(GString *sql, const struct companion_kind *kind) {
    g_autofree char *key = key_of(kind);
    g_string_append_printf(sql, "CREATE TABLE companion_%s (", kind->table);
    for (int c = 0; c < kind->column_count; c++)
        g_string_append_printf(sql, "\"%s\" %s%s, ", kind->columns[c].name,
                               sql_type(kind->columns[c].type),
                               kind->columns[c].optional ? "" : " NOT NULL");
    g_string_append_printf(
        sql, "import INTEGER NOT NULL, PRIMARY KEY (import, %s)) STRICT;", key);
}

char *companion_schema_text(bool replaces) {
    GString *sql = g_string_new(NULL);
    for (int k = 0; k < COMPANION_KINDS; k++) {
        const struct companion_kind *kind = &companion_kinds[k];
        g_autofree char *columns = columns_of(kind, "");
        if (replaces)
            g_string_append_printf(sql, "ALTER TABLE companion_%s RENAME TO former_%s;",
                                   kind->table, kind->table);
        append_table(sql, kind);
        if (replaces)
            g_string_append_printf(sql,
                                   "INSERT INTO companion_%s (%s, import)"
                                   " SELECT %s, import FROM former_%s;"
                                   "DROP TABLE former_%s;",
                                   kind->table, columns, columns, kind->table,
                                   kind->table);
    }
    return g_string_free(sql, FALSE);
}

/* The import whose version counts. */
static char *current_text(const struct companion_kind *kind) {
    return g_strdup_printf("(SELECT max(id) FROM source WHERE profile = '%s')",
                           kind->profile.id);
}

static void bind_value(const struct store *store, sqlite3_stmt *statement, int at,
                       enum companion_type type, const struct companion_value *value) {
    if (!value->known)
        return;
    switch (type) {
    case COMPANION_PLACE:
        sqlite3_bind_int64(
            statement, at,
            g_array_index(store->place_numbers, int64_t, (guint)value->number));
        return;
    case COMPANION_MONTH:
    case COMPANION_DAY:
    case COMPANION_COUNT:
    case COMPANION_KIND:
        sqlite3_bind_int64(statement, at, value->number);
        return;
    case COMPANION_DECIMAL:
        sqlite3_bind_double(statement, at, value->decimal);
        return;
    case COMPANION_ID:
    case COMPANION_TEXT:
        sqlite3_bind_text(statement, at, value->text, -1, SQLITE_TRANSIENT);
        return;
    }
}

static void bind_all(const struct store *store, sqlite3_stmt *statement,
                     const struct companion *companion) {
    for (int c = 0; c < companion->kind->column_count; c++)
        bind_value(store, statement, c + 1, companion->kind->columns[c].type,
                   &companion->values[c]);
}

/* One row of 1 where the record is held as it is, of 0 where it differs, none where its
 * key is new: held by the version that counts, or by the import's own where it is read
 * again and not 0. */
static char *compare_text(const struct companion_kind *kind) {
    GString *sql = g_string_new("SELECT ");
    for (int c = 0; c < kind->column_count; c++)
        g_string_append_printf(sql, "%s\"%s\" IS ?%d", c > 0 ? " AND " : "",
                               kind->columns[c].name, c + 1);
    g_autofree char *current = current_text(kind);
    g_string_append_printf(
        sql,
        " FROM companion_%s WHERE import = coalesce(nullif(?%d, 0), %s)"
        " AND \"%s\" = ?1",
        kind->table, kind->column_count + 1, current, kind->columns[0].name);
    if (kind->from >= 0)
        g_string_append_printf(sql, " AND \"%s\" = ?%d", kind->columns[kind->from].name,
                               kind->from + 1);
    return g_string_free(sql, FALSE);
}

static char *replace_text(const struct companion_kind *kind) {
    g_autofree char *columns = columns_of(kind, "");
    GString *sql = g_string_new(NULL);
    g_string_append_printf(sql, "REPLACE INTO companion_%s (%s, import) VALUES (",
                           kind->table, columns);
    for (int c = 0; c <= kind->column_count; c++)
        g_string_append_printf(sql, "%s?%d", c > 0 ? ", " : "", c + 1);
    g_string_append_c(sql, ')');
    return g_string_free(sql, FALSE);
}

static bool compare(struct store *store, const struct companion *companion,
                    enum account_kind *where, GError **error) {
    sqlite3_stmt *held = store_prepare(store, compare_text(companion->kind), error);
    if (held == NULL)
        return false;
    bind_all(store, held, companion);
    sqlite3_bind_int64(held, companion->kind->column_count + 1,
                       store->again != NULL ? store->source : 0);
    const int step = sqlite3_step(held);
    *where = step != SQLITE_ROW                 ? ACCOUNT_STORED
             : sqlite3_column_int(held, 0) == 1 ? ACCOUNT_DUPLICATE
                                                : ACCOUNT_UPDATED;
    const bool good =
        step == SQLITE_ROW || step == SQLITE_DONE || store_fail(store, error);
    sqlite3_finalize(held);
    return good;
}

bool store_put_companion(struct store *store, const struct companion *companion,
                         enum account_kind *where, GError **error) {
    if (!compare(store, companion, where, error))
        return false;
    sqlite3_stmt *put = store_prepare(store, replace_text(companion->kind), error);
    if (put == NULL)
        return false;
    bind_all(store, put, companion);
    sqlite3_bind_int64(put, companion->kind->column_count + 1, store->source);
    const bool good = sqlite3_step(put) == SQLITE_DONE || store_fail(store, error);
    sqlite3_finalize(put);
    return good;
}

bool companion_withdraw(struct store *store, const struct companion_kind *kind,
                        int64_t source, struct store_withdrawal *withdrawal,
                        GError **error) {
    g_autofree char *current = current_text(kind);
    sqlite3_stmt *back = store_prepare(
        store,
        g_strdup_printf("SELECT count(*) FROM companion_%s WHERE ?1 = %s AND import ="
                        " (SELECT max(id) FROM source WHERE profile = '%s' AND id < ?1)",
                        kind->table, current, kind->profile.id),
        error);
    sqlite3_stmt *drop = store_prepare(
        store, g_strdup_printf("DELETE FROM companion_%s WHERE import = ?1", kind->table),
        error);
    bool good = back != NULL && drop != NULL;
    if (good) {
        sqlite3_bind_int64(back, 1, source);
        sqlite3_bind_int64(drop, 1, source);
        good = sqlite3_step(back) == SQLITE_ROW || store_fail(store, error);
        withdrawal->restored = good ? sqlite3_column_int64(back, 0) : 0;
        sqlite3_reset(back);
        good = good && store_step(store, drop, error);
        withdrawal->removed = good ? sqlite3_changes(store->database) : 0;
    }
    sqlite3_finalize(back);
    sqlite3_finalize(drop);
    return good;
}

static struct companion_value read_value(const struct store *store, sqlite3_stmt *row,
                                         int at, enum companion_type type) {
    struct companion_value value = {.known = sqlite3_column_type(row, at) != SQLITE_NULL};
    if (!value.known)
        return value;
    switch (type) {
    case COMPANION_PLACE:
        value.number = store_place_of_number(store, sqlite3_column_int64(row, at));
        return value;
    case COMPANION_MONTH:
    case COMPANION_DAY:
    case COMPANION_COUNT:
    case COMPANION_KIND:
        value.number = sqlite3_column_int64(row, at);
        return value;
    case COMPANION_DECIMAL:
        value.decimal = sqlite3_column_double(row, at);
        return value;
    case COMPANION_ID:
    case COMPANION_TEXT:
        value.text = (const char *)sqlite3_column_text(row, at);
        return value;
    }
    g_assert_not_reached();
}

/* Ordered by the place's id, so that the store's own numbers show nowhere. */
static char *each_text(const struct companion_kind *kind) {
    g_autofree char *columns = columns_of(kind, "t."), *current = current_text(kind);
    if (kind->from < 0)
        return g_strdup_printf("SELECT %s FROM companion_%s t WHERE t.import = %s"
                               " ORDER BY t.\"%s\"",
                               columns, kind->table, current, kind->columns[0].name);
    return g_strdup_printf("SELECT %s FROM companion_%s t"
                           " JOIN marketplace m ON m.id = t.marketplace"
                           " WHERE t.import = %s ORDER BY m.name, t.\"%s\"",
                           columns, kind->table, current, kind->columns[kind->from].name);
}

/* False for a record of a place that left the registry: nothing is told of it. */
static bool read_companion(const struct store *store, sqlite3_stmt *row,
                           struct companion *companion) {
    const struct companion_kind *kind = companion->kind;
    bool placed = true;
    for (int c = 0; c < kind->column_count; c++) {
        const enum companion_type type = kind->columns[c].type;
        companion->values[c] = read_value(store, row, c, type);
        placed &= type != COMPANION_PLACE || companion->values[c].number >= 0;
    }
    return placed;
}

bool store_each_companion(struct store *store, const struct companion_kind *kind,
                          bool (*call)(void *data, const struct companion *companion),
                          void *data, GError **error) {
    sqlite3_stmt *row = store_prepare(store, each_text(kind), error);
    if (row == NULL)
        return false;
    int step;
    while ((step = sqlite3_step(row)) == SQLITE_ROW) {
        struct companion companion = {.kind = kind};
        if (read_companion(store, row, &companion) && !call(data, &companion))
            break;
    }
    const bool good =
        step == SQLITE_DONE || step == SQLITE_ROW || store_fail(store, error);
    sqlite3_finalize(row);
    return good;
}
