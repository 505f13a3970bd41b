#include "funnel.h"

#include <math.h>

#define LEAST_TOP_RATIO 2.0
#define MOST_TOP_RATIO 4.0

bool funnel_is_known(const struct edition *edition) {
    return edition->funnel.rate.known && edition->funnel.limits->len > 1;
}

static const struct edition_limit *limit_at(const struct edition *edition, guint i) {
    return &g_array_index(edition->funnel.limits, struct edition_limit, i);
}

/* The y axis ends above every ratio and limit, up to a bound beyond which it is clipped.
 */
static double top_ratio(const struct edition *edition) {
    double top = LEAST_TOP_RATIO;
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place = edition->marketplaces->pdata[i];
        if (place->expectation.ratio.known)
            top = fmax(top, place->expectation.high.value + 0.1);
    }
    return fmin(MOST_TOP_RATIO, FUNNEL_RATIO_STEP * ceil(top / FUNNEL_RATIO_STEP));
}

/* Beyond the outer limits, the inner ones, inside. */
static int rank_of(enum edition_position position) {
    static const int ranks[POSITION_COUNT] = {
        [POSITION_ABOVE_OUTER] = 0, [POSITION_BELOW_OUTER] = 1,
        [POSITION_ABOVE_INNER] = 2, [POSITION_BELOW_INNER] = 3,
        [POSITION_INSIDE] = 4,      [POSITION_UNKNOWN] = 5};
    return ranks[position];
}

static int compare_marks(const void *a, const void *b) {
    const struct edition_expectation *one =
        &((const struct funnel_mark *)a)->place->expectation;
    const struct edition_expectation *other =
        &((const struct funnel_mark *)b)->place->expectation;
    if (one->position != other->position)
        return rank_of(one->position) - rank_of(other->position);
    const double nearer = fabs(other->ratio.value - 1) - fabs(one->ratio.value - 1);
    return nearer < 0 ? -1 : nearer > 0;
}

static struct funnel_mark mark_of(const struct funnel *funnel,
                                  const struct edition_marketplace *place) {
    const struct edition_expectation *own = &place->expectation;
    const bool clipped = own->ratio.value > funnel->ratio.to;
    return (struct funnel_mark){
        .place = place,
        .x = scale_px(&funnel->expected, own->expected.value),
        .y = scale_px(&funnel->ratio, own->ratio.value) + (clipped ? 22 : 0),
        .low_y = scale_px(&funnel->ratio, own->low.value),
        .high_y = scale_px(&funnel->ratio, own->high.value),
        .clipped = clipped,
    };
}

struct funnel funnel_lay_out(const struct subject *subject, struct label_box plot) {
    const struct edition *edition = subject->edition;
    const double most = limit_at(edition, edition->funnel.limits->len - 1)->expected;
    struct funnel funnel = {
        .expected = {0, most, plot.left, plot.right},
        .ratio = {0, top_ratio(edition), plot.bottom, plot.top},
        .marks = g_array_new(FALSE, FALSE, sizeof(struct funnel_mark)),
        .missing = g_ptr_array_new(),
    };
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        struct edition_marketplace *place = edition->marketplaces->pdata[i];
        if (place->expectation.ratio.known) {
            const struct funnel_mark mark = mark_of(&funnel, place);
            g_array_append_val(funnel.marks, mark);
            continue;
        }
        g_ptr_array_add(funnel.missing, place);
        funnel.lane = funnel.lane || place->expectation.expected.known;
    }
    g_array_sort(funnel.marks, compare_marks);
    return funnel;
}

void funnel_clear(struct funnel *funnel) {
    g_array_unref(funnel->marks);
    g_ptr_array_unref(funnel->missing);
}

char *funnel_figure(const struct subject *subject,
                    const struct edition_expectation *place, bool brief) {
    g_autofree char *ratio = words_number(subject->words, place->ratio.value, 1);
    g_autofree char *firms = words_number(subject->words, place->firms.value, 0);
    g_autofree char *expected = words_number(subject->words, place->expected.value, 0);
    const struct words_argument arguments[] = {
        {"ratio", ratio, 0}, {"firms", firms, 0}, {"expected", expected, 0}, {NULL}};
    return words_say(subject->words,
                     place->firms.value == 0 ? "funnel.figure.none"
                     : brief                 ? "funnel.figure.brief"
                                             : "funnel.figure",
                     arguments);
}

