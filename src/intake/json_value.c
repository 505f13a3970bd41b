#include "json_value.h"

#include <stdint.h>
#include <string.h>

enum {
    MOST_DEPTH = 64, /* deeper ones are rare enough for a parser */
    MOST_KEYS = 64,  /* of one object: each is compared with the others */
    MOST_DIGITS = 18 /* of a whole number that is surely within 64 bits */
};

struct key {
    uint64_t stamp; /* length and first bytes: what differs mostly differs here */
    struct json_value text;
};

struct json_values {
    const char *bytes;
    size_t length, at;
    int depth;
    GArray *keys; /* struct key, of the objects that are open */
};

struct json_values *json_values_new(void) {
    struct json_values *values = g_new0(struct json_values, 1);
    values->keys = g_array_new(FALSE, FALSE, sizeof(struct key));
    return values;
}

void json_values_free(struct json_values *values) {
    if (values == NULL)
        return;
    g_array_unref(values->keys);
    g_free(values);
}

void json_values_start(struct json_values *values, const char *bytes, size_t length) {
    values->bytes = bytes;
    values->length = length;
    values->at = 0;
    values->depth = 0;
    g_array_set_size(values->keys, 0);
}

/* The next byte that is no space, NUL at the end. */
static char next_byte(struct json_values *values) {
    while (values->at < values->length &&
           (values->bytes[values->at] == ' ' || values->bytes[values->at] == '\n' ||
            values->bytes[values->at] == '\r' || values->bytes[values->at] == '\t'))
        values->at++;
    return values->at < values->length ? values->bytes[values->at] : '\0';
}

bool json_values_done(struct json_values *values) {
    next_byte(values);
    return values->at == values->length;
}

static bool step(struct json_values *values, char byte) {
    const bool good = next_byte(values) == byte && byte != '\0';
    values->at += good;
    return good;
}

/* An escape, from its backslash. Surrogates are for the parser. */
static bool step_escape(struct json_values *values) {
    const char *escape = values->bytes + values->at;
    const size_t left = values->length - values->at;
    if (left < 2 || escape[1] == '\0' || strchr("\"\\/bfnrtu", escape[1]) == NULL)
        return false;
    values->at += escape[1] == 'u' ? 6 : 2;
    if (escape[1] != 'u')
        return true;
    for (int i = 2; i < 6; i++)
        if (left < 6 || !g_ascii_isxdigit(escape[i]))
            return false;
    return g_ascii_tolower(escape[2]) != 'd' || escape[3] < '8';
}

/* Whether a word holds a quote, a backslash or a control character (Mycroft's test; it
 * may take the byte above one of them for another, which the caller looks at again). */
static bool stops_in(uint64_t word) {
    static const uint64_t ones = 0x0101010101010101, highs = 0x8080808080808080;
    const uint64_t quote = word ^ (ones * '"'), backslash = word ^ (ones * '\\');
    return (((quote - ones) & ~quote) | ((backslash - ones) & ~backslash) |
            ((word - ones * 0x20) & ~word)) &
           highs;
}

/* Goes to the next byte at which text ends or breaks the rules; `high` gathers whether
 * there was one beyond ASCII. */
static void run_text(struct json_values *values, uint64_t *high) {
    size_t i = values->at;
    uint64_t word;
    for (; i + sizeof word <= values->length; i += sizeof word) {
        memcpy(&word, values->bytes + i, sizeof word);
        if (stops_in(word))
            break;
        *high |= word & 0x8080808080808080;
    }
    for (; i < values->length; i++) {
        const unsigned char byte = (unsigned char)values->bytes[i];
        if (byte == '"' || byte == '\\' || byte < 0x20)
            break;
        *high |= byte & 0x80;
    }
    values->at = i;
}

static bool take_text(struct json_values *values, struct json_value *text) {
    const char *start = values->bytes + ++values->at;
    uint64_t high = 0;
    text->kind = JSON_VALUE_TEXT;
    for (;;) {
        run_text(values, &high);
        if (values->at >= values->length || values->bytes[values->at] != '\\')
            break;
        text->kind = JSON_VALUE_OTHER;
        if (!step_escape(values))
            return false;
    }
    if (values->at >= values->length || values->bytes[values->at] != '"')
        return false;
    const char *end = values->bytes + values->at++;
    text->bytes = start;
    text->length = (size_t)(end - start);
    if (high != 0 && !g_utf8_validate_len(start, text->length, NULL))
        return false;
    if (text->kind == JSON_VALUE_OTHER) {
        text->bytes--;
        text->length += 2;
    }
    return true;
}

static size_t step_digits(struct json_values *values) {
    const size_t start = values->at;
    while (values->at < values->length && g_ascii_isdigit(values->bytes[values->at]))
        values->at++;
    return values->at - start;
}

static bool is_at(const struct json_values *values, const char *any) {
    return values->at < values->length && values->bytes[values->at] != '\0' &&
           strchr(any, values->bytes[values->at]) != NULL;
}

