/* What rows that are there could break: each is asked before a migration runs. */
#include "plan/constraint.h"
#include "plan/list.h"

#include <string.h>

bool qi_can_check(const qi_planning *p, const qi_object *object)
{
    if (!object->parent || !qi_is_there(p, object->parent) || qi_is_new(p, object->parent))
        return false;
    for (size_t i = 0; i < object->depend_count; i++) {
        const qi_object *need = object->depends[i];
        if (!qi_is_kind(need, "constraint") && !qi_is_kind(need, "index") &&
            (!qi_is_there(p, need) || qi_fate_of(p, qi_before(p, need)) >= QI_DISTURBED))
            return false;
    }
    return true;
}

static const qi_constraint *typed(const qi_planning *p, const qi_object *object)
{
    const qi_table *table = qi_catalog_table_by_oid(p->desired, object->parent->oid);
    for (size_t i = 0; table && i < table->constraint_count; i++) {
        if (strcmp(table->constraints[i].name, object->name) == 0)
            return &table->constraints[i];
    }
    return NULL;
}

/* Names of columns with something around each: "a, b", "a is null or b is null". */
static const char *names(qi_planning *p, const qi_column *const *columns, size_t count,
                         const char *after, const char *between)
{
    const char *text = "";
    for (size_t i = 0; i < count; i++)
        text = qi_text(p, "%s%s%s%s", text, i ? between : "", qi_name(p, columns[i]->name), after);
    return text;
}

static void check_duplicates(qi_planning *p, const qi_object *object, const char *keys,
                             const char *condition)
{
    const char *table = object->parent->identity;
    qi_step_check(p, QI_HAZARD_MAY_FAIL, table, qi_text(p, "rows are alike in %s", keys),
                  qi_text(p, "select %s from %s%s%s group by %s having count(*) > 1 limit 1", keys,
                          table, condition ? " where " : "", condition ? condition : "", keys));
}

/* "there.a = here.a and ..." of the first `count` columns. */
static const char *matches(qi_planning *p, const qi_column *const *there,
                           const qi_column *const *here, size_t count)
{
    const char *text = "";
    for (size_t i = 0; i < count; i++)
        text = qi_text(p, "%s%sthere.%s = here.%s", text, i ? " and " : "",
                       qi_name(p, there[i]->name), qi_name(p, here[i]->name));
    return text;
}

/* The last column of a key WITHOUT OVERLAPS, which PostgreSQL has since version 18, is a range. */
static void check_overlaps(qi_planning *p, const qi_object *object, const qi_constraint *key)
{
    const char *table = object->parent->identity;
    size_t last = key->column_count - 1;
    const char *range = qi_name(p, key->columns[last]->name);
    qi_step_check(p, QI_HAZARD_MAY_FAIL, table, qi_text(p, "rows overlap in %s", range),
                  qi_text(p,
                          "select 1 from %s as here join %s as there on %s and there.%s && here.%s "
                          "and (there.tableoid, there.ctid) <> (here.tableoid, here.ctid) limit 1",
                          table, table, matches(p, key->columns, key->columns, last), range,
                          range));
}

static void check_key(qi_planning *p, const qi_object *object, const qi_constraint *key)
{
    const char *columns = names(p, key->columns, key->column_count, "", ", ");
    const char *definition = key->definition;
    if (key->kind == QI_PRIMARY_KEY)
        qi_step_check(p, QI_HAZARD_MAY_FAIL, object->parent->identity,
                      qi_text(p, "rows have no value in %s", columns),
                      qi_text(p, "select 1 from %s where %s limit 1", object->parent->identity,
                              names(p, key->columns, key->column_count, " is null", " or ")));
    if (strstr(definition, " WITHOUT OVERLAPS)")) {
        check_overlaps(p, object, key);
        return;
    }
    bool nulls = strstr(definition, "NULLS NOT DISTINCT") != NULL;
    check_duplicates(p, object, columns,
                     nulls ? NULL
                           : names(p, key->columns, key->column_count, " is not null", " and "));
}

static void check_orphans(qi_planning *p, const qi_object *object, const qi_constraint *key)
{
    if (!key->referenced)
        return;
    /* Of a foreign key with PERIOD the ranges there cover that here, together. */
    bool period = strstr(key->definition, ", PERIOD ") != NULL;
    size_t last = key->column_count - 1;
    const char *match =
        matches(p, key->referenced_columns, key->columns, key->column_count - period);
    const char *missing = period ? qi_text(p, "having range_agg(there.%s) @> here.%s",
                                           qi_name(p, key->referenced_columns[last]->name),
                                           qi_name(p, key->columns[last]->name))
                                 : "";
    const char *referenced =
        qi_text(p, "%s.%s", qi_name(p, key->referenced->schema), qi_name(p, key->referenced->name));
    qi_step_check(p, QI_HAZARD_MAY_FAIL, object->parent->identity,
                  qi_text(p, "rows refer to rows of %s that are not there", referenced),
                  qi_text(p,
                          "select 1 from %s as here where %s and not exists (select from %s as "
                          "there where %s%s%s) limit 1",
                          object->parent->identity,
                          names(p, key->columns, key->column_count, " is not null", " and "),
                          referenced, match, period ? " " : "", missing));
}

void qi_check_constraint(qi_planning *p, const qi_object *constraint)
{
    const qi_constraint *key = typed(p, constraint);
    const char *expression = qi_object_value(constraint, "_expression");
    if (!key || !qi_can_check(p, constraint))
        return;
    if (key->kind == QI_PRIMARY_KEY || key->kind == QI_UNIQUE)
        check_key(p, constraint, key);
    else if (key->kind == QI_FOREIGN_KEY)
        check_orphans(p, constraint, key);
    else if (key->kind == QI_CHECK && expression)
        qi_step_check(p, QI_HAZARD_MAY_FAIL, constraint->parent->identity,
                      qi_text(p, "rows break %s", constraint->name),
                      qi_text(p, "select 1 from %s where not (%s) limit 1",
                              constraint->parent->identity, expression));
}

void qi_check_unique_index(qi_planning *p, const qi_object *index)
{
    const char *keys = qi_object_value(index, "_keys");
    const char *predicate = qi_object_value(index, "_predicate");
    const char *nulls = qi_object_value(index, "_nulls_not_distinct");
    if (!keys || !qi_can_check(p, index))
        return;
    bool alike = nulls && *nulls == 't';
    const char *whole = NULL;
    qi_item key;
    for (const char *list = keys; !alike && qi_item_next(&list, &key);)
        whole = qi_text(p, "%s%s(%.*s) is not null", whole ? whole : "", whole ? " and " : "",
                        (int)key.length, key.text);
    const char *condition = predicate && whole ? qi_text(p, "(%s) and %s", predicate, whole)
                            : predicate        ? predicate
                                               : whole;
    check_duplicates(p, index, keys, condition);
}
