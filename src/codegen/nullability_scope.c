/*
 * Names, as parse_relation.c and parse_target.c of the server resolve them: a column is looked for
 * among the visible columns of the innermost query first, then outwards; a name before a dot among
 * aliases, which hide the names of tables. A name that is found twice at one level, or not at all
 * where a relation's columns are unknown, is not resolved.
 */
#include "codegen/nullability_internal.h"

#include <string.h>

qi_scope *qi_null_scope(qi_analysis *analysis, qi_scope *parent, qi_query *query)
{
    qi_scope *scope = qi_null_new(analysis, 1, sizeof *scope);
    if (!scope)
        return NULL;
    scope->parent = parent;
    scope->query = query;
    scope->is_level = query != NULL;
    return scope;
}

qi_scope *qi_null_detached(qi_analysis *analysis, qi_scope *scope)
{
    qi_scope *detached = qi_null_scope(analysis, scope->parent, NULL);
    if (detached)
        detached->is_level = true;
    return detached;
}

qi_item *qi_null_add_item(qi_analysis *analysis, qi_scope *scope)
{
    if (scope->item_count == scope->item_room) {
        qi_item **grown = qi_null_grow(analysis, scope->items, scope->item_count, &scope->item_room,
                                       sizeof *grown);
        if (!grown)
            return NULL;
        scope->items = grown;
    }
    qi_item *item = qi_null_new(analysis, 1, sizeof *item);
    if (!item)
        return NULL;
    item->by_name = true;
    item->by_column = true;
    scope->items[scope->item_count++] = item;
    return item;
}

bool qi_null_is_star(const PgQuery__ColumnRef *ref)
{
    return ref->n_fields > 0 &&
           ref->fields[ref->n_fields - 1]->node_case == PG_QUERY__NODE__NODE_A_STAR;
}

typedef enum lookup { FOUND_NONE, FOUND_ONE, FOUND_UNKNOWN } lookup;

/* A column of one item. Opaque items may have any name that is not among those known. */
static lookup in_item(const qi_item *item, const char *name, const qi_visible **out)
{
    size_t hits = 0;
    for (size_t i = 0; i < item->column_count; i++) {
        const qi_visible *visible = &item->columns[i];
        if (visible->name && strcmp(visible->name, name) == 0) {
            *out = visible;
            hits++;
        }
    }
    if (hits > 1)
        return FOUND_UNKNOWN;
    if (hits == 1)
        return FOUND_ONE;
    return item->opaque ? FOUND_UNKNOWN : FOUND_NONE;
}

/* An unqualified column at one level. */
static lookup at_level(const qi_scope *scope, const char *name, const qi_visible **out)
{
    lookup result = FOUND_NONE;
    bool unknown = false;
    for (size_t i = 0; i < scope->item_count; i++) {
        const qi_visible *visible = NULL;
        if (!scope->items[i]->by_column)
            continue;
        lookup here = in_item(scope->items[i], name, &visible);
        if (here == FOUND_UNKNOWN && !visible) {
            unknown = true;
        } else if (here != FOUND_NONE) {
            if (result != FOUND_NONE || here == FOUND_UNKNOWN)
                return FOUND_UNKNOWN;
            result = FOUND_ONE;
            *out = visible;
        }
    }
    /* Found in one known relation and perhaps in an unknown one: the server would have refused. */
    return result == FOUND_NONE && unknown ? FOUND_UNKNOWN : result;
}

/* The item that `name` or `schema.name` before a column means; *unknown: cannot be told. */
static const qi_item *find_item(qi_scope *scope, const char *schema, const char *name,
                                qi_scope **where, bool *unknown)
{
    for (; scope; scope = scope->parent) {
        const qi_item *hit = NULL;
        for (size_t i = 0; i < scope->item_count; i++) {
            const qi_item *item = scope->items[i];
            bool same = schema ? item->table && strcmp(item->table->schema, schema) == 0 &&
                                     strcmp(item->table->name, name) == 0
                               : item->name && strcmp(item->name, name) == 0;
            if (!item->by_name || !same)
                continue;
            if (hit) {
                *unknown = true;
                return NULL;
            }
            hit = item;
        }
        if (hit) {
            *where = scope;
            return hit;
        }
    }
    return NULL;
}

