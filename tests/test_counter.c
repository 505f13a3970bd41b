#include "barometre/counter.h"

#include "barometre/month.h"
#include "barometre/store.h"
#include "scratch.h"

enum { PLACES = 3, FIRMS = 12, COMPLAINTS = 1500, LAST_MONTH = 2026 * 12 };

static struct method *load_method(void) {
    g_autofree char *file = shipped("method.json");
    g_autoptr(GError) error = NULL;
    struct method *method = method_load(file, &error);
    g_assert_no_error(error);
    return method;
}

static int32_t random_value(GRand *random, enum complaint_field f) {
    if (g_rand_int_range(random, 0, 4) == 0)
        return COMPLAINT_UNKNOWN;
    int values = 0;
    switch (complaint_fields[f].type) {
    case TYPE_DATE_OR_NEVER:
        if (g_rand_boolean(random))
            return COMPLAINT_NEVER;
        return 20000 + g_rand_int_range(random, 0, 60);
    case TYPE_DATE:
        return 20000 + g_rand_int_range(random, 0, 60);
    case TYPE_ANSWER:
        return g_rand_int_range(random, 0, 2);
    case TYPE_NUMBER:
        return g_rand_int_range(random, 0, 100);
    case TYPE_ENUM:
        while (complaint_fields[f].values[values] != NULL)
            values++;
        return g_rand_int_range(random, 0, values);
    }
    g_assert_not_reached();
}

/* Few firms, few days and many months, so that complaints replace each other, tie, and
 * lie on and beyond the edges of the windows. */
static struct complaint random_complaint(GRand *random, int number) {
    struct complaint complaint;
    complaint_clear(&complaint);
    for (int f = 0; f < FIELD_COUNT; f++)
        complaint.value[f] = random_value(random, (enum complaint_field)f);
    g_snprintf(complaint.report_id, sizeof complaint.report_id, "%d", number);
    complaint.firm = g_rand_int_range(random, -FIRMS / 2, FIRMS / 2);
    complaint.marketplace = g_rand_int_range(random, 0, PLACES);
    if (g_rand_boolean(random))
        g_snprintf(complaint.change_id, sizeof complaint.change_id, "C-%d",
                   g_rand_int_range(random, 0, 3));
    const int32_t month = LAST_MONTH + 3 - g_rand_int_range(random, 0, 48);
    complaint.value[FIELD_RECEIVED_ON] =
        g_rand_boolean(random) ? month_first_day(month) : month_last_day(month);
    complaint.value[FIELD_LAST_STATUS_ON] = 30000;
    return complaint;
}

/* ---- the oracle: each window, place, firm and pillar on its own ------------------- */

static bool is_excluded(const struct method *method, const struct complaint *complaint) {
    for (int i = 0; i < method->excluded_count; i++)
        if (rule_clause_holds(&method->excluded[i], complaint))
            return true;
    return false;
}

static bool is_later(const struct complaint *a, const struct complaint *b) {
    if (a->value[FIELD_RECEIVED_ON] != b->value[FIELD_RECEIVED_ON])
        return a->value[FIELD_RECEIVED_ON] > b->value[FIELD_RECEIVED_ON];
    return strcmp(a->report_id, b->report_id) > 0;
}

/* FNV-1a; "a" gives 0xaf63dc4c8601ec8c. */
static int64_t unit_of(const char *change_id) {
    uint64_t hash = UINT64_C(14695981039346656037);
    for (const char *c = change_id; *c != '\0'; c++)
        hash = (hash ^ (unsigned char)*c) * UINT64_C(1099511628211);
    return *change_id == '\0' ? 0 : (int64_t)hash;
}

