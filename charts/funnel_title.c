#include "frame.h"
#include "funnel.h"

/* Places of one position, the farthest from 1 first. Not owned. */
static GPtrArray *places_at(const struct edition *edition,
                            enum edition_position position) {
    GPtrArray *places = g_ptr_array_new();
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        struct edition_marketplace *place = edition->marketplaces->pdata[i];
        if (place->expectation.position != position)
            continue;
        guint at = 0;
        for (; at < places->len; at++) {
            const struct edition_marketplace *other = places->pdata[at];
            const double further =
                place->expectation.ratio.value - other->expectation.ratio.value;
            if (position == POSITION_ABOVE_OUTER ? further > 0 : further < 0)
                break;
        }
        g_ptr_array_insert(places, (gint)at, place);
    }
    return places;
}

static char *list_names(const struct subject *subject, const GPtrArray *places) {
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < places->len; i++)
        g_ptr_array_add(names, subject_name(places->pdata[i]));
    g_ptr_array_add(names, NULL);
    return words_list(subject->words, (const char *const *)names->pdata);
}

static int judged_count(const struct edition *edition) {
    int count = 0;
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        const struct edition_marketplace *place = edition->marketplaces->pdata[i];
        count += place->expectation.ratio.known;
    }
    return count;
}

/* With the names, else how many. */
static char *title_of_one_side(const struct subject *subject, const GPtrArray *places,
                               bool above) {
    g_autofree char *names = list_names(subject, places);
    g_autofree char *number = subject_count(subject, places->len);
    const struct words_argument arguments[] = {
        {"number", number, 0}, {"count", NULL, places->len}, {NULL, NULL, 0}};
    GPtrArray *titles = g_ptr_array_new();
    g_ptr_array_add(
        titles, subject_say(subject, above ? "funnel.title.above" : "funnel.title.below",
                            "places", names));
    g_ptr_array_add(
        titles, words_say(subject->words,
                          above ? "funnel.title.above.count" : "funnel.title.below.count",
                          arguments));
    g_ptr_array_add(titles, NULL);
    return frame_title((char **)g_ptr_array_free(titles, FALSE), FRAME_MARGIN);
}

static char *title_of_both(const struct subject *subject, const GPtrArray *above,
                           const GPtrArray *below) {
    g_autofree char *names_above = list_names(subject, above);
    g_autofree char *names_below = list_names(subject, below);
    g_autofree char *count_above = subject_count(subject, above->len);
    g_autofree char *count_below = subject_count(subject, below->len);
    const struct words_argument named[] = {
        {"above", names_above, 0}, {"below", names_below, 0}, {NULL, NULL, 0}};
    const struct words_argument counted[] = {{"above", count_above, 0},
                                             {"below", count_below, 0},
                                             {"count", NULL, above->len},
                                             {NULL, NULL, 0}};
    GPtrArray *titles = g_ptr_array_new();
    g_ptr_array_add(titles, words_say(subject->words, "funnel.title.both", named));
    g_ptr_array_add(titles,
                    subject_say(subject, "funnel.title.above", "places", names_above));
    g_ptr_array_add(titles,
                    words_say(subject->words, "funnel.title.both.count", counted));
    g_ptr_array_add(titles, NULL);
    return frame_title((char **)g_ptr_array_free(titles, FALSE), FRAME_MARGIN);
}

char *funnel_title(const struct subject *subject) {
    const struct edition *edition = subject->edition;
    if (edition->marketplaces->len == 0)
        return words_say(subject->words, "chart.empty", NULL);
    if (judged_count(edition) == 0)
        return words_say(subject->words, "funnel.title.unknown", NULL);
    g_autoptr(GPtrArray) above = places_at(edition, POSITION_ABOVE_OUTER);
    g_autoptr(GPtrArray) below = places_at(edition, POSITION_BELOW_OUTER);
    if (above->len > 0 && below->len > 0)
        return title_of_both(subject, above, below);
    if (above->len + below->len == 0)
        return words_say(subject->words, "funnel.title.none", NULL);
    return title_of_one_side(subject, above->len > 0 ? above : below, above->len > 0);
}
