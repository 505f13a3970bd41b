#include "barometre/bootstrap.h"

#include "indicator.h"
#include "stream.h"

#include <gsl/gsl_statistics.h>
#include <math.h>
#include <string.h>

/* One pillar of one marketplace: the unit of work of a thread. */
struct task {
    const struct method *method;
    const char *id; /* of the place */
    const struct tally_cell *cell;
    const struct score_window *window;
    struct bootstrap *bootstrap;
    int place, pillar;
};

double bootstrap_quantile(double *values, int count, double p) {
    const double at = (count - 1) * p;
    const size_t below = (size_t)floor(at);
    const double low = gsl_stats_select(values, 1, (size_t)count, below);
    if (below + 1 >= (size_t)count)
        return low;
    double high = values[below + 1]; /* what follows the selected value is not less */
    for (size_t i = below + 2; i < (size_t)count; i++)
        high = MIN(high, values[i]);
    return low + (at - (double)below) * (high - low);
}

struct bootstrap_interval bootstrap_central(double *values, int count,
                                            double probability) {
    const double tail = (1 - probability) / 2;
    return (struct bootstrap_interval){
        .low = bootstrap_quantile(values, count, tail),
        .high = bootstrap_quantile(values, count, 1 - tail),
    };
}

/* Firms that share a change share its weight; other firms of a pattern weigh Gamma(k). */
static void draw_weights(gsl_rng *stream, const GArray *patterns, double *weights) {
    int64_t unit = 0;
    double of_unit = 0;
    for (guint i = 0; i < patterns->len; i++) {
        const struct tally_pattern *pattern =
            &g_array_index(patterns, struct tally_pattern, i);
        if (pattern->unit == 0) {
            weights[i] = stream_gamma(stream, pattern->firms);
            continue;
        }
        if (pattern->unit != unit)
            of_unit = stream_gamma(stream, 1);
        unit = pattern->unit;
        weights[i] = of_unit * pattern->firms;
    }
}

static double draw_rate_score(gsl_rng *stream, const struct task *task) {
    const struct method_incidence *incidence = &task->method->incidence;
    const struct score_place *place = &task->window->places[task->place];
    const double pooled = task->window->market[task->pillar].pooled_rate;
    const int reports = place->exposed ? place->pillars[task->pillar].firms : 0;
    const double exposure = place->exposed ? place->exposure : 0;
    const double rate = stream_gamma(stream, incidence->prior_reports + reports) /
                        (incidence->prior_reports / pooled + exposure);
    return indicator_rate_score(incidence, rate);
}

static double draw_treatment(const struct method_indicator *indicator,
                             const struct indicator_evidence *evidence, int index) {
    return 100 * (indicator->kind == INDICATOR_SHARE
                      ? indicator_share(evidence, index)
                      : indicator_delay(evidence, index, indicator->rule.days));
}

/* The stream of a window's pillar. */
static gsl_rng *task_stream(const struct task *task, const char *purpose) {
    return stream_new(task->method->seed, task->window->last_month, task->id,
                      task->method->pillars[task->pillar].id, purpose);
}

/* Fills the draws of each known indicator and of the pillar, their weighted mean. */
static void draw_pillar(const struct task *task, double *const *indicators,
                        double *scores) {
    const struct method_pillar *pillar = &task->method->pillars[task->pillar];
    const struct score_pillar *point =
        &task->window->places[task->place].pillars[task->pillar];
    g_autofree double *weights = g_new0(double, task->cell->patterns->len + 1);
    gsl_rng *firms = task_stream(task, "weights");
    gsl_rng *rates = task_stream(task, "rate");
    for (int draw = 0; draw < task->bootstrap->draws; draw++) {
        draw_weights(firms, task->cell->patterns, weights);
        const double yes = stream_gamma(firms, task->method->phantom_weight);
        const double no = stream_gamma(firms, task->method->phantom_weight);
        const struct indicator_evidence evidence = {
            .patterns = task->cell->patterns,
            .weights = weights,
            .phantom_yes = yes,
            .phantom_no = no,
        };
        double sum = 0, weight = 0;
        for (int i = 0; i < pillar->indicator_count; i++) {
            if (!point->indicators[i].known)
                continue;
            const double score =
                pillar->indicators[i].kind == INDICATOR_INCIDENCE
                    ? draw_rate_score(rates, task)
                    : draw_treatment(&pillar->indicators[i], &evidence, i);
            indicators[i][draw] = score;
            sum += pillar->indicators[i].weight * score;
            weight += pillar->indicators[i].weight;
        }
        scores[draw] = weight > 0 ? sum / weight : 0;
    }
    gsl_rng_free(firms);
    gsl_rng_free(rates);
}

