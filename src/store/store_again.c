#include "store_private.h"

#include <string.h>

/* An export whose refused records may pass today is read again in its own place among the
 * imports, not as the newest: an old export must not get the better of a newer one of the
 * same day. */

void again_free(struct store_again *again) {
    if (again == NULL)
        return;
    g_array_unref(again->offered);
    g_free(again);
}

bool store_begin_again(struct store *store, const char *sha256, GError **error) {
    if (!store_begin(store, error))
        return false;
    sqlite3_stmt *find = store->statements[STATEMENT_SOURCE_FIND];
    sqlite3_bind_text(find, 1, sha256, -1, SQLITE_TRANSIENT);
    const bool found = sqlite3_step(find) == SQLITE_ROW;
    g_assert(found || sqlite3_errcode(store->database) != SQLITE_DONE);
    if (found) {
        store->source = sqlite3_column_int64(find, 0);
        store->again = g_new0(struct store_again, 1);
        store->again->account = store_column_account(find);
        store->again->versioned = sqlite3_column_int(find, COLUMN_SOURCE_VERSIONED) != 0;
        store->again->offered = g_array_new(FALSE, FALSE, sizeof(int64_t));
    } else {
        store_fail(store, error);
    }
    sqlite3_reset(find);
    sqlite3_bind_int64(store->statements[STATEMENT_WITNESS_DROP], 1, store->source);
    /* Counts by month would count twice. */
    if (found && store_step_done(store, STATEMENT_WITNESS_DROP, error) &&
        store_run_with(store, "DELETE FROM consumer WHERE import = ?1", store->source,
                       NULL, error))
        return true;
    store_abandon(store);
    return false;
}

bool again_note(struct store *store, int64_t key, GError **error) {
    if (store->again == NULL)
        return true;
    sqlite3_stmt *find = store->statements[STATEMENT_VERSION_FIND];
    bool there;
    sqlite3_bind_int64(find, 1, key);
    sqlite3_bind_int64(find, 2, store->source);
    if (!store_is_there(store, STATEMENT_VERSION_FIND, &there, error))
        return false;
    if (!there)
        g_array_append_val(store->again->offered, key);
    return true;
}

/* Later imports that only witnessed a complaint witnessed what was held then. Where what
 * is told now outranks that, they get a version of their own. ?1 the key, ?2 the witness,
 * ?3 the import read again. */
static char *spell_out_text(void) {
    g_autofree char *rank = store_rank_text("t"), *own = store_rank_text("o");
    GString *sql = g_string_new("REPLACE INTO version"
                                " SELECT key, report_id, ?2, firm, marketplace,"
                                " change_id");
    for (int f = 0; f < FIELD_COUNT; f++)
        g_string_append_printf(sql, ", %s", complaint_fields[f].name);
    static const char all[] = "(SELECT * FROM complaint WHERE key = ?1 UNION ALL"
                              " SELECT * FROM version WHERE key = ?1)";
    g_string_append_printf(sql,
                           " FROM (SELECT * FROM %s t WHERE import <= ?2"
                           " AND import <> ?3 ORDER BY %s DESC LIMIT 1) t"
                           " WHERE %s < (SELECT %s FROM %s o WHERE import = ?3"
                           " ORDER BY 1 DESC LIMIT 1)",
                           all, rank, rank, own, all);
    return g_string_free(sql, FALSE);
}

/* What was held goes beside where a version outranks it. */
static char *step_down_text(void) {
    g_autofree char *held = store_rank_text("c"), *other = store_rank_text("v");
    return g_strdup_printf("REPLACE INTO version SELECT * FROM complaint c WHERE key = ?1"
                           " AND EXISTS (SELECT 1 FROM version v WHERE v.key = ?1"
                           " AND %s > %s)",
                           other, held);
}

struct settling {
    struct store *store;
    sqlite3_stmt *spell_out, *step_down;
};

static int by_number(const void *a, const void *b) {
    const int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

static bool settle_key(void *data, int64_t witness, int64_t key, bool *taken,
                       GError **error) {
    const struct settling *settling = data;
    struct store *store = settling->store;
    if (!g_array_binary_search(store->again->offered, &key, by_number, NULL))
        return true;
    sqlite3_bind_int64(settling->spell_out, 1, key);
    sqlite3_bind_int64(settling->spell_out, 2, witness);
    sqlite3_bind_int64(settling->spell_out, 3, store->source);
    sqlite3_bind_int64(settling->step_down, 1, key);
    if (!store_step(store, settling->spell_out, error))
        return false;
    *taken = sqlite3_changes(store->database) > 0;
    if (!*taken)
        return true;
    bool raised;
    return store_step(store, settling->step_down, error) &&
           (sqlite3_changes(store->database) == 0 ||
            version_raise(store, key, &raised, error));
}

bool again_settle(struct store *store, GError **error) {
    if (store->again->offered->len == 0)
        return true;
    g_array_sort(store->again->offered, by_number);
    struct settling settling = {store, store_prepare(store, spell_out_text(), error),
                                NULL};
    if (settling.spell_out != NULL)
        settling.step_down = store_prepare(store, step_down_text(), error);
    const struct witness_listener listener = {&settling, settle_key};
    const bool good = settling.step_down != NULL &&
                      witness_each(store, store->source, &listener, error);
    sqlite3_finalize(settling.spell_out);
    sqlite3_finalize(settling.step_down);
    return good;
}

/* Takes what is missing from one count out of another. */
static void lend(int64_t *missing, int64_t *from) {
    const int64_t lent = CLAMP(-*missing, 0, *from);
    *missing += lent;
    *from -= lent;
}

static void sum_up(const int64_t before[static ACCOUNT_KINDS],
                   int64_t after[static ACCOUNT_KINDS]) {
    for (int k = ACCOUNT_STORED; k <= ACCOUNT_UPDATED; k++) {
        after[ACCOUNT_DUPLICATE] -= before[k];
        after[k] += before[k];
    }
    /* Another profile may have rewritten what was stored. */
    lend(&after[ACCOUNT_DUPLICATE], &after[ACCOUNT_STORED]);
    lend(&after[ACCOUNT_DUPLICATE], &after[ACCOUNT_UPDATED]);
}

struct account again_account(const struct account *before, const struct account *after) {
    struct account account = *after;
    sum_up(before->records, account.records);
    sum_up(before->bytes, account.bytes);
    return account;
}
