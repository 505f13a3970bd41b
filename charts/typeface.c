#include "typeface.h"

#include "barometre/error.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>
#include <stdbool.h>
#include <string.h>

#define FAMILY "Inter"

static const int font_weights[] = {FC_WEIGHT_REGULAR, FC_WEIGHT_MEDIUM, FC_WEIGHT_BOLD};

static void typeface_free(void *data) {
    struct typeface *typeface = data;
    g_object_unref(typeface->context);
    g_object_unref(typeface->map);
    g_free(typeface);
}

/* Adds the upright file of a weight, the first by path where several are installed. */
static bool add_weight(FcConfig *pinned, int weight) {
    FcPattern *pattern = FcPatternBuild(
        NULL, FC_FAMILY, FcTypeString, FAMILY, FC_WEIGHT, FcTypeInteger, weight, FC_SLANT,
        FcTypeInteger, FC_SLANT_ROMAN, FC_VARIABLE, FcTypeBool, FcFalse, NULL);
    FcObjectSet *wanted = FcObjectSetBuild(FC_FILE, NULL);
    FcFontSet *found = FcFontList(NULL, pattern, wanted);
    const char *first = NULL;
    for (int i = 0; found != NULL && i < found->nfont; i++) {
        FcChar8 *file;
        if (FcPatternGetString(found->fonts[i], FC_FILE, 0, &file) == FcResultMatch &&
            (first == NULL || strcmp((const char *)file, first) < 0))
            first = (const char *)file;
    }
    const bool added =
        first != NULL && FcConfigAppFontAddFile(pinned, (const FcChar8 *)first);
    if (found != NULL)
        FcFontSetDestroy(found);
    FcObjectSetDestroy(wanted);
    FcPatternDestroy(pattern);
    return added;
}

static FcConfig *pinned_configuration(GError **error) {
    FcConfig *pinned = FcConfigCreate();
    for (size_t i = 0; i < G_N_ELEMENTS(font_weights); i++) {
        if (!add_weight(pinned, font_weights[i])) {
            FcConfigDestroy(pinned);
            g_set_error(error, BAROMETRE_ERROR, ERROR_CONFIG,
                        "fonts:%s: the font of the charts is missing, install the Debian "
                        "package fonts-inter",
                        FAMILY);
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
    PangoFontDescription *wanted = pango_font_description_from_string(FAMILY " 12");
    PangoFont *font = pango_context_load_font(context, wanted);
    PangoFontDescription *resolved = font == NULL ? NULL : pango_font_describe(font);
    const char *family =
        resolved == NULL ? "nothing" : pango_font_description_get_family(resolved);
    const bool same = strcmp(family, FAMILY) == 0;
    if (!same)
        g_set_error(error, BAROMETRE_ERROR, ERROR_CONFIG,
                    "fonts:%s: the system gives %s instead, reinstall the Debian package "
                    "fonts-inter",
                    FAMILY, family);
    if (resolved != NULL)
        pango_font_description_free(resolved);
    g_clear_object(&font);
    pango_font_description_free(wanted);
    return same;
}

const struct typeface *typeface_open(GError **error) {
    static GPrivate kept = G_PRIVATE_INIT(typeface_free);
    struct typeface *typeface = g_private_get(&kept);
    if (typeface != NULL)
        return typeface;
    FcConfig *pinned = pinned_configuration(error);
    if (pinned == NULL)
        return NULL;
    typeface = g_new0(struct typeface, 1);
    typeface->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(typeface->map), pinned);
    FcConfigDestroy(pinned);
    typeface->context = exact_context(typeface->map);
    if (!resolves_family(typeface->context, error)) {
        typeface_free(typeface);
        return NULL;
    }
    g_private_set(&kept, typeface);
    return typeface;
}

PangoLayout *typeface_layout(const struct typeface *typeface, const char *text,
                             double size, int weight) {
    PangoLayout *layout = pango_layout_new(typeface->context);
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, FAMILY);
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
