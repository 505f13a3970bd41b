#include "barometre/month.h"
#include "cell.h"
#include "companion_private.h"

#include <string.h>

struct companion_reader *companion_reader_new(const struct companion_kind *kind,
                                              const struct companion_header *header,
                                              const struct registry *registry,
                                              int32_t today) {
    struct companion_reader *reader = g_new0(struct companion_reader, 1);
    reader->kind = kind;
    reader->header = header;
    reader->registry = registry;
    reader->today = today;
    reader->taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const bool real = day_from_date(1990, 1, 1, &reader->earliest);
    g_assert(real);
    return reader;
}

static void clear_texts(struct companion_reader *reader) {
    for (int c = 0; c < COMPANION_MOST_COLUMNS; c++)
        g_clear_pointer(&reader->texts[c], g_free);
}

void companion_reader_free(struct companion_reader *reader) {
    if (reader == NULL)
        return;
    clear_texts(reader);
    g_hash_table_unref(reader->taken);
    g_free(reader);
}

/* What an empty cell lacks, and what a cell that does not read breaks. */
static const struct {
    enum reject_rule empty, wrong;
} type_rules[] = {
    [COMPANION_PLACE] = {REJECT_NO_MARKETPLACE, REJECT_UNKNOWN_MARKETPLACE},
    [COMPANION_MONTH] = {REJECT_DATE, REJECT_DATE},
    [COMPANION_DAY] = {REJECT_DATE, REJECT_DATE},
    [COMPANION_COUNT] = {REJECT_NUMBER, REJECT_NUMBER},
    [COMPANION_DECIMAL] = {REJECT_NUMBER, REJECT_NUMBER},
    [COMPANION_KIND] = {REJECT_VALUE, REJECT_VALUE},
    [COMPANION_ID] = {REJECT_NO_ID, REJECT_BAD_ID},
    [COMPANION_TEXT] = {REJECT_VALUE, REJECT_VALUE},
};

static bool refuse(const struct companion_reader *reader, struct reject *reject,
                   enum reject_rule rule, int column) {
    const int index = column < 0 ? -1 : reader->header->columns[column];
    reject->rule = rule;
    reject->column = index + 1;
    reject->label =
        index < 0 ? "" : g_ptr_array_index(reader->header->labels, (guint)index);
    return false;
}

static bool read_month(const char *text, int64_t *number) {
    int32_t month;
    if (!month_parse(text, &month))
        return false;
    *number = month;
    return true;
}

static bool read_day(const char *text, int64_t *number) {
    static const bool shapes[3] = {[DATE_YMD] = true};
    int32_t day;
    if (!cell_date(text, strlen(text), shapes, &day))
        return false;
    *number = day;
    return true;
}

/* Whole: a fraction of a seller is a slip of the comma, not to be rounded away. */
static bool read_count(const char *text, int64_t *number) {
    int32_t count;
    if (strpbrk(text, ".,") != NULL || !cell_number(text, strlen(text), &count))
        return false;
    *number = count;
    return true;
}

static bool read_decimal(const char *text, double *decimal) {
    static const double most = 1e6;
    const size_t digits = strspn(text, "0123456789");
    const bool separated = text[digits] == '.' || text[digits] == ',';
    const char *fraction = text + digits + separated;
    const size_t decimals = separated ? strspn(fraction, "0123456789") : 0;
    if (digits == 0 || fraction[decimals] != '\0' || separated != (decimals > 0))
        return false;
    g_autofree char *plain = g_strdelimit(g_strdup(text), ",", '.');
    *decimal = g_ascii_strtod(plain, NULL);
    return *decimal <= most;
}

/* One line that turns nothing round when it is shown. */
static bool is_showable(const char *text) {
    static const gunichar bidi[][2] = {
        {0x061C, 0x061C}, {0x200E, 0x200F}, {0x202A, 0x202E}, {0x2066, 0x2069}};
    if (g_utf8_strlen(text, -1) > COMPANION_MOST_TEXT)
        return false;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        const gunichar character = g_utf8_get_char(p);
        bool turns = g_unichar_iscntrl(character);
        for (size_t i = 0; i < G_N_ELEMENTS(bidi); i++)
            turns |= character >= bidi[i][0] && character <= bidi[i][1];
        if (turns)
            return false;
    }
    return true;
}

static bool read_value(const struct companion_reader *reader, enum companion_type type,
                       const char *text, struct companion_value *value) {
    switch (type) {
    case COMPANION_PLACE:
        value->number = registry_find(reader->registry, text);
        return value->number >= 0;
    case COMPANION_MONTH:
        return read_month(text, &value->number);
    case COMPANION_DAY:
        return read_day(text, &value->number);
    case COMPANION_COUNT:
        return read_count(text, &value->number);
    case COMPANION_DECIMAL:
        return read_decimal(text, &value->decimal);
    case COMPANION_KIND:
        value->number = complaint_value_find(FIELD_CHANGE_KIND, text);
        return value->number >= 0;
    case COMPANION_ID:
        value->text = text;
        return complaint_is_id(text);
    case COMPANION_TEXT:
        value->text = text;
        return is_showable(text);
    }
    g_assert_not_reached();
}

