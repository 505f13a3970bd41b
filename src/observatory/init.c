#include "barometre/error.h"
#include "barometre/observatory.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sys/random.h>
#include <sys/stat.h>

static bool fail_create(const char *path, GError **error) {
    g_set_error(error, BAROMETRE_ERROR, ERROR_CREATE, "%s: cannot be made: %s", path,
                g_strerror(errno));
    return false;
}

static bool make_directory(const char *path, int mode, GError **error) {
    if (g_mkdir(path, mode) != 0 && errno != EEXIST)
        return fail_create(path, error);
    return g_chmod(path, mode) == 0 || fail_create(path, error);
}

/* Whether a directory is absent or holds nothing. */
static bool is_free(const char *directory, GError **error) {
    struct stat status;
    if (lstat(directory, &status) != 0 && errno == ENOENT)
        return true;
    g_autoptr(GDir) folder = g_dir_open(directory, 0, NULL);
    if (folder == NULL) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_CREATE,
                    "%s: is not a directory that can be read; name a new one", directory);
        return false;
    }
    if (g_dir_read_name(folder) == NULL)
        return true;
    g_set_error(error, BAROMETRE_ERROR, ERROR_CREATE,
                "%s: is not empty; name a new directory", directory);
    return false;
}

static bool write_file(const char *path, const void *bytes, gsize length,
                       GError **error) {
    return g_file_set_contents_full(
        path, bytes, (gssize)length,
        G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

/* Copies one shipped file, or every file of a shipped folder. */
static bool copy(const char *resource, const char *path, GError **error) {
    if (!g_str_has_suffix(resource, "/")) {
        g_autoptr(GBytes) bytes = g_resources_lookup_data(resource, 0, error);
        return bytes != NULL && write_file(path, g_bytes_get_data(bytes, NULL),
                                           g_bytes_get_size(bytes), error);
    }
    g_auto(GStrv) names = g_resources_enumerate_children(resource, 0, error);
    for (char **name = names; name != NULL && *name != NULL; name++) {
        g_autofree char *from = g_strconcat(resource, *name, NULL);
        g_autofree char *to = g_build_filename(path, *name, NULL);
        if (!copy(from, to, error))
            return false;
    }
    return names != NULL;
}

static bool make_key(const char *path, GError **error) {
    unsigned char key[FIRM_KEY_BYTES];
    if (getrandom(key, sizeof key, 0) != (ssize_t)sizeof key)
        return fail_create(path, error);
    const bool written = write_file(path, key, sizeof key, error);
    explicit_bzero(key, sizeof key);
    return written;
}

bool observatory_init(const char *directory, bool sample, GError **error) {
    static const struct {
        const char *name;
        const char *resource; /* NULL: only a folder; in the sample, its own */
        const char *sample_resource;
    } parts[] = {
        {"profiles", "/barometre/data/profiles/", NULL},
        {"inbox", NULL, "/barometre/data/sample/inbox/"},
        {"rejects", NULL, NULL},
        {"observatory.json", "/barometre/data/observatory.json",
         "/barometre/data/sample/observatory.json"},
        {"marketplaces.json", "/barometre/data/marketplaces.json",
         "/barometre/data/sample/marketplaces.json"},
        {"method.json", "/barometre/data/method.json", NULL},
        {"legal.json", "/barometre/data/legal.json", NULL},
    };
    if (!is_free(directory, error))
        return false;
    /* Others may pass through to site/, and see nothing on the way. */
    if (!make_directory(directory, 0711, error))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        const char *resource = sample && parts[i].sample_resource != NULL
                                   ? parts[i].sample_resource
                                   : parts[i].resource;
        g_autofree char *path = g_build_filename(directory, parts[i].name, NULL);
        if (!g_str_has_suffix(path, ".json") && !make_directory(path, 0700, error))
            return false;
        if (resource != NULL && !copy(resource, path, error))
            return false;
    }
    g_autofree char *key = g_build_filename(directory, "key", NULL);
    return make_key(key, error);
}
