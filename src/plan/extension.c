/* Extensions. */
#include "plan/planning.h"

static void create(qi_planning *p, const qi_object *extension)
{
    const char *version = qi_object_value(extension, "version");
    qi_step_open(p, extension, qi_rank_of(p, extension, QI_MINOR_CREATE));
    qi_step_makes(p, extension);
    /* On a hosted server it may be there already, in a schema of the host's choice. */
    qi_sql(p, "CREATE EXTENSION IF NOT EXISTS %s WITH SCHEMA %s", extension->identity,
           qi_object_value(extension, "located"));
    if (version)
        qi_sql(p, " VERSION %s", qi_quoted(p, version));
    qi_sql(p, ";\n");
    qi_step_close(p, "create", extension->name, NULL);
}

/* A schema that names no version takes whichever is there. */
static void alter_version(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const char *version = qi_object_value(after, "version");
    (void)before;
    if (!version)
        return;
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    qi_sql(p, "ALTER EXTENSION %s UPDATE TO %s;\n", after->identity, qi_quoted(p, version));
    qi_step_close(p, "update", after->name, NULL);
}

static qi_change how_located(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const char *relocatable = qi_object_value(before, "_relocatable");
    (void)p;
    (void)after;
    return relocatable && *relocatable == 't' ? QI_IN_PLACE : QI_REPLACE;
}

static void alter_located(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)before;
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    qi_sql(p, "ALTER EXTENSION %s SET SCHEMA %s;\n", after->identity,
           qi_object_value(after, "located"));
    qi_step_close(p, "move", after->name, NULL);
}

static void drop(qi_planning *p, const qi_object *extension)
{
    qi_step_open(p, extension, qi_rank_of_drop(p, extension));
    qi_step_ends(p, extension);
    qi_step_hazard(p, QI_HAZARD_BREAKS, extension->identity, "programs that use it fail");
    qi_sql(p, "DROP EXTENSION %s;\n", extension->identity);
    qi_step_close(p, "drop", extension->name, NULL);
}

const qi_rules qi_rules_extension = {
    .kind = "extension",
    .creates = (const char *const[]){ "located", "version", NULL },
    .create = create,
    .drop = drop,
    .alterations = (const qi_alteration[]){ { "located", alter_located, how_located },
                                            { "version", alter_version, NULL },
                                            { NULL, NULL, NULL } },
};
