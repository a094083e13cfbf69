/* Constraints of tables that others are using: made quickly, and checked while they go on. */
#include "plan/constraint.h"
#include "plan/online.h"
#include "plan/table.h"

#include <stdlib.h>
#include <string.h>

static const char *value(const qi_object *object, const char *name)
{
    return qi_object_value(object, name);
}

static char letter(const qi_object *object, const char *name)
{
    const char *text = value(object, name);
    return (char)(text ? *text : '\0');
}

static const qi_object *table_by_oid(const qi_catalog *catalog, const char *oid)
{
    const uint32_t number = oid ? (uint32_t)strtoul(oid, NULL, 10) : 0;
    size_t count = 0;
    const qi_object *all = qi_objects_of(catalog, "table", &count);
    for (size_t i = 0; i < count; i++) {
        if (all[i].oid == number)
            return &all[i];
    }
    return NULL;
}

/* Of a partitioned table there is no NOT VALID before PostgreSQL 18, and no VALIDATE of all the parts. */
static bool is_between_plain_tables(const qi_planning *p, const qi_object *key)
{
    const qi_object *other = table_by_oid(p->desired, value(key, "_referenced"));
    return letter(key->parent, "_relkind") == 'r' && other && letter(other, "_relkind") == 'r' &&
           !value(key->parent, "inherits");
}

/* A new foreign key comes when the index is there that finds its rows, so that no delete has to do without. */
static void needs_its_index(qi_planning *p, const qi_object *key)
{
    const char *columns = value(key, "_columns");
    size_t length = strlen(columns);
    for (size_t i = 0; i < p->desired->object_count; i++) {
        const qi_object *object = &p->desired->objects[i];
        char kind = qi_is_kind(object, "constraint") ? letter(object, "_kind") : '\0';
        bool indexes = qi_is_kind(object, "index") || kind == 'p' || kind == 'u';
        const char *its = object->parent == key->parent ? value(object, "_columns") : NULL;
        if (object != key && indexes && its && strncmp(its, columns, length) == 0 &&
            (!its[length] || its[length] == ' '))
            qi_step_needs(p, object);
    }
}

/* Rows that are there are checked in a transaction that holds no lock which others mind. */
static void add_then_validate(qi_planning *p, const qi_object *constraint, qi_rank rank)
{
    const char *table = constraint->parent->identity;
    const char *name = qi_name(p, constraint->name);
    qi_step_open(p, constraint, rank);
    qi_step_mode(p, QI_MODE_EITHER);
    qi_step_needs_all(p, constraint);
    qi_step_shapes(p, constraint);
    if (letter(constraint, "_kind") == 'f' && !qi_is_there(p, constraint))
        needs_its_index(p, constraint);
    qi_constraint_makes_followers(p, constraint);
    qi_check_constraint(p, constraint);
    qi_sql(p, "ALTER TABLE %s\n    ADD CONSTRAINT %s ", table, name);
    qi_constraint_clause_as(p, constraint, "NOT VALID");
    qi_sql(p, ";\n");
    qi_step_close(p, "add", constraint->name, NULL);

    qi_step_open(p, constraint, rank);
    qi_step_mode(p, QI_MODE_ALONE);
    qi_step_makes(p, constraint);
    qi_step_hazard(p, QI_HAZARD_MAY_FAIL, table, "fails if rows that are there break it");
    qi_step_hazard(p, QI_HAZARD_NO_TRANSACTION, table,
                   "a failure leaves the constraint, which new rows must keep to");
    qi_sql(p, "ALTER TABLE %s VALIDATE CONSTRAINT %s;\n", table, name);
    qi_step_close(p, "validate", constraint->name, NULL);
}

/* What of present has the place of the new key: that of its name, or the old primary key. */
static const qi_object *old_key(const qi_planning *p, const qi_object *key)
{
    const qi_object *before = qi_before(p, key);
    size_t count = 0;
    const qi_object *all = qi_objects_of(p->present, "constraint", &count);
    for (size_t i = 0; !before && letter(key, "_kind") == 'p' && i < count; i++) {
        if (letter(&all[i], "_kind") == 'p' && all[i].parent == qi_before(p, key->parent))
            before = &all[i];
    }
    return before;
}

/* "UNIQUE NULLS NOT DISTINCT (a, b) INCLUDE (c)" as an index has it; a statement. */
static void write_key_index(qi_planning *p, const qi_object *key, const char *name)
{
    const char *definition = value(key, "definition");
    const char *columns = strchr(definition, '(');
    const char *options = value(key, "index_options");
    const char *tablespace = value(key, "index_tablespace");
    qi_sql(p, "CREATE UNIQUE INDEX CONCURRENTLY %s ON %s %s", qi_name(p, name),
           key->parent->identity, columns);
    if (strncmp(definition, "UNIQUE NULLS NOT DISTINCT", 25) == 0)
        qi_sql(p, " NULLS NOT DISTINCT");
    if (options)
        qi_sql(p, " WITH (%s)", options);
    if (tablespace)
        qi_sql(p, " TABLESPACE %s", tablespace);
    qi_sql(p, ";\n");
}

/* The index first, which is what takes long; it gets the constraint's name with it. */
static void index_then_add(qi_planning *p, const qi_object *key, qi_rank rank)
{
    const qi_object *old = old_key(p, key);
    const char *table = key->parent->identity;
    const char *deferrable = value(key, "deferrable");
    const char *name = qi_name_is_taken(p, key->schema, key->name)
                           ? qi_online_name(p, key->schema, key->name, "_new")
                           : key->name;
    qi_step_open(p, key, rank);
    qi_step_mode(p, QI_MODE_ALONE);
    qi_step_needs_all(p, key);
    if (old)
        qi_step_before(p, old);
    qi_step_hazard(p, QI_HAZARD_MAY_FAIL, table, "fails if rows that are there break it");
    qi_online_build_hazards(p, table);
    qi_check_constraint(p, key);
    write_key_index(p, key, name);
    qi_step_close(p, "build", key->name, NULL);

    qi_step_open(p, key, rank);
    qi_step_mode(p, QI_MODE_EITHER);
    qi_step_follows(p);
    qi_step_makes(p, key);
    if (old)
        qi_step_behind(p, old);
    qi_sql(p, "ALTER TABLE %s\n    ADD CONSTRAINT %s %s USING INDEX %s%s%s;\n", table,
           qi_name(p, key->name), letter(key, "_kind") == 'p' ? "PRIMARY KEY" : "UNIQUE",
           qi_name(p, name), deferrable ? " " : "", deferrable ? deferrable : "");
    qi_constraint_extras(p, key);
    qi_step_close(p, "add", key->name, NULL);
}

static bool can_have_index_first(const qi_planning *p, const qi_object *key)
{
    const qi_object *old = old_key(p, key);
    return letter(key->parent, "_relkind") == 'r' && !value(key, "attached_to") &&
           !value(key, "inheritance") && !strstr(value(key, "definition"), " WITHOUT OVERLAPS") &&
           (!old || qi_stands_free(p, old));
}

bool qi_constraint_create_online(qi_planning *p, const qi_object *constraint, qi_rank rank)
{
    char kind = letter(constraint, "_kind");
    bool checked = kind == 'c' || (kind == 'f' && is_between_plain_tables(p, constraint));
    if (!qi_is_online(p, constraint) || value(constraint, "validation"))
        return false;
    if (checked)
        add_then_validate(p, constraint, rank);
    else if ((kind == 'u' || kind == 'p') && can_have_index_first(p, constraint))
        index_then_add(p, constraint, rank);
    else
        return false;
    return true;
}
