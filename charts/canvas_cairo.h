/* Painting a canvas with cairo, on whatever surface: pixels, SVG or PDF. */
#ifndef CHARTS_CANVAS_CAIRO_H
#define CHARTS_CANVAS_CAIRO_H

#include "canvas.h"

#include <cairo.h>

/* Paints every shape, texts as outlines, `scale` units of the surface for one of the
 * canvas, and flushes the surface. */
void canvas_paint(const struct canvas *canvas, cairo_surface_t *surface, double scale);

#endif
