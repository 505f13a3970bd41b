#include "form_private.h"

#include <string.h>

#define CACHE_MOST_WORDS 4096

void form_cache_put(GHashTable *cache, const char *text, int32_t value) {
    if (g_hash_table_size(cache) >= CACHE_MOST_WORDS)
        g_hash_table_remove_all(cache);
    g_hash_table_insert(cache, g_strdup(text), GINT_TO_POINTER(value));
}

bool form_refuse(const struct form_reader *reader, struct reject *reject,
                 enum reject_rule rule, int column) {
    reject->rule = rule;
    reject->column = column + 1;
    reject->label =
        column < 0 ? "" : g_ptr_array_index(reader->form->labels, (guint)column);
    return false;
}

/* The field without the ASCII spaces at its ends; perhaps no longer NUL-ended. */
static struct field trimmed(struct field field) {
    while (field.length > 0 && g_ascii_isspace(*field.text)) {
        field.text++;
        field.length--;
    }
    while (field.length > 0 && g_ascii_isspace(field.text[field.length - 1]))
        field.length--;
    return field;
}

/* Takes UTF-8 as it stands. It is copied only to be NUL-ended: the record's own bytes
 * stay untouched, since another field may read the same column. */
static void keep(struct form_reader *reader, struct field field, struct form_cell *cell) {
    cell->text = field.text;
    cell->length = field.length;
    if (field.text[field.length] == '\0')
        return;
    g_string_truncate(reader->converted, 0);
    g_string_append_len(reader->converted, field.text, (gssize)field.length);
    cell->text = reader->converted->str;
}

/* Whether a character was lost on the way, here (half a pair of UTF-16) or before. */
static bool lacks_a_character(struct field field) {
    static const char replacement[] = "\xEF\xBF\xBD";
    return memmem(field.text, field.length, replacement, 3) != NULL;
}

/* Takes bytes beyond ASCII. What is valid UTF-8 in an export decided to be Windows-1252
 * shows that the export mixes two encodings: refused, not guessed. */
static bool decode(struct form_reader *reader, enum dialect_encoding encoding,
                   struct field field, struct form_cell *cell) {
    const bool utf8 = g_utf8_validate_len(field.text, field.length, NULL);
    if (encoding != ENCODING_WINDOWS_1252) {
        keep(reader, field, cell);
        return utf8 && !lacks_a_character(field);
    }
    if (utf8)
        return false;
    g_string_set_size(reader->converted, field.length * 3 + 1);
    char *from = (char *)field.text, *to = reader->converted->str;
    gsize from_left = field.length, to_left = reader->converted->len;
    if (g_iconv(reader->from_1252, &from, &from_left, &to, &to_left) == (gsize)-1) {
        g_iconv(reader->from_1252, NULL, NULL, NULL, NULL);
        return false;
    }
    *to = '\0';
    cell->text = reader->converted->str;
    cell->length = (size_t)(to - reader->converted->str);
    return true;
}

void form_link_cell(struct form_reader *reader, enum linked_part linked,
                    struct form_cell *cell) {
    if (linked == LINKED_WHOLE)
        return;
    const char *end = memchr(cell->text, ';', cell->length);
    const size_t primary = end != NULL ? (size_t)(end - cell->text) : cell->length;
    struct field part = {cell->text, primary};
    if (linked == LINKED_SECONDARY)
        part = end != NULL ? (struct field){end + 1, cell->length - primary - 1}
                           : (struct field){"", 0};
    part = trimmed(part);
    g_autofree char *text = g_strndup(part.text, part.length);
    g_string_assign(reader->converted, text);
    cell->text = reader->converted->str;
    cell->length = part.length;
}

static bool is_ascii(struct field field) {
    unsigned char high = 0;
    for (size_t i = 0; i < field.length; i++)
        high |= (unsigned char)field.text[i];
    return high < 0x80;
}

bool form_take_cell(struct form_reader *reader, const struct row *row,
                    enum dialect_encoding encoding, const struct form_columns *columns,
                    struct form_cell *cell, struct reject *reject) {
    *cell = (struct form_cell){"", 0, columns->count > 0 ? columns->index[0] : -1};
    for (int i = 0; i < columns->count && cell->length == 0; i++) {
        const struct field field = trimmed(row_field(row, (size_t)columns->index[i]));
        if (field.length == 0)
            continue;
        cell->column = columns->index[i];
        if (memchr(field.text, '\0', field.length) != NULL)
            return form_refuse(reader, reject, REJECT_ENCODING, cell->column);
        if (is_ascii(field))
            keep(reader, field, cell);
        else if (!decode(reader, encoding, field, cell))
            return form_refuse(reader, reject, REJECT_ENCODING, cell->column);
    }
    return true;
}
