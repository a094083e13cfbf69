/*
 * NOT NULL as PostgreSQL has it since version 18: a constraint with a name, which the tables below may
 * be spared (NO INHERIT) and which rows that are there may break (NOT VALID).
 */
#include "plan/not_null.h"

#include "plan/column.h"

#include <string.h>

static bool has_option(const qi_object *column, const char *option)
{
    const char *options = qi_object_value(column, "not_null_options");
    return options && strstr(options, option);
}

/* The name that the server would choose, were it free. */
static const char *usual_name(qi_planning *p, const qi_object *column)
{
    return qi_name(p, qi_text(p, "%s_%s_not_null", column->parent->name, column->name));
}

/*
 * What was renamed has kept the name that another column would get now. In the same table it has to give
 * it back before.
 */
static bool is_taken(qi_planning *p, const qi_object *column, const char *name)
{
    size_t count = 0;
    bool taken = false;
    const qi_object *all = qi_objects_of(p->present, "column", &count);
    for (size_t i = 0; i < count; i++) {
        const char *its = qi_object_value(&all[i], "not_null_constraint");
        const qi_object *after = qi_after(p, &all[i]);
        if (!its || strcmp(its, name) != 0 || strcmp(all[i].schema, column->schema) != 0)
            continue;
        taken = true;
        if (after && after != column && after->parent == column->parent)
            qi_step_needs(p, after);
    }
    return taken;
}

/* A column that goes may have the name. */
static void wait_for_name(qi_planning *p, const qi_object *before, const char *name)
{
    size_t count = 0;
    const qi_object *all = qi_objects_of(p->present, "column", &count);
    for (size_t i = 0; i < count; i++) {
        const qi_object *other = &all[i];
        if (other->parent != before->parent || qi_fate_of(p, other) < QI_REPLACED)
            continue;
        const char *its = qi_object_value(other, "not_null_constraint");
        if (strcmp(its ? its : usual_name(p, other), name) == 0)
            qi_step_behind(p, other);
    }
}

/* NULL: the server may choose it. */
static const char *name_to_write(qi_planning *p, const qi_object *column)
{
    const char *name = qi_object_value(column, "not_null_constraint");
    if (name || !column->parent || p->desired->server_version < 180000)
        return name;
    const char *usual = usual_name(p, column);
    return is_taken(p, column, usual) ? usual : NULL;
}

void qi_not_null_clause(qi_planning *p, const qi_object *column, bool implied)
{
    const char *name = name_to_write(p, column);
    bool alone = has_option(column, "NO INHERIT");
    if (!qi_object_value(column, "not_null") || has_option(column, "NOT VALID") ||
        (implied && !name && !alone))
        return;
    if (name)
        qi_sql(p, " CONSTRAINT %s", name);
    qi_sql(p, " NOT NULL%s", alone ? " NO INHERIT" : "");
}

static void write_comment(qi_planning *p, const qi_object *column)
{
    const char *name = qi_object_value(column, "not_null_constraint");
    const char *comment = qi_object_value(column, "not_null_comment");
    qi_sql(p, "COMMENT ON CONSTRAINT %s ON %s IS %s;\n", name ? name : usual_name(p, column),
           column->parent->identity, comment ? qi_quoted(p, comment) : "NULL");
}

void qi_not_null_extra(qi_planning *p, const qi_object *column)
{
    bool inherited = qi_object_value(column, "inheritance") != NULL;
    if (has_option(column, "NOT VALID") && !inherited)
        qi_not_null_add(p, column);
    else if (qi_object_value(column, "not_null_comment"))
        write_comment(p, column);
}

void qi_not_null_comment(qi_planning *p, const qi_object *before, const qi_object *after)
{
    /* What is new says it itself. */
    if (!after->parent || !qi_object_value(after, "not_null") ||
        !qi_object_value(before, "not_null"))
        return;
    /* Behind what may rename it. */
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_OWNER));
    qi_step_makes(p, after);
    write_comment(p, after);
    qi_step_close(p, "change", after->parent->name, after->name);
}

void qi_not_null_add(qi_planning *p, const qi_object *column)
{
    const char *name = name_to_write(p, column);
    const char *options = qi_object_value(column, "not_null_options");
    qi_sql(p, "ALTER TABLE %s ", column->parent->identity);
    if (name || options)
        qi_sql(p, "ADD %s%s%sNOT NULL %s%s%s;\n", name ? "CONSTRAINT " : "", name ? name : "",
               name ? " " : "", qi_name(p, column->name), options ? " " : "",
               options ? options : "");
    else
        qi_sql(p, "ALTER COLUMN %s SET NOT NULL;\n", qi_name(p, column->name));
    if (qi_object_value(column, "not_null_comment"))
        write_comment(p, column);
}

bool qi_not_null_is_checked(const qi_object *column)
{
    return !has_option(column, "NOT VALID");
}

/* The columns below have it from the one above. */
static void make_heir(qi_planning *p, const qi_object *heir, void *data)
{
    (void)data;
    qi_step_makes(p, heir);
}

static void validate(qi_planning *p, const qi_object *column, const char *name)
{
    const char *table = column->parent->identity;
    qi_step_hazard(p, QI_HAZARD_MAY_FAIL, column->identity, "fails if rows have no value there");
    qi_step_check(
        p, QI_HAZARD_MAY_FAIL, column->identity, "rows have no value",
        qi_text(p, "select 1 from %s where %s is null limit 1", table, qi_name(p, column->name)));
    qi_sql(p, "ALTER TABLE %s VALIDATE CONSTRAINT %s;\n", table, name);
}

void qi_not_null_change(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const char *table = after->parent->identity;
    const char *old = qi_object_value(before, "not_null_constraint");
    const char *new = qi_object_value(after, "not_null_constraint");
    bool alone = has_option(after, "NO INHERIT");
    const char *name = new ? new : usual_name(p, after);
    qi_each_heir(p, p->desired, after, make_heir, NULL);
    if (qi_not_null_is_checked(before) && !qi_not_null_is_checked(after)) {
        qi_sql(p, "ALTER TABLE %s ALTER COLUMN %s DROP NOT NULL;\n", table,
               qi_name(p, after->name));
        qi_not_null_add(p, after);
        return;
    }
    if (!qi_same_value(before, after, "not_null_constraint")) {
        wait_for_name(p, before, name);
        qi_sql(p, "ALTER TABLE %s RENAME CONSTRAINT %s TO %s;\n", table,
               old ? old : usual_name(p, after), name);
    }
    if (has_option(before, "NO INHERIT") != alone)
        qi_sql(p, "ALTER TABLE %s ALTER CONSTRAINT %s %sINHERIT;\n", table, name,
               alone ? "NO " : "");
    if (!qi_not_null_is_checked(before) && qi_not_null_is_checked(after))
        validate(p, after, name);
}
