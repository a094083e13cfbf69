/* Languages, transforms and access methods: names for functions of a library. */
#include "plan/planning.h"

static void add(qi_planning *p, const qi_object *object, const char *words, const char *attribute)
{
    const char *text = qi_object_value(object, attribute);
    if (text)
        qi_sql(p, "%s%s", words, text);
}

static void create_language(qi_planning *p, const qi_object *object)
{
    qi_step_open(p, object, qi_rank_of(p, object, QI_MINOR_CREATE));
    qi_step_makes(p, object);
    qi_sql(p, "CREATE %sLANGUAGE %s", qi_object_value(object, "trusted") ? "TRUSTED " : "",
           object->identity);
    add(p, object, " HANDLER ", "handler");
    add(p, object, " INLINE ", "inline_handler");
    add(p, object, " VALIDATOR ", "validator");
    qi_sql(p, ";\n");
    qi_step_close(p, "create", object->name, NULL);
}

const qi_rules qi_rules_language = {
    .kind = "language",
    .create = create_language,
    .creates = (const char *const[]){ "trusted", "handler", "inline_handler", "validator", NULL },
    .drop = qi_drop_plain,
    .replaceable = qi_always,
};

static void create_transform(qi_planning *p, const qi_object *object)
{
    const char *from = qi_object_value(object, "from_sql");
    const char *to = qi_object_value(object, "to_sql");
    qi_step_open(p, object, qi_rank_of(p, object, QI_MINOR_CREATE));
    qi_step_makes(p, object);
    qi_sql(p, "CREATE TRANSFORM %s (", object->identity);
    add(p, object, "FROM SQL WITH FUNCTION ", "from_sql");
    add(p, object, from && to ? ", TO SQL WITH FUNCTION " : "TO SQL WITH FUNCTION ", "to_sql");
    qi_sql(p, ");\n");
    qi_step_close(p, "create", "transform", NULL);
}

const qi_rules qi_rules_transform = {
    .kind = "transform",
    .create = create_transform,
    .creates = (const char *const[]){ "from_sql", "to_sql", NULL },
    .drop = qi_drop_plain,
    .replaceable = qi_always,
};

static void create_access_method(qi_planning *p, const qi_object *object)
{
    qi_step_open(p, object, qi_rank_of(p, object, QI_MINOR_CREATE));
    qi_step_makes(p, object);
    qi_sql(p, "CREATE ACCESS METHOD %s", object->identity);
    add(p, object, " TYPE ", "type");
    add(p, object, " HANDLER ", "handler");
    qi_sql(p, ";\n");
    qi_step_close(p, "create", object->name, NULL);
}

const qi_rules qi_rules_access_method = {
    .kind = "access method",
    .create = create_access_method,
    .creates = (const char *const[]){ "type", "handler", NULL },
    .drop = qi_drop_plain,
    .replaceable = qi_always,
};
