#include "commands.h"

#include "barometre/dataset.h"
#include "barometre/month.h"
#include "barometre/parcel.h"
#include "barometre/terms.h"
#include "unresolved.h"

#include <string.h>

enum { IMPORTS_SHOWN = 10, HASH_SHOWN = 12 };

/* One import or withdrawal. */
struct act {
    int64_t number;
    char *line;
};

/* What status tells. */
struct state {
    const struct cli *cli;
    struct store_extent extent;
    int64_t context[CONTEXT_KINDS];
    int64_t imports, rejected, twins;
    GArray *sources;        /* struct act, the latest import first once sorted */
    GPtrArray *withdrawals; /* lines */
    json_t *source_rows, *withdrawal_rows;
    int64_t waiting;  /* files of the inbox not imported yet */
    char *generation; /* of the site, or NULL */
    int32_t next;     /* month the next run publishes */
    struct {
        char *document;                      /* the last one met */
        int64_t documents, versions, newest; /* seconds */
    } terms;
};

static bool add_source(void *data, const struct store_source *source) {
    struct state *state = data;
    const int64_t *records = source->account.records;
    g_autofree char *hash = g_strndup(source->sha256, HASH_SHOWN);
    const struct act act = {
        source->number,
        words_say(state->cli->words, "cli.status.import",
                  (struct words_argument[]){{"hash", hash, 0},
                                            {"name", source->name, 0},
                                            {"stored", NULL, records[ACCOUNT_STORED]},
                                            {"updated", NULL, records[ACCOUNT_UPDATED]},
                                            {"rejected", NULL, records[ACCOUNT_REJECTED]},
                                            {NULL}})};
    g_array_append_val(state->sources, act);
    json_array_append_new(state->source_rows,
                          json_pack("{s:s, s:s, s:s, s:I, s:I, s:I, s:I}", "name",
                                    source->name, "sha256", source->sha256, "profile",
                                    source->profile, "stored",
                                    (json_int_t)records[ACCOUNT_STORED], "updated",
                                    (json_int_t)records[ACCOUNT_UPDATED], "duplicates",
                                    (json_int_t)records[ACCOUNT_DUPLICATE], "rejected",
                                    (json_int_t)records[ACCOUNT_REJECTED]));
    state->imports++;
    state->rejected += records[ACCOUNT_REJECTED];
    return true;
}

static bool count_version(void *data, const char *service, const char *type,
                          const struct terms_version *version) {
    struct state *state = data;
    g_autofree char *document = g_strconcat(service, "/", type, NULL);
    if (g_strcmp0(document, state->terms.document) != 0) {
        state->terms.documents++;
        g_free(state->terms.document);
        state->terms.document = g_steal_pointer(&document);
    }
    state->terms.newest = state->terms.versions == 0
                              ? version->seen
                              : MAX(state->terms.newest, version->seen);
    state->terms.versions++;
    return true;
}

/* A dataset waits where not all of its files were imported. */
static bool is_dataset_waiting(const struct observatory *observatory, struct store *store,
                               const char *path, bool *waiting, GError **error) {
    struct dataset dataset;
    bool known = false;
    const bool read = dataset_read(path, observatory->directory, observatory->registry,
                                   INT32_MAX, NULL, &dataset, NULL);
    const bool good = !read || store_knows(store, dataset.export->sha256, &known, error);
    dataset_clear(&dataset);
    *waiting = !known;
    return good;
}

static bool add_withdrawal(void *data, const struct store_withdrawal *withdrawal) {
    struct state *state = data;
    char code[DAY_TEXT_SIZE];
    day_format(withdrawal->day, code);
    g_autofree char *hash = g_strndup(withdrawal->sha256, HASH_SHOWN);
    g_autofree char *day = words_day(state->cli->words, withdrawal->day);
    g_ptr_array_add(
        state->withdrawals,
        words_say(state->cli->words, "cli.status.withdrawal",
                  (struct words_argument[]){{"hash", hash, 0},
                                            {"name", withdrawal->name, 0},
                                            {"day", day, 0},
                                            {"reason", withdrawal->reason, 0},
                                            {"removed", NULL, withdrawal->removed},
                                            {"restored", NULL, withdrawal->restored},
                                            {"kept", NULL, withdrawal->kept},
                                            {NULL}}));
    json_array_append_new(state->withdrawal_rows,
                          json_pack("{s:s, s:s, s:s, s:s, s:s, s:I, s:I, s:I}", "name",
                                    withdrawal->name, "sha256", withdrawal->sha256,
                                    "profile", withdrawal->profile, "day", code, "reason",
                                    withdrawal->reason, "removed",
                                    (json_int_t)withdrawal->removed, "restored",
                                    (json_int_t)withdrawal->restored, "kept",
                                    (json_int_t)withdrawal->kept));
    return true;
}

