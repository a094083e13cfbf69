/* Who inherits from whom: children and partitions, and the columns that come to them from above. */
#include "plan/table.h"

#include <string.h>

bool qi_same_value(const qi_object *left, const qi_object *right, const char *attribute)
{
    const char *a = qi_object_value(left, attribute);
    const char *b = qi_object_value(right, attribute);
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/* A table depends on another one only where it inherits from it. */
bool qi_inherits_from(const qi_object *table, const qi_object *parent)
{
    for (size_t i = 0; i < table->depend_count; i++) {
        if (table->depends[i] == parent)
            return true;
    }
    return false;
}

static bool is_table(const qi_object *object)
{
    return qi_is_kind(object, "table") || qi_is_kind(object, "foreign table");
}

bool qi_has_children(const qi_catalog *catalog, const qi_object *table)
{
    for (size_t i = 0; i < catalog->object_count; i++) {
        if (is_table(&catalog->objects[i]) && qi_inherits_from(&catalog->objects[i], table))
            return true;
    }
    return false;
}

const qi_object *qi_column_of(const qi_catalog *catalog, const qi_object *table, const char *name)
{
    const qi_table *its = qi_catalog_table_by_oid(catalog, table->oid);
    const qi_column *column = its ? qi_table_column(its, name) : NULL;
    return column ? qi_object_at(catalog, table->class_oid, table->oid, column->number) : NULL;
}

void qi_each_heir(qi_planning *p, const qi_catalog *catalog, const qi_object *column,
                  void (*visit)(qi_planning *p, const qi_object *heir, void *data), void *data)
{
    for (size_t i = 0; i < catalog->object_count; i++) {
        const qi_object *table = &catalog->objects[i];
        if (!is_table(table) || !qi_inherits_from(table, column->parent))
            continue;
        const qi_object *heir = qi_column_of(catalog, table, column->name);
        if (!heir || !qi_object_value(heir, "inheritance"))
            continue;
        visit(p, heir, data);
        qi_each_heir(p, catalog, heir, visit, data);
    }
}

const qi_object *qi_column_above(const qi_catalog *catalog, const qi_object *column)
{
    const qi_object *table = column->parent;
    if (!table || !qi_object_value(column, "inheritance"))
        return NULL;
    for (size_t i = 0; i < table->depend_count; i++) {
        const qi_object *above = is_table(table->depends[i])
                                     ? qi_column_of(catalog, table->depends[i], column->name)
                                     : NULL;
        if (above)
            return above;
    }
    return NULL;
}

void qi_step_after_detached(qi_planning *p, const qi_object *table)
{
    const qi_object *before = qi_before(p, table);
    for (size_t i = 0; before && i < p->present->object_count; i++) {
        const qi_object *child = &p->present->objects[i];
        const qi_object *after =
            is_table(child) && qi_inherits_from(child, before) ? qi_after(p, child) : NULL;
        if (after && (!qi_inherits_from(after, table) || qi_leaves(p, child)))
            qi_step_needs(p, after);
    }
}
