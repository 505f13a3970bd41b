/* The registry: the marketplaces of the barometer, loaded from marketplaces.json.
 *
 * A name in an export resolves here or the record is refused; reading never makes a new
 * marketplace. Places are known elsewhere by their index in the file's order.
 */
#ifndef BAROMETRE_REGISTRY_H
#define BAROMETRE_REGISTRY_H

#include "barometre/scope.h"
#include "barometre/words.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* A published number of sellers established in France. It enters a score only where its
 * source states a range too: a bare figure is shown, not used. */
struct registry_sellers {
    int32_t from, to; /* months, inclusive; `to` INT32_MAX: until further notice */
    double count;
    bool ranged;
    double low, high;
    char *source;
};

struct registry_place {
    char *id; /* [a-z0-9-]{1,64} */
    char *name, *operator_name;
    int32_t signatory_from;       /* day; INT32_MIN where it never signed the charter */
    GArray *sellers;              /* struct registry_sellers, by month */
    char *reply[WORDS_LANGUAGES]; /* right of reply, or NULL */
};

/* One way to name a place. */
struct registry_name {
    char *fold;
    int index;
};

struct registry {
    GPtrArray *places;   /* struct registry_place */
    GHashTable *indices; /* folded name without spaces → index */
    GArray *names;       /* struct registry_name, in the file's order */
    bool fictitious;     /* a sample: said on every picture */
};

/* Loads and checks marketplaces.json; an alias that folds to two places is an error.
 * Fails with ERROR_CONFIG, naming the file and the path in it. Free with registry_free.
 */
struct registry *registry_load(const char *file, GError **error);
void registry_free(struct registry *registry);
SCOPE_DEFINE(registry)

/* The index of the place that a name means, -1 for an unknown one. Names match by id,
 * name and alias after folding (case, accents, spaces, punctuation) and without a suffix
 * such as
 * ".fr" or "marketplace". */
int registry_find(const struct registry *registry, const char *name);

/* The index of the one place that a name nearly means: all its words are the name's or
 * the other way round ("Amazon Europe"), or at most two letters, and a quarter of the
 * name, are mistaken. −1 where none is near or two are as near. It is for a person to
 * judge: nothing is ever counted under it. */
int registry_suggest(const struct registry *registry, const char *name);

const struct registry_place *registry_place(const struct registry *registry, int index);

/* Mean number of sellers over the `months` ending with `last_month`: the mean over the
 * months that have a ranged figure; false where none has. `source` (borrowed) is that of
 * the newest one. */
bool registry_exposure(const struct registry_place *place, int32_t last_month, int months,
                       double *sellers, const char **source);

/* Puts a figure in place of what the registry says of the months from `from` to `to`, of
 * one place. The source is copied. Doing it again changes nothing. */
void registry_set_sellers(struct registry *registry, int index,
                          const struct registry_sellers *sellers);

#endif
