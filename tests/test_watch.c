#include "barometre/edition.h"
#include "barometre/month.h"
#include "barometre/watch.h"

#include <math.h>
#include <string.h>

enum { MONTH = 2026 * 12 + 9, T = 5 };

/* The shipped method, a watch of one place and the edition that it fills. */
struct bench {
    struct method *method;
    struct watch *watch;
    struct edition *edition;
    struct edition_marketplace *place;
};

static struct method *shipped_method(void) {
    g_autoptr(GError) error = NULL;
    g_autofree char *file =
        g_build_filename(g_getenv("BAROMETRE_DATA"), "method.json", NULL);
    struct method *method = method_load(file, &error);
    g_assert_no_error(error);
    g_assert_cmpint(method->disclosure_threshold, ==, T);
    return method;
}

static struct bench *bench_new(void) {
    struct bench *bench = g_new0(struct bench, 1);
    bench->method = shipped_method();
    bench->watch = watch_new(bench->method, MONTH, 1);
    bench->edition = edition_new();
    bench->edition->as_of = MONTH;
    bench->place = edition_add_marketplace(bench->edition);
    for (int p = 0; p < bench->method->pillar_count; p++) {
        struct edition_pillar *pillar = edition_add_pillar(bench->place);
        for (int i = 0; i < bench->method->pillars[p].indicator_count; i++)
            edition_add_indicator(pillar);
    }
    return bench;
}

static void bench_free(struct bench *bench) {
    edition_free(bench->edition);
    watch_free(bench->watch);
    method_free(bench->method);
    g_free(bench);
}
SCOPE_DEFINE(bench)

static struct watch_counts *counts_of(const struct bench *bench, int window) {
    return &bench->watch->places[0].windows[window];
}

static const struct edition_watch *filled(struct bench *bench,
                                          enum watch_dimension dimension) {
    g_ptr_array_set_size(bench->place->watch, 0);
    g_ptr_array_set_size(bench->place->changes.acts, 0);
    watch_fill(bench->edition, bench->method, bench->watch);
    return g_ptr_array_index(bench->place->watch, (guint)dimension);
}

static void intervals_are_wilsons(void) {
    static const struct {
        int yes, n;
        double low, high;
    } known[] = {
        {0, 10, 0.00000000, 0.27753280},   {1, 10, 0.01787621, 0.40415003},
        {5, 10, 0.23659309, 0.76340691},   {10, 10, 0.72246720, 1.00000000},
        {11, 38, 0.17003278, 0.44757138},  {15, 148, 0.06238640, 0.16048724},
        {81, 263, 0.25528852, 0.36620958},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        double low, high;
        watch_wilson(known[i].yes, known[i].n, &low, &high);
        g_assert_cmpfloat_with_epsilon(low, known[i].low, 1e-8);
        g_assert_cmpfloat_with_epsilon(high, known[i].high, 1e-8);
    }
}

