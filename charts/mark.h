/* Marks: what several charts draw alike. Each is drawn by one function here. */
#ifndef CHARTS_MARK_H
#define CHARTS_MARK_H

#include "barometre/edition.h"

#include "canvas.h"
#include "scale.h"

/* The fill of the n-th best band. */
enum token mark_band_token(guint band);

/* Columns of the bands over a height, with lines at their limits; their letters above,
 * `own` in ink where not NULL and the others grey; their limits below. Text is centred.
 */
void mark_bands(struct canvas *canvas, const struct edition *edition,
                const struct scale *scale, double y, double height);
void mark_band_letters(struct canvas *canvas, const struct edition *edition,
                       const struct scale *scale, double baseline, const char *own);
void mark_band_limits(struct canvas *canvas, const struct edition *edition,
                      const struct scale *scale, double baseline);

/* A score as a dot with its interval as a bar where it is known. The score is known. */
void mark_score(struct canvas *canvas, const struct scale *scale, double y,
                const struct edition_score *score, double dot_radius);

/* Where that mark begins and ends. */
void mark_score_span(const struct scale *scale, const struct edition_score *score,
                     double dot_radius, double *left, double *right);

/* The figure beside the mark, on its right unless it would pass `limit`; gives the ends
 * of the text. */
void mark_score_text(struct canvas *canvas, const struct scale *scale, double y,
                     const struct edition_score *score, double dot_radius, double limit,
                     struct type type, const char *text, double *left, double *right);

/* The dashed line of a median through a row, `half` above and below y; open where the
 * row's figure, from `left` to `right`, lies on it. */
void mark_median(struct canvas *canvas, double x, double y, double half, double left,
                 double right);

/* The tick of a median, `half` above and below y; nothing where it is unknown. At least 5
 * longer than a dot on both sides, it is read where the dot covers it. */
void mark_median_tick(struct canvas *canvas, const struct scale *scale,
                      struct edition_number median, double y, double half);

/* The one drawn state of insufficient data: hatch, and a white pill with the reason, cut
 * to what fits; no pill for an empty text. */
void mark_insufficient(struct canvas *canvas, double x, double y, double width,
                       double height, const char *reason);

/* The badge of a grade, `side` wide, centred; "n.d." (`unknown`) where there is none, in
 * a dashed box if it is large. */
void mark_grade(struct canvas *canvas, const struct edition *edition, double x, double y,
                double side, const char *letter, const char *unknown);

/* ▼ of the weakest pillar of a place, centred. */
void mark_weakest(struct canvas *canvas, double x, double y);

/* Where a place lies in the funnel, by shape as well as by colour: a diamond or a ring
 * above the limits, a blue dot or ring below, a grey dot inside; unknown a hollow one. */
void mark_position(struct canvas *canvas, double x, double y,
                   enum edition_position position);
double mark_position_radius(const struct canvas *canvas, enum edition_position position);

/* ▲ of an alert on a baseline: full where the rise is the marketplace's own, hollow where
 * reports rise elsewhere too. */
void mark_alert(struct canvas *canvas, double x, double baseline, bool own);

/* ▲ or ▼ of an established change, then its text; returns the advance. */
double mark_change(struct canvas *canvas, double x, double baseline, bool up,
                   const char *text);

#endif
