/* Notices: how long before they took effect decisions were announced, held against the
 * law. Changes of clauses are public acts and told one by one; a termination concerns one
 * firm, so terminations are told in bins, and those as far as secrecy allows.
 */
#ifndef BAROMETRE_NOTICE_H
#define BAROMETRE_NOTICE_H

#include "barometre/edition.h"
#include "barometre/legal.h"
#include "barometre/method.h"
#include "barometre/tally.h"

/* Fills the limits with the articles behind them, and the terminations of every
 * marketplace in bins with what may be claimed of them, in an edition that score_edition
 * made of the same tally (the changes are filled by watch_fill). A method without notices
 * leaves all of it out. */
void notice_fill(struct edition *edition, const struct method *method,
                 const struct legal *legal, const struct tally *tally);

/* Which bins to hide: those of 1 to T − 1 firms, and with them as many others, smallest
 * first, as leave each a range of T for whoever knows all else that is published. That is
 * taken as the worst it can be: the exact number of firms, and where `split` is not 0
 * (a score is published) also those of the bins before it and of the bins from it on.
 * Where a number of firms is itself 1 to T − 1, its bins are hidden, zeros too: then they
 * tell no more than the score does alone. `firms` are the true counts. */
void notice_hide(const int *firms, bool *hidden, int count, int split, int threshold);

/* The largest "more than one in" of the method that holds of `late` of n decisions with a
 * probability above claims.ahead under the Beta distribution of their share. */
struct edition_excess notice_excess(const struct method *method, int late, int n);

#endif
