/* Foreign data: wrappers, servers, user mappings, foreign tables. */
#include "plan/constraint.h"
#include "plan/list.h"
#include "plan/planning.h"

static const char *value(const qi_object *object, const char *name)
{
    return qi_object_value(object, name);
}

static void add_options(qi_planning *p, const qi_object *object, const char *attribute)
{
    if (value(object, attribute))
        qi_sql(p, "\n    OPTIONS (%s)", value(object, attribute));
}

static void open_create(qi_planning *p, const qi_object *object)
{
    qi_step_open(p, object, qi_rank_of(p, object, QI_MINOR_CREATE));
    qi_step_makes(p, object);
}

static void open_alter(qi_planning *p, const qi_object *after)
{
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
}

static void create_wrapper(qi_planning *p, const qi_object *object)
{
    open_create(p, object);
    qi_sql(p, "CREATE FOREIGN DATA WRAPPER %s", object->identity);
    if (value(object, "handler"))
        qi_sql(p, " HANDLER %s", value(object, "handler"));
    if (value(object, "validator"))
        qi_sql(p, " VALIDATOR %s", value(object, "validator"));
    add_options(p, object, "options");
    qi_sql(p, ";\n");
    qi_step_close(p, "create", object->name, NULL);
}

static void alter_wrapper(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const char *options = qi_list_options(p, value(before, "options"), value(after, "options"));
    const char *handler = value(after, "handler");
    const char *validator = value(after, "validator");
    open_alter(p, after);
    qi_sql(p, "ALTER FOREIGN DATA WRAPPER %s", after->identity);
    /* NO is the same as none: saying again what is there changes nothing. */
    qi_sql(p, handler ? " HANDLER %s" : " NO HANDLER", handler);
    qi_sql(p, validator ? " VALIDATOR %s" : " NO VALIDATOR", validator);
    if (options)
        qi_sql(p, "\n    OPTIONS (%s)", options);
    qi_sql(p, ";\n");
    qi_step_close(p, "change", after->name, NULL);
}

const qi_rules qi_rules_foreign_data_wrapper = {
    .kind = "foreign data wrapper",
    .create = create_wrapper,
    .creates = (const char *const[]){ "handler", "validator", "options", NULL },
    .drop = qi_drop_plain,
    .alterations = (const qi_alteration[]){ { "handler", alter_wrapper, NULL },
                                            { "validator", alter_wrapper, NULL },
                                            { "options", alter_wrapper, NULL },
                                            { NULL, NULL, NULL } },
};

static void create_server(qi_planning *p, const qi_object *object)
{
    open_create(p, object);
    qi_sql(p, "CREATE SERVER %s", object->identity);
    if (value(object, "type"))
        qi_sql(p, " TYPE %s", qi_quoted(p, value(object, "type")));
    if (value(object, "version"))
        qi_sql(p, " VERSION %s", qi_quoted(p, value(object, "version")));
    qi_sql(p, "\n    FOREIGN DATA WRAPPER %s", value(object, "wrapper"));
    add_options(p, object, "options");
    qi_sql(p, ";\n");
    qi_step_close(p, "create", object->name, NULL);
}

static void alter_server(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const char *options = qi_list_options(p, value(before, "options"), value(after, "options"));
    const char *version = value(after, "version");
    open_alter(p, after);
    qi_sql(p, "ALTER SERVER %s VERSION %s", after->identity,
           version ? qi_quoted(p, version) : "NULL");
    if (options)
        qi_sql(p, "\n    OPTIONS (%s)", options);
    qi_sql(p, ";\n");
    qi_step_close(p, "change", after->name, NULL);
}

const qi_rules qi_rules_server = {
    .kind = "server",
    .create = create_server,
    .creates = (const char *const[]){ "wrapper", "type", "version", "options", NULL },
    .drop = qi_drop_plain,
    .alterations = (const qi_alteration[]){ { "version", alter_server, NULL },
                                            { "options", alter_server, NULL },
                                            { NULL, NULL, NULL } },
    .replaceable = qi_always,
};

static void create_mapping(qi_planning *p, const qi_object *object)
{
    open_create(p, object);
    qi_step_hazard(p, QI_HAZARD_AUTHORIZATION, object->identity,
                   "a role gets access to another server");
    qi_sql(p, "CREATE USER MAPPING %s", object->identity);
    add_options(p, object, "options");
    qi_sql(p, ";\n");
    qi_step_close(p, "map", object->name, NULL);
}

