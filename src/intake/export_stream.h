/* The bytes of an export, read once and hashed on the way; UTF-16 comes out as UTF-8. */
#ifndef BAROMETRE_EXPORT_STREAM_H
#define BAROMETRE_EXPORT_STREAM_H

#include "barometre/export.h"

#include "dialect.h"
#include "wide.h"

#include <openssl/evp.h>

struct export_stream {
    int fd;
    const char *name;
    EVP_MD_CTX *digest;
    int64_t bytes; /* read so far */
    int64_t left;  /* to read at most; −1: to the end of the file */
    bool at_end;   /* the file has no more bytes */
    GString *kept; /* bytes handed back, first to come out again */
    struct wide wide;
    GString *narrow; /* of wide text: what is not out yet */
};

void export_stream_init(struct export_stream *stream, int fd, const char *name);
void export_stream_clear(struct export_stream *stream);

/* Fills `bytes` from the kept bytes, then the file, up to `capacity` or its end. Fails
 * with ERROR_IO, and with ERROR_REFUSED where UTF-16 ends within a unit. */
bool export_stream_fill(struct export_stream *stream, char *bytes, size_t capacity,
                        size_t *length, GError **error);

/* Hands bytes back for the next fill. Nothing else may be kept at the time. */
void export_stream_keep(struct export_stream *stream, const char *bytes, size_t length);

/* How many bytes of the export these are that came out of the stream. */
int64_t export_stream_measure(const struct export_stream *stream, const char *bytes,
                              size_t length);

/* What the export is written in, where its text was found to be `encoding`. */
const char *export_stream_encoding(const struct export_stream *stream,
                                   enum dialect_encoding encoding);

/* Whether no byte is left, neither kept nor in the file. */
bool export_stream_done(const struct export_stream *stream);

/* The SHA-256 of all bytes read. Called once. */
void export_stream_sha256(struct export_stream *stream,
                          char sha256[static EXPORT_SHA256_SIZE]);

#endif
