/* Whether the values of a column read as those of a field. */
#ifndef BAROMETRE_DRAFT_FIT_H
#define BAROMETRE_DRAFT_FIT_H

#include "draft_sample.h"

#include <jansson.h>

/* Which share of the filled cells read as the field under a definition (NULL: its own
 * words); 1 where none is filled. Fields that are not among complaint_fields too. */
double draft_fit(const struct sample_column *column, const char *field,
                 const char *member, const json_t *definition);

/* Whether a folded word has a meaning in a field of answers or words. */
bool draft_word_known(enum complaint_field field, const json_t *definition,
                      const char *fold);

/* Whether a folded word is one that people write for no answer. */
bool draft_word_missing(const char *fold);

/* How near two folded labels are, 1 where they are the same: by the letters to change, or
 * by the words they share, each as heavy as it is long. */
double draft_nearness(const char *a, const char *b);

#endif
