#include "commands.h"

#include "barometre/reject_book.h"
#include "barometre/reject_export.h"
#include "choice.h"
#include "reject_groups.h"
#include "unresolved.h"

#include <string.h>

static void print_group(const struct cli *cli, const struct night_reject *group) {
    g_autofree char *heading =
        words_say(cli->words, "cli.rejects.group",
                  (struct words_argument[]){
                      {"count", NULL, group->count}, {"rule", group->rule, 0}, {NULL}});
    g_autofree char *advice =
        words_say(cli->words, "cli.rejects.remedy",
                  (struct words_argument[]){{"remedy", group->remedy, 0}, {NULL}});
    puts(heading);
    for (guint i = 0; i < group->places->len; i++)
        printf("    %s\n", (char *)g_ptr_array_index(group->places, i));
    if (reject_group_has_more(group))
        printf("    …\n");
    puts(advice);
}

/* RFC 4180, and no cell that a spreadsheet would take for a formula. */
static void print_cell(const char *text, char end) {
    putchar('"');
    if (*text != '\0' && strchr("=+-@\t\r", *text) != NULL)
        putchar('\'');
    for (; *text != '\0'; text++) {
        if (*text == '"')
            putchar('"');
        putchar(*text);
    }
    putchar('"');
    putchar(end);
}

static bool print_entry(void *data, const struct reject_entry *entry) {
    (void)data;
    print_cell(entry->source, ',');
    printf("%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",%d,",
           entry->line, entry->offset, entry->length, entry->column);
    print_cell(entry->label, ',');
    print_cell(entry->rule, ',');
    print_cell(entry->raw, '\n');
    return true;
}

static bool print_groups(const struct cli *cli, const struct observatory *observatory,
                         GError **error) {
    g_autoptr(GPtrArray) groups = reject_groups(observatory, cli->words, error);
    if (groups != NULL && groups->len == 0) {
        g_autofree char *none = words_say(cli->words, "cli.rejects.none", NULL);
        puts(none);
    }
    for (guint i = 0; groups != NULL && i < groups->len; i++)
        print_group(cli, g_ptr_array_index(groups, i));
    g_autoptr(GPtrArray) names =
        groups != NULL ? unresolved_names(observatory, error) : NULL;
    if (names != NULL)
        unresolved_print(cli, observatory, names);
    return names != NULL;
}

static bool offer_cover(void *data, const struct reject_entry *entry) {
    choice_offer(data, entry->cover->sha256, entry->cover->source);
    return true;
}

/* What was asked of `rejects`. */
struct request {
    char *wanted, *output; /* of --as-export */
    gboolean csv;
};

static void request_clear(struct request *request) {
    g_free(request->wanted);
    g_free(request->output);
}

static bool print_export(const struct cli *cli, const struct observatory *observatory,
                         const struct request *request, GError **error) {
    struct choice choice;
    choice_init(&choice, request->wanted);
    const char *sha256 = NULL;
    if (reject_book_each(observatory, offer_cover, &choice, error))
        sha256 =
            choice_made(&choice,
                        "no refused record is of an export of this name or hash; see "
                        "`barometre rejects`",
                        error);
    g_autoptr(GString) text = g_string_new(NULL);
    bool good = sha256 != NULL &&
                reject_export_write(observatory, sha256, cli->words, text, error);
    choice_clear(&choice);
    if (good && request->output != NULL)
        return cli_write(request->output, text->str, text->len, error);
    if (good)
        fwrite(text->str, 1, text->len, stdout);
    return good;
}

static bool answer(const struct cli *cli, const struct request *request, GError **error) {
    scoped(observatory) *observatory =
        observatory_open(cli->directory != NULL ? cli->directory : ".", error);
    if (observatory == NULL)
        return false;
    if (request->wanted != NULL)
        return print_export(cli, observatory, request, error);
    if (!request->csv)
        return print_groups(cli, observatory, error);
    puts("source,line,offset,length,column,label,rule,raw");
    return reject_book_each(observatory, print_entry, NULL, error);
}

static bool check(const struct request *request, GError **error) {
    const char *wrong = request->csv && request->wanted != NULL
                            ? "give --csv or --as-export FILE, not both"
                        : request->output != NULL && request->wanted == NULL
                            ? "-o goes with --as-export FILE"
                            : NULL;
    if (wrong != NULL)
        g_set_error(error, BAROMETRE_ERROR, ERROR_USAGE, "rejects: %s", wrong);
    return wrong == NULL;
}

bool command_rejects(struct cli *cli, const struct command *command, int argc,
                     char **argv, GError **error) {
    struct request request = {0};
    const GOptionEntry own[] = {
        {"csv", 0, 0, G_OPTION_ARG_NONE, &request.csv,
         "Every refused record as CSV, with its raw text (keep it to yourself)", NULL},
        {"as-export", 0, 0, G_OPTION_ARG_STRING, &request.wanted,
         "The refused records of one export under its own header, with the reason, to "
         "be mended and sent again",
         "FILE"},
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &request.output,
         "Write them there (0600) instead of standard output", "PATH"},
        {NULL},
    };
    const bool good = cli_parse(cli, command, own, &argc, &argv, 0, 0, error) &&
                      check(&request, error) && answer(cli, &request, error);
    request_clear(&request);
    return good;
}
