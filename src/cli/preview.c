#include "commands.h"

#include "barometre/assess.h"
#include "barometre/chart.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* What a marketplace is shown before publication: its own figures and nobody else's. */
struct preview {
    struct edition *edition; /* of this one place */
    const char *directory;
    const struct words *const *words; /* by language */
    const struct theme *theme;
};

/* Rank, median and median rate tell of others. */
static void forget_others(struct edition_marketplace *place) {
    struct edition_overall *overall = &place->overall;
    overall->rank_low = overall->rank_high = 0;
    overall->p_first = overall->p_last = edition_unknown();
    overall->p_above_median = overall->p_below_median = edition_unknown();
    overall->rank_reason = REASON_NOT_COMPUTED;
    place->expectation = (struct edition_expectation){
        .expected_reason = REASON_NOT_COMPUTED, .reason = REASON_NOT_COMPUTED};
}

/* A new edition with one place of another one, which loses it. Pairs, groups, tables,
 * sources, coverage, funnel and robustness stay unfilled. */
static struct edition *take_place(struct edition *edition, guint place) {
    struct edition *alone = edition_new();
    alone->as_of = edition->as_of;
    alone->closed = edition->closed;
    alone->fictitious = edition->fictitious;
    alone->window_from = edition->window_from;
    alone->window_to = edition->window_to;
    alone->draws = edition->draws;
    alone->method_version = g_strdup(edition->method_version);
    alone->method_sha256 = g_strdup(edition->method_sha256);
    alone->seed = g_strdup(edition->seed);
    for (guint i = 0; i < edition->bands->len; i++) {
        const struct edition_band *band = g_ptr_array_index(edition->bands, i);
        edition_add_band(alone, band->letter, band->least);
    }
    const struct edition_notice none = alone->notice;
    alone->notice = edition->notice;
    edition->notice = none;
    struct edition_marketplace *taken =
        g_ptr_array_steal_index(edition->marketplaces, place);
    forget_others(taken);
    g_ptr_array_add(alone->marketplaces, taken);
    return alone;
}

