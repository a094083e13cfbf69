/* Tables: created with their columns and with the constraints that need no other table. */
#include "plan/constraint.h"
#include "plan/table.h"

#include <stdlib.h>
#include <string.h>

/* Names longer than this do not push the types of all columns to the right. */
#define WIDEST_NAME 28

static const qi_object *column_object(const qi_planning *p, const qi_object *table,
                                      const qi_column *column)
{
    return qi_object_at(p->desired, table->class_oid, table->oid, column->number);
}

/* In characters, as an editor shows it. */
static size_t width_of(const char *text)
{
    size_t width = 0;
    for (; *text; text++)
        width += ((unsigned char)*text & 0xC0u) != 0x80u;
    return width;
}

static size_t name_width(qi_planning *p, const qi_table *table)
{
    size_t width = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        size_t length = width_of(qi_name(p, table->columns[i].name));
        if (length > width && length <= WIDEST_NAME)
            width = length;
    }
    return width;
}

static bool in_primary_key(const qi_table *table, const qi_column *column)
{
    const qi_constraint *key = table->primary_key;
    for (size_t i = 0; key && i < key->column_count; i++) {
        if (key->columns[i] == column)
            return true;
    }
    return false;
}

/* What comes from a table above when the two are made to be so at once; a partition joins later. */
static bool comes_from_above(const qi_object *table, const qi_object *part)
{
    const char *how = qi_object_value(part, "inheritance");
    return how && strcmp(how, "inherited") == 0 && !qi_object_value(table, "partition_bound");
}

static size_t write_columns(qi_planning *p, const qi_object *object, const qi_table *table)
{
    static const char *const known[] = { QI_COLUMN_ATTRIBUTES, NULL };
    size_t width = name_width(p, table);
    size_t written = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        const qi_object *column = column_object(p, object, &table->columns[i]);
        if (!column || !qi_can_create(p, column, known))
            continue;
        qi_step_makes(p, column);
        if (comes_from_above(object, column))
            continue;
        const char *name = qi_name(p, column->name);
        size_t length = width_of(name);
        int pad = length < width ? (int)(width - length) : 0;
        qi_sql(p, "%s\n    %s%*s ", written++ ? "," : "", name, pad, "");
        qi_column_clause(p, column, in_primary_key(table, &table->columns[i]));
    }
    return written;
}

/* Those that need no other table and have been checked; the others are steps of their own. */
static bool stands_inside(const qi_object *constraint, char kind)
{
    const char *its = qi_object_value(constraint, "_kind");
    const char *validated = qi_object_value(constraint, "_validated");
    return its && *its == kind && validated && *validated == 't';
}

static size_t write_constraints(qi_planning *p, const qi_object *table, size_t written)
{
    static const char *const known[] = { QI_CONSTRAINT_ATTRIBUTES, NULL };
    size_t count = 0;
    const qi_object *all = qi_objects_of(p->desired, "constraint", &count);
    for (const char *kind = "puxc"; *kind; kind++) {
        for (size_t i = 0; i < count; i++) {
            const qi_object *constraint = &all[i];
            if (constraint->parent != table || !stands_inside(constraint, *kind) ||
                !qi_can_create(p, constraint, known))
                continue;
            qi_step_makes(p, constraint);
            if (comes_from_above(table, constraint))
                continue;
            qi_sql(p, "%s\n    CONSTRAINT %s ", written++ ? "," : "", qi_name(p, constraint->name));
            qi_constraint_clause(p, constraint);
        }
    }
    return written;
}

static void write_extras(qi_planning *p, const qi_object *table)
{
    size_t count = 0;
    const qi_object *all = qi_objects_of(p->desired, "constraint", &count);
    for (size_t i = 0; i < count; i++) {
        if (all[i].parent == table && p->made[&all[i] - p->desired->objects])
            qi_constraint_extras(p, &all[i]);
    }
}

static void write_row_security(qi_planning *p, const qi_object *table)
{
    if (qi_object_value(table, "row_security"))
        qi_sql(p, "ALTER TABLE %s ENABLE ROW LEVEL SECURITY;\n", table->identity);
    if (qi_object_value(table, "row_security_of_owner"))
        qi_sql(p, "ALTER TABLE %s FORCE ROW LEVEL SECURITY;\n", table->identity);
}

/* What stands behind the columns. */
static void write_clauses(qi_planning *p, const qi_object *object)
{
    const char *inherits = qi_object_value(object, "inherits");
    const char *key = qi_object_value(object, "partition_by");
    const char *options = qi_object_value(object, "options");
    const char *method = qi_object_value(object, "access_method");
    const char *place = qi_object_value(object, "tablespace");
    if (inherits && !qi_object_value(object, "partition_bound"))
        qi_sql(p, "\nINHERITS (%s)", inherits);
    if (key)
        qi_sql(p, "\nPARTITION BY %s", key);
    if (method)
        qi_sql(p, "\nUSING %s", qi_name(p, method));
    if (options)
        qi_sql(p, "\nWITH (%s)", options);
    if (place)
        qi_sql(p, "\nTABLESPACE %s", qi_name(p, place));
    qi_sql(p, ";\n");
}

