/* Sensitivity: which choice moves the scores most when all of them vary together. */
#ifndef BAROMETRE_SENSITIVITY_H
#define BAROMETRE_SENSITIVITY_H

#include "barometre/robustness.h"

enum { SENSITIVITY_FACTORS = 5 };

/* "data", "weights", "aggregation", "incidence", "missing". */
extern const char *const sensitivity_factors[SENSITIVITY_FACTORS];

/* Total Sobol indices of the mean absolute difference between the overall scores of
 * `places` (indices in the registry) and those of the method. False where nothing varies.
 */
bool sensitivity_totals(const struct score_inputs *inputs, const int *places, int count,
                        double totals[static SENSITIVITY_FACTORS]);

#endif
