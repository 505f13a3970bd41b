/* The page of a night, for analysts: verdict first, then what was read and refused, then
 * what the month in progress comes to. Never public: it names exports and lines, and it
 * tells provisional figures; it holds no row content.
 */
#ifndef BAROMETRE_NIGHT_H
#define BAROMETRE_NIGHT_H

#include "barometre/edition.h"

#include <jansson.h>

/* The rejects of one rule. */
struct night_reject {
    char *rule, *remedy; /* in words */
    int64_t count;
    GPtrArray *places; /* "export.csv:12", the first ones */
};

struct night_page {
    const struct words *words;
    const char *title; /* the observatory's */
    const char *verdict;
    int exit_status;
    int32_t as_of;
    char **lines;                      /* of the summary, NULL at the end */
    const json_t *sources;             /* rows of the exports met */
    const json_t *problems;            /* sentences */
    const GPtrArray *rejects;          /* struct night_reject, most first */
    const struct edition *provisional; /* of the month in progress, or NULL */
    const char *sheet, *front;         /* addresses; front may be NULL */
};

void night_reject_free(struct night_reject *reject);

/* The caller unrefs. */
GBytes *night_write(const struct night_page *night);

#endif
