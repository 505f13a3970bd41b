#include "barometre/assess.h"

#include "barometre/alert.h"
#include "barometre/counter.h"
#include "barometre/disclosure.h"
#include "barometre/funnel.h"
#include "barometre/notice.h"
#include "barometre/robustness.h"
#include "barometre/score.h"

#include <malloc.h>
#include <string.h>

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

static void add_account(struct edition_account *to, const int64_t from[ACCOUNT_KINDS]) {
    to->mark += from[ACCOUNT_MARK];
    to->header += from[ACCOUNT_HEADER];
    to->stored += from[ACCOUNT_STORED];
    to->updated += from[ACCOUNT_UPDATED];
    to->duplicates += from[ACCOUNT_DUPLICATE];
    to->rejected += from[ACCOUNT_REJECTED];
    to->blank += from[ACCOUNT_BLANK];
}

/* The rows of an edition's sources. Context is one row a profile: a year of the dumps of
 * statements is a hundred thousand exports. */
struct listing {
    struct edition *edition;
    struct edition_source *row; /* of context, while more of its profile may come */
    GString *hashes;            /* of its exports */
};

static void end_row(struct listing *listing) {
    struct edition_source *row = listing->row;
    if (row != NULL && listing->hashes->len > strlen(row->sha256) + 1) {
        g_free(row->sha256);
        row->sha256 =
            g_compute_checksum_for_string(G_CHECKSUM_SHA256, listing->hashes->str, -1);
    }
    listing->row = NULL;
    g_string_truncate(listing->hashes, 0);
}

static bool add_source(void *data, const struct store_source *source) {
    struct listing *listing = data;
    struct edition_source *row = listing->row;
    if (row == NULL || strcmp(row->profile, source->profile) != 0) {
        end_row(listing);
        row = edition_add_source(listing->edition);
        row->profile = g_strdup(source->profile);
        row->sha256 = g_strdup(source->sha256);
    }
    if (context_is_profile(source->profile))
        listing->row = row;
    g_string_append_printf(listing->hashes, "%s\n", source->sha256);
    add_account(&row->records, source->account.records);
    add_account(&row->bytes, source->account.bytes);
    row->bytes_total += source->account.bytes_total;
    return true;
}

static bool list_sources(struct store *store, struct edition *edition, GError **error) {
    struct listing listing = {.edition = edition, .hashes = g_string_new(NULL)};
    const bool good = store_each_source(store, add_source, &listing, error);
    end_row(&listing);
    g_string_free(listing.hashes, TRUE);
    return good;
}

/* All that counts alone can tell. */
static struct edition *judge(const struct observatory *observatory,
                             struct tally *const *tallies, bool closed) {
    const struct words *const words[WORDS_LANGUAGES] = {
        [WORDS_FR] = observatory->words[WORDS_FR],
        [WORDS_EN] = observatory->words[WORDS_EN]};
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
    notice_fill(edition, observatory->method, observatory->legal, tallies[TALLY_ALL]);
    funnel_fill(edition, observatory->method, observatory->registry, tallies[TALLY_ALL]);
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
        edition = judge(observatory, tallies, closed);
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
        !assess_terms(observatory, store, edition, error) ||
        !list_sources(store, edition, error))
        return NULL;
    disclosure_apply(edition, observatory->method); /* before a word is said of it */
    assess_sentences(observatory, edition);
    return g_steal_pointer(&edition);
}
