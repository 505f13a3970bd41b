#include "import_private.h"

#include "barometre/dataset.h"
#include "barometre/reject_book.h"
#include "barometre/text.h"

#include <string.h>

struct intake {
    struct store *store;
    struct reject_book *book;
};

static bool put_version(void *data, const struct dataset_version *version,
                        enum account_kind *where, GError **error) {
    const struct intake *intake = data;
    return store_put_version(intake->store, version, where, error);
}

static bool put_reject(void *data, const struct reject *reject, const char *bytes,
                       GError **error) {
    const struct intake *intake = data;
    return reject_book_add(intake->book, reject, bytes, error);
}

static void describe(struct import *import, const struct dataset *dataset) {
    const struct export *export = dataset->export;
    memcpy(import->sha256, export->sha256, sizeof import->sha256);
    import->profile = export->profile->id;
    import->format = export->format;
    import->encoding = export->encoding;
    import->account = dataset->account;
    import->versions_apart = dataset->versions_apart;
    import->services_apart = dataset->services_apart;
}

/* Between store_begin and its end. False with an error, or where nothing is to be stored.
 */
static bool read_into_store(struct intake *intake, const struct import_settings *settings,
                            const char *path, struct dataset *dataset,
                            struct import *import, GError **error) {
    const struct observatory *observatory = settings->observatory;
    const struct dataset_sink sink = {intake, put_version, put_reject};
    if (!dataset_read(path, observatory->directory, observatory->registry,
                      settings->today, &sink, dataset, error))
        return false;
    describe(import, dataset);
    bool known;
    if (!store_knows(intake->store, import->sha256, &known, error))
        return false;
    import->outcome = known ? IMPORT_KNOWN
                      : import_is_suspicious(observatory, &import->account, false)
                          ? IMPORT_REFUSED
                          : IMPORT_DONE;
    if (known)
        import->profile = NULL;
    if (settings->dry_run || known)
        return false;
    const struct reject_cover cover = {
        .sha256 = import->sha256, .source = import->name, .encoding = import->encoding};
    return reject_book_keep(intake->book, &cover, error) &&
           import->outcome == IMPORT_DONE &&
           store_end(intake->store, dataset->export, &import->account, error);
}

/* By its hash alone, so that a night on which a dataset still lies in the inbox writes
 * nothing. */
static bool is_known(struct store *store, const struct import_settings *settings,
                     const char *path, struct import *import, bool *known,
                     GError **error) {
    const struct observatory *observatory = settings->observatory;
    struct dataset dataset = {0};
    const bool good = dataset_read(path, observatory->directory, observatory->registry,
                                   settings->today, NULL, &dataset, error) &&
                      store_knows(store, dataset.export->sha256, known, error);
    if (good)
        memcpy(import->sha256, dataset.export->sha256, sizeof import->sha256);
    dataset_clear(&dataset);
    return good;
}

bool import_dataset(struct store *store, const struct import_settings *settings,
                    const char *path, struct import *import, GError **error) {
    *import = (struct import){0};
    g_autofree char *base = g_path_get_basename(path);
    import->name = text_clamp(base);
    import->dataset = true;
    bool known;
    if (!is_known(store, settings, path, import, &known, error))
        return false;
    if (known) {
        import->outcome = IMPORT_KNOWN;
        return true;
    }
    scoped(reject_book) *book =
        reject_book_new(settings->observatory, import->name, error);
    if (book == NULL || !store_begin(store, error))
        return false;
    struct intake intake = {store, book};
    struct dataset dataset = {0};
    g_autoptr(GError) failure = NULL;
    const bool stored =
        read_into_store(&intake, settings, path, &dataset, import, &failure);
    dataset_clear(&dataset);
    if (!stored)
        store_abandon(store);
    if (failure == NULL)
        return true;
    g_propagate_error(error, g_steal_pointer(&failure));
    return false;
}
