#include "compare.h"

#include "barometre/month.h"

/* The two groups of places: indices in the registry. */
struct groups {
    GArray *signatories, *others; /* int */
};

static struct groups *groups_new(void) {
    struct groups *groups = g_new0(struct groups, 1);
    groups->signatories = g_array_new(FALSE, FALSE, sizeof(int));
    groups->others = g_array_new(FALSE, FALSE, sizeof(int));
    return groups;
}

static void groups_free(struct groups *groups) {
    g_array_unref(groups->signatories);
    g_array_unref(groups->others);
    g_free(groups);
}
SCOPE_DEFINE(groups)

static bool are_enough(const struct groups *groups, const struct method *method) {
    return (int)groups->signatories->len >= method->claims.group_places &&
           (int)groups->others->len >= method->claims.group_places;
}

static int32_t first_day(const struct score_inputs *inputs, int32_t last_month) {
    return month_first_day(last_month - inputs->method->window_months + 1);
}

/* INT32_MIN stands for a place that never signed. */
static bool has_signed_by(const struct registry_place *place, int32_t day) {
    return place->signatory_from != INT32_MIN && place->signatory_from <= day;
}

static double mean_of(const struct bootstrap *bootstrap, const GArray *places, int draw) {
    double sum = 0;
    for (guint i = 0; i < places->len; i++)
        sum += bootstrap->places[g_array_index(places, int, i)].overall[draw];
    return sum / places->len;
}

/* Signatories less others in one draw. */
static double difference_of(const struct bootstrap *bootstrap,
                            const struct groups *groups, int draw) {
    return mean_of(bootstrap, groups->signatories, draw) -
           mean_of(bootstrap, groups->others, draw);
}

static void fill_group(struct edition_group *group, const struct method *method,
                       double *differences, int draws) {
    int positive = 0;
    for (int draw = 0; draw < draws; draw++)
        positive += differences[draw] > 0;
    const struct bootstrap_interval interval =
        bootstrap_central(differences, draws, method->interval);
    const double median = bootstrap_quantile(differences, draws, 0.5);
    group->reason = REASON_NONE;
    group->difference = edition_known(gate_round(median));
    group->low = edition_known(gate_round(interval.low));
    group->high = edition_known(gate_round(interval.high));
    group->p = edition_known(compare_probability(positive, draws));
}

void compare_signatories(struct edition *edition, const struct score_inputs *inputs,
                         const struct period *now) {
    const int32_t start = first_day(inputs, now->window->last_month);
    scoped(groups) *groups = groups_new();
    for (int i = 0; i < now->window->place_count; i++)
        if (now->places[i].overall.score.known)
            g_array_append_val(has_signed_by(registry_place(inputs->registry, i), start)
                                   ? groups->signatories
                                   : groups->others,
                               i);
    edition->signatories.reason = REASON_FEW_MARKETPLACES;
    if (!are_enough(groups, inputs->method))
        return;
    const int draws = now->bootstrap->draws;
    g_autofree double *differences = g_new0(double, draws);
    for (int draw = 0; draw < draws; draw++)
        differences[draw] = difference_of(now->bootstrap, groups, draw);
    fill_group(&edition->signatories, inputs->method, differences, draws);
}

/* The places that signed between the two windows, and those that have not signed by the
 * end of the newer one. */
static struct groups *groups_between(const struct score_inputs *inputs, int32_t month_now,
                                     int32_t month_before) {
    struct groups *groups = groups_new();
    for (int i = 0; i < (int)inputs->registry->places->len; i++) {
        const struct registry_place *place = registry_place(inputs->registry, i);
        if (!has_signed_by(place, month_last_day(month_now)))
            g_array_append_val(groups->others, i);
        else if (has_signed_by(place, first_day(inputs, month_now)) &&
                 !has_signed_by(place, month_last_day(month_before)))
            g_array_append_val(groups->signatories, i);
    }
    return groups;
}

int compare_window_before(const struct score_inputs *inputs) {
    const int32_t now = inputs->tally->last_month;
    const int step = inputs->method->window_months;
    for (int window = step; window < period_count(inputs); window += step) {
        scoped(groups) *groups = groups_between(inputs, now, now - window);
        if (are_enough(groups, inputs->method))
            return window;
    }
    return -1;
}

static void keep_rated(GArray *places, const struct period *now,
                       const struct period *before) {
    for (guint i = places->len; i > 0; i--) {
        const int place = g_array_index(places, int, i - 1);
        if (!now->places[place].overall.score.known ||
            !before->places[place].overall.score.known)
            g_array_remove_index(places, i - 1);
    }
}

void compare_before_after(struct edition *edition, const struct score_inputs *inputs,
                          const struct period *now, const struct period *before) {
    edition->before_after.reason = period_count(inputs) > inputs->method->window_months
                                       ? REASON_FEW_MARKETPLACES
                                       : REASON_FEW_MONTHS;
    if (before == NULL)
        return;
    scoped(groups) *groups =
        groups_between(inputs, now->window->last_month, before->window->last_month);
    keep_rated(groups->signatories, now, before);
    keep_rated(groups->others, now, before);
    if (!are_enough(groups, inputs->method))
        return;
    const int draws = now->bootstrap->draws;
    g_autofree double *differences = g_new0(double, draws);
    for (int draw = 0; draw < draws; draw++)
        differences[draw] = difference_of(now->bootstrap, groups, draw) -
                            difference_of(before->bootstrap, groups, draw);
    fill_group(&edition->before_after, inputs->method, differences, draws);
}
