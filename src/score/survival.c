#include "survival.h"

#include <math.h>

void survival_step(struct survival *survival, int at_risk, int events) {
    survival->open *= 1 - (double)events / at_risk;
    survival->greenwood +=
        events < at_risk ? events / ((double)at_risk * (at_risk - events)) : INFINITY;
}

void survival_bounds(const struct survival *survival, double z, double *lower,
                     double *upper) {
    *lower = *upper = survival->open;
    if (survival->open <= 0 || survival->open >= 1)
        return;
    const double middle = log(-log(survival->open));
    const double error = z * sqrt(survival->greenwood) / fabs(log(survival->open));
    *lower = exp(-exp(middle + error));
    *upper = exp(-exp(middle - error));
}
