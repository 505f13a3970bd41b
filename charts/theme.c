#include "theme.h"

#include "barometre/hash.h"
#include "barometre/json_reader.h"

#include "contrast.h"

#include <gio/gio.h>
#include <string.h>

#define RESOURCE "/barometre/charts/theme.json"

struct theme {
    uint32_t colours[THEME_TONES][TOKEN_COUNT];
};

static const char *const tone_names[] = {
    [THEME_LIGHT] = "light", [THEME_DARK] = "dark", NULL};

static const char *const token_names[TOKEN_COUNT + 1] = {
    [TOKEN_NONE] = "none",     [TOKEN_PAPER] = "paper",       [TOKEN_INK] = "ink",
    [TOKEN_TEXT] = "text",     [TOKEN_MENTION] = "mention",   [TOKEN_LINE] = "line",
    [TOKEN_GRID] = "grid",     [TOKEN_SEP] = "sep",           [TOKEN_BRAND] = "brand",
    [TOKEN_POINT] = "point",   [TOKEN_INTERVAL] = "interval", [TOKEN_RIBBON] = "ribbon",
    [TOKEN_ALERT] = "alert",   [TOKEN_VOID] = "void",         [TOKEN_BAND_A] = "band-a",
    [TOKEN_BAND_B] = "band-b", [TOKEN_BAND_C] = "band-c",     [TOKEN_BAND_D] = "band-d",
    [TOKEN_BAND_E] = "band-e", [TOKEN_TINT] = "tint",         [TOKEN_LINK] = "link",
    [TOKEN_FOCUS] = "focus",
};

const char *theme_tone_name(enum theme_tone tone) {
    return tone_names[tone];
}

const char *theme_token_name(enum token token) {
    return token_names[token];
}

const uint32_t *theme_colours(const struct theme *theme, enum theme_tone tone) {
    return theme->colours[tone];
}

void theme_free(struct theme *theme) {
    g_free(theme);
}

uint64_t theme_hash(const struct theme *theme) {
    uint64_t hash = HASH_START;
    for (int t = 0; t < THEME_TONES; t++)
        for (int i = TOKEN_NONE + 1; i < TOKEN_COUNT; i++) {
            char colour[8];
            g_snprintf(colour, sizeof colour, "#%06x", theme->colours[t][i]);
            hash = hash_add(hash, colour);
        }
    return hash;
}

static bool is_colour(const char *text) {
    return text[0] == '#' && strspn(text + 1, "0123456789abcdefABCDEF") == 6 &&
           text[7] == '\0';
}

static void read_tone(const struct json_node *tone, uint32_t *colours) {
    for (int i = TOKEN_NONE + 1; i < TOKEN_COUNT; i++) {
        if (!json_node_has(tone, token_names[i]))
            continue;
        const char *colour = json_node_string(tone, token_names[i]);
        if (is_colour(colour))
            colours[i] = (uint32_t)g_ascii_strtoull(colour + 1, NULL, 16);
        else if (*colour != '\0')
            json_node_problem(tone, token_names[i],
                              "is not a colour; write it as #rrggbb, such as #000091");
    }
}

/* Reads what the document has of colours over those of the theme. */
static bool read_colours(struct theme *theme, struct json_reader *reader,
                         const char *const *keys, GError **error) {
    const struct json_node root = json_reader_root(reader, keys);
    for (int t = 0; t < THEME_TONES; t++) {
        if (!json_node_has(&root, tone_names[t]))
            continue;
        const struct json_node tone =
            json_node_object(&root, tone_names[t], token_names + 1);
        const int before = reader->problem_count;
        read_tone(&tone, theme->colours[t]);
        if (reader->problem_count == before)
            contrast_check(&tone, theme->colours[t]);
    }
    return json_reader_finish(reader, error);
}

static struct json_reader *read_shipped(void) {
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = g_resources_lookup_data(RESOURCE, 0, &error);
    g_assert_no_error(error);
    size_t length;
    const char *text = g_bytes_get_data(bytes, &length);
    struct json_reader *reader = json_reader_parse(text, length, "theme.json", &error);
    g_assert_no_error(error);
    return reader;
}

static const char *const shipped_keys[] = {"light", "dark", "font", NULL};

