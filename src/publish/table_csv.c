#include "html.h"
#include "tables.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

const struct table *tables_find(const GPtrArray *tables, const char *id) {
    for (guint i = 0; i < tables->len; i++) {
        const struct table *table = g_ptr_array_index(tables, i);
        if (strcmp(table->id, id) == 0)
            return table;
    }
    return NULL;
}

/* A spreadsheet runs what begins so. */
static bool looks_like_formula(const char *text) {
    return *text != '\0' && strchr("=+-@\t\n", *text) != NULL;
}

static void append_text(GString *csv, const char *text) {
    g_autofree char *clean = html_clean(text);
    g_auto(GStrv) parts = g_strsplit(clean, "\"", -1);
    g_autofree char *doubled = g_strjoinv("\"\"", parts);
    const char *lead = looks_like_formula(clean) ? "'" : "";
    const bool quoted = strpbrk(doubled, ",;\"\n\t'") != NULL || *lead != '\0';
    g_string_append_printf(csv, quoted ? "\"%s%s\"" : "%s%s", lead, doubled);
}

static void append_cell(GString *csv, const struct table_cell *cell, int decimals) {
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    const char format[] = {'%', '.', (char)('0' + decimals), 'f', '\0'};
    if (cell->text != NULL)
        append_text(csv, cell->text);
    else if (cell->number.known)
        g_string_append(
            csv, g_ascii_formatd(number, sizeof number, format, cell->number.value));
}

GBytes *table_csv(const struct table *table) {
    GString *csv = g_string_new(NULL);
    for (guint c = 0; c < table->width; c++)
        g_string_append_printf(csv, c > 0 ? ",%s" : "%s", table->columns[c].name);
    g_string_append(csv, "\r\n");
    for (guint row = 0; row < table_rows(table); row++) {
        for (guint c = 0; c < table->width; c++) {
            if (c > 0)
                g_string_append_c(csv, ',');
            append_cell(csv, table_cell(table, row, c), table->columns[c].decimals);
        }
        g_string_append(csv, "\r\n");
    }
    return g_string_free_to_bytes(csv);
}

static json_t *titles(const struct words *const words[static WORDS_LANGUAGES],
                      const char *prefix, const char *id) {
    json_t *list = json_array();
    g_autofree char *key = g_strconcat(prefix, id, NULL);
    for (int l = 0; l < WORDS_LANGUAGES; l++) {
        g_autofree char *title = words_say(words[l], key, NULL);
        json_array_append_new(list, json_pack("{s:s, s:s}", "@value", title, "@language",
                                              words_code((enum words_language)l)));
    }
    return list;
}

static const char *datatype(const struct table_column *column) {
    static const char *const types[TABLE_KINDS] = {[TABLE_MONTH] = "gYearMonth",
                                                   [TABLE_DAY] = "date",
                                                   [TABLE_NUMBER] = "number",
                                                   [TABLE_SCORE] = "number",
                                                   [TABLE_FILE_NUMBER] = "number"};
    return types[column->kind] != NULL ? types[column->kind] : "string";
}

GBytes *table_metadata(const struct table *table,
                       const struct words *const words[static WORDS_LANGUAGES]) {
    json_auto_t *root = json_object();
    json_t *columns = json_array();
    for (guint c = 0; c < table->width; c++)
        json_array_append_new(
            columns,
            json_pack("{s:s, s:s, s:s, s:o}", "name", table->columns[c].name, "titles",
                      table->columns[c].name, "datatype", datatype(&table->columns[c]),
                      "dc:title", titles(words, "site.column.", table->columns[c].name)));
    g_autofree char *file = g_strconcat(table->id, ".csv", NULL);
    json_object_set_new(root, "@context", json_string("http://www.w3.org/ns/csvw"));
    json_object_set_new(root, "url", json_string(file));
    json_object_set_new(root, "dc:title", titles(words, "site.table.", table->id));
    json_object_set_new(root, "tableSchema", json_pack("{s:o}", "columns", columns));
    char *text = json_dumps(root, JSON_INDENT(2) | JSON_SORT_KEYS);
    GString *document = g_string_new(text);
    free(text);
    g_string_append_c(document, '\n');
    return g_string_free_to_bytes(document);
}
