#include "sheet_cut.h"

#include <glib.h>
#include <string.h>

static bool emit(enum record_kind kind, size_t length, uint32_t number,
                 struct record *record) {
    *record = (struct record){.kind = kind, .length = (uint32_t)length, .number = number};
    return true;
}

static bool ends_name(char byte) {
    return g_ascii_isspace(byte) || byte == '>' || byte == '/';
}

/* Whether a tag is of a row: its name, after "<" or "</" and a prefix. −1: its name is
 * not wholly at hand. */
static int is_row(const struct sheet_cut *cut, const char *tag, size_t length,
                  bool closing) {
    enum { MOST_NAME = 256 };
    const size_t start = closing ? 2 : 1;
    size_t name = start, i = start;
    for (; i < length && i < MOST_NAME && !ends_name(tag[i]); i++)
        if (tag[i] == ':')
            name = i + 1;
    if (i == length)
        return -1;
    return i - name == strlen(cut->element) &&
           memcmp(tag + name, cut->element, i - name) == 0;
}

/* The end of a tag that begins at `bytes`; 0 where it is not at hand. */
static size_t tag_end(const char *bytes, size_t length) {
    char quote = '\0';
    for (size_t i = 0; i < length; i++) {
        if (quote != '\0')
            quote = bytes[i] == quote ? '\0' : quote;
        else if (bytes[i] == '"' || bytes[i] == '\'')
            quote = bytes[i];
        else if (bytes[i] == '>')
            return i + 1;
    }
    return 0;
}

static size_t find(const char *bytes, size_t length, size_t from, const char *what) {
    const char *found =
        from < length ? memmem(bytes + from, length - from, what, strlen(what)) : NULL;
    return found != NULL ? (size_t)(found - bytes) + strlen(what) : 0;
}

/* The end of a comment, a CDATA section or a tag at `bytes`; 0: not at hand. */
static size_t markup_end(const char *bytes, size_t length) {
    static const char comment[] = "<!--", cdata[] = "<![CDATA[";
    if (length >= 4 && memcmp(bytes, comment, 4) == 0)
        return find(bytes, length, 4, "-->");
    if (length >= 9 && memcmp(bytes, cdata, 9) == 0)
        return find(bytes, length, 9, "]]>");
    if (length < 9 && (memcmp(bytes, comment, MIN(length, 4)) == 0 ||
                       memcmp(bytes, cdata, length) == 0))
        return 0;
    return tag_end(bytes, length);
}

/* The whole number of an attribute of the tag, or `otherwise`. */
static uint32_t attribute(const char *tag, size_t length, const char *name,
                          uint32_t otherwise) {
    const size_t size = strlen(name);
    for (size_t i = 1; i + size + 2 < length; i++) {
        const bool starts = g_ascii_isspace(tag[i - 1]) || tag[i - 1] == ':';
        if (!starts || memcmp(tag + i, name, size) != 0 || tag[i + size] != '=')
            continue;
        const guint64 value = g_ascii_strtoull(tag + i + size + 2, NULL, 10);
        return value > 0 && value < UINT32_MAX ? (uint32_t)value : otherwise;
    }
    return otherwise;
}

/* The row's number; counts on for the next. */
static uint32_t number_row(struct sheet_cut *cut, const char *tag, size_t length) {
    const uint32_t counted = MAX(cut->next, 1);
    const uint32_t number =
        cut->number != NULL ? attribute(tag, length, cut->number, counted) : counted;
    const uint32_t rows =
        cut->repeated != NULL ? attribute(tag, length, cut->repeated, 1) : 1;
    cut->next = number < UINT32_MAX - rows ? number + rows : number;
    return number;
}

/* The end of the row whose start tag ends at `start`; 0: not at hand. */
static size_t row_end(const struct sheet_cut *cut, const char *bytes, size_t length,
                      size_t start) {
    if (bytes[start - 2] == '/')
        return start;
    for (size_t i = start; i < length;) {
        const char *tag = memchr(bytes + i, '<', length - i);
        if (tag == NULL)
            return 0;
        const size_t at = (size_t)(tag - bytes);
        const size_t end = markup_end(tag, length - at);
        if (end == 0)
            return 0;
        if (tag[1] == '/' && is_row(cut, tag, length - at, true) == 1)
            return at + end;
        i = at + end;
    }
    return 0;
}

static bool cut_row(struct sheet_cut *cut, const char *bytes, size_t length, bool at_end,
                    struct record *record) {
    const size_t start = tag_end(bytes, length);
    const size_t end = start > 0 ? row_end(cut, bytes, length, start) : 0;
    if (end > LIMIT_RECORD_BYTES || (end == 0 && length > LIMIT_RECORD_BYTES))
        return emit(RECORD_TOO_LONG, MAX(end, length), cut->next, record);
    if (end > 0)
        return emit(RECORD_WHOLE, end, number_row(cut, bytes, start), record);
    return at_end && emit(RECORD_MALFORMED, length, MAX(cut->next, 1), record);
}

bool sheet_cut_next(struct sheet_cut *cut, const char *bytes, size_t length, bool at_end,
                    struct record *record) {
    bool blank = true;
    size_t i = 0;
    while (i < length) {
        const char *tag = memchr(bytes + i, '<', length - i);
        const size_t at = tag != NULL ? (size_t)(tag - bytes) : length;
        for (; i < at && blank; i++)
            blank = g_ascii_isspace(bytes[i]);
        i = at;
        if (tag == NULL)
            break;
        const int row = is_row(cut, tag, length - at, false);
        const size_t end = row == 0 ? markup_end(tag, length - at) : 0;
        if (row == 1 && at == 0)
            return cut_row(cut, bytes, length, at_end, record);
        if (end == 0)
            break;
        blank = false;
        i = at + end;
    }
    if (i == 0 && at_end)
        return emit(RECORD_MALFORMED, length, MAX(cut->next, 1), record);
    if (i == 0 && length > LIMIT_RECORD_BYTES)
        return emit(RECORD_TOO_LONG, length, MAX(cut->next, 1), record);
    return i > 0 && emit(blank ? RECORD_BLANK : RECORD_HEADER, i, 0, record);
}
