/*
 * Intervals from text, in all of the four forms that EncodeInterval (src/backend/utils/adt/datetime.c) writes:
 *
 *   postgres          -1 years -2 mons +3 days -04:05:06.789
 *   postgres_verbose  @ 1 year 2 mons -3 days 4 hours 5 mins 6.789 secs ago
 *   sql_standard      -1-2, or 3 4:05:06.789, or +1-2 -3 +4:05:06.789
 *   iso_8601          P-1Y-2M3DT-4H-5M-6.789S
 *
 * They never contradict each other, so that one reader takes them all: numbers, each with what follows it.
 */
#include "types/calendar.h"
#include "types/value.h"

#include <string.h>

typedef struct scan {
    const char *at;
    bool ago;        /* everything is the other way round */
    bool minus;      /* the sign of the last number, which "4:05:06" behind it takes over */
    bool only_clock; /* may follow, behind days without a unit */
    int64_t months;
    int64_t days;
    int64_t us;
} scan;

/* A number as it stands: a sign or none, whole digits, a fraction in microseconds. */
typedef struct number {
    int64_t whole;
    int64_t fraction;
    bool minus;
    bool has_sign;
    bool has_fraction;
} number;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool read_digits(scan *s, int64_t *out)
{
    int64_t value = 0;
    if (!is_digit(*s->at))
        return false;
    for (; is_digit(*s->at); s->at++) {
        if (value > (INT64_MAX - 9) / 10)
            return false;
        value = value * 10 + (*s->at - '0');
    }
    *out = value;
    return true;
}

/* ".25", at most to the microsecond. */
static bool read_fraction(scan *s, number *out)
{
    out->has_fraction = *s->at == '.';
    if (!out->has_fraction)
        return true;
    s->at++;
    int count = 0;
    for (; count < 6 && is_digit(*s->at); count++)
        out->fraction = out->fraction * 10 + (*s->at++ - '0');
    if (!count || is_digit(*s->at))
        return false;
    for (; count < 6; count++)
        out->fraction *= 10;
    return true;
}

static bool read_number(scan *s, number *out)
{
    *out = (number){ .minus = *s->at == '-', .has_sign = *s->at == '-' || *s->at == '+' };
    s->at += out->has_sign;
    return read_digits(s, &out->whole) && read_fraction(s, out);
}

/* sum += value * unit, with the sign. */
static bool add(const scan *s, int64_t *sum, bool minus, int64_t value, int64_t unit)
{
    int64_t product;
    if (minus != s->ago)
        value = -value;
    return !__builtin_mul_overflow(value, unit, &product) &&
           !__builtin_add_overflow(*sum, product, sum);
}

/* Of a unit that is counted whole. */
static bool add_whole(scan *s, int64_t *sum, const number *n, int64_t unit)
{
    return !n->has_fraction && add(s, sum, n->minus, n->whole, unit);
}

static bool add_seconds(scan *s, const number *n)
{
    return add(s, &s->us, n->minus, n->whole, QI_US_PER_SECOND) &&
           add(s, &s->us, n->minus, n->fraction, 1);
}

/* ":05:06.789" behind the hours. */
static bool read_clock(scan *s, const number *hours)
{
    number minutes;
    number seconds;
    bool minus = hours->has_sign ? hours->minus : s->minus;
    s->at++;
    if (!read_number(s, &minutes) || minutes.has_sign || minutes.has_fraction ||
        minutes.whole > 59 || *s->at++ != ':')
        return false;
    if (!read_number(s, &seconds) || seconds.has_sign || seconds.whole > 59)
        return false;
    seconds.minus = minus;
    return !hours->has_fraction && add(s, &s->us, minus, hours->whole, QI_US_PER_HOUR) &&
           add(s, &s->us, minus, minutes.whole, QI_US_PER_MINUTE) && add_seconds(s, &seconds);
}

/* "-2" behind the years of sql_standard. */
static bool read_months(scan *s, const number *years)
{
    number months;
    s->at++;
    if (!read_number(s, &months) || months.has_sign || months.whole > 11)
        return false;
    months.minus = years->minus;
    return add_whole(s, &s->months, years, 12) && add_whole(s, &s->months, &months, 1);
}

