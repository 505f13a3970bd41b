#include "json_cut.h"

#include "json_scan.h"

#include <string.h>

void json_cut_init(struct json_cut *cut, const GPtrArray *paths) {
    *cut = (struct json_cut){.paths = paths};
    cut->path = g_string_new(NULL);
    cut->key = g_string_new(NULL);
}

void json_cut_clear(struct json_cut *cut) {
    g_string_free(cut->path, TRUE);
    g_string_free(cut->key, TRUE);
}

static bool is_space(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* Where a value at the path stands to the records. */
enum place { PLACE_ASIDE, PLACE_ABOVE, PLACE_RECORDS };

static enum place place_of(const struct json_cut *cut) {
    if (cut->path->len == 0 && (cut->depth == 0 || cut->levels[cut->depth - 1].array))
        return PLACE_RECORDS;
    for (guint p = 0; p < cut->paths->len; p++) {
        const char *path = g_ptr_array_index(cut->paths, p);
        if (strcmp(path, cut->path->str) == 0)
            return PLACE_RECORDS;
        if (g_str_has_prefix(path, cut->path->str) && path[cut->path->len] == '.')
            return PLACE_ABOVE;
    }
    return PLACE_ASIDE;
}

/* Whether the object at `bytes` is an envelope: its first key begins a path. Unknown (−1)
 * where that key is not at hand. */
static int is_envelope(const struct json_cut *cut, const char *bytes, size_t length) {
    size_t i = 1;
    while (i < length && is_space(bytes[i]))
        i++;
    const char *start = bytes + i + 1;
    const char *end = i + 1 < length ? memchr(start, '"', length - i - 1) : NULL;
    if (i < length && bytes[i] != '"')
        return 0;
    if (end == NULL)
        return -1;
    const size_t key = (size_t)(end - start);
    for (guint p = 0; p < cut->paths->len; p++) {
        const char *path = g_ptr_array_index(cut->paths, p);
        /* A key may hold NUL: it is no C string. */
        if (strlen(path) >= key && memcmp(path, start, key) == 0 &&
            (path[key] == '.' || path[key] == '\0'))
            return 1;
    }
    return 0;
}

static void push(struct json_cut *cut, bool array) {
    cut->levels[cut->depth++] = (struct json_level){array, cut->path->len};
    cut->key_next = !array;
}

static void pop(struct json_cut *cut) {
    cut->depth--;
    g_string_truncate(cut->path, cut->levels[cut->depth].path_length);
    cut->key_next = false;
}

static void end_key(struct json_cut *cut) {
    g_string_truncate(cut->path, cut->levels[cut->depth - 1].path_length);
    g_string_append_printf(cut->path, "%s%s", cut->path->len > 0 ? "." : "",
                           cut->key->str);
    cut->in_key = cut->key_next = false;
}

/* One byte of a string that is around the records. */
static void step_string(struct json_cut *cut, char byte) {
    if (cut->escaped) {
        cut->escaped = false;
    } else if (byte == '\\') {
        cut->escaped = true;
    } else if (byte == '"') {
        cut->in_string = false;
        if (cut->in_key)
            end_key(cut);
        return;
    }
    if (cut->in_key)
        g_string_append_c(cut->key, byte);
}

static void open_string(struct json_cut *cut) {
    cut->in_string = true;
    cut->in_key = cut->skipped == 0 && cut->depth > 0 && cut->key_next &&
                  !cut->levels[cut->depth - 1].array;
    g_string_truncate(cut->key, 0);
}

enum step { STEP_ON, STEP_RECORD, STEP_MORE };

/* A container that opens outside records. */
static enum step step_open(struct json_cut *cut, const char *bytes, size_t length,
                           bool at_end) {
    const bool array = bytes[0] == '[';
    enum place place = place_of(cut);
    if (cut->skipped > 0 || place == PLACE_ASIDE || cut->depth == JSON_CUT_MOST_LEVELS) {
        cut->skipped++;
        return STEP_ON;
    }
    if (!array && place == PLACE_RECORDS && cut->path->len == 0) {
        const int envelope = is_envelope(cut, bytes, length);
        if (envelope < 0 && !at_end && length <= LIMIT_RECORD_BYTES)
            return STEP_MORE;
        place = envelope == 1 ? PLACE_ABOVE : PLACE_RECORDS;
    }
    if (!array && place == PLACE_RECORDS)
        return STEP_RECORD;
    push(cut, array);
    return STEP_ON;
}

static enum step step_close(struct json_cut *cut, bool array) {
    if (cut->skipped > 0)
        cut->skipped--;
    else if (cut->depth > 0 && cut->levels[cut->depth - 1].array == array)
        pop(cut);
    else
        return STEP_RECORD; /* nothing of the kind is open: a fault */
    return STEP_ON;
}

/* One byte around the records, or the first of a record (or of what is none). */
static enum step step(struct json_cut *cut, const char *bytes, size_t length,
                      bool at_end) {
    if (cut->in_string) {
        step_string(cut, bytes[0]);
        return STEP_ON;
    }
    switch (bytes[0]) {
    case ' ':
    case '\t':
    case '\n':
    case '\r':
    case ':':
        return STEP_ON;
    case ',':
        cut->key_next = cut->depth > 0 && !cut->levels[cut->depth - 1].array;
        return STEP_ON;
    case '{':
    case '[':
        return step_open(cut, bytes, length, at_end);
    case '}':
    case ']':
        return step_close(cut, bytes[0] == ']');
    default:
        break;
    }
    /* In an object a string or a scalar is a key or what is around the records. */
    const bool in_object = cut->depth > 0 && !cut->levels[cut->depth - 1].array;
    if (cut->skipped == 0 && !in_object && place_of(cut) == PLACE_RECORDS)
        return STEP_RECORD;
    if (bytes[0] == '"')
        open_string(cut);
    return STEP_ON;
}

static uint32_t count_lines(const char *bytes, size_t length) {
    uint32_t lines = 0;
    for (const char *p = bytes; (p = memchr(p, '\n', length - (size_t)(p - bytes))); p++)
        lines++;
    return lines;
}

static bool emit(enum record_kind kind, const char *bytes, size_t length, size_t fault,
                 struct record *record) {
    *record = (struct record){
        .kind = kind,
        .length = (uint32_t)length,
        .lines = count_lines(bytes, length),
        .fault = (uint32_t)fault,
    };
    return true;
}

/* The length of a faulty object that lies in an array: to where the next one begins, that
 * is one after a comma with the same first key; 0 where there is none at hand. */
static size_t faulty_length(const char *bytes, size_t length) {
    const size_t opening = json_scan_opening(bytes, length);
    bool after_comma = false;
    for (size_t i = 1; opening > 0 && i < length; i++) {
        if (bytes[i] == '{' && after_comma &&
            json_scan_opens_alike(bytes, opening, bytes + i, length - i))
            return i;
        after_comma = bytes[i] == ',' || (after_comma && is_space(bytes[i]));
    }
    return 0;
}

/* A fault costs its line at the top level, its record in an array. */
static bool cut_fault(const struct json_cut *cut, const char *bytes, size_t length,
                      bool at_end, size_t fault, struct record *record) {
    size_t cost;
    if (cut->depth == 0) {
        const char *end = memchr(bytes, '\n', length);
        cost = end != NULL ? (size_t)(end - bytes) + 1 : 0;
    } else if (bytes[0] == '{') {
        cost = faulty_length(bytes, length);
    } else {
        for (cost = 1; cost < length && strchr(",\n]}", bytes[cost]) == NULL;)
            cost++;
    }
    if (cost > 0 && cost <= MIN(length, LIMIT_RECORD_BYTES))
        return emit(RECORD_MALFORMED, bytes, cost, fault, record);
    if (at_end && length <= LIMIT_RECORD_BYTES)
        return emit(RECORD_MALFORMED, bytes, length, fault, record);
    return length > LIMIT_RECORD_BYTES &&
           emit(RECORD_TOO_LONG, bytes, length, fault, record);
}

/* Whether what follows a record may follow it; −1 where that is not at hand. */
static int is_followed_well(const struct json_cut *cut, const char *bytes, size_t length,
                            size_t at) {
    while (at < length && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r' ||
                           (cut->depth > 0 && bytes[at] == '\n')))
        at++;
    if (at == length)
        return -1;
    const char *const allowed = cut->depth == 0                     ? "\n,{["
                                : cut->levels[cut->depth - 1].array ? ",]"
                                                                    : ",}";
    return strchr(allowed, bytes[at]) != NULL && bytes[at] != '\0';
}

