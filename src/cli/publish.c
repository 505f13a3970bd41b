#include "commands.h"

#include "publication.h"

#include "barometre/month.h"

#include <string.h>

struct request {
    char *as_of, *revise, *reason;
};

static void request_clear(struct request *request) {
    g_free(request->as_of);
    g_free(request->revise);
    g_free(request->reason);
}

static bool refuse(const char *what, GError **error) {
    g_set_error(error, BAROMETRE_ERROR, ERROR_USAGE, "publish: %s", what);
    return false;
}

/* It is published: one line that says something. */
static bool check_reason(char *reason, GError **error) {
    return cli_is_reason(reason) ||
           refuse("--reason is published with the correction; write one line of at most "
                  "500 characters",
                  error);
}

static bool check(const struct request *request, int32_t *month, GError **error) {
    if (request->revise != NULL && request->as_of != NULL)
        return refuse("give --as-of or --revise, not both", error);
    if ((request->revise != NULL) != (request->reason != NULL))
        return refuse("a correction takes both --revise YYYY-MM and --reason TEXT",
                      error);
    if (request->revise != NULL && !month_parse(request->revise, month))
        return refuse("--revise takes a month, such as 2026-10", error);
    if (request->reason != NULL && !check_reason(request->reason, error))
        return false;
    if (request->revise == NULL && !cli_month(request->as_of, month, error))
        return false;
    return cli_is_closed(*month) ||
           refuse("only a month that is over is published; see preview/ for this one",
                  error);
}

static bool publish(struct publication *publication, GError **error) {
    if (!publication_make(publication, error))
        return false;
    g_autofree char *line = publication_line(publication);
    cli_print(publication->cli, line);
    return true;
}

bool command_publish(struct cli *cli, const struct command *command, int argc,
                     char **argv, GError **error) {
    struct request request = {0};
    const GOptionEntry own[] = {
        {"as-of", 0, 0, G_OPTION_ARG_STRING, &request.as_of,
         "The month to publish (default: the last closed one)", "YYYY-MM"},
        {"revise", 0, 0, G_OPTION_ARG_STRING, &request.revise,
         "Correct this published month, beside the edition it replaces", "YYYY-MM"},
        {"reason", 0, 0, G_OPTION_ARG_STRING, &request.reason,
         "Why it is corrected, for the public to read", "TEXT"},
        {"dry-run", 0, 0, G_OPTION_ARG_NONE, &cli->dry_run,
         "Tell what would be published, publish nothing", NULL},
        {NULL},
    };
    scoped(observatory) *observatory = NULL;
    scoped(store) *store = NULL;
    int32_t as_of = 0;
    const bool opened = cli_parse(cli, command, own, &argc, &argv, 0, 0, error) &&
                        check(&request, &as_of, error) &&
                        cli_open(cli, true, &observatory, &store, error);
    struct publication publication = {.cli = cli,
                                      .observatory = observatory,
                                      .store = store,
                                      .as_of = as_of,
                                      .reason = request.reason};
    const bool published = opened && publish(&publication, error);
    publication_clear(&publication);
    request_clear(&request);
    return published;
}
