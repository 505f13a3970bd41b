#include "sheet_row.h"

#include "limit.h"
#include "sheet_cell.h"
#include "sheet_plain.h"
#include "workbook_private.h"

#include <string.h>

struct sheet_row {
    const struct workbook *workbook;
    const bool *wanted;
    size_t columns;
    XML_Parser parser;
    struct row row;
    size_t column; /* of the cell at hand, then of the next */
    size_t filled; /* columns up to the last that holds anything */
    char type;     /* of the cell: one of the letters below */
    uint64_t style;
    size_t repeated;
    GString *value, *text;
    bool in_cell, in_value;
    int aside; /* open elements that are no part of the cell: notes, pronunciation */
    bool fault, too_long;
    int rows; /* since strings were given back */
};

/* What a cell holds. */
enum {
    TYPE_NUMBER = 'n',
    TYPE_SHARED = 's',
    TYPE_BOOLEAN = 'b',
    TYPE_DATE = 'd', /* a day count or, in ODS, ISO 8601 */
    TYPE_TEXT = 't'
};

struct sheet_row *sheet_row_new(const struct workbook *workbook, const bool *wanted,
                                size_t columns) {
    struct sheet_row *reader = g_new0(struct sheet_row, 1);
    reader->workbook = workbook;
    reader->wanted = wanted;
    reader->columns = columns;
    reader->parser = XML_ParserCreate("UTF-8");
    reader->value = g_string_new(NULL);
    reader->text = g_string_new(NULL);
    row_init(&reader->row);
    return reader;
}

void sheet_row_free(struct sheet_row *reader) {
    if (reader == NULL)
        return;
    XML_ParserFree(reader->parser);
    g_string_free(reader->value, TRUE);
    g_string_free(reader->text, TRUE);
    row_clear(&reader->row);
    g_free(reader);
}

/* "AB12" → 27; the column at hand where there is no reference. */
static bool read_reference(const char *reference, size_t *column) {
    size_t number = 0;
    if (reference == NULL)
        return true;
    for (; g_ascii_isalpha(*reference) && number <= LIMIT_COLUMNS; reference++)
        number = number * 26 + (size_t)(g_ascii_toupper(*reference) - 'A') + 1;
    *column = number - 1;
    return number > 0 && number <= LIMIT_COLUMNS;
}

static void start_cell(struct sheet_row *reader) {
    reader->in_cell = true;
    reader->in_value = false;
    reader->aside = 0;
    g_string_truncate(reader->value, 0);
}

/* What the attributes of a cell say; each ends with a byte that is no part of it. */
static void describe_xlsx_cell(struct sheet_row *reader, const char *reference,
                               const char *style, const char *type, size_t type_length) {
    reader->fault |= !read_reference(reference, &reader->column);
    reader->style = style != NULL ? g_ascii_strtoull(style, NULL, 10) : 0;
    reader->repeated = 1;
    const char letter = type_length == 1 ? *type : '\0';
    reader->type = type == NULL || letter == 'n' ? TYPE_NUMBER
                   : letter == 's'               ? TYPE_SHARED
                   : letter == 'b'               ? TYPE_BOOLEAN
                                                 : TYPE_TEXT;
    if (reader->type == TYPE_NUMBER &&
        workbook_shows_date(reader->workbook, reader->style))
        reader->type = TYPE_DATE;
}

static void start_xlsx_cell(struct sheet_row *reader, const char **attributes) {
    const char *type = workbook_attribute(attributes, "t");
    start_cell(reader);
    describe_xlsx_cell(reader, workbook_attribute(attributes, "r"),
                       workbook_attribute(attributes, "s"), type,
                       type != NULL ? strlen(type) : 0);
}

