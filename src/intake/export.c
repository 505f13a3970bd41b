#include "barometre/export.h"

#include "barometre/error.h"
#include "barometre/text.h"
#include "dialect.h"
#include "export_pipe.h"
#include "record.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *account_kind_code(enum account_kind kind) {
    static const char *const codes[ACCOUNT_KINDS] = {
        [ACCOUNT_MARK] = "mark",
        [ACCOUNT_HEADER] = "header",
        [ACCOUNT_STORED] = "stored",
        [ACCOUNT_UPDATED] = "updated",
        [ACCOUNT_DUPLICATE] = "duplicates",
        [ACCOUNT_REJECTED] = "rejected",
        [ACCOUNT_BLANK] = "blank",
    };
    return codes[kind];
}

int64_t account_records(const struct account *account) {
    return account->records[ACCOUNT_STORED] + account->records[ACCOUNT_UPDATED] +
           account->records[ACCOUNT_DUPLICATE] + account->records[ACCOUNT_REJECTED];
}

struct export *export_open(const char *path, GError **error) {
    const bool standard_input = strcmp(path, "-") == 0;
    scoped(export) *export = g_new0(struct export, 1);
    g_autofree char *base = g_path_get_basename(path);
    export->name = standard_input ? g_strdup("standard input") : text_clamp(base);
    export->fd = standard_input ? dup(STDIN_FILENO)
                                : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    export->size = -1;
    if (export->fd < 0) {
        g_set_error(error, BAROMETRE_ERROR,
                    errno == ENOENT ? ERROR_NO_INPUT : ERROR_REFUSED,
                    "%s: cannot be opened: %s", export->name, g_strerror(errno));
        return NULL;
    }
    struct stat status;
    if (!standard_input &&
        (fstat(export->fd, &status) != 0 || !S_ISREG(status.st_mode))) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED,
                    "%s: is not a regular file; give the export itself", export->name);
        return NULL;
    }
    if (!standard_input)
        export->size = status.st_size;
    return g_steal_pointer(&export);
}

void export_free(struct export *export) {
    if (export == NULL)
        return;
    if (export->fd >= 0)
        close(export->fd);
    g_free(export->name);
    g_free(export);
}

bool export_hash(struct export *export, GError **error) {
    struct export_stream stream;
    export_stream_init(&stream, export->fd, export->name);
    enum { CHUNK_BYTES = 1 << 20 };
    g_autofree char *bytes = g_malloc(CHUNK_BYTES);
    size_t length;
    bool good = true;
    while (good && !stream.at_end)
        good = export_stream_fill(&stream, bytes, CHUNK_BYTES, &length, error);
    export_stream_sha256(&stream, export->sha256);
    export_stream_clear(&stream);
    if (good && lseek(export->fd, 0, SEEK_SET) != 0) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_IO, "%s: cannot be read twice: %s",
                    export->name, g_strerror(errno));
        good = false;
    }
    return good;
}

static char *header_text(const char *text, size_t length,
                         enum dialect_encoding encoding) {
    char *converted = NULL;
    if (encoding == ENCODING_WINDOWS_1252)
        converted =
            g_convert(text, (gssize)length, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);
    return converted != NULL ? converted : g_utf8_make_valid(text, (gssize)length);
}

/* The header's fields in UTF-8. */
static GPtrArray *read_header(const struct export *export, const struct dialect *dialect,
                              const char *bytes, const struct record *record,
                              GError **error) {
    enum { MOST_COLUMNS = 4096 };
    scoped(csv_record) *fields = csv_record_new(dialect->delimiter, NULL, 0);
    if (record->kind != RECORD_WHOLE || !csv_record_read(fields, bytes, record->length) ||
        csv_record_count(fields) > MOST_COLUMNS) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED,
                    "%s:1: the first line is not a header of columns", export->name);
        return NULL;
    }
    GPtrArray *headers = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < csv_record_count(fields); i++) {
        const struct csv_field field = csv_record_field(fields, i);
        g_ptr_array_add(headers,
                        header_text(field.text, field.length, dialect->encoding));
    }
    return headers;
}

static GPtrArray *fold_all(const GPtrArray *headers) {
    GPtrArray *folds = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < headers->len; i++)
        g_ptr_array_add(folds, text_fold(g_ptr_array_index(headers, i)));
    return folds;
}

