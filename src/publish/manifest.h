/* manifest.json: SHA-256 and size of every file of a generation. */
#ifndef BAROMETRE_MANIFEST_H
#define BAROMETRE_MANIFEST_H

#include "barometre/site.h"

#include <jansson.h>

/* A JSON document as every list of the site is written: sorted keys, a final newline. */
GBytes *manifest_document(const json_t *document);

/* The manifest of the files added so far: sorted, a final newline. The caller unrefs. */
GBytes *manifest_write(const struct site *site, const struct edition *edition,
                       const struct site_settings *settings);

/* Adds to `site` the wanted files of a published directory, to be linked, not written
 * again; none where there is no directory. Fails with ERROR_REFUSED where the manifest or
 * a file is missing, or a file is not what the manifest says. */
bool manifest_carry(const char *directory, bool (*is_wanted)(const char *path),
                    struct site *site, GError **error);

/* The manifest of `shown`, or where that is NULL of the published directory, with the
 * files of `site` in place of its own. Fails with ERROR_REFUSED where there is none. The
 * caller unrefs. */
GBytes *manifest_extend(const char *directory, const struct site *shown,
                        const struct site *site, GError **error);

/* The SHA-256 of the site's manifest.json, hexadecimal. The caller frees. */
char *manifest_hash(const struct site *site);

/* Whether the manifest at `path` was written by this version of the program with these
 * settings. */
bool manifest_is_ours(const char *path, const struct site_settings *settings);

/* Whether the pictures beside the manifest at `path` were drawn by this version of the
 * program in this look. */
bool manifest_has_look(const char *path, const char *look);

#endif
