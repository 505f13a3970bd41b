#include "barometre/parcel.h"

#include "barometre/error.h"
#include "scratch.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

static const char text[] = "a,b\n1,\"two\nlines\"\n3,4\n";

/* A member of an archive that a test writes. */
struct member {
    const char *path;
    const void *bytes;
    size_t length;
};

static struct member member(const char *path, const char *content) {
    return (struct member){path, content, strlen(content)};
}

/* Writes an archive of the members (path NULL at the end); the caller frees its path. */
static char *pack(const struct scratch *scratch, const char *name, int format, int filter,
                  const struct member *members) {
    char *path = g_build_filename(scratch->path, name, NULL);
    struct archive *archive = archive_write_new();
    g_assert_cmpint(archive_write_set_format(archive, format), ==, ARCHIVE_OK);
    g_assert_cmpint(archive_write_add_filter(archive, filter), ==, ARCHIVE_OK);
    g_assert_cmpint(archive_write_open_filename(archive, path), ==, ARCHIVE_OK);
    for (; members->path != NULL; members++) {
        struct archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, members->path);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, (la_int64_t)members->length);
        g_assert_cmpint(archive_write_header(archive, entry), ==, ARCHIVE_OK);
        g_assert_cmpint(archive_write_data(archive, members->bytes, members->length), ==,
                        members->length);
        archive_entry_free(entry);
    }
    g_assert_cmpint(archive_write_free(archive), ==, ARCHIVE_OK);
    return path;
}

static char *zip(const struct scratch *scratch, const char *name,
                 const struct member *members) {
    return pack(scratch, name, ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, members);
}

/* Reads all exports of a parcel: "name=bytes" each; NULL and the error where it fails. */
static GPtrArray *unpack(const struct scratch *scratch, const char *path,
                         GError **error) {
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
    scoped(parcel) *parcel = parcel_open(path, scratch->path, error);
    if (parcel == NULL)
        return NULL;
    for (;;) {
        scoped(export) *export = NULL;
        if (!parcel_next(parcel, &export, error))
            return NULL;
        if (export == NULL)
            return g_steal_pointer(&found);
        g_autofree char *bytes = g_malloc0((gsize) export->size + 1);
        g_assert_cmpint(pread(export->fd, bytes, (gsize) export->size, 0), ==,
                        export->size);
        g_assert_true(export_hash(export, error));
        g_ptr_array_add(found, g_strconcat(export->name, "=", bytes, NULL));
    }
}

static void assert_unpacks(const struct scratch *scratch, const char *path,
                           const char *const *expected) {
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) found = unpack(scratch, path, &error);
    g_assert_no_error(error);
    g_ptr_array_add(found, NULL);
    for (guint i = 0; expected[i] != NULL || i + 1 < found->len; i++)
        g_assert_cmpstr(g_ptr_array_index(found, i), ==, expected[i]);
}

static void assert_refused(const struct scratch *scratch, const char *path,
                           const char *why) {
    g_autoptr(GError) error = NULL;
    g_assert_null(unpack(scratch, path, &error));
    g_assert_error(error, BAROMETRE_ERROR, ERROR_REFUSED);
    g_assert_nonnull(strstr(error->message, why));
}

static void a_plain_file_is_its_own_export(void) {
    scoped(scratch) *scratch = scratch_new();
    g_autofree char *path = scratch_write(scratch->path, "plain.csv", text, -1);
    g_autofree char *expected = g_strconcat("plain.csv=", text, NULL);
    assert_unpacks(scratch, path, (const char *const[]){expected, NULL});
}

static void a_compressed_file_is_what_it_unpacks_to(void) {
    static const struct {
        const char *name;
        int filter;
    } kinds[] = {{"export.csv.gz", ARCHIVE_FILTER_GZIP},
                 {"export.csv.xz", ARCHIVE_FILTER_XZ},
                 {"export.csv.zst", ARCHIVE_FILTER_ZSTD}};
    scoped(scratch) *scratch = scratch_new();
    g_autofree char *expected = g_strconcat("export.csv=", text, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        g_autofree char *path =
            pack(scratch, kinds[i].name, ARCHIVE_FORMAT_RAW, kinds[i].filter,
                 (struct member[]){member("data", text), {NULL}});
        assert_unpacks(scratch, path, (const char *const[]){expected, NULL});
    }
}

