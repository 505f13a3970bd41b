#include "barometre/text.h"

#include <string.h>

char *text_fold(const char *text) {
    g_autofree char *decomposed = g_utf8_normalize(text, -1, G_NORMALIZE_NFKD);
    if (decomposed == NULL)
        return g_strdup("");
    g_autofree char *cased = g_utf8_casefold(decomposed, -1);
    GString *folded = g_string_sized_new(strlen(cased));
    bool gap = false;
    for (const char *p = cased; *p != '\0'; p = g_utf8_next_char(p)) {
        const gunichar c = g_utf8_get_char(p);
        if (g_unichar_ismark(c))
            continue;
        if (!g_unichar_isalnum(c)) {
            gap = true;
            continue;
        }
        if (gap && folded->len > 0)
            g_string_append_c(folded, ' ');
        gap = false;
        g_string_append_unichar(folded, c);
    }
    return g_string_free(folded, FALSE);
}

bool text_turns(gunichar c) {
    return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

char *text_clamp(const char *text) {
    enum { MOST_CHARACTERS = 80, MOST_BYTES = 256, MOST_MARKS = 4 };
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GString *clamped = g_string_new(NULL);
    int characters = 0, marks = 0;
    for (const char *p = valid; *p != '\0' && characters < MOST_CHARACTERS;
         p = g_utf8_next_char(p)) {
        const gunichar c = g_utf8_get_char(p);
        if (g_unichar_iscntrl(c) || text_turns(c) || (c & 0xFFFE) == 0xFFFE)
            continue;
        marks = g_unichar_ismark(c) ? marks + 1 : 0;
        if (marks > MOST_MARKS)
            continue;
        if (clamped->len + (gsize)g_unichar_to_utf8(c, NULL) > MOST_BYTES)
            break;
        g_string_append_unichar(clamped, c);
        characters++;
    }
    return g_string_free(clamped, FALSE);
}

bool text_is_id(const char *text) {
    const size_t length = strlen(text);
    return length >= 1 && length <= 64 &&
           strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}
