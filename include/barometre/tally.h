/* A tally: counts of answer patterns. All that scoring ever sees of the complaints.
 *
 * Firms that gave the same answers are interchangeable, so a pillar of a marketplace in a
 * window is a short list of distinct patterns, each with its number of firms.
 */
#ifndef BAROMETRE_TALLY_H
#define BAROMETRE_TALLY_H

#include "barometre/method.h"
#include "barometre/scope.h"

/* The answers of one firm to a pillar's indicators, in their order, one number each:
 *   PATTERN_NONE            no answer (also for an incidence)
 *   PATTERN_NO, PATTERN_YES a share's answer
 *   2 × days + event        a delay's answer, event 1 where the answer came on that day,
 *                           0 where the case was still open then. Days beyond the horizon
 *                           are pooled at horizon + 1 (open): they only say "not within".
 */
#define PATTERN_NONE (-1)
#define PATTERN_NO 0
#define PATTERN_YES 1

struct tally_pattern {
    int64_t
        unit; /* the change the firm reports in a clustered pillar; 0: the firm itself */
    int16_t answer[METHOD_MOST_INDICATORS];
    int32_t firms; /* ≥ 1 */
};

/* A duration as reported, not pooled, for medians. */
struct tally_duration {
    int32_t indicator; /* index in the pillar */
    int32_t days;      /* ≥ 0 */
    bool event;
    int32_t firms; /* ≥ 1 */
};

/* The notice that a decision came with, told by its dates. */
struct tally_notice {
    int32_t indicator; /* index in the pillar */
    int32_t days;      /* below 0: after it took effect; RULE_NEVER: none came */
    int32_t firms;     /* ≥ 1 */
};

/* One marketplace, one pillar, one window: sorted by (unit, answers), by (indicator,
 * days, events first), by (indicator, days), each at most once. */
struct tally_cell {
    GArray *patterns;  /* struct tally_pattern */
    GArray *durations; /* struct tally_duration */
    /* struct tally_notice; none in a clustered pillar, whose decisions are public. */
    GArray *notices;
    /* Lengths at which counting merges. */
    guint merge_patterns_at, merge_durations_at, merge_notices_at;
};

struct tally {
    int32_t last_month; /* of the newest window */
    int window_count;   /* windows end at last_month, last_month − 1, … */
    int marketplace_count, pillar_count;
    struct tally_cell *cells;
    int month_count;      /* months held one by one, the last is last_month; 0: none */
    int32_t *month_firms; /* by month, marketplace and pillar, see tally_month_firms */
    int32_t *month_complaints; /* by month and marketplace */
    int32_t *newest_firms;     /* by marketplace: distinct firms of the newest window */
    int quarter_count;      /* calendar quarters held, the last is that of last_month */
    int32_t *quarter_firms; /* by quarter, marketplace and row, see tally_quarter_firms */
};

/* An empty tally. Free with tally_free. */
struct tally *tally_new(int32_t last_month, int window_count, int marketplace_count,
                        int pillar_count);
void tally_free(struct tally *tally);
SCOPE_DEFINE(tally)

/* The cell of a window (0 = newest), owned by the tally. */
struct tally_cell *tally_cell(const struct tally *tally, int window, int marketplace,
                              int pillar);

/* Holds the counts of `months` single months, the last one last_month, and of their
 * quarters, all 0. */
void tally_hold_months(struct tally *tally, int months);

/* Distinct firms that reported in one month: a firm that comes back next month counts
 * there too. `pillar` = pillar_count: firms that reported in any pillar. 0 for a month
 * that is not held. */
int tally_month_firms(const struct tally *tally, int32_t month, int marketplace,
                      int pillar);

/* Counts one firm in a month that is held; nothing otherwise. */
void tally_count_month(struct tally *tally, int32_t month, int marketplace, int pillar);

/* Complaints of a month that is held; distinct firms of the newest window. Counting one
 * does nothing in a month that is not held. */
int tally_month_complaints(const struct tally *tally, int32_t month, int marketplace);
void tally_count_complaint(struct tally *tally, int32_t month, int marketplace);
int tally_newest_firms(const struct tally *tally, int marketplace);
void tally_count_newest(struct tally *tally, int marketplace);

/* Distinct firms of the calendar quarter that holds a month, in a row: the pillars, then
 * (row pillar_count) firms that reported in any, then those by sector, the last row for
 * a sector that is not told. A firm is in one sector a quarter. 0 where not held. */
int tally_quarter_firms(const struct tally *tally, int32_t month, int marketplace,
                        int row);
void tally_count_quarter(struct tally *tally, int32_t month, int marketplace, int row);
int tally_sector_row(const struct tally *tally, int sector); /* −1: not told */
int tally_sectors(void);
const char *tally_sector_id(int sector); /* "A" to "U": NAF section */

/* Counts one firm. `answers` are the method's answers to the pillar's indicators. `unit`
 * is read in a clustered pillar only. Memory grows with the distinct patterns, not with
 * the firms. */
void tally_count(struct tally_cell *cell, const struct method_pillar *pillar,
                 int64_t unit, const struct rule_answer *answers);

/* Sorts and merges all cells; called once, after the last firm. */
void tally_finish(struct tally *tally);

/* Distinct firms of a cell; distinct units of evidence (changes where clustered, a firm
 * without a change being its own unit). */
int tally_firms(const struct tally_cell *cell);
int tally_units(const struct tally_cell *cell);

#endif
