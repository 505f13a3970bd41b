#include "commands.h"

#include "barometre/reject_book.h"
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

bool command_rejects(struct cli *cli, const struct command *command, int argc,
                     char **argv, GError **error) {
    gboolean csv = FALSE;
    const GOptionEntry own[] = {
        {"csv", 0, 0, G_OPTION_ARG_NONE, &csv,
         "Every refused record as CSV, with its raw text (keep it to yourself)", NULL},
        {NULL},
    };
    if (!cli_parse(cli, command, own, &argc, &argv, 0, 0, error))
        return false;
    scoped(observatory) *observatory =
        observatory_open(cli->directory != NULL ? cli->directory : ".", error);
    if (observatory == NULL)
        return false;
    if (!csv)
        return print_groups(cli, observatory, error);
    puts("source,line,offset,length,column,label,rule,raw");
    return reject_book_each(observatory, print_entry, NULL, error);
}
