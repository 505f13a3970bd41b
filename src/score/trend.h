/* Trend: a period against the one a window before, which shares no month with it, so that
 * their draws are independent. */
#ifndef BAROMETRE_TREND_H
#define BAROMETRE_TREND_H

#include "period.h"

/* Fills the trends of every marketplace and pillar of an edition of `now`. `before` is
 * NULL where the tally does not reach back so far. */
void trend_fill(struct edition *edition, const struct method *method,
                const struct period *now, const struct period *before);

#endif
