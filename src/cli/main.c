#include "cli.h"

#include "version.h"

#include <cairo.h>
#include <jansson.h>
#include <locale.h>
#include <malloc.h>
#include <pango/pango.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

static void print_help(FILE *to) {
    fputs("Usage: barometre COMMAND [OPTION…] [ARGUMENT…]\n\n"
          "The barometer of the fairness and transparency of marketplaces: takes "
          "complaint\n"
          "exports in, scores each marketplace, draws and publishes the result.\n\n",
          to);
    for (const struct command *c = commands; c->name != NULL; c++)
        fprintf(to, "  %-8s %s\n", c->name, c->summary);
    fputs("\n`barometre COMMAND --help` tells more; so does `man barometre`.\n", to);
}

static void print_version(void) {
    printf("barometre %s (sqlite %s, jansson %s, cairo %s, pango %s, glib %u.%u.%u)\n",
           BAROMETRE_VERSION, sqlite3_libversion(), jansson_version_str(),
           cairo_version_string(), pango_version_string(), glib_major_version,
           glib_minor_version, glib_micro_version);
}

/* The index of the command word: options common to all may stand before it. */
static int command_index(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-C") == 0 || strcmp(argv[i], "--lang") == 0 ||
            strcmp(argv[i], "--directory") == 0)
            i++;
        else if (argv[i][0] != '-')
            return i;
        else if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0 ||
                 strcmp(argv[i], "--version") == 0)
            return i;
    }
    return 0;
}

static const struct command *find_command(const char *name) {
    const struct command *command = commands;
    while (command->name != NULL && strcmp(command->name, name) != 0)
        command++;
    return command->name != NULL ? command : NULL;
}

static int run_command(const struct command *command, int argc, char **argv) {
    struct cli cli = {0};
    g_autoptr(GError) error = NULL;
    const bool done = command->run(&cli, command, argc, argv, &error);
    words_free(cli.words);
    theme_free(cli.theme);
    g_free(cli.directory);
    g_free(cli.language);
    const bool printed = fflush(stdout) == 0 && !ferror(stdout);
    if (done && !printed) {
        fputs("barometre: standard output cannot be written\n", stderr);
        return ERROR_IO;
    }
    if (done)
        return 0;
    fprintf(stderr, "%s\n", error->message);
    return error_exit_status(error);
}

int main(int argc, char **argv) {
    setlocale(LC_ALL, "C.UTF-8"); /* numbers and sorting never depend on the locale */
    /* A picture's 13 MiB go back when it is drawn, not kept for the next. */
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
    umask(077);
    signal(SIGXFSZ, SIG_IGN); /* a write beyond a limit fails, and is told, instead */
    setrlimit(RLIMIT_CORE, &(struct rlimit){0}); /* a core would hold the key */
    const int at = command_index(argc, argv);
    const char *word = at > 0 ? argv[at] : "";
    if (strcmp(word, "--version") == 0)
        return print_version(), 0;
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 ||
        strcmp(word, "help") == 0)
        return print_help(stdout), 0;
    const struct command *command = find_command(word);
    if (command == NULL) {
        if (at > 0)
            fprintf(stderr, "barometre: there is no command '%s'\n\n", word);
        print_help(stderr);
        return ERROR_USAGE;
    }
    memmove(&argv[at], &argv[at + 1], (size_t)(argc - at) * sizeof *argv);
    return run_command(command, argc - 1, argv);
}
