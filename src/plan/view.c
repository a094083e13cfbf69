/* Views. What CREATE OR REPLACE cannot change of their columns makes them anew. */
#include "plan/views.h"

#include <string.h>

const char *qi_view_query(qi_planning *p, const qi_object *view)
{
    const char *definition = qi_object_value(view, "definition");
    size_t length = definition ? strlen(definition) : 0;
    while (length > 0 && strchr("; \n", definition[length - 1]))
        length--;
    return qi_text(p, "%.*s", (int)length, length ? definition : "");
}

const qi_object *qi_view_columns(const qi_catalog *catalog, const qi_object *view, size_t *at)
{
    size_t count = 0;
    const qi_object *all = qi_objects_of(catalog, "view column", &count);
    while (*at < count) {
        const qi_object *column = &all[(*at)++];
        if (column->parent == view)
            return column;
    }
    return NULL;
}

/* The columns that the step makes: all of a new view, those that are new of one that is there. */
static void make_columns(qi_planning *p, const qi_object *view)
{
    size_t at = 0;
    for (const qi_object *column; (column = qi_view_columns(p->desired, view, &at));) {
        if (!qi_is_new(p, column))
            continue;
        qi_step_makes(p, column);
        qi_view_column_extras(p, column);
    }
}

static void write_view(qi_planning *p, const qi_object *view, const char *create)
{
    const char *options = qi_object_value(view, "_options");
    qi_sql(p, "%s VIEW %s", create, view->identity);
    if (options)
        qi_sql(p, "\nWITH (%s)", options);
    qi_sql(p, " AS\n%s;\n", qi_view_query(p, view));
}

/* A view of nothing with the right columns. */
static void write_shape(qi_planning *p, const qi_catalog *catalog, const qi_object *view,
                        const char *create)
{
    const qi_table *table = qi_catalog_table_by_oid(catalog, view->oid);
    qi_sql(p, "%s VIEW %s AS\n SELECT", create, view->identity);
    for (size_t i = 0; table && i < table->column_count; i++) {
        const qi_column *column = &table->columns[i];
        qi_sql(p, "%s\n    NULL::%s%s%s AS %s", i ? "," : "", column->type_text,
               column->collation ? " COLLATE " : "", column->collation ? column->collation : "",
               qi_name(p, column->name));
    }
    qi_sql(p, ";\n");
}

/* In a circle: what needs the view can be made when it has its columns, and then its query. */
static void shape(qi_planning *p, const qi_object *view)
{
    size_t at = 0;
    qi_step_open(p, view, qi_rank_of(p, view, QI_MINOR_CREATE));
    qi_step_shapes(p, view);
    for (const qi_object *column; (column = qi_view_columns(p->desired, view, &at));) {
        qi_step_shapes(p, column);
        for (size_t i = 0; i < column->depend_count; i++) {
            if (!qi_is_kind(column->depends[i], "function"))
                qi_step_needs(p, column->depends[i]);
        }
    }
    write_shape(p, p->desired, view, qi_is_new(p, view) ? "CREATE" : "CREATE OR REPLACE");
    qi_step_close(p, "shape", view->name, NULL);
}

static void create(qi_planning *p, const qi_object *view)
{
    bool loose = qi_is_loose(p, view);
    if (loose)
        shape(p, view);
    qi_step_open(p, view, qi_rank_of(p, view, QI_MINOR_CREATE));
    qi_step_makes(p, view);
    write_view(p, view, loose ? "CREATE OR REPLACE" : "CREATE");
    make_columns(p, view);
    qi_step_close(p, "create", view->name, NULL);
}

/* Whether `list` is how `longer` begins: columns are only added at the end. */
static bool begins_with(const char *longer, const char *list)
{
    size_t length = list ? strlen(list) : 0;
    return length == 0 || (longer && strncmp(longer, list, length) == 0 &&
                           (longer[length] == '\0' || longer[length] == ','));
}

