/* The method: every number the scores depend on, loaded from method.json.
 *
 * Nothing here is a constant of the program: pillars, indicators, weights, horizons,
 * goalposts, gates and bands are data, versioned and published with each edition.
 */
#ifndef BAROMETRE_METHOD_H
#define BAROMETRE_METHOD_H

#include "barometre/rule.h"
#include "barometre/scope.h"
#include "barometre/words.h"

#define METHOD_MOST_PILLARS 8
#define METHOD_MOST_INDICATORS 8 /* in one pillar */

enum indicator_kind {
    INDICATOR_SHARE,     /* was it done? share of the answering firms */
    INDICATOR_DELAY,     /* was it done in time? Kaplan-Meier at the horizon */
    INDICATOR_INCIDENCE, /* how often? Gamma-Poisson rate per 1,000 sellers */
};

struct method_indicator {
    char *id;
    char *label[WORDS_LANGUAGES]; /* at most 34 characters */
    enum indicator_kind kind;
    double weight;    /* > 0; relative to the pillar's other indicators */
    struct rule rule; /* not for an incidence; rule.days is the horizon of a delay */
    char **basis;     /* ids in legal.json, NULL at the end */
};

struct method_pillar {
    char *id;
    char *label[WORDS_LANGUAGES];
    double weight;                    /* > 0; relative to the other pillars */
    enum complaint_field reported_by; /* yes/no field that routes a complaint here */
    bool clustered;      /* the unit of evidence is the change, not the firm */
    int indicator_count; /* at least one share or delay; at most one delay, one incidence
                          */
    struct method_indicator indicators[METHOD_MOST_INDICATORS];
};

struct method_band {
    char *letter;
    double least; /* the band holds scores ≥ least */
};

struct method_gates {
    int pillar_firms;      /* distinct firms */
    int pillar_changes;    /* distinct changes, clustered pillars only */
    int pillar_indicators; /* share and delay indicators with enough answers */
    int pillar_answers;    /* what is enough there */
    double pillar_width;   /* most points of the 90 % interval */
    int established_firms;
    int established_units; /* firms, or changes where clustered */
    double established_width;
    double overall_width;
    int indicator_answers; /* an indicator is shown on its own from here */
};

/* What must hold before a comparison is claimed. */
struct method_claims {
    double ahead;        /* least P that one place is ahead of another */
    double median;       /* least P of being above, resp. below, the median */
    double trend;        /* least P of an improvement, resp. of a decline */
    double trend_points; /* least points of either */
    int group_places;    /* least rated places in each of two groups */
};

struct method_incidence {
    double prior_reports; /* shape of the Gamma prior, in reports; ≥ 1 */
    double pooled_prior;  /* added to the pooled count of reports (½) */
    double best_rate;     /* reports per 1,000 sellers and 12 months: score 100 */
    double worst_rate;    /* score 0 */
    bool linear;          /* between the goalposts; never in the file, in variants only */
};

/* The curve of a delay. */
struct method_curve {
    int horizons;             /* how many times the indicator's days it is followed */
    int units[8], unit_count; /* per cent, finest first: what shares are rounded to */
};

/* When a rise of the reports is told (Poisson CUSUM). */
struct method_alert {
    double ratio;             /* > 1: the rise of the monthly rate that is watched for */
    double likelihood;        /* > 1: told once this many times likelier than no rise */
    int share_months;         /* the newest months of the test "own or general" */
    double share_probability; /* own where a share as great is less likely than this */
    int seasonal_months, seasonal_reports; /* held at least, else no season */
    double seasonal_least, seasonal_most;  /* bounds of the factor of a month */
};

/* Whether reports are more or fewer than chance explains, given the sellers. */
struct method_funnel {
    bool known;             /* a method may have none */
    double inner, outer;    /* chance of lying inside the limits, 0 < inner < outer < 1 */
    double least_expected;  /* reports; below, a place is not judged */
    int places;             /* least to take a median rate of */
    double dispersion_step; /* to which the dispersion is rounded up */
};

