/*
 * The binary form of numeric (numeric_send): four int16 - the number of digits, the weight (the power of
 * 10000 of the first digit), the sign, the digits to show behind the point - and the digits to base
 * 10000. Written out here as numeric_out does.
 */
#include "types/value.h"
#include "types/wire.h"

#include <string.h>

#define HEADER 8u
#define MINUS 0x4000u
#define NOT_A_NUMBER 0xC000u
#define INFINITE 0xD000u
#define MINUS_INFINITE 0xF000u
#define LARGEST_SCALE 0x3FFF /* NUMERIC_DSCALE_MASK */
#define DIGITS 4             /* decimal digits of one digit to base 10000 */

typedef struct number {
    const char *digits;
    int count;
    int weight;
    int scale;
} number;

/* The digit to base 10000 at a power; those that are not sent are zero. */
static unsigned digit_at(const number *n, int power)
{
    int index = n->weight - power;
    if (index < 0 || index >= n->count)
        return 0;
    return qi_get16(n->digits + 2 * index);
}

static char *put_digit(char *at, unsigned digit)
{
    at[0] = (char)('0' + digit / 1000);
    at[1] = (char)('0' + digit / 100 % 10);
    at[2] = (char)('0' + digit / 10 % 10);
    at[3] = (char)('0' + digit % 10);
    return at + DIGITS;
}

static bool digits_are_valid(const number *n, bool *is_zero)
{
    *is_zero = true;
    for (int i = 0; i < n->count; i++) {
        unsigned digit = qi_get16(n->digits + 2 * i);
        if (digit > 9999)
            return false;
        *is_zero = *is_zero && digit == 0;
    }
    return true;
}

static char *put_whole(char *at, const number *n)
{
    char *start = at;
    for (int power = n->weight; power >= 0; power--)
        at = put_digit(at, digit_at(n, power));
    size_t zeros = 0;
    while (start + zeros < at && start[zeros] == '0')
        zeros++;
    size_t length = (size_t)(at - start) - zeros;
    if (zeros)
        memmove(start, start + zeros, length);
    if (!length)
        start[length++] = '0';
    return start + length;
}

static char *put_fraction(char *at, const number *n)
{
    if (!n->scale)
        return at;
    *at++ = '.';
    char *end = at + n->scale;
    for (int power = -1; at < end; power--)
        at = put_digit(at, digit_at(n, power));
    return end;
}

static qi_flaw put_number(const number *n, bool minus, quire_decimal *out, qi_arena *arena)
{
    bool is_zero;
    if (!digits_are_valid(n, &is_zero))
        return QI_FLAW_BYTES;
    /* Sign, whole digits or "0", point, fraction rounded up to whole groups, NUL. */
    size_t whole = n->weight >= 0 ? ((size_t)n->weight + 1) * DIGITS : 1;
    char *text = qi_arena_bytes(arena, whole + (size_t)n->scale + DIGITS + 3);
    if (!text)
        return QI_FLAW_MEMORY;
    char *at = text;
    if (minus && !is_zero)
        *at++ = '-';
    at = put_whole(at, n);
    at = put_fraction(at, n);
    *at = '\0';
    out->text = text;
    return QI_FINE;
}

qi_flaw qi_decimal_decode(const char *data, size_t length, quire_decimal *out, qi_arena *arena)
{
    if (length < HEADER)
        return QI_FLAW_BYTES;
    number n = {
        .digits = data + HEADER,
        .count = qi_get16(data),
        .weight = (int16_t)qi_get16(data + 2),
        .scale = qi_get16(data + 6),
    };
    unsigned sign = qi_get16(data + 4);
    if (length - HEADER != (size_t)n.count * 2 || n.scale > LARGEST_SCALE)
        return QI_FLAW_BYTES;
    switch (sign) {
    case 0:
    case MINUS:
        return put_number(&n, sign == MINUS, out, arena);
    case NOT_A_NUMBER:
        out->text = "NaN";
        return QI_FINE;
    case INFINITE:
        out->text = "Infinity";
        return QI_FINE;
    case MINUS_INFINITE:
        out->text = "-Infinity";
        return QI_FINE;
    default:
        return QI_FLAW_BYTES;
    }
}