/* poisson.test(c(a, b), c(n, m))$p.value of R 4.2.2. */
static void a_change_is_as_likely_as_r_says(void) {
    static const struct {
        int a, n, b, m;
        double p;
    } known[] = {
        {12, 80, 5, 90, 0.085963282688}, {30, 100, 18, 110, 0.043111719621},
        {7, 40, 7, 60, 0.586804789412},  {0, 50, 6, 50, 0.031250000000},
        {5, 50, 0, 200, 0.000320000000}, {200, 1000, 240, 1000, 0.062868717846},
        {1, 1, 0, 1, 1.000000000000},    {6, 10, 20, 400, 0.000031823633},
        {9, 33, 24, 41, 0.053467495357}, {0, 3, 0, 4, 1},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        g_assert_cmpfloat_with_epsilon(
            watch_change_p(known[i].a, known[i].n, known[i].b, known[i].m), known[i].p,
            1e-11);
}

static void a_change_and_its_reverse_are_as_likely(void) {
    for (int a = 0; a < 25; a += 3)
        for (int b = 0; b < 25; b += 4) {
            const double p = watch_change_p(a, 30, b, 47);
            g_assert_cmpfloat_with_epsilon(p, watch_change_p(b, 47, a, 30), 1e-12);
            g_assert_true(p > 0 && p <= 1);
        }
}

static struct complaint complaint_of(int firm, int32_t month) {
    struct complaint complaint;
    complaint_clear(&complaint);
    complaint.firm = firm;
    complaint.marketplace = 0;
    complaint.value[FIELD_RECEIVED_ON] = month_first_day(month) + 3;
    return complaint;
}

static void a_firm_counts_once_and_says_yes_where_any_complaint_does(void) {
    scoped(bench) *bench = bench_new();
    scoped(watch_counter) *counter = watch_counter_new(bench->method, bench->watch);
    static const int32_t answers[] = {COMPLAINT_UNKNOWN, COMPLAINT_YES, COMPLAINT_NO};
    for (int i = 0; i < 3; i++) {
        struct complaint complaint = complaint_of(7, MONTH - 3 + i);
        complaint.value[FIELD_WATCH_FEES] = answers[i];
        complaint.value[FIELD_WATCH_PARITY] = COMPLAINT_NO;
        watch_counter_add(counter, &complaint);
    }
    watch_counter_finish(counter);
    g_assert_cmpint(counts_of(bench, 0)->firms, ==, 1);
    g_assert_cmpint(counts_of(bench, 0)->yes[WATCH_FEES], ==, 1);
    g_assert_cmpint(counts_of(bench, 0)->yes[WATCH_PARITY], ==, 0);
    g_assert_cmpint(counts_of(bench, 1)->firms, ==, 0);
}

static void the_latest_sum_loss_and_outcome_count(void) {
    scoped(bench) *bench = bench_new();
    scoped(watch_counter) *counter = watch_counter_new(bench->method, bench->watch);
    static const char *const outcomes[] = {"referred", "settled", "none"};
    for (int i = 0; i < 3; i++) {
        struct complaint complaint = complaint_of(7, MONTH - 3 + i);
        complaint.value[FIELD_MEDIATION] =
            complaint_value_find(FIELD_MEDIATION, outcomes[i]);
        if (i < 2) {
            complaint.value[FIELD_WITHHELD_EUR] = 900 - 400 * i;
            complaint.value[FIELD_TURNOVER_LOSS_PCT] = 10 + 20 * i;
        }
        watch_counter_add(counter, &complaint);
    }
    watch_counter_finish(counter);
    const struct watch_counts *counts = counts_of(bench, 0);
    g_assert_cmpint(counts->withheld_firms, ==, 1);
    g_assert_cmpint(counts->withheld_eur, ==, 500);
    g_assert_cmpint(counts->most_withheld_eur, ==, 500);
    g_assert_cmpint(counts->losses[30], ==, 1);
    g_assert_cmpint(counts->losses[10], ==, 0);
    g_assert_cmpint(counts->yes[WATCH_TURNOVER_LOSS], ==, 1);
    g_assert_cmpint(counts->referred, ==, 1);
    g_assert_cmpint(counts->settled, ==, 1);
    g_assert_cmpint(counts->failed, ==, 0);
}

static void windows_hold_twelve_months_each(void) {
    scoped(bench) *bench = bench_new();
    scoped(watch_counter) *counter = watch_counter_new(bench->method, bench->watch);
    static const int ages[] = {-1, 0, 11, 12, 23, 24};
    for (int i = 0; i < 6; i++) {
        struct complaint complaint = complaint_of(i + 1, MONTH - ages[i]);
        watch_counter_add(counter, &complaint);
    }
    watch_counter_finish(counter);
    g_assert_cmpint(counts_of(bench, 0)->firms, ==, 2);
    g_assert_cmpint(counts_of(bench, 1)->firms, ==, 2);
    int32_t first_day, last_day;
    watch_days(bench->watch, &first_day, &last_day);
    g_assert_cmpint(month_of_day(first_day), ==, MONTH - 23);
    g_assert_cmpint(month_of_day(first_day - 1), ==, MONTH - 24);
    g_assert_cmpint(month_of_day(last_day), ==, MONTH);
    g_assert_cmpint(month_of_day(last_day + 1), ==, MONTH + 1);
}

static void excluded_complaints_are_not_watched(void) {
    scoped(bench) *bench = bench_new();
    scoped(watch_counter) *counter = watch_counter_new(bench->method, bench->watch);
    struct complaint complaint = complaint_of(1, MONTH);
    complaint.value[FIELD_ADJUDICATION] =
        complaint_value_find(FIELD_ADJUDICATION, "rejected");
    watch_counter_add(counter, &complaint);
    watch_counter_finish(counter);
    g_assert_cmpint(counts_of(bench, 0)->firms, ==, 0);
    bool wanted[FIELD_COUNT];
    watch_wanted(bench->method, wanted);
    g_assert_true(wanted[FIELD_ADJUDICATION] && wanted[FIELD_FIRM_SIZE]);
    g_assert_true(wanted[FIELD_MEDIATION] && wanted[FIELD_WITHHELD_EUR]);
}

static bool is_open(int count) {
    return count == 0 || count >= T;
}

static void a_share_is_told_where_neither_side_is_few(void) {
    scoped(bench) *bench = bench_new();
    for (int n = 0; n <= 24; n++)
        for (int yes = 0; yes <= n; yes++) {
            counts_of(bench, 0)->firms = n;
            counts_of(bench, 0)->yes[WATCH_PARITY] = yes;
            const struct edition_watch *watched = filled(bench, WATCH_PARITY);
            const bool open = n > 0 && is_open(n) && is_open(yes) && is_open(n - yes);
            g_assert_cmpint(watched->firms.share.known, ==, open);
            g_assert_cmpint(watched->firms.low.known, ==, open);
            g_assert_cmpint(watched->firms.high.known, ==, open);
            g_assert_cmpint(watched->firms.reason, ==,
                            open     ? REASON_NONE
                            : n == 0 ? REASON_NO_REPORTS
                                     : REASON_SUPPRESSED);
            if (open)
                g_assert_cmpfloat(watched->firms.share.value, ==,
                                  round(1000.0 * yes / n) / 10);
            g_assert_cmpint(watched->firms_class != NULL, ==, open && yes >= 10);
        }
}

/* What a reader sees of a mediation. */
static char *seen(const struct edition_mediation *mediation) {
    return g_strdup_printf("%d %g %d %g %d %g", mediation->referred.known,
                           mediation->referred.value, mediation->settled.share.known,
                           mediation->settled.share.value, mediation->failed.share.known,
                           mediation->failed.share.value);
}

/* Every outcome that looks the same to a reader: no cell of a few is the same in all. */
static void a_mediation_gives_no_few_firms_away(void) {
    enum { MOST = 16, CELLS = 3 };
    scoped(bench) *bench = bench_new();
    g_autoptr(GHashTable) ranges =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (int settled = 0; settled <= MOST; settled++)
        for (int failed = 0; settled + failed <= MOST; failed++)
            for (int open = 0; settled + failed + open <= MOST; open++) {
                struct watch_counts *counts = counts_of(bench, 0);
                counts->referred = settled + failed + open;
                counts->settled = settled;
                counts->failed = failed;
                filled(bench, WATCH_FEES);
                const int cells[CELLS] = {settled, failed, open};
                char *key = seen(&bench->place->mediation);
                int *range = g_hash_table_lookup(ranges, key);
                if (range == NULL) {
                    range = g_new(int, 2 * CELLS);
                    for (int c = 0; c < CELLS; c++)
                        range[2 * c] = range[2 * c + 1] = cells[c];
                    g_hash_table_insert(ranges, key, range);
                    continue;
                }
                g_free(key);
                for (int c = 0; c < CELLS; c++) {
                    range[2 * c] = MIN(range[2 * c], cells[c]);
                    range[2 * c + 1] = MAX(range[2 * c + 1], cells[c]);
                }
            }
    g_assert_cmpuint(g_hash_table_size(ranges), >, 20);
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, ranges);
    while (g_hash_table_iter_next(&iter, &key, &value))
        for (int c = 0; c < CELLS; c++) {
            const int *range = (int *)value + 2 * c;
            if (range[0] == range[1] && !is_open(range[0]))
                g_error("%s gives %d away", (char *)key, range[0]);
        }
}

