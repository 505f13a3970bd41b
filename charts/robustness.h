/* Does the rank depend on the weights? For each place the share of random weightings that
 * give each rank, a tick for each variant of the method, and around them the published
 * range of ranks, which is the uncertainty of the sample. */
#ifndef CHARTS_ROBUSTNESS_H
#define CHARTS_ROBUSTNESS_H

#include "canvas.h"
#include "subject.h"

/* The ranks that a place takes over all weightings and variants; 0 where unknown. */
struct robustness_range {
    int low, high;
};

/* A place in the edition's robustness; NULL where there is none. */
const struct edition_robust *robustness_find(const struct edition *edition,
                                             const struct edition_marketplace *place);

struct robustness_range robustness_range(const struct edition_robust *robust);

/* The place that is first in all weightings and variants and whose pillar scores are all
 * above the others', so that no weighting can put it second; or NULL. */
const struct edition_marketplace *robustness_leader(const struct edition *edition);

/* The columns of the picture: one for each rank that can be. */
int robustness_ranks(const struct edition *edition);

/* The rank that most weightings give, the best of equals, and their share in percent; 0
 * where no share is known. */
int robustness_mode(const struct edition_robust *robust, double *share);

/* "78 %", or "< 1 %"; without the sign where not `sign`. The caller frees. */
char *robustness_share(const struct subject *subject, double share, bool sign);

/* "2–5", "8" or "—". The caller frees. */
char *robustness_range_text(const struct subject *subject,
                            const struct edition_robust *robust);

/* Why a place has no ranks to show. The caller frees. */
char *robustness_missing(const struct subject *subject,
                         const struct edition_marketplace *place);

char *robustness_title(const struct subject *subject);
void robustness_draw(const struct subject *subject, struct canvas *canvas);
void robustness_draw_narrow(const struct subject *subject, struct canvas *canvas);

#endif
