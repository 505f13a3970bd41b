#ifndef BAROMETRE_STORE_PRIVATE_H
#define BAROMETRE_STORE_PRIVATE_H

#include "barometre/store.h"

#include <sqlite3.h>

enum statement {
    STATEMENT_BEGIN,
    STATEMENT_COMMIT,
    STATEMENT_ROLLBACK,
    STATEMENT_INSERT,
    STATEMENT_REPLACE,
    STATEMENT_FIND,
    STATEMENT_LAST_KEY,
    STATEMENT_FAMILY_ADD,
    STATEMENT_FAMILY_FIND,
    STATEMENT_FAMILIES,
    STATEMENT_PLACE_ADD,
    STATEMENT_PLACES,
    STATEMENT_PLACE_USED,
    STATEMENT_SOURCE_ADD,
    STATEMENT_SOURCE_NUMBER,
    STATEMENT_SOURCE_FIND,
    STATEMENT_SIZE_FIND,
    STATEMENT_SOURCES,
    STATEMENT_EXTENT,
    STATEMENT_REASONS_ADD,
    STATEMENT_CONSUMER_ADD,
    STATEMENT_CONTEXT_EXTENT,
    STATEMENT_COUNT
};

/* Columns of a complaint before its fields. */
enum complaint_column {
    COLUMN_KEY,
    COLUMN_REPORT_ID,
    COLUMN_SOURCE,
    COLUMN_FIRM,
    COLUMN_MARKETPLACE,
    COLUMN_CHANGE_ID,
    COLUMN_FIELDS
};

struct store {
    sqlite3 *database;
    char *name; /* of the file, for messages */
    const struct registry *registry;
    sqlite3_stmt *statements[STATEMENT_COUNT];
    GArray *place_numbers; /* int64_t, by registry index: the store's own number */
    GHashTable *families;  /* family id → number */
    int64_t source;        /* number of the import under way */
    int64_t last_key;      /* greatest of its family; 0: not looked up */
};

/* Creates or checks tables and settings of a database just opened. */
bool store_schema_prepare(struct store *store, GError **error);

/* The text of each prepared statement; the caller frees. */
char *store_statement_text(enum statement statement);

/* The tables of companions, and those of context. The caller frees. */
char *companion_schema_text(void);
char *context_schema_text(void);

/* The registry's index of a marketplace that has the store's number. */
int store_place_of_number(const struct store *store, int64_t number);

/* Sets ERROR_IO (ERROR_BUSY where locked) from the last SQLite failure; returns false. */
bool store_fail(struct store *store, GError **error);

/* Runs one statement without result. */
bool store_run(struct store *store, const char *sql, GError **error);

/* Whether a statement, its parameters bound, yields a row; resets it. */
bool store_is_there(struct store *store, enum statement statement, bool *there,
                    GError **error);

/* A field of a row: NULL is COMPLAINT_UNKNOWN. */
int32_t store_column_value(sqlite3_stmt *row, int column);

/* Steps a statement that yields no row, then resets it. */
bool store_step_done(struct store *store, enum statement statement, GError **error);

#endif
