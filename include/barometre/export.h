/* Exports: a file of complaints, read record by record; every byte is accounted for.
 *
 * One thread reads, hashes and cuts the bytes into records, others take fields and read
 * complaints, and the caller's thread receives them in the order of the file. Memory does
 * not grow with the file.
 */
#ifndef BAROMETRE_EXPORT_H
#define BAROMETRE_EXPORT_H

#include "barometre/complaint.h"
#include "barometre/profile.h"
#include "barometre/registry.h"
#include "barometre/reject.h"
#include "barometre/rule.h"
#include "barometre/scope.h"

/* Where a record, and each of its bytes, went. */
enum account_kind {
    ACCOUNT_MARK, /* byte order mark: bytes only */
    ACCOUNT_HEADER,
    ACCOUNT_STORED,
    ACCOUNT_UPDATED,
    ACCOUNT_DUPLICATE,
    ACCOUNT_REJECTED,
    ACCOUNT_BLANK, /* no record, or one that concerns no marketplace (context.h) */
    ACCOUNT_KINDS
};

/* "stored" and so on. */
const char *account_kind_code(enum account_kind kind);

/* The records of `stored` to `rejected` are the export's records; the bytes of all kinds
 * add up to bytes_total. */
struct account {
    int64_t records[ACCOUNT_KINDS];
    int64_t bytes[ACCOUNT_KINDS];
    int64_t bytes_total;
};

/* All records but the header and blank lines. */
int64_t account_records(const struct account *account);

struct context_item;

/* Receives an export's records in order. A false return stops the reading and its error
 * becomes that of export_read. */
struct export_sink {
    void *data;
    /* Says where the complaint went. */
    bool (*complaint)(void *data, const struct complaint *complaint,
                      enum account_kind *where, GError **error);
    /* `bytes` are the record's, reject->length of them. */
    bool (*reject)(void *data, const struct reject *reject, const char *bytes,
                   GError **error);
    /* Now and then; may be NULL. `total` is −1 where unknown. */
    void (*progress)(void *data, int64_t bytes, int64_t total);
    /* As `complaint`, of an export of context (context.h); NULL: such exports are not
     * known. */
    bool (*context)(void *data, const struct context_item *item, enum account_kind *where,
                    GError **error);
};

struct export_settings {
    const struct profiles *profiles;
    const struct registry *registry;
    const struct rule *const *rules; /* for answers that contradict themselves */
    int rule_count;
    const unsigned char *key; /* FIRM_KEY_BYTES */
    int32_t today;            /* later dates are refused */
    int threads;              /* that read records, ≥ 1 */
    const char *folder;       /* where nameless files live (parcel.h) */
};

#define EXPORT_SHA256_SIZE 65

struct export {
    char *name; /* base name, safe to show; "standard input" */
    char *path; /* in the archive that it was packed in, as it stands there, or NULL */
    int fd;
    int64_t size;                    /* −1 where unknown */
    char sha256[EXPORT_SHA256_SIZE]; /* hexadecimal; "" until known */
    const struct profile *profile;   /* once read */
    const char *format;              /* "CSV", "JSON" … */
    char delimiter;                  /* of CSV */
    const char *encoding;
    unsigned shapes; /* in which its dates are written: bits by enum date_shape */
};

/* Opens a regular file ("-": standard input). Fails with ERROR_NO_INPUT where it is
 * absent and ERROR_REFUSED where it is a directory, a FIFO or another thing. Free with
 * export_free. */
struct export *export_open(const char *path, GError **error);
void export_free(struct export *export);
SCOPE_DEFINE(export)

/* Whether it is a workbook: its account is then of the bytes that it unpacks to. */
bool export_is_workbook(const struct export *export);

/* Reads through the file for its SHA-256 alone and goes back to its beginning. */
bool export_hash(struct export *export, GError **error);

/* Reads the export to its end into `sink`, with the named profile, or (NULL) the one that
 * knows its header. Fills export->sha256, profile, delimiter and encoding, and `account`.
 * Fails with ERROR_REFUSED where no profile fits, a needed column is absent, the export
 * is empty or holds no record, or it changed while being read; then nothing of it counts.
 */
bool export_read(struct export *export, const struct export_settings *settings,
                 const char *profile_id, const struct export_sink *sink,
                 struct account *account, GError **error);

#endif
