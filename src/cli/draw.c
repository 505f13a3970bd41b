#include "commands.h"

#include "barometre/chart.h"
#include "barometre/edition.h"
#include "barometre/theme.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* What is asked for. */
struct drawing {
    char **charts, **languages, **layouts, **formats; /* NULL: all, or the usual ones */
    char *tone, *output;
    gboolean outlines;
    /* found with it: */
    struct words *words[WORDS_LANGUAGES];
    struct theme *theme;
};

static void drawing_clear(struct drawing *drawing) {
    g_strfreev(drawing->charts);
    g_strfreev(drawing->languages);
    g_strfreev(drawing->layouts);
    g_strfreev(drawing->formats);
    g_free(drawing->tone);
    g_free(drawing->output);
    for (int l = 0; l < WORDS_LANGUAGES; l++)
        words_free(drawing->words[l]);
    theme_free(drawing->theme);
}

static bool is_asked(char **asked, const char *name) {
    return asked == NULL || g_strv_contains((const char *const *)asked, name);
}

static bool check_word(const char *option, const char *word, const char *const *known,
                       GError **error) {
    if (word == NULL || g_strv_contains(known, word))
        return true;
    g_autofree char *list = g_strjoinv(", ", (char **)known);
    g_set_error(error, BAROMETRE_ERROR, ERROR_USAGE, "%s: there is no '%s'; choose of %s",
                option, word, list);
    return false;
}

static bool check_words(const char *option, char **asked, const char *const *known,
                        GError **error) {
    for (char **word = asked; word != NULL && *word != NULL; word++)
        if (!check_word(option, *word, known, error))
            return false;
    return true;
}

static bool check(const struct drawing *drawing, GError **error) {
    static const char *const languages[] = {"fr", "en", NULL};
    static const char *const layouts[] = {"wide", "narrow", NULL};
    static const char *const formats[] = {"svg", "png", "pdf", NULL};
    static const char *const tones[] = {"light", "dark", NULL};
    if (!check_words("--lang", drawing->languages, languages, error) ||
        !check_words("--layout", drawing->layouts, layouts, error) ||
        !check_words("--format", drawing->formats, formats, error) ||
        !check_word("--theme", drawing->tone, tones, error))
        return false;
    if (drawing->output == NULL)
        g_set_error(error, BAROMETRE_ERROR, ERROR_USAGE,
                    "draw: say where the pictures go with -o DIR");
    return drawing->output != NULL;
}

/* Whether a format is drawn: what is asked for, else svg and png or, of outlines, svg and
 * pdf. */
