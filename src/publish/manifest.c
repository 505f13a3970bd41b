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

static json_t *title_object(char *const *title) {
    json_t *object = json_object();
    for (int l = 0; l < WORDS_LANGUAGES; l++)
        json_object_set_new(object, words_code((enum words_language)l),
                            json_string(title[l]));
    return object;
}

/* A number for the words and colours, to see that they changed. */
static json_t *look_number(const struct site_look *look) {
    uint64_t hash = theme_hash(look->theme);
    for (int l = 0; l < WORDS_LANGUAGES; l++)
        hash = hash * UINT64_C(0x100000001b3) ^ words_hash(look->words[l]);
    char text[17];
    g_snprintf(text, sizeof text, "%016" G_GINT64_MODIFIER "x", hash);
    return json_string(text);
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
                       const struct site_look *look) {
    char as_of[MONTH_TEXT_SIZE];
    month_format(edition->as_of, as_of);
    json_auto_t *manifest =
        json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:o}", "schema", "barometre/manifest/1",
                  "as_of", as_of, "program", BAROMETRE_VERSION, "method",
                  edition->method_version, "title", title_object(look->title), "look",
                  look_number(look), "files", files_object(site));
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

bool manifest_is_ours(const char *path, const struct site_look *look) {
    json_auto_t *manifest = json_load_file(path, 0, NULL);
    json_auto_t *title = title_object(look->title);
    json_auto_t *number = look_number(look);
    const char *program = json_string_value(json_object_get(manifest, "program"));
    return program != NULL && strcmp(program, BAROMETRE_VERSION) == 0 &&
           json_equal(title, json_object_get(manifest, "title")) == 1 &&
           json_equal(number, json_object_get(manifest, "look")) == 1;
}
