/* A draft: a profile for an export that none knows, guessed from its header and a sample
 * of its values, with a note for every guess a person has to look at.
 *
 * Columns are known by their label (near one that a known profile reads) and by what
 * stands in them (check digits, days, names of places). Neither the profile nor a note
 * holds what people wrote: words only of short lists that repeat.
 */
#ifndef BAROMETRE_DRAFT_H
#define BAROMETRE_DRAFT_H

#include "barometre/export.h"

#include <jansson.h>

enum draft_doubt {
    DRAFT_CLOSE,      /* it resembles the profile `field` (column: headers in common) */
    DRAFT_KNOWN,      /* the profile `field` reads the export already */
    DRAFT_NEAR_LABEL, /* `field` is taken from `column`, whose label is only near */
    DRAFT_BY_VALUES,  /* `field` is taken from `column` for what stands there */
    DRAFT_EMPTY,      /* `field` is taken from `column`, empty in the sample */
    DRAFT_UNFIT,      /* `column` has the label of `field`, but its values do not read */
    DRAFT_NAMES,      /* of `column`'s names, `count` are not in the registry */
    DRAFT_WORDS,      /* `words` of `column` have no meaning in `field` yet */
    DRAFT_MISSING,    /* `words` are taken for no answer */
    DRAFT_DAY_OR_MONTH, /* nothing tells the day from the month */
    DRAFT_BOTH_ORDERS,  /* some dates are day first, some month first */
    DRAFT_OTHER_DATES,  /* `column` holds dates in a shape that cannot be read */
    DRAFT_CONSTANTS,    /* constants are taken over from the profile `field` */
    DRAFT_ABSENT,       /* nothing was found for `field`, which is needed */
    DRAFT_DOUBTS
};

/* The message is "draft.<code>". */
const char *draft_doubt_code(enum draft_doubt doubt);

struct draft_note {
    enum draft_doubt doubt;
    char *field, *column, *words; /* safe to show, or "" */
    int64_t count;
};

struct draft {
    json_t *profile;  /* as a file of profiles/ holds it */
    GPtrArray *notes; /* struct draft_note, in the order of the fields */
    int64_t records;  /* looked at */
    int columns, used;
    const char *format, *encoding;
    char delimiter;
};

struct draft_settings {
    const char *id;      /* of the profile: text_is_id */
    const char *fill_in; /* stands for a column that was not found */
    const struct profiles *profiles;
    const struct registry *registry;
    const char *directory; /* of the profiles' files */
    const char *folder;    /* where nameless files live (parcel.h) */
};

/* Drafts a profile from the first records of an export, which is at its beginning. Fails
 * as export_read does where there are no columns or records, and with ERROR_REFUSED where
 * less than two of the four columns that a complaint needs are found. Free with
 * draft_free. */
struct draft *draft_new(struct export *export, const struct draft_settings *settings,
                        GError **error);
void draft_free(struct draft *draft);
SCOPE_DEFINE(draft)

#endif
