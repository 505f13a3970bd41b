/* Do signatories of the charter do better? The difference of the two groups with its
 * interval, and below it every rated place as a dot, by pillar and group. Observed, not
 * an effect: the picture says so. */
#ifndef CHARTS_SIGNATORIES_H
#define CHARTS_SIGNATORIES_H

#include "canvas.h"
#include "scale.h"
#include "subject.h"

/* Whether the place had signed when the edition's window began (method, "Signatories vs
 * others"). */
bool signatories_has(const struct edition *edition,
                     const struct edition_marketplace *place);

char *signatories_title(const struct subject *subject);

/* Why there is no difference. The caller frees. */
char *signatories_reason(const struct subject *subject);

/* What a row compares: the overall score (0) or that of a pillar. The caller frees. */
char *signatories_label(const struct subject *subject, int row);

/* The name of a group with how many of it are rated. The caller frees. */
char *signatories_group(const struct subject *subject, const GArray *scores,
                        bool signed_it);

/* "à 90 % : de +8,0 à +15,7"; NULL where the interval is unknown. The caller frees. */
char *signatories_interval(const struct subject *subject);

/* The known scores of a group in a row, in order; double. The caller unrefs. */
GArray *signatories_scores(const struct edition *edition, bool signed_it, int row);

/* As far on both sides of 0 as the interval goes, in tens. */
struct scale signatories_scale(const struct edition_group *group, double left,
                               double right);

/* A group's dots and the tick of their mean; signatories are full, the others hollow. */
void signatories_paint_group(struct canvas *canvas, const struct scale *scale, double y,
                             double dot, const GArray *scores, bool signed_it);

void signatories_draw(const struct subject *subject, struct canvas *canvas);
void signatories_draw_narrow(const struct subject *subject, struct canvas *canvas);

#endif
