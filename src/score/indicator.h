/* The three kinds of indicator: share, delay and incidence, and the median of a delay.
 * Pure functions of counts; the definitions stand above the functions. */
#ifndef BAROMETRE_INDICATOR_H
#define BAROMETRE_INDICATOR_H

#include "barometre/edition.h"
#include "barometre/tally.h"

/* Weighted answers of the firms of a cell, and those of the two phantom firms. */
struct indicator_evidence {
    const GArray *patterns;         /* struct tally_pattern */
    const double *weights;          /* of each pattern: its firms' weights together */
    double phantom_yes, phantom_no; /* > 0 */
};

/* Share of favourable answers, 0 to 1. */
double indicator_share(const struct indicator_evidence *evidence, int indicator);

/* Share of cases answered within the horizon, 0 to 1. */
double indicator_delay(const struct indicator_evidence *evidence, int indicator,
                       int horizon_days);

/* Firms that answered, and of them the favourable ones ("yes", in time). */
int indicator_answers(const GArray *patterns, int indicator);
int indicator_favourable(const GArray *patterns, int indicator, enum indicator_kind kind);

/* Expected reports per 1,000 sellers and 12 months. `exposure` is 0 where unknown. */
double indicator_rate(const struct method_incidence *incidence, double pooled_rate,
                      int reports, double exposure);

/* The score of a rate, 0 to 100. */
double indicator_rate_score(const struct method_incidence *incidence, double rate);

/* Median delay with its 95 % interval, whole days. `cases` tells how many it rests on. */
struct edition_median indicator_median(const GArray *durations, int indicator,
                                       int *cases);

#endif
