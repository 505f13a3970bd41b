#include "export_stream.h"

#include "barometre/error.h"

#include <errno.h>
#include <unistd.h>

void export_stream_init(struct export_stream *stream, int fd, const char *name) {
    *stream = (struct export_stream){.fd = fd, .name = name, .left = -1};
    stream->digest = EVP_MD_CTX_new();
    stream->kept = g_string_new(NULL);
    stream->narrow = g_string_new(NULL);
    const bool started = EVP_DigestInit_ex(stream->digest, EVP_sha256(), NULL) == 1;
    g_assert(started);
}

void export_stream_clear(struct export_stream *stream) {
    EVP_MD_CTX_free(stream->digest);
    g_string_free(stream->kept, TRUE);
    g_string_free(stream->narrow, TRUE);
}

/* Moves bytes from the head of a buffer; returns how many. */
static size_t drain(GString *from, char *bytes, size_t capacity) {
    const size_t length = MIN(from->len, capacity);
    memcpy(bytes, from->str, length);
    g_string_erase(from, 0, (gssize)length);
    return length;
}

/* One read of the file. */
static bool read_some(struct export_stream *stream, char *bytes, size_t capacity,
                      size_t *length, GError **error) {
    ssize_t count;
    if (stream->left >= 0)
        capacity = MIN(capacity, (size_t)stream->left);
    do
        count = read(stream->fd, bytes, capacity);
    while (count < 0 && errno == EINTR);
    if (count < 0) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_IO, "%s: cannot be read: %s",
                    stream->name, g_strerror(errno));
        return false;
    }
    stream->at_end = count == 0;
    EVP_DigestUpdate(stream->digest, bytes, (size_t)count);
    stream->bytes += count;
    stream->left -= stream->left >= 0 ? count : 0;
    *length = (size_t)count;
    return true;
}

/* Reads wide text into `narrow`. */
static bool widen(struct export_stream *stream, GError **error) {
    enum { CHUNK_BYTES = 1 << 16 };
    g_autofree char *bytes = g_malloc(CHUNK_BYTES);
    size_t length;
    if (!read_some(stream, bytes, CHUNK_BYTES, &length, error))
        return false;
    wide_append(&stream->wide, bytes, length, stream->narrow);
    if (!stream->at_end || wide_finish(&stream->wide, stream->narrow))
        return true;
    g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED,
                "%s: is UTF-16 and ends within a character; ask for the file again",
                stream->name);
    return false;
}

/* Looks for the mark of wide text in the first bytes of the file and takes them back
 * where it is there. */
static void detect_wide(struct export_stream *stream, const char *bytes, size_t *filled) {
    wide_init(&stream->wide, bytes, *filled);
    if (stream->wide.order == WIDE_NONE)
        return;
    wide_append(&stream->wide, bytes, *filled, stream->narrow);
    *filled = 0;
}

bool export_stream_fill(struct export_stream *stream, char *bytes, size_t capacity,
                        size_t *length, GError **error) {
    size_t filled = drain(stream->kept, bytes, capacity);
    while (filled < capacity && (!stream->at_end || stream->narrow->len > 0)) {
        const bool wide = stream->wide.order != WIDE_NONE;
        if (wide && stream->narrow->len == 0 && !widen(stream, error))
            return false;
        if (wide) {
            filled += drain(stream->narrow, bytes + filled, capacity - filled);
            continue;
        }
        const bool first = stream->bytes < 2;
        size_t count;
        if (!read_some(stream, bytes + filled, capacity - filled, &count, error))
            return false;
        filled += count;
        if (first && stream->bytes >= 2)
            detect_wide(stream, bytes, &filled);
    }
    *length = filled;
    return true;
}

int64_t export_stream_measure(const struct export_stream *stream, const char *bytes,
                              size_t length) {
    return (int64_t)(stream->wide.order == WIDE_NONE ? length
                                                     : wide_bytes(bytes, length));
}

const char *export_stream_encoding(const struct export_stream *stream,
                                   enum dialect_encoding encoding) {
    return stream->wide.order != WIDE_NONE ? wide_name(stream->wide.order)
                                           : dialect_encoding_name(encoding);
}

void export_stream_keep(struct export_stream *stream, const char *bytes, size_t length) {
    g_string_append_len(stream->kept, bytes, (gssize)length);
}

bool export_stream_done(const struct export_stream *stream) {
    return stream->at_end && stream->kept->len == 0 && stream->narrow->len == 0;
}

void export_stream_sha256(struct export_stream *stream,
                          char sha256[static EXPORT_SHA256_SIZE]) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    EVP_DigestFinal_ex(stream->digest, digest, &size);
    for (unsigned int i = 0; i < size; i++)
        g_snprintf(sha256 + 2 * i, 3, "%02x", digest[i]);
}
