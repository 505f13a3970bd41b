#include "commands.h"

#include "barometre/parcel.h"
#include "specimen.h"

#include <string.h>

/* What became of all files of one call. */
struct ingested {
    json_t *rows;
    int64_t rejected;
    bool refused;
};

static bool ingest_one(const struct cli *cli, const struct observatory *observatory,
                       struct store *store, const char *profile, struct export *export,
                       struct ingested *ingested, GError **error) {
    struct import_settings settings = cli_import_settings(cli, observatory, profile);
    struct specimens specimens;
    specimens_init(&specimens, cli, observatory->registry);
    if (cli->dry_run && !cli->json) {
        settings.complaint = specimens_add;
        settings.complaint_data = &specimens;
    }
    struct import import;
    const bool good = import_export(store, &settings, export, &import, error);
    if (good) {
        g_autofree char *line = cli_import_line(cli, observatory, &import);
        if (!cli->json)
            cli_print(cli, line);
        specimens_print(&specimens);
        json_array_append_new(ingested->rows, cli_import_json(&import));
        ingested->rejected += import.account.records[ACCOUNT_REJECTED];
        ingested->refused |= import.outcome == IMPORT_REFUSED;
    }
    import_clear(&import);
    specimens_clear(&specimens);
    return good;
}

static bool ingest_parcel(const struct cli *cli, const struct observatory *observatory,
                          struct store *store, const char *profile, const char *path,
                          struct ingested *ingested, GError **error) {
    scoped(parcel) *parcel = parcel_open(path, observatory->directory, error);
    if (parcel == NULL)
        return false;
    for (;;) {
        scoped(export) *export = NULL;
        if (!parcel_next(parcel, &export, error))
            return false;
        if (export == NULL)
            return true;
        if (!ingest_one(cli, observatory, store, profile, export, ingested, error))
            return false;
    }
}

static void print_closing(const struct cli *cli, const struct ingested *ingested) {
    if (cli->json) {
        json_dumpf(ingested->rows, stdout, JSON_INDENT(1) | JSON_SORT_KEYS);
        putchar('\n');
    } else if (ingested->rejected > 0) {
        g_autofree char *line = words_say(
            cli->words, cli->dry_run ? "cli.rejected.dry" : "cli.rejected",
            (struct words_argument[]){{"count", NULL, ingested->rejected}, {NULL}});
        cli_print(cli, line);
    }
}

bool command_ingest(struct cli *cli, const struct command *command, int argc, char **argv,
                    GError **error) {
    g_autofree char *profile = NULL;
    const GOptionEntry own[] = {
        {"profile", 0, 0, G_OPTION_ARG_STRING, &profile,
         "Read with this profile (default: the one that knows the header)", "NAME"},
        {"dry-run", 0, 0, G_OPTION_ARG_NONE, &cli->dry_run,
         "Read and account, keep nothing", NULL},
        {"json", 0, 0, G_OPTION_ARG_NONE, &cli->json, "Print the accounts as JSON", NULL},
        {NULL},
    };
    scoped(observatory) *observatory = NULL;
    scoped(store) *store = NULL;
    if (!cli_parse(cli, command, own, &argc, &argv, 1, G_MAXINT, error))
        return false;
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "-") == 0 && profile == NULL) {
            g_set_error(error, BAROMETRE_ERROR, ERROR_USAGE,
                        "standard input needs --profile NAME");
            return false;
        }
    if (!cli_open(cli, true, &observatory, &store, error))
        return false;
    json_auto_t *rows = json_array();
    struct ingested ingested = {.rows = rows};
    bool good = true;
    for (int i = 1; good && i < argc; i++)
        good = ingest_parcel(cli, observatory, store, profile, argv[i], &ingested, error);
    print_closing(cli, &ingested);
    if (good && ingested.refused) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED,
                    "an export holds too many refused records and was not stored; see "
                    "`barometre rejects`");
        good = false;
    }
    return good;
}
