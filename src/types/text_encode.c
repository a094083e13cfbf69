/* Values as text that the types' input functions read back exactly. */
#include "types/calendar.h"
#include "types/value.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const char *qi_text_in_place(const quire_param *param, const void *value)
{
    const char *text = NULL;
    int number;
    switch ((quire_type)param->type) {
    case QUIRE_TYPE_TEXT:
    case QUIRE_TYPE_JSON:
    case QUIRE_TYPE_JSONB:
    case QUIRE_TYPE_DECIMAL: /* a struct of one text pointer */
        memcpy(&text, value, sizeof text);
        return text;
    case QUIRE_TYPE_ENUM:
        memcpy(&number, value, sizeof number);
        return quire_enum_label(param->labels, number);
    default:
        return NULL;
    }
}

static const char *put_integer(int64_t value, char *small)
{
    char *at = small;
    if (value < 0)
        *at++ = '-';
    at = qi_put_number(at, value < 0 ? 0 - (uint64_t)value : (uint64_t)value, 1);
    *at = '\0';
    return small;
}

static const char *integer_text(unsigned type, const void *value, char *small)
{
    int16_t i16 = 0;
    int32_t i32 = 0;
    int64_t i64 = 0;
    uint32_t u32 = 0;
    if (type == QUIRE_TYPE_INT2)
        memcpy(&i16, value, sizeof i16);
    else if (type == QUIRE_TYPE_INT4)
        memcpy(&i32, value, sizeof i32);
    else if (type == QUIRE_TYPE_OID)
        memcpy(&u32, value, sizeof u32);
    else
        memcpy(&i64, value, sizeof i64);
    return put_integer(i64 + i32 + i16 + (int64_t)u32, small);
}

/*
 * The digits that tell any two doubles, or any two floats, apart. printf writes the locale's decimal
 * point, of one or more bytes: whatever stands between digits, sign and exponent becomes a point.
 */
static const char *float_text(double value, int digits, char *small)
{
    if (isnan(value))
        return "NaN";
    if (isinf(value))
        return value > 0 ? "Infinity" : "-Infinity";
    snprintf(small, QI_SMALL_TEXT, "%.*g", digits, value);
    char *to = small;
    for (const char *from = small; *from; from++) {
        if (strchr("0123456789+-e", *from))
            *to++ = *from;
        else if (to[-1] != '.')
            *to++ = '.';
    }
    *to = '\0';
    return small;
}

static const char *float4_text(const void *value, char *small)
{
    float number;
    memcpy(&number, value, sizeof number);
    return float_text((double)number, 9, small);
}

static const char *float8_text(const void *value, char *small)
{
    double number;
    memcpy(&number, value, sizeof number);
    return float_text(number, 17, small);
}

/* What the public functions write. */
static const char *formatted(unsigned type, const void *value, char *small)
{
    union {
        quire_uuid uuid;
        quire_date date;
        quire_time time;
        quire_timestamp timestamp;
        quire_timestamptz timestamptz;
        quire_interval interval;
    } of;
    memcpy(&of, value, qi_types[type].size);
    if (type == QUIRE_TYPE_UUID)
        return quire_uuid_format(of.uuid, small);
    if (type == QUIRE_TYPE_DATE)
        return quire_date_format(of.date, small);
    if (type == QUIRE_TYPE_TIME)
        return quire_time_format(of.time, small);
    if (type == QUIRE_TYPE_TIMESTAMP)
        return quire_timestamp_format(of.timestamp, small);
    if (type == QUIRE_TYPE_TIMESTAMPTZ)
        return quire_timestamptz_format(of.timestamptz, small);
    return quire_interval_format(of.interval, small);
}

const char *qi_value_text(const quire_param *param, const void *value, char small[QI_SMALL_TEXT])
{
    switch ((quire_type)param->type) {
    case QUIRE_TYPE_BOOL:
        return *(const unsigned char *)value ? "t" : "f";
    case QUIRE_TYPE_INT2:
    case QUIRE_TYPE_INT4:
    case QUIRE_TYPE_INT8:
    case QUIRE_TYPE_OID:
        return integer_text(param->type, value, small);
    case QUIRE_TYPE_FLOAT4:
        return float4_text(value, small);
    case QUIRE_TYPE_FLOAT8:
        return float8_text(value, small);
    case QUIRE_TYPE_UUID:
    case QUIRE_TYPE_DATE:
    case QUIRE_TYPE_TIME:
    case QUIRE_TYPE_TIMESTAMP:
    case QUIRE_TYPE_TIMESTAMPTZ:
    case QUIRE_TYPE_INTERVAL:
        return formatted(param->type, value, small);
    default:
        return qi_text_in_place(param, value);
    }
}

char *qi_put_hex(char *at, const quire_bytes *bytes)
{
    static const char digits[] = "0123456789abcdef";
    const unsigned char *data = bytes->data;
    for (size_t i = 0; i < bytes->length; i++) {
        *at++ = digits[data[i] >> 4];
        *at++ = digits[data[i] & 15];
    }
    return at;
}
