#include "manifest.h"

#include "barometre/error.h"
#include "barometre/month.h"
#include "version.h"

#include <jansson.h>
#include <openssl/evp.h>
#include <string.h>

static char *sha256(GBytes *content) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    gsize length;
    const void *bytes = g_bytes_get_data(content, &length);
    if (EVP_Digest(bytes, length, digest, &size, EVP_sha256(), NULL) != 1)
        g_error("libcrypto has no SHA-256");
    GString *text = g_string_sized_new(2 * size + 1);
    for (unsigned int i = 0; i < size; i++)
        g_string_append_printf(text, "%02x", digest[i]);
    return g_string_free(text, FALSE);
}

/* What of the settings is in the pages. */
static json_t *settings_object(const struct site_settings *settings) {
    json_t *title = json_object();
    for (int l = 0; l < WORDS_LANGUAGES; l++)
        json_object_set_new(title, words_code((enum words_language)l),
                            json_string(settings->title[l]));
    return json_pack("{s:o, s:s?, s:i, s:s?}", "title", title, "base_url",
                     settings->base_url, "heading_level", settings->heading_level, "look",
                     settings->look);
}

GBytes *manifest_document(const json_t *document) {
    char *text = json_dumps(document, JSON_INDENT(1) | JSON_SORT_KEYS);
    GString *line = g_string_new(text);
    free(text);
    g_string_append_c(line, '\n');
    return g_string_free_to_bytes(line);
}

static json_t *files_object(const struct site *site) {
    json_t *files = json_object();
    for (guint i = 0; i < site->files->len; i++) {
        const struct site_file *file = g_ptr_array_index(site->files, i);
        g_autofree char *hash = sha256(file->content);
        json_object_set_new(files, file->path,
                            json_pack("{s:s, s:I}", "sha256", hash, "bytes",
                                      (json_int_t)g_bytes_get_size(file->content)));
    }
    return files;
}

GBytes *manifest_write(const struct site *site, const struct edition *edition,
                       const struct site_settings *settings) {
    char as_of[MONTH_TEXT_SIZE];
    month_format(edition->as_of, as_of);
    json_auto_t *manifest = json_pack(
        "{s:s, s:s, s:s, s:s, s:o, s:o}", "schema", "barometre/manifest/1", "as_of",
        as_of, "program", BAROMETRE_VERSION, "method", edition->method_version,
        "settings", settings_object(settings), "files", files_object(site));
    return manifest_document(manifest);
}

static const struct site_file *find_manifest(const struct site *site) {
    for (guint i = 0; i < site->files->len; i++) {
        const struct site_file *file = g_ptr_array_index(site->files, i);
        if (strcmp(file->path, "manifest.json") == 0)
            return file;
    }
    g_assert_not_reached();
}

static bool refuse(const char *path, const char *what, GError **error) {
    g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED,
                "%s: %s; give site/ back its last good generation", path, what);
    return false;
}

static json_t *load(const char *directory, GError **error) {
    g_autofree char *path = g_build_filename(directory, "manifest.json", NULL);
    json_t *manifest = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(json_object_get(manifest, "files"))) {
        json_decref(manifest);
        manifest = NULL;
        refuse(path, "is not the manifest of a site", error);
    }
    return manifest;
}

/* A file as it was published, or nothing. */
static bool carry_file(const char *directory, const char *path, json_t *entry,
                       struct site *site, GError **error) {
    g_autofree char *origin = g_build_filename(directory, path, NULL);
    g_autoptr(GMappedFile) mapped = g_mapped_file_new(origin, FALSE, NULL);
    if (mapped == NULL)
        return refuse(origin, "is missing or cannot be read", error);
    g_autoptr(GBytes) content = g_mapped_file_get_bytes(mapped);
    g_autofree char *hash = sha256(content);
    const char *published = json_string_value(json_object_get(entry, "sha256"));
    if (published == NULL || strcmp(hash, published) != 0)
        return refuse(origin, "was changed since it was published", error);
    site_add_link(site, path, g_steal_pointer(&content), origin);
    return true;
}

bool manifest_carry(const char *directory, bool (*is_wanted)(const char *path),
                    struct site *site, GError **error) {
    if (!g_file_test(directory, G_FILE_TEST_EXISTS))
        return true;
    json_auto_t *manifest = load(directory, error);
    const char *path;
    json_t *entry;
    json_object_foreach(json_object_get(manifest, "files"), path, entry) {
        if (is_wanted(path) && !carry_file(directory, path, entry, site, error))
            return false;
    }
    return manifest != NULL;
}

GBytes *manifest_extend(const char *directory, const struct site *shown,
                        const struct site *site, GError **error) {
    json_auto_t *manifest = NULL;
    if (shown != NULL) {
        gsize length;
        const char *text = g_bytes_get_data(find_manifest(shown)->content, &length);
        manifest = json_loadb(text, length, 0, NULL);
        g_assert(manifest != NULL);
    } else {
        manifest = load(directory, error);
    }
    if (manifest == NULL)
        return NULL;
    json_object_set_new(manifest, "files", files_object(site));
    return manifest_document(manifest);
}

char *manifest_hash(const struct site *site) {
    return sha256(find_manifest(site)->content);
}

static bool is_of_program(const json_t *manifest) {
    const char *program = json_string_value(json_object_get(manifest, "program"));
    return program != NULL && strcmp(program, BAROMETRE_VERSION) == 0;
}

bool manifest_is_ours(const char *path, const struct site_settings *settings) {
    json_auto_t *manifest = json_load_file(path, 0, NULL);
    json_auto_t *wanted = settings_object(settings);
    return is_of_program(manifest) &&
           json_equal(wanted, json_object_get(manifest, "settings")) == 1;
}

bool manifest_has_look(const char *path, const char *look) {
    json_auto_t *manifest = json_load_file(path, 0, NULL);
    const char *drawn =
        json_string_value(json_object_get(json_object_get(manifest, "settings"), "look"));
    return is_of_program(manifest) && look != NULL && g_strcmp0(drawn, look) == 0;
}
