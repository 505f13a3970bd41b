#include "dataset_file.h"

#include "barometre/error.h"
#include "limit.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_DEPTH = 8 };

struct walk {
    const char *root;
    bool (*call)(void *data, const char *path);
    void *data;
    bool stopped, partial;
};

static void walk_folder(struct walk *walk, const char *below, int depth) {
    g_autofree char *folder = g_build_filename(walk->root, below, NULL);
    g_autoptr(GDir) opened = g_dir_open(folder, 0, NULL);
    if (opened == NULL || depth > MOST_DEPTH) {
        walk->partial = true;
        return;
    }
    for (const char *name; !walk->stopped && (name = g_dir_read_name(opened)) != NULL;) {
        if (name[0] == '.')
            continue;
        g_autofree char *path =
            *below != '\0' ? g_build_filename(below, name, NULL) : g_strdup(name);
        g_autofree char *full = g_build_filename(walk->root, path, NULL);
        struct stat status;
        if (lstat(full, &status) != 0)
            continue;
        if (S_ISDIR(status.st_mode))
            walk_folder(walk, path, depth + 1);
        else if (S_ISREG(status.st_mode))
            walk->stopped = !walk->call(walk->data, path);
    }
}

bool dataset_files_walk(const char *folder, bool (*call)(void *data, const char *path),
                        void *data) {
    struct walk walk = {.root = folder, .call = call, .data = data};
    walk_folder(&walk, "", 0);
    return !walk.partial;
}

static bool collect(void *paths, const char *path) {
    g_ptr_array_add(paths, g_strdup(path));
    return ((GPtrArray *)paths)->len < LIMIT_DATASET_FILES;
}

static int by_path(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

bool dataset_files_open(struct dataset_files *files, const char *path, const char *room,
                        GError **error) {
    *files = (struct dataset_files){.file.text = g_string_new(NULL)};
    if (!g_file_test(path, G_FILE_TEST_IS_DIR)) {
        files->parcel = parcel_open(path, room, error);
        return files->parcel != NULL;
    }
    files->folder = g_strdup(path);
    files->paths = g_ptr_array_new_with_free_func(g_free);
    const bool whole = dataset_files_walk(path, collect, files->paths);
    g_ptr_array_sort(files->paths, by_path);
    if (whole && files->paths->len < LIMIT_DATASET_FILES)
        return true;
    g_autofree char *base = g_path_get_basename(path);
    g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED, "%s: %s", base,
                whole ? "holds a million files or more; give a part of it"
                      : "a folder in it cannot be read, or lies more than 8 deep; give "
                        "the folder of the dataset");
    return false;
}

void dataset_files_clear(struct dataset_files *files) {
    parcel_free(files->parcel);
    g_free(files->folder);
    if (files->paths != NULL)
        g_ptr_array_unref(files->paths);
    g_free(files->file.path);
    g_string_free(files->file.text, TRUE);
}

static bool read_bytes(struct dataset_file *file, int fd, EVP_MD_CTX *digest,
                       GError **error) {
    char chunk[1 << 16];
    ssize_t length;
    while ((length = read(fd, chunk, sizeof chunk)) != 0) {
        if (length < 0 && errno == EINTR)
            continue;
        if (length < 0) {
            g_set_error(error, BAROMETRE_ERROR, ERROR_IO, "%s: cannot be read: %s",
                        file->path, g_strerror(errno));
            return false;
        }
        EVP_DigestUpdate(digest, chunk, (size_t)length);
        file->size += length;
        const gsize room = LIMIT_TERMS_BYTES - file->text->len;
        g_string_append_len(file->text, chunk, MIN(length, (gssize)room));
    }
    return true;
}

/* Takes the path. */
static bool read_file(struct dataset_file *file, char *path, int fd, GError **error) {
    g_free(file->path);
    file->path = path;
    file->size = 0;
    g_string_truncate(file->text, 0);
    EVP_MD_CTX *digest = EVP_MD_CTX_new();
    unsigned char bytes[EVP_MAX_MD_SIZE];
    EVP_DigestInit_ex(digest, EVP_sha256(), NULL);
    const bool good = read_bytes(file, fd, digest, error);
    EVP_DigestFinal_ex(digest, bytes, NULL);
    EVP_MD_CTX_free(digest);
    for (int i = 0; i < (EXPORT_SHA256_SIZE - 1) / 2; i++)
        g_snprintf(file->sha256 + 2 * i, 3, "%02x", bytes[i]);
    return good;
}

static bool next_of_folder(struct dataset_files *files, GError **error) {
    const char *path = g_ptr_array_index(files->paths, files->next++);
    g_autofree char *full = g_build_filename(files->folder, path, NULL);
    const int fd = open(full, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
    if (fd < 0) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED,
                    "%s: cannot be opened: %s; make it readable, then try again", path,
                    g_strerror(errno));
        return false;
    }
    const bool good = read_file(&files->file, g_strdup(path), fd, error);
    close(fd);
    return good;
}

bool dataset_files_next(struct dataset_files *files, GError **error) {
    if (files->paths != NULL && files->next < files->paths->len)
        return next_of_folder(files, error);
    scoped(export) *member = NULL;
    if (files->parcel != NULL && !parcel_next(files->parcel, &member, error))
        return false;
    if (member == NULL) {
        g_clear_pointer(&files->file.path, g_free);
        return true;
    }
    const char *path = member->path != NULL ? member->path : member->name;
    return read_file(&files->file, g_strdup(path), member->fd, error);
}
