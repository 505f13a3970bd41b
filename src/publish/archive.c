#include "barometre/archive.h"

#include "barometre/error.h"
#include "barometre/month.h"
#include "manifest.h"
#include "sitemap.h"

#include <jansson.h>
#include <string.h>

static const char list_name[] = "editions.json";
static const char errata_name[] = "errata.json";
static const char folder_name[] = "editions/";

static void archived_free(struct archived *archived) {
    g_free(archived->reason);
    g_free(archived->corrected_on);
    g_free(archived);
}

static struct archive *archive_new(const char *root) {
    struct archive *archive = g_new0(struct archive, 1);
    archive->directory = g_build_filename(root, "current", NULL);
    archive->editions = g_ptr_array_new_with_free_func((GDestroyNotify)archived_free);
    return archive;
}

void archive_free(struct archive *archive) {
    if (archive == NULL)
        return;
    g_free(archive->directory);
    g_ptr_array_unref(archive->editions);
    g_free(archive);
}

static int by_month(const void *a, const void *b) {
    const struct archived *left = *(struct archived *const *)a;
    const struct archived *right = *(struct archived *const *)b;
    return left->month != right->month ? (left->month > right->month ? 1 : -1)
                                       : left->revision - right->revision;
}

/* False where this is no entry of a list. */
static bool read_entry(struct archive *archive, json_t *entry) {
    const char *month, *reason = NULL, *day = NULL;
    int revision;
    struct archived read = {0};
    if (json_unpack(entry, "{s:s, s:i, s?s, s?s}", "month", &month, "revision", &revision,
                    "reason", &reason, "corrected_on", &day) != 0 ||
        !month_parse(month, &read.month) || revision < 1 ||
        (revision > 1) != (reason != NULL && day != NULL))
        return false;
    read.revision = revision;
    read.reason = g_strdup(reason);
    read.corrected_on = g_strdup(day);
    g_ptr_array_add(archive->editions, g_memdup2(&read, sizeof read));
    return true;
}

static bool read_list(struct archive *archive, const char *path) {
    json_auto_t *document = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
    json_t *entries = json_object_get(document, "editions"), *entry;
    size_t i;
    json_array_foreach(entries, i, entry) {
        if (!read_entry(archive, entry))
            return false;
    }
    return json_is_array(entries);
}

struct archive *archive_open(const char *root, GError **error) {
    scoped(archive) *archive = archive_new(root);
    g_autofree char *path = g_build_filename(archive->directory, list_name, NULL);
    g_autofree char *folder = g_build_filename(archive->directory, folder_name, NULL);
    const bool kept =
        g_file_test(path, G_FILE_TEST_EXISTS) || g_file_test(folder, G_FILE_TEST_EXISTS);
    if (kept && !read_list(archive, path)) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED,
                    "%s: is not the list of the published editions; give site/ back its "
                    "last good generation",
                    path);
        return NULL;
    }
    g_ptr_array_sort(archive->editions, by_month);
    return g_steal_pointer(&archive);
}

const struct archived *archive_find(const struct archive *archive, int32_t month) {
    const struct archived *found = NULL;
    for (guint i = 0; i < archive->editions->len; i++) {
        const struct archived *archived = g_ptr_array_index(archive->editions, i);
        if (archived->month == month)
            found = archived;
    }
    return found;
}

const struct archived *archive_newest(const struct archive *archive) {
    const guint count = archive->editions->len;
    return count > 0 ? g_ptr_array_index(archive->editions, count - 1) : NULL;
}

static char *revision_folder(int32_t month, int revision) {
    char text[MONTH_TEXT_SIZE];
    month_format(month, text);
    return revision == 1 ? g_strconcat(folder_name, text, NULL)
                         : g_strdup_printf("%s%s/r%d", folder_name, text, revision);
}

char *archived_folder(const struct archived *archived) {
    return revision_folder(archived->month, archived->revision);
}

char *archive_document(const struct archive *archive, const struct archived *archived,
                       GError **error) {
    g_autofree char *folder = archived_folder(archived);
    g_autofree char *path =
        g_build_filename(archive->directory, folder, "edition.json", NULL);
    char *document = NULL;
    return g_file_get_contents(path, &document, NULL, error) ? document : NULL;
}

/* Takes out of a document, at any depth, what only words a figure. */
static void forget_words(json_t *value) {
    static const char *const worded[] = {"sentence", "label", "name", "reply"};
    const char *key;
    json_t *member;
    size_t i;
    json_array_foreach(value, i, member) {
        forget_words(member);
    }
    for (size_t w = 0; json_is_object(value) && w < G_N_ELEMENTS(worded); w++)
        json_object_del(value, worded[w]);
    json_object_foreach(value, key, member) {
        forget_words(member);
    }
}

static json_t *read_document(const char *text, enum archive_likeness likeness) {
    json_t *document = json_loads(text, 0, NULL);
    json_object_del(document, "sources");
    json_object_del(document, "method");
    if (likeness == ARCHIVE_FIGURES)
        forget_words(document);
    return document;
}

bool archive_is_like(const struct archive *archive, const struct archived *archived,
                     const struct edition *edition, enum archive_likeness likeness,
                     bool *like, GError **error) {
    g_autofree char *published = archive_document(archive, archived, error);
    if (published == NULL)
        return false;
    g_autofree char *computed = edition_write(edition);
    json_auto_t *before = read_document(published, likeness);
    json_auto_t *now = read_document(computed, likeness);
    if (before == NULL) {
        g_autofree char *folder = archived_folder(archived);
        g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED,
                    "%s/edition.json: is no JSON; give site/ back its last good "
                    "generation",
                    folder);
        return false;
    }
    *like = json_equal(before, now) == 1;
    return true;
}