static void write_column_extras(qi_planning *p, const qi_object *object, const qi_table *table)
{
    for (size_t i = 0; i < table->column_count; i++) {
        const qi_object *column = column_object(p, object, &table->columns[i]);
        const qi_object *above =
            column && comes_from_above(object, column) ? qi_column_above(p->desired, column) : NULL;
        if (above)
            qi_column_own(p, column, above);
        else if (column)
            qi_column_extras(p, column);
    }
}

/* The tables above come first, with all their columns; a partition is attached at once. */
static void write_places(qi_planning *p, const qi_object *object)
{
    const char *type = qi_object_value(object, "of_type");
    if (type)
        qi_sql(p, "ALTER TABLE %s OF %s;\n", object->identity, type);
    for (size_t i = 0; i < object->depend_count; i++) {
        const qi_object *parent = object->depends[i];
        if (!qi_is_kind(parent, "table"))
            continue;
        qi_step_needs_columns(p, parent);
        if (qi_object_value(object, "partition_bound"))
            qi_attach(p, object, parent);
    }
}

static void create(qi_planning *p, const qi_object *object)
{
    const qi_table *table = qi_catalog_table_by_oid(p->desired, object->oid);
    if (!table)
        return;
    qi_step_open(p, object, qi_rank_of(p, object, QI_MINOR_CREATE));
    qi_step_makes(p, object);
    qi_sql(p, "CREATE %sTABLE %s (", qi_object_value(object, "persistence") ? "UNLOGGED " : "",
           object->identity);
    size_t written = write_columns(p, object, table);
    written = write_constraints(p, object, written);
    qi_sql(p, "%s)", written ? "\n" : "");
    write_clauses(p, object);
    write_column_extras(p, object, table);
    write_extras(p, object);
    write_row_security(p, object);
    const char *identity = qi_object_value(object, "replica_identity");
    if (identity)
        qi_sql(p, "ALTER TABLE %s REPLICA IDENTITY %s;\n", object->identity, identity);
    write_places(p, object);
    qi_step_close(p, "create", object->name, NULL);
}

/* Tables that refer to each other: neither can go while the other's foreign key is there. */
static void drop_foreign_keys(qi_planning *p, const qi_object *table)
{
    size_t count = 0;
    const qi_object *all = qi_objects_of(p->present, "constraint", &count);
    for (size_t i = 0; i < count; i++) {
        const char *kind = qi_object_value(&all[i], "_kind");
        if (all[i].parent == table && kind && *kind == 'f')
            qi_rules_constraint.drop(p, &all[i]);
    }
}

/* Sequences that its columns own go with it. */
static void end_owned(qi_planning *p, const qi_object *table)
{
    for (size_t i = 0; i < p->present->object_count; i++) {
        const qi_object *column = &p->present->objects[i];
        if (column->parent == table && qi_is_kind(column, "column"))
            qi_step_ends_owned(p, column);
    }
}

/* A foreign key to the table above refers to this one too, until it is taken out. */
static bool is_referred_above(const qi_planning *p, const qi_object *table)
{
    size_t count = 0;
    const qi_object *all = qi_objects_of(p->present, "constraint", &count);
    for (size_t i = 0; qi_object_value(table, "partition_bound") && i < count; i++) {
        const char *oid = qi_object_value(&all[i], "_referenced");
        uint32_t referred = oid ? (uint32_t)strtoul(oid, NULL, 10) : 0;
        for (size_t k = 0; referred && k < table->depend_count; k++) {
            if (table->depends[k]->oid == referred && qi_is_kind(table->depends[k], "table") &&
                qi_fate_of(p, table->depends[k]) < QI_REPLACED)
                return true;
        }
    }
    return false;
}

static void drop(qi_planning *p, const qi_object *object)
{
    if (qi_is_loose(p, object))
        drop_foreign_keys(p, object);
    qi_step_open(p, object, qi_rank_of_drop(p, object));
    qi_step_ends(p, object);
    end_owned(p, object);
    qi_step_hazard(p, QI_HAZARD_DELETES_DATA, object->identity, "the table goes with its rows");
    qi_step_hazard(p, QI_HAZARD_BREAKS, object->identity, "programs that use it fail");
    qi_step_check(p, QI_HAZARD_DELETES_DATA, object->identity, "the table has rows",
                  qi_text(p, "select 1 from %s limit 1", object->identity));
    if (is_referred_above(p, object))
        qi_sql(p, "ALTER TABLE %s DETACH PARTITION %s;\n", qi_object_value(object, "inherits"),
               object->identity);
    qi_sql(p, "DROP TABLE %s;\n", object->identity);
    qi_step_close(p, "drop", object->name, NULL);
}

const qi_rules qi_rules_table = {
    .kind = "table",
    .create = create,
    .creates =
        (const char *const[]){ "persistence", "options", "access_method", "tablespace",
                               "row_security", "row_security_of_owner", "replica_identity",
                               "inherits", "partition_by", "partition_bound", "of_type", NULL },
    .drop = drop,
    .alterations = qi_table_alterations,
};
