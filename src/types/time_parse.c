#include "types/calendar.h"

#include <quire/types.h>

#include <string.h>

/* Reading stops at the first thing that is not as it should be: `at` becomes NULL and stays it. */
typedef struct scan {
    const char *at;
} scan;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Takes `c` if it comes next. */
static bool take(scan *s, char c)
{
    if (!s->at || *s->at != c)
        return false;
    s->at++;
    return true;
}

static void expect(scan *s, char c)
{
    if (!take(s, c))
        s->at = NULL;
}

/* A number of `least` to `most` digits (9 at most). */
static int number(scan *s, int least, int most)
{
    int value = 0;
    int count = 0;
    while (s->at && count < most && is_digit(*s->at)) {
        value = value * 10 + (*s->at++ - '0');
        count++;
    }
    if (count < least || (s->at && is_digit(*s->at)))
        s->at = NULL;
    return value;
}

static int two_digits(scan *s)
{
    if (!s->at || !is_digit(s->at[0]) || !is_digit(s->at[1])) {
        s->at = NULL;
        return 0;
    }
    int value = (s->at[0] - '0') * 10 + (s->at[1] - '0');
    s->at += 2;
    return value;
}

typedef struct calendar_day {
    int year;
    int month;
    int day;
} calendar_day;

static calendar_day read_day(scan *s)
{
    calendar_day d = { 0 };
    d.year = number(s, 4, 7);
    expect(s, '-');
    d.month = two_digits(s);
    expect(s, '-');
    d.day = two_digits(s);
    return d;
}

/* " BC", which stands at the very end, and the end itself. Days since 2000 on success. */
static bool finish_day(scan *s, calendar_day d, int64_t *days)
{
    if (!s->at)
        return false;
    bool is_bc = strcmp(s->at, " BC") == 0;
    if ((*s->at && !is_bc) || d.year == 0)
        return false;
    int64_t year = is_bc ? 1 - (int64_t)d.year : d.year;
    if (!qi_is_day(year, d.month, d.day))
        return false;
    *days = qi_days_of(year, d.month, d.day);
    return true;
}

/* Digits behind the decimal point as microseconds, rounded to the nearest, ties to even. */
static int64_t read_fraction(scan *s)
{
    if (!s->at || !is_digit(*s->at)) {
        s->at = NULL;
        return 0;
    }
    int64_t us = 0;
    int count = 0;
    for (; count < 6 && is_digit(*s->at); count++)
        us = us * 10 + (*s->at++ - '0');
    for (; count < 6; count++)
        us *= 10;
    if (!is_digit(*s->at))
        return us;
    int next = *s->at++ - '0';
    bool more = false;
    while (is_digit(*s->at))
        more = *s->at++ != '0' || more;
    return us + (next > 5 || (next == 5 && (more || us % 2 == 1)));
}

/* "13:45", "13:45:00", "13:45:00.25"; 24:00 is the end of the day. */
static int64_t read_clock(scan *s)
{
    int64_t hour = two_digits(s);
    expect(s, ':');
    int64_t minute = two_digits(s);
    int64_t second = 0;
    int64_t us = 0;
    if (take(s, ':')) {
        second = two_digits(s);
        if (take(s, '.'))
            us = read_fraction(s);
    }
    int64_t all =
        hour * QI_US_PER_HOUR + minute * QI_US_PER_MINUTE + second * QI_US_PER_SECOND + us;
    if (hour > 24 || minute > 59 || second > 59 || all > QI_US_PER_DAY)
        s->at = NULL;
    return all;
}

/* "Z", "+02", "+02:00", "+0200", "-00:01:15": microseconds east of Greenwich; nothing is UTC. */
static int64_t read_offset(scan *s)
{
    if (take(s, 'Z') || take(s, 'z'))
        return 0;
    int sign = take(s, '-') ? -1 : take(s, '+') ? 1 : 0;
    if (!sign)
        return 0;
    int64_t hour = two_digits(s);
    int64_t minute = 0;
    int64_t second = 0;
    if (take(s, ':')) {
        minute = two_digits(s);
        if (take(s, ':'))
            second = two_digits(s);
    } else if (s->at && is_digit(*s->at)) {
        minute = two_digits(s);
    }
    if (hour > 15 || minute > 59 || second > 59) /* MAX_TZDISP_HOUR */
        s->at = NULL;
    return sign * (hour * QI_US_PER_HOUR + minute * QI_US_PER_MINUTE + second * QI_US_PER_SECOND);
}

/* 1, -1 for the infinities, else 0. */
static int infinity(const char *text)
{
    return strcmp(text, "infinity") == 0 ? 1 : strcmp(text, "-infinity") == 0 ? -1 : 0;
}

quire_status quire_date_parse(const char *text, quire_date *out)
{
    if (!text)
        return QUIRE_DATA;
    int endless = infinity(text);
    if (endless) {
        out->days = endless > 0 ? QUIRE_DATE_INFINITY : QUIRE_DATE_MINUS_INFINITY;
        return QUIRE_OK;
    }
    scan s = { text };
    calendar_day day = read_day(&s);
    int64_t days;
    if (!finish_day(&s, day, &days) || days < QI_FIRST_DAY || days > QI_LAST_DAY)
        return QUIRE_DATA;
    out->days = (int32_t)days;
    return QUIRE_OK;
}

quire_status quire_time_parse(const char *text, quire_time *out)
{
    scan s = { text };
    int64_t us = read_clock(&s);
    if (!s.at || *s.at)
        return QUIRE_DATA;
    out->us = us;
    return QUIRE_OK;
}

static quire_status parse(const char *text, bool zoned, int64_t *out)
{
    if (!text)
        return QUIRE_DATA;
    int endless = infinity(text);
    if (endless) {
        *out = endless > 0 ? QUIRE_TIMESTAMP_INFINITY : QUIRE_TIMESTAMP_MINUS_INFINITY;
        return QUIRE_OK;
    }
    scan s = { text };
    calendar_day day = read_day(&s);
    if (!take(&s, 'T'))
        expect(&s, ' ');
    int64_t clock = read_clock(&s);
    int64_t offset = zoned ? read_offset(&s) : 0;
    int64_t days;
    /* Years of seven digits would overflow below; the last timestamp is in day 106,751,990. */
    if (!finish_day(&s, day, &days) || days < QI_FIRST_DAY - 1 || days > 106751992)
        return QUIRE_DATA;
    /* In two steps, each in range: the last day plus 24:00 is beyond 2^63. */
    int64_t in_day = clock - offset;
    int64_t carry = in_day / QI_US_PER_DAY - (in_day % QI_US_PER_DAY < 0);
    days += carry;
    in_day -= carry * QI_US_PER_DAY;
    if (days < QI_FIRST_DAY || days > QI_LAST_TIMESTAMP / QI_US_PER_DAY)
        return QUIRE_DATA;
    int64_t us = days * QI_US_PER_DAY;
    if (us > QI_LAST_TIMESTAMP - in_day)
        return QUIRE_DATA;
    *out = us + in_day;
    return QUIRE_OK;
}

quire_status quire_timestamp_parse(const char *text, quire_timestamp *out)
{
    return parse(text, false, &out->us);
}

quire_status quire_timestamptz_parse(const char *text, quire_timestamptz *out)
{
    return parse(text, true, &out->us);
}
