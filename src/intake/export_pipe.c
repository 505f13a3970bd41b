#include "export_pipe.h"

#include "barometre/error.h"
#include "record.h"

#include <pthread.h>

enum {
    BATCH_BYTES =
        2 * LIMIT_RECORD_BYTES, /* more than a record, so a cut always succeeds */
    BATCH_RECORDS = 4096,
    BATCHES = 6, /* in flight: bounds the memory */
};

struct placed_record {
    size_t start;   /* in the batch */
    int64_t offset; /* in the export */
    int64_t bytes;  /* of the export */
    int64_t line;
    struct record record;
};

enum outcome_kind { OUTCOME_BLANK, OUTCOME_HEADER, OUTCOME_ITEM, OUTCOME_REJECT };

struct outcome {
    enum outcome_kind what;
    guint index; /* in the batch's items or rejects */
};

struct batch {
    char *bytes;
    int64_t offset; /* in the export, of the first record */
    enum dialect_encoding encoding;
    GArray *records;  /* struct placed_record */
    GArray *outcomes; /* struct outcome, one a record */
    GArray *items;    /* of the reading's size */
    GArray *rejects;  /* struct reject */
    bool read;        /* under the lock: outcomes are there */
};

struct run {
    const struct export_pipe *pipe;
    int64_t offset, line; /* of the stream's next byte in the export; lines from 1 */
    /* Of pthread rather than GLib: a race detector knows these. */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    GQueue empty, cut, ordered; /* under the lock, as batch->read */
    gint stopped;               /* atomic: the receiver gave up */
    GError *error;              /* of the cutting thread; read after it ended */
};

static struct batch end_of_export; /* the last thing in a queue */

static void push(struct run *run, GQueue *queue, struct batch *batch) {
    pthread_mutex_lock(&run->lock);
    g_queue_push_tail(queue, batch);
    pthread_cond_broadcast(&run->changed);
    pthread_mutex_unlock(&run->lock);
}

static struct batch *pop(struct run *run, GQueue *queue) {
    pthread_mutex_lock(&run->lock);
    while (g_queue_is_empty(queue))
        pthread_cond_wait(&run->changed, &run->lock);
    struct batch *batch = g_queue_pop_head(queue);
    pthread_mutex_unlock(&run->lock);
    return batch;
}

static struct batch *batch_new(size_t item_bytes) {
    struct batch *batch = g_new0(struct batch, 1);
    batch->bytes = g_malloc(BATCH_BYTES);
    batch->records = g_array_new(FALSE, FALSE, sizeof(struct placed_record));
    batch->outcomes = g_array_new(FALSE, FALSE, sizeof(struct outcome));
    batch->items = g_array_new(FALSE, FALSE, (guint)item_bytes);
    batch->rejects = g_array_new(FALSE, FALSE, sizeof(struct reject));
    return batch;
}

static void batch_free(struct batch *batch) {
    g_free(batch->bytes);
    g_array_unref(batch->records);
    g_array_unref(batch->outcomes);
    g_array_unref(batch->items);
    g_array_unref(batch->rejects);
    g_free(batch);
}

/* Cuts the bytes of a batch into records; what is left goes back to the stream. */
static bool cut_records(struct run *run, struct batch *batch, size_t length) {
    struct export_stream *stream = run->pipe->stream;
    struct format *format = run->pipe->format;
    const bool at_end = export_stream_done(stream);
    size_t start = 0;
    struct record record;
    while (start < length && batch->records->len < BATCH_RECORDS &&
           format->class->cut(format, batch->bytes + start, length - start, at_end,
                              &record)) {
        if (record.kind == RECORD_TOO_LONG && record.length > LIMIT_RECORD_BYTES) {
            g_set_error(&run->error, BAROMETRE_ERROR, ERROR_REFUSED,
                        "%s:%" G_GINT64_FORMAT ": a record is longer than 1 MiB; this is "
                        "not an export of complaints",
                        stream->name, run->line);
            return false;
        }
        const struct placed_record placed = {
            .start = start,
            .offset = run->offset,
            .bytes = export_stream_measure(stream, batch->bytes + start, record.length),
            .line = record.number > 0 ? record.number : run->line,
            .record = record,
        };
        g_array_append_val(batch->records, placed);
        run->offset += placed.bytes;
        dialect_observe(&format->dialect, batch->bytes + start, record.length);
        start += record.length;
        run->line += record.lines;
    }
    batch->encoding = format->dialect.encoding;
    export_stream_keep(stream, batch->bytes + start, length - start);
    return true;
}

