#include "commands.h"

#include "barometre/chart.h"
#include "barometre/edition.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

static const char *const format_names[] = {
    [CHART_SVG] = "svg", [CHART_PNG] = "png", NULL};

struct drawing {
    char **charts, **languages, **layouts, **formats; /* NULL: all */
    char *output;
};

static bool is_asked(char **asked, const char *name) {
    return asked == NULL || g_strv_contains((const char *const *)asked, name);
}

static bool check_words(const char *option, char **asked, const char *const *known,
                        const char *list, GError **error) {
    for (char **word = asked; word != NULL && *word != NULL; word++)
        if (!g_strv_contains(known, *word)) {
            g_set_error(error, BAROMETRE_ERROR, ERROR_USAGE,
                        "%s: there is no '%s'; known are %s", option, *word, list);
            return false;
        }
    return true;
}

static bool draw_one(const struct drawing *drawing, const struct edition *edition,
                     const char *id, const struct words *words, enum chart_layout layout,
                     enum chart_format format, GError **error) {
    g_autoptr(GBytes) picture = chart_draw(edition, id, words, layout, format, error);
    if (picture == NULL)
        return false;
    g_autofree char *base =
        g_strdup_printf("%s.%s.%s.%s", id, chart_layout_name(layout),
                        words_code(words_language(words)), format_names[format]);
    g_autofree char *path = g_build_filename(drawing->output, base, NULL);
    gsize length;
    const char *bytes = g_bytes_get_data(picture, &length);
    return cli_write(path, bytes, length, error);
}

static bool draw_formats(const struct drawing *drawing, const struct edition *edition,
                         const char *id, const struct words *words,
                         enum chart_layout layout, GError **error) {
    for (int f = 0; format_names[f] != NULL; f++)
        if (is_asked(drawing->formats, format_names[f]) &&
            !draw_one(drawing, edition, id, words, layout, (enum chart_format)f, error))
            return false;
    return true;
}

/* A layout that a chart does not have is passed over, unless that chart and that layout
 * were both asked for; an unknown chart is asked for wide, to be told. */
static bool wants_layout(const struct drawing *drawing, const char *id,
                         enum chart_layout layout) {
    if (!is_asked(drawing->layouts, chart_layout_name(layout)))
        return false;
    return chart_has_layout(id, layout) || layout == CHART_WIDE ||
           (drawing->charts != NULL && drawing->layouts != NULL);
}

static bool draw_all(const struct drawing *drawing, const struct edition *edition,
                     GError **error) {
    g_auto(GStrv) ids = chart_ids(edition);
    const char *const *asked =
        (const char *const *)(drawing->charts != NULL ? drawing->charts : ids);
    for (int l = 0; l < WORDS_LANGUAGES; l++) {
        scoped(words) *words = words_load((enum words_language)l, NULL, error);
        if (words == NULL)
            return false;
        if (!is_asked(drawing->languages, words_code((enum words_language)l)))
            continue;
        for (const char *const *id = asked; *id != NULL; id++)
            for (int layout = 0; layout < CHART_LAYOUTS; layout++)
                if (wants_layout(drawing, *id, (enum chart_layout)layout) &&
                    !draw_formats(drawing, edition, *id, words, (enum chart_layout)layout,
                                  error))
                    return false;
    }
    return true;
}

/* An edition that is no edition is data refused: no configuration is wrong. */
static struct edition *read_edition(const char *json, gsize length, const char *name,
                                    GError **error) {
    g_autoptr(GError) failure = NULL;
    struct edition *edition = edition_read(json, length, name, &failure);
    if (g_error_matches(failure, BAROMETRE_ERROR, ERROR_CONFIG))
        failure->code = ERROR_REFUSED;
    if (failure != NULL)
        g_propagate_error(error, g_steal_pointer(&failure));
    return edition;
}

static bool draw_file(const struct drawing *drawing, const char *file, GError **error) {
    g_autofree char *json = NULL;
    gsize length;
    if (!check_words("--lang", drawing->languages,
                     (const char *const[]){"fr", "en", NULL}, "fr and en", error) ||
        !check_words("--layout", drawing->layouts,
                     (const char *const[]){"wide", "narrow", NULL}, "wide and narrow",
                     error) ||
        !check_words("--format", drawing->formats, format_names, "svg and png", error) ||
        !g_file_get_contents(file, &json, &length, error))
        return false;
    g_autofree char *name = g_path_get_basename(file);
    scoped(edition) *edition = read_edition(json, length, name, error);
    if (edition == NULL)
        return false;
    if (g_mkdir_with_parents(drawing->output, 0755) != 0) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_CREATE, "%s: cannot be made: %s",
                    drawing->output, g_strerror(errno));
        return false;
    }
    return draw_all(drawing, edition, error);
}

bool command_draw(struct cli *cli, const struct command *command, int argc, char **argv,
                  GError **error) {
    g_auto(GStrv) charts = NULL;
    g_auto(GStrv) languages = NULL;
    g_auto(GStrv) layouts = NULL;
    g_auto(GStrv) formats = NULL;
    g_autofree char *output = NULL;
    const GOptionEntry own[] = {
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "Where the pictures go",
         "DIR"},
        {"chart", 0, 0, G_OPTION_ARG_STRING_ARRAY, &charts, "Only this chart; repeats",
         "ID"},
        {"lang", 0, 0, G_OPTION_ARG_STRING_ARRAY, &languages,
         "Only this language; repeats", "LANG"},
        {"layout", 0, 0, G_OPTION_ARG_STRING_ARRAY, &layouts, "Only this layout; repeats",
         "LAYOUT"},
        {"format", 0, 0, G_OPTION_ARG_STRING_ARRAY, &formats, "svg or png; repeats",
         "FORMAT"},
        {NULL},
    };
    if (!cli_parse(cli, command, own, &argc, &argv, 1, 1, error))
        return false;
    if (output == NULL) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_USAGE,
                    "draw: say where the pictures go with -o DIR");
        return false;
    }
    const struct drawing drawing = {charts, languages, layouts, formats, output};
    return draw_file(&drawing, argv[1], error);
}
