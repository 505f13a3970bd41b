/* A format: how the bytes of an export become rows (CSV, JSON, the sheet of a workbook).
 *
 * One thread cuts the bytes into records; several take the fields of records into rows.
 * A format is opened on the head of the export, where it finds its columns; the rest of
 * the bytes then passes through `cut` and `take`. Every byte is in one record.
 */
#ifndef BAROMETRE_FORMAT_H
#define BAROMETRE_FORMAT_H

#include "barometre/profile.h"
#include "barometre/reject.h"
#include "dialect.h"
#include "record.h"
#include "row.h"
#include "workbook.h"

#include <glib.h>

struct format;

/* What a thread needs to take fields; each format has its own kind. */
struct taker;

struct format_class {
    const char *name; /* "CSV", "JSON" … */
    bool by_name;     /* a column is found by its name and has no place */
    /* Cuts the record at the head of `bytes` as record_cut does. Called by one thread, in
     * the order of the bytes. */
    bool (*cut)(struct format *format, const char *bytes, size_t length, bool at_end,
                struct record *record);
    /* A taker that keeps the columns for which wanted[i], of `columns`. */
    struct taker *(*taker_new)(const struct format *format, const bool *wanted,
                               size_t columns);
    void (*taker_free)(struct taker *taker);
    /* The fields of one RECORD_WHOLE, valid until the next; NULL where it is none after
     * all, and reject->rule says why. */
    const struct row *(*take)(struct taker *taker, const char *bytes, size_t length,
                              struct reject *reject);
    /* Tells the format which profile reads it, before a taker is made; NULL where its
     * columns do not depend on that. */
    void (*bind)(struct format *format, const struct profile *profile);
    void (*free)(struct format *format);
};

/* The head of every format's own struct. */
struct format {
    const struct format_class *class;
    struct dialect dialect;
    /* Of the columns, UTF-8, as they stand; before `bind`, what to know the profile by.
     */
    GPtrArray *headers;
    size_t head_bytes; /* of the mark and of the header record, which are not cut again */
    uint32_t head_lines;
};

void format_free(struct format *format);
SCOPE_DEFINE(format)

/* Opens CSV: dialect, then the first record, which names the columns. `at_end`: the bytes
 * are all there are, else more than LIMIT_RECORD_BYTES. Fails with ERROR_REFUSED. */
struct format *format_csv_open(const char *bytes, size_t length, bool at_end,
                               const char *name, GError **error);

/* Whether the first bytes are those of JSON. */
bool format_json_looks_like(const char *bytes, size_t length);

/* Opens JSON (json_cut.h). The paths of records in envelopes are those of all profiles.
 * Fails with ERROR_REFUSED where no sound record is at hand. */
struct format *format_json_open(const char *bytes, size_t length, bool at_end,
                                const struct profiles *profiles, const char *name,
                                GError **error);

/* Opens a sheet of a workbook, which outlives it, on the first bytes of its XML. NULL
 * where it holds no row that could name columns. */
struct format *format_sheet_open(const struct workbook *workbook, guint number,
                                 const char *bytes, size_t length, bool at_end);

#endif
