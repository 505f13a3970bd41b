#include "commands.h"

#include "barometre/month.h"
#include "barometre/parcel.h"
#include "unresolved.h"

#include <string.h>

/* What status tells. */
struct state {
    struct store_extent extent;
    int64_t imports, rejected;
    int64_t waiting;  /* files of the inbox not imported yet */
    char *generation; /* of the site, or NULL */
    int32_t next;     /* month the next run publishes */
};

static bool add_source(void *data, const struct store_source *source) {
    struct state *state = data;
    state->imports++;
    state->rejected += source->account.records[ACCOUNT_REJECTED];
    return true;
}

/* A file waits where an export in it was not imported, or where it cannot be read. */
static bool is_waiting(const struct observatory *observatory, struct store *store,
                       const char *path, bool *waiting, GError **error) {
    scoped(parcel) *parcel = parcel_open(path, observatory->directory, NULL);
    for (*waiting = parcel == NULL; !*waiting;) {
        scoped(export) *export = NULL;
        bool known = false;
        *waiting = !parcel_next(parcel, &export, NULL);
        if (export == NULL)
            return true;
        if (!export_hash(export, error) ||
            !store_knows(store, export->sha256, &known, error))
            return false;
        *waiting = !known;
    }
    return true;
}

static bool count_waiting(const struct observatory *observatory, struct store *store,
                          struct state *state, GError **error) {
    g_autoptr(GPtrArray) files = observatory_inbox(observatory, error);
    for (guint i = 0; files != NULL && i < files->len; i++) {
        bool waiting = false;
        if (!is_waiting(observatory, store, g_ptr_array_index(files, i), &waiting, error))
            return false;
        state->waiting += waiting;
    }
    return files != NULL;
}

static void print_json(const struct state *state, json_t *unresolved) {
    char next[MONTH_TEXT_SIZE], first[DAY_TEXT_SIZE] = "", last[DAY_TEXT_SIZE] = "";
    month_format(state->next, next);
    if (state->extent.complaints > 0) {
        day_format(state->extent.first_day, first);
        day_format(state->extent.last_day, last);
    }
    json_auto_t *document = json_pack(
        "{s:I, s:s?, s:s?, s:I, s:I, s:I, s:s?, s:s}", "complaints",
        (json_int_t)state->extent.complaints, "first", *first != '\0' ? first : NULL,
        "last", *last != '\0' ? last : NULL, "imports", (json_int_t)state->imports,
        "rejected", (json_int_t)state->rejected, "waiting", (json_int_t)state->waiting,
        "generation", state->generation, "next", next);
    json_object_set_new(document, "unresolved", unresolved);
    json_dumpf(document, stdout, JSON_INDENT(1) | JSON_SORT_KEYS);
    putchar('\n');
}

static void print_text(const struct cli *cli, const struct state *state) {
    const struct words *words = cli->words;
    g_autofree char *first =
        state->extent.complaints > 0 ? words_day(words, state->extent.first_day) : NULL;
    g_autofree char *last =
        state->extent.complaints > 0 ? words_day(words, state->extent.last_day) : NULL;
    g_autofree char *next = words_month(words, state->next);
    const struct words_argument arguments[] = {
        {"complaints", NULL, state->extent.complaints},
        {"first", first != NULL ? first : "—", 0},
        {"last", last != NULL ? last : "—", 0},
        {"imports", NULL, state->imports},
        {"rejected", NULL, state->rejected},
        {"waiting", NULL, state->waiting},
        {"generation", state->generation != NULL ? state->generation : "—", 0},
        {"next", next, 0},
        {NULL},
    };
    static const char *const keys[] = {"cli.status.store", "cli.status.imports",
                                       "cli.status.inbox", "cli.status.site",
                                       "cli.status.next"};
    for (size_t k = 0; k < G_N_ELEMENTS(keys); k++) {
        g_autofree char *line = words_say(words, keys[k], arguments);
        puts(line);
    }
}

bool command_status(struct cli *cli, const struct command *command, int argc, char **argv,
                    GError **error) {
    const GOptionEntry own[] = {
        {"json", 0, 0, G_OPTION_ARG_NONE, &cli->json, "Print JSON", NULL},
        {NULL},
    };
    scoped(observatory) *observatory = NULL;
    scoped(store) *store = NULL;
    struct state state = {0};
    if (!cli_parse(cli, command, own, &argc, &argv, 0, 0, error) ||
        !cli_month(NULL, &state.next, error) ||
        !cli_open(cli, false, &observatory, &store, error) ||
        !store_extent(store, &state.extent, error) ||
        !store_each_source(store, add_source, &state, error) ||
        !count_waiting(observatory, store, &state, error))
        return false;
    g_autofree char *current = observatory_path(observatory, "site/current");
    g_autofree char *target = g_file_read_link(current, NULL);
    state.generation = target != NULL ? g_path_get_basename(target) : NULL;
    g_autoptr(GPtrArray) names = unresolved_names(observatory, error);
    if (names != NULL && cli->json)
        print_json(&state, unresolved_json(observatory, names));
    else if (names != NULL) {
        print_text(cli, &state);
        unresolved_print(cli, observatory, names);
    }
    g_free(state.generation);
    return names != NULL;
}
