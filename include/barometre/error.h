/* One error domain for the whole program.
 *
 * A failure travels up as a GError and is printed once by main. Its code is the exit
 * status of the program (sysexits.h numbers), so no table translates one into the other.
 * A refused record is not an error but data: see reject.h. A bug is a g_assert.
 */
#ifndef BAROMETRE_ERROR_H
#define BAROMETRE_ERROR_H

#include <glib.h>

#define BAROMETRE_ERROR (barometre_error_quark())

enum barometre_error {
    ERROR_USAGE = 64,    /* the command line is wrong */
    ERROR_REFUSED = 65,  /* data refused: nothing published, the last good site stays */
    ERROR_NO_INPUT = 66, /* no such input */
    ERROR_INTERNAL = 70, /* a library failed where it should not */
    ERROR_CREATE = 73,   /* cannot create an output */
    ERROR_IO = 74,       /* input/output: disk full, failing fsync */
    ERROR_BUSY = 75,     /* another run holds the lock: try later */
    ERROR_UNSAFE = 77,   /* unsafe permissions on the key */
    ERROR_CONFIG = 78,   /* configuration */
};

GQuark barometre_error_quark(void);

/* The exit status for an error of any domain; 0 for NULL. File errors of GLib become
 * ERROR_NO_INPUT where the file is absent and ERROR_IO elsewhere. */
int error_exit_status(const GError *error);

#endif
