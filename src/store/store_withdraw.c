#include "barometre/companion.h"
#include "barometre/context.h"
#include "barometre/dataset.h"
#include "barometre/error.h"
#include "store_private.h"

#include <string.h>

/* An import that is taken back. */
struct removal {
    struct store *store;
    struct store_withdrawal *withdrawal;
    int64_t source;
    GArray *keys; /* int64_t, sorted: complaints of which it has a telling */
    sqlite3_stmt *hand_held, *hand_version;
};

static const struct companion_kind *companion_of(const char *profile) {
    for (int k = 0; k < COMPANION_KINDS; k++)
        if (strcmp(companion_kinds[k].profile.id, profile) == 0)
            return &companion_kinds[k];
    return NULL;
}

static bool find_source(struct removal *removal, GError **error) {
    struct store *store = removal->store;
    struct store_withdrawal *withdrawal = removal->withdrawal;
    sqlite3_stmt *find = store->statements[STATEMENT_SOURCE_FIND];
    sqlite3_bind_text(find, 1, withdrawal->sha256, -1, SQLITE_STATIC);
    const int step = sqlite3_step(find);
    bool versioned = false;
    if (step == SQLITE_ROW) {
        removal->source = sqlite3_column_int64(find, 0);
        withdrawal->profile = g_strdup((const char *)sqlite3_column_text(find, 2));
        withdrawal->name = g_strdup((const char *)sqlite3_column_text(find, 3));
        versioned = sqlite3_column_int(find, COLUMN_SOURCE_VERSIONED) != 0;
    }
    sqlite3_reset(find);
    if (step != SQLITE_ROW && step != SQLITE_DONE)
        return store_fail(store, error);
    if (step == SQLITE_DONE)
        g_set_error(error, BAROMETRE_ERROR, ERROR_NO_INPUT, "%s: no such import",
                    withdrawal->sha256);
    else if (!versioned)
        g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED,
                    "%s: was imported by an older barometre, which kept no former "
                    "values; to be rid of it, move %s away, take the file out of inbox/ "
                    "and run again",
                    withdrawal->name, store->name);
    return step == SQLITE_ROW && versioned;
}

bool store_run_with(struct store *store, const char *sql, int64_t number,
                    int64_t *changes, GError **error) {
    sqlite3_stmt *statement = store_prepare(store, g_strdup(sql), error);
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, number);
    const bool good = store_step(store, statement, error);
    if (good && changes != NULL)
        *changes = sqlite3_changes64(store->database);
    sqlite3_finalize(statement);
    return good;
}

bool store_ask_with(struct store *store, const char *sql, int64_t number, int64_t *answer,
                    GError **error) {
    sqlite3_stmt *row = store_prepare(store, g_strdup(sql), error);
    if (row == NULL)
        return false;
    sqlite3_bind_int64(row, 1, number);
    const bool good = sqlite3_step(row) == SQLITE_ROW || store_fail(store, error);
    *answer = good ? sqlite3_column_int64(row, 0) : 0;
    sqlite3_finalize(row);
    return good;
}

