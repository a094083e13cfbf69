#include "base/error.h"
#include "types/calendar.h"
#include "types/codec.h"
#include "types/value.h"
#include "types/wire.h"

#include <string.h>

static qi_flaw decode_bool(const char *data, size_t length, void *out)
{
    if (length != 1 || (unsigned char)data[0] > 1)
        return QI_FLAW_BYTES;
    bool value = data[0] == 1;
    memcpy(out, &value, sizeof value);
    return QI_FINE;
}

static qi_flaw decode16(const char *data, size_t length, void *out)
{
    if (length != 2)
        return QI_FLAW_BYTES;
    uint16_t value = qi_get16(data);
    memcpy(out, &value, sizeof value);
    return QI_FINE;
}

/* int4, oid, real and date: the C form has the same 32 bits. */
static qi_flaw decode32(const char *data, size_t length, void *out)
{
    if (length != 4)
        return QI_FLAW_BYTES;
    uint32_t value = qi_get32(data);
    memcpy(out, &value, sizeof value);
    return QI_FINE;
}

/* int8, double precision, timestamp and timestamptz. */
static qi_flaw decode64(const char *data, size_t length, void *out)
{
    if (length != 8)
        return QI_FLAW_BYTES;
    uint64_t value = qi_get64(data);
    memcpy(out, &value, sizeof value);
    return QI_FINE;
}

static qi_flaw decode_time(const char *data, size_t length, void *out)
{
    if (length != 8 || qi_get64(data) > (uint64_t)QI_US_PER_DAY)
        return QI_FLAW_BYTES;
    return decode64(data, length, out);
}

static qi_flaw decode_interval(const char *data, size_t length, void *out)
{
    if (length != 16)
        return QI_FLAW_BYTES;
    quire_interval value;
    decode64(data, 8, &value.us);
    decode32(data + 8, 4, &value.days);
    decode32(data + 12, 4, &value.months);
    memcpy(out, &value, sizeof value);
    return QI_FINE;
}

/* A NUL would cut the text short unseen. One byte of "char" may be NUL: PostgreSQL prints it empty. */
static qi_flaw decode_text(const char *data, size_t length, void *out)
{
    if (length > 1 && memchr(data, '\0', length))
        return QI_FLAW_BYTES;
    memcpy(out, &data, sizeof data);
    return QI_FINE;
}

static qi_flaw decode_jsonb(const char *data, size_t length, void *out)
{
    if (length < 2 || data[0] != 1) /* the version of the format, then the text */
        return QI_FLAW_BYTES;
    return decode_text(data + 1, length - 1, out);
}

qi_flaw qi_enum_decode(const quire_enum *labels, const char *label, size_t length, void *out)
{
    int value = qi_enum_find(labels, label, length);
    if (!value)
        return QI_FLAW_LABEL;
    memcpy(out, &value, sizeof value);
    return QI_FINE;
}

/* Each cell of each row comes by here: a call would cost as much as the work. */
__attribute__((always_inline)) static inline qi_flaw decode_value(unsigned type,
                                                                  const quire_enum *labels,
                                                                  const char *data, size_t length,
                                                                  void *out, qi_arena *arena)
{
    switch ((quire_type)type) {
    case QUIRE_TYPE_BOOL:
        return decode_bool(data, length, out);
    case QUIRE_TYPE_INT2:
        return decode16(data, length, out);
    case QUIRE_TYPE_INT4:
    case QUIRE_TYPE_OID:
    case QUIRE_TYPE_FLOAT4:
    case QUIRE_TYPE_DATE:
        return decode32(data, length, out);
    case QUIRE_TYPE_INT8:
    case QUIRE_TYPE_FLOAT8:
    case QUIRE_TYPE_TIMESTAMP:
    case QUIRE_TYPE_TIMESTAMPTZ:
        return decode64(data, length, out);
    case QUIRE_TYPE_TEXT:
    case QUIRE_TYPE_JSON:
        return decode_text(data, length, out);
    case QUIRE_TYPE_JSONB:
        return decode_jsonb(data, length, out);
    case QUIRE_TYPE_DECIMAL:
        return qi_decimal_decode(data, length, out, arena);
    case QUIRE_TYPE_BYTES: {
        quire_bytes value = { data, length };
        memcpy(out, &value, sizeof value);
        return QI_FINE;
    }
    case QUIRE_TYPE_UUID:
        if (length != sizeof(quire_uuid))
            return QI_FLAW_BYTES;
        memcpy(out, data, sizeof(quire_uuid));
        return QI_FINE;
    case QUIRE_TYPE_TIME:
        return decode_time(data, length, out);
    case QUIRE_TYPE_INTERVAL:
        return decode_interval(data, length, out);
    case QUIRE_TYPE_ENUM:
        return qi_enum_decode(labels, data, length, out);
    }
    return QI_FLAW_TYPE;
}

qi_flaw qi_value_decode(unsigned type, const quire_enum *labels, const char *data, size_t length,
                        void *out, qi_arena *arena)
{
    return decode_value(type, labels, data, length, out, arena);
}

/* ---- columns --------------------------------------------------------------------------------- */