static void *cut_export(void *data) {
    struct run *run = data;
    struct export_stream *stream = run->pipe->stream;
    while (!export_stream_done(stream) && g_atomic_int_get(&run->stopped) == 0) {
        struct batch *batch = pop(run, &run->empty);
        size_t length;
        g_array_set_size(batch->records, 0);
        batch->read = false;
        batch->offset = run->offset;
        if (!export_stream_fill(stream, batch->bytes, BATCH_BYTES, &length,
                                &run->error) ||
            !cut_records(run, batch, length)) {
            push(run, &run->empty, batch);
            break;
        }
        push(run, &run->ordered, batch);
        push(run, &run->cut, batch);
    }
    push(run, &run->ordered, &end_of_export);
    for (int t = 0; t < run->pipe->threads; t++)
        push(run, &run->cut, &end_of_export);
    return NULL;
}

static enum reject_rule fault_rule(enum record_kind kind) {
    switch (kind) {
    case RECORD_STRAY_QUOTE:
        return REJECT_STRAY_QUOTE;
    case RECORD_AFTER_QUOTE:
        return REJECT_AFTER_QUOTE;
    case RECORD_UNCLOSED:
        return REJECT_UNCLOSED;
    case RECORD_MALFORMED:
        return REJECT_MALFORMED;
    case RECORD_TOO_LONG:
        return REJECT_TOO_LONG;
    case RECORD_WHOLE:
    case RECORD_BLANK:
    case RECORD_HEADER:
        break;
    }
    g_assert_not_reached();
}

/* What one thread reads with. */
struct hand {
    const struct export_pipe *pipe;
    struct taker *taker;
    void *reader;
    void *item;
};

/* Takes and reads a whole record. A row without any cell is blank. */
static enum outcome_kind read_whole(const struct hand *hand, const struct batch *batch,
                                    const struct placed_record *placed,
                                    struct reject *reject) {
    const struct row *row = hand->pipe->format->class->take(
        hand->taker, batch->bytes + placed->start, placed->record.length, reject);
    if (row == NULL)
        return OUTCOME_REJECT;
    if (row->count == 0)
        return OUTCOME_BLANK;
    return hand->pipe->reading->read(hand->reader, row, batch->encoding, hand->item,
                                     reject)
               ? OUTCOME_ITEM
               : OUTCOME_REJECT;
}

static void read_record(const struct hand *hand, struct batch *batch,
                        const struct placed_record *placed) {
    struct outcome outcome = {OUTCOME_REJECT, batch->rejects->len};
    struct reject reject = {.label = ""};
    const enum record_kind kind = placed->record.kind;
    if (kind == RECORD_BLANK)
        outcome.what = OUTCOME_BLANK;
    else if (kind == RECORD_HEADER)
        outcome.what = OUTCOME_HEADER;
    else if (kind != RECORD_WHOLE)
        reject.rule = fault_rule(kind);
    else
        outcome.what = read_whole(hand, batch, placed, &reject);
    if (outcome.what == OUTCOME_ITEM)
        outcome.index = batch->items->len;
    if (outcome.what == OUTCOME_ITEM)
        g_array_append_vals(batch->items, hand->item, 1);
    if (outcome.what == OUTCOME_REJECT) {
        if (hand->pipe->format->class->by_name)
            reject.column = 0;
        reject.line = placed->line;
        reject.offset = placed->offset;
        reject.length = placed->record.length;
        g_array_append_val(batch->rejects, reject);
    }
    g_array_append_val(batch->outcomes, outcome);
}

