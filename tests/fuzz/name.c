/* Names from outside: clamped, then titles, descriptions and pictures that bear them. */
#include "../chart_cases.h"
#include "barometre/text.h"
#include "target.h"

#include <libxml/parser.h>

static struct words *words[WORDS_LANGUAGES];

static void forget_words(void) {
    for (int w = 0; w < WORDS_LANGUAGES; w++)
        words_free(words[w]);
}

/* What a terminal, a page or a picture must never get. */
static void check_text(const char *text) {
    g_assert_true(g_utf8_validate(text, -1, NULL));
    for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c)) {
        const gunichar letter = g_utf8_get_char(c);
        g_assert_false(g_unichar_iscntrl(letter));
        g_assert_false(letter == 0x61C || letter == 0x200E || letter == 0x200F ||
                       (letter >= 0x202A && letter <= 0x202E) ||
                       (letter >= 0x2066 && letter <= 0x2069));
    }
}

static void check_clamp(const char *name) {
    g_autofree char *again = text_clamp(name);
    check_text(name);
    g_assert_cmpstr(name, ==, again);
    g_assert_cmpint(strlen(name), <=, 256);
    g_assert_cmpint(g_utf8_strlen(name, -1), <=, 80);
}

static void draw(const char *bytes, size_t length) {
    static const char *const ids[] = {"ranking", "place-comptoir-alize", "share"};
    g_autofree char *raw = g_strndup(bytes, length);
    g_autofree char *name = text_clamp(raw);
    check_clamp(name);
    scoped(edition) *edition = sample_edition(true);
    for (guint i = 0; i < edition->marketplaces->len; i++) {
        struct edition_marketplace *place = edition->marketplaces->pdata[i];
        g_free(place->name);
        place->name = g_strdup(name);
    }
    const char *id = ids[length % G_N_ELEMENTS(ids)];
    const struct words *in = words[length / 3 % WORDS_LANGUAGES];
    g_autofree char *title = chart_title(edition, id, in, NULL);
    g_autofree char *description = chart_description(edition, id, in, NULL);
    check_text(title);
    check_text(description);
    g_autofree char *svg = draw_svg(edition, id, in);
    xmlDoc *document =
        xmlReadMemory(svg, (int)strlen(svg), "fuzz", NULL, XML_PARSE_NONET);
    g_assert_nonnull(document);
    xmlFreeDoc(document);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    if (words[WORDS_FR] == NULL) {
        words[WORDS_FR] = open_words(WORDS_FR);
        words[WORDS_EN] = open_words(WORDS_EN);
        atexit(forget_words);
    }
    fuzz_bounded(draw, bytes, length);
    return 0;
}
