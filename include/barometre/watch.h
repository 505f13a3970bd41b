/* The watch: what firms report beside the pillars, told and never scored, since nobody
 * knows how many firms had no trouble. With it goes what became of mediation, what the
 * marketplaces declare themselves, and the changes of clauses of the public register.
 *
 * Counts of firms only. A firm counts once per marketplace and window: it says yes where
 * any of its complaints does; an amount, a loss and the outcome of a mediation are those
 * of its latest complaint that tells them.
 */
#ifndef BAROMETRE_WATCH_H
#define BAROMETRE_WATCH_H

#include "barometre/complaint.h"
#include "barometre/method.h"
#include "barometre/scope.h"

struct edition;

enum watch_dimension {
    WATCH_FEES,
    WATCH_COUNTERFEIT,
    WATCH_WITHHELD,
    WATCH_ACCOUNTS,
    WATCH_SELFPREF,
    WATCH_PARITY,
    WATCH_BUYBOX,
    WATCH_TURNOVER_LOSS, /* yes: a loss above 0 % */
    WATCH_DIMENSIONS
};

/* "fees" and so on; its label is the message "watch.<id>" of the locale files. */
const char *watch_dimension_id(enum watch_dimension dimension);

#define WATCH_MOST_LOSS 100 /* per cent */

/* The firms of one marketplace in one window. */
struct watch_counts {
    int firms; /* that reported anything */
    int yes[WATCH_DIMENSIONS];
    int losses[WATCH_MOST_LOSS + 1]; /* firms by per cent of turnover lost, 0 too */
    int withheld_firms;              /* that told a sum above 0 € */
    int64_t withheld_eur, most_withheld_eur; /* of all firms; of the greatest one */
    int referred, settled, failed;           /* to mediation; of them with an outcome */
};

/* What a marketplace declares of a period (P2B art. 11(4)); a public act. */
struct watch_declared {
    int32_t from, to;   /* months */
    int64_t complaints; /* ≥ 0 */
    bool mean_known;
    double mean_days; /* ≥ 0 */
    bool reversed_known;
    int64_t reversed;   /* decisions taken back */
    const char *source; /* copied where it is counted */
};

/* A change of clauses of the public register. */
struct watch_change {
    const char *id;       /* copied where it is counted */
    const char *kind;     /* a word that lives on: "fees" and so on */
    int32_t notified_on;  /* day, or COMPLAINT_UNKNOWN */
    int32_t effective_on; /* day */
};

enum { WATCH_WINDOWS = 2 }; /* the newest; the one before it, without overlap */

struct watch_place {
    struct watch_counts windows[WATCH_WINDOWS];
    GPtrArray *changes;  /* struct watch_change, owned: effective in the newest window */
    GPtrArray *declared; /* struct watch_declared, owned, as counted */
};

struct watch {
    int32_t last_month; /* of the newest window */
    int window_months;
    bool registered; /* a register of changes was counted, even one without any here */
    int place_count;
    struct watch_place *places; /* in the order of the registry */
};

/* Without counts. Free with watch_free. */
struct watch *watch_new(const struct method *method, int32_t last_month, int place_count);
void watch_free(struct watch *watch);
SCOPE_DEFINE(watch)

/* The fields of a complaint that the watch reads, and the days of reception that its
 * windows hold, inclusive. */
void watch_wanted(const struct method *method, bool wanted[static FIELD_COUNT]);
void watch_days(const struct watch *watch, int32_t *first_day, int32_t *last_day);

/* Counts complaints into a watch; both outlive the counter. Free with
 * watch_counter_free. */
struct watch_counter;
struct watch_counter *watch_counter_new(const struct method *method, struct watch *watch);
void watch_counter_free(struct watch_counter *counter);
SCOPE_DEFINE(watch_counter)

/* Adds a complaint; they come ordered as counter_add takes them. */
void watch_counter_add(struct watch_counter *counter, const struct complaint *complaint);

/* Counts the last firm. */
void watch_counter_finish(struct watch_counter *counter);

/* A change of the register, copied; one that takes effect outside the newest window does
 * not count. */
void watch_count_change(struct watch *watch, int place,
                        const struct watch_change *change);

/* What a marketplace declares, oldest first; copied. Of a period that begins after the
 * newest window it is left out. */
void watch_count_declared(struct watch *watch, int place,
                          const struct watch_declared *declared);

/* Fills watch, mediation, declared and changes of every marketplace of an edition that
 * score_edition made of the same month and registry. What fewer firms than the method's
 * disclosure threshold say, and what all but so few say, is suppressed; nobody is not. A
 * method without watch leaves them empty. */
void watch_fill(struct edition *edition, const struct method *method,
                const struct watch *watch);

/* The 95 % score interval of a share (Wilson 1927), 0 to 1. n > 0. */
void watch_wilson(int yes, int n, double *low, double *high);

/* How likely shares at least as unlike as a of n and b of m are, were they equal: the
 * two-sided exact binomial test of a among a + b at n / (n + m) (Przyborowski and
 * Wilenski 1940; two-sided as R's poisson.test). 1 where nobody says yes. n, m > 0. */
double watch_change_p(int a, int n, int b, int m);

#endif
