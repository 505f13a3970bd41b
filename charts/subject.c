#include "subject.h"

#include "barometre/text.h"

#include <math.h>

char *subject_name(const struct edition_marketplace *place) {
    return text_clamp(place->name);
}

char *subject_say(const struct subject *subject, const char *key, const char *name,
                  const char *text) {
    const struct words_argument arguments[] = {{name, text, 0}, {NULL, NULL, 0}};
    return words_say(subject->words, key, arguments);
}

char *subject_score(const struct subject *subject, double score) {
    return words_number(subject->words, score, 1);
}

char *subject_count(const struct subject *subject, int64_t count) {
    if (count < 0 || count > 10)
        return words_number(subject->words, (double)count, 0);
    g_autofree char *key = g_strdup_printf("count.%d", (int)count);
    return words_say(subject->words, key, NULL);
}

char *subject_period(const struct subject *subject) {
    g_autofree char *from = words_month(subject->words, subject->edition->window_from);
    g_autofree char *to = words_month(subject->words, subject->edition->window_to);
    const struct words_argument arguments[] = {
        {"from", from, 0}, {"to", to, 0}, {NULL, NULL, 0}};
    return words_say(subject->words, "chart.period", arguments);
}

char *subject_reason(const struct subject *subject, enum edition_reason reason) {
    if (reason == REASON_NONE)
        return words_say(subject->words, "status.insufficient", NULL);
    g_autofree char *key = g_strconcat("reason.", edition_reason_code(reason), NULL);
    return words_say(subject->words, key, NULL);
}

/* The first gate that the pillar failed. */
static enum edition_reason first_reason(const struct edition_pillar *pillar) {
    if (pillar->reasons != NULL && pillar->reasons->len > 0)
        return g_array_index(pillar->reasons, enum edition_reason, 0);
    return pillar->score.reason;
}

char *subject_pillar_reason(const struct subject *subject,
                            const struct edition_pillar *pillar) {
    return subject_reason(subject, first_reason(pillar));
}

char *subject_place_reason(const struct subject *subject,
                           const struct edition_marketplace *place) {
    const enum words_language language = words_language(subject->words);
    g_autoptr(GPtrArray) missing = g_ptr_array_new_with_free_func(g_free);
    enum edition_reason common = REASON_NONE;
    bool same = true;
    for (guint i = 0; i < place->pillars->len; i++) {
        const struct edition_pillar *pillar = place->pillars->pdata[i];
        if (pillar->score.score.known)
            continue;
        same = same && (missing->len == 0 || first_reason(pillar) == common);
        common = first_reason(pillar);
        g_ptr_array_add(missing, text_clamp(pillar->label[language]));
    }
    const bool all = missing->len > 0 && missing->len == place->pillars->len;
    if (missing->len == 0 || (all && !same))
        return subject_reason(subject, place->overall.score.reason);
    if (all)
        return subject_reason(subject, common);
    g_ptr_array_add(missing, NULL);
    g_autofree char *list =
        words_list(subject->words, (const char *const *)missing->pdata);
    if (!same)
        return g_steal_pointer(&list);
    g_autofree char *reason = subject_reason(subject, common);
    const struct words_argument arguments[] = {
        {"pillars", list, 0}, {"reason", reason, 0}, {NULL, NULL, 0}};
    return words_say(subject->words, "chart.missing_pillars", arguments);
}

char *subject_change(const struct subject *subject, const struct edition_trend *trend) {
    if (trend->claim == CLAIM_UNKNOWN)
        return NULL;
    if (!trend->points.known)
        return words_say(subject->words, "claim.none", NULL);
    const bool moved = trend->claim != CLAIM_NONE;
    g_autofree char *points = words_signed(subject->words, trend->points.value, 1);
    double p = trend->p_improved.known ? trend->p_improved.value : 0;
    if (trend->claim == CLAIM_WORSENING)
        p = 1 - p;
    const bool capped = p > 0.99 + 1e-9;
    g_autofree char *probability = words_number(subject->words, capped ? 0.99 : p, 2);
    const struct words_argument arguments[] = {
        {"points", points, 0}, {"p", probability, 0}, {NULL, NULL, 0}};
    if (!moved || !trend->p_improved.known)
        return words_say(subject->words,
                         moved ? "trend.change.bare" : "trend.change.none", arguments);
    return words_say(subject->words, capped ? "trend.change.above" : "trend.change",
                     arguments);
}

bool subject_moved(const struct edition_trend *trend) {
    return trend->claim == CLAIM_IMPROVING || trend->claim == CLAIM_WORSENING;
}

char *subject_sentence(char *text) {
    const char *rest = *text == '\0' ? text : g_utf8_next_char(text);
    g_autofree char *first = g_utf8_strup(text, rest - text);
    char *sentence = g_strconcat(first, rest, NULL);
    g_free(text);
    return sentence;
}

bool subject_sure(struct edition_number probability, double least) {
    return probability.known && probability.value > least;
}

int subject_rated_count(const struct edition *edition) {
    int rated = 0;
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place = edition->marketplaces->pdata[i];
        rated += place->overall.score.score.known;
    }
    return rated;
}

bool subject_has_intervals(const struct edition *edition) {
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place = edition->marketplaces->pdata[i];
        const struct edition_score *score = &place->overall.score;
        if (score->score.known && score->low.known && score->high.known)
            return true;
    }
    return false;
}

struct edition_number subject_median(const struct edition *edition, int pillar) {
    int known = 0;
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place = edition->marketplaces->pdata[i];
        if (pillar < 0) {
            known += place->overall.score.score.known;
        } else if ((guint)pillar < place->pillars->len) {
            const struct edition_pillar *own = place->pillars->pdata[pillar];
            known += own->score.score.known;
        }
    }
    return known >= SUBJECT_LEAST_FOR_MEDIAN ? edition_median_score(edition, pillar)
                                             : edition_unknown();
}

static int compare_numbers(const void *a, const void *b) {
    const double left = *(const double *)a, right = *(const double *)b;
    return left < right ? -1 : left > right;
}

struct edition_number subject_median_of(GArray *values) {
    if (values->len < SUBJECT_LEAST_FOR_MEDIAN)
        return edition_unknown();
    g_array_sort(values, compare_numbers);
    const double upper = g_array_index(values, double, values->len / 2);
    const double lower = g_array_index(values, double, (values->len - 1) / 2);
    return edition_known((lower + upper) / 2);
}
