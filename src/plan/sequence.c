/* Sequences of their own. One that makes a column `serial` is written with its column. */
#include "plan/planning.h"

#include <string.h>

static const qi_object *owner_of(const qi_planning *p, const qi_object *sequence)
{
    const char *identity = qi_object_value(sequence, "owned_by");
    for (size_t i = 0; identity && i < p->desired->object_count; i++) {
        const qi_object *object = &p->desired->objects[i];
        if (qi_is_kind(object, "column") && strcmp(object->identity, identity) == 0)
            return object;
    }
    return NULL;
}

static void add_option(qi_planning *p, const qi_object *object, const char *words,
                       const char *attribute)
{
    const char *value = qi_object_value(object, attribute);
    if (value)
        qi_sql(p, "\n    %s%s", words, value);
}

/* It can only be owned by a column that is there; the column's default needs the sequence. */
static void set_owner(qi_planning *p, const qi_object *sequence)
{
    const qi_object *column = owner_of(p, sequence);
    qi_rank rank = qi_rank_of(p, column ? column : sequence, QI_MINOR_OWNER);
    qi_step_open(p, sequence, rank);
    qi_step_needs(p, sequence);
    if (column)
        qi_step_needs(p, column);
    const char *owner = qi_object_value(sequence, "owned_by");
    qi_sql(p, "ALTER SEQUENCE %s OWNED BY %s;\n", sequence->identity, owner ? owner : "NONE");
    qi_step_close(p, "own", sequence->name, NULL);
}

static void create(qi_planning *p, const qi_object *object)
{
    const qi_object *column = owner_of(p, object);
    if (column && qi_is_new(p, column) && qi_column_serial(p, column) == object)
        return;
    const char *persistence = qi_object_value(object, "persistence");
    qi_step_open(p, object, qi_rank_of(p, object, QI_MINOR_CREATE));
    qi_step_makes(p, object);
    qi_sql(p, "CREATE %sSEQUENCE %s", persistence ? "UNLOGGED " : "", object->identity);
    add_option(p, object, "AS ", "type");
    add_option(p, object, "START WITH ", "start");
    add_option(p, object, "INCREMENT BY ", "increment");
    add_option(p, object, "MINVALUE ", "minimum");
    add_option(p, object, "MAXVALUE ", "maximum");
    add_option(p, object, "CACHE ", "cache");
    add_option(p, object, "", "cycle");
    qi_sql(p, ";\n");
    qi_step_close(p, "create", object->name, NULL);
    if (qi_object_value(object, "owned_by"))
        set_owner(p, object);
}

static void alter_owner(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)before;
    set_owner(p, after);
}

/* With the column that owns it, if that goes. */
static void drop(qi_planning *p, const qi_object *object)
{
    const char *owner = qi_object_value(object, "owned_by");
    for (size_t i = 0; owner && i < p->present->object_count; i++) {
        const qi_object *column = &p->present->objects[i];
        if (qi_is_kind(column, "column") && strcmp(column->identity, owner) == 0 &&
            qi_fate_of(p, column) == QI_DROPPED)
            return;
    }
    qi_drop_plain(p, object);
}

const qi_rules qi_rules_sequence = {
    .kind = "sequence",
    .create = create,
    .creates = (const char *const[]){ "type", "start", "increment", "minimum", "maximum", "cache",
                                      "cycle", "owned_by", "persistence", NULL },
    .drop = drop,
    .alterations =
        (const qi_alteration[]){ { "owned_by", alter_owner, NULL }, { NULL, NULL, NULL } },
};
