#include "workbook_private.h"

#include "barometre/error.h"
#include "limit.h"
#include "nameless.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void part_free(struct workbook_part *part) {
    if (part->bytes != NULL)
        munmap((void *)part->bytes, part->length);
    if (part->fd >= 0)
        close(part->fd);
    g_free(part->path);
    g_free(part);
}

static void sheet_free(struct workbook_sheet *sheet) {
    g_free(sheet->name);
    g_free(sheet);
}

void workbook_free(struct workbook *workbook) {
    if (workbook == NULL)
        return;
    g_ptr_array_unref(workbook->sheets);
    g_ptr_array_unref(workbook->parts);
    g_array_unref(workbook->dates);
    spill_clear(&workbook->strings);
    spill_clear(&workbook->ends);
    g_free(workbook);
}

static struct archive *open_archive(int fd) {
    enum { BLOCK_BYTES = 1 << 16 };
    struct archive *archive = archive_read_new();
    archive_read_support_format_zip(archive);
    lseek(fd, 0, SEEK_SET);
    archive_read_open_fd(archive, fd, BLOCK_BYTES); /* a failure comes again */
    return archive;
}

bool workbook_is(int fd) {
    char magic[4];
    if (pread(fd, magic, sizeof magic, 0) != sizeof magic ||
        memcmp(magic, "PK\x03\x04", sizeof magic) != 0)
        return false;
    struct archive *archive = open_archive(fd);
    struct archive_entry *entry;
    bool found = false;
    for (int seen = 0; !found && seen < LIMIT_PACKED_MEMBERS &&
                       archive_read_next_header(archive, &entry) == ARCHIVE_OK;
         seen++) {
        const char *path = archive_entry_pathname(entry);
        found = path != NULL && (strcmp(path, "[Content_Types].xml") == 0 ||
                                 strcmp(path, "content.xml") == 0);
    }
    archive_read_free(archive);
    lseek(fd, 0, SEEK_SET);
    return found;
}

static bool refuse(const char *name, const char *what, GError **error) {
    g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED, "%s: %s", name, what);
    return false;
}

/* The parts that are looked at; the others are only counted. */
static bool matters(const char *path) {
    return strcmp(path, "content.xml") == 0 || strcmp(path, "xl/workbook.xml") == 0 ||
           strcmp(path, "xl/_rels/workbook.xml.rels") == 0 ||
           strcmp(path, "xl/styles.xml") == 0 ||
           strcmp(path, "xl/sharedStrings.xml") == 0 ||
           g_str_has_prefix(path, "xl/worksheets/");
}

/* What unpacking needs to know at every block. */
struct unpacking {
    struct workbook *workbook;
    struct archive *archive;
    const char *name;
    int64_t most_bytes;
};

static bool unpack(const struct unpacking *unpacking, struct workbook_part *part,
                   GError **error) {
    const void *block;
    size_t length;
    la_int64_t offset;
    int status;
    while ((status = archive_read_data_block(unpacking->archive, &block, &length,
                                             &offset)) == ARCHIVE_OK) {
        unpacking->workbook->bytes += (int64_t)length;
        if (unpacking->workbook->bytes > unpacking->most_bytes)
            return refuse(unpacking->name,
                          "unpacks to more than 100 times its size; this is no export",
                          error);
        if (part != NULL &&
            !nameless_write(part->fd, block, length, unpacking->name, error))
            return false;
        if (part != NULL)
            part->length += length;
    }
    return status == ARCHIVE_EOF ||
           refuse(unpacking->name, "is damaged; ask for the file again", error);
}

static bool map_part(struct workbook_part *part, const char *name, GError **error) {
    if (part->length == 0)
        return true;
    void *bytes = mmap(NULL, part->length, PROT_READ, MAP_PRIVATE, part->fd, 0);
    if (bytes == MAP_FAILED) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_IO, "%s: cannot be mapped", name);
        return false;
    }
    part->bytes = bytes;
    return true;
}

static bool take_part(const struct unpacking *unpacking, struct archive_entry *entry,
                      const char *folder, GError **error) {
    const char *path = archive_entry_pathname(entry);
    if (archive_entry_is_data_encrypted(entry))
        return refuse(unpacking->name, "is encrypted; save it without a password", error);
    if (path == NULL || !matters(path))
        return unpack(unpacking, NULL, error);
    struct workbook_part *part = g_new0(struct workbook_part, 1);
    g_ptr_array_add(unpacking->workbook->parts, part);
    part->path = g_strdup(path);
    part->fd = nameless_open(folder, error);
    return part->fd >= 0 && unpack(unpacking, part, error) &&
           map_part(part, unpacking->name, error);
}

static bool take_parts(const struct unpacking *unpacking, const char *folder,
                       GError **error) {
    struct archive_entry *entry;
    int status, members = 0;
    while ((status = archive_read_next_header(unpacking->archive, &entry)) ==
               ARCHIVE_OK ||
           status == ARCHIVE_WARN) {
        if (++members > LIMIT_PACKED_MEMBERS)
            return refuse(unpacking->name, "holds more than 100,000 files", error);
        if (!take_part(unpacking, entry, folder, error))
            return false;
    }
    return status == ARCHIVE_EOF ||
           refuse(unpacking->name, "is damaged; ask for the file again", error);
}

