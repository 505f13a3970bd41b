#include "barometre/tally.h"

#include <stddef.h>
#include <string.h>

/* Merging waits until a list has doubled, so that counting costs O(log n) a firm. */
enum { LEAST_MERGE = 256 };

static int cell_count(const struct tally *tally) {
    return tally->window_count * tally->marketplace_count * tally->pillar_count;
}

struct tally *tally_new(int32_t last_month, int window_count, int marketplace_count,
                        int pillar_count) {
    struct tally *tally = g_new0(struct tally, 1);
    tally->last_month = last_month;
    tally->window_count = window_count;
    tally->marketplace_count = marketplace_count;
    tally->pillar_count = pillar_count;
    tally->cells = g_new0(struct tally_cell, cell_count(tally));
    for (int i = 0; i < cell_count(tally); i++) {
        struct tally_cell *cell = &tally->cells[i];
        cell->patterns = g_array_new(FALSE, FALSE, sizeof(struct tally_pattern));
        cell->durations = g_array_new(FALSE, FALSE, sizeof(struct tally_duration));
        cell->notices = g_array_new(FALSE, FALSE, sizeof(struct tally_notice));
        cell->merge_patterns_at = cell->merge_durations_at = cell->merge_notices_at =
            LEAST_MERGE;
    }
    return tally;
}

void tally_free(struct tally *tally) {
    if (tally == NULL)
        return;
    for (int i = 0; i < cell_count(tally); i++) {
        g_array_unref(tally->cells[i].patterns);
        g_array_unref(tally->cells[i].durations);
        g_array_unref(tally->cells[i].notices);
    }
    g_free(tally->cells);
    g_free(tally->month_firms);
    g_free(tally->month_complaints);
    g_free(tally->newest_firms);
    g_free(tally->quarter_firms);
    g_free(tally);
}

struct tally_cell *tally_cell(const struct tally *tally, int window, int marketplace,
                              int pillar) {
    g_assert(window >= 0 && window < tally->window_count);
    g_assert(marketplace >= 0 && marketplace < tally->marketplace_count);
    g_assert(pillar >= 0 && pillar < tally->pillar_count);
    return &tally->cells[(window * tally->marketplace_count + marketplace) *
                             tally->pillar_count +
                         pillar];
}

static int32_t quarter_of(int32_t month) {
    return (month - ((month % 3) + 3) % 3) / 3;
}

int tally_sectors(void) {
    return (int)g_strv_length((char **)complaint_fields[FIELD_SECTOR].values);
}

const char *tally_sector_id(int sector) {
    return complaint_fields[FIELD_SECTOR].values[sector];
}

int tally_sector_row(const struct tally *tally, int sector) {
    return tally->pillar_count + 1 + (sector < 0 ? tally_sectors() : sector);
}

static int quarter_rows(const struct tally *tally) {
    return tally_sector_row(tally, -1) + 1;
}

void tally_hold_months(struct tally *tally, int months) {
    g_assert(tally->month_firms == NULL);
    tally->month_count = months;
    tally->month_firms =
        g_new0(int32_t, months * tally->marketplace_count * (tally->pillar_count + 1));
    tally->month_complaints = g_new0(int32_t, months * tally->marketplace_count);
    tally->newest_firms = g_new0(int32_t, tally->marketplace_count);
    tally->quarter_count =
        quarter_of(tally->last_month) - quarter_of(tally->last_month - months + 1) + 1;
    tally->quarter_firms = g_new0(
        int32_t, tally->quarter_count * tally->marketplace_count * quarter_rows(tally));
}

/* NULL for a month that is not held. */
static int32_t *month_firms_at(const struct tally *tally, int32_t month, int marketplace,
                               int pillar) {
    g_assert(marketplace >= 0 && marketplace < tally->marketplace_count);
    g_assert(pillar >= 0 && pillar <= tally->pillar_count);
    const int back = tally->last_month - month;
    if (back < 0 || back >= tally->month_count)
        return NULL;
    return &tally->month_firms[(back * tally->marketplace_count + marketplace) *
                                   (tally->pillar_count + 1) +
                               pillar];
}

int tally_month_firms(const struct tally *tally, int32_t month, int marketplace,
                      int pillar) {
    const int32_t *firms = month_firms_at(tally, month, marketplace, pillar);
    return firms != NULL ? *firms : 0;
}

