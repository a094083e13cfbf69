#include "codegen/types.h"
#include "catalog/catalog.h"

#include <string.h>

enum form {
    FORM_BOOL,
    FORM_INT2,
    FORM_INT4,
    FORM_INT8,
    FORM_OID,
    FORM_FLOAT4,
    FORM_FLOAT8,
    FORM_DECIMAL,
    FORM_TEXT,
    FORM_JSON,
    FORM_JSONB,
    FORM_BYTES,
    FORM_UUID,
    FORM_DATE,
    FORM_TIME,
    FORM_TIMESTAMP,
    FORM_TIMESTAMPTZ,
    FORM_INTERVAL,
    FORM_ENUM
};

static const qi_gen_form forms[] = {
    [FORM_BOOL] = { "QUIRE_TYPE_BOOL", "bool", "bool", false, true },
    [FORM_INT2] = { "QUIRE_TYPE_INT2", "int16_t", "int2", false, true },
    [FORM_INT4] = { "QUIRE_TYPE_INT4", "int32_t", "int4", false, true },
    [FORM_INT8] = { "QUIRE_TYPE_INT8", "int64_t", "int8", false, true },
    [FORM_OID] = { "QUIRE_TYPE_OID", "uint32_t", "oid", false, true },
    [FORM_FLOAT4] = { "QUIRE_TYPE_FLOAT4", "float", "float4", false, true },
    [FORM_FLOAT8] = { "QUIRE_TYPE_FLOAT8", "double", "float8", false, true },
    [FORM_DECIMAL] = { "QUIRE_TYPE_DECIMAL", "quire_decimal", "decimal", false, false },
    [FORM_TEXT] = { "QUIRE_TYPE_TEXT", "const char *", "text", true, false },
    [FORM_JSON] = { "QUIRE_TYPE_JSON", "const char *", "text", true, false },
    [FORM_JSONB] = { "QUIRE_TYPE_JSONB", "const char *", "text", true, false },
    [FORM_BYTES] = { "QUIRE_TYPE_BYTES", "quire_bytes", "bytes", false, false },
    [FORM_UUID] = { "QUIRE_TYPE_UUID", "quire_uuid", "uuid", false, true },
    [FORM_DATE] = { "QUIRE_TYPE_DATE", "quire_date", "date", false, true },
    [FORM_TIME] = { "QUIRE_TYPE_TIME", "quire_time", "time", false, true },
    [FORM_TIMESTAMP] = { "QUIRE_TYPE_TIMESTAMP", "quire_timestamp", "timestamp", false, true },
    [FORM_TIMESTAMPTZ] = { "QUIRE_TYPE_TIMESTAMPTZ", "quire_timestamptz", "timestamptz", false,
                           true },
    [FORM_INTERVAL] = { "QUIRE_TYPE_INTERVAL", "quire_interval", "interval", false, true },
    [FORM_ENUM] = { "QUIRE_TYPE_ENUM", NULL, NULL, false, true },
};

/* Types of pg_catalog, whose names and OIDs never change. */
static const struct {
    const char *name;
    enum form form;
} built_in[] = {
    { "bool", FORM_BOOL },
    { "int2", FORM_INT2 },
    { "int4", FORM_INT4 },
    { "int8", FORM_INT8 },
    { "oid", FORM_OID },
    { "float4", FORM_FLOAT4 },
    { "float8", FORM_FLOAT8 },
    { "numeric", FORM_DECIMAL },
    { "text", FORM_TEXT },
    { "varchar", FORM_TEXT },
    { "bpchar", FORM_TEXT },
    { "name", FORM_TEXT },
    { "char", FORM_TEXT },
    { "xml", FORM_TEXT },
    { "json", FORM_JSON },
    { "jsonb", FORM_JSONB },
    { "bytea", FORM_BYTES },
    { "uuid", FORM_UUID },
    { "date", FORM_DATE },
    { "time", FORM_TIME },
    { "timestamp", FORM_TIMESTAMP },
    { "timestamptz", FORM_TIMESTAMPTZ },
    { "interval", FORM_INTERVAL },
};

static const qi_gen_form *form_of(const qi_catalog_type *type)
{
    if (type->kind == QI_TYPE_ENUM)
        return &forms[FORM_ENUM];
    if (type->kind != QI_TYPE_BASE)
        return NULL;
    if (strcmp(type->schema, "pg_catalog") != 0) {
        bool citext = type->extension && strcmp(type->extension, "citext") == 0;
        return citext && strcmp(type->name, "citext") == 0 ? &forms[FORM_TEXT] : NULL;
    }
    for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++)
        if (strcmp(type->name, built_in[i].name) == 0)
            return &forms[built_in[i].form];
    return NULL;
}

static const qi_catalog_type *base_type(const qi_catalog *catalog, uint32_t oid)
{
    const qi_catalog_type *type = qi_catalog_type_by_oid(catalog, oid);
    return type && type->kind == QI_TYPE_DOMAIN ? qi_catalog_type_by_oid(catalog, type->base)
                                                : type;
}

bool qi_gen_type_of(const qi_catalog *catalog, const qi_gen_enum *enums, size_t enum_count,
                    uint32_t oid, qi_gen_type *out)
{
    const qi_catalog_type *type = base_type(catalog, oid);
    if (!type)
        return false;
    const qi_catalog_type *whole = type;
    /* int2vector has elements as well, but is not int2's array type. */
    const qi_catalog_type *element =
        type->element ? qi_catalog_type_by_oid(catalog, type->element) : NULL;
    bool is_array = element && element->array == type->oid;
    if (is_array)
        type = base_type(catalog, element->oid);
    const qi_gen_form *form = type ? form_of(type) : NULL;
    if (!form)
        return false;
    bool built = strcmp(whole->schema, "pg_catalog") == 0;
    *out = (qi_gen_type){ .form = form, .is_array = is_array, .oid = built ? whole->oid : 0 };
    if (type->kind != QI_TYPE_ENUM)
        return true;
    for (size_t i = 0; i < enum_count; i++)
        if (enums[i].oid == type->oid)
            out->labels = &enums[i];
    return out->labels != NULL;
}

bool qi_gen_type_equal(const qi_gen_type *a, const qi_gen_type *b)
{
    return a->form == b->form && a->labels == b->labels && a->is_array == b->is_array &&
           a->oid == b->oid;
}

const char *qi_gen_c_type(qi_arena *arena, const qi_gen_type *type)
{
    if (type->is_array)
        return type->labels ? "quire_enum_array"
                            : qi_arena_printf(arena, "quire_%s_array", type->form->c_name);
    return type->labels ? type->labels->c_name : type->form->c_type;
}

static const char *wrapped(qi_arena *arena, const char *how, const qi_gen_type *type)
{
    const char *name = type->labels ? "enum" : type->form->c_name;
    return qi_arena_printf(arena, "quire_%s_%s%s", how, name, type->is_array ? "_array" : "");
}

const char *qi_gen_c_nullable(qi_arena *arena, const qi_gen_type *type)
{
    if (type->form->is_text && !type->is_array)
        return type->form->c_type;
    if (type->labels && !type->is_array)
        return type->labels->nullable;
    return wrapped(arena, "nullable", type);
}

const char *qi_gen_c_optional(qi_arena *arena, const qi_gen_type *type)
{
    if (type->form->is_text && !type->is_array)
        return type->form->c_type;
    if (type->labels && !type->is_array)
        return type->labels->optional;
    return wrapped(arena, "optional", type);
}

bool qi_gen_type_is_fixed(const qi_gen_type *type)
{
    return type->form->is_fixed && !type->is_array;
}
