/* The months behind an edition as a table: of every place, or of one with its pillars. */
#ifndef BAROMETRE_PAGE_HISTORY_H
#define BAROMETRE_PAGE_HISTORY_H

#include "page.h"

void page_history(const struct page *page);

#endif
