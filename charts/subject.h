/* The subject of a picture: whose figures, in which words; and the phrases that several
 * pictures share. Every text returned is the caller's. */
#ifndef CHARTS_SUBJECT_H
#define CHARTS_SUBJECT_H

#include "barometre/edition.h"
#include "barometre/words.h"

/* Comparative words need more than this (method: "ahead of", "behind"). */
#define SUBJECT_SURE 0.9

/* "Above" or "below the median" needs more than this. */
#define SUBJECT_SURE_OF_MEDIAN 0.95

/* A median of fewer scores would be one of them. */
#define SUBJECT_LEAST_FOR_MEDIAN 3

struct subject {
    const struct edition *edition;
    const struct edition_marketplace *place; /* of a card; NULL elsewhere */
    const struct words *words;
};

/* A name from outside, safe to draw. */
char *subject_name(const struct edition_marketplace *place);

/* A message with one text put in, or none (`name` NULL). */
char *subject_say(const struct subject *subject, const char *key, const char *name,
                  const char *text);

/* A score as it is published, one decimal. */
char *subject_score(const struct subject *subject, double score);

/* "deux", "dix", then figures: 11. */
char *subject_count(const struct subject *subject, int64_t count);

/* "Période : novembre 2025 – octobre 2026." */
char *subject_period(const struct subject *subject);

/* Why a place or a pillar has no score: "trop peu d’entreprises". Falls back to "données
 * insuffisantes". */
char *subject_reason(const struct subject *subject, enum edition_reason reason);

/* The first gate that the pillar failed, in words. */
char *subject_pillar_reason(const struct subject *subject,
                            const struct edition_pillar *pillar);

/* Why the place has no grade, naming the pillars concerned. */
char *subject_place_reason(const struct subject *subject,
                           const struct edition_marketplace *place);

/* "−7,0 en un an (P = 0,95)" and so on; NULL where the change is unknown. */
char *subject_change(const struct subject *subject, const struct edition_trend *trend);

/* Whether a change is established. */
bool subject_moved(const struct edition_trend *trend);

/* The text with its first letter in upper case. */
char *subject_sentence(char *text);

/* Whether a probability is known and above `least`. */
bool subject_sure(struct edition_number probability, double least);

int subject_rated_count(const struct edition *edition);

/* Whether any overall score has an interval. */
bool subject_has_intervals(const struct edition *edition);

/* The median over the places where at least three are known. */
struct edition_number subject_median(const struct edition *edition, int pillar);

/* The median of doubles, which it sorts; unknown below three. */
struct edition_number subject_median_of(GArray *values);

#endif
