#include "page.h"

#include "charts/subject.h"

/* More names than these are a count. */
enum { MOST_NAMES = 4 };

struct named {
    GPtrArray *names; /* the edition's */
    char *said;
};

static bool is_above(const struct edition_marketplace *place) {
    return subject_sure(place->overall.p_above_median, SUBJECT_SURE_OF_MEDIAN);
}

static bool is_below(const struct edition_marketplace *place) {
    return subject_sure(place->overall.p_below_median, SUBJECT_SURE_OF_MEDIAN);
}

static bool is_improving(const struct edition_marketplace *place) {
    return place->overall.trend.claim == CLAIM_IMPROVING;
}

static bool is_worsening(const struct edition_marketplace *place) {
    return place->overall.trend.claim == CLAIM_WORSENING;
}

static bool is_unmoved(const struct edition_marketplace *place) {
    return place->overall.trend.claim == CLAIM_NONE;
}

static bool is_rated(const struct edition_marketplace *place) {
    return place->overall.score.score.known;
}

static bool is_unrated(const struct edition_marketplace *place) {
    return !is_rated(place);
}

/* The places of which it holds, best first, as a list of names or as a count. */
static struct named name(const struct page *page,
                         bool (*holds)(const struct edition_marketplace *place)) {
    struct named named = {.names = g_ptr_array_new()};
    g_autoptr(GPtrArray) ranked = edition_ranked(page->edition);
    for (guint i = 0; i < ranked->len; i++) {
        const struct edition_marketplace *place = g_ptr_array_index(ranked, i);
        if (holds(place))
            g_ptr_array_add(named.names, place->name);
    }
    const guint count = named.names->len;
    g_ptr_array_add(named.names, NULL);
    if (count <= MOST_NAMES)
        named.said = words_list(page->words, (const char *const *)named.names->pdata);
    else
        named.said =
            words_say(page->words, "site.lead.places",
                      (struct words_argument[]){
                          {"count", NULL, count}, {"all", NULL, ranked->len}, {NULL}});
    g_ptr_array_set_size(named.names, (int)count);
    return named;
}

static void named_clear(struct named *named) {
    g_ptr_array_unref(named->names);
    g_free(named->said);
}

/* Says a message with two lists and a further text put in. */
static void say(const struct page *page, const char *key, const struct named *one,
                const struct named *two, const char *more) {
    page_say(page, "p", NULL, key,
             (struct words_argument[]){{"one", one->said, 0},
                                       {"ones", NULL, one->names->len},
                                       {"two", two->said, 0},
                                       {"twos", NULL, two->names->len},
                                       {"more", more, 0},
                                       {NULL}});
}

/* What "above" may say: P > 0.95 of each draw's median, the one-sided twin of the
 * interval that the reader sees. */
static void write_level(const struct page *page) {
    struct named above = name(page, is_above), below = name(page, is_below);
    struct named rated = name(page, is_rated);
    if (rated.names->len == 0)
        page_say(page, "p", NULL, "site.lead.level.unrated", NULL);
    else if (above.names->len > 0 && below.names->len > 0)
        say(page, "site.lead.level.both", &above, &below, "");
    else if (above.names->len > 0)
        say(page, "site.lead.level.above", &above, &below, "");
    else if (below.names->len > 0)
        say(page, "site.lead.level.below", &below, &above, "");
    else if (rated.names->len > 1)
        page_say(page, "p", NULL, "site.lead.level.none", NULL);
    else
        say(page, "site.lead.level.alone", &rated, &below, "");
    named_clear(&above);
    named_clear(&below);
    named_clear(&rated);
}

static void write_change(const struct page *page) {
    struct named up = name(page, is_improving), down = name(page, is_worsening);
    struct named still = name(page, is_unmoved);
    const guint rest = still.names->len;
    g_autofree char *more =
        rest == 0 ? g_strdup("")
                  : words_say(page->words, "site.lead.change.rest",
                              (struct words_argument[]){{"count", NULL, rest}, {NULL}});
    if (up.names->len > 0 && down.names->len > 0)
        say(page, "site.lead.change.both", &up, &down, more);
    else if (up.names->len > 0)
        say(page, "site.lead.change.up", &up, &down, more);
    else if (down.names->len > 0)
        say(page, "site.lead.change.down", &down, &up, more);
    else
        page_say(page, "p", NULL,
                 rest > 0 ? "site.lead.change.none" : "site.lead.change.unknown", NULL);
    named_clear(&up);
    named_clear(&down);
    named_clear(&still);
}

static void write_limits(const struct page *page) {
    struct named missing = name(page, is_unrated);
    if (missing.names->len > 0)
        say(page, "site.lead.limits.missing", &missing, &missing, "");
    else
        page_say(page, "p", NULL, "site.lead.limits", NULL);
    named_clear(&missing);
}

void page_lead(const struct page *page) {
    html_open(&page->html, "div", HTML("class", "bar-lead"));
    write_level(page);
    if (subject_rated_count(page->edition) > 0)
        write_change(page);
    write_limits(page);
    html_close(&page->html);
}
