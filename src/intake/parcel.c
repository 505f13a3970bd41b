#include "barometre/parcel.h"

#include "barometre/error.h"
#include "barometre/text.h"
#include "limit.h"
#include "nameless.h"
#include "workbook.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* An archive that is being gone through; archives in it lie on top of it. */
struct layer {
    struct export *packed; /* its bytes */
    struct archive *archive;
    int64_t unpacked_bytes; /* of its own members so far */
};

struct parcel {
    char *folder;
    struct export *first; /* until it is told or opened */
    GPtrArray *layers;    /* struct layer, the innermost last */
    int64_t unpacked_bytes;
    int members;
    bool ended;
};

enum packing { PACKING_NONE, PACKING_ARCHIVE, PACKING_STREAM };

static void layer_free(struct layer *layer) {
    archive_read_free(layer->archive);
    export_free(layer->packed);
    g_free(layer);
}

void parcel_free(struct parcel *parcel) {
    if (parcel == NULL)
        return;
    export_free(parcel->first);
    g_ptr_array_unref(parcel->layers);
    g_free(parcel->folder);
    g_free(parcel);
}

struct parcel *parcel_open(const char *path, const char *folder, GError **error) {
    struct export *export = export_open(path, error);
    if (export == NULL)
        return NULL;
    struct parcel *parcel = g_new0(struct parcel, 1);
    parcel->folder = g_strdup(folder);
    parcel->first = export;
    parcel->layers = g_ptr_array_new_with_free_func((GDestroyNotify)layer_free);
    return parcel;
}

/* By its first bytes. Only a file that can be read twice is unpacked. */
static enum packing packing_of(const struct export *export) {
    static const struct {
        const char *magic;
        size_t length;
        enum packing packing;
    } signs[] = {
        {"PK\x03\x04", 4, PACKING_ARCHIVE},     {"PK\x05\x06", 4, PACKING_ARCHIVE},
        {"\x1F\x8B", 2, PACKING_STREAM},        {"\x28\xB5\x2F\xFD", 4, PACKING_STREAM},
        {"\xFD\x37zXZ\x00", 6, PACKING_STREAM},
    };
    char head[8];
    if (export->size < 0)
        return PACKING_NONE;
    const ssize_t length = pread(export->fd, head, sizeof head, 0);
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
        if (length >= (ssize_t)signs[i].length &&
            memcmp(head, signs[i].magic, signs[i].length) == 0)
            return signs[i].packing;
    return PACKING_NONE;
}

static bool refuse(const char *name, const char *what, GError **error) {
    g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED, "%s: %s", name, what);
    return false;
}

static bool refuse_damaged(const struct layer *layer, GError **error) {
    const char *cause = archive_error_string(layer->archive);
    g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED,
                "%s: cannot be unpacked (%s); ask for the file again",
                layer->packed->name, cause != NULL ? cause : "damaged");
    return false;
}

static struct archive *open_archive(const struct export *packed, enum packing packing) {
    struct archive *archive = archive_read_new();
    archive_read_support_filter_gzip(archive);
    archive_read_support_filter_zstd(archive);
    archive_read_support_filter_xz(archive);
    if (packing == PACKING_ARCHIVE)
        archive_read_support_format_zip(archive);
    else
        archive_read_support_format_raw(archive);
    archive_read_set_options(archive, "zip:hdrcharset=UTF-8");
    enum { BLOCK_BYTES = 1 << 16 };
    lseek(packed->fd, 0, SEEK_SET);
    archive_read_open_fd(archive, packed->fd, BLOCK_BYTES); /* a failure comes again */
    return archive;
}

/* Members that hold no record by nature: folders, what a Mac adds, and sums. */
static bool is_aside(const char *path, const struct archive_entry *entry) {
    static const char *const sums[] = {".sha1", ".sha256", ".md5"};
    if (archive_entry_filetype((struct archive_entry *)entry) != AE_IFREG)
        return true;
    g_autofree char *base = g_path_get_basename(path);
    if (g_str_has_prefix(path, "__MACOSX/") || base[0] == '.')
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(sums); i++)
        if (g_str_has_suffix(base, sums[i]))
            return true;
    return false;
}

/* "archive.zip/member.csv", or what a compressed file is called without its suffix. */
static char *member_name(const struct layer *layer, const char *path, bool stream) {
    g_autofree char *name = NULL;
    const char *dot = strrchr(layer->packed->name, '.');
    if (stream)
        name = dot != NULL && dot > layer->packed->name
                   ? g_strndup(layer->packed->name, (gsize)(dot - layer->packed->name))
                   : g_strdup(layer->packed->name);
    else
        name = g_strconcat(layer->packed->name, "/", path, NULL);
    return text_clamp(name);
}

