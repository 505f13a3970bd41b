/* An edition: what is published of one month, and nothing else.
 *
 * The hinge of the program. Scoring fills it, edition.json holds it, and charts and pages
 * are drawn from it alone, so that anybody can redraw a published barometer from its
 * JSON. Values are rounded as they are published (scores 1 decimal, probabilities 2)
 * before they enter, so that every view shows the same figure.
 */
#ifndef BAROMETRE_EDITION_H
#define BAROMETRE_EDITION_H

#include "barometre/scope.h"
#include "barometre/words.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Why a figure is missing. Codes of the JSON; said in words by the messages
 * "reason.<code>" of the locale files. */
enum edition_reason {
    REASON_NONE,
    REASON_NO_REPORTS,       /* nobody reported: not a good mark, no mark */
    REASON_FEW_FIRMS,        /* fewer firms than the gate */
    REASON_FEW_CHANGES,      /* fewer distinct clause changes than the gate */
    REASON_FEW_INDICATORS,   /* too few indicators with enough answers */
    REASON_FEW_ANSWERS,      /* too few answers to this indicator */
    REASON_WIDE_INTERVAL,    /* the interval is wider than the gate */
    REASON_PILLAR_MISSING,   /* a pillar is insufficient, so there is no overall score */
    REASON_UNKNOWN_SELLERS,  /* no published number of sellers */
    REASON_NOT_REACHED,      /* a median beyond the longest observation */
    REASON_FEW_MARKETPLACES, /* too few rated marketplaces to compare */
    REASON_FEW_MONTHS,       /* not enough months behind this one */
    REASON_SUPPRESSED,       /* statistical secrecy hides it */
    REASON_NOT_DECLARED,     /* the marketplace does not declare it */
    REASON_FEW_EXPECTED,     /* so few reports are expected that chance explains any */
    REASON_NOT_FOLLOWED,     /* no document is tracked whose changes can be told */
    REASON_NOT_COMPUTED,     /* this version of the engine does not compute it */
    REASON_COUNT
};

/* "few_firms" and so on; NULL for REASON_NONE. */
const char *edition_reason_code(enum edition_reason reason);

enum edition_status {
    STATUS_INSUFFICIENT,
    STATUS_PROVISIONAL,
    STATUS_ESTABLISHED,
    STATUS_COUNT
};

/* "insufficient" and so on. */
const char *edition_status_code(enum edition_status status);

/* A number that may be unknown, never silently 0. */
struct edition_number {
    bool known;
    double value;
};

/* A score of 0 to 100 with its 90 % interval. */
struct edition_score {
    struct edition_number score;
    struct edition_number low, high;
    enum edition_reason reason;          /* of the missing score; NONE where known */
    enum edition_reason interval_reason; /* of the missing interval */
};

struct edition_median {
    struct edition_number days, low, high; /* unknown high: not reached */
    enum edition_reason reason;
};

/* A point of the curve of a delay, in whole per cent. Where all were answered the share
 * is 100 and has no interval. */
struct edition_curve_point {
    int day;
    int share;                       /* of the cases, answered by the end of this day */
    struct edition_number low, high; /* 90 %; known together */
};

/* How the share of answered cases rises by days, and whether it is a half in time. */
struct edition_curve {
    int horizon_days; /* the days of the indicator */
    int most_days;    /* followed as far as this */
    GArray *points;   /* struct edition_curve_point, by days; from 0 % before day 0 on */
    enum edition_reason reason;        /* of the missing curve; NONE where there is one */
    struct edition_number p_half;      /* P(more than a half is answered in time) */
    enum edition_reason p_half_reason; /* of the missing probability */
};

struct edition_indicator {
    char *id;
    char *label[WORDS_LANGUAGES];
    char *kind; /* "share", "delay", "incidence" */
    struct edition_score score;
    char *answers_class;             /* "10-29", or NULL below the least class */
    char **basis;                    /* ids in legal.json, NULL at the end */
    char *sentence[WORDS_LANGUAGES]; /* NULL where there is none yet */
    struct edition_median median;    /* delays only */
    struct edition_curve curve;      /* delays only */
};

enum edition_claim {
    CLAIM_UNKNOWN,
    CLAIM_NONE,
    CLAIM_IMPROVING,
    CLAIM_WORSENING,
    CLAIM_COUNT
};

