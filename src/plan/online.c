#include "plan/online.h"
#include "plan/table.h"

#include <string.h>

/* Longer names are cut by the server. */
#define LONGEST_NAME 63
#define MOST_TRIES 1000

bool qi_is_online_table(const qi_planning *p, const qi_object *table)
{
    return !p->options.offline && table && !qi_is_new(p, table) && !qi_joins(p, table) &&
           !qi_leaves(p, qi_before(p, table));
}

static bool is_depended_on(const qi_planning *p, const qi_object *object)
{
    for (size_t i = 0; i < p->present->object_count; i++) {
        const qi_object *other = &p->present->objects[i];
        for (size_t k = 0; k < other->depend_count; k++) {
            if (other->depends[k] == object && !other->kind->derived)
                return true;
        }
    }
    return false;
}

bool qi_stands_free(const qi_planning *p, const qi_object *part)
{
    for (size_t i = 0; i < part->depend_count; i++) {
        if (qi_fate_of(p, part->depends[i]) >= QI_DISTURBED)
            return false;
    }
    return !qi_is_loose(p, part) && !is_depended_on(p, part);
}

/* The table is locked and read anyway, or others need it to be there again at once. */
static bool must_come_back_at_once(const qi_planning *p, const qi_object *part)
{
    for (size_t i = 0; i < part->depend_count; i++) {
        qi_fate its = qi_fate_of(p, part->depends[i]);
        if (its == QI_DISTURBED || its == QI_REPLACED)
            return true;
    }
    return qi_is_loose(p, part) || is_depended_on(p, part);
}

bool qi_is_online(const qi_planning *p, const qi_object *part)
{
    const qi_object *before = qi_before(p, part);
    return qi_is_online_table(p, part->parent) && !qi_is_loose(p, part) &&
           (!before || !must_come_back_at_once(p, before));
}

void qi_step_needs_all(qi_planning *p, const qi_object *object)
{
    if (object->parent)
        qi_step_needs(p, object->parent);
    for (size_t i = 0; i < object->depend_count; i++)
        qi_step_needs(p, object->depends[i]);
}

static bool has_name(const qi_catalog *catalog, const char *schema, const char *name)
{
    for (size_t i = 0; i < catalog->object_count; i++) {
        const qi_object *object = &catalog->objects[i];
        if (object->schema && strcmp(object->name, name) == 0 &&
            strcmp(object->schema, schema) == 0)
            return true;
    }
    return false;
}

bool qi_name_is_taken(const qi_planning *p, const char *schema, const char *name)
{
    return has_name(p->present, schema, name);
}

const char *qi_online_name(qi_planning *p, const char *schema, const char *name, const char *ending)
{
    const char *found = "";
    for (int i = 1; i < MOST_TRIES; i++) {
        const char *tail = i == 1 ? ending : qi_text(p, "%s%d", ending, i);
        size_t length = strlen(name);
        if (length > LONGEST_NAME - strlen(tail))
            length = LONGEST_NAME - strlen(tail);
        /* Not in the middle of a character. */
        while (((unsigned char)name[length] & 0xc0u) == 0x80u)
            length--;
        found = qi_text(p, "%.*s%s", (int)length, name, tail);
        if (!has_name(p->present, schema, found) && !has_name(p->desired, schema, found))
            break;
    }
    return found;
}

void qi_online_build_hazards(qi_planning *p, const char *table)
{
    qi_step_hazard(p, QI_HAZARD_BUILDS_INDEX, table,
                   "the server reads the whole table, while others go on");
    qi_step_hazard(p, QI_HAZARD_NO_TRANSACTION, table,
                   "a failure leaves an index that is not valid");
}
