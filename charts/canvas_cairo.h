/* Painting a canvas with cairo, on whatever surface: pixels, SVG or PDF. */
#ifndef CHARTS_CANVAS_CAIRO_H
#define CHARTS_CANVAS_CAIRO_H

#include "canvas.h"

#include <cairo.h>

/* How text is painted. Glyphs lie on whole pixels, so that the same letter of a line is
 * the same pixels and a picture of text a third smaller; outlines lie where they were
 * laid out and need no font. */
enum canvas_text { CANVAS_OUTLINES, CANVAS_GLYPHS };

/* Paints every shape, `scale` units of the surface for one of the canvas, and flushes the
 * surface. */
void canvas_paint(const struct canvas *canvas, cairo_surface_t *surface, double scale,
                  enum canvas_text text);

#endif