/* "unknown", "none" and so on. */
const char *edition_claim_code(enum edition_claim claim);

struct edition_trend {
    enum edition_claim claim;
    struct edition_number p_improved, points; /* against twelve months before */
    enum edition_reason reason; /* of the unknown claim; NONE where it is known */
};

struct edition_pillar {
    char *id;
    char *label[WORDS_LANGUAGES];
    double weight; /* share of the overall score, 0 to 1 */
    enum edition_status status;
    GArray *reasons; /* enum edition_reason: gates failed, in the order of the method */
    struct edition_score score;
    char *firms_class;     /* NULL below the least class */
    GPtrArray *indicators; /* struct edition_indicator */
    struct edition_trend trend;
    struct edition_number p_weakest; /* P(weaker than each other pillar of the place) */
    enum edition_reason weakest_reason; /* of the missing p_weakest */
    char *sentence[WORDS_LANGUAGES];    /* NULL where there is none */
};

struct edition_overall {
    struct edition_score score;
    char *band, *band_low, *band_high; /* letters; NULL where unknown */
    int rank_low, rank_high;           /* 0 where unknown */
    struct edition_number p_first, p_last;
    struct edition_number p_above_median, p_below_median; /* of the rated, draw by draw */
    enum edition_reason rank_reason; /* of the missing rank and probabilities */
    struct edition_trend trend;
    char *sentence[WORDS_LANGUAGES]; /* NULL where there is none */
};

/* The month's figures of one marketplace in the trend. */
struct edition_history {
    int32_t as_of;
    struct edition_score overall;
    GArray *pillars; /* struct edition_score, in the order of the edition's pillars */
};

struct edition_alert {
    int32_t month;
    char *pillar;
    bool own; /* own to the marketplace, else a general rise */
    char *sentence[WORDS_LANGUAGES];
};

/* A share of firms, in per cent with one decimal, with its 90 or 95 % interval: the three
 * are known together or not at all. */
struct edition_share {
    struct edition_number share, low, high;
    enum edition_reason reason; /* of the missing share; NONE where known */
};

/* A watch dimension: told, not scored (method, "watch dimensions"). */
struct edition_watch {
    char *id;                   /* "fees", "counterfeit" … */
    struct edition_share firms; /* share of the reporting firms, Wilson 95 % */
    char *firms_class;          /* of those that say yes; NULL below the least class */
    enum edition_claim change;  /* against twelve months before: CLAIM_IMPROVING fewer */
    enum edition_reason change_reason; /* of the unknown change */
    /* Euros withheld, median loss in %; unknown without a reason where the dimension has
     * no amount. */
    struct edition_number amount;
    enum edition_reason amount_reason;
    char *sentence[WORDS_LANGUAGES]; /* NULL where there is none */
};

/* What became of the complaints that went to mediation. */
struct edition_mediation {
    struct edition_number referred; /* firms; unknown where secrecy hides it */
    struct edition_share settled, failed;
    enum edition_reason reason; /* of the unknown referred */
};

/* What the marketplace declares (P2B art. 11(4)) beside what firms report. Levels of
 * counts are not comparable: "complaint" is not defined alike. */
struct edition_declared {
    int32_t from, to; /* months */
    /* Unknown: not declared. Complaints and those reversed are counts. */
    struct edition_number complaints, mean_days, reversed;
    char *source;
    struct edition_median lived; /* days to a human reply, as reported */
};

/* "More than one in two decisions came too late", where that is sure enough to say. */
struct edition_excess {
    int one_in;              /* 0 where nothing is claimed */
    struct edition_number p; /* of what is claimed */
};

/* A change of clauses of the register. */
struct edition_change {
    char *id;
    char *kind;           /* "fees" and so on; its label is "notice.kind.<kind>" */
    int32_t effective_on; /* day */
    struct edition_number notice_days; /* unknown: nobody noted when it was announced */
};

/* Changes of clauses of the register, public acts. */
struct edition_changes {
    int count; /* -1 where there is no register */
    struct edition_number median_notice_days;
    enum edition_reason reason; /* of the missing count or median; NONE where known */
    struct edition_share short_notice; /* share announced later than the limit */
    struct edition_excess excess;      /* of those */
    GPtrArray *acts; /* struct edition_change, by the day of their effect, then by id */
};

/* Terminations that firms report: each concerns one firm, so they are told in bins. The
 * share out of time is what the indicator of edition_notice leaves of 100. */
