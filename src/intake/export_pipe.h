/* The pipe of an export: one thread cuts records, others read them, the caller's receives
 * them in order. What the records are made of is the format's to know, what they mean the
 * reading's. */
#ifndef BAROMETRE_EXPORT_PIPE_H
#define BAROMETRE_EXPORT_PIPE_H

#include "barometre/export.h"
#include "export_stream.h"
#include "format.h"

/* What rows become: complaints, statements … One reader a thread. */
struct reading {
    const void *data;   /* the reading's own */
    size_t item_bytes;  /* of what a row becomes: a struct that owns nothing */
    const bool *wanted; /* columns that are read at all */
    size_t columns;
    bool may_pass; /* an export may hold nothing but records that are passed over */
    void *(*reader_new)(const void *data);
    void (*reader_free)(void *reader);
    /* True: `item` holds it. False: refused, and `reject` says by which rule and in which
     * column. */
    bool (*read)(void *reader, const struct row *row, enum dialect_encoding encoding,
                 void *item, struct reject *reject);
};

/* Receives what became of the records, in the order of the export. */
struct pipe_sink {
    const struct export_sink *sink; /* has the refused ones, and is told the progress */
    bool (*item)(const struct export_sink *sink, const void *item,
                 enum account_kind *where, GError **error);
};

struct export_pipe {
    struct export_stream *stream; /* at the first byte after the format's head */
    struct format *format;        /* its encoding may be decided on the way */
    const struct reading *reading;
    int threads;
    int64_t offset; /* bytes of the export before the stream's next */
    int64_t size;   /* of the export, −1 where unknown */
};

/* Runs the pipe to the end of the stream and fills the account of the records met. */
bool export_pipe_run(const struct export_pipe *pipe, const struct pipe_sink *sink,
                     struct account *account, GError **error);

#endif
