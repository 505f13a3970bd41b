#include "barometre/import.h"

#include "barometre/companion.h"
#include "barometre/context.h"
#include "barometre/error.h"
#include "barometre/reject_book.h"
#include "import_private.h"

#include <malloc.h>
#include <string.h>
#include <unistd.h>

void import_clear(struct import *import) {
    g_clear_pointer(&import->name, g_free);
}

/* What the sink writes to. */
struct intake {
    struct store *store;
    const struct import_settings *settings;
    const struct export *export;
    struct reject_book *book;
};

static bool put_complaint(void *data, const struct complaint *complaint,
                          enum account_kind *where, GError **error) {
    const struct intake *intake = data;
    const struct import_settings *settings = intake->settings;
    if (settings->complaint != NULL)
        settings->complaint(settings->complaint_data, complaint);
    return store_put(intake->store, intake->export->profile, complaint, where, error);
}

static bool put_companion(void *data, const struct companion *companion,
                          enum account_kind *where, GError **error) {
    const struct intake *intake = data;
    return store_put_companion(intake->store, companion, where, error);
}

static bool put_context(void *data, const struct context_item *item,
                        enum account_kind *where, GError **error) {
    const struct intake *intake = data;
    return store_put_context(intake->store, item, where, error);
}

static bool put_reject(void *data, const struct reject *reject, const char *bytes,
                       GError **error) {
    const struct intake *intake = data;
    return reject_book_add(intake->book, reject, bytes, error);
}

static void report_progress(void *data, int64_t bytes, int64_t total) {
    const struct intake *intake = data;
    if (intake->settings->progress != NULL)
        intake->settings->progress(intake->settings->progress_data, bytes, total);
}

/* The rules by which answers may contradict themselves; the caller frees the array. */
static GPtrArray *method_rules(const struct method *method) {
    GPtrArray *rules = g_ptr_array_new();
    for (int p = 0; p < method->pillar_count; p++)
        for (int i = 0; i < method->pillars[p].indicator_count; i++)
            if (method->pillars[p].indicators[i].kind != INDICATOR_INCIDENCE)
                g_ptr_array_add(rules, (void *)&method->pillars[p].indicators[i].rule);
    return rules;
}

bool import_is_suspicious(const struct observatory *observatory,
                          const struct account *account, bool context) {
    const double rejected = (double)account->records[ACCOUNT_REJECTED];
    const int64_t passed = context ? account->records[ACCOUNT_BLANK] : 0;
    return rejected >= observatory->reject_least &&
           rejected >
               observatory->reject_share * (double)(account_records(account) + passed);
}

/* Reads an export of complaints, or of context. */
static bool read_export(struct intake *intake, struct export *export,
                        struct import *import, GError **error) {
    const struct observatory *observatory = intake->settings->observatory;
    g_autoptr(GPtrArray) rules = method_rules(observatory->method);
    const struct export_settings settings = {
        .profiles = observatory->profiles,
        .registry = observatory->registry,
        .rules = (const struct rule *const *)rules->pdata,
        .rule_count = (int)rules->len,
        .key = observatory->key,
        .today = intake->settings->today,
        .threads = intake->settings->threads,
        .folder = observatory->directory,
    };
    const struct export_sink sink = {intake, put_complaint, put_reject, report_progress,
                                     put_context};
    return export_read(export, &settings, intake->settings->profile, &sink,
                       &import->account, error);
}

static bool read_companion(struct intake *intake, struct export *export,
                           const struct companion_kind *kind, struct import *import,
                           GError **error) {
    const struct companion_sink sink = {intake, put_companion, put_reject};
    return companion_read(export, kind, intake->settings->observatory->registry,
                          intake->settings->today, &sink, &import->account, error);
}

static bool read_into_store(struct intake *intake, struct export *export,
                            struct import *import, GError **error) {
    const struct companion_kind *kind =
        companion_recognise(export, intake->settings->profile);
    if (!(kind != NULL ? read_companion(intake, export, kind, import, error)
                       : read_export(intake, export, import, error)))
        return false;
    memcpy(import->sha256, export->sha256, sizeof import->sha256);
    import->profile = export->profile->id;
    import->format = export->format;
    import->encoding = export->encoding;
    import->delimiter = export->delimiter;
    import->shapes = export->shapes;
    return true;
}

