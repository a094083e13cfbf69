/* What the catalog says: tables by name, classes of types, what a constraint is worth. */
#include "codegen/nullability_internal.h"

#include "catalog/object.h"

#include <string.h>

static const char default_schema[] = "public";

/*
 * Unqualified names: the search path is pg_catalog, then public. A table of another schema is found
 * only when it is the only one of that name, since a search path set elsewhere may reach it.
 */
static const qi_table *find_unqualified(const qi_catalog *catalog, const char *name)
{
    if (strncmp(name, "pg_", 3) == 0)
        return NULL;
    const qi_table *found = qi_catalog_table(catalog, default_schema, name);
    if (found)
        return found;
    for (size_t i = 0; i < catalog->table_count; i++) {
        const qi_table *table = &catalog->tables[i];
        if (strcmp(table->name, name) != 0)
            continue;
        if (found)
            return NULL;
        found = table;
    }
    return found;
}

const qi_table *qi_null_find_table(const qi_analysis *analysis, const char *schema,
                                   const char *name)
{
    if (!name || !*name)
        return NULL;
    if (schema && *schema)
        return qi_catalog_table(analysis->catalog, schema, name);
    return find_unqualified(analysis->catalog, name);
}

typedef struct named_class {
    const char *name; /* pg_type.typname of pg_catalog */
    qi_class class;
} named_class;

static const named_class built_in[] = {
    { "bool", QI_CLASS_BOOL },
    { "int2", QI_CLASS_INT },
    { "int4", QI_CLASS_INT },
    { "int8", QI_CLASS_INT },
    { "numeric", QI_CLASS_NUMERIC },
    { "float4", QI_CLASS_FLOAT },
    { "float8", QI_CLASS_FLOAT },
    { "text", QI_CLASS_TEXT },
    { "varchar", QI_CLASS_TEXT },
    { "bpchar", QI_CLASS_TEXT },
    { "bytea", QI_CLASS_BYTES },
    { "date", QI_CLASS_DATE },
    { "time", QI_CLASS_TIME },
    { "timestamp", QI_CLASS_TIMESTAMP },
    { "timestamptz", QI_CLASS_TIMESTAMPTZ },
    { "interval", QI_CLASS_INTERVAL },
    { "uuid", QI_CLASS_UUID },
    { "json", QI_CLASS_JSON },
    { "jsonb", QI_CLASS_JSONB },
    { "inet", QI_CLASS_NET },
    { "cidr", QI_CLASS_NET },
    { "tsvector", QI_CLASS_VECTOR },
    { "tsquery", QI_CLASS_SEARCH },
    { "money", QI_CLASS_MONEY },
};

static qi_class class_of_built_in(const char *name)
{
    for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++)
        if (strcmp(built_in[i].name, name) == 0)
            return built_in[i].class;
    return QI_CLASS_UNKNOWN;
}

static qi_class class_of_element(const qi_catalog *catalog, uint32_t oid)
{
    const qi_catalog_type *type = qi_catalog_type_by_oid(catalog, oid);
    if (!type)
        return QI_CLASS_UNKNOWN;
    return type->kind == QI_TYPE_ENUM                ? QI_CLASS_ENUM
           : strcmp(type->schema, "pg_catalog") == 0 ? class_of_built_in(type->name)
                                                     : QI_CLASS_UNKNOWN;
}

static qi_class class_of_type(const qi_catalog *catalog, const qi_catalog_type *type)
{
    if (type->kind == QI_TYPE_DOMAIN && type->base != 0)
        type = qi_catalog_type_by_oid(catalog, type->base);
    if (!type)
        return QI_CLASS_UNKNOWN;
    /* Of plain elements only: unnest of an array of composites has other columns. */
    if (type->category == 'A')
        return class_of_element(catalog, type->element) == QI_CLASS_UNKNOWN ? QI_CLASS_UNKNOWN
                                                                            : QI_CLASS_ARRAY;
    if (type->kind == QI_TYPE_ENUM)
        return QI_CLASS_ENUM;
    if (strcmp(type->schema, "pg_catalog") != 0)
        return QI_CLASS_UNKNOWN;
    return type->kind == QI_TYPE_RANGE ? QI_CLASS_RANGE : class_of_built_in(type->name);
}

qi_class qi_null_class_of_oid(const qi_catalog *catalog, uint32_t oid)
{
    const qi_catalog_type *type = qi_catalog_type_by_oid(catalog, oid);
    return type ? class_of_type(catalog, type) : QI_CLASS_UNKNOWN;
}

