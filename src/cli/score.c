#include "commands.h"

#include "barometre/assess.h"

#include <string.h>

bool command_score(struct cli *cli, const struct command *command, int argc, char **argv,
                   GError **error) {
    g_autofree char *as_of_text = NULL;
    g_autofree char *output = NULL;
    const GOptionEntry own[] = {
        {"as-of", 0, 0, G_OPTION_ARG_STRING, &as_of_text,
         "The month (default: the last closed one)", "YYYY-MM"},
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
         "Write to a file (default: standard output)", "FILE"},
        {NULL},
    };
    scoped(observatory) *observatory = NULL;
    scoped(store) *store = NULL;
    int32_t as_of;
    if (!cli_parse(cli, command, own, &argc, &argv, 0, 0, error) ||
        !cli_month(as_of_text, &as_of, error) ||
        !cli_open(cli, false, &observatory, &store, error))
        return false;
    scoped(edition) *edition =
        assess_edition(observatory, store, as_of, cli_is_closed(as_of), error);
    if (edition == NULL)
        return false;
    g_autofree char *document = edition_write(edition);
    if (output == NULL)
        return fputs(document, stdout), true; /* main looks whether it got out */
    return cli_write(output, document, strlen(document), error);
}
