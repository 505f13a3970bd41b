/* The frame of every picture: ground, blue bar, title, subtitle, key and source line. */
#ifndef CHARTS_FRAME_H
#define CHARTS_FRAME_H

#include "canvas.h"
#include "subject.h"

#define FRAME_WIDTH 1200.0
#define FRAME_HEIGHT 675.0 /* the least */
#define FRAME_MARGIN 40.0
#define FRAME_RIGHT (FRAME_WIDTH - FRAME_MARGIN)
#define FRAME_TOP 96.0 /* above this: title and subtitle */
/* Text may be set in another font, this much wider than the one that measured it. */
#define FRAME_SPARE 1.08

#define FRAME_FOOT 62.0 /* below height − this: key and source */

/* The room for a line of text from `x` on, measured in our font. */
double frame_room(double x);

/* Paints the ground, the bar, the canvas's title and the subtitle from `x` on, and the
 * source line. The canvas has its height. */
void frame_paint(struct canvas *canvas, double x, const char *subtitle);

/* The first text that a title from `x` on holds without being set small, else the last,
 * with its first letter in upper case. Takes the array, NULL at the end. The caller
 * frees. */
char *frame_title(char **candidates, double x);

/* Source, cut-off, method, and whether the data are fictitious. The caller frees. */
char *frame_source(const struct subject *subject);

#endif
