/* Sobol indices: what share of a result's variance each of its factors stands for. */
#ifndef BAROMETRE_SOBOL_H
#define BAROMETRE_SOBOL_H

#include <stdbool.h>

enum { SOBOL_MOST_FACTORS = 12, SOBOL_MOST_COLUMNS = 20 };

/* A result of independent uniform numbers. A factor may take several of them. */
struct sobol_model {
    int factor_count;
    int columns[SOBOL_MOST_FACTORS]; /* numbers that each factor takes, in order */
    double (*result)(const double *numbers, const void *context);
    const void *context;
};

struct sobol_index {
    double first; /* what the factor explains on its own */
    double total; /* with all that it takes part in */
};

/* The indices of each factor from two samples of `base` rows and one more for each factor
 * (Saltelli 2002), by the estimators of Jansen (1999). The samples are the first points
 * of one Sobol sequence: the same on every run. False where the result does not vary.
 * Cost: base × (factors + 2) results. */
bool sobol_estimate(const struct sobol_model *model, int base,
                    struct sobol_index *indices);

#endif