/* The value that an attribute holds; text is in paragraphs. */
static void start_ods_cell(struct sheet_row *reader, const char **attributes) {
    static const struct {
        const char *type, *attribute;
        char kind;
    } types[] = {
        {"float", "value", TYPE_NUMBER},         {"percentage", "value", TYPE_NUMBER},
        {"currency", "value", TYPE_NUMBER},      {"date", "date-value", TYPE_TEXT},
        {"boolean", "boolean-value", TYPE_TEXT}, {"time", "time-value", TYPE_TEXT},
        {"string", "string-value", TYPE_TEXT},
    };
    const char *type = workbook_attribute(attributes, "value-type");
    const char *repeated = workbook_attribute(attributes, "number-columns-repeated");
    const guint64 count = repeated != NULL ? g_ascii_strtoull(repeated, NULL, 10) : 1;
    start_cell(reader);
    reader->repeated = (size_t)CLAMP(count, 1, (guint64)INT32_MAX);
    reader->type = TYPE_TEXT;
    for (size_t i = 0; type != NULL && i < G_N_ELEMENTS(types); i++) {
        if (strcmp(type, types[i].type) != 0)
            continue;
        const char *value = workbook_attribute(attributes, types[i].attribute);
        reader->type = types[i].kind;
        if (value != NULL)
            g_string_assign(reader->value, value);
        /* What the attribute says, the paragraphs only show. */
        reader->aside = value != NULL;
    }
}

static bool is_ods(const struct sheet_row *reader) {
    return reader->workbook->kind == WORKBOOK_ODS;
}

static void start_inside(struct sheet_row *reader, const char *local) {
    if (reader->aside > 0 || strcmp(local, "rPh") == 0 ||
        strcmp(local, "annotation") == 0) {
        reader->aside++;
    } else if (is_ods(reader)) {
        if (strcmp(local, "p") == 0 && reader->value->len > 0)
            g_string_append_c(reader->value, '\n');
        else if (strcmp(local, "s") == 0 || strcmp(local, "tab") == 0)
            g_string_append_c(reader->value, ' ');
        else if (strcmp(local, "line-break") == 0)
            g_string_append_c(reader->value, '\n');
        reader->in_value |= strcmp(local, "p") == 0;
    } else {
        reader->in_value = strcmp(local, "v") == 0 || strcmp(local, "t") == 0;
    }
}

static void start_element(void *data, const char *name, const char **attributes) {
    struct sheet_row *reader = data;
    const char *local = workbook_local(name);
    if (reader->in_cell)
        start_inside(reader, local);
    else if (!is_ods(reader) && strcmp(local, "c") == 0)
        start_xlsx_cell(reader, attributes);
    else if (is_ods(reader) && (strcmp(local, "table-cell") == 0 ||
                                strcmp(local, "covered-table-cell") == 0))
        start_ods_cell(reader, attributes);
}

/* The cell's value as text. */
static void say_value(struct sheet_row *reader) {
    const char *value = reader->value->str;
    g_string_truncate(reader->text, 0);
    switch (reader->type) {
    case TYPE_NUMBER:
        sheet_cell_number(reader->text, value);
        return;
    case TYPE_DATE:
        sheet_cell_date(reader->text, value, reader->workbook->from_1904);
        return;
    case TYPE_BOOLEAN:
        g_string_assign(reader->text, strcmp(value, "1") == 0 ? "true" : "false");
        return;
    case TYPE_SHARED: {
        size_t length = 0;
        const char *string =
            workbook_string(reader->workbook, g_ascii_strtoull(value, NULL, 10), &length);
        reader->fault |= string == NULL;
        g_string_append_len(reader->text, string, (gssize)length);
        return;
    }
    default:
        g_string_append_len(reader->text, value, (gssize)reader->value->len);
    }
}

static bool is_kept(const struct sheet_row *reader, size_t column) {
    return reader->wanted == NULL || (column < reader->columns && reader->wanted[column]);
}

/* Ends the cell at hand, with its text. */
static void put_cell(struct sheet_row *reader, const char *text, size_t length) {
    const size_t end = reader->column + reader->repeated;
    const bool holds = length > 0;
    reader->fault |= holds && end > LIMIT_COLUMNS;
    reader->too_long |= holds && length > LIMIT_FIELD_BYTES;
    for (; holds && !reader->too_long && reader->column < MIN(end, (size_t)LIMIT_COLUMNS);
         reader->column++) {
        if (is_kept(reader, reader->column))
            row_put(&reader->row, reader->column, text, length);
        /* A few bytes of XML may stand for much text: repeated cells, shared strings. */
        reader->too_long |= reader->row.text->len > LIMIT_RECORD_BYTES;
    }
    reader->column = end;
    if (holds)
        reader->filled = MAX(reader->filled, end);
}

