#include "types/value.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * The parts of a decimal's text: digits with one point somewhere, as if that were not there, times
 * 10^exponent. `exponent` counts the point.
 */
typedef struct parts {
    bool minus;
    const char *digits; /* may hold a point */
    size_t length;      /* of `digits`, the point included */
    int64_t exponent;
} parts;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_word(const char *text, const char *word)
{
    while (*text && lower(*text) == *word) {
        text++;
        word++;
    }
    return !*text && !*word;
}

/* The names that numeric_in knows: 0 for none, 1 infinity, -1 minus infinity, 2 not a number. */
static int special(const char *text)
{
    if (is_word(text, "nan"))
        return 2;
    int sign = *text == '-' ? -1 : 1;
    if (*text == '-' || *text == '+')
        text++;
    return is_word(text, "infinity") || is_word(text, "inf") ? sign : 0;
}

/* What stands behind an "e". Kept far below overflow: no text is long enough to make up for more. */
static bool read_exponent(const char *at, int64_t *exponent)
{
    const int64_t most = INT64_C(1000000000000);
    int64_t sign = *at == '-' ? -1 : 1;
    if (*at == '-' || *at == '+')
        at++;
    if (!is_digit(*at))
        return false;
    int64_t value = 0;
    for (; is_digit(*at); at++)
        value = value < most ? value * 10 + (*at - '0') : most;
    *exponent = sign * value;
    return *at == '\0';
}

static bool split(const char *text, parts *out)
{
    *out = (parts){ .minus = *text == '-' };
    if (*text == '-' || *text == '+')
        text++;
    out->digits = text;
    size_t whole = 0;
    while (is_digit(text[whole]))
        whole++;
    size_t fraction = 0;
    if (text[whole] == '.') {
        while (is_digit(text[whole + 1 + fraction]))
            fraction++;
        out->length = whole + 1 + fraction;
    } else {
        out->length = whole;
    }
    if (!whole && !fraction)
        return false;
    const char *rest = text + out->length;
    if (lower(*rest) == 'e' ? !read_exponent(rest + 1, &out->exponent) : *rest != '\0')
        return false;
    out->exponent -= (int64_t)fraction;
    return true;
}

bool qi_decimal_is_valid(const char *text)
{
    parts p;
    return special(text) || split(text, &p);
}

/* ---- as an integer --------------------------------------------------------------------------- */

quire_status quire_decimal_from_int8(int64_t units, int scale,
                                     char storage[QUIRE_DECIMAL_INT8_SIZE], quire_decimal *out)
{
    if (scale < 0 || scale > 18)
        return QUIRE_DATA;
    uint64_t left = units < 0 ? 0 - (uint64_t)units : (uint64_t)units;
    char *at = storage + QUIRE_DECIMAL_INT8_SIZE;
    *--at = '\0';
    int written = 0;
    do {
        if (written == scale && scale)
            *--at = '.';
        *--at = (char)('0' + left % 10);
        left /= 10;
        written++;
    } while (left || written <= scale);
    if (units < 0)
        *--at = '-';
    memmove(storage, at, (size_t)(storage + QUIRE_DECIMAL_INT8_SIZE - at));
    out->text = storage;
    return QUIRE_OK;
}

static bool append_digit(uint64_t *value, int digit)
{
    if (*value > (UINT64_MAX - (uint64_t)digit) / 10)
        return false;
    *value = *value * 10 + (uint64_t)digit;
    return true;
}

/* digits * 10^exponent, exactly. */
static bool to_magnitude(const parts *p, uint64_t *out)
{
    int64_t exponent = p->exponent;
    size_t length = p->length;
    while (length && !(p->digits[length - 1] >= '1' && p->digits[length - 1] <= '9')) {
        length--;
        exponent += p->digits[length] == '0';
    }
    *out = 0;
    if (!length)
        return true;
    if (exponent < 0 || exponent > 19)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (p->digits[i] != '.' && !append_digit(out, p->digits[i] - '0'))
            return false;
    }
    for (; exponent; exponent--) {
        if (!append_digit(out, 0))
            return false;
    }
    return true;
}

quire_status quire_decimal_to_int8(quire_decimal d, int scale, int64_t *out)
{
    parts p;
    uint64_t magnitude;
    if (!d.text || !split(d.text, &p))
        return QUIRE_DATA;
    p.exponent += scale;
    if (!to_magnitude(&p, &magnitude) || magnitude > (uint64_t)INT64_MAX + p.minus)
        return QUIRE_DATA;
    if (!p.minus)
        *out = (int64_t)magnitude;
    else
        *out = magnitude ? -(int64_t)(magnitude - 1) - 1 : 0;
    return QUIRE_OK;
}

/* ---- as a float ------------------------------------------------------------------------------ */

/*
 * strtod reads the locale's decimal point, so it gets none: the digits as a whole number and an
 * exponent. A double is decided by its first 767 significant digits and by whether anything but zeros
 * follows, so that much is enough to round as exactly as with all of them; a float by fewer.
 */
#define SIGNIFICANT 780

typedef struct pointless {
    char text[SIGNIFICANT + 40];
    size_t length;
} pointless;

/* The significant digits. How many of the number's digits they leave out comes on top of `exponent`. */
static void put_digits(pointless *out, const parts *p, int64_t *exponent)
{
    bool more = false;
    size_t first = out->length;
    for (size_t i = 0; i < p->length; i++) {
        char c = p->digits[i];
        if (c == '.' || (c == '0' && out->length == first))
            continue;
        if (out->length - first < SIGNIFICANT) {
            out->text[out->length++] = c;
        } else {
            more = more || c != '0';
            *exponent += 1;
        }
    }
    if (out->length == first)
        out->text[out->length++] = '0';
    if (more) { /* not zero behind them: one digit says so */
        out->text[out->length++] = '1';
        *exponent -= 1;
    }
}

static void remove_point(const parts *p, pointless *out)
{
    int64_t exponent = p->exponent;
    out->length = 0;
    out->text[out->length++] = p->minus ? '-' : '+';
    put_digits(out, p, &exponent);
    /* Beyond these it is 0 or infinite, whatever the digits. */
    exponent = exponent > 400 ? 400 : exponent < -2000 ? -2000 : exponent;
    out->text[out->length++] = 'e';
    out->text[out->length++] = exponent < 0 ? '-' : '+';
    uint64_t left = (uint64_t)(exponent < 0 ? -exponent : exponent);
    for (uint64_t unit = 1000; unit; unit /= 10)
        out->text[out->length++] = (char)('0' + left / unit % 10);
    out->text[out->length] = '\0';
}

/* Whether it is one of the numbers that have names. */
static bool is_named(const char *text, float *out)
{
    int name = special(text);
    if (name == 2)
        *out = NAN;
    else if (name)
        *out = name > 0 ? INFINITY : -INFINITY;
    return name != 0;
}

bool qi_float8_parse(const char *text, double *out)
{
    float named;
    parts p;
    pointless number;
    if (is_named(text, &named)) {
        *out = (double)named;
        return true;
    }
    if (!split(text, &p))
        return false;
    remove_point(&p, &number);
    *out = strtod(number.text, NULL);
    return true;
}

/* Not by way of a double, which would round twice. */
bool qi_float4_parse(const char *text, float *out)
{
    parts p;
    pointless number;
    if (is_named(text, out))
        return true;
    if (!split(text, &p))
        return false;
    remove_point(&p, &number);
    *out = strtof(number.text, NULL);
    return true;
}

double quire_decimal_to_double(quire_decimal d)
{
    double value;
    return d.text && qi_float8_parse(d.text, &value) ? value : (double)NAN;
}