static const struct complaint *latest(const struct method *method,
                                      const GArray *complaints, int32_t end, int place,
                                      int64_t firm, int pillar) {
    const struct complaint *latest = NULL;
    for (guint i = 0; i < complaints->len; i++) {
        const struct complaint *complaint =
            &g_array_index(complaints, struct complaint, i);
        const int32_t month = month_of_day(complaint->value[FIELD_RECEIVED_ON]);
        if (complaint->marketplace == place && complaint->firm == firm && month <= end &&
            month > end - method->window_months && !is_excluded(method, complaint) &&
            complaint->value[method->pillars[pillar].reported_by] == COMPLAINT_YES &&
            (latest == NULL || is_later(complaint, latest)))
            latest = complaint;
    }
    return latest;
}

static void count_one(const struct method *method, struct tally *tally, int window,
                      int pillar, const struct complaint *complaint) {
    const struct method_pillar *described = &method->pillars[pillar];
    struct rule_answer answers[METHOD_MOST_INDICATORS] = {{.what = ANSWER_NONE}};
    for (int i = 0; i < described->indicator_count; i++)
        if (described->indicators[i].kind != INDICATOR_INCIDENCE)
            answers[i] = rule_answer(&described->indicators[i].rule, complaint);
    tally_count(tally_cell(tally, window, complaint->marketplace, pillar), described,
                described->clustered ? unit_of(complaint->change_id) : 0, answers);
}

static struct tally *oracle(const struct method *method, const GArray *complaints,
                            int windows) {
    struct tally *tally = tally_new(LAST_MONTH, windows, PLACES, method->pillar_count);
    for (int w = 0; w < windows; w++)
        for (int place = 0; place < PLACES; place++)
            for (int firm = -FIRMS / 2; firm < FIRMS / 2; firm++)
                for (int p = 0; p < method->pillar_count; p++) {
                    const struct complaint *complaint =
                        latest(method, complaints, LAST_MONTH - w, place, firm, p);
                    if (complaint != NULL)
                        count_one(method, tally, w, p, complaint);
                }
    tally_finish(tally);
    return tally;
}

static char *dump(const struct tally *tally) {
    GString *text = g_string_new(NULL);
    for (int w = 0; w < tally->window_count; w++)
        for (int m = 0; m < tally->marketplace_count; m++)
            for (int p = 0; p < tally->pillar_count; p++) {
                const struct tally_cell *cell = tally_cell(tally, w, m, p);
                g_string_append_printf(text, "\n%d/%d/%d:", w, m, p);
                for (guint i = 0; i < cell->patterns->len; i++) {
                    const struct tally_pattern *pattern =
                        &g_array_index(cell->patterns, struct tally_pattern, i);
                    g_string_append_printf(text, " %" G_GINT64_FORMAT "x%d",
                                           pattern->unit, pattern->firms);
                    for (int a = 0; a < METHOD_MOST_INDICATORS; a++)
                        g_string_append_printf(text, ",%d", pattern->answer[a]);
                }
                for (guint i = 0; i < cell->durations->len; i++) {
                    const struct tally_duration *duration =
                        &g_array_index(cell->durations, struct tally_duration, i);
                    g_string_append_printf(text, " %d:%d%c%d", duration->indicator,
                                           duration->days, duration->event ? '!' : '+',
                                           duration->firms);
                }
            }
    return g_string_free(text, FALSE);
}

/* ---- the way through the store --------------------------------------------------- */

static bool add(void *counter, const struct complaint *complaint) {
    counter_add(counter, complaint);
    return true;
}

static struct tally *count_stored(const struct method *method, struct store *store,
                                  int windows) {
    struct tally *tally = tally_new(LAST_MONTH, windows, PLACES, method->pillar_count);
    scoped(counter) *counter = counter_new(method, tally);
    bool wanted[FIELD_COUNT];
    int32_t first_day, last_day;
    g_autoptr(GError) error = NULL;
    counter_wanted(method, wanted);
    counter_days(method, tally, &first_day, &last_day);
    g_assert_cmpint(first_day, ==, month_first_day(LAST_MONTH - windows - 10));
    g_assert_cmpint(last_day, ==, month_last_day(LAST_MONTH));
    store_each_complaint(store, first_day, last_day, wanted, add, counter, &error);
    g_assert_no_error(error);
    counter_finish(counter);
    tally_finish(tally);
    return tally;
}

