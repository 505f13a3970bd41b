/* An import: one export taken into the store, whole or not at all, and its rejects kept.
 */
#ifndef BAROMETRE_IMPORT_H
#define BAROMETRE_IMPORT_H

#include "barometre/observatory.h"
#include "barometre/store.h"

enum import_outcome {
    IMPORT_DONE,    /* its account is committed */
    IMPORT_KNOWN,   /* these bytes were imported before: nothing to do */
    IMPORT_REFUSED, /* too many rejects: nothing of it is stored, its rejects are kept */
};

struct import {
    enum import_outcome outcome;
    char sha256[EXPORT_SHA256_SIZE];
    char *name;          /* of the export, safe to show */
    const char *profile; /* id; NULL where IMPORT_KNOWN */
    const char *format, *encoding;
    char delimiter;
    unsigned shapes; /* of its dates: bits by enum date_shape */
    bool again;      /* it was known, and read again: see import_settings.again */
    struct account account;
    bool dataset; /* its records are versions of terms (dataset.h) … */
    int64_t versions_apart, services_apart; /* … and these concern no marketplace */
};

void import_clear(struct import *import);

/* How to import. */
struct import_settings {
    const struct observatory *observatory;
    const char *profile; /* id, or NULL: the one that knows the header */
    int32_t today;
    int threads;
    bool dry_run; /* reads and accounts, keeps nothing */
    /* A known export is read again too; without it, only where records of it were refused
     * and names or profiles have changed since. */
    bool again;
    /* Is shown every complaint that is read, before it is stored; may be NULL. */
    void (*complaint)(void *data, const struct complaint *complaint);
    void *complaint_data;
    void (*progress)(void *data, int64_t bytes, int64_t total);
    void *progress_data;
};

/* Imports an export that is open and at its beginning. One transaction. The rejects go to
 * rejects/<sha256>.jsonl (reject_book.h) before the transaction commits. Fails as
 * export_read and the store do; then nothing is stored. `import` is cleared by the
 * caller, also after a failure. */
bool import_export(struct store *store, const struct import_settings *settings,
                   struct export *export, struct import *import, GError **error);

/* The same of a dataset of terms, a folder or a zip. It counts as known where all of its
 * files are. Fails as dataset_read and the store do. */
bool import_dataset(struct store *store, const struct import_settings *settings,
                    const char *path, struct import *import, GError **error);

#endif
