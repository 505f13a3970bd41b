/* A series: one marketplace's overall score month by month, with its gaps, drawn in a
 * panel. Shared by the trend and the card of a place. */
#ifndef CHARTS_SERIES_H
#define CHARTS_SERIES_H

#include "canvas.h"
#include "scale.h"
#include "subject.h"

#define SERIES_MOST_MONTHS 24

/* The axes of panels: the same for all of a picture. */
struct panel {
    int32_t from, to; /* months, inclusive */
    double low, high; /* scores */
    double x, y, width, height;
};

/* Months from `first` to `last` without a measure. */
struct series_gap {
    int32_t first, last;
};

/* The months and scores that hold every series of the edition, intervals included; the
 * newest 24 months at most. The place of the panel is left at 0. */
struct panel panel_of(const struct edition *edition);

struct scale panel_months(const struct panel *panel);
struct scale panel_scores(const struct panel *panel);

/* The score of a month, unknown in a gap. */
struct edition_score series_score(const struct edition_marketplace *place, int32_t month);

/* The gaps of a place inside the panel's months, in order; struct series_gap. */
GArray *series_gaps(const struct edition_marketplace *place, const struct panel *panel);

/* The median of the month over the places; unknown below three. */
struct edition_number series_median(const struct edition *edition, int32_t month);

/* Grid lines at the limits of the bands inside the panel, with figures where `labelled`.
 */
void panel_paint_grid(struct canvas *canvas, const struct edition *edition,
                      const struct panel *panel, bool labelled);

/* First and last month, and the middle one where there is room, under the panel. */
void panel_paint_months(const struct subject *subject, struct canvas *canvas,
                        const struct panel *panel, double baseline);

/* Hatch of the gaps, ribbon, median, line and last dot. */
void series_paint(const struct subject *subject, struct canvas *canvas,
                  const struct edition_marketplace *place, const struct panel *panel);

#endif
