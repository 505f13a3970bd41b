/* The header of a companion and the cells below it. */
#ifndef BAROMETRE_COMPANION_PRIVATE_H
#define BAROMETRE_COMPANION_PRIVATE_H

#include "barometre/companion.h"
#include "dialect.h"
#include "export_csv.h"
#include "record.h"

struct companion_header {
    struct dialect dialect;
    struct record record; /* the header itself */
    GPtrArray *labels;    /* of the columns, safe to show */
    GPtrArray *folds;
    int columns[COMPANION_MOST_COLUMNS]; /* once bound: of each column, or −1 */
};

/* Reads the first record; `at_end`: the bytes are all there are. Fails with
 * ERROR_REFUSED. Free with companion_header_free. */
struct companion_header *companion_header_read(const char *bytes, size_t length,
                                               bool at_end, const char *name,
                                               GError **error);
void companion_header_free(struct companion_header *header);
SCOPE_DEFINE(companion_header)

/* Finds the columns of a kind; NULL, or the name of the first one that is missing. */
const char *companion_header_bind(struct companion_header *header,
                                  const struct companion_kind *kind);

/* A field as UTF-8 without spaces at its ends; NULL where its bytes are no text in the
 * encoding. The caller frees. */
char *companion_text(struct field field, enum dialect_encoding encoding);

/* What reading records needs. */
struct companion_reader {
    const struct companion_kind *kind;
    const struct companion_header *header;
    const struct registry *registry;
    int32_t earliest, today;             /* days */
    GHashTable *taken;                   /* ids, or places and months, met before */
    char *texts[COMPANION_MOST_COLUMNS]; /* of the record at hand */
};

struct companion_reader *companion_reader_new(const struct companion_kind *kind,
                                              const struct companion_header *header,
                                              const struct registry *registry,
                                              int32_t today);
void companion_reader_free(struct companion_reader *reader);
SCOPE_DEFINE(companion_reader)

/* Reads one record; texts are valid until the next. False: refused, and `reject` says by
 * which rule and in which column. */
bool companion_reader_read(struct companion_reader *reader, const struct row *row,
                           struct companion *companion, struct reject *reject);

#endif
