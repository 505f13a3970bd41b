/* Do signatories of the charter do better? The difference of the two groups with its
 * interval, and below it every rated place as a dot, by pillar and group. Observed, not
 * an effect: the picture says so. */
#ifndef CHARTS_SIGNATORIES_H
#define CHARTS_SIGNATORIES_H

#include "canvas.h"
#include "subject.h"

/* Whether the place had signed when the edition's window began (method, "Signatories vs
 * others"). */
bool signatories_has(const struct edition *edition,
                     const struct edition_marketplace *place);

char *signatories_title(const struct subject *subject);
void signatories_draw(const struct subject *subject, struct canvas *canvas);

#endif
