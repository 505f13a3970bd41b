/* The pages of the site, in each language: what they share.
 *
 * A page is written from the edition and from the files already in the site (pictures,
 * tables), whose sizes it tells. No script, no inline style; every link is relative and
 * leads to a file, so that the site reads from any folder.
 */
#ifndef BAROMETRE_PAGE_H
#define BAROMETRE_PAGE_H

#include "html.h"
#include "tables.h"

#include <jansson.h>

enum page_kind {
    PAGE_INDEX,
    PAGE_PLACE,
    PAGE_QUESTIONS,
    PAGE_METHOD,
    PAGE_ACCESSIBILITY,
    PAGE_ERRATA,
    PAGE_KINDS
};

struct page {
    struct html html;
    const struct site *site; /* pictures and tables are in it */
    const struct edition *edition;
    const struct words *words;
    const GPtrArray *tables;
    const json_t *method, *legal; /* the documents, or NULL */
    const struct site_settings *settings;
    const char *observatory;                 /* its title */
    enum page_kind kind;                     /* of the places: which one */
    const struct edition_marketplace *place; /* NULL but for PAGE_PLACE */
    const char *prefix;                      /* of every id; NULL on pages */
    char *path;                              /* in the site */
};

/* Adds tables, feeds, pages and fragments to a site that holds its pictures and
 * edition.json. */
void page_add_all(struct site *site, const struct edition *edition,
                  const struct words *const words[static WORDS_LANGUAGES],
                  const struct site_settings *settings);

/* Adds one page; `place` only for PAGE_PLACE. */
void page_add(struct site *site, struct page page, enum page_kind kind,
              const struct edition_marketplace *place);

/* Where a page lies in the site; `place` only for PAGE_PLACE. The caller frees. */
char *page_path(enum page_kind kind, enum words_language language, const char *place);

/* "alertes.atom" or "en/alerts.atom". */
const char *page_feed_path(enum words_language language);

/* The way from the page to a path of the site. The caller frees. */
char *page_link(const struct page *page, const char *path);

/* NULL where the site has no such file. */
GBytes *page_file(const struct page *page, const char *path);

/* <head>: what search engines, feeds and social networks are told. */
void page_head(const struct page *page, const char *name);

/* The permanent address of a file of the edition, absolute; NULL where the site has no
 * base URL or the edition no address. The caller frees. */
char *page_url(const struct site_settings *settings, const char *path);

/* An element whose text is a message; `attributes` and `arguments` may be NULL. */
void page_say(const struct page *page, const char *name, const char *const *attributes,
              const char *key, const struct words_argument *arguments);

/* <a>, to a path of the site. */
void page_anchor(const struct page *page, const char *path, const char *content);

/* <a> with type and size after it; nothing where the site has no such file. */
void page_download(const struct page *page, const char *path, const char *content);

/* <section id><h2>: the message `key`. Closed by html_close. */
void page_section(const struct page *page, const char *id, const char *key);

/* The chart as inline SVG in each layout there is, its caption, its table (may be NULL;
 * of page->place where there is one) and its downloads. */
void page_figure(const struct page *page, const char *chart_id,
                 const struct table *table);

/* The table with its caption. With a place, only its rows. */
void page_table(const struct page *page, const struct table *table);

/* The badge of a grade; NULL for none. */
void page_grade(const struct page *page, const char *band);

/* "68,2 sur 100 (entre 63,1 et 73,0)", or why there is none. The caller frees. */
char *page_score(const struct page *page, const struct edition_score *score);

/* The sentence of a figure, as a paragraph; nothing where there is none. */
void page_sentence(const struct page *page, char *const sentence[static WORDS_LANGUAGES]);

/* What the reply of a place says, verbatim, or that there is none. */
void page_reply(const struct page *page, const struct edition_marketplace *place);

/* The alerts of a place, newest first; false where it has none. */
bool page_alerts(const struct page *page, const struct edition_marketplace *place);

/* Label of a pillar or an indicator of the edition; its id where it has none. */
const char *page_label(const struct page *page, const char *pillar,
                       const char *indicator);

/* In the header of a correction: that it is one. */
void page_correction_notice(const struct page *page);

/* Where this very edition stays, and where a correction of it would be told. */
void page_permanent_address(const struct page *page);

/* Three sentences: who stands out, what changed in a year, what is not known. */
void page_lead(const struct page *page);

/* Who is ahead of the place, behind it, not told apart, not comparable. */
void page_pairs(const struct page *page);

/* Subjects of the reports that are told and not scored. */
void page_watch(const struct page *page);

/* What is told of a place beside its scores. */
void page_account(const struct page *page);

/* The method in ten sentences; its numbers and the texts it refers to. */
void page_ten(const struct page *page);
void page_rules(const struct page *page);

/* Links to the texts behind an indicator (ids, NULL at the end). */
void page_bases(const struct page *page, char *const *ids);

/* The charts of the front page, or of the page of the other questions, each in a section
 * of its own; links to them on the same page; the others by name and finding. */
void page_charts(const struct page *page, bool front);
void page_chart_links(const struct page *page, bool front);
void page_question_list(const struct page *page);

/* The content of <main>. */
void page_index(const struct page *page);
void page_questions(const struct page *page);
void page_place(const struct page *page);
void page_method(const struct page *page);
void page_accessibility(const struct page *page);
void page_errata(const struct page *page);

/* The ranking to put into another page: one element, all ids prefixed. */
GBytes *page_fragment(const struct page *page);

#endif
