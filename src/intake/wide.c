#include "wide.h"

#include <string.h>

#define REPLACEMENT 0xFFFD

void wide_init(struct wide *wide, const char *bytes, size_t length) {
    *wide = (struct wide){.byte = -1};
    if (length >= 2 && memcmp(bytes, "\xFF\xFE", 2) == 0)
        wide->order = WIDE_LITTLE;
    else if (length >= 2 && memcmp(bytes, "\xFE\xFF", 2) == 0)
        wide->order = WIDE_BIG;
}

const char *wide_name(enum wide_order order) {
    static const char *const names[] = {
        [WIDE_NONE] = "", [WIDE_LITTLE] = "UTF-16LE", [WIDE_BIG] = "UTF-16BE"};
    return names[order];
}

static bool is_high(unsigned unit) {
    return unit >= 0xD800 && unit < 0xDC00;
}

static bool is_low(unsigned unit) {
    return unit >= 0xDC00 && unit < 0xE000;
}

static void append_unit(struct wide *wide, unsigned unit, GString *text) {
    const unsigned high = wide->high;
    wide->high = 0;
    if (high != 0 && is_low(unit)) {
        g_string_append_unichar(text,
                                0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
        return;
    }
    if (high != 0)
        g_string_append_unichar(text, REPLACEMENT);
    if (is_high(unit))
        wide->high = unit;
    else
        g_string_append_unichar(text, is_low(unit) ? REPLACEMENT : unit);
}

void wide_append(struct wide *wide, const char *bytes, size_t length, GString *text) {
    for (size_t i = 0; i < length; i++) {
        const unsigned byte = (unsigned char)bytes[i];
        if (wide->byte < 0) {
            wide->byte = (int)byte;
            continue;
        }
        const unsigned first = (unsigned)wide->byte;
        wide->byte = -1;
        append_unit(wide,
                    wide->order == WIDE_LITTLE ? first | byte << 8 : first << 8 | byte,
                    text);
    }
}

bool wide_finish(struct wide *wide, GString *text) {
    if (wide->high != 0)
        g_string_append_unichar(text, REPLACEMENT);
    wide->high = 0;
    return wide->byte < 0;
}

size_t wide_bytes(const char *text, size_t length) {
    size_t units = 0;
    for (size_t i = 0; i < length; i++) {
        const unsigned char byte = (unsigned char)text[i];
        units += (byte & 0xC0) != 0x80; /* one a character … */
        units += byte >= 0xF0;          /* … and two beyond U+FFFF */
    }
    return 2 * units;
}
