/* The pillars: on which pillar does each marketplace stand where? The rows of the
 * ranking, one column per pillar. */
#ifndef CHARTS_PILLARS_H
#define CHARTS_PILLARS_H

#include "canvas.h"
#include "key.h"
#include "rows.h"
#include "scale.h"
#include "subject.h"

#define PILLARS_MOST 8

struct pillars {
    struct rows rows;
    int count;
    struct scale scales[PILLARS_MOST]; /* of the columns, left to right */
    struct edition_number medians[PILLARS_MOST];
    double pitch; /* from one column to the next */
};

struct pillars pillars_lay_out(const struct subject *subject,
                               const struct typeface *typeface);
void pillars_clear(struct pillars *pillars);

/* Whether the pillar is surely weaker than each other one of its place: the mark ▼. */
bool pillars_weakest(const struct edition_pillar *pillar);

char *pillars_title(const struct subject *subject);
/* The entries that the picture needs. */
struct key pillars_key(const struct subject *subject);

void pillars_draw(const struct subject *subject, struct canvas *canvas);
void pillars_draw_narrow(const struct subject *subject, struct canvas *canvas);

#endif
