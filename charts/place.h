/* The card of one marketplace: grade, change, pillars, indicators, right of reply. */
#ifndef CHARTS_PLACE_H
#define CHARTS_PLACE_H

#include "canvas.h"
#include "key.h"
#include "scale.h"
#include "series.h"
#include "subject.h"

struct card {
    struct scale barometer;
    struct panel history;
    int pillar_count;
    double column_pitch, column_width;
    double indicators_y; /* centre line of the first indicator's mark */
    double rule_y, reply_y;
    double height;
};

struct card card_lay_out(const struct subject *subject);

/* The axis that a pillar and its indicators share. */
struct scale card_scale(const struct card *card, int pillar);

/* Rank, sellers, period and scale, as far as they are known. */
char *place_subtitle(const struct subject *subject);

/* "44,1–63,7"; NULL where the interval is unknown. */
char *place_interval(const struct subject *subject);

/* The entries that the picture needs, and the marks of the alerts under the panel. */
struct key place_key(const struct subject *subject, const struct panel *panel);
void place_paint_alerts(struct canvas *canvas, const struct edition_marketplace *place,
                        const struct panel *panel);

char *place_title(const struct subject *subject);
void place_draw(const struct subject *subject, struct canvas *canvas);
void place_draw_narrow(const struct subject *subject, struct canvas *canvas);

#endif
