#include "export_source.h"

#include "barometre/error.h"

#include <unistd.h>

/* More than a record, so that the first one is whole. */
enum { HEAD_BYTES = 2 * LIMIT_RECORD_BYTES };

static bool fill_head(struct export_source *source, GError **error) {
    if (source->head == NULL)
        source->head = g_malloc(HEAD_BYTES);
    return export_stream_fill(&source->stream, source->head, HEAD_BYTES, &source->length,
                              error);
}

static bool open_table(struct export_source *source, const struct profiles *profiles,
                       GError **error) {
    const char *name = source->export->name;
    if (!fill_head(source, error))
        return false;
    const bool whole = export_stream_done(&source->stream);
    source->format =
        format_json_looks_like(source->head, source->length)
            ? format_json_open(source->head, source->length, whole, profiles, name, error)
            : format_csv_open(source->head, source->length, whole, name, error);
    return source->format != NULL;
}

/* Puts the stream at a sheet's beginning and opens it; without a format where the sheet
 * has no header. */
static bool open_sheet(struct export_source *source, guint number, GError **error) {
    const struct workbook_sheet *sheet =
        g_ptr_array_index(source->workbook->sheets, number);
    format_free(g_steal_pointer(&source->format));
    export_stream_clear(&source->stream);
    export_stream_init(&source->stream, sheet->part->fd, source->export->name);
    source->stream.left = (int64_t)sheet->length;
    if (lseek(sheet->part->fd, (off_t)sheet->offset, SEEK_SET) < 0 ||
        !fill_head(source, error))
        return false;
    source->format =
        format_sheet_open(source->workbook, number, source->head, source->length,
                          export_stream_done(&source->stream));
    return true;
}

static bool open_workbook(struct export_source *source, const char *folder,
                          bool (*fits)(const void *data, const GPtrArray *headers),
                          const void *data, GError **error) {
    struct export *export = source->export;
    if (!export_hash(export, error))
        return false;
    source->workbook = workbook_open(export->fd, folder, export->name, error);
    if (source->workbook == NULL)
        return false;
    int first = -1;
    for (guint s = 0; s < source->workbook->sheets->len; s++) {
        if (!open_sheet(source, s, error))
            return false;
        if (source->format != NULL && fits(data, source->format->headers))
            return true;
        if (source->format != NULL && first < 0)
            first = (int)s;
    }
    if (first >= 0)
        return open_sheet(source, (guint)first, error);
    g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED,
                "%s: none of its sheets begins with a row of column names", export->name);
    return false;
}

bool export_source_open(struct export_source *source, struct export *export,
                        const struct profiles *profiles, const char *folder,
                        bool (*fits)(const void *data, const GPtrArray *headers),
                        const void *data, GError **error) {
    *source = (struct export_source){.export = export};
    if (fstat(export->fd, &source->before) != 0)
        source->before = (struct stat){0};
    export_stream_init(&source->stream, export->fd, export->name);
    return export_is_workbook(export) ? open_workbook(source, folder, fits, data, error)
                                      : open_table(source, profiles, error);
}

void export_source_clear(struct export_source *source) {
    format_free(source->format);
    workbook_free(source->workbook);
    export_stream_clear(&source->stream);
    g_free(source->head);
}

static bool is_unchanged(const struct export_source *source, GError **error) {
    const struct export *export = source->export;
    const struct stat *before = &source->before;
    const int64_t bytes =
        source->workbook != NULL ? before->st_size : source->stream.bytes;
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

/* The bytes before the first record that is cut. */
static void account_head(struct export_source *source, struct account *account) {
    const struct format *format = source->format;
    const size_t mark = format->dialect.mark_bytes;
    account->bytes[ACCOUNT_MARK] =
        export_stream_measure(&source->stream, source->head, mark);
    account->records[ACCOUNT_HEADER] = format->head_bytes > mark;
    account->bytes[ACCOUNT_HEADER] = export_stream_measure(
        &source->stream, source->head + mark, format->head_bytes - mark);
    export_stream_keep(&source->stream, source->head + format->head_bytes,
                       source->length - format->head_bytes);
}

/* What a workbook holds beside the rows of its sheet describes them. */
static void account_rest(const struct export_source *source, struct account *account) {
    account->bytes_total =
        source->workbook != NULL ? source->workbook->bytes : source->stream.bytes;
    if (source->workbook == NULL)
        return;
    account->bytes[ACCOUNT_HEADER] = account->bytes_total;
    for (int k = 0; k < ACCOUNT_KINDS; k++)
        if (k != ACCOUNT_HEADER)
            account->bytes[ACCOUNT_HEADER] -= account->bytes[k];
}

bool export_source_run(struct export_source *source, const struct reading *reading,
                       int threads, const struct pipe_sink *sink, struct account *account,
                       GError **error) {
    struct export *export = source->export;
    *account = (struct account){0};
    account_head(source, account);
    const struct export_pipe pipe = {
        .stream = &source->stream,
        .format = source->format,
        .reading = reading,
        .threads = threads,
        .offset = account->bytes[ACCOUNT_MARK] + account->bytes[ACCOUNT_HEADER],
        .size = source->workbook != NULL ? -1 : export->size,
    };
    if (!export_pipe_run(&pipe, sink, account, error) || !is_unchanged(source, error))
        return false;
    account_rest(source, account);
    export->format = source->format->class->name;
    export->delimiter = source->format->dialect.delimiter;
    export->encoding =
        export_stream_encoding(&source->stream, source->format->dialect.encoding);
    if (source->workbook == NULL)
        export_stream_sha256(&source->stream, export->sha256);
    if (account_records(account) > 0 ||
        (reading->may_pass && account->records[ACCOUNT_BLANK] > 0))
        return true;
    g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED,
                "%s:1: the export has a header and no record", export->name);
    return false;
}
