/* The tokens of the theme: what shapes name instead of a colour, so that another tone
 * (dark, forced colours) is data. */
#ifndef CHARTS_THEME_H
#define CHARTS_THEME_H

#include "barometre/theme.h"

enum token {
    TOKEN_NONE, /* not painted */
    TOKEN_PAPER,
    TOKEN_INK,
    TOKEN_TEXT,
    TOKEN_MENTION,
    TOKEN_LINE,
    TOKEN_GRID,
    TOKEN_SEP,
    TOKEN_BRAND,
    TOKEN_POINT,
    TOKEN_INTERVAL,
    TOKEN_RIBBON,
    TOKEN_ALERT,
    TOKEN_VOID, /* ground under the hatch of insufficient data */
    TOKEN_BAND_A,
    TOKEN_BAND_B,
    TOKEN_BAND_C,
    TOKEN_BAND_D,
    TOKEN_BAND_E,
    TOKEN_TINT, /* this and what follows: of the pages alone */
    TOKEN_LINK,
    TOKEN_FOCUS,
    TOKEN_COUNT
};

/* "ink", "band-a" and so on: the class of a shape is "f-ink" (fill) or "s-ink" (stroke).
 */
const char *theme_token_name(enum token token);

/* The colours of a tone, 0xRRGGBB by token; borrowed. */
const uint32_t *theme_colours(const struct theme *theme, enum theme_tone tone);

/* The theme as shipped, for the life of the program. */
const struct theme *theme_shipped(void);

enum { FONT_WEIGHTS = 3 };

/* The font that the layouts were measured with. */
struct theme_font {
    char *family, *package, *release;
    char *sha256[FONT_WEIGHTS]; /* of the files of the weights 400, 500 and 700 */
};

/* For the life of the program. */
const struct theme_font *theme_font(void);

#endif
