/* What is granted on all that a role will make. */
#include "plan/list.h"
#include "plan/planning.h"

#include <string.h>

/* When everything else was made: what they grant is for what comes later. */
#define PHASE_LAST 2000

static void change(qi_planning *p, const qi_object *rule, const char *verb, const char *list,
                   const char *preposition, const char *ending)
{
    const char *of = qi_object_value(rule, "_of");
    const char *grantee = qi_object_value(rule, "_grantee");
    const char *owner = qi_object_value(rule, "_owner");
    if (*grantee == 'O' && strcmp(grantee, "OWNER") == 0)
        grantee = owner ? owner : "CURRENT_USER";
    if (list)
        qi_sql(p, "ALTER DEFAULT PRIVILEGES%s%s\n    %s %s ON %s %s %s%s;\n", of && *of ? " " : "",
               of ? of : "", verb, list, qi_object_value(rule, "_words"), preposition, grantee,
               ending);
}

static void open_step(qi_planning *p, const qi_object *rule)
{
    qi_rank rank = qi_rank_of(p, rule, QI_MINOR_ALTER);
    rank.phase = PHASE_LAST;
    qi_step_open(p, rule, rank);
    qi_step_hazard(p, QI_HAZARD_AUTHORIZATION, rule->identity,
                   "who may do what with what is made later changes");
}

/* From what is granted to what is to be: lists of privileges, those with the option to grant too. */
static void write(qi_planning *p, const qi_object *rule, const char *const have[2],
                  const char *const want[2])
{
    const char *lost = qi_list_without(p, qi_list_without(p, have[0], want[0]), want[1]);
    const char *lost_option = qi_list_without(p, qi_list_without(p, have[1], want[0]), want[1]);
    const char *kept = qi_list_without(p, qi_list_without(p, have[1], want[1]), lost_option);
    change(p, rule, "REVOKE", lost, "FROM", "");
    change(p, rule, "REVOKE", lost_option, "FROM", "");
    change(p, rule, "REVOKE GRANT OPTION FOR", kept, "FROM", "");
    change(p, rule, "GRANT", qi_list_without(p, qi_list_without(p, want[0], have[0]), have[1]),
           "TO", "");
    change(p, rule, "GRANT", qi_list_without(p, want[1], have[1]), "TO", " WITH GRANT OPTION");
}

static void create(qi_planning *p, const qi_object *rule)
{
    const char *have[] = { qi_object_value(rule, "_default"),
                           qi_object_value(rule, "_default_grantable") };
    const char *want[] = { qi_object_value(rule, "privileges"),
                           qi_object_value(rule, "grantable") };
    open_step(p, rule);
    qi_step_makes(p, rule);
    write(p, rule, have, want);
    qi_step_close(p, "grant", "defaults", NULL);
}

static void drop(qi_planning *p, const qi_object *rule)
{
    const char *have[] = { qi_object_value(rule, "privileges"),
                           qi_object_value(rule, "grantable") };
    const char *want[] = { qi_object_value(rule, "_default"),
                           qi_object_value(rule, "_default_grantable") };
    open_step(p, rule);
    qi_step_ends(p, rule);
    write(p, rule, have, want);
    qi_step_close(p, "revoke", "defaults", NULL);
}

static void alter(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const char *have[] = { qi_object_value(before, "privileges"),
                           qi_object_value(before, "grantable") };
    const char *want[] = { qi_object_value(after, "privileges"),
                           qi_object_value(after, "grantable") };
    open_step(p, after);
    qi_step_makes(p, after);
    write(p, after, have, want);
    qi_step_close(p, "grant", "defaults", NULL);
}

const qi_rules qi_rules_default_privilege = {
    .kind = "default privilege",
    .create = create,
    .creates = (const char *const[]){ "privileges", "grantable", NULL },
    .drop = drop,
    .alterations = (const qi_alteration[]){ { "privileges", alter, NULL },
                                            { "grantable", alter, NULL },
                                            { NULL, NULL, NULL } },
};
