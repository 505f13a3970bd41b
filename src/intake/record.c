#include "record.h"

#include <glib.h>
#include <string.h>

/* Length of a line end at `bytes`, 0 where there is none, −1 where a CR is the last byte
 * at hand and a LF may follow. */
static int line_end(const char *bytes, size_t length, bool at_end) {
    if (length == 0)
        return 0;
    if (bytes[0] == '\n')
        return 1;
    if (bytes[0] != '\r')
        return 0;
    if (length == 1)
        return at_end ? 1 : -1;
    return bytes[1] == '\n' ? 2 : 1;
}

/* Line ends among the bytes: LF, CRLF and CR count one each. */
static uint32_t count_lines(const char *bytes, size_t length) {
    const char *const end = bytes + length;
    uint32_t lines = 0;
    for (const char *p = bytes; (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++)
        lines++;
    for (const char *p = bytes; (p = memchr(p, '\r', (size_t)(end - p))) != NULL; p++)
        lines += p + 1 == end || p[1] != '\n';
    return lines;
}

/* The physical line at `bytes`, its end included; 0 where its end is not at hand. */
static size_t line_length(const char *bytes, size_t length, bool at_end) {
    for (size_t i = 0; i < length; i++) {
        const int end = line_end(bytes + i, length - i, at_end);
        if (end < 0)
            return 0;
        if (end > 0)
            return i + (size_t)end;
    }
    return at_end ? length : 0;
}

/* A fault costs its first physical line. */
static bool cut_line(const char *bytes, size_t length, bool at_end, enum record_kind kind,
                     size_t fault, struct record *record) {
    const size_t line = line_length(bytes, length, at_end);
    if (line == 0 && length <= LIMIT_RECORD_BYTES)
        return false;
    *record = (struct record){
        .kind = line == 0 || line > LIMIT_RECORD_BYTES ? RECORD_TOO_LONG : kind,
        .length = (uint32_t)(line == 0 ? length : line),
        .lines = 1,
        .fault = (uint32_t)fault,
    };
    return true;
}

/* Steps over a quoted field that opens at `i`; returns the offset of the byte after its
 * closing quote, or `length` + 1 where it does not close. */
static size_t skip_quoted(const char *bytes, size_t length, size_t i) {
    for (i++; i < length; i += 2) {
        const char *quote = memchr(bytes + i, '"', length - i);
        if (quote == NULL)
            return length + 1;
        i = (size_t)(quote - bytes);
        if (i + 1 >= length || bytes[i + 1] != '"')
            return i + 1;
    }
    return length + 1;
}

void record_rules_init(struct record_rules *rules, char delimiter) {
    *rules = (struct record_rules){.delimiter = delimiter};
    rules->stops[(unsigned char)delimiter] = true;
    rules->stops['"'] = rules->stops['\n'] = rules->stops['\r'] = true;
}

bool record_cut(const struct record_rules *rules, const char *bytes, size_t length,
                bool at_end, struct record *record) {
    const bool all = at_end || length > LIMIT_RECORD_BYTES;
    const size_t reach = MIN(length, (size_t)LIMIT_RECORD_BYTES);
    bool quoted = false;
    size_t i = 0;
    while (i <= reach) { /* at the first byte of a field */
        if (i < reach && bytes[i] == '"') {
            quoted = true;
            const size_t opening = i;
            i = skip_quoted(bytes, reach, i);
            if (i > reach)
                return all && cut_line(bytes, length, at_end,
                                       reach < length ? RECORD_TOO_LONG : RECORD_UNCLOSED,
                                       opening, record);
        }
        const bool closed = i > 0 && bytes[i - 1] == '"';
        if (closed && i < reach && !rules->stops[(unsigned char)bytes[i]])
            return cut_line(bytes, length, at_end, RECORD_AFTER_QUOTE, i, record);
        while (i < reach && !rules->stops[(unsigned char)bytes[i]])
            i++;
        if (i == reach)
            break;
        if (bytes[i] == '"')
            return cut_line(bytes, length, at_end, RECORD_STRAY_QUOTE, i, record);
        if (bytes[i] == rules->delimiter) {
            i++;
            continue;
        }
        const int end = line_end(bytes + i, length - i, at_end);
        if (end < 0)
            return false;
        const size_t whole = i + (size_t)end;
        *record = (struct record){
            .kind = i == 0 ? RECORD_BLANK : RECORD_WHOLE,
            .length = (uint32_t)whole,
            .lines = quoted ? count_lines(bytes, whole) : 1,
        };
        return true;
    }
    if (reach < length)
        return cut_line(bytes, length, at_end, RECORD_TOO_LONG, reach, record);
    if (!at_end)
        return false;
    *record = (struct record){
        .kind = RECORD_WHOLE,
        .length = (uint32_t)length,
        .lines = quoted ? count_lines(bytes, length) + 1 : 1, /* the last has no end */
    };
    return true;
}

size_t record_field_end(char delimiter, const char *bytes, size_t length, size_t start) {
    if (start < length && bytes[start] == '"') {
        const size_t end = skip_quoted(bytes, length, start);
        return MIN(end, length); /* no record_cut lets an unclosed field pass */
    }
    const char *end = memchr(bytes + start, delimiter, length - start);
    return end == NULL ? length : (size_t)(end - bytes);
}
