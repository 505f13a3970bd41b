/* What an edition rests on: firms, complaints and months behind it, and where every
 * record of every kind of export went. */
#ifndef CHARTS_COVERAGE_H
#define CHARTS_COVERAGE_H

#include "canvas.h"
#include "subject.h"

/* The records of all exports of a profile; of all exports where `profile` is NULL. */
struct edition_account coverage_sum(const struct edition *edition, const char *profile);

/* Records that an account read. */
int64_t coverage_records(const struct edition_account *account);

char *coverage_title(const struct subject *subject);
void coverage_draw(const struct subject *subject, struct canvas *canvas);

#endif
