/* Publications: what logical replication sends. */
#include "plan/planning.h"

#include <string.h>

static const char *keywords_of(const qi_object *member)
{
    return qi_is_kind(member, "publication table") ? "TABLE " : "TABLES IN SCHEMA ";
}

/* "a (x) WHERE (x > 1)", or a schema */
static void write_member(qi_planning *p, const qi_object *member)
{
    const char *columns = qi_object_value(member, "columns");
    const char *filter = qi_object_value(member, "filter");
    qi_sql(p, "%s%s%s%s%s", qi_object_value(member, "_member"), columns ? " " : "",
           columns ? columns : "", filter ? " " : "", filter ? filter : "");
}

/*
 * All members of one kind that a new publication has. `had` says whether others stand before them;
 * returns whether any stands there now.
 */
static bool write_members(qi_planning *p, const qi_object *publication, const char *kind, bool had)
{
    size_t count = 0;
    const qi_object *all = qi_objects_of(p->desired, kind, &count);
    const char *join = had ? ",\n    " : "\n    FOR ";
    bool first = true;
    for (size_t i = 0; i < count; i++) {
        if (all[i].parent != publication)
            continue;
        qi_step_makes(p, &all[i]);
        qi_sql(p, "%s%s", first ? join : ", ", first ? keywords_of(&all[i]) : "");
        write_member(p, &all[i]);
        first = false;
    }
    return had || !first;
}

/* One option with its value, or with what it is by default where it had another before. */
static const char *option(qi_planning *p, const qi_object *before, const qi_object *after,
                          const char *name, const char *none)
{
    const char *old = before ? qi_object_value(before, name) : NULL;
    const char *new = qi_object_value(after, name);
    if (old && new ? strcmp(old, new) == 0 : old == new)
        return "";
    return qi_text(p, ", %s = '%s'", name, new ? new : none);
}

/* ", publish = 'insert', ...": what differs from `before`, or from the default where it is NULL. */
static const char *options(qi_planning *p, const qi_object *before, const qi_object *after)
{
    return qi_text(p, "%s%s%s",
                   option(p, before, after, "publish", "insert, update, delete, truncate"),
                   option(p, before, after, "publish_via_partition_root", "false"),
                   option(p, before, after, "publish_generated_columns", "none"));
}

static void create(qi_planning *p, const qi_object *publication)
{
    const char *with = options(p, NULL, publication);
    qi_step_open(p, publication, qi_rank_of(p, publication, QI_MINOR_CREATE));
    qi_step_makes(p, publication);
    qi_sql(p, "CREATE PUBLICATION %s", publication->identity);
    if (qi_object_value(publication, "all_tables"))
        qi_sql(p, " %s", qi_object_value(publication, "all_tables"));
    bool any = write_members(p, publication, "publication table", false);
    write_members(p, publication, "publication schema", any);
    if (*with)
        qi_sql(p, "\n    WITH (%s)", with + 2);
    qi_sql(p, ";\n");
    qi_step_close(p, "create", publication->name, NULL);
}

static void alter_options(qi_planning *p, const qi_object *before, const qi_object *after)
{
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    qi_sql(p, "ALTER PUBLICATION %s SET (%s);\n", after->identity, options(p, before, after) + 2);
    qi_step_close(p, "alter", after->name, NULL);
}

static void drop(qi_planning *p, const qi_object *publication)
{
    qi_step_open(p, publication, qi_rank_of_drop(p, publication));
    qi_step_ends(p, publication);
    if (!qi_after(p, publication))
        qi_step_hazard(p, QI_HAZARD_BREAKS, publication->identity, "what subscribes to it stops");
    qi_sql(p, "DROP PUBLICATION %s;\n", publication->identity);
    qi_step_close(p, "drop", publication->name, NULL);
}

const qi_rules qi_rules_publication = {
    .kind = "publication",
    .creates = (const char *const[]){ "all_tables", "publish", "publish_via_partition_root",
                                      "publish_generated_columns", NULL },
    .create = create,
    .drop = drop,
    .alterations = (const qi_alteration[]){ { "publish", alter_options, NULL },
                                            { "publish_via_partition_root", alter_options, NULL },
                                            { "publish_generated_columns", alter_options, NULL },
                                            { NULL, NULL, NULL } },
    .replaceable = qi_always,
};

/* One more in a publication that is there. */
static void create_member(qi_planning *p, const qi_object *member)
{
    if (!member->parent)
        return;
    qi_step_open(p, member, qi_rank_of(p, member, QI_MINOR_ALTER));
    qi_step_makes(p, member);
    qi_sql(p, "ALTER PUBLICATION %s ADD %s", member->parent->identity, keywords_of(member));
    write_member(p, member);
    qi_sql(p, ";\n");
    qi_step_close(p, "publish", member->name, NULL);
}

/* What the server does by itself when the table or schema goes. */
static bool goes_with_its_table(const qi_planning *p, const qi_object *member)
{
    for (size_t i = 0; i < member->depend_count; i++) {
        const qi_object *on = member->depends[i];
        bool whole = qi_is_kind(on, "table") || qi_is_kind(on, "schema");
        if (whole && qi_fate_of(p, on) >= QI_REPLACED)
            return true;
    }
    return false;
}

static void drop_member(qi_planning *p, const qi_object *member)
{
    if (!member->parent || goes_with_its_table(p, member))
        return;
    qi_step_open(p, member, qi_rank_of_drop(p, member));
    qi_step_ends(p, member);
    if (!qi_after(p, member))
        qi_step_hazard(p, QI_HAZARD_BREAKS, member->identity, "subscribers get no more of it");
    qi_sql(p, "ALTER PUBLICATION %s DROP %s%s;\n", member->parent->identity, keywords_of(member),
           qi_object_value(member, "_member"));
    qi_step_close(p, "unpublish", member->name, NULL);
}

const qi_rules qi_rules_publication_table = {
    .kind = "publication table",
    .creates = (const char *const[]){ "columns", "filter", NULL },
    .create = create_member,
    .drop = drop_member,
    .replaceable = qi_always,
};

const qi_rules qi_rules_publication_schema = {
    .kind = "publication schema",
    .creates = (const char *const[]){ NULL },
    .create = create_member,
    .drop = drop_member,
    .replaceable = qi_always,
};
