/* The books of rejects by rule: how many, where the first ones are, what to do; nothing
 * of what the records hold. */
#ifndef BAROMETRE_REJECT_GROUPS_H
#define BAROMETRE_REJECT_GROUPS_H

#include "barometre/night.h"
#include "barometre/observatory.h"

/* struct night_reject, most rejects first. Fails as reject_book_each does. The caller
 * unrefs. */
GPtrArray *reject_groups(const struct observatory *observatory, const struct words *words,
                         GError **error);

/* Whether there are more places than a group names. */
bool reject_group_has_more(const struct night_reject *group);

#endif
