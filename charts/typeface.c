#include "typeface.h"

#include "barometre/chart.h"
#include "barometre/error.h"

#include "theme.h"

#include <fontconfig/fontconfig.h>
#include <openssl/evp.h>
#include <pango/pangofc-fontmap.h>
#include <stdbool.h>
#include <string.h>

static const int font_weights[FONT_WEIGHTS] = {FC_WEIGHT_REGULAR, FC_WEIGHT_MEDIUM,
                                               FC_WEIGHT_BOLD};

static void typeface_free(void *data) {
    struct typeface *typeface = data;
    g_object_unref(typeface->context);
    g_object_unref(typeface->map);
    for (int i = 0; i < FONT_WEIGHTS; i++)
        g_free(typeface->files[i]);
    g_free(typeface);
}

/* The upright file of a weight, the first by path where several are installed; NULL
 * without one. */
static char *find_file(int weight) {
    FcPattern *pattern =
        FcPatternBuild(NULL, FC_FAMILY, FcTypeString, theme_font()->family, FC_WEIGHT,
                       FcTypeInteger, weight, FC_SLANT, FcTypeInteger, FC_SLANT_ROMAN,
                       FC_VARIABLE, FcTypeBool, FcFalse, NULL);
    FcObjectSet *wanted = FcObjectSetBuild(FC_FILE, NULL);
    FcFontSet *found = FcFontList(NULL, pattern, wanted);
    const char *first = NULL;
    for (int i = 0; found != NULL && i < found->nfont; i++) {
        FcChar8 *file;
        if (FcPatternGetString(found->fonts[i], FC_FILE, 0, &file) == FcResultMatch &&
            (first == NULL || strcmp((const char *)file, first) < 0))
            first = (const char *)file;
    }
    char *path = g_strdup(first);
    if (found != NULL)
        FcFontSetDestroy(found);
    FcObjectSetDestroy(wanted);
    FcPatternDestroy(pattern);
    return path;
}

static FcConfig *pinned_configuration(struct typeface *typeface, GError **error) {
    FcConfig *pinned = FcConfigCreate();
    for (int i = 0; i < FONT_WEIGHTS; i++) {
        typeface->files[i] = find_file(font_weights[i]);
        if (typeface->files[i] == NULL ||
            !FcConfigAppFontAddFile(pinned, (const FcChar8 *)typeface->files[i])) {
            FcConfigDestroy(pinned);
            g_set_error(error, BAROMETRE_ERROR, ERROR_CONFIG,
                        "fonts:%s: the font of the charts is missing, install the Debian "
                        "package %s",
                        theme_font()->family, theme_font()->package);
            return NULL;
        }
    }
    return pinned;
}

static PangoContext *exact_context(PangoFontMap *map) {
    PangoContext *context = pango_font_map_create_context(map);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string("fr"));
    return context;
}

/* Never trusts the match: asks which family the context resolves. */
static bool resolves_family(PangoContext *context, GError **error) {
    const struct theme_font *font = theme_font();
    PangoFontDescription *wanted = pango_font_description_new();
    pango_font_description_set_family_static(wanted, font->family);
    PangoFont *found = pango_context_load_font(context, wanted);
    PangoFontDescription *resolved = found == NULL ? NULL : pango_font_describe(found);
    const char *family =
        resolved == NULL ? "nothing" : pango_font_description_get_family(resolved);
    const bool same = strcmp(family, font->family) == 0;
    if (!same)
        g_set_error(error, BAROMETRE_ERROR, ERROR_CONFIG,
                    "fonts:%s: the system gives %s instead, reinstall the Debian package "
                    "%s",
                    font->family, family, font->package);
    if (resolved != NULL)
        pango_font_description_free(resolved);
    g_clear_object(&found);
    pango_font_description_free(wanted);
    return same;
}

static bool open_pinned(struct typeface *typeface, GError **error) {
    typeface->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    FcConfig *pinned = pinned_configuration(typeface, error);
    if (pinned != NULL) {
        pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(typeface->map), pinned);
        FcConfigDestroy(pinned);
    }
    typeface->context = exact_context(typeface->map);
    return pinned != NULL && resolves_family(typeface->context, error);
}

