/* Figures of an edition document, written and read: numbers that may be null, each with
 * its reason beside it. Problems are noted in the reader that the nodes belong to. */
#ifndef BAROMETRE_FIGURE_H
#define BAROMETRE_FIGURE_H

#include "barometre/edition.h"
#include "barometre/json_reader.h"

#define FIGURE_SCORE_KEYS "score", "low", "high", "reason", "interval_reason"

/* Decimals of published figures. */
enum figure_decimals {
    SCORE_DECIMALS = 1,
    PROBABILITY_DECIMALS = 2,
    WEIGHT_DECIMALS = 6,
    RATIO_DECIMALS = 2, /* of observed to expected */
    LIMIT_DECIMALS = 3,
    RATE_DECIMALS = 4,
};

/* Values of members: rounded, never −0; null where unknown, a rank of 0 or
 * a whole number of -1. */
json_t *figure_write_real(double value, int decimals);
json_t *figure_write_number(struct edition_number number, int decimals);
json_t *figure_write_count(struct edition_number number);
json_t *figure_write_rank(int rank);
json_t *figure_write_whole(int whole);
json_t *figure_write_trend(const struct edition_trend *trend);
json_t *figure_write_median(const struct edition_median *median);
json_t *figure_write_share(const struct edition_share *share);

/* Codes; the second is null beside a known figure, whatever the reason. */
json_t *figure_write_reason(enum edition_reason reason);
json_t *figure_write_reason_unless(bool known, enum edition_reason reason);
json_t *figure_write_reasons(const GArray *reasons);

/* Adds the members FIGURE_SCORE_KEYS to the object of what is scored. */
void figure_write_score(json_t *object, const struct edition_score *score);

/* A member that is null or a number of at most `decimals` decimals; one that is never
 * null, and such an element of an array. */
struct edition_number figure_read_number(const struct json_node *node, const char *key,
                                         int decimals, double least, double most);
double figure_read_known(const struct json_node *node, const char *key, int decimals,
                         double least, double most);
double figure_read_element(const struct json_node *array, size_t index, int decimals,
                           double least, double most);

/* A member that is null or a whole number of 0 or more, of 1 or more. */
struct edition_number figure_read_count(const struct json_node *node, const char *key);
int figure_read_rank(const struct json_node *node, const char *key);
int figure_read_whole(const struct json_node *node, const char *key);

/* A member that is null or the code of a reason; the members "reasons" and "status"; a
 * claim. */
enum edition_reason figure_read_reason(const struct json_node *node, const char *key);
void figure_read_reasons(GArray *reasons, const struct json_node *parent);
enum edition_status figure_read_status(const struct json_node *node);
enum edition_claim figure_read_claim(const struct json_node *node, const char *key);

/* Notes a figure that is neither known nor missing for a reason, or both. */
void figure_check_reason(const struct json_node *node, const char *key, bool known,
                         enum edition_reason reason);

/* Notes bounds that are not known together or not in order. */
void figure_check_interval(const struct json_node *node, struct edition_number low,
                           struct edition_number high);

/* The members FIGURE_SCORE_KEYS of an object; members that are objects. */
struct edition_score figure_read_score(const struct json_node *node);
struct edition_trend figure_read_trend(const struct json_node *parent);
struct edition_median figure_read_median(const struct json_node *parent, const char *key);
struct edition_share figure_read_share(const struct json_node *parent, const char *key);

#endif
