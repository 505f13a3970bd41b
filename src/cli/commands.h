/* One function a command, each in the file of its name. */
#ifndef BAROMETRE_COMMANDS_H
#define BAROMETRE_COMMANDS_H

#include "cli.h"

bool command_init(struct cli *cli, const struct command *command, int argc, char **argv,
                  GError **error);
bool command_run(struct cli *cli, const struct command *command, int argc, char **argv,
                 GError **error);
bool command_ingest(struct cli *cli, const struct command *command, int argc, char **argv,
                    GError **error);
bool command_score(struct cli *cli, const struct command *command, int argc, char **argv,
                   GError **error);
bool command_publish(struct cli *cli, const struct command *command, int argc,
                     char **argv, GError **error);
bool command_draw(struct cli *cli, const struct command *command, int argc, char **argv,
                  GError **error);
bool command_status(struct cli *cli, const struct command *command, int argc, char **argv,
                    GError **error);
bool command_explain(struct cli *cli, const struct command *command, int argc,
                     char **argv, GError **error);
bool command_preview(struct cli *cli, const struct command *command, int argc,
                     char **argv, GError **error);
bool command_withdraw(struct cli *cli, const struct command *command, int argc,
                      char **argv, GError **error);
bool command_rejects(struct cli *cli, const struct command *command, int argc,
                     char **argv, GError **error);
bool command_profile(struct cli *cli, const struct command *command, int argc,
                     char **argv, GError **error);

#endif
