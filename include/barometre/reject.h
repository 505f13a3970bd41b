/* Rejects: records that were refused. Data, not errors: the rest of the export goes on.
 */
#ifndef BAROMETRE_REJECT_H
#define BAROMETRE_REJECT_H

#include <stdint.h>

/* Why a record was refused. The words are the messages "reject.<code>" (what is wrong)
 * and "remedy.<code>" (what to do) of the locale files. */
enum reject_rule {
    REJECT_STRAY_QUOTE,
    REJECT_AFTER_QUOTE,
    REJECT_UNCLOSED,
    REJECT_MALFORMED, /* JSON, or a sheet, that breaks its grammar */
    REJECT_TOO_LONG,
    REJECT_FIELD_COUNT, /* more or fewer fields than the header */
    REJECT_ENCODING,    /* a field in use is not in the export's encoding, or holds NUL */
    REJECT_NO_ID,       /* no report id */
    REJECT_BAD_ID,      /* an id with other characters than [A-Za-z0-9._:/-]{1,64} */
    REJECT_NO_FIRM,     /* neither SIRET nor firm id */
    REJECT_SIRET,       /* not 14 (SIREN: 9) digits with a right check digit */
    REJECT_NO_MARKETPLACE,
    REJECT_UNKNOWN_MARKETPLACE,
    REJECT_NO_PILLAR,     /* the record says of no pillar that it is about it */
    REJECT_NO_DATE,       /* no date of reception */
    REJECT_DATE,          /* not a calendar date in the profile's shapes */
    REJECT_DATE_RANGE,    /* before 1990, or after the day of the run */
    REJECT_NUMBER,        /* not a whole number within the field's bounds */
    REJECT_VALUE,         /* not among the field's values */
    REJECT_CONTRADICTION, /* dates and direct answer disagree */
    REJECT_OVERLAP,       /* a companion told this id, or this month, before */
    REJECT_NO_VERSION,    /* a file of a dataset that is no version of a document */
    REJECT_RULE_COUNT
};

const char *reject_rule_code(enum reject_rule rule);

#define REJECT_NAME_SIZE 97

/* Where and why. */
struct reject {
    enum reject_rule rule;
    int64_t line;      /* first physical line, from 1 */
    int64_t offset;    /* bytes before the record in the export */
    int64_t length;    /* bytes of the record */
    int32_t column;    /* column from 1, 0 where the fault is of the whole record */
    const char *label; /* header of that column, "" without; owned by the export */
    char name[REJECT_NAME_SIZE]; /* of a marketplace that is not known, clamped; or "" */
};

/* Keeps a name, cut to what fits. */
void reject_keep_name(struct reject *reject, const char *name);

#endif
