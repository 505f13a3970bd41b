/* Taking an import back: out of the store, and its book of rejects with it. */
#ifndef BAROMETRE_WITHDRAW_H
#define BAROMETRE_WITHDRAW_H

#include "barometre/observatory.h"
#include "barometre/store.h"

/* As store_withdraw; then removes the book. Killed in between, it is finished by the next
 * withdraw_finish. */
bool withdraw_import(const struct observatory *observatory, struct store *store,
                     struct store_withdrawal *withdrawal, bool dry_run, GError **error);

/* Removes the books of imports that were taken back and are still there; for whoever
 * holds the lock. */
bool withdraw_finish(const struct observatory *observatory, struct store *store,
                     GError **error);

#endif
