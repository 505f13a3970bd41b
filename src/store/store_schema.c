#include "barometre/error.h"
#include "store_private.h"

/* "baro", so that `file` and a careless analyst tell it from another database. */
#define APPLICATION_ID 0x6261726f

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
    g_string_append(sql, ") STRICT;"
                         "CREATE INDEX source_size ON source (bytes_total);"
                         "CREATE TABLE complaint (key INTEGER PRIMARY KEY,"
                         " report_id TEXT NOT NULL, import INTEGER NOT NULL,"
                         " firm INTEGER NOT NULL,"
                         " marketplace INTEGER NOT NULL REFERENCES marketplace (id),"
                         " change_id TEXT");
    for (int f = 0; f < FIELD_COUNT; f++)
        g_string_append_printf(sql, ", %s INTEGER", complaint_fields[f].name);
    g_string_append_printf(sql, ") STRICT; PRAGMA application_id = %d;", APPLICATION_ID);
    return g_string_free(sql, FALSE);
}

/* What takes a store from each version to the next; 0 is empty. */
static char *(*const steps[])(void) = {schema_text, companion_schema_text,
                                       context_schema_text};

enum { SCHEMA_VERSION = G_N_ELEMENTS(steps) };

/* Takes a store from the version it has to this one, in one transaction. */
static bool migrate(struct store *store, int64_t version, GError **error) {
    g_autofree char *stamp =
        g_strdup_printf("PRAGMA user_version = %d", (int)SCHEMA_VERSION);
    if (!store_run(store, "BEGIN IMMEDIATE", error))
        return false;
    for (int64_t step = version; step < SCHEMA_VERSION; step++) {
        g_autofree char *sql = steps[step]();
        if (!store_run(store, sql, error))
            return false;
    }
    return store_run(store, stamp, error) && store_run(store, "COMMIT", error);
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

static char *put_text(const char *verb) {
    GString *sql = g_string_new(verb);
    g_string_append(sql, " INTO complaint VALUES (?1,?2,?3,?4,?5,?6");
    for (int f = 0; f < FIELD_COUNT; f++)
        g_string_append_printf(sql, ",?%d", COLUMN_FIELDS + f + 1);
    g_string_append_c(sql, ')');
    return g_string_free(sql, FALSE);
}

static char *source_add_text(void) {
    GString *sql = g_string_new("INSERT INTO source VALUES (?1,?2,?3,?4,?5");
    for (int k = 0; k < 2 * ACCOUNT_KINDS; k++)
        g_string_append_printf(sql, ",?%d", 6 + k);
    g_string_append_c(sql, ')');
    return g_string_free(sql, FALSE);
}

char *store_statement_text(enum statement statement) {
    switch (statement) {
    case STATEMENT_INSERT:
        return put_text("INSERT");
    case STATEMENT_REPLACE:
        return put_text("REPLACE");
    case STATEMENT_SOURCE_ADD:
        return source_add_text();
    case STATEMENT_BEGIN:
        return g_strdup("BEGIN IMMEDIATE");
    case STATEMENT_COMMIT:
        return g_strdup("COMMIT");
    case STATEMENT_ROLLBACK:
        return g_strdup("ROLLBACK");
    case STATEMENT_LAST_KEY:
        return g_strdup("SELECT max(key) FROM complaint WHERE key >= ?1 AND key < ?2");
    case STATEMENT_FIND:
        return g_strdup("SELECT * FROM complaint WHERE key = ?1");
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
                        " SELECT 1 FROM consumer WHERE marketplace = ?1 LIMIT 1");
    case STATEMENT_SOURCE_NUMBER:
        return g_strdup("SELECT coalesce(max(id), 0) + 1 FROM source");
    case STATEMENT_SOURCE_FIND:
        return g_strdup("SELECT 1 FROM source WHERE sha256 = ?1");
    case STATEMENT_SIZE_FIND:
        return g_strdup("SELECT 1 FROM source WHERE bytes_total = ?1 LIMIT 1");
    case STATEMENT_SOURCES:
        return g_strdup("SELECT * FROM source ORDER BY profile, sha256");
    case STATEMENT_EXTENT:
        return g_strdup(
            "SELECT count(*), min(received_on), max(received_on) FROM complaint");
    case STATEMENT_REASONS_ADD:
        return g_strdup(
            "INSERT OR IGNORE INTO statement"
            " (day, key, marketplace, facts, import) VALUES (?1,?2,?3,?4,?5)");
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
