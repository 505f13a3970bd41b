/* Records: an export cut into records, every byte in exactly one of them.
 *
 * Quoting is checked strictly (RFC 4180): a quoted field opens with a quote as the
 * field's first byte and closes with a quote followed by a delimiter, a line end or the
 * end of the export; a doubled quote stands for one. A fault costs the physical line on
 * which the record began, and reading resumes at the next line. So a stray quote costs
 * one line and a legal multi-line field passes. Lines end with LF, CRLF or CR.
 */
#ifndef BAROMETRE_RECORD_H
#define BAROMETRE_RECORD_H

#include "limit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum record_kind {
    RECORD_WHOLE,
    RECORD_BLANK,       /* what stands between records: a line end and nothing else */
    RECORD_HEADER,      /* what a format holds around its records; none in CSV */
    RECORD_STRAY_QUOTE, /* a quote inside an unquoted field */
    RECORD_AFTER_QUOTE, /* a byte after a closing quote */
    RECORD_UNCLOSED,    /* a quoted field without end */
    RECORD_MALFORMED,   /* of another format than CSV: breaks its grammar */
    RECORD_TOO_LONG,    /* past the limit */
};

struct record {
    enum record_kind kind;
    uint32_t length; /* bytes, line end included */
    uint32_t lines;  /* physical lines it spans */
    uint32_t number; /* what a person finds it by, where not its line: a sheet's row */
    uint32_t fault;  /* offset of the byte that breaks the rules, 0 in a whole record */
};

/* What a delimiter makes of each byte. */
struct record_rules {
    char delimiter;
    bool stops[256]; /* bytes at which an unquoted field ends or breaks the rules */
};

void record_rules_init(struct record_rules *rules, char delimiter);

/* Cuts the record that begins at `bytes`. Returns false where more bytes are needed to
 * tell, which never happens with `at_end` (the bytes are the export's last) nor with more
 * than LIMIT_RECORD_BYTES at hand. `length` > 0. Linear in the record. */
bool record_cut(const struct record_rules *rules, const char *bytes, size_t length,
                bool at_end, struct record *record);

/* The end of the field that begins at `start` of a whole record, whose `length` does not
 * count the line end: the offset of the delimiter after it, or `length`. */
size_t record_field_end(char delimiter, const char *bytes, size_t length, size_t start);

#endif
