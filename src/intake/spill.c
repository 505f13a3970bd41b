#include "spill.h"

#include "barometre/error.h"
#include "nameless.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PENDING_BYTES = 1 << 16 };

bool spill_open(struct spill *spill, const char *folder, GError **error) {
    *spill = (struct spill){.fd = nameless_open(folder, error)};
    spill->pending = g_string_sized_new(PENDING_BYTES);
    return spill->fd >= 0;
}

void spill_clear(struct spill *spill) {
    if (spill->pending == NULL)
        return;
    if (spill->bytes != NULL)
        munmap((void *)spill->bytes, spill->length);
    if (spill->fd >= 0)
        close(spill->fd);
    g_string_free(spill->pending, TRUE);
    g_clear_error(&spill->error);
    *spill = (struct spill){.fd = -1};
}

static void flush(struct spill *spill, const char *name) {
    if (spill->error == NULL)
        nameless_write(spill->fd, spill->pending->str, spill->pending->len, name,
                       &spill->error);
    g_string_truncate(spill->pending, 0);
}

void spill_append(struct spill *spill, const void *bytes, size_t length) {
    g_string_append_len(spill->pending, bytes, (gssize)length);
    spill->length += length;
    if (spill->pending->len >= PENDING_BYTES)
        flush(spill, "workbook");
}

bool spill_seal(struct spill *spill, const char *name, GError **error) {
    flush(spill, name);
    if (spill->error != NULL) {
        g_propagate_error(error, g_steal_pointer(&spill->error));
        return false;
    }
    if (spill->length == 0)
        return true;
    void *bytes = mmap(NULL, spill->length, PROT_READ, MAP_PRIVATE, spill->fd, 0);
    if (bytes == MAP_FAILED) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_IO, "%s: cannot be mapped: %s", name,
                    g_strerror(errno));
        return false;
    }
    spill->bytes = bytes;
    return true;
}

void spill_forget(const struct spill *spill) {
    if (spill->bytes != NULL)
        madvise((void *)spill->bytes, spill->length, MADV_DONTNEED);
}