static const struct profile *choose_profile(const struct export *export,
                                            const struct export_settings *settings,
                                            const char *id, const GPtrArray *headers,
                                            GError **error) {
    if (id == NULL) {
        g_autoptr(GPtrArray) folds = fold_all(headers);
        return profiles_recognise(settings->profiles, folds, export->name, error);
    }
    const struct profile *profile = profiles_find(settings->profiles, id);
    if (profile == NULL)
        g_set_error(error, BAROMETRE_ERROR, ERROR_USAGE,
                    "there is no profile '%s'; look into the folder profiles/", id);
    return profile;
}

static bool refuse_empty(const struct export *export, const char *what, GError **error) {
    g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED, "%s:1: the export %s",
                export->name, what);
    return false;
}

/* Reads mark and header, binds the profile and runs the pipe over the rest. */
static bool read_stream(struct export *export, struct export_stream *stream,
                        const struct export_settings *settings, const char *profile_id,
                        const struct export_sink *sink, struct account *account,
                        GError **error) {
    enum { HEAD_BYTES = 2 * RECORD_LIMIT_BYTES };
    g_autofree char *head = g_malloc(HEAD_BYTES);
    size_t length;
    struct dialect dialect;
    struct record_rules rules;
    struct record record;
    if (!export_stream_fill(stream, head, HEAD_BYTES, &length, error) ||
        !dialect_detect(&dialect, head, length, export->name, error))
        return false;
    const char *header = head + dialect.mark_bytes;
    const size_t rest = length - dialect.mark_bytes;
    if (rest == 0)
        return refuse_empty(export, "is empty", error);
    record_rules_init(&rules, dialect.delimiter);
    const bool cut =
        record_cut(&rules, header, rest, export_stream_done(stream), &record);
    g_assert(cut);
    dialect_observe(&dialect, header, record.length);
    g_autoptr(GPtrArray) headers = read_header(export, &dialect, header, &record, error);
    if (headers == NULL)
        return false;
    export->profile = choose_profile(export, settings, profile_id, headers, error);
    if (export->profile == NULL)
        return false;
    scoped(form) *form = form_bind(export->profile, headers, export->name, error);
    if (form == NULL)
        return false;
    account->bytes[ACCOUNT_MARK] = (int64_t)dialect.mark_bytes;
    account->records[ACCOUNT_HEADER] = 1;
    account->bytes[ACCOUNT_HEADER] = record.length;
    export_stream_keep(stream, header + record.length, rest - record.length);
    const struct export_pipe pipe = {
        .stream = stream,
        .form = form,
        .settings = settings,
        .dialect = &dialect,
        .offset = (int64_t)(dialect.mark_bytes + record.length),
        .line = 1 + (int64_t)record.lines,
        .size = export->size,
    };
    if (!export_pipe_run(&pipe, sink, account, error))
        return false;
    export->delimiter = dialect.delimiter;
    export->encoding = dialect_encoding_name(dialect.encoding);
    if (account_records(account) == 0)
        return refuse_empty(export, "has a header and no record", error);
    return true;
}

static bool is_unchanged(const struct export *export, const struct stat *before,
                         int64_t bytes, GError **error) {
    struct stat after;
    if (export->size < 0 || (fstat(export->fd, &after) == 0 && after.st_size == bytes &&
                             before->st_mtim.tv_sec == after.st_mtim.tv_sec &&
                             before->st_mtim.tv_nsec == after.st_mtim.tv_nsec))
        return true;
    g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED,
                "%s: the export changed while it was read; drop it whole, then try again",
                export->name);
    return false;
}

bool export_read(struct export *export, const struct export_settings *settings,
                 const char *profile_id, const struct export_sink *sink,
                 struct account *account, GError **error) {
    struct stat before = {0};
    struct export_stream stream;
    *account = (struct account){0};
    if (fstat(export->fd, &before) != 0)
        before = (struct stat){0};
    export_stream_init(&stream, export->fd, export->name);
    const bool good =
        read_stream(export, &stream, settings, profile_id, sink, account, error) &&
        is_unchanged(export, &before, stream.bytes, error);
    account->bytes_total = stream.bytes;
    if (good)
        export_stream_sha256(&stream, export->sha256);
    export_stream_clear(&stream);
    return good;
}