struct edition_terminations {
    /* struct edition_number by bin of edition_notice: firms to the nearest multiple of
     * its step, 0 only where there is none; empty where not computed. */
    GArray *firms;
    enum edition_reason reason; /* of what is unknown of these */
    struct edition_excess excess;
};

/* A limit that law sets to a notice. */
struct edition_legal_limit {
    int days;                   /* so many are enough */
    char *law[WORDS_LANGUAGES]; /* its articles, as of the window's first day */
};

/* What notices are held against. */
struct edition_notice {
    bool known;
    struct edition_legal_limit changes, terminations;
    char *indicator; /* the share of terminations in time */
    int step;        /* firms of a bin are told to the nearest multiple of it */
    /* int: least days of the bins, from 0; before the first: none, or after the fact. */
    GArray *bins;
};

/* Where reports lie among those that chance alone gives: inside the limits, or beyond the
 * inner or the outer ones. */
enum edition_position {
    POSITION_UNKNOWN,
    POSITION_INSIDE,
    POSITION_ABOVE_INNER,
    POSITION_ABOVE_OUTER,
    POSITION_BELOW_INNER,
    POSITION_BELOW_OUTER,
    POSITION_COUNT
};

/* "unknown", "inside", "above_inner" and so on. */
const char *edition_position_code(enum edition_position position);

/* The firms that reported in the window, in any pillar, beside those expected from the
 * number of sellers. */
struct edition_expectation {
    struct edition_number expected;      /* 1 decimal */
    enum edition_reason expected_reason; /* of the missing expected */
    /* To the nearest multiple of the disclosure threshold, 0 exactly; the ratio of that
     * to the expected, and the ends of what the rounding leaves open. Known together. */
    struct edition_number firms, ratio, low, high;
    enum edition_position position; /* of that whole range, not of the ratio alone */
    enum edition_reason reason;     /* of the missing ratio; NONE where known */
};

/* What a platform declares that it decided against business accounts and products in the
 * Union, in the statements of reasons published in one month (DSA art. 24(5)); public
 * acts. */
struct edition_statements {
    int32_t month;
    int days;                          /* of the month with at least one, ≥ 1 */
    int64_t statements;                /* > 0; each counts below at least once */
    int64_t suspensions, terminations; /* of business accounts */
    int64_t services;                  /* to them, suspended or ended */
    int64_t products;                  /* removed or disabled */
    double decided, detected;          /* by automated means alone, found by them: % */
};

/* Consumers' reports to SignalConso created in one month. */
struct edition_consumers {
    int32_t month;
    struct edition_number reports, transmitted; /* counts; to the company */
    struct edition_number read, answered;       /* by it, in % of the transmitted */
    enum edition_reason reason;                 /* of what is unknown of these */
};

/* A change of a published document, seen by an archive in the window: when it was seen,
 * never when it was announced. Contents within a few days are one change. */
struct edition_terms_change {
    int32_t before_on;                  /* day the version before it was seen */
    int32_t seen_on, last_on;           /* days of its first and last content */
    int contents;                       /* ≥ 1 */
    int64_t words_added, words_removed; /* of all of its contents */
    char *before_sha256, *sha256; /* of the version before it; of the last content */
};

/* A document that an archive tracks. */
struct edition_terms_document {
    char *service, *type; /* as the archive names them */
    int32_t first_on, last_on;
    int versions, contents; /* recorded; different ones */
    int returns;            /* versions whose content was seen before */
    char *pattern;          /* "steady", "flip_flop", "dynamic": of these no change */
    GPtrArray *changes;     /* struct edition_terms_change, oldest first */
};

/* Whose data the observed terms are, named wherever they are shown. */
#define EDITION_TERMS_SOURCE "Open Terms Archive, ODC-BY 1.0"

/* Observed publications of terms: never mixed with the notice of struct edition_changes.
 */
struct edition_terms {
    int changes; /* in the window; -1 where no document is followed */
    struct edition_number median_interval_days; /* between two changes of a document */
    enum edition_reason reason; /* of the missing count or median; NONE where known */
    GPtrArray *documents;       /* struct edition_terms_document, by service and type */
};

