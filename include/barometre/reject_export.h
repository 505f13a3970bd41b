/* The refused records of one export as an export again: its own header and rows, with the
 * reason as one more column, for whoever mends and sends it again.
 *
 * Delimiter and order of columns are those of the export, the encoding is UTF-8 with a
 * byte order mark, so that a spreadsheet takes it for what it is. No cell is a formula.
 */
#ifndef BAROMETRE_REJECT_EXPORT_H
#define BAROMETRE_REJECT_EXPORT_H

#include "barometre/observatory.h"
#include "barometre/words.h"

/* Appends them to `text`. The column of an earlier reason gives way. Fails with
 * ERROR_REFUSED where the book does not hold the header, and as reject_book_each does. */
bool reject_export_write(const struct observatory *observatory, const char *sha256,
                         const struct words *words, GString *text, GError **error);

#endif
