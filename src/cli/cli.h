/* What every command shares: its options, the clock, and the way to print. */
#ifndef BAROMETRE_CLI_H
#define BAROMETRE_CLI_H

#include "barometre/error.h"
#include "barometre/import.h"
#include "barometre/observatory.h"
#include "barometre/site.h"
#include "barometre/store.h"
#include "barometre/theme.h"
#include "barometre/words.h"

struct cli {
    char *directory; /* -C */
    gboolean quiet, verbose, no_color, json, dry_run;
    char *language; /* --lang, or NULL: the locale's */
    struct words *words;
    struct theme *theme; /* of the observatory, once it is open */
};

struct command {
    const char *name;
    const char *arguments; /* as --help shows them */
    const char *summary;
    bool (*run)(struct cli *cli, const struct command *command, int argc, char **argv,
                GError **error);
};

extern const struct command commands[]; /* ends with a NULL name */

/* Parses the options of a command: its own (may be NULL) and the common ones. What is
 * left in argv[1 … argc) are its arguments, between `least` and `most` of them. */
bool cli_parse(struct cli *cli, const struct command *command, const GOptionEntry *own,
               int *argc, char ***argv, int least, int most, GError **error);

/* The day, in UTC; SOURCE_DATE_EPOCH (reproducible-builds.org) stands in for the clock.
 */
int32_t cli_today(void);

/* Now, in seconds, from the same clock. */
int64_t cli_now(void);

/* Reads the value of --as-of; without one, the last closed month. Fails with ERROR_USAGE.
 */
bool cli_month(const char *text, int32_t *as_of, GError **error);

/* Whether a month is over today. */
bool cli_is_closed(int32_t month);

/* Opens the observatory with its theme and its store; with `lock`, as the only one. */
bool cli_open(struct cli *cli, bool lock, struct observatory **observatory,
              struct store **store, GError **error);

/* To be called before pictures are drawn: tells once, on standard error, where the font
 * is not the one that the layouts were measured with. Fails as chart_draw does. */
bool cli_check_font(GError **error);

/* How many threads draw. */
int cli_drawing_threads(void);

/* How to import, with a progress bar on a terminal. */
struct import_settings cli_import_settings(const struct cli *cli,
                                           const struct observatory *observatory,
                                           const char *profile);

/* One line on what became of an export. The caller frees. */
char *cli_import_line(const struct cli *cli, const struct observatory *observatory,
                      const struct import *import);

/* The row of `sources` for an export. */
json_t *cli_import_json(const struct import *import);

/* Whether a text, stripped, is one line of 1 to 500 characters that can be printed. */
bool cli_is_reason(char *text);

/* The line that ends what was read: how many records were refused and what to type. The
 * caller frees. */
char *cli_rejected_line(const struct cli *cli, int64_t refused);

/* How many complaints of the store are told through another source too, and the line that
 * says so, which the caller frees. */
bool cli_count_twins(struct store *store, int64_t *count, GError **error);
char *cli_twins_line(const struct cli *cli, int64_t twins);

/* Writes a file that the caller asked for, whole and durable or not at all, for its owner
 * alone. Fails with ERROR_CREATE or ERROR_IO. */
bool cli_write(const char *path, const void *bytes, gsize length, GError **error);

/* Writes a line to standard output; with --quiet nothing. */
void cli_print(const struct cli *cli, const char *line);

#endif
