/* Row-level security policies. */
#include "plan/planning.h"

#include <string.h>

static void write_expression(qi_planning *p, const qi_object *policy, const char *words,
                             const char *attribute)
{
    const char *expression = qi_object_value(policy, attribute);
    if (expression)
        qi_sql(p, "\n    %s (%s)", words, expression);
}

static void create(qi_planning *p, const qi_object *policy)
{
    const char *command = qi_object_value(policy, "command");
    const char *roles = qi_object_value(policy, "roles");
    if (!policy->parent)
        return;
    qi_step_open(p, policy, qi_rank_of(p, policy, QI_MINOR_CREATE));
    qi_step_makes(p, policy);
    if (qi_is_there(p, policy->parent))
        qi_step_hazard(p, QI_HAZARD_AUTHORIZATION, policy->parent->identity,
                       "who may see or change which rows is decided by another policy too");
    qi_sql(p, "CREATE POLICY %s ON %s", qi_name(p, policy->name), policy->parent->identity);
    if (qi_object_value(policy, "restrictive"))
        qi_sql(p, "\n    AS RESTRICTIVE");
    if (command)
        qi_sql(p, "\n    FOR %s", command);
    if (roles)
        qi_sql(p, "\n    TO %s", roles);
    write_expression(p, policy, "USING", "using_expression");
    write_expression(p, policy, "WITH CHECK", "check_expression");
    qi_sql(p, ";\n");
    qi_step_close(p, "create", policy->name, NULL);
}

static bool differs(const qi_object *before, const qi_object *after, const char *attribute)
{
    const char *old = qi_object_value(before, attribute);
    const char *new = qi_object_value(after, attribute);
    return old && new ? strcmp(old, new) != 0 : old != new;
}

/* ALTER POLICY cannot take an expression away. */
static qi_change how(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)p;
    static const char *const expressions[] = { "using_expression", "check_expression" };
    for (size_t i = 0; i < 2; i++) {
        if (qi_object_value(before, expressions[i]) && !qi_object_value(after, expressions[i]))
            return QI_REPLACE;
    }
    return QI_IN_PLACE;
}

static void alter(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const char *roles = qi_object_value(after, "roles");
    if (!after->parent)
        return;
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    qi_step_hazard(p, QI_HAZARD_AUTHORIZATION, after->parent->identity,
                   "who may see or change which rows is decided in another way");
    qi_sql(p, "ALTER POLICY %s ON %s", qi_name(p, after->name), after->parent->identity);
    if (differs(before, after, "roles"))
        qi_sql(p, "\n    TO %s", roles ? roles : "PUBLIC");
    if (differs(before, after, "using_expression"))
        write_expression(p, after, "USING", "using_expression");
    if (differs(before, after, "check_expression"))
        write_expression(p, after, "WITH CHECK", "check_expression");
    qi_sql(p, ";\n");
    qi_step_close(p, "alter", after->name, NULL);
}

static void drop(qi_planning *p, const qi_object *policy)
{
    if (!policy->parent)
        return;
    qi_step_open(p, policy, qi_rank_of_drop(p, policy));
    qi_step_ends(p, policy);
    if (!qi_after(p, policy))
        qi_step_hazard(p, QI_HAZARD_AUTHORIZATION, policy->parent->identity,
                       "who may see or change which rows is not decided by this policy any more");
    qi_sql(p, "DROP POLICY %s ON %s;\n", qi_name(p, policy->name), policy->parent->identity);
    qi_step_close(p, "drop", policy->name, NULL);
}

const qi_rules qi_rules_policy = {
    .kind = "policy",
    .creates = (const char *const[]){ "restrictive", "command", "roles", "using_expression",
                                      "check_expression", NULL },
    .create = create,
    .drop = drop,
    .alterations = (const qi_alteration[]){ { "roles", alter, how },
                                            { "using_expression", alter, how },
                                            { "check_expression", alter, how },
                                            { NULL, NULL, NULL } },
    .replaceable = qi_always,
};
