#include "registry_private.h"

#include "barometre/text.h"

#include <string.h>

enum {
    MOST_MISTAKES = 2,
    LETTERS_A_MISTAKE = 4,
    LEAST_WORD_BYTES = 4, /* what two names share must be longer than an article */
};

/* Whether all words of one fold are words of another. */
static bool holds_words(const char *fold, const char *words) {
    g_auto(GStrv) have = g_strsplit(fold, " ", -1);
    g_auto(GStrv) want = g_strsplit(words, " ", -1);
    for (char **word = want; *word != NULL; word++)
        if (!g_strv_contains((const char *const *)have, *word))
            return false;
    return strlen(words) >= LEAST_WORD_BYTES;
}

/* How far a known name is from a folded one: 0 where the words of one are the other's,
 * else the letters mistaken; more than MOST_MISTAKES where they are two names. */
static int remoteness(const char *known, const char *fold) {
    if (holds_words(fold, known) || holds_words(known, fold))
        return 0;
    g_autofree char *left = g_strdup(known), *right = g_strdup(fold);
    registry_drop_spaces(left);
    registry_drop_spaces(right);
    const glong letters = MIN(g_utf8_strlen(left, -1), g_utf8_strlen(right, -1));
    const int mistakes = text_distance(left, right);
    return mistakes * LETTERS_A_MISTAKE <= letters ? mistakes : MOST_MISTAKES + 1;
}

/* The nearest place so far, of all spellings of a name. */
struct nearest {
    int index, remoteness;
    bool tied;
};

static void compare_all(const struct registry *registry, const char *fold,
                        struct nearest *nearest) {
    for (guint i = 0; i < registry->names->len; i++) {
        const struct registry_name *known =
            &g_array_index(registry->names, struct registry_name, i);
        const int far = remoteness(known->fold, fold);
        if (far < nearest->remoteness)
            *nearest = (struct nearest){known->index, far, false};
        else if (far == nearest->remoteness && known->index != nearest->index)
            nearest->tied = true;
    }
}

int registry_suggest(const struct registry *registry, const char *name) {
    g_autofree char *clamped = text_clamp(name);
    char *fold = text_fold(clamped);
    struct nearest nearest = {-1, MOST_MISTAKES + 1, false};
    while (fold != NULL && *fold != '\0') {
        compare_all(registry, fold, &nearest);
        char *shorter = registry_strip_suffix(fold);
        g_free(fold);
        fold = shorter;
    }
    g_free(fold);
    return nearest.tied ? -1 : nearest.index;
}
