/*
 * Tables below others: children and partitions. A partition is made as a table of its own and then
 * attached: its constraints and indexes keep their names, and the table above stays open to writers.
 */
#include "plan/constraint.h"
#include "plan/table.h"

#include <string.h>

static bool is_table(const qi_object *object)
{
    return qi_is_kind(object, "table") || qi_is_kind(object, "foreign table");
}

static bool is_inherited(const qi_object *object)
{
    const char *how = qi_object_value(object, "inheritance");
    return how && strcmp(how, "inherited") == 0;
}

bool qi_leaves(const qi_planning *p, const qi_object *before)
{
    const qi_object *after = before ? qi_after(p, before) : NULL;
    return after && qi_object_value(before, "inherits") &&
           (!qi_same_value(before, after, "inherits") ||
            !qi_same_value(before, after, "partition_bound"));
}

bool qi_joins(const qi_planning *p, const qi_object *after)
{
    const qi_object *before = qi_is_new(p, after) ? NULL : qi_before(p, after);
    return qi_object_value(after, "partition_bound") &&
           (!before || !qi_same_value(before, after, "inherits") ||
            !qi_same_value(before, after, "partition_bound"));
}

const qi_object *qi_index_named(const qi_planning *p, const char *identity)
{
    size_t count = 0;
    const qi_object *all = qi_objects_of(p->desired, "index", &count);
    for (size_t i = 0; identity && i < count; i++) {
        if (strcmp(all[i].identity, identity) == 0)
            return &all[i];
    }
    return NULL;
}

bool qi_index_comes_by_joining(const qi_planning *p, const qi_object *index)
{
    const qi_object *whole = qi_index_named(p, qi_object_value(index, "attached_to"));
    return whole && index->parent && !qi_is_new(p, whole) && qi_joins(p, index->parent);
}

void qi_index_after_partitions(qi_planning *p, const qi_object *index)
{
    const qi_object *table = index->parent;
    for (size_t i = 0; i < p->desired->object_count; i++) {
        const qi_object *child = &p->desired->objects[i];
        if (!is_table(child) || !qi_inherits_from(child, table))
            continue;
        qi_step_needs(p, child);
        for (size_t k = 0; k < p->desired->object_count; k++) {
            if (p->desired->objects[k].parent == child &&
                qi_is_kind(&p->desired->objects[k], "column"))
                qi_step_needs(p, &p->desired->objects[k]);
        }
    }
}

/* With what the table above has, so that attaching it need not make it under another name. */
static void write_matches(qi_planning *p, const qi_object *table)
{
    for (size_t i = 0; i < p->desired->object_count; i++) {
        const qi_object *part = &p->desired->objects[i];
        if (part->parent != table || !qi_is_new(p, part) || p->made[i])
            continue;
        if (qi_is_kind(part, "index") && qi_index_comes_by_joining(p, part)) {
            qi_step_makes(p, part);
            qi_index_write(p, part);
        } else if (qi_is_kind(part, "constraint") && is_inherited(part)) {
            qi_step_makes(p, part);
            if (*qi_object_value(part, "_kind") == 'f')
                continue;
            qi_sql(p, "ALTER TABLE %s\n    ADD CONSTRAINT %s ", table->identity,
                   qi_name(p, part->name));
            qi_constraint_clause(p, part);
            qi_sql(p, ";\n");
        }
    }
}

void qi_attach(qi_planning *p, const qi_object *table, const qi_object *parent)
{
    const char *bound = qi_object_value(table, "partition_bound");
    if (bound) {
        write_matches(p, table);
        qi_sql(p, "ALTER TABLE %s ATTACH PARTITION %s %s;\n", parent->identity, table->identity,
               bound);
    } else {
        qi_sql(p, "ALTER TABLE %s INHERIT %s;\n", table->identity, parent->identity);
    }
}

