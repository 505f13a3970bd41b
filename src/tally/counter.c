#include "barometre/counter.h"

#include "barometre/hash.h"
#include "barometre/month.h"

#include <string.h>

/* What a pending complaint says of one pillar. */
struct pending {
    int32_t month;
    int64_t unit;
    struct rule_answer answers[METHOD_MOST_INDICATORS];
};

struct counter {
    const struct method *method;
    struct tally *tally;
    bool any;
    int32_t marketplace;
    int64_t firm;
    bool waits[METHOD_MOST_PILLARS]; /* the firm's latest complaint, not yet counted */
    struct pending pending[METHOD_MOST_PILLARS];
    int32_t month_counted[METHOD_MOST_PILLARS + 1]; /* the firm's latest, by pillar */
    int32_t quarter_counted[METHOD_MOST_PILLARS + 1];
    bool newest_counted;                     /* the firm, in the newest window */
    const struct rule_clause *except, *only; /* NULL: none */
};

struct counter *counter_new(const struct method *method, struct tally *tally) {
    struct counter *counter = g_new0(struct counter, 1);
    counter->method = method;
    counter->tally = tally;
    tally_hold_months(tally, tally->window_count + method->window_months - 1);
    return counter;
}

void counter_except(struct counter *counter, const struct rule_clause *clause) {
    counter->except = clause;
}

void counter_only(struct counter *counter, const struct rule_clause *clause) {
    counter->only = clause;
}

void counter_free(struct counter *counter) {
    g_free(counter);
}

static void want_clause(const struct rule_clause *clause, bool *wanted) {
    for (int i = 0; i < clause->condition_count; i++)
        wanted[clause->conditions[i].field] = true;
}

static void want_rule(const struct rule *rule, bool *wanted) {
    const enum complaint_field fields[] = {rule->from, rule->to, rule->until,
                                           rule->direct};
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
        if (fields[i] < FIELD_COUNT)
            wanted[fields[i]] = true;
    want_clause(&rule->only_if, wanted);
    for (int i = 0; i < rule->except_count; i++)
        want_clause(&rule->except_if[i], wanted);
}

void counter_wanted(const struct method *method, bool wanted[static FIELD_COUNT]) {
    memset(wanted, 0, FIELD_COUNT * sizeof *wanted);
    for (int p = 0; p < method->pillar_count; p++) {
        const struct method_pillar *pillar = &method->pillars[p];
        wanted[pillar->reported_by] = true;
        for (int i = 0; i < pillar->indicator_count; i++)
            if (pillar->indicators[i].kind != INDICATOR_INCIDENCE)
                want_rule(&pillar->indicators[i].rule, wanted);
    }
    wanted[FIELD_SECTOR] = true;
    for (int i = 0; i < method->excluded_count; i++)
        want_clause(&method->excluded[i], wanted);
    want_clause(&method->robustness.contested, wanted);
    want_clause(&method->robustness.documented, wanted);
}

void counter_days(const struct method *method, const struct tally *tally,
                  int32_t *first_day, int32_t *last_day) {
    *first_day = month_first_day(tally->last_month - tally->window_count -
                                 method->window_months + 2);
    *last_day = month_last_day(tally->last_month);
}

/* A change's number does not depend on the order in which complaints name it. Never 0,
 * which stands for the firm itself. */
static int64_t change_unit(const char *change_id) {
    if (*change_id == '\0')
        return 0;
    const uint64_t hash = hash_add(HASH_START, change_id);
    return hash == 0 ? 1 : (int64_t)hash;
}

/* Counts the pending complaint in the windows that end before `next_month`. */
static void count_pending(struct counter *counter, int pillar, int32_t next_month) {
    if (!counter->waits[pillar])
        return;
    const struct pending *pending = &counter->pending[pillar];
    const struct tally *tally = counter->tally;
    const int32_t last =
        MIN(MIN(pending->month + counter->method->window_months, next_month) - 1,
            tally->last_month);
    const int32_t first =
        MAX(pending->month, tally->last_month - tally->window_count + 1);
    for (int32_t month = first; month <= last; month++)
        tally_count(
            tally_cell(tally, tally->last_month - month, counter->marketplace, pillar),
            &counter->method->pillars[pillar], pending->unit, pending->answers);
    counter->waits[pillar] = false;
}

