#include "barometre/withdraw.h"

#include "barometre/reject_book.h"

static bool add_unfinished(void *data, const struct store_withdrawal *withdrawal) {
    if (!withdrawal->finished)
        g_ptr_array_add(data, g_strdup(withdrawal->sha256));
    return true;
}

bool withdraw_finish(const struct observatory *observatory, struct store *store,
                     GError **error) {
    g_autoptr(GPtrArray) hashes = g_ptr_array_new_with_free_func(g_free);
    if (!store_each_withdrawal(store, add_unfinished, hashes, error))
        return false;
    for (guint i = 0; i < hashes->len; i++)
        if (!reject_book_remove(observatory, g_ptr_array_index(hashes, i), error))
            return false;
    return hashes->len == 0 || store_finish_withdrawals(store, error);
}

bool withdraw_import(const struct observatory *observatory, struct store *store,
                     struct store_withdrawal *withdrawal, bool dry_run, GError **error) {
    return store_withdraw(store, withdrawal, dry_run, error) &&
           (dry_run || withdraw_finish(observatory, store, error));
}
