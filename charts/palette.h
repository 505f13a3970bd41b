/* A palette: the colours of a picture, at most 256, and the picture in their numbers. */
#ifndef CHARTS_PALETTE_H
#define CHARTS_PALETTE_H

#include "barometre/scope.h"

#include <stdint.h>

#define PALETTE_MOST 256

struct palette {
    int count;
    uint32_t colours[PALETTE_MOST]; /* 0xRRGGBB, most frequent first */
    uint8_t *indices;               /* width × height, row by row */
};

/* The palette of a picture of 0x??RRGGBB pixels. Exact up to 256 colours. Beyond, the
 * most frequent colours stay exact (flat areas never shift) and the others, all of them
 * on the edges of shapes, take the nearest of the palette. The same pixels give the same
 * palette. Cost: one pass, and one comparison per distinct colour and entry. Free with
 * palette_free. */
struct palette *palette_of(const uint32_t *pixels, int width, int height, int stride);
void palette_free(struct palette *palette);
SCOPE_DEFINE(palette)

#endif