const struct typeface *typeface_open(GError **error) {
    static GPrivate kept = G_PRIVATE_INIT(typeface_free);
    struct typeface *typeface = g_private_get(&kept);
    if (typeface != NULL)
        return typeface;
    typeface = g_new0(struct typeface, 1);
    if (!open_pinned(typeface, error)) {
        typeface_free(typeface);
        return NULL;
    }
    g_private_set(&kept, typeface);
    return typeface;
}

static bool is_measured(const char *file, const char *sha256) {
    g_autoptr(GMappedFile) mapped = g_mapped_file_new(file, FALSE, NULL);
    if (mapped == NULL)
        return false;
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    if (EVP_Digest(g_mapped_file_get_contents(mapped), g_mapped_file_get_length(mapped),
                   digest, &size, EVP_sha256(), NULL) != 1)
        g_error("libcrypto has no SHA-256");
    char found[2 * EVP_MAX_MD_SIZE + 1];
    for (unsigned int i = 0; i < size; i++)
        g_snprintf(found + (size_t)2 * i, 3, "%02x", digest[i]);
    return strcmp(found, sha256) == 0;
}

char *chart_font_notice(GError **error) {
    const struct theme_font *font = theme_font();
    const struct typeface *typeface = typeface_open(error);
    for (int i = 0; typeface != NULL && i < FONT_WEIGHTS; i++)
        if (!is_measured(typeface->files[i], font->sha256[i]))
            return g_strdup_printf(
                "%s: is not the file of the Debian package %s %s that the charts are "
                "laid "
                "out with; look at the pictures, texts may be wider than their place",
                typeface->files[i], font->package, font->release);
    return NULL;
}

PangoLayout *typeface_layout(const struct typeface *typeface, const char *text,
                             double size, int weight) {
    PangoLayout *layout = pango_layout_new(typeface->context);
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, theme_font()->family);
    pango_font_description_set_weight(font, (PangoWeight)weight);
    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    pango_layout_set_text(layout, text, -1);
    return layout;
}

struct extent typeface_extent(const struct typeface *typeface, const char *text,
                              double size, int weight) {
    PangoRectangle ink, logical;
    PangoLayout *layout = typeface_layout(typeface, text, size, weight);
    pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, 0), &ink,
                                  &logical);
    g_object_unref(layout);
    return (struct extent){
        .advance = (double)logical.width / PANGO_SCALE,
        .ink_x = (double)ink.x / PANGO_SCALE,
        .ink_y = (double)ink.y / PANGO_SCALE,
        .ink_width = (double)ink.width / PANGO_SCALE,
        .ink_height = (double)ink.height / PANGO_SCALE,
    };
}

char *typeface_fit(const struct typeface *typeface, const char *text, double size,
                   int weight, double width) {
    if (typeface_extent(typeface, text, size, weight).advance <= width)
        return g_strdup(text);
    for (glong length = g_utf8_strlen(text, -1) - 1; length > 0; length--) {
        g_autofree char *start = g_utf8_substring(text, 0, length);
        g_autofree char *cut = g_strconcat(g_strchomp(start), "…", NULL);
        if (typeface_extent(typeface, cut, size, weight).advance <= width)
            return g_steal_pointer(&cut);
    }
    return g_strdup("…");
}

char **typeface_wrap(const struct typeface *typeface, const char *text, double size,
                     int weight, double width, int most) {
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    GPtrArray *lines = g_ptr_array_new();
    g_autofree char *line = NULL;
    for (int i = 0; words[i] != NULL; i++) {
        g_autofree char *longer =
            line == NULL ? g_strdup(words[i]) : g_strconcat(line, " ", words[i], NULL);
        const bool last = (int)lines->len == most - 1;
        if (line != NULL && !last &&
            typeface_extent(typeface, longer, size, weight).advance > width) {
            g_ptr_array_add(lines, typeface_fit(typeface, line, size, weight, width));
            g_free(line);
            line = g_strdup(words[i]);
            continue;
        }
        g_free(line);
        line = g_steal_pointer(&longer);
    }
    g_ptr_array_add(lines, typeface_fit(typeface, line, size, weight, width));
    g_ptr_array_add(lines, NULL);
    return (char **)g_ptr_array_free(lines, FALSE);
}