void tally_count_month(struct tally *tally, int32_t month, int marketplace, int pillar) {
    int32_t *firms = month_firms_at(tally, month, marketplace, pillar);
    if (firms != NULL)
        ++*firms;
}

/* NULL for a month that is not held. */
static int32_t *month_complaints_at(const struct tally *tally, int32_t month,
                                    int marketplace) {
    g_assert(marketplace >= 0 && marketplace < tally->marketplace_count);
    const int back = tally->last_month - month;
    if (back < 0 || back >= tally->month_count)
        return NULL;
    return &tally->month_complaints[back * tally->marketplace_count + marketplace];
}

int tally_month_complaints(const struct tally *tally, int32_t month, int marketplace) {
    const int32_t *complaints = month_complaints_at(tally, month, marketplace);
    return complaints != NULL ? *complaints : 0;
}

void tally_count_complaint(struct tally *tally, int32_t month, int marketplace) {
    int32_t *complaints = month_complaints_at(tally, month, marketplace);
    if (complaints != NULL)
        ++*complaints;
}

int tally_newest_firms(const struct tally *tally, int marketplace) {
    g_assert(marketplace >= 0 && marketplace < tally->marketplace_count);
    return tally->newest_firms != NULL ? tally->newest_firms[marketplace] : 0;
}

void tally_count_newest(struct tally *tally, int marketplace) {
    tally->newest_firms[marketplace]++;
}

/* NULL for a month that is not held. */
static int32_t *quarter_firms_at(const struct tally *tally, int32_t month,
                                 int marketplace, int row) {
    g_assert(marketplace >= 0 && marketplace < tally->marketplace_count);
    g_assert(row >= 0 && row < quarter_rows(tally));
    const int back = quarter_of(tally->last_month) - quarter_of(month);
    if (month_complaints_at(tally, month, marketplace) == NULL)
        return NULL;
    return &tally->quarter_firms[(back * tally->marketplace_count + marketplace) *
                                     quarter_rows(tally) +
                                 row];
}

int tally_quarter_firms(const struct tally *tally, int32_t month, int marketplace,
                        int row) {
    const int32_t *firms = quarter_firms_at(tally, month, marketplace, row);
    return firms != NULL ? *firms : 0;
}

void tally_count_quarter(struct tally *tally, int32_t month, int marketplace, int row) {
    int32_t *firms = quarter_firms_at(tally, month, marketplace, row);
    if (firms != NULL)
        ++*firms;
}

static int compare_patterns(const void *left, const void *right) {
    const struct tally_pattern *a = left, *b = right;
    if (a->unit != b->unit)
        return a->unit < b->unit ? -1 : 1;
    for (int i = 0; i < METHOD_MOST_INDICATORS; i++)
        if (a->answer[i] != b->answer[i])
            return a->answer[i] < b->answer[i] ? -1 : 1;
    return 0;
}

static int compare_durations(const void *left, const void *right) {
    const struct tally_duration *a = left, *b = right;
    if (a->indicator != b->indicator)
        return a->indicator < b->indicator ? -1 : 1;
    if (a->days != b->days)
        return a->days < b->days ? -1 : 1;
    return b->event - a->event;
}

static int compare_notices(const void *left, const void *right) {
    const struct tally_notice *a = left, *b = right;
    if (a->indicator != b->indicator)
        return a->indicator < b->indicator ? -1 : 1;
    return (a->days > b->days) - (a->days < b->days);
}

/* Sorts a list and adds up the firms of equal elements, which are `firms_at` bytes into
 * each; returns the length at which it is worth doing again. */
static guint merge(GArray *list, GCompareFunc compare, size_t firms_at) {
    const guint size = g_array_get_element_size(list);
    guint kept = 0;
    g_array_sort(list, compare);
    for (guint i = 0; i < list->len; i++) {
        char *next = list->data + (size_t)i * size;
        char *last = list->data + (size_t)(kept > 0 ? kept - 1 : 0) * size;
        if (kept > 0 && compare(last, next) == 0)
            *(int32_t *)(void *)(last + firms_at) +=
                *(const int32_t *)(const void *)(next + firms_at);
        else
            memmove(list->data + (size_t)kept++ * size, next, size);
    }
    g_array_set_size(list, kept);
    return MAX(2 * kept, LEAST_MERGE);
}

