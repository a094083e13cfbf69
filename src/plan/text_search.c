/* Text search: parsers, templates, dictionaries, configurations and what they map to what. */
#include "plan/list.h"
#include "plan/planning.h"

#include <string.h>

static void open_create(qi_planning *p, const qi_object *object)
{
    qi_step_open(p, object, qi_rank_of(p, object, QI_MINOR_CREATE));
    qi_step_makes(p, object);
}

static void create_of_functions(qi_planning *p, const qi_object *object)
{
    open_create(p, object);
    qi_sql(p, "CREATE %s %s (%s);\n", object->kind->comment_on, object->identity,
           qi_object_value(object, "functions"));
    qi_step_close(p, "create", object->name, NULL);
}

const qi_rules qi_rules_text_search_parser = {
    .kind = "text search parser",
    .create = create_of_functions,
    .creates = (const char *const[]){ "functions", NULL },
    .drop = qi_drop_plain,
    .replaceable = qi_always,
};

const qi_rules qi_rules_text_search_template = {
    .kind = "text search template",
    .create = create_of_functions,
    .creates = (const char *const[]){ "functions", NULL },
    .drop = qi_drop_plain,
    .replaceable = qi_always,
};

static void create_dictionary(qi_planning *p, const qi_object *object)
{
    const char *options = qi_object_value(object, "options");
    open_create(p, object);
    qi_sql(p, "CREATE TEXT SEARCH DICTIONARY %s (TEMPLATE = %s%s%s);\n", object->identity,
           qi_object_value(object, "template"), options ? ", " : "", options ? options : "");
    qi_step_close(p, "create", object->name, NULL);
}

/* An option without a value goes back to its default. */
static void alter_dictionary(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const char *old = qi_object_value(before, "options");
    const char *new = qi_object_value(after, "options");
    const char *set = qi_list_without(p, new, old);
    const char *reset = qi_list_names_without(p, old, new);
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    /* A list in another order is the same, but the server keeps it as it is written. */
    qi_sql(p, "ALTER TEXT SEARCH DICTIONARY %s (%s%s%s);\n", after->identity, reset ? reset : "",
           reset && set ? ", " : "",
           set     ? set
           : reset ? ""
                   : new);
    qi_step_close(p, "change", after->name, NULL);
}

const qi_rules qi_rules_text_search_dictionary = {
    .kind = "text search dictionary",
    .create = create_dictionary,
    .creates = (const char *const[]){ "template", "options", NULL },
    .drop = qi_drop_plain,
    .alterations =
        (const qi_alteration[]){ { "options", alter_dictionary, NULL }, { NULL, NULL, NULL } },
    .replaceable = qi_always,
};

static void map(qi_planning *p, const qi_object *mapping, const char *verb)
{
    qi_sql(p, "ALTER TEXT SEARCH CONFIGURATION %s\n    %s MAPPING FOR %s WITH %s;\n",
           mapping->parent->identity, verb, qi_name(p, mapping->name),
           qi_object_value(mapping, "dictionaries"));
}

static void create_configuration(qi_planning *p, const qi_object *object)
{
    size_t count = 0;
    const qi_object *all = qi_objects_of(p->desired, "text search mapping", &count);
    open_create(p, object);
    qi_sql(p, "CREATE TEXT SEARCH CONFIGURATION %s (PARSER = %s);\n", object->identity,
           qi_object_value(object, "parser"));
    for (size_t i = 0; i < count; i++) {
        if (all[i].parent != object)
            continue;
        qi_step_makes(p, &all[i]);
        map(p, &all[i], "ADD");
    }
    qi_step_close(p, "create", object->name, NULL);
}

const qi_rules qi_rules_text_search_configuration = {
    .kind = "text search configuration",
    .create = create_configuration,
    .creates = (const char *const[]){ "parser", NULL },
    .drop = qi_drop_plain,
    .replaceable = qi_always,
};

/* What the mappings of a configuration depend on is known of the configuration. */
static void need_dictionaries(qi_planning *p, const qi_object *mapping)
{
    const qi_object *whole = mapping->parent;
    for (size_t i = 0; i < whole->depend_count; i++)
        qi_step_needs(p, whole->depends[i]);
}

static void create_mapping(qi_planning *p, const qi_object *mapping)
{
    if (!mapping->parent)
        return;
    open_create(p, mapping);
    need_dictionaries(p, mapping);
    map(p, mapping, "ADD");
    qi_step_close(p, "map", mapping->parent->name, mapping->name);
}

static void drop_mapping(qi_planning *p, const qi_object *mapping)
{
    if (!mapping->parent)
        return;
    qi_step_open(p, mapping, qi_rank_of_drop(p, mapping));
    qi_step_ends(p, mapping);
    for (size_t i = 0; i < mapping->parent->depend_count; i++)
        qi_step_before(p, mapping->parent->depends[i]);
    qi_sql(p, "ALTER TEXT SEARCH CONFIGURATION %s\n    DROP MAPPING FOR %s;\n",
           mapping->parent->identity, qi_name(p, mapping->name));
    qi_step_close(p, "unmap", mapping->parent->name, mapping->name);
}

static void alter_mapping(qi_planning *p, const qi_object *before, const qi_object *after)
{
    if (!before->parent || !after->parent)
        return;
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    need_dictionaries(p, after);
    for (size_t i = 0; i < before->parent->depend_count; i++)
        qi_step_before(p, before->parent->depends[i]);
    map(p, after, "ALTER");
    qi_step_close(p, "map", after->parent->name, after->name);
}

const qi_rules qi_rules_text_search_mapping = {
    .kind = "text search mapping",
    .create = create_mapping,
    .creates = (const char *const[]){ "dictionaries", NULL },
    .drop = drop_mapping,
    .alterations =
        (const qi_alteration[]){ { "dictionaries", alter_mapping, NULL }, { NULL, NULL, NULL } },
};
