/* Specimens: the first complaints of an export as the engine would store them, for the
 * analyst who tries a profile. Nothing in them tells of a person: a complaint holds none.
 */
#ifndef BAROMETRE_SPECIMEN_H
#define BAROMETRE_SPECIMEN_H

#include "cli.h"

struct specimens {
    const struct cli *cli;
    const struct registry *registry;
    GPtrArray *texts; /* several lines each */
};

void specimens_init(struct specimens *specimens, const struct cli *cli,
                    const struct registry *registry);
void specimens_clear(struct specimens *specimens);

/* Is shown complaints (import_settings) and keeps the first few; `data` is specimens. */
void specimens_add(void *data, const struct complaint *complaint);

/* Prints what was kept, and forgets it. */
void specimens_print(struct specimens *specimens);

#endif
