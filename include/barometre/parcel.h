/* A parcel: a file as somebody drops it. It holds one export, or is an archive or a
 * compressed file (zip, gzip, zstd, xz; archives in archives) that holds several.
 *
 * What is packed is unpacked into a file without a name, mode 0600, which is gone with
 * the process whatever becomes of it; from then on it is read, hashed and accounted for
 * like an export that never was packed. So the same export is known again under any
 * wrapping. A workbook (XLSX, ODS) is an archive by its bytes but one export.
 */
#ifndef BAROMETRE_PARCEL_H
#define BAROMETRE_PARCEL_H

#include "barometre/export.h"

struct parcel;

/* Opens a regular file ("-": standard input, never unpacked). `folder` is where nameless
 * files live: the same file system as the store, so that room for one is room for the
 * other. Fails as export_open does. Free with parcel_free. */
struct parcel *parcel_open(const char *path, const char *folder, GError **error);
void parcel_free(struct parcel *parcel);
SCOPE_DEFINE(parcel)

/* The next export, named "archive.zip/member.csv" where it was packed; NULL at the end.
 * The caller frees. Fails with ERROR_REFUSED where the archive is damaged, encrypted, or
 * unpacks beyond the limits (limit.h), and with ERROR_IO where there is no room; the
 * exports that came before are sound. After a failure there is nothing more. */
bool parcel_next(struct parcel *parcel, struct export **export, GError **error);

/* Whether a file is an archive with a member of its own whose path fits. Reads its table
 * of contents alone. */
bool parcel_has_member(const char *path, bool (*fits)(const char *member));

#endif
