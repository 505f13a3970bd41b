#include "report.h"

#include "barometre/month.h"
#include "barometre/night.h"
#include "reject_groups.h"
#include "version.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <time.h>

void report_init(struct report *report, int32_t as_of) {
    *report = (struct report){.verdict = "failed", .as_of = as_of};
    report->sources = json_array();
    report->problems = json_array();
    report->summary = g_string_new(NULL);
}

void report_clear(struct report *report) {
    g_free(report->generation);
    edition_free(report->provisional);
    json_decref(report->sources);
    json_decref(report->problems);
    g_string_free(report->summary, TRUE);
}

void report_line(struct report *report, const char *line) {
    g_string_append(report->summary, line);
    g_string_append_c(report->summary, '\n');
}

/* Makes the first free runs/<UTC>-<n>. */
static char *make_folder(const struct observatory *observatory, GError **error) {
    const time_t now = (time_t)cli_now();
    struct tm utc;
    char stamp[32];
    strftime(stamp, sizeof stamp, "%Y%m%dT%H%M%SZ", gmtime_r(&now, &utc));
    g_autofree char *runs = observatory_path(observatory, "runs");
    bool possible = g_mkdir(runs, 0700) == 0 || errno == EEXIST;
    for (int n = 1; possible; n++) {
        g_autofree char *folder = g_strdup_printf("%s/%s-%d", runs, stamp, n);
        if (g_mkdir(folder, 0700) == 0)
            return g_steal_pointer(&folder);
        possible = errno == EEXIST;
    }
    g_set_error(error, BAROMETRE_ERROR, ERROR_CREATE, "%s: cannot be made: %s", runs,
                g_strerror(errno));
    return NULL;
}

static bool write_text(const char *folder, const char *name, const char *text,
                       GError **error) {
    g_autofree char *path = g_build_filename(folder, name, NULL);
    return g_file_set_contents_full(
        path, text, (gssize)strlen(text),
        G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

static bool write_page(const struct night_page *night, const char *path, GError **error) {
    g_autoptr(GBytes) page = night_write(night);
    gsize length;
    const char *text = g_bytes_get_data(page, &length);
    return cli_write(path, text, length, error);
}

/* Beside the summary, and where there is a preview in it too, with the style sheet that
 * is nearest. */
static bool write_pages(const struct report *report, const struct cli *cli,
                        const struct observatory *observatory, const char *folder,
                        GError **error) {
    g_autoptr(GPtrArray) rejects = reject_groups(observatory, cli->words, error);
    if (rejects == NULL)
        return false;
    g_auto(GStrv) lines = g_strsplit(report->summary->str, "\n", -1);
    struct night_page night = {
        .words = cli->words,
        .title = observatory->title[words_language(cli->words)],
        .verdict = report->verdict,
        .exit_status = report->exit_status,
        .as_of = report->as_of,
        .lines = lines,
        .sources = report->sources,
        .problems = report->problems,
        .rejects = rejects,
        .provisional = report->provisional,
        .sheet = "../../site/current/barometre.css",
    };
    g_autofree char *own = g_build_filename(folder, "summary.html", NULL);
    g_autofree char *preview = observatory_path(observatory, "preview");
    g_autofree char *inside = g_build_filename(preview, "summary.html", NULL);
    if (!write_page(&night, own, error))
        return false;
    if (!g_file_test(preview, G_FILE_TEST_IS_DIR))
        return true;
    night.sheet = "barometre.css";
    night.front = words_language(cli->words) == WORDS_FR ? "index.html" : "en/index.html";
    /* By way of runs/: a kill must leave nothing half written where the preview is. */
    g_autofree char *beside = g_build_filename(folder, "preview.html", NULL);
    if (!write_page(&night, beside, error))
        return false;
    if (g_rename(beside, inside) == 0)
        return true;
    g_set_error(error, BAROMETRE_ERROR, ERROR_CREATE, "%s: cannot be made: %s", inside,
                g_strerror(errno));
    return false;
}

bool report_write(const struct report *report, const struct cli *cli,
                  const struct observatory *observatory, GError **error) {
    char as_of[MONTH_TEXT_SIZE];
    month_format(report->as_of, as_of);
    g_autofree char *folder = make_folder(observatory, error);
    if (folder == NULL)
        return false;
    json_auto_t *run = json_pack(
        "{s:s, s:s, s:i, s:s, s:s*, s:O, s:O, s:s}", "schema", "barometre/run/1",
        "verdict", report->verdict, "exit", report->exit_status, "as_of", as_of,
        "generation", report->generation, "sources", report->sources, "problems",
        report->problems, "program", BAROMETRE_VERSION);
    char *document = json_dumps(run, JSON_INDENT(1) | JSON_SORT_KEYS);
    const bool good = write_text(folder, "run.json", document, error) &&
                      write_text(folder, "summary.txt", report->summary->str, error) &&
                      write_pages(report, cli, observatory, folder, error);
    free(document);
    if (good && cli->verbose)
        cli_print(cli, folder);
    return good;
}
