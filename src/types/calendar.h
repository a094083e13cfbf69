/*
 * calendar.h - days and the proleptic Gregorian calendar, and writing numbers into texts.
 *
 * Days count from 2000-01-01, years from 0, which is 1 BC. PostgreSQL's ranges: dates from 4714-11-24 BC
 * (Julian day 0) to 5874897-12-31, timestamps from there to 294276-12-31.
 */
#ifndef QI_CALENDAR_H
#define QI_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#define QI_US_PER_SECOND INT64_C(1000000)
#define QI_US_PER_MINUTE (60 * QI_US_PER_SECOND)
#define QI_US_PER_HOUR (60 * QI_US_PER_MINUTE)
#define QI_US_PER_DAY (24 * QI_US_PER_HOUR)

#define QI_FIRST_DAY (-2451545)
#define QI_LAST_DAY 2145031948
#define QI_FIRST_TIMESTAMP (QI_FIRST_DAY * QI_US_PER_DAY)
#define QI_LAST_TIMESTAMP INT64_C(9223371331199999999)

/* Days to a date of the calendar, which must exist. */
int64_t qi_days_of(int64_t year, int month, int day);

/* The other way. Any number of days that fits 40 bits. */
void qi_days_split(int64_t days, int64_t *year, int *month, int *day);

/* Whether the month has the day. */
bool qi_is_day(int64_t year, int month, int day);

static inline bool qi_date_is_in_range(int32_t days)
{
    return days == INT32_MAX || days == INT32_MIN || (days >= QI_FIRST_DAY && days <= QI_LAST_DAY);
}

static inline bool qi_timestamp_is_in_range(int64_t us)
{
    return us == INT64_MAX || us == INT64_MIN ||
           (us >= QI_FIRST_TIMESTAMP && us <= QI_LAST_TIMESTAMP);
}

/* Write at `at` and return the end; no NUL. */
char *qi_put_number(char *at, uint64_t value, int width); /* with leading zeros to `width` */
char *qi_put_text(char *at, const char *text);
char *qi_put_fraction(char *at, uint32_t us); /* ".25": without trailing zeros; nothing for 0 */
char *qi_put_clock(char *at, uint64_t us);    /* "13:45:00.25" */
char *qi_put_date(char *at, int64_t days, bool *is_bc); /* "0044-03-15" */

#endif
