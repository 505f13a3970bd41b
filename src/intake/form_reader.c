#include "form_private.h"

#include "barometre/month.h"
#include "barometre/text.h"
#include "phrases.h"

#include <string.h>

static GHashTable *cache_new(void) {
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

struct form_reader *form_reader_new(const struct form *form,
                                    const struct registry *registry,
                                    const struct rule *const *rules, int rule_count,
                                    const unsigned char key[static FIRM_KEY_BYTES],
                                    int32_t today) {
    struct form_reader *reader = g_new0(struct form_reader, 1);
    reader->form = form;
    reader->registry = registry;
    reader->rules = rules;
    reader->rule_count = rule_count;
    reader->today = today;
    const bool valid = day_from_date(1990, 1, 1, &reader->earliest);
    g_assert(valid);
    reader->hash = firm_hash_new(key);
    reader->from_1252 = g_iconv_open("UTF-8", "WINDOWS-1252");
    g_assert(reader->from_1252 != (GIConv)-1);
    reader->converted = g_string_new(NULL);
    for (int f = 0; f < FIELD_COUNT; f++) {
        reader->words[f] = cache_new();
        reader->never[f] = cache_new();
    }
    reader->places = cache_new();
    reader->pillars = cache_new();
    return reader;
}

void form_reader_report_shapes(struct form_reader *reader, guint *shapes) {
    reader->shapes = shapes;
}

void form_reader_free(struct form_reader *reader) {
    if (reader == NULL)
        return;
    if (reader->shapes != NULL)
        g_atomic_int_or(reader->shapes, reader->shapes_met);
    firm_hash_free(reader->hash);
    g_iconv_close(reader->from_1252);
    g_string_free(reader->converted, TRUE);
    for (int f = 0; f < FIELD_COUNT; f++) {
        g_hash_table_unref(reader->words[f]);
        g_hash_table_unref(reader->never[f]);
    }
    g_hash_table_unref(reader->places);
    g_hash_table_unref(reader->pillars);
    g_free(reader);
}

/* A text field of the complaint's identity: absent is refused by one rule, other
 * characters than those of an identifier by another. */
static bool read_id(struct form_reader *reader, const struct row *row,
                    enum dialect_encoding encoding, const struct form_columns *columns,
                    char id[static COMPLAINT_ID_SIZE], struct reject *reject) {
    struct form_cell cell;
    if (!form_take_cell(reader, row, encoding, columns, &cell, reject))
        return false;
    if (cell.length == 0)
        return true;
    if (!complaint_is_id(cell.text))
        return form_refuse(reader, reject, REJECT_BAD_ID, cell.column);
    g_strlcpy(id, cell.text, COMPLAINT_ID_SIZE);
    return true;
}

static bool read_firm(struct form_reader *reader, const struct row *row,
                      enum dialect_encoding encoding, int64_t *firm,
                      struct reject *reject) {
    const struct form *form = reader->form;
    struct form_cell cell;
    char siren[10];
    if (!form_take_cell(reader, row, encoding, &form->siret, &cell, reject))
        return false;
    if (cell.length > 0) {
        if (!firm_siren_parse(cell.text, siren))
            return form_refuse(reader, reject, REJECT_SIRET, cell.column);
        *firm = firm_of_siren(reader->hash, siren);
        return true;
    }
    const int siret_column = cell.column;
    if (!form_take_cell(reader, row, encoding, &form->firm_id, &cell, reject))
        return false;
    if (cell.length == 0)
        return form_refuse(reader, reject, REJECT_NO_FIRM,
                           siret_column >= 0 ? siret_column : cell.column);
    *firm = firm_of_id(reader->hash, cell.text);
    return true;
}

static bool read_marketplace(struct form_reader *reader, const struct row *row,
                             enum dialect_encoding encoding, int32_t *marketplace,
                             struct reject *reject) {
    struct form_cell cell;
    if (!form_take_cell(reader, row, encoding, &reader->form->marketplace, &cell, reject))
        return false;
    form_link_cell(reader, reader->form->profile->marketplace_linked, &cell);
    if (cell.length == 0)
        return form_refuse(reader, reject, REJECT_NO_MARKETPLACE, cell.column);
    gpointer known;
    if (!g_hash_table_lookup_extended(reader->places, cell.text, NULL, &known)) {
        known = GINT_TO_POINTER(registry_find(reader->registry, cell.text));
        form_cache_put(reader->places, cell.text, GPOINTER_TO_INT(known));
    }
    *marketplace = GPOINTER_TO_INT(known);
    if (*marketplace >= 0)
        return true;
    reject_keep_name(reject, cell.text);
    return form_refuse(reader, reject, REJECT_UNKNOWN_MARKETPLACE, cell.column);
}

static void add_bit(void *bits, int32_t pillar) {
    *(int32_t *)bits |= 1 << pillar;
}

/* The letters of the pillars a cell names, as bits. */
static int32_t pillar_bits(const struct profile *profile, const char *text) {
    g_autofree char *fold = text_fold(text);
    int32_t bits = 0;
    if (profile->pillar_phrases != NULL) {
        phrases_each(profile->pillar_phrases, fold, add_bit, &bits);
        return bits;
    }
    static const char letters[] = "dsc";
    for (const char *c = fold; *c != '\0'; c++) {
        const char *letter = strchr(letters, *c);
        if (*c != ' ' && letter == NULL)
            return FORM_VALUE_INVALID;
        if (letter != NULL)
            bits |= 1 << (letter - letters);
    }
    return bits;
}

static bool read_pillars(struct form_reader *reader, const struct row *row,
                         enum dialect_encoding encoding, int32_t *values,
                         struct reject *reject) {
    const struct form *form = reader->form;
    const enum complaint_field flags[PROFILE_PILLARS] = {FIELD_PILLAR_D, FIELD_PILLAR_S,
                                                         FIELD_PILLAR_C};
    struct form_cell cell;
    if (!form_take_cell(reader, row, encoding, &form->pillars, &cell, reject))
        return false;
    form_link_cell(reader, form->profile->pillars_linked, &cell);
    gpointer bits = NULL;
    if (cell.length > 0 &&
        !g_hash_table_lookup_extended(reader->pillars, cell.text, NULL, &bits)) {
        bits = GINT_TO_POINTER(pillar_bits(form->profile, cell.text));
        form_cache_put(reader->pillars, cell.text, GPOINTER_TO_INT(bits));
    }
    if (GPOINTER_TO_INT(bits) == FORM_VALUE_INVALID)
        return form_refuse(reader, reject, REJECT_VALUE, cell.column);
    bool any = false;
    for (int p = 0; p < PROFILE_PILLARS; p++) {
        if (form->profile->pillars_constant[p] || (GPOINTER_TO_INT(bits) >> p & 1) != 0)
            values[flags[p]] = COMPLAINT_YES;
        any |= values[flags[p]] == COMPLAINT_YES;
    }
    return any || form_refuse(reader, reject, REJECT_NO_PILLAR, cell.column);
}

/* Refuses a field that was read, naming the one of its columns that it was read from. */
static bool refuse_field(struct form_reader *reader, const struct row *row,
                         enum dialect_encoding encoding, enum complaint_field f,
                         enum reject_rule rule, struct reject *reject) {
    struct form_cell cell;
    return form_take_cell(reader, row, encoding, &reader->form->fields[f], &cell,
                          reject) &&
           form_refuse(reader, reject, rule, cell.column);
}

/* What only the whole complaint can tell. */
static bool check_whole(struct form_reader *reader, const struct row *row,
                        enum dialect_encoding encoding, struct complaint *complaint,
                        struct reject *reject) {
    int32_t *values = complaint->value;
    if (values[FIELD_RECEIVED_ON] == COMPLAINT_UNKNOWN)
        return refuse_field(reader, row, encoding, FIELD_RECEIVED_ON, REJECT_NO_DATE,
                            reject);
    if (values[FIELD_LAST_STATUS_ON] == COMPLAINT_UNKNOWN)
        values[FIELD_LAST_STATUS_ON] = values[FIELD_RECEIVED_ON];
    if (values[FIELD_LAST_STATUS_ON] < values[FIELD_RECEIVED_ON])
        return refuse_field(reader, row, encoding, FIELD_LAST_STATUS_ON,
                            REJECT_DATE_RANGE, reject);
    for (int r = 0; r < reader->rule_count; r++)
        if (rule_contradicts(reader->rules[r], complaint))
            return form_refuse(reader, reject, REJECT_CONTRADICTION, -1);
    return true;
}

bool form_read(struct form_reader *reader, const struct row *row,
               enum dialect_encoding encoding, struct complaint *complaint,
               struct reject *reject) {
    const struct form *form = reader->form;
    complaint_clear(complaint);
    if (row->count != form->column_count)
        return form_refuse(reader, reject, REJECT_FIELD_COUNT, -1);
    if (!read_id(reader, row, encoding, &form->report_id, complaint->report_id, reject))
        return false;
    if (complaint->report_id[0] == '\0')
        return form_refuse(reader, reject, REJECT_NO_ID, form->report_id.index[0]);
    if (!read_firm(reader, row, encoding, &complaint->firm, reject) ||
        !read_marketplace(reader, row, encoding, &complaint->marketplace, reject) ||
        !read_id(reader, row, encoding, &form->change_id, complaint->change_id, reject))
        return false;
    for (int i = 0; i < form->present_count; i++) {
        const enum complaint_field f = form->present[i];
        if (!form_read_field(reader, row, encoding, f, &complaint->value[f], reject))
            return false;
    }
    return read_pillars(reader, row, encoding, complaint->value, reject) &&
           check_whole(reader, row, encoding, complaint, reject);
}
