#include "store_private.h"

/* Versions: what imports told of complaints and is not held, as another import's telling
 * outranks it. Of one import and complaint there is one telling: its last of the latest
 * status. What is held is the greatest of all tellings by (last status, import), so
 * taking an import back is leaving its tellings out. */

char *store_rank_text(const char *table) {
    return g_strdup_printf("(coalesce(%s.last_status_on, %d) * 4294967296 + %s.import)",
                           table, COMPLAINT_UNKNOWN, table);
}

bool version_keep(struct store *store, int64_t key, GError **error) {
    sqlite3_bind_int64(store->statements[STATEMENT_VERSION_KEEP], 1, key);
    return again_note(store, key, error) &&
           store_step_done(store, STATEMENT_VERSION_KEEP, error);
}

bool version_put(struct store *store, int64_t key, const struct complaint *complaint,
                 GError **error) {
    store_bind_complaint(store->statements[STATEMENT_VERSION_PUT], store, key, complaint);
    return again_note(store, key, error) &&
           store_step_done(store, STATEMENT_VERSION_PUT, error);
}

bool version_raise(struct store *store, int64_t key, bool *raised, GError **error) {
    sqlite3_bind_int64(store->statements[STATEMENT_VERSION_RAISE], 1, key);
    sqlite3_bind_int64(store->statements[STATEMENT_VERSION_DROP], 1, key);
    if (!store_step_done(store, STATEMENT_VERSION_RAISE, error))
        return false;
    *raised = sqlite3_changes(store->database) > 0;
    return !*raised || store_step_done(store, STATEMENT_VERSION_DROP, error);
}
