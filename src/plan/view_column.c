/* Columns of views: they come with the view; some properties are their own. */
#include "plan/views.h"

#include <string.h>

/* "ALTER VIEW public.v ALTER COLUMN c" */
static const char *alter_of(qi_planning *p, const qi_object *column)
{
    return qi_text(p, "ALTER %s %s ALTER COLUMN %s", column->parent->kind->comment_on,
                   column->parent->identity, qi_name(p, column->name));
}

/* One property as it is to be; `before` is NULL for a new column. */
static void write_property(qi_planning *p, const qi_object *before, const qi_object *after,
                           const char *attribute, const char *words, const char *none)
{
    const char *old = before ? qi_object_value(before, attribute) : NULL;
    const char *new = qi_object_value(after, attribute);
    if (old && new ? strcmp(old, new) == 0 : old == new)
        return;
    if (new)
        qi_sql(p, "%s SET %s %s;\n", alter_of(p, after), words, new);
    else
        qi_sql(p, "%s %s;\n", alter_of(p, after), none);
}

static void write_properties(qi_planning *p, const qi_object *before, const qi_object *after)
{
    write_property(p, before, after, "default", "DEFAULT", "DROP DEFAULT");
    write_property(p, before, after, "statistics", "STATISTICS", "SET STATISTICS -1");
    write_property(p, before, after, "compression", "COMPRESSION", "SET COMPRESSION default");
    write_property(p, before, after, "storage", "STORAGE",
                   qi_text(p, "SET STORAGE %s", qi_object_value(after, "_type_storage")));
    qi_write_options(p, alter_of(p, after), before ? qi_object_value(before, "options") : NULL,
                     qi_object_value(after, "options"));
}

void qi_view_column_extras(qi_planning *p, const qi_object *column)
{
    static const char *const known[] = { "default", "statistics", "compression",
                                         "storage", "options",    NULL };
    if (qi_can_create(p, column, known))
        write_properties(p, NULL, column);
}

static void alter(qi_planning *p, const qi_object *before, const qi_object *after)
{
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    write_properties(p, before, after);
    qi_step_close(p, "alter", after->parent->name, after->name);
}

const qi_rules qi_rules_view_column = {
    .kind = "view column",
    .implied = true,
    .alterations = (const qi_alteration[]){ { "default", alter, NULL },
                                            { "statistics", alter, NULL },
                                            { "compression", alter, NULL },
                                            { "storage", alter, NULL },
                                            { "options", alter, NULL },
                                            { NULL, NULL, NULL } },
};