static bool is_known(struct store *store, struct export *export, bool *known,
                     GError **error) {
    *known = false;
    if (export->sha256[0] != '\0')
        return store_knows(store, export->sha256, known, error);
    if (export->size < 0)
        return true;
    /* Hashing costs a read of the file: only one of a size met before can be the same.
     * The account of a workbook is of what it unpacks to, so its size tells nothing. */
    bool same_size = export_is_workbook(export);
    if (!same_size && !store_knows_size(store, export->size, &same_size, error))
        return false;
    return !same_size || (export_hash(export, error) &&
                          store_knows(store, export->sha256, known, error));
}

/* The line of columns of CSV, for the book's cover, in the encoding that its records have
 * there: UTF-16 was read as UTF-8. NULL where there is none or it cannot be read twice.
 * The caller frees. */
static char *read_header(const struct export *export, const struct account *account,
                         gsize *bytes) {
    const int64_t length = account->bytes[ACCOUNT_HEADER];
    if (export->size < 0 || length <= 0 || strcmp(export->format, "CSV") != 0)
        return NULL;
    g_autofree char *header = g_malloc((gsize)length);
    if (pread(export->fd, header, (size_t)length, account->bytes[ACCOUNT_MARK]) != length)
        return NULL;
    *bytes = (gsize)length;
    return g_str_has_prefix(export->encoding, "UTF-16")
               ? g_convert(header, (gssize)length, "UTF-8", export->encoding, NULL, bytes,
                           NULL)
               : g_steal_pointer(&header);
}

static bool keep_book(const struct intake *intake, const struct export *export,
                      const struct account *account, GError **error) {
    gsize bytes = 0;
    g_autofree char *header = read_header(export, account, &bytes);
    const struct reject_cover cover = {
        .sha256 = export->sha256,
        .source = export->name,
        .header = header,
        .header_bytes = bytes,
        .delimiter = export->delimiter,
        .encoding =
            g_str_has_prefix(export->encoding, "UTF-16") ? "UTF-8" : export->encoding,
    };
    return reject_book_keep(intake->book, &cover, error);
}

/* Between store_begin and its end. False with an error, or where nothing is to be stored.
 */
static bool import_open_export(struct intake *intake, struct export *export,
                               struct import *import, GError **error) {
    if (!read_into_store(intake, export, import, error))
        return false;
    bool known = false; /* an export without a size before it is read */
    if (!import->again && !store_knows(intake->store, export->sha256, &known, error))
        return false;
    import->outcome =
        known ? IMPORT_KNOWN
        : import_is_suspicious(intake->settings->observatory, &import->account,
                               context_is_profile(import->profile))
            ? IMPORT_REFUSED
            : IMPORT_DONE;
    if (known)
        import->profile = NULL;
    if (intake->settings->dry_run || known)
        return false;
    return keep_book(intake, export, &import->account, error) &&
           import->outcome == IMPORT_DONE &&
           store_end(intake->store, export, &import->account, error);
}

static bool import_fresh(struct store *store, const struct import_settings *settings,
                         struct export *export, struct import *import, GError **error) {
    scoped(reject_book) *book =
        reject_book_new(settings->observatory, export->name, error);
    if (book == NULL || !(import->again ? store_begin_again(store, export->sha256, error)
                                        : store_begin(store, error)))
        return false;
    struct intake intake = {store, settings, export, book};
    g_autoptr(GError) failure = NULL;
    if (import_open_export(&intake, export, import, &failure))
        return true;
    store_abandon(store);
    if (failure == NULL)
        return true;
    g_propagate_error(error, g_steal_pointer(&failure));
    return false;
}

/* A known export is worth reading where a record that was refused may pass today. */
static bool is_read_again(struct store *store, const struct import_settings *settings,
                          const struct export *export, bool *again, GError **error) {
    *again = true;
    return settings->again || store_reads_otherwise(store, export->sha256, again, error);
}

bool import_export(struct store *store, const struct import_settings *settings,
                   struct export *export, struct import *import, GError **error) {
    *import = (struct import){0};
    import->name = g_strdup(export->name);
    bool known;
    g_autofree char *reading = observatory_reading(settings->observatory);
    store_read_with(store, reading);
    if (!is_known(store, export, &known, error) ||
        (known && !is_read_again(store, settings, export, &import->again, error)))
        return false;
    if (known && !import->again) {
        import->outcome = IMPORT_KNOWN;
        memcpy(import->sha256, export->sha256, sizeof import->sha256);
        return true;
    }
    const bool good = import_fresh(store, settings, export, import, error);
    malloc_trim(0); /* what the threads used goes back before the next stage takes more */
    return good;
}
