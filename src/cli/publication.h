/* Publishing a month: what `run` does at night and `publish` by hand. */
#ifndef BAROMETRE_PUBLICATION_H
#define BAROMETRE_PUBLICATION_H

#include "cli.h"

#include "barometre/archive.h"
#include "barometre/edition.h"
#include "barometre/site.h"

/* What publishing a month comes to. */
enum publication_act {
    PUBLICATION_UNCHANGED, /* it is published, and the same */
    PUBLICATION_KEPT,      /* it is published; the store would give other figures now */
    PUBLICATION_REDRAWN,   /* it is published; the front page alone is drawn again */
    PUBLICATION_SHOWN,     /* published, and shown on the front page */
    PUBLICATION_FILED,     /* published; the front page keeps a newer month */
    PUBLICATION_REVISED,   /* published again, as a correction */
};

struct publication {
    const struct cli *cli;
    const struct observatory *observatory;
    struct store *store;
    int32_t as_of;      /* a closed month */
    const char *reason; /* of a correction, or NULL: what is published stays */
    /* what publication_make finds out: */
    enum publication_act act;
    char *generation; /* NULL where nothing was written */
    char *folder;     /* of the edition, below site/current */
    char *revised;    /* of the edition it corrects, or NULL */
    int32_t newest;   /* the month on the front page */
};

/* What the observatory says of its site, with the texts that it owns. */
struct publication_setting {
    struct site_settings site;
    char *look, *method, *legal, *folder;
};

/* Reads it; of a permanent edition where `archived` is not NULL. Clear with
 * publication_setting_clear. */
void publication_setting_init(struct publication_setting *setting, const struct cli *cli,
                              const struct observatory *observatory,
                              const struct edition *edition,
                              const struct archived *archived);
void publication_setting_clear(struct publication_setting *setting);

/* Draws the site of an edition in both languages. Free with site_free. */
struct site *publication_draw(const struct observatory *observatory,
                              const struct edition *edition,
                              const struct site_settings *settings, GError **error);

/* Publishes the month unless the archive holds it; with cli->dry_run only finds out what
 * that would come to. Fails with ERROR_USAGE where there is nothing to correct. */
bool publication_make(struct publication *publication, GError **error);
void publication_clear(struct publication *publication);

/* The outcome in one line. The caller frees. */
char *publication_line(const struct publication *publication);

/* The outcome as run.json names it. */
const char *publication_verdict(const struct publication *publication);

#endif
