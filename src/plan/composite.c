/* Composite types and their attributes. */
#include "plan/list.h"
#include "plan/planning.h"
#include "plan/types.h"

#include <string.h>

static const qi_object *attribute_of(const qi_planning *p, const qi_catalog *catalog,
                                     const qi_object *type, size_t *at)
{
    size_t count = 0;
    const qi_object *all = qi_objects_of(catalog, "attribute", &count);
    (void)p;
    while (*at < count) {
        const qi_object *attribute = &all[(*at)++];
        if (attribute->parent == type)
            return attribute;
    }
    return NULL;
}

void qi_write_composite(qi_planning *p, const qi_object *type)
{
    const char *list = qi_object_value(type, "attributes");
    const char *separator = "\n    ";
    qi_item item;
    qi_sql(p, "CREATE TYPE %s AS (", type->identity);
    while (qi_item_next(&list, &item)) {
        qi_sql(p, "%s%.*s", separator, (int)item.length, item.text);
        separator = ",\n    ";
    }
    qi_sql(p, "%s);\n", *separator == ',' ? "\n" : "");
    size_t at = 0;
    for (const qi_object *a = attribute_of(p, p->desired, type, &at); a;
         a = attribute_of(p, p->desired, type, &at))
        qi_step_makes(p, a);
}

/* In place, attributes can only go, and new ones come last: what stays is the beginning of what is. */
static qi_change how_attributes(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const char *old = qi_object_value(before, "attributes");
    const char *new = qi_object_value(after, "attributes");
    const char *from = old;
    qi_item item;
    qi_item next;
    (void)p;
    while (qi_item_next(&from, &item)) {
        if (!qi_list_has_name(new, &item))
            continue;
        if (!qi_list_has(new, &item))
            return QI_DISTURBS;
    }
    from = old;
    bool added = false;
    while (qi_item_next(&new, &next)) {
        if (!qi_list_has_name(old, &next)) {
            added = true;
            continue;
        }
        /* One that stays, behind a new one or behind one that stood after it. */
        do {
            if (added || !qi_item_next(&from, &item))
                return QI_DISTURBS;
        } while (item.name_length != next.name_length ||
                 strncmp(item.text, next.text, next.name_length) != 0);
    }
    return QI_IN_PLACE;
}

/* Whether a column of a table has values of the type. */
static void warn_of_loss(qi_planning *p, const qi_object *before, const qi_item *gone)
{
    size_t count = 0;
    const qi_object *columns = qi_objects_of(p->present, "column", &count);
    for (size_t i = 0; i < count; i++) {
        const qi_object *column = &columns[i];
        const char *type = qi_object_value(column, "type");
        if (!column->parent || !type || strcmp(type, before->identity) != 0)
            continue;
        qi_step_hazard(p, QI_HAZARD_DELETES_DATA, column->identity,
                       "the attribute goes with its values");
        qi_step_check(p, QI_HAZARD_DELETES_DATA, column->identity, "rows have a value there",
                      qi_text(p, "select 1 from %s where (%s).%.*s is not null limit 1",
                              column->parent->identity, qi_name(p, column->name),
                              (int)gone->name_length, gone->text));
    }
}

/* A table that was made OF the type has its columns from there. */
static void refuse_typed_tables(qi_planning *p, const qi_object *before)
{
    size_t count = 0;
    const qi_object *tables = qi_objects_of(p->present, "table", &count);
    for (size_t i = 0; i < count; i++) {
        const char *type = qi_object_value(&tables[i], "of_type");
        if (type && strcmp(type, before->identity) == 0)
            qi_refuse(p, before,
                      qi_text(p, "has other attributes in the schema, but table %s is made of it",
                              tables[i].identity),
                      NULL);
    }
}

static void alter_attributes(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const char *old = qi_object_value(before, "attributes");
    const char *new = qi_object_value(after, "attributes");
    qi_item item;
    if (qi_is_swapped(p, before)) {
        qi_swap_types(p, before, after);
        return;
    }
    refuse_typed_tables(p, before);
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    for (const char *from = old; qi_item_next(&from, &item);) {
        if (qi_list_has_name(new, &item))
            continue;
        warn_of_loss(p, before, &item);
        qi_sql(p, "ALTER TYPE %s DROP ATTRIBUTE %.*s;\n", after->identity, (int)item.name_length,
               item.text);
    }
    for (const char *from = new; qi_item_next(&from, &item);) {
        if (!qi_list_has_name(old, &item))
            qi_sql(p, "ALTER TYPE %s ADD ATTRIBUTE %.*s;\n", after->identity, (int)item.length,
                   item.text);
    }
    size_t at = 0;
    for (const qi_object *a = attribute_of(p, p->desired, after, &at); a;
         a = attribute_of(p, p->desired, after, &at)) {
        if (!qi_is_there(p, a))
            qi_step_makes(p, a);
    }
    at = 0;
    for (const qi_object *a = attribute_of(p, p->present, before, &at); a;
         a = attribute_of(p, p->present, before, &at)) {
        if (!qi_after(p, a))
            qi_step_ends(p, a);
    }
    qi_step_close(p, "change", after->name, NULL);
}

const qi_rules qi_rules_composite_type = {
    .kind = "composite type",
    .create = qi_create_type,
    .creates = (const char *const[]){ "attributes", NULL },
    .drop = qi_drop_plain,
    .alterations = (const qi_alteration[]){ { "attributes", alter_attributes, how_attributes },
                                            { NULL, NULL, NULL } },
};

const qi_rules qi_rules_attribute = {
    .kind = "attribute",
    .implied = true,
};
