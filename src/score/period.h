/* A period: a window with its scores, their draws and what may be published of them. */
#ifndef BAROMETRE_PERIOD_H
#define BAROMETRE_PERIOD_H

#include "gate.h"

struct period {
    struct score_window *window;
    struct bootstrap *bootstrap;
    struct gate_place *places; /* in the order of the registry */
};

/* Windows that an edition looks back on, its own included. */
int period_count(const struct score_inputs *inputs);

/* The period of a tally's window (0 = newest). Free with period_free. */
struct period *period_new(const struct score_inputs *inputs, int window, int draws);
void period_free(struct period *period);
SCOPE_DEFINE(period)

#endif
