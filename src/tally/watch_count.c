#include "barometre/watch.h"

#include "barometre/month.h"

#include <string.h>

static const enum complaint_field dimension_fields[WATCH_DIMENSIONS] = {
    [WATCH_FEES] = FIELD_WATCH_FEES,
    [WATCH_COUNTERFEIT] = FIELD_WATCH_COUNTERFEIT,
    [WATCH_WITHHELD] = FIELD_WATCH_WITHHELD,
    [WATCH_ACCOUNTS] = FIELD_WATCH_ACCOUNTS,
    [WATCH_SELFPREF] = FIELD_WATCH_SELFPREF,
    [WATCH_PARITY] = FIELD_WATCH_PARITY,
    [WATCH_BUYBOX] = FIELD_WATCH_BUYBOX,
    [WATCH_TURNOVER_LOSS] = FIELD_TURNOVER_LOSS_PCT,
};

const char *watch_dimension_id(enum watch_dimension dimension) {
    static const char *const ids[WATCH_DIMENSIONS] = {
        [WATCH_FEES] = "fees",         [WATCH_COUNTERFEIT] = "counterfeit",
        [WATCH_WITHHELD] = "withheld", [WATCH_ACCOUNTS] = "accounts",
        [WATCH_SELFPREF] = "selfpref", [WATCH_PARITY] = "parity",
        [WATCH_BUYBOX] = "buybox",     [WATCH_TURNOVER_LOSS] = "turnover_loss",
    };
    return ids[dimension];
}

static void change_free(void *element) {
    struct watch_change *change = element;
    g_free((char *)change->id);
    g_free(change);
}

static void declared_free(void *element) {
    struct watch_declared *declared = element;
    g_free((char *)declared->source);
    g_free(declared);
}

struct watch *watch_new(const struct method *method, int32_t last_month,
                        int place_count) {
    struct watch *watch = g_new0(struct watch, 1);
    watch->last_month = last_month;
    watch->window_months = method->window_months;
    watch->place_count = place_count;
    watch->places = g_new0(struct watch_place, place_count);
    for (int i = 0; i < place_count; i++) {
        watch->places[i].changes = g_ptr_array_new_with_free_func(change_free);
        watch->places[i].declared = g_ptr_array_new_with_free_func(declared_free);
    }
    return watch;
}

void watch_free(struct watch *watch) {
    if (watch == NULL)
        return;
    for (int i = 0; i < watch->place_count; i++) {
        g_ptr_array_unref(watch->places[i].changes);
        g_ptr_array_unref(watch->places[i].declared);
    }
    g_free(watch->places);
    g_free(watch);
}

void watch_wanted(const struct method *method, bool wanted[static FIELD_COUNT]) {
    memset(wanted, 0, FIELD_COUNT * sizeof *wanted);
    for (int d = 0; d < WATCH_DIMENSIONS; d++)
        wanted[dimension_fields[d]] = true;
    wanted[FIELD_WITHHELD_EUR] = wanted[FIELD_MEDIATION] = true;
    for (int i = 0; i < method->excluded_count; i++)
        for (int c = 0; c < method->excluded[i].condition_count; c++)
            wanted[method->excluded[i].conditions[c].field] = true;
}

void watch_days(const struct watch *watch, int32_t *first_day, int32_t *last_day) {
    *first_day =
        month_first_day(watch->last_month - WATCH_WINDOWS * watch->window_months + 1);
    *last_day = month_last_day(watch->last_month);
}

/* The window that holds a month, −1 where none does. */
static int window_of(const struct watch *watch, int32_t month) {
    const int age = watch->last_month - month;
    return age < 0 || age >= WATCH_WINDOWS * watch->window_months
               ? -1
               : age / watch->window_months;
}

void watch_count_change(struct watch *watch, int place,
                        const struct watch_change *change) {
    watch->registered = true;
    if (window_of(watch, month_of_day(change->effective_on)) != 0)
        return;
    struct watch_change *copy = g_new(struct watch_change, 1);
    *copy = *change;
    copy->id = g_strdup(change->id);
    g_ptr_array_add(watch->places[place].changes, copy);
}

