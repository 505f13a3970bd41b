#include "barometre/counter.h"
#include "barometre/disclosure.h"
#include "barometre/month.h"
#include "barometre/score.h"
#include "golden_example.h"

#define MARCH (2026 * 12 + 2)

static void add_visit(struct counter *counter, int place, int64_t firm, int32_t month,
                      int32_t sector) {
    struct complaint complaint;
    complaint_clear(&complaint);
    complaint.marketplace = place;
    complaint.firm = firm;
    complaint.value[FIELD_RECEIVED_ON] = month_first_day(month);
    complaint.value[FIELD_PILLAR_S] = COMPLAINT_YES;
    complaint.value[FIELD_PHONE_REACHED] = COMPLAINT_NO;
    complaint.value[FIELD_SECTOR] = sector;
    counter_add(counter, &complaint);
}

/* Of alpha 12 firms in January and again in March, beta 3 firms in February, gamma none
 * before May; tallied up to `last_month`. */
static struct edition *filled(const struct method *method,
                              const struct registry *registry, int32_t last_month,
                              bool closed) {
    scoped(tally) *tally =
        tally_new(last_month, 13, (int)registry->places->len, method->pillar_count);
    scoped(counter) *counter = counter_new(method, tally);
    for (int64_t firm = 0; firm < 12; firm++)
        for (int32_t month = MARCH - 2; month <= MIN(MARCH, last_month); month += 2)
            add_visit(counter, 0, firm, month, firm < 6 ? 6 : COMPLAINT_UNKNOWN);
    for (int64_t firm = 0; firm < 3; firm++)
        add_visit(counter, 1, firm, MARCH - 1, 2);
    for (int64_t firm = 0; firm < 7 && last_month >= MARCH + 2; firm++)
        add_visit(counter, 2, firm, MARCH + 2, 2);
    counter_finish(counter);
    tally_finish(tally);
    struct edition *edition = edition_new();
    edition->as_of = last_month;
    edition->closed = closed;
    tables_fill(edition, method, registry, tally);
    return edition;
}

static const struct edition_table *find(const struct edition *edition, const char *id) {
    for (guint i = 0; i < edition->tables->len; i++) {
        const struct edition_table *table = g_ptr_array_index(edition->tables, i);
        if (strcmp(table->id, id) == 0)
            return table;
    }
    return NULL;
}

static void assert_cell(const struct edition_table *table, const char *row,
                        const char *column, int count) {
    guint i = 0, j = 0;
    while (table->rows[i] != NULL && strcmp(table->rows[i], row) != 0)
        i++;
    while (table->columns[j] != NULL && strcmp(table->columns[j], column) != 0)
        j++;
    g_assert_nonnull(table->rows[i]);
    g_assert_nonnull(table->columns[j]);
    const struct edition_number *cell = edition_table_cell(table, i, j);
    g_assert_true(cell->known);
    g_assert_cmpint((int)cell->value, ==, count);
}

static void a_firm_counts_once_in_a_cell(void) {
    scoped(method) *method = example_method();
    scoped(registry) *registry = example_registry(false);
    scoped(edition) *edition = filled(method, registry, MARCH, true);
    assert_cell(find(edition, "month-2026-03"), "2026-01", "alpha", 12);
    assert_cell(find(edition, "month-2026-03"), "_total", "alpha", 24);
    assert_cell(find(edition, "pillar-2026-03"), "support", "alpha", 12);
    assert_cell(find(edition, "pillar-2026-03"), "delisting", "alpha", 0);
    assert_cell(find(edition, "sector-2026-03"), "g", "alpha", 6);
    assert_cell(find(edition, "sector-2026-03"), "untold", "alpha", 6);
    assert_cell(find(edition, "sector-2026-03"), "_total", "alpha", 12);
}

static void a_marketplace_of_few_firms_is_in_no_total(void) {
    scoped(method) *method = example_method();
    scoped(registry) *registry = example_registry(false);
    scoped(edition) *edition = filled(method, registry, MARCH, true);
    const struct edition_table *table = find(edition, "month-2026-03");
    g_assert_false(g_strv_contains((const char *const *)table->columns, "beta"));
    assert_cell(table, "2026-02", "_total", 0);
    assert_cell(table, "_total", "_total", 24);
    g_assert_cmpint((int)edition->coverage.firms.value, ==, 12);
    g_assert_cmpint((int)edition->coverage.complaints.value, ==, 24);
}

static void assert_same(const struct edition *a, const struct edition *b,
                        const char *id) {
    const struct edition_table *one = find(a, id), *other = find(b, id);
    g_assert_nonnull(one);
    g_assert_nonnull(other);
    g_assert_true(
        g_strv_equal((const char *const *)one->rows, (const char *const *)other->rows));
    g_assert_true(g_strv_equal((const char *const *)one->columns,
                               (const char *const *)other->columns));
    for (guint i = 0; i < one->cells->len; i++) {
        const struct edition_number x =
            g_array_index(one->cells, struct edition_number, i);
        const struct edition_number y =
            g_array_index(other->cells, struct edition_number, i);
        g_assert_cmpint(x.known, ==, y.known);
        g_assert_cmpfloat(x.value, ==, y.value);
    }
}

