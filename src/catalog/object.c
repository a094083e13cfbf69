#include "catalog/object.h"

#include <string.h>

const qi_kind qi_kinds[] = {
    { "schema", "SCHEMA", false, false },
    { "extension", "EXTENSION", false, false },
    { "access method", "ACCESS METHOD", false, false },
    { "language", "LANGUAGE", false, false },
    { "foreign data wrapper", "FOREIGN DATA WRAPPER", false, false },
    { "server", "SERVER", false, false },
    { "user mapping", NULL, false, false },
    { "collation", "COLLATION", false, false },
    { "text search parser", "TEXT SEARCH PARSER", false, false },
    { "text search template", "TEXT SEARCH TEMPLATE", false, false },
    { "text search dictionary", "TEXT SEARCH DICTIONARY", false, false },
    { "text search configuration", "TEXT SEARCH CONFIGURATION", false, false },
    { "text search mapping", NULL, false, false },
    { "enum", "TYPE", false, false },
    { "domain", "DOMAIN", false, false },
    { "domain constraint", "CONSTRAINT", false, false },
    { "composite type", "TYPE", false, false },
    { "attribute", "COLUMN", false, false },
    { "range type", "TYPE", false, false },
    { "base type", "TYPE", false, false },
    { "shell type", NULL, false, false },
    { "sequence", "SEQUENCE", false, false },
    { "table", "TABLE", false, false },
    { "foreign table", "FOREIGN TABLE", false, false },
    { "column", "COLUMN", false, false },
    { "constraint", "CONSTRAINT", true, false },
    { "index", "INDEX", false, false },
    { "key index", NULL, false, true },
    { "statistics object", "STATISTICS", false, false },
    { "function", "FUNCTION", false, false },
    { "procedure", "PROCEDURE", false, false },
    { "aggregate", "AGGREGATE", false, false },
    { "conversion", "CONVERSION", false, false },
    { "cast", "CAST", false, false },
    { "operator", "OPERATOR", false, false },
    { "operator family", "OPERATOR FAMILY", false, false },
    { "operator class", "OPERATOR CLASS", false, false },
    { "transform", "TRANSFORM", false, false },
    { "view", "VIEW", false, false },
    { "materialized view", "MATERIALIZED VIEW", false, false },
    { "view column", "COLUMN", false, false },
    { "trigger", "TRIGGER", true, false },
    { "inherited trigger", "TRIGGER", true, false },
    { "rule", "RULE", true, false },
    { "policy", "POLICY", true, false },
    { "publication", "PUBLICATION", false, false },
    { "publication table", NULL, false, false },
    { "publication schema", NULL, false, false },
    { "event trigger", "EVENT TRIGGER", false, false },
    { "ownership", NULL, false, false },
    { "privilege", NULL, false, false },
    { "default privilege", NULL, false, false },
    { NULL, NULL, false, false },
};

const qi_kind *qi_kind_named(const char *name)
{
    for (const qi_kind *kind = qi_kinds; kind->name; kind++) {
        if (strcmp(kind->name, name) == 0)
            return kind;
    }
    return NULL;
}

const char *qi_object_value(const qi_object *object, const char *name)
{
    for (size_t i = 0; i < object->value_count; i++) {
        if (strcmp(object->names[i], name) == 0)
            return object->values[i];
    }
    return NULL;
}

int qi_object_compare(const qi_object *left, const qi_object *right)
{
    if (left->order != right->order)
        return left->order < right->order ? -1 : 1;
    /* Kinds without a row of their own share an order. */
    int by_kind = strcmp(left->kind->name, right->kind->name);
    return by_kind ? by_kind : strcmp(left->identity, right->identity);
}

const qi_object *qi_objects_of(const qi_catalog *catalog, const char *kind, size_t *count)
{
    size_t order = 0;
    while (qi_kinds[order].name && strcmp(qi_kinds[order].name, kind) != 0)
        order++;
    size_t low = 0;
    size_t high = catalog->object_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (catalog->objects[middle].order < order)
            low = middle + 1;
        else
            high = middle;
    }
    *count = 0;
    while (low + *count < catalog->object_count && catalog->objects[low + *count].order == order)
        ++*count;
    return &catalog->objects[low];
}
