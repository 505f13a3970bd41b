#include "barometre/store.h"

#include "barometre/error.h"
#include "store_private.h"

#include <fcntl.h>
#include <openssl/sha.h>
#include <string.h>
#include <unistd.h>

bool store_fail(struct store *store, GError **error) {
    const int code = sqlite3_errcode(store->database);
    const bool busy = (code & 0xFF) == SQLITE_BUSY || (code & 0xFF) == SQLITE_LOCKED;
    g_set_error(error, BAROMETRE_ERROR, busy ? ERROR_BUSY : ERROR_IO, "%s: %s",
                store->name, sqlite3_errmsg(store->database));
    return false;
}

bool store_run(struct store *store, const char *sql, GError **error) {
    return sqlite3_exec(store->database, sql, NULL, NULL, NULL) == SQLITE_OK ||
           store_fail(store, error);
}

bool store_step(struct store *store, sqlite3_stmt *statement, GError **error) {
    const bool done = sqlite3_step(statement) == SQLITE_DONE || store_fail(store, error);
    sqlite3_reset(statement);
    return done;
}

bool store_step_done(struct store *store, enum statement statement, GError **error) {
    return store_step(store, store->statements[statement], error);
}

sqlite3_stmt *store_prepare(struct store *store, char *sql, GError **error) {
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(store->database, sql, -1, &statement, NULL) != SQLITE_OK)
        store_fail(store, error);
    g_free(sql);
    return statement;
}

static bool prepare_all(struct store *store, GError **error) {
    for (int s = 0; s < STATEMENT_COUNT; s++) {
        g_autofree char *text = store_statement_text((enum statement)s);
        if (sqlite3_prepare_v3(store->database, text, -1, SQLITE_PREPARE_PERSISTENT,
                               &store->statements[s], NULL) != SQLITE_OK)
            return store_fail(store, error);
    }
    return true;
}

/* A place that left the registry: fine as long as no complaint names it. */
static bool may_be_absent(struct store *store, int64_t number, const char *id,
                          GError **error) {
    bool used;
    sqlite3_bind_int64(store->statements[STATEMENT_PLACE_USED], 1, number);
    if (!store_is_there(store, STATEMENT_PLACE_USED, &used, error))
        return false;
    if (used)
        g_set_error(error, BAROMETRE_ERROR, ERROR_CONFIG,
                    "marketplaces.json: '%s' is missing, which complaints of the store "
                    "name; put it back",
                    id);
    return !used;
}

/* Looks up the number in the store of every marketplace of the registry; 0 for one that
 * is not in it yet. */
static bool number_places(struct store *store, GError **error) {
    const guint count = store->registry->places->len;
    g_array_set_size(store->place_numbers, 0);
    g_array_set_size(store->place_numbers, count);
    sqlite3_stmt *places = store->statements[STATEMENT_PLACES];
    int step;
    bool good = true;
    while (good && (step = sqlite3_step(places)) == SQLITE_ROW) {
        const int64_t number = sqlite3_column_int64(places, 0);
        const char *id = (const char *)sqlite3_column_text(places, 1);
        guint index = 0;
        while (index < count &&
               strcmp(registry_place(store->registry, (int)index)->id, id) != 0)
            index++;
        if (index < count)
            g_array_index(store->place_numbers, int64_t, index) = number;
        else
            good = may_be_absent(store, number, id, error);
    }
    good = good && (step == SQLITE_DONE || store_fail(store, error));
    sqlite3_reset(places);
    return good;
}

/* Gives a number to those that have none, in the transaction of an import: reading alone
 * writes nothing. */
static bool add_places(struct store *store, GError **error) {
    sqlite3_stmt *add = store->statements[STATEMENT_PLACE_ADD];
    bool any = false;
    for (guint i = 0; i < store->registry->places->len; i++) {
        if (g_array_index(store->place_numbers, int64_t, i) != 0)
            continue;
        const char *id = registry_place(store->registry, (int)i)->id;
        sqlite3_bind_text(add, 1, id, -1, SQLITE_STATIC);
        if (!store_step_done(store, STATEMENT_PLACE_ADD, error))
            return false;
        any = true;
    }
    return !any || number_places(store, error);
}

