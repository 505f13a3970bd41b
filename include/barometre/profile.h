/* Profiles: one export dialect each, as data (doc/profiles.md describes the file).
 *
 * A profile says which columns of an export hold which field of a complaint and how their
 * cells read. Headers and words are compared folded (text_fold), so that a question and
 * its slug are one.
 */
#ifndef BAROMETRE_PROFILE_H
#define BAROMETRE_PROFILE_H

#include "barometre/complaint.h"
#include "barometre/scope.h"
#include "barometre/words.h"

enum date_shape { DATE_YMD, DATE_DMY, DATE_MDY };

/* "YYYY-MM-DD" and so on. */
const char *date_shape_name(enum date_shape shape);

/* What is read of a linked list, which is exported as "first choice;second choice". */
enum linked_part { LINKED_WHOLE, LINKED_PRIMARY, LINKED_SECONDARY };

struct phrases; /* of several choices in a cell; src/intake/phrases.h */

#define PROFILE_PILLARS 3 /* the letters d, s, c */

/* How one field is read. */
struct profile_field {
    GPtrArray *columns; /* folded headers, the preferred first */
    GHashTable
        *values; /* folded cell → value (GINT_TO_POINTER); NULL: the field's words */
    struct phrases *contains; /* folded options of a cell that holds several, or NULL */
    enum linked_part linked;
    bool has_otherwise; /* any other cell, the empty one too, means `otherwise` */
    int32_t otherwise;
    bool has_constant; /* no column: every record means `constant` */
    int32_t constant;
    bool blank_zero;          /* a 0 means no answer */
    GPtrArray *never_columns; /* folded headers, or NULL */
    GHashTable *never_values; /* folded cells that mean "never" */
};

/* How the records of a JSON export lie in it; NULL where they are plain objects. */
struct profile_json {
    char **records;  /* where they are in an envelope: "data.dossier" */
    char **labelled; /* members of a record that are arrays of labelled answers */
    char *label;     /* member of an answer that names it */
    char **values;   /* members that may hold its value, the preferred first */
    char *rows;      /* member that holds the rows of a repeated block */
    char **linked;   /* members of an answer that are the two parts of a linked list */
};

/* How the sheets of a workbook belong together; NULL: the records' sheet is alone. */
struct profile_sheets {
    char *key;         /* folded header of the records' sheet … */
    char *foreign_key; /* … that this header of the others refers to */
    char *where;       /* folded header; where a sheet has it, its rows count … */
    GHashTable *where_values; /* … that have one of these folded values there */
};

struct profile {
    char *id;
    char *family; /* the first of those it extends, or itself; a family shares its ids */
    char *title[WORDS_LANGUAGES];
    GPtrArray *recognise; /* folded headers that an export of this profile has */
    bool shapes[3];       /* accepted date shapes, by enum date_shape */
    GHashTable *missing;  /* folded cells that mean "no answer" */
    GPtrArray *report_id, *siret, *firm_id, *marketplace, *change_id; /* folded headers */
    GPtrArray *pillars; /* folded headers, or NULL */
    bool pillars_constant[PROFILE_PILLARS];
    struct phrases *pillar_phrases; /* of the indices of letters; NULL: letters */
    enum linked_part marketplace_linked, pillars_linked;
    struct profile_field *fields[FIELD_COUNT]; /* NULL: not in this export */
    struct profile_json *json;
    struct profile_sheets *sheets;
};

/* Reads and checks DIRECTORY/NAME; fails with ERROR_CONFIG, naming every problem with its
 * file and path. Free with profile_free. */
struct profile *profile_load(const char *directory, const char *name, GError **error);
void profile_free(struct profile *profile);
SCOPE_DEFINE(profile)

/* Calls for every header (folded) that a profile reads, some perhaps twice. */
void profile_each_header(const struct profile *profile,
                         void (*call)(void *data, const char *header), void *data);

/* Profiles of a directory (*.json), by file name. Fails with ERROR_CONFIG, naming every
 * problem with its file and path. Free with profiles_free. */
struct profiles {
    GPtrArray *list; /* struct profile */
};

struct profiles *profiles_load(const char *directory, GError **error);
void profiles_free(struct profiles *profiles);
SCOPE_DEFINE(profiles)

const struct profile *profiles_find(const struct profiles *profiles, const char *id);

/* The profile whose `recognise` headers are all among the folded `headers`; of several,
 * the one that names most. Fails with ERROR_REFUSED where none or more than one fits. */
const struct profile *profiles_recognise(const struct profiles *profiles,
                                         const GPtrArray *headers, const char *name,
                                         GError **error);

#endif
