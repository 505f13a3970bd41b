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
    REASON_NO_REPORTS,      /* nobody reported: not a good mark, no mark */
    REASON_FEW_FIRMS,       /* fewer firms than the gate */
    REASON_FEW_CHANGES,     /* fewer distinct clause changes than the gate */
    REASON_FEW_INDICATORS,  /* too few indicators with enough answers */
    REASON_FEW_ANSWERS,     /* too few answers to this indicator */
    REASON_WIDE_INTERVAL,   /* the interval is wider than the gate */
    REASON_PILLAR_MISSING,  /* a pillar is insufficient, so there is no overall score */
    REASON_UNKNOWN_SELLERS, /* no published number of sellers */
    REASON_NOT_REACHED,     /* a median beyond the longest observation */
    REASON_NOT_COMPUTED,    /* this version of the engine does not compute it */
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

struct edition_indicator {
    char *id;
    char *label[WORDS_LANGUAGES];
    char *kind; /* "share", "delay", "incidence" */
    struct edition_score score;
    char *answers_class;             /* "10-29", or NULL below the least class */
    char **basis;                    /* ids in legal.json, NULL at the end */
    char *sentence[WORDS_LANGUAGES]; /* NULL where there is none yet */
    struct edition_median median;    /* delays only */
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
};

struct edition_overall {
    struct edition_score score;
    char *band, *band_low, *band_high; /* letters; NULL where unknown */
    int rank_low, rank_high;           /* 0 where unknown */
    struct edition_number p_first, p_last;
    enum edition_reason rank_reason; /* of the missing rank and probabilities */
    struct edition_trend trend;
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
};

/* Where every record and every byte of an export went. */
struct edition_account {
    int64_t mark, header, stored, updated, duplicates, rejected, blank;
};

struct edition_source {
    char *profile, *sha256;
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
    GPtrArray
        *marketplaces;  /* struct edition_marketplace, in the order of the registry */
    GPtrArray *sources; /* struct edition_source, by profile and hash */
    bool fictitious;    /* sample data: said on every picture */
};

struct edition *edition_new(void);
void edition_free(struct edition *edition);
SCOPE_DEFINE(edition)

/* New elements, owned by the array they are added to. */
struct edition_marketplace *edition_add_marketplace(struct edition *edition);
struct edition_pillar *edition_add_pillar(struct edition_marketplace *marketplace);
struct edition_indicator *edition_add_indicator(struct edition_pillar *pillar);
struct edition_history *edition_add_history(struct edition_marketplace *marketplace);
struct edition_alert *edition_add_alert(struct edition_marketplace *marketplace);
struct edition_source *edition_add_source(struct edition *edition);
struct edition_band *edition_add_band(struct edition *edition, const char *letter,
                                      double least);

/* A known number, and the unknown one. */
struct edition_number edition_known(double value);
struct edition_number edition_unknown(void);

/* Marketplaces in the order charts list them: by overall score, best first (ties by id),
 * then the insufficient ones by name. The caller frees the array, not its elements. */
GPtrArray *edition_ranked(const struct edition *edition);

/* The median of the known overall scores (pillar < 0) or pillar scores; unknown with
 * none. An even count takes the mean of the two middle ones. */
struct edition_number edition_median_score(const struct edition *edition, int pillar);

/* The JSON document (schema barometre/edition/1): sorted keys, fixed decimals, UTF-8, a
 * final newline; same edition, same bytes. The caller frees. */
char *edition_write(const struct edition *edition);

/* Reads what edition_write wrote. Fails with ERROR_CONFIG, naming `name` and the path of
 * the first unknown, missing or wrong member. */
struct edition *edition_read(const char *json, size_t length, const char *name,
                             GError **error);

#endif