struct store *store_open(const char *file, const struct registry *registry,
                         GError **error) {
    scoped(store) *store = g_new0(struct store, 1);
    store->name = g_path_get_basename(file);
    store->registry = registry;
    store->families = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    store->place_numbers = g_array_new(FALSE, TRUE, sizeof(int64_t));
    store->witnessed = g_byte_array_new();
    const int fd = open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_CREATE, "%s: cannot be made or opened",
                    store->name);
        return NULL;
    }
    close(fd);
    if (sqlite3_open_v2(file, &store->database,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) {
        store_fail(store, error);
        return NULL;
    }
    if (!store_schema_prepare(store, error) || !prepare_all(store, error) ||
        !number_places(store, error))
        return NULL;
    return g_steal_pointer(&store);
}

void store_free(struct store *store) {
    if (store == NULL)
        return;
    for (int s = 0; s < STATEMENT_COUNT; s++)
        sqlite3_finalize(store->statements[s]);
    sqlite3_close(store->database);
    g_array_unref(store->place_numbers);
    g_hash_table_unref(store->families);
    g_byte_array_unref(store->witnessed);
    again_free(store->again);
    g_free(store->reading);
    g_free(store->name);
    g_free(store);
}

bool store_begin(struct store *store, GError **error) {
    if (!store_step_done(store, STATEMENT_BEGIN, error))
        return false;
    sqlite3_stmt *number = store->statements[STATEMENT_SOURCE_NUMBER];
    bool good = sqlite3_step(number) == SQLITE_ROW || store_fail(store, error);
    store->source = good ? sqlite3_column_int64(number, 0) : 0;
    store->last_key = 0;
    witness_forget(store);
    sqlite3_reset(number);
    good = good && add_places(store, error);
    if (!good)
        store_abandon(store);
    return good;
}

/* The number of a profile's family, 1 to 127. */
static bool family_number(struct store *store, const struct profile *profile,
                          int64_t *number, GError **error) {
    const char *family = profile->family;
    *number = GPOINTER_TO_INT(g_hash_table_lookup(store->families, family));
    if (*number != 0)
        return true;
    sqlite3_stmt *find = store->statements[STATEMENT_FAMILY_FIND];
    sqlite3_bind_text(store->statements[STATEMENT_FAMILY_ADD], 1, family, -1,
                      SQLITE_STATIC);
    sqlite3_bind_text(find, 1, family, -1, SQLITE_STATIC);
    if (!store_step_done(store, STATEMENT_FAMILY_ADD, error))
        return false;
    const bool good = sqlite3_step(find) == SQLITE_ROW || store_fail(store, error);
    *number = good ? sqlite3_column_int64(find, 0) : 0;
    sqlite3_reset(find);
    if (good && *number > 127) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_CONFIG,
                    "profiles: the store holds complaints of at most 127 families");
        return false;
    }
    if (good)
        g_hash_table_insert(store->families, g_strdup(family),
                            GINT_TO_POINTER((int)*number));
    return good;
}

/* Ids that share the bits of a hash stand side by side, this far at most: nobody finds so
 * many by chance. A gap between them, where one was taken back, ends no search. */
enum { KEY_REACH = 15 };

/* The key of a complaint: its family in the top byte, then its own number. Exports come
 * in the order of their numbers, so new rows go to the end of the table and no second
 * index is needed to find a complaint again. An id that is not such a number takes 54
 * bits of its SHA-256 instead, and the next free key where two ids share them: then
 * `reach` says how far. */
static int64_t complaint_key(int64_t family, const char *id, int64_t *reach) {
    const int64_t base = family << 56, hashed = INT64_C(1) << 55;
    const size_t length = strlen(id);
    *reach = 0;
    if (length <= 16 && strspn(id, "0123456789") == length && id[0] != '0') {
        const int64_t number = g_ascii_strtoll(id, NULL, 10);
        if (number < hashed)
            return base | number;
    }
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256((const unsigned char *)id, length, digest);
    int64_t bits = 0;
    for (int i = 0; i < 7; i++)
        bits = bits << 8 | digest[i];
    *reach = KEY_REACH;
    return base | hashed | (bits & ((hashed >> 1) - 1));
}

