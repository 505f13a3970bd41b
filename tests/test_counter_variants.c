#include "barometre/counter.h"

#include "barometre/month.h"
#include "golden_example.h"

enum { SUPPORT = 1, WINDOWS = 3 };

/* One complaint of a firm about a pillar, received in a month. */
static struct complaint complaint_of(int marketplace, int64_t firm, int32_t month,
                                     enum complaint_field pillar) {
    struct complaint complaint;
    complaint_clear(&complaint);
    complaint.marketplace = marketplace;
    complaint.firm = firm;
    complaint.value[FIELD_RECEIVED_ON] = month_first_day(month);
    complaint.value[pillar] = COMPLAINT_YES;
    return complaint;
}

static void add(struct counter *counter, int marketplace, int64_t firm, int months_back) {
    const struct complaint complaint =
        complaint_of(marketplace, firm, EXAMPLE_MONTH - months_back, FIELD_PILLAR_S);
    counter_add(counter, &complaint);
}

static void a_firm_counts_once_a_month_and_again_in_the_next(void) {
    scoped(method) *method = example_method();
    scoped(tally) *tally = tally_new(EXAMPLE_MONTH, WINDOWS, 2, 3);
    scoped(counter) *counter = counter_new(method, tally);
    add(counter, 0, 7, 2);
    add(counter, 0, 7, 2);
    add(counter, 0, 7, 1);
    add(counter, 0, 8, 2);
    add(counter, 1, 8, 2);
    counter_finish(counter);
    tally_finish(tally);
    g_assert_cmpint(tally_month_firms(tally, EXAMPLE_MONTH - 2, 0, SUPPORT), ==, 2);
    g_assert_cmpint(tally_month_firms(tally, EXAMPLE_MONTH - 1, 0, SUPPORT), ==, 1);
    g_assert_cmpint(tally_month_firms(tally, EXAMPLE_MONTH, 0, SUPPORT), ==, 0);
    g_assert_cmpint(tally_month_firms(tally, EXAMPLE_MONTH - 2, 1, SUPPORT), ==, 1);
    g_assert_cmpint(tally_month_firms(tally, EXAMPLE_MONTH - 2, 0, 0), ==, 0);
    g_assert_cmpint(tally_firms(tally_cell(tally, 0, 0, SUPPORT)), ==, 2);
}

static void the_months_of_the_oldest_window_are_held(void) {
    scoped(method) *method = example_method();
    scoped(tally) *tally = tally_new(EXAMPLE_MONTH, WINDOWS, 1, 3);
    scoped(counter) *counter = counter_new(method, tally);
    int32_t first_day, last_day;
    counter_days(method, tally, &first_day, &last_day);
    const int oldest = EXAMPLE_MONTH - month_of_day(first_day);
    add(counter, 0, 1, oldest + 1);
    add(counter, 0, 1, oldest);
    counter_finish(counter);
    tally_finish(tally);
    g_assert_cmpint(tally->month_count, ==, oldest + 1);
    g_assert_cmpint(tally_month_firms(tally, EXAMPLE_MONTH - oldest, 0, SUPPORT), ==, 1);
    g_assert_cmpint(tally_month_firms(tally, EXAMPLE_MONTH - oldest - 1, 0, SUPPORT), ==,
                    0);
    g_assert_cmpint(tally_firms(tally_cell(tally, WINDOWS - 1, 0, SUPPORT)), ==, 1);
}

static void a_firm_of_two_pillars_is_one_firm_of_the_place(void) {
    scoped(method) *method = example_method();
    scoped(tally) *tally = tally_new(EXAMPLE_MONTH, 1, 1, 3);
    scoped(counter) *counter = counter_new(method, tally);
    struct complaint complaint = complaint_of(0, 1, EXAMPLE_MONTH, FIELD_PILLAR_S);
    complaint.value[FIELD_PILLAR_D] = COMPLAINT_YES;
    counter_add(counter, &complaint);
    counter_finish(counter);
    tally_finish(tally);
    g_assert_cmpint(tally_month_firms(tally, EXAMPLE_MONTH, 0, 0), ==, 1);
    g_assert_cmpint(tally_month_firms(tally, EXAMPLE_MONTH, 0, SUPPORT), ==, 1);
    g_assert_cmpint(tally_month_firms(tally, EXAMPLE_MONTH, 0, tally->pillar_count), ==,
                    1);
}

/* Firms of a newest window under the clauses of the method's variants. */
static int count_firms(const struct method *method, bool except, bool only) {
    static const struct {
        const char *verification, *contest, *adjudication;
    } kinds[] = {
        {"declared", "none", "none"},     {"declared", "contested", "none"},
        {"documented", "none", "none"},   {"confirmed", "contested", "none"},
        {"declared", "none", "rejected"}, {"documented", "contested", "upheld"},
    };
    scoped(tally) *tally = tally_new(EXAMPLE_MONTH, 1, 1, 3);
    scoped(counter) *counter = counter_new(method, tally);
    if (except)
        counter_except(counter, &method->robustness.contested);
    if (only)
        counter_only(counter, &method->robustness.documented);
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        struct complaint complaint = complaint_of(0, i, EXAMPLE_MONTH, FIELD_PILLAR_S);
        complaint.value[FIELD_VERIFICATION] =
            complaint_value_find(FIELD_VERIFICATION, kinds[i].verification);
        complaint.value[FIELD_CONTEST] =
            complaint_value_find(FIELD_CONTEST, kinds[i].contest);
        complaint.value[FIELD_ADJUDICATION] =
            complaint_value_find(FIELD_ADJUDICATION, kinds[i].adjudication);
        counter_add(counter, &complaint);
    }
    counter_finish(counter);
    tally_finish(tally);
    return tally_firms(tally_cell(tally, 0, 0, SUPPORT));
}

static void a_contested_complaint_leaves_one_variant_only(void) {
    scoped(method) *method = example_method();
    g_assert_cmpint(count_firms(method, false, false), ==, 5); /* one is rejected */
    g_assert_cmpint(count_firms(method, true, false), ==, 3);  /* one is upheld */
}

static void documented_complaints_can_be_kept_alone(void) {
    scoped(method) *method = example_method();
    g_assert_cmpint(count_firms(method, false, true), ==, 3);
    g_assert_cmpint(count_firms(method, true, true), ==, 2);
}

static void the_fields_of_the_variants_are_wanted(void) {
    scoped(method) *method = example_method();
    bool wanted[FIELD_COUNT];
    counter_wanted(method, wanted);
    g_assert_true(wanted[FIELD_CONTEST]);
    g_assert_true(wanted[FIELD_VERIFICATION]);
    g_assert_false(wanted[FIELD_WITHHELD_EUR]);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/counter_variants/" #name, name)
    TEST(a_firm_counts_once_a_month_and_again_in_the_next);
    TEST(the_months_of_the_oldest_window_are_held);
    TEST(a_firm_of_two_pillars_is_one_firm_of_the_place);
    TEST(a_contested_complaint_leaves_one_variant_only);
    TEST(documented_complaints_can_be_kept_alone);
    TEST(the_fields_of_the_variants_are_wanted);
    return g_test_run();
}
