#include "barometre/text.h"
#include "cell.h"
#include "form_private.h"
#include "phrases.h"

#include <string.h>

/* Whether a cell that does not read is one the profile lists as "no answer". */
static bool is_missing(const struct form_reader *reader, const char *text) {
    g_autofree char *fold = text_fold(text);
    return g_hash_table_contains(reader->form->profile->missing, fold);
}

static int32_t own_word(enum complaint_field f, const char *fold) {
    static const char *const yes[] = {"yes", "y", "oui", "o", "true", "on", "1", NULL};
    static const char *const no[] = {"no", "n", "non", "false", "off", "0", NULL};
    const struct complaint_field_description *description = &complaint_fields[f];
    if (description->type == TYPE_ANSWER)
        return g_strv_contains(yes, fold)  ? COMPLAINT_YES
               : g_strv_contains(no, fold) ? COMPLAINT_NO
                                           : FORM_VALUE_INVALID;
    for (int i = 0; description->values[i] != NULL; i++) {
        g_autofree char *word = text_fold(description->values[i]);
        if (strcmp(word, fold) == 0)
            return i;
    }
    return FORM_VALUE_INVALID;
}

struct choice {
    bool found;
    int32_t value;
};

static void keep_first(void *data, int32_t value) {
    struct choice *choice = data;
    if (!choice->found)
        *choice = (struct choice){true, value};
}

/* What a cell means, worked out once per distinct cell. */
static int32_t word_value(const struct form_reader *reader, enum complaint_field f,
                          const char *text) {
    const struct profile_field *field = reader->form->profile->fields[f];
    g_autofree char *fold = text_fold(text);
    gpointer value;
    if (*text == '\0') /* "-" folds to nothing too, and may have a meaning */
        return field->has_otherwise ? field->otherwise : COMPLAINT_UNKNOWN;
    if (field->values != NULL &&
        g_hash_table_lookup_extended(field->values, fold, NULL, &value))
        return GPOINTER_TO_INT(value);
    struct choice choice = {false, 0};
    if (field->contains != NULL)
        phrases_each(field->contains, fold, keep_first, &choice);
    if (choice.found)
        return choice.value;
    const int32_t own = own_word(f, fold);
    if (own != FORM_VALUE_INVALID)
        return own;
    if (field->has_otherwise)
        return field->otherwise;
    if (g_hash_table_contains(reader->form->profile->missing, fold))
        return COMPLAINT_UNKNOWN;
    return FORM_VALUE_INVALID;
}

static bool read_word(struct form_reader *reader, enum complaint_field f,
                      const struct form_cell *cell, int32_t *value,
                      struct reject *reject) {
    gpointer known;
    if (!g_hash_table_lookup_extended(reader->words[f], cell->text, NULL, &known)) {
        known = GINT_TO_POINTER(word_value(reader, f, cell->text));
        form_cache_put(reader->words[f], cell->text, GPOINTER_TO_INT(known));
    }
    *value = GPOINTER_TO_INT(known);
    return *value != FORM_VALUE_INVALID ||
           form_refuse(reader, reject, REJECT_VALUE, cell->column);
}

/* Remembers in which shape the export writes its dates: the two with slashes are never
 * accepted together. */
static void meet_shape(struct form_reader *reader, const struct form_cell *cell) {
    const enum date_shape slashed =
        reader->form->profile->shapes[DATE_DMY] ? DATE_DMY : DATE_MDY;
    reader->shapes_met |=
        1U << (memchr(cell->text, '/', cell->length) != NULL ? slashed : DATE_YMD);
}

static bool read_date(struct form_reader *reader, enum complaint_field f,
                      const struct form_cell *cell, int32_t *value,
                      struct reject *reject) {
    if (cell->length == 0)
        return true;
    if (complaint_fields[f].type == TYPE_DATE_OR_NEVER &&
        strcmp(cell->text, "never") == 0) {
        *value = COMPLAINT_NEVER;
        return true;
    }
    if (!cell_date(cell->text, cell->length, reader->form->profile->shapes, value))
        return is_missing(reader, cell->text) ||
               form_refuse(reader, reject, REJECT_DATE, cell->column);
    meet_shape(reader, cell);
    if (*value < reader->earliest ||
        (*value > reader->today && !complaint_fields[f].ahead))
        return form_refuse(reader, reject, REJECT_DATE_RANGE, cell->column);
    return true;
}

static bool read_number(const struct form_reader *reader, enum complaint_field f,
                        const struct form_cell *cell, int32_t *value,
                        struct reject *reject) {
    if (cell->length == 0)
        return true;
    if (!cell_number(cell->text, cell->length, value)) {
        *value = COMPLAINT_UNKNOWN;
        return is_missing(reader, cell->text) ||
               form_refuse(reader, reject, REJECT_NUMBER, cell->column);
    }
    if (*value < complaint_fields[f].least || *value > complaint_fields[f].most)
        return form_refuse(reader, reject, REJECT_NUMBER, cell->column);
    if (*value == 0 && reader->form->profile->fields[f]->blank_zero)
        *value = COMPLAINT_UNKNOWN;
    return true;
}

/* A date that another question says was never given. A date beside that "never" is a
 * contradiction. */
static bool read_never(struct form_reader *reader, const struct row *row,
                       enum dialect_encoding encoding, enum complaint_field f,
                       int32_t *value, struct reject *reject) {
    struct form_cell cell;
    if (reader->form->never[f].count == 0)
        return true;
    if (!form_take_cell(reader, row, encoding, &reader->form->never[f], &cell, reject))
        return false;
    if (cell.length == 0)
        return true;
    gpointer never;
    if (!g_hash_table_lookup_extended(reader->never[f], cell.text, NULL, &never)) {
        g_autofree char *fold = text_fold(cell.text);
        const GHashTable *values = reader->form->profile->fields[f]->never_values;
        never = GINT_TO_POINTER(g_hash_table_contains((GHashTable *)values, fold));
        form_cache_put(reader->never[f], cell.text, GPOINTER_TO_INT(never));
    }
    if (never == NULL)
        return true;
    if (*value != COMPLAINT_UNKNOWN)
        return form_refuse(reader, reject, REJECT_CONTRADICTION, cell.column);
    *value = COMPLAINT_NEVER;
    return true;
}

bool form_read_field(struct form_reader *reader, const struct row *row,
                     enum dialect_encoding encoding, enum complaint_field f,
                     int32_t *value, struct reject *reject) {
    const struct profile_field *field = reader->form->profile->fields[f];
    struct form_cell cell;
    if (field->has_constant) {
        *value = field->constant;
        return true;
    }
    if (!form_take_cell(reader, row, encoding, &reader->form->fields[f], &cell, reject))
        return false;
    form_link_cell(reader, field->linked, &cell);
    switch (complaint_fields[f].type) {
    case TYPE_DATE:
        return read_date(reader, f, &cell, value, reject);
    case TYPE_DATE_OR_NEVER:
        return read_date(reader, f, &cell, value, reject) &&
               read_never(reader, row, encoding, f, value, reject);
    case TYPE_NUMBER:
        return read_number(reader, f, &cell, value, reject);
    case TYPE_ANSWER:
    case TYPE_ENUM:
        return read_word(reader, f, &cell, value, reject);
    }
    g_assert_not_reached();
}
