/* Makes the files of workbooks, part by part, as no spreadsheet would dare. */
#ifndef WORKBOOK_FILE_H
#define WORKBOOK_FILE_H

#include <archive.h>
#include <archive_entry.h>
#include <glib.h>
#include <string.h>

struct workbook_file_part {
    const char *path, *text;
};

/* Packs the parts, path NULL at the end; the caller frees the path of the file. */
static inline char *workbook_file(const char *folder, const char *name,
                                  const struct workbook_file_part *parts) {
    char *path = g_build_filename(folder, name, NULL);
    struct archive *archive = archive_write_new();
    archive_write_set_format_zip(archive);
    g_assert_cmpint(archive_write_open_filename(archive, path), ==, ARCHIVE_OK);
    for (; parts->path != NULL; parts++) {
        struct archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, parts->path);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, (la_int64_t)strlen(parts->text));
        g_assert_cmpint(archive_write_header(archive, entry), ==, ARCHIVE_OK);
        g_assert_cmpint(archive_write_data(archive, parts->text, strlen(parts->text)), ==,
                        strlen(parts->text));
        archive_entry_free(entry);
    }
    g_assert_cmpint(archive_write_free(archive), ==, ARCHIVE_OK);
    return path;
}

/* An XLSX of sheets "A" and "B" (NULL: without), shared strings and number formats. The
 * parts that sheets need come after them, as they do in files of Excel. */
static inline char *xlsx_file(const char *folder, const char *a, const char *b,
                              const char *strings, const char *properties) {
    g_autofree char *book = g_strconcat(
        "<?xml version=\"1.0\"?><x:workbook xmlns:x=\"m\" xmlns:r=\"r\">", properties,
        "<x:sheets><x:sheet name=\"A\" sheetId=\"7\" r:id=\"rId1\"/>",
        b != NULL ? "<x:sheet name=\"B\" sheetId=\"8\" r:id=\"rId2\"/>" : "",
        "</x:sheets></x:workbook>", NULL);
    g_autofree char *table = g_strconcat("<sst>", strings, "</sst>", NULL);
    const struct workbook_file_part parts[] = {
        {"[Content_Types].xml", "<Types/>"},
        {"xl/worksheets/sheet1.xml", a},
        {"xl/worksheets/sheet2.xml", b != NULL ? b : "<worksheet/>"},
        {"xl/sharedStrings.xml", table},
        {"xl/styles.xml",
         "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/>"
         "<numFmt numFmtId=\"165\" formatCode=\"0.0 &quot;day&quot;\"/>"
         "<numFmt numFmtId=\"166\" formatCode=\"0.00E+00\"/></numFmts>"
         "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
         "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/>"
         "<xf numFmtId=\"165\"/><xf numFmtId=\"166\"/></cellXfs></styleSheet>"},
        {"xl/workbook.xml", book},
        {"xl/_rels/workbook.xml.rels",
         "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/>"
         "<Relationship Id=\"rId2\" Target=\"/xl/worksheets/sheet2.xml\"/>"
         "</Relationships>"},
        {NULL, NULL},
    };
    return workbook_file(folder, "book.xlsx", parts);
}

/* An ODS of these tables. */
static inline char *ods_file(const char *folder, const char *tables) {
    g_autofree char *content = g_strconcat(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" "
        "xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet>",
        tables, "</office:spreadsheet></office:body></office:document-content>", NULL);
    const struct workbook_file_part parts[] = {
        {"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
        {"content.xml", content},
        {NULL, NULL},
    };
    return workbook_file(folder, "book.ods", parts);
}

#endif
