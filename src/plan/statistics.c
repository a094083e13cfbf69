/* Extended statistics. */
#include "plan/planning.h"

static void write_target(qi_planning *p, const qi_object *statistics)
{
    const char *target = qi_object_value(statistics, "target");
    qi_sql(p, "ALTER STATISTICS %s SET STATISTICS %s;\n", statistics->identity,
           target ? target : "-1");
}

static void create(qi_planning *p, const qi_object *statistics)
{
    qi_step_open(p, statistics, qi_rank_of(p, statistics, QI_MINOR_INDEX));
    qi_step_makes(p, statistics);
    qi_sql(p, "%s;\n", qi_object_value(statistics, "definition"));
    if (qi_object_value(statistics, "target"))
        write_target(p, statistics);
    qi_step_close(p, "create", statistics->name, NULL);
}

static void alter_target(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)before;
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    write_target(p, after);
    qi_step_close(p, "alter", after->name, NULL);
}

const qi_rules qi_rules_statistics = {
    .kind = "statistics object",
    .creates = (const char *const[]){ "definition", "target", NULL },
    .create = create,
    .drop = qi_drop_plain,
    .alterations =
        (const qi_alteration[]){ { "target", alter_target, NULL }, { NULL, NULL, NULL } },
    .replaceable = qi_always,
};
