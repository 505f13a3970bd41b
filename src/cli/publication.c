#include "publication.h"

#include "barometre/archive.h"
#include "barometre/assess.h"
#include "barometre/month.h"

#include <string.h>

static const struct act {
    const char *verdict, *key, *dry_key;
} acts[] = {
    [PUBLICATION_UNCHANGED] = {"unchanged", "cli.run.unchanged", "cli.run.unchanged"},
    [PUBLICATION_KEPT] = {"kept", "cli.publish.kept", "cli.publish.kept"},
    [PUBLICATION_REDRAWN] = {"published", "cli.publish.redrawn", "cli.publish.dry"},
    [PUBLICATION_SHOWN] = {"published", "cli.run.published", "cli.publish.dry"},
    [PUBLICATION_FILED] = {"published", "cli.publish.filed", "cli.publish.dry"},
    [PUBLICATION_REVISED] = {"revised", "cli.publish.revised", "cli.publish.dry.revised"},
};

struct site *publication_draw(const struct observatory *observatory,
                              const struct edition *edition,
                              const struct site_settings *settings, GError **error) {
    return cli_check_font(error)
               ? site_build(edition, observatory->words, settings, error)
               : NULL;
}

/* Corrections and permanent addresses, under the head of the edition that is shown. */
static struct site *draw_front(const struct publication *publication,
                               const struct archive *archive,
                               const struct edition *edition) {
    const struct observatory *observatory = publication->observatory;
    struct publication_setting setting;
    publication_setting_init(&setting, publication->cli, observatory, edition, NULL);
    setting.site.folder = "";
    setting.site.archive = archive;
    struct site *front = site_front(edition, observatory->words, &setting.site);
    publication_setting_clear(&setting);
    return front;
}

static bool has_newer(const struct publication *publication,
                      const struct archive *archive) {
    const struct archived *newest = archive_newest(archive);
    return newest != NULL && newest->month > publication->as_of;
}

static bool is_drawn_alike(const struct publication *publication,
                           const struct archive *archive, const struct archived *archived,
                           const struct edition *edition) {
    struct publication_setting setting;
    publication_setting_init(&setting, publication->cli, publication->observatory,
                             edition, archived);
    const bool alike = site_is_ours(archive->directory, &setting.site);
    publication_setting_clear(&setting);
    return alike;
}

/* What a month that is published already comes to. */
static bool choose_published(struct publication *publication,
                             const struct archive *archive,
                             const struct archived *published,
                             const struct edition *edition, GError **error) {
    const bool corrects = publication->reason != NULL;
    bool like;
    if (!archive_is_like(archive, published, edition,
                         corrects ? ARCHIVE_CONTENT : ARCHIVE_FIGURES, &like, error))
        return false;
    if (corrects && !like)
        publication->act = PUBLICATION_REVISED;
    else if (!has_newer(publication, archive) &&
             !is_drawn_alike(publication, archive, published, edition))
        publication->act = PUBLICATION_REDRAWN;
    else
        publication->act = like ? PUBLICATION_UNCHANGED : PUBLICATION_KEPT;
    return true;
}

static bool choose(struct publication *publication, const struct archive *archive,
                   const struct edition *edition, GError **error) {
    const struct archived *published = archive_find(archive, publication->as_of);
    if (published != NULL)
        return choose_published(publication, archive, published, edition, error);
    if (publication->reason != NULL) {
        char month[MONTH_TEXT_SIZE];
        month_format(publication->as_of, month);
        g_set_error(error, BAROMETRE_ERROR, ERROR_USAGE,
                    "--revise: %s was never published, there is nothing to correct; "
                    "publish it with --as-of %s",
                    month, month);
        return false;
    }
    publication->act =
        has_newer(publication, archive) ? PUBLICATION_FILED : PUBLICATION_SHOWN;
    return true;
}

/* The archived edition again; NULL without an error where this version cannot read it. */
static struct edition *read_archived(const struct archive *archive,
                                     const struct archived *archived, GError **error) {
    g_autofree char *document = archive_document(archive, archived, error);
    return document != NULL
               ? edition_read(document, strlen(document), "edition.json", NULL)
               : NULL;
}

/* The next generation with another drawing of the edition that is shown. */
static struct site *compose_shown(const struct publication *publication,
                                  const struct archive *archive,
                                  const struct archived *archived,
                                  const struct edition *edition, GError **error) {
    const struct observatory *observatory = publication->observatory;
    struct publication_setting setting;
    publication_setting_init(&setting, publication->cli, observatory, edition, archived);
    setting.site.drawn = archive->directory;
    scoped(site) *shown = publication_draw(observatory, edition, &setting.site, error);
    publication_setting_clear(&setting);
    scoped(site) *front =
        shown != NULL ? draw_front(publication, archive, edition) : NULL;
    return front != NULL ? archive_compose(archive, shown, NULL, NULL, front,
                                           observatory->base_url, error)
                         : NULL;
}

