/* The site: a set of files made in memory from one edition, published as one generation.
 *
 * A generation is written to a fresh directory, synced, then taken into use by swapping
 * the symlink site/current: a reader, or a kill at any moment, sees the old generation or
 * the new one, whole.
 */
#ifndef BAROMETRE_SITE_H
#define BAROMETRE_SITE_H

#include "barometre/edition.h"
#include "barometre/scope.h"
#include "barometre/theme.h"
#include "barometre/words.h"

struct site_file {
    char *path; /* relative, '/' between folders */
    GBytes *content;
    char *origin; /* a file of this content to link to, or NULL */
};

/* What an observatory says of its site, and where an edition lies in it. */
struct site_settings {
    char *const *title;   /* by language */
    const char *base_url; /* "https://…/"; NULL: links are relative, nothing else told */
    int heading_level;    /* of the fragments, 1 to 6 */
    const char *look;     /* a hash of the words and the theme in use, or NULL */
    const struct theme *theme;         /* NULL: the one that is shipped */
    int threads;                       /* that draw, ≥ 1; 0 is 1 */
    const char *method, *legal;        /* the documents behind the scores, or NULL */
    const char *folder;                /* the edition's permanent address, or NULL */
    const char *reason, *corrected_on; /* where it corrects another, or NULL */
    const char *drawn; /* a published directory whose pictures may be taken over, or NULL
                        */
    const struct archive *archive; /* for the page of corrections, or NULL */
};

struct site {
    GPtrArray *files; /* struct site_file */
};

/* A site without a file. Free with site_free. */
struct site *site_new(void);

/* Draws every chart and page of an edition. `words` are the languages', in the order of
 * enum words_language. Pictures that settings->drawn holds of this very edition, by this
 * version of the program and in this look, are linked and not drawn again. Fails as
 * chart_draw does. Free with site_free. */
struct site *site_build(const struct edition *edition,
                        const struct words *const words[static WORDS_LANGUAGES],
                        const struct site_settings *settings, GError **error);

/* The pages of the whole site beside the edition that it shows: corrections and permanent
 * addresses, from settings->archive. Free with site_free. */
struct site *site_front(const struct edition *edition,
                        const struct words *const words[static WORDS_LANGUAGES],
                        const struct site_settings *settings);
void site_free(struct site *site);
SCOPE_DEFINE(site)

/* Adds a file; takes the content over. */
void site_add(struct site *site, const char *path, GBytes *content);

/* Adds a file that is linked to `origin`, a published file of this content, or where that
 * cannot be done written anew. */
void site_add_link(struct site *site, const char *path, GBytes *content,
                   const char *origin);

/* Writes the files below a directory, which is made, and fsyncs all of it; a content that
 * is added twice is written once and linked. `shared`: for
 * others to read (0755/0644), else private (0700/0600). Fails with ERROR_CREATE or
 * ERROR_IO. */
bool site_write(const struct site *site, const char *directory, bool shared,
                GError **error);

/* Whether the site in `directory` was made by this version of the program from exactly
 * this edition and these settings: then there is nothing to draw. */
bool site_holds(const char *directory, const struct edition *edition,
                const struct site_settings *settings);

/* Whether the site in `directory` was made by this version of the program with these
 * settings, from whatever edition. */
bool site_is_ours(const char *directory, const struct site_settings *settings);

/* Publishes the site as a generation under `root` (site/): writes
 * generations/<month>-<hash>, by the month shown at its root, swaps `current`, removes
 * all but the `kept` newest. The same files make the same generation. `id` is its name,
 * owned by the caller. */
bool generation_publish(const struct site *site, int32_t month, const char *root,
                        int kept, char **id, GError **error);

/* Replaces a private folder (preview/) by the site in one rename. */
bool generation_replace(const struct site *site, const char *directory, GError **error);

#endif
