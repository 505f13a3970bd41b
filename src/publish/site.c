#include "barometre/site.h"

#include "barometre/chart.h"
#include "manifest.h"
#include "page.h"

#include <gio/gio.h>
#include <string.h>

static void file_free(struct site_file *file) {
    g_free(file->path);
    g_bytes_unref(file->content);
    g_free(file);
}

static struct site *site_new(void) {
    struct site *site = g_new0(struct site, 1);
    site->files = g_ptr_array_new_with_free_func((GDestroyNotify)file_free);
    return site;
}

void site_free(struct site *site) {
    if (site == NULL)
        return;
    g_ptr_array_unref(site->files);
    g_free(site);
}

void site_add(struct site *site, const char *path, GBytes *content) {
    struct site_file *file = g_new0(struct site_file, 1);
    file->path = g_strdup(path);
    file->content = content;
    g_ptr_array_add(site->files, file);
}

/* One picture to draw; pictures do not depend on each other. */
struct picture {
    const struct edition *edition;
    const struct words *words;
    const char *chart_id;
    enum chart_format format;
    char *path;
    GBytes *content;
    GError *error;
};

static void picture_free(struct picture *picture) {
    g_free(picture->path);
    g_clear_pointer(&picture->content, g_bytes_unref);
    g_clear_error(&picture->error);
    g_free(picture);
}

static void draw_picture(gpointer data, gpointer unused) {
    (void)unused;
    struct picture *picture = data;
    picture->content = chart_draw(picture->edition, picture->chart_id, picture->words,
                                  CHART_WIDE, picture->format, &picture->error);
}

static bool add_charts(struct site *site, const struct edition *edition,
                       const struct words *const words[static WORDS_LANGUAGES],
                       GError **error) {
    static const char *const suffixes[] = {[CHART_SVG] = "svg", [CHART_PNG] = "png"};
    g_auto(GStrv) ids = chart_ids(edition);
    g_autoptr(GPtrArray) pictures =
        g_ptr_array_new_with_free_func((GDestroyNotify)picture_free);
    for (char **id = ids; *id != NULL; id++)
        for (int l = 0; l < WORDS_LANGUAGES; l++)
            for (int format = CHART_SVG; format <= CHART_PNG; format++) {
                struct picture *picture = g_new0(struct picture, 1);
                *picture = (struct picture){
                    .edition = edition,
                    .words = words[l],
                    .chart_id = *id,
                    .format = (enum chart_format)format,
                    .path = g_strdup_printf("charts/%s.wide.%s.%s", *id,
                                            words_code((enum words_language)l),
                                            suffixes[format]),
                };
                g_ptr_array_add(pictures, picture);
            }
    GThreadPool *pool = g_thread_pool_new(
        draw_picture, NULL, (int)MIN(g_get_num_processors(), 8), FALSE, NULL);
    for (guint i = 0; i < pictures->len; i++)
        g_thread_pool_push(pool, g_ptr_array_index(pictures, i), NULL);
    g_thread_pool_free(pool, FALSE, TRUE);
    for (guint i = 0; i < pictures->len; i++) {
        struct picture *picture = g_ptr_array_index(pictures, i);
        if (picture->content == NULL) {
            g_propagate_error(error, g_steal_pointer(&picture->error));
            return false;
        }
        site_add(site, picture->path, g_steal_pointer(&picture->content));
    }
    return true;
}

struct site *site_build(const struct edition *edition,
                        const struct words *const words[static WORDS_LANGUAGES],
                        char *const title[static WORDS_LANGUAGES], GError **error) {
    scoped(site) *site = site_new();
    char *document = edition_write(edition);
    site_add(site, "edition.json", g_bytes_new_take(document, strlen(document)));
    if (!add_charts(site, edition, words, error))
        return NULL;
    for (int l = 0; l < WORDS_LANGUAGES; l++)
        site_add(site, page_path((enum words_language)l),
                 page_write(edition, words[l], title[l]));
    g_autoptr(GBytes) sheet =
        g_resources_lookup_data("/barometre/data/barometre.css", 0, error);
    if (sheet == NULL)
        return NULL;
    site_add(site, "barometre.css", g_steal_pointer(&sheet));
    site_add(site, "manifest.json", manifest_write(site, edition));
    return g_steal_pointer(&site);
}
