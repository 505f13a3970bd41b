#include "barometre/export.h"

#include "barometre/error.h"
#include "barometre/text.h"
#include "export_pipe.h"
#include "form.h"

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

/* What the readers of all threads read with. */
struct bound {
    const struct form *form;
    const struct export_settings *settings;
};

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

static void *new_form_reader(const void *data) {
    const struct bound *bound = data;
    const struct export_settings *settings = bound->settings;
    return form_reader_new(bound->form, settings->registry, settings->rules,
                           settings->rule_count, settings->key, settings->today);
}

static void free_form_reader(void *reader) {
    form_reader_free(reader);
}

static bool read_complaint(void *reader, const struct row *row,
                           enum dialect_encoding encoding, void *item,
                           struct reject *reject) {
    return form_read(reader, row, encoding, item, reject);
}

static bool put_complaint(void *data, const void *item, enum account_kind *where,
                          GError **error) {
    const struct export_sink *sink = data;
    return sink->complaint(sink->data, item, where, error);
}

static bool put_reject(void *data, const struct reject *reject, const char *bytes,
                       GError **error) {
    const struct export_sink *sink = data;
    return sink->reject(sink->data, reject, bytes, error);
}

static void tell_progress(void *data, int64_t bytes, int64_t total) {
    const struct export_sink *sink = data;
    if (sink->progress != NULL)
        sink->progress(sink->data, bytes, total);
}

/* Runs the pipe over what follows the format's head. */
static bool read_records(const struct export *export, struct export_stream *stream,
                         struct format *format, const struct export_settings *settings,
                         const struct export_sink *sink, struct account *account,
                         GError **error) {
    scoped(form) *form = form_bind(export->profile, format->headers, export->name, error);
    if (form == NULL)
        return false;
    const struct bound bound = {form, settings};
    const struct reading reading = {
        .data = &bound,
        .item_bytes = sizeof(struct complaint),
        .wanted = form_wanted(form),
        .columns = form_columns(form),
        .reader_new = new_form_reader,
        .reader_free = free_form_reader,
        .read = read_complaint,
    };
    const struct export_pipe pipe = {
        .stream = stream,
        .format = format,
        .reading = &reading,
        .threads = settings->threads,
        .offset = account->bytes[ACCOUNT_MARK] + account->bytes[ACCOUNT_HEADER],
        .size = export->size,
    };
    const struct pipe_sink pipe_sink = {(void *)sink, put_complaint, put_reject,
                                        tell_progress};
    return export_pipe_run(&pipe, &pipe_sink, account, error);
}

/* Reads the head, chooses the profile and reads the rest. */
static bool read_stream(struct export *export, struct export_stream *stream,
                        const struct export_settings *settings, const char *profile_id,
                        const struct export_sink *sink, struct account *account,
                        GError **error) {
    enum { HEAD_BYTES = 2 * LIMIT_RECORD_BYTES };
    g_autofree char *head = g_malloc(HEAD_BYTES);
    size_t length;
    if (!export_stream_fill(stream, head, HEAD_BYTES, &length, error))
        return false;
    const bool whole = export_stream_done(stream);
    scoped(format) *format =
        format_json_looks_like(head, length)
            ? format_json_open(head, length, whole, settings->profiles, export->name,
                               error)
            : format_csv_open(head, length, whole, export->name, error);
    if (format == NULL)
        return false;
    export->profile =
        choose_profile(export, settings, profile_id, format->headers, error);
    if (export->profile == NULL)
        return false;
    if (format->class->bind != NULL)
        format->class->bind(format, export->profile);
    const size_t mark = format->dialect.mark_bytes;
    account->bytes[ACCOUNT_MARK] = export_stream_measure(stream, head, mark);
    account->records[ACCOUNT_HEADER] = format->head_bytes > mark;
    account->bytes[ACCOUNT_HEADER] =
        export_stream_measure(stream, head + mark, format->head_bytes - mark);
    export_stream_keep(stream, head + format->head_bytes, length - format->head_bytes);
    if (!read_records(export, stream, format, settings, sink, account, error))
        return false;
    export->format = format->class->name;
    export->delimiter = format->dialect.delimiter;
    export->encoding = export_stream_encoding(stream, format->dialect.encoding);
    if (account_records(account) > 0)
        return true;
    g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED,
                "%s:1: the export has a header and no record", export->name);
    return false;
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
