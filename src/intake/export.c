#include "barometre/export.h"

#include "barometre/error.h"
#include "barometre/text.h"
#include "context_private.h"
#include "export_source.h"
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
    g_free(export->path);
    g_free(export);
}

bool export_is_workbook(const struct export *export) {
    return export->size >= 0 && workbook_is(export->fd);
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
    guint *shapes;
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
    struct form_reader *reader =
        form_reader_new(bound->form, settings->registry, settings->rules,
                        settings->rule_count, settings->key, settings->today);
    form_reader_report_shapes(reader, bound->shapes);
    return reader;
}

static void free_form_reader(void *reader) {
    form_reader_free(reader);
}

static bool read_complaint(void *reader, const struct row *row,
                           enum dialect_encoding encoding, void *item,
                           struct reject *reject) {
    return form_read(reader, row, encoding, item, reject);
}

static bool put_complaint(const struct export_sink *sink, const void *item,
                          enum account_kind *where, GError **error) {
    return sink->complaint(sink->data, item, where, error);
}

/* Reads what a source holds as complaints. */
static bool read_records(struct export_source *source,
                         const struct export_settings *settings,
                         const struct export_sink *sink, struct account *account,
                         GError **error) {
    struct export *export = source->export;
    scoped(form) *form =
        form_bind(export->profile, source->format->headers, export->name, error);
    if (form == NULL)
        return false;
    export->shapes = 0;
    const struct bound bound = {form, &export->shapes, settings};
    const struct reading reading = {
        .data = &bound,
        .item_bytes = sizeof(struct complaint),
        .wanted = form_wanted(form),
        .columns = form_columns(form),
        .reader_new = new_form_reader,
        .reader_free = free_form_reader,
        .read = read_complaint,
    };
    const struct pipe_sink pipe_sink = {sink, put_complaint};
    return export_source_run(source, &reading, settings->threads, &pipe_sink, account,
                             error);
}

/* What a sheet must be to be read. */
struct wish {
    const struct export_settings *settings;
    const char *profile_id;
    bool context; /* is known */
};

static bool fits(const void *data, const GPtrArray *headers) {
    const struct wish *wish = data;
    if (wish->context && context_fits(headers, wish->profile_id))
        return true;
    g_autoptr(GPtrArray) folds = fold_all(headers);
    const struct profile *known =
        profiles_recognise(wish->settings->profiles, folds, "", NULL);
    return known != NULL &&
           (wish->profile_id == NULL || strcmp(known->id, wish->profile_id) == 0);
}

static bool read_source(struct export_source *source,
                        const struct export_settings *settings, const char *profile_id,
                        const struct export_sink *sink, struct account *account,
                        GError **error) {
    const struct wish wish = {settings, profile_id, sink->context != NULL};
    struct export *export = source->export;
    if (!export_source_open(source, export, settings->profiles, settings->folder, fits,
                            &wish, error))
        return false;
    const struct context_class *context =
        sink->context != NULL ? context_recognise(source->format, profile_id) : NULL;
    if (context != NULL)
        return context_read(source, context, settings, sink, account, error);
    export->profile =
        choose_profile(export, settings, profile_id, source->format->headers, error);
    if (export->profile == NULL)
        return false;
    if (source->format->class->bind != NULL)
        source->format->class->bind(source->format, export->profile);
    return read_records(source, settings, sink, account, error);
}

bool export_read(struct export *export, const struct export_settings *settings,
                 const char *profile_id, const struct export_sink *sink,
                 struct account *account, GError **error) {
    struct export_source source = {.export = export};
    const bool good = read_source(&source, settings, profile_id, sink, account, error);
    export_source_clear(&source);
    return good;
}