static bool is_in_range(const struct companion_reader *reader,
                        const struct companion_column *column, int64_t number) {
    const bool month = column->type == COMPANION_MONTH;
    if (!month && column->type != COMPANION_DAY)
        return true;
    const int64_t first = month ? month_of_day(reader->earliest) : reader->earliest;
    const int64_t last = month ? month_of_day(reader->today) : reader->today;
    return number >= first && (number <= last || column->ahead);
}

static bool read_cell(struct companion_reader *reader, const struct row *row, int c,
                      struct companion_value *value, struct reject *reject) {
    const struct companion_column *column = &reader->kind->columns[c];
    if (reader->header->columns[c] < 0)
        return true;
    const struct field field = row_field(row, (size_t)reader->header->columns[c]);
    reader->texts[c] = companion_text(field, reader->header->dialect.encoding);
    if (reader->texts[c] == NULL)
        return refuse(reader, reject, REJECT_ENCODING, c);
    if (*reader->texts[c] == '\0')
        return column->optional ||
               refuse(reader, reject, type_rules[column->type].empty, c);
    if (!read_value(reader, column->type, reader->texts[c], value))
        return refuse(reader, reject, type_rules[column->type].wrong, c);
    if (!is_in_range(reader, column, value->number))
        return refuse(reader, reject, REJECT_DATE_RANGE, c);
    value->known = true;
    return true;
}

/* Whether a value, where both are known, exceeds another that bounds it. */
static bool exceeds(const struct companion *companion, int value, int bound) {
    return companion->values[value].known && companion->values[bound].known &&
           companion->values[value].number > companion->values[bound].number;
}

/* A range holds its figure and is whole; a period does not end before it begins; what is
 * reversed was a complaint. */
static bool check_whole(const struct companion_reader *reader,
                        const struct companion *companion, struct reject *reject) {
    const struct companion_value *values = companion->values;
    int wrong = -1;
    if (reader->kind == &companion_kinds[COMPANION_EXPOSURE]) {
        if (values[EXPOSURE_LOW].known != values[EXPOSURE_HIGH].known ||
            exceeds(companion, EXPOSURE_LOW, EXPOSURE_SELLERS) ||
            exceeds(companion, EXPOSURE_SELLERS, EXPOSURE_HIGH))
            wrong = EXPOSURE_SELLERS;
    } else if (reader->kind == &companion_kinds[COMPANION_DECLARED]) {
        if (exceeds(companion, DECLARED_FROM, DECLARED_TO))
            wrong = DECLARED_TO;
        else if (exceeds(companion, DECLARED_REVERSED, DECLARED_COMPLAINTS))
            wrong = DECLARED_REVERSED;
    }
    return wrong < 0 || refuse(reader, reject, REJECT_CONTRADICTION, wrong);
}

static char *month_key(const struct companion *companion, int64_t month) {
    return g_strdup_printf("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                           companion->values[0].number, month);
}

/* The id, or the place with each month of the period, must be new to this export. */
static bool take(struct companion_reader *reader, const struct companion *companion,
                 struct reject *reject) {
    const struct companion_kind *kind = reader->kind;
    if (kind->from < 0)
        return g_hash_table_add(reader->taken, g_strdup(reader->texts[0])) ||
               refuse(reader, reject, REJECT_OVERLAP, 0);
    const int64_t from = companion->values[kind->from].number;
    const int64_t to = companion->values[kind->to].number;
    for (int64_t month = from; month <= to; month++) {
        g_autofree char *key = month_key(companion, month);
        if (g_hash_table_contains(reader->taken, key))
            return refuse(reader, reject, REJECT_OVERLAP, kind->from);
    }
    for (int64_t month = from; month <= to; month++)
        g_hash_table_add(reader->taken, month_key(companion, month));
    return true;
}

bool companion_reader_read(struct companion_reader *reader, const struct row *row,
                           struct companion *companion, struct reject *reject) {
    *companion = (struct companion){.kind = reader->kind};
    clear_texts(reader);
    if (row->count != reader->header->labels->len)
        return refuse(reader, reject, REJECT_FIELD_COUNT, -1);
    for (int c = 0; c < reader->kind->column_count; c++)
        if (!read_cell(reader, row, c, &companion->values[c], reject))
            return false;
    return check_whole(reader, companion, reject) && take(reader, companion, reject);
}
