#include "theme.h"

#include <gio/gio.h>
#include <jansson.h>

static const char *const token_names[TOKEN_COUNT] = {
    [TOKEN_NONE] = "none",     [TOKEN_PAPER] = "paper",       [TOKEN_INK] = "ink",
    [TOKEN_TEXT] = "text",     [TOKEN_MENTION] = "mention",   [TOKEN_LINE] = "line",
    [TOKEN_GRID] = "grid",     [TOKEN_SEP] = "sep",           [TOKEN_BRAND] = "brand",
    [TOKEN_POINT] = "point",   [TOKEN_INTERVAL] = "interval", [TOKEN_RIBBON] = "ribbon",
    [TOKEN_ALERT] = "alert",   [TOKEN_VOID] = "void",         [TOKEN_BAND_A] = "band-a",
    [TOKEN_BAND_B] = "band-b", [TOKEN_BAND_C] = "band-c",     [TOKEN_BAND_D] = "band-d",
    [TOKEN_BAND_E] = "band-e",
};

const char *theme_token_name(enum token token) {
    return token_names[token];
}

static void *colours_load(void *unused) {
    (void)unused;
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = g_resources_lookup_data(
        "/barometre/charts/theme.json", G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
    g_assert_no_error(error);
    size_t length;
    const char *text = g_bytes_get_data(bytes, &length);
    json_auto_t *root = json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL);
    uint32_t *colours = g_new0(uint32_t, TOKEN_COUNT);
    for (int i = TOKEN_NONE + 1; i < TOKEN_COUNT; i++) {
        const char *colour = json_string_value(
            json_object_get(json_object_get(root, "light"), token_names[i]));
        g_assert(colour != NULL && colour[0] == '#' && strlen(colour) == 7);
        colours[i] = (uint32_t)g_ascii_strtoull(colour + 1, NULL, 16);
    }
    return colours;
}

uint32_t theme_colour(enum token token) {
    static GOnce once = G_ONCE_INIT;
    const uint32_t *colours = g_once(&once, colours_load, NULL);
    return colours[token];
}
