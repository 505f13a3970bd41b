#include "barometre/observatory.h"

#include "barometre/error.h"
#include "barometre/json_reader.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static bool is_host(const char *host, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (!g_ascii_isalnum(host[i]) && strchr(".-:[]", host[i]) == NULL)
            return false;
    return length > 0;
}

/* http(s)://host/folders/, with nothing that would have to be escaped in a page. */
static bool is_base_url(const char *url) {
    const char *rest = g_str_has_prefix(url, "https://")  ? url + 8
                       : g_str_has_prefix(url, "http://") ? url + 7
                                                          : NULL;
    if (rest == NULL || !is_host(rest, strcspn(rest, "/")))
        return false;
    for (const char *c = rest + strcspn(rest, "/"); *c != '\0'; c++)
        if (!g_ascii_isalnum(*c) && strchr("/.-_~%", *c) == NULL)
            return false;
    return true;
}

/* Optional: without it every link of the site is relative. */
static void load_base_url(struct observatory *observatory, const struct json_node *root) {
    if (!json_node_has(root, "base_url"))
        return;
    const char *url = json_node_string(root, "base_url");
    if (!is_base_url(url))
        json_node_problem(root, "base_url",
                          "is not the address of a folder; write it as "
                          "https://www.example.org/barometer/, without ? and #");
    else
        observatory->base_url =
            g_strconcat(url, g_str_has_suffix(url, "/") ? "" : "/", NULL);
}

/* Optional: the pages that take the fragment in decide. */
static void load_fragment(struct observatory *observatory, const struct json_node *root) {
    static const char *const keys[] = {"heading_level", NULL};
    observatory->heading_level = 2;
    if (!json_node_has(root, "fragment"))
        return;
    const struct json_node fragment = json_node_object(root, "fragment", keys);
    observatory->heading_level = json_node_int(&fragment, "heading_level", 1, 6);
}

static bool load_settings(struct observatory *observatory, GError **error) {
    static const char *const keys[] = {"title",    "limits",   "generations_kept",
                                       "base_url", "fragment", NULL};
    static const char *const limit_keys[] = {"reject_share", "rejects", NULL};
    g_autofree char *file = observatory_path(observatory, "observatory.json");
    scoped(json_reader) *reader = json_reader_open(file, error);
    if (reader == NULL)
        return false;
    const struct json_node root = json_reader_root(reader, keys);
    json_node_bilingual(&root, "title", observatory->title);
    load_base_url(observatory, &root);
    load_fragment(observatory, &root);
    const struct json_node limits = json_node_object(&root, "limits", limit_keys);
    observatory->reject_share = json_node_number(&limits, "reject_share", 0, 1);
    observatory->reject_least = json_node_int(&limits, "rejects", 1, 1000000);
    observatory->generations_kept = json_node_int(&root, "generations_kept", 1, 10000);
    return json_reader_finish(reader, error);
}

static bool load_words(struct observatory *observatory, GError **error) {
    for (int l = 0; l < WORDS_LANGUAGES; l++) {
        observatory->words[l] =
            words_load((enum words_language)l, observatory->directory, error);
        if (observatory->words[l] == NULL)
            return false;
    }
    return true;
}

struct observatory *observatory_open(const char *directory, GError **error) {
    scoped(observatory) *observatory = g_new0(struct observatory, 1);
    observatory->directory = g_strdup(directory);
    observatory->lock = -1;
    g_autofree char *settings = observatory_path(observatory, "observatory.json");
    if (!g_file_test(settings, G_FILE_TEST_IS_REGULAR)) {
        g_set_error(
            error, BAROMETRE_ERROR, ERROR_CONFIG,
            "%s: is not an observatory (it has no observatory.json); make one with "
            "`barometre init DIR` or name one with -C DIR",
            directory);
        return NULL;
    }
    g_autofree char *registry = observatory_path(observatory, "marketplaces.json");
    g_autofree char *method = observatory_path(observatory, "method.json");
    g_autofree char *legal = observatory_path(observatory, "legal.json");
    g_autofree char *profiles = observatory_path(observatory, "profiles");
    g_autofree char *key = observatory_path(observatory, "key");
    if (!load_settings(observatory, error) || !load_words(observatory, error) ||
        (observatory->registry = registry_load(registry, error)) == NULL ||
        (observatory->method = method_load(method, error)) == NULL ||
        (observatory->legal = legal_load(legal, error)) == NULL ||
        !legal_check_method(observatory->legal, observatory->method, method, error) ||
        (observatory->profiles = profiles_load(profiles, error)) == NULL ||
        !firm_key_read(key, observatory->key, error))
        return NULL;
    return g_steal_pointer(&observatory);
}

void observatory_free(struct observatory *observatory) {
    if (observatory == NULL)
        return;
    if (observatory->lock >= 0)
        close(observatory->lock);
    explicit_bzero(observatory->key, sizeof observatory->key);
    registry_free(observatory->registry);
    method_free(observatory->method);
    legal_free(observatory->legal);
    profiles_free(observatory->profiles);
    for (int l = 0; l < WORDS_LANGUAGES; l++) {
        words_free((struct words *)observatory->words[l]);
        g_free(observatory->title[l]);
    }
    g_free(observatory->base_url);
    g_free(observatory->directory);
    g_free(observatory);
}

bool observatory_lock(struct observatory *observatory, GError **error) {
    g_autofree char *file = observatory_path(observatory, ".lock");
    observatory->lock = open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (observatory->lock < 0) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_CREATE, "%s: cannot be made: %s", file,
                    g_strerror(errno));
        return false;
    }
    if (flock(observatory->lock, LOCK_EX | LOCK_NB) == 0)
        return true;
    g_set_error(error, BAROMETRE_ERROR, ERROR_BUSY,
                "%s: another run is at work here; try again when it is done",
                observatory->directory);
    return false;
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

GPtrArray *observatory_inbox(const struct observatory *observatory, GError **error) {
    g_autofree char *path = observatory_path(observatory, "inbox");
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    if (folder == NULL) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_NO_INPUT,
                    "%s: is not there or cannot be read; make the folder again", path);
        return NULL;
    }
    GPtrArray *files = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; (name = g_dir_read_name(folder)) != NULL;)
        if (name[0] != '.')
            g_ptr_array_add(files, g_build_filename(path, name, NULL));
    g_ptr_array_sort(files, by_name);
    return files;
}

char *observatory_path(const struct observatory *observatory, const char *name) {
    return g_build_filename(observatory->directory, name, NULL);
}
