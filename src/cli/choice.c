#include "choice.h"

#include "barometre/error.h"

#include <string.h>

enum { LEAST_DIGITS = 6 };

void choice_init(struct choice *choice, const char *wanted) {
    choice->wanted = wanted;
    choice->hashes = g_ptr_array_new_with_free_func(g_free);
}

void choice_clear(struct choice *choice) {
    g_clear_pointer(&choice->hashes, g_ptr_array_unref);
}

void choice_offer(struct choice *choice, const char *sha256, const char *name) {
    const size_t digits = strlen(choice->wanted);
    const bool fits = strcmp(name, choice->wanted) == 0 ||
                      (digits >= LEAST_DIGITS &&
                       g_ascii_strncasecmp(sha256, choice->wanted, digits) == 0);
    if (fits &&
        !g_ptr_array_find_with_equal_func(choice->hashes, sha256, g_str_equal, NULL))
        g_ptr_array_add(choice->hashes, g_strdup(sha256));
}

const char *choice_made(const struct choice *choice, const char *absent, GError **error) {
    const guint count = choice->hashes->len;
    if (count == 1)
        return g_ptr_array_index(choice->hashes, 0);
    if (count == 0) {
        g_set_error(error, BAROMETRE_ERROR, ERROR_NO_INPUT, "%s: %s", choice->wanted,
                    absent);
        return NULL;
    }
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint i = 0; i < count; i++)
        g_string_append_printf(list, "%s%.12s", i > 0 ? ", " : "",
                               (char *)g_ptr_array_index(choice->hashes, i));
    g_set_error(error, BAROMETRE_ERROR, ERROR_USAGE,
                "%s: names %u exports; give the hash of one: %s", choice->wanted, count,
                list->str);
    return NULL;
}