/* Takes a word, singular or plural, if it comes next. */
static bool take_unit(scan *s, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(s->at, word, length) != 0)
        return false;
    const char *end = s->at + length;
    end += *end == 's';
    if (*end && *end != ' ')
        return false;
    s->at = end;
    return true;
}

/* "years" behind its number. Days of sql_standard have none, nor has "0". */
static bool read_unit(scan *s, const number *n)
{
    if (s->only_clock)
        return false;
    if (!*s->at)
        return n->whole == 0 && !n->has_fraction;
    if (is_digit(s->at[1]) || s->at[1] == '+' || s->at[1] == '-') {
        s->only_clock = true;
        return *s->at == ' ' && add_whole(s, &s->days, n, 1);
    }
    if (*s->at++ != ' ')
        return false;
    if (take_unit(s, "year"))
        return add_whole(s, &s->months, n, 12);
    if (take_unit(s, "mon"))
        return add_whole(s, &s->months, n, 1);
    if (take_unit(s, "day"))
        return add_whole(s, &s->days, n, 1);
    if (take_unit(s, "hour"))
        return add_whole(s, &s->us, n, QI_US_PER_HOUR);
    if (take_unit(s, "min"))
        return add_whole(s, &s->us, n, QI_US_PER_MINUTE);
    return take_unit(s, "sec") && add_seconds(s, n);
}

static bool read_words(scan *s)
{
    for (;;) {
        number n;
        if (!read_number(s, &n))
            return false;
        bool good = *s->at == ':'   ? read_clock(s, &n)
                    : *s->at == '-' ? read_months(s, &n)
                                    : read_unit(s, &n);
        s->minus = n.minus;
        if (!good || !*s->at)
            return good;
        if (*s->at++ != ' ')
            return false;
        if (s->ago && strcmp(s->at, "ago") == 0)
            return true;
    }
}

static bool read_iso_unit(scan *s, const number *n, bool in_time)
{
    switch (*s->at++) {
    case 'Y':
        return !in_time && add_whole(s, &s->months, n, 12);
    case 'D':
        return !in_time && add_whole(s, &s->days, n, 1);
    case 'M':
        return in_time ? add_whole(s, &s->us, n, QI_US_PER_MINUTE) : add_whole(s, &s->months, n, 1);
    case 'H':
        return in_time && add_whole(s, &s->us, n, QI_US_PER_HOUR);
    case 'S':
        return in_time && add_seconds(s, n);
    default:
        return false;
    }
}

/* Behind the P. */
static bool read_iso(scan *s)
{
    bool in_time = false;
    do {
        number n;
        if (*s->at == 'T' && !in_time) {
            in_time = true;
            s->at++;
        }
        if (!read_number(s, &n) || !read_iso_unit(s, &n, in_time))
            return false;
    } while (*s->at);
    return true;
}

static bool ends_in_ago(const char *text)
{
    size_t length = strlen(text);
    return length > 4 && strcmp(text + length - 4, " ago") == 0;
}

bool qi_interval_parse(const char *text, quire_interval *out)
{
    scan s = { .at = text };
    bool good;
    if (strcmp(text, "infinity") == 0 || strcmp(text, "-infinity") == 0) {
        bool minus = *text == '-';
        *out = (quire_interval){ minus ? INT64_MIN : INT64_MAX, minus ? INT32_MIN : INT32_MAX,
                                 minus ? INT32_MIN : INT32_MAX };
        return true;
    }
    if (*text == 'P') {
        s.at++;
        good = read_iso(&s);
    } else {
        if (strncmp(text, "@ ", 2) == 0) {
            s.at += 2;
            s.ago = ends_in_ago(text);
        }
        good = read_words(&s);
    }
    if (!good || s.months < INT32_MIN || s.months > INT32_MAX || s.days < INT32_MIN ||
        s.days > INT32_MAX)
        return false;
    *out = (quire_interval){ s.us, (int32_t)s.days, (int32_t)s.months };
    return true;
}
