/* Months and days as integers, proleptic Gregorian calendar, no clock and no locale.
 *
 * A day is the number of days since 1970-01-01. A month is the number of months since
 * January of the year 0, so that months subtract and compare like integers.
 */
#ifndef BAROMETRE_MONTH_H
#define BAROMETRE_MONTH_H

#include <stdbool.h>
#include <stdint.h>

#define MONTH_TEXT_SIZE 8 /* "2026-10" and its NUL */
#define DAY_TEXT_SIZE 11  /* "2026-10-31" and its NUL */

/* The day of a calendar date; false where the calendar has no such date (2026-02-30). */
bool day_from_date(int year, int month, int day_of_month, int32_t *day);

/* Writes the day as YYYY-MM-DD. Days lie in the years 0 to 9999. */
void day_format(int32_t day, char text[static DAY_TEXT_SIZE]);

/* The month that holds the day. */
int32_t month_of_day(int32_t day);

/* First and last day of a month. */
int32_t month_first_day(int32_t month);
int32_t month_last_day(int32_t month);

int month_year(int32_t month);
int month_number(int32_t month); /* 1 to 12 */

/* Reads YYYY-MM, nothing before or after it; false for anything else. */
bool month_parse(const char *text, int32_t *month);

/* Writes the month as YYYY-MM. */
void month_format(int32_t month, char text[static MONTH_TEXT_SIZE]);

#endif
