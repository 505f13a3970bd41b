#include "period.h"

int period_count(const struct score_inputs *inputs) {
    return MIN(inputs->tally->window_count, inputs->method->history_months + 1);
}

struct period *period_new(const struct score_inputs *inputs, int window, int draws) {
    struct period *period = g_new0(struct period, 1);
    period->window =
        score_window_new(inputs->method, inputs->registry, inputs->tally, window);
    period->bootstrap = bootstrap_new(inputs, period->window, draws);
    period->places = g_new0(struct gate_place, period->window->place_count);
    for (int i = 0; i < period->window->place_count; i++)
        period->places[i] = gate_judge(inputs->method, &period->window->places[i],
                                       &period->bootstrap->places[i]);
    return period;
}

void period_free(struct period *period) {
    if (period == NULL)
        return;
    score_window_free(period->window);
    bootstrap_free(period->bootstrap);
    g_free(period->places);
    g_free(period);
}
