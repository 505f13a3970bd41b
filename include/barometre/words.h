/* What the public reads, in one language: messages, numbers and months.
 *
 * Messages are ICU MessageFormat patterns with named arguments, kept as data in
 * data/locale/<language>.json ({"key": "pattern", …}), so that an analyst changes them
 * without a compiler. Separators, signs and month names are set here by hand: CLDR data
 * change between versions of ICU, a published figure must not.
 */
#ifndef BAROMETRE_WORDS_H
#define BAROMETRE_WORDS_H

#include "barometre/scope.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum words_language { WORDS_FR, WORDS_EN, WORDS_LANGUAGES };

struct words;

/* One named argument of a message. A count also chooses the plural form. */
struct words_argument {
    const char *name;
    const char *text; /* UTF-8; used where not NULL */
    int64_t count;
};

/* "fr" or "en". */
const char *words_code(enum words_language language);

/* Parses "fr" or "en"; false for anything else. */
bool words_language_parse(const char *code, enum words_language *language);

/* The messages of a language as the program ships them; where `directory` is not NULL and
 * holds locale/<language>.json, its messages replace the shipped ones. Fails with
 * ERROR_CONFIG, naming file and key, for an unknown key, a pattern that is wrong, and one
 * that has not the arguments of the shipped one. Free with words_free. */
struct words *words_load(enum words_language language, const char *directory,
                         GError **error);
void words_free(struct words *words);
SCOPE_DEFINE(words)

enum words_language words_language(const struct words *words);

/* The message of a key with its arguments put in. `arguments` ends with {NULL} and may be
 * NULL. An unknown key or a pattern that does not fit is a bug of the locale files, found
 * by their test, and aborts. The caller frees the result. */
char *words_say(const struct words *words, const char *key,
                const struct words_argument *arguments);

/* A number that another message changes. */
uint64_t words_hash(const struct words *words);

/* Whether a message exists. */
bool words_has(const struct words *words, const char *key);

/* A number with fixed decimals: "1 840,5" (U+202F) in French, "1,840.5" in English,
 * U+2212 as minus. `words_signed` also writes the plus sign. The caller frees. */
char *words_number(const struct words *words, double value, int decimals);
char *words_signed(const struct words *words, double value, int decimals);

/* "octobre 2026" / "October 2026"; short: "oct. 2026" / "Oct 2026". The caller frees. */
char *words_month(const struct words *words, int32_t month);
char *words_month_short(const struct words *words, int32_t month);

/* "31 octobre 2026", "1er" as "1ᵉʳ" is written "1er" in French; "31 October 2026". */
char *words_day(const struct words *words, int32_t day);

/* "A, B et C" / "A, B and C". `names` ends with NULL. The caller frees. */
char *words_list(const struct words *words, const char *const *names);

#endif
