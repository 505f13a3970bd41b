/* The lane under a panel of the trend: marks of alerts with their numbers, and how long
 * the gaps are. */
#ifndef CHARTS_LANE_H
#define CHARTS_LANE_H

#include "canvas.h"
#include "series.h"
#include "subject.h"

/* With more alerts than this in a picture they are not numbered. */
#define LANE_MOST_NUMBERED 6

/* Paints the lane of a place; `alerts` are those of the whole picture, numbered in this
 * order. A gap's label gives way to an alert. */
void lane_paint(const struct subject *subject, struct canvas *canvas,
                const GPtrArray *alerts, const struct edition_marketplace *place,
                const struct panel *panel);

#endif