static bool cut_record(const struct json_cut *cut, const char *bytes, size_t length,
                       bool at_end, struct record *record) {
    size_t at = 0;
    const enum json_scan scan =
        bytes[0] == '{' ? json_scan_object(bytes, length, &at) : JSON_SCAN_FAULT;
    const int well =
        scan == JSON_SCAN_WHOLE ? is_followed_well(cut, bytes, length, at) : 0;
    if ((scan == JSON_SCAN_MORE || well < 0) && !at_end && length <= LIMIT_RECORD_BYTES)
        return false;
    if (scan == JSON_SCAN_WHOLE && well != 0)
        return emit(at <= LIMIT_RECORD_BYTES ? RECORD_WHOLE : RECORD_TOO_LONG, bytes, at,
                    0, record);
    return cut_fault(cut, bytes, length, at_end, at, record);
}

bool json_cut_next(struct json_cut *cut, const char *bytes, size_t length, bool at_end,
                   struct record *record) {
    bool blank = true;
    const size_t reach = MIN(length, (size_t)LIMIT_RECORD_BYTES);
    size_t i = 0;
    for (; i < reach; i++) {
        const bool in_string = cut->in_string;
        const enum step next = step(cut, bytes + i, length - i, at_end);
        if (next == STEP_RECORD && i == 0)
            return cut_record(cut, bytes, length, at_end, record);
        if (next != STEP_ON)
            break;
        blank = blank && !in_string && (is_space(bytes[i]) || bytes[i] == ',');
    }
    if (i == 0)
        return false;
    /* An array or an envelope that never closes was cut. */
    const bool cut_short = at_end && i == length && cut->depth > 0;
    return emit(cut_short ? RECORD_MALFORMED
                : blank   ? RECORD_BLANK
                          : RECORD_HEADER,
                bytes, i, 0, record);
}
