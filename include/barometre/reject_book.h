/* The book of rejects of one export: refused records with the rule, the place and the raw
 * bytes, one JSON object a line, in rejects/<sha256>.jsonl (0600).
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

/* Makes the book durable under the export's hash; one without rejects is dropped. */
bool reject_book_keep(struct reject_book *book, const char *sha256, GError **error);

/* One refused record, read back; strings are valid during the call. */
struct reject_entry {
    const char *source; /* name of the export */
    const char *rule;   /* code */
    int64_t line, offset, length;
    int32_t column;
    const char *label;
    const char *name; /* of a marketplace that was not known, or "" */
    const char *raw;  /* the record as text; bytes that are not UTF-8 as U+FFFD */
};

/* Calls for every entry of every book, by hash then line. Fails with ERROR_IO. */
bool reject_book_each(const struct observatory *observatory,
                      bool (*call)(void *data, const struct reject_entry *entry),
                      void *data, GError **error);

#endif
