/* When and where firms report: counts by marketplace and month, as the month tables of
 * the edition publish them. Counts follow the size of a place, so this picture grades
 * nobody; what secrecy hides is hatched, never a 0. */
#ifndef CHARTS_HEATMAP_H
#define CHARTS_HEATMAP_H

#include "canvas.h"
#include "subject.h"

/* A column: a row of a month table. */
struct heatmap_column {
    const struct edition_table *table;
    guint row;
    int32_t month;
    bool total; /* of the table's months; `month` is the last one */
};

/* The columns of the newest month tables, oldest first; struct heatmap_column. */
GArray *heatmap_columns(const struct edition *edition);

/* The count of a place in a column; unknown where it is hidden. NULL: all places. */
struct edition_number heatmap_cell(const struct heatmap_column *column,
                                   const char *place);

/* The greatest known count of a place in a month, at least 1. */
double heatmap_most(const struct edition *edition, const GArray *columns);

/* "oct." of October 2026. The caller frees. */
char *heatmap_month(const struct subject *subject, int32_t month);

/* A count in its cell, on the ground of its share of `most`. */
void heatmap_paint_count(const struct subject *subject, struct canvas *canvas,
                         double left, double right, double y, double half,
                         const struct heatmap_column *column, double count, double most);

char *heatmap_title(const struct subject *subject);
void heatmap_draw(const struct subject *subject, struct canvas *canvas);
void heatmap_draw_narrow(const struct subject *subject, struct canvas *canvas);

#endif
