#include "sheet_plain.h"

#include <glib.h>
#include <string.h>

static bool is_space(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static void skip_spaces(struct sheet_plain *plain) {
    while (plain->at < plain->end && is_space(*plain->at))
        plain->at++;
}

/* Steps over these bytes, where they come next. */
static bool step(struct sheet_plain *plain, const char *bytes, size_t length) {
    if ((size_t)(plain->end - plain->at) < length ||
        memcmp(plain->at, bytes, length) != 0)
        return false;
    plain->at += length;
    return true;
}

#define STEP(plain, literal) step(plain, literal, sizeof literal - 1)

/* An attribute, from the spaces before it: its name and its value in double quotes,
 * without anything that stands for something else. */
static bool take_attribute(struct sheet_plain *plain, struct sheet_plain_text *name,
                           struct sheet_plain_text *value) {
    if (plain->at == plain->end || !is_space(*plain->at))
        return false;
    skip_spaces(plain);
    name->text = plain->at;
    while (plain->at < plain->end && (g_ascii_isalnum(*plain->at) || *plain->at == ':'))
        plain->at++;
    name->length = (size_t)(plain->at - name->text);
    if (name->length == 0 || !g_ascii_isalpha(*name->text) || !STEP(plain, "=\""))
        return false;
    value->text = plain->at;
    while (plain->at < plain->end && *plain->at >= ' ' && *plain->at < 0x7F &&
           *plain->at != '"' && *plain->at != '&' && *plain->at != '<')
        plain->at++;
    value->length = (size_t)(plain->at - value->text);
    return STEP(plain, "\"");
}

enum { MOST_ATTRIBUTES = 16 };

/* Whether a name is among those met; each may come once. */
static bool is_new(const struct sheet_plain_text *names, int count,
                   struct sheet_plain_text name) {
    for (int i = 0; i < count; i++)
        if (names[i].length == name.length &&
            memcmp(names[i].text, name.text, name.length) == 0)
            return false;
    return true;
}

/* The attributes of a tag to its end; those of a cell are kept. 1: it closes at once, 0:
 * it does not, −1: it is not plain. */
static int take_attributes(struct sheet_plain *plain, struct sheet_plain_cell *cell) {
    struct sheet_plain_text names[MOST_ATTRIBUTES], value;
    for (int count = 0; count < MOST_ATTRIBUTES; count++) {
        if (STEP(plain, ">"))
            return 0;
        if (STEP(plain, "/>"))
            return 1;
        struct sheet_plain_text *name = &names[count];
        /* Prefixes are declared on the way to a row, which expat does not see either. */
        if (!take_attribute(plain, name, &value) || !is_new(names, count, *name) ||
            memchr(name->text, ':', name->length) == name->text)
            return -1;
        if (cell == NULL || name->length != 1) {
            if (cell != NULL && name->length > 2 &&
                memchr(name->text, ':', name->length) != NULL)
                return -1; /* "x:r" is a reference to expat's reader */
            continue;
        }
        if (*name->text == 'r')
            cell->reference = value;
        else if (*name->text == 's')
            cell->style = value;
        else if (*name->text == 't')
            cell->type = value;
    }
    return -1;
}

bool sheet_plain_enter(struct sheet_plain *plain, const char *bytes, size_t length) {
    *plain = (struct sheet_plain){bytes, bytes + length};
    return STEP(plain, "<row") && take_attributes(plain, NULL) == 0;
}

/* Character data to the next tag, not judged. */
static bool take_data(struct sheet_plain *plain, struct sheet_plain_text *value) {
    const char *end = memchr(plain->at, '<', (size_t)(plain->end - plain->at));
    if (end == NULL)
        return false;
    *value = (struct sheet_plain_text){plain->at, (size_t)(end - plain->at)};
    plain->at = end;
    return true;
}

/* What a cell holds: nothing, a value, or a text of its own. */
static bool take_value(struct sheet_plain *plain, struct sheet_plain_text *value) {
    if (STEP(plain, "<v>"))
        return take_data(plain, value) && STEP(plain, "</v>");
    if (!STEP(plain, "<is>"))
        return true;
    const bool opens = STEP(plain, "<t>") || STEP(plain, "<t xml:space=\"preserve\">");
    return opens && take_data(plain, value) && STEP(plain, "</t></is>");
}

enum sheet_plain_step sheet_plain_next(struct sheet_plain *plain,
                                       struct sheet_plain_cell *cell) {
    *cell = (struct sheet_plain_cell){.value = {NULL, 0}};
    skip_spaces(plain);
    if (STEP(plain, "</row>"))
        return plain->at == plain->end ? SHEET_PLAIN_END : SHEET_PLAIN_UNSURE;
    if (!STEP(plain, "<c"))
        return SHEET_PLAIN_UNSURE;
    const int closed = take_attributes(plain, cell);
    if (closed == 1)
        return SHEET_PLAIN_CELL;
    if (closed < 0 || !take_value(plain, &cell->value) || !STEP(plain, "</c>"))
        return SHEET_PLAIN_UNSURE;
    return SHEET_PLAIN_CELL;
}

/* No entity, no line end that XML would change, no end of a CDATA section, and characters
 * of XML only. */
bool sheet_plain_is_text(struct sheet_plain_text value) {
    bool plain = true, ascii = true;
    for (size_t i = 0; i < value.length && plain; i++) {
        const unsigned char byte = (unsigned char)value.text[i];
        plain = (byte >= ' ' || byte == '\n' || byte == '\t') && byte != '&' &&
                byte != ']' && byte != 0xEF; /* 0xEF: U+FFFE may follow */
        ascii = ascii && byte < 0x80;
    }
    return plain && (ascii || g_utf8_validate_len(value.text, value.length, NULL));
}