static int latest_first(const void *a, const void *b) {
    const struct act *left = a, *right = b;
    return (left->number < right->number) - (left->number > right->number);
}

static void act_clear(gpointer act) {
    g_free(((struct act *)act)->line);
}

static void state_init(struct state *state, const struct cli *cli) {
    *state = (struct state){.cli = cli};
    state->sources = g_array_new(FALSE, FALSE, sizeof(struct act));
    g_array_set_clear_func(state->sources, act_clear);
    state->withdrawals = g_ptr_array_new_with_free_func(g_free);
    state->source_rows = json_array();
    state->withdrawal_rows = json_array();
}

static void state_clear(struct state *state) {
    g_array_unref(state->sources);
    g_ptr_array_unref(state->withdrawals);
    json_decref(state->source_rows);
    json_decref(state->withdrawal_rows);
    g_free(state->generation);
    g_free(state->terms.document);
}

/* A file waits where it cannot be read, where an export in it was never imported, and
 * where the next run reads one again. */
static bool is_waiting(const struct observatory *observatory, struct store *store,
                       const char *path, bool *waiting, GError **error) {
    if (dataset_is(path))
        return is_dataset_waiting(observatory, store, path, waiting, error);
    scoped(parcel) *parcel = parcel_open(path, observatory->directory, NULL);
    for (*waiting = parcel == NULL; !*waiting;) {
        scoped(export) *export = NULL;
        bool known = false, otherwise = false;
        *waiting = !parcel_next(parcel, &export, NULL);
        if (export == NULL)
            return true;
        if (!export_hash(export, error) ||
            !store_knows(store, export->sha256, &known, error) ||
            !store_reads_otherwise(store, export->sha256, &otherwise, error))
            return false;
        *waiting = !known || otherwise;
    }
    return true;
}

static bool count_waiting(const struct observatory *observatory, struct store *store,
                          struct state *state, GError **error) {
    g_autofree char *reading = observatory_reading(observatory);
    store_read_with(store, reading);
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
        "{s:I, s:s?, s:s?, s:I, s:I, s:I, s:s?, s:s, s:I, s:O, s:O, s:{s:I, s:I, s:I}}",
        "complaints", (json_int_t)state->extent.complaints, "first",
        *first != '\0' ? first : NULL, "last", *last != '\0' ? last : NULL, "imports",
        (json_int_t)state->imports, "rejected", (json_int_t)state->rejected, "waiting",
        (json_int_t)state->waiting, "generation", state->generation, "next", next,
        "twins", (json_int_t)state->twins, "sources", state->source_rows, "withdrawals",
        state->withdrawal_rows, "context", "statements",
        (json_int_t)state->context[CONTEXT_STATEMENTS], "consumers",
        (json_int_t)state->context[CONTEXT_CONSUMERS], "sellers",
        (json_int_t)state->context[CONTEXT_SELLERS]);
    json_object_set_new(document, "terms",
                        json_pack("{s:I, s:I}", "documents",
                                  (json_int_t)state->terms.documents, "versions",
                                  (json_int_t)state->terms.versions));
    json_object_set_new(document, "unresolved", unresolved);
    json_dumpf(document, stdout, JSON_INDENT(1) | JSON_SORT_KEYS);
    putchar('\n');
}

static void say(const struct state *state, const char *key,
                const struct words_argument *arguments) {
    g_autofree char *line = words_say(state->cli->words, key, arguments);
    puts(line);
}

static void say_count(const struct state *state, const char *key, int64_t count) {
    say(state, key, (struct words_argument[]){{"count", NULL, count}, {NULL}});
}

static void print_terms(const struct state *state) {
    enum { DAY_SECONDS = 86400 };
    if (state->terms.documents == 0)
        return;
    g_autofree char *newest =
        words_day(state->cli->words, (int32_t)(state->terms.newest / DAY_SECONDS));
    say(state, "cli.status.terms",
        (struct words_argument[]){{"documents", NULL, state->terms.documents},
                                  {"versions", NULL, state->terms.versions},
                                  {"newest", newest, 0},
                                  {NULL}});
}

