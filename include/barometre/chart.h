/* A chart: one picture of an edition, in a language, a layout and a format.
 *
 * Drawn from the edition alone: no store, no configuration. Titles state what the
 * edition's probabilities support and nothing more; where intervals are unknown they
 * compare nobody.
 */
#ifndef BAROMETRE_CHART_H
#define BAROMETRE_CHART_H

#include "barometre/edition.h"
#include "barometre/theme.h"
#include "barometre/words.h"

enum chart_layout {
    CHART_WIDE,   /* 1200 units wide, 675 high or more */
    CHART_NARROW, /* 600 units wide for a phone, as high as it needs */
    CHART_LAYOUTS
};

enum chart_format {
    CHART_SVG,      /* real text, for pages */
    CHART_PNG,      /* two pixels a unit */
    CHART_OUTLINES, /* SVG, its texts as outlines: for print, for hosts without the font
                     */
    CHART_PDF,      /* outlines too */
    CHART_FORMATS
};

/* How a chart is drawn. */
struct chart_style {
    enum chart_layout layout;
    enum chart_format format;
    const struct theme *theme; /* NULL: as shipped */
    enum theme_tone tone;
};

/* The ids of the charts of an edition: "ranking", "pillars", "trend", "funnel",
 * "signatories", "robustness", "heatmap", "coverage", "share" (1200 by 630), and
 * "place-<id>" for each marketplace in the edition's order. The caller frees with
 * g_strfreev. */
char **chart_ids(const struct edition *edition);

/* The title of a chart, one sentence without a full stop. Fails with ERROR_USAGE, listing
 * the known ids, for an unknown one. The caller frees. */
char *chart_title(const struct edition *edition, const char *chart_id,
                  const struct words *words, GError **error);

/* What the chart shows, for those who do not see it: kind, title, period, who has
 * insufficient data; at most 250 characters. Fails as chart_title does. */
char *chart_description(const struct edition *edition, const char *chart_id,
                        const struct words *words, GError **error);

/* "wide" and "narrow", in the names of files. */
const char *chart_layout_name(enum chart_layout layout);

/* Whether the chart is drawn in the layout; every chart has the wide one. False for an
 * unknown id. */
bool chart_has_layout(const char *chart_id, enum chart_layout layout);

/* "svg", "png", "outlines.svg" and "pdf": how the names of files end. */
const char *chart_format_suffix(enum chart_format format);

/* Draws a chart in the light tone of the theme as shipped; the same edition gives the
 * same bytes. Fails as chart_title does, with ERROR_USAGE for a layout that the chart
 * does not have, and with ERROR_CONFIG where the font of the charts is not installed. The
 * caller unrefs. */
GBytes *chart_draw(const struct edition *edition, const char *chart_id,
                   const struct words *words, enum chart_layout layout,
                   enum chart_format format, GError **error);

/* One picture to draw. */
struct chart_order {
    const char *chart_id;
    const struct words *words;
    struct chart_style style;
    GBytes *picture; /* drawn; the caller unrefs */
};

/* Draws `count` pictures on up to `threads` threads; their bytes do not depend on how
 * many. Fails as chart_draw does for the first of them that does; then none is kept. */
bool chart_draw_orders(const struct edition *edition, struct chart_order *orders,
                       int count, int threads, GError **error);

/* One sentence for the user where the installed font is another build than the one that
 * the layouts were measured with: texts may be wider than their place. NULL where it is
 * that one. Fails as chart_draw does, without a font. The caller frees. */
char *chart_font_notice(GError **error);

#endif