static qi_change how(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)p;
    return begins_with(qi_object_value(after, "columns"), qi_object_value(before, "columns"))
               ? QI_IN_PLACE
               : QI_REPLACE;
}

/* The value is as it was written; the server takes these for true. */
static bool is_on(qi_planning *p, const qi_object *view, const char *option)
{
    static const char *const words[] = { "true", "on", "yes", "1" };
    const char *options = qi_object_value(view, "_options");
    for (size_t i = 0; options && i < sizeof words / sizeof *words; i++) {
        if (strstr(options, qi_text(p, "%s=%s", option, words[i])))
            return true;
    }
    return false;
}

static void add_hazards(qi_planning *p, const qi_object *before, const qi_object *after)
{
    bool invoker = is_on(p, after, "security_invoker");
    if (invoker != is_on(p, before, "security_invoker"))
        qi_step_hazard(p, QI_HAZARD_AUTHORIZATION, after->identity,
                       invoker ? "it reads with the rights of whoever asks"
                               : "it reads with the rights of its owner, whoever asks");
    if (is_on(p, before, "security_barrier") && !is_on(p, after, "security_barrier"))
        qi_step_hazard(p, QI_HAZARD_AUTHORIZATION, after->identity,
                       "functions in a query may see rows that it leaves out");
}

static bool same(const qi_object *before, const qi_object *after, const char *attribute)
{
    const char *old = qi_object_value(before, attribute);
    const char *new = qi_object_value(after, attribute);
    return old && new ? strcmp(old, new) == 0 : old == new;
}

/* CREATE OR REPLACE takes away every option that it does not name, so all are written. */
static void alter(qi_planning *p, const qi_object *before, const qi_object *after)
{
    bool only_options = same(before, after, "definition") && same(before, after, "columns");
    if (qi_is_loose(p, after) && !only_options)
        shape(p, after);
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    add_hazards(p, before, after);
    if (only_options)
        qi_write_options(p, qi_text(p, "ALTER VIEW %s", after->identity),
                         qi_object_value(before, "_options"), qi_object_value(after, "_options"));
    else
        write_view(p, after, "CREATE OR REPLACE");
    make_columns(p, after);
    qi_step_close(p, "alter", after->name, NULL);
}

/* Programs notice when it is gone, or when it comes back without one of its columns. */
void qi_view_drop_hazards(qi_planning *p, const qi_object *view)
{
    const qi_object *after = qi_after(p, view);
    if (!after) {
        qi_step_hazard(p, QI_HAZARD_BREAKS, view->identity, "programs that read it fail");
        return;
    }
    const qi_table *new = qi_catalog_table_by_oid(p->desired, after->oid);
    size_t at = 0;
    for (const qi_object *column; (column = qi_view_columns(p->present, view, &at));) {
        if (new && !qi_table_column(new, column->name))
            qi_step_hazard(p, QI_HAZARD_BREAKS, column->identity, "programs that read it fail");
    }
}

static void drop(qi_planning *p, const qi_object *view)
{
    if (qi_is_loose(p, view)) {
        qi_step_open(p, view, qi_rank_of_drop(p, view));
        qi_step_empties(p, view);
        write_shape(p, p->present, view, "CREATE OR REPLACE");
        qi_step_close(p, "empty", view->name, NULL);
    }
    qi_step_open(p, view, qi_rank_of_drop(p, view));
    qi_step_ends(p, view);
    qi_view_drop_hazards(p, view);
    qi_sql(p, "DROP VIEW %s;\n", view->identity);
    qi_step_close(p, "drop", view->name, NULL);
}

const qi_rules qi_rules_view = {
    .kind = "view",
    .creates = (const char *const[]){ "columns", "definition", "options", NULL },
    .create = create,
    .drop = drop,
    .alterations = (const qi_alteration[]){ { "columns", alter, how },
                                            { "definition", alter, how },
                                            { "options", alter, NULL },
                                            { NULL, NULL, NULL } },
    .replaceable = qi_always,
};
