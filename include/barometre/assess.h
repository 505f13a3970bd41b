/* An assessment: from the store to the edition of a month. */
#ifndef BAROMETRE_ASSESS_H
#define BAROMETRE_ASSESS_H

#include "barometre/edition.h"
#include "barometre/observatory.h"
#include "barometre/store.h"
#include "barometre/tally.h"

/* The counts of the windows that an edition of `as_of` and its history need. Free with
 * tally_free. */
struct tally *assess_tally(const struct observatory *observatory, struct store *store,
                           int32_t as_of, GError **error);

/* Says every figure of an edition in words, last of all. */
void assess_sentences(const struct observatory *observatory, struct edition *edition);

/* The edition of `as_of`; `closed` where the month is over. Free with edition_free. */
struct edition *assess_edition(const struct observatory *observatory, struct store *store,
                               int32_t as_of, bool closed, GError **error);

/* Puts the seller figures of the store's companion into the observatory's registry, month
 * by month, where scoring looks for them. To be called before a tally is scored; calling
 * it again changes nothing. */
bool assess_exposure(const struct observatory *observatory, struct store *store,
                     GError **error);

/* Counts what is watched and fills it into an edition of assess_edition's making. */
bool assess_watch(const struct observatory *observatory, struct store *store,
                  struct edition *edition, GError **error);

/* Puts what the store holds of context into an edition of assess_edition's making. */
bool assess_context(const struct observatory *observatory, struct store *store,
                    struct edition *edition, GError **error);

/* Fills the observed terms of the marketplaces of an edition. */
bool assess_terms(const struct observatory *observatory, struct store *store,
                  struct edition *edition, GError **error);

#endif
