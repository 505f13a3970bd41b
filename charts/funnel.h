/* The chart "funnel": more or fewer reports than chance explains, given the sellers?
 *
 * Observed ÷ expected against the expected, inside the limits that the edition gives. A
 * place without a ratio that has an expected number stands in a lane of its own, below 0.
 */
#ifndef CHARTS_FUNNEL_H
#define CHARTS_FUNNEL_H

#include "canvas.h"
#include "key.h"
#include "label.h"
#include "scale.h"
#include "subject.h"

#define FUNNEL_RATIO_STEP 0.5 /* of the lines across */

struct funnel_mark {
    const struct edition_marketplace *place;
    double x, y;
    double low_y, high_y; /* of what the rounding leaves open */
    bool clipped;         /* the ratio lies beyond the plot */
};

struct funnel {
    struct scale expected, ratio;
    GArray *marks;      /* struct funnel_mark: beyond the limits first, far ones first */
    GPtrArray *missing; /* struct edition_marketplace without a ratio, not owned */
    bool lane;          /* some of those have an expected number */
};

/* Where everything lies between the edges of the plot. Clear with funnel_clear. */
struct funnel funnel_lay_out(const struct subject *subject, struct label_box plot);
void funnel_clear(struct funnel *funnel);

/* Whether the edition has limits to draw. */
bool funnel_is_known(const struct edition *edition);

/* Bands, curves, grid and axes; the lane, `lane` high, under the plot. */
void funnel_paint_ground(const struct subject *subject, struct canvas *canvas,
                         const struct funnel *funnel, double lane);

/* Every mark. */
void funnel_paint_marks(struct canvas *canvas, const struct funnel *funnel, double lane);

/* The room for labels: marks are held, curves and lines may be crossed at a cost. */
struct label_field *funnel_field(const struct subject *subject,
                                 const struct canvas *canvas,
                                 const struct funnel *funnel);

/* "1,9 fois l’attendu (environ 140 pour 75)", without "environ" where `brief`. The caller
 * frees. */
char *funnel_figure(const struct subject *subject,
                    const struct edition_expectation *place, bool brief);

/* A level of the limits in per cent, "95", "99,8". The caller frees. */
char *funnel_level(const struct subject *subject, double level);

/* "Sans rapport publié : A et B (trop peu d’entreprises)."; NULL where nobody misses.
 * The caller frees. */
char *funnel_missing(const struct subject *subject, const struct funnel *funnel);

/* Entries for the positions that there are, and what the numbers rest on. */
struct key funnel_key(const struct subject *subject, const struct funnel *funnel);

/* Names only what lies beyond the outer limits. */
char *funnel_title(const struct subject *subject);
void funnel_draw(const struct subject *subject, struct canvas *canvas);
void funnel_draw_narrow(const struct subject *subject, struct canvas *canvas);

#endif
