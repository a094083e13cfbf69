/*
 * Values from their text, as the types' output functions write them (src/backend/utils/adt). Numbers are
 * read here and not by strtol, which would take spaces and a sign where none belongs.
 */
#include "types/calendar.h"
#include "types/value.h"

#include <math.h>
#include <string.h>

static qi_flaw decode_bool(const char *text, void *out)
{
    bool value = *text == 't';
    if ((*text != 't' && *text != 'f') || text[1])
        return QI_FLAW_BYTES;
    memcpy(out, &value, sizeof value);
    return QI_FINE;
}

/* A whole number; `least` is not above zero. */
static bool read_integer(const char *text, int64_t least, int64_t most, int64_t *out)
{
    bool minus = *text == '-';
    if (minus)
        text++;
    if (!*text)
        return false;
    int64_t value = 0; /* counted downwards, since there is one more below zero */
    for (; *text; text++) {
        int digit = *text - '0';
        if (digit < 0 || digit > 9 || value < (INT64_MIN + digit) / 10)
            return false;
        value = value * 10 - digit;
    }
    if (minus ? value < least : value < -most)
        return false;
    *out = minus ? value : -value;
    return true;
}

static qi_flaw decode_integer(unsigned type, const char *text, void *out)
{
    int64_t value = 0;
    bool fits;
    if (type == QUIRE_TYPE_INT2) {
        fits = read_integer(text, INT16_MIN, INT16_MAX, &value);
        int16_t narrow = (int16_t)value;
        memcpy(out, &narrow, sizeof narrow);
    } else if (type == QUIRE_TYPE_INT4) {
        fits = read_integer(text, INT32_MIN, INT32_MAX, &value);
        int32_t narrow = (int32_t)value;
        memcpy(out, &narrow, sizeof narrow);
    } else if (type == QUIRE_TYPE_OID) {
        fits = read_integer(text, 0, UINT32_MAX, &value);
        uint32_t narrow = (uint32_t)value;
        memcpy(out, &narrow, sizeof narrow);
    } else {
        fits = read_integer(text, INT64_MIN, INT64_MAX, &value);
        memcpy(out, &value, sizeof value);
    }
    return fits ? QI_FINE : QI_FLAW_BYTES;
}

/* Digits that come out as infinite are no float that PostgreSQL has; it writes "Infinity" for that. */
static bool has_digits(const char *text)
{
    return strpbrk(text, "0123456789") != NULL;
}

static qi_flaw decode_float4(const char *text, void *out)
{
    float value;
    if (!qi_float4_parse(text, &value) || (isinf(value) && has_digits(text)))
        return QI_FLAW_BYTES;
    memcpy(out, &value, sizeof value);
    return QI_FINE;
}

static qi_flaw decode_float8(const char *text, void *out)
{
    double value;
    if (!qi_float8_parse(text, &value) || (isinf(value) && has_digits(text)))
        return QI_FLAW_BYTES;
    memcpy(out, &value, sizeof value);
    return QI_FINE;
}

static qi_flaw decode_decimal(const char *text, void *out)
{
    if (!qi_decimal_is_valid(text))
        return QI_FLAW_BYTES;
    quire_decimal value = { text };
    memcpy(out, &value, sizeof value);
    return QI_FINE;
}

/* ---- bytea ----------------------------------------------------------------------------------- */

