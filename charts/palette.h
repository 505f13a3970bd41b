/* A palette: the colours of a picture, at most 256, and the picture in their numbers. */
#ifndef CHARTS_PALETTE_H
#define CHARTS_PALETTE_H

#include "barometre/scope.h"

#include <stdint.h>

#define PALETTE_MOST 256

struct palette {
    int count;
    uint32_t colours[PALETTE_MOST]; /* 0xRRGGBB: of areas, then of edges */
    uint8_t *indices;               /* width × height, row by row */
};

/* The palette of a picture of 0x??RRGGBB pixels. Flat areas never shift: up to 160 of
 * their colours are exact. Colours on the edges of shapes take the nearest of a few
 * shades, since what a picture weighs is its edges: with every shade its own, a quarter
 * more. The same pixels give the same palette. Cost: one pass, and one comparison per
 * distinct colour and entry. Free with palette_free. */
struct palette *palette_of(const uint32_t *pixels, int width, int height, int stride);
void palette_free(struct palette *palette);
SCOPE_DEFINE(palette)

#endif