/* What the program ships without a colour, or with one that cannot be read, is a bug. */
static void *shipped_load(void *unused) {
    (void)unused;
    g_autoptr(GError) error = NULL;
    scoped(json_reader) *reader = read_shipped();
    struct theme *theme = g_new0(struct theme, 1);
    read_colours(theme, reader, shipped_keys, &error);
    g_assert_no_error(error);
    for (int t = 0; t < THEME_TONES; t++)
        for (int i = TOKEN_NONE + 1; i < TOKEN_COUNT; i++)
            g_assert(json_object_get(json_object_get(reader->root, tone_names[t]),
                                     token_names[i]) != NULL);
    return theme;
}

const struct theme *theme_shipped(void) {
    static GOnce once = G_ONCE_INIT;
    return g_once(&once, shipped_load, NULL);
}

struct theme *theme_load(const char *directory, GError **error) {
    static const char *const keys[] = {"light", "dark", NULL};
    scoped(theme) *theme = g_memdup2(theme_shipped(), sizeof *theme);
    g_autofree char *file =
        directory != NULL ? g_build_filename(directory, "theme.json", NULL) : NULL;
    if (file == NULL || !g_file_test(file, G_FILE_TEST_EXISTS))
        return g_steal_pointer(&theme);
    scoped(json_reader) *reader = json_reader_open(file, error);
    if (reader == NULL || !read_colours(theme, reader, keys, error))
        return NULL;
    return g_steal_pointer(&theme);
}

static void *font_load(void *unused) {
    static const char *const names[FONT_WEIGHTS + 1] = {"400", "500", "700"};
    (void)unused;
    g_autoptr(GError) error = NULL;
    scoped(json_reader) *reader = read_shipped();
    const struct json_node root = json_reader_root(reader, shipped_keys);
    const struct json_node font = json_node_object(
        &root, "font", (const char *[]){"family", "package", "release", "sha256", NULL});
    const struct json_node hashes = json_node_object(&font, "sha256", names);
    struct theme_font *loaded = g_new0(struct theme_font, 1);
    loaded->family = g_strdup(json_node_string(&font, "family"));
    loaded->package = g_strdup(json_node_string(&font, "package"));
    loaded->release = g_strdup(json_node_string(&font, "release"));
    for (int i = 0; i < FONT_WEIGHTS; i++)
        loaded->sha256[i] = g_strdup(json_node_string(&hashes, names[i]));
    json_reader_finish(reader, &error);
    g_assert_no_error(error);
    return loaded;
}

const struct theme_font *theme_font(void) {
    static GOnce once = G_ONCE_INIT;
    return g_once(&once, font_load, NULL);
}

static void add_properties(GString *css, const char *indent, const char *root,
                           const uint32_t *colours, enum theme_tone tone) {
    g_string_append_printf(css, "%s%s {\n", indent, root);
    for (int i = TOKEN_NONE + 1; i < TOKEN_COUNT; i++)
        g_string_append_printf(css, "%s  --%s: #%06x;\n", indent, token_names[i],
                               colours[i]);
    g_string_append_printf(css, "%s  color-scheme: %s;\n%s}\n", indent, tone_names[tone],
                           indent);
}

/* Paper stays white: the dark tone is for screens. The page around a fragment has a tone
 * of its own, which is taken to be light. */
char *theme_sheet(const struct theme *theme, const char *sheet) {
    static const char page[] = "@theme;\n", fragment[] = "@theme-fragment;\n";
    const char *mark = strstr(sheet, page);
    const bool whole = mark != NULL;
    if (!whole)
        mark = strstr(sheet, fragment);
    g_assert(mark != NULL);
    GString *css = g_string_new_len(sheet, mark - sheet);
    add_properties(css, "", whole ? ".bar" : ".bar-fragment", theme->colours[THEME_LIGHT],
                   THEME_LIGHT);
    if (whole) {
        g_string_append(css, "@media screen and (prefers-color-scheme: dark) {\n");
        add_properties(css, "  ", ".bar", theme->colours[THEME_DARK], THEME_DARK);
        g_string_append(css, "}\n");
    }
    g_string_append(css, mark + strlen(whole ? page : fragment));
    return g_string_free(css, FALSE);
}
