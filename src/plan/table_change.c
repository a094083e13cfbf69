/* Changes of a table as a whole: how it is stored, who sees its rows, what it is below. */
#include "plan/constraint.h"
#include "plan/table.h"

#include <string.h>

static void open_alter(qi_planning *p, const qi_object *after)
{
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
}

static void switch_security(qi_planning *p, const qi_object *after, const char *attribute,
                            const char *on, const char *off)
{
    bool is_on = qi_object_value(after, attribute) != NULL;
    open_alter(p, after);
    qi_step_hazard(p, QI_HAZARD_AUTHORIZATION, after->identity,
                   is_on ? "roles see only the rows that a policy lets them see"
                         : "roles see all rows, whatever the policies say");
    qi_sql(p, "ALTER TABLE %s %s ROW LEVEL SECURITY;\n", after->identity, is_on ? on : off);
    qi_step_close(p, is_on ? "secure" : "open", after->name, NULL);
}

static void alter_row_security(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)before;
    switch_security(p, after, "row_security", "ENABLE", "DISABLE");
}

static void alter_forced(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)before;
    switch_security(p, after, "row_security_of_owner", "FORCE", "NO FORCE");
}

static void alter_options(qi_planning *p, const qi_object *before, const qi_object *after)
{
    open_alter(p, after);
    qi_write_options(p, qi_text(p, "ALTER TABLE %s", after->identity),
                     qi_object_value(before, "options"), qi_object_value(after, "options"));
    qi_step_close(p, "change", after->name, NULL);
}

/* The table is copied; `words` say how. */
static void rewrite(qi_planning *p, const qi_object *after, const char *words)
{
    open_alter(p, after);
    qi_step_hazard(p, QI_HAZARD_REWRITES, after->identity,
                   "every row is written again, and all access waits meanwhile");
    qi_sql(p, "ALTER TABLE %s SET %s;\n", after->identity, words);
    qi_step_close(p, "change", after->name, NULL);
}

static void alter_persistence(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)before;
    rewrite(p, after, qi_object_value(after, "persistence") ? "UNLOGGED" : "LOGGED");
}

static void alter_method(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const char *method = qi_object_value(after, "access_method");
    (void)before;
    if (p->desired->server_version < 150000) {
        qi_refuse(p, after, "has another access method, which PostgreSQL can change since 15",
                  NULL);
        return;
    }
    rewrite(p, after, qi_text(p, "ACCESS METHOD %s", method ? qi_name(p, method) : "heap"));
}

static void alter_tablespace(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const char *place = qi_object_value(after, "tablespace");
    (void)before;
    rewrite(p, after, qi_text(p, "TABLESPACE %s", place ? qi_name(p, place) : "pg_default"));
}

static void alter_type(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const char *type = qi_object_value(after, "of_type");
    (void)before;
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_INDEX));
    qi_step_needs_columns(p, after);
    qi_sql(p, "ALTER TABLE %s %s%s;\n", after->identity, type ? "OF " : "NOT OF", type ? type : "");
    qi_step_close(p, "change", after->name, NULL);
}

/* Rows would have to be moved from one table into others. */
static qi_change how_partitioned(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const char *was = qi_object_value(before, "partition_by");
    const char *is = qi_object_value(after, "partition_by");
    qi_refuse(p, after,
              !was  ? qi_text(p, "is not partitioned, in the schema it is by %s", is)
              : !is ? qi_text(p, "is partitioned by %s, in the schema it is not", was)
                    : qi_text(p, "is partitioned by %s, in the schema by %s", was, is),
              "PostgreSQL cannot change that of a table: create one under another name, move the "
              "rows, and rename the two");
    return QI_IN_PLACE;
}

static void change_nothing(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)p;
    (void)before;
    (void)after;
}

const qi_alteration qi_table_alterations[] = {
    { "row_security", alter_row_security, NULL },
    { "row_security_of_owner", alter_forced, NULL },
    { "replica_identity", qi_alter_table_replica_identity, NULL },
    { "options", alter_options, NULL },
    { "persistence", alter_persistence, NULL },
    { "access_method", alter_method, NULL },
    { "tablespace", alter_tablespace, NULL },
    { "of_type", alter_type, NULL },
    { "inherits", qi_table_move, NULL },
    { "partition_bound", qi_table_move, NULL },
    { "partition_by", change_nothing, how_partitioned },
    { NULL, NULL, NULL },
};
