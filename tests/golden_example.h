/* The example of the methodology (tests/golden/method_example.csv) as a method, a
 * registry and a tally. Columns i1 to i4 are the answers to a pillar's four treatment
 * indicators; its delay stands in `days` and `event`. */
#ifndef TESTS_GOLDEN_EXAMPLE_H
#define TESTS_GOLDEN_EXAMPLE_H

#include "barometre/method.h"
#include "barometre/registry.h"
#include "barometre/tally.h"

#include <glib/gstdio.h>
#include <string.h>

#define EXAMPLE_MONTH (2019 * 12 + 11)

static inline char *example_read(const char *name) {
    g_autofree char *file =
        g_build_filename(g_getenv("G_TEST_SRCDIR"), "golden", name, NULL);
    char *text = NULL;
    g_assert_true(g_file_get_contents(file, &text, NULL, NULL));
    return text;
}

static inline struct method *example_method(void) {
    g_autofree char *file =
        g_build_filename(g_getenv("BAROMETRE_DATA"), "method.json", NULL);
    g_autoptr(GError) error = NULL;
    struct method *method = method_load(file, &error);
    g_assert_no_error(error);
    return method;
}

/* `extra` adds a place that nobody knows the sellers of. */
static inline struct registry *example_registry(bool extra) {
    g_autoptr(GError) error = NULL;
    static const char sellers[] =
        "{\"from\":\"2010-01\",\"to\":null,\"count\":%d,\"low\":%d,\"high\":%d,"
        "\"source\":\"example\"}";
    static const struct {
        const char *id;
        int sellers;
    } places[] = {
        {"alpha", 10000}, {"beta", 12000}, {"gamma", 4000}, {"delta", 0}, {"extra", 0}};
    g_autoptr(GString) json = g_string_new("{\"registry\":\"1\",\"marketplaces\":[");
    for (int i = 0; i < 4 + extra; i++) {
        g_string_append_printf(json, "%s{\"id\":\"%s\",\"name\":\"%s\",\"sellers\":[",
                               i > 0 ? "," : "", places[i].id, places[i].id);
        if (places[i].sellers > 0)
            g_string_append_printf(json, sellers, places[i].sellers, places[i].sellers,
                                   places[i].sellers);
        g_string_append(json, "]}");
    }
    g_string_append(json, "]}");
    g_autofree char *file = NULL;
    const int descriptor = g_file_open_tmp("registry-XXXXXX", &file, &error);
    g_assert_no_error(error);
    g_close(descriptor, NULL);
    g_assert_true(g_file_set_contents(file, json->str, -1, NULL));
    struct registry *registry = registry_load(file, &error);
    g_assert_no_error(error);
    g_remove(file);
    return registry;
}

static inline struct rule_answer example_answer(char *const *cell, bool delay,
                                                int column) {
    struct rule_answer answer = {.what = ANSWER_NONE};
    if (delay && cell[8][0] != '\0') {
        answer.days = (int)g_ascii_strtoll(cell[8], NULL, 10);
        answer.what = cell[9][0] == '1' ? ANSWER_EVENT : ANSWER_OPEN;
    } else if (!delay && cell[4 + column][0] != '\0') {
        answer.what = cell[4 + column][0] == 'y' ? ANSWER_YES : ANSWER_NO;
    }
    return answer;
}

/* Counts one line into the cells of every window. */
static inline void example_count(struct tally *tally, const struct method *method,
                                 const struct registry *registry, const char *line) {
    g_auto(GStrv) cell = g_strsplit(line, ",", 0);
    g_assert_cmpint(g_strv_length(cell), ==, 10);
    const int place = registry_find(registry, cell[1]);
    const int index = (int)(strchr("DSC", cell[2][0]) - "DSC");
    const struct method_pillar *pillar = &method->pillars[index];
    struct rule_answer answers[METHOD_MOST_INDICATORS] = {0};
    for (int i = 0; i < 4; i++)
        answers[i] =
            example_answer(cell, pillar->indicators[i].kind == INDICATOR_DELAY, i);
    const int64_t unit = cell[3][0] == '\0' ? 0 : (int64_t)g_str_hash(cell[3]) + 1;
    for (int window = 0; window < tally->window_count; window++)
        tally_count(tally_cell(tally, window, place, index), pillar, unit, answers);
}

/* The example's tally, its lines counted from `first` on, round to the one before it. */
static inline struct tally *example_tally(const struct method *method,
                                          const struct registry *registry, int windows,
                                          guint first) {
    g_autofree char *csv = example_read("method_example.csv");
    g_auto(GStrv) lines = g_strsplit(g_strstrip(csv), "\n", 0);
    const guint count = g_strv_length(lines) - 1;
    struct tally *tally = tally_new(EXAMPLE_MONTH, windows, (int)registry->places->len,
                                    method->pillar_count);
    for (guint i = 0; i < count; i++)
        example_count(tally, method, registry, lines[1 + (first + i) % count]);
    tally_finish(tally);
    return tally;
}

#endif