static void end_cell(struct sheet_row *reader) {
    reader->in_cell = false;
    g_string_truncate(reader->text, 0);
    if (reader->value->len > 0)
        say_value(reader);
    put_cell(reader, reader->text->str, reader->text->len);
}

static void end_element(void *data, const char *name) {
    struct sheet_row *reader = data;
    const char *local = workbook_local(name);
    if (!reader->in_cell)
        return;
    const char *cell = is_ods(reader) ? "table-cell" : "c";
    if (strcmp(local, cell) == 0 ||
        (is_ods(reader) && strcmp(local, "covered-table-cell") == 0))
        end_cell(reader);
    else if (reader->aside > 0)
        reader->aside--;
    else if (!is_ods(reader) || strcmp(local, "p") == 0)
        reader->in_value = false;
}

static void add_text(void *data, const char *text, int length) {
    struct sheet_row *reader = data;
    if (reader->in_cell && reader->in_value && reader->aside == 0)
        g_string_append_len(reader->value, text, length);
}

static void take_plain_cell(struct sheet_row *reader,
                            const struct sheet_plain_cell *cell) {
    const struct sheet_plain_text value = cell->value;
    describe_xlsx_cell(reader, cell->reference.text, cell->style.text, cell->type.text,
                       cell->type.length);
    if (value.length == 0 || reader->type == TYPE_TEXT) {
        put_cell(reader, value.text, value.length);
    } else if (reader->type == TYPE_SHARED) {
        size_t length = 0;
        const char *text = workbook_string(
            reader->workbook, g_ascii_strtoull(value.text, NULL, 10), &length);
        reader->fault |= text == NULL;
        put_cell(reader, text, length);
    } else if (!is_kept(reader, reader->column)) {
        put_cell(reader, "0", 1); /* something, whatever it is */
    } else {
        g_string_truncate(reader->value, 0);
        g_string_append_len(reader->value, value.text, (gssize)value.length);
        end_cell(reader);
    }
}

static void start_row(struct sheet_row *reader) {
    row_reset(&reader->row);
    reader->column = reader->filled = 0;
    reader->in_cell = reader->fault = reader->too_long = false;
}

/* Takes a row in the plain spelling; false where it is not sure. */
static bool take_plain(struct sheet_row *reader, const char *bytes, size_t length) {
    struct sheet_plain plain;
    struct sheet_plain_cell cell;
    enum sheet_plain_step step;
    start_row(reader);
    if (is_ods(reader) || !sheet_plain_enter(&plain, bytes, length))
        return false;
    while ((step = sheet_plain_next(&plain, &cell)) == SHEET_PLAIN_CELL) {
        if (!sheet_plain_is_text(cell.value))
            return false;
        take_plain_cell(reader, &cell);
    }
    return step == SHEET_PLAIN_END;
}

static bool take_parsed(struct sheet_row *reader, const char *bytes, size_t length) {
    XML_ParserReset(reader->parser, "UTF-8");
    XML_SetUserData(reader->parser, reader);
    XML_SetElementHandler(reader->parser, start_element, end_element);
    XML_SetCharacterDataHandler(reader->parser, add_text);
    start_row(reader);
    return XML_Parse(reader->parser, bytes, (int)length, XML_TRUE) == XML_STATUS_OK;
}

struct row *sheet_row_take(struct sheet_row *reader, const char *bytes, size_t length,
                           bool *too_long) {
    enum { ROWS_KEPT = 2048 };
    if (++reader->rows == ROWS_KEPT) {
        reader->rows = 0;
        workbook_forget_strings(reader->workbook);
    }
    const bool taken =
        take_plain(reader, bytes, length) || take_parsed(reader, bytes, length);
    *too_long = reader->too_long;
    row_end(&reader->row, reader->filled);
    return taken && !reader->fault && !reader->too_long ? &reader->row : NULL;
}
