#include "frame.h"
#include "notice.h"

/* The strongest claim of one kind of decision: the places it holds of. */
struct claim {
    int one_in; /* 0: none */
    GPtrArray *names;
};

static int claimed(const struct edition_marketplace *place, bool changes) {
    return changes ? place->changes.excess.one_in : place->terminations.excess.one_in;
}

static struct claim strongest(const struct edition *edition, bool changes) {
    struct claim claim = {0, g_ptr_array_new_with_free_func(g_free)};
    g_autoptr(GPtrArray) ranked = edition_ranked(edition);
    for (guint i = 0; i < ranked->len; i++) {
        const int own = claimed(ranked->pdata[i], changes);
        if (own > 0 && (claim.one_in == 0 || own < claim.one_in))
            claim.one_in = own;
    }
    for (guint i = 0; i < ranked->len && claim.one_in > 0; i++)
        if (claimed(ranked->pdata[i], changes) == claim.one_in)
            g_ptr_array_add(claim.names, subject_name(ranked->pdata[i]));
    return claim;
}

/* "A et B : plus d’un changement sur deux …", or how many there are where the names do
 * not fit. */
static char *say_claim(const struct subject *subject, const struct claim *claim,
                       bool changes) {
    const guint count = claim->names->len;
    g_ptr_array_add(claim->names, NULL);
    g_autofree char *places =
        words_list(subject->words, (const char *const *)claim->names->pdata);
    g_autofree char *number = subject_count(subject, count);
    g_autofree char *key = g_strdup_printf("notice.one_in.%d", claim->one_in);
    g_autofree char *one_in = words_has(subject->words, key)
                                  ? words_say(subject->words, key, NULL)
                                  : words_number(subject->words, claim->one_in, 0);
    const struct words_argument arguments[] = {{"places", places, 0},
                                               {"number", number, 0},
                                               {"count", NULL, count},
                                               {"k", one_in, 0},
                                               {NULL, NULL, 0}};
    char **candidates = g_new0(char *, 3);
    candidates[0] = words_say(
        subject->words, changes ? "notice.title.changes" : "notice.title.terminations",
        arguments);
    candidates[1] = words_say(subject->words,
                              changes ? "notice.title.changes.many"
                                      : "notice.title.terminations.many",
                              arguments);
    return frame_title(candidates, FRAME_MARGIN);
}

static bool has_any(const struct edition *edition) {
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place = edition->marketplaces->pdata[i];
        if (place->changes.short_notice.share.known ||
            edition_late_terminations(edition, place).score.known)
            return true;
    }
    return false;
}

char *notice_title(const struct subject *subject) {
    const struct edition *edition = subject->edition;
    if (edition->marketplaces->len == 0)
        return words_say(subject->words, "chart.empty", NULL);
    const struct claim changes = strongest(edition, true);
    const struct claim terminations = strongest(edition, false);
    const bool first = changes.one_in > 0 && (terminations.one_in == 0 ||
                                              changes.one_in <= terminations.one_in);
    const struct claim *told = first ? &changes : &terminations;
    char *title =
        told->one_in > 0
            ? say_claim(subject, told, first)
            : words_say(subject->words,
                        has_any(edition) ? "notice.title" : "notice.title.none", NULL);
    g_ptr_array_unref(changes.names);
    g_ptr_array_unref(terminations.names);
    return title;
}

struct edition_score notice_late_changes(const struct edition_marketplace *place) {
    const struct edition_share *share = &place->changes.short_notice;
    return (struct edition_score){share->share, share->low, share->high, share->reason,
                                  share->reason};
}

int notice_undated(const struct edition_marketplace *place) {
    int undated = 0;
    for (guint i = 0; i < place->changes.acts->len; i++) {
        const struct edition_change *change = place->changes.acts->pdata[i];
        undated += !change->notice_days.known;
    }
    return undated;
}

char *notice_say_changes(const struct subject *subject,
                         const struct edition_marketplace *place) {
    const struct edition_changes *changes = &place->changes;
    if (changes->count < 0)
        return words_say(subject->words, "unknown.short", NULL);
    const int undated = notice_undated(place);
    g_autofree char *all = words_number(subject->words, changes->count, 0);
    if (undated == 0)
        return g_steal_pointer(&all);
    g_autofree char *unknown = words_number(subject->words, undated, 0);
    const struct words_argument arguments[] = {
        {"all", all, 0}, {"undated", unknown, 0}, {NULL, NULL, 0}};
    return words_say(subject->words, "notice.count.undated", arguments);
}

char *notice_say_terminations(const struct subject *subject,
                              const struct edition_marketplace *place) {
    const struct edition_indicator *indicator =
        edition_terminations_indicator(subject->edition, place);
    if (indicator == NULL || indicator->answers_class == NULL)
        return words_say(subject->words, "unknown.short", NULL);
    g_auto(GStrv) ends = g_strsplit(indicator->answers_class, "-", 2);
    return g_strjoinv("–", ends);
}

/* "15 jours, Règlement …"; NULL where the law is not known. */
static char *say_limit(const struct subject *subject,
                       const struct edition_legal_limit *limit) {
    const char *law = limit->law[words_language(subject->words)];
    const struct words_argument arguments[] = {
        {"days", NULL, limit->days}, {"law", law, 0}, {NULL, NULL, 0}};
    return law == NULL ? NULL : words_say(subject->words, "notice.law.limit", arguments);
}

static void add_law(struct key *key, const struct subject *subject) {
    const struct edition_notice *notice = &subject->edition->notice;
    const struct edition_legal_limit *const limits[] = {&notice->changes,
                                                        &notice->terminations};
    GString *law = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(limits); i++) {
        g_autofree char *limit = say_limit(subject, limits[i]);
        if (limit != NULL)
            g_string_append_printf(law, "%s%s", law->len > 0 ? " — " : "", limit);
    }
    g_autofree char *all = g_string_free(law, FALSE);
    if (*all != '\0')
        key_add_text(key, KEY_TEXT, subject_say(subject, "notice.law", "law", all));
}

static void add_bins(struct key *key, const struct subject *subject) {
    g_autofree char *step =
        words_number(subject->words, subject->edition->notice.step, 0);
    key_add_text(key, KEY_TEXT, subject_say(subject, "notice.key.bins", "step", step));
}

struct key notice_key(const struct subject *subject, bool narrow) {
    const struct edition *edition = subject->edition;
    struct key key = {.count = 0};
    if (!edition->notice.known)
        return key;
    key_add(&key, subject, KEY_LATE, "notice.key.late");
    key_add(&key, subject, KEY_KEPT, "notice.key.kept");
    key_add(&key, subject, narrow ? KEY_TEXT : KEY_SCORE,
            narrow ? "notice.key.share.narrow" : "notice.key.share");
    add_bins(&key, subject);
    add_law(&key, subject);
    return key;
}
