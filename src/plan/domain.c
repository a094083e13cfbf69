/* Domains and their constraints. */
#include "plan/planning.h"
#include "plan/types.h"

#include <string.h>

static void add(qi_planning *p, const qi_object *object, const char *words, const char *attribute)
{
    const char *text = qi_object_value(object, attribute);
    if (text)
        qi_sql(p, "%s%s", words, text);
}

static bool is_valid(const qi_object *constraint)
{
    return !qi_object_value(constraint, "validation");
}

static void add_constraint(qi_planning *p, const qi_object *constraint)
{
    qi_sql(p, "ALTER DOMAIN %s ADD CONSTRAINT %s ", constraint->parent->identity,
           qi_name(p, constraint->name));
    add(p, constraint, "", "definition");
    add(p, constraint, " ", "validation");
    qi_sql(p, ";\n");
}

/* Whether a domain that is there has the name: one that was renamed has kept it, one set aside has it yet. */
static bool is_taken(const qi_planning *p, const qi_object *type, const char *name)
{
    size_t count = 0;
    const qi_object *before = qi_before(p, type);
    const qi_object *all = qi_objects_of(p->present, "domain", &count);
    bool taken = before && qi_is_swapped(p, before);
    for (size_t i = 0; i < count && !taken; i++) {
        const char *its = qi_object_value(&all[i], "not_null_constraint");
        taken = its && strcmp(its, name) == 0;
    }
    return taken;
}

/* Since PostgreSQL 17 it has one. NULL: the server may choose it. */
static const char *not_null_name(qi_planning *p, const qi_object *type)
{
    const char *name = qi_object_value(type, "not_null_constraint");
    const char *usual = qi_name(p, qi_text(p, "%s_not_null", type->name));
    if (name || p->desired->server_version < 170000 || !is_taken(p, type, usual))
        return name;
    return usual;
}

void qi_write_domain(qi_planning *p, const qi_object *type)
{
    size_t count = 0;
    const qi_object *all = qi_objects_of(p->desired, "domain constraint", &count);
    const char *name = not_null_name(p, type);
    qi_sql(p, "CREATE DOMAIN %s AS %s", type->identity, qi_object_value(type, "type"));
    add(p, type, " COLLATE ", "collation");
    add(p, type, " DEFAULT ", "default");
    if (qi_object_value(type, "not_null"))
        qi_sql(p, "%s%s NOT NULL", name ? " CONSTRAINT " : "", name ? name : "");
    for (size_t i = 0; i < count; i++) {
        if (all[i].parent != type || !is_valid(&all[i]))
            continue;
        qi_step_makes(p, &all[i]);
        qi_sql(p, "\n    CONSTRAINT %s %s", qi_name(p, all[i].name),
               qi_object_value(&all[i], "definition"));
    }
    qi_sql(p, ";\n");
    for (size_t i = 0; i < count; i++) {
        if (all[i].parent != type || is_valid(&all[i]))
            continue;
        qi_step_makes(p, &all[i]);
        add_constraint(p, &all[i]);
    }
}

/* An expression about VALUE, said about a column. */
static const char *about_column(qi_planning *p, const char *expression, const char *column)
{
    const char *text = "";
    const char *from = expression;
    char quote = '\0';
    for (const char *at = expression; *at; at++) {
        bool word =
            at > expression && (strchr("_$\".", at[-1]) || (at[-1] >= '0' && at[-1] <= '9') ||
                                ((at[-1] | 32) >= 'a' && (at[-1] | 32) <= 'z'));
        if (quote)
            quote = *at == quote ? '\0' : quote;
        else if (*at == '\'' || *at == '"')
            quote = *at;
        else if (!word && strncmp(at, "VALUE", 5) == 0 && !(at[5] && strchr("_\"$", at[5])) &&
                 !((at[5] | 32) >= 'a' && (at[5] | 32) <= 'z')) {
            text = qi_text(p, "%s%.*s%s", text, (int)(at - from), from, column);
            at += 4;
            from = at + 1;
        }
    }
    return qi_text(p, "%s%s", text, from);
}

/* A check for each column of the domain whose values would stop a statement. */
static void check_columns(qi_planning *p, const qi_object *domain, const char *condition,
                          const char *message)
{
    size_t count = 0;
    const qi_object *before = qi_before(p, domain);
    const qi_object *columns = qi_objects_of(p->present, "column", &count);
    for (size_t i = 0; before && i < count; i++) {
        const qi_object *column = &columns[i];
        if (!column->parent || !qi_column_is_of(column, before) ||
            strcmp(qi_object_value(column, "type"), before->identity) != 0 ||
            qi_fate_of(p, column->parent) >= QI_REPLACED || qi_fate_of(p, column) >= QI_REPLACED)
            continue;
        qi_step_check(p, QI_HAZARD_MAY_FAIL, column->identity, message,
                      qi_text(p, "select 1 from %s where %s limit 1", column->parent->identity,
                              about_column(p, condition, qi_name(p, column->name))));
    }
}

static void alter_default(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const char *expression = qi_object_value(after, "default");
    if (qi_is_swapped(p, before))
        return;
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    if (expression)
        qi_sql(p, "ALTER DOMAIN %s SET DEFAULT %s;\n", after->identity, expression);
    else
        qi_sql(p, "ALTER DOMAIN %s DROP DEFAULT;\n", after->identity);
    qi_step_close(p, "change", after->name, NULL);
}

