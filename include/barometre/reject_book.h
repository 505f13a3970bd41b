/* The book of rejects of one export, in rejects/<sha256>.jsonl (0600): one JSON object a
 * line. The first is its cover: name, header and dialect of the export; then the refused
 * records with the rule, the place and the raw bytes.
 *
 * Raw bytes may hold what people wrote: the book is outside the store, with a life of its
 * own, and never leaves the analyst's machine.
 */
#ifndef BAROMETRE_REJECT_BOOK_H
#define BAROMETRE_REJECT_BOOK_H

#include "barometre/observatory.h"
#include "barometre/reject.h"

struct reject_book;

/* Opens a new book that is not yet kept. Fails with ERROR_CREATE. Freed without
 * reject_book_keep, it leaves nothing. Free with reject_book_free. */
struct reject_book *reject_book_new(const struct observatory *observatory,
                                    const char *export_name, GError **error);
void reject_book_free(struct reject_book *book);
SCOPE_DEFINE(reject_book)

/* Adds a reject; `bytes` are its record's. */
bool reject_book_add(struct reject_book *book, const struct reject *reject,
                     const char *bytes, GError **error);

/* What the export began with, and how it is to be read. */
struct reject_cover {
    const char *sha256, *source; /* hash and name of the export */
    const char *header;          /* its line of columns, or NULL: not kept */
    size_t header_bytes;         /* to be written; read back it is UTF-8, NUL-ended */
    char delimiter;
    const char *encoding;
};

/* Makes the book durable under the export's hash; one without rejects is dropped, and an
 * earlier book of that export with it. */
bool reject_book_keep(struct reject_book *book, const struct reject_cover *cover,
                      GError **error);

/* Removes the book of an export, durably; none is fine. */
bool reject_book_remove(const struct observatory *observatory, const char *sha256,
                        GError **error);

/* One refused record, read back; strings are valid during the call. */
struct reject_entry {
    const struct reject_cover *cover;
    const char *source; /* name of the export */
    const char *rule;   /* code */
    int64_t line, offset, length;
    int32_t column;
    const char *label;
    const char *name; /* of a marketplace that was not known, or "" */
    const char *raw; /* the record as text, of the export's encoding; what is none: U+FFFD
                      */
};

/* Calls for every entry of every book, by hash then line. Fails with ERROR_IO. */
bool reject_book_each(const struct observatory *observatory,
                      bool (*call)(void *data, const struct reject_entry *entry),
                      void *data, GError **error);

#endif
