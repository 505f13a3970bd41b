#include "barometre/bag.h"
#include "barometre/dataset.h"
#include "barometre/terms.h"
#include "store_private.h"

#include <string.h>

/* Facts alone: which content was seen when. What of it is a change is told anew for every
 * edition. Of a content there are its hash and its bag of words, never its text. */

/* Datasets overlap nearly whole, and each of them may be taken back: a version is a row
 * of every import that told it. */
char *terms_schema_text(void) {
    return g_strdup(
        "CREATE TABLE terms_document (id INTEGER PRIMARY KEY, service TEXT NOT NULL,"
        " type TEXT NOT NULL, UNIQUE (service, type)) STRICT;"
        "CREATE TABLE terms_content (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE,"
        " bytes INTEGER NOT NULL, words INTEGER NOT NULL, bag BLOB NOT NULL) STRICT;"
        "CREATE TABLE terms_version ("
        " document INTEGER NOT NULL REFERENCES terms_document (id),"
        " seen INTEGER NOT NULL,"
        " content INTEGER NOT NULL REFERENCES terms_content (id),"
        " import INTEGER NOT NULL,"
        " PRIMARY KEY (document, seen, content, import)) STRICT, WITHOUT ROWID;"
        "CREATE INDEX terms_known ON terms_version (content, document);");
}

enum terms_statement {
    TERMS_DOCUMENT_ADD,
    TERMS_DOCUMENT_FIND,
    TERMS_CONTENT_FIND,
    TERMS_CONTENT_ADD,
    TERMS_CONTENT_BAG,
    TERMS_VERSION_KNOWN,
    TERMS_VERSION_ADD,
    TERMS_VERSIONS,
    TERMS_STATEMENTS
};

G_STATIC_ASSERT(TERMS_STATEMENTS <= STORE_TERMS_STATEMENTS);

static sqlite3_stmt *prepare(struct store *store, enum terms_statement statement,
                             GError **error) {
    static const char *const texts[TERMS_STATEMENTS] = {
        [TERMS_DOCUMENT_ADD] =
            "INSERT OR IGNORE INTO terms_document (service, type) VALUES (?1, ?2)",
        [TERMS_DOCUMENT_FIND] =
            "SELECT id FROM terms_document WHERE service = ?1 AND type = ?2",
        [TERMS_CONTENT_FIND] = "SELECT id FROM terms_content WHERE sha256 = ?1",
        [TERMS_CONTENT_ADD] = "INSERT INTO terms_content (sha256, bytes, words, bag)"
                              " VALUES (?1, ?2, ?3, ?4)",
        [TERMS_CONTENT_BAG] = "SELECT bag FROM terms_content WHERE id = ?1",
        [TERMS_VERSION_KNOWN] =
            "SELECT 1 FROM terms_version WHERE document = ?1 AND content = ?2 LIMIT 1",
        [TERMS_VERSION_ADD] =
            "INSERT OR IGNORE INTO terms_version VALUES (?1, ?2, ?3, ?4)",
        [TERMS_VERSIONS] = "SELECT DISTINCT d.service, d.type, v.seen, c.sha256, c.id, "
                           "d.id FROM terms_version v"
                           " JOIN terms_document d ON d.id = v.document"
                           " JOIN terms_content c ON c.id = v.content"
                           " ORDER BY d.service, d.type, v.seen, c.sha256",
    };
    sqlite3_stmt **prepared = &store->terms[statement];
    if (*prepared == NULL &&
        sqlite3_prepare_v3(store->database, texts[statement], -1,
                           SQLITE_PREPARE_PERSISTENT, prepared, NULL) != SQLITE_OK) {
        store_fail(store, error);
        return NULL;
    }
    sqlite3_reset(*prepared);
    return *prepared;
}

/* Steps a prepared statement to its row, if it has one: the number in it, or 0. */
static bool step(struct store *store, sqlite3_stmt *prepared, int64_t *number,
                 GError **error) {
    const int status = sqlite3_step(prepared);
    *number = status == SQLITE_ROW ? sqlite3_column_int64(prepared, 0) : 0;
    const bool good =
        status == SQLITE_ROW || status == SQLITE_DONE || store_fail(store, error);
    sqlite3_reset(prepared);
    return good;
}

static bool find_document(struct store *store, const struct dataset_version *version,
                          int64_t *document, GError **error) {
    static const enum terms_statement both[] = {TERMS_DOCUMENT_ADD, TERMS_DOCUMENT_FIND};
    for (size_t i = 0; i < G_N_ELEMENTS(both); i++) {
        sqlite3_stmt *prepared = prepare(store, both[i], error);
        if (prepared == NULL)
            return false;
        sqlite3_bind_text(prepared, 1, version->service, -1, SQLITE_TRANSIENT);
        sqlite3_bind_text(prepared, 2, version->type, -1, SQLITE_TRANSIENT);
        if (!step(store, prepared, document, error))
            return false;
    }
    return true;
}

