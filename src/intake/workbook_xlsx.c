#include "workbook_private.h"

#include <string.h>

/* A sheet as workbook.xml names it, until its part is found. */
struct tab {
    char *name, *relation;
};

static void tab_free(struct tab *tab) {
    g_free(tab->name);
    g_free(tab->relation);
    g_free(tab);
}

struct book {
    struct workbook *workbook;
    GPtrArray *tabs;     /* struct tab */
    GHashTable *targets; /* relation → path from xl/ */
};

static void start_book(void *data, const char *name, const char **attributes) {
    const struct book *book = data;
    const char *local = workbook_local(name);
    if (strcmp(local, "workbookPr") == 0) {
        const char *value = workbook_attribute(attributes, "date1904");
        book->workbook->from_1904 =
            value != NULL && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
    } else if (strcmp(local, "sheet") == 0) {
        struct tab *tab = g_new0(struct tab, 1);
        tab->name = g_strdup(workbook_attribute(attributes, "name"));
        /* r:id; a sheet's own number is "sheetId". */
        tab->relation = g_strdup(workbook_attribute(attributes, "id"));
        g_ptr_array_add(book->tabs, tab);
    }
}

static void start_relation(void *data, const char *name, const char **attributes) {
    const struct book *book = data;
    const char *id = workbook_attribute(attributes, "Id");
    const char *target = workbook_attribute(attributes, "Target");
    if (strcmp(workbook_local(name), "Relationship") == 0 && id != NULL && target != NULL)
        g_hash_table_insert(book->targets, g_strdup(id), g_strdup(target));
}

static bool parse_part(const struct workbook *workbook, const char *path,
                       struct workbook_walk walk) {
    const struct workbook_part *part = workbook_find(workbook, path);
    return part != NULL && workbook_parse(part->bytes, part->length, &walk);
}

static void add_tabs(const struct book *book) {
    for (guint i = 0; i < book->tabs->len; i++) {
        const struct tab *tab = g_ptr_array_index(book->tabs, i);
        const char *target = tab->relation != NULL
                                 ? g_hash_table_lookup(book->targets, tab->relation)
                                 : NULL;
        if (target == NULL)
            continue;
        g_autofree char *path =
            target[0] == '/' ? g_strdup(target + 1) : g_strconcat("xl/", target, NULL);
        const struct workbook_part *part = workbook_find(book->workbook, path);
        if (part != NULL && part->length > 0) /* charts have no rows */
            workbook_add_sheet(book->workbook, tab->name != NULL ? tab->name : "", part,
                               0, part->length);
    }
}

static bool read_book(struct workbook *workbook) {
    g_autoptr(GPtrArray) tabs = g_ptr_array_new_with_free_func((GDestroyNotify)tab_free);
    g_autoptr(GHashTable) targets =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    struct book book = {workbook, tabs, targets};
    if (!parse_part(workbook, "xl/workbook.xml",
                    (struct workbook_walk){.start = start_book, .data = &book}) ||
        !parse_part(workbook, "xl/_rels/workbook.xml.rels",
                    (struct workbook_walk){.start = start_relation, .data = &book}))
        return false;
    add_tabs(&book);
    return true;
}

/* Whether a number format shows a date: a letter of dates outside quotes, brackets and
 * escapes (ECMA-376 part 1, 18.8.31). Elapsed time, "[h]:mm", is none. */
static bool is_date_code(const char *code) {
    for (const char *c = code; *c != '\0'; c++) {
        if (*c == '\\' || *c == '_' || *c == '*') {
            if (c[1] != '\0')
                c++;
        } else if (*c == '"' || *c == '[') {
            const char *end = strchr(c + 1, *c == '"' ? '"' : ']');
            if (end == NULL)
                return false;
            c = end;
        } else if (strchr("dDyYeE", *c) != NULL) {
            /* "0.00E+00" is a number. */
            if ((*c != 'e' && *c != 'E') || (c[1] != '+' && c[1] != '-'))
                return true;
        }
    }
    return false;
}