void watch_count_declared(struct watch *watch, int place,
                          const struct watch_declared *declared) {
    if (declared->from > watch->last_month)
        return;
    struct watch_declared *copy = g_new(struct watch_declared, 1);
    *copy = *declared;
    copy->source = g_strdup(declared->source);
    g_ptr_array_add(watch->places[place].declared, copy);
}

/* What one firm says of one marketplace in one window; −1 where it does not tell. */
struct firm_view {
    bool reported;
    bool yes[WATCH_DIMENSIONS];
    int32_t loss, withheld_eur, mediation;
};

struct watch_counter {
    const struct method *method;
    struct watch *watch;
    int32_t marketplace, referred, settled, failed; /* values of FIELD_MEDIATION */
    int64_t firm;
    struct firm_view views[WATCH_WINDOWS];
};

static void clear_views(struct watch_counter *counter) {
    for (int w = 0; w < WATCH_WINDOWS; w++)
        counter->views[w] =
            (struct firm_view){.loss = -1, .withheld_eur = -1, .mediation = -1};
}

struct watch_counter *watch_counter_new(const struct method *method,
                                        struct watch *watch) {
    struct watch_counter *counter = g_new0(struct watch_counter, 1);
    counter->method = method;
    counter->watch = watch;
    counter->referred = complaint_value_find(FIELD_MEDIATION, "referred");
    counter->settled = complaint_value_find(FIELD_MEDIATION, "settled");
    counter->failed = complaint_value_find(FIELD_MEDIATION, "failed");
    clear_views(counter);
    return counter;
}

void watch_counter_free(struct watch_counter *counter) {
    g_free(counter);
}

static void count_view(const struct watch_counter *counter, struct watch_counts *counts,
                       const struct firm_view *view) {
    counts->firms++;
    for (int d = 0; d < WATCH_DIMENSIONS; d++)
        counts->yes[d] += view->yes[d];
    if (view->loss >= 0)
        counts->losses[view->loss]++;
    if (view->withheld_eur > 0) {
        counts->withheld_firms++;
        counts->withheld_eur += view->withheld_eur;
        counts->most_withheld_eur = MAX(counts->most_withheld_eur, view->withheld_eur);
    }
    counts->referred += view->mediation >= 0;
    counts->settled += view->mediation == counter->settled;
    counts->failed += view->mediation == counter->failed;
}

void watch_counter_finish(struct watch_counter *counter) {
    for (int w = 0; w < WATCH_WINDOWS; w++)
        if (counter->views[w].reported)
            count_view(counter, &counter->watch->places[counter->marketplace].windows[w],
                       &counter->views[w]);
    clear_views(counter);
}

static bool says_yes(const struct complaint *complaint, enum watch_dimension dimension) {
    const int32_t value = complaint->value[dimension_fields[dimension]];
    return dimension == WATCH_TURNOVER_LOSS ? value > 0 : value == COMPLAINT_YES;
}

static void take(int32_t *latest, int32_t value) {
    if (value != COMPLAINT_UNKNOWN)
        *latest = value;
}

void watch_counter_add(struct watch_counter *counter, const struct complaint *complaint) {
    if (complaint->firm != counter->firm ||
        complaint->marketplace != counter->marketplace) {
        watch_counter_finish(counter);
        counter->firm = complaint->firm;
        counter->marketplace = complaint->marketplace;
    }
    const int window =
        window_of(counter->watch, month_of_day(complaint->value[FIELD_RECEIVED_ON]));
    if (window < 0 || method_excludes(counter->method, complaint))
        return;
    struct firm_view *view = &counter->views[window];
    view->reported = true;
    for (int d = 0; d < WATCH_DIMENSIONS; d++)
        view->yes[d] |= says_yes(complaint, (enum watch_dimension)d);
    take(&view->loss, complaint->value[FIELD_TURNOVER_LOSS_PCT]);
    take(&view->withheld_eur, complaint->value[FIELD_WITHHELD_EUR]);
    const int32_t mediation = complaint->value[FIELD_MEDIATION];
    if (mediation == counter->referred || mediation == counter->settled ||
        mediation == counter->failed)
        view->mediation = mediation;
}
