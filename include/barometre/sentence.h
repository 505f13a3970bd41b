/* Sentences: every published figure in words, French and English.
 *
 * A sentence says what the firms that reported say, never what a marketplace did; where
 * the interval is unknown it tells the estimate alone. A comparison is claimed only
 * beyond the method's probability. The patterns are the messages "sentence.…" of the
 * locale files, one for each indicator id ("sentence.indicator.<id>") and one for each
 * kind of indicator where a method has other ids ("sentence.kind.<kind>").
 */
#ifndef BAROMETRE_SENTENCE_H
#define BAROMETRE_SENTENCE_H

#include "barometre/edition.h"
#include "barometre/legal.h"
#include "barometre/method.h"
#include "barometre/words.h"

/* Fills the sentences of an edition that was scored under `method`: of places, pillars,
 * known indicators (with the legal bases as they stand on the first day of the window),
 * known watch shares, pairs and known groups. Alerts have theirs. `words` are by
 * language. */
void sentence_fill(struct edition *edition, const struct method *method,
                   const struct legal *legal,
                   const struct words *const words[static WORDS_LANGUAGES]);

#endif
