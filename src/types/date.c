#include "types/calendar.h"

#include <quire/types.h>

#define UNIX_EPOCH INT64_C(946684800) /* seconds from 1970-01-01 to 2000-01-01 */

quire_status quire_date_from_ymd(int year, int month, int day, quire_date *out)
{
    if (!qi_is_day(year, month, day))
        return QUIRE_DATA;
    int64_t days = qi_days_of(year, month, day);
    if (days < QI_FIRST_DAY || days > QI_LAST_DAY)
        return QUIRE_DATA;
    out->days = (int32_t)days;
    return QUIRE_OK;
}

quire_status quire_date_to_ymd(quire_date date, int *year, int *month, int *day)
{
    if (date.days == QUIRE_DATE_INFINITY || date.days == QUIRE_DATE_MINUS_INFINITY)
        return QUIRE_DATA;
    int64_t y;
    int m;
    int d;
    qi_days_split(date.days, &y, &m, &d);
    if (year)
        *year = (int)y;
    if (month)
        *month = m;
    if (day)
        *day = d;
    return QUIRE_OK;
}

quire_status quire_timestamptz_from_timespec(struct timespec ts, quire_timestamptz *out)
{
    if (ts.tv_nsec < 0 || ts.tv_nsec > 999999999)
        return QUIRE_DATA;
    int64_t seconds = (int64_t)ts.tv_sec;
    if (seconds < QI_FIRST_TIMESTAMP / QI_US_PER_SECOND + UNIX_EPOCH ||
        seconds > QI_LAST_TIMESTAMP / QI_US_PER_SECOND + UNIX_EPOCH)
        return QUIRE_DATA;
    out->us = (seconds - UNIX_EPOCH) * QI_US_PER_SECOND + ts.tv_nsec / 1000;
    return QUIRE_OK;
}

quire_status quire_timestamptz_to_timespec(quire_timestamptz value, struct timespec *out)
{
    if (value.us == QUIRE_TIMESTAMP_INFINITY || value.us == QUIRE_TIMESTAMP_MINUS_INFINITY)
        return QUIRE_DATA;
    int64_t us = value.us % QI_US_PER_SECOND;
    int64_t seconds = value.us / QI_US_PER_SECOND - (us < 0) + UNIX_EPOCH;
    time_t whole = (time_t)seconds;
    if ((int64_t)whole != seconds)
        return QUIRE_DATA;
    out->tv_sec = whole;
    out->tv_nsec = (long)(us < 0 ? us + QI_US_PER_SECOND : us) * 1000;
    return QUIRE_OK;
}
