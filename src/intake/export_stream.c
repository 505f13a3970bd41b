#include "export_stream.h"

#include "barometre/error.h"

#include <errno.h>
#include <unistd.h>

void export_stream_init(struct export_stream *stream, int fd, const char *name) {
    *stream = (struct export_stream){.fd = fd, .name = name};
    stream->digest = EVP_MD_CTX_new();
    stream->kept = g_string_new(NULL);
    const bool started = EVP_DigestInit_ex(stream->digest, EVP_sha256(), NULL) == 1;
    g_assert(started);
}

void export_stream_clear(struct export_stream *stream) {
    EVP_MD_CTX_free(stream->digest);
    g_string_free(stream->kept, TRUE);
}

bool export_stream_fill(struct export_stream *stream, char *bytes, size_t capacity,
                        size_t *length, GError **error) {
    size_t filled = MIN(stream->kept->len, capacity);
    memcpy(bytes, stream->kept->str, filled);
    g_string_erase(stream->kept, 0, (gssize)filled);
    while (filled < capacity && !stream->at_end) {
        const ssize_t count = read(stream->fd, bytes + filled, capacity - filled);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            g_set_error(error, BAROMETRE_ERROR, ERROR_IO, "%s: cannot be read: %s",
                        stream->name, g_strerror(errno));
            return false;
        }
        stream->at_end = count == 0;
        EVP_DigestUpdate(stream->digest, bytes + filled, (size_t)count);
        filled += (size_t)count;
        stream->bytes += count;
    }
    *length = filled;
    return true;
}

void export_stream_keep(struct export_stream *stream, const char *bytes, size_t length) {
    g_string_append_len(stream->kept, bytes, (gssize)length);
}

bool export_stream_done(const struct export_stream *stream) {
    return stream->at_end && stream->kept->len == 0;
}

void export_stream_sha256(struct export_stream *stream,
                          char sha256[static EXPORT_SHA256_SIZE]) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    EVP_DigestFinal_ex(stream->digest, digest, &size);
    for (unsigned int i = 0; i < size; i++)
        g_snprintf(sha256 + 2 * i, 3, "%02x", digest[i]);
}