static void *read_records(void *data) {
    struct run *run = data;
    const struct export_pipe *pipe = run->pipe;
    const struct reading *reading = pipe->reading;
    const struct hand hand = {
        .pipe = pipe,
        .taker = pipe->format->class->taker_new(pipe->format, reading->wanted,
                                                reading->columns),
        .reader = reading->reader_new(reading->data),
        .item = g_malloc0(reading->item_bytes),
    };
    for (struct batch *batch; (batch = pop(run, &run->cut)) != &end_of_export;) {
        g_array_set_size(batch->outcomes, 0);
        g_array_set_size(batch->items, 0);
        g_array_set_size(batch->rejects, 0);
        for (guint i = 0; i < batch->records->len; i++)
            read_record(&hand, batch,
                        &g_array_index(batch->records, struct placed_record, i));
        pthread_mutex_lock(&run->lock);
        batch->read = true;
        pthread_cond_broadcast(&run->changed);
        pthread_mutex_unlock(&run->lock);
    }
    pipe->format->class->taker_free(hand.taker);
    reading->reader_free(hand.reader);
    g_free(hand.item);
    return NULL;
}

static bool receive(const struct batch *batch, guint i, const struct pipe_sink *sink,
                    enum account_kind *where, GError **error) {
    const struct outcome outcome = g_array_index(batch->outcomes, struct outcome, i);
    switch (outcome.what) {
    case OUTCOME_BLANK:
        *where = ACCOUNT_BLANK;
        return true;
    case OUTCOME_HEADER:
        *where = ACCOUNT_HEADER;
        return true;
    case OUTCOME_ITEM: {
        const size_t size = g_array_get_element_size(batch->items);
        return sink->item(sink->sink, batch->items->data + outcome.index * size, where,
                          error);
    }
    case OUTCOME_REJECT: {
        const struct reject *reject =
            &g_array_index(batch->rejects, struct reject, outcome.index);
        *where = ACCOUNT_REJECTED;
        return sink->sink->reject(
            sink->sink->data, reject,
            batch->bytes + g_array_index(batch->records, struct placed_record, i).start,
            error);
    }
    }
    g_assert_not_reached();
}

/* Takes the batches in the order of the export, until its end even after a failure, so
 * that the other threads can end. */
static bool receive_all(struct run *run, const struct pipe_sink *sink,
                        struct account *account, GError **error) {
    bool good = true;
    for (struct batch *batch; (batch = pop(run, &run->ordered)) != &end_of_export;) {
        pthread_mutex_lock(&run->lock);
        while (!batch->read)
            pthread_cond_wait(&run->changed, &run->lock);
        pthread_mutex_unlock(&run->lock);
        for (guint i = 0; good && i < batch->records->len; i++) {
            enum account_kind where;
            good = receive(batch, i, sink, &where, error);
            if (!good)
                break;
            account->records[where] += where != ACCOUNT_HEADER;
            account->bytes[where] +=
                g_array_index(batch->records, struct placed_record, i).bytes;
        }
        if (!good)
            g_atomic_int_set(&run->stopped, 1);
        if (sink->sink->progress != NULL)
            sink->sink->progress(sink->sink->data, batch->offset, run->pipe->size);
        push(run, &run->empty, batch);
    }
    return good;
}

bool export_pipe_run(const struct export_pipe *pipe, const struct pipe_sink *sink,
                     struct account *account, GError **error) {
    const struct format *format = pipe->format;
    struct run run = {
        .pipe = pipe, .offset = pipe->offset, .line = 1 + (int64_t)format->head_lines};
    pthread_mutex_init(&run.lock, NULL);
    pthread_cond_init(&run.changed, NULL);
    for (int b = 0; b < BATCHES; b++)
        push(&run, &run.empty, batch_new(pipe->reading->item_bytes));
    GThread *cutter = g_thread_new("cut", cut_export, &run);
    g_autoptr(GPtrArray) readers = g_ptr_array_new();
    for (int t = 0; t < pipe->threads; t++)
        g_ptr_array_add(readers, g_thread_new("read", read_records, &run));
    bool good = receive_all(&run, sink, account, error);
    g_thread_join(cutter);
    for (guint t = 0; t < readers->len; t++)
        g_thread_join(g_ptr_array_index(readers, t));
    if (good && run.error != NULL) {
        g_propagate_error(error, g_steal_pointer(&run.error));
        good = false;
    }
    g_clear_error(&run.error);
    g_queue_clear_full(&run.empty, (GDestroyNotify)batch_free);
    g_queue_clear(&run.cut);
    g_queue_clear(&run.ordered);
    pthread_mutex_destroy(&run.lock);
    pthread_cond_destroy(&run.changed);
    return good;
}
