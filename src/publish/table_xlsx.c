#include "table_xlsx.h"

#include "barometre/error.h"
#include "barometre/month.h"
#include "html.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { NARROWEST = 9, WIDEST = 48, NOTE_WIDTH = 100, SECONDS_OF_DAY = 86400 };

struct book {
    lxw_workbook *workbook;
    lxw_format *head, *wrapped, *title;
    lxw_format *numbers[3]; /* by decimals */
};

static void make_formats(struct book *book) {
    static const char *const patterns[] = {"#,##0", "#,##0.0", "#,##0.00"};
    book->head = workbook_add_format(book->workbook);
    format_set_bold(book->head);
    format_set_text_wrap(book->head);
    format_set_align(book->head, LXW_ALIGN_VERTICAL_TOP);
    format_set_bottom(book->head, LXW_BORDER_THIN);
    book->wrapped = workbook_add_format(book->workbook);
    format_set_text_wrap(book->wrapped);
    format_set_align(book->wrapped, LXW_ALIGN_VERTICAL_TOP);
    book->title = workbook_add_format(book->workbook);
    format_set_bold(book->title);
    format_set_font_size(book->title, 14);
    for (gsize d = 0; d < G_N_ELEMENTS(patterns); d++) {
        book->numbers[d] = workbook_add_format(book->workbook);
        format_set_num_format(book->numbers[d], patterns[d]);
    }
}

/* worksheet_write_string never makes a formula of what begins with "=". */
static void write_text(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                       const char *text, lxw_format *format) {
    g_autofree char *clean = html_clean(text);
    worksheet_write_string(sheet, row, column, clean, format);
}

static void write_cell(const struct book *book, lxw_worksheet *sheet, lxw_row_t row,
                       lxw_col_t column, const struct table_cell *cell, int decimals) {
    if (cell->text != NULL)
        write_text(sheet, row, column, cell->text, NULL);
    else if (cell->number.known)
        worksheet_write_number(sheet, row, column, cell->number.value,
                               book->numbers[CLAMP(decimals, 0, 2)]);
}

/* Wide enough for the longest text of the column. */
static double column_width(const struct table *table, guint column, const char *head) {
    glong widest = MIN(g_utf8_strlen(head, -1), 20);
    for (guint row = 0; row < table_rows(table); row++) {
        const char *text = table_cell(table, row, column)->text;
        widest = MAX(widest, text != NULL ? g_utf8_strlen(text, -1) : 0);
    }
    return (double)CLAMP(widest + 2, NARROWEST, WIDEST);
}

static char *column_title(const struct table *table, guint column,
                          const struct words *words) {
    g_autofree char *key = g_strconcat("site.column.", table->columns[column].name, NULL);
    return words_say(words, key, NULL);
}

static void write_rows(const struct book *book, const struct table *table,
                       const struct words *words) {
    lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, table->id);
    for (guint c = 0; c < table->width; c++) {
        const lxw_col_t column = (lxw_col_t)c;
        g_autofree char *title = column_title(table, c, words);
        write_text(sheet, 0, column, title, book->head);
        worksheet_set_column(sheet, column, column, column_width(table, c, title), NULL);
        for (guint row = 0; row < table_rows(table); row++)
            write_cell(book, sheet, row + 1, column, table_cell(table, row, c),
                       table->columns[c].decimals);
    }
    worksheet_freeze_panes(sheet, 1, 0);
    worksheet_autofilter(sheet, 0, 0, table_rows(table), (lxw_col_t)(table->width - 1));
}

/* What the file is, in one language, from `row` on; the row after it. */
static lxw_row_t write_about(const struct book *book, lxw_worksheet *sheet, lxw_row_t row,
                             const struct table *table, const struct edition *edition,
                             const struct words *words,
                             const struct site_settings *settings) {
    g_autofree char *key = g_strconcat("site.table.", table->id, NULL);
    g_autofree char *title = words_say(words, key, NULL);
    g_autofree char *month = words_month(words, edition->as_of);
    g_autofree char *day = words_day(words, month_last_day(edition->window_to));
    g_autofree char *source = words_say(
        words, "site.xlsx.source",
        (struct words_argument[]){{"name", settings->title[words_language(words)], 0},
                                  {"month", month, 0},
                                  {"version", edition->method_version, 0},
                                  {"day", day, 0},
                                  {NULL}});
    static const char *const keys[] = {"site.xlsx.licence", "site.xlsx.empty",
                                       "page.meaning"};
    write_text(sheet, row++, 0, title, book->title);
    write_text(sheet, row++, 0, source, book->wrapped);
    for (gsize k = 0; k < G_N_ELEMENTS(keys); k++) {
        g_autofree char *note = words_say(words, keys[k], NULL);
        write_text(sheet, row++, 0, note, book->wrapped);
    }
    if (edition->fictitious) {
        g_autofree char *fictitious = words_say(words, "page.fictitious", NULL);
        write_text(sheet, row++, 0, fictitious, book->wrapped);
    }
    return row + 1;
}

