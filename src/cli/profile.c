#include "commands.h"

#include "barometre/draft.h"
#include "barometre/parcel.h"
#include "barometre/text.h"

#include <string.h>

/* The name of a profile, out of that of a file: what stands before the first dot. */
static char *profile_id(const char *path) {
    g_autofree char *base = g_path_get_basename(path);
    const size_t stem = strcspn(base, ".");
    GString *id = g_string_new(NULL);
    g_autofree char *name = g_strndup(base, stem > 0 ? stem : strlen(base));
    g_autofree char *fold = text_fold(name);
    for (const char *c = fold; *c != '\0' && id->len < 64; c++)
        g_string_append_c(id, g_ascii_isalnum(*c) ? *c : '-');
    if (!text_is_id(id->str))
        g_string_assign(id, "export");
    return g_string_free(id, FALSE);
}

/* With -o the profile is named after its file, as the loader wants it. */
static char *choose_id(const char *output, const char *input, GError **error) {
    if (output == NULL)
        return profile_id(input);
    g_autofree char *base = g_path_get_basename(output);
    g_autofree char *id = g_strndup(
        base, strlen(base) - (g_str_has_suffix(base, ".json") ? strlen(".json") : 0));
    if (g_str_has_suffix(base, ".json") && text_is_id(id))
        return g_steal_pointer(&id);
    g_set_error(error, BAROMETRE_ERROR, ERROR_USAGE,
                "-o: a profile's file is named with a–z, 0–9 and -, and ends in .json");
    return NULL;
}

static void tell(const struct cli *cli, const char *key,
                 const struct words_argument *arguments) {
    g_autofree char *line = words_say(cli->words, key, arguments);
    fprintf(stderr, "%s\n", line);
}

static void tell_dialect(const struct cli *cli, const struct export *export,
                         const struct draft *draft) {
    const bool csv = strcmp(draft->format, "CSV") == 0;
    const char delimiter[] = {draft->delimiter, '\0'};
    tell(cli, csv ? "draft.dialect.csv" : "draft.dialect",
         (struct words_argument[]){
             {"name", export->name, 0},
             {"format", draft->format, 0},
             {"encoding", draft->encoding, 0},
             {"delimiter", draft->delimiter == '\t' ? "tab" : delimiter, 0},
             {"records", NULL, draft->records},
             {"columns", NULL, draft->columns},
             {"used", NULL, draft->used},
             {NULL}});
}

static void tell_notes(const struct cli *cli, const struct draft *draft) {
    for (guint i = 0; i < draft->notes->len; i++) {
        const struct draft_note *note = g_ptr_array_index(draft->notes, i);
        g_autofree char *key = g_strconcat("draft.", draft_doubt_code(note->doubt), NULL);
        g_autofree char *line =
            words_say(cli->words, key,
                      (struct words_argument[]){{"field", note->field, 0},
                                                {"column", note->column, 0},
                                                {"words", note->words, 0},
                                                {"count", NULL, note->count},
                                                {NULL}});
        fprintf(stderr, "  - %s\n", line);
    }
}

static bool write_draft(const struct cli *cli, const struct draft *draft,
                        const char *output, GError **error) {
    g_autofree char *text = json_dumps(draft->profile, JSON_INDENT(2));
    g_autofree char *whole = g_strconcat(text, "\n", NULL);
    if (output == NULL) {
        fputs(whole, stdout);
        return true;
    }
    if (g_file_test(output, G_FILE_TEST_EXISTS)) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_CREATE,
                    "%s: is there already; name another file, or move it away", output);
        return false;
    }
    if (!cli_write(output, whole, strlen(whole), error))
        return false;
    if (!cli->quiet)
        tell(cli, "draft.written",
             (struct words_argument[]){{"path", output, 0}, {NULL}});
    return true;
}

/* Drafts from the first export of a parcel that has columns. */
static bool draft_parcel(const struct cli *cli, const struct observatory *observatory,
                         const char *path, const char *output, GError **error) {
    g_autofree char *id = choose_id(output, path, error);
    scoped(parcel) *parcel =
        id != NULL ? parcel_open(path, observatory->directory, error) : NULL;
    scoped(export) *export = NULL;
    if (parcel == NULL || !parcel_next(parcel, &export, error))
        return false;
    if (export == NULL) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_REFUSED, "%s: holds no export", path);
        return false;
    }
    g_autofree char *fill_in = words_say(cli->words, "draft.fill_in", NULL);
    g_autofree char *directory = observatory_path(observatory, "profiles");
    const struct draft_settings settings = {
        .id = id,
        .fill_in = fill_in,
        .profiles = observatory->profiles,
        .registry = observatory->registry,
        .directory = directory,
        .folder = observatory->directory,
    };
    scoped(draft) *draft = draft_new(export, &settings, error);
    if (draft == NULL)
        return false;
    if (!cli->quiet) {
        tell_dialect(cli, export, draft);
        tell_notes(cli, draft);
    }
    return write_draft(cli, draft, output, error);
}

bool command_profile(struct cli *cli, const struct command *command, int argc,
                     char **argv, GError **error) {
    g_autofree char *output = NULL;
    const GOptionEntry own[] = {
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
         "Write the profile there, named after the file (default: print it)", "FILE"},
        {NULL},
    };
    if (!cli_parse(cli, command, own, &argc, &argv, 1, 1, error))
        return false;
    scoped(observatory) *observatory =
        observatory_open(cli->directory != NULL ? cli->directory : ".", error);
    return observatory != NULL && draft_parcel(cli, observatory, argv[1], output, error);
}
