/* The archive: every edition that was ever published, each at an address that does not
 * change, editions/<month>/ and for its corrections editions/<month>/r2/ … below the
 * site. What lies there is carried from generation to generation byte for byte and never
 * drawn again; editions.json and errata.json at the root of the site list it.
 */
#ifndef BAROMETRE_ARCHIVE_H
#define BAROMETRE_ARCHIVE_H

#include "barometre/edition.h"
#include "barometre/scope.h"
#include "barometre/site.h"

/* One edition as it was published. */
struct archived {
    int32_t month;
    int revision;       /* 1, then 2 … for the corrections */
    char *reason;       /* why it replaces the one before it; NULL for the first */
    char *corrected_on; /* YYYY-MM-DD, beside a reason */
};

struct archive {
    char *directory;     /* the generation in use, where the files are */
    GPtrArray *editions; /* struct archived, by month and revision */
};

/* How much two editions of one month must have in common. */
enum archive_likeness {
    ARCHIVE_FIGURES, /* what is counted, scored and shown, names and sentences aside */
    ARCHIVE_CONTENT, /* the words too; not which exports were read, nor the method's id */
};

/* The archive of the site below `root` (site/); empty where nothing was published. Fails
 * with ERROR_REFUSED where its list cannot be read. Free with archive_free. */
struct archive *archive_open(const char *root, GError **error);
void archive_free(struct archive *archive);
SCOPE_DEFINE(archive)

/* The latest revision of a month, or NULL; the archive's. */
const struct archived *archive_find(const struct archive *archive, int32_t month);

/* The latest revision of the newest month, or NULL; the archive's. */
const struct archived *archive_newest(const struct archive *archive);

/* "editions/2026-09" or "editions/2026-09/r2". The caller frees. */
char *archived_folder(const struct archived *archived);

/* Its edition.json. Fails as reading a file does. The caller frees. */
char *archive_document(const struct archive *archive, const struct archived *archived,
                       GError **error);

/* Whether the archived edition is like this one. Fails as archive_document does, and with
 * ERROR_REFUSED where that is no JSON. */
bool archive_is_like(const struct archive *archive, const struct archived *archived,
                     const struct edition *edition, enum archive_likeness likeness,
                     bool *like, GError **error);

/* Adds an edition: the next revision of its month, with its reason and day from the
 * second on. The result is the archive's. */
const struct archived *archive_add(struct archive *archive, int32_t month,
                                   const char *reason, int32_t day);

/* The whole of the next generation: at its root the site `shown`, or where that is NULL
 * what is shown now; `fresh`, a new edition's site, in the folder of `added` (both may be
 * NULL); every edition published before, as it is; `front`, pages of the whole site, in
 * place of those of the edition shown (or NULL); the lists; with a base URL the sitemap;
 * the manifest of it all.
 * Fails with ERROR_REFUSED where a published file is not what its manifest says. Free
 * with site_free. */
struct site *archive_compose(const struct archive *archive, const struct site *shown,
                             const struct archived *added, const struct site *fresh,
                             const struct site *front, const char *base_url,
                             GError **error);

#endif