const qi_visible *qi_null_find_column(qi_scope *scope, const PgQuery__ColumnRef *ref,
                                      qi_scope **where)
{
    const qi_visible *visible = NULL;
    if (ref->n_fields == 1) {
        const char *name = qi_null_text(ref->fields[0]);
        for (; name && scope; scope = scope->parent) {
            lookup here = at_level(scope, name, &visible);
            if (here == FOUND_NONE)
                continue;
            *where = scope;
            return here == FOUND_ONE ? visible : NULL;
        }
        return NULL;
    }
    if (ref->n_fields > 3)
        return NULL;
    const char *schema = ref->n_fields == 3 ? qi_null_text(ref->fields[0]) : NULL;
    const char *name = qi_null_text(ref->fields[ref->n_fields - 2]);
    const char *column = qi_null_text(ref->fields[ref->n_fields - 1]);
    bool unknown = false;
    if (!name || !column || (ref->n_fields == 3 && !schema))
        return NULL;
    const qi_item *item = find_item(scope, schema, name, where, &unknown);
    if (!item || in_item(item, column, &visible) != FOUND_ONE)
        return NULL;
    return visible;
}

qi_value qi_null_visible_value(const qi_visible *visible, bool in_aggregate)
{
    const qi_leaf *leaf = visible->leaf;
    const qi_leaf_column *column = &leaf->columns[visible->column];
    qi_value value = { .class = visible->class };
    value.not_null = column->not_null || column->proven;
    if (!in_aggregate && (column->grouped || leaf->query->grouping_opaque))
        value.not_null = false;
    for (const qi_side_list *at = leaf->sides; at && value.not_null; at = at->next)
        value.not_null = at->side->genuine;
    return value;
}

void qi_null_add_column(qi_analysis *analysis, qi_rows *rows, const char *name, qi_value value)
{
    if (rows->column_count == rows->column_room) {
        qi_out_column *grown = NULL;
        if (rows->column_count < QI_NULL_MAX_COLUMNS)
            grown = qi_null_grow(analysis, rows->columns, rows->column_count, &rows->column_room,
                                 sizeof *grown);
        if (!grown) {
            rows->opaque = true;
            return;
        }
        rows->columns = grown;
    }
    rows->columns[rows->column_count++] = (qi_out_column){ .name = name, .value = value };
}

static void add_item_star(qi_analysis *analysis, const qi_item *item, qi_rows *rows)
{
    if (item->opaque)
        rows->opaque = true;
    for (size_t i = 0; i < item->column_count; i++)
        if (!item->columns[i].hidden)
            qi_null_add_column(analysis, rows, item->columns[i].name,
                               qi_null_visible_value(&item->columns[i], false));
}

void qi_null_add_star(qi_analysis *analysis, qi_scope *scope, const PgQuery__ColumnRef *ref,
                      qi_rows *rows)
{
    if (ref->n_fields == 1) {
        for (size_t i = 0; i < scope->item_count; i++)
            if (scope->items[i]->by_column)
                add_item_star(analysis, scope->items[i], rows);
        return;
    }
    qi_scope *where = NULL;
    bool unknown = false;
    const char *schema = ref->n_fields == 3 ? qi_null_text(ref->fields[0]) : NULL;
    const char *name = ref->n_fields <= 3 ? qi_null_text(ref->fields[ref->n_fields - 2]) : NULL;
    const qi_item *item = name ? find_item(scope, schema, name, &where, &unknown) : NULL;
    if (item)
        add_item_star(analysis, item, rows);
    else
        rows->opaque = true;
}
