#include "sensitivity.h"

#include "barometre/bootstrap.h"
#include "sobol.h"
#include "variant.h"

#include <math.h>

enum factor {
    FACTOR_DATA,
    FACTOR_WEIGHTS,
    FACTOR_AGGREGATION,
    FACTOR_INCIDENCE,
    FACTOR_MISSING,
};

const char *const sensitivity_factors[SENSITIVITY_FACTORS] = {
    [FACTOR_DATA] = "data",
    [FACTOR_WEIGHTS] = "weights",
    [FACTOR_AGGREGATION] = "aggregation",
    [FACTOR_INCIDENCE] = "incidence",
    [FACTOR_MISSING] = "missing",
};

struct experiment {
    const struct method *method;
    const int *places;
    int place_count;
    const struct score_window *base;
    /* Draws under each pair of rules: the same random weights in all of them, since the
     * patterns and their order are the same. */
    struct bootstrap *draws[MISSING_COUNT][INCIDENCE_RULE_COUNT];
};

/* The choice among `count` that a uniform number makes. */
static int choose(double number, int count) {
    return CLAMP((int)(number * count), 0, count - 1);
}

static double shift(const double *numbers, const void *context) {
    const struct experiment *experiment = context;
    const struct method *method = experiment->method;
    const int pillars = method->pillar_count;
    double weights[METHOD_MOST_PILLARS];
    for (int p = 0; p < pillars; p++) /* exponentials over their sum: Dirichlet(1, …) */
        weights[p] = -log(numbers[1 + p]);
    const double *rules = numbers + 1 + pillars;
    const enum aggregation_rule aggregation =
        (enum aggregation_rule)choose(rules[0], AGGREGATION_COUNT);
    const struct bootstrap *bootstrap =
        experiment->draws[choose(rules[2], MISSING_COUNT)]
                         [choose(rules[1], INCIDENCE_RULE_COUNT)];
    const int draw = choose(numbers[0], bootstrap->draws);
    double sum = 0;
    for (int i = 0; i < experiment->place_count; i++) {
        const int place = experiment->places[i];
        double scores[METHOD_MOST_PILLARS];
        for (int p = 0; p < pillars; p++)
            scores[p] = bootstrap->places[place].pillars[p][draw];
        sum += fabs(variant_aggregate(method, aggregation, weights, scores) -
                    experiment->base->places[place].overall);
    }
    return sum / experiment->place_count;
}

static void draw_all(struct experiment *experiment, const struct score_inputs *inputs) {
    for (int missing = 0; missing < MISSING_COUNT; missing++) {
        scoped(tally) *tally =
            variant_tally(inputs->method, inputs->tally, (enum missing_rule)missing);
        for (int incidence = 0; incidence < INCIDENCE_RULE_COUNT; incidence++) {
            const struct method method = variant_method(
                inputs->method, (enum incidence_rule)incidence, PRIOR_METHOD);
            struct score_inputs varied = *inputs;
            varied.method = &method;
            varied.tally = tally;
            scoped(score_window) *window =
                score_window_new(&method, inputs->registry, tally, 0);
            experiment->draws[missing][incidence] =
                bootstrap_new(&varied, window, method.robustness.sobol_draws);
        }
    }
}

bool sensitivity_totals(const struct score_inputs *inputs, const int *places, int count,
                        double totals[static SENSITIVITY_FACTORS]) {
    scoped(score_window) *base =
        score_window_new(inputs->method, inputs->registry, inputs->tally, 0);
    struct experiment experiment = {
        .method = inputs->method,
        .places = places,
        .place_count = count,
        .base = base,
    };
    draw_all(&experiment, inputs);
    const struct sobol_model model = {
        .factor_count = SENSITIVITY_FACTORS,
        .columns = {1, inputs->method->pillar_count, 1, 1, 1},
        .result = shift,
        .context = &experiment,
    };
    struct sobol_index indices[SENSITIVITY_FACTORS];
    const bool varies =
        sobol_estimate(&model, inputs->method->robustness.sobol_base, indices);
    for (int i = 0; varies && i < SENSITIVITY_FACTORS; i++)
        totals[i] = indices[i].total;
    for (int missing = 0; missing < MISSING_COUNT; missing++)
        for (int incidence = 0; incidence < INCIDENCE_RULE_COUNT; incidence++)
            bootstrap_free(experiment.draws[missing][incidence]);
    return varies;
}
