#include "workbook_private.h"

#include <string.h>

/* content.xml holds all tables; a sheet is the bytes of one of them. Tables do not nest
 * in a spreadsheet (OpenDocument 1.3, 9.1.2: sub-tables are of text documents). */
struct tables {
    struct workbook *workbook;
    const struct workbook_part *part;
    const struct workbook_walk *walk;
    char *name; /* of the table that is open, or NULL */
    size_t start;
};

static void start_table(void *data, const char *name, const char **attributes) {
    struct tables *tables = data;
    if (strcmp(workbook_local(name), "table") != 0 || tables->name != NULL)
        return;
    const char *title = workbook_attribute(attributes, "name");
    tables->name = g_strdup(title != NULL ? title : "");
    tables->start = (size_t)XML_GetCurrentByteIndex(tables->walk->parser);
}

static void end_table(void *data, const char *name) {
    struct tables *tables = data;
    if (strcmp(workbook_local(name), "table") != 0 || tables->name == NULL)
        return;
    const size_t end = (size_t)XML_GetCurrentByteIndex(tables->walk->parser);
    workbook_add_sheet(tables->workbook, tables->name, tables->part, tables->start,
                       end - tables->start);
    g_clear_pointer(&tables->name, g_free);
}

bool workbook_read_ods(struct workbook *workbook) {
    struct workbook_walk walk = {.start = start_table, .end = end_table};
    struct tables tables = {
        .workbook = workbook,
        .part = workbook_find(workbook, "content.xml"),
        .walk = &walk,
    };
    walk.data = &tables;
    const bool good = workbook_parse(tables.part->bytes, tables.part->length, &walk);
    g_free(tables.name);
    return good;
}
