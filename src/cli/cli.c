#include "cli.h"

#include "barometre/chart.h"
#include "barometre/edition.h"
#include "barometre/month.h"
#include "barometre/withdraw.h"
#include "version.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static enum words_language locale_language(void) {
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < G_N_ELEMENTS(variables); i++) {
        const char *value = g_getenv(variables[i]);
        if (value != NULL && *value != '\0')
            return g_str_has_prefix(value, "fr") ? WORDS_FR : WORDS_EN;
    }
    return WORDS_EN;
}

static bool choose_words(struct cli *cli, GError **error) {
    enum words_language language = locale_language();
    if (cli->language != NULL && !words_language_parse(cli->language, &language)) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_USAGE, "--lang: takes fr or en");
        return false;
    }
    cli->words = words_load(language, NULL, error);
    return cli->words != NULL;
}

bool cli_parse(struct cli *cli, const struct command *command, const GOptionEntry *own,
               int *argc, char ***argv, int least, int most, GError **error) {
    const GOptionEntry common[] = {
        {"directory", 'C', 0, G_OPTION_ARG_FILENAME, &cli->directory,
         "The observatory (default: here)", "DIR"},
        {"quiet", 'q', 0, G_OPTION_ARG_NONE, &cli->quiet, "Print errors only", NULL},
        {"verbose", 'v', 0, G_OPTION_ARG_NONE, &cli->verbose, "Print more", NULL},
        {"no-color", 0, 0, G_OPTION_ARG_NONE, &cli->no_color,
         "Plain text (it always is, for now)", NULL},
        {NULL},
    };
    /* GLib parses an option that is named twice for both. */
    const GOptionEntry common_language[] = {
        {"lang", 0, 0, G_OPTION_ARG_STRING, &cli->language,
         "Language of the messages, fr or en (default: the locale's)", "LANG"},
        {NULL},
    };
    g_autoptr(GOptionContext) context = g_option_context_new(command->arguments);
    g_autofree char *usage =
        g_strstrip(g_strdup_printf("%s %s", command->name, command->arguments));
    g_autofree char *program = g_strconcat("barometre ", usage, NULL);
    g_autofree char *name = g_strconcat("barometre ", command->name, NULL);
    g_set_prgname(name);
    g_option_context_set_summary(context, command->summary);
    bool own_language = false;
    for (const GOptionEntry *entry = own; entry != NULL && entry->long_name != NULL;
         entry++)
        own_language |= strcmp(entry->long_name, common_language->long_name) == 0;
    if (own != NULL)
        g_option_context_add_main_entries(context, own, NULL);
    g_option_context_add_main_entries(context, common, NULL);
    if (!own_language)
        g_option_context_add_main_entries(context, common_language, NULL);
    g_option_context_set_strict_posix(context, FALSE);
    g_autoptr(GError) wrong = NULL;
    if (!g_option_context_parse(context, argc, argv, &wrong)) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_USAGE, "%s: %s (see `%s --help`)", name,
                    wrong->message, name);
        return false;
    }
    if (*argc > 1 && strcmp((*argv)[1], "--") == 0)
        memmove(&(*argv)[1], &(*argv)[2], (size_t)(--*argc) * sizeof **argv);
    if (*argc - 1 < least || *argc - 1 > most) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_USAGE, "usage: %s (see `%s --help`)",
                    program, name);
        return false;
    }
    return choose_words(cli, error);
}

int64_t cli_now(void) {
    const char *epoch = g_getenv("SOURCE_DATE_EPOCH");
    return epoch != NULL ? g_ascii_strtoll(epoch, NULL, 10) : (int64_t)time(NULL);
}

int32_t cli_today(void) {
    return (int32_t)(cli_now() / 86400);
}

bool cli_is_closed(int32_t month) {
    return month < month_of_day(cli_today());
}

bool cli_month(const char *text, int32_t *as_of, GError **error) {
    *as_of = month_of_day(cli_today()) - 1;
    if (text == NULL || month_parse(text, as_of))
        return true;
    g_set_error(error, BAROMETRE_ERROR, ERROR_USAGE,
                "--as-of: takes a month, such as 2026-10");
    return false;
}

bool cli_open(struct cli *cli, bool lock, struct observatory **observatory,
              struct store **store, GError **error) {
    const char *directory = cli->directory != NULL ? cli->directory : ".";
    *observatory = observatory_open(directory, error);
    cli->theme = *observatory != NULL ? theme_load(directory, error) : NULL;
    if (cli->theme == NULL || (lock && !observatory_lock(*observatory, error)))
        return false;
    g_autofree char *file = observatory_path(*observatory, "store.db");
    *store = store_open(file, (*observatory)->registry, error);
    return *store != NULL && (!lock || withdraw_finish(*observatory, *store, error));
}

