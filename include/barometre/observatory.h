/* An observatory: a directory that holds the configuration, the key, the inbox, the store
 * and what is published of them. Everything private in it is 0600/0700; only site/ is for
 * others to read.
 */
#ifndef BAROMETRE_OBSERVATORY_H
#define BAROMETRE_OBSERVATORY_H

#include "barometre/firm.h"
#include "barometre/legal.h"
#include "barometre/method.h"
#include "barometre/profile.h"
#include "barometre/registry.h"
#include "barometre/scope.h"
#include "barometre/words.h"

struct observatory {
    char *directory;
    char *title[WORDS_LANGUAGES];
    char *base_url;       /* of the site, "https://…/", or NULL */
    int heading_level;    /* of the fragments for other pages */
    double reject_share;  /* an export with a greater share of rejects is refused … */
    int reject_least;     /* … from this many rejects on */
    int generations_kept; /* of the site, the current one included */
    struct registry *registry;
    struct profiles *profiles;
    struct method *method;
    struct legal *legal;
    const struct words *words[WORDS_LANGUAGES]; /* shipped, and its own of locale/ */
    unsigned char key[FIRM_KEY_BYTES];
    int lock; /* file descriptor, −1 without */
};

/* Makes an observatory in a directory that is absent or empty: configuration, key, inbox;
 * with `sample`, the fictitious marketplaces and their exports. Fails with ERROR_CREATE
 * where the directory holds anything. */
bool observatory_init(const char *directory, bool sample, GError **error);

/* Loads and checks all configuration. Fails with ERROR_CONFIG or ERROR_UNSAFE. Free with
 * observatory_free, which also lets go of the lock. */
struct observatory *observatory_open(const char *directory, GError **error);
void observatory_free(struct observatory *observatory);
SCOPE_DEFINE(observatory)

/* Takes the lock that only one run can hold; a killed holder leaves none. Fails with
 * ERROR_BUSY. */
bool observatory_lock(struct observatory *observatory, GError **error);

/* Paths of the files in the inbox, by name; those that begin with a dot are not there
 * yet. The caller frees. Fails with ERROR_NO_INPUT where there is no inbox: an absent one
 * is not an empty one. */
GPtrArray *observatory_inbox(const struct observatory *observatory, GError **error);

/* A hash of what decides whether a record can be read: names of marketplaces, profiles,
 * the program's own way. The caller frees. */
char *observatory_reading(const struct observatory *observatory);

/* A path inside the observatory. The caller frees. */
char *observatory_path(const struct observatory *observatory, const char *name);

#endif
