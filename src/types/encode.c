#include "base/error.h"
#include "types/calendar.h"
#include "types/codec.h"
#include "types/value.h"
#include "types/wire.h"

#include <string.h>

/* ---- fixed size ------------------------------------------------------------------------------ */

static size_t encode16(const void *value, char *out)
{
    uint16_t bits;
    memcpy(&bits, value, sizeof bits);
    qi_put16(out, bits);
    return sizeof bits;
}

static size_t encode32(const void *value, char *out)
{
    uint32_t bits;
    memcpy(&bits, value, sizeof bits);
    qi_put32(out, bits);
    return sizeof bits;
}

static size_t encode64(const void *value, char *out)
{
    uint64_t bits;
    memcpy(&bits, value, sizeof bits);
    qi_put64(out, bits);
    return sizeof bits;
}

static size_t encode_interval(const void *value, char *out)
{
    quire_interval interval;
    memcpy(&interval, value, sizeof interval);
    encode64(&interval.us, out);
    encode32(&interval.days, out + 8);
    encode32(&interval.months, out + 12);
    return 16;
}

size_t qi_fixed_encode(unsigned type, const void *value, char out[16])
{
    switch ((quire_type)type) {
    case QUIRE_TYPE_BOOL:
        out[0] = *(const unsigned char *)value != 0;
        return 1;
    case QUIRE_TYPE_INT2:
        return encode16(value, out);
    case QUIRE_TYPE_INT4:
    case QUIRE_TYPE_OID:
    case QUIRE_TYPE_FLOAT4:
    case QUIRE_TYPE_DATE:
        return encode32(value, out);
    case QUIRE_TYPE_INT8:
    case QUIRE_TYPE_FLOAT8:
    case QUIRE_TYPE_TIME:
    case QUIRE_TYPE_TIMESTAMP:
    case QUIRE_TYPE_TIMESTAMPTZ:
        return encode64(value, out);
    case QUIRE_TYPE_UUID:
        memcpy(out, value, sizeof(quire_uuid));
        return sizeof(quire_uuid);
    case QUIRE_TYPE_INTERVAL:
        return encode_interval(value, out);
    default:
        return 0;
    }
}

/* ---- what can be sent ------------------------------------------------------------------------ */

static qi_flaw check_text(const void *value)
{
    const char *text;
    memcpy(&text, value, sizeof text);
    if (!text || text == quire_null_text)
        return QI_FLAW_NO_TEXT;
    size_t length = strlen(text);
    if (length > QI_VALUE_LIMIT)
        return QI_FLAW_SIZE;
    return qi_utf8_is_valid(text, length) ? QI_FINE : QI_FLAW_UTF8;
}

static qi_flaw check_decimal(const void *value)
{
    quire_decimal decimal;
    memcpy(&decimal, value, sizeof decimal);
    if (!decimal.text)
        return QI_FLAW_NO_TEXT;
    return qi_decimal_is_valid(decimal.text) ? QI_FINE : QI_FLAW_NUMBER;
}

static qi_flaw check_bytes(const void *value)
{
    quire_bytes bytes;
    memcpy(&bytes, value, sizeof bytes);
    if (!bytes.data && bytes.length)
        return QI_FLAW_NO_ITEMS;
    return bytes.length <= QI_VALUE_LIMIT ? QI_FINE : QI_FLAW_SIZE;
}

static qi_flaw check_enum(const quire_enum *labels, const void *value)
{
    int number;
    memcpy(&number, value, sizeof number);
    return quire_enum_label(labels, number) ? QI_FINE : QI_FLAW_NO_LABEL;
}

/* The server would refuse it too, but could not say which parameter it was. */
static qi_flaw check_range(unsigned type, const void *value)
{
    int64_t us = 0;
    int32_t days = 0;
    bool fits = true;
    if (type == QUIRE_TYPE_DATE) {
        memcpy(&days, value, sizeof days);
        fits = qi_date_is_in_range(days);
    } else {
        memcpy(&us, value, sizeof us);
        fits =
            type == QUIRE_TYPE_TIME ? us >= 0 && us <= QI_US_PER_DAY : qi_timestamp_is_in_range(us);
    }
    return fits ? QI_FINE : QI_FLAW_RANGE;
}

qi_flaw qi_value_check(const quire_param *param, const void *value)
{
    switch ((quire_type)param->type) {
    case QUIRE_TYPE_TEXT:
    case QUIRE_TYPE_JSON:
    case QUIRE_TYPE_JSONB:
        return check_text(value);
    case QUIRE_TYPE_DECIMAL:
        return check_decimal(value);
    case QUIRE_TYPE_BYTES:
        return check_bytes(value);
    case QUIRE_TYPE_ENUM:
        return check_enum(param->labels, value);
    case QUIRE_TYPE_DATE:
    case QUIRE_TYPE_TIME:
    case QUIRE_TYPE_TIMESTAMP:
    case QUIRE_TYPE_TIMESTAMPTZ:
        return check_range(param->type, value);
    default:
        return QI_FINE;
    }
}

/* ---- parameters ------------------------------------------------------------------------------ */

