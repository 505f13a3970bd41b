#include "feed.h"
#include "page.h"

#include "barometre/chart.h"
#include "full_edition.h"
#include "sample_edition.h"
#include "table_xlsx.h"

#include <libxml/parser.h>
#include <time.h>

static void check_clean(const char *given, const char *expected) {
    g_autofree char *clean = html_clean(given);
    g_autofree char *again = html_clean(clean);
    g_assert_cmpstr(clean, ==, expected);
    g_assert_cmpstr(again, ==, expected);
}

static void a_document_holds_no_character_that_breaks_it(void) {
    check_clean("a\x01\x1b\x7f\xc2\x85z", "az");
    check_clean("\u202eabc\u2066\u200f", "abc");
    check_clean("\uffff\ufffe", "");
    check_clean("a\xff", "a\ufffd");
    check_clean("90\u202f% «\u202fÉtal\u202f»\n\n\t☃",
                "90\u202f% «\u202fÉtal\u202f»\n\n\t☃");
}

static void what_is_written_is_escaped(void) {
    struct html html;
    html_begin(&html);
    html_open(&html, "p", HTML("title", "\"<&'\x02>"));
    html_text(&html, "</p><script>&amp;");
    html_element(&html, "td", NULL, "");
    html_void(&html, "br", NULL);
    html_close(&html);
    g_autoptr(GBytes) document = html_finish(&html);
    g_autofree char *text =
        g_strndup(g_bytes_get_data(document, NULL), g_bytes_get_size(document));
    g_assert_nonnull(strstr(text, "&lt;/p&gt;&lt;script&gt;&amp;amp;"));
    g_assert_nonnull(strstr(text, "title=\"&quot;&lt;&amp;"));
    g_assert_nonnull(strstr(text, "<td></td><br/></p>\n"));
    g_assert_null(strstr(text, "<script"));
}

/* The lines of a table as it is published. */
static char **csv_lines(const struct edition *edition, const char *id) {
    g_autoptr(GPtrArray) tables = tables_collect(edition);
    const struct table *table = tables_find(tables, id);
    g_assert_nonnull(table);
    g_autoptr(GBytes) csv = table_csv(table);
    g_autofree char *text = g_strndup(g_bytes_get_data(csv, NULL), g_bytes_get_size(csv));
    g_assert_true(g_str_has_suffix(text, "\r\n"));
    return g_strsplit(text, "\r\n", -1);
}

static void an_unknown_figure_is_empty_beside_its_reason(void) {
    scoped(edition) *edition = full_edition();
    g_auto(GStrv) lines = csv_lines(edition, "pillars");
    g_assert_cmpstr(
        lines[1], ==,
        "etal-cie,support,100.0,100.0,100.0,,improving,12.3,100+,established");
    g_assert_cmpstr(lines[3], ==, "quai,support,,,,few_firms,unknown,,,insufficient");
}

static void check_name(const char *name, const char *expected) {
    scoped(edition) *edition = full_edition();
    struct edition_marketplace *place = g_ptr_array_index(edition->marketplaces, 0);
    g_free(place->name);
    place->name = g_strdup(name);
    g_auto(GStrv) lines = csv_lines(edition, "scores");
    g_autofree char *start = g_strdup_printf("etal-cie,%s,B,68.2,", expected);
    g_assert_true(g_str_has_prefix(lines[1], start));
}

static void no_spreadsheet_takes_a_name_for_a_formula(void) {
    check_name("=1+2", "\"'=1+2\"");
    check_name("+a", "\"'+a\"");
    check_name("-a", "\"'-a\"");
    check_name("@a", "\"'@a\"");
    check_name("\r=a", "\"'=a\"");
    check_name("a=b", "a=b");
    check_name("a,\"b\"", "\"a,\"\"b\"\"\"");
}

static void what_secrecy_hides_stays_hidden(void) {
    scoped(edition) *edition = full_edition();
    g_auto(GStrv) lines = csv_lines(edition, "counts");
    g_assert_cmpstr(lines[1], ==, "month-2026-09,2026-08,quai,");
    g_assert_cmpstr(lines[2], ==, "month-2026-09,2026-08,etal-cie,20");
}

