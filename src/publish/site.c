#include "barometre/site.h"

#include "barometre/chart.h"
#include "manifest.h"
#include "page.h"
#include "table_xlsx.h"

#include <gio/gio.h>
#include <string.h>

static void file_free(struct site_file *file) {
    g_free(file->path);
    g_bytes_unref(file->content);
    g_free(file->origin);
    g_free(file);
}

struct site *site_new(void) {
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

void site_add_link(struct site *site, const char *path, GBytes *content,
                   const char *origin) {
    site_add(site, path, content);
    struct site_file *file = g_ptr_array_index(site->files, site->files->len - 1);
    file->origin = g_strdup(origin);
}

/* One picture at a time: a surface at 2× takes 13 MiB. */
static bool add_chart(struct site *site, const struct edition *edition,
                      const struct words *words, const char *id, enum chart_layout layout,
                      enum chart_format format, GError **error) {
    static const char *const suffixes[] = {[CHART_SVG] = "svg", [CHART_PNG] = "png"};
    GBytes *picture = chart_draw(edition, id, words, layout, format, error);
    if (picture == NULL)
        return false;
    g_autofree char *path =
        g_strdup_printf("charts/%s.%s.%s.%s", id, chart_layout_name(layout),
                        words_code(words_language(words)), suffixes[format]);
    site_add(site, path, picture);
    return true;
}

static bool add_layouts(struct site *site, const struct edition *edition,
                        const struct words *words, const char *id, GError **error) {
    for (int layout = 0; layout < CHART_LAYOUTS; layout++) {
        const enum chart_layout own = (enum chart_layout)layout;
        if (chart_has_layout(id, own) &&
            (!add_chart(site, edition, words, id, own, CHART_SVG, error) ||
             !add_chart(site, edition, words, id, own, CHART_PNG, error)))
            return false;
    }
    return true;
}

static bool add_charts(struct site *site, const struct edition *edition,
                       const struct words *const words[static WORDS_LANGUAGES],
                       GError **error) {
    g_auto(GStrv) ids = chart_ids(edition);
    for (char **id = ids; *id != NULL; id++)
        for (int l = 0; l < WORDS_LANGUAGES; l++)
            if (!add_layouts(site, edition, words[l], *id, error))
                return false;
    return true;
}

static bool is_picture(const char *path) {
    return g_str_has_prefix(path, "charts/");
}

/* Links the pictures of a published site that was drawn of the same edition in the same
 * look; false, and no file, where there is none that is whole. */
static bool take_charts(struct site *site, const struct site_settings *settings,
                        const char *document) {
    if (settings->drawn == NULL)
        return false;
    g_autofree char *edition = g_build_filename(settings->drawn, "edition.json", NULL);
    g_autofree char *manifest = g_build_filename(settings->drawn, "manifest.json", NULL);
    g_autofree char *published = NULL;
    if (!g_file_get_contents(edition, &published, NULL, NULL) ||
        strcmp(published, document) != 0 || !manifest_has_look(manifest, settings->look))
        return false;
    const guint before = site->files->len;
    if (!manifest_carry(settings->drawn, is_picture, site, NULL))
        g_ptr_array_set_size(site->files, (int)before); /* a damaged one: draw anew */
    return site->files->len > before;
}

static bool add_sheet(struct site *site, const char *name, GError **error) {
    g_autofree char *resource = g_strconcat("/barometre/data/", name, NULL);
    GBytes *sheet = g_resources_lookup_data(resource, 0, error);
    if (sheet != NULL)
        site_add(site, name, sheet);
    return sheet != NULL;
}

struct site *site_build(const struct edition *edition,
                        const struct words *const words[static WORDS_LANGUAGES],
                        const struct site_settings *settings, GError **error) {
    scoped(site) *site = site_new();
    char *document = edition_write(edition);
    site_add(site, "edition.json", g_bytes_new_take(document, strlen(document)));
    if (!take_charts(site, settings, document) &&
        !add_charts(site, edition, words, error))
        return NULL;
    if (!table_xlsx_add_all(site, edition, words, settings, error))
        return NULL;
    page_add_all(site, edition, words, settings);
    if (!add_sheet(site, "barometre.css", error) ||
        !add_sheet(site, "fragment.css", error))
        return NULL;
    site_add(site, "manifest.json", manifest_write(site, edition, settings));
    return g_steal_pointer(&site);
}
