#include "barometre/edition.h"

#include <math.h>
#include <string.h>

static const struct edition_indicator *
find_indicator(const struct edition_marketplace *marketplace, const char *id) {
    for (guint p = 0; p < marketplace->pillars->len; p++) {
        const struct edition_pillar *pillar = g_ptr_array_index(marketplace->pillars, p);
        for (guint i = 0; i < pillar->indicators->len; i++) {
            const struct edition_indicator *indicator =
                g_ptr_array_index(pillar->indicators, i);
            if (strcmp(indicator->id, id) == 0)
                return indicator;
        }
    }
    return NULL;
}

const struct edition_indicator *
edition_terminations_indicator(const struct edition *edition,
                               const struct edition_marketplace *marketplace) {
    return edition->notice.known ? find_indicator(marketplace, edition->notice.indicator)
                                 : NULL;
}

/* What is left of 100, with one decimal again. */
static struct edition_number rest(struct edition_number number) {
    return number.known ? edition_known(round((100 - number.value) * 10) / 10) : number;
}

struct edition_score
edition_late_terminations(const struct edition *edition,
                          const struct edition_marketplace *marketplace) {
    const struct edition_indicator *indicator =
        edition_terminations_indicator(edition, marketplace);
    if (indicator == NULL)
        return (struct edition_score){.reason = REASON_NOT_COMPUTED,
                                      .interval_reason = REASON_NOT_COMPUTED};
    struct edition_score late = indicator->score;
    late.score = rest(indicator->score.score);
    late.low = rest(indicator->score.high);
    late.high = rest(indicator->score.low);
    return late;
}
