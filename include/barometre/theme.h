/* The theme: the colours of pictures and pages, in a light and a dark tone.
 *
 * Shapes and rules name tokens, never colours. What colour a token has is data in
 * charts/theme.json, so that an analyst changes it without a compiler.
 */
#ifndef BAROMETRE_THEME_H
#define BAROMETRE_THEME_H

#include "barometre/scope.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum theme_tone { THEME_LIGHT, THEME_DARK, THEME_TONES };

struct theme;

/* "light" or "dark". */
const char *theme_tone_name(enum theme_tone tone);

/* The colours as the program ships them; where `directory` is not NULL and holds
 * theme.json, {"light": {"point": "#rrggbb", …}, "dark": {…}}, its colours replace the
 * shipped ones. Fails with ERROR_CONFIG and every problem: an unknown token, a colour
 * that is none, a text or a mark without enough contrast (WCAG 2.1, 1.4.3 and 1.4.11).
 * Free with theme_free. */
struct theme *theme_load(const char *directory, GError **error);
void theme_free(struct theme *theme);
SCOPE_DEFINE(theme)

/* A number that another colour changes. */
uint64_t theme_hash(const struct theme *theme);

/* The style sheet of the pages, or of fragments, which has a mark where the colours go:
 * each token once for each tone, as a custom property. The caller frees. */
char *theme_sheet(const struct theme *theme, const char *sheet);

#endif
