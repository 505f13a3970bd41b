#include "barometre/context.h"

#include "barometre/disclosure.h"
#include "barometre/edition.h"

#include <math.h>

static double percent(int64_t part, int64_t whole) {
    return round((double)part / (double)whole * 1000) / 10;
}

static void add_statements(struct edition_marketplace *place,
                           const struct context_count *count) {
    const int64_t *facts = count->facts;
    const struct edition_statements statements = {
        .month = count->month,
        .days = count->days,
        .statements = count->records,
        .suspensions = facts[CONTEXT_SUSPENSION],
        .terminations = facts[CONTEXT_TERMINATION],
        .services = facts[CONTEXT_SERVICE],
        .products = facts[CONTEXT_PRODUCT],
        .decided = percent(facts[CONTEXT_DECIDED], count->records),
        .detected = percent(facts[CONTEXT_DETECTED], count->records),
    };
    g_array_append_val(place->statements, statements);
}

static struct edition_consumers consumers_of(const struct context_count *count) {
    const int64_t transmitted = count->facts[CONTEXT_TRANSMITTED];
    struct edition_consumers consumers = {
        .month = count->month,
        .reports = edition_known((double)count->records),
        .transmitted = edition_known((double)transmitted),
        .reason = REASON_NO_REPORTS, /* none went to a company */
    };
    if (transmitted == 0)
        return consumers;
    consumers.read = edition_known(percent(count->facts[CONTEXT_READ], transmitted));
    consumers.answered =
        edition_known(percent(count->facts[CONTEXT_ANSWERED], transmitted));
    return consumers;
}

/* Whether the count of a step, or that of those who went no further, is secret. */
static bool tells_secret(const struct method *method, int64_t part, int64_t whole) {
    return disclosure_is_secret(method, part) ||
           disclosure_is_secret(method, whole - part);
}

/* Hides from the first step down that would tell a secret: what lies below one hidden
 * tells of it. */
static void protect(struct edition_consumers *consumers, const struct method *method,
                    const struct context_count *count) {
    const int64_t reports = count->records;
    const int64_t transmitted = count->facts[CONTEXT_TRANSMITTED];
    const int64_t read = count->facts[CONTEXT_READ];
    const int64_t answered = count->facts[CONTEXT_ANSWERED];
    struct edition_number *const steps[] = {&consumers->reports, &consumers->transmitted,
                                            &consumers->read, &consumers->answered};
    const bool secret[] = {
        disclosure_is_secret(method, reports),
        tells_secret(method, transmitted, reports),
        tells_secret(method, read, transmitted),
        tells_secret(method, answered, read) ||
            disclosure_is_secret(method, transmitted - answered),
    };
    bool hidden = false;
    for (size_t s = 0; s < G_N_ELEMENTS(steps); s++) {
        hidden |= secret[s];
        if (hidden)
            *steps[s] = edition_unknown();
    }
    if (hidden)
        consumers->reason = REASON_SUPPRESSED;
}

void context_fill(struct edition *edition, const struct method *method,
                  const struct context_count *count) {
    struct edition_marketplace *place =
        count->place < 0 ? NULL
                         : g_ptr_array_index(edition->marketplaces, (guint)count->place);
    if (count->kind == CONTEXT_STATEMENTS) {
        add_statements(place, count);
        return;
    }
    struct edition_consumers consumers = consumers_of(count);
    if (place != NULL)
        protect(&consumers, method, count);
    g_array_append_val(place != NULL ? place->consumers : edition->consumers, consumers);
}
