/* The trend: is it moving? Small multiples on the same axes, one panel per marketplace.
 */
#ifndef CHARTS_TREND_H
#define CHARTS_TREND_H

#include "canvas.h"
#include "key.h"
#include "series.h"
#include "subject.h"

struct trend {
    GPtrArray *places; /* struct edition_marketplace, in the order of the ranking, those
                          without any measure last */
    GPtrArray *alerts; /* struct edition_alert, numbered in this order */
    int panels;        /* in the wide layout; the places after these are strips */
    int columns, rows;
    struct panel axes; /* without a place */
    double pitch_x, pitch_y;
    double strips_y; /* top of the first strip */
    double alerts_y; /* baseline of the first alert's line */
    double height;
};

struct trend trend_lay_out(const struct subject *subject);
void trend_clear(struct trend *trend);

/* The panel of the n-th place. */
struct panel trend_panel(const struct trend *trend, int number);

char *trend_title(const struct subject *subject);
/* The line under the title: what a point covers, and the months shown. */
char *trend_subtitle(const struct subject *subject, const struct trend *trend);

/* Columns for a number of panels: three, or four where three would leave one alone in the
 * last row and four would not. */
int trend_columns(int panels);

/* Whether the place has no measure in the months shown. */
bool trend_is_empty(const struct edition_marketplace *place, const struct panel *panel);

/* "Halle Dix, mars 2026 : Joignabilité du support, hausse propre"; and, of more alerts
 * than are numbered, how many there are. */
char *trend_alert_text(const struct subject *subject, const struct trend *trend,
                       const struct edition_alert *alert);
char *trend_alerts_text(const struct subject *subject, const struct trend *trend);

/* The entries that the picture needs. */
struct key trend_key(const struct subject *subject, const struct trend *trend);

void trend_draw(const struct subject *subject, struct canvas *canvas);
void trend_draw_narrow(const struct subject *subject, struct canvas *canvas);

#endif
