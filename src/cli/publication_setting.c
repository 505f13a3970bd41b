#include "publication.h"

#include <gio/gio.h>
#include <string.h>

static void add_resource(GChecksum *checksum, const char *resource) {
    g_autoptr(GBytes) bytes = g_resources_lookup_data(resource, 0, NULL);
    if (bytes != NULL)
        g_checksum_update(checksum, g_bytes_get_data(bytes, NULL),
                          (gssize)g_bytes_get_size(bytes));
}

/* Its length first, so that what one file loses the next does not gain. */
static void add_file(GChecksum *checksum, const struct observatory *observatory,
                     const char *name) {
    g_autofree char *path = observatory_path(observatory, name);
    g_autofree char *content = NULL;
    gsize length = 0;
    if (!g_file_get_contents(path, &content, &length, NULL))
        length = 0;
    g_autofree char *head = g_strdup_printf("%s %zu\n", name, length);
    g_checksum_update(checksum, (const guchar *)head, (gssize)strlen(head));
    if (content != NULL)
        g_checksum_update(checksum, (const guchar *)content, (gssize)length);
}

/* Of all words and colours a picture is made with, those of the observatory's own
 * included. */
static char *look(const struct observatory *observatory) {
    static const char *const shipped[] = {"/barometre/data/locale/fr.json",
                                          "/barometre/data/locale/en.json",
                                          "/barometre/charts/theme.json"};
    static const char *const own[] = {"locale/fr.json", "locale/en.json", "theme.json"};
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    for (gsize i = 0; i < G_N_ELEMENTS(shipped); i++)
        add_resource(checksum, shipped[i]);
    for (gsize i = 0; i < G_N_ELEMENTS(own); i++)
        add_file(checksum, observatory, own[i]);
    return g_strdup(g_checksum_get_string(checksum));
}

/* The method as it is now, where the edition was scored by it. */
static char *method_document(const struct observatory *observatory,
                             const struct edition *edition) {
    g_autofree char *path = observatory_path(observatory, "method.json");
    char *document = NULL;
    return g_strcmp0(edition->method_sha256, observatory->method->sha256) == 0 &&
                   g_file_get_contents(path, &document, NULL, NULL)
               ? document
               : NULL;
}

void publication_setting_init(struct publication_setting *setting,
                              const struct observatory *observatory,
                              const struct edition *edition,
                              const struct archived *archived) {
    g_autofree char *legal = observatory_path(observatory, "legal.json");
    *setting = (struct publication_setting){
        .look = look(observatory),
        .method = method_document(observatory, edition),
        .folder = archived != NULL ? archived_folder(archived) : NULL,
    };
    if (!g_file_get_contents(legal, &setting->legal, NULL, NULL))
        setting->legal = NULL;
    setting->site = (struct site_settings){
        .title = observatory->title,
        .base_url = observatory->base_url,
        .heading_level = observatory->heading_level,
        .look = setting->look,
        .method = setting->method,
        .legal = setting->legal,
        .folder = setting->folder,
        .reason = archived != NULL ? archived->reason : NULL,
        .corrected_on = archived != NULL ? archived->corrected_on : NULL,
    };
}

void publication_setting_clear(struct publication_setting *setting) {
    g_free(setting->look);
    g_free(setting->method);
    g_free(setting->legal);
    g_free(setting->folder);
}