/* Where the C value starts in a field that may be NULL: behind `has`, aligned. */
static size_t behind_has(const quire_field *field)
{
    if (field->flags & QUIRE_FIELD_ARRAY)
        return offsetof(quire_nullable_int4_array, value);
    return qi_types[field->type].align;
}

static qi_flaw decode_null(const quire_field *field, char *out)
{
    if (!(field->flags & QUIRE_FIELD_NULLABLE))
        return QI_FLAW_NULL;
    bool is_array = (field->flags & QUIRE_FIELD_ARRAY) != 0;
    size_t size = is_array ? sizeof(qi_any_array) : qi_types[field->type].size;
    if (is_array || !qi_is_text(field->type))
        size += behind_has(field);
    memset(out, 0, size);
    return QI_FINE;
}

static quire_status explain(const quire_field *field, qi_flaw flaw, quire_error *err)
{
    const qi_type *type = qi_type_of(field->type);
    const char *name = field->labels ? field->labels->name : type ? type->name : "?";
    const char *array = field->flags & QUIRE_FIELD_ARRAY ? "[]" : "";
    quire_status status = QUIRE_DATA;
    switch (flaw) {
    case QI_FLAW_MEMORY:
        return qi_fail_memory(err);
    case QI_FLAW_NULL:
        status = qi_fail(err, QUIRE_SCHEMA, "column \"%s\" is NULL, which it never should be",
                         field->name);
        qi_hint(err, "Run quire codegen, and build again.");
        break;
    case QI_FLAW_LABEL:
        status = qi_fail(err, QUIRE_SCHEMA, "column \"%s\" has a label that %s did not have",
                         field->name, name);
        qi_hint(err, "Run quire codegen, and build again.");
        break;
    case QI_FLAW_DIMENSIONS:
        qi_fail(err, status, "column \"%s\" holds an array of more than one dimension",
                field->name);
        break;
    case QI_FLAW_TYPE:
        status = qi_fail(err, QUIRE_INTERNAL, "column \"%s\" has a type that is not known: %d",
                         field->name, field->type);
        break;
    default:
        qi_fail(err, status, "column \"%s\": what came from the server is no %s%s", field->name,
                name, array);
        break;
    }
    if (err)
        QI_COPY(err->column, field->name);
    return status;
}

static bool is_known(const quire_field *field)
{
    return field->type && field->type < QI_TYPES;
}

/* Where the value goes; sets `has` in front of it, where there is one. */
static inline char *place_for(const quire_field *field, char *row)
{
    char *out = row + field->offset;
    bool is_array = (field->flags & QUIRE_FIELD_ARRAY) != 0;
    if ((field->flags & QUIRE_FIELD_NULLABLE) && (is_array || !qi_is_text(field->type))) {
        const bool has = true;
        memcpy(out, &has, sizeof has);
        out += behind_has(field);
    }
    return out;
}

static inline qi_flaw decode_cell(const quire_field *field, qi_cell cell, char *row,
                                  qi_arena *arena)
{
    if (!is_known(field))
        return QI_FLAW_TYPE;
    if (!cell.data)
        return decode_null(field, row + field->offset);
    char *out = field->flags ? place_for(field, row) : row + field->offset;
    if (field->flags & QUIRE_FIELD_ARRAY)
        return qi_array_decode(field, cell.data, cell.length, out, arena);
    return decode_value(field->type, field->labels, cell.data, cell.length, out, arena);
}

static qi_flaw decode_text_cell(const quire_field *field, qi_cell cell, char *row, qi_arena *arena)
{
    if (!is_known(field))
        return QI_FLAW_TYPE;
    if (!cell.data)
        return decode_null(field, row + field->offset);
    char *out = place_for(field, row);
    if (strlen(cell.data) != cell.length) /* a NUL would cut it short unseen */
        return QI_FLAW_BYTES;
    return field->flags & QUIRE_FIELD_ARRAY
               ? qi_literal_decode(field, cell.data, out, arena)
               : qi_text_decode(field->type, field->labels, cell.data, out, arena);
}

quire_status qi_decode_cells(const quire_field *fields, const qi_cell *cells, size_t count,
                             char *row, qi_arena *arena, quire_error *err)
{
    for (size_t i = 0; i < count; i++) {
        qi_flaw flaw = decode_cell(&fields[i], cells[i], row, arena);
        if (flaw != QI_FINE)
            return explain(&fields[i], flaw, err);
    }
    return QUIRE_OK;
}

static void hint_dates(const quire_field *field, quire_error *err)
{
    if (field->type == QUIRE_TYPE_DATE || field->type == QUIRE_TYPE_TIMESTAMP ||
        field->type == QUIRE_TYPE_TIMESTAMPTZ)
        qi_hint(
            err,
            "Dates are read as DateStyle ISO writes them; look at the role's and the database's.");
}

quire_status qi_decode_text_cells(const quire_field *fields, const qi_cell *cells, size_t count,
                                  char *row, qi_arena *arena, quire_error *err)
{
    for (size_t i = 0; i < count; i++) {
        qi_flaw flaw = decode_text_cell(&fields[i], cells[i], row, arena);
        if (flaw == QI_FINE)
            continue;
        quire_status status = explain(&fields[i], flaw, err);
        if (status == QUIRE_DATA)
            hint_dates(&fields[i], err);
        return status;
    }
    return QUIRE_OK;
}
