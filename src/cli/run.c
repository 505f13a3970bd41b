#include "commands.h"

#include "barometre/assess.h"
#include "barometre/month.h"
#include "barometre/parcel.h"
#include "barometre/site.h"
#include "publication.h"
#include "report.h"

#include <string.h>

/* One night. */
struct night {
    struct cli *cli;
    struct observatory *observatory;
    struct store *store;
    struct report report;
    bool with_preview;
    bool any;         /* export was read that was not known */
    int64_t rejected; /* records of those */
    bool refused;     /* an export was: nothing is published */
};

static void note(struct night *night, const char *line) {
    report_line(&night->report, line);
    cli_print(night->cli, line);
}

static void note_problem(struct night *night, const char *sentence) {
    report_line(&night->report, sentence);
    json_array_append_new(night->report.problems, json_string(sentence));
    fprintf(stderr, "%s\n", sentence);
    night->refused = true;
}

/* A second reading that finds nothing more is none. */
static bool is_news(const struct import *import) {
    const int64_t *records = import->account.records;
    return import->outcome == IMPORT_REFUSED ||
           (import->outcome == IMPORT_DONE &&
            (!import->again || records[ACCOUNT_STORED] + records[ACCOUNT_UPDATED] > 0));
}

/* A failure of one export does not keep the others out. Takes the failure. */
static bool note_failure(struct night *night, GError *failure, GError **error) {
    const bool noted = g_error_matches(failure, BAROMETRE_ERROR, ERROR_REFUSED) ||
                       g_error_matches(failure, BAROMETRE_ERROR, ERROR_NO_INPUT);
    if (!noted) {
        g_propagate_error(error, failure);
        return false;
    }
    note_problem(night, failure->message);
    g_error_free(failure);
    return true;
}

static bool ingest_one(struct night *night, struct export *export, GError **error) {
    const struct import_settings settings =
        cli_import_settings(night->cli, night->observatory, NULL);
    GError *failure = NULL;
    struct import import;
    const bool good = import_export(night->store, &settings, export, &import, &failure);
    if (good) {
        g_autofree char *line = cli_import_line(night->cli, night->observatory, &import);
        const bool news = is_news(&import);
        json_array_append_new(night->report.sources, cli_import_json(&import));
        night->any |= news;
        night->rejected += news ? import.account.records[ACCOUNT_REJECTED] : 0;
        if (import.outcome == IMPORT_REFUSED)
            note_problem(night, line);
        else if (news || night->cli->verbose)
            note(night, line);
    }
    import_clear(&import);
    return good || note_failure(night, failure, error);
}

static bool ingest_parcel(struct night *night, const char *path, GError **error) {
    GError *failure = NULL;
    scoped(parcel) *parcel = parcel_open(path, night->observatory->directory, &failure);
    while (failure == NULL) {
        scoped(export) *export = NULL;
        if (!parcel_next(parcel, &export, &failure))
            break;
        if (export == NULL)
            return true;
        if (!ingest_one(night, export, error))
            return false;
    }
    return note_failure(night, failure, error);
}

/* What was read ends with what was refused of it. */
static bool note_closing(struct night *night, GError **error) {
    int64_t twins = 0;
    if (!night->any)
        return true;
    if (!cli_count_twins(night->store, &twins, error))
        return false;
    g_autofree char *told = cli_twins_line(night->cli, twins);
    g_autofree char *line = cli_rejected_line(night->cli, night->rejected);
    if (twins > 0)
        note(night, told);
    note(night, line);
    return true;
}

static bool ingest_inbox(struct night *night, GError **error) {
    g_autoptr(GPtrArray) files = observatory_inbox(night->observatory, error);
    for (guint i = 0; files != NULL && i < files->len; i++)
        if (!ingest_parcel(night, g_ptr_array_index(files, i), error))
            return false;
    return files != NULL && note_closing(night, error);
}