/* The formats that have no code of their own (18.8.30), those of East Asia included. */
static bool is_date_number(int64_t number) {
    return (number >= 14 && number <= 17) || number == 22 ||
           (number >= 27 && number <= 36) || (number >= 50 && number <= 58);
}

struct styles {
    struct workbook *workbook;
    GHashTable *codes; /* number of a format of the workbook → 1 + it shows a date */
    bool in_cells;     /* in cellXfs: what cells refer to */
};

static void start_style(void *data, const char *name, const char **attributes) {
    struct styles *styles = data;
    const char *local = workbook_local(name);
    const char *number = workbook_attribute(attributes, "numFmtId");
    const int64_t id = number != NULL ? g_ascii_strtoll(number, NULL, 10) : 0;
    if (strcmp(local, "cellXfs") == 0)
        styles->in_cells = true;
    if (strcmp(local, "numFmt") == 0) {
        const char *code = workbook_attribute(attributes, "formatCode");
        g_hash_table_insert(styles->codes, GINT_TO_POINTER((int)id),
                            GINT_TO_POINTER(1 + (code != NULL && is_date_code(code))));
    } else if (strcmp(local, "xf") == 0 && styles->in_cells) {
        const int own =
            GPOINTER_TO_INT(g_hash_table_lookup(styles->codes, GINT_TO_POINTER((int)id)));
        const bool date = own != 0 ? own == 2 : is_date_number(id);
        g_array_append_val(styles->workbook->dates, date);
    }
}

static void end_style(void *data, const char *name) {
    struct styles *styles = data;
    if (strcmp(workbook_local(name), "cellXfs") == 0)
        styles->in_cells = false;
}

static bool read_styles(struct workbook *workbook) {
    g_autoptr(GHashTable) codes = g_hash_table_new(NULL, NULL);
    struct styles styles = {.workbook = workbook, .codes = codes};
    return workbook_find(workbook, "xl/styles.xml") == NULL ||
           parse_part(workbook, "xl/styles.xml",
                      (struct workbook_walk){
                          .start = start_style, .end = end_style, .data = &styles});
}

/* Shared strings: runs of a text are one string, what is said how to pronounce it (rPh)
 * is none of it. */
struct strings {
    struct workbook *workbook;
    bool in_text;
    int in_phonetic;
};

static void start_string(void *data, const char *name, const char **attributes) {
    struct strings *strings = data;
    const char *local = workbook_local(name);
    (void)attributes;
    if (strcmp(local, "rPh") == 0)
        strings->in_phonetic++;
    else if (strcmp(local, "t") == 0)
        strings->in_text = strings->in_phonetic == 0;
}

static void end_string(void *data, const char *name) {
    struct strings *strings = data;
    const char *local = workbook_local(name);
    if (strcmp(local, "rPh") == 0)
        strings->in_phonetic--;
    else if (strcmp(local, "t") == 0)
        strings->in_text = false;
    else if (strcmp(local, "si") == 0) {
        const uint64_t end = strings->workbook->strings.length;
        spill_append(&strings->workbook->ends, &end, sizeof end);
    }
}

static void add_text(void *data, const char *text, int length) {
    const struct strings *strings = data;
    if (strings->in_text)
        spill_append(&strings->workbook->strings, text, (size_t)length);
}

static bool read_strings(struct workbook *workbook) {
    struct strings strings = {.workbook = workbook};
    return workbook_find(workbook, "xl/sharedStrings.xml") == NULL ||
           parse_part(workbook, "xl/sharedStrings.xml",
                      (struct workbook_walk){.start = start_string,
                                             .end = end_string,
                                             .text = add_text,
                                             .data = &strings});
}

bool workbook_read_xlsx(struct workbook *workbook) {
    return read_book(workbook) && read_styles(workbook) && read_strings(workbook);
}