static void drop_mapping(qi_planning *p, const qi_object *object)
{
    qi_step_open(p, object, qi_rank_of_drop(p, object));
    qi_step_ends(p, object);
    qi_step_hazard(p, QI_HAZARD_AUTHORIZATION, object->identity,
                   "a role loses access to another server");
    qi_sql(p, "DROP USER MAPPING %s;\n", object->identity);
    qi_step_close(p, "unmap", object->name, NULL);
}

static void alter_mapping(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const char *options = qi_list_options(p, value(before, "options"), value(after, "options"));
    open_alter(p, after);
    qi_sql(p, "ALTER USER MAPPING %s\n    OPTIONS (%s);\n", after->identity,
           options ? options : "");
    qi_step_close(p, "change", after->name, "mapping");
}

/* One without a password can be made again; a password is never written. */
static bool has_no_secret(const qi_object *object)
{
    return !value(object, "secret_options");
}

const qi_rules qi_rules_user_mapping = {
    .kind = "user mapping",
    .create = create_mapping,
    .creates = (const char *const[]){ "options", NULL },
    .drop = drop_mapping,
    .alterations =
        (const qi_alteration[]){ { "options", alter_mapping, NULL }, { NULL, NULL, NULL } },
    .replaceable = has_no_secret,
};

static bool write_columns(qi_planning *p, const qi_object *object, const qi_table *table)
{
    static const char *const known[] = { QI_COLUMN_ATTRIBUTES, NULL };
    for (size_t i = 0; i < table->column_count; i++) {
        const qi_object *column =
            qi_object_at(p->desired, object->class_oid, object->oid, table->columns[i].number);
        if (!column || !qi_can_create(p, column, known))
            return false;
        qi_step_makes(p, column);
        qi_sql(p, "%s\n    %s ", i ? "," : "", qi_name(p, column->name));
        qi_column_clause(p, column, false);
    }
    return true;
}

static void write_checks(qi_planning *p, const qi_object *object, bool first)
{
    size_t count = 0;
    const qi_object *all = qi_objects_of(p->desired, "constraint", &count);
    for (size_t i = 0; i < count; i++) {
        if (all[i].parent != object || value(&all[i], "validation"))
            continue;
        qi_step_makes(p, &all[i]);
        qi_sql(p, "%s\n    CONSTRAINT %s ", first ? "" : ",", qi_name(p, all[i].name));
        qi_constraint_clause(p, &all[i]);
        first = false;
    }
}

static void create_table(qi_planning *p, const qi_object *object)
{
    const qi_table *table = qi_catalog_table_by_oid(p->desired, object->oid);
    if (!table)
        return;
    open_create(p, object);
    qi_sql(p, "CREATE FOREIGN TABLE %s (", object->identity);
    if (!write_columns(p, object, table))
        return;
    write_checks(p, object, table->column_count == 0);
    qi_sql(p, "\n)\nSERVER %s", value(object, "server"));
    add_options(p, object, "foreign_options");
    qi_sql(p, ";\n");
    for (size_t i = 0; i < table->column_count; i++) {
        const qi_object *column =
            qi_object_at(p->desired, object->class_oid, object->oid, table->columns[i].number);
        if (column)
            qi_column_extras(p, column);
    }
    qi_step_close(p, "create", object->name, NULL);
}

static void alter_table(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const char *options =
        qi_list_options(p, value(before, "foreign_options"), value(after, "foreign_options"));
    open_alter(p, after);
    qi_sql(p, "ALTER FOREIGN TABLE %s\n    OPTIONS (%s);\n", after->identity,
           options ? options : "");
    qi_step_close(p, "change", after->name, NULL);
}

/* Its rows are elsewhere and stay there. */
const qi_rules qi_rules_foreign_table = {
    .kind = "foreign table",
    .create = create_table,
    .creates = (const char *const[]){ "server", "foreign_options", NULL },
    .drop = qi_drop_plain,
    .alterations =
        (const qi_alteration[]){ { "foreign_options", alter_table, NULL }, { NULL, NULL, NULL } },
    .replaceable = qi_always,
};

void qi_alter_column_options(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const char *options =
        qi_list_options(p, value(before, "foreign_options"), value(after, "foreign_options"));
    if (!after->parent)
        return;
    open_alter(p, after);
    qi_sql(p, "ALTER FOREIGN TABLE %s ALTER COLUMN %s OPTIONS (%s);\n", after->parent->identity,
           qi_name(p, after->name), options ? options : "");
    qi_step_close(p, "change", after->parent->name, after->name);
}