struct edition_marketplace {
    char *id, *name;
    int32_t signatory_from; /* day; INT32_MIN where it never signed the charter */
    struct edition_number sellers;
    char *sellers_source; /* NULL where sellers are unknown */
    enum edition_status status;
    struct edition_overall overall;
    GPtrArray *pillars; /* struct edition_pillar, in the order of the method */
    GPtrArray
        *history; /* struct edition_history, oldest first, the edition's month last */
    GPtrArray *alerts;            /* struct edition_alert, oldest first */
    char *reply[WORDS_LANGUAGES]; /* right of reply, or NULL */
    GPtrArray *watch; /* struct edition_watch, in the order of the method; the same
                         dimensions in every marketplace */
    struct edition_mediation mediation;
    GPtrArray *declared; /* struct edition_declared, oldest first */
    struct edition_changes changes;
    struct edition_terminations terminations;
    struct edition_expectation expectation;
    GArray *statements; /* struct edition_statements, oldest first; of the window */
    GArray *consumers;  /* the same of struct edition_consumers: about its sellers */
    struct edition_terms terms;
};

/* P(a's overall score > b's), among the rated marketplaces. */
struct edition_pair {
    char *a, *b; /* ids, a before b in the order of the registry */
    double p;
    char *sentence[WORDS_LANGUAGES]; /* NULL where there is none */
};

/* A difference of two groups of marketplaces, in points: observed, not an effect. */
struct edition_group {
    struct edition_number difference, low, high, p; /* p: P(difference > 0) */
    enum edition_reason reason;
    char *sentence[WORDS_LANGUAGES];
};

/* How a marketplace fares when the method varies. */
struct edition_robust {
    char *id;            /* of the marketplace */
    GArray *rank_shares; /* double, per cent of random weightings that give rank 1, 2 … */
    GArray *variant_scores;     /* struct edition_number, by variant */
    GArray *variant_ranks;      /* int, by variant; 0 where unknown */
    enum edition_reason reason; /* of the missing variant scores and ranks */
    double low, high;           /* score over the variants */
    int rank_low, rank_high;
};

struct edition_robustness {
    enum edition_reason reason; /* why there are no places; NONE where there are */
    char **variants;            /* ids "V0" … in order, NULL at the end */
    GPtrArray *places;          /* struct edition_robust, rated ones in registry order */
    /* Sobol total indices, what drives the result: id of the factor → share; or empty */
    char **factors;
    GArray *total_indices; /* double, by factor, 2 decimals */
};

/* Where chance alone leaves the ratio of reports to those expected, of a place of which
 * so many are expected. */
struct edition_limit {
    double expected;
    double outer_low, inner_low, inner_high, outer_high;
};

/* What the expectations of the places rest on. */
struct edition_funnel {
    struct edition_number rate; /* expected firms for 1,000 sellers and 12 months */
    enum edition_reason reason; /* of the missing rate, dispersion and limits */
    /* How much more than by chance the reports of a place vary from month to month, 1 and
     * more; it counts as if it were so many times smaller. */
    struct edition_number dispersion;
    struct edition_number inner, outer; /* chance of lying inside the limits, 0 to 1 */
    struct edition_number least;        /* expected firms below which nothing is told */
    GArray *limits;                     /* struct edition_limit, by expected */
};

/* A table of counts of firms, safe to publish: what secrecy hides is unknown, in every
 * output alike. The last row and the last column are totals. */
struct edition_table {
    char *id;               /* "month" … */
    char **rows, **columns; /* ids, NULL at the end */
    GArray *cells;          /* struct edition_number, row by row; unknown: suppressed */
};

/* Can this edition be trusted: who answered what. */
struct edition_coverage {
    /* In the window, of the marketplaces not hidden, to the nearest multiple of twice the
     * disclosure threshold; unknown where hidden. */
    struct edition_number firms, complaints;
    struct edition_number response; /* mean share of answered questions, % */
    enum edition_reason reason;     /* of what is unknown of these */
    int months_of_history;          /* -1 where unknown */
};

/* Where every record and every byte of an export went. */
struct edition_account {
    int64_t mark, header, stored, updated, duplicates, rejected, blank;
};

struct edition_source {
    char *profile;
    char *sha256; /* of the export; of several of context, of their hashes, one a line */
    struct edition_account records; /* mark is 0; header counts the header record */
    struct edition_account bytes;
    int64_t bytes_total;
};

struct edition_band {
    char *letter;
    double least;
};

