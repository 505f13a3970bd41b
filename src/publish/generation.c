#include "barometre/error.h"
#include "barometre/month.h"
#include "barometre/site.h"
#include "manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* By errno: a disk that fails or is full, or a place where this cannot be made. */
static bool fail(const char *path, const char *what, GError **error) {
    const int cause = errno;
    const bool disk =
        cause == EIO || cause == ENOSPC || cause == EDQUOT || cause == EFBIG;
    g_set_error(error, BAROMETRE_ERROR, disk ? ERROR_IO : ERROR_CREATE, "%s: %s: %s%s",
                path, what, g_strerror(cause),
                disk ? "; make room or mend the disk, then run again"
                     : "; move away what is there or give it back its permissions");
    return false;
}

static bool sync_folder(const char *path, GError **error) {
    const int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced =
        (fd >= 0 && fsync(fd) == 0) || fail(path, "cannot be synced", error);
    if (fd >= 0)
        close(fd);
    return synced;
}

static bool make_folder(const char *path, int mode, GError **error) {
    if (g_mkdir(path, mode) != 0 && errno != EEXIST)
        return fail(path, "cannot be made", error);
    const int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool made =
        (fd >= 0 && fchmod(fd, mode) == 0) || fail(path, "cannot be made", error);
    if (fd >= 0)
        close(fd);
    return made;
}

static bool write_file(const char *path, GBytes *content, int mode, GError **error) {
    gsize length;
    const char *bytes = g_bytes_get_data(content, &length);
    const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
    bool good = fd >= 0 && fchmod(fd, mode) == 0;
    for (gsize written = 0; good && written < length;) {
        const ssize_t count = write(fd, bytes + written, length - written);
        good = count > 0 || (count < 0 && errno == EINTR);
        written += count > 0 ? (gsize)count : 0;
    }
    good = good && fsync(fd) == 0;
    if (fd >= 0 && close(fd) != 0)
        good = false;
    return good || fail(path, "cannot be written", error);
}

/* A link where one can be made, else written: EMLINK, another file system, one without
 * links. `written`: content → path of the file that holds it. */
static bool place_file(const char *path, const struct site_file *file, int mode,
                       GHashTable *written, GError **error) {
    const char *same =
        file->origin != NULL ? file->origin : g_hash_table_lookup(written, file->content);
    if (same != NULL && link(same, path) == 0)
        return true;
    if (!write_file(path, file->content, mode, error))
        return false;
    g_hash_table_insert(written, file->content, g_strdup(path));
    return true;
}

/* Makes the folders of a file's path below `directory`, noting each new one. */
static bool make_folders(const char *directory, const char *path, int mode,
                         GHashTable *folders, GError **error) {
    g_autofree char *parent = g_path_get_dirname(path);
    if (strcmp(parent, ".") == 0 || g_hash_table_contains(folders, parent))
        return true;
    if (!make_folders(directory, parent, mode, folders, error))
        return false;
    g_autofree char *full = g_build_filename(directory, parent, NULL);
    if (!make_folder(full, mode, error))
        return false;
    g_hash_table_add(folders, g_steal_pointer(&parent));
    return true;
}

bool site_write(const struct site *site, const char *directory, bool shared,
                GError **error) {
    const int folder_mode = shared ? 0755 : 0700, file_mode = shared ? 0644 : 0600;
    g_autoptr(GHashTable) folders =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) written = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    if (!make_folder(directory, folder_mode, error))
        return false;
    for (guint i = 0; i < site->files->len; i++) {
        const struct site_file *file = g_ptr_array_index(site->files, i);
        g_autofree char *path = g_build_filename(directory, file->path, NULL);
        if (!make_folders(directory, file->path, folder_mode, folders, error) ||
            !place_file(path, file, file_mode, written, error))
            return false;
    }
    GHashTableIter iter;
    gpointer folder;
    g_hash_table_iter_init(&iter, folders);
    while (g_hash_table_iter_next(&iter, &folder, NULL)) {
        g_autofree char *path = g_build_filename(directory, folder, NULL);
        if (!sync_folder(path, error))
            return false;
    }
    return sync_folder(directory, error);
}

static int remove_entry(const char *path, const struct stat *status, int type,
                        struct FTW *position) {
    (void)status, (void)type, (void)position;
    return remove(path);
}

/* Removes a folder and what it holds, where there is one. */
static bool remove_tree(const char *path, GError **error) {
    if (nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS) == 0 || errno == ENOENT)
        return true;
    return fail(path, "cannot be removed", error);
}

