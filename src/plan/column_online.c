/* Columns of tables that others are using. */
#include "plan/column.h"
#include "plan/not_null.h"
#include "plan/online.h"

#include <string.h>

/* Of a row type, IS NOT NULL says something else. */
static bool is_of_rows(const qi_object *column)
{
    for (size_t i = 0; i < column->depend_count; i++) {
        const qi_object *need = column->depends[i];
        if (qi_is_kind(need, "composite type") || qi_is_kind(need, "table") ||
            qi_is_kind(need, "domain"))
            return true;
    }
    return false;
}

static void settle_heir(qi_planning *p, const qi_object *heir, void *data)
{
    (void)data;
    qi_step_settles(p, heir);
}

static void open_step(qi_planning *p, const qi_object *column, qi_mode mode)
{
    qi_step_open(p, column, qi_rank_of(p, column, QI_MINOR_OWNER));
    qi_step_mode(p, mode);
    qi_step_needs(p, column);
}

static void close_step(qi_planning *p, const qi_object *column)
{
    qi_step_close(p, "change", column->parent->name, column->name);
}

/*
 * SET NOT NULL reads the whole table while all access waits, unless a constraint says already that
 * there is nothing to be found; and a constraint can be checked while others go on.
 */
static void write_not_null(qi_planning *p, const qi_object *column, bool filled)
{
    const char *table = column->parent->identity;
    const char *name = qi_name(p, column->name);
    const char *check = qi_name(p, qi_online_name(p, column->schema, column->name, "_is_not_null"));
    open_step(p, column, QI_MODE_EITHER);
    if (filled)
        qi_step_follows(p);
    else
        qi_step_check(p, QI_HAZARD_MAY_FAIL, column->identity, "rows have no value",
                      qi_text(p, "select 1 from %s where %s is null limit 1", table, name));
    qi_step_after_detached(p, column->parent);
    qi_sql(p, "ALTER TABLE %s\n    ADD CONSTRAINT %s CHECK (%s IS NOT NULL) NOT VALID;\n", table,
           check, name);
    close_step(p, column);

    open_step(p, column, QI_MODE_ALONE);
    qi_step_follows(p);
    qi_step_hazard(p, QI_HAZARD_MAY_FAIL, column->identity, "fails if rows have no value there");
    qi_step_hazard(p, QI_HAZARD_NO_TRANSACTION, table,
                   "a failure leaves the constraint, which new rows must keep to");
    qi_sql(p, "ALTER TABLE %s VALIDATE CONSTRAINT %s;\n", table, check);
    close_step(p, column);

    open_step(p, column, QI_MODE_EITHER);
    qi_step_follows(p);
    qi_step_settles(p, column);
    qi_each_heir(p, p->desired, column, settle_heir, NULL);
    qi_not_null_add(p, column);
    qi_sql(p, "ALTER TABLE %s DROP CONSTRAINT %s;\n", table, check);
    close_step(p, column);
}

bool qi_column_not_null_online(qi_planning *p, const qi_object *column)
{
    if (!qi_is_online_table(p, column->parent) || qi_column_above(p->desired, column) ||
        is_of_rows(column) || qi_object_value(column, "not_null_options"))
        return false;
    write_not_null(p, column, false);
    return true;
}

/* Whether a catalog has something that does more than is written when rows of the table are updated. */
static bool has_side_effects(const qi_catalog *catalog, const qi_object *table)
{
    bool published = false;
    bool has_key = false;
    for (size_t i = 0; i < catalog->object_count; i++) {
        const qi_object *object = &catalog->objects[i];
        bool its = object->parent == table;
        const char *kind = qi_object_value(object, "_kind");
        if (its && (qi_is_kind(object, "trigger") || qi_is_kind(object, "rule") ||
                    qi_is_kind(object, "inherited trigger")))
            return true;
        published = published || qi_is_kind(object, "publication");
        has_key = has_key || (its && qi_is_kind(object, "constraint") && kind && *kind == 'p');
        /* Rows that break it stay until they are updated. */
        if (its && qi_is_kind(object, "constraint") && qi_object_value(object, "validation"))
            return true;
    }
    /* An update of a published table without a key is refused. */
    return (published && !has_key) || qi_object_value(table, "row_security_of_owner");
}

static bool can_be_filled(qi_planning *p, const qi_object *column)
{
    const qi_object *table = column->parent;
    const qi_object *before = qi_before(p, table);
    const char *kind = qi_object_value(table, "_relkind");
    const char *expression = qi_object_value(column, "default");
    return expression && qi_is_volatile(expression) && !strstr(expression, "nextval(") &&
           *kind == 'r' && qi_is_online_table(p, table) && !qi_object_value(table, "inherits") &&
           !qi_has_children(p->desired, table) && !qi_has_children(p->present, before) &&
           !is_of_rows(column) && !qi_object_value(column, "not_null_options") &&
           !has_side_effects(p->present, before) && !has_side_effects(p->desired, table);
}

/* The column comes empty, new rows get their value, and then those that are there. */
bool qi_column_fill_online(qi_planning *p, const qi_object *column)
{
    const char *table = column->parent->identity;
    const char *name = qi_name(p, column->name);
    if (!can_be_filled(p, column))
        return false;
    qi_step_open(p, column, qi_rank_of(p, column, QI_MINOR_COLUMN));
    qi_step_makes(p, column);
    qi_sql(p, "ALTER TABLE %s ADD COLUMN %s %s", table, name, qi_object_value(column, "type"));
    qi_column_storage_clause(p, column);
    qi_sql(p, ";\nALTER TABLE %s ALTER COLUMN %s SET DEFAULT %s;\n", table, name,
           qi_object_value(column, "default"));
    qi_column_extras(p, column);
    qi_step_close(p, "add", column->parent->name, column->name);

    open_step(p, column, QI_MODE_ALONE);
    qi_step_follows(p);
    qi_step_settles(p, column);
    qi_step_hazard(p, QI_HAZARD_BLOCKS_WRITES, table,
                   "changes of rows that are there wait until all have a value");
    qi_sql(p, "UPDATE %s SET %s = DEFAULT WHERE %s IS NULL;\n", table, name, name);
    qi_step_close(p, "fill", column->parent->name, column->name);
    if (qi_object_value(column, "not_null"))
        write_not_null(p, column, true);
    return true;
}
