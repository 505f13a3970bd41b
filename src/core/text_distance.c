#include "barometre/text.h"

#include <stdlib.h>

/* Optimal string alignment (Damerau 1964, no substring edited twice), row by row: memory
 * is three rows of the shorter text. */
int text_distance(const char *a, const char *b) {
    enum { MOST_CHARACTERS = 80 };
    glong a_length, b_length;
    g_autofree gunichar *from = g_utf8_to_ucs4_fast(a, -1, &a_length);
    g_autofree gunichar *to = g_utf8_to_ucs4_fast(b, -1, &b_length);
    a_length = MIN(a_length, MOST_CHARACTERS);
    b_length = MIN(b_length, MOST_CHARACTERS);
    int rows[3][MOST_CHARACTERS + 1];
    for (glong j = 0; j <= b_length; j++)
        rows[0][j] = (int)j;
    for (glong i = 1; i <= a_length; i++) {
        const int *before = rows[(i + 1) % 3], *last = rows[(i + 2) % 3];
        int *row = rows[i % 3];
        row[0] = (int)i;
        for (glong j = 1; j <= b_length; j++) {
            const bool same = from[i - 1] == to[j - 1];
            row[j] = MIN(MIN(last[j], row[j - 1]) + 1, last[j - 1] + !same);
            if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                row[j] = MIN(row[j], before[j - 2] + 1);
        }
    }
    return rows[a_length % 3][b_length];
}
