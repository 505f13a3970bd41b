/* What form.c binds and form_reader.c reads with. */
#ifndef BAROMETRE_FORM_PRIVATE_H
#define BAROMETRE_FORM_PRIVATE_H

#include "form.h"

#define FORM_VALUE_INVALID (INT32_MIN + 1)

#define FORM_MOST_COLUMNS 8 /* of one field */

struct form_columns {
    int count;
    int index[FORM_MOST_COLUMNS];
};

struct form {
    const struct profile *profile;
    size_t column_count;
    bool *wanted;
    GPtrArray *labels; /* headers, safe to show */
    struct form_columns report_id, siret, firm_id, marketplace, change_id, pillars;
    struct form_columns fields[FIELD_COUNT], never[FIELD_COUNT];
    enum complaint_field present[FIELD_COUNT]; /* fields this export can answer */
    int present_count;
};

struct form_reader {
    const struct form *form;
    const struct registry *registry;
    const struct rule *const *rules;
    int rule_count;
    int32_t earliest, today;
    struct firm_hash *hash;
    GIConv from_1252;
    GString *converted;
    guint shapes_met; /* bits by enum date_shape */
    guint *shapes;    /* where they are added in the end (atomic), or NULL */
    GHashTable *words[FIELD_COUNT]; /* cell → value */
    GHashTable *never[FIELD_COUNT]; /* cell → 1 where it means "never" */
    GHashTable *places;             /* cell → registry index + 1 */
    GHashTable *pillars;            /* cell → bits of the letters, or VALUE_INVALID */
};

struct form_cell {
    const char *text; /* NUL-ended UTF-8, no space at either end */
    size_t length;
    int column;
};

/* Remembers what a cell means. Folding a cell costs a thousand times what a look-up does,
 * and exports repeat their words. */
void form_cache_put(GHashTable *cache, const char *text, int32_t value);

/* Fills `reject` (column from 0, −1 for the whole record) and returns false. */
bool form_refuse(const struct form_reader *reader, struct reject *reject,
                 enum reject_rule rule, int column);

/* The first cell of the columns that is not empty. False where its bytes are not text in
 * the export's encoding. The text lasts until the next cell is taken. */
bool form_take_cell(struct form_reader *reader, const struct row *row,
                    enum dialect_encoding encoding, const struct form_columns *columns,
                    struct form_cell *cell, struct reject *reject);

/* Cuts a cell down to a part of a linked list ("first;second"). A cell without the
 * semicolon has a first part alone. Call before the next cell is taken. */
void form_link_cell(struct form_reader *reader, enum linked_part linked,
                    struct form_cell *cell);

/* Reads one of the complaint_fields. `value` comes in unknown. */
bool form_read_field(struct form_reader *reader, const struct row *row,
                     enum dialect_encoding encoding, enum complaint_field f,
                     int32_t *value, struct reject *reject);

#endif