static bool publish(struct night *night, GError **error) {
    struct publication publication = {.cli = night->cli,
                                      .observatory = night->observatory,
                                      .store = night->store,
                                      .as_of = night->report.as_of};
    const bool good = publication_make(&publication, error);
    if (good) {
        g_autofree char *line = publication_line(&publication);
        night->report.verdict = publication_verdict(&publication);
        night->report.generation = g_steal_pointer(&publication.generation);
        note(night, line);
    }
    publication_clear(&publication);
    return good;
}

/* The month in progress, for analysts only. */
static bool preview(struct night *night, int32_t month, GError **error) {
    g_autofree char *directory = observatory_path(night->observatory, "preview");
    scoped(edition) *edition =
        assess_edition(night->observatory, night->store, month, false, error);
    if (edition == NULL)
        return false;
    struct publication_setting setting;
    publication_setting_init(&setting, night->cli, night->observatory, edition, NULL);
    const bool held = site_holds(directory, edition, &setting.site);
    scoped(site) *site =
        held ? NULL : publication_draw(night->observatory, edition, &setting.site, error);
    publication_setting_clear(&setting);
    night->report.provisional = g_steal_pointer(&edition);
    return held || (site != NULL && generation_replace(site, directory, error));
}

static bool work(struct night *night, GError **error) {
    const int32_t as_of = night->report.as_of;
    if (!store_check(night->store, error) || !ingest_inbox(night, error))
        return false;
    if (night->refused) {
        night->report.verdict = "refused";
        g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED,
                    "an export was refused: nothing is published, the last site stays; "
                    "mend or remove it from inbox/ and run again");
        return false;
    }
    if (cli_is_closed(as_of) && !publish(night, error))
        return false;
    if (!night->with_preview && cli_is_closed(as_of))
        return true;
    if (!preview(night, night->with_preview ? as_of + 1 : as_of, error))
        return false;
    if (!cli_is_closed(as_of))
        night->report.verdict = "previewed";
    return true;
}

static bool dry_run(struct night *night, GError **error) {
    g_autofree char *line = words_say(night->cli->words, "cli.run.dry", NULL);
    note(night, line);
    if (!ingest_inbox(night, error))
        return false;
    if (night->refused)
        g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED,
                    "an export would be refused and nothing published; mend or remove it "
                    "from inbox/");
    return !night->refused;
}

static bool run_night(struct night *night, GError **error) {
    if (night->cli->dry_run)
        return dry_run(night, error);
    g_autoptr(GError) failure = NULL;
    const bool good = work(night, &failure);
    night->report.exit_status = error_exit_status(failure);
    if (failure != NULL) {
        report_line(&night->report, failure->message);
        json_array_append_new(night->report.problems, json_string(failure->message));
    }
    g_autofree char *verdict =
        g_strdup_printf("%s (%d)\n", night->report.verdict, night->report.exit_status);
    g_string_prepend(night->report.summary, verdict);
    const bool reported =
        report_write(&night->report, night->cli, night->observatory, good ? error : NULL);
    if (failure != NULL)
        g_propagate_error(error, g_steal_pointer(&failure));
    return good && reported;
}

bool command_run(struct cli *cli, const struct command *command, int argc, char **argv,
                 GError **error) {
    g_autofree char *as_of_text = NULL;
    const GOptionEntry own[] = {
        {"as-of", 0, 0, G_OPTION_ARG_STRING, &as_of_text,
         "The month to publish (default: the last closed one, with a preview of the "
         "month "
         "in progress)",
         "YYYY-MM"},
        {"dry-run", 0, 0, G_OPTION_ARG_NONE, &cli->dry_run,
         "Read the inbox and account, keep and publish nothing", NULL},
        {NULL},
    };
    scoped(observatory) *observatory = NULL;
    scoped(store) *store = NULL;
    int32_t as_of;
    if (!cli_parse(cli, command, own, &argc, &argv, 0, 0, error) ||
        !cli_month(as_of_text, &as_of, error) ||
        !cli_open(cli, true, &observatory, &store, error))
        return false;
    struct night night = {.cli = cli,
                          .observatory = observatory,
                          .store = store,
                          .with_preview = as_of_text == NULL};
    report_init(&night.report, as_of);
    const bool good = run_night(&night, error);
    report_clear(&night.report);
    return good;
}
