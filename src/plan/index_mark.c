/* Which index identifies a table's rows for replication, and which its rows are clustered on. */
#include "plan/constraint.h"

#include <string.h>

static const char *value(const qi_object *object, const char *name)
{
    return qi_object_value(object, name);
}

static void write_identity(qi_planning *p, const qi_object *index)
{
    qi_sql(p, "ALTER TABLE %s REPLICA IDENTITY USING INDEX %s;\n", index->parent->identity,
           qi_name(p, index->name));
}

static void write_clustered(qi_planning *p, const qi_object *index)
{
    qi_sql(p, "ALTER %s %s CLUSTER ON %s;\n",
           qi_is_kind(index->parent, "table") ? "TABLE" : "MATERIALIZED VIEW",
           index->parent->identity, qi_name(p, index->name));
}

void qi_write_marks(qi_planning *p, const qi_object *index)
{
    if (value(index, "replica_identity"))
        write_identity(p, index);
    if (value(index, "clustered"))
        write_clustered(p, index);
}

/* The index or constraint of a table (of desired) that has the mark; NULL: none. */
static const qi_object *marked(const qi_planning *p, const qi_object *table, const char *mark)
{
    for (size_t i = 0; i < p->desired->object_count; i++) {
        const qi_object *object = &p->desired->objects[i];
        if (object->parent == table && !object->kind->derived && value(object, mark) &&
            (qi_is_kind(object, "index") || qi_is_kind(object, "constraint")))
            return object;
    }
    return NULL;
}

/* Whether a table whose index loses its mark must be told so: nothing else takes it. */
static bool must_reset(const qi_planning *p, const qi_object *index, const char *mark)
{
    const qi_object *table = index->parent ? qi_after(p, index->parent) : NULL;
    return table && value(index, mark) && qi_fate_of(p, index->parent) < QI_REPLACED &&
           !marked(p, table, mark) && !value(table, mark);
}

static void reset_identity(qi_planning *p, const qi_object *index)
{
    if (must_reset(p, index, "replica_identity"))
        qi_sql(p, "ALTER TABLE %s REPLICA IDENTITY DEFAULT;\n", index->parent->identity);
}

static void reset_clustered(qi_planning *p, const qi_object *index)
{
    if (must_reset(p, index, "clustered"))
        qi_sql(p, "ALTER %s %s SET WITHOUT CLUSTER;\n",
               qi_is_kind(index->parent, "table") ? "TABLE" : "MATERIALIZED VIEW",
               index->parent->identity);
}

void qi_drop_marks(qi_planning *p, const qi_object *index)
{
    reset_identity(p, index);
    reset_clustered(p, index);
}

static void open_step(qi_planning *p, const qi_object *after)
{
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
}

void qi_alter_replica_identity(qi_planning *p, const qi_object *before, const qi_object *after)
{
    bool takes = value(after, "replica_identity") != NULL;
    if (!takes && !must_reset(p, before, "replica_identity"))
        return;
    open_step(p, after);
    if (takes)
        write_identity(p, after);
    else
        reset_identity(p, before);
    qi_step_close(p, "change", after->parent->name, NULL);
}

void qi_alter_clustered(qi_planning *p, const qi_object *before, const qi_object *after)
{
    bool takes = value(after, "clustered") != NULL;
    if (!takes && !must_reset(p, before, "clustered"))
        return;
    open_step(p, after);
    if (takes)
        write_clustered(p, after);
    else
        reset_clustered(p, before);
    qi_step_close(p, "change", after->parent->name, NULL);
}

void qi_alter_table_replica_identity(qi_planning *p, const qi_object *before,
                                     const qi_object *after)
{
    const char *identity = value(after, "replica_identity");
    (void)before;
    if (!identity && marked(p, after, "replica_identity"))
        return;
    open_step(p, after);
    qi_sql(p, "ALTER TABLE %s REPLICA IDENTITY %s;\n", after->identity,
           identity ? identity : "DEFAULT");
    qi_step_close(p, "change", after->name, NULL);
}
