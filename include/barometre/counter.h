/* The counter: complaints into a tally of windows. Knows no weight.
 *
 * A firm counts once per marketplace, pillar and window, by the latest of its complaints
 * that the window holds. So each complaint feeds the windows from the month it was
 * received to the month before the firm's next one, twelve at most: one ordered pass
 * serves all windows and pillars together.
 */
#ifndef BAROMETRE_COUNTER_H
#define BAROMETRE_COUNTER_H

#include "barometre/tally.h"

struct counter;

/* Counts into `tally`, which the caller finishes, and holds the months of its windows one
 * by one. Both outlive the counter. Free with counter_free. */
struct counter *counter_new(const struct method *method, struct tally *tally);
void counter_free(struct counter *counter);
SCOPE_DEFINE(counter)

/* Beside what the method excludes, leaves out the complaints that match a clause, resp.
 * all that do not. The clauses outlive the counter. */
void counter_except(struct counter *counter, const struct rule_clause *clause);
void counter_only(struct counter *counter, const struct rule_clause *clause);

/* The fields of a complaint that counting reads, with or without the clauses of the
 * method's robustness. */
void counter_wanted(const struct method *method, bool wanted[static FIELD_COUNT]);

/* The days of reception that the tally's windows hold, inclusive. */
void counter_days(const struct method *method, const struct tally *tally,
                  int32_t *first_day, int32_t *last_day);

/* Adds a complaint. They come ordered by marketplace, firm, day of reception and report
 * id (bytewise): the last of equals is the one that counts. */
void counter_add(struct counter *counter, const struct complaint *complaint);

/* Counts what the last firm left open. */
void counter_finish(struct counter *counter);

#endif
