/* The bytes of an export, read once and hashed on the way. */
#ifndef BAROMETRE_EXPORT_STREAM_H
#define BAROMETRE_EXPORT_STREAM_H

#include "barometre/export.h"

#include <openssl/evp.h>

struct export_stream {
    int fd;
    const char *name;
    EVP_MD_CTX *digest;
    int64_t bytes; /* read so far */
    bool at_end;   /* the file has no more bytes */
    GString *kept; /* bytes handed back, first to come out again */
};

void export_stream_init(struct export_stream *stream, int fd, const char *name);
void export_stream_clear(struct export_stream *stream);

/* Fills `bytes` from the kept bytes, then the file, up to `capacity` or its end. Fails
 * with ERROR_IO. */
bool export_stream_fill(struct export_stream *stream, char *bytes, size_t capacity,
                        size_t *length, GError **error);

/* Hands bytes back for the next fill. Nothing else may be kept at the time. */
void export_stream_keep(struct export_stream *stream, const char *bytes, size_t length);

/* Whether no byte is left, neither kept nor in the file. */
bool export_stream_done(const struct export_stream *stream);

/* The SHA-256 of all bytes read. Called once. */
void export_stream_sha256(struct export_stream *stream,
                          char sha256[static EXPORT_SHA256_SIZE]);

#endif