/* A number; one that may leave its type's range is not sure. */
static bool take_number(struct json_values *values, struct json_value *number) {
    enum { MOST_EXPONENT = 2, MOST_LENGTH = 128 };
    const size_t start = values->at;
    const bool negative = is_at(values, "-");
    values->at += negative;
    const bool zero = is_at(values, "0");
    const size_t digits = step_digits(values);
    number->kind = negative && zero ? JSON_VALUE_OTHER : JSON_VALUE_WHOLE;
    if (digits == 0 || (zero && digits > 1))
        return false;
    const bool whole = !is_at(values, ".eE");
    if (!whole)
        number->kind = JSON_VALUE_OTHER;
    if (is_at(values, ".")) {
        values->at++;
        if (step_digits(values) == 0)
            return false;
    }
    if (is_at(values, "eE")) {
        values->at++;
        values->at += is_at(values, "+-");
        const size_t exponent = step_digits(values);
        if (exponent == 0 || exponent > MOST_EXPONENT)
            return false;
    }
    number->bytes = values->bytes + start;
    number->length = values->at - start;
    return whole ? digits <= MOST_DIGITS : number->length <= MOST_LENGTH;
}

static bool take_word(struct json_values *values, const char *word,
                      struct json_value *value) {
    const size_t length = strlen(word);
    if (values->length - values->at < length ||
        memcmp(values->bytes + values->at, word, length) != 0)
        return false;
    value->bytes = values->bytes + values->at;
    value->length = length;
    values->at += length;
    return true;
}

static bool step_array(struct json_values *values) {
    struct json_value item;
    values->at++;
    if (values->depth++ == MOST_DEPTH)
        return false;
    bool more = next_byte(values) != ']';
    while (more) {
        if (!json_values_take(values, &item))
            return false;
        more = step(values, ',');
    }
    values->depth--;
    return step(values, ']');
}

static bool step_object(struct json_values *values) {
    struct json_value key, value;
    size_t object;
    if (!json_values_enter(values, &object))
        return false;
    enum json_member member;
    while ((member = json_values_member(values, object, &key)) == JSON_MEMBER_NEXT)
        if (!json_values_take(values, &value))
            return false;
    return member == JSON_MEMBER_END;
}

enum json_value_kind json_values_peek(struct json_values *values) {
    switch (next_byte(values)) {
    case '{':
        return JSON_VALUE_OBJECT;
    case '[':
        return JSON_VALUE_ARRAY;
    case '"':
        return JSON_VALUE_TEXT;
    case 't':
        return JSON_VALUE_TRUE;
    case 'f':
        return JSON_VALUE_FALSE;
    case 'n':
        return JSON_VALUE_NULL;
    default:
        return JSON_VALUE_OTHER;
    }
}

bool json_values_take(struct json_values *values, struct json_value *value) {
    value->kind = json_values_peek(values);
    value->bytes = values->bytes + values->at;
    bool good = false;
    switch (value->kind) {
    case JSON_VALUE_TEXT:
        return take_text(values, value);
    case JSON_VALUE_TRUE:
        return take_word(values, "true", value);
    case JSON_VALUE_FALSE:
        return take_word(values, "false", value);
    case JSON_VALUE_NULL:
        return take_word(values, "null", value);
    case JSON_VALUE_ARRAY:
        good = step_array(values);
        break;
    case JSON_VALUE_OBJECT:
        good = step_object(values);
        break;
    case JSON_VALUE_WHOLE:
    case JSON_VALUE_OTHER:
        return take_number(values, value);
    }
    value->length = (size_t)(values->bytes + values->at - value->bytes);
    return good;
}

bool json_values_enter(struct json_values *values, size_t *object) {
    *object = values->keys->len;
    return values->depth++ < MOST_DEPTH && step(values, '{');
}

/* Whether the object has the key already; else remembers it. */
static bool is_new_key(struct json_values *values, size_t object,
                       const struct json_value *text) {
    struct key key = {.text = *text};
    memcpy(&key.stamp, text->bytes, MIN(text->length, sizeof key.stamp));
    key.stamp ^= (uint64_t)text->length << 56;
    const struct key *keys = (const struct key *)values->keys->data;
    for (size_t i = object; i < values->keys->len; i++)
        if (keys[i].stamp == key.stamp && keys[i].text.length == text->length &&
            memcmp(keys[i].text.bytes, text->bytes, text->length) == 0)
            return false;
    g_array_append_val(values->keys, key);
    return values->keys->len - object <= MOST_KEYS;
}

enum json_member json_values_member(struct json_values *values, size_t object,
                                    struct json_value *key) {
    const bool first = values->keys->len == object;
    if (step(values, '}')) {
        g_array_set_size(values->keys, (guint)object);
        values->depth--;
        return JSON_MEMBER_END;
    }
    if ((!first && !step(values, ',')) || next_byte(values) != '"' ||
        !take_text(values, key) || key->kind != JSON_VALUE_TEXT ||
        !is_new_key(values, object, key) || !step(values, ':'))
        return JSON_MEMBER_UNSURE;
    return JSON_MEMBER_NEXT;
}
