#include "catalog/catalog.h"

#include <stdlib.h>
#include <string.h>

const qi_table *qi_catalog_table(const qi_catalog *catalog, const char *schema, const char *name)
{
    for (size_t i = 0; i < catalog->table_count; i++) {
        const qi_table *table = &catalog->tables[i];
        if (strcmp(table->name, name) == 0 && strcmp(table->schema, schema) == 0)
            return table;
    }
    return NULL;
}

const qi_table *qi_catalog_table_by_oid(const qi_catalog *catalog, uint32_t oid)
{
    for (size_t i = 0; i < catalog->table_count; i++) {
        if (catalog->tables[i].oid == oid)
            return &catalog->tables[i];
    }
    return NULL;
}

static int compare_type(const void *key, const void *item)
{
    uint32_t oid = *(const uint32_t *)key;
    uint32_t other = ((const qi_catalog_type *)item)->oid;
    return oid < other ? -1 : oid > other;
}

const qi_catalog_type *qi_catalog_type_by_oid(const qi_catalog *catalog, uint32_t oid)
{
    if (!catalog->type_count)
        return NULL;
    return bsearch(&oid, catalog->types, catalog->type_count, sizeof *catalog->types, compare_type);
}

const qi_catalog_type *qi_catalog_type_named(const qi_catalog *catalog, const char *text)
{
    for (size_t i = 0; i < catalog->type_count; i++) {
        if (strcmp(catalog->types[i].text, text) == 0)
            return &catalog->types[i];
    }
    return NULL;
}

const qi_cast *qi_catalog_cast(const qi_catalog *catalog, const char *source, const char *target)
{
    for (size_t i = 0; i < catalog->cast_count; i++) {
        const qi_cast *cast = &catalog->casts[i];
        if (strcmp(cast->source, source) == 0 && strcmp(cast->target, target) == 0)
            return cast;
    }
    return NULL;
}

const qi_column *qi_table_column(const qi_table *table, const char *name)
{
    for (size_t i = 0; i < table->column_count; i++) {
        if (strcmp(table->columns[i].name, name) == 0)
            return &table->columns[i];
    }
    return NULL;
}

const qi_column *qi_table_column_at(const qi_table *table, int number)
{
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->columns[i].number == number)
            return &table->columns[i];
    }
    return NULL;
}
