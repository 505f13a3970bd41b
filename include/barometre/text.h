/* Text of any origin: folding of names, and what is safe to show. */
#ifndef BAROMETRE_TEXT_H
#define BAROMETRE_TEXT_H

#include <glib.h>
#include <stdbool.h>

/* Folds a UTF-8 text for comparison: compatibility decomposition (NFKD), accents
 * dropped, case folded, every run of anything but letters and digits made one space, none
 * at the ends. "Établissement n° SIRET " and "etablissement_n_siret" fold alike.
 * Invalid UTF-8 folds to "". The caller frees the result. Never fails. */
char *text_fold(const char *text);

/* Clamps a name from outside before it is shown, drawn or logged: at most 80 characters
 * and 256 bytes, at most 4 combining marks on a base, no control, no bidirectional
 * formatting and no character that XML does not have (U+FFFE, U+FFFF and their like),
 * invalid UTF-8 replaced by U+FFFD. Idempotent. The caller frees
 * the result. */
char *text_clamp(const char *text);

/* How many letters of one text were changed, left out, added or swapped with a neighbour
 * to make the other (valid UTF-8; the first 80 characters of each count). */
int text_distance(const char *a, const char *b);

/* True for the characters that turn the direction of the text around them: nothing that
 * is shown or drawn may hold them. */
bool text_turns(gunichar c);

/* True where a text is an identifier of the project: [a-z0-9-]{1,64}. */
bool text_is_id(const char *text);

#endif
