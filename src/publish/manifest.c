#include "manifest.h"

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

static json_t *title_object(char *const title[static WORDS_LANGUAGES]) {
    json_t *object = json_object();
    for (int l = 0; l < WORDS_LANGUAGES; l++)
        json_object_set_new(object, words_code((enum words_language)l),
                            json_string(title[l]));
    return object;
}

GBytes *manifest_write(const struct site *site, const struct edition *edition,
                       char *const title[static WORDS_LANGUAGES]) {
    char as_of[MONTH_TEXT_SIZE];
    month_format(edition->as_of, as_of);
    json_t *files = json_object();
    for (guint i = 0; i < site->files->len; i++) {
        const struct site_file *file = g_ptr_array_index(site->files, i);
        g_autofree char *hash = sha256(file->content);
        json_object_set_new(files, file->path,
                            json_pack("{s:s, s:I}", "sha256", hash, "bytes",
                                      (json_int_t)g_bytes_get_size(file->content)));
    }
    json_auto_t *manifest =
        json_pack("{s:s, s:s, s:s, s:s, s:o, s:o}", "schema", "barometre/manifest/1",
                  "as_of", as_of, "program", BAROMETRE_VERSION, "method",
                  edition->method_version, "title", title_object(title), "files", files);
    char *text = json_dumps(manifest, JSON_INDENT(1) | JSON_SORT_KEYS);
    GString *document = g_string_new(text);
    free(text);
    g_string_append_c(document, '\n');
    return g_string_free_to_bytes(document);
}

char *manifest_hash(const struct site *site) {
    for (guint i = 0; i < site->files->len; i++) {
        const struct site_file *file = g_ptr_array_index(site->files, i);
        if (strcmp(file->path, "manifest.json") == 0)
            return sha256(file->content);
    }
    g_assert_not_reached();
}

bool manifest_is_ours(const char *path, char *const title[static WORDS_LANGUAGES]) {
    json_auto_t *manifest = json_load_file(path, 0, NULL);
    json_auto_t *wanted = title_object(title);
    const char *program = json_string_value(json_object_get(manifest, "program"));
    return program != NULL && strcmp(program, BAROMETRE_VERSION) == 0 &&
           json_equal(wanted, json_object_get(manifest, "title")) == 1;
}
