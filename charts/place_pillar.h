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
    PLACE_VALUE_ROOM = 76, /* right of the axis: the figure, clear of a dot at 100 */
};

/* Paints the column of the card's n-th pillar. */
void place_pillar_paint(const struct subject *subject, struct canvas *canvas,
                        const struct card *card, guint number);

/* "30–99 entreprises, provisoire" */
char *place_pillar_evidence(const struct subject *subject,
                            const struct edition_pillar *pillar);

/* Why an indicator of the n-th pillar has no figure drawn; NULL where it has one. */
char *place_indicator_unknown(const struct subject *subject, guint pillar,
                              const struct edition_indicator *indicator);

/* The median of one indicator over the places; unknown below three. */
struct edition_number place_indicator_median(const struct edition *edition, guint pillar,
                                             const char *id);

/* Paints the n-th pillar of a narrow card from y down; returns its end. */
double place_pillar_paint_narrow(const struct subject *subject, struct canvas *canvas,
                                 guint number, double y);

#endif
