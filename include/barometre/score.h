/* Scores: what the counts of a tally say under a method.
 *
 * A window's scores are unrounded and ungated, so that they can be explained and
 * compared; an edition holds what of them may be published, rounded.
 */
#ifndef BAROMETRE_SCORE_H
#define BAROMETRE_SCORE_H

#include "barometre/edition.h"
#include "barometre/method.h"
#include "barometre/registry.h"
#include "barometre/scope.h"
#include "barometre/tally.h"

struct score_indicator {
    bool known;     /* false only for an incidence in a market without seller numbers */
    double score;   /* 0 to 100; without any answer that of the phantom firms */
    int answers;    /* firms that answered; for an incidence firms that reported */
    int favourable; /* of them "yes", resp. answered within the horizon */
    double rate;    /* incidence only: reports per 1,000 sellers and 12 months */
    int durations;  /* delays only: cases told with their dates */
    struct edition_median median; /* of those, whole days; not gated */
};

struct score_pillar {
    int firms;
    int units;          /* of evidence: changes where clustered, else firms */
    int enough_answers; /* shares and delays with the answers that the gate asks for */
    double score;       /* weighted mean of the known indicators, 0 to 100 */
    struct score_indicator indicators[METHOD_MOST_INDICATORS];
};

struct score_place {
    bool exposed;    /* its sellers are known well enough to enter a score */
    double exposure; /* thousands of sellers × years of the window */
    double overall;  /* weighted geometric mean of the floored pillars, 1 to 100 */
    struct score_pillar pillars[METHOD_MOST_PILLARS];
};

/* The market's rate of a pillar's reports, towards which each place's own is pulled. */
struct score_market {
    bool known;         /* some place has an exposure */
    double pooled_rate; /* reports per 1,000 sellers and 12 months */
};

struct score_window {
    int32_t last_month;
    struct score_market market[METHOD_MOST_PILLARS];
    int place_count;
    struct score_place *places; /* in the order of the registry */
};

/* The scores of a tally's window (0 = newest). Free with score_window_free. */
struct score_window *score_window_new(const struct method *method,
                                      const struct registry *registry,
                                      const struct tally *tally, int window);
void score_window_free(struct score_window *window);
SCOPE_DEFINE(score_window)

/* The overall score of pillar scores, in the order of the method: their weighted
 * geometric mean, each at the floor or above. */
double score_overall(const struct method *method, const double *pillars);

/* What an edition is computed from. The number of threads changes no figure. */
struct score_inputs {
    const struct method *method;
    const struct registry *registry;
    const struct tally *tally;
    int threads; /* ≥ 1 */
};

/* The edition of the tally's last month: every marketplace of the registry with rounded
 * figures, intervals, bands, gates and their reasons, ranks, pairs, groups and trends,
 * and the history of method.history_months before it as far as the tally has windows. The
 * months compared (the edition's, the one a window before, the one before the charter)
 * are drawn method.draws times, the others method.history_draws times. `closed`, the
 * sources, alerts, robustness, watch and tables are the caller's to add. */
struct edition *score_edition(const struct score_inputs *inputs);

/* "10-29", "100+", or NULL below the least class. The caller frees. */
char *score_class(const struct method *method, int firms);

#endif