struct edition {
    int32_t as_of;                  /* month */
    bool closed;                    /* the month is over: the edition may be published */
    int32_t window_from, window_to; /* months, inclusive */
    char *method_version, *method_sha256, *seed;
    int draws;
    GPtrArray *bands; /* struct edition_band, best first */
    struct edition_notice notice;
    GPtrArray
        *marketplaces;  /* struct edition_marketplace, in the order of the registry */
    GPtrArray *sources; /* struct edition_source, by profile and hash */
    GPtrArray *pairs;   /* struct edition_pair, each two rated marketplaces once */
    struct edition_group signatories;  /* signatories of the charter less the others */
    struct edition_group before_after; /* the same of the changes since before it */
    struct edition_robustness robustness;
    struct edition_coverage coverage;
    struct edition_funnel funnel;
    GPtrArray *tables; /* struct edition_table */
    /* Context: struct edition_consumers of the whole country, oldest first; of the
     * window. */
    GArray *consumers;
    bool fictitious; /* sample data: said on every picture */
};

/* A new edition and new elements have no figures: what stays unfilled says "not computed"
 * where a reason is due. The reason of a known figure is not written, whatever it is. */
struct edition *edition_new(void);
void edition_free(struct edition *edition);
SCOPE_DEFINE(edition)

/* New elements, owned by the array they are added to. */
struct edition_marketplace *edition_add_marketplace(struct edition *edition);
struct edition_pillar *edition_add_pillar(struct edition_marketplace *marketplace);
struct edition_indicator *edition_add_indicator(struct edition_pillar *pillar);
struct edition_history *edition_add_history(struct edition_marketplace *marketplace);
struct edition_alert *edition_add_alert(struct edition_marketplace *marketplace);
struct edition_watch *edition_add_watch(struct edition_marketplace *marketplace,
                                        const char *id);
struct edition_declared *edition_add_declared(struct edition_marketplace *marketplace);
struct edition_change *edition_add_change(struct edition_marketplace *marketplace,
                                          const char *id, const char *kind);
struct edition_terms_document *edition_add_terms_document(struct edition_terms *terms);
struct edition_terms_change *
edition_add_terms_change(struct edition_terms_document *document);
struct edition_source *edition_add_source(struct edition *edition);
struct edition_band *edition_add_band(struct edition *edition, const char *letter,
                                      double least);
void edition_add_pair(struct edition *edition, const char *a, const char *b, double p);
struct edition_robust *edition_add_robust(struct edition *edition, const char *place);

/* A table whose cells are all 0, known; rows and columns are copied, NULL at the end. */
struct edition_table *edition_add_table(struct edition *edition, const char *id,
                                        const char *const *rows,
                                        const char *const *columns);

/* A cell, to read or to set. */
struct edition_number *edition_table_cell(const struct edition_table *table, guint row,
                                          guint column);

/* A known number, and the unknown one. */
struct edition_number edition_known(double value);
struct edition_number edition_unknown(void);

/* Whether an indicator is a delay, and has a median and a curve. */
bool edition_is_delay(const struct edition_indicator *indicator);

/* Marketplaces in the order charts list them: by overall score, best first (ties by id),
 * then the insufficient ones by name. The caller frees the array, not its elements. */
GPtrArray *edition_ranked(const struct edition *edition);

/* The median of the known overall scores (pillar < 0) or pillar scores; unknown with
 * none. An even count takes the mean of the two middle ones. */
struct edition_number edition_median_score(const struct edition *edition, int pillar);

/* The indicator of edition.notice; NULL where there is none. */
const struct edition_indicator *
edition_terminations_indicator(const struct edition *edition,
                               const struct edition_marketplace *marketplace);

/* The share of a marketplace's terminations that came too late: what the indicator of
 * edition.notice leaves of 100. Not computed where there is no such indicator. */
struct edition_score
edition_late_terminations(const struct edition *edition,
                          const struct edition_marketplace *marketplace);

/* The JSON document (schema barometre/edition/1): sorted keys, fixed decimals, UTF-8, a
 * final newline; same edition, same bytes. The caller frees. */
char *edition_write(const struct edition *edition);

/* Reads what edition_write wrote. Fails with ERROR_CONFIG, naming `name` and the path of
 * the first unknown, missing or wrong member. */
struct edition *edition_read(const char *json, size_t length, const char *name,
                             GError **error);

#endif
