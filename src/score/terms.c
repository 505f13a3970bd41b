#include "barometre/terms.h"

#include "barometre/edition.h"
#include "barometre/month.h"

#include <math.h>
#include <string.h>

enum { DAY_SECONDS = 86400 };

const char *terms_pattern_code(enum terms_pattern pattern) {
    static const char *const codes[TERMS_PATTERNS] = {
        [TERMS_STEADY] = "steady",
        [TERMS_FLIP_FLOP] = "flip_flop",
        [TERMS_DYNAMIC] = "dynamic",
    };
    return codes[pattern];
}

struct terms_document *terms_document_new(int place, const char *service,
                                          const char *type) {
    struct terms_document *document = g_new0(struct terms_document, 1);
    document->place = place;
    document->service = g_strdup(service);
    document->type = g_strdup(type);
    document->versions = g_array_new(FALSE, TRUE, sizeof(struct terms_version));
    return document;
}

void terms_document_free(struct terms_document *document) {
    if (document == NULL)
        return;
    g_free(document->service);
    g_free(document->type);
    g_array_unref(document->versions);
    g_free(document);
}

static const struct terms_version *version_at(const struct terms_document *document,
                                              guint index) {
    return &g_array_index(document->versions, struct terms_version, index);
}

static int32_t day_of(const struct terms_version *version) {
    const int64_t day = version->seen / DAY_SECONDS;
    return (int32_t)(version->seen % DAY_SECONDS < 0 ? day - 1 : day);
}

static int compare_doubles(const void *left, const void *right) {
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* At least one value. */
static double median(GArray *values) {
    g_array_sort(values, compare_doubles);
    const double upper = g_array_index(values, double, values->len / 2);
    return (g_array_index(values, double, (values->len - 1) / 2) + upper) / 2;
}

/* dynamic: enough contents, most versions have a new one, and half of the contents
 * were gone within `dynamic_days`. Nobody rewrites terms every few days. */
static bool is_dynamic(const struct terms_judgement *judgement,
                       const struct method_terms *method, GArray *between_days) {
    return judgement->contents >= method->dynamic_contents &&
           judgement->contents >= method->dynamic_share * judgement->versions &&
           between_days->len > 0 && median(between_days) < method->dynamic_days;
}

static enum terms_verdict judge_new(const struct terms_version *version,
                                    const struct method_terms *method,
                                    int32_t *change_day) {
    if (version->words_added + version->words_removed < method->least_words)
        return TERMS_SMALL;
    const int32_t day = day_of(version);
    if (*change_day != INT32_MIN && day - *change_day <= method->collapse_days)
        return TERMS_JOINED;
    *change_day = day;
    return TERMS_CHANGE;
}

struct terms_judgement terms_judge(const struct terms_document *document,
                                   const struct method_terms *method, int64_t end) {
    struct terms_judgement judgement = {
        .verdicts = g_array_new(FALSE, FALSE, sizeof(enum terms_verdict))};
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GArray) between_days = g_array_new(FALSE, FALSE, sizeof(double));
    const struct terms_version *newest = NULL; /* with a new content */
    int32_t change_day = INT32_MIN;
    for (guint i = 0; i < document->versions->len; i++) {
        const struct terms_version *version = version_at(document, i);
        if (version->seen >= end)
            break;
        enum terms_verdict verdict = TERMS_RETURN;
        if (g_hash_table_add(seen, (char *)version->sha256)) {
            verdict =
                newest == NULL ? TERMS_FIRST : judge_new(version, method, &change_day);
            if (newest != NULL) {
                const double days = (double)(version->seen - newest->seen) / DAY_SECONDS;
                g_array_append_val(between_days, days);
            }
            newest = version;
        }
        judgement.returns += verdict == TERMS_RETURN;
        judgement.versions++;
        g_array_append_val(judgement.verdicts, verdict);
    }
    judgement.contents = judgement.versions - judgement.returns;
    if (is_dynamic(&judgement, method, between_days))
        judgement.pattern = TERMS_DYNAMIC;
    else if (judgement.returns >= method->flip_flop_returns)
        judgement.pattern = TERMS_FLIP_FLOP;
    return judgement;
}