static bool write_file(const struct preview *preview, const char *name, const char *bytes,
                       gsize length, GError **error) {
    g_autofree char *path = g_build_filename(preview->directory, name, NULL);
    return g_file_set_contents_full(path, bytes, (gssize)length,
                                    G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

static void add_sentence(GString *text, int indent,
                         char *const sentence[static WORDS_LANGUAGES], int language) {
    if (sentence[language] != NULL)
        g_string_append_printf(text, "%*s%s\n", indent, "", sentence[language]);
}

static void add_missing(GString *text, const struct words *words,
                        const struct edition_indicator *indicator) {
    g_autofree char *key =
        g_strconcat("reason.", edition_reason_code(indicator->score.reason), NULL);
    g_autofree char *reason = words_say(words, key, NULL);
    g_autofree char *line = words_say(
        words, "preview.missing",
        (struct words_argument[]){{"label", indicator->label[words_language(words)], 0},
                                  {"reason", reason, 0},
                                  {NULL}});
    g_string_append_printf(text, "  %s\n", line);
}

static void add_pillars(GString *text, const struct words *words,
                        const struct edition_marketplace *place) {
    const int language = (int)words_language(words);
    for (guint p = 0; p < place->pillars->len; p++) {
        const struct edition_pillar *pillar = g_ptr_array_index(place->pillars, p);
        g_string_append_c(text, '\n');
        add_sentence(text, 0, pillar->sentence, language);
        for (guint i = 0; i < pillar->indicators->len; i++) {
            const struct edition_indicator *indicator =
                g_ptr_array_index(pillar->indicators, i);
            if (indicator->score.score.known)
                add_sentence(text, 2, indicator->sentence, language);
            else
                add_missing(text, words, indicator);
        }
    }
}

/* The explanation: what is kept, then every figure in words. */
static char *explain(const struct preview *preview, const struct words *words) {
    const int language = (int)words_language(words);
    const struct edition_marketplace *place =
        g_ptr_array_index(preview->edition->marketplaces, 0);
    g_autofree char *from = words_month(words, preview->edition->window_from);
    g_autofree char *to = words_month(words, preview->edition->window_to);
    g_autofree char *heading = words_say(
        words, "preview.heading",
        (struct words_argument[]){
            {"place", place->name, 0}, {"from", from, 0}, {"to", to, 0}, {NULL}});
    g_autofree char *kept = words_say(words, "preview.kept", NULL);
    g_autofree char *reply = words_say(words, "preview.reply", NULL);
    g_autofree char *fictitious = preview->edition->fictitious
                                      ? words_say(words, "page.fictitious", NULL)
                                      : g_strdup("");
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "%s\n%s%s%s\n\n", heading, fictitious,
                           *fictitious != '\0' ? "\n" : "", kept);
    add_sentence(text, 0, place->overall.sentence, language);
    add_pillars(text, words, place);
    if (place->watch->len > 0)
        g_string_append_c(text, '\n');
    for (guint i = 0; i < place->watch->len; i++) {
        const struct edition_watch *watch = g_ptr_array_index(place->watch, i);
        add_sentence(text, 0, watch->sentence, language);
    }
    for (guint i = 0; i < place->alerts->len; i++) {
        const struct edition_alert *alert = g_ptr_array_index(place->alerts, i);
        add_sentence(text, 0, alert->sentence, language);
    }
    g_string_append_printf(text, "\n%s\n", reply);
    return g_string_free(text, FALSE);
}

static bool draw(const struct preview *preview, const struct words *words,
                 enum chart_format format, GError **error) {
    const struct edition_marketplace *place =
        g_ptr_array_index(preview->edition->marketplaces, 0);
    g_autofree char *id = g_strconcat("place-", place->id, NULL);
    g_autofree char *name =
        g_strdup_printf("%s.wide.%s.%s", id, words_code(words_language(words)),
                        chart_format_suffix(format));
    struct chart_order order = {
        id, words, {CHART_WIDE, format, preview->theme, THEME_LIGHT}, NULL};
    if (!chart_draw_orders(preview->edition, &order, 1, 1, error))
        return false;
    gsize length;
    const char *bytes = g_bytes_get_data(order.picture, &length);
    const bool written = write_file(preview, name, bytes, length, error);
    g_bytes_unref(order.picture);
    return written;
}

static bool write_language(const struct preview *preview, const struct words *words,
                           GError **error) {
    g_autofree char *name =
        g_strdup_printf("explanation.%s.txt", words_code(words_language(words)));
    g_autofree char *text = explain(preview, words);
    return write_file(preview, name, text, strlen(text), error) &&
           draw(preview, words, CHART_SVG, error) &&
           draw(preview, words, CHART_PNG, error);
}

static bool write_all(const struct preview *preview, GError **error) {
    g_autofree char *document = edition_write(preview->edition);
    if (g_mkdir_with_parents(preview->directory, 0700) != 0) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_CREATE, "%s: cannot be made: %s",
                    preview->directory, g_strerror(errno));
        return false;
    }
    if (!write_file(preview, "edition.json", document, strlen(document), error))
        return false;
    for (int l = 0; l < WORDS_LANGUAGES; l++)
        if (!write_language(preview, preview->words[l], error))
            return false;
    return true;
}

static bool preview_place(const struct cli *cli, const struct observatory *observatory,
                          struct store *store, int32_t as_of, int place,
                          const char *directory, GError **error) {
    scoped(edition) *whole =
        assess_edition(observatory, store, as_of, cli_is_closed(as_of), error);
    if (whole == NULL)
        return false;
    scoped(edition) *alone = take_place(whole, (guint)place);
    assess_sentences(observatory, alone); /* without rank and median */
    const struct preview preview = {alone, directory, observatory->words, cli->theme};
    return cli_check_font(error) && write_all(&preview, error);
}

bool command_preview(struct cli *cli, const struct command *command, int argc,
                     char **argv, GError **error) {
    g_autofree char *as_of_text = NULL;
    g_autofree char *output = NULL;
    const GOptionEntry own[] = {
        {"as-of", 0, 0, G_OPTION_ARG_STRING, &as_of_text,
         "The month (default: the last closed one)", "YYYY-MM"},
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "Where the files go", "DIR"},
        {NULL},
    };
    scoped(observatory) *observatory = NULL;
    scoped(store) *store = NULL;
    int32_t as_of;
    if (!cli_parse(cli, command, own, &argc, &argv, 1, 1, error) ||
        !cli_month(as_of_text, &as_of, error))
        return false;
    if (output == NULL) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_USAGE,
                    "preview: say where the files go with -o DIR");
        return false;
    }
    if (!cli_open(cli, false, &observatory, &store, error))
        return false;
    const int place = registry_find(observatory->registry, argv[1]);
    if (place < 0) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_USAGE,
                    "preview: there is no '%s'; give a place of marketplaces.json",
                    argv[1]);
        return false;
    }
    return preview_place(cli, observatory, store, as_of, place, output, error);
}