static void nobody_in_mediation_is_publishable(void) {
    scoped(bench) *bench = bench_new();
    counts_of(bench, 0)->firms = 40;
    filled(bench, WATCH_FEES);
    g_assert_true(bench->place->mediation.referred.known);
    g_assert_cmpfloat(bench->place->mediation.referred.value, ==, 0);
    g_assert_false(bench->place->mediation.settled.share.known);
    counts_of(bench, 0)->referred = T - 1;
    filled(bench, WATCH_FEES);
    g_assert_false(bench->place->mediation.referred.known);
    g_assert_cmpint(bench->place->mediation.reason, ==, REASON_SUPPRESSED);
}

static void a_sum_is_hidden_where_one_firm_dominates_or_few_tell(void) {
    static const struct {
        int firms;
        int64_t sum, most;
        enum edition_reason reason;
        double shown;
    } cases[] = {
        {0, 0, 0, REASON_FEW_ANSWERS, 0},
        {T - 1, 40000, 10000, REASON_SUPPRESSED, 0},
        {T, 10000, 8501, REASON_SUPPRESSED, 0},
        {T, 10000, 8500, REASON_NONE, 10000},
        {9, 123456, 30000, REASON_NONE, 120000},
        {9, 99500, 30000, REASON_NONE, 100000},
        {9, 87, 30, REASON_NONE, 87},
    };
    scoped(bench) *bench = bench_new();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct watch_counts *counts = counts_of(bench, 0);
        counts->firms = 40;
        counts->withheld_firms = cases[i].firms;
        counts->withheld_eur = cases[i].sum;
        counts->most_withheld_eur = cases[i].most;
        const struct edition_watch *watched = filled(bench, WATCH_WITHHELD);
        g_assert_cmpint(watched->amount_reason, ==, cases[i].reason);
        g_assert_cmpint(watched->amount.known, ==, cases[i].reason == REASON_NONE);
        if (watched->amount.known)
            g_assert_cmpfloat(watched->amount.value, ==, cases[i].shown);
    }
}