static void notices_are_a_table_and_a_hidden_bin_has_no_number(void) {
    scoped(edition) *edition = full_edition();
    g_auto(GStrv) lines = csv_lines(edition, "notice");
    g_assert_cmpstr(lines[1], ==,
                    "etal-cie,changes,50.0,18.8,81.2,,3,0.93,\"15, x, -3, 120, 0, 14\"");
    g_assert_cmpstr(lines[2], ==,
                    "etal-cie,terminations,0.0,0.0,0.0,,2,1.00,"
                    "\"<0: 10, 0: x, 15: 0, 30: 1235\"");
    g_auto(GStrv) acts = csv_lines(edition, "notice_changes");
    g_assert_true(g_str_has_prefix(acts[1], "etal-cie,Changement n° 6,liability,2024-"));
    g_assert_true(g_str_has_suffix(acts[2], ","));
}

/* Every page, feed and fragment of an edition without pictures. */
static struct site *build(const struct edition *edition) {
    GError *error = NULL;
    scoped(words) *french = words_load(WORDS_FR, NULL, &error);
    scoped(words) *english = words_load(WORDS_EN, NULL, &error);
    g_assert_no_error(error);
    const struct words *const words[] = {french, english};
    char *const title[] = {(char[]){"Titre </title> &"}, (char[]){"Title </title> &"}};
    const struct site_settings settings = {
        .title = title, .heading_level = 2, .folder = "editions/2026-10"};
    struct site *site = g_new0(struct site, 1);
    site->files = g_ptr_array_new();
    page_add_all(site, edition, words, &settings);
    return site;
}

static void clear(struct site *site) {
    for (guint i = 0; i < site->files->len; i++) {
        struct site_file *file = g_ptr_array_index(site->files, i);
        g_free(file->path);
        g_bytes_unref(file->content);
        g_free(file);
    }
    g_ptr_array_unref(site->files);
    g_free(site);
}

static void check_well_formed(const struct edition *edition) {
    struct site *site = build(edition);
    guint read = 0;
    for (guint i = 0; i < site->files->len; i++) {
        const struct site_file *file = g_ptr_array_index(site->files, i);
        if (!g_str_has_suffix(file->path, ".html") &&
            !g_str_has_suffix(file->path, ".atom"))
            continue;
        xmlDoc *document = xmlReadMemory(g_bytes_get_data(file->content, NULL),
                                         (int)g_bytes_get_size(file->content), file->path,
                                         NULL, XML_PARSE_NONET);
        g_assert_nonnull(document);
        xmlFreeDoc(document);
        read++;
    }
    /* index, questions, method, statement, corrections, feed, fragment; and the places */
    g_assert_cmpuint(read, ==, 2 * (7 + edition->marketplaces->len));
    clear(site);
}

static void pages_of_any_edition_are_well_formed(void) {
    scoped(edition) *full = full_edition();
    scoped(edition) *sample = sample_edition(true);
    scoped(edition) *bare = sample_edition(false);
    check_well_formed(full);
    check_well_formed(sample);
    check_well_formed(bare);
    g_ptr_array_set_size(bare->marketplaces, 0);
    g_ptr_array_set_size(bare->pairs, 0);
    check_well_formed(bare);
}

static void the_same_edition_gives_the_same_bytes(void) {
    scoped(edition) *edition = full_edition();
    struct site *one = build(edition), *two = build(edition);
    g_assert_cmpuint(one->files->len, ==, two->files->len);
    for (guint i = 0; i < one->files->len; i++) {
        const struct site_file *a = g_ptr_array_index(one->files, i);
        const struct site_file *b = g_ptr_array_index(two->files, i);
        g_assert_cmpstr(a->path, ==, b->path);
        g_assert_true(g_bytes_equal(a->content, b->content));
    }
    clear(one);
    clear(two);
}

static GBytes *find(const struct site *site, const char *path) {
    const struct page page = {.site = site};
    return page_file(&page, path);
}

/* Both editions lead to the site's list, the later one to the earlier too. */
static void check_ways_out(const char *folder, const char *reason, const char *list,
                           const char *before) {
    GError *error = NULL;
    scoped(words) *french = words_load(WORDS_FR, NULL, &error);
    scoped(words) *english = words_load(WORDS_EN, NULL, &error);
    g_assert_no_error(error);
    scoped(edition) *edition = full_edition();
    const struct words *const words[] = {french, english};
    char *const title[] = {(char[]){"Titre"}, (char[]){"Title"}};
    const struct site_settings settings = {.title = title,
                                           .heading_level = 2,
                                           .folder = folder,
                                           .reason = reason,
                                           .corrected_on = "2026-11-15"};
    scoped(site) *site = site_new();
    page_add_all(site, edition, words, &settings);
    GBytes *file = find(site, "en/corrections/index.html");
    g_assert_nonnull(file);
    g_autofree char *text =
        g_strndup(g_bytes_get_data(file, NULL), g_bytes_get_size(file));
    g_assert_nonnull(strstr(text, list));
    g_assert_true(before == NULL || strstr(text, before) != NULL);
    g_assert_true((reason != NULL) == (strstr(text, "15 November 2026") != NULL));
}

