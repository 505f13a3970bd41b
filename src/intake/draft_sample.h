/* A sample: what stands in the columns of an export's first records, as counts. Values
 * are kept while they are counted and are gone with the sample. */
#ifndef BAROMETRE_DRAFT_SAMPLE_H
#define BAROMETRE_DRAFT_SAMPLE_H

#include "export_source.h"

enum { SAMPLE_MOST_WORDS = 4096 };

struct sample_column {
    char *label;  /* the header as it stands */
    char *header; /* safe to show */
    char *fold;
    int64_t filled;
    int64_t sirets, names, ids;
    int64_t primary_names, secondary_names; /* places as a part of a linked list */
    int64_t dates[3];               /* by enum date_shape: those that read in it */
    int64_t day_first, month_first; /* dates with slashes that read in one order only */
    int64_t other_dates;            /* 31-12-24, 31.12.2024, 12-Dec-24 */
    GHashTable *words;   /* folded value → count, the first SAMPLE_MOST_WORDS */
    GPtrArray *spelling; /* folded value, then as it was first written */
};

struct sample {
    int64_t records;
    GPtrArray *columns; /* struct sample_column */
};

/* Reads the records at the head of an opened source. `known` is a profile like it, which
 * says how JSON and sheets lie; may be NULL. Free with sample_free. */
struct sample *sample_new(struct export_source *source, const struct profile *known,
                          const struct registry *registry);
void sample_free(struct sample *sample);
SCOPE_DEFINE(sample)

/* How often a folded word stands in a column. */
int64_t sample_count(const struct sample_column *column, const char *fold);

/* Whether the values are a short list of words that repeat, none of them long, a number
 * or an address: what a list of options is, and not what people write. */
bool sample_is_closed(const struct sample_column *column);

#endif
