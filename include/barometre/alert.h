/* Alerts: a rise of the reports that chance alone would seldom bring.
 *
 * A Poisson CUSUM (Page 1954; Lucas 1985) for each marketplace and pillar. It adds up,
 * month after month, how much likelier the reports are if their pace has risen by the
 * method's ratio than if it has not, never below 0; an alert is told where that reaches
 * the method's likelihood, and the sum begins anew. With known expectations the mean time
 * between false alarms is at least `likelihood` months (Shiryaev–Roberts bound).
 *
 * A firm counts once a month on both sides: in the month's reports and in the months that
 * the expectation comes from. Otherwise a firm that reports every month would be a rise.
 */
#ifndef BAROMETRE_ALERT_H
#define BAROMETRE_ALERT_H

#include "barometre/edition.h"
#include "barometre/method.h"
#include "barometre/registry.h"
#include "barometre/tally.h"
#include "barometre/words.h"

/* The sum after a month with `reports` where `expected` were expected; `before` is the
 * sum before it, 0 after an alert. */
double alert_step(const struct method_alert *alert, double before, int reports,
                  double expected);

/* Whether a sum is an alert. */
bool alert_is_due(const struct method_alert *alert, double sum);

/* Whether `reports` of the `all_reports` of all marketplaces are more than the usual
 * share explains: exact binomial tail. Else the rise is a general one. */
bool alert_is_own(const struct method_alert *alert, int reports, int all_reports,
                  double usual_share);

/* Adds the alerts of each marketplace of the edition, oldest first, over the months of
 * the tally that follow a whole window of reports. A month's alert is left out where
 * fewer firms than the disclosure threshold reported in the window that ends with it.
 * `words` are by language. */
void alert_fill(struct edition *edition, const struct method *method,
                const struct registry *registry, const struct tally *tally,
                const struct words *const words[static WORDS_LANGUAGES]);

#endif