/* The places that miss for one reason, "A et B (trop peu d’entreprises)"; NULL for none.
 */
static char *missing_for(const struct subject *subject, const struct funnel *funnel,
                         enum edition_reason reason) {
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < funnel->missing->len; i++) {
        const struct edition_marketplace *place = funnel->missing->pdata[i];
        if (place->expectation.reason == reason)
            g_ptr_array_add(names, subject_name(place));
    }
    if (names->len == 0)
        return NULL;
    g_ptr_array_add(names, NULL);
    g_autofree char *list = words_list(subject->words, (const char *const *)names->pdata);
    g_autofree char *why = subject_reason(subject, reason);
    const struct words_argument arguments[] = {
        {"places", list, 0}, {"reason", why, 0}, {NULL}};
    return words_say(subject->words, "funnel.missing", arguments);
}

char *funnel_missing(const struct subject *subject, const struct funnel *funnel) {
    g_autoptr(GString) list = g_string_new(NULL);
    g_autofree char *separator =
        words_say(subject->words, "funnel.missing.separator", NULL);
    for (int reason = 0; reason < REASON_COUNT; reason++) {
        g_autofree char *part = missing_for(subject, funnel, (enum edition_reason)reason);
        if (part != NULL)
            g_string_append_printf(list, "%s%s", list->len > 0 ? separator : "", part);
    }
    return list->len == 0
               ? NULL
               : subject_say(subject, "funnel.missing.head", "list", list->str);
}

char *funnel_level(const struct subject *subject, double level) {
    const double percent = 100 * level;
    return words_number(subject->words, percent,
                        fabs(percent - round(percent)) < 1e-6 ? 0 : 1);
}

static void add_position(struct key *key, const struct subject *subject,
                         enum edition_position position) {
    static const char *const messages[POSITION_COUNT] = {
        [POSITION_INSIDE] = "funnel.key.inside",
        [POSITION_ABOVE_INNER] = "funnel.key.above.inner",
        [POSITION_ABOVE_OUTER] = "funnel.key.above.outer",
        [POSITION_BELOW_INNER] = "funnel.key.below.inner",
        [POSITION_BELOW_OUTER] = "funnel.key.below.outer",
    };
    g_autofree char *inner = funnel_level(subject, subject->edition->funnel.inner.value);
    g_autofree char *outer = funnel_level(subject, subject->edition->funnel.outer.value);
    const struct words_argument arguments[] = {
        {"inner", inner, 0}, {"outer", outer, 0}, {NULL}};
    key->entries[key->count].sample =
        (enum key_sample)(KEY_INSIDE + (int)position - POSITION_INSIDE);
    key->entries[key->count++].text =
        words_say(subject->words, messages[position], arguments);
}

struct key funnel_key(const struct subject *subject, const struct funnel *funnel) {
    static const enum edition_position order[] = {
        POSITION_ABOVE_OUTER, POSITION_ABOVE_INNER, POSITION_BELOW_OUTER,
        POSITION_BELOW_INNER, POSITION_INSIDE};
    struct key key = {.count = 0};
    const double dispersion = subject->edition->funnel.dispersion.value;
    for (gsize k = 0; k < G_N_ELEMENTS(order); k++)
        for (guint i = 0; i < funnel->marks->len; i++) {
            const struct funnel_mark *mark =
                &g_array_index(funnel->marks, struct funnel_mark, i);
            if (mark->place->expectation.position != order[k])
                continue;
            add_position(&key, subject, order[k]);
            break;
        }
    key_add(&key, subject, KEY_TEXT, "funnel.key.expected");
    if (funnel->marks->len > 0)
        key_add(&key, subject, KEY_TEXT, "funnel.key.rounding");
    if (dispersion > 1) {
        g_autofree char *times = words_number(subject->words, dispersion, 1);
        key.entries[key.count].sample = KEY_TEXT;
        key.entries[key.count++].text =
            subject_say(subject, "funnel.key.dispersion", "dispersion", times);
    }
    return key;
}
