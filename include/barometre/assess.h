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

/* The edition of `as_of`; `closed` where the month is over. Free with edition_free. */
struct edition *assess_edition(const struct observatory *observatory, struct store *store,
                               int32_t as_of, bool closed, GError **error);

#endif