void counter_finish(struct counter *counter) {
    for (int p = 0; p < counter->method->pillar_count; p++)
        count_pending(counter, p, INT32_MAX);
}

static bool is_excluded(const struct counter *counter,
                        const struct complaint *complaint) {
    if (method_excludes(counter->method, complaint))
        return true;
    if (counter->except != NULL && rule_clause_holds(counter->except, complaint))
        return true;
    return counter->only != NULL && !rule_clause_holds(counter->only, complaint);
}

/* A firm counts once a month. Complaints of a firm come in the order of their days. */
static void count_month(struct counter *counter, int32_t month, int pillar) {
    if (counter->month_counted[pillar] == month)
        return;
    counter->month_counted[pillar] = month;
    tally_count_month(counter->tally, month, counter->marketplace, pillar);
}

/* A firm counts once a quarter, in the sector of its first complaint of it. */
static void count_quarter(struct counter *counter, const struct complaint *complaint,
                          int32_t month, int pillar) {
    struct tally *tally = counter->tally;
    const int32_t first_month = month - (month_number(month) - 1) % 3;
    if (counter->quarter_counted[pillar] == first_month)
        return;
    counter->quarter_counted[pillar] = first_month;
    tally_count_quarter(tally, month, counter->marketplace, pillar);
    if (pillar < counter->method->pillar_count)
        return;
    const int32_t sector = complaint->value[FIELD_SECTOR];
    tally_count_quarter(
        tally, month, counter->marketplace,
        tally_sector_row(tally, sector == COMPLAINT_UNKNOWN ? -1 : sector));
}

/* Counts a complaint that speaks of some pillar. */
static void count_report(struct counter *counter, const struct complaint *complaint,
                         int32_t month) {
    const int any = counter->method->pillar_count;
    count_month(counter, month, any);
    count_quarter(counter, complaint, month, any);
    tally_count_complaint(counter->tally, month, counter->marketplace);
    if (counter->newest_counted || month > counter->tally->last_month ||
        month <= counter->tally->last_month - counter->method->window_months)
        return;
    counter->newest_counted = true;
    tally_count_newest(counter->tally, counter->marketplace);
}

static void begin_firm(struct counter *counter, const struct complaint *complaint) {
    counter_finish(counter);
    counter->any = true;
    counter->firm = complaint->firm;
    counter->marketplace = complaint->marketplace;
    for (size_t i = 0; i < G_N_ELEMENTS(counter->month_counted); i++)
        counter->month_counted[i] = counter->quarter_counted[i] = INT32_MIN;
    counter->newest_counted = false;
}

void counter_add(struct counter *counter, const struct complaint *complaint) {
    const struct method *method = counter->method;
    if (!counter->any || complaint->firm != counter->firm ||
        complaint->marketplace != counter->marketplace)
        begin_firm(counter, complaint);
    if (is_excluded(counter, complaint))
        return;
    const int32_t month = month_of_day(complaint->value[FIELD_RECEIVED_ON]);
    bool reports = false;
    for (int p = 0; p < method->pillar_count; p++) {
        const struct method_pillar *pillar = &method->pillars[p];
        if (complaint->value[pillar->reported_by] != COMPLAINT_YES)
            continue;
        count_month(counter, month, p);
        count_quarter(counter, complaint, month, p);
        reports = true;
        count_pending(counter, p, month);
        struct pending *pending = &counter->pending[p];
        counter->waits[p] = true;
        pending->month = month;
        pending->unit = pillar->clustered ? change_unit(complaint->change_id) : 0;
        for (int i = 0; i < pillar->indicator_count; i++)
            pending->answers[i] =
                pillar->indicators[i].kind == INDICATOR_INCIDENCE
                    ? (struct rule_answer){ANSWER_NONE, 0}
                    : rule_answer(&pillar->indicators[i].rule, complaint);
    }
    if (reports)
        count_report(counter, complaint, month);
}
