/* Rules. */
#include "plan/planning.h"

#include <string.h>

static void write_state(qi_planning *p, const qi_object *rule)
{
    const char *state = qi_object_value(rule, "state");
    qi_sql(p, "ALTER TABLE %s %s RULE %s;\n", rule->parent->identity, state ? state : "ENABLE",
           qi_name(p, rule->name));
}

/* The definition ends with a semicolon. */
static void create(qi_planning *p, const qi_object *rule)
{
    if (!rule->parent)
        return;
    qi_step_open(p, rule, qi_rank_of(p, rule, QI_MINOR_CREATE));
    qi_step_makes(p, rule);
    qi_sql(p, "%s\n", qi_object_value(rule, "definition"));
    if (qi_object_value(rule, "state"))
        write_state(p, rule);
    qi_step_close(p, "create", rule->name, NULL);
}

static void alter(qi_planning *p, const qi_object *before, const qi_object *after)
{
    static const char start[] = "CREATE RULE ";
    const char *definition = qi_object_value(after, "definition");
    (void)before;
    if (!definition || strncmp(definition, start, sizeof start - 1) != 0)
        return;
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    qi_sql(p, "CREATE OR REPLACE RULE %s\n", definition + sizeof start - 1);
    qi_step_close(p, "replace", after->name, NULL);
}

static void alter_state(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)before;
    if (!after->parent)
        return;
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    write_state(p, after);
    qi_step_close(p, "alter", after->name, NULL);
}

const qi_rules qi_rules_rule = {
    .kind = "rule",
    .creates = (const char *const[]){ "definition", "state", NULL },
    .create = create,
    .drop = qi_drop_plain,
    .alterations = (const qi_alteration[]){ { "definition", alter, NULL },
                                            { "state", alter_state, NULL },
                                            { NULL, NULL, NULL } },
    .replaceable = qi_always,
};