static struct tally *count(const struct method *method, const GArray *complaints,
                           int windows) {
    scoped(scratch) *directory = scratch_new();
    g_autofree char *json = g_strdup("{\"registry\":\"1\",\"marketplaces\":["
                                     "{\"id\":\"a\",\"name\":\"a\"},"
                                     "{\"id\":\"b\",\"name\":\"b\"},"
                                     "{\"id\":\"c\",\"name\":\"c\"}]}");
    g_autofree char *file = scratch_write(directory->path, "registry.json", json, -1);
    g_autofree char *store_file = g_build_filename(directory->path, "store.db", NULL);
    g_autofree char *folder = shipped("profiles");
    g_autoptr(GError) error = NULL;
    scoped(registry) *registry = registry_load(file, &error);
    g_assert_no_error(error);
    scoped(profiles) *profiles = profiles_load(folder, &error);
    g_assert_no_error(error);
    scoped(store) *store = store_open(store_file, registry, &error);
    g_assert_no_error(error);
    store_begin(store, &error);
    g_assert_no_error(error);
    for (guint i = 0; i < complaints->len; i++) {
        enum account_kind where;
        store_put(store, profiles_find(profiles, "canonical"),
                  &g_array_index(complaints, struct complaint, i), &where, &error);
        g_assert_no_error(error);
        g_assert_cmpint(where, ==, ACCOUNT_STORED);
    }
    struct tally *tally = count_stored(method, store, windows);
    store_abandon(store);
    return tally;
}

static void shuffle(GArray *complaints, GRand *random) {
    for (guint i = complaints->len - 1; i > 0; i--) {
        const guint j = (guint)g_rand_int_range(random, 0, (gint32)i + 1);
        const struct complaint kept = g_array_index(complaints, struct complaint, i);
        g_array_index(complaints, struct complaint, i) =
            g_array_index(complaints, struct complaint, j);
        g_array_index(complaints, struct complaint, j) = kept;
    }
}

static void the_counter_agrees_with_counting_each_firm_alone(void) {
    scoped(method) *method = load_method();
    for (guint32 seed = 0; seed < 6; seed++) {
        GRand *random = g_rand_new_with_seed(seed);
        g_autoptr(GArray) complaints =
            g_array_new(FALSE, FALSE, sizeof(struct complaint));
        for (int i = 0; i < (seed == 0 ? 40 : COMPLAINTS); i++) {
            const struct complaint complaint = random_complaint(random, i + 1);
            g_array_append_val(complaints, complaint);
        }
        const int windows = seed == 1 ? 1 : 1 + (int)seed * 5;
        scoped(tally) *wanted = oracle(method, complaints, windows);
        g_autofree char *wanted_dump = dump(wanted);
        for (int order = 0; order < 2; order++) {
            scoped(tally) *found = count(method, complaints, windows);
            g_autofree char *found_dump = dump(found);
            g_assert_true(strcmp(found_dump, wanted_dump) == 0);
            shuffle(complaints, random);
        }
        g_rand_free(random);
    }
}

static void a_complaint_counts_for_twelve_months(void) {
    scoped(method) *method = load_method();
    g_autoptr(GArray) complaints = g_array_new(FALSE, FALSE, sizeof(struct complaint));
    GRand *random = g_rand_new_with_seed(1);
    struct complaint complaint = random_complaint(random, 1);
    g_rand_free(random);
    complaint.value[FIELD_ADJUDICATION] = complaint.value[FIELD_FIRM_SIZE] =
        COMPLAINT_UNKNOWN;
    complaint.value[FIELD_PILLAR_D] = COMPLAINT_YES;
    complaint.marketplace = 0;
    const int32_t days[] = {month_first_day(LAST_MONTH - 14),
                            month_last_day(LAST_MONTH - 14)};
    for (size_t d = 0; d < G_N_ELEMENTS(days); d++) {
        complaint.value[FIELD_RECEIVED_ON] = days[d];
        g_array_set_size(complaints, 0);
        g_array_append_val(complaints, complaint);
        scoped(tally) *tally = count(method, complaints, 20);
        for (int w = 0; w < 20; w++)
            g_assert_cmpint(tally_firms(tally_cell(tally, w, 0, 0)), ==,
                            w >= 3 && w <= 14);
    }
}

