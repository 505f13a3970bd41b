/* Kaplan-Meier: the share of cases still open after some days, cases without an answer
 * kept as long as they were followed. Pure functions. */
#ifndef BAROMETRE_SURVIVAL_H
#define BAROMETRE_SURVIVAL_H

/* A curve in the making, with Greenwood's sum for its variance. Begins with open = 1. */
struct survival {
    double open;
    double greenwood;
};

/* One day: of the cases at risk, `events` are answered. */
void survival_step(struct survival *survival, int at_risk, int events);

/* The bounds of `open` on the log(−log) scale (Kalbfleisch and Prentice 1980), z standard
 * errors away; `open` itself where it is 0 or 1, where there are none. */
void survival_bounds(const struct survival *survival, double z, double *lower,
                     double *upper);

#endif
