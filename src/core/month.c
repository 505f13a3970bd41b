#include "barometre/month.h"

#include <glib.h>
#include <stdio.h>

/* days_from_civil and civil_from_days: H. Hinnant, "chrono-Compatible Low-Level Date
 * Algorithms" (2013). Years begin in March, so that the leap day is the last one. */
static int32_t days_from_civil(int year, int month, int day) {
    year -= month <= 2;
    const int era = (year >= 0 ? year : year - 399) / 400;
    const int year_of_era = year - era * 400;
    const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const int day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

static void civil_from_days(int32_t days, int *year, int *month, int *day) {
    days += 719468;
    const int era = (days >= 0 ? days : days - 146096) / 146097;
    const int day_of_era = days - era * 146097;
    const int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int shifted = (5 * day_of_year + 2) / 153;
    *day = day_of_year - (153 * shifted + 2) / 5 + 1;
    *month = shifted < 10 ? shifted + 3 : shifted - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

bool day_from_date(int year, int month, int day_of_month, int32_t *day) {
    if (year < 0 || year > 9999 || month < 1 || month > 12 || day_of_month < 1)
        return false;
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (day_of_month > lengths[month - 1] + (month == 2 && leap))
        return false;
    *day = days_from_civil(year, month, day_of_month);
    return true;
}

void day_format(int32_t day, char text[static DAY_TEXT_SIZE]) {
    int year, month, day_of_month;
    civil_from_days(day, &year, &month, &day_of_month);
    g_snprintf(text, DAY_TEXT_SIZE, "%04d-%02d-%02d", year, month, day_of_month);
}

int32_t month_of_day(int32_t day) {
    int year, month, day_of_month;
    civil_from_days(day, &year, &month, &day_of_month);
    return year * 12 + month - 1;
}

int32_t month_first_day(int32_t month) {
    return days_from_civil(month_year(month), month_number(month), 1);
}

int32_t month_last_day(int32_t month) {
    return month_first_day(month + 1) - 1;
}

int month_year(int32_t month) {
    return month / 12;
}

int month_number(int32_t month) {
    return month % 12 + 1;
}

bool month_parse(const char *text, int32_t *month) {
    int year = 0, number = 0;
    for (int i = 0; i < 7; i++) {
        if (i == 4 ? text[i] != '-' : !g_ascii_isdigit(text[i]))
            return false;
        if (i < 4)
            year = year * 10 + g_ascii_digit_value(text[i]);
        else if (i > 4)
            number = number * 10 + g_ascii_digit_value(text[i]);
    }
    if (text[7] != '\0' || number < 1 || number > 12)
        return false;
    *month = year * 12 + number - 1;
    return true;
}

void month_format(int32_t month, char text[static MONTH_TEXT_SIZE]) {
    g_snprintf(text, MONTH_TEXT_SIZE, "%04d-%02d", month_year(month),
               month_number(month));
}
