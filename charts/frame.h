/* The frame of every picture: ground, blue bar, title, subtitle, key and source line.
 *
 * The wide one has its height before it is painted; the narrow one is painted from top to
 * bottom, each part giving the y where the next one begins.
 */
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

#define FRAME_NARROW_WIDTH 600.0
#define FRAME_NARROW_MARGIN 24.0
#define FRAME_NARROW_RIGHT (FRAME_NARROW_WIDTH - FRAME_NARROW_MARGIN)

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

/* The size of the small text of a picture, the least there is in its layout: 24 units of
 * 600 are 14 px on a phone 360 px wide. */
double frame_size(const struct canvas *canvas);

/* A paragraph of at most `most` lines from `x` to `right`, below y; returns its end. */
double frame_paragraph(struct canvas *canvas, double x, double right, double y,
                       struct type type, const char *text, int most);

/* Paints ground, bar, title and subtitle of a narrow picture; returns their end. */
double frame_open(struct canvas *canvas, const char *subtitle);

/* Pixels of the PNG for a unit of a narrow picture so high: 900 across, which is 2 for a
 * pixel of a phone's page, and 750 where the picture is so high that it would weigh more
 * than 150 kB. */
double frame_narrow_density(double height);

/* Paints the source below y and gives the narrow picture its height. */
void frame_close(struct canvas *canvas, double y);

#endif
