/* A chart as the list of its shapes, before a writer turns it into a file. */
#ifndef CHARTS_CHART_PAINT_H
#define CHARTS_CHART_PAINT_H

#include "barometre/edition.h"

#include "canvas.h"

/* Paints the chart of an id; fails as chart_draw does. Free with canvas_free. */
struct canvas *chart_paint(const struct edition *edition, const char *chart_id,
                           const struct words *words, GError **error);

#endif
