/* A message: an ICU pattern with named arguments, rewritten once for ICU's C interface.
 */
#ifndef BAROMETRE_MESSAGE_H
#define BAROMETRE_MESSAGE_H

#include "barometre/words.h"

#define MESSAGE_MOST_SLOTS 12

/* One numbered argument of a rewritten pattern. */
struct slot {
    char *name;
    bool plural;    /* the keyword of the count, else the text of the argument */
    uint32_t exact; /* plural: bit n where the pattern has a branch "=n", n ≤ 9 */
};

struct message {
    GString *text; /* the rewritten pattern, UTF-8 */
    gunichar2 *pattern;
    int slot_count;
    struct slot slots[MESSAGE_MOST_SLOTS];
};

/* Rewrites a pattern; NULL where it is wrong, `wrong` saying why in a few words. Free
 * with message_free. */
struct message *message_parse(const char *pattern, enum words_language language,
                              const char **wrong);
void message_free(void *data);

/* What is wrong with the arguments of a message that stands in for a shipped one, which
 * is given the shipped one's; NULL where they are the same. The caller frees. */
char *message_difference(const struct message *shipped, const struct message *own);

/* The message with its slots filled: MESSAGE_MOST_SLOTS values, those beyond slot_count
 * NULL. NULL where ICU cannot format it. The caller frees. */
char *message_format(const struct message *message, enum words_language language,
                     const gunichar2 *const *values);

#endif