/* The front page by this version and these settings, of the edition as it was published.
 * One of an older version that this one cannot read stays as it was drawn. */
static bool redraw(struct publication *publication, const struct archive *archive,
                   struct site **whole, GError **error) {
    g_autoptr(GError) failure = NULL;
    const struct archived *archived = archive_find(archive, publication->as_of);
    scoped(edition) *edition = read_archived(archive, archived, &failure);
    if (edition == NULL && failure == NULL) {
        publication->act = PUBLICATION_UNCHANGED;
        return true;
    }
    if (edition != NULL)
        *whole = compose_shown(publication, archive, archived, edition, &failure);
    if (failure != NULL)
        g_propagate_error(error, g_steal_pointer(&failure));
    return *whole != NULL;
}

/* The edition at the root of the site, to say under its head what was corrected; NULL
 * where it cannot be read: then the page stays as it is. */
static struct site *front_of_shown(const struct publication *publication,
                                   const struct archive *archive) {
    const struct archived *newest = archive_newest(archive);
    scoped(edition) *shown = read_archived(archive, newest, NULL);
    return shown != NULL ? draw_front(publication, archive, shown) : NULL;
}

static bool add_edition(struct publication *publication, struct archive *archive,
                        const struct edition *edition, struct site **whole,
                        GError **error) {
    const struct archived *before = archive_find(archive, publication->as_of);
    publication->revised = before != NULL ? archived_folder(before) : NULL;
    const struct archived *added =
        archive_add(archive, publication->as_of, publication->reason, cli_today());
    const struct observatory *observatory = publication->observatory;
    const bool shown = !has_newer(publication, archive);
    struct publication_setting setting;
    publication_setting_init(&setting, publication->cli, observatory, edition, added);
    setting.site.drawn = archive->directory;
    scoped(site) *fresh = publication_draw(observatory, edition, &setting.site, error);
    publication_setting_clear(&setting);
    if (fresh == NULL)
        return false;
    scoped(site) *front = shown ? draw_front(publication, archive, edition)
                                : front_of_shown(publication, archive);
    *whole = archive_compose(archive, shown ? fresh : NULL, added, fresh, front,
                             observatory->base_url, error);
    return *whole != NULL;
}

/* Makes the next generation, where there is one to make. */
static bool compose(struct publication *publication, struct archive *archive,
                    const struct edition *edition, struct site **whole, GError **error) {
    const enum publication_act act = publication->act;
    if (publication->cli->dry_run || act == PUBLICATION_UNCHANGED ||
        act == PUBLICATION_KEPT)
        return true;
    return act == PUBLICATION_REDRAWN
               ? redraw(publication, archive, whole, error)
               : add_edition(publication, archive, edition, whole, error);
}

bool publication_make(struct publication *publication, GError **error) {
    const struct observatory *observatory = publication->observatory;
    g_autofree char *root = observatory_path(observatory, "site");
    scoped(edition) *edition =
        assess_edition(observatory, publication->store, publication->as_of, true, error);
    scoped(archive) *archive = edition != NULL ? archive_open(root, error) : NULL;
    scoped(site) *whole = NULL;
    if (archive == NULL || !choose(publication, archive, edition, error) ||
        !compose(publication, archive, edition, &whole, error))
        return false;
    const struct archived *archived = archive_find(archive, publication->as_of);
    publication->folder = archived != NULL ? archived_folder(archived) : g_strdup("");
    const struct archived *newest = archive_newest(archive);
    publication->newest = newest != NULL ? newest->month : publication->as_of;
    return whole == NULL || generation_publish(whole, publication->newest, root,
                                               observatory->generations_kept,
                                               &publication->generation, error);
}

void publication_clear(struct publication *publication) {
    g_free(publication->generation);
    g_free(publication->folder);
    g_free(publication->revised);
}

char *publication_line(const struct publication *publication) {
    const struct words *words = publication->cli->words;
    const struct act *act = &acts[publication->act];
    char code[MONTH_TEXT_SIZE];
    month_format(publication->as_of, code);
    g_autofree char *current = observatory_path(publication->observatory, "site/current");
    g_autofree char *path = g_build_filename(
        current, publication->act == PUBLICATION_SHOWN ? "" : publication->folder,
        "index.html", NULL);
    g_autofree char *month = words_month(words, publication->as_of);
    g_autofree char *newest = words_month(words, publication->newest);
    return words_say(words, publication->cli->dry_run ? act->dry_key : act->key,
                     (struct words_argument[]){
                         {"month", month, 0},
                         {"code", code, 0},
                         {"path", path, 0},
                         {"newest", newest, 0},
                         {"revised", publication->revised ? publication->revised : "", 0},
                         {NULL}});
}

const char *publication_verdict(const struct publication *publication) {
    return acts[publication->act].verdict;
}
