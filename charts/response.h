/* The response chart: how the share of answered requests rises by days, a panel for each
 * marketplace. Between two points of the edition the curve is a straight line, since no
 * more is told; at the days of the indicator stands its score, as everywhere. */
#ifndef CHARTS_RESPONSE_H
#define CHARTS_RESPONSE_H

#include "canvas.h"
#include "key.h"
#include "scale.h"
#include "subject.h"

struct response {
    GPtrArray *places; /* struct edition_marketplace, as edition_ranked */
    int horizon_days, most_days;
    int columns, rows;
    double pitch_x, pitch_y;
    double height;
};

/* Where a panel lies, without its head and its days. */
struct response_panel {
    struct scale days, shares;
};

/* The delay that is drawn: that of a human reply, else the first one; NULL where the
 * place has none. */
const struct edition_indicator *response_of(const struct edition_marketplace *place);

/* Whether there is anything to draw of it. */
bool response_is_known(const struct edition_indicator *indicator);

struct response response_lay_out(const struct subject *subject);
void response_clear(struct response *response);

/* The panel of the n-th place. */
struct response_panel response_panel(const struct response *response, int number);

char *response_title(const struct subject *subject);
char *response_subtitle(const struct subject *subject);

/* "médiane : 9 j [6–12]"; "n.d." without a curve. */
char *response_median(const struct subject *subject,
                      const struct edition_indicator *indicator);

/* The entries that the picture needs. */
struct key response_key(const struct subject *subject, const struct response *response);

/* Grid, curve and marks of a place, or the hatch with the reason; `labelled`: the shares
 * stand at the left. */
void response_paint(const struct subject *subject, struct canvas *canvas,
                    const struct edition_indicator *indicator,
                    const struct response *response, const struct response_panel *panel,
                    bool labelled);

/* The days under a panel. */
void response_paint_days(const struct subject *subject, struct canvas *canvas,
                         const struct response *response,
                         const struct response_panel *panel, double baseline);

void response_draw(const struct subject *subject, struct canvas *canvas);
void response_draw_narrow(const struct subject *subject, struct canvas *canvas);

#endif
