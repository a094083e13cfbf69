/* Schemas. */
#include "plan/planning.h"

static void create_schema(qi_planning *p, const qi_object *object)
{
    qi_step_open(p, object, qi_rank_of(p, object, QI_MINOR_CREATE));
    qi_step_makes(p, object);
    qi_sql(p, "CREATE SCHEMA %s;\n", object->identity);
    qi_step_close(p, "create", object->name, NULL);
}

const qi_rules qi_rules_schema = {
    .kind = "schema",
    .create = create_schema,
    .creates = (const char *const[]){ NULL },
    .drop = qi_drop_plain,
};
