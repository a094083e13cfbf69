/* Publications: what logical replication sends. */
#include "plan/planning.h"

#include <string.h>

/* "TABLE a, b (x), TABLES IN SCHEMA s" */
static void write_members(qi_planning *p, const qi_object *publication)
{
    const char *tables = qi_object_value(publication, "tables");
    const char *schemas = qi_object_value(publication, "schemas");
    if (tables)
        qi_sql(p, " TABLE %s", tables);
    if (schemas)
        qi_sql(p, "%s TABLES IN SCHEMA %s", tables ? "," : "", schemas);
}

static bool has_members(const qi_object *publication)
{
    return qi_object_value(publication, "tables") || qi_object_value(publication, "schemas");
}

/* One option with its value, or with what it is by default where it had another before. */
static const char *option(qi_planning *p, const qi_object *before, const qi_object *after,
                          const char *name, const char *none)
{
    const char *old = before ? qi_object_value(before, name) : NULL;
    const char *new = qi_object_value(after, name);
    if (old && new ? strcmp(old, new) == 0 : old == new)
        return "";
    return qi_text(p, ", %s = '%s'", name, new ? new : none);
}

/* ", publish = 'insert', ...": what differs from `before`, or from the default where it is NULL. */
static const char *options(qi_planning *p, const qi_object *before, const qi_object *after)
{
    return qi_text(p, "%s%s%s",
                   option(p, before, after, "publish", "insert, update, delete, truncate"),
                   option(p, before, after, "publish_via_partition_root", "false"),
                   option(p, before, after, "publish_generated_columns", "none"));
}

static void create(qi_planning *p, const qi_object *publication)
{
    const char *with = options(p, NULL, publication);
    qi_step_open(p, publication, qi_rank_of(p, publication, QI_MINOR_CREATE));
    qi_step_makes(p, publication);
    qi_sql(p, "CREATE PUBLICATION %s", publication->identity);
    if (qi_object_value(publication, "all_tables"))
        qi_sql(p, " %s", qi_object_value(publication, "all_tables"));
    else if (has_members(publication))
        qi_sql(p, " FOR");
    write_members(p, publication);
    if (*with)
        qi_sql(p, "\n    WITH (%s)", with + 2);
    qi_sql(p, ";\n");
    qi_step_close(p, "create", publication->name, NULL);
}

/* What was added can be set as a whole, but not to nothing. */
static qi_change how_members(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)p;
    bool all = qi_object_value(before, "all_tables") || qi_object_value(after, "all_tables");
    return !all && has_members(after) ? QI_IN_PLACE : QI_REPLACE;
}

static void alter_members(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)before;
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    qi_sql(p, "ALTER PUBLICATION %s SET", after->identity);
    write_members(p, after);
    qi_sql(p, ";\n");
    qi_step_close(p, "alter", after->name, NULL);
}

static void alter_options(qi_planning *p, const qi_object *before, const qi_object *after)
{
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    qi_sql(p, "ALTER PUBLICATION %s SET (%s);\n", after->identity, options(p, before, after) + 2);
    qi_step_close(p, "alter", after->name, NULL);
}

static void drop(qi_planning *p, const qi_object *publication)
{
    qi_step_open(p, publication, qi_rank_of_drop(p, publication));
    qi_step_ends(p, publication);
    if (!qi_after(p, publication))
        qi_step_hazard(p, QI_HAZARD_BREAKS, publication->identity, "what subscribes to it stops");
    qi_sql(p, "DROP PUBLICATION %s;\n", publication->identity);
    qi_step_close(p, "drop", publication->name, NULL);
}

const qi_rules qi_rules_publication = {
    .kind = "publication",
    .creates =
        (const char *const[]){ "all_tables", "tables", "schemas", "publish",
                               "publish_via_partition_root", "publish_generated_columns", NULL },
    .create = create,
    .drop = drop,
    .alterations = (const qi_alteration[]){ { "tables", alter_members, how_members },
                                            { "schemas", alter_members, how_members },
                                            { "publish", alter_options, NULL },
                                            { "publish_via_partition_root", alter_options, NULL },
                                            { "publish_generated_columns", alter_options, NULL },
                                            { NULL, NULL, NULL } },
    .replaceable = qi_always,
};