static void a_median_loss_needs_ten_firms(void) {
    scoped(bench) *bench = bench_new();
    struct watch_counts *counts = counts_of(bench, 0);
    counts->firms = 40;
    counts->losses[0] = 4;
    counts->losses[20] = 5;
    const struct edition_watch *watched = filled(bench, WATCH_TURNOVER_LOSS);
    g_assert_false(watched->amount.known);
    g_assert_cmpint(watched->amount_reason, ==, REASON_FEW_ANSWERS);
    counts->losses[100] = 1;
    watched = filled(bench, WATCH_TURNOVER_LOSS);
    g_assert_cmpfloat(watched->amount.value, ==, 20);
    counts->losses[0] = 5;
    counts->losses[100] = 0;
    watched = filled(bench, WATCH_TURNOVER_LOSS);
    g_assert_cmpfloat(watched->amount.value, ==, 10);
}

static void a_change_is_claimed_only_where_chance_seldom_makes_it(void) {
    static const struct {
        int now, firms_now, before, firms_before;
        enum edition_claim claim;
        enum edition_reason reason;
    } cases[] = {
        {12, 80, 5, 90, CLAIM_WORSENING, REASON_NONE}, /* p = 0.086 */
        {5, 90, 12, 80, CLAIM_IMPROVING, REASON_NONE},
        {9, 80, 5, 90, CLAIM_NONE, REASON_NONE}, /* p = 0.27 */
        {0, 50, 0, 60, CLAIM_NONE, REASON_NONE},
        {12, 80, 0, 0, CLAIM_UNKNOWN, REASON_NO_REPORTS},
        {12, 80, 2, 90, CLAIM_UNKNOWN, REASON_SUPPRESSED}, /* hidden before */
        {3, 80, 20, 90, CLAIM_UNKNOWN, REASON_SUPPRESSED}, /* hidden now */
        {0, 0, 20, 90, CLAIM_UNKNOWN, REASON_NO_REPORTS},
    };
    scoped(bench) *bench = bench_new();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        counts_of(bench, 0)->firms = cases[i].firms_now;
        counts_of(bench, 0)->yes[WATCH_FEES] = cases[i].now;
        counts_of(bench, 1)->firms = cases[i].firms_before;
        counts_of(bench, 1)->yes[WATCH_FEES] = cases[i].before;
        const struct edition_watch *watched = filled(bench, WATCH_FEES);
        g_assert_cmpint(watched->change, ==, cases[i].claim);
        g_assert_cmpint(watched->change_reason, ==, cases[i].reason);
    }
}

/* Ids fall from one to the next, so that their order is not that of counting. */
static void count_change(struct bench *bench, int32_t notified_on, int32_t effective_on) {
    static int counted = 0;
    g_autofree char *id = g_strdup_printf("C%03d", 999 - counted++);
    const struct watch_change change = {id, "fees", notified_on, effective_on};
    watch_count_change(bench->watch, 0, &change);
}

static void only_changes_of_the_window_count(void) {
    scoped(bench) *bench = bench_new();
    filled(bench, WATCH_FEES);
    g_assert_cmpint(bench->place->changes.count, ==, -1);
    const int32_t first = month_first_day(MONTH - 11), last = month_last_day(MONTH);
    count_change(bench, first - 40, first - 1);
    count_change(bench, last - 40, last + 1);
    filled(bench, WATCH_FEES);
    g_assert_cmpint(bench->place->changes.count, ==, 0);
    g_assert_false(bench->place->changes.short_notice.share.known);
    static const int notices[] = {14, 15, 60, -2}; /* told after it took effect */
    for (int i = 0; i < 4; i++)
        count_change(bench, first - notices[i], first);
    count_change(bench, COMPLAINT_UNKNOWN, last);
    filled(bench, WATCH_FEES);
    const struct edition_changes *changes = &bench->place->changes;
    g_assert_cmpint(changes->count, ==, 5);
    g_assert_cmpfloat(changes->median_notice_days.value, ==, 14.5);
    g_assert_cmpfloat(changes->short_notice.share.value, ==, 50);
    double low, high;
    watch_wilson(2, 4, &low, &high);
    g_assert_cmpfloat(changes->short_notice.low.value, ==, round(low * 1000) / 10);
    g_assert_cmpfloat(changes->short_notice.high.value, ==, round(high * 1000) / 10);
    g_assert_cmpint(changes->excess.one_in, ==, 0); /* two of four may be one in four */
}

