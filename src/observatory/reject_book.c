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
        open(book->part, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    book->file = fd < 0 ? NULL : fdopen(fd, "w+");
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

/* Text as it stands; bytes that are none as base64, under a name that says so. */
static void set_bytes(json_t *object, const char *name, const char *bytes, gsize length) {
    if (g_utf8_validate_len(bytes, length, NULL)) {
        json_object_set_new(object, name, json_stringn(bytes, length));
        return;
    }
    g_autofree char *encoded = g_base64_encode((const guchar *)bytes, length);
    g_autofree char *key = g_strconcat(name, "_base64", NULL);
    json_object_set_new(object, key, json_string(encoded));
}

bool reject_book_add(struct reject_book *book, const struct reject *reject,
                     const char *bytes, GError **error) {
    json_auto_t *entry = json_pack(
        "{s:s, s:s, s:I, s:I, s:I, s:i, s:s}", "source", book->export_name, "rule",
        reject_rule_code(reject->rule), "line", (json_int_t)reject->line, "offset",
        (json_int_t)reject->offset, "length", (json_int_t)reject->length, "column",
        (int)reject->column, "label", reject->label);
    g_assert(entry != NULL);
    if (*reject->name != '\0')
        json_object_set_new(entry, "name", json_string(reject->name));
    set_bytes(entry, "raw", bytes, (gsize)reject->length);
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

bool reject_book_remove(const struct observatory *observatory, const char *sha256,
                        GError **error) {
    g_autofree char *name = g_strconcat("rejects/", sha256, ".jsonl", NULL);
    g_autofree char *path = observatory_path(observatory, name);
    g_autofree char *folder = g_path_get_dirname(path);
    if (g_unlink(path) != 0)
        return errno == ENOENT || fail(path, ERROR_IO, error);
    return sync_folder(folder, error);
}

static bool write_cover(FILE *file, const struct reject_cover *cover) {
    const char delimiter[] = {cover->delimiter, '\0'};
    json_auto_t *object =
        json_pack("{s:i, s:s, s:s, s:s}", "book", 1, "source", cover->source, "delimiter",
                  delimiter, "encoding", cover->encoding != NULL ? cover->encoding : "");
    if (object == NULL)
        return false;
    if (cover->header != NULL)
        set_bytes(object, "header", cover->header, cover->header_bytes);
    return json_dumpf(object, file, JSON_COMPACT) == 0 && fputc('\n', file) != EOF;
}

static bool append(FILE *file, FILE *entries) {
    enum { CHUNK_BYTES = 1 << 16 };
    g_autofree char *bytes = g_malloc(CHUNK_BYTES);
    rewind(entries);
    for (size_t length; (length = fread(bytes, 1, CHUNK_BYTES, entries)) > 0;)
        if (fwrite(bytes, 1, length, file) != length)
            return false;
    return ferror(entries) == 0;
}

/* The dialect is known when all is read: the cover goes before what is written already.
 */
static bool bind(struct reject_book *book, const struct reject_cover *cover,
                 const char *bound) {
    const int fd =
        open(bound, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
    if (file == NULL)
        return false;
    const bool written = fflush(book->file) == 0 && write_cover(file, cover) &&
                         append(file, book->file) && fflush(file) == 0 &&
                         fsync(fileno(file)) == 0;
    return fclose(file) == 0 && written;
}

bool reject_book_keep(struct reject_book *book, const struct reject_cover *cover,
                      GError **error) {
    g_autofree char *base = g_strconcat(cover->sha256, ".jsonl", NULL);
    g_autofree char *kept = g_build_filename(book->folder, base, NULL);
    g_autofree char *bound = g_build_filename(book->folder, ".bound", NULL);
    if (book->entries == 0) {
        g_unlink(book->part); /* nobody may be there to do it once the import commits */
        if (g_unlink(kept) != 0)
            return errno == ENOENT || fail(kept, ERROR_IO, error);
        return sync_folder(book->folder, error);
    }
    if (!bind(book, cover, bound) || g_unlink(book->part) != 0 ||
        g_rename(bound, kept) != 0) {
        fail(kept, ERROR_IO, error);
        g_unlink(bound);
        return false;
    }
    return sync_folder(book->folder, error);
}

static char *from_windows_1252(const char *bytes, gsize length) {
    GString *text = g_string_sized_new(length);
    for (gsize i = 0; i < length; i++) {
        g_autofree char *one =
            (unsigned char)bytes[i] < 0x80
                ? NULL
                : g_convert(bytes + i, 1, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);
        if ((unsigned char)bytes[i] < 0x80 && bytes[i] != '\0')
            g_string_append_c(text, bytes[i]);
        else
            g_string_append(text, one != NULL ? one : "\uFFFD");
    }
    return g_string_free(text, FALSE);
}

/* In UTF-8. What is of another encoding than its export was refused for it; then it is
 * taken for UTF-8 where it can be. */
static char *decode(json_t *object, const char *name, const char *encoding, bool stray) {
    g_autofree char *key = g_strconcat(name, "_base64", NULL);
    const json_t *plain = json_object_get(object, name);
    const char *encoded = json_string_value(json_object_get(object, key));
    if (!json_is_string(plain) && encoded == NULL)
        return NULL;
    gsize length = json_string_length(plain);
    g_autofree guchar *decoded = plain == NULL ? g_base64_decode(encoded, &length) : NULL;
    const char *bytes = plain == NULL ? (const char *)decoded : json_string_value(plain);
    const bool narrow = strcmp(encoding, "Windows-1252") == 0;
    if (narrow && !(stray && plain != NULL))
        return from_windows_1252(bytes, length);
    return g_utf8_make_valid(bytes, (gssize)length);
}

/* A book while it is read. Those of an earlier version have no cover. */
struct reading {
    bool (*call)(void *data, const struct reject_entry *entry);
    void *data;
    bool goes_on;
    struct reject_cover cover;
    char *header, *source, *encoding;
};

static void reading_clear(struct reading *reading) {
    g_clear_pointer(&reading->header, g_free);
    g_clear_pointer(&reading->source, g_free);
    g_clear_pointer(&reading->encoding, g_free);
}

static bool read_cover(struct reading *reading, json_t *object) {
    int version;
    const char *source, *delimiter, *encoding;
    if (json_unpack(object, "{s:i, s:s, s:s, s:s}", "book", &version, "source", &source,
                    "delimiter", &delimiter, "encoding", &encoding) != 0)
        return false;
    reading->source = g_strdup(source);
    reading->encoding = g_strdup(encoding);
    reading->header = decode(object, "header", encoding, false);
    reading->cover.header = reading->header;
    reading->cover.source = reading->source;
    reading->cover.encoding = reading->encoding;
    reading->cover.delimiter = *delimiter;
    return true;
}

static bool read_entry(struct reading *reading, json_t *object) {
    json_int_t line, offset, length;
    int column;
    struct reject_entry entry = {.cover = &reading->cover};
    if (json_unpack(object, "{s:s, s:s, s:I, s:I, s:I, s:i, s:s}", "source",
                    &entry.source, "rule", &entry.rule, "line", &line, "offset", &offset,
                    "length", &length, "column", &column, "label", &entry.label) != 0)
        return false;
    const char *name = json_string_value(json_object_get(object, "name"));
    entry.name = name != NULL ? name : "";
    if (reading->cover.source == NULL)
        reading->cover.source = reading->source = g_strdup(entry.source);
    const char *encoding = reading->encoding != NULL ? reading->encoding : "";
    g_autofree char *raw =
        decode(object, "raw", encoding,
               strcmp(entry.rule, reject_rule_code(REJECT_ENCODING)) == 0);
    entry.line = line;
    entry.offset = offset;
    entry.length = length;
    entry.column = column;
    entry.raw = raw != NULL ? raw : "";
    reading->goes_on = reading->call(reading->data, &entry);
    return true;
}

/* One object a line; a line that is cut or is none of ours is told, not passed over. */
static bool read_book(struct reading *reading, const char *path, GError **error) {
    FILE *file = fopen(path, "re");
    g_autofree char *text = NULL;
    size_t capacity = 0;
    int64_t line = 0;
    bool good = file != NULL;
    for (ssize_t length;
         good && reading->goes_on && (length = getline(&text, &capacity, file)) > 0;) {
        json_auto_t *object = json_loadb(text, (size_t)length, 0, NULL);
        line++;
        good = object != NULL && (line == 1 && json_object_get(object, "book") != NULL
                                      ? read_cover(reading, object)
                                      : read_entry(reading, object));
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
    bool good = true, goes_on = true;
    for (guint i = 0; good && goes_on && i < paths->len; i++) {
        const char *path = g_ptr_array_index(paths, i);
        g_autofree char *sha256 = g_path_get_basename(path);
        *strrchr(sha256, '.') = '\0';
        struct reading reading = {call, data, true, {.sha256 = sha256}, NULL, NULL, NULL};
        good = read_book(&reading, path, error);
        goes_on = reading.goes_on;
        reading_clear(&reading);
    }
    return good;
}
