/* What an edition rests on: firms, complaints and months behind it, and where every
 * record of every kind of export went. */
#ifndef CHARTS_COVERAGE_H
#define CHARTS_COVERAGE_H

#include "canvas.h"
#include "subject.h"

/* The records of all exports of a profile; of all exports where `profile` is NULL. */
struct edition_account coverage_sum(const struct edition *edition, const char *profile);

/* Records that an account read. */
int64_t coverage_records(const struct edition_account *account);

/* What becomes of a record. */
enum { COVERAGE_OUTCOMES = 4 };

int64_t coverage_outcome(const struct edition_account *account, int outcome);
const char *coverage_outcome_key(int outcome);
enum token coverage_outcome_token(int outcome);

/* Profiles of the sources, each once, in order. Not owned; the caller unrefs. */
GPtrArray *coverage_profiles(const struct edition *edition);

/* A source's name as the public knows it. The caller frees. */
char *coverage_source_name(const struct subject *subject, const char *profile);

/* The figures above the sources, and the key of what they count. */
enum { COVERAGE_TILES = 4 };

/* A figure, or NULL where it is not published. The caller frees. */
char *coverage_tile(const struct subject *subject, int tile);
const char *coverage_tile_key(int tile);

/* An account as a bar from x on; `width` is that of `most` records. */
void coverage_paint_bar(struct canvas *canvas, const struct edition_account *account,
                        double x, double y, double width, int64_t most);

char *coverage_title(const struct subject *subject);
void coverage_draw(const struct subject *subject, struct canvas *canvas);
void coverage_draw_narrow(const struct subject *subject, struct canvas *canvas);

#endif
