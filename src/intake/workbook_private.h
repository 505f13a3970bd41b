/* What workbook.c unpacks and workbook_xlsx.c and workbook_ods.c understand. */
#ifndef BAROMETRE_WORKBOOK_PRIVATE_H
#define BAROMETRE_WORKBOOK_PRIVATE_H

#include "workbook.h"

#include <expat.h>

/* A part by its path; NULL where there is none. */
const struct workbook_part *workbook_find(const struct workbook *workbook,
                                          const char *path);

void workbook_add_sheet(struct workbook *workbook, const char *name,
                        const struct workbook_part *part, size_t offset, size_t length);

/* What is called while expat runs over a part; `end` and `text` may be NULL. */
struct workbook_walk {
    void (*start)(void *data, const char *name, const char **attributes);
    void (*end)(void *data, const char *name);
    void (*text)(void *data, const char *text, int length);
    void *data;
    XML_Parser parser; /* while it runs */
};

/* Runs expat over the bytes of a part, which are mapped, and gives their memory back on
 * the way; false where they are no XML. Parts have no business declaring entities: one
 * that does is refused. */
bool workbook_parse(const char *bytes, size_t length, struct workbook_walk *walk);

/* The name of an element or attribute without its prefix. */
const char *workbook_local(const char *name);

/* The value of an attribute by its local name, or NULL. */
const char *workbook_attribute(const char **attributes, const char *name);

/* Finds sheets, styles and strings. False where the parts are not those of a workbook. */
bool workbook_read_xlsx(struct workbook *workbook);
bool workbook_read_ods(struct workbook *workbook);

#endif