bool site_holds(const char *directory, const struct edition *edition,
                const struct site_settings *settings) {
    g_autofree char *edition_path = g_build_filename(directory, "edition.json", NULL);
    g_autofree char *manifest_path = g_build_filename(directory, "manifest.json", NULL);
    g_autofree char *published = NULL;
    g_autofree char *document = edition_write(edition);
    return g_file_get_contents(edition_path, &published, NULL, NULL) &&
           strcmp(published, document) == 0 && manifest_is_ours(manifest_path, settings);
}

bool site_is_ours(const char *directory, const struct site_settings *settings) {
    g_autofree char *path = g_build_filename(directory, "manifest.json", NULL);
    return manifest_is_ours(path, settings);
}

static bool swap_current(const char *root, const char *id, GError **error) {
    g_autofree char *fresh = g_build_filename(root, ".current", NULL);
    g_autofree char *current = g_build_filename(root, "current", NULL);
    g_autofree char *target = g_build_filename("generations", id, NULL);
    if (g_unlink(fresh) != 0 && errno != ENOENT)
        return fail(fresh, "cannot be removed", error);
    if (symlink(target, fresh) != 0 || g_rename(fresh, current) != 0)
        return fail(current, "cannot be swapped", error);
    return sync_folder(root, error);
}

struct aged {
    char *path;
    gint64 seconds;
};

static void aged_free(struct aged *aged) {
    g_free(aged->path);
    g_free(aged);
}

static int newest_first(const void *a, const void *b) {
    const struct aged *left = *(struct aged *const *)a, *right = *(struct aged *const *)b;
    if (left->seconds != right->seconds)
        return left->seconds > right->seconds ? -1 : 1;
    return strcmp(left->path, right->path);
}

/* Removes what an interrupted run left, and all but the newest generations. */
static bool remove_old(const char *generations, const char *current, int kept,
                       GError **error) {
    g_autoptr(GDir) folder = g_dir_open(generations, 0, NULL);
    g_autoptr(GPtrArray) aged = g_ptr_array_new_with_free_func((GDestroyNotify)aged_free);
    for (const char *name; folder != NULL && (name = g_dir_read_name(folder)) != NULL;) {
        g_autofree char *path = g_build_filename(generations, name, NULL);
        struct stat status;
        if (strcmp(name, current) == 0 || lstat(path, &status) != 0)
            continue;
        struct aged *entry = g_new0(struct aged, 1);
        entry->path = g_steal_pointer(&path);
        entry->seconds = name[0] == '.' ? 0 : status.st_mtim.tv_sec;
        g_ptr_array_add(aged, entry);
    }
    g_ptr_array_sort(aged, newest_first);
    for (guint i = 0; i < aged->len; i++) {
        const struct aged *entry = g_ptr_array_index(aged, i);
        const bool unfinished = entry->seconds == 0;
        if ((unfinished || (int)i >= kept - 1) && !remove_tree(entry->path, error))
            return false;
    }
    return true;
}

bool generation_publish(const struct site *site, int32_t month, const char *root,
                        int kept, char **id, GError **error) {
    char text[MONTH_TEXT_SIZE];
    month_format(month, text);
    g_autofree char *hash = manifest_hash(site);
    g_autofree char *name = g_strdup_printf("%s-%.12s", text, hash);
    g_autofree char *generations = g_build_filename(root, "generations", NULL);
    g_autofree char *final = g_build_filename(generations, name, NULL);
    g_autofree char *part = g_strconcat(generations, "/.part", NULL);
    if (!make_folder(root, 0755, error) || !make_folder(generations, 0755, error) ||
        !remove_tree(part, error))
        return false;
    if (!g_file_test(final, G_FILE_TEST_IS_DIR)) {
        if (!site_write(site, part, true, error))
            return false;
        if (g_rename(part, final) != 0)
            return fail(final, "cannot be made", error);
        if (!sync_folder(generations, error))
            return false;
    }
    if (!swap_current(root, name, error) || !remove_old(generations, name, kept, error))
        return false;
    *id = g_steal_pointer(&name);
    return true;
}

bool generation_replace(const struct site *site, const char *directory, GError **error) {
    g_autofree char *part = g_strconcat(directory, ".part", NULL);
    g_autofree char *old = g_strconcat(directory, ".old", NULL);
    if (!remove_tree(part, error) || !remove_tree(old, error) ||
        !site_write(site, part, false, error))
        return false;
    if (g_rename(directory, old) != 0 && errno != ENOENT)
        return fail(directory, "cannot be replaced", error);
    if (g_rename(part, directory) != 0)
        return fail(directory, "cannot be replaced", error);
    return remove_tree(old, error);
}