/* How far the result depends on the choices of the method. */
struct method_robustness {
    int weightings;                /* random weightings of the pillars */
    int sobol_base;                /* rows of each of the two Sobol samples */
    int sobol_draws;               /* draws of the data that the samples choose among */
    struct rule_clause contested;  /* taken out in variant V9 */
    struct rule_clause documented; /* alone kept in variant V10 */
};

/* Dimensions that are told and not scored. */
struct method_watch {
    bool known;            /* a method may watch nothing */
    double change_p;       /* a change is claimed below this probability */
    int median_firms;      /* a median of losses rests on as many firms at least */
    double dominance;      /* most share of a sum that one firm may hold, 0 to 1 */
    int short_notice_days; /* a change of the register announced later is short */
};

#define METHOD_MOST_BINS 8

/* The notice that decisions come with, told one by one or in bins. */
struct method_notice {
    bool known; /* a method may tell nothing of it */
    /* Whose legal basis holds for changes of the register, and whose answers are told in
     * bins: pillar and indicator. */
    int changes[2], terminations[2];
    int bin_count; /* besides the bin before the first: none, or after the fact */
    int bins[METHOD_MOST_BINS];   /* least days, rising from 0; the limit is among them */
    int one_in[METHOD_MOST_BINS]; /* claims "more than one in": rising, 0 at the end */
};

/* Which recorded versions of terms are changes (terms.h). */
struct method_terms {
    bool known;            /* a method may follow no terms */
    int least_words;       /* added and removed together, of a change */
    int collapse_days;     /* changes within so many days of one are told with it */
    int flip_flop_returns; /* from so many returns to an earlier content on */
    int dynamic_contents;  /* a page is dynamic from so many contents on … */
    double dynamic_share;  /* … which are at least this share of its versions … */
    double dynamic_days;   /* … and come with less than this between them (median) */
    int median_intervals;  /* a median rests on as many intervals at least */
};

struct method {
    char *version;
    char *sha256; /* of the file, hexadecimal */
    char *seed;
    int window_months;  /* 12 */
    int history_months; /* months before the edition's, scored for the trend */
    int draws, history_draws;
    double interval;       /* probability inside the published intervals (0.9) */
    double phantom_weight; /* of the fictitious yes and of the fictitious no: ½, or ≥ 1 */
    double overall_floor; /* pillar scores enter the geometric mean at this or above */
    int disclosure_threshold;
    int firms_classes[8], firms_class_count; /* lower bounds: 10, 30, 100 */
    int pillar_count;
    struct method_pillar pillars[METHOD_MOST_PILLARS];
    int band_count; /* best band first; the last one's least is 0 */
    struct method_band bands[8];
    struct method_gates gates;
    struct method_claims claims;
    struct method_incidence incidence;
    struct method_curve curve;
    struct method_alert alert;
    struct method_funnel funnel;
    struct method_robustness robustness;
    struct method_watch watch;
    struct method_notice notice;
    struct method_terms terms;
    int excluded_count; /* complaints matching any clause are out of scope */
    struct rule_clause excluded[RULE_MOST_CLAUSES];
};

/* Loads and checks method.json. Fails with ERROR_CONFIG, naming every problem found with
 * its path in the file. Free with method_free. */
struct method *method_load(const char *file, GError **error);
struct method *method_parse(const char *json, size_t length, const char *name,
                            GError **error);
void method_free(struct method *method);
SCOPE_DEFINE(method)

/* "share", "delay" or "incidence". */
const char *method_kind_word(enum indicator_kind kind);

/* Whether a complaint is out of the method's scope. */
bool method_excludes(const struct method *method, const struct complaint *complaint);

/* The letter of the band a score of 0 to 100 lies in. */
const char *method_band(const struct method *method, double score);

#endif
