/* Stores as earlier versions of the program made them, statement by statement. */
#ifndef OLD_STORE_H
#define OLD_STORE_H

#include "barometre/complaint.h"

#include <glib.h>
#include <sqlite3.h>

static const char old_store_first[] =
    "CREATE TABLE family (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;"
    "CREATE TABLE marketplace (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;"
    "CREATE TABLE source (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE,"
    " profile TEXT NOT NULL, name TEXT NOT NULL, bytes_total INTEGER NOT NULL,"
    " mark INTEGER NOT NULL, mark_bytes INTEGER NOT NULL,"
    " header INTEGER NOT NULL, header_bytes INTEGER NOT NULL,"
    " stored INTEGER NOT NULL, stored_bytes INTEGER NOT NULL,"
    " updated INTEGER NOT NULL, updated_bytes INTEGER NOT NULL,"
    " duplicates INTEGER NOT NULL, duplicates_bytes INTEGER NOT NULL,"
    " rejected INTEGER NOT NULL, rejected_bytes INTEGER NOT NULL,"
    " blank INTEGER NOT NULL, blank_bytes INTEGER NOT NULL) STRICT;"
    "CREATE INDEX source_size ON source (bytes_total);"
    "PRAGMA application_id = 0x6261726f;";

static const char old_store_second[] =
    "CREATE TABLE companion_exposure (\"marketplace\" INTEGER REFERENCES marketplace (id)"
    " NOT NULL, \"month\" INTEGER NOT NULL, \"sellers\" INTEGER NOT NULL,"
    " \"source\" TEXT NOT NULL, \"low\" INTEGER, \"high\" INTEGER,"
    " import INTEGER NOT NULL, PRIMARY KEY (\"marketplace\", \"month\")) STRICT;"
    "CREATE TABLE companion_change (\"change_id\" TEXT NOT NULL,"
    " \"marketplace\" INTEGER REFERENCES marketplace (id) NOT NULL,"
    " \"kind\" INTEGER NOT NULL, \"notified_on\" INTEGER,"
    " \"effective_on\" INTEGER NOT NULL, \"url\" TEXT, \"hash\" TEXT,"
    " import INTEGER NOT NULL, PRIMARY KEY (\"change_id\")) STRICT;"
    "CREATE TABLE companion_declared (\"marketplace\" INTEGER REFERENCES marketplace (id)"
    " NOT NULL, \"from\" INTEGER NOT NULL, \"to\" INTEGER NOT NULL,"
    " \"complaints\" INTEGER NOT NULL, \"mean_days\" REAL, \"reversed\" INTEGER,"
    " \"source\" TEXT NOT NULL, import INTEGER NOT NULL,"
    " PRIMARY KEY (\"marketplace\", \"from\")) STRICT;"
    "INSERT INTO companion_change VALUES"
    " ('CH-1', 2, 0, NULL, 20500, NULL, NULL, 1);";

/* One import of a complaint of the canonical family (number 7, of the place b, last
 * status on day 20010, not heard); in version 2 of a change of clauses too. */
static inline void old_store_make(const char *file, int version) {
    g_autoptr(GString) sql = g_string_new(old_store_first);
    g_string_append(sql, "CREATE TABLE complaint (key INTEGER PRIMARY KEY,"
                         " report_id TEXT NOT NULL, import INTEGER NOT NULL,"
                         " firm INTEGER NOT NULL,"
                         " marketplace INTEGER NOT NULL REFERENCES marketplace (id),"
                         " change_id TEXT");
    for (int f = 0; f < FIELD_COUNT; f++)
        g_string_append_printf(sql, ", %s INTEGER", complaint_fields[f].name);
    g_string_append(sql, ") STRICT;"
                         "INSERT INTO family VALUES (1, 'canonical');"
                         "INSERT INTO marketplace VALUES (1, 'a'), (2, 'b'), (3, 'c');");
    g_string_append_printf(
        sql,
        "INSERT INTO source VALUES (1, '%064d', 'canonical', 'x.csv', 101, 0, 0, 1, 10,"
        " 1, 91, 0, 0, 0, 0, 0, 0, 0, 0);"
        "INSERT INTO complaint (key, report_id, import, firm, marketplace, received_on,"
        " last_status_on, heard) VALUES ((1 << 56) + 7, '7', 1, %" G_GINT64_FORMAT
        ", 2, 20000, 20010, 0);",
        1, INT64_MIN + 17);
    if (version == 2)
        g_string_append(sql, old_store_second);
    g_string_append_printf(sql, "PRAGMA user_version = %d", version);
    sqlite3 *database = NULL;
    g_assert_cmpint(sqlite3_open(file, &database), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_exec(database, sql->str, NULL, NULL, NULL), ==, SQLITE_OK);
    sqlite3_close(database);
}

#endif
