/* Notices: is the notice that the law asks for kept? Two lanes for each marketplace: its
 * changes of clauses one by one, and its terminations in bins, on one axis of days. */
#ifndef CHARTS_NOTICE_H
#define CHARTS_NOTICE_H

#include "canvas.h"
#include "key.h"
#include "scale.h"
#include "subject.h"

#define NOTICE_MOST_DAYS 60 /* drawn in their place; beyond, at the edge */
#define NOTICE_MOST_STACKED 4

/* The axis of a lane, and its marks; notices that came after the fact, or never, lie
 * between `none_left` and the axis. */
struct notice_plot {
    struct scale days;
    double none_left, none_right;
    double edge_right; /* room for what lies beyond the axis */
    double words_left; /* of what is said in an empty lane */
    double radius, stack;
    double half; /* height of a lane */
};

struct notice {
    GPtrArray *places; /* struct edition_marketplace, not owned, in the ranking's order */
    struct notice_plot plot;
    struct scale share;
    double top, pitch, height; /* of the wide picture */
    double most;               /* the greatest bin */
};

/* Changes of the same day, or of neighbouring days where one mark stands for many. */
struct notice_mark {
    int from, to;    /* days; -1: after the fact, NOTICE_MOST_DAYS + 1: beyond the axis */
    int least, most; /* true days of those beyond */
    int count;
    bool late;
    bool pooled; /* drawn as one mark with its number */
};

struct notice notice_lay_out(const struct subject *subject);
void notice_clear(struct notice *notice);

/* The marks of the changes whose notice is known, in order (struct notice_mark). One that
 * stands for more than NOTICE_MOST_STACKED takes in its neighbours up to `reach` days,
 * never across the limit. The caller unrefs. */
GArray *notice_marks(const struct edition_marketplace *place, int limit, int reach);

char *notice_title(const struct subject *subject);
/* The entries that the picture needs; in the narrow one intervals are written. */
struct key notice_key(const struct subject *subject, bool narrow);

/* The zone out of time of a lane centred on y; painted before what lies on it. */
void notice_paint_ground(const struct subject *subject, struct canvas *canvas,
                         const struct notice *notice, double y, bool changes);

/* What lies in a lane centred on y. */
void notice_paint_changes(const struct subject *subject, struct canvas *canvas,
                          const struct notice *notice,
                          const struct edition_marketplace *place, double y);
void notice_paint_terminations(const struct subject *subject, struct canvas *canvas,
                               const struct notice *notice,
                               const struct edition_marketplace *place, double y);

/* Whether every bin is known to be empty. */
bool notice_has_none(const struct edition_terminations *terminations);

/* Shares out of time, as scores; unknown ones with their reason. */
struct edition_score notice_late_changes(const struct edition_marketplace *place);

/* Changes whose notice nobody noted. */
int notice_undated(const struct edition_marketplace *place);

/* "12", "7 (4 n.d.)", "10–29", "n.d." The caller frees. */
char *notice_say_changes(const struct subject *subject,
                         const struct edition_marketplace *place);
char *notice_say_terminations(const struct subject *subject,
                              const struct edition_marketplace *place);

void notice_draw(const struct subject *subject, struct canvas *canvas);
void notice_draw_narrow(const struct subject *subject, struct canvas *canvas);

#endif
