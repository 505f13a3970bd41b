#include "barometre/error.h"
#include "store_private.h"

/* "baro", so that `file` and a careless analyst tell it from another database. */
#define APPLICATION_ID 0x6261726f
/* 1: without companions; 2: without versions by import; 3: without context; 4: without
 * terms and witnesses of statements */
#define SCHEMA_VERSION 5

/* The columns of a complaint as one import tells it. */
static char *complaint_columns(const char *key) {
    GString *sql = g_string_new(NULL);
    g_string_append_printf(sql,
                           "%s, report_id TEXT NOT NULL, import INTEGER NOT NULL,"
                           " firm INTEGER NOT NULL,"
                           " marketplace INTEGER NOT NULL REFERENCES marketplace (id),"
                           " change_id TEXT",
                           key);
    for (int f = 0; f < FIELD_COUNT; f++)
        g_string_append_printf(sql, ", %s INTEGER", complaint_fields[f].name);
    return g_string_free(sql, FALSE);
}

static char *schema_text(void) {
    GString *sql = g_string_new(
        "CREATE TABLE family (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;"
        "CREATE TABLE marketplace (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) "
        "STRICT;"
        "CREATE TABLE source (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE,"
        " profile TEXT NOT NULL, name TEXT NOT NULL, bytes_total INTEGER NOT NULL");
    for (int k = 0; k < ACCOUNT_KINDS; k++) {
        const char *code = account_kind_code((enum account_kind)k);
        g_string_append_printf(sql, ", %s INTEGER NOT NULL, %s_bytes INTEGER NOT NULL",
                               code, code);
    }
    g_autofree char *columns = complaint_columns("key INTEGER PRIMARY KEY");
    g_string_append_printf(sql,
                           ") STRICT;"
                           "CREATE INDEX source_size ON source (bytes_total);"
                           "CREATE TABLE complaint (%s) STRICT;"
                           "PRAGMA application_id = %d;",
                           columns, APPLICATION_ID);
    return g_string_free(sql, FALSE);
}

/* Version 3: what each import told beside what is held, and what was taken back. */
static char *version_schema_text(void) {
    g_autofree char *columns = complaint_columns("key INTEGER NOT NULL");
    return g_strdup_printf(
        "ALTER TABLE source ADD COLUMN reading TEXT NOT NULL DEFAULT '';"
        "ALTER TABLE source ADD COLUMN versioned INTEGER NOT NULL DEFAULT 0;"
        "CREATE TABLE version (%s, PRIMARY KEY (key, import)) STRICT, WITHOUT ROWID;"
        "CREATE TABLE witness (import INTEGER NOT NULL, part INTEGER NOT NULL,"
        " keys BLOB NOT NULL, PRIMARY KEY (import, part)) STRICT;"
        "CREATE TABLE withdrawal (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL,"
        " profile TEXT NOT NULL, name TEXT NOT NULL, day INTEGER NOT NULL,"
        " reason TEXT NOT NULL, removed INTEGER NOT NULL, restored INTEGER NOT NULL,"
        " kept INTEGER NOT NULL, finished INTEGER NOT NULL) STRICT;",
        columns);
}

/* The steps from a version to this one, one after the other; 0 is empty. */
static char *migration_text(int64_t version) {
    g_autofree char *schema = version < 1 ? schema_text() : g_strdup("");
    g_autofree char *companions =
        version < 3 ? companion_schema_text(version >= 2) : g_strdup("");
    g_autofree char *versions = version < 3 ? version_schema_text() : g_strdup("");
    g_autofree char *context = version < 4 ? context_schema_text() : g_strdup("");
    g_autofree char *witnesses =
        version < 5 ? context_witness_schema_text() : g_strdup("");
    g_autofree char *terms = version < 5 ? terms_schema_text() : g_strdup("");
    return g_strdup_printf("%s%s%s%s%s%sPRAGMA user_version = %d", schema, companions,
                           versions, context, witnesses, terms, SCHEMA_VERSION);
}

static bool migrate(struct store *store, int64_t version, GError **error) {
    g_autofree char *steps = migration_text(version);
    return store_run(store, "BEGIN IMMEDIATE", error) && store_run(store, steps, error) &&
           store_run(store, "COMMIT", error);
}

