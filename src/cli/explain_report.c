#include "explain.h"

#include "barometre/counter.h"
#include "barometre/month.h"

#include <string.h>

enum { MOST_SHOWN = 20 };

/* The complaints that count, each with its id; of each firm and pillar the latest. */
struct search {
    const struct question *question;
    GPtrArray *ids; /* char *, in the order of the store: by firm */
    int64_t firm;
    char *latest[METHOD_MOST_PILLARS]; /* the firm's; NULL: none, or it does not answer */
};

static void keep_latest(struct search *search) {
    for (int p = 0; p < METHOD_MOST_PILLARS; p++)
        if (search->latest[p] != NULL)
            g_ptr_array_add(search->ids, g_steal_pointer(&search->latest[p]));
}

static bool is_excluded(const struct method *method, const struct complaint *complaint) {
    for (int i = 0; i < method->excluded_count; i++)
        if (rule_clause_holds(&method->excluded[i], complaint))
            return true;
    return false;
}

static bool answers(const struct question *question, const struct method_pillar *pillar,
                    const struct complaint *complaint) {
    if (question->indicator < 0)
        return true;
    const struct method_indicator *indicator = &pillar->indicators[question->indicator];
    return indicator->kind == INDICATOR_INCIDENCE ||
           rule_answer(&indicator->rule, complaint).what != ANSWER_NONE;
}

/* What says yes to a watch dimension: above 0, be it an answer or a loss. */
static const enum complaint_field watch_fields[] = {
    [WATCH_FEES] = FIELD_WATCH_FEES,
    [WATCH_COUNTERFEIT] = FIELD_WATCH_COUNTERFEIT,
    [WATCH_WITHHELD] = FIELD_WATCH_WITHHELD,
    [WATCH_ACCOUNTS] = FIELD_WATCH_ACCOUNTS,
    [WATCH_SELFPREF] = FIELD_WATCH_SELFPREF,
    [WATCH_PARITY] = FIELD_WATCH_PARITY,
    [WATCH_BUYBOX] = FIELD_WATCH_BUYBOX,
    [WATCH_TURNOVER_LOSS] = FIELD_TURNOVER_LOSS_PCT,
};

/* A firm says yes where any of its complaints does. */
static void look_at_watch(struct search *search, const struct complaint *complaint) {
    if (complaint->value[watch_fields[search->question->watch]] > 0)
        g_ptr_array_add(search->ids, g_strdup(complaint->report_id));
}

/* Complaints come by firm, then by day and id: a later one stands in for an earlier. */
static bool look_at(void *data, const struct complaint *complaint) {
    struct search *search = data;
    const struct question *question = search->question;
    const struct method *method = question->observatory->method;
    if (complaint->marketplace != question->place || is_excluded(method, complaint))
        return true;
    if (question->watch >= 0) {
        look_at_watch(search, complaint);
        return true;
    }
    if (complaint->firm != search->firm)
        keep_latest(search);
    search->firm = complaint->firm;
    for (int p = 0; p < method->pillar_count; p++) {
        const struct method_pillar *pillar = &method->pillars[p];
        if ((question->pillar >= 0 && question->pillar != p) ||
            complaint->value[pillar->reported_by] != COMPLAINT_YES)
            continue;
        g_free(search->latest[p]);
        search->latest[p] =
            answers(question, pillar, complaint) ? g_strdup(complaint->report_id) : NULL;
    }
    return true;
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* A complaint of several pillars is told once. */
static void print_ids(const struct question *question, GPtrArray *ids) {
    g_ptr_array_sort(ids, by_text);
    g_autoptr(GString) shown = g_string_new(NULL);
    int count = 0;
    for (guint i = 0; i < ids->len; i++) {
        const char *id = g_ptr_array_index(ids, i);
        if (i > 0 && strcmp(id, g_ptr_array_index(ids, i - 1)) == 0)
            continue;
        if (++count <= MOST_SHOWN)
            g_string_append_printf(shown, "%s%s", count > 1 ? ", " : "", id);
    }
    explain_line(question, 0,
                 count > MOST_SHOWN ? "cli.explain.reports.more" : "cli.explain.reports",
                 (struct words_argument[]){{"ids", shown->str, 0},
                                           {"count", NULL, count},
                                           {"more", NULL, count - MOST_SHOWN},
                                           {NULL}});
}

/* Problems told through two sources, each with the complaints that tell it. */
struct twins {
    const struct question *question;
    GPtrArray *lines; /* GString * */
};

static void free_line(gpointer line) {
    g_string_free(line, TRUE);
}

static bool asks_for(const struct question *question, char pillar) {
    static const char letters[] = "dsc";
    const struct method *method = question->observatory->method;
    if (question->pillar < 0)
        return true;
    const int reported = (int)method->pillars[question->pillar].reported_by;
    return pillar == letters[reported - FIELD_PILLAR_D];
}

static bool look_at_twin(void *data, const struct store_twin *twin) {
    struct twins *twins = data;
    if (twin->place != twins->question->place || !asks_for(twins->question, twin->pillar))
        return true;
    if (twin->first)
        g_ptr_array_add(twins->lines, g_string_new(NULL));
    GString *line = g_ptr_array_index(twins->lines, twins->lines->len - 1);
    g_string_append_printf(line, "%s%s (%s)", line->len > 0 ? " = " : "", twin->report_id,
                           twin->family);
    return true;
}

/* A firm counts once, so neither complaint is lost nor counts twice: it is said. */
static bool print_twins(const struct question *question, GError **error) {
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(free_line);
    struct twins twins = {question, lines};
    if (!store_each_twin(question->store, month_first_day(question->edition->window_from),
                         month_last_day(question->edition->window_to), look_at_twin,
                         &twins, error))
        return false;
    if (lines->len > 0)
        explain_line(question, 0, "cli.explain.twins",
                     (struct words_argument[]){{"count", NULL, lines->len}, {NULL}});
    for (guint i = 0; i < MIN(lines->len, MOST_SHOWN); i++)
        printf("  %s\n", ((GString *)g_ptr_array_index(lines, i))->str);
    if (lines->len > MOST_SHOWN)
        puts("  …");
    return true;
}

bool explain_reports(const struct question *question, GError **error) {
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    struct search search = {.question = question, .ids = ids};
    bool wanted[FIELD_COUNT];
    counter_wanted(question->observatory->method, wanted);
    if (question->watch >= 0)
        wanted[watch_fields[question->watch]] = true;
    const bool good = store_each_complaint(
        question->store, month_first_day(question->edition->window_from),
        month_last_day(question->edition->window_to), wanted, look_at, &search, error);
    keep_latest(&search);
    if (good)
        print_ids(question, ids);
    return good && (question->watch >= 0 || print_twins(question, error));
}
