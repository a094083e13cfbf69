/* Event triggers. */
#include "plan/planning.h"

static void write_state(qi_planning *p, const qi_object *trigger)
{
    const char *state = qi_object_value(trigger, "state");
    qi_sql(p, "ALTER EVENT TRIGGER %s %s;\n", trigger->identity, state ? state : "ENABLE");
}

static void create(qi_planning *p, const qi_object *trigger)
{
    const char *tags = qi_object_value(trigger, "tags");
    qi_step_open(p, trigger, qi_rank_of(p, trigger, QI_MINOR_CREATE));
    qi_step_makes(p, trigger);
    qi_sql(p, "CREATE EVENT TRIGGER %s ON %s\n", trigger->identity,
           qi_object_value(trigger, "event"));
    if (tags)
        qi_sql(p, "    WHEN TAG IN (%s)\n", tags);
    qi_sql(p, "    EXECUTE FUNCTION %s();\n", qi_object_value(trigger, "function"));
    if (qi_object_value(trigger, "state"))
        write_state(p, trigger);
    qi_step_close(p, "create", trigger->name, NULL);
}

static void alter_state(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)before;
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    write_state(p, after);
    qi_step_close(p, "alter", after->name, NULL);
}

const qi_rules qi_rules_event_trigger = {
    .kind = "event trigger",
    .creates = (const char *const[]){ "event", "tags", "function", "state", NULL },
    .create = create,
    .drop = qi_drop_plain,
    .alterations = (const qi_alteration[]){ { "state", alter_state, NULL }, { NULL, NULL, NULL } },
    .replaceable = qi_always,
};
