/* The output of the methodology's reference (tests/golden/method_example.out), read for
 * the figures of its places: what a line says of place, pillar and indicator. */
#ifndef TESTS_GOLDEN_LINES_H
#define TESTS_GOLDEN_LINES_H

#include "golden_example.h"

enum golden_kind { GOLDEN_INDICATOR, GOLDEN_PILLAR, GOLDEN_OVERALL };

struct golden_line {
    enum golden_kind kind;
    int place, pillar, indicator;
    double score, low, high;
    const char *rest; /* of the line, after the interval */
};

typedef void (*golden_see)(const struct golden_line *line, void *data);

static inline double golden_number(const char *line, const char *mark) {
    const char *at = strstr(line, mark);
    g_assert_nonnull(at);
    return g_ascii_strtod(at + strlen(mark), NULL);
}

/* Shows every figure that has an interval; returns how many there are. */
static inline int golden_each(const struct registry *registry, golden_see see,
                              void *data) {
    g_autofree char *out = example_read("method_example.out");
    g_auto(GStrv) lines = g_strsplit(out, "\n", 0);
    struct golden_line line = {0};
    int seen = 0;
    for (char **text = lines; *text != NULL && !g_str_has_prefix(*text, "--"); text++) {
        if (g_str_has_prefix(*text, "== ")) {
            g_auto(GStrv) words = g_strsplit(*text, " ", 3);
            line.place = registry_find(registry, words[1]);
            continue;
        }
        const char *interval = strrchr(*text, '[');
        if (interval == NULL)
            continue;
        if (g_str_has_prefix(*text, " PILLAR ")) {
            line.kind = GOLDEN_PILLAR;
            line.pillar = (int)(strchr("DSC", (*text)[8]) - "DSC");
        } else if (g_str_has_prefix(*text, " OVERALL ")) {
            line.kind = GOLDEN_OVERALL;
        } else {
            line.kind = GOLDEN_INDICATOR;
            line.pillar = (int)(strchr("DSC", (*text)[2]) - "DSC");
            line.indicator = (*text)[3] - '1';
        }
        line.score = golden_number(*text, " score=");
        line.low = g_ascii_strtod(interval + 1, NULL);
        line.high = golden_number(interval, ";");
        line.rest = strchr(interval, ']') + 1;
        see(&line, data);
        seen++;
    }
    return seen;
}

#endif
