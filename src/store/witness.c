#include "barometre/error.h"
#include "store_private.h"

/* Witnesses: most of what an export tells, earlier ones told as well. Of that only the
 * keys are kept, as differences from one to the next, seven bits a byte, in parts of some
 * tens of kilobytes: two bytes a complaint, where a row each would cost more than the
 * comparison. Each part begins at 0.
 *
 * An import that witnesses a key told what the greatest of the imports up to it told. As
 * soon as it has that telling in a row of its own, the key is taken out. */

enum { PART_BYTES = 1 << 16, NUMBER_MOST_BYTES = 10 };

/* Differences of either sign: 0, −1, 1, −2 … become 0, 1, 2, 3 … */
static uint64_t fold_sign(int64_t difference) {
    return (uint64_t)difference << 1 ^ (difference < 0 ? UINT64_MAX : 0);
}

static int64_t unfold_sign(uint64_t folded) {
    return (int64_t)(folded >> 1 ^ ((folded & 1) != 0 ? UINT64_MAX : 0));
}

bool witness_flush(struct store *store, GError **error) {
    if (store->witnessed->len == 0)
        return true;
    sqlite3_stmt *add = store->statements[STATEMENT_WITNESS_ADD];
    sqlite3_bind_int64(add, 1, store->source);
    sqlite3_bind_int64(add, 2, store->witness_parts++);
    sqlite3_bind_blob(add, 3, store->witnessed->data, (int)store->witnessed->len,
                      SQLITE_STATIC);
    const bool good = store_step_done(store, STATEMENT_WITNESS_ADD, error);
    g_byte_array_set_size(store->witnessed, 0);
    store->witness_last = 0;
    return good;
}

void witness_forget(struct store *store) {
    g_byte_array_set_size(store->witnessed, 0);
    store->witness_last = store->witness_parts = 0;
}

static void append_key(GByteArray *bytes, int64_t *last, int64_t key) {
    guint8 number[NUMBER_MOST_BYTES];
    guint length = 0;
    uint64_t rest = fold_sign((int64_t)((uint64_t)key - (uint64_t)*last));
    for (; rest >= 0x80; rest >>= 7)
        number[length++] = (guint8)(rest | 0x80);
    number[length++] = (guint8)rest;
    g_byte_array_append(bytes, number, length);
    *last = key;
}

bool witness_add(struct store *store, int64_t key, GError **error) {
    append_key(store->witnessed, &store->witness_last, key);
    return store->witnessed->len < PART_BYTES || witness_flush(store, error);
}

/* Reads one number of a part; false where it does not end: damage. */
static bool read_number(const guint8 *bytes, int length, int *at, int64_t *number) {
    uint64_t folded = 0;
    for (int shift = 0; *at < length && shift < 64; shift += 7) {
        const guint8 byte = bytes[(*at)++];
        folded |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            *number = unfold_sign(folded);
            return true;
        }
    }
    return false;
}

static bool rewrite(struct store *store, sqlite3_stmt *row, const GByteArray *rest,
                    GError **error) {
    sqlite3_stmt *put = store->statements[STATEMENT_WITNESS_REWRITE];
    sqlite3_bind_int64(put, 1, sqlite3_column_int64(row, 0));
    sqlite3_bind_int64(put, 2, sqlite3_column_int64(row, 1));
    /* NULL would be no value at all. */
    sqlite3_bind_blob(put, 3, rest->len > 0 ? rest->data : (const guint8 *)"",
                      (int)rest->len, SQLITE_STATIC);
    return store_step_done(store, STATEMENT_WITNESS_REWRITE, error);
}

/* One part; what is taken out of it is gone afterwards. */
static bool each_of_part(struct store *store, sqlite3_stmt *row,
                         const struct witness_listener *listener, GError **error) {
    const int64_t witness = sqlite3_column_int64(row, 0);
    const int length = sqlite3_column_bytes(row, 2);
    const guint8 *bytes = sqlite3_column_blob(row, 2);
    g_autoptr(GByteArray) rest = g_byte_array_new();
    int64_t key = 0, last = 0, difference;
    bool any = false;
    for (int i = 0; i < length;) {
        if (!read_number(bytes, length, &i, &difference)) {
            g_set_error(error, BAROMETRE_ERROR, ERROR_IO,
                        "%s: is damaged (witness); restore your last backup",
                        store->name);
            return false;
        }
        bool taken = false;
        key = (int64_t)((uint64_t)key + (uint64_t)difference);
        if (!listener->call(listener->data, witness, key, &taken, error))
            return false;
        if (!taken)
            append_key(rest, &last, key);
        any |= taken;
    }
    return !any || rewrite(store, row, rest, error);
}

bool witness_each(struct store *store, int64_t source,
                  const struct witness_listener *listener, GError **error) {
    sqlite3_stmt *row = store->statements[STATEMENT_WITNESSES];
    sqlite3_bind_int64(row, 1, source);
    bool good = true;
    int step = SQLITE_DONE;
    while (good && (step = sqlite3_step(row)) == SQLITE_ROW)
        good = each_of_part(store, row, listener, error);
    good = good && (step == SQLITE_DONE || store_fail(store, error));
    sqlite3_reset(row);
    return good;
}
