#include "publication.h"

/* Of all words and colours a picture is made with. */
static char *look(const struct cli *cli, const struct observatory *observatory) {
    uint64_t hash = theme_hash(cli->theme);
    for (int l = 0; l < WORDS_LANGUAGES; l++)
        hash = hash * UINT64_C(0x100000001b3) ^ words_hash(observatory->words[l]);
    return g_strdup_printf("%016" G_GINT64_MODIFIER "x", hash);
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

void publication_setting_init(struct publication_setting *setting, const struct cli *cli,
                              const struct observatory *observatory,
                              const struct edition *edition,
                              const struct archived *archived) {
    g_autofree char *legal = observatory_path(observatory, "legal.json");
    *setting = (struct publication_setting){
        .look = look(cli, observatory),
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
        .theme = cli->theme,
        .threads = cli_drawing_threads(),
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
