/*
 * What is gone from the schema while something like it is new may have been renamed. Which of the two
 * it was is never guessed: a drop would lose the data, a rename would keep what was to go.
 */
#include "plan/planning.h"

#include <string.h>

static bool same_value(const qi_object *left, const qi_object *right, const char *name)
{
    const char *a = qi_object_value(left, name);
    const char *b = qi_object_value(right, name);
    return a && b && strcmp(a, b) == 0;
}

static bool same_table(const qi_object *left, const qi_object *right)
{
    return left->parent && right->parent &&
           strcmp(left->parent->identity, right->parent->identity) == 0;
}

/* Columns in common by name and type, which is what a renamed table would have all of. */
static size_t columns_in_common(const qi_planning *p, const qi_object *gone, const qi_object *new,
                                size_t *of)
{
    const qi_table *before = qi_catalog_table_by_oid(p->present, gone->oid);
    const qi_table *after = qi_catalog_table_by_oid(p->desired, new->oid);
    size_t common = 0;
    *of = before ? before->column_count : 0;
    for (size_t i = 0; before && after && i < before->column_count; i++) {
        const qi_column *column = qi_table_column(after, before->columns[i].name);
        if (column && strcmp(column->type_text, before->columns[i].type_text) == 0)
            common++;
    }
    return common;
}

/* Whether `new` could be `gone` under another name. */
static bool looks_renamed(const qi_planning *p, const qi_object *gone, const qi_object *new)
{
    if (gone->kind != new->kind)
        return false;
    if (qi_is_kind(gone, "column"))
        return same_table(gone, new) && same_value(gone, new, "type");
    if (qi_is_kind(gone, "constraint"))
        return same_table(gone, new) && same_value(gone, new, "definition");
    if (qi_is_kind(gone, "enum"))
        return same_value(gone, new, "labels");
    if (qi_is_kind(gone, "table")) {
        size_t of = 0;
        size_t common = columns_in_common(p, gone, new, &of);
        return of > 0 && common * 2 > of;
    }
    return false;
}

static const char *rename_of(qi_planning *p, const qi_object *gone, const qi_object *new)
{
    const char *name = qi_name(p, new->name);
    const char *table = gone->parent ? gone->parent->identity : "";
    if (qi_is_kind(gone, "column"))
        return qi_text(p, "ALTER TABLE %s RENAME COLUMN %s TO %s;", table, qi_name(p, gone->name),
                       name);
    if (qi_is_kind(gone, "constraint"))
        return qi_text(p, "ALTER TABLE %s RENAME CONSTRAINT %s TO %s;", table,
                       qi_name(p, gone->name), name);
    return qi_text(p, "ALTER %s %s RENAME TO %s;", qi_is_kind(gone, "enum") ? "TYPE" : "TABLE",
                   gone->identity, name);
}

bool qi_refuse_rename(qi_planning *p, const qi_object *gone)
{
    if (p->options.no_renames || qi_after(p, gone))
        return false;
    for (size_t i = 0; i < p->difference_count; i++) {
        const qi_difference *d = &p->differences[i];
        if (d->before || !looks_renamed(p, gone, d->after))
            continue;
        qi_refuse(
            p, gone,
            qi_text(p,
                    "is not in the schema, which has a new %s %s: this looks like a rename; write "
                    "\"-- quire: renamed from %s\" behind it there, or use --no-rename",
                    d->after->kind->name, d->after->identity, qi_name(p, gone->name)),
            rename_of(p, gone, d->after));
        return true;
    }
    return false;
}
