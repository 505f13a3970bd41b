#include "barometre/funnel.h"

#include "barometre/disclosure.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

enum { QUARTER_MONTHS = 3, GRID = 48, LIMIT_STEPS = 200 };

/* Months in the year that rates are told for: a unit, not a setting. */
static const double year_months = 12;

/* What is worked out of one place before it is published. */
struct stand {
    bool exposed;
    double exposure; /* thousands of sellers × years */
    int firms;
    int rounded; /* to the nearest multiple of the threshold */
    enum edition_reason hidden;
};

struct inputs {
    const struct method *method;
    const struct registry *registry;
    const struct tally *tally;
};

static double round_to(double value, double step) {
    return round(value / step) * step;
}

static double to_decimals(double value, int decimals) {
    const double scale = pow(10, decimals);
    return round(value * scale) / scale;
}

double funnel_limit(double expected, double p) {
    double low = -1, high = expected + 20 * sqrt(expected) + 40;
    for (int i = 0; i < LIMIT_STEPS; i++) {
        const double middle = (low + high) / 2;
        if (gsl_cdf_gamma_Q(expected, middle + 1, 1) < p)
            low = middle;
        else
            high = middle;
    }
    return fmax(0, low) / expected;
}

/* A place counts as if it were `dispersion` times smaller: the same variance as that many
 * times Poisson's, and limits that stay above 0. */
static struct edition_limit limits_at(const struct method *method, double expected,
                                      double dispersion) {
    const double size = expected / dispersion;
    const double inner = (1 - method->funnel.inner) / 2;
    const double outer = (1 - method->funnel.outer) / 2;
    return (struct edition_limit){
        .expected = expected,
        .outer_low = to_decimals(funnel_limit(size, outer), 3),
        .inner_low = to_decimals(funnel_limit(size, inner), 3),
        .inner_high = to_decimals(funnel_limit(size, 1 - inner), 3),
        .outer_high = to_decimals(funnel_limit(size, 1 - outer), 3),
    };
}

/* Whether a reader who adds up the quarters of the year, and the months at its ends that
 * make none, could tell a number of 1 to T − 1 among them: they hold at least as many
 * firms as the year, so what little they hold beyond it bounds a hidden one from below.
 * Reckoned as if all others were shown. */
static bool tells_quarter(const struct inputs *inputs, int32_t last_month, int place,
                          int least) {
    const struct tally *tally = inputs->tally;
    const int any = tally->pillar_count;
    const int threshold = inputs->method->disclosure_threshold;
    int32_t month = last_month - inputs->method->window_months + 1;
    int sum = 0;
    bool secret = false;
    while (month <= last_month) {
        const bool quarter =
            month % QUARTER_MONTHS == 0 && month + QUARTER_MONTHS - 1 <= last_month;
        const int firms = quarter ? tally_quarter_firms(tally, month, place, any)
                                  : tally_month_firms(tally, month, place, any);
        secret = secret || disclosure_is_secret(inputs->method, firms);
        sum += firms;
        month += quarter ? QUARTER_MONTHS : 1;
    }
    return tally->quarter_count > 0 && secret && sum - least < threshold - 1;
}

/* The fewest and the most firms that the rounded number stands for. */
static int fewest(const struct method *method, int rounded) {
    const int threshold = method->disclosure_threshold;
    return rounded == 0 ? 0 : rounded - threshold / 2;
}

static int most(const struct method *method, int rounded) {
    const int threshold = method->disclosure_threshold;
    return rounded == 0 ? 0 : rounded + (threshold - 1) / 2;
}

static struct stand take_stand(const struct inputs *inputs, int32_t last_month,
                               int place) {
    const struct method *method = inputs->method;
    double sellers = 0;
    const char *source = NULL;
    struct stand stand = {.firms = tally_newest_firms(inputs->tally, place)};
    stand.rounded = (int)round_to(stand.firms, method->disclosure_threshold);
    stand.exposed = registry_exposure(registry_place(inputs->registry, place), last_month,
                                      method->window_months, &sellers, &source) &&
                    sellers > 0;
    stand.exposure = sellers / 1000 * (method->window_months / year_months);
    if (!stand.exposed)
        stand.hidden = REASON_UNKNOWN_SELLERS;
    else if (stand.firms > 0 && stand.firms < method->gates.indicator_answers)
        stand.hidden = REASON_FEW_FIRMS;
    else if (tells_quarter(inputs, last_month, place, fewest(method, stand.rounded)))
        stand.hidden = REASON_SUPPRESSED;
    return stand;
}

static int compare_numbers(const void *a, const void *b) {
    const double left = *(const double *)a, right = *(const double *)b;
    return left < right ? -1 : left > right;
}

static double median_of(GArray *values) {
    g_array_sort(values, compare_numbers);
    const double upper = g_array_index(values, double, values->len / 2);
    const double lower = g_array_index(values, double, (values->len - 1) / 2);
    return (lower + upper) / 2;
}

/* The median of the rates of the places shown, from their rounded firms: whoever knows
 * the rate knows no more than what is shown of them. */
static void fill_rate(struct edition_funnel *funnel, const struct method *method,
                      const GArray *stands) {
    g_autoptr(GArray) rates = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint i = 0; i < stands->len; i++) {
        const struct stand *stand = &g_array_index(stands, struct stand, i);
        const double rate = stand->rounded / stand->exposure;
        if (stand->hidden == REASON_NONE)
            g_array_append_val(rates, rate);
    }
    if ((int)rates->len < method->funnel.places) {
        funnel->reason = REASON_FEW_MARKETPLACES;
        return;
    }
    funnel->reason = REASON_NONE;
    funnel->rate = edition_known(to_decimals(median_of(rates), 4));
}

