/* Names of marketplaces that were refused and are still of no place. A cell may hold
 * anything, so a name is shown only where it stands at least twice or resembles a place
 * of the registry. */
#ifndef BAROMETRE_UNRESOLVED_H
#define BAROMETRE_UNRESOLVED_H

#include "cli.h"

struct unresolved {
    char *name; /* as first written, safe to show */
    int64_t count;
    int suggestion; /* index of the registry, or −1 */
};

/* struct unresolved, the most frequent first. Fails as reject_book_each does. The caller
 * unrefs. */
GPtrArray *unresolved_names(const struct observatory *observatory, GError **error);

/* Prints the first of them, if any, under a heading. */
void unresolved_print(const struct cli *cli, const struct observatory *observatory,
                      const GPtrArray *names);

/* The same as an array. */
json_t *unresolved_json(const struct observatory *observatory, const GPtrArray *names);

#endif
