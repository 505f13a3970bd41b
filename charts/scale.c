#include "scale.h"

#include <glib.h>
#include <math.h>

double scale_px(const struct scale *scale, double value) {
    g_assert(isfinite(value));
    const double span = scale->to - scale->from;
    const double share = span <= 0 ? 0.5 : CLAMP((value - scale->from) / span, 0.0, 1.0);
    return scale->from_px + share * (scale->to_px - scale->from_px);
}

void scale_round(double low, double high, double step, double least_span, double *from,
                 double *to) {
    g_assert(isfinite(low) && isfinite(high) && low <= high);
    *from = MAX(0, step * floor(low / step));
    *to = MIN(100, step * ceil(high / step));
    while (*to - *from < least_span) {
        if (*to < 100)
            *to = MIN(100, *to + step);
        if (*to - *from<least_span && * from> 0)
            *from = MAX(0, *from - step);
    }
}
