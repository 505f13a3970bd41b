/* Phrases to look for in a cell that holds several choices: options, whose own text may
 * hold the comma that stands between two of them. So a cell is never split. The longest
 * option is looked for first, and what it takes is no more to be found: "support" is not
 * in "support par téléphone" where both are options. */
#ifndef BAROMETRE_PHRASES_H
#define BAROMETRE_PHRASES_H

#include "barometre/scope.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct phrases;

struct phrases *phrases_new(void);
void phrases_free(struct phrases *phrases);
SCOPE_DEFINE(phrases)

/* Adds a folded phrase, not empty, and what it means. Takes over the text. */
void phrases_add(struct phrases *phrases, char *fold, int32_t value);

/* Calls for every phrase of a folded text, in the order in which they were added. A
 * phrase is found where a word begins. */
void phrases_each(const struct phrases *phrases, const char *fold,
                  void (*call)(void *data, int32_t value), void *data);

#endif