/* A value that was checked, and is not of a fixed size: sent from where it is. */
static qi_flaw send_in_place(const quire_param *param, const void *value, qi_param_value *out)
{
    if (param->type == QUIRE_TYPE_BYTES) {
        quire_bytes bytes;
        memcpy(&bytes, value, sizeof bytes);
        out->data = bytes.data ? bytes.data : ""; /* no pointer would mean SQL NULL */
        out->length = (int)bytes.length;
        out->binary = 1;
        return QI_FINE;
    }
    out->data = qi_text_in_place(param, value);
    return out->data ? QI_FINE : QI_FLAW_TYPE;
}

static qi_flaw encode(const quire_param *param, const void *value, char *small, qi_arena *arena,
                      qi_param_value *out)
{
    if (!qi_type_of(param->type))
        return QI_FLAW_TYPE;
    if (param->flags & QUIRE_FIELD_ARRAY)
        return qi_array_encode(param, value, arena, out);
    qi_flaw flaw = qi_value_check(param, value);
    if (flaw != QI_FINE)
        return flaw;
    size_t length = qi_fixed_encode(param->type, value, small);
    if (!length)
        return send_in_place(param, value, out);
    out->data = small;
    out->length = (int)length;
    out->binary = 1;
    return QI_FINE;
}

static qi_flaw encode_hex(const void *value, qi_arena *arena, qi_param_value *out)
{
    quire_bytes bytes;
    memcpy(&bytes, value, sizeof bytes);
    if (bytes.length > (QI_VALUE_LIMIT - 2) / 2)
        return QI_FLAW_SIZE;
    char *text = qi_arena_bytes(arena, 2 * bytes.length + 3);
    if (!text)
        return QI_FLAW_MEMORY;
    *qi_put_hex(qi_put_text(text, "\\x"), &bytes) = '\0';
    out->data = text;
    return QI_FINE;
}

static qi_flaw encode_text(const quire_param *param, const void *value, qi_arena *arena,
                           qi_param_value *out)
{
    if (!qi_type_of(param->type))
        return QI_FLAW_TYPE;
    if (param->flags & QUIRE_FIELD_ARRAY)
        return qi_literal_encode(param, value, arena, out);
    qi_flaw flaw = qi_value_check(param, value);
    if (flaw != QI_FINE)
        return flaw;
    if (param->type == QUIRE_TYPE_BYTES)
        return encode_hex(value, arena, out);
    char small[QI_SMALL_TEXT];
    out->data = qi_value_text(param, value, small);
    if (out->data == small)
        out->data = qi_arena_text(arena, small);
    return out->data ? QI_FINE : QI_FLAW_MEMORY;
}

static quire_status explain(const quire_param *param, qi_flaw flaw, quire_error *err)
{
    static const struct {
        qi_flaw flaw;
        quire_status status;
        const char *message;
    } flaws[] = {
        { QI_FLAW_NO_TEXT, QUIRE_INVALID, "parameter \"%s\" cannot be NULL" },
        { QI_FLAW_NO_ITEMS, QUIRE_INVALID, "parameter \"%s\" has a length, but no data" },
        { QI_FLAW_NO_LABEL, QUIRE_INVALID, "parameter \"%s\" is no value of its enum" },
        { QI_FLAW_NUMBER, QUIRE_DATA, "parameter \"%s\" is no decimal number" },
        { QI_FLAW_RANGE, QUIRE_DATA, "parameter \"%s\" is no date or time that PostgreSQL has" },
        { QI_FLAW_UTF8, QUIRE_DATA, "parameter \"%s\" is not valid UTF-8" },
        { QI_FLAW_SIZE, QUIRE_DATA, "parameter \"%s\" is larger than 1 GB" },
    };
    quire_status status = QUIRE_INTERNAL;
    const char *message = "parameter \"%s\" has a type that is not known";
    for (size_t i = 0; i < sizeof flaws / sizeof *flaws; i++) {
        if (flaws[i].flaw == flaw) {
            status = flaws[i].status;
            message = flaws[i].message;
        }
    }
    qi_fail(err, status, message, param->name);
    if (err)
        QI_COPY(err->column, param->name);
    return status;
}

static quire_status finish(const quire_param *param, qi_flaw flaw, const qi_param_value *made,
                           qi_param_value *out, quire_error *err)
{
    if (flaw == QI_FLAW_MEMORY)
        return qi_fail_memory(err);
    if (flaw != QI_FINE)
        return explain(param, flaw, err);
    *out = *made;
    return QUIRE_OK;
}

quire_status qi_encode(const quire_param *param, const void *value, char small[16], qi_arena *arena,
                       qi_param_value *out, quire_error *err)
{
    qi_param_value made = { .oid = param->oid };
    qi_flaw flaw = encode(param, value, small, arena, &made);
    return finish(param, flaw, &made, out, err);
}

quire_status qi_encode_text(const quire_param *param, const void *value, qi_arena *arena,
                            qi_param_value *out, quire_error *err)
{
    qi_param_value made = { .oid = param->oid };
    qi_flaw flaw = encode_text(param, value, arena, &made);
    return finish(param, flaw, &made, out, err);
}
