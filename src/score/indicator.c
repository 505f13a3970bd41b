#include "indicator.h"

#include "survival.h"

#include <math.h>

static const struct tally_pattern *pattern_at(const GArray *patterns, guint i) {
    return &g_array_index(patterns, struct tally_pattern, i);
}

/* share: (yes + phantom) / (answered + both phantoms), firms counted once. With phantoms
 * of ½ it is the Jeffreys estimate. */
double indicator_share(const struct indicator_evidence *evidence, int indicator) {
    double yes = evidence->phantom_yes;
    double answered = evidence->phantom_yes + evidence->phantom_no;
    for (guint i = 0; i < evidence->patterns->len; i++) {
        const int answer = pattern_at(evidence->patterns, i)->answer[indicator];
        if (answer == PATTERN_NONE)
            continue;
        answered += evidence->weights[i];
        if (answer == PATTERN_YES)
            yes += evidence->weights[i];
    }
    return yes / answered;
}

/* delay: weighted Kaplan-Meier at the horizon, F = 1 − S. At each day S falls by the
 * share of the weight at risk that is answered then; a case still open on a day is at
 * risk on that day. The phantom yes is answered before day 0, the phantom no never, so
 * that without open cases F is the share exactly. */
double indicator_delay(const struct indicator_evidence *evidence, int indicator,
                       int horizon_days) {
    g_autofree double *answered = g_new0(double, horizon_days + 1);
    g_autofree double *leaving = g_new0(double, horizon_days + 1);
    double at_risk = evidence->phantom_no;
    for (guint i = 0; i < evidence->patterns->len; i++) {
        const int answer = pattern_at(evidence->patterns, i)->answer[indicator];
        if (answer == PATTERN_NONE)
            continue;
        at_risk += evidence->weights[i];
        const int day = answer / 2;
        if (day > horizon_days)
            continue;
        leaving[day] += evidence->weights[i];
        if (answer % 2 == 1)
            answered[day] += evidence->weights[i];
    }
    double open = at_risk / (at_risk + evidence->phantom_yes);
    for (int day = 0; day <= horizon_days; day++) {
        if (answered[day] > 0)
            open *= 1 - answered[day] / at_risk;
        at_risk -= leaving[day];
    }
    return 1 - open;
}

int indicator_answers(const GArray *patterns, int indicator) {
    int answers = 0;
    for (guint i = 0; i < patterns->len; i++)
        if (pattern_at(patterns, i)->answer[indicator] != PATTERN_NONE)
            answers += pattern_at(patterns, i)->firms;
    return answers;
}

int indicator_favourable(const GArray *patterns, int indicator,
                         enum indicator_kind kind) {
    int favourable = 0;
    for (guint i = 0; i < patterns->len; i++) {
        const int answer = pattern_at(patterns, i)->answer[indicator];
        if (kind == INDICATOR_DELAY ? answer > 0 && answer % 2 == 1
                                    : answer == PATTERN_YES)
            favourable += pattern_at(patterns, i)->firms;
    }
    return favourable;
}

/* incidence: mean of the Gamma(a + N, a/m₀ + E) posterior, a the prior's strength in
 * reports, m₀ the market's pooled rate, E the exposure; the prior alone where E is
 * unknown. */
double indicator_rate(const struct method_incidence *incidence, double pooled_rate,
                      int reports, double exposure) {
    if (exposure <= 0)
        return pooled_rate;
    return (incidence->prior_reports + reports) /
           (incidence->prior_reports / pooled_rate + exposure);
}

/* Logarithmic between the goalposts: doubling costs the same everywhere. */
double indicator_rate_score(const struct method_incidence *incidence, double rate) {
    if (incidence->linear)
        return 100 * CLAMP((incidence->worst_rate - rate) /
                               (incidence->worst_rate - incidence->best_rate),
                           0, 1);
    const double worst = log(incidence->worst_rate), best = log(incidence->best_rate);
    const double share = (worst - log(rate)) / (worst - best);
    return 100 * CLAMP(share, 0, 1);
}

static const struct tally_duration *duration_at(const GArray *durations, guint i) {
    return &g_array_index(durations, struct tally_duration, i);
}

/* The first day on which a curve is at or below one half. */
static void note_crossing(struct edition_number *days, double open, int day) {
    static const double rounding = 1e-12;
    if (!days->known && open <= 0.5 + rounding)
        *days = edition_known(day);
}

/* median: the day on which the Kaplan-Meier curve of the reported durations crosses one
 * half, and those on which its bounds do. */
struct edition_median indicator_median(const GArray *durations, int indicator,
                                       int *cases) {
    int at_risk = 0;
    for (guint i = 0; i < durations->len; i++)
        if (duration_at(durations, i)->indicator == indicator)
            at_risk += duration_at(durations, i)->firms;
    *cases = at_risk;
    static const double z = 1.959963984540054; /* 95 % */
    struct edition_median median = {.reason = REASON_NONE};
    struct survival survival = {.open = 1};
    for (guint i = 0; i < durations->len; i++) {
        const struct tally_duration *duration = duration_at(durations, i);
        if (duration->indicator != indicator)
            continue;
        if (duration->event) {
            double lower, upper;
            survival_step(&survival, at_risk, duration->firms);
            survival_bounds(&survival, z, &lower, &upper);
            note_crossing(&median.days, survival.open, duration->days);
            note_crossing(&median.low, lower, duration->days);
            note_crossing(&median.high, upper, duration->days);
        }
        at_risk -= duration->firms; /* open cases of a day follow its events */
    }
    if (!median.days.known)
        median.reason = REASON_NOT_REACHED;
    return median;
}
