#include "commands.h"

bool command_init(struct cli *cli, const struct command *command, int argc, char **argv,
                  GError **error) {
    gboolean sample = FALSE;
    const GOptionEntry own[] = {
        {"sample", 0, 0, G_OPTION_ARG_NONE, &sample,
         "With fictitious marketplaces and their exports", NULL},
        {NULL},
    };
    if (!cli_parse(cli, command, own, &argc, &argv, 1, 1, error) ||
        !observatory_init(argv[1], sample, error))
        return false;
    g_autofree char *line =
        words_say(cli->words, sample ? "cli.init.sample" : "cli.init",
                  (struct words_argument[]){{"directory", argv[1], 0}, {NULL}});
    cli_print(cli, line);
    return true;
}