static bool read_number(struct store *store, const char *sql, int64_t *number,
                        GError **error) {
    sqlite3_stmt *statement = NULL;
    bool good =
        sqlite3_prepare_v2(store->database, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW;
    if (good)
        *number = sqlite3_column_int64(statement, 0);
    else
        store_fail(store, error);
    sqlite3_finalize(statement);
    return good;
}

/* The version of a store of ours, 0 for nothing yet. Writes nothing: the file may be
 * another program's. */
static bool read_version(struct store *store, int64_t *version, GError **error) {
    int64_t application, tables;
    if (!store_run(store, "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON",
                   error) ||
        !read_number(store, "PRAGMA user_version", version, error) ||
        !read_number(store, "PRAGMA application_id", &application, error) ||
        !read_number(store, "SELECT count(*) FROM sqlite_schema", &tables, error))
        return false;
    const bool fresh = *version == 0 && application == 0 && tables == 0;
    if (fresh ||
        (application == APPLICATION_ID && *version >= 1 && *version <= SCHEMA_VERSION))
        return true;
    g_set_error(error, BAROMETRE_ERROR, ERROR_IO,
                application != APPLICATION_ID
                    ? "%s: is not a store of barometre; move it away"
                    : "%s: was written by a newer barometre; use that version",
                store->name);
    return false;
}

bool store_schema_prepare(struct store *store, GError **error) {
    /* One connection and a rollback journal: WAL of this SQLite has a corruption bug with
     * two, and costs more on a bulk load. */
    static const char settings[] =
        "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL;"
        "PRAGMA foreign_keys = ON; PRAGMA cache_size = -8192;"
        "PRAGMA secure_delete = ON;";
    int64_t version;
    sqlite3_db_config(store->database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_busy_timeout(store->database, 1000);
    return read_version(store, &version, error) && store_run(store, settings, error) &&
           (version == SCHEMA_VERSION || migrate(store, version, error));
}

/* ?1 to ?n: the columns of a complaint, resp. of a source. */
static char *parameters_text(const char *before, int count, const char *after) {
    GString *sql = g_string_new(before);
    for (int i = 1; i <= count; i++)
        g_string_append_printf(sql, "%s?%d", i > 1 ? "," : "", i);
    g_string_append(sql, after);
    return g_string_free(sql, FALSE);
}

/* Of several tellings of one export the latest status stays, as in the complaints. */
static char *version_put_text(void) {
    g_autofree char *after = g_strdup_printf(
        " WHERE NOT EXISTS (SELECT 1 FROM version WHERE key = ?1 AND import = ?3"
        " AND coalesce(last_status_on, %d) > coalesce(?%d, %d))",
        COMPLAINT_UNKNOWN, COLUMN_FIELDS + FIELD_LAST_STATUS_ON + 1, COMPLAINT_UNKNOWN);
    return parameters_text("REPLACE INTO version SELECT ", COLUMN_FIELDS + FIELD_COUNT,
                           after);
}

/* The greatest version of a key takes the place of what is held. */
static char *version_raise_text(void) {
    g_autofree char *rank = store_rank_text("version");
    return g_strdup_printf("REPLACE INTO complaint SELECT * FROM version WHERE key = ?1"
                           " ORDER BY %s DESC LIMIT 1",
                           rank);
}

char *store_statement_text(enum statement statement) {
    switch (statement) {
    case STATEMENT_INSERT:
        return parameters_text("INSERT INTO complaint VALUES (",
                               COLUMN_FIELDS + FIELD_COUNT, ")");
    case STATEMENT_REPLACE:
        return parameters_text("REPLACE INTO complaint VALUES (",
                               COLUMN_FIELDS + FIELD_COUNT, ")");
    case STATEMENT_SOURCE_ADD:
        return parameters_text("INSERT INTO source VALUES (", COLUMN_SOURCE_VERSIONED + 1,
                               ")");
    case STATEMENT_BEGIN:
        return g_strdup("BEGIN IMMEDIATE");
    case STATEMENT_COMMIT:
        return g_strdup("COMMIT");
    case STATEMENT_ROLLBACK:
        return g_strdup("ROLLBACK");
    case STATEMENT_LAST_KEY:
        return g_strdup("SELECT max(key) FROM complaint WHERE key >= ?1 AND key < ?2");
    case STATEMENT_FIND:
        return g_strdup("SELECT * FROM complaint WHERE key BETWEEN ?1 AND ?2"
                        " ORDER BY key");
    case STATEMENT_FAMILY_ADD:
        return g_strdup("INSERT OR IGNORE INTO family (name) VALUES (?1)");
    case STATEMENT_FAMILY_FIND:
        return g_strdup("SELECT id FROM family WHERE name = ?1");
    case STATEMENT_FAMILIES:
        return g_strdup("SELECT id FROM family ORDER BY name");
    case STATEMENT_PLACE_ADD:
        return g_strdup("INSERT OR IGNORE INTO marketplace (name) VALUES (?1)");
    case STATEMENT_PLACES:
        return g_strdup("SELECT id, name FROM marketplace ORDER BY id");
    case STATEMENT_PLACE_USED:
        return g_strdup("SELECT 1 FROM complaint WHERE marketplace = ?1 UNION ALL"
                        " SELECT 1 FROM statement WHERE marketplace = ?1 UNION ALL"
                        " SELECT 1 FROM consumer WHERE marketplace = ?1 UNION ALL"
                        " SELECT 1 FROM version WHERE marketplace = ?1 LIMIT 1");
    case STATEMENT_SOURCE_NUMBER:
        return g_strdup("SELECT coalesce(max(id), 0) + 1 FROM source");
    case STATEMENT_SOURCE_FIND:
        return g_strdup("SELECT * FROM source WHERE sha256 = ?1");
    case STATEMENT_SIZE_FIND:
        return g_strdup("SELECT 1 FROM source WHERE bytes_total = ?1 LIMIT 1");
    case STATEMENT_SOURCES:
        return g_strdup("SELECT * FROM source ORDER BY profile, sha256");
    case STATEMENT_EXTENT:
        return g_strdup(
            "SELECT count(*), min(received_on), max(received_on) FROM complaint");
    case STATEMENT_SOURCE_DROP:
        return g_strdup("DELETE FROM source WHERE id = ?1");
    case STATEMENT_VERSION_KEEP:
        return g_strdup("REPLACE INTO version SELECT * FROM complaint WHERE key = ?1");
    case STATEMENT_VERSION_PUT:
        return version_put_text();
    case STATEMENT_VERSION_FIND:
        return g_strdup("SELECT 1 FROM version WHERE key = ?1 AND import = ?2");
    case STATEMENT_VERSION_RAISE:
        return version_raise_text();
    case STATEMENT_VERSION_DROP:
        return g_strdup("DELETE FROM version WHERE key = ?1 AND import ="
                        " (SELECT import FROM complaint WHERE key = ?1)");
    case STATEMENT_WITNESS_ADD:
        return g_strdup("INSERT INTO witness VALUES (?1, ?2, ?3)");
    case STATEMENT_WITNESS_DROP:
        return g_strdup("DELETE FROM witness WHERE import = ?1");
    case STATEMENT_WITNESSES:
        return g_strdup("SELECT import, part, keys FROM witness WHERE import > ?1"
                        " ORDER BY import, part");
    case STATEMENT_WITNESS_REWRITE:
        return g_strdup("UPDATE witness SET keys = ?3 WHERE import = ?1 AND part = ?2");
    case STATEMENT_WITHDRAWALS:
        return g_strdup("SELECT * FROM withdrawal ORDER BY id");
    case STATEMENT_READ_OTHERWISE:
        return g_strdup("SELECT 1 FROM source WHERE sha256 = ?1 AND rejected > 0"
                        " AND reading <> ?2");
    case STATEMENT_REASONS_ADD:
        return g_strdup(
            "INSERT OR IGNORE INTO statement"
            " (day, key, marketplace, facts, import) VALUES (?1,?2,?3,?4,?5)");
    case STATEMENT_REASONS_AGAIN:
        return g_strdup("INSERT OR IGNORE INTO statement_witness SELECT day, key, ?3"
                        " FROM statement WHERE day = ?1 AND key = ?2 AND import <> ?3");
    case STATEMENT_CONSUMER_ADD:
        return g_strdup(
            "INSERT INTO consumer (marketplace, month, import, reports, transmitted, "
            "read,"
            " answered) VALUES (?1,?2,?3,1,?4,?5,?6) ON CONFLICT DO UPDATE SET"
            " reports = reports + 1, transmitted = transmitted + ?4, read = read + ?5,"
            " answered = answered + ?6");
    case STATEMENT_CONTEXT_EXTENT:
        return g_strdup(
            "SELECT (SELECT count(*) FROM statement), (SELECT coalesce(sum(reports), 0)"
            " FROM consumer_now WHERE marketplace = 0), (SELECT coalesce(sum(reports), 0)"
            " FROM consumer_now WHERE marketplace <> 0)");
    case STATEMENT_COUNT:
        break;
    }
    g_assert_not_reached();
}