static bool is_within_limits(struct parcel *parcel, struct layer *layer, size_t more,
                             const char *name, GError **error) {
    parcel->unpacked_bytes += (int64_t)more;
    layer->unpacked_bytes += (int64_t)more;
    if (parcel->unpacked_bytes > LIMIT_UNPACKED_BYTES ||
        layer->unpacked_bytes - LIMIT_PACKED_SLACK_BYTES >
            LIMIT_PACKED_RATIO * layer->packed->size)
        return refuse(name,
                      "unpacks to more than 100 times its size, or to more than 32 GiB; "
                      "this is no export",
                      error);
    return true;
}

/* Copies the member at hand into a nameless file. */
static bool unpack(struct parcel *parcel, struct layer *layer, struct export *member,
                   GError **error) {
    const void *block;
    size_t length;
    la_int64_t offset;
    int status;
    while ((status = archive_read_data_block(layer->archive, &block, &length, &offset)) ==
           ARCHIVE_OK) {
        if (!is_within_limits(parcel, layer, length, member->name, error) ||
            !nameless_write(member->fd, block, length, member->name, error))
            return false;
        member->size += (int64_t)length;
    }
    if (status != ARCHIVE_EOF)
        return refuse_damaged(layer, error);
    lseek(member->fd, 0, SEEK_SET);
    return true;
}

/* The next member of the innermost archive that is not aside; NULL where there is none.
 */
static bool next_member(struct parcel *parcel, struct layer *layer,
                        struct export **member, GError **error) {
    const bool stream = packing_of(layer->packed) == PACKING_STREAM;
    struct archive_entry *entry;
    int status;
    while ((status = archive_read_next_header(layer->archive, &entry)) == ARCHIVE_OK ||
           status == ARCHIVE_WARN) {
        const char *path = stream ? "" : archive_entry_pathname_utf8(entry);
        if (path == NULL)
            return refuse_damaged(layer, error);
        if (++parcel->members > LIMIT_PACKED_MEMBERS)
            return refuse(layer->packed->name, "holds more than 100,000 files", error);
        if (!stream && is_aside(path, entry))
            continue;
        if (archive_entry_is_data_encrypted(entry))
            return refuse(layer->packed->name,
                          "is encrypted; unpack it and drop what it holds", error);
        scoped(export) *unpacked = g_new0(struct export, 1);
        unpacked->name = member_name(layer, path, stream);
        unpacked->path = g_strdup(path);
        unpacked->fd = nameless_open(parcel->folder, error);
        if (unpacked->fd < 0 || !unpack(parcel, layer, unpacked, error))
            return false;
        *member = g_steal_pointer(&unpacked);
        return true;
    }
    return status == ARCHIVE_EOF || refuse_damaged(layer, error);
}

static bool add_layer(struct parcel *parcel, struct export *packed, enum packing packing,
                      GError **error) {
    if (parcel->layers->len == LIMIT_PACKED_DEPTH) {
        refuse(packed->name, "lies in more than three archives; unpack it first", error);
        export_free(packed);
        return false;
    }
    struct layer *layer = g_new0(struct layer, 1);
    layer->packed = packed;
    layer->archive = open_archive(packed, packing);
    g_ptr_array_add(parcel->layers, layer);
    return true;
}

/* The next thing that may be an export: the file itself, then members. */
static bool next_candidate(struct parcel *parcel, struct export **candidate,
                           GError **error) {
    *candidate = g_steal_pointer(&parcel->first);
    while (*candidate == NULL && parcel->layers->len > 0) {
        struct layer *layer = g_ptr_array_index(parcel->layers, parcel->layers->len - 1);
        if (!next_member(parcel, layer, candidate, error))
            return false;
        if (*candidate == NULL)
            g_ptr_array_set_size(parcel->layers, (int)parcel->layers->len - 1);
    }
    return true;
}

bool parcel_next(struct parcel *parcel, struct export **export, GError **error) {
    *export = NULL;
    while (!parcel->ended) {
        struct export *candidate;
        if (!next_candidate(parcel, &candidate, error)) {
            parcel->ended = true;
            return false;
        }
        const enum packing packing =
            candidate != NULL ? packing_of(candidate) : PACKING_NONE;
        if (candidate == NULL)
            parcel->ended = true;
        if (packing == PACKING_NONE ||
            (packing == PACKING_ARCHIVE && workbook_is(candidate->fd))) {
            *export = candidate;
            return true;
        }
        if (!add_layer(parcel, candidate, packing, error)) {
            parcel->ended = true;
            return false;
        }
    }
    return true;
}

bool parcel_has_member(const char *path, bool (*fits)(const char *member)) {
    scoped(export) *packed = export_open(path, NULL);
    if (packed == NULL || packing_of(packed) != PACKING_ARCHIVE)
        return false;
    struct archive *archive = open_archive(packed, PACKING_ARCHIVE);
    struct archive_entry *entry;
    bool found = false;
    for (int members = 0; !found && members < LIMIT_PACKED_MEMBERS; members++) {
        const int status = archive_read_next_header(archive, &entry);
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
            break;
        const char *member = archive_entry_pathname_utf8(entry);
        found = member != NULL && fits(member);
    }
    archive_read_free(archive);
    return found;
}