static void write_columns(const struct book *book, lxw_worksheet *sheet, lxw_row_t row,
                          const struct table *table,
                          const struct words *const words[static WORDS_LANGUAGES]) {
    for (int l = 0; l < WORDS_LANGUAGES; l++) {
        g_autofree char *title = words_say(words[l], "site.xlsx.column", NULL);
        write_text(sheet, row, (lxw_col_t)l, title, book->head);
    }
    write_text(sheet, row, WORDS_LANGUAGES, "CSV", book->head);
    for (guint c = 0; c < table->width; c++) {
        for (int l = 0; l < WORDS_LANGUAGES; l++) {
            g_autofree char *title = column_title(table, c, words[l]);
            write_text(sheet, row + 1 + c, (lxw_col_t)l, title, book->wrapped);
        }
        write_text(sheet, row + 1 + c, WORDS_LANGUAGES, table->columns[c].name, NULL);
    }
}

static void write_notes(const struct book *book, const struct table *table,
                        const struct edition *edition,
                        const struct words *const words[static WORDS_LANGUAGES],
                        const struct site_settings *settings) {
    g_autofree char *name = words_say(words[WORDS_FR], "site.xlsx.sheet", NULL);
    lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, name);
    worksheet_set_column(sheet, 0, 0, NOTE_WIDTH, NULL);
    worksheet_set_column(sheet, 1, 1, WIDEST, NULL);
    worksheet_set_column(sheet, 2, 2, 20, NULL);
    lxw_row_t row = 0;
    for (int l = 0; l < WORDS_LANGUAGES; l++)
        row = write_about(book, sheet, row, table, edition, words[l], settings);
    write_columns(book, sheet, row, table, words);
}

/* The library writes files alone; this one lies in memory. */
static lxw_error write_book(const char *path, const struct table *table,
                            const struct edition *edition,
                            const struct words *const words[static WORDS_LANGUAGES],
                            const struct site_settings *settings) {
    struct book book = {.workbook = workbook_new(path)};
    if (book.workbook == NULL)
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    g_autofree char *key = g_strconcat("site.table.", table->id, NULL);
    g_autofree char *title = words_say(words[WORDS_FR], key, NULL);
    lxw_doc_properties properties = {
        .title = title,
        .company = settings->title[WORDS_FR],
        .created = (time_t)month_last_day(edition->window_to) * SECONDS_OF_DAY,
    };
    workbook_set_properties(book.workbook, &properties);
    make_formats(&book);
    write_rows(&book, table, words[WORDS_FR]);
    write_notes(&book, table, edition, words, settings);
    return workbook_close(book.workbook); /* frees it */
}

static GBytes *read_back(int fd) {
    const off_t length = lseek(fd, 0, SEEK_END);
    if (length <= 0 || lseek(fd, 0, SEEK_SET) != 0)
        return NULL;
    g_autofree char *content = g_malloc((gsize)length);
    for (off_t got = 0; got < length;) {
        const ssize_t count = read(fd, content + got, (size_t)(length - got));
        if (count <= 0)
            return NULL;
        got += count;
    }
    return g_bytes_new_take(g_steal_pointer(&content), (gsize)length);
}

GBytes *table_xlsx(const struct table *table, const struct edition *edition,
                   const struct words *const words[static WORDS_LANGUAGES],
                   const struct site_settings *settings, GError **error) {
    const int fd = memfd_create("barometre-xlsx", MFD_CLOEXEC);
    g_autofree char *path = g_strdup_printf("/proc/self/fd/%d", fd);
    const lxw_error failure = fd >= 0 ? write_book(path, table, edition, words, settings)
                                      : LXW_ERROR_CREATING_TMPFILE;
    GBytes *content = failure == LXW_NO_ERROR ? read_back(fd) : NULL;
    if (fd >= 0)
        close(fd);
    if (content == NULL)
        g_set_error(error, BAROMETRE_ERROR, ERROR_IO,
                    "data/%s.xlsx: cannot be made: %s; make room in the directory for "
                    "temporary files, then run again",
                    table->id, lxw_strerror(failure));
    return content;
}

bool table_xlsx_add_all(struct site *site, const struct edition *edition,
                        const struct words *const words[static WORDS_LANGUAGES],
                        const struct site_settings *settings, GError **error) {
    g_autoptr(GPtrArray) tables = tables_collect(edition);
    for (guint i = 0; i < tables->len; i++) {
        const struct table *table = g_ptr_array_index(tables, i);
        GBytes *book = table_xlsx(table, edition, words, settings, error);
        if (book == NULL)
            return false;
        g_autofree char *path = g_strdup_printf("data/%s.xlsx", table->id);
        site_add(site, path, book);
    }
    return true;
}
