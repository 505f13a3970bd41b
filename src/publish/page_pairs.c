#include "page.h"

#include "charts/subject.h"

#include <string.h>

enum standing { BEHIND, UNDECIDED, AHEAD, INCOMPARABLE, STANDINGS };

/* P(place > other): unknown where either has no overall score. */
static struct edition_number probability(const struct page *page, const char *other) {
    const char *own = page->place->id;
    for (guint i = 0; i < page->edition->pairs->len; i++) {
        const struct edition_pair *pair = g_ptr_array_index(page->edition->pairs, i);
        if (strcmp(pair->a, own) == 0 && strcmp(pair->b, other) == 0)
            return edition_known(pair->p);
        if (strcmp(pair->b, own) == 0 && strcmp(pair->a, other) == 0)
            return edition_known(1 - pair->p);
    }
    return edition_unknown();
}

static enum standing standing_of(const struct page *page, const char *other) {
    const struct edition_number p = probability(page, other);
    if (!p.known)
        return INCOMPARABLE;
    if (subject_sure(p, SUBJECT_SURE))
        return AHEAD;
    return subject_sure(edition_known(1 - p.value), SUBJECT_SURE) ? BEHIND : UNDECIDED;
}

static void write_other(const struct page *page, const struct edition_marketplace *other,
                        enum standing standing) {
    const struct edition_number p = probability(page, other->id);
    g_autofree char *path = page_path(PAGE_PLACE, words_language(page->words), other->id);
    html_open(&page->html, "li", NULL);
    page_anchor(page, path, other->name);
    if (standing == AHEAD || standing == BEHIND) {
        const double sure = standing == AHEAD ? p.value : 1 - p.value;
        g_autofree char *value = words_number(page->words, sure, 2);
        page_say(page, "span", HTML("class", "bar-mention"),
                 sure > 0.985 ? "site.pairs.most" : "site.pairs.p", /* told up to 0.99 */
                 (struct words_argument[]){{"p", value, 0}, {NULL}});
    }
    html_close(&page->html);
}

static void write_group(const struct page *page, const GPtrArray *ranked,
                        enum standing standing, const char *key) {
    bool any = false;
    for (guint i = 0; i < ranked->len; i++) {
        const struct edition_marketplace *other = g_ptr_array_index(ranked, i);
        if (other == page->place || standing_of(page, other->id) != standing)
            continue;
        if (!any) {
            html_open(&page->html, "div", NULL);
            page_say(page, "h3", NULL, key, NULL);
            html_open(&page->html, "ul", NULL);
        }
        any = true;
        write_other(page, other, standing);
    }
    if (!any)
        return;
    html_close(&page->html);
    html_close(&page->html);
}

void page_pairs(const struct page *page) {
    static const char *const keys[STANDINGS] = {
        [BEHIND] = "site.pairs.behind",
        [UNDECIDED] = "site.pairs.undecided",
        [AHEAD] = "site.pairs.ahead",
        [INCOMPARABLE] = "site.pairs.incomparable",
    };
    g_autoptr(GPtrArray) ranked = edition_ranked(page->edition);
    page_section(page, "comparaison", "site.place.pairs");
    if (!page->place->overall.score.score.known) {
        page_say(page, "p", NULL, "site.place.pairs.none", NULL);
    } else {
        page_say(page, "p", NULL, "site.pairs.about", NULL);
        html_open(&page->html, "div", HTML("class", "bar-pairs"));
        for (int standing = 0; standing < STANDINGS; standing++)
            write_group(page, ranked, (enum standing)standing, keys[standing]);
        html_close(&page->html);
    }
    html_close(&page->html);
}