bool cli_check_font(GError **error) {
    static bool told = false;
    g_autoptr(GError) failure = NULL;
    g_autofree char *notice = told ? NULL : chart_font_notice(&failure);
    if (failure != NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return false;
    }
    if (notice != NULL)
        fprintf(stderr, "%s\n", notice);
    told = true;
    return true;
}

int cli_drawing_threads(void) {
    return (int)CLAMP(g_get_num_processors(), 1, 2);
}

static void draw_progress(void *data, int64_t bytes, int64_t total) {
    (void)data;
    if (total <= 0)
        return;
    enum { WIDTH = 40 };
    const int percent = (int)MIN(100, bytes * 100 / total);
    char bar[WIDTH + 1];
    memset(bar, '.', WIDTH);
    memset(bar, '#', (size_t)(percent * WIDTH / 100));
    bar[WIDTH] = '\0';
    fprintf(stderr, "\r[%s] %3d %%", bar, percent);
    if (bytes >= total)
        fprintf(stderr, "\r%*s\r", WIDTH + 8, "");
}

struct import_settings cli_import_settings(const struct cli *cli,
                                           const struct observatory *observatory,
                                           const char *profile) {
    const bool shown = !cli->quiet && isatty(STDERR_FILENO);
    return (struct import_settings){
        .observatory = observatory,
        .profile = profile,
        .today = cli_today(),
        .threads = (int)CLAMP(g_get_num_processors(), 1, 4),
        .dry_run = cli->dry_run,
        .progress = shown ? draw_progress : NULL,
    };
}

/* "delimiter ;", or the name of another format than CSV. */
static char *say_format(const struct cli *cli, const struct import *import) {
    if (import->format == NULL || strcmp(import->format, "CSV") != 0)
        return g_strdup(import->format != NULL ? import->format : "");
    const char delimiter[] = {import->delimiter, '\0'};
    return words_say(
        cli->words, "cli.import.delimiter",
        (struct words_argument[]){
            {"delimiter", delimiter[0] == '\t' ? "tab" : delimiter, 0}, {NULL}});
}

/* Names of the shapes in which an export writes its dates, NULL at the end. */
static int shape_names(const struct import *import, const char *names[static 4]) {
    int count = 0;
    for (int shape = DATE_YMD; shape <= DATE_MDY; shape++)
        if ((import->shapes >> shape & 1) != 0)
            names[count++] = date_shape_name((enum date_shape)shape);
    names[count] = NULL;
    return count;
}

/* The format, and what was decided of the dates: a day before a month, or after. */
static char *say_layout(const struct cli *cli, const struct import *import) {
    const char *names[4];
    char *format = say_format(cli, import);
    if (shape_names(import, names) == 0)
        return format;
    g_autofree char *shapes = words_list(cli->words, names);
    char *layout = words_say(
        cli->words, "cli.import.dates",
        (struct words_argument[]){{"layout", format, 0}, {"shapes", shapes, 0}, {NULL}});
    g_free(format);
    return layout;
}

char *cli_import_line(const struct cli *cli, const struct observatory *observatory,
                      const struct import *import) {
    static const char *const keys[] = {
        [IMPORT_DONE] = "cli.import.done",
        [IMPORT_KNOWN] = "cli.import.known",
        [IMPORT_REFUSED] = "cli.import.refused",
    };
    const struct account *account = &import->account;
    const bool done = import->outcome == IMPORT_DONE;
    const bool context =
        done && import->profile != NULL && context_is_profile(import->profile);
    const char *key = done && import->dataset ? "cli.import.terms"
                      : context               ? "cli.import.context"
                      : done && import->again ? "cli.import.again"
                                              : keys[import->outcome];
    g_autofree char *limit = words_number(cli->words, 100 * observatory->reject_share, 0);
    g_autofree char *layout = say_layout(cli, import);
    return words_say(
        cli->words, key,
        (struct words_argument[]){
            {"name", import->name, 0},
            {"records", NULL, account_records(account)},
            {"stored", NULL, account->records[ACCOUNT_STORED]},
            {"updated", NULL, account->records[ACCOUNT_UPDATED]},
            {"duplicates", NULL, account->records[ACCOUNT_DUPLICATE]},
            {"rejected", NULL, account->records[ACCOUNT_REJECTED]},
            {"passed", NULL, account->records[ACCOUNT_BLANK]},
            {"limit", limit, 0},
            {"profile", import->profile != NULL ? import->profile : "", 0},
            {"encoding", import->encoding != NULL ? import->encoding : "", 0},
            {"layout", layout, 0},
            {"apart", NULL, import->versions_apart},
            {"services", NULL, import->services_apart},
            {"source", EDITION_TERMS_SOURCE, 0},
            {NULL}});
}

