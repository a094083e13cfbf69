/* Tables: created with their columns and with the constraints that need no other table. */
#include "plan/constraint.h"
#include "plan/planning.h"

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

static void write_columns(qi_planning *p, const qi_object *object, const qi_table *table)
{
    static const char *const known[] = { QI_COLUMN_ATTRIBUTES, NULL };
    size_t width = name_width(p, table);
    for (size_t i = 0; i < table->column_count; i++) {
        const qi_object *column = column_object(p, object, &table->columns[i]);
        if (!column || !qi_can_create(p, column, known))
            continue;
        qi_step_makes(p, column);
        const char *name = qi_name(p, column->name);
        size_t length = width_of(name);
        int pad = length < width ? (int)(width - length) : 0;
        qi_sql(p, "%s\n    %s%*s ", i ? "," : "", name, pad, "");
        qi_column_clause(p, column, in_primary_key(table, &table->columns[i]));
    }
}

/* Those that need no other table and have been checked; the others are steps of their own. */
static bool stands_inside(const qi_object *constraint, char kind)
{
    const char *its = qi_object_value(constraint, "_kind");
    const char *validated = qi_object_value(constraint, "_validated");
    return its && *its == kind && validated && *validated == 't';
}

static void write_constraints(qi_planning *p, const qi_object *table, bool first)
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
            qi_sql(p, "%s\n    CONSTRAINT %s ", first ? "" : ",", qi_name(p, constraint->name));
            qi_constraint_clause(p, constraint);
            first = false;
        }
    }
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

static void create(qi_planning *p, const qi_object *object)
{
    const qi_table *table = qi_catalog_table_by_oid(p->desired, object->oid);
    const char *options = qi_object_value(object, "options");
    const char *method = qi_object_value(object, "access_method");
    if (!table)
        return;
    qi_step_open(p, object, qi_rank_of(p, object, QI_MINOR_CREATE));
    qi_step_makes(p, object);
    qi_sql(p, "CREATE %sTABLE %s (", qi_object_value(object, "persistence") ? "UNLOGGED " : "",
           object->identity);
    write_columns(p, object, table);
    write_constraints(p, object, table->column_count == 0);
    qi_sql(p, "%s)", table->column_count || table->constraint_count ? "\n" : "");
    if (method)
        qi_sql(p, "\nUSING %s", qi_name(p, method));
    if (options)
        qi_sql(p, "\nWITH (%s)", options);
    qi_sql(p, ";\n");
    for (size_t i = 0; i < table->column_count; i++) {
        const qi_object *column = column_object(p, object, &table->columns[i]);
        if (column)
            qi_column_extras(p, column);
    }
    write_extras(p, object);
    write_row_security(p, object);
    const char *identity = qi_object_value(object, "replica_identity");
    if (identity)
        qi_sql(p, "ALTER TABLE %s REPLICA IDENTITY %s;\n", object->identity, identity);
    qi_step_close(p, "create", object->name, NULL);
}

static void switch_on(qi_planning *p, const qi_object *before, const qi_object *after,
                      const char *attribute, const char *words)
{
    (void)before;
    if (!qi_object_value(after, attribute)) {
        qi_refuse(p, after, "has row level security that the schema does not have",
                  qi_text(p, "ALTER TABLE %s %s ROW LEVEL SECURITY;", after->identity,
                          *words == 'F' ? "NO FORCE" : "DISABLE"));
        return;
    }
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    qi_step_hazard(p, QI_HAZARD_AUTHORIZATION, after->identity,
                   "roles see only the rows that a policy lets them see");
    qi_sql(p, "ALTER TABLE %s %s ROW LEVEL SECURITY;\n", after->identity, words);
    qi_step_close(p, "secure", after->name, NULL);
}

static void alter_row_security(qi_planning *p, const qi_object *before, const qi_object *after)
{
    switch_on(p, before, after, "row_security", "ENABLE");
}

static void alter_forced(qi_planning *p, const qi_object *before, const qi_object *after)
{
    switch_on(p, before, after, "row_security_of_owner", "FORCE");
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

static void drop(qi_planning *p, const qi_object *object)
{
    if (qi_is_loose(p, object))
        drop_foreign_keys(p, object);
    qi_step_open(p, object, qi_rank_of_drop(p, object));
    qi_step_ends(p, object);
    qi_step_hazard(p, QI_HAZARD_DELETES_DATA, object->identity, "the table goes with its rows");
    qi_step_check(p, QI_HAZARD_DELETES_DATA, object->identity, "the table has rows",
                  qi_text(p, "select 1 from %s limit 1", object->identity));
    qi_sql(p, "DROP TABLE %s;\n", object->identity);
    qi_step_close(p, "drop", object->name, NULL);
}

const qi_rules qi_rules_table = {
    .kind = "table",
    .create = create,
    .creates = (const char *const[]){ "persistence", "options", "access_method", "row_security",
                                      "row_security_of_owner", "replica_identity", NULL },
    .drop = drop,
    .alterations =
        (const qi_alteration[]){ { "row_security", alter_row_security, NULL },
                                 { "row_security_of_owner", alter_forced, NULL },
                                 { "replica_identity", qi_alter_table_replica_identity, NULL },
                                 { NULL, NULL, NULL } },
};
