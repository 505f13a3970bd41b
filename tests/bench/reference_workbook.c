/* Writes an XLSX of the canonical columns, as wide as asked, for the benchmark of
 * reading:
 *
 *     reference_workbook FILE ROWS COLUMNS shared|inline
 *
 * The columns beyond those that are read hold short texts, most of them met once. */
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

static const char *const columns[] = {"report_id",   "siret",      "marketplace",
                                      "received_on", "pillars",    "firm_size",
                                      "heard",       "human_reply"};

/* A SIREN with its check digit. */
static void write_siren(uint32_t number, char siren[static 10]) {
    g_snprintf(siren, 10, "%08u0", 10000000 + number % 80000000);
    int sum = 0;
    for (int i = 0; i < 8; i++) {
        const int digit = siren[i] - '0', doubled = i % 2 == 1 ? 2 * digit : digit;
        sum += doubled > 9 ? doubled - 9 : doubled;
    }
    siren[8] = (char)('0' + (10 - sum % 10) % 10);
}

static void write_row(lxw_worksheet *sheet, lxw_row_t row, lxw_format *date) {
    static const char *const answers[] = {"yes", "no", ""};
    char siren[10];
    write_siren(row * 7919, siren);
    worksheet_write_number(sheet, row, 0, row, NULL);
    worksheet_write_string(sheet, row, 1, siren, NULL);
    worksheet_write_string(sheet, row, 2, row % 3 > 0 ? "Bazarette" : "Déballage", NULL);
    worksheet_write_number(sheet, row, 3, 45300 + row % 900, date);
    worksheet_write_string(sheet, row, 4, "d,s", NULL);
    worksheet_write_string(sheet, row, 5, "tpe", NULL);
    worksheet_write_string(sheet, row, 6, answers[row % 3], NULL);
    worksheet_write_string(sheet, row, 7, answers[row % 2], NULL);
}

static void write_filler(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column) {
    char text[40];
    if (column % 4 == 0)
        worksheet_write_number(sheet, row, column, row % 1000 / 8.0, NULL);
    else if (column % 4 == 1)
        worksheet_write_string(sheet, row, column, "non communiqué", NULL);
    else {
        g_snprintf(text, sizeof text, "remarque %u de %u", (unsigned)row, column);
        worksheet_write_string(sheet, row, column, text, NULL);
    }
}

int main(int argc, char **argv) {
    if (argc != 5) {
        fputs("reference_workbook: say FILE ROWS COLUMNS shared|inline\n", stderr);
        return 64;
    }
    const lxw_row_t rows = (lxw_row_t)strtoul(argv[2], NULL, 10);
    const lxw_col_t width = (lxw_col_t)strtoul(argv[3], NULL, 10);
    lxw_workbook_options options = {.constant_memory = strcmp(argv[4], "inline") == 0};
    lxw_workbook *book = workbook_new_opt(argv[1], &options);
    lxw_worksheet *sheet = workbook_add_worksheet(book, NULL);
    lxw_format *date = workbook_add_format(book);
    format_set_num_format(date, "yyyy-mm-dd");
    const lxw_col_t own = (lxw_col_t)G_N_ELEMENTS(columns);
    for (lxw_col_t c = 0; c < MAX(width, own); c++) {
        char name[20];
        g_snprintf(name, sizeof name, "remark_%u", c);
        worksheet_write_string(sheet, 0, c, c < own ? columns[c] : name, NULL);
    }
    for (lxw_row_t row = 1; row <= rows; row++) {
        write_row(sheet, row, date);
        for (lxw_col_t c = own; c < width; c++)
            write_filler(sheet, row, c);
    }
    return workbook_close(book) == LXW_NO_ERROR ? 0 : 74;
}
