#include "barometre/error.h"
#include "companion_private.h"
#include "export_stream.h"

#include <string.h>

/* A companion is a table of hundreds of lines; what is larger is something else. */
enum { MOST_BYTES = 16 << 20 };

/* Where the reading of an export stands. */
struct cursor {
    const struct export_stream *stream;
    const char *bytes;
    size_t length, offset;
    int64_t line;
    struct record record;
};

static enum reject_rule fault_rule(enum record_kind kind) {
    switch (kind) {
    case RECORD_STRAY_QUOTE:
        return REJECT_STRAY_QUOTE;
    case RECORD_AFTER_QUOTE:
        return REJECT_AFTER_QUOTE;
    case RECORD_UNCLOSED:
        return REJECT_UNCLOSED;
    case RECORD_MALFORMED:
    case RECORD_TOO_LONG:
    case RECORD_WHOLE: /* its quoting is right, so a field is too long */
    case RECORD_BLANK:
    case RECORD_HEADER:
        break;
    }
    return REJECT_TOO_LONG;
}

static bool read_record(const struct cursor *cursor, struct companion_reader *reader,
                        struct csv_record *fields, const struct companion_sink *sink,
                        enum account_kind *where, GError **error) {
    const struct record *record = &cursor->record;
    const char *bytes = cursor->bytes + cursor->offset;
    if (record->kind == RECORD_BLANK) {
        *where = ACCOUNT_BLANK;
        return true;
    }
    struct companion companion;
    struct reject reject = {
        .rule = fault_rule(record->kind),
        .line = cursor->line,
        .offset = export_stream_measure(cursor->stream, cursor->bytes, cursor->offset),
        .length = record->length,
        .label = "",
    };
    if (record->kind == RECORD_WHOLE && csv_record_read(fields, bytes, record->length) &&
        companion_reader_read(reader, csv_record_row(fields), &companion, &reject))
        return sink->companion(sink->data, &companion, where, error);
    *where = ACCOUNT_REJECTED;
    return sink->reject(sink->data, &reject, bytes, error);
}

/* All records after the header. */
static bool read_records(struct cursor *cursor, struct companion_header *header,
                         struct companion_reader *reader,
                         const struct companion_sink *sink, struct account *account,
                         GError **error) {
    struct record_rules rules;
    record_rules_init(&rules, header->dialect.delimiter);
    scoped(csv_record) *fields =
        csv_record_new(header->dialect.delimiter, NULL, header->labels->len);
    while (cursor->offset < cursor->length) {
        const char *bytes = cursor->bytes + cursor->offset;
        const bool cut = record_cut(&rules, bytes, cursor->length - cursor->offset, true,
                                    &cursor->record);
        g_assert(cut);
        dialect_observe(&header->dialect, bytes, cursor->record.length);
        enum account_kind where;
        if (!read_record(cursor, reader, fields, sink, &where, error))
            return false;
        account->records[where]++;
        account->bytes[where] +=
            export_stream_measure(cursor->stream, bytes, cursor->record.length);
        cursor->offset += cursor->record.length;
        cursor->line += cursor->record.lines;
    }
    return true;
}

static bool refuse(const struct export *export, const char *what, GError **error) {
    g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED, "%s:1: the export %s",
                export->name, what);
    return false;
}

static bool read_bytes(struct export *export, const struct export_stream *stream,
                       const struct companion_kind *kind, const struct registry *registry,
                       int32_t today, const char *bytes, size_t length,
                       const struct companion_sink *sink, struct account *account,
                       GError **error) {
    if (length == 0)
        return refuse(export, "is empty", error);
    scoped(companion_header) *header =
        companion_header_read(bytes, length, true, export->name, error);
    if (header == NULL)
        return false;
    const char *missing = companion_header_bind(header, kind);
    if (missing != NULL) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED,
                    "%s:1: no column is named '%s', which the table '%s' needs; add it",
                    export->name, missing, kind->profile.id);
        return false;
    }
    const size_t mark = header->dialect.mark_bytes;
    account->bytes[ACCOUNT_MARK] = export_stream_measure(stream, bytes, mark);
    account->records[ACCOUNT_HEADER] = 1;
    account->bytes[ACCOUNT_HEADER] =
        export_stream_measure(stream, bytes + mark, header->record.length);
    scoped(companion_reader) *reader =
        companion_reader_new(kind, header, registry, today);
    struct cursor cursor = {
        .stream = stream,
        .bytes = bytes,
        .length = length,
        .offset = header->dialect.mark_bytes + header->record.length,
        .line = 1 + (int64_t)header->record.lines,
    };
    if (!read_records(&cursor, header, reader, sink, account, error))
        return false;
    export->profile = &kind->profile;
    export->format = "CSV";
    export->delimiter = header->dialect.delimiter;
    export->encoding = export_stream_encoding(stream, header->dialect.encoding);
    return account_records(account) > 0 ||
           refuse(export, "has a header and no record", error);
}

bool companion_read(struct export *export, const struct companion_kind *kind,
                    const struct registry *registry, int32_t today,
                    const struct companion_sink *sink, struct account *account,
                    GError **error) {
    *account = (struct account){0};
    struct export_stream stream;
    export_stream_init(&stream, export->fd, export->name);
    g_autofree char *bytes = g_malloc(MOST_BYTES);
    size_t length = 0;
    bool good = export_stream_fill(&stream, bytes, MOST_BYTES, &length, error);
    if (good && !stream.at_end)
        good = refuse(export, "is larger than 16 MiB; this is no companion table", error);
    if (good && export->size >= 0 && export->size != stream.bytes)
        good = refuse(export, "changed while it was read; drop it whole, then try again",
                      error);
    good = good && read_bytes(export, &stream, kind, registry, today, bytes, length, sink,
                              account, error);
    account->bytes_total = stream.bytes;
    if (good)
        export_stream_sha256(&stream, export->sha256);
    export_stream_clear(&stream);
    return good;
}
