/* Range types. Nothing of one can be altered. */
#include "plan/planning.h"
#include "plan/types.h"

static void add(qi_planning *p, const qi_object *object, const char *words, const char *attribute)
{
    const char *text = qi_object_value(object, attribute);
    if (text)
        qi_sql(p, ",\n    %s = %s", words, text);
}

void qi_write_range(qi_planning *p, const qi_object *type)
{
    qi_sql(p, "CREATE TYPE %s AS RANGE (\n    SUBTYPE = %s", type->identity,
           qi_object_value(type, "subtype"));
    add(p, type, "SUBTYPE_OPCLASS", "operator_class");
    add(p, type, "COLLATION", "collation");
    add(p, type, "SUBTYPE_DIFF", "difference");
    add(p, type, "MULTIRANGE_TYPE_NAME", "multirange");
    qi_sql(p, "\n);\n");
}

/* A canonical function takes the range, so it comes between a shell of the type and the type. */
const qi_rules qi_rules_range_type = {
    .kind = "range type",
    .create = qi_create_type,
    .creates = (const char *const[]){ "subtype", "operator_class", "collation", "difference",
                                      "multirange", NULL },
    .drop = qi_drop_plain,
    .alterations = (const qi_alteration[]){ { "subtype", qi_swap_types, qi_disturbs },
                                            { "operator_class", qi_swap_types, qi_disturbs },
                                            { "collation", qi_swap_types, qi_disturbs },
                                            { "difference", qi_swap_types, qi_disturbs },
                                            { "multirange", qi_swap_types, qi_disturbs },
                                            { NULL, NULL, NULL } },
};