/* What is counted of the documents of one marketplace. */
struct place_terms {
    struct edition_terms *terms;
    int32_t first_day; /* of the window */
    GArray *intervals; /* double, days between two changes of a document */
};

static void add_change(struct edition_terms_document *published,
                       const struct terms_version *before,
                       const struct terms_version *version) {
    struct edition_terms_change *change = edition_add_terms_change(published);
    change->before_on = day_of(before);
    change->before_sha256 = g_strdup(before->sha256);
    change->seen_on = change->last_on = day_of(version);
    change->sha256 = g_strdup(version->sha256);
    change->contents = 1;
    change->words_added = version->words_added;
    change->words_removed = version->words_removed;
}

static void join_change(struct edition_terms_document *published,
                        const struct terms_version *version) {
    struct edition_terms_change *change =
        g_ptr_array_index(published->changes, published->changes->len - 1);
    change->last_on = day_of(version);
    g_free(change->sha256);
    change->sha256 = g_strdup(version->sha256);
    change->contents++;
    change->words_added += version->words_added;
    change->words_removed += version->words_removed;
}

/* Those that begin in the window; what lies before it goes into the intervals alone. */
static void add_changes(struct place_terms *place,
                        struct edition_terms_document *published,
                        const struct terms_document *document, const GArray *verdicts) {
    int32_t last_day = INT32_MIN; /* of a change */
    for (guint i = 0; i < verdicts->len; i++) {
        const struct terms_version *version = version_at(document, i);
        const int32_t day = day_of(version);
        const enum terms_verdict verdict = g_array_index(verdicts, enum terms_verdict, i);
        if (verdict == TERMS_JOINED && last_day >= place->first_day)
            join_change(published, version);
        if (verdict != TERMS_CHANGE)
            continue;
        const double interval = day - (double)last_day;
        if (last_day != INT32_MIN)
            g_array_append_val(place->intervals, interval);
        last_day = day;
        if (day >= place->first_day)
            add_change(published, version_at(document, i - 1), version);
    }
    place->terms->changes += (int)published->changes->len;
}

static void add_document(struct place_terms *place, const struct method_terms *method,
                         const struct terms_document *document, int64_t end) {
    const struct terms_judgement judgement = terms_judge(document, method, end);
    g_autoptr(GArray) verdicts = judgement.verdicts;
    if (judgement.versions == 0)
        return;
    struct edition_terms_document *published = edition_add_terms_document(place->terms);
    published->service = g_strdup(document->service);
    published->type = g_strdup(document->type);
    published->first_on = day_of(version_at(document, 0));
    published->last_on = day_of(version_at(document, verdicts->len - 1));
    published->versions = judgement.versions;
    published->contents = judgement.contents;
    published->returns = judgement.returns;
    published->pattern = g_strdup(terms_pattern_code(judgement.pattern));
    if (judgement.pattern == TERMS_DYNAMIC)
        return;
    if (place->terms->changes < 0)
        place->terms->changes = 0;
    add_changes(place, published, document, verdicts);
}

static void fill_place(struct place_terms *place, const struct method_terms *method) {
    struct edition_terms *terms = place->terms;
    terms->reason = terms->changes < 0 ? REASON_NOT_FOLLOWED : REASON_FEW_CHANGES;
    if ((int)place->intervals->len < method->median_intervals)
        return;
    terms->reason = REASON_NONE;
    terms->median_interval_days = edition_known(median(place->intervals));
}

void terms_fill(struct edition *edition, const struct method *method,
                const GPtrArray *documents) {
    if (!method->terms.known)
        return;
    const int64_t end =
        ((int64_t)month_last_day(edition->window_to) + 1) * (int64_t)DAY_SECONDS;
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        struct edition_marketplace *marketplace =
            g_ptr_array_index(edition->marketplaces, i);
        g_autoptr(GArray) intervals = g_array_new(FALSE, FALSE, sizeof(double));
        struct place_terms place = {&marketplace->terms,
                                    month_first_day(edition->window_from), intervals};
        for (guint d = 0; d < documents->len; d++) {
            const struct terms_document *document = g_ptr_array_index(documents, d);
            if (document->place == (int)i)
                add_document(&place, &method->terms, document, end);
        }
        fill_place(&place, &method->terms);
    }
}
