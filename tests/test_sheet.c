#include "export_desk.h"
#include "sheet_cell.h"
#include "sheet_cut.h"
#include "workbook_file.h"

#define S(reference, text)                                                               \
    "<c r=\"" reference "\" t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define HEADER                                                                           \
    "<row r=\"1\">" S("A1", "report_id") S("B1", "siret") S("C1", "marketplace")         \
        S("D1", "received_on") S("E1", "pillars") S("F1", "heard") "</row>"
/* A record: its SIREN a number, its date a day count with a style. */
#define ROW(number, heard)                                                               \
    "<row r=\"" number "\"><c r=\"A" number "\"><v>" number "</v></c>"                   \
    "<c r=\"B" number "\"><v>7.3282932E8</v></c>" S(                                     \
        "C" number, "Bazarette") "<c r=\"D" number                                       \
                                 "\" s=\"1\"><v>46037</v></c>" S("E" number, "d") heard  \
        "</row>"
#define SHEET(rows)                                                                      \
    "<?xml version=\"1.0\"?><worksheet><dimension ref=\"A1:B2\"/><sheetData>" rows       \
    "</sheetData><pageMargins left=\"1\"/></worksheet>"

static struct desk *sample_desk(void) {
    return desk_new("sample/marketplaces.json");
}

/* Reads a workbook; every byte of its parts has its account. */
static void read_file(struct desk *desk, const char *path) {
    g_autoptr(GError) error = NULL;
    read_path(desk, path, NULL, &error);
    g_assert_no_error(error);
    check_account(&desk->account, (gsize)desk->account.bytes_total);
}

static void read_sheet(struct desk *desk, const char *sheet, const char *strings) {
    g_autofree char *path = xlsx_file(desk->directory->path, sheet, NULL, strings, "");
    read_file(desk, path);
}

static void expect_refusal(struct desk *desk, const char *path, const char *why) {
    g_autoptr(GError) error = NULL;
    g_assert_false(read_path(desk, path, NULL, &error));
    g_assert_error(error, BAROMETRE_ERROR, ERROR_REFUSED);
    g_assert_nonnull(strstr(error->message, why));
}

static void a_row_is_a_record_and_is_found_by_its_number(void) {
    scoped(desk) *desk = sample_desk();
    read_sheet(
        desk,
        SHEET(HEADER ROW("2", S("F2", "oui")) "\n<row r=\"3\"/><row r=\"4\"><c "
                                              "r=\"A4\" s=\"1\"/></row>"
                                              "<!-- <row> -->" ROW("9", S("F9", "x"))),
        "");
    g_auto(GStrv) lines = g_strsplit(desk->log->str, "\n", -1);
    g_assert_cmpstr(lines[0], ==, "2 2 1");
    g_assert_true(g_str_has_prefix(lines[1], "value line 9 "));
    g_assert_true(g_str_has_suffix(lines[1], " column 6 heard"));
    g_assert_cmpint(desk->account.records[ACCOUNT_BLANK], >=, 2);
    g_assert_cmpint(account_records(&desk->account), ==, 2);
}

static void strings_may_be_shared_in_runs_and_pronounced(void) {
    scoped(desk) *desk = sample_desk();
    read_sheet(desk, SHEET(HEADER ROW("2", "<c r=\"F2\" t=\"s\"><v>1</v></c>")),
               "<si><t>non</t></si>"
               "<si><r><t>o</t></r><r><rPr/><t>ui</t></r><rPh><t>x</t></rPh></si>");
    g_assert_cmpstr(desk->log->str, ==, "2 2 1\n");
}

