/* The store: complaints and the account of every import, in one SQLite file.
 *
 * It holds what is scored or watched, and nothing else. Tables are STRICT; dates are days
 * since 1970-01-01, "never" is 2147483647, enums are indices into complaint_fields[],
 * NULL is "no answer". One import is one transaction.
 */
#ifndef BAROMETRE_STORE_H
#define BAROMETRE_STORE_H

#include "barometre/export.h"

struct store;

/* Opens the store, or makes it (mode 0600). Marketplaces are known inside by their id, so
 * the registry may be reordered; fails with ERROR_CONFIG where it lost one that
 * complaints name, with ERROR_CREATE where the file cannot be made or opened, with
 * ERROR_IO where it is damaged, of a newer version or no store (then not a byte of it
 * changes). The registry outlives the store. Free with store_free. */
struct store *store_open(const char *file, const struct registry *registry,
                         GError **error);
void store_free(struct store *store);
SCOPE_DEFINE(store)

/* One import is begin, put …, and either end or abandon. */
bool store_begin(struct store *store, GError **error);

/* Begins to read an import of the store again, in its place among the imports, with the
 * same bytes: what was refused then and is not now joins it, and nothing counts twice. */
bool store_begin_again(struct store *store, const char *sha256, GError **error);

/* Says what imports are read with from now on: a hash of names and profiles. It tells
 * later whether a refused record might pass. */
void store_read_with(struct store *store, const char *reading);

/* Takes one complaint in. Its identity is its id within the profile's family (a profile
 * and those that extend it number alike). Stored where it is new; updated where it
 * differs from the one held and its last status is not older; else a duplicate. What an
 * import told is never lost: see store_withdraw. */
bool store_put(struct store *store, const struct profile *profile,
               const struct complaint *complaint, enum account_kind *where,
               GError **error);

/* Writes the account and commits; the account is in the same transaction. */
bool store_end(struct store *store, const struct export *export,
               const struct account *account, GError **error);

/* Takes back everything since store_begin. */
void store_abandon(struct store *store);

/* Whether an export of these bytes was imported; whether one of that size was. */
bool store_knows(struct store *store, const char *sha256, bool *known, GError **error);
bool store_knows_size(struct store *store, int64_t bytes, bool *known, GError **error);

/* Whether records of a known export were refused when it was read with something else
 * than store_read_with says. */
bool store_reads_otherwise(struct store *store, const char *sha256, bool *otherwise,
                           GError **error);

/* One import, as accounted for. */
struct store_source {
    const char *profile, *sha256, *name; /* valid during the call */
    int64_t number;                      /* in the order of the imports */
    struct account account;
};

/* Calls for every import, by profile and hash. */
bool store_each_source(struct store *store,
                       bool (*call)(void *data, const struct store_source *source),
                       void *data, GError **error);

/* Calls for every complaint received between two days, inclusive, in the order of
 * marketplace (id), firm, day of reception, report id, family. Only the `wanted` fields
 * are filled. Memory is bounded; the sort is SQLite's. */
bool store_each_complaint(struct store *store, int32_t from_day, int32_t to_day,
                          const bool wanted[static FIELD_COUNT],
                          bool (*call)(void *data, const struct complaint *complaint),
                          void *data, GError **error);

/* Complaints held, and the days of reception of the first and the last (unknown where
 * there is none). */
struct store_extent {
    int64_t complaints;
    int32_t first_day, last_day;
};
bool store_extent(struct store *store, struct store_extent *extent, GError **error);

/* What taking an import back did. For complaints: removed, as no import is left that told
 * them; restored to what another import told; kept, as a later import told the same (then
 * it is that import's now). For companion tables: rows of that version; rows of the one
 * that counts again. */
struct store_withdrawal {
    const char *profile, *sha256, *name, *reason;
    int32_t day;
    int64_t removed, restored, kept;
    bool finished; /* what is outside of the store is gone too */
};

/* Takes an import back in one transaction: the store then holds what it would hold had
 * that import never been, and its bytes are unknown again. Journalled. `withdrawal` has
 * sha256, reason and day; counts, profile and name are filled, and name and profile
 * freed by the caller. With `dry_run` all is done and rolled back. Fails with
 * ERROR_NO_INPUT where there is no such import, ERROR_REFUSED where it dates from a store
 * that kept no former values. */
bool store_withdraw(struct store *store, struct store_withdrawal *withdrawal,
                    bool dry_run, GError **error);

/* Notes that of all withdrawals everything is gone. */
bool store_finish_withdrawals(struct store *store, GError **error);

/* Calls for every withdrawal, the oldest first; strings are valid during the call. */
bool store_each_withdrawal(struct store *store,
                           bool (*call)(void *data,
                                        const struct store_withdrawal *withdrawal),
                           void *data, GError **error);

/* The same problem told through two sources: complaints of two families by one firm, of
 * one marketplace and pillar, with the same day of the incident (effective_on,
 * contact_on, change_effective_on). */
struct store_twin {
    int place;   /* index in the registry */
    char pillar; /* 'd', 's' or 'c' */
    int32_t day;
    const char *report_id, *family; /* valid during the call */
    bool first;                     /* of its group */
};

/* Calls for every complaint that has a twin and was received between two days, group
 * after group. Costs a pass over the complaints where the store has more than one
 * family. */
bool store_each_twin(struct store *store, int32_t from_day, int32_t to_day,
                     bool (*call)(void *data, const struct store_twin *twin), void *data,
                     GError **error);

/* SQLite's own check of the file; fails with ERROR_IO, naming the first problem. */
bool store_check(struct store *store, GError **error);

#endif
