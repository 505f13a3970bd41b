/* Companions: what is publicly known of marketplaces beside the complaints. Three tables
 * that a person keeps and drops into the inbox like an export (doc/companions.md):
 * how many sellers there are, which clauses changed, what the marketplaces declare.
 *
 * A table is recognised by its header and read by the same rules as an export; each of
 * its records and bytes is accounted for. A new version of a table replaces the one held.
 */
#ifndef BAROMETRE_COMPANION_H
#define BAROMETRE_COMPANION_H

#include "barometre/export.h"

#define COMPANION_MOST_COLUMNS 7
#define COMPANION_MOST_TEXT 256 /* characters of a text */

enum companion_type {
    COMPANION_PLACE, /* index in the registry */
    COMPANION_MONTH,
    COMPANION_DAY,
    COMPANION_COUNT,   /* whole number ≥ 0 */
    COMPANION_DECIMAL, /* ≥ 0 */
    COMPANION_KIND,    /* a value of FIELD_CHANGE_KIND */
    COMPANION_ID,      /* as complaint_is_id */
    COMPANION_TEXT,    /* one line, safe to show */
};

struct companion_column {
    const char *name; /* header of the table; column of the store */
    enum companion_type type;
    bool optional; /* its cell may be empty, and so may the column be missing */
    bool ahead;    /* a day that may lie after the day of the run */
};

/* A kind of companion. Its profile names it in accounts and is what an import of it has.
 */
struct companion_kind {
    struct profile profile;
    const char *table; /* of the store */
    int column_count;
    struct companion_column columns[COMPANION_MOST_COLUMNS];
    int from,
        to; /* columns of the period that a place has once, or −1: an id is unique */
};

enum { COMPANION_EXPOSURE, COMPANION_CHANGES, COMPANION_DECLARED, COMPANION_KINDS };

extern const struct companion_kind companion_kinds[COMPANION_KINDS];

/* Columns, in the order of companion_kinds. */
enum {
    EXPOSURE_PLACE,
    EXPOSURE_MONTH,
    EXPOSURE_SELLERS,
    EXPOSURE_SOURCE,
    EXPOSURE_LOW,
    EXPOSURE_HIGH
};
enum {
    CHANGE_ID,
    CHANGE_PLACE,
    CHANGE_KIND,
    CHANGE_NOTIFIED_ON,
    CHANGE_EFFECTIVE_ON,
    CHANGE_URL,
    CHANGE_HASH
};
enum {
    DECLARED_PLACE,
    DECLARED_FROM,
    DECLARED_TO,
    DECLARED_COMPLAINTS,
    DECLARED_MEAN_DAYS,
    DECLARED_REVERSED,
    DECLARED_SOURCE
};

struct companion_value {
    bool known;
    int64_t number; /* all types but a decimal and texts */
    double decimal;
    const char *text; /* an id or a text, valid during the call it is passed to */
};

/* One record of a companion. */
struct companion {
    const struct companion_kind *kind;
    struct companion_value values[COMPANION_MOST_COLUMNS];
};

/* Receives the records in order, as struct export_sink does. */
struct companion_sink {
    void *data;
    bool (*companion)(void *data, const struct companion *companion,
                      enum account_kind *where, GError **error);
    bool (*reject)(void *data, const struct reject *reject, const char *bytes,
                   GError **error);
};

/* The kind of an export, by the name of its profile where that is not NULL, else by its
 * header; NULL where it is none: then it is an export of complaints, or nothing known.
 * The export is not moved; one that cannot be read twice (standard input) is recognised
 * by name only. */
const struct companion_kind *companion_recognise(const struct export *export,
                                                 const char *profile_id);

/* Reads a companion to its end into `sink`. Fills the export and `account`, and fails, as
 * export_read does. `today`: later months and days are refused, but for effects that are
 * announced. */
bool companion_read(struct export *export, const struct companion_kind *kind,
                    const struct registry *registry, int32_t today,
                    const struct companion_sink *sink, struct account *account,
                    GError **error);

struct store;

/* Takes one record in, between store_begin and store_end: stored, updated, or a duplicate
 * of the one held. What the import does not bring is held no longer once it ends. */
bool store_put_companion(struct store *store, const struct companion *companion,
                         enum account_kind *where, GError **error);

/* Calls for every record of a kind, by its place's id resp. its own, then its period. */
bool store_each_companion(struct store *store, const struct companion_kind *kind,
                          bool (*call)(void *data, const struct companion *companion),
                          void *data, GError **error);

#endif
