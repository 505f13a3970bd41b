/* The theme: what colour each token has. Shapes name tokens, never colours, so that
 * another theme (dark, forced colours) is data. The colours live in theme.json. */
#ifndef CHARTS_THEME_H
#define CHARTS_THEME_H

#include <stdint.h>

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
    TOKEN_COUNT
};

/* "ink", "band-a" and so on: the class of a shape is "f-ink" (fill) or "s-ink" (stroke).
 */
const char *theme_token_name(enum token token);

/* The colour of a token, 0xRRGGBB. A theme file that misses one is a bug and aborts. */
uint32_t theme_colour(enum token token);

#endif
