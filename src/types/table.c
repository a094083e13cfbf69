#include "types/codec.h"
#include "types/value.h"

#include <stdalign.h>

#define ROW(type, pg_name, c_name, c_type, oid, array_oid)                                         \
    [type] = { pg_name, c_name, oid, array_oid, sizeof(c_type), alignof(c_type) }

/* OIDs from src/include/catalog/pg_type.dat; PostgreSQL never changes them. */
const qi_type qi_types[QI_TYPES] = {
    ROW(QUIRE_TYPE_BOOL, "bool", "bool", bool, 16, 1000),
    ROW(QUIRE_TYPE_INT2, "int2", "int2", int16_t, 21, 1005),
    ROW(QUIRE_TYPE_INT4, "int4", "int4", int32_t, 23, 1007),
    ROW(QUIRE_TYPE_INT8, "int8", "int8", int64_t, 20, 1016),
    ROW(QUIRE_TYPE_OID, "oid", "oid", uint32_t, 26, 1028),
    ROW(QUIRE_TYPE_FLOAT4, "float4", "float4", float, 700, 1021),
    ROW(QUIRE_TYPE_FLOAT8, "float8", "float8", double, 701, 1022),
    ROW(QUIRE_TYPE_DECIMAL, "numeric", "decimal", quire_decimal, 1700, 1231),
    ROW(QUIRE_TYPE_TEXT, "text", "text", quire_text, 25, 1009),
    ROW(QUIRE_TYPE_JSON, "json", "text", quire_text, 114, 199),
    ROW(QUIRE_TYPE_JSONB, "jsonb", "text", quire_text, 3802, 3807),
    ROW(QUIRE_TYPE_BYTES, "bytea", "bytes", quire_bytes, 17, 1001),
    ROW(QUIRE_TYPE_UUID, "uuid", "uuid", quire_uuid, 2950, 2951),
    ROW(QUIRE_TYPE_DATE, "date", "date", quire_date, 1082, 1182),
    ROW(QUIRE_TYPE_TIME, "time", "time", quire_time, 1083, 1183),
    ROW(QUIRE_TYPE_TIMESTAMP, "timestamp", "timestamp", quire_timestamp, 1114, 1115),
    ROW(QUIRE_TYPE_TIMESTAMPTZ, "timestamptz", "timestamptz", quire_timestamptz, 1184, 1185),
    ROW(QUIRE_TYPE_INTERVAL, "interval", "interval", quire_interval, 1186, 1187),
    ROW(QUIRE_TYPE_ENUM, "enum", "enum", int, 0, 0), /* made by users: an OID a database */
};

/* The built-in types besides text whose binary form is their text. */
static const struct text_type {
    uint32_t oid;
    uint32_t array_oid;
} text_types[] = {
    { 25, 1009 },   /* text */
    { 1043, 1015 }, /* varchar */
    { 1042, 1014 }, /* bpchar, which is char(n) */
    { 19, 1003 },   /* name */
    { 142, 143 },   /* xml */
    { 18, 1002 },   /* "char", one byte */
};
#define TEXT_TYPES (sizeof text_types / sizeof *text_types)

const qi_type *qi_type_of(int type)
{
    return type > 0 && (size_t)type < QI_TYPES ? &qi_types[type] : NULL;
}

int qi_type_from_oid(uint32_t oid, bool *is_array)
{
    *is_array = false;
    if (!oid)
        return 0;
    for (size_t i = 0; i < TEXT_TYPES; i++) {
        if (text_types[i].oid == oid || text_types[i].array_oid == oid) {
            *is_array = text_types[i].array_oid == oid;
            return QUIRE_TYPE_TEXT;
        }
    }
    for (size_t i = 1; i < QI_TYPES; i++) {
        if (qi_types[i].oid == oid || qi_types[i].array_oid == oid) {
            *is_array = qi_types[i].array_oid == oid;
            return (int)i;
        }
    }
    return 0;
}

uint32_t qi_element_oid(uint32_t array_oid)
{
    if (!array_oid)
        return 0;
    for (size_t i = 0; i < TEXT_TYPES; i++) {
        if (text_types[i].array_oid == array_oid)
            return text_types[i].oid;
    }
    for (size_t i = 1; i < QI_TYPES; i++) {
        if (qi_types[i].array_oid == array_oid)
            return qi_types[i].oid;
    }
    return 0;
}

bool qi_is_text_oid(uint32_t oid)
{
    for (size_t i = 0; i < TEXT_TYPES; i++) {
        if (text_types[i].oid == oid)
            return true;
    }
    return false;
}

bool qi_field_accepts(const quire_field *field, uint32_t actual)
{
    if (field->oid && field->oid == actual)
        return true;
    if (!field->oid && actual >= QI_FIRST_USER_OID)
        return true;
    if (field->type != QUIRE_TYPE_TEXT)
        return false;
    return qi_is_text_oid(field->flags & QUIRE_FIELD_ARRAY ? qi_element_oid(actual) : actual);
}
