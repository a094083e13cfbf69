/* Operators with their classes and families, casts, conversions and collations. */
#include "plan/planning.h"

static void add(qi_planning *p, const qi_object *object, const char *words, const char *attribute)
{
    const char *text = qi_object_value(object, attribute);
    if (text)
        qi_sql(p, "%s%s", words, text);
}

static void open_create(qi_planning *p, const qi_object *object)
{
    qi_step_open(p, object, qi_rank_of(p, object, QI_MINOR_CREATE));
    qi_step_makes(p, object);
}

static void create_operator(qi_planning *p, const qi_object *object)
{
    open_create(p, object);
    qi_sql(p, "CREATE OPERATOR %s (", qi_object_value(object, "_operator"));
    add(p, object, "\n    FUNCTION = ", "function");
    add(p, object, ",\n    LEFTARG = ", "_left");
    add(p, object, ",\n    RIGHTARG = ", "_right");
    add(p, object, ",\n    COMMUTATOR = ", "commutator");
    add(p, object, ",\n    NEGATOR = ", "negator");
    add(p, object, ",\n    RESTRICT = ", "restriction");
    add(p, object, ",\n    JOIN = ", "joining");
    add(p, object, ",\n    ", "hashes");
    add(p, object, ",\n    ", "merges");
    qi_sql(p, "\n);\n");
    qi_step_close(p, "create", "operator", NULL);
}

static void alter_estimates(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const char *restriction = qi_object_value(after, "restriction");
    const char *joining = qi_object_value(after, "joining");
    (void)before;
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    qi_sql(p, "ALTER OPERATOR %s SET (RESTRICT = %s, JOIN = %s);\n", after->identity,
           restriction ? restriction : "NONE", joining ? joining : "NONE");
    qi_step_close(p, "change", "operator", NULL);
}

const qi_rules qi_rules_operator = {
    .kind = "operator",
    .create = create_operator,
    .creates = (const char *const[]){ "function", "commutator", "negator", "restriction", "joining",
                                      "hashes", "merges", NULL },
    .drop = qi_drop_plain,
    .alterations = (const qi_alteration[]){ { "restriction", alter_estimates, NULL },
                                            { "joining", alter_estimates, NULL },
                                            { NULL, NULL, NULL } },
    .replaceable = qi_always,
};

static void create_class(qi_planning *p, const qi_object *object)
{
    const char *members = qi_object_value(object, "members");
    const char *storage = qi_object_value(object, "storage");
    open_create(p, object);
    qi_sql(p, "CREATE OPERATOR CLASS %s", qi_object_value(object, "_name"));
    add(p, object, " ", "is_default");
    add(p, object, "\n    FOR TYPE ", "type");
    add(p, object, " USING ", "_method");
    add(p, object, " FAMILY ", "family");
    qi_sql(p, " AS\n    ");
    /* It must say something: to store its own type is what it does anyway. */
    if (storage || !members)
        qi_sql(p, "STORAGE %s%s", storage ? storage : qi_object_value(object, "type"),
               members ? ", " : "");
    qi_sql(p, "%s;\n", members ? members : "");
    qi_step_close(p, "create", object->name, NULL);
}

const qi_rules qi_rules_operator_class = {
    .kind = "operator class",
    .create = create_class,
    .creates = (const char *const[]){ "type", "is_default", "family", "storage", "members", NULL },
    .drop = qi_drop_plain,
    .replaceable = qi_always,
};

static void add_members(qi_planning *p, const qi_object *object)
{
    const char *members = qi_object_value(object, "members");
    if (members)
        qi_sql(p, "ALTER OPERATOR FAMILY %s ADD\n    %s;\n", object->identity, members);
}

static void create_family(qi_planning *p, const qi_object *object)
{
    open_create(p, object);
    qi_sql(p, "CREATE OPERATOR FAMILY %s;\n", object->identity);
    add_members(p, object);
    qi_step_close(p, "create", object->name, NULL);
}

const qi_rules qi_rules_operator_family = {
    .kind = "operator family",
    .create = create_family,
    .creates = (const char *const[]){ "members", NULL },
    .drop = qi_drop_plain,
    .replaceable = qi_always,
};

static void create_cast(qi_planning *p, const qi_object *object)
{
    open_create(p, object);
    qi_sql(p, "CREATE CAST %s", object->identity);
    add(p, object, " ", "method");
    add(p, object, " ", "context");
    qi_sql(p, ";\n");
    qi_step_close(p, "create", "cast", NULL);
}

const qi_rules qi_rules_cast = {
    .kind = "cast",
    .create = create_cast,
    .creates = (const char *const[]){ "method", "context", NULL },
    .drop = qi_drop_plain,
    .replaceable = qi_always,
};

static void create_conversion(qi_planning *p, const qi_object *object)
{
    open_create(p, object);
    qi_sql(p, "CREATE %sCONVERSION %s\n    FOR '%s' TO '%s' FROM %s;\n",
           qi_object_value(object, "is_default") ? "DEFAULT " : "", object->identity,
           qi_object_value(object, "source"), qi_object_value(object, "target"),
           qi_object_value(object, "function"));
    qi_step_close(p, "create", object->name, NULL);
}

const qi_rules qi_rules_conversion = {
    .kind = "conversion",
    .create = create_conversion,
    .creates = (const char *const[]){ "is_default", "source", "target", "function", NULL },
    .drop = qi_drop_plain,
    .replaceable = qi_always,
};

static void add_text(qi_planning *p, const qi_object *object, const char *words,
                     const char *attribute)
{
    const char *text = qi_object_value(object, attribute);
    if (text)
        qi_sql(p, "%s%s", words, qi_quoted(p, text));
}

static void create_collation(qi_planning *p, const qi_object *object)
{
    open_create(p, object);
    qi_sql(p, "CREATE COLLATION %s (", object->identity);
    add(p, object, "provider = ", "provider");
    add_text(p, object, ", locale = ", "locale");
    add_text(p, object, ", lc_collate = ", "lc_collate");
    add_text(p, object, ", lc_ctype = ", "lc_ctype");
    add(p, object, ", deterministic = ", "deterministic");
    add_text(p, object, ", rules = ", "rules");
    qi_sql(p, ");\n");
    qi_step_close(p, "create", object->name, NULL);
}

const qi_rules qi_rules_collation = {
    .kind = "collation",
    .create = create_collation,
    .creates = (const char *const[]){ "provider", "locale", "lc_collate", "lc_ctype",
                                      "deterministic", "rules", NULL },
    .drop = qi_drop_plain,
    .replaceable = qi_always,
};
