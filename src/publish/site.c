#include "barometre/site.h"

#include "barometre/chart.h"
#include "manifest.h"
#include "page.h"
#include "table_xlsx.h"
#include "theme.h"

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

/* Orders the pictures of a chart, which keeps the id; in the order of the files. */
static void order_chart(GArray *orders, const char *id,
                        const struct words *const words[static WORDS_LANGUAGES],
                        const struct theme *theme) {
    static const enum chart_format formats[] = {CHART_SVG, CHART_PNG};
    for (int l = 0; l < WORDS_LANGUAGES; l++)
        for (int layout = 0; layout < CHART_LAYOUTS; layout++)
            for (size_t f = 0; f < G_N_ELEMENTS(formats); f++) {
                const struct chart_style style = {(enum chart_layout)layout, formats[f],
                                                  theme, THEME_LIGHT};
                const struct chart_order order = {id, words[l], style, NULL};
                if (chart_has_layout(id, style.layout))
                    g_array_append_val(orders, order);
            }
}

/* What other sites show for this one has an address that says nothing of layouts. */
static void add_shared(struct site *site, const struct chart_order *order) {
    if (strcmp(order->chart_id, "share") != 0 || order->style.format != CHART_PNG)
        return;
    g_autofree char *path =
        g_strdup_printf("share.%s.png", words_code(words_language(order->words)));
    site_add(site, path, g_bytes_ref(order->picture));
}

static bool add_charts(struct site *site, const struct edition *edition,
                       const struct words *const words[static WORDS_LANGUAGES],
                       const struct site_settings *settings, GError **error) {
    g_auto(GStrv) ids = chart_ids(edition);
    g_autoptr(GArray) orders = g_array_new(FALSE, FALSE, sizeof(struct chart_order));
    for (char **id = ids; *id != NULL; id++)
        order_chart(orders, *id, words, settings->theme);
    if (!chart_draw_orders(edition, (struct chart_order *)(void *)orders->data,
                           (int)orders->len, MAX(settings->threads, 1), error))
        return false;
    for (guint i = 0; i < orders->len; i++) {
        const struct chart_order *order = &g_array_index(orders, struct chart_order, i);
        g_autofree char *path = g_strdup_printf("charts/%s.%s.%s.%s", order->chart_id,
                                                chart_layout_name(order->style.layout),
                                                words_code(words_language(order->words)),
                                                chart_format_suffix(order->style.format));
        site_add(site, path, order->picture);
        add_shared(site, order);
    }
    return true;
}

static const struct theme *theme_of(const struct site_settings *settings) {
    return settings->theme != NULL ? settings->theme : theme_shipped();
}

/* A style sheet with the colours of the theme. */
static void add_sheet(struct site *site, const char *name, const struct theme *theme) {
    g_autofree char *resource = g_strconcat("/barometre/data/", name, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) shipped = g_resources_lookup_data(resource, 0, &error);
    g_assert_no_error(error);
    char *sheet = theme_sheet(theme, g_bytes_get_data(shipped, NULL));
    site_add(site, name, g_bytes_new_take(sheet, strlen(sheet)));
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

static bool add_shipped(struct site *site, const char *name, GError **error) {
    g_autofree char *resource = g_strconcat("/barometre/data/", name, NULL);
    GBytes *content = g_resources_lookup_data(resource, 0, error);
    if (content != NULL)
        site_add(site, name, content);
    return content != NULL;
}

struct site *site_build(const struct edition *edition,
                        const struct words *const words[static WORDS_LANGUAGES],
                        const struct site_settings *settings, GError **error) {
    scoped(site) *site = site_new();
    char *document = edition_write(edition);
    site_add(site, "edition.json", g_bytes_new_take(document, strlen(document)));
    if (!take_charts(site, settings, document) &&
        !add_charts(site, edition, words, settings, error))
        return NULL;
    if (!table_xlsx_add_all(site, edition, words, settings, error))
        return NULL;
    page_add_all(site, edition, words, settings);
    add_sheet(site, "barometre.css", theme_of(settings));
    add_sheet(site, "fragment.css", theme_of(settings));
    if (!add_shipped(site, "icon.svg", error))
        return NULL;
    site_add(site, "manifest.json", manifest_write(site, edition, settings));
    return g_steal_pointer(&site);
}
