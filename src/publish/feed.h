/* The feed of alerts (Atom, RFC 4287): newest first, the same bytes for the same edition.
 */
#ifndef BAROMETRE_FEED_H
#define BAROMETRE_FEED_H

#include "barometre/site.h"

/* Links are absolute where the site has a base URL. The caller unrefs. */
GBytes *feed_write(const struct edition *edition, const struct words *words,
                   const struct site_settings *settings);

#endif