static void a_frozen_edition_says_where_its_correction_would_be_told(void) {
    check_ways_out("editions/2026-10", NULL,
                   "href=\"../../../../en/corrections/index.html\"", NULL);
    check_ways_out("editions/2026-10/r2", "Twice.",
                   "href=\"../../../../../en/corrections/index.html\"",
                   "href=\"../../../../../editions/2026-10/index.html\"");
    check_ways_out("editions/2026-10/r3", "Again.",
                   "href=\"../../../../../en/corrections/index.html\"",
                   "href=\"../../../../../editions/2026-10/r2/index.html\"");
}

static GBytes *workbook_in(const char *zone) {
    GError *error = NULL;
    g_setenv("TZ", zone, TRUE);
    tzset();
    scoped(words) *french = words_load(WORDS_FR, NULL, &error);
    scoped(words) *english = words_load(WORDS_EN, NULL, &error);
    scoped(edition) *edition = full_edition();
    const struct words *const words[] = {french, english};
    char *const title[] = {(char[]){"=Titre"}, (char[]){"Title"}};
    const struct site_settings settings = {.title = title};
    g_autoptr(GPtrArray) tables = tables_collect(edition);
    GBytes *book =
        table_xlsx(tables_find(tables, "scores"), edition, words, &settings, &error);
    g_assert_no_error(error);
    return book;
}

static void a_workbook_is_the_same_in_any_time_zone(void) {
    g_autoptr(GBytes) here = workbook_in("UTC");
    g_autoptr(GBytes) there = workbook_in("Pacific/Auckland");
    g_assert_cmpmem(g_bytes_get_data(here, NULL), 4, "PK\x03\x04", 4);
    g_assert_true(g_bytes_equal(here, there));
}

static void a_reply_is_quoted_to_the_letter_and_only_as_text(void) {
    scoped(edition) *edition = full_edition();
    struct edition_marketplace *place = g_ptr_array_index(edition->marketplaces, 0);
    g_free(place->reply[WORDS_FR]);
    place->reply[WORDS_FR] = g_strdup("Non <b>.\n\nhttp://a.example & « fin »");
    struct site *site = build(edition);
    const struct page page = {.site = site};
    GBytes *file = page_file(&page, "places/etal-cie/index.html");
    g_assert_nonnull(file);
    g_autofree char *text =
        g_strndup(g_bytes_get_data(file, NULL), g_bytes_get_size(file));
    g_assert_nonnull(strstr(text, "<blockquote><p>Non &lt;b&gt;.</p>"
                                  "<p>http://a.example &amp; « fin »</p></blockquote>"));
    clear(site);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/pages/a_document_holds_no_character_that_breaks_it",
                    a_document_holds_no_character_that_breaks_it);
    g_test_add_func("/pages/what_is_written_is_escaped", what_is_written_is_escaped);
    g_test_add_func("/pages/an_unknown_figure_is_empty_beside_its_reason",
                    an_unknown_figure_is_empty_beside_its_reason);
    g_test_add_func("/pages/no_spreadsheet_takes_a_name_for_a_formula",
                    no_spreadsheet_takes_a_name_for_a_formula);
    g_test_add_func("/pages/what_secrecy_hides_stays_hidden",
                    what_secrecy_hides_stays_hidden);
    g_test_add_func("/pages/notices_are_a_table_and_a_hidden_bin_has_no_number",
                    notices_are_a_table_and_a_hidden_bin_has_no_number);
    g_test_add_func("/pages/pages_of_any_edition_are_well_formed",
                    pages_of_any_edition_are_well_formed);
    g_test_add_func("/pages/the_same_edition_gives_the_same_bytes",
                    the_same_edition_gives_the_same_bytes);
    g_test_add_func("/pages/a_reply_is_quoted_to_the_letter_and_only_as_text",
                    a_reply_is_quoted_to_the_letter_and_only_as_text);
    g_test_add_func("/pages/a_frozen_edition_says_where_its_correction_would_be_told",
                    a_frozen_edition_says_where_its_correction_would_be_told);
    g_test_add_func("/pages/a_workbook_is_the_same_in_any_time_zone",
                    a_workbook_is_the_same_in_any_time_zone);
    return g_test_run();
}
