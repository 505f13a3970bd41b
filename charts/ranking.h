/* The ranking: who treats sellers best, and how sure are we? One row per marketplace. */
#ifndef CHARTS_RANKING_H
#define CHARTS_RANKING_H

#include "canvas.h"
#include "key.h"
#include "rows.h"
#include "scale.h"
#include "subject.h"

struct ranking {
    struct rows rows;
    struct scale scale;
    struct edition_number median;
    bool changes; /* any change is known: the column is drawn */
    bool movers;  /* any change is established */
    double dot_radius;
};

struct ranking ranking_lay_out(const struct subject *subject,
                               const struct typeface *typeface);
void ranking_clear(struct ranking *ranking);

char *ranking_title(const struct subject *subject);
/* The entries that the picture needs. */
struct key ranking_key(const struct subject *subject, const struct ranking *ranking);

void ranking_draw(const struct subject *subject, struct canvas *canvas);
void ranking_draw_narrow(const struct subject *subject, struct canvas *canvas);

#endif