static void merge_patterns(struct tally_cell *cell) {
    cell->merge_patterns_at =
        merge(cell->patterns, compare_patterns, offsetof(struct tally_pattern, firms));
}

static void merge_durations(struct tally_cell *cell) {
    cell->merge_durations_at =
        merge(cell->durations, compare_durations, offsetof(struct tally_duration, firms));
}

static void merge_notices(struct tally_cell *cell) {
    cell->merge_notices_at =
        merge(cell->notices, compare_notices, offsetof(struct tally_notice, firms));
}

static int16_t pattern_of(const struct rule_answer *answer, int horizon_days) {
    switch (answer->what) {
    case ANSWER_NONE:
        return PATTERN_NONE;
    case ANSWER_NO:
        return PATTERN_NO;
    case ANSWER_YES:
        return PATTERN_YES;
    case ANSWER_EVENT:
    case ANSWER_OPEN:
        break;
    }
    if (answer->days > horizon_days)
        return (int16_t)(2 * (horizon_days + 1));
    return (int16_t)(2 * answer->days + (answer->what == ANSWER_EVENT));
}

static void count_duration(struct tally_cell *cell, int indicator,
                           const struct rule_answer *answer) {
    const struct tally_duration duration = {
        .indicator = indicator,
        .days = answer->days,
        .event = answer->what == ANSWER_EVENT,
        .firms = 1,
    };
    g_array_append_val(cell->durations, duration);
    if (cell->durations->len >= cell->merge_durations_at)
        merge_durations(cell);
}

static void count_notice(struct tally_cell *cell, int indicator, int days) {
    const struct tally_notice notice = {.indicator = indicator, .days = days, .firms = 1};
    g_array_append_val(cell->notices, notice);
    if (cell->notices->len >= cell->merge_notices_at)
        merge_notices(cell);
}

/* Whether an answer tells a notice by its dates. */
static bool tells_notice(const struct rule *rule, const struct rule_answer *answer) {
    return rule->kind == RULE_LEAD && !answer->direct &&
           (answer->what == ANSWER_YES || answer->what == ANSWER_NO);
}

void tally_count(struct tally_cell *cell, const struct method_pillar *pillar,
                 int64_t unit, const struct rule_answer *answers) {
    struct tally_pattern pattern = {.unit = pillar->clustered ? unit : 0, .firms = 1};
    for (int i = 0; i < METHOD_MOST_INDICATORS; i++) {
        pattern.answer[i] = PATTERN_NONE;
        if (i >= pillar->indicator_count ||
            pillar->indicators[i].kind == INDICATOR_INCIDENCE)
            continue;
        pattern.answer[i] = pattern_of(&answers[i], pillar->indicators[i].rule.days);
        const bool timed =
            answers[i].what == ANSWER_EVENT || answers[i].what == ANSWER_OPEN;
        if (timed && !answers[i].direct)
            count_duration(cell, i, &answers[i]);
        if (!pillar->clustered && tells_notice(&pillar->indicators[i].rule, &answers[i]))
            count_notice(cell, i, answers[i].days);
    }
    g_array_append_val(cell->patterns, pattern);
    if (cell->patterns->len >= cell->merge_patterns_at)
        merge_patterns(cell);
}

void tally_finish(struct tally *tally) {
    for (int i = 0; i < cell_count(tally); i++) {
        merge_patterns(&tally->cells[i]);
        merge_durations(&tally->cells[i]);
        merge_notices(&tally->cells[i]);
    }
}

int tally_firms(const struct tally_cell *cell) {
    int firms = 0;
    for (guint i = 0; i < cell->patterns->len; i++)
        firms += g_array_index(cell->patterns, struct tally_pattern, i).firms;
    return firms;
}

int tally_units(const struct tally_cell *cell) {
    int units = 0;
    int64_t last = 0;
    for (guint i = 0; i < cell->patterns->len; i++) {
        const struct tally_pattern *pattern =
            &g_array_index(cell->patterns, struct tally_pattern, i);
        if (pattern->unit == 0)
            units += pattern->firms;
        else if (pattern->unit != last)
            units++;
        last = pattern->unit;
    }
    return units;
}
