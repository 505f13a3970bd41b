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
    STATEMENT_SOURCE_DROP,
    STATEMENT_VERSION_KEEP,
    STATEMENT_VERSION_PUT,
    STATEMENT_VERSION_FIND,
    STATEMENT_VERSION_RAISE,
    STATEMENT_VERSION_DROP,
    STATEMENT_WITNESS_ADD,
    STATEMENT_WITNESS_DROP,
    STATEMENT_WITNESSES,
    STATEMENT_WITNESS_REWRITE,
    STATEMENT_WITHDRAWALS,
    STATEMENT_READ_OTHERWISE,
    STATEMENT_REASONS_ADD,
    STATEMENT_REASONS_AGAIN,
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

/* Columns of a source after its account. */
enum { COLUMN_SOURCE_READING = 5 + 2 * ACCOUNT_KINDS, COLUMN_SOURCE_VERSIONED };

struct companion_kind;

#define STORE_TERMS_STATEMENTS 8

struct store {
    sqlite3 *database;
    char *name; /* of the file, for messages */
    const struct registry *registry;
    sqlite3_stmt *statements[STATEMENT_COUNT];
    sqlite3_stmt *terms[STORE_TERMS_STATEMENTS]; /* those of terms_store.c, on demand */
    GArray *place_numbers; /* int64_t, by registry index: the store's own number */
    GHashTable *families;  /* family id → number */
    int64_t source;        /* number of the import under way */
    int64_t last_key;      /* greatest of its family; 0: not looked up */
    char *reading;         /* what it is read with; see store_read_with */

    /* Keys the import under way found as it tells them, not yet written (witness.c). */
    GByteArray *witnessed;
    int64_t witness_last, witness_parts;

    /* Of an import that is read again, else NULL. */
    struct store_again *again;
};

/* What a source was before it is read again. */
struct store_again {
    struct account account;
    bool versioned;  /* its former values were kept */
    GArray *offered; /* int64_t: keys of complaints that it tells for the first time */
};

/* Creates or checks tables and settings of a database just opened. */
bool store_schema_prepare(struct store *store, GError **error);

/* The text of each prepared statement; the caller frees. */
char *store_statement_text(enum statement statement);

/* Makes the tables of companions, of which every import keeps its version; with
 * `replaces`, out of those that held the newest alone. The caller frees. */
char *companion_schema_text(bool replaces);
/* The tables of context. The caller frees. */
char *context_schema_text(void);

/* Which imports told a statement that an earlier one had told. The caller frees. */
char *context_witness_schema_text(void);

/* The tables of terms. The caller frees. */
char *terms_schema_text(void);

/* Take back what an import told of context, resp. of terms; fill in the counts. */
bool context_withdraw(struct store *store, int64_t source,
                      struct store_withdrawal *withdrawal, GError **error);
bool terms_withdraw(struct store *store, int64_t source,
                    struct store_withdrawal *withdrawal, GError **error);

/* Drops the version that an import brought and fills in the counts. */
bool companion_withdraw(struct store *store, const struct companion_kind *kind,
                        int64_t source, struct store_withdrawal *withdrawal,
                        GError **error);

/* The registry's index of a marketplace that has the store's number; −1 for one that the
 * registry lost, which no complaint names. */
int store_place_of_number(const struct store *store, int64_t number);

/* Sets ERROR_IO (ERROR_BUSY where locked) from the last SQLite failure; returns false. */
bool store_fail(struct store *store, GError **error);

/* Runs one statement without result. */
bool store_run(struct store *store, const char *sql, GError **error);

/* Whether a statement, its parameters bound, yields a row; resets it. */
bool store_is_there(struct store *store, enum statement statement, bool *there,
                    GError **error);

/* Binds a complaint to the columns of a row, as the import under way tells it. */
void store_bind_complaint(sqlite3_stmt *put, const struct store *store, int64_t key,
                          const struct complaint *complaint);

/* The account of a row of `source`. */
struct account store_column_account(sqlite3_stmt *row);

/* Prepares a statement that is rarely run; NULL with an error. Frees the text. */
sqlite3_stmt *store_prepare(struct store *store, char *sql, GError **error);

/* Runs a prepared statement that yields no row, its parameters bound, then resets it. */
bool store_step(struct store *store, sqlite3_stmt *statement, GError **error);

/* Runs SQL that is rarely run, with one number; `changes`, if not NULL, is how many rows
 * it changed. */
bool store_run_with(struct store *store, const char *sql, int64_t number,
                    int64_t *changes, GError **error);

/* The number that a query with one number yields. */
bool store_ask_with(struct store *store, const char *sql, int64_t number, int64_t *answer,
                    GError **error);

/* Which of two tellings of a complaint is held: that of the later last status, of the
 * same status that of the later import. SQL that is greater for it, of the columns of
 * `table`. The caller frees. */
char *store_rank_text(const char *table);

/* Keeps the row held under a key beside, before another import's takes its place. */
bool version_keep(struct store *store, int64_t key, GError **error);

/* Keeps what the import under way tells beside, where another import's is held. */
bool version_put(struct store *store, int64_t key, const struct complaint *complaint,
                 GError **error);

/* Puts the greatest version of a key in the place of what is held; `raised` tells whether
 * there was one. */
bool version_raise(struct store *store, int64_t key, bool *raised, GError **error);

/* Remembers that the import under way tells a complaint as an earlier import did. */
bool witness_add(struct store *store, int64_t key, GError **error);

/* Writes what is not written yet; forgets it. */
bool witness_flush(struct store *store, GError **error);
void witness_forget(struct store *store);

/* Hears every key that imports witnessed; `taken` takes it out of the list. */
struct witness_listener {
    void *data;
    bool (*call)(void *data, int64_t witness, int64_t key, bool *taken, GError **error);
};

/* Calls for every key that an import later than `source` witnessed, in the order of the
 * imports. */
bool witness_each(struct store *store, int64_t source,
                  const struct witness_listener *listener, GError **error);

/* Notes, in a second reading, a complaint that its import tells for the first time. */
bool again_note(struct store *store, int64_t key, GError **error);

/* Ends the second reading of an import: later imports keep what they told. */
bool again_settle(struct store *store, GError **error);
void again_free(struct store_again *again);

/* The account of a source that was read again: what was stored stays stored. */
struct account again_account(const struct account *before, const struct account *after);

/* A field of a row: NULL is COMPLAINT_UNKNOWN. */
int32_t store_column_value(sqlite3_stmt *row, int column);

/* Steps a statement that yields no row, then resets it. */
bool store_step_done(struct store *store, enum statement statement, GError **error);

#endif
