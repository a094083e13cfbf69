/* Enum types: values are added in place, for all else the type is made anew. */
#include "plan/planning.h"
#include "plan/types.h"

#include <string.h>

void qi_write_enum(qi_planning *p, const qi_object *type)
{
    const qi_catalog_type *its = qi_catalog_type_by_oid(p->desired, type->oid);
    size_t count = its ? its->label_count : 0;
    qi_sql(p, "CREATE TYPE %s AS ENUM (", type->identity);
    for (size_t i = 0; i < count; i++)
        qi_sql(p, "%s\n    %s", i ? "," : "", qi_quoted(p, its->labels[i]));
    qi_sql(p, "%s);\n", count ? "\n" : "");
}

static bool has_label(const qi_catalog_type *type, const char *text)
{
    for (size_t i = 0; i < type->label_count; i++) {
        if (strcmp(type->labels[i], text) == 0)
            return true;
    }
    return false;
}

/* The first value that is gone, or that stands elsewhere; NULL: values were only added. */
static const char *lost_label(const qi_catalog_type *before, const qi_catalog_type *after)
{
    size_t at = 0;
    for (size_t i = 0; i < before->label_count; i++) {
        while (at < after->label_count && strcmp(after->labels[at], before->labels[i]) != 0)
            at++;
        if (at++ >= after->label_count)
            return before->labels[i];
    }
    return NULL;
}

/* Where the value at `at` goes: behind the one before it, which is there by then. */
static void add_label(qi_planning *p, const qi_object *object, const qi_catalog_type *before,
                      const qi_catalog_type *after, size_t at, bool last)
{
    qi_sql(p, "ALTER TYPE %s ADD VALUE %s", object->identity, qi_quoted(p, after->labels[at]));
    if (at == 0 && before->label_count)
        qi_sql(p, " BEFORE %s", qi_quoted(p, before->labels[0]));
    else if (at > 0 && !last)
        qi_sql(p, " AFTER %s", qi_quoted(p, after->labels[at - 1]));
    qi_sql(p, ";\n");
}

static void add_labels(qi_planning *p, const qi_object *object, const qi_catalog_type *before,
                       const qi_catalog_type *after)
{
    const char **added = qi_arena_zero(p->arena, after->label_count + 1, sizeof *added);
    if (!added) {
        p->failed = true;
        return;
    }
    size_t count = 0;
    size_t seen = 0;
    qi_step_open(p, object, qi_rank_of(p, object, QI_MINOR_ALTER));
    qi_step_makes(p, object);
    for (size_t i = 0; i < after->label_count; i++) {
        if (has_label(before, after->labels[i])) {
            seen++;
            continue;
        }
        add_label(p, object, before, after, i, seen == before->label_count);
        added[count++] = after->labels[i];
    }
    if (!p->failed) {
        qi_step_current(p)->labels = added;
        qi_step_current(p)->label_count = count;
    }
    qi_step_close(p, "add", object->name, count == 1 ? added[0] : "values");
}

/* Values can be added anywhere, but not taken away or moved. */
static qi_change how_labels(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const qi_catalog_type *old = qi_catalog_type_by_oid(p->present, before->oid);
    const qi_catalog_type *new = qi_catalog_type_by_oid(p->desired, after->oid);
    return old && new && !lost_label(old, new) ? QI_IN_PLACE : QI_DISTURBS;
}

static void alter_labels(qi_planning *p, const qi_object *before, const qi_object *after)
{
    if (qi_is_swapped(p, before))
        qi_swap_types(p, before, after);
    else
        add_labels(p, after, qi_catalog_type_by_oid(p->present, before->oid),
                   qi_catalog_type_by_oid(p->desired, after->oid));
}

const qi_rules qi_rules_enum = {
    .kind = "enum",
    .create = qi_create_type,
    .creates = (const char *const[]){ "labels", NULL },
    .drop = qi_drop_plain,
    .alterations =
        (const qi_alteration[]){ { "labels", alter_labels, how_labels }, { NULL, NULL, NULL } },
};
