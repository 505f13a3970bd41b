/* One export of several, by what a person types: its name, or its SHA-256 or the first
 * digits of it. */
#ifndef BAROMETRE_CHOICE_H
#define BAROMETRE_CHOICE_H

#include <glib.h>
#include <stdbool.h>

struct choice {
    const char *wanted;
    GPtrArray *hashes; /* char *, of those that fit */
};

void choice_init(struct choice *choice, const char *wanted);
void choice_clear(struct choice *choice);

/* Offers one; the same again is fine. */
void choice_offer(struct choice *choice, const char *sha256, const char *name);

/* The hash of the only one that fits, valid until choice_clear. NULL with ERROR_NO_INPUT
 * where none does, `absent` then says what to do; with ERROR_USAGE where several do,
 * listing their hashes. */
const char *choice_made(const struct choice *choice, const char *absent, GError **error);

#endif
