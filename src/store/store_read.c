#include "barometre/error.h"
#include "store_private.h"

#include <string.h>

bool store_is_there(struct store *store, enum statement statement, bool *there,
                    GError **error) {
    sqlite3_stmt *find = store->statements[statement];
    const int step = sqlite3_step(find);
    *there = step == SQLITE_ROW;
    const bool good = *there || step == SQLITE_DONE || store_fail(store, error);
    sqlite3_reset(find);
    return good;
}

bool store_knows(struct store *store, const char *sha256, bool *known, GError **error) {
    sqlite3_bind_text(store->statements[STATEMENT_SOURCE_FIND], 1, sha256, -1,
                      SQLITE_TRANSIENT);
    return store_is_there(store, STATEMENT_SOURCE_FIND, known, error);
}

bool store_reads_otherwise(struct store *store, const char *sha256, bool *otherwise,
                           GError **error) {
    sqlite3_stmt *find = store->statements[STATEMENT_READ_OTHERWISE];
    const char *reading = store->reading != NULL ? store->reading : "";
    sqlite3_bind_text(find, 1, sha256, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(find, 2, reading, -1, SQLITE_TRANSIENT);
    return store_is_there(store, STATEMENT_READ_OTHERWISE, otherwise, error);
}

bool store_knows_size(struct store *store, int64_t bytes, bool *known, GError **error) {
    sqlite3_bind_int64(store->statements[STATEMENT_SIZE_FIND], 1, bytes);
    return store_is_there(store, STATEMENT_SIZE_FIND, known, error);
}

struct account store_column_account(sqlite3_stmt *row) {
    struct account account = {.bytes_total = sqlite3_column_int64(row, 4)};
    for (int k = 0; k < ACCOUNT_KINDS; k++) {
        account.records[k] = sqlite3_column_int64(row, 5 + 2 * k);
        account.bytes[k] = sqlite3_column_int64(row, 6 + 2 * k);
    }
    return account;
}

bool store_each_source(struct store *store,
                       bool (*call)(void *data, const struct store_source *source),
                       void *data, GError **error) {
    sqlite3_stmt *row = store->statements[STATEMENT_SOURCES];
    int step;
    while ((step = sqlite3_step(row)) == SQLITE_ROW) {
        struct store_source source = {
            .sha256 = (const char *)sqlite3_column_text(row, 1),
            .profile = (const char *)sqlite3_column_text(row, 2),
            .name = (const char *)sqlite3_column_text(row, 3),
            .number = sqlite3_column_int64(row, 0),
            .account = store_column_account(row),
        };
        if (!call(data, &source))
            break;
    }
    const bool good =
        step == SQLITE_DONE || step == SQLITE_ROW || store_fail(store, error);
    sqlite3_reset(row);
    return good;
}

/* Two families may use the same number; they come in the order of their names, not in
 * that of their first imports. */
static bool append_family_order(struct store *store, GString *sql, GError **error) {
    sqlite3_stmt *row = store->statements[STATEMENT_FAMILIES];
    int step, rank = 0;
    g_string_append(sql, ", CASE key >> 56");
    while ((step = sqlite3_step(row)) == SQLITE_ROW)
        g_string_append_printf(sql, " WHEN %d THEN %d", sqlite3_column_int(row, 0),
                               rank++);
    g_string_append(sql, rank == 0 ? " WHEN 0 THEN 0 END" : " END");
    const bool good = step == SQLITE_DONE || store_fail(store, error);
    sqlite3_reset(row);
    return good;
}

/* Only the wanted fields: the sort carries every column it is given. The caller frees. */
static char *complaints_text(struct store *store, const bool wanted[static FIELD_COUNT],
                             GError **error) {
    g_autoptr(GString) sql =
        g_string_new("SELECT marketplace, firm, received_on, report_id, "
                     "change_id");
    for (int f = 0; f < FIELD_COUNT; f++)
        if (wanted[f])
            g_string_append_printf(sql, ", %s", complaint_fields[f].name);
    g_string_append(sql, " FROM complaint WHERE received_on BETWEEN ?1 AND ?2"
                         " ORDER BY marketplace, firm, received_on, report_id");
    return append_family_order(store, sql, error)
               ? g_string_free(g_steal_pointer(&sql), FALSE)
               : NULL;
}

int store_place_of_number(const struct store *store, int64_t number) {
    for (guint i = 0; i < store->place_numbers->len; i++)
        if (g_array_index(store->place_numbers, int64_t, i) == number)
            return (int)i;
    return -1;
}

static void read_text(sqlite3_stmt *row, int column, char id[static COMPLAINT_ID_SIZE]) {
    const unsigned char *text = sqlite3_column_text(row, column);
    g_strlcpy(id, text == NULL ? "" : (const char *)text, COMPLAINT_ID_SIZE);
}

bool store_each_complaint(struct store *store, int32_t from_day, int32_t to_day,
                          const bool wanted[static FIELD_COUNT],
                          bool (*call)(void *data, const struct complaint *complaint),
                          void *data, GError **error) {
    g_autofree char *sql = complaints_text(store, wanted, error);
    sqlite3_stmt *row = NULL;
    if (sql == NULL)
        return false;
    if (sqlite3_prepare_v2(store->database, sql, -1, &row, NULL) != SQLITE_OK)
        return store_fail(store, error);
    sqlite3_bind_int(row, 1, from_day);
    sqlite3_bind_int(row, 2, to_day);
    struct complaint complaint;
    complaint_clear(&complaint);
    int64_t place_number = -1;
    int step;
    while ((step = sqlite3_step(row)) == SQLITE_ROW) {
        if (sqlite3_column_int64(row, 0) != place_number) {
            place_number = sqlite3_column_int64(row, 0);
            complaint.marketplace = store_place_of_number(store, place_number);
            g_assert(complaint.marketplace >= 0);
        }
        complaint.firm = sqlite3_column_int64(row, 1);
        read_text(row, 3, complaint.report_id);
        read_text(row, 4, complaint.change_id);
        for (int f = 0, column = 5; f < FIELD_COUNT; f++)
            if (wanted[f])
                complaint.value[f] = store_column_value(row, column++);
        complaint.value[FIELD_RECEIVED_ON] = sqlite3_column_int(row, 2);
        if (!call(data, &complaint))
            break;
    }
    const bool good =
        step == SQLITE_DONE || step == SQLITE_ROW || store_fail(store, error);
    sqlite3_finalize(row);
    sqlite3_db_release_memory(store->database); /* the pages of a whole table */
    return good;
}

bool store_extent(struct store *store, struct store_extent *extent, GError **error) {
    sqlite3_stmt *row = store->statements[STATEMENT_EXTENT];
    const bool good = sqlite3_step(row) == SQLITE_ROW || store_fail(store, error);
    if (good)
        *extent = (struct store_extent){
            .complaints = sqlite3_column_int64(row, 0),
            .first_day = store_column_value(row, 1),
            .last_day = store_column_value(row, 2),
        };
    sqlite3_reset(row);
    return good;
}

bool store_check(struct store *store, GError **error) {
    sqlite3_stmt *row = NULL;
    bool good = sqlite3_prepare_v2(store->database, "PRAGMA quick_check(1)", -1, &row,
                                   NULL) == SQLITE_OK &&
                sqlite3_step(row) == SQLITE_ROW;
    if (!good) {
        store_fail(store, error);
    } else if (strcmp((const char *)sqlite3_column_text(row, 0), "ok") != 0) {
        g_autofree char *finding =
            g_strdelimit(g_strdup((const char *)sqlite3_column_text(row, 0)), "\n", ' ');
        g_set_error(error, BAROMETRE_ERROR, ERROR_IO,
                    "%s: is damaged (%s); restore your last backup", store->name,
                    finding);
        good = false;
    }
    sqlite3_finalize(row);
    return good;
}