/* The step needs the columns of a table, and may go on to make those that it shares with others. */
static void take_columns(qi_planning *p, const qi_object *table, bool makes)
{
    for (size_t i = 0; i < p->desired->object_count; i++) {
        const qi_object *column = &p->desired->objects[i];
        if (column->parent != table || !qi_is_kind(column, "column"))
            continue;
        qi_step_needs(p, column);
        if (makes && qi_object_value(column, "inheritance"))
            qi_step_makes(p, column);
    }
    const qi_object *before = qi_before(p, table);
    for (size_t i = 0; before && i < p->present->object_count; i++) {
        const qi_object *column = &p->present->objects[i];
        if (column->parent == before && qi_is_kind(column, "column") && p->fates[i] == QI_DROPPED)
            qi_step_behind(p, column);
    }
}

void qi_step_needs_columns(qi_planning *p, const qi_object *table)
{
    take_columns(p, table, false);
}

static void join(qi_planning *p, const qi_object *after, const qi_object *parent)
{
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_INDEX));
    qi_step_needs(p, after);
    qi_step_needs(p, parent);
    take_columns(p, after, true);
    take_columns(p, parent, false);
    if (qi_object_value(after, "partition_bound")) {
        qi_step_hazard(p, QI_HAZARD_MAY_FAIL, after->identity,
                       "fails if rows are not within the bounds of the partition");
        qi_step_hazard(p, QI_HAZARD_BLOCKS_WRITES, after->identity,
                       "writes to it wait while all rows are checked");
    }
    qi_attach(p, after, parent);
    qi_step_close(p, "attach", after->name, NULL);
}

/* It leaves before the columns of the table above (of present) change: its own change by themselves. */
static void stays_as_it_is(qi_planning *p, const qi_object *parent)
{
    for (size_t i = 0; i < p->present->object_count; i++) {
        const qi_object *column = &p->present->objects[i];
        if (column->parent == parent && qi_is_kind(column, "column"))
            qi_step_before(p, column);
    }
    const qi_object *after = qi_after(p, parent);
    for (size_t i = 0; after && i < p->desired->object_count; i++) {
        const qi_object *column = &p->desired->objects[i];
        if (column->parent == after && qi_is_kind(column, "column"))
            qi_step_first(p, column);
    }
}

static void leave(qi_planning *p, const qi_object *before, const qi_object *after,
                  const qi_object *parent)
{
    qi_step_open(p, after, qi_rank_of_drop(p, before));
    qi_step_makes(p, after);
    qi_step_before(p, parent);
    stays_as_it_is(p, parent);
    if (qi_object_value(before, "partition_bound"))
        qi_sql(p, "ALTER TABLE %s DETACH PARTITION %s;\n", parent->identity, after->identity);
    else
        qi_sql(p, "ALTER TABLE %s NO INHERIT %s;\n", after->identity, parent->identity);
    qi_step_close(p, "detach", after->name, NULL);
}

void qi_detach_for_now(qi_planning *p, const qi_object *table, bool out)
{
    const char *parent = qi_object_value(table, "inherits");
    const char *bound = qi_object_value(table, "partition_bound");
    if (!parent || !bound)
        return;
    if (out)
        qi_step_hazard(p, QI_HAZARD_BLOCKS_READS, table->identity,
                       "all access waits while all rows are checked against the bounds again");
    qi_sql(p, "ALTER TABLE %s %s PARTITION %s%s%s;\n", parent, out ? "DETACH" : "ATTACH",
           table->identity, out ? "" : " ", out ? "" : bound);
}

/* Out of the tables that it was below, into those that it is to be below. */
void qi_table_move(qi_planning *p, const qi_object *before, const qi_object *after)
{
    bool bound = !qi_same_value(before, after, "partition_bound");
    for (size_t i = 0; i < before->depend_count; i++) {
        const qi_object *parent = before->depends[i];
        const qi_object *now = is_table(parent) ? qi_after(p, parent) : NULL;
        bool stays = now && qi_inherits_from(after, now) && !bound;
        if (is_table(parent) && !stays)
            leave(p, before, after, parent);
    }
    for (size_t i = 0; i < after->depend_count; i++) {
        const qi_object *parent = after->depends[i];
        const qi_object *was = is_table(parent) ? qi_before(p, parent) : NULL;
        bool stayed = was && qi_inherits_from(before, was) && !bound;
        if (is_table(parent) && !stayed)
            join(p, after, parent);
    }
}