static void a_quarter_stays_what_it_was_published(void) {
    scoped(method) *method = example_method();
    scoped(registry) *registry = example_registry(false);
    scoped(edition) *march = filled(method, registry, MARCH, true);
    disclosure_apply(march, method);
    for (int32_t later = 1; later <= 9; later++) {
        scoped(edition) *edition = filled(method, registry, MARCH + later, true);
        disclosure_apply(edition, method);
        assert_same(march, edition, "month-2026-03");
        assert_same(march, edition, "pillar-2026-03");
        assert_same(march, edition, "sector-2026-03");
    }
}

static void a_quarter_is_published_once_it_is_over(void) {
    scoped(method) *method = example_method();
    scoped(registry) *registry = example_registry(false);
    scoped(edition) *open = filled(method, registry, MARCH, false);
    scoped(edition) *may = filled(method, registry, MARCH + 2, true);
    g_assert_null(find(open, "month-2026-03"));
    g_assert_nonnull(find(open, "month-2025-12"));
    g_assert_nonnull(find(may, "month-2026-03"));
    g_assert_null(find(may, "month-2026-06"));
    g_assert_cmpuint(may->tables->len, ==, 12);
}

static void coverage_is_told_in_steps_that_hide_a_month(void) {
    scoped(method) *method = example_method();
    scoped(registry) *registry = example_registry(false);
    scoped(edition) *edition = filled(method, registry, MARCH, true);
    disclosure_apply(edition, method);
    const int step = 2 * method->disclosure_threshold;
    g_assert_cmpint((int)edition->coverage.firms.value, ==, 10); /* 12 */
    g_assert_cmpint((int)edition->coverage.complaints.value % step, ==, 0);
    g_assert_cmpint(edition->coverage.months_of_history, ==, 3);
    g_assert_cmpfloat(edition->coverage.response.value, ==, 25); /* 1 of 4 questions */
}

static void coverage_of_few_firms_is_hidden(void) {
    scoped(method) *method = example_method();
    scoped(edition) *edition = edition_new();
    edition->coverage = (struct edition_coverage){
        .firms = edition_known(method->disclosure_threshold - 1),
        .complaints = edition_known(30),
        .response = edition_known(50),
        .months_of_history = 3};
    disclosure_apply(edition, method);
    g_assert_false(edition->coverage.firms.known);
    g_assert_false(edition->coverage.complaints.known);
    g_assert_false(edition->coverage.response.known);
    g_assert_cmpint(edition->coverage.reason, ==, REASON_SUPPRESSED);
}

/* The rate of alpha's reports where beta, whose sellers are known too, has some. */
static double rate_beside(const struct method *method, const struct registry *registry,
                          int of_beta) {
    scoped(tally) *tally =
        tally_new(MARCH, 1, (int)registry->places->len, method->pillar_count);
    scoped(counter) *counter = counter_new(method, tally);
    for (int64_t firm = 0; firm < 12; firm++)
        add_visit(counter, 0, firm, MARCH, COMPLAINT_UNKNOWN);
    for (int64_t firm = 0; firm < of_beta; firm++)
        add_visit(counter, 1, firm, MARCH, COMPLAINT_UNKNOWN);
    counter_finish(counter);
    tally_finish(tally);
    scoped(score_window) *window = score_window_new(method, registry, tally, 0);
    for (int i = 0; i < method->pillars[1].indicator_count; i++)
        if (method->pillars[1].indicators[i].kind == INDICATOR_INCIDENCE)
            return window->places[0].pillars[1].indicators[i].rate;
    g_assert_not_reached();
}

static void a_hidden_place_leaves_no_trace_in_the_rates_of_others(void) {
    scoped(method) *method = example_method();
    scoped(registry) *registry = example_registry(false);
    const double beside_one = rate_beside(method, registry, 1);
    const int gate = method->gates.indicator_answers;
    for (int of_beta = 2; of_beta < gate; of_beta++)
        g_assert_cmpfloat(rate_beside(method, registry, of_beta), ==, beside_one);
    g_assert_cmpfloat(rate_beside(method, registry, gate), !=, beside_one);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define FACT(name) g_test_add_func("/tables/" #name, name)
    FACT(a_firm_counts_once_in_a_cell);
    FACT(a_marketplace_of_few_firms_is_in_no_total);
    FACT(a_quarter_stays_what_it_was_published);
    FACT(a_quarter_is_published_once_it_is_over);
    FACT(coverage_is_told_in_steps_that_hide_a_month);
    FACT(coverage_of_few_firms_is_hidden);
    FACT(a_hidden_place_leaves_no_trace_in_the_rates_of_others);
    return g_test_run();
}
