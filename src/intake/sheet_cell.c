#include "sheet_cell.h"

#include "barometre/month.h"

#include <math.h>

/* The whole text as a finite number. */
static bool parse(const char *value, double *number) {
    char *end;
    *number = g_ascii_strtod(value, &end);
    return end != value && *end == '\0' && isfinite(*number);
}

void sheet_cell_number(GString *text, const char *value) {
    static const double most_whole = 9007199254740992.0; /* 2^53 */
    char shown[G_ASCII_DTOSTR_BUF_SIZE];
    double number;
    if (!parse(value, &number))
        g_string_append(text, value);
    else if (floor(number) == number && fabs(number) <= most_whole)
        g_string_append(text, g_ascii_formatd(shown, sizeof shown, "%.0f", number));
    else
        g_string_append(text, g_ascii_formatd(shown, sizeof shown, "%.15g", number));
}

void sheet_cell_date(GString *text, const char *value, bool from_1904) {
    enum { DAYS_1904 = -24107, DAYS_1900 = -25568, LEAP_1900 = 60, SECONDS = 86400 };
    static const double most_days = 2958466; /* 10000-01-01 */
    char day_text[DAY_TEXT_SIZE];
    double number;
    if (!parse(value, &number) || number < 0 || number >= most_days ||
        (!from_1904 && floor(number) == LEAP_1900)) {
        g_string_append(text, value);
        return;
    }
    const int64_t seconds = (int64_t)llround(number * SECONDS);
    int32_t day = (int32_t)(seconds / SECONDS);
    const int time = (int)(seconds % SECONDS);
    day += from_1904 ? DAYS_1904 : day > LEAP_1900 ? DAYS_1900 - 1 : DAYS_1900;
    day_format(day, day_text);
    g_string_append(text, day_text);
    if (time > 0)
        g_string_append_printf(text, " %02d:%02d:%02d", time / 3600, time / 60 % 60,
                               time % 60);
}