static void an_archive_is_its_members_in_their_order(void) {
    scoped(scratch) *scratch = scratch_new();
    g_autofree char *path = zip(scratch, "two.zip",
                                (struct member[]){member("b/été.csv", "x\n1\n"),
                                                  member("a.csv", "y\n2\n"),
                                                  member("a.csv.sha1", "0123"),
                                                  member("__MACOSX/a.csv", "m"),
                                                  member("b/.DS_Store", "d"),
                                                  {NULL}});
    assert_unpacks(
        scratch, path,
        (const char *const[]){"two.zip/b/été.csv=x\n1\n", "two.zip/a.csv=y\n2\n", NULL});
}

static void archives_in_archives_are_opened_too(void) {
    scoped(scratch) *scratch = scratch_new();
    g_autofree char *inner = zip(
        scratch, "inner.zip",
        (struct member[]){member("1.csv", "x\n1\n"), member("2.csv", "x\n2\n"), {NULL}});
    g_autofree char *bytes = NULL;
    gsize length;
    g_assert_true(g_file_get_contents(inner, &bytes, &length, NULL));
    g_autofree char *outer =
        zip(scratch, "outer.zip",
            (struct member[]){
                {"inner.zip", bytes, length}, member("3.csv", "x\n3\n"), {NULL}});
    assert_unpacks(scratch, outer,
                   (const char *const[]){"outer.zip/inner.zip/1.csv=x\n1\n",
                                         "outer.zip/inner.zip/2.csv=x\n2\n",
                                         "outer.zip/3.csv=x\n3\n", NULL});
}

static void a_workbook_is_one_export(void) {
    scoped(scratch) *scratch = scratch_new();
    g_autofree char *path =
        zip(scratch, "book.xlsx",
            (struct member[]){member("[Content_Types].xml", "<Types/>"),
                              member("xl/workbook.xml", "<workbook/>"),
                              {NULL}});
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) found = unpack(scratch, path, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(found->len, ==, 1);
    g_assert_true(g_str_has_prefix(g_ptr_array_index(found, 0), "book.xlsx=PK"));
}

static void what_unpacks_without_end_is_refused(void) {
    enum { SIZE = 64 << 20 };
    scoped(scratch) *scratch = scratch_new();
    g_autofree char *zeros = g_malloc0(SIZE);
    g_autofree char *path =
        pack(scratch, "bomb.csv.gz", ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP,
             (struct member[]){{"data", zeros, SIZE}, {NULL}});
    assert_refused(scratch, path, "100 times");
}

static void archives_nested_too_deep_are_refused(void) {
    scoped(scratch) *scratch = scratch_new();
    g_autofree char *bytes = g_strdup(text);
    gsize length = strlen(text);
    g_autofree char *path = NULL;
    for (int depth = 0; depth < 4; depth++) {
        g_free(path);
        path = zip(
            scratch, "deep.zip",
            (struct member[]){{depth == 0 ? "d.csv" : "d.zip", bytes, length}, {NULL}});
        g_free(g_steal_pointer(&bytes));
        g_assert_true(g_file_get_contents(path, &bytes, &length, NULL));
    }
    assert_refused(scratch, path, "more than three archives");
}

/* Cut anywhere, a packed file fails or gives whole members: never a part of one. */
static void a_damaged_archive_gives_whole_members_or_none(void) {
    scoped(scratch) *scratch = scratch_new();
    g_autofree char *path =
        pack(scratch, "whole.gz", ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP,
             (struct member[]){member("data", text), {NULL}});
    g_autofree char *bytes = NULL;
    gsize length;
    g_assert_true(g_file_get_contents(path, &bytes, &length, NULL));
    for (gsize cut = 3; cut < length; cut++) {
        g_autofree char *part =
            scratch_write(scratch->path, "cut.gz", bytes, (gssize)cut);
        g_autoptr(GError) error = NULL;
        g_autoptr(GPtrArray) found = unpack(scratch, part, &error);
        if (found == NULL)
            g_assert_error(error, BAROMETRE_ERROR, ERROR_REFUSED);
        else
            g_assert_cmpstr(g_ptr_array_index(found, 0), ==,
                            cut >= length - 8 ? "cut=a,b\n1,\"two\nlines\"\n3,4\n" : "");
    }
}

int main(int argc, char **argv) {
    setlocale(LC_ALL, "C.UTF-8"); /* as the program does: libarchive converts names */
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/parcel/" #name, name)
    TEST(a_plain_file_is_its_own_export);
    TEST(a_compressed_file_is_what_it_unpacks_to);
    TEST(an_archive_is_its_members_in_their_order);
    TEST(archives_in_archives_are_opened_too);
    TEST(a_workbook_is_one_export);
    TEST(what_unpacks_without_end_is_refused);
    TEST(archives_nested_too_deep_are_refused);
    TEST(a_damaged_archive_gives_whole_members_or_none);
    return g_test_run();
}
