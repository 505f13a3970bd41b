#include "barometre/assess.h"

#include "barometre/counter.h"
#include "barometre/score.h"

#include <malloc.h>

static bool add_complaint(void *counter, const struct complaint *complaint) {
    counter_add(counter, complaint);
    return true;
}

struct tally *assess_tally(const struct observatory *observatory, struct store *store,
                           int32_t as_of, GError **error) {
    const struct method *method = observatory->method;
    scoped(tally) *tally =
        tally_new(as_of, method->history_months + 1,
                  (int)observatory->registry->places->len, method->pillar_count);
    scoped(counter) *counter = counter_new(method, tally);
    bool wanted[FIELD_COUNT];
    int32_t first_day, last_day;
    counter_wanted(method, wanted);
    counter_days(method, tally, &first_day, &last_day);
    if (!store_each_complaint(store, first_day, last_day, wanted, add_complaint, counter,
                              error))
        return NULL;
    counter_finish(counter);
    tally_finish(tally);
    return g_steal_pointer(&tally);
}

static void copy_account(struct edition_account *to, const int64_t from[ACCOUNT_KINDS]) {
    *to = (struct edition_account){
        .mark = from[ACCOUNT_MARK],
        .header = from[ACCOUNT_HEADER],
        .stored = from[ACCOUNT_STORED],
        .updated = from[ACCOUNT_UPDATED],
        .duplicates = from[ACCOUNT_DUPLICATE],
        .rejected = from[ACCOUNT_REJECTED],
        .blank = from[ACCOUNT_BLANK],
    };
}

static bool add_source(void *data, const struct store_source *source) {
    struct edition_source *added = edition_add_source(data);
    added->profile = g_strdup(source->profile);
    added->sha256 = g_strdup(source->sha256);
    copy_account(&added->records, source->account.records);
    copy_account(&added->bytes, source->account.bytes);
    added->bytes_total = source->account.bytes_total;
    return true;
}

struct edition *assess_edition(const struct observatory *observatory, struct store *store,
                               int32_t as_of, bool closed, GError **error) {
    struct tally *tally = assess_tally(observatory, store, as_of, error);
    if (tally == NULL)
        return NULL;
    scoped(edition) *edition =
        score_edition(observatory->method, observatory->registry, tally);
    tally_free(tally);
    malloc_trim(0); /* before pictures are drawn */
    edition->closed = closed;
    edition->fictitious = observatory->registry->fictitious;
    if (!store_each_source(store, add_source, edition, error))
        return NULL;
    return g_steal_pointer(&edition);
}
