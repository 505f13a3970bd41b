/* Rows of a matrix of marketplaces: where each lies, and the paragraph below them. */
#ifndef CHARTS_ROWS_H
#define CHARTS_ROWS_H

#include "canvas.h"
#include "subject.h"

/* Rows that both matrix charts share: rated places, then the insufficient ones, which are
 * listed in a paragraph below where they are many. */
struct rows {
    GPtrArray *rated;        /* struct edition_marketplace, not owned */
    GPtrArray *insufficient; /* the same; listed where `listed` */
    bool listed;
    int count; /* rows drawn */
    double top, pitch;
    double rated_bottom, bottom; /* of the rated rows, of all rows */
    char **list;                 /* lines of the paragraph, or NULL */
    double height;               /* of the picture */
};

/* The same rows without a place: `top` and what follows stay 0. */
struct rows rows_split(const struct subject *subject);
struct rows rows_lay_out(const struct subject *subject, const struct typeface *typeface,
                         double top);
void rows_clear(struct rows *rows);

/* The place of a row, rated ones first. */
const struct edition_marketplace *rows_place(const struct rows *rows, int row);

/* The centre line of a row. */
double rows_y(const struct rows *rows, int row);

/* Lines between rows, and the paragraph of the insufficient places. */
void rows_paint(struct canvas *canvas, const struct subject *subject,
                const struct rows *rows);

/* In a narrow picture: a separator, the name, and at the right the change in a year where
 * it is known; returns the end. */
double rows_paint_heading(struct canvas *canvas, const struct subject *subject,
                          const struct edition_marketplace *place, double y);

/* In a narrow picture: the insufficient places where they are listed; returns the end. */
double rows_paint_listed(struct canvas *canvas, const struct subject *subject,
                         const struct rows *rows, double y);

/* The range of ranks, "1–3", "8" or "—". The caller frees. */
char *rows_rank(const struct subject *subject, const struct edition_marketplace *place);

/* The letters of the interval's bounds, best first, "B–D"; NULL where the interval stays
 * inside the band of the score. The caller frees. */
char *rows_grade_range(const struct edition_marketplace *place);

/* The place's name in the column that ends before `right`, grey where insufficient. */
void rows_paint_name(struct canvas *canvas, const struct edition_marketplace *place,
                     double x, double right, double y);

#endif