void store_bind_complaint(sqlite3_stmt *put, const struct store *store, int64_t key,
                          const struct complaint *complaint) {
    sqlite3_clear_bindings(put);
    sqlite3_bind_int64(put, COLUMN_KEY + 1, key);
    sqlite3_bind_text(put, COLUMN_REPORT_ID + 1, complaint->report_id, -1, SQLITE_STATIC);
    sqlite3_bind_int64(put, COLUMN_SOURCE + 1, store->source);
    sqlite3_bind_int64(put, COLUMN_FIRM + 1, complaint->firm);
    sqlite3_bind_int64(
        put, COLUMN_MARKETPLACE + 1,
        g_array_index(store->place_numbers, int64_t, complaint->marketplace));
    if (complaint->change_id[0] != '\0')
        sqlite3_bind_text(put, COLUMN_CHANGE_ID + 1, complaint->change_id, -1,
                          SQLITE_STATIC);
    for (int f = 0; f < FIELD_COUNT; f++)
        if (complaint->value[f] != COMPLAINT_UNKNOWN)
            sqlite3_bind_int(put, COLUMN_FIELDS + f + 1, complaint->value[f]);
}

int32_t store_column_value(sqlite3_stmt *row, int column) {
    return sqlite3_column_type(row, column) == SQLITE_NULL
               ? COMPLAINT_UNKNOWN
               : sqlite3_column_int(row, column);
}

static const char *column_text(sqlite3_stmt *row, int column) {
    const unsigned char *text = sqlite3_column_text(row, column);
    return text == NULL ? "" : (const char *)text;
}

static bool same_content(sqlite3_stmt *row, const struct store *store,
                         const struct complaint *complaint) {
    if (sqlite3_column_int64(row, COLUMN_FIRM) != complaint->firm ||
        sqlite3_column_int64(row, COLUMN_MARKETPLACE) !=
            g_array_index(store->place_numbers, int64_t, complaint->marketplace) ||
        strcmp(column_text(row, COLUMN_CHANGE_ID), complaint->change_id) != 0)
        return false;
    for (int f = 0; f < FIELD_COUNT; f++)
        if (store_column_value(row, COLUMN_FIELDS + f) != complaint->value[f])
            return false;
    return true;
}

/* Where a complaint belongs, and what is held there. */
struct seat {
    int64_t key;
    enum account_kind where;
    int64_t source; /* that told what is held; 0: nothing is */
    bool same;      /* content */
};

/* Later wins; of the same day the later import, which is nearly always the one under
 * way: see store_rank_text. */
static bool outranks(const struct store *store, const struct complaint *complaint,
                     sqlite3_stmt *row) {
    const int32_t held = store_column_value(row, COLUMN_FIELDS + FIELD_LAST_STATUS_ON);
    const int32_t told = complaint->value[FIELD_LAST_STATUS_ON];
    return told != held ? told > held
                        : store->source >= sqlite3_column_int64(row, COLUMN_SOURCE);
}

static bool find_seat(struct store *store, int64_t reach, struct seat *seat,
                      const struct complaint *complaint, GError **error) {
    sqlite3_stmt *row = store->statements[STATEMENT_FIND];
    const int64_t most = seat->key + reach;
    sqlite3_bind_int64(row, 1, seat->key);
    sqlite3_bind_int64(row, 2, most);
    int step;
    while ((step = sqlite3_step(row)) == SQLITE_ROW) {
        const int64_t key = sqlite3_column_int64(row, COLUMN_KEY);
        if (strcmp(column_text(row, COLUMN_REPORT_ID), complaint->report_id) == 0) {
            seat->key = key;
            seat->source = sqlite3_column_int64(row, COLUMN_SOURCE);
            seat->same = same_content(row, store, complaint);
            seat->where = !seat->same && outranks(store, complaint, row)
                              ? ACCOUNT_UPDATED
                              : ACCOUNT_DUPLICATE;
            break;
        }
        seat->key += key == seat->key;
    }
    const bool good =
        step == SQLITE_ROW || step == SQLITE_DONE || store_fail(store, error);
    sqlite3_reset(row);
    if (good && seat->key > most)
        g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED,
                    "the ids of this export were made to collide; nothing is stored");
    return good && seat->key <= most;
}

/* What is told and not held is kept beside. */
static bool settle(struct store *store, const struct seat *seat,
                   const struct complaint *complaint, GError **error) {
    if (seat->source == store->source)
        return true; /* of one export only the last telling counts */
    if (seat->where == ACCOUNT_UPDATED)
        return version_keep(store, seat->key, error);
    if (seat->same && seat->source < store->source)
        return witness_add(store, seat->key, error);
    return version_put(store, seat->key, complaint, error);
}

