#include "curve.h"

#include "survival.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* The cases of one delay by whole days, those beyond the last day never leaving. */
struct cases {
    int count, days;
    int *answered, *leaving; /* on each day of 0 to days */
};

static struct cases count_cases(const GArray *durations, int indicator, int days) {
    struct cases cases = {.days = days,
                          .answered = g_new0(int, days + 1),
                          .leaving = g_new0(int, days + 1)};
    for (guint i = 0; i < durations->len; i++) {
        const struct tally_duration *duration =
            &g_array_index(durations, struct tally_duration, i);
        if (duration->indicator != indicator)
            continue;
        cases.count += duration->firms;
        if (duration->days > days)
            continue;
        cases.leaving[duration->days] += duration->firms;
        if (duration->event)
            cases.answered[duration->days] += duration->firms;
    }
    return cases;
}

static void clear_cases(struct cases *cases) {
    g_free(cases->answered);
    g_free(cases->leaving);
}

/* The finest unit that holds T cases, else the coarsest. */
static int share_unit(const struct method *method, int cases) {
    for (int i = 0; i < method->curve.unit_count; i++)
        if (method->curve.units[i] * cases >= 100 * method->disclosure_threshold)
            return method->curve.units[i];
    return method->curve.units[method->curve.unit_count - 1];
}

/* A share is 0 or 100 only where it is so. */
static struct edition_curve_point told(const struct survival *survival, int day, int unit,
                                       double z) {
    struct edition_curve_point point = {.day = day, .share = 100};
    if (survival->open <= 0)
        return point;
    double lower, upper;
    survival_bounds(survival, z, &lower, &upper);
    point.share =
        CLAMP((int)round(100 * (1 - survival->open) / unit) * unit, unit, 100 - unit);
    point.low = edition_known(floor(100 * (1 - upper) / unit) * unit);
    point.high = edition_known(ceil(100 * (1 - lower) / unit) * unit);
    return point;
}

static bool is_none_or_enough(int cases, int threshold) {
    return cases == 0 || cases >= threshold;
}

static void trace(struct edition_curve *curve, const struct method *method,
                  const struct cases *cases) {
    const int threshold = method->disclosure_threshold;
    const int unit = share_unit(method, cases->count);
    const double z = gsl_cdf_ugaussian_Pinv((1 + method->interval) / 2);
    struct survival survival = {.open = 1};
    int at_risk = cases->count, answered = 0, since = 0;
    for (int day = 0; day <= cases->days && at_risk >= threshold; day++) {
        if (cases->answered[day] > 0)
            survival_step(&survival, at_risk, cases->answered[day]);
        answered += cases->answered[day];
        since += cases->answered[day];
        at_risk -= cases->leaving[day];
        if (since < threshold || !is_none_or_enough(cases->count - answered, threshold))
            continue;
        const struct edition_curve_point point = told(&survival, day, unit, z);
        g_array_append_val(curve->points, point);
        since = 0;
    }
}

void curve_fill(struct edition_curve *curve, const struct method *method,
                const GArray *durations, int indicator, int horizon_days) {
    curve->horizon_days = horizon_days;
    curve->most_days = horizon_days * method->curve.horizons;
    curve->reason = REASON_FEW_ANSWERS;
    struct cases cases = count_cases(durations, indicator, curve->most_days);
    if (cases.count >= method->gates.indicator_answers) {
        curve->reason = REASON_NONE;
        trace(curve, method, &cases);
    }
    clear_cases(&cases);
}
