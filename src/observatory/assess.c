#include "barometre/assess.h"

#include "barometre/alert.h"
#include "barometre/counter.h"
#include "barometre/disclosure.h"
#include "barometre/robustness.h"
#include "barometre/score.h"

#include <malloc.h>

/* The tallies of one ordered pass over the complaints: all of them, and the newest window
 * without the contested ones and of the documented ones alone. */
enum tally_kind { TALLY_ALL, TALLY_UNCONTESTED, TALLY_DOCUMENTED, TALLY_KINDS };

struct counting {
    struct counter *counters[TALLY_KINDS];
    int count;
};

static bool count_complaint(void *data, const struct complaint *complaint) {
    const struct counting *counting = data;
    for (int k = 0; k < counting->count; k++)
        counter_add(counting->counters[k], complaint);
    return true;
}

static void clear_counting(struct counting *counting) {
    for (int k = 0; k < counting->count; k++)
        counter_free(counting->counters[k]);
}

/* Counts into `tallies`, of which the first `count` are made. */
static bool count_all(const struct observatory *observatory, struct store *store,
                      struct tally *const *tallies, int count, GError **error) {
    const struct method *method = observatory->method;
    struct counting counting = {.count = count};
    bool wanted[FIELD_COUNT];
    int32_t first_day, last_day;
    for (int k = 0; k < count; k++)
        counting.counters[k] = counter_new(method, tallies[k]);
    if (count > TALLY_UNCONTESTED)
        counter_except(counting.counters[TALLY_UNCONTESTED],
                       &method->robustness.contested);
    if (count > TALLY_DOCUMENTED)
        counter_only(counting.counters[TALLY_DOCUMENTED], &method->robustness.documented);
    counter_wanted(method, wanted);
    counter_days(method, tallies[TALLY_ALL], &first_day, &last_day);
    const bool good = assess_exposure(observatory, store, error) &&
                      store_each_complaint(store, first_day, last_day, wanted,
                                           count_complaint, &counting, error);
    for (int k = 0; good && k < count; k++) {
        counter_finish(counting.counters[k]);
        tally_finish(tallies[k]);
    }
    clear_counting(&counting);
    return good;
}

static struct tally *empty_tally(const struct observatory *observatory, int32_t as_of,
                                 int windows) {
    return tally_new(as_of, windows, (int)observatory->registry->places->len,
                     observatory->method->pillar_count);
}

struct tally *assess_tally(const struct observatory *observatory, struct store *store,
                           int32_t as_of, GError **error) {
    scoped(tally) *tally =
        empty_tally(observatory, as_of, observatory->method->history_months + 1);
    if (!count_all(observatory, store, &tally, 1, error))
        return NULL;
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

/* All that counts alone can tell. */
static struct edition *judge(const struct observatory *observatory,
                             struct tally *const *tallies, bool closed, GError **error) {
    scoped(words) *french = words_load(WORDS_FR, NULL, error);
    scoped(words) *english = french != NULL ? words_load(WORDS_EN, NULL, error) : NULL;
    if (english == NULL)
        return NULL;
    const struct words *const words[WORDS_LANGUAGES] = {
        [WORDS_FR] = french, [WORDS_EN] = english};
    const struct robustness_inputs inputs = {
        .base = {.method = observatory->method,
                 .registry = observatory->registry,
                 .tally = tallies[TALLY_ALL],
                 .threads = (int)g_get_num_processors()},
        .uncontested = tallies[TALLY_UNCONTESTED],
        .documented = tallies[TALLY_DOCUMENTED],
    };
    struct edition *edition = score_edition(&inputs.base);
    edition->closed = closed;
    alert_fill(edition, observatory->method, observatory->registry, tallies[TALLY_ALL],
               words);
    robustness_fill(edition, &inputs);
    tables_fill(edition, observatory->method, observatory->registry, tallies[TALLY_ALL]);
    return edition;
}

static struct edition *count_and_judge(const struct observatory *observatory,
                                       struct store *store, int32_t as_of, bool closed,
                                       GError **error) {
    struct edition *edition = NULL;
    struct tally *tallies[TALLY_KINDS];
    for (int k = 0; k < TALLY_KINDS; k++)
        tallies[k] =
            empty_tally(observatory, as_of,
                        k == TALLY_ALL ? observatory->method->history_months + 1 : 1);
    if (count_all(observatory, store, tallies, TALLY_KINDS, error))
        edition = judge(observatory, tallies, closed, error);
    for (int k = 0; k < TALLY_KINDS; k++)
        tally_free(tallies[k]);
    malloc_trim(0); /* before pictures are drawn */
    return edition;
}

struct edition *assess_edition(const struct observatory *observatory, struct store *store,
                               int32_t as_of, bool closed, GError **error) {
    scoped(edition) *edition = count_and_judge(observatory, store, as_of, closed, error);
    if (edition == NULL)
        return NULL;
    edition->fictitious = observatory->registry->fictitious;
    if (!assess_watch(observatory, store, edition, error) ||
        !assess_context(observatory, store, edition, error) ||
        !store_each_source(store, add_source, edition, error))
        return NULL;
    disclosure_apply(edition, observatory->method); /* before a word is said of it */
    if (!assess_sentences(observatory, edition, error))
        return NULL;
    return g_steal_pointer(&edition);
}