static void expect(struct edition_expectation *place, const struct method *method,
                   const struct edition_funnel *funnel, const struct stand *stand) {
    place->expected_reason = !stand->exposed ? REASON_UNKNOWN_SELLERS : funnel->reason;
    place->reason = place->expected_reason;
    if (place->expected_reason != REASON_NONE)
        return;
    const double expected = to_decimals(funnel->rate.value * stand->exposure, 1);
    place->expected = edition_known(expected);
    place->reason =
        expected < method->funnel.least_expected ? REASON_FEW_EXPECTED : stand->hidden;
    if (place->reason != REASON_NONE)
        return;
    place->firms = edition_known(stand->rounded);
    place->ratio = edition_known(to_decimals(stand->rounded / expected, 2));
    place->low = edition_known(to_decimals(fewest(method, stand->rounded) / expected, 2));
    place->high = edition_known(to_decimals(most(method, stand->rounded) / expected, 2));
}

/* The squared distances of a place's months from its own mean, by that mean; 0 where
 * months are not held. */
static double unrest(const struct inputs *inputs, int32_t last_month, int place) {
    const int any = inputs->tally->pillar_count, months = inputs->method->window_months;
    double sum = 0, squares = 0;
    for (int back = 0; back < months; back++) {
        const int firms = tally_month_firms(inputs->tally, last_month - back, place, any);
        sum += firms;
        squares += (double)firms * firms;
    }
    return sum > 0 ? squares / (sum / months) - sum : 0;
}

/* φ: how many times more than Poisson's the reports of one month to the next vary, each
 * place about its own mean (Pearson's χ² by its degrees of freedom). Not the spread of
 * the places among each other: that is what is looked for. Never below 1, and rounded up
 * to a step so wide that no month of few firms can be told from it. */
static double dispersion_of(const struct inputs *inputs, const GArray *stands) {
    const double step = inputs->method->funnel.dispersion_step;
    double sum = 0;
    int freedom = 0;
    for (guint i = 0; i < stands->len; i++) {
        const struct stand *stand = &g_array_index(stands, struct stand, i);
        if (stand->hidden != REASON_NONE || stand->firms == 0)
            continue;
        sum += unrest(inputs, inputs->tally->last_month, (int)i);
        freedom += inputs->method->window_months - 1;
    }
    return freedom == 0 ? 1 : fmax(1, step * ceil(sum / freedom / step - 1e-9));
}

/* Judged on what is published: what the rounding leaves open must all lie beyond. */
static enum edition_position position_of(const struct edition_expectation *place,
                                         const struct edition_limit *limit) {
    if (place->low.value > limit->outer_high)
        return POSITION_ABOVE_OUTER;
    if (place->low.value > limit->inner_high)
        return POSITION_ABOVE_INNER;
    if (place->high.value < limit->outer_low)
        return POSITION_BELOW_OUTER;
    if (place->high.value < limit->inner_low)
        return POSITION_BELOW_INNER;
    return POSITION_INSIDE;
}

/* The least of 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10 times a power of ten. */
static double round_up(double value) {
    static const double steps[] = {1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10};
    const double scale = pow(10, floor(log10(value)));
    guint i = 0;
    while (i < G_N_ELEMENTS(steps) - 1 && steps[i] * scale < value - 1e-9)
        i++;
    return steps[i] * scale;
}

static double most_expected(const struct edition *edition) {
    double greatest = 0;
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place = edition->marketplaces->pdata[i];
        if (place->expectation.expected.known)
            greatest = fmax(greatest, place->expectation.expected.value);
    }
    return greatest;
}

/* Closer together where the curves bend. */
static void fill_limits(struct edition *edition, const struct method *method) {
    struct edition_funnel *funnel = &edition->funnel;
    const double from = method->funnel.least_expected;
    const double to = round_up(fmax(4 * from, 1.08 * most_expected(edition)));
    double before = -1;
    for (int i = 0; i <= GRID; i++) {
        const double expected =
            to_decimals(from + (to - from) * pow((double)i / GRID, 1.7), 2);
        if (expected <= before)
            continue;
        const struct edition_limit limit =
            limits_at(method, expected, funnel->dispersion.value);
        g_array_append_val(funnel->limits, limit);
        before = expected;
    }
}

static void judge(struct edition *edition, const struct method *method) {
    struct edition_funnel *funnel = &edition->funnel;
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        struct edition_marketplace *place = edition->marketplaces->pdata[i];
        if (!place->expectation.ratio.known)
            continue;
        const struct edition_limit limit = limits_at(
            method, place->expectation.expected.value, funnel->dispersion.value);
        place->expectation.position = position_of(&place->expectation, &limit);
    }
    fill_limits(edition, method);
}

void funnel_fill(struct edition *edition, const struct method *method,
                 const struct registry *registry, const struct tally *tally) {
    const struct inputs inputs = {method, registry, tally};
    struct edition_funnel *funnel = &edition->funnel;
    g_autoptr(GArray) stands = g_array_new(FALSE, FALSE, sizeof(struct stand));
    if (!method->funnel.known)
        return;
    funnel->inner = edition_known(method->funnel.inner);
    funnel->outer = edition_known(method->funnel.outer);
    funnel->least = edition_known(method->funnel.least_expected);
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct stand stand = take_stand(&inputs, tally->last_month, (int)i);
        g_array_append_val(stands, stand);
    }
    fill_rate(funnel, method, stands);
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        struct edition_marketplace *place = edition->marketplaces->pdata[i];
        expect(&place->expectation, method, funnel,
               &g_array_index(stands, struct stand, i));
    }
    if (funnel->reason != REASON_NONE)
        return;
    funnel->dispersion = edition_known(to_decimals(dispersion_of(&inputs, stands), 2));
    judge(edition, method);
}
