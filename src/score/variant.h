/* Variants of the method: the same counts scored by other rules. */
#ifndef BAROMETRE_VARIANT_H
#define BAROMETRE_VARIANT_H

#include "barometre/robustness.h"

enum aggregation_rule {
    AGGREGATION_GEOMETRIC,
    AGGREGATION_ARITHMETIC,
    AGGREGATION_WORST, /* of the pillars */
    AGGREGATION_COUNT
};

enum incidence_rule {
    INCIDENCE_LOGARITHMIC,
    INCIDENCE_LINEAR,
    INCIDENCE_LEFT_OUT,
    INCIDENCE_RULE_COUNT
};

/* What a firm that does not answer a share is taken to have said. */
enum missing_rule {
    MISSING_LEFT_OUT,
    MISSING_FAVOURABLE,
    MISSING_UNFAVOURABLE,
    MISSING_COUNT
};

enum prior_rule {
    PRIOR_METHOD,
    PRIOR_NONE,     /* raw values: no phantom firms, no pull towards the market */
    PRIOR_ESTIMATED /* its strength from the spread of the rates (Marshall 1991) */
};

enum variant_source { SOURCE_ALL, SOURCE_UNCONTESTED, SOURCE_DOCUMENTED };

struct variant {
    const char *id;
    enum aggregation_rule aggregation;
    enum incidence_rule incidence;
    enum missing_rule missing;
    enum prior_rule prior;
    enum variant_source source;
};

/* V0 (the method itself) to V11, in the order in which they are published. */
enum { VARIANT_COUNT = 12 };
extern const struct variant variants[VARIANT_COUNT];

/* The overall score of pillar scores. `weights` need not sum to 1. */
double variant_aggregate(const struct method *method, enum aggregation_rule rule,
                         const double *weights, const double *pillars);

/* The method with other rules: a copy that borrows all of `method`. */
struct method variant_method(const struct method *method, enum incidence_rule incidence,
                             enum prior_rule prior);

/* The newest window of a tally, its missing answers filled in by the rule; patterns keep
 * their order and are not merged. Free with tally_free. */
struct tally *variant_tally(const struct method *method, const struct tally *tally,
                            enum missing_rule rule);

/* The overall score of each place of the registry, not rounded; unknown where the
 * variant's counts fail a gate of the method, or where it has no tally. */
void variant_score(const struct variant *variant, const struct robustness_inputs *inputs,
                   struct edition_number *scores);

/* Strength of the prior of a pillar's rates, in reports (Marshall 1991); great where the
 * rates differ by no more than chance. */
double variant_prior_strength(const struct score_window *window, int pillar);

#endif