static bool wants_format(const struct drawing *drawing, enum chart_format format) {
    static const char *const names[] = {"svg", "png", "svg", "pdf"};
    const bool outlines = drawing->outlines;
    if (format == CHART_SVG || format == CHART_OUTLINES)
        return outlines == (format == CHART_OUTLINES) &&
               is_asked(drawing->formats, names[format]);
    return drawing->formats != NULL ? is_asked(drawing->formats, names[format])
                                    : outlines == (format == CHART_PDF);
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

static void order_chart(const struct drawing *drawing, const char *id,
                        const struct words *words, GArray *orders) {
    const enum theme_tone tone =
        g_strcmp0(drawing->tone, "dark") == 0 ? THEME_DARK : THEME_LIGHT;
    for (int layout = 0; layout < CHART_LAYOUTS; layout++)
        for (int f = 0; f < CHART_FORMATS; f++) {
            const struct chart_order order = {
                id,
                words,
                {(enum chart_layout)layout, (enum chart_format)f, drawing->theme, tone},
                NULL};
            if (wants_layout(drawing, id, order.style.layout) &&
                wants_format(drawing, order.style.format))
                g_array_append_val(orders, order);
        }
}

static bool write_picture(const struct drawing *drawing, const struct chart_order *order,
                          GError **error) {
    const struct chart_style *style = &order->style;
    g_autofree char *base = g_strdup_printf(
        "%s.%s.%s%s.%s", order->chart_id, chart_layout_name(style->layout),
        words_code(words_language(order->words)),
        style->tone == THEME_DARK ? ".dark" : "", chart_format_suffix(style->format));
    g_autofree char *path = g_build_filename(drawing->output, base, NULL);
    gsize length;
    const char *bytes = g_bytes_get_data(order->picture, &length);
    return cli_write(path, bytes, length, error);
}

static bool draw_orders(const struct drawing *drawing, const struct edition *edition,
                        GArray *orders, GError **error) {
    struct chart_order *first = (struct chart_order *)(void *)orders->data;
    if (!chart_draw_orders(edition, first, (int)orders->len, cli_drawing_threads(),
                           error))
        return false;
    bool written = true;
    for (guint i = 0; i < orders->len; i++) {
        written = written && write_picture(drawing, &first[i], error);
        g_bytes_unref(first[i].picture);
    }
    return written;
}

static bool draw_all(const struct drawing *drawing, const struct edition *edition,
                     GError **error) {
    g_auto(GStrv) ids = chart_ids(edition);
    char **asked = drawing->charts != NULL ? drawing->charts : ids;
    g_autoptr(GArray) orders = g_array_new(FALSE, FALSE, sizeof(struct chart_order));
    for (int l = 0; l < WORDS_LANGUAGES; l++)
        for (char **id = asked; *id != NULL; id++)
            if (is_asked(drawing->languages, words_code((enum words_language)l)))
                order_chart(drawing, *id, drawing->words[l], orders);
    return draw_orders(drawing, edition, orders, error);
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

/* The words and colours: those of an observatory where one is named. */
static bool dress(struct drawing *drawing, const char *observatory, GError **error) {
    if (observatory != NULL && !g_file_test(observatory, G_FILE_TEST_IS_DIR)) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_NO_INPUT,
                    "%s: is no directory; name the observatory whose words and colours "
                    "are to be used, or none",
                    observatory);
        return false;
    }
    for (int l = 0; l < WORDS_LANGUAGES; l++) {
        drawing->words[l] = words_load((enum words_language)l, observatory, error);
        if (drawing->words[l] == NULL)
            return false;
    }
    drawing->theme = theme_load(observatory, error);
    return drawing->theme != NULL;
}

static bool draw_file(struct drawing *drawing, const struct cli *cli, const char *file,
                      GError **error) {
    g_autofree char *json = NULL;
    gsize length;
    if (!check(drawing, error) || !dress(drawing, cli->directory, error) ||
        !g_file_get_contents(file, &json, &length, error))
        return false;
    g_autofree char *name = g_path_get_basename(file);
    scoped(edition) *edition = read_edition(json, length, name, error);
    if (edition == NULL || !cli_check_font(error))
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
    struct drawing drawing = {0};
    const GOptionEntry own[] = {
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &drawing.output,
         "Where the pictures go", "DIR"},
        {"chart", 0, 0, G_OPTION_ARG_STRING_ARRAY, &drawing.charts,
         "Only this chart; repeats", "ID"},
        {"lang", 0, 0, G_OPTION_ARG_STRING_ARRAY, &drawing.languages,
         "Only this language; repeats", "LANG"},
        {"layout", 0, 0, G_OPTION_ARG_STRING_ARRAY, &drawing.layouts,
         "Only this layout; repeats", "LAYOUT"},
        {"format", 0, 0, G_OPTION_ARG_STRING_ARRAY, &drawing.formats,
         "svg, png or pdf; repeats (default: svg and png)", "FORMAT"},
        {"outlines", 0, 0, G_OPTION_ARG_NONE, &drawing.outlines,
         "For print: text as outlines in the SVG, named .outlines.svg (default: that and "
         "pdf)",
         NULL},
        {"theme", 0, 0, G_OPTION_ARG_STRING, &drawing.tone,
         "light (default) or dark, named .dark", "THEME"},
        {NULL},
    };
    const bool drawn = cli_parse(cli, command, own, &argc, &argv, 1, 1, error) &&
                       draw_file(&drawing, cli, argv[1], error);
    drawing_clear(&drawing);
    return drawn;
}
