#include "cell.h"

#include "barometre/month.h"

#include <glib.h>
#include <string.h>

/* Up to `most` digits at `*p`, at least `least`; −1 where there are fewer. */
static int digits(const char **p, const char *end, int least, int most) {
    int number = 0, count = 0;
    while (*p < end && count < most && g_ascii_isdigit(**p)) {
        number = number * 10 + (**p - '0');
        (*p)++;
        count++;
    }
    return count < least ? -1 : number;
}

static bool skip(const char **p, const char *end, char character) {
    if (*p >= end || **p != character)
        return false;
    (*p)++;
    return true;
}

/* Nothing, Z, UTC, or an offset +HH:MM, +HHMM or +HH. */
static bool is_zone(const char *p, const char *end) {
    const size_t length = (size_t)(end - p);
    if (length == 0 || (length == 1 && *p == 'Z') ||
        (length == 3 && memcmp(p, "UTC", 3) == 0))
        return true;
    if (!skip(&p, end, '+') && !skip(&p, end, '-'))
        return false;
    const int hours = digits(&p, end, 2, 2);
    if (hours < 0 || hours > 14)
        return false;
    const bool separated = skip(&p, end, ':');
    if (p == end)
        return !separated;
    const int minutes = digits(&p, end, 2, 2);
    return minutes >= 0 && minutes < 60 && p == end;
}

/* H:MM, then perhaps seconds (a leap second is one), their fraction, and a zone. */
static bool is_time(const char *p, const char *end) {
    const int hour = digits(&p, end, 1, 2);
    const bool separated = skip(&p, end, ':');
    const int minute = digits(&p, end, 2, 2);
    if (hour < 0 || hour > 23 || !separated || minute < 0 || minute > 59)
        return false;
    if (skip(&p, end, ':')) {
        const int second = digits(&p, end, 2, 2);
        if (second < 0 || second > 60)
            return false;
        if ((skip(&p, end, '.') || skip(&p, end, ',')) && digits(&p, end, 1, 9) < 0)
            return false;
    }
    if (p < end && *p == ' ' && p + 1 < end)
        p++;
    return is_zone(p, end);
}

bool cell_date(const char *text, size_t length, const bool shapes[static 3],
               int32_t *day) {
    const char *p = text, *end = text + length;
    int year, month, day_of_month;
    if (length >= 5 && text[4] == '-') {
        year = digits(&p, end, 4, 4);
        if (!shapes[DATE_YMD] || year < 0 || !skip(&p, end, '-') ||
            (month = digits(&p, end, 2, 2)) < 0 || !skip(&p, end, '-') ||
            (day_of_month = digits(&p, end, 2, 2)) < 0)
            return false;
    } else {
        const int first = digits(&p, end, 1, 2);
        int second;
        if (!(shapes[DATE_DMY] || shapes[DATE_MDY]) || first < 0 || !skip(&p, end, '/') ||
            (second = digits(&p, end, 1, 2)) < 0 || !skip(&p, end, '/') ||
            (year = digits(&p, end, 4, 4)) < 0)
            return false;
        month = shapes[DATE_DMY] ? second : first;
        day_of_month = shapes[DATE_DMY] ? first : second;
    }
    if (p < end && !((*p == ' ' || *p == 'T') && is_time(p + 1, end)))
        return false;
    return day_from_date(year, month, day_of_month, day);
}

bool cell_number(const char *text, size_t length, int32_t *number) {
    int64_t whole = 0;
    bool any = false, fraction = false;
    for (size_t i = 0; i < length; i++) {
        const char c = text[i];
        if (g_ascii_isdigit(c)) {
            any = true;
            if (!fraction)
                whole = whole * 10 + (c - '0');
            if (whole > INT32_MAX)
                return false;
        } else if ((c == '.' || c == ',') && any && !fraction) {
            fraction = true;
        } else if (any && !fraction && c == ' ') {
            continue;
        } else if (any && !fraction && length - i > 1 &&
                   memcmp(text + i, "\xC2\xA0", 2) == 0) {
            i += 1;
        } else if (any && !fraction && length - i > 2 &&
                   memcmp(text + i, "\xE2\x80\xAF", 3) == 0) {
            i += 2;
        } else {
            return false;
        }
    }
    *number = (int32_t)whole;
    return any;
}
