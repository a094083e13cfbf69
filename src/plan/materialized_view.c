/* Materialized views. Their rows can be made again, so they can be too. */
#include "plan/views.h"

#include <string.h>

static void make_columns(qi_planning *p, const qi_object *view)
{
    size_t at = 0;
    for (const qi_object *column; (column = qi_view_columns(p->desired, view, &at));) {
        qi_step_makes(p, column);
        qi_view_column_extras(p, column);
    }
}

static void create(qi_planning *p, const qi_object *view)
{
    const char *method = qi_object_value(view, "access_method");
    const char *options = qi_object_value(view, "_options");
    const char *tablespace = qi_object_value(view, "tablespace");
    const char *population = qi_object_value(view, "population");
    qi_step_open(p, view, qi_rank_of(p, view, QI_MINOR_CREATE));
    qi_step_makes(p, view);
    if (qi_is_there(p, view) && !population)
        qi_step_hazard(p, QI_HAZARD_BLOCKS_READS, view->identity,
                       "readers wait while its rows are made again");
    qi_sql(p, "CREATE MATERIALIZED VIEW %s", view->identity);
    if (method)
        qi_sql(p, "\nUSING %s", qi_name(p, method));
    if (options)
        qi_sql(p, "\nWITH (%s)", options);
    if (tablespace)
        qi_sql(p, "\nTABLESPACE %s", qi_name(p, tablespace));
    qi_sql(p, " AS\n%s%s%s;\n", qi_view_query(p, view), population ? "\n" : "",
           population ? population : "");
    make_columns(p, view);
    qi_step_close(p, "create", view->name, NULL);
}

static void alter_options(qi_planning *p, const qi_object *before, const qi_object *after)
{
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    qi_write_options(p, qi_text(p, "ALTER MATERIALIZED VIEW %s", after->identity),
                     qi_object_value(before, "_options"), qi_object_value(after, "_options"));
    qi_step_close(p, "alter", after->name, NULL);
}

static void alter_tablespace(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const char *tablespace = qi_object_value(after, "tablespace");
    (void)before;
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    qi_step_hazard(p, QI_HAZARD_BLOCKS_READS, after->identity, "readers wait while it is copied");
    qi_sql(p, "ALTER MATERIALIZED VIEW %s SET TABLESPACE %s;\n", after->identity,
           tablespace ? qi_name(p, tablespace) : "pg_default");
    qi_step_close(p, "alter", after->name, NULL);
}

/* Only rows that are missing are made: that some are there is no part of the schema. */
static void alter_population(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)before;
    if (qi_object_value(after, "population"))
        return;
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    qi_sql(p, "REFRESH MATERIALIZED VIEW %s;\n", after->identity);
    qi_step_close(p, "refresh", after->name, NULL);
}

static void drop(qi_planning *p, const qi_object *view)
{
    qi_step_open(p, view, qi_rank_of_drop(p, view));
    qi_step_ends(p, view);
    qi_view_drop_hazards(p, view);
    qi_sql(p, "DROP MATERIALIZED VIEW %s;\n", view->identity);
    qi_step_close(p, "drop", view->name, NULL);
}

const qi_rules qi_rules_materialized_view = {
    .kind = "materialized view",
    .creates = (const char *const[]){ "columns", "definition", "options", "access_method",
                                      "tablespace", "population", NULL },
    .create = create,
    .drop = drop,
    .alterations = (const qi_alteration[]){ { "options", alter_options, NULL },
                                            { "tablespace", alter_tablespace, NULL },
                                            { "population", alter_population, NULL },
                                            { NULL, NULL, NULL } },
    .replaceable = qi_always,
};