static bool read_hex(const char *text, unsigned char *at, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        int high = qi_hex_digit(text[2 * i]);
        int low = qi_hex_digit(text[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        at[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}

static bool is_octal(char c, char most)
{
    return c >= '0' && c <= most;
}

/* One byte of the escape format: itself, two backslashes, or a backslash and three octal digits. */
static bool read_escaped(const char **text, unsigned char *out)
{
    const char *at = *text;
    *text += 1;
    *out = (unsigned char)at[0];
    if (at[0] != '\\')
        return true;
    if (at[1] == '\\') {
        *text += 1;
        return true;
    }
    if (!is_octal(at[1], '3') || !is_octal(at[2], '7') || !is_octal(at[3], '7'))
        return false;
    *text += 3;
    *out = (unsigned char)((at[1] - '0') << 6 | (at[2] - '0') << 3 | (at[3] - '0'));
    return true;
}

static qi_flaw decode_bytes(const char *text, void *out, qi_arena *arena)
{
    size_t length = strlen(text);
    bool is_hex = text[0] == '\\' && text[1] == 'x';
    if (is_hex && length % 2)
        return QI_FLAW_BYTES;
    size_t room = is_hex ? length / 2 - 1 : length; /* escaped ones are shorter, not longer */
    unsigned char *data = (unsigned char *)qi_arena_bytes(arena, room + 1);
    if (!data)
        return QI_FLAW_MEMORY;
    quire_bytes bytes = { data, 0 };
    if (is_hex) {
        if (!read_hex(text + 2, data, room))
            return QI_FLAW_BYTES;
        bytes.length = room;
    } else {
        while (*text) {
            if (!read_escaped(&text, &data[bytes.length]))
                return QI_FLAW_BYTES;
            bytes.length++;
        }
    }
    memcpy(out, &bytes, sizeof bytes);
    return QI_FINE;
}

/* ---- what the public parsers read ------------------------------------------------------------ */

static qi_flaw decode_parsed(unsigned type, const char *text, void *out)
{
    union {
        quire_uuid uuid;
        quire_date date;
        quire_time time;
        quire_timestamp timestamp;
        quire_timestamptz timestamptz;
        quire_interval interval;
    } value;
    quire_status status = QUIRE_DATA;
    if (type == QUIRE_TYPE_UUID)
        status = quire_uuid_parse(text, &value.uuid);
    else if (type == QUIRE_TYPE_DATE)
        status = quire_date_parse(text, &value.date);
    else if (type == QUIRE_TYPE_TIME)
        status = quire_time_parse(text, &value.time);
    else if (type == QUIRE_TYPE_TIMESTAMP)
        status = quire_timestamp_parse(text, &value.timestamp);
    else if (type == QUIRE_TYPE_TIMESTAMPTZ)
        status = quire_timestamptz_parse(text, &value.timestamptz);
    else if (qi_interval_parse(text, &value.interval))
        status = QUIRE_OK;
    if (status != QUIRE_OK)
        return QI_FLAW_BYTES;
    memcpy(out, &value, qi_types[type].size);
    return QI_FINE;
}

qi_flaw qi_text_decode(unsigned type, const quire_enum *labels, const char *text, void *out,
                       qi_arena *arena)
{
    switch ((quire_type)type) {
    case QUIRE_TYPE_BOOL:
        return decode_bool(text, out);
    case QUIRE_TYPE_INT2:
    case QUIRE_TYPE_INT4:
    case QUIRE_TYPE_INT8:
    case QUIRE_TYPE_OID:
        return decode_integer(type, text, out);
    case QUIRE_TYPE_FLOAT4:
        return decode_float4(text, out);
    case QUIRE_TYPE_FLOAT8:
        return decode_float8(text, out);
    case QUIRE_TYPE_DECIMAL:
        return decode_decimal(text, out);
    case QUIRE_TYPE_TEXT:
    case QUIRE_TYPE_JSON:
    case QUIRE_TYPE_JSONB:
        memcpy(out, &text, sizeof text);
        return QI_FINE;
    case QUIRE_TYPE_BYTES:
        return decode_bytes(text, out, arena);
    case QUIRE_TYPE_UUID:
    case QUIRE_TYPE_DATE:
    case QUIRE_TYPE_TIME:
    case QUIRE_TYPE_TIMESTAMP:
    case QUIRE_TYPE_TIMESTAMPTZ:
    case QUIRE_TYPE_INTERVAL:
        return decode_parsed(type, text, out);
    case QUIRE_TYPE_ENUM:
        return qi_enum_decode(labels, text, strlen(text), out);
    }
    return QI_FLAW_TYPE;
}
