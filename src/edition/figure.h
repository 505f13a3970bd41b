/* Figures of an edition document: numbers that may be null, each with its reason beside
 * it. Problems are noted in the reader that the nodes belong to. */
#ifndef BAROMETRE_FIGURE_H
#define BAROMETRE_FIGURE_H

#include "barometre/edition.h"
#include "barometre/json_reader.h"

#define FIGURE_SCORE_KEYS "score", "low", "high", "reason", "interval_reason"

/* A member that is null or a number of at most `decimals` decimals. */
struct edition_number figure_number(const struct json_node *node, const char *key,
                                    int decimals, double least, double most);

/* A member that is null or a whole number of 0 or more. */
struct edition_number figure_count(const struct json_node *node, const char *key);

/* A member that is null or the code of a reason; an array of such codes. */
enum edition_reason figure_reason(const struct json_node *node, const char *key);
void figure_reasons(GArray *reasons, const struct json_node *parent);

/* Notes a figure that is neither known nor missing for a reason, or both. */
void figure_check_reason(const struct json_node *node, const char *key, bool known,
                         enum edition_reason reason);

/* The members FIGURE_SCORE_KEYS of an object; its members "trend" and "median_days". */
struct edition_score figure_score(const struct json_node *node);
struct edition_trend figure_trend(const struct json_node *parent);
struct edition_median figure_median(const struct json_node *parent);

#endif
