/* The reports of the reference export: each is drawn from its ordinal alone, so any part
 * of the export can be written again without the rest.
 */
#ifndef BAROMETRE_REFERENCE_REPORT_H
#define BAROMETRE_REFERENCE_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define REPORT_PILLARS 3 /* delisting, support, clauses */
#define REPORT_PLACES 12
#define REPORT_SPELLINGS 5
#define REPORT_FIRMS 30000
#define REPORT_NO_DAY INT32_MIN

/* SplitMix64 (Steele, Lea, Flood 2014): any state is a good one, so that an ordinal can
 * be one. */
struct report_random {
    uint64_t state;
};

struct report_place {
    const char *id;
    const char *spellings[REPORT_SPELLINGS]; /* the name first */
    int weight;                              /* of its complaints, in all 100 */
    double care;                             /* 0–1: how often it does what it should */
    int sellers;
};

extern const struct report_place report_places[REPORT_PLACES];

enum report_answer { REPORT_NOT_ASKED, REPORT_BLANK, REPORT_YES, REPORT_NO };

enum report_fault {
    REPORT_SOUND,
    REPORT_FAULT_SIRET, /* wrong check digit */
    REPORT_FAULT_PLACE, /* a name that no registry has */
    REPORT_FAULT_DATE,  /* the 30th of February */
    REPORT_FAULT_QUOTE, /* a stray quote */
    REPORT_FAULTS
};

/* What to draw. */
struct report_plan {
    uint64_t records, first;
    double changed_percent, fault_percent;
};

/* Days are since 1970-01-01, or REPORT_NO_DAY. */
struct report {
    uint64_t number;
    int firm;
    char siret[15];
    const char *firm_size, *state, *place, *action;
    bool pillars[REPORT_PILLARS];
    uint32_t seconds; /* since 8 o'clock */
    int32_t received, last;
    int32_t effective, reasons, notice;
    enum report_answer reasons_told, notice_told, heard;
    int32_t contact, reply;
    enum report_answer phone, individual;
    int32_t notified, change_effective;
    enum report_answer notified_told, retroactive;
    enum report_fault fault;
    bool text_quoted;
    size_t text_characters; /* 50 to 1,500 */
    struct report_random text_random;
};

struct report report_draw(const struct report_plan *plan, uint64_t ordinal);

struct report_word {
    const char *text;
    size_t bytes, characters;
};

/* A word of a complaint's text; for ever. */
const struct report_word *report_word(struct report_random *random);

struct report_date {
    int year, month, day;
};

struct report_date report_date(int32_t day);

#endif
