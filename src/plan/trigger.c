/* Triggers, and the states of those that a partition has from its parent. */
#include "plan/planning.h"

#include <string.h>

static void write_state(qi_planning *p, const qi_object *trigger, const char *state)
{
    qi_sql(p, "ALTER TABLE %s %s TRIGGER %s;\n", trigger->parent->identity, state,
           qi_name(p, trigger->name));
}

static void create(qi_planning *p, const qi_object *trigger)
{
    const char *state = qi_object_value(trigger, "state");
    if (!trigger->parent)
        return;
    qi_step_open(p, trigger, qi_rank_of(p, trigger, QI_MINOR_CREATE));
    qi_step_makes(p, trigger);
    qi_sql(p, "%s;\n", qi_object_value(trigger, "definition"));
    if (state)
        write_state(p, trigger, state);
    qi_step_close(p, "create", trigger->name, NULL);
}

static void alter_state(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)before;
    if (!after->parent)
        return;
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    write_state(p, after, qi_object_value(after, "_state"));
    qi_step_close(p, "alter", after->name, NULL);
}

const qi_rules qi_rules_trigger = {
    .kind = "trigger",
    .creates = (const char *const[]){ "definition", "state", NULL },
    .create = create,
    .drop = qi_drop_plain,
    .alterations = (const qi_alteration[]){ { "state", alter_state, NULL }, { NULL, NULL, NULL } },
    .replaceable = qi_always,
};

static void set_inherited(qi_planning *p, const qi_object *trigger)
{
    alter_state(p, NULL, trigger);
}

/* Back to what its parent's has; nothing where that goes too. */
static void unset_inherited(qi_planning *p, const qi_object *trigger)
{
    bool gone = !trigger->parent || qi_after(p, trigger);
    for (size_t i = 0; i < trigger->depend_count; i++)
        gone = gone || qi_fate_of(p, trigger->depends[i]) >= QI_REPLACED;
    if (gone)
        return;
    qi_step_open(p, trigger, qi_rank_of(p, trigger, QI_MINOR_ALTER));
    qi_step_ends(p, trigger);
    write_state(p, trigger, qi_object_value(trigger, "_state_above"));
    qi_step_close(p, "alter", trigger->name, NULL);
}

const qi_rules qi_rules_inherited_trigger = {
    .kind = "inherited trigger",
    .creates = (const char *const[]){ "state", NULL },
    .create = set_inherited,
    .drop = unset_inherited,
    .alterations = (const qi_alteration[]){ { "state", alter_state, NULL }, { NULL, NULL, NULL } },
    .replaceable = qi_always,
};
