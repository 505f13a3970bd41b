#include "barometre/reject_book.h"

#include "barometre/error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct reject_book {
    char *folder, *part; /* the file while it is written */
    char *export_name;
    FILE *file;
    int64_t entries;
};

static bool fail(const char *path, int code, GError **error) {
    g_set_error(error, BAROMETRE_ERROR, code, "%s: cannot be written: %s", path,
                g_strerror(errno));
    return false;
}

struct reject_book *reject_book_new(const struct observatory *observatory,
                                    const char *export_name, GError **error) {
    scoped(reject_book) *book = g_new0(struct reject_book, 1);
    book->folder = observatory_path(observatory, "rejects");
    book->part = g_build_filename(book->folder, ".part", NULL);
    book->export_name = g_strdup(export_name);
    if (g_mkdir(book->folder, 0700) != 0 && errno != EEXIST) {
        fail(book->folder, ERROR_CREATE, error);
        return NULL;
    }
    const int fd =
        open(book->part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    book->file = fd < 0 ? NULL : fdopen(fd, "w");
    if (book->file == NULL) {
        fail(book->part, ERROR_CREATE, error);
        return NULL;
    }
    return g_steal_pointer(&book);
}

void reject_book_free(struct reject_book *book) {
    if (book == NULL)
        return;
    if (book->file != NULL) {
        fclose(book->file);
        g_unlink(book->part);
    }
    g_free(book->folder);
    g_free(book->part);
    g_free(book->export_name);
    g_free(book);
}

bool reject_book_add(struct reject_book *book, const struct reject *reject,
                     const char *bytes, GError **error) {
    const gsize length = (gsize)reject->length;
    json_auto_t *entry = json_pack(
        "{s:s, s:s, s:I, s:I, s:I, s:i, s:s}", "source", book->export_name, "rule",
        reject_rule_code(reject->rule), "line", (json_int_t)reject->line, "offset",
        (json_int_t)reject->offset, "length", (json_int_t)reject->length, "column",
        (int)reject->column, "label", reject->label);
    g_assert(entry != NULL);
    if (*reject->name != '\0')
        json_object_set_new(entry, "name", json_string(reject->name));
    if (g_utf8_validate_len(bytes, length, NULL)) {
        json_object_set_new(entry, "raw", json_stringn(bytes, length));
    } else {
        g_autofree char *encoded = g_base64_encode((const guchar *)bytes, length);
        json_object_set_new(entry, "raw_base64", json_string(encoded));
    }
    book->entries++;
    if (json_dumpf(entry, book->file, JSON_COMPACT) != 0 ||
        fputc('\n', book->file) == EOF)
        return fail(book->part, ERROR_IO, error);
    return true;
}

static bool sync_folder(const char *folder, GError **error) {
    const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = fd >= 0 && fsync(fd) == 0;
    if (!synced)
        fail(folder, ERROR_IO, error);
    if (fd >= 0)
        close(fd);
    return synced;
}

bool reject_book_keep(struct reject_book *book, const char *sha256, GError **error) {
    if (book->entries == 0)
        return true;
    g_autofree char *base = g_strconcat(sha256, ".jsonl", NULL);
    g_autofree char *kept = g_build_filename(book->folder, base, NULL);
    const bool flushed = fflush(book->file) == 0 && fsync(fileno(book->file)) == 0;
    if (!flushed || g_rename(book->part, kept) != 0)
        return fail(kept, ERROR_IO, error);
    fclose(g_steal_pointer(&book->file));
    return sync_folder(book->folder, error);
}

static bool call_entry(json_t *object,
                       bool (*call)(void *data, const struct reject_entry *entry),
                       void *data, bool *goes_on) {
    json_int_t line, offset, length;
    int column;
    const char *raw = NULL, *encoded = NULL;
    struct reject_entry entry;
    if (json_unpack(object, "{s:s, s:s, s:I, s:I, s:I, s:i, s:s, s?s, s?s}", "source",
                    &entry.source, "rule", &entry.rule, "line", &line, "offset", &offset,
                    "length", &length, "column", &column, "label", &entry.label, "raw",
                    &raw, "raw_base64", &encoded) != 0)
        return false;
    g_autofree char *text = NULL;
    if (raw == NULL && encoded != NULL) {
        gsize size;
        g_autofree guchar *bytes = g_base64_decode(encoded, &size);
        text = g_utf8_make_valid((const char *)bytes, (gssize)size);
    }
    const char *name = json_string_value(json_object_get(object, "name"));
    entry.name = name != NULL ? name : "";
    entry.line = line;
    entry.offset = offset;
    entry.length = length;
    entry.column = column;
    entry.raw = text != NULL ? text : raw != NULL ? raw : "";
    *goes_on = call(data, &entry);
    return true;
}

/* One object a line; a line that is cut or is none of ours is told, not passed over. */
static bool each_of_book(const char *path,
                         bool (*call)(void *data, const struct reject_entry *entry),
                         void *data, bool *goes_on, GError **error) {
    FILE *file = fopen(path, "re");
    g_autofree char *text = NULL;
    size_t capacity = 0;
    int64_t line = 0;
    bool good = file != NULL;
    for (ssize_t length;
         good && *goes_on && (length = getline(&text, &capacity, file)) > 0;) {
        json_auto_t *object = json_loadb(text, (size_t)length, 0, NULL);
        line++;
        good = object != NULL && call_entry(object, call, data, goes_on);
    }
    if (!good || ferror(file)) {
        good = false;
        g_set_error(error, BAROMETRE_ERROR, ERROR_IO,
                    "%s:%" G_GINT64_FORMAT ": is not a book of rejects; move it away",
                    path, line);
    }
    if (file != NULL)
        fclose(file);
    return good;
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

bool reject_book_each(const struct observatory *observatory,
                      bool (*call)(void *data, const struct reject_entry *entry),
                      void *data, GError **error) {
    g_autofree char *folder = observatory_path(observatory, "rejects");
    g_autoptr(GDir) listing = g_dir_open(folder, 0, NULL);
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; listing != NULL && (name = g_dir_read_name(listing)) != NULL;)
        if (g_str_has_suffix(name, ".jsonl"))
            g_ptr_array_add(paths, g_build_filename(folder, name, NULL));
    g_ptr_array_sort(paths, by_name);
    bool goes_on = true;
    for (guint i = 0; goes_on && i < paths->len; i++)
        if (!each_of_book(g_ptr_array_index(paths, i), call, data, &goes_on, error))
            return false;
    return true;
}