static void an_excluded_complaint_does_not_replace_the_one_before(void) {
    scoped(method) *method = load_method();
    g_autoptr(GArray) complaints = g_array_new(FALSE, FALSE, sizeof(struct complaint));
    for (int i = 0; i < 2; i++) {
        struct complaint complaint;
        complaint_clear(&complaint);
        g_snprintf(complaint.report_id, sizeof complaint.report_id, "%d", i + 1);
        complaint.marketplace = 0;
        complaint.value[FIELD_RECEIVED_ON] = month_first_day(LAST_MONTH - 1 + i);
        complaint.value[FIELD_PILLAR_D] = COMPLAINT_YES;
        complaint.value[FIELD_HEARD] = i == 0 ? COMPLAINT_YES : COMPLAINT_NO;
        if (i == 1)
            complaint.value[FIELD_ADJUDICATION] =
                complaint_value_find(FIELD_ADJUDICATION, "rejected");
        g_array_append_val(complaints, complaint);
    }
    scoped(tally) *tally = count(method, complaints, 1);
    const struct tally_cell *cell = tally_cell(tally, 0, 0, 0);
    g_assert_cmpuint(cell->patterns->len, ==, 1);
    const struct tally_pattern *pattern =
        &g_array_index(cell->patterns, struct tally_pattern, 0);
    bool heard = false;
    for (int i = 0; i < method->pillars[0].indicator_count; i++)
        heard |= strcmp(method->pillars[0].indicators[i].id, "heard") == 0 &&
                 pattern->answer[i] == PATTERN_YES;
    g_assert_true(heard);
}

/* By one source or by two, on one day or another: the firm is one, its latest word holds.
 */
static void the_same_problem_reported_twice_counts_once(void) {
    scoped(method) *method = load_method();
    g_autoptr(GArray) complaints = g_array_new(FALSE, FALSE, sizeof(struct complaint));
    static const char *const ids[] = {"R-1", "M-1", "M-2"};
    for (int i = 0; i < 3; i++) {
        struct complaint complaint;
        complaint_clear(&complaint);
        g_strlcpy(complaint.report_id, ids[i], sizeof complaint.report_id);
        complaint.firm = 7;
        complaint.marketplace = 0;
        complaint.value[FIELD_PILLAR_S] = COMPLAINT_YES;
        complaint.value[FIELD_CONTACT_ON] = month_first_day(LAST_MONTH);
        complaint.value[FIELD_RECEIVED_ON] = month_first_day(LAST_MONTH) + i / 2;
        complaint.value[FIELD_LAST_STATUS_ON] = complaint.value[FIELD_RECEIVED_ON];
        g_array_append_val(complaints, complaint);
    }
    scoped(tally) *tally = count(method, complaints, 1);
    int firms = 0;
    for (int p = 0; p < method->pillar_count; p++) {
        const struct tally_cell *cell = tally_cell(tally, 0, 0, p);
        for (guint i = 0; i < cell->patterns->len; i++)
            firms += g_array_index(cell->patterns, struct tally_pattern, i).firms;
    }
    g_assert_cmpint(firms, ==, 1);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/counter/" #name, name)
    TEST(the_counter_agrees_with_counting_each_firm_alone);
    TEST(a_complaint_counts_for_twelve_months);
    TEST(the_same_problem_reported_twice_counts_once);
    TEST(an_excluded_complaint_does_not_replace_the_one_before);
    return g_test_run();
}