/* Excel for the Mac counted from 1904 for years. */
static void days_count_from_1900_or_1904(void) {
    static const struct {
        const char *value, *shown;
        bool from_1904;
    } cases[] = {
        {"0", "1899-12-31", false},
        {"1", "1900-01-01", false},
        {"59", "1900-02-28", false},
        {"60", "60", false}, /* a day that never was */
        {"61", "1900-03-01", false},
        {"46037", "2026-01-15", false},
        {"46037.5", "2026-01-15 12:00:00", false},
        {"46037.999999999", "2026-01-16", false},
        {"0", "1904-01-01", true},
        {"44575", "2026-01-15", true},
        {"-1", "-1", false},
        {"3000000", "3000000", false},
        {"soon", "soon", false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        sheet_cell_date(text, cases[i].value, cases[i].from_1904);
        g_assert_cmpstr(text->str, ==, cases[i].shown);
    }
}

static void a_number_keeps_all_its_digits(void) {
    static const char *const cases[][2] = {
        {"73282932000074", "73282932000074"},
        {"7.3282932000074E13", "73282932000074"},
        {"12.5", "12.5"},
        {"0.10000000000000001", "0.1"},
        {"1E400", "1E400"},
        {"", ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        sheet_cell_number(text, cases[i][0]);
        g_assert_cmpstr(text->str, ==, cases[i][1]);
    }
}

/* A style shows a date by its code, not by a letter in quotes or an exponent. */
static void a_quoted_letter_makes_no_date(void) {
    scoped(desk) *desk = sample_desk();
    static const char *const styles[] = {"2", "3", "4"};
    static const char *const logs[] = {"2 2 -2147483648\n", "date ", "date "};
    for (size_t i = 0; i < G_N_ELEMENTS(styles); i++) {
        g_autofree char *sheet = g_strdup_printf(
            SHEET(HEADER "<row r=\"2\">" S("A2", "2") S("B2", "732829320")
                      S("C2", "Bazarette") "<c r=\"D2\" s=\"%s\"><v>46037</v></c>" S(
                          "E2", "d") "</row>"),
            styles[i]);
        read_sheet(desk, sheet, "");
        g_assert_true(g_str_has_prefix(desk->log->str, logs[i]));
    }
}

static void a_bad_row_costs_itself_alone(void) {
    static const char *const faults[] = {
        "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>99</v></c></row>", /* no such string */
        "<row r=\"3\"><c r=\"ZZZ3\"><v>1</v></c></row>",        /* beyond all columns */
        "<row r=\"3\"><c r=\"A3\"><v>1</c></row>",              /* no XML */
        "<row r=\"3\"><c r=\"A3\"><v>&boom;</v></c></row>",     /* an entity */
        "<row r=\"3\"><c r=\"A3\"><v>1</v></c>" S("G3", "more") "</row>",
    };
    scoped(desk) *desk = sample_desk();
    for (size_t i = 0; i < G_N_ELEMENTS(faults); i++) {
        g_autofree char *sheet =
            g_strconcat("<worksheet><sheetData>" HEADER ROW("2", ""), faults[i],
                        ROW("4", S("F4", "non")) "</sheetData></worksheet>", NULL);
        read_sheet(desk, sheet, "");
        g_auto(GStrv) lines = g_strsplit(desk->log->str, "\n", -1);
        g_assert_cmpstr(lines[0], ==, "2 2 -2147483648");
        g_assert_nonnull(strstr(lines[1], " line 3 "));
        g_assert_cmpstr(lines[2], ==, "4 2 0");
    }
}

static void a_sheet_that_is_cut_ends_with_a_reject(void) {
    scoped(desk) *desk = sample_desk();
    read_sheet(desk, "<worksheet><sheetData>" HEADER ROW("2", "") "<row r=\"3\"><c", "");
    g_assert_true(g_str_has_prefix(desk->log->str, "2 2 -2147483648\nmalformed line 3 "));
}

static void entities_are_refused(void) {
    scoped(desk) *desk = sample_desk();
    g_autofree char *path = xlsx_file(desk->directory->path, SHEET(HEADER ROW("2", "")),
                                      NULL, "", "<!-- --><x:workbookPr/>");
    read_file(desk, path);
    const struct workbook_file_part parts[] = {
        {"[Content_Types].xml", "<Types/>"},
        {"xl/workbook.xml",
         "<!DOCTYPE w [<!ENTITY a \"aaaa\">]><workbook>&a;</workbook>"},
        {"xl/_rels/workbook.xml.rels", "<Relationships/>"},
        {NULL, NULL},
    };
    g_autofree char *hostile = workbook_file(desk->directory->path, "x.xlsx", parts);
    expect_refusal(desk, hostile, "no workbook that can be read");
}

#define FIRMS                                                                            \
    "<row r=\"1\">" S("A1", "Dossier ID") S("B1", "Champ")                               \
        S("C1", "Établissement SIRET") "</row><row r=\"2\">" S("A2", "17")               \
            S("B2", "Autre") S("C2", "1") "</row>"                                       \
                                          "<row r=\"3\">" S("A3", "17")                  \
                                              S("B3", "Dossier")                         \
                                                  S("C3", "73282932000074") "</row>"
#define DOSSIERS                                                                         \
    "<row r=\"1\">" S("A1", "ID") S("B1", "État du dossier") S("C1", "Déposé le")        \
        S("D1", "Place de marché concernée")                                             \
            S("E1",                                                                      \
              "Objet du signalement") "</row>"                                           \
                                      "<row r=\"2\"><c r=\"A2\"><v>17</v></c>" S(        \
                                          "B2", "En instruction")                        \
                                          S("C2", "2026-01-15 14:52:35 "                 \
                                                  "+0100") S("D2", "Bazarette")          \
                                              S("E2",                                    \
                                                "Support") "</row><row r=\"3\"><c "      \
                                                           "r=\"A3\"><v>18</v></c>" S(   \
                                                               "B3", "En instruction")   \
                                                               S("C3", "2026-01-15") S(  \
                                                                   "D3", "Bazarette")    \
                                                                   S("E3",               \
                                                                     "Support") "</row>"

/* The firm of a dossier lies in a sheet of its own, whichever comes first. */
static void other_sheets_belong_to_the_dossier_they_name(void) {
    scoped(desk) *desk = sample_desk();
    const char *const orders[][2] = {{SHEET(DOSSIERS), SHEET(FIRMS)},
                                     {SHEET(FIRMS), SHEET(DOSSIERS)}};
    for (size_t i = 0; i < G_N_ELEMENTS(orders); i++) {
        g_autofree char *path =
            xlsx_file(desk->directory->path, orders[i][0], orders[i][1], "", "");
        read_file(desk, path);
        g_auto(GStrv) lines = g_strsplit(desk->log->str, "\n", -1);
        g_assert_cmpstr(desk->profile, ==, "demarches-simplifiees");
        g_assert_cmpstr(lines[0], ==, "17 2 -2147483648");
        g_assert_true(g_str_has_prefix(lines[1], "no_firm line 3 "));
    }
}

#define T(text)                                                                          \
    "<table:table-cell office:value-type=\"string\"><text:p>" text                       \
    "</text:p></table:table-cell>"
#define ODS_HEADER                                                                       \
    "<table:table-row>" T("report_id") T("siret") T("marketplace") T("received_on")      \
        T("pillars") T("heard") "</table:table-row>"

static void an_ods_reads_as_an_xlsx_does(void) {
    scoped(desk) *desk = sample_desk();
    g_autofree char *path = ods_file(
        desk->directory->path,
        "<table:table table:name=\"notes\"><table:table-row>" T(
            "a") "</table:table-row></table:table>"
                 "<table:table table:name=\"A\"><table:table-column/>" ODS_HEADER
                 "<table:table-row table:number-rows-repeated=\"3\"><table:table-cell "
                 "table:number-columns-repeated=\"16384\"/></table:table-row>"
                 "<table:table-row><table:table-cell office:value-type=\"float\" "
                 "office:value=\"5\"><text:p>5,00</text:p></table:table-cell>"
                 "<table:table-cell office:value-type=\"float\" "
                 "office:value=\"732829320\">"
                 "<text:p>7E8</text:p></table:table-cell>" T(
                     "Bazar<text:span>ette</text:span>") "<table:table-cell "
                                                         "office:value-type=\"date\" "
                                                         "office:date-value=\"2026-01-"
                                                         "15\">"
                                                         "<text:p>15/01/26</text:p></"
                                                         "table:table-cell>"
                                                         "<table:table-cell "
                                                         "office:value-type=\"string\"><"
                                                         "office:annotation><text:p>a "
                                                         "note"
                                                         "</text:p></"
                                                         "office:annotation><text:p>d</"
                                                         "text:p></table:table-cell>"
                                                         "<table:table-cell "
                                                         "office:value-type=\"boolean\" "
                                                         "office:boolean-value=\"true\">"
                                                         "<text:p>VRAI</text:p></"
                                                         "table:table-cell></"
                                                         "table:table-row>"
                                                         "<table:table-row>" T("6") T(
                                                             "732829320") T("Bazarette")
                                                             T("2026-01-15") T("d") T(
                                                                 "perhaps") "</"
                                                                            "table:table-"
                                                                            "row></"
                                                                            "table:"
                                                                            "table>");
    read_file(desk, path);
    g_auto(GStrv) lines = g_strsplit(desk->log->str, "\n", -1);
    g_assert_cmpstr(lines[0], ==, "5 2 1");
    g_assert_true(g_str_has_prefix(lines[1], "value line 6 "));
}

static void what_is_no_workbook_is_refused(void) {
    scoped(desk) *desk = sample_desk();
    const struct workbook_file_part bare[] = {{"[Content_Types].xml", "<Types/>"},
                                              {NULL}};
    g_autofree char *none = workbook_file(desk->directory->path, "x.xlsx", bare);
    expect_refusal(desk, none, "no workbook that can be read");
    g_autofree char *empty = xlsx_file(desk->directory->path, SHEET(""), NULL, "", "");
    expect_refusal(desk, empty, "none of its sheets");
    g_autofree char *header =
        xlsx_file(desk->directory->path, SHEET(HEADER), NULL, "", "");
    expect_refusal(desk, header, "no record");
}

/* However the bytes come, the stretches are the same and none is lost. */
static void rows_are_cut_alike_in_any_pieces(void) {
    static const char text[] =
        "<w><d>" HEADER "<!-- <row> --><![CDATA[<row>]]><rowBreaks/> <x:row a='>'>"
        "<y/></x:row><row/></d></w>";
    const size_t whole = strlen(text);
    for (size_t hand = 40; hand <= whole; hand++) {
        struct sheet_cut cut = {"row", "r", NULL, 1};
        int rows = 0;
        for (size_t at = 0; at < whole;) {
            struct record record;
            size_t reach = MIN(at + hand, whole);
            while (!sheet_cut_next(&cut, text + at, reach - at, reach == whole, &record))
                reach = MIN(reach + 1, whole);
            rows += record.kind == RECORD_WHOLE;
            g_assert_cmpint(record.kind, !=, RECORD_MALFORMED);
            g_assert_cmpuint(record.length, >, 0);
            at += record.length;
        }
        g_assert_cmpint(rows, ==, 3);
    }
}

/* A comment sends a row to the XML parser; without one, rows in the usual spelling do
 * without it. */
static void a_row_reads_the_same_with_and_without_a_parser(void) {
    static const char *const cells[] = {
        S("F2", "oui"),
        S("F2", "&#111;ui"),
        S("F2", "n&lt;"),
        S("F2", "n & n"),
        S("F2", "a]]>b"),
        S("F2", "a\rb"),
        S("F2", "\xFF"),
        S("F2", "\xEF\xBF\xBE"),
        S("F2", "d\xC3\xA9"),
        S("", "oui"),
        S("2", "oui"),
        "<c r=\"F2\" r=\"F2\"><v>1</v></c>",
        "<c t=\"b\" r=\"F2\"><v>1</v></c>",
        "<c r=\"F2\" t=\"s\"><v>0</v></c>",
        "<c r=\"F2\" t=\"s\"><v>9</v></c>",
        "<c r=\"F2\" t=\"str\"><f>A1</f><v>oui</v></c>",
        "<c r=\"F2\" t=\"e\"><v>#N/A</v></c>",
        "<x:c r=\"F2\" t=\"b\"><v>0</v></x:c>",
        "<c x:r=\"F2\" t=\"b\"><v>0</v></c>",
        "<c r=\"F2\" t=\"inlineStr\"><is><t xml:space=\"preserve\"> oui </t></is></c>",
        "<c r=\"F2\" t=\"inlineStr\"><is><r><t>o</t></r><r><t>ui</t></r></is></c>",
        "<c r=\"F2\"/><c><v>1</v></c>",
        "<c/><c/><c t=\"b\"><v>0</v></c>",
        "<c r=\"G2\"><v></v></c><c r=\"H2\"><v>1</v></c>",
        "<c r='F2' t='b'><v>1</v></c>",
        "<c r=\"F2\" ><v>1</v ></c>",
        "<c r=\"F2\"><v>1</c></v>",
        "<col r=\"F2\"><v>1</v></col>",
        "junk",
        "",
    };
    scoped(desk) *desk = sample_desk();
    for (size_t i = 0; i < G_N_ELEMENTS(cells); i++) {
        g_autofree char *outcome = NULL;
        for (int parsed = 0; parsed < 2; parsed++) {
            g_autofree char *sheet =
                g_strdup_printf(SHEET(HEADER ROW("2", "%s%s") ROW("3", S("F3", "oui"))),
                                cells[i], parsed ? "<!---->" : "");
            read_sheet(desk, sheet, "<si><t>non</t></si>");
            g_auto(GStrv) lines = g_strsplit_set(desk->log->str, " \n", -1);
            g_autofree char *told =
                g_strdup_printf("%s %s", lines[0],
                                strstr(desk->log->str, "column") != NULL
                                    ? strstr(desk->log->str, "column")
                                    : desk->log->str);
            g_test_message("%s: %s", cells[i], told);
            if (parsed)
                g_assert_cmpstr(told, ==, outcome);
            else
                outcome = g_strdup(told);
        }
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/sheet/" #name, name)
    TEST(a_row_is_a_record_and_is_found_by_its_number);
    TEST(strings_may_be_shared_in_runs_and_pronounced);
    TEST(days_count_from_1900_or_1904);
    TEST(a_number_keeps_all_its_digits);
    TEST(a_quoted_letter_makes_no_date);
    TEST(a_bad_row_costs_itself_alone);
    TEST(a_sheet_that_is_cut_ends_with_a_reject);
    TEST(entities_are_refused);
    TEST(other_sheets_belong_to_the_dossier_they_name);
    TEST(an_ods_reads_as_an_xlsx_does);
    TEST(what_is_no_workbook_is_refused);
    TEST(rows_are_cut_alike_in_any_pieces);
    TEST(a_row_reads_the_same_with_and_without_a_parser);
    return g_test_run();
}
