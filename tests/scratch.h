/* What tests of files share: a directory of their own, and the shipped data. */
#ifndef SCRATCH_H
#define SCRATCH_H

#include "barometre/scope.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <stdbool.h>
#include <string.h>

/* Removed with all it holds: scoped(scratch) *directory = scratch_new(); */
struct scratch {
    char *path;
};

static inline struct scratch *scratch_new(void) {
    g_autoptr(GError) error = NULL;
    struct scratch *directory = g_new0(struct scratch, 1);
    directory->path = g_dir_make_tmp("barometre-test-XXXXXX", &error);
    g_assert_no_error(error);
    return directory;
}

static inline void scratch_remove(const char *path) {
    GDir *folder =
        g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open(path, 0, NULL);
    if (folder == NULL) {
        g_unlink(path);
        return;
    }
    for (const char *name; (name = g_dir_read_name(folder)) != NULL;) {
        g_autofree char *inner = g_build_filename(path, name, NULL);
        scratch_remove(inner);
    }
    g_dir_close(folder);
    g_rmdir(path);
}

static inline void scratch_free(struct scratch *directory) {
    scratch_remove(directory->path);
    g_free(directory->path);
    g_free(directory);
}
SCOPE_DEFINE(scratch)

/* Writes a file into a directory; the caller frees its path. `length` −1: a C string. */
static inline char *scratch_write(const char *directory, const char *name,
                                  const char *bytes, gssize length) {
    g_autoptr(GError) error = NULL;
    char *path = g_build_filename(directory, name, NULL);
    g_file_set_contents(path, bytes, length, &error);
    g_assert_no_error(error);
    return path;
}

/* The bytes of a file, NUL-ended; the caller frees. */
static inline char *scratch_read(const char *path, gsize *length) {
    g_autoptr(GError) error = NULL;
    char *bytes = NULL;
    g_file_get_contents(path, &bytes, length, &error);
    g_assert_no_error(error);
    return bytes;
}

/* A file of the folder data/; the caller frees. */
static inline char *shipped(const char *name) {
    return g_build_filename(g_getenv("BAROMETRE_DATA"), name, NULL);
}

#define assert_error_says(error, expected_code, part)                                    \
    do {                                                                                 \
        g_assert_error(error, BAROMETRE_ERROR, expected_code);                           \
        if (strstr((error)->message, part) == NULL)                                      \
            g_error("'%s' does not say '%s'", (error)->message, part);                   \
    } while (0)

#endif
