#include "phrases.h"

#include <string.h>

struct phrase {
    char *fold;
    size_t length;
    guint place; /* in the order of adding */
    int32_t value;
};

struct phrases {
    GArray *longest_first; /* struct phrase */
};

static void phrase_clear(void *phrase) {
    g_free(((struct phrase *)phrase)->fold);
}

struct phrases *phrases_new(void) {
    struct phrases *phrases = g_new0(struct phrases, 1);
    phrases->longest_first = g_array_new(FALSE, FALSE, sizeof(struct phrase));
    g_array_set_clear_func(phrases->longest_first, phrase_clear);
    return phrases;
}

void phrases_free(struct phrases *phrases) {
    if (phrases == NULL)
        return;
    g_array_unref(phrases->longest_first);
    g_free(phrases);
}

static int longest_first(const void *a, const void *b) {
    const struct phrase *left = a, *right = b;
    if (left->length != right->length)
        return left->length > right->length ? -1 : 1;
    return (left->place > right->place) - (left->place < right->place);
}

void phrases_add(struct phrases *phrases, char *fold, int32_t value) {
    const struct phrase phrase = {fold, strlen(fold), phrases->longest_first->len, value};
    g_array_append_val(phrases->longest_first, phrase);
    g_array_sort(phrases->longest_first, longest_first);
}

/* Takes every occurrence of a phrase out of the text. */
static bool take_out(char *text, const struct phrase *phrase) {
    enum { TAKEN = '\x01' };
    bool found = false;
    for (char *at = text; (at = strstr(at, phrase->fold)) != NULL;) {
        if (at > text && at[-1] != ' ' && at[-1] != TAKEN) {
            at++;
            continue;
        }
        memset(at, TAKEN, phrase->length);
        found = true;
    }
    return found;
}

void phrases_each(const struct phrases *phrases, const char *fold,
                  void (*call)(void *data, int32_t value), void *data) {
    const GArray *all = phrases->longest_first;
    g_autofree char *text = g_strdup(fold);
    g_autofree const struct phrase **found = g_new0(const struct phrase *, all->len + 1);
    for (guint i = 0; i < all->len; i++) {
        const struct phrase *phrase = &g_array_index(all, struct phrase, i);
        if (take_out(text, phrase))
            found[phrase->place] = phrase;
    }
    for (guint p = 0; p < all->len; p++)
        if (found[p] != NULL)
            call(data, found[p]->value);
}
