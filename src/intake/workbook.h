/* A workbook: the sheets of an XLSX (ECMA-376) or ODS (OASIS OpenDocument 1.3) file, each
 * as the bytes of its own XML, and what its cells need to be understood.
 *
 * The parts that matter are unpacked into nameless files and mapped: they may come in any
 * order in the archive, and memory does not grow with them.
 */
#ifndef BAROMETRE_WORKBOOK_H
#define BAROMETRE_WORKBOOK_H

#include "barometre/scope.h"

#include "spill.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum workbook_kind { WORKBOOK_XLSX, WORKBOOK_ODS };

/* A file of the archive, unpacked. */
struct workbook_part {
    char *path;
    int fd;
    const char *bytes; /* mapped; NULL where there are none */
    size_t length;
};

/* A sheet's XML, inside a part. */
struct workbook_sheet {
    char *name;
    const struct workbook_part *part;
    size_t offset, length; /* of the part */
};

struct workbook {
    enum workbook_kind kind;
    GPtrArray *parts;  /* struct workbook_part */
    GPtrArray *sheets; /* struct workbook_sheet, in the order of the tabs */
    bool from_1904;    /* days count from 1904-01-01, else from 1899-12-30 */
    GArray *dates;     /* bool, by style of a cell: it shows a date */
    /* They may be larger than all that is read at a time: in files. */
    struct spill strings; /* the shared strings, one after the other */
    struct spill ends;    /* uint64_t, where each of them ends */
    int64_t bytes;        /* of all parts of the archive, unpacked */
};

/* Whether a file is a workbook: an archive that holds the part every workbook has. Leaves
 * the file at its beginning. */
bool workbook_is(int fd);

/* Opens the workbook in a file, with nameless files in `folder`. Fails with ERROR_REFUSED
 * where it is damaged, encrypted, beyond the limits or without a sheet. Free with
 * workbook_free. */
struct workbook *workbook_open(int fd, const char *folder, const char *name,
                               GError **error);
void workbook_free(struct workbook *workbook);
SCOPE_DEFINE(workbook)

/* A shared string, not NUL-ended; NULL where there is none of this number. */
const char *workbook_string(const struct workbook *workbook, uint64_t number,
                            size_t *length);

/* Gives back the memory of the shared strings looked at so far. */
void workbook_forget_strings(const struct workbook *workbook);

/* Whether a cell of a style shows a date. */
bool workbook_shows_date(const struct workbook *workbook, uint64_t style);

#endif
