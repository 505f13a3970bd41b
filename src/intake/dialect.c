#include "dialect.h"

#include <string.h>

static char detect_delimiter(const char *bytes, size_t length) {
    static const char delimiters[] = {',', ';', '\t'};
    size_t counts[G_N_ELEMENTS(delimiters)] = {0};
    bool quoted = false;
    for (size_t i = 0; i < length && (quoted || (bytes[i] != '\n' && bytes[i] != '\r'));
         i++) {
        quoted ^= bytes[i] == '"';
        for (size_t d = 0; d < G_N_ELEMENTS(delimiters); d++)
            counts[d] += !quoted && bytes[i] == delimiters[d];
    }
    size_t best = 0;
    for (size_t d = 1; d < G_N_ELEMENTS(delimiters); d++)
        if (counts[d] > counts[best])
            best = d;
    return delimiters[best];
}

static bool is_ascii(const char *bytes, size_t length) {
    unsigned char high = 0;
    for (size_t i = 0; i < length; i++)
        high |= (unsigned char)bytes[i];
    return high < 0x80;
}

void dialect_observe(struct dialect *dialect, const char *bytes, size_t length) {
    if (dialect->encoding != ENCODING_UNDECIDED || is_ascii(bytes, length))
        return;
    dialect->encoding =
        g_utf8_validate_len(bytes, length, NULL) ? ENCODING_UTF8 : ENCODING_WINDOWS_1252;
}

/* Each line votes; the first one breaks a tie. */
static enum dialect_encoding detect_encoding(const char *bytes, size_t length) {
    int64_t votes[ENCODING_WINDOWS_1252 + 1] = {0};
    struct dialect first = {.encoding = ENCODING_UNDECIDED};
    const char *end;
    for (; (end = memchr(bytes, '\n', length)) != NULL; bytes = end + 1) {
        const size_t line = (size_t)(end - bytes);
        struct dialect alone = {.encoding = ENCODING_UNDECIDED};
        dialect_observe(&alone, bytes, line);
        dialect_observe(&first, bytes, line);
        votes[alone.encoding]++;
        length -= line + 1;
    }
    if (votes[ENCODING_UTF8] == votes[ENCODING_WINDOWS_1252])
        return first.encoding;
    return votes[ENCODING_UTF8] > votes[ENCODING_WINDOWS_1252] ? ENCODING_UTF8
                                                               : ENCODING_WINDOWS_1252;
}

void dialect_detect(struct dialect *dialect, const char *bytes, size_t length) {
    *dialect = (struct dialect){.encoding = ENCODING_UNDECIDED};
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        dialect->mark_bytes = 3;
        dialect->encoding = ENCODING_UTF8;
    } else {
        dialect->encoding = detect_encoding(bytes, length);
    }
    dialect->delimiter =
        detect_delimiter(bytes + dialect->mark_bytes, length - dialect->mark_bytes);
}

const char *dialect_encoding_name(enum dialect_encoding encoding) {
    static const char *const names[] = {
        [ENCODING_UNDECIDED] = "ASCII",
        [ENCODING_UTF8] = "UTF-8",
        [ENCODING_WINDOWS_1252] = "Windows-1252",
    };
    return names[encoding];
}
