/* Scans JSON by its grammar alone (RFC 8259): where does an object end? */
#ifndef BAROMETRE_JSON_SCAN_H
#define BAROMETRE_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>

enum json_scan { JSON_SCAN_WHOLE, JSON_SCAN_FAULT, JSON_SCAN_MORE };

/* Scans the object that begins at `bytes`. WHOLE: `at` is the offset after its brace.
 * FAULT: that of the byte that breaks the grammar. MORE: it does not end at hand. Numbers
 * and words are taken by their characters only; strings by their quotes, escapes and the
 * absence of control characters. Linear. */
enum json_scan json_scan_object(const char *bytes, size_t length, size_t *at);

/* The length of "{" to the colon after the first key; 0 where that is not at hand. */
size_t json_scan_opening(const char *bytes, size_t length);

/* Whether other bytes begin as an opening does, spaces aside. */
bool json_scan_opens_alike(const char *opening, size_t opening_length, const char *bytes,
                           size_t length);

#endif
