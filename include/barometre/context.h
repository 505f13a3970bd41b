/* Context: what public sources say beside the complaints (doc/context.md). Three exports
 * are known by their headers and counted, told and never scored:
 *
 *   statements  the DSA Transparency Database: what platforms declare that they decided
 *               against business accounts and products
 *   consumers   the open data of SignalConso: consumers' reports of the whole country,
 *               which name no company
 *   sellers     the extract of SignalConso: such reports about a seller on a marketplace
 *
 * Nothing that says who somebody is goes beyond the reading of a record.
 */
#ifndef BAROMETRE_CONTEXT_H
#define BAROMETRE_CONTEXT_H

#include <stdbool.h>
#include <stdint.h>

enum context_kind {
    CONTEXT_STATEMENTS,
    CONTEXT_CONSUMERS,
    CONTEXT_SELLERS,
    CONTEXT_KINDS
};

/* What a record says, as bit 1 << fact. */
enum context_fact {
    CONTEXT_SUSPENSION,  /* of a business account */
    CONTEXT_TERMINATION, /* of a business account */
    CONTEXT_SERVICE,     /* to a business account, suspended or ended in part or whole */
    CONTEXT_PRODUCT,     /* removed or disabled */
    CONTEXT_DECIDED,     /* by fully automated means */
    CONTEXT_DETECTED,    /* by automated means */
    CONTEXT_TRANSMITTED, /* to the company */
    CONTEXT_READ,        /* by it; then it was transmitted */
    CONTEXT_ANSWERED,    /* by it; then it was read */
    CONTEXT_FACTS
};

/* What a record becomes. */
struct context_item {
    enum context_kind kind;
    bool concerned; /* else about no marketplace of ours, and only that is known */
    int place;      /* index in the registry; −1: the whole country */
    int32_t day;    /* of a statement: its publication; of a report: its creation */
    int64_t key;    /* of a statement: 64 bits of its uuid's hash */
    unsigned facts;
};

/* Whether an import of this profile is one of context: "dsa", "signalconso" or
 * "signalconso-extract". */
bool context_is_profile(const char *id);

/* The records of one month and marketplace. */
struct context_count {
    enum context_kind kind;
    int place; /* as in context_item */
    int32_t month;
    int days;        /* of statements: days of the month with at least one */
    int64_t records; /* > 0 */
    int64_t facts[CONTEXT_FACTS];
};

struct edition;
struct method;

/* Puts the counts of one month into an edition that has all its marketplaces. Acts that
 * platforms publish and national counts are told as they are; counts of reports about a
 * marketplace only where none that could be worked out is 1 to T − 1 (the method's
 * disclosure threshold). */
void context_fill(struct edition *edition, const struct method *method,
                  const struct context_count *count);

#endif
