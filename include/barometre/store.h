/* The store: complaints and the account of every import, in one SQLite file.
 *
 * It holds what is scored or watched, and nothing else. Tables are STRICT; dates are days
 * since 1970-01-01, "never" is 2147483647, enums are indices into complaint_fields[],
 * NULL is "no answer". One import is one transaction.
 */
#ifndef BAROMETRE_STORE_H
#define BAROMETRE_STORE_H

#include "barometre/context.h"
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

/* Takes one complaint in. Its identity is its id within the profile's family (a profile
 * and those that extend it number alike). Stored where it is new; updated where it
 * differs from the one held and its last status is not older; else a duplicate. */
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

/* One import, as accounted for. */
struct store_source {
    const char *profile, *sha256, *name; /* valid during the call */
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

/* Takes one record of context in, between store_begin and store_end. A statement counts
 * once, whatever exports hold it; a record about no marketplace of ours is blank. Of the
 * reports of a month and marketplace the latest import that has any speaks alone: an
 * export of them is the whole truth of the months it tells of. */
bool store_put_context(struct store *store, const struct context_item *item,
                       enum account_kind *where, GError **error);

/* Calls for every month between two, inclusive, that has a record of context: by kind,
 * then by the place's id, then by month. */
bool store_each_context(struct store *store, int32_t from_month, int32_t to_month,
                        bool (*call)(void *data, const struct context_count *count),
                        void *data, GError **error);

/* How many records of context are held, by kind. */
bool store_context_extent(struct store *store, int64_t records[static CONTEXT_KINDS],
                          GError **error);

/* SQLite's own check of the file; fails with ERROR_IO, naming the first problem. */
bool store_check(struct store *store, GError **error);

#endif
