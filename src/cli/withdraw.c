#include "commands.h"

#include "barometre/companion.h"
#include "barometre/context.h"
#include "barometre/dataset.h"
#include "barometre/month.h"
#include "barometre/withdraw.h"
#include "choice.h"

#include <string.h>

static bool offer_source(void *data, const struct store_source *source) {
    choice_offer(data, source->sha256, source->name);
    return true;
}

static bool offer_withdrawal(void *data, const struct store_withdrawal *withdrawal) {
    choice_offer(data, withdrawal->sha256, withdrawal->name);
    return true;
}

/* The hash of the import that is meant, or NULL with an error. The caller frees. */
static char *choose(struct store *store, const char *wanted, GError **error) {
    struct choice imports, gone;
    choice_init(&imports, wanted);
    choice_init(&gone, wanted);
    const char *sha256 = NULL;
    if (store_each_source(store, offer_source, &imports, error) &&
        store_each_withdrawal(store, offer_withdrawal, &gone, error))
        sha256 = choice_made(&imports,
                             gone.hashes->len > 0
                                 ? "was taken back already; see `barometre status`"
                                 : "no import has this name or hash (6 digits at least); "
                                   "see `barometre status --verbose`",
                             error);
    char *chosen = g_strdup(sha256);
    choice_clear(&imports);
    choice_clear(&gone);
    return chosen;
}

/* What an import of a profile is told as. */
enum kind { KIND_COMPLAINTS, KIND_TABLE, KIND_RECORDS, KINDS };

static enum kind kind_of(const char *profile) {
    for (int k = 0; k < COMPANION_KINDS; k++)
        if (strcmp(companion_kinds[k].profile.id, profile) == 0)
            return KIND_TABLE;
    return context_is_profile(profile) || strcmp(profile, DATASET_PROFILE) == 0
               ? KIND_RECORDS
               : KIND_COMPLAINTS;
}

/* Whether the next run would read it again. */
static bool is_in_inbox(const struct observatory *observatory, const char *sha256,
                        bool *there, GError **error) {
    g_autoptr(GPtrArray) files = observatory_inbox(observatory, error);
    *there = false;
    for (guint i = 0; files != NULL && i < files->len && !*there; i++) {
        scoped(export) *export = export_open(g_ptr_array_index(files, i), NULL);
        if (export == NULL)
            continue;
        if (!export_hash(export, error))
            return false;
        *there = strcmp(export->sha256, sha256) == 0;
    }
    return files != NULL;
}

static void print_done(const struct cli *cli, const struct store_withdrawal *withdrawal) {
    static const char *const keys[KINDS][2] = {
        [KIND_COMPLAINTS] = {"cli.withdraw", "cli.withdraw.dry"},
        [KIND_TABLE] = {"cli.withdraw.table", "cli.withdraw.table.dry"},
        [KIND_RECORDS] = {"cli.withdraw.records", "cli.withdraw.records.dry"},
    };
    g_autofree char *line =
        words_say(cli->words, keys[kind_of(withdrawal->profile)][cli->dry_run != FALSE],
                  (struct words_argument[]){{"name", withdrawal->name, 0},
                                            {"removed", NULL, withdrawal->removed},
                                            {"restored", NULL, withdrawal->restored},
                                            {"kept", NULL, withdrawal->kept},
                                            {NULL}});
    cli_print(cli, line);
}

static void print_json(const struct cli *cli, const struct store_withdrawal *withdrawal) {
    json_auto_t *document = json_pack(
        "{s:s, s:s, s:s, s:I, s:I, s:I, s:b}", "name", withdrawal->name, "sha256",
        withdrawal->sha256, "profile", withdrawal->profile, "removed",
        (json_int_t)withdrawal->removed, "restored", (json_int_t)withdrawal->restored,
        "kept", (json_int_t)withdrawal->kept, "dry_run", cli->dry_run);
    json_dumpf(document, stdout, JSON_INDENT(1) | JSON_SORT_KEYS);
    putchar('\n');
}

static bool take_back(struct cli *cli, const struct observatory *observatory,
                      struct store *store, struct store_withdrawal *withdrawal,
                      GError **error) {
    bool waits = false;
    if (!withdraw_import(observatory, store, withdrawal, cli->dry_run, error) ||
        !is_in_inbox(observatory, withdrawal->sha256, &waits, error))
        return false;
    if (cli->json) {
        print_json(cli, withdrawal);
        return true;
    }
    print_done(cli, withdrawal);
    if (waits) {
        g_autofree char *line = words_say(cli->words, "cli.withdraw.inbox", NULL);
        cli_print(cli, line);
    }
    return true;
}

bool command_withdraw(struct cli *cli, const struct command *command, int argc,
                      char **argv, GError **error) {
    g_autofree char *reason = NULL;
    const GOptionEntry own[] = {
        {"reason", 0, 0, G_OPTION_ARG_STRING, &reason,
         "Why, in one line for the journal of the store", "TEXT"},
        {"dry-run", 0, 0, G_OPTION_ARG_NONE, &cli->dry_run,
         "Tell what would go, keep everything", NULL},
        {"json", 0, 0, G_OPTION_ARG_NONE, &cli->json, "Print JSON", NULL},
        {NULL},
    };
    scoped(observatory) *observatory = NULL;
    scoped(store) *store = NULL;
    if (!cli_parse(cli, command, own, &argc, &argv, 1, 1, error))
        return false;
    if (reason == NULL || !cli_is_reason(reason)) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_USAGE,
                    "withdraw: --reason TEXT is kept with the withdrawal; write one line "
                    "of at most 500 characters");
        return false;
    }
    if (!cli_open(cli, true, &observatory, &store, error))
        return false;
    g_autofree char *sha256 = choose(store, argv[1], error);
    struct store_withdrawal withdrawal = {
        .sha256 = sha256, .reason = reason, .day = cli_today()};
    const bool good =
        sha256 != NULL && take_back(cli, observatory, store, &withdrawal, error);
    g_free((char *)withdrawal.profile);
    g_free((char *)withdrawal.name);
    return good;
}