static void changes_are_told_one_by_one_in_the_order_of_their_days(void) {
    scoped(bench) *bench = bench_new();
    const int32_t first = month_first_day(MONTH - 11);
    count_change(bench, first - 20, first + 9);
    count_change(bench, COMPLAINT_UNKNOWN, first + 5);
    count_change(bench, first + 8, first + 5);
    filled(bench, WATCH_FEES);
    const GPtrArray *acts = bench->place->changes.acts;
    const struct edition_number days[] = {{true, -3}, {false, 0}, {true, 29}};
    g_assert_cmpuint(acts->len, ==, 3);
    for (guint i = 0; i < acts->len; i++) {
        const struct edition_change *change = g_ptr_array_index(acts, i);
        const struct edition_change *before = g_ptr_array_index(acts, i > 0 ? i - 1 : 0);
        g_assert_cmpint(before->effective_on, <=, change->effective_on);
        g_assert_cmpstr(change->kind, ==, "fees");
        g_assert_true(change->notice_days.known == days[i].known);
        g_assert_cmpfloat(change->notice_days.value, ==, days[i].value);
    }
    g_assert_cmpint(bench->place->changes.excess.one_in, ==, 0); /* too few are dated */
}

static void what_is_declared_stands_beside_what_is_lived(void) {
    scoped(bench) *bench = bench_new();
    struct edition_pillar *support = g_ptr_array_index(bench->place->pillars, 1);
    struct edition_indicator *reply = g_ptr_array_index(support->indicators, 0);
    reply->median = (struct edition_median){edition_known(23), edition_known(13),
                                            edition_known(37), REASON_NONE};
    char source[] = "report";
    const struct watch_declared declared = {MONTH - 20, MONTH - 9, 41735, true,
                                            2.71,       false,     0,     source};
    watch_count_declared(bench->watch, 0, &declared);
    source[0] = 'x'; /* it was copied */
    struct watch_declared later = declared;
    later.from = later.to = MONTH + 1;
    watch_count_declared(bench->watch, 0, &later);
    filled(bench, WATCH_FEES);
    g_assert_cmpuint(bench->place->declared->len, ==, 1);
    const struct edition_declared *published =
        g_ptr_array_index(bench->place->declared, 0);
    g_assert_cmpfloat(published->complaints.value, ==, 41735);
    g_assert_cmpfloat(published->mean_days.value, ==, 2.7);
    g_assert_false(published->reversed.known);
    g_assert_cmpstr(published->source, ==, "report");
    g_assert_cmpfloat(published->lived.days.value, ==, 23);
    g_assert_cmpfloat(published->lived.high.value, ==, 37);
}

static void a_method_without_watch_watches_nothing(void) {
    scoped(bench) *bench = bench_new();
    bench->method->watch.known = false;
    counts_of(bench, 0)->firms = 40;
    watch_fill(bench->edition, bench->method, bench->watch);
    g_assert_cmpuint(bench->place->watch->len, ==, 0);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/watch/" #name, name)
    TEST(intervals_are_wilsons);
    TEST(a_change_is_as_likely_as_r_says);
    TEST(a_change_and_its_reverse_are_as_likely);
    TEST(a_firm_counts_once_and_says_yes_where_any_complaint_does);
    TEST(the_latest_sum_loss_and_outcome_count);
    TEST(windows_hold_twelve_months_each);
    TEST(excluded_complaints_are_not_watched);
    TEST(a_share_is_told_where_neither_side_is_few);
    TEST(a_mediation_gives_no_few_firms_away);
    TEST(nobody_in_mediation_is_publishable);
    TEST(a_sum_is_hidden_where_one_firm_dominates_or_few_tell);
    TEST(a_median_loss_needs_ten_firms);
    TEST(a_change_is_claimed_only_where_chance_seldom_makes_it);
    TEST(only_changes_of_the_window_count);
    TEST(changes_are_told_one_by_one_in_the_order_of_their_days);
    TEST(what_is_declared_stands_beside_what_is_lived);
    TEST(a_method_without_watch_watches_nothing);
    return g_test_run();
}
