#include "json_scan.h"

#include <glib.h>
#include <string.h>

enum { MOST_DEPTH = 64 }; /* a hostile document costs so many times its bytes */

enum expect {
    EXPECT_VALUE,
    EXPECT_FIRST_VALUE,
    EXPECT_KEY,
    EXPECT_FIRST_KEY,
    EXPECT_COLON,
    EXPECT_MORE
};

struct scanner {
    const char *bytes;
    size_t length, at;
    enum expect expect;
    int depth;
    char closers[MOST_DEPTH];
};

static bool is_space(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* What may stand in a number or in true, false and null. */
static bool is_plain(char byte) {
    return g_ascii_isalnum(byte) || byte == '-' || byte == '+' || byte == '.';
}

/* Steps over the string that opens at `at`. */
static enum json_scan scan_string(struct scanner *scanner) {
    size_t i = scanner->at + 1;
    for (; i < scanner->length; i++) {
        const char byte = scanner->bytes[i];
        if (byte == '"') {
            scanner->at = i + 1;
            return JSON_SCAN_WHOLE;
        }
        if (byte == '\\')
            i++;
        else if ((unsigned char)byte < 0x20) {
            scanner->at = i;
            return JSON_SCAN_FAULT;
        }
    }
    return JSON_SCAN_MORE;
}

static enum json_scan scan_open(struct scanner *scanner) {
    if (scanner->depth == MOST_DEPTH)
        return JSON_SCAN_FAULT;
    const bool array = scanner->bytes[scanner->at++] == '[';
    scanner->closers[scanner->depth++] = array ? ']' : '}';
    scanner->expect = array ? EXPECT_FIRST_VALUE : EXPECT_FIRST_KEY;
    return JSON_SCAN_WHOLE;
}

static bool may_close(const struct scanner *scanner, char byte) {
    return scanner->depth > 0 && byte == scanner->closers[scanner->depth - 1] &&
           (scanner->expect == EXPECT_MORE || scanner->expect == EXPECT_FIRST_VALUE ||
            scanner->expect == EXPECT_FIRST_KEY);
}

static enum json_scan scan_value(struct scanner *scanner) {
    const char byte = scanner->bytes[scanner->at];
    if (byte == '{' || byte == '[')
        return scan_open(scanner);
    scanner->expect = EXPECT_MORE;
    if (byte == '"')
        return scan_string(scanner);
    if (!is_plain(byte))
        return JSON_SCAN_FAULT;
    while (scanner->at < scanner->length && is_plain(scanner->bytes[scanner->at]))
        scanner->at++;
    return JSON_SCAN_WHOLE;
}

/* One token; `at` is at its first byte. */
static enum json_scan scan_token(struct scanner *scanner) {
    const char byte = scanner->bytes[scanner->at];
    if (may_close(scanner, byte)) {
        scanner->at++;
        scanner->depth--;
        scanner->expect = EXPECT_MORE;
        return JSON_SCAN_WHOLE;
    }
    switch (scanner->expect) {
    case EXPECT_VALUE:
    case EXPECT_FIRST_VALUE:
        return scan_value(scanner);
    case EXPECT_KEY:
    case EXPECT_FIRST_KEY:
        scanner->expect = EXPECT_COLON;
        return byte == '"' ? scan_string(scanner) : JSON_SCAN_FAULT;
    case EXPECT_COLON:
        scanner->expect = EXPECT_VALUE;
        scanner->at += byte == ':';
        return byte == ':' ? JSON_SCAN_WHOLE : JSON_SCAN_FAULT;
    case EXPECT_MORE:
        scanner->expect =
            scanner->closers[scanner->depth - 1] == ']' ? EXPECT_VALUE : EXPECT_KEY;
        scanner->at += byte == ',';
        return byte == ',' ? JSON_SCAN_WHOLE : JSON_SCAN_FAULT;
    }
    g_assert_not_reached();
}

enum json_scan json_scan_object(const char *bytes, size_t length, size_t *at) {
    struct scanner scanner = {.bytes = bytes, .length = length, .expect = EXPECT_VALUE};
    enum json_scan scan = JSON_SCAN_WHOLE;
    do {
        while (scanner.at < length && is_space(bytes[scanner.at]))
            scanner.at++;
        scan = scanner.at == length ? JSON_SCAN_MORE : scan_token(&scanner);
    } while (scan == JSON_SCAN_WHOLE && scanner.depth > 0);
    *at = scanner.at;
    return scan;
}

size_t json_scan_opening(const char *bytes, size_t length) {
    size_t i = 1;
    while (i < length && is_space(bytes[i]))
        i++;
    struct scanner scanner = {.bytes = bytes, .length = length, .at = i};
    if (i == length || bytes[i] != '"' || scan_string(&scanner) != JSON_SCAN_WHOLE)
        return 0;
    return scanner.at;
}

bool json_scan_opens_alike(const char *opening, size_t opening_length, const char *bytes,
                           size_t length) {
    size_t i = 0, j = 0;
    while (i < opening_length && j < length) {
        if (is_space(opening[i]))
            i++;
        else if (is_space(bytes[j]))
            j++;
        else if (opening[i++] != bytes[j++])
            return false;
    }
    return i == opening_length;
}
