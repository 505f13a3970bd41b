#include "sobol.h"

#include <glib.h>
#include <gsl/gsl_qrng.h>
#include <string.h>

/* Sums over the rows of the samples. */
struct sums {
    double result, square; /* of both samples */
    double first[SOBOL_MOST_FACTORS], total[SOBOL_MOST_FACTORS];
};

static int column_count(const struct sobol_model *model) {
    int columns = 0;
    for (int i = 0; i < model->factor_count; i++)
        columns += model->columns[i];
    g_assert(columns <= SOBOL_MOST_COLUMNS);
    return columns;
}

/* One row: a of the first sample, b of the second, and a with one factor of b. */
static void add_row(struct sums *sums, const struct sobol_model *model, const double *a,
                    const double *b) {
    const double of_a = model->result(a, model->context);
    const double of_b = model->result(b, model->context);
    sums->result += of_a + of_b;
    sums->square += of_a * of_a + of_b * of_b;
    double mixed[SOBOL_MOST_COLUMNS];
    memcpy(mixed, a, sizeof mixed);
    for (int i = 0, column = 0; i < model->factor_count; column += model->columns[i++]) {
        const size_t bytes = (size_t)model->columns[i] * sizeof *mixed;
        memcpy(mixed + column, b + column, bytes);
        const double of_mixed = model->result(mixed, model->context);
        memcpy(mixed + column, a + column, bytes);
        sums->first[i] += (of_b - of_mixed) * (of_b - of_mixed);
        sums->total[i] += (of_a - of_mixed) * (of_a - of_mixed);
    }
}

/* first = 1 − E(f(b) − f(mixed))² / 2V, total = E(f(a) − f(mixed))² / 2V. */
bool sobol_estimate(const struct sobol_model *model, int base,
                    struct sobol_index *indices) {
    static const double least_variance = 1e-12;
    const int columns = column_count(model);
    gsl_qrng *sequence = gsl_qrng_alloc(gsl_qrng_sobol, 2 * (unsigned)columns);
    g_assert(sequence != NULL);
    struct sums sums = {0};
    for (int row = 0; row < base; row++) {
        double point[2 * SOBOL_MOST_COLUMNS];
        double a[SOBOL_MOST_COLUMNS] = {0}, b[SOBOL_MOST_COLUMNS] = {0};
        gsl_qrng_get(sequence, point);
        memcpy(a, point, (size_t)columns * sizeof *a);
        memcpy(b, point + columns, (size_t)columns * sizeof *b);
        add_row(&sums, model, a, b);
    }
    gsl_qrng_free(sequence);
    const double mean = sums.result / (2 * base);
    const double variance = sums.square / (2 * base) - mean * mean;
    if (variance <= least_variance)
        return false;
    for (int i = 0; i < model->factor_count; i++)
        indices[i] = (struct sobol_index){
            .first = 1 - sums.first[i] / (2 * variance * base),
            .total = sums.total[i] / (2 * variance * base),
        };
    return true;
}