/* The latest first; of many those of the last nights. */
static void print_imports(const struct state *state) {
    g_array_sort(state->sources, latest_first);
    const guint count = state->sources->len;
    const guint shown = state->cli->verbose ? count : MIN(count, IMPORTS_SHOWN);
    for (guint i = 0; i < shown; i++)
        puts(g_array_index(state->sources, struct act, i).line);
    if (shown < count)
        say_count(state, "cli.status.earlier", count - shown);
    if (state->withdrawals->len > 0)
        say_count(state, "cli.status.withdrawn", state->withdrawals->len);
    for (guint i = 0; i < state->withdrawals->len; i++)
        puts(g_ptr_array_index(state->withdrawals, i));
}

static void print_text(const struct state *state) {
    const struct words *words = state->cli->words;
    g_autofree char *first =
        state->extent.complaints > 0 ? words_day(words, state->extent.first_day) : NULL;
    g_autofree char *last =
        state->extent.complaints > 0 ? words_day(words, state->extent.last_day) : NULL;
    g_autofree char *next = words_month(words, state->next);
    const struct words_argument arguments[] = {
        {"complaints", NULL, state->extent.complaints},
        {"first", first != NULL ? first : "—", 0},
        {"last", last != NULL ? last : "—", 0},
        {"statements", NULL, state->context[CONTEXT_STATEMENTS]},
        {"consumers", NULL, state->context[CONTEXT_CONSUMERS]},
        {"sellers", NULL, state->context[CONTEXT_SELLERS]},
        {"imports", NULL, state->imports},
        {"rejected", NULL, state->rejected},
        {"waiting", NULL, state->waiting},
        {"generation", state->generation != NULL ? state->generation : "—", 0},
        {"next", next, 0},
        {NULL},
    };
    say(state, "cli.status.store", arguments);
    if (state->twins > 0)
        say_count(state, "cli.twins", state->twins);
    say(state, "cli.status.imports", arguments);
    print_imports(state);
    if (state->context[CONTEXT_STATEMENTS] + state->context[CONTEXT_CONSUMERS] +
            state->context[CONTEXT_SELLERS] >
        0)
        say(state, "cli.status.context", arguments);
    print_terms(state);
    say(state, "cli.status.inbox", arguments);
    say(state, "cli.status.site", arguments);
    say(state, "cli.status.next", arguments);
}

static bool look_up(struct state *state, const struct observatory *observatory,
                    struct store *store, GError **error) {
    if (!store_extent(store, &state->extent, error) ||
        !store_context_extent(store, state->context, error) ||
        !store_each_source(store, add_source, state, error) ||
        !store_each_withdrawal(store, add_withdrawal, state, error) ||
        !store_each_version(store, count_version, state, error) ||
        !cli_count_twins(store, &state->twins, error) ||
        !count_waiting(observatory, store, state, error))
        return false;
    g_autofree char *current = observatory_path(observatory, "site/current");
    g_autofree char *target = g_file_read_link(current, NULL);
    state->generation = target != NULL ? g_path_get_basename(target) : NULL;
    return true;
}

bool command_status(struct cli *cli, const struct command *command, int argc, char **argv,
                    GError **error) {
    const GOptionEntry own[] = {
        {"json", 0, 0, G_OPTION_ARG_NONE, &cli->json, "Print JSON", NULL},
        {NULL},
    };
    scoped(observatory) *observatory = NULL;
    scoped(store) *store = NULL;
    int32_t next;
    if (!cli_parse(cli, command, own, &argc, &argv, 0, 0, error) ||
        !cli_month(NULL, &next, error) ||
        !cli_open(cli, false, &observatory, &store, error))
        return false;
    struct state state;
    state_init(&state, cli);
    state.next = next;
    g_autoptr(GPtrArray) names = look_up(&state, observatory, store, error)
                                     ? unresolved_names(observatory, error)
                                     : NULL;
    if (names != NULL && cli->json)
        print_json(&state, unresolved_json(observatory, names));
    else if (names != NULL) {
        print_text(&state);
        unresolved_print(cli, observatory, names);
    }
    state_clear(&state);
    return names != NULL;
}
