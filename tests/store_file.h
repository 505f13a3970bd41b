/* The store as a file: what SQLite itself finds in it. */
#ifndef STORE_FILE_H
#define STORE_FILE_H

#include "barometre/complaint.h"

#include <glib.h>
#include <sqlite3.h>

/* The values of a query, each ended by '|'; the caller frees. */
static inline char *store_file_ask(const char *file, const char *sql) {
    sqlite3 *database = NULL;
    sqlite3_stmt *row = NULL;
    g_assert_cmpint(sqlite3_open(file, &database), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_prepare_v2(database, sql, -1, &row, NULL), ==, SQLITE_OK);
    GString *answer = g_string_new(NULL);
    int step;
    while ((step = sqlite3_step(row)) == SQLITE_ROW)
        for (int c = 0; c < sqlite3_column_count(row); c++) {
            const unsigned char *text = sqlite3_column_text(row, c);
            g_string_append_printf(answer, "%s|",
                                   text == NULL ? "-" : (const char *)text);
        }
    g_assert_cmpint(step, ==, SQLITE_DONE);
    sqlite3_finalize(row);
    sqlite3_close(database);
    return g_string_free(answer, FALSE);
}

/* A hash of all that the complaints say, whichever import brought them; the caller frees.
 */
static inline char *store_file_content(const char *file) {
    g_autoptr(GString) sql =
        g_string_new("SELECT family.name, report_id, firm, marketplace.name, change_id");
    for (int f = 0; f < FIELD_COUNT; f++)
        g_string_append_printf(sql, ", %s", complaint_fields[f].name);
    g_string_append(sql, " FROM complaint JOIN family ON family.id = key >> 56"
                         " JOIN marketplace ON marketplace.id = marketplace"
                         " ORDER BY 1, 2");
    g_autofree char *rows = store_file_ask(file, sql->str);
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, rows, -1);
}

#endif
