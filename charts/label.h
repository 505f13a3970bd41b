/* Labels beside marks, placed clear of what is drawn.
 *
 * Boxes are hard (texts, marks: never touched) or soft (lines, which a text may cross at
 * a cost). Of the spots around a mark the cheapest is taken: close before far, right
 * before left, above and below. The same field in the same order gives the same spots.
 */
#ifndef CHARTS_LABEL_H
#define CHARTS_LABEL_H

#include "barometre/scope.h"

#include <glib.h>
#include <stdbool.h>

struct label_box {
    double left, top, right, bottom;
};

/* A stretch of a line, and what it costs to write over it. */
struct label_stretch {
    struct label_box box;
    double cost;
};

struct label_field {
    struct label_box bounds; /* nothing is set outside */
    GArray *hard;            /* struct label_box */
    GArray *soft;            /* struct label_stretch */
};

struct label_spot {
    struct label_box box;
    bool led;                          /* so far that it needs a line from the mark */
    double from_x, from_y, to_x, to_y; /* of that line */
};

struct label_field *label_field_new(struct label_box bounds);
void label_field_free(struct label_field *field);
SCOPE_DEFINE(label_field)

void label_field_hold(struct label_field *field, struct label_box box);

/* A line from one point to another, in short stretches of a cost: a step away from the
 * mark costs 20. */
void label_field_cross(struct label_field *field, double x, double y, double to_x,
                       double to_y, double cost);

/* Finds room for a text of a size beside a mark of a radius that costs at most so much,
 * and holds it and its line; false where there is none. */
bool label_place(struct label_field *field, double x, double y, double radius,
                 double width, double height, double most_cost, struct label_spot *spot);

#endif
