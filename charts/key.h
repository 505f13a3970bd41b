/* The key of a picture: one entry for each kind of mark drawn, with a sample of it. */
#ifndef CHARTS_KEY_H
#define CHARTS_KEY_H

#include "canvas.h"
#include "subject.h"

#define KEY_MOST 10

enum key_sample {
    KEY_TEXT,        /* none: words alone */
    KEY_SCORE,       /* dot and interval */
    KEY_SCORE_ALONE, /* dot */
    KEY_SCORE_UPRIGHT,
    KEY_RING,        /* of a median */
    KEY_SERIES,      /* line and ribbon */
    KEY_LINE,        /* line */
    KEY_MEDIAN,      /* tick and grey line */
    KEY_MEDIAN_LINE, /* grey line */
    KEY_HATCH,
    KEY_CHANGE,
    KEY_WEAKEST,
    KEY_ALERT_OWN,
    KEY_ALERT_GENERAL,
    KEY_LATE,   /* dot and bar of what came too late */
    KEY_KEPT,   /* the same of what came in time */
    KEY_INSIDE, /* and in their order the other positions known */
    KEY_ABOVE_INNER,
    KEY_ABOVE_OUTER,
    KEY_BELOW_INNER,
    KEY_BELOW_OUTER,
    KEY_SAMPLES
};

struct key {
    struct {
        enum key_sample sample;
        char *text;
    } entries[KEY_MOST];
    int count;
};

/* Adds an entry whose words are the message of a key of the locale. */
void key_add(struct key *key, const struct subject *subject, enum key_sample sample,
             const char *message);

/* Adds an entry with words of its own, which the key owns from then on. */
void key_add_text(struct key *key, enum key_sample sample, char *text);

/* Adds the entry of the score, with its interval where the edition has any. */
void key_add_score(struct key *key, const struct subject *subject);

/* Adds entries for the kinds of alert that there are; struct edition_alert. */
void key_add_alerts(struct key *key, const struct subject *subject,
                    const GPtrArray *alerts);

/* The lines that the entries need in a wide picture. */
int key_lines(const struct key *key, const struct canvas *canvas);

/* Paints the entries above the source line, on as many lines as they need, and clears
 * the key. */
void key_paint(struct key *key, struct canvas *canvas);

/* The same in a narrow picture, an entry after the other from y down; returns their end.
 */
double key_paint_below(struct key *key, struct canvas *canvas, double y);

#endif
