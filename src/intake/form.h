/* A form: a profile bound to the header of one export; it reads records into complaints.
 */
#ifndef BAROMETRE_FORM_H
#define BAROMETRE_FORM_H

#include "barometre/firm.h"
#include "barometre/profile.h"
#include "barometre/registry.h"
#include "barometre/reject.h"
#include "barometre/rule.h"
#include "dialect.h"
#include "row.h"

/* Read-only once bound, shared by threads. */
struct form;

/* Binds a profile to the headers (UTF-8, as they stand, in column order). A field takes
 * every column whose header is in its list; a cell is the first of them not empty. Fails
 * with ERROR_REFUSED where a column that every complaint needs is absent. The profile
 * outlives the form. Free with form_free. */
struct form *form_bind(const struct profile *profile, const GPtrArray *headers,
                       const char *name, GError **error);
void form_free(struct form *form);
SCOPE_DEFINE(form)

/* Which columns are read, `form_columns` of them. */
const bool *form_wanted(const struct form *form);
size_t form_columns(const struct form *form);

/* What a thread needs to read records with a form: caches of words already met, and the
 * firm hash. Everything passed in outlives it. Free with form_reader_free. */
struct form_reader;
struct form_reader *form_reader_new(const struct form *form,
                                    const struct registry *registry,
                                    const struct rule *const *rules, int rule_count,
                                    const unsigned char key[static FIRM_KEY_BYTES],
                                    int32_t today);
void form_reader_free(struct form_reader *reader);
SCOPE_DEFINE(form_reader)

/* Adds the date shapes that the reader has met, bits by enum date_shape, to `shapes` when
 * it is freed; several readers may share them. */
void form_reader_report_shapes(struct form_reader *reader, guint *shapes);

/* Reads one record. True: `complaint` holds it. False: it is refused, and `reject` says
 * by which rule and in which column (its place in the export is the caller's to add). */
bool form_read(struct form_reader *reader, const struct row *row,
               enum dialect_encoding encoding, struct complaint *complaint,
               struct reject *reject);

#endif
