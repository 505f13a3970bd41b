/* A bag of words: which words a text has and how often each, without their order and as
 * hashes. Enough to count the words that two texts differ by; the text is not in it. */
#ifndef BAROMETRE_BAG_H
#define BAROMETRE_BAG_H

#include <glib.h>
#include <stdint.h>

/* Words lie between ASCII spaces, as they stand. `words` is how many there are. The bag
 * is the same bytes on every machine: 8 little-endian bytes a word, 48 bits of its hash
 * (FNV-1a) above 16 bits of its count, in order. The caller unrefs. */
GBytes *bag_new(const char *text, size_t length, int64_t *words);

/* Words of `after` that `before` has not or less often, and the reverse. */
void bag_difference(GBytes *before, GBytes *after, int64_t *added, int64_t *removed);

#endif
