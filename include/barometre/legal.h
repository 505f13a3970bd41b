/* Legal bases: which text stands behind an indicator, and since when.
 *
 * A dated table, loaded from legal.json. Indicators name bases by id, so that a repeal
 * changes what is said of a figure and never the program: before a text applies, and once
 * it no longer does, it is a reference good practice and not a duty.
 */
#ifndef BAROMETRE_LEGAL_H
#define BAROMETRE_LEGAL_H

#include "barometre/method.h"
#include "barometre/scope.h"
#include "barometre/words.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* One wording of a basis. An id may have several, in force one after the other. */
struct legal_basis {
    char *id;                        /* "P2B-4.1" */
    char *text[WORDS_LANGUAGES];     /* "Regulation (EU) 2019/1150" */
    char *article;                   /* "4(1)", or NULL */
    char *sentence[WORDS_LANGUAGES]; /* what it asks for */
    int32_t valid_from; /* first day; INT32_MIN where the file does not know it */
    int32_t valid_to;   /* last day; INT32_MAX until further notice */
    char *mark;         /* how it was checked: a key of the file's "marks" */
    bool verified;      /* read at a source that the file trusts */
};

struct legal {
    GPtrArray *bases;                     /* struct legal_basis, as in the file */
    char *good_practice[WORDS_LANGUAGES]; /* said of what is not in force */
    char *unverified[WORDS_LANGUAGES];    /* said of what is not verified */
};

/* What may be said of a basis on a day. */
struct legal_wording {
    const struct legal_basis *basis; /* NULL: no such id */
    bool in_force;
};

/* Loads and checks legal.json. Fails with ERROR_CONFIG, naming every problem found with
 * its path in the file. Free with legal_free. */
struct legal *legal_load(const char *file, GError **error);
struct legal *legal_parse(const char *json, size_t length, const char *name,
                          GError **error);
void legal_free(struct legal *legal);
SCOPE_DEFINE(legal)

/* The wording in force on a day, the first day of a window. Where none is: the one in
 * force last before it, else the first to come. */
struct legal_wording legal_at(const struct legal *legal, const char *id, int32_t day);

/* Whether every basis that the method's indicators name is in the table; fails with
 * ERROR_CONFIG, naming each that is not with its path in `name`, the method's file. */
bool legal_check_method(const struct legal *legal, const struct method *method,
                        const char *name, GError **error);

/* "Regulation (EU) 2019/1150, 4(1) (reference good practice; to be verified)": the text
 * and what holds of it. The caller frees. */
char *legal_name(const struct legal *legal, struct legal_wording wording,
                 enum words_language language);

/* The names of several bases on a day, separated by semicolons; articles of one text that
 * stand alike are told together: "Regulation (EU) 2019/1150, 4(1), 4(2)". Unknown ids are
 * left out. `ids` ends with NULL. The caller frees. */
char *legal_names(const struct legal *legal, char *const *ids, int32_t day,
                  enum words_language language);

#endif