static int by_number(const void *a, const void *b) {
    const int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

/* Keys by one parameter, sorted. NULL with an error. */
static GArray *find_keys(struct store *store, const char *sql, int64_t source,
                         GError **error) {
    sqlite3_stmt *row = store_prepare(store, g_strdup(sql), error);
    if (row == NULL)
        return NULL;
    GArray *keys = g_array_new(FALSE, FALSE, sizeof(int64_t));
    sqlite3_bind_int64(row, 1, source);
    int step;
    while ((step = sqlite3_step(row)) == SQLITE_ROW) {
        const int64_t key = sqlite3_column_int64(row, 0);
        g_array_append_val(keys, key);
    }
    if (step != SQLITE_DONE) {
        store_fail(store, error);
        g_clear_pointer(&keys, g_array_unref);
    }
    sqlite3_finalize(row);
    if (keys != NULL)
        g_array_sort(keys, by_number);
    return keys;
}

/* A version goes to a witness only where it is what that one told: the greatest up to
 * it. ?1 the key, ?2 the import that goes, ?3 the witness. */
static char *hand_version_text(void) {
    g_autofree char *other = store_rank_text("o"), *own = store_rank_text("version");
    return g_strdup_printf(
        "UPDATE OR REPLACE version SET import = ?3 WHERE key = ?1 AND import = ?2"
        " AND NOT EXISTS (SELECT 1 FROM complaint WHERE key = ?1 AND import <= ?3)"
        " AND NOT EXISTS (SELECT 1 FROM version o WHERE o.key = ?1 AND o.import <= ?3"
        " AND %s > %s)",
        other, own);
}

static bool hand_over(const struct removal *removal, sqlite3_stmt *statement, int64_t key,
                      int64_t witness, GError **error) {
    sqlite3_bind_int64(statement, 1, key);
    sqlite3_bind_int64(statement, 2, removal->source);
    sqlite3_bind_int64(statement, 3, witness);
    return store_step(removal->store, statement, error);
}

static bool hear_witness(void *data, int64_t witness, int64_t key, bool *taken,
                         GError **error) {
    const struct removal *removal = data;
    sqlite3 *database = removal->store->database;
    if (!g_array_binary_search(removal->keys, &key, by_number, NULL))
        return true;
    if (!hand_over(removal, removal->hand_held, key, witness, error))
        return false;
    *taken = sqlite3_changes(database) > 0;
    removal->withdrawal->kept += *taken;
    if (*taken)
        return true;
    if (!hand_over(removal, removal->hand_version, key, witness, error))
        return false;
    *taken = sqlite3_changes(database) > 0;
    return true;
}

/* What later imports told as well becomes theirs: of the first of them. */
static bool hear_witnesses(struct removal *removal, GError **error) {
    struct store *store = removal->store;
    const struct witness_listener listener = {removal, hear_witness};
    removal->hand_held =
        store_prepare(store,
                      g_strdup("UPDATE complaint SET import = ?3 WHERE key = ?1"
                               " AND import = ?2"),
                      error);
    if (removal->hand_held == NULL)
        return false;
    removal->hand_version = store_prepare(store, hand_version_text(), error);
    const bool good = removal->hand_version != NULL &&
                      witness_each(store, removal->source, &listener, error);
    sqlite3_finalize(removal->hand_held);
    sqlite3_finalize(removal->hand_version);
    return good;
}

/* What is still its own goes: back to what another import told, or altogether. */
static bool remove_rest(const struct removal *removal, GError **error) {
    struct store *store = removal->store;
    g_autoptr(GArray) keys = find_keys(
        store, "SELECT key FROM complaint WHERE import = ?1", removal->source, error);
    if (keys == NULL)
        return false;
    for (guint i = 0; i < keys->len; i++) {
        bool raised;
        if (!version_raise(store, g_array_index(keys, int64_t, i), &raised, error))
            return false;
        removal->withdrawal->restored += raised;
    }
    return store_run_with(store, "DELETE FROM complaint WHERE import = ?1",
                          removal->source, &removal->withdrawal->removed, error);
}

static bool remove_complaints(struct removal *removal, GError **error) {
    struct store *store = removal->store;
    removal->keys = find_keys(store,
                              "SELECT key FROM complaint WHERE import = ?1 UNION"
                              " SELECT key FROM version WHERE import = ?1",
                              removal->source, error);
    return removal->keys != NULL &&
           store_run_with(store, "DELETE FROM witness WHERE import = ?1", removal->source,
                          NULL, error) &&
           hear_witnesses(removal, error) &&
           store_run_with(store, "DELETE FROM version WHERE import = ?1", removal->source,
                          NULL, error) &&
           remove_rest(removal, error);
}

static bool note_withdrawal(const struct removal *removal, GError **error) {
    const struct store_withdrawal *withdrawal = removal->withdrawal;
    sqlite3_stmt *add = store_prepare(
        removal->store,
        g_strdup("INSERT INTO withdrawal (sha256, profile, name, day, reason, removed,"
                 " restored, kept, finished) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0)"),
        error);
    if (add == NULL)
        return false;
    sqlite3_bind_text(add, 1, withdrawal->sha256, -1, SQLITE_STATIC);
    sqlite3_bind_text(add, 2, withdrawal->profile, -1, SQLITE_STATIC);
    sqlite3_bind_text(add, 3, withdrawal->name, -1, SQLITE_STATIC);
    sqlite3_bind_int(add, 4, withdrawal->day);
    sqlite3_bind_text(add, 5, withdrawal->reason, -1, SQLITE_STATIC);
    sqlite3_bind_int64(add, 6, withdrawal->removed);
    sqlite3_bind_int64(add, 7, withdrawal->restored);
    sqlite3_bind_int64(add, 8, withdrawal->kept);
    const bool good = store_step(removal->store, add, error);
    sqlite3_finalize(add);
    return good;
}

static bool remove_told(struct removal *removal, GError **error) {
    struct store *store = removal->store;
    struct store_withdrawal *withdrawal = removal->withdrawal;
    const struct companion_kind *kind = companion_of(withdrawal->profile);
    if (kind != NULL)
        return companion_withdraw(store, kind, removal->source, withdrawal, error);
    if (context_is_profile(withdrawal->profile))
        return context_withdraw(store, removal->source, withdrawal, error);
    if (strcmp(withdrawal->profile, DATASET_PROFILE) == 0)
        return terms_withdraw(store, removal->source, withdrawal, error);
    return remove_complaints(removal, error);
}

static bool remove_all(struct removal *removal, GError **error) {
    struct store *store = removal->store;
    if (!find_source(removal, error) || !remove_told(removal, error))
        return false;
    sqlite3_bind_int64(store->statements[STATEMENT_SOURCE_DROP], 1, removal->source);
    return store_step_done(store, STATEMENT_SOURCE_DROP, error) &&
           note_withdrawal(removal, error);
}

bool store_withdraw(struct store *store, struct store_withdrawal *withdrawal,
                    bool dry_run, GError **error) {
    struct removal removal = {.store = store, .withdrawal = withdrawal};
    if (!store_step_done(store, STATEMENT_BEGIN, error))
        return false;
    const bool good = remove_all(&removal, error) &&
                      (dry_run || store_step_done(store, STATEMENT_COMMIT, error));
    if (removal.keys != NULL)
        g_array_unref(removal.keys);
    if (!good || dry_run)
        store_abandon(store);
    sqlite3_db_release_memory(store->database);
    return good;
}

bool store_finish_withdrawals(struct store *store, GError **error) {
    return store_run(store, "UPDATE withdrawal SET finished = 1 WHERE finished = 0",
                     error);
}

bool store_each_withdrawal(struct store *store,
                           bool (*call)(void *data,
                                        const struct store_withdrawal *withdrawal),
                           void *data, GError **error) {
    sqlite3_stmt *row = store->statements[STATEMENT_WITHDRAWALS];
    int step;
    while ((step = sqlite3_step(row)) == SQLITE_ROW) {
        const struct store_withdrawal withdrawal = {
            .sha256 = (const char *)sqlite3_column_text(row, 1),
            .profile = (const char *)sqlite3_column_text(row, 2),
            .name = (const char *)sqlite3_column_text(row, 3),
            .day = sqlite3_column_int(row, 4),
            .reason = (const char *)sqlite3_column_text(row, 5),
            .removed = sqlite3_column_int64(row, 6),
            .restored = sqlite3_column_int64(row, 7),
            .kept = sqlite3_column_int64(row, 8),
            .finished = sqlite3_column_int(row, 9) != 0,
        };
        if (!call(data, &withdrawal))
            break;
    }
    const bool good =
        step == SQLITE_DONE || step == SQLITE_ROW || store_fail(store, error);
    sqlite3_reset(row);
    return good;
}
