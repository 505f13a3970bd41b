/* A spill: bytes that are written once and then read anywhere, kept in a nameless file
 * instead of memory. */
#ifndef BAROMETRE_SPILL_H
#define BAROMETRE_SPILL_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

struct spill {
    int fd;
    GString *pending;  /* not written yet */
    size_t length;     /* of all, pending too */
    const char *bytes; /* mapped, once sealed; NULL where there are none */
    GError *error;     /* the first one, until sealed */
};

/* Starts one in the file system of `folder`. Clear with spill_clear. */
bool spill_open(struct spill *spill, const char *folder, GError **error);
void spill_clear(struct spill *spill);

/* Adds bytes; a failure is told by spill_seal. */
void spill_append(struct spill *spill, const void *bytes, size_t length);

/* Ends the writing and maps what was written. Fails with ERROR_IO, naming `name`. */
bool spill_seal(struct spill *spill, const char *name, GError **error);

/* Gives back the memory of what was looked at; it can be looked at again. */
void spill_forget(const struct spill *spill);

#endif
