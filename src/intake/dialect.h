/* The dialect of an export: byte order mark, delimiter, encoding. */
#ifndef BAROMETRE_DIALECT_H
#define BAROMETRE_DIALECT_H

#include <glib.h>
#include <stdbool.h>

enum dialect_encoding {
    ENCODING_UNDECIDED, /* only ASCII seen so far */
    ENCODING_UTF8,
    ENCODING_WINDOWS_1252,
};

struct dialect {
    size_t mark_bytes; /* length of the UTF-8 byte order mark, 0 or 3 */
    char delimiter;    /* ',' ';' or tab */
    enum dialect_encoding encoding;
};

/* Reads the dialect off the first bytes of an export. The delimiter is the most frequent
 * of , ; and tab outside quotes on the first line. The encoding is that of most whole
 * lines that hold a byte beyond ASCII, so that a garbled one does not speak for the
 * others: UTF-8 where they are valid UTF-8, else Windows-1252. */
void dialect_detect(struct dialect *dialect, const char *bytes, size_t length);

/* Lets one more record bear on the encoding. Where the first bytes did not decide, the
 * first record beyond ASCII does, for the whole export. Later records that contradict it
 * are refused one by one, so nothing is misread. */
void dialect_observe(struct dialect *dialect, const char *bytes, size_t length);

const char *dialect_encoding_name(enum dialect_encoding encoding);

#endif
