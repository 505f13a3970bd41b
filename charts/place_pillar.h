/* One pillar of a card: its score over the bands, then its indicators on the same axis.
 */
#ifndef CHARTS_PLACE_PILLAR_H
#define CHARTS_PLACE_PILLAR_H

#include "place.h"

enum {
    PLACE_PILLARS_Y = 244,
    PLACE_BAR_Y = 293,
    PLACE_BAR_HEIGHT = 26,
    PLACE_INDICATOR_PITCH = 42,
    PLACE_VALUE_ROOM = 58, /* right of the axis: the figure */
};

/* Paints the column of the card's n-th pillar. */
void place_pillar_paint(const struct subject *subject, struct canvas *canvas,
                        const struct card *card, guint number);

#endif