static bool add_content(struct store *store, const struct dataset_version *version,
                        int64_t *content, GError **error) {
    sqlite3_stmt *add = prepare(store, TERMS_CONTENT_ADD, error);
    if (add == NULL)
        return false;
    int64_t words;
    gsize length;
    g_autoptr(GBytes) bag = bag_new(version->text, version->length, &words);
    const void *bytes = g_bytes_get_data(bag, &length);
    sqlite3_bind_text(add, 1, version->sha256, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int64(add, 2, (int64_t)version->length);
    sqlite3_bind_int64(add, 3, words);
    sqlite3_bind_blob(add, 4, bytes, (int)length, SQLITE_TRANSIENT);
    if (!step(store, add, content, error))
        return false;
    *content = sqlite3_last_insert_rowid(store->database);
    return true;
}

static bool find_content(struct store *store, const struct dataset_version *version,
                         int64_t *content, GError **error) {
    sqlite3_stmt *find = prepare(store, TERMS_CONTENT_FIND, error);
    if (find == NULL)
        return false;
    sqlite3_bind_text(find, 1, version->sha256, -1, SQLITE_TRANSIENT);
    return step(store, find, content, error) &&
           (*content != 0 || add_content(store, version, content, error));
}

static bool add_version(struct store *store, int64_t document, int64_t seen,
                        int64_t content, int64_t *known, GError **error) {
    sqlite3_stmt *find = prepare(store, TERMS_VERSION_KNOWN, error);
    sqlite3_stmt *add = find != NULL ? prepare(store, TERMS_VERSION_ADD, error) : NULL;
    if (add == NULL)
        return false;
    int64_t none;
    sqlite3_bind_int64(find, 1, document);
    sqlite3_bind_int64(find, 2, content);
    sqlite3_bind_int64(add, 1, document);
    sqlite3_bind_int64(add, 2, seen);
    sqlite3_bind_int64(add, 3, content);
    sqlite3_bind_int64(add, 4, store->source);
    return step(store, find, known, error) && step(store, add, &none, error);
}

bool store_put_version(struct store *store, const struct dataset_version *version,
                       enum account_kind *where, GError **error) {
    int64_t document, content, known;
    if (!find_document(store, version, &document, error) ||
        !find_content(store, version, &content, error) ||
        !add_version(store, document, version->seen, content, &known, error))
        return false;
    *where = known != 0 ? ACCOUNT_DUPLICATE : ACCOUNT_STORED;
    return true;
}

static GBytes *read_bag(struct store *store, int64_t content, GError **error) {
    sqlite3_stmt *find = prepare(store, TERMS_CONTENT_BAG, error);
    if (find == NULL)
        return NULL;
    sqlite3_bind_int64(find, 1, content);
    if (sqlite3_step(find) != SQLITE_ROW) {
        store_fail(store, error);
        return NULL;
    }
    GBytes *bag =
        g_bytes_new(sqlite3_column_blob(find, 0), (gsize)sqlite3_column_bytes(find, 0));
    sqlite3_reset(find);
    return bag;
}

/* Where the reading of all versions stands. */
struct passage {
    struct store *store;
    int64_t document, content; /* of the last version */
    GHashTable *seen;          /* contents of that document */
};

static bool count_words(struct passage *passage, struct terms_version *version,
                        int64_t content, GError **error) {
    g_autoptr(GBytes) before = read_bag(passage->store, passage->content, error);
    g_autoptr(GBytes) after =
        before != NULL ? read_bag(passage->store, content, error) : NULL;
    if (after != NULL)
        bag_difference(before, after, &version->words_added, &version->words_removed);
    return after != NULL;
}

static bool read_version(struct passage *passage, sqlite3_stmt *row,
                         struct terms_version *version, GError **error) {
    const int64_t document = sqlite3_column_int64(row, 5);
    const int64_t content = sqlite3_column_int64(row, 4);
    const bool first = document != passage->document;
    *version = (struct terms_version){.seen = sqlite3_column_int64(row, 2)};
    g_strlcpy(version->sha256, (const char *)sqlite3_column_text(row, 3),
              sizeof version->sha256);
    if (first)
        g_hash_table_remove_all(passage->seen);
    const bool fresh =
        g_hash_table_add(passage->seen, g_memdup2(&content, sizeof content));
    if (fresh && !first && !count_words(passage, version, content, error))
        return false;
    passage->document = document;
    passage->content = content;
    return true;
}

bool store_each_version(struct store *store,
                        bool (*call)(void *data, const char *service, const char *type,
                                     const struct terms_version *version),
                        void *data, GError **error) {
    sqlite3_stmt *row = prepare(store, TERMS_VERSIONS, error);
    if (row == NULL)
        return false;
    g_autoptr(GHashTable) seen =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    struct passage passage = {.store = store, .seen = seen};
    bool good = true, goes_on = true;
    int status = SQLITE_DONE;
    while (good && goes_on && (status = sqlite3_step(row)) == SQLITE_ROW) {
        struct terms_version version;
        good = read_version(&passage, row, &version, error);
        goes_on = good && call(data, (const char *)sqlite3_column_text(row, 0),
                               (const char *)sqlite3_column_text(row, 1), &version);
    }
    if (good && status != SQLITE_DONE && status != SQLITE_ROW)
        good = store_fail(store, error);
    sqlite3_reset(row);
    return good;
}

bool terms_withdraw(struct store *store, int64_t source,
                    struct store_withdrawal *withdrawal, GError **error) {
    static const char kept[] =
        "SELECT count(*) FROM terms_version v WHERE import = ?1 AND EXISTS"
        " (SELECT 1 FROM terms_version o WHERE o.document = v.document"
        " AND o.seen = v.seen AND o.content = v.content AND o.import <> ?1)";
    static const char *const orphans[] = {
        "DELETE FROM terms_content WHERE id NOT IN (SELECT content FROM terms_version)",
        "DELETE FROM terms_document WHERE id NOT IN (SELECT document FROM terms_version)",
    };
    if (!store_ask_with(store, kept, source, &withdrawal->kept, error) ||
        !store_run_with(store, "DELETE FROM terms_version WHERE import = ?1", source,
                        &withdrawal->removed, error))
        return false;
    withdrawal->removed -= withdrawal->kept;
    for (size_t o = 0; o < G_N_ELEMENTS(orphans); o++)
        if (!store_run(store, orphans[o], error))
            return false;
    return true;
}