const struct archived *archive_add(struct archive *archive, int32_t month,
                                   const char *reason, int32_t day) {
    const struct archived *before = archive_find(archive, month);
    struct archived *added = g_new0(struct archived, 1);
    added->month = month;
    added->revision = before != NULL ? before->revision + 1 : 1;
    if (before != NULL) {
        char text[DAY_TEXT_SIZE];
        day_format(day, text);
        added->reason = g_strdup(reason);
        added->corrected_on = g_strdup(text);
    }
    g_ptr_array_add(archive->editions, added);
    g_ptr_array_sort(archive->editions, by_month);
    return added;
}

/* The address of a revision, as the root of the site links to it; null outside 1 to the
 * latest. */
static json_t *address(const struct archive *archive, int32_t month, int revision) {
    if (revision < 1 || revision > archive_find(archive, month)->revision)
        return json_null();
    g_autofree char *folder = revision_folder(month, revision);
    return json_sprintf("%s/", folder);
}

/* An entry of both lists. */
static json_t *entry_object(const struct archive *archive,
                            const struct archived *archived) {
    const int32_t month = archived->month;
    const int revision = archived->revision;
    char text[MONTH_TEXT_SIZE];
    month_format(month, text);
    json_t *entry = json_pack("{s:s, s:i, s:o, s:o, s:o}", "month", text, "revision",
                              revision, "path", address(archive, month, revision),
                              "revises", address(archive, month, revision - 1),
                              "revised_by", address(archive, month, revision + 1));
    if (archived->reason != NULL) {
        json_object_set_new(entry, "reason", json_string(archived->reason));
        json_object_set_new(entry, "corrected_on", json_string(archived->corrected_on));
    }
    return entry;
}

/* A list, newest first: of all editions, or of the corrections. */
static GBytes *write_list(const struct archive *archive, const char *schema,
                          const char *member, bool corrections) {
    json_t *entries = json_array();
    for (guint i = archive->editions->len; i-- > 0;) {
        const struct archived *archived = g_ptr_array_index(archive->editions, i);
        if (!corrections || archived->reason != NULL)
            json_array_append_new(entries, entry_object(archive, archived));
    }
    json_auto_t *document = json_pack("{s:s, s:o}", "schema", schema, member, entries);
    return manifest_document(document);
}

static const struct site_file *find_file(const struct site *site, const char *path) {
    for (guint i = 0; site != NULL && i < site->files->len; i++) {
        const struct site_file *file = g_ptr_array_index(site->files, i);
        if (strcmp(file->path, path) == 0)
            return file;
    }
    return NULL;
}

static void add_file(struct site *whole, const char *path, const struct site_file *file) {
    site_add_link(whole, path, g_bytes_ref(file->content), file->origin);
}

/* The edition's files at the root, but those that the front has of its own. */
static void add_shown(struct site *whole, const struct site *shown,
                      const struct site *front) {
    for (guint i = 0; i < shown->files->len; i++) {
        const struct site_file *file = g_ptr_array_index(shown->files, i);
        if (strcmp(file->path, "manifest.json") != 0 &&
            find_file(front, file->path) == NULL)
            add_file(whole, file->path, file);
    }
}

static void add_frozen(struct site *whole, const struct site *fresh, const char *folder) {
    for (guint i = 0; i < fresh->files->len; i++) {
        const struct site_file *file = g_ptr_array_index(fresh->files, i);
        g_autofree char *path = g_strconcat(folder, "/", file->path, NULL);
        add_file(whole, path, file);
    }
}

static bool is_frozen(const char *path) {
    return g_str_has_prefix(path, folder_name);
}

static bool is_kept(const char *path) {
    return strcmp(path, list_name) != 0 && strcmp(path, errata_name) != 0 &&
           strcmp(path, SITEMAP_PATH) != 0;
}

/* What is published stays: all of it, or where another edition is shown the frozen ones.
 */
static bool carry(const struct archive *archive, const struct site *shown,
                  const struct site *front, struct site *whole, GError **error) {
    scoped(site) *carried = site_new();
    if (!manifest_carry(archive->directory, shown != NULL ? is_frozen : is_kept, carried,
                        error))
        return false;
    for (guint i = 0; i < carried->files->len; i++) {
        const struct site_file *file = g_ptr_array_index(carried->files, i);
        if (find_file(front, file->path) == NULL)
            add_file(whole, file->path, file);
    }
    return true;
}

struct site *archive_compose(const struct archive *archive, const struct site *shown,
                             const struct archived *added, const struct site *fresh,
                             const struct site *front, const char *base_url,
                             GError **error) {
    scoped(site) *whole = site_new();
    if (shown != NULL)
        add_shown(whole, shown, front);
    if (fresh != NULL) {
        g_autofree char *folder = archived_folder(added);
        add_frozen(whole, fresh, folder);
    }
    if (!carry(archive, shown, front, whole, error))
        return NULL;
    for (guint i = 0; front != NULL && i < front->files->len; i++) {
        const struct site_file *file = g_ptr_array_index(front->files, i);
        add_file(whole, file->path, file);
    }
    site_add(whole, list_name,
             write_list(archive, "barometre/editions/1", "editions", false));
    site_add(whole, errata_name,
             write_list(archive, "barometre/errata/1", "errata", true));
    if (base_url != NULL)
        site_add(whole, SITEMAP_PATH, sitemap_write(whole, base_url));
    GBytes *manifest = manifest_extend(archive->directory, shown, whole, error);
    if (manifest == NULL)
        return NULL;
    site_add(whole, "manifest.json", manifest);
    return g_steal_pointer(&whole);
}