/* A type by a name that is not built in: in its schema, or the only one of that name. */
static const qi_catalog_type *find_type(const qi_catalog *catalog, const char *schema,
                                        const char *name)
{
    const qi_catalog_type *found = NULL;
    for (size_t i = 0; i < catalog->type_count; i++) {
        const qi_catalog_type *type = &catalog->types[i];
        if (strcmp(type->name, name) != 0 || (schema && strcmp(type->schema, schema) != 0))
            continue;
        if (found)
            return NULL;
        found = type;
    }
    return found;
}

static qi_class class_of_name(const qi_analysis *analysis, const PgQuery__TypeName *name)
{
    if (!name || name->pct_type || name->setof || name->n_names < 1 || name->n_names > 2)
        return QI_CLASS_UNKNOWN;
    const char *schema = name->n_names == 2 ? qi_null_text(name->names[0]) : NULL;
    const char *text = qi_null_text(name->names[name->n_names - 1]);
    if (!text)
        return QI_CLASS_UNKNOWN;
    if (!schema || strcmp(schema, "pg_catalog") == 0) {
        qi_class class = class_of_built_in(text);
        if (class != QI_CLASS_UNKNOWN)
            return class;
    }
    const qi_catalog_type *type = find_type(analysis->catalog, schema, text);
    return type ? class_of_type(analysis->catalog, type) : QI_CLASS_UNKNOWN;
}

qi_class qi_null_class_of_name(const qi_analysis *analysis, const PgQuery__TypeName *name)
{
    qi_class class = class_of_name(analysis, name);
    if (class == QI_CLASS_UNKNOWN || name->n_array_bounds == 0)
        return class;
    return QI_CLASS_ARRAY;
}

/* The object of the catalog that a table or view is; NULL when the catalog has none. */
static const qi_object *object_of(const qi_analysis *analysis, const qi_table *table)
{
    for (size_t i = 0; i < analysis->catalog->object_count; i++) {
        const qi_object *object = &analysis->catalog->objects[i];
        if (object->oid == table->oid && object->sub == 0 && !object->parent && object->schema &&
            strcmp(object->schema, table->schema) == 0 && object->name &&
            strcmp(object->name, table->name) == 0)
            return object;
    }
    return NULL;
}

static bool is_kind(const qi_object *object, const char *kind)
{
    return object->kind && strcmp(object->kind->name, kind) == 0;
}

bool qi_null_is_user_function(const qi_analysis *analysis, const char *name)
{
    for (size_t i = 0; i < analysis->catalog->object_count; i++) {
        const qi_object *object = &analysis->catalog->objects[i];
        if (object->name && strcmp(object->name, name) == 0 &&
            (is_kind(object, "function") || is_kind(object, "aggregate")))
            return true;
    }
    return false;
}

/* Whether `name` is one of a list that is separated by ", ". */
static bool is_listed(const char *list, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = list; at; at = strstr(at, ", ") ? strstr(at, ", ") + 2 : NULL)
        if (strncmp(at, name, length) == 0 && (at[length] == '\0' || at[length] == ','))
            return true;
    return false;
}

bool qi_null_has_children(const qi_analysis *analysis, const qi_table *table)
{
    /* Partitions keep the constraints of what they are a part of, but for foreign tables. */
    bool partitioned = table->kind == QI_TABLE_PARTITIONED;
    const qi_object *parent = object_of(analysis, table);
    for (size_t i = 0; parent && i < analysis->catalog->object_count; i++) {
        const qi_object *object = &analysis->catalog->objects[i];
        bool foreign = is_kind(object, "foreign table");
        if (!foreign && !is_kind(object, "table"))
            continue;
        const char *inherits = qi_object_value(object, "inherits");
        if (inherits && (partitioned ? foreign : is_listed(inherits, parent->identity)))
            return true;
    }
    return false;
}

bool qi_null_has_part(const qi_analysis *analysis, const qi_table *table, const char *kind)
{
    const qi_object *target = object_of(analysis, table);
    for (size_t i = 0; target && i < analysis->catalog->object_count; i++) {
        const qi_object *object = &analysis->catalog->objects[i];
        if (object->parent == target && is_kind(object, kind))
            return true;
    }
    return false;
}

const char *qi_null_view_definition(const qi_analysis *analysis, const qi_table *table)
{
    const qi_object *view = table->kind == QI_TABLE_VIEW ? object_of(analysis, table) : NULL;
    return view ? qi_object_value(view, "definition") : NULL;
}

bool qi_null_column_not_null(const qi_analysis *analysis, const qi_table *table,
                             const qi_column *column)
{
    /* Of a foreign table nobody enforces it; a materialized view may be older than a constraint. */
    if (table->kind != QI_TABLE_PLAIN && table->kind != QI_TABLE_PARTITIONED)
        return false;
    if (column->not_null)
        return true;
    const qi_catalog_type *type = qi_catalog_type_by_oid(analysis->catalog, column->type);
    return type && type->kind == QI_TYPE_DOMAIN && type->not_null;
}
