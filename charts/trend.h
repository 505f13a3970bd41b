/* The trend: is it moving? Small multiples on the same axes, one panel per marketplace.
 */
#ifndef CHARTS_TREND_H
#define CHARTS_TREND_H

#include "canvas.h"
#include "series.h"
#include "subject.h"

struct trend {
    GPtrArray *places; /* struct edition_marketplace, in the order of the ranking */
    GPtrArray *alerts; /* struct edition_alert, numbered in this order */
    int columns, rows;
    struct panel axes; /* without a place */
    double pitch_x, pitch_y;
    double alerts_y; /* baseline of the first alert's line */
    double height;
};

struct trend trend_lay_out(const struct subject *subject);
void trend_clear(struct trend *trend);

/* The panel of the n-th place. */
struct panel trend_panel(const struct trend *trend, int number);

char *trend_title(const struct subject *subject);
void trend_draw(const struct subject *subject, struct canvas *canvas);

#endif