/* The greatest key of the import's family, looked up once: a complaint beyond it is new
 * and goes to the end of the table without a search. */
static bool find_last_key(struct store *store, int64_t family, GError **error) {
    if (store->last_key >> 56 == family)
        return true;
    sqlite3_stmt *last = store->statements[STATEMENT_LAST_KEY];
    sqlite3_bind_int64(last, 1, family << 56);
    sqlite3_bind_int64(last, 2, (family + 1) << 56);
    const bool good = sqlite3_step(last) == SQLITE_ROW || store_fail(store, error);
    if (good)
        store->last_key = MAX(sqlite3_column_int64(last, 0), family << 56);
    sqlite3_reset(last);
    return good;
}

bool store_put(struct store *store, const struct profile *profile,
               const struct complaint *complaint, enum account_kind *where,
               GError **error) {
    int64_t family;
    if (!family_number(store, profile, &family, error) ||
        !find_last_key(store, family, error))
        return false;
    int64_t reach;
    struct seat seat = {.where = ACCOUNT_STORED};
    seat.key = complaint_key(family, complaint->report_id, &reach);
    if (seat.key <= store->last_key && !find_seat(store, reach, &seat, complaint, error))
        return false;
    *where = seat.where;
    if (seat.where != ACCOUNT_STORED && !settle(store, &seat, complaint, error))
        return false;
    if (seat.where == ACCOUNT_DUPLICATE)
        return true;
    const enum statement put =
        seat.where == ACCOUNT_STORED ? STATEMENT_INSERT : STATEMENT_REPLACE;
    store->last_key = MAX(store->last_key, seat.key);
    store_bind_complaint(store->statements[put], store, seat.key, complaint);
    return store_step_done(store, put, error);
}

void store_read_with(struct store *store, const char *reading) {
    g_free(store->reading);
    store->reading = g_strdup(reading);
}

static bool add_source(struct store *store, const struct export *export,
                       const struct account *account, bool versioned, GError **error) {
    sqlite3_stmt *add = store->statements[STATEMENT_SOURCE_ADD];
    sqlite3_bind_int64(add, 1, store->source);
    sqlite3_bind_text(add, 2, export->sha256, -1, SQLITE_STATIC);
    sqlite3_bind_text(add, 3, export->profile->id, -1, SQLITE_STATIC);
    sqlite3_bind_text(add, 4, export->name, -1, SQLITE_STATIC);
    sqlite3_bind_int64(add, 5, account->bytes_total);
    for (int k = 0; k < ACCOUNT_KINDS; k++) {
        sqlite3_bind_int64(add, 6 + 2 * k, account->records[k]);
        sqlite3_bind_int64(add, 7 + 2 * k, account->bytes[k]);
    }
    const char *reading = store->reading != NULL ? store->reading : "";
    sqlite3_bind_text(add, COLUMN_SOURCE_READING + 1, reading, -1, SQLITE_STATIC);
    sqlite3_bind_int(add, COLUMN_SOURCE_VERSIONED + 1, versioned);
    return store_step_done(store, STATEMENT_SOURCE_ADD, error);
}

bool store_end(struct store *store, const struct export *export,
               const struct account *account, GError **error) {
    const struct store_again *again = store->again;
    const struct account whole =
        again != NULL ? again_account(&again->account, account) : *account;
    sqlite3_bind_int64(store->statements[STATEMENT_SOURCE_DROP], 1, store->source);
    const bool good =
        witness_flush(store, error) && (again == NULL || again_settle(store, error)) &&
        store_step_done(store, STATEMENT_SOURCE_DROP, error) &&
        add_source(store, export, &whole, again == NULL || again->versioned, error) &&
        store_step_done(store, STATEMENT_COMMIT, error);
    if (good)
        g_clear_pointer(&store->again, again_free);
    sqlite3_db_release_memory(store->database);
    return good;
}

void store_abandon(struct store *store) {
    if (!sqlite3_get_autocommit(store->database))
        store_step_done(store, STATEMENT_ROLLBACK, NULL);
    witness_forget(store);
    g_clear_pointer(&store->again, again_free);
    g_hash_table_remove_all(store->families); /* some may be taken back too */
    number_places(store, NULL);
}
