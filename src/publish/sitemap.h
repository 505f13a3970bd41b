/* sitemap.xml (sitemaps.org 0.9): every page that has an address of its own, with its
 * other language beside it. */
#ifndef BAROMETRE_SITEMAP_H
#define BAROMETRE_SITEMAP_H

#include "barometre/site.h"

#define SITEMAP_PATH "sitemap.xml"

/* Of the files added so far: the front pages, the pages of the whole site, and those of
 * every permanent edition. The caller unrefs. */
GBytes *sitemap_write(const struct site *site, const char *base_url);

#endif
