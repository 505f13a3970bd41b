/* manifest.json: SHA-256 and size of every file of a generation. */
#ifndef BAROMETRE_MANIFEST_H
#define BAROMETRE_MANIFEST_H

#include "barometre/site.h"

/* The manifest of the files added so far: sorted, a final newline. The caller unrefs. */
GBytes *manifest_write(const struct site *site, const struct edition *edition,
                       char *const title[static WORDS_LANGUAGES]);

/* The SHA-256 of the site's manifest.json, hexadecimal. The caller frees. */
char *manifest_hash(const struct site *site);

/* Whether the manifest at `path` was written by this version of the program for a site of
 * this title. */
bool manifest_is_ours(const char *path, char *const title[static WORDS_LANGUAGES]);

#endif
