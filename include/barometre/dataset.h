/* Datasets of Open Terms Archive: the recorded versions of published terms, as files
 * <service>/<terms type>/<YYYY-MM-DDTHH-MM-SSZ>.md in a folder or a zip, with README.md
 * and LICENSE beside them (doc/terms.md).
 *
 * A dataset is one import. Its records are the versions; every file and byte is in one
 * account. It is known again by its paths and contents, under any name and wrapping.
 */
#ifndef BAROMETRE_DATASET_H
#define BAROMETRE_DATASET_H

#include "barometre/export.h"

#define DATASET_PROFILE "open-terms-archive"

/* One version, valid during the call it is passed to. */
struct dataset_version {
    const char *service, *type; /* as the dataset names them, safe to show */
    int64_t seen;               /* seconds since 1970-01-01, UTC */
    char sha256[EXPORT_SHA256_SIZE];
    const char *text; /* UTF-8 with at least one word */
    size_t length;
};

/* Receives the versions in the order of the dataset, as struct export_sink does. Of a
 * rejected file the bytes are its path: no clause is kept anywhere. */
struct dataset_sink {
    void *data;
    bool (*version)(void *data, const struct dataset_version *version,
                    enum account_kind *where, GError **error);
    bool (*reject)(void *data, const struct reject *reject, const char *bytes,
                   GError **error);
};

/* What was read. */
struct dataset {
    struct export *export; /* stands for it in accounts; without a file */
    struct account account;
    int64_t versions_apart; /* of services that are no marketplace: accounted blank */
    int64_t services_apart;
};

void dataset_clear(struct dataset *dataset);

/* Whether a path is such a folder or zip: at least one file in it is named like a
 * version. */
bool dataset_is(const char *path);

/* Reads a dataset to its end into `sink`; NULL for its name and hash alone. Files of
 * services that the registry does not know are passed over. `folder` as parcel_open
 * takes it; later versions than `today` are refused. Links and hidden files are not
 * followed. `dataset` is cleared by the caller, also after a failure. Fails with
 * ERROR_NO_INPUT where the path is absent, with ERROR_REFUSED where no version concerns a
 * marketplace, and as parcel_next does. */
bool dataset_read(const char *path, const char *folder, const struct registry *registry,
                  int32_t today, const struct dataset_sink *sink, struct dataset *dataset,
                  GError **error);

struct store;

/* Takes a version in, between store_begin and store_end: stored where its content is new
 * to its document, else a duplicate. The text is not kept. */
bool store_put_version(struct store *store, const struct dataset_version *version,
                       enum account_kind *where, GError **error);

struct terms_version;

/* Calls for every version held, by service, type, time and hash. */
bool store_each_version(struct store *store,
                        bool (*call)(void *data, const char *service, const char *type,
                                     const struct terms_version *version),
                        void *data, GError **error);

#endif
