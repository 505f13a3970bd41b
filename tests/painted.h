/* A chart as the canvas holds it, for the tests that ask what stands in it. */
#ifndef TESTS_PAINTED_H
#define TESTS_PAINTED_H

#include "chart_cases.h"
#include "chart_paint.h"

#include <string.h>

static inline struct canvas *paint_chart(const struct edition *edition, const char *id,
                                         enum words_language language,
                                         enum chart_layout layout) {
    GError *error = NULL;
    scoped(words) *words = open_words(language);
    struct canvas *canvas = chart_paint_in(edition, id, words, layout, &error);
    g_assert_no_error(error);
    return canvas;
}

/* How many texts say just this. */
static inline int count_texts(const struct canvas *canvas, const char *text) {
    int count = 0;
    for (guint i = 0; i < canvas->shapes->len; i++) {
        const struct shape *shape = canvas->shapes->pdata[i];
        count += shape->kind == SHAPE_TEXT && strcmp(shape->text, text) == 0;
    }
    return count;
}

#endif
