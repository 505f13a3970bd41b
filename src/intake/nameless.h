/* A nameless file: room for bytes that must not stay. Nothing else can open it, and it is
 * gone with the process, killed or not. */
#ifndef BAROMETRE_NAMELESS_H
#define BAROMETRE_NAMELESS_H

#include <glib.h>
#include <stdbool.h>

/* Makes one in the file system of `folder`, to write and to read, mode 0600. Returns −1
 * and fails with ERROR_CREATE where that cannot be. The caller closes. */
int nameless_open(const char *folder, GError **error);

/* Adds bytes at its end. Fails with ERROR_IO, naming what was being written. */
bool nameless_write(int fd, const void *bytes, size_t length, const char *name,
                    GError **error);

#endif
