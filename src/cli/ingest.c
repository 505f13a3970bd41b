#include "commands.h"

#include "barometre/dataset.h"
#include "barometre/parcel.h"
#include "specimen.h"

#include <string.h>

/* What became of all files of one call. */
struct ingested {
    json_t *rows;
    int64_t rejected;
    bool any; /* was read, and not known before */
    bool refused;
};

/* An export; without one, the dataset at the path. */
static bool ingest_one(const struct cli *cli, const struct observatory *observatory,
                       struct store *store, const struct import_settings *settings,
                       struct export *export, const char *path, struct ingested *ingested,
                       GError **error) {
    struct import_settings shown = *settings;
    struct specimens specimens;
    specimens_init(&specimens, cli, observatory->registry);
    if (cli->dry_run && !cli->json) {
        shown.complaint = specimens_add;
        shown.complaint_data = &specimens;
    }
    struct import import;
    const bool good = export != NULL
                          ? import_export(store, &shown, export, &import, error)
                          : import_dataset(store, &shown, path, &import, error);
    if (good) {
        g_autofree char *line = cli_import_line(cli, observatory, &import);
        if (!cli->json)
            cli_print(cli, line);
        specimens_print(&specimens);
        json_array_append_new(ingested->rows, cli_import_json(&import));
        ingested->rejected += import.account.records[ACCOUNT_REJECTED];
        ingested->any |= import.outcome != IMPORT_KNOWN;
        ingested->refused |= import.outcome == IMPORT_REFUSED;
    }
    import_clear(&import);
    specimens_clear(&specimens);
    return good;
}

static bool ingest_parcel(const struct cli *cli, const struct observatory *observatory,
                          struct store *store, const struct import_settings *settings,
                          const char *path, struct ingested *ingested, GError **error) {
    const char *profile = settings->profile;
    const bool named = profile != NULL && strcmp(profile, DATASET_PROFILE) == 0;
    if (named || (profile == NULL && dataset_is(path)))
        return ingest_one(cli, observatory, store, settings, NULL, path, ingested, error);
    scoped(parcel) *parcel = parcel_open(path, observatory->directory, error);
    if (parcel == NULL)
        return false;
    for (;;) {
        scoped(export) *export = NULL;
        if (!parcel_next(parcel, &export, error))
            return false;
        if (export == NULL)
            return true;
        if (!ingest_one(cli, observatory, store, settings, export, path, ingested, error))
            return false;
    }
}

static bool print_closing(const struct cli *cli, struct store *store,
                          const struct ingested *ingested, GError **error) {
    if (cli->json) {
        json_dumpf(ingested->rows, stdout, JSON_INDENT(1) | JSON_SORT_KEYS);
        putchar('\n');
        return true;
    }
    if (!ingested->any)
        return true;
    int64_t twins;
    if (!cli_count_twins(store, &twins, error))
        return false;
    g_autofree char *told = cli_twins_line(cli, twins);
    g_autofree char *line = cli_rejected_line(cli, ingested->rejected);
    if (twins > 0)
        cli_print(cli, told);
    cli_print(cli, line);
    return true;
}

bool command_ingest(struct cli *cli, const struct command *command, int argc, char **argv,
                    GError **error) {
    g_autofree char *profile = NULL;
    gboolean again = FALSE;
    const GOptionEntry own[] = {
        {"profile", 0, 0, G_OPTION_ARG_STRING, &profile,
         "Read with this profile (default: the one that knows the header)", "NAME"},
        {"again", 0, 0, G_OPTION_ARG_NONE, &again,
         "Read exports again that are known: what was refused may pass now", NULL},
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
    struct import_settings settings = cli_import_settings(cli, observatory, profile);
    settings.again = again != FALSE;
    bool good = true;
    for (int i = 1; good && i < argc; i++)
        good =
            ingest_parcel(cli, observatory, store, &settings, argv[i], &ingested, error);
    good = print_closing(cli, store, &ingested, good ? error : NULL) && good;
    if (good && ingested.refused) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED,
                    "an export holds too many refused records and was not stored; see "
                    "`barometre rejects`");
        good = false;
    }
    return good;
}