json_t *cli_import_json(const struct import *import) {
    static const char *const outcomes[] = {
        [IMPORT_DONE] = "done",
        [IMPORT_KNOWN] = "known",
        [IMPORT_REFUSED] = "refused",
    };
    const struct account *account = &import->account;
    json_t *bytes = json_object();
    json_t *row = json_pack("{s:s, s:s, s:s, s:s*, s:I}", "name", import->name, "outcome",
                            import->again && import->outcome == IMPORT_DONE
                                ? "again"
                                : outcomes[import->outcome],
                            "sha256", import->sha256, "profile", import->profile,
                            "records", (json_int_t)account_records(account));
    const char *names[4];
    json_t *dates = json_array();
    for (int n = 0; n < shape_names(import, names); n++)
        json_array_append_new(dates, json_string(names[n]));
    json_object_set_new(row, "dates", dates);
    for (int k = ACCOUNT_MARK; k < ACCOUNT_KINDS; k++) {
        const char *code = account_kind_code((enum account_kind)k);
        if (k >= ACCOUNT_STORED)
            json_object_set_new(row, code, json_integer(account->records[k]));
        json_object_set_new(bytes, code, json_integer(account->bytes[k]));
    }
    json_object_set_new(bytes, "total", json_integer(account->bytes_total));
    json_object_set_new(row, "bytes", bytes);
    if (import->dataset) {
        json_object_set_new(row, "apart", json_integer(import->versions_apart));
        json_object_set_new(row, "services_apart", json_integer(import->services_apart));
    }
    return row;
}

bool cli_is_reason(char *text) {
    enum { MOST_CHARACTERS = 500 };
    bool printable = g_utf8_validate(text, -1, NULL);
    for (const char *c = text; printable && *c != '\0'; c = g_utf8_next_char(c))
        printable = g_unichar_isprint(g_utf8_get_char(c)) != 0;
    return printable && *g_strstrip(text) != '\0' &&
           g_utf8_strlen(text, -1) <= MOST_CHARACTERS;
}

static bool add_twin(void *data, const struct store_twin *twin) {
    g_autofree char *key = g_strdup_printf("%s/%s", twin->family, twin->report_id);
    g_hash_table_add(data, g_steal_pointer(&key));
    return true;
}

bool cli_count_twins(struct store *store, int64_t *count, GError **error) {
    g_autoptr(GHashTable) twins =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const bool good =
        store_each_twin(store, INT32_MIN, INT32_MAX, add_twin, twins, error);
    *count = g_hash_table_size(twins);
    return good;
}

char *cli_rejected_line(const struct cli *cli, int64_t refused) {
    g_autofree char *directory =
        cli->directory != NULL ? g_strdup_printf("-C %s ", cli->directory) : g_strdup("");
    return words_say(cli->words, cli->dry_run ? "cli.rejected.dry" : "cli.rejected",
                     (struct words_argument[]){
                         {"count", NULL, refused}, {"directory", directory, 0}, {NULL}});
}

char *cli_twins_line(const struct cli *cli, int64_t twins) {
    return words_say(cli->words, "cli.twins",
                     (struct words_argument[]){{"count", NULL, twins}, {NULL}});
}

bool cli_write(const char *path, const void *bytes, gsize length, GError **error) {
    g_autoptr(GError) failure = NULL;
    if (g_file_set_contents_full(
            path, bytes, (gssize)length,
            G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &failure))
        return true;
    const bool broken = g_error_matches(failure, G_FILE_ERROR, G_FILE_ERROR_NOSPC) ||
                        g_error_matches(failure, G_FILE_ERROR, G_FILE_ERROR_IO) ||
                        g_error_matches(failure, G_FILE_ERROR, G_FILE_ERROR_FAILED);
    g_set_error(error, BAROMETRE_ERROR, broken ? ERROR_IO : ERROR_CREATE,
                "%s: cannot be written: %s", path, failure->message);
    return false;
}

void cli_print(const struct cli *cli, const char *line) {
    if (!cli->quiet)
        puts(line);
}
