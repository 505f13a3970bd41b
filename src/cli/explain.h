/* What `explain` is asked and what it answers from. */
#ifndef BAROMETRE_EXPLAIN_H
#define BAROMETRE_EXPLAIN_H

#include "cli.h"

#include "barometre/edition.h"
#include "barometre/score.h"
#include "barometre/tally.h"
#include "barometre/watch.h"

struct question {
    const struct cli *cli;
    const struct observatory *observatory;
    struct store *store;
    const struct tally *tally;
    const struct score_window *window;
    const struct edition *edition;
    int place, pillar, indicator; /* −1: all */
    int watch;                    /* enum watch_dimension; −1: not asked for */
};

/* Prints a line of messages with its indent. */
void explain_line(const struct question *question, int indent, const char *key,
                  const struct words_argument *arguments);

/* Prints whether the edition shows a score, with its interval, or why not. */
void explain_published(const struct question *question, int indent,
                       const struct edition_score *score);

/* Prints an edition's sentence, where there is one. */
void explain_sentence(const struct question *question, int indent,
                      char *const sentence[static WORDS_LANGUAGES]);

/* Prints what a change over the year was computed from: of a pillar, or of the overall
 * score where `pillar` is negative. */
void explain_trend(const struct question *question, int pillar);

/* Prints a pillar with the asked-for indicators: counts, formula, published figure,
 * sentence, legal bases. */
void explain_pillar(const struct question *question, int pillar);

/* Prints the ids of the complaints that the figure rests on: of each firm the latest of
 * the window, in the asked-for pillar (else any), that answers the indicator; of a watch
 * dimension those that say yes. */
bool explain_reports(const struct question *question, GError **error);

#endif
