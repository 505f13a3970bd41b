/* A scale: the one place where a value becomes a coordinate. Pure numbers. */
#ifndef CHARTS_SCALE_H
#define CHARTS_SCALE_H

struct scale {
    double from, to;       /* values */
    double from_px, to_px; /* where they lie; may run backwards */
};

/* The coordinate of a value, held inside the scale's ends. A scale of one value only has
 * it in the middle. The value is finite. */
double scale_px(const struct scale *scale, double value);

/* The range for series that lie between `low` and `high`: multiples of `step` inside
 * 0 to 100, at least `least_span` wide. */
void scale_round(double low, double high, double step, double least_span, double *from,
                 double *to);

#endif