static struct workbook *workbook_new(void) {
    struct workbook *workbook = g_new0(struct workbook, 1);
    workbook->parts = g_ptr_array_new_with_free_func((GDestroyNotify)part_free);
    workbook->sheets = g_ptr_array_new_with_free_func((GDestroyNotify)sheet_free);
    workbook->dates = g_array_new(FALSE, TRUE, sizeof(bool));
    return workbook;
}

struct workbook *workbook_open(int fd, const char *folder, const char *name,
                               GError **error) {
    scoped(workbook) *workbook = workbook_new();
    const int64_t size = lseek(fd, 0, SEEK_END);
    struct archive *archive = open_archive(fd);
    const struct unpacking unpacking = {
        .workbook = workbook,
        .archive = archive,
        .name = name,
        .most_bytes = LIMIT_PACKED_RATIO * size + LIMIT_PACKED_SLACK_BYTES,
    };
    const bool taken = spill_open(&workbook->strings, folder, error) &&
                       spill_open(&workbook->ends, folder, error) &&
                       take_parts(&unpacking, folder, error);
    archive_read_free(archive);
    if (!taken)
        return NULL;
    workbook->kind =
        workbook_find(workbook, "content.xml") != NULL ? WORKBOOK_ODS : WORKBOOK_XLSX;
    const bool read = workbook->kind == WORKBOOK_ODS ? workbook_read_ods(workbook)
                                                     : workbook_read_xlsx(workbook);
    if (!read || workbook->sheets->len == 0) {
        refuse(name, "is no workbook that can be read; save it as XLSX or ODS again",
               error);
        return NULL;
    }
    return spill_seal(&workbook->strings, name, error) &&
                   spill_seal(&workbook->ends, name, error)
               ? g_steal_pointer(&workbook)
               : NULL;
}

const struct workbook_part *workbook_find(const struct workbook *workbook,
                                          const char *path) {
    for (guint i = 0; i < workbook->parts->len; i++) {
        const struct workbook_part *part = g_ptr_array_index(workbook->parts, i);
        if (strcmp(part->path, path) == 0)
            return part;
    }
    return NULL;
}

void workbook_add_sheet(struct workbook *workbook, const char *name,
                        const struct workbook_part *part, size_t offset, size_t length) {
    struct workbook_sheet *sheet = g_new0(struct workbook_sheet, 1);
    sheet->name = g_strdup(name);
    sheet->part = part;
    sheet->offset = offset;
    sheet->length = length;
    g_ptr_array_add(workbook->sheets, sheet);
}

static void refuse_entity(void *data, const XML_Char *name, int is_parameter,
                          const XML_Char *value, int length, const XML_Char *base,
                          const XML_Char *system, const XML_Char *public,
                          const XML_Char *notation) {
    (void)name, (void)is_parameter, (void)value, (void)length, (void)base, (void)system,
        (void)public, (void)notation;
    XML_StopParser(((const struct workbook_walk *)data)->parser, XML_FALSE);
}

static void walk_start(void *data, const XML_Char *name, const XML_Char **attributes) {
    const struct workbook_walk *walk = data;
    walk->start(walk->data, name, attributes);
}

static void walk_end(void *data, const XML_Char *name) {
    const struct workbook_walk *walk = data;
    if (walk->end != NULL)
        walk->end(walk->data, name);
}

static void walk_text(void *data, const XML_Char *text, int length) {
    const struct workbook_walk *walk = data;
    if (walk->text != NULL)
        walk->text(walk->data, text, length);
}

bool workbook_parse(const char *bytes, size_t length, struct workbook_walk *walk) {
    enum { PIECE_BYTES = 1 << 20 };
    walk->parser = XML_ParserCreate(NULL);
    XML_SetUserData(walk->parser, walk);
    XML_SetElementHandler(walk->parser, walk_start, walk_end);
    XML_SetCharacterDataHandler(walk->parser, walk_text);
    XML_SetEntityDeclHandler(walk->parser, refuse_entity);
    bool good = length > 0;
    for (size_t at = 0; good && at <= length; at += PIECE_BYTES) {
        const size_t piece = MIN(length - at, (size_t)PIECE_BYTES);
        good = XML_Parse(walk->parser, bytes + at, (int)piece,
                         at + PIECE_BYTES > length) == XML_STATUS_OK;
        /* Pages of a mapped part count as ours until they are given back. */
        if (piece == PIECE_BYTES)
            madvise((void *)(bytes + at), piece, MADV_DONTNEED);
    }
    XML_ParserFree(walk->parser);
    return good;
}

const char *workbook_local(const char *name) {
    const char *colon = strrchr(name, ':');
    return colon != NULL ? colon + 1 : name;
}

const char *workbook_attribute(const char **attributes, const char *name) {
    for (; *attributes != NULL; attributes += 2)
        if (strcmp(workbook_local(attributes[0]), name) == 0)
            return attributes[1];
    return NULL;
}

const char *workbook_string(const struct workbook *workbook, uint64_t number,
                            size_t *length) {
    const uint64_t *ends = (const uint64_t *)(const void *)workbook->ends.bytes;
    if (number >= workbook->ends.length / sizeof *ends)
        return NULL;
    const uint64_t start = number == 0 ? 0 : ends[number - 1];
    *length = (size_t)(ends[number] - start);
    return *length == 0 ? "" : workbook->strings.bytes + start;
}

void workbook_forget_strings(const struct workbook *workbook) {
    spill_forget(&workbook->strings);
    spill_forget(&workbook->ends);
}

bool workbook_shows_date(const struct workbook *workbook, uint64_t style) {
    return style < workbook->dates->len && g_array_index(workbook->dates, bool, style);
}
