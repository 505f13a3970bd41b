/* The catalogue of a draft: what profiles, shipped and the observatory's own, call the
 * columns of each field, and how they read them. */
#ifndef BAROMETRE_DRAFT_CATALOGUE_H
#define BAROMETRE_DRAFT_CATALOGUE_H

#include "barometre/scope.h"

#include <glib.h>
#include <jansson.h>

/* A label that a profile looks for. */
struct known_label {
    const char *field;  /* "marketplace", "action" … */
    const char *member; /* of the definition: "columns"; of the firm "siret" or "id" */
    char *fold;
    const json_t *definition; /* of the field; NULL: the field's own name */
    const char *profile;
};

struct catalogue {
    GPtrArray *profiles; /* json_t, what they extend taken over */
    GArray *labels;      /* struct known_label, the observatory's own first */
};

/* Reads the files of a directory and the shipped ones. Free with catalogue_free. */
struct catalogue *catalogue_new(const char *directory);
void catalogue_free(struct catalogue *catalogue);
SCOPE_DEFINE(catalogue)

/* The profile whose labels are most among the folded headers, with how many; NULL where
 * it is no more than a few of what the profile is recognised by. */
const json_t *catalogue_closest(const struct catalogue *catalogue, const GPtrArray *folds,
                                int *common);

#endif
