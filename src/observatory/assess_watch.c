#include "barometre/assess.h"
#include "barometre/companion.h"
#include "barometre/watch.h"

static bool set_sellers(void *registry, const struct companion *companion) {
    const struct companion_value *values = companion->values;
    const struct registry_sellers sellers = {
        .from = (int32_t)values[EXPOSURE_MONTH].number,
        .to = (int32_t)values[EXPOSURE_MONTH].number,
        .count = (double)values[EXPOSURE_SELLERS].number,
        .ranged = values[EXPOSURE_LOW].known && values[EXPOSURE_HIGH].known,
        .low = (double)values[EXPOSURE_LOW].number,
        .high = (double)values[EXPOSURE_HIGH].number,
        .source = (char *)values[EXPOSURE_SOURCE].text,
    };
    registry_set_sellers(registry, (int)values[EXPOSURE_PLACE].number, &sellers);
    return true;
}

bool assess_exposure(const struct observatory *observatory, struct store *store,
                     GError **error) {
    return store_each_companion(store, &companion_kinds[COMPANION_EXPOSURE], set_sellers,
                                observatory->registry, error);
}

static bool count_change(void *watch, const struct companion *companion) {
    const struct companion_value *values = companion->values;
    const struct watch_change change = {
        .id = values[CHANGE_ID].text,
        .kind = complaint_fields[FIELD_CHANGE_KIND].values[values[CHANGE_KIND].number],
        .notified_on = values[CHANGE_NOTIFIED_ON].known
                           ? (int32_t)values[CHANGE_NOTIFIED_ON].number
                           : COMPLAINT_UNKNOWN,
        .effective_on = (int32_t)values[CHANGE_EFFECTIVE_ON].number,
    };
    watch_count_change(watch, (int)values[CHANGE_PLACE].number, &change);
    return true;
}

static bool count_declared(void *watch, const struct companion *companion) {
    const struct companion_value *values = companion->values;
    const struct watch_declared declared = {
        .from = (int32_t)values[DECLARED_FROM].number,
        .to = (int32_t)values[DECLARED_TO].number,
        .complaints = values[DECLARED_COMPLAINTS].number,
        .mean_known = values[DECLARED_MEAN_DAYS].known,
        .mean_days = values[DECLARED_MEAN_DAYS].decimal,
        .reversed_known = values[DECLARED_REVERSED].known,
        .reversed = values[DECLARED_REVERSED].number,
        .source = values[DECLARED_SOURCE].text,
    };
    watch_count_declared(watch, (int)values[DECLARED_PLACE].number, &declared);
    return true;
}

static bool count_complaint(void *counter, const struct complaint *complaint) {
    watch_counter_add(counter, complaint);
    return true;
}

bool assess_watch(const struct observatory *observatory, struct store *store,
                  struct edition *edition, GError **error) {
    const struct method *method = observatory->method;
    scoped(watch) *watch =
        watch_new(method, edition->as_of, (int)observatory->registry->places->len);
    scoped(watch_counter) *counter = watch_counter_new(method, watch);
    bool wanted[FIELD_COUNT];
    int32_t first_day, last_day;
    watch_wanted(method, wanted);
    watch_days(watch, &first_day, &last_day);
    if (!store_each_complaint(store, first_day, last_day, wanted, count_complaint,
                              counter, error) ||
        !store_each_companion(store, &companion_kinds[COMPANION_CHANGES], count_change,
                              watch, error) ||
        !store_each_companion(store, &companion_kinds[COMPANION_DECLARED], count_declared,
                              watch, error))
        return false;
    watch_counter_finish(counter);
    watch_fill(edition, method, watch);
    return true;
}
