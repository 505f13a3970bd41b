/* The typeface: Inter, pinned, and the widths of texts set in it.
 *
 * A private font configuration holds Inter's files alone, so that no fallback and no
 * change of the machine's fonts moves a published picture.
 */
#ifndef CHARTS_TYPEFACE_H
#define CHARTS_TYPEFACE_H

#include "barometre/scope.h"

#include "theme.h"

#include <glib.h>
#include <pango/pangocairo.h>

struct typeface {
    PangoFontMap *map;
    PangoContext *context;
    char *files[FONT_WEIGHTS]; /* where the font lies */
};

/* Where the ink of a text lies and how far it advances, in units of the picture, from the
 * start of its baseline. */
struct extent {
    double advance;
    double ink_x, ink_y, ink_width, ink_height;
};

/* The typeface of this thread, kept until the thread ends. Fails with ERROR_CONFIG where
 * Inter is not installed. */
const struct typeface *typeface_open(GError **error);

/* A one-line layout of a text, never parsed as markup. The caller unrefs. */
PangoLayout *typeface_layout(const struct typeface *typeface, const char *text,
                             double size, int weight);

struct extent typeface_extent(const struct typeface *typeface, const char *text,
                              double size, int weight);

/* The text, or its longest beginning that fits with "…" in the width. The caller frees.
 */
char *typeface_fit(const struct typeface *typeface, const char *text, double size,
                   int weight, double width);

/* The text broken at spaces into at most `most` lines of the width; the last one is
 * fitted. The caller frees with g_strfreev. */
char **typeface_wrap(const struct typeface *typeface, const char *text, double size,
                     int weight, double width, int most);

#endif
