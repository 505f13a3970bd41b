/* A chart as the list of its shapes, before a writer turns it into a file. */
#ifndef CHARTS_CHART_PAINT_H
#define CHARTS_CHART_PAINT_H

#include "barometre/chart.h"

#include "canvas.h"

/* Paints the chart of an id in a layout; fails as chart_draw does. Free with canvas_free.
 */
struct canvas *chart_paint_in(const struct edition *edition, const char *chart_id,
                              const struct words *words, enum chart_layout layout,
                              GError **error);

/* The same in the wide layout. */
struct canvas *chart_paint(const struct edition *edition, const char *chart_id,
                           const struct words *words, GError **error);

/* Draws the picture of an order; fails as chart_draw does. */
bool chart_fill_order(const struct edition *edition, struct chart_order *order,
                      GError **error);

#endif