static void rename_not_null(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const char *usual = qi_name(p, qi_text(p, "%s_not_null", after->name));
    const char *old = qi_object_value(before, "not_null_constraint");
    const char *new = qi_object_value(after, "not_null_constraint");
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    qi_sql(p, "ALTER DOMAIN %s RENAME CONSTRAINT %s TO %s;\n", after->identity, old ? old : usual,
           new ? new : usual);
    qi_step_close(p, "change", after->name, NULL);
}

static void alter_not_null(qi_planning *p, const qi_object *before, const qi_object *after)
{
    bool set = qi_object_value(after, "not_null") != NULL;
    const char *name = qi_object_value(after, "not_null_constraint");
    if (qi_is_swapped(p, before))
        return;
    if (set && qi_object_value(before, "not_null")) {
        rename_not_null(p, before, after);
        return;
    }
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    if (set) {
        qi_step_hazard(p, QI_HAZARD_MAY_FAIL, after->identity,
                       "fails if a column of the domain has no value somewhere");
        check_columns(p, after, "VALUE is null", "rows have no value there");
    }
    if (set && name)
        qi_sql(p, "ALTER DOMAIN %s ADD CONSTRAINT %s NOT NULL;\n", after->identity, name);
    else
        qi_sql(p, "ALTER DOMAIN %s %s NOT NULL;\n", after->identity, set ? "SET" : "DROP");
    qi_step_close(p, "change", after->name, NULL);
}

const qi_rules qi_rules_domain = {
    .kind = "domain",
    .create = qi_create_type,
    .creates = (const char *const[]){ "type", "collation", "default", "not_null",
                                      "not_null_constraint", NULL },
    .drop = qi_drop_plain,
    .alterations = (const qi_alteration[]){ { "type", qi_swap_types, qi_disturbs },
                                            { "collation", qi_swap_types, qi_disturbs },
                                            { "default", alter_default, NULL },
                                            { "not_null", alter_not_null, NULL },
                                            { "not_null_constraint", alter_not_null, NULL },
                                            { NULL, NULL, NULL } },
};

/* "CHECK (VALUE > 0)" without what stands around the expression. */
static const char *expression_of(qi_planning *p, const qi_object *constraint)
{
    const char *text = qi_object_value(constraint, "definition");
    const char *open = text ? strchr(text, '(') : NULL;
    const char *close = text ? strrchr(text, ')') : NULL;
    return open && close > open ? qi_text(p, "%.*s", (int)(close - open - 1), open + 1) : "true";
}

static void add_hazards(qi_planning *p, const qi_object *constraint)
{
    if (qi_is_new(p, constraint->parent))
        return;
    qi_step_hazard(p, QI_HAZARD_MAY_FAIL, constraint->parent->identity,
                   "fails if a value that is there breaks it");
    check_columns(p, constraint->parent, qi_text(p, "not (%s)", expression_of(p, constraint)),
                  qi_text(p, "rows break %s", constraint->name));
}

static void create_constraint(qi_planning *p, const qi_object *constraint)
{
    const qi_object *before = constraint->parent ? qi_before(p, constraint->parent) : NULL;
    if (!constraint->parent || (before && qi_is_swapped(p, before)))
        return;
    qi_step_open(p, constraint, qi_rank_of(p, constraint, QI_MINOR_CONSTRAINT));
    qi_step_makes(p, constraint);
    if (is_valid(constraint))
        add_hazards(p, constraint);
    add_constraint(p, constraint);
    qi_step_close(p, "add", constraint->name, NULL);
}

static void drop_constraint(qi_planning *p, const qi_object *constraint)
{
    if (!constraint->parent || qi_is_swapped(p, constraint->parent))
        return;
    qi_step_open(p, constraint, qi_rank_of_drop(p, constraint));
    qi_step_ends(p, constraint);
    qi_sql(p, "ALTER DOMAIN %s DROP CONSTRAINT %s;\n", constraint->parent->identity,
           qi_name(p, constraint->name));
    qi_step_close(p, "drop", constraint->name, NULL);
}

static qi_change how_validated(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)p;
    (void)before;
    return is_valid(after) ? QI_IN_PLACE : QI_REPLACE;
}

static void validate(qi_planning *p, const qi_object *before, const qi_object *after)
{
    if (!before->parent || !after->parent || qi_is_swapped(p, before->parent))
        return;
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_CONSTRAINT));
    qi_step_makes(p, after);
    add_hazards(p, after);
    qi_sql(p, "ALTER DOMAIN %s VALIDATE CONSTRAINT %s;\n", after->parent->identity,
           qi_name(p, after->name));
    qi_step_close(p, "validate", after->name, NULL);
}

const qi_rules qi_rules_domain_constraint = {
    .kind = "domain constraint",
    .create = create_constraint,
    .creates = (const char *const[]){ "definition", "validation", NULL },
    .drop = drop_constraint,
    .alterations =
        (const qi_alteration[]){ { "validation", validate, how_validated }, { NULL, NULL, NULL } },
    .replaceable = qi_always,
};
