/* Wide text: UTF-16, which spreadsheets save as "Unicode text". It is turned into UTF-8
 * as it is read; the account stays in the bytes of the export. */
#ifndef BAROMETRE_WIDE_H
#define BAROMETRE_WIDE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

enum wide_order { WIDE_NONE, WIDE_LITTLE, WIDE_BIG };

struct wide {
    enum wide_order order;
    int byte;      /* the first of a unit of which the second is still to come, or −1 */
    unsigned high; /* a high surrogate whose partner is still to come, or 0 */
};

/* By the byte order mark: WIDE_NONE where there is none. */
void wide_init(struct wide *wide, const char *bytes, size_t length);

/* "UTF-16LE" or "UTF-16BE". */
const char *wide_name(enum wide_order order);

/* Adds bytes as UTF-8, the mark as a mark. A surrogate without its partner becomes
 * U+FFFD: wide text has units that are no text, and two bytes of it must stay two bytes.
 */
void wide_append(struct wide *wide, const char *bytes, size_t length, GString *text);

/* Adds what is pending at the end. False where half a unit is: the export is cut. */
bool wide_finish(struct wide *wide, GString *text);

/* How many bytes of wide text a stretch of what wide_append wrote stood for. */
size_t wide_bytes(const char *text, size_t length);

#endif
