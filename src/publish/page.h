/* The front page: every chart with its words, and the figures as tables. */
#ifndef BAROMETRE_PAGE_H
#define BAROMETRE_PAGE_H

#include "barometre/edition.h"

/* Where the page of a language lies in the site. */
const char *page_path(enum words_language language);

/* The page as HTML 5. No script, no inline style. The caller unrefs. */
GBytes *page_write(const struct edition *edition, const struct words *words,
                   const char *title);

#endif
