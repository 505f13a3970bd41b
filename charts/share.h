/* The picture for social media: the graduated barometer with how many places have each
 * grade. It names nobody and orders nobody. */
#ifndef CHARTS_SHARE_H
#define CHARTS_SHARE_H

#include "canvas.h"
#include "subject.h"

/* Places of a band: rated in it, whose whole interval lies in it, and whose interval
 * touches it. Without intervals the three are the same. */
struct share_count {
    int rated, sure, possible;
};

struct share_count share_count(const struct edition *edition, guint band);

char *share_title(const struct subject *subject);

/* Paints it, 1200 by 630. */
void share_draw(const struct subject *subject, struct canvas *canvas);

#endif