static struct bootstrap_interval interval_of(const struct task *task, double *draws) {
    return bootstrap_central(draws, task->bootstrap->draws, task->method->interval);
}

static int count_above_half(const struct task *task, const double *draws) {
    int count = 0;
    for (int draw = 0; draw < task->bootstrap->draws; draw++)
        count += draws[draw] > 50;
    return count;
}

static void run_task(gpointer data, gpointer unused) {
    (void)unused;
    const struct task *task = data;
    const int draws = task->bootstrap->draws;
    const struct method_pillar *pillar = &task->method->pillars[task->pillar];
    struct bootstrap_place *place = &task->bootstrap->places[task->place];
    double *indicators[METHOD_MOST_INDICATORS];
    for (int i = 0; i < pillar->indicator_count; i++)
        indicators[i] = g_new0(double, draws);
    draw_pillar(task, indicators, place->pillars[task->pillar]);
    for (int i = 0; i < pillar->indicator_count; i++) {
        place->above_half[task->pillar][i] = count_above_half(task, indicators[i]);
        place->indicator_interval[task->pillar][i] = interval_of(task, indicators[i]);
        g_free(indicators[i]);
    }
    g_autofree double *copy =
        g_memdup2(place->pillars[task->pillar], (gsize)draws * sizeof *copy);
    place->pillar_interval[task->pillar] = interval_of(task, copy);
}

static void draw_overall(const struct method *method, struct bootstrap_place *place,
                         int draws) {
    double pillars[METHOD_MOST_PILLARS];
    for (int draw = 0; draw < draws; draw++) {
        for (int p = 0; p < method->pillar_count; p++)
            pillars[p] = place->pillars[p][draw];
        place->overall[draw] = score_overall(method, pillars);
    }
    g_autofree double *copy = g_memdup2(place->overall, (gsize)draws * sizeof *copy);
    place->overall_interval = bootstrap_central(copy, draws, method->interval);
}

static struct bootstrap *allocate(const struct method *method,
                                  const struct score_window *window, int draws) {
    struct bootstrap *bootstrap = g_new0(struct bootstrap, 1);
    bootstrap->draws = draws;
    bootstrap->place_count = window->place_count;
    bootstrap->pillar_count = method->pillar_count;
    bootstrap->places = g_new0(struct bootstrap_place, window->place_count);
    for (int i = 0; i < window->place_count; i++) {
        bootstrap->places[i].overall = g_new0(double, draws);
        for (int p = 0; p < method->pillar_count; p++)
            bootstrap->places[i].pillars[p] = g_new0(double, draws);
    }
    return bootstrap;
}

struct bootstrap *bootstrap_new(const struct score_inputs *inputs,
                                const struct score_window *window, int draws) {
    const struct method *method = inputs->method;
    struct bootstrap *bootstrap = allocate(method, window, draws);
    const int count = window->place_count * method->pillar_count;
    const int back = inputs->tally->last_month - window->last_month;
    g_autofree struct task *tasks = g_new0(struct task, count);
    GThreadPool *pool = g_thread_pool_new(run_task, NULL, inputs->threads, FALSE, NULL);
    for (int t = 0; t < count; t++) {
        const int place = t / method->pillar_count, pillar = t % method->pillar_count;
        tasks[t] = (struct task){
            .method = method,
            .id = registry_place(inputs->registry, place)->id,
            .cell = tally_cell(inputs->tally, back, place, pillar),
            .window = window,
            .bootstrap = bootstrap,
            .place = place,
            .pillar = pillar,
        };
        g_thread_pool_push(pool, &tasks[t], NULL);
    }
    g_thread_pool_free(pool, FALSE, TRUE);
    for (int i = 0; i < window->place_count; i++)
        draw_overall(method, &bootstrap->places[i], draws);
    return bootstrap;
}

void bootstrap_free(struct bootstrap *bootstrap) {
    if (bootstrap == NULL)
        return;
    for (int i = 0; i < bootstrap->place_count; i++) {
        g_free(bootstrap->places[i].overall);
        for (int p = 0; p < bootstrap->pillar_count; p++)
            g_free(bootstrap->places[i].pillars[p]);
    }
    g_free(bootstrap->places);
    g_free(bootstrap);
}
