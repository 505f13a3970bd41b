#include "nameless.h"

#include "barometre/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

int nameless_open(const char *folder, GError **error) {
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR)) {
        /* A file system without: named for an instant. */
        g_autofree char *path = g_build_filename(folder, ".unpacked-XXXXXX", NULL);
        fd = mkostemp(path, O_CLOEXEC);
        if (fd >= 0)
            unlink(path);
    }
    if (fd < 0)
        g_set_error(error, BAROMETRE_ERROR, ERROR_CREATE,
                    "%s: a packed export cannot be unpacked here: %s", folder,
                    g_strerror(errno));
    return fd;
}

bool nameless_write(int fd, const void *bytes, size_t length, const char *name,
                    GError **error) {
    const char *from = bytes;
    while (length > 0) {
        const ssize_t written = write(fd, from, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            g_set_error(error, BAROMETRE_ERROR, ERROR_IO,
                        "%s: cannot be unpacked: %s; make room, then run again", name,
                        g_strerror(errno));
            return false;
        }
        from += written;
        length -= (size_t)written;
    }
    return true;
}
