/* Joins: which columns they show, in which order, and what they fill with NULLs. */
#include "codegen/nullability_internal.h"

#include <string.h>

typedef struct join_side {
    size_t items_from, items_to;
    qi_leaf_range leaves;
    qi_visible *columns;
    size_t count;
    bool opaque;
} join_side;

typedef struct join_work {
    qi_analysis *analysis;
    qi_scope *scope;
    const PgQuery__JoinExpr *node;
    join_side left, right;
    const char **merged; /* names of USING or NATURAL, in their order */
    size_t merged_count;
    qi_visible *columns; /* the join's: merged, the left's rest, the right's rest */
    size_t count;
    bool opaque;
} join_work;

static void read_side(join_work *work, join_side *side, const qi_node *node)
{
    side->items_from = work->scope->item_count;
    side->leaves.from = work->scope->query->leaf_count;
    qi_null_from_item(work->analysis, work->scope, node);
    side->items_to = work->scope->item_count;
    side->leaves.to = work->scope->query->leaf_count;
}

/* The columns that a side shows to names without a dot. */
static bool collect(join_work *work, join_side *side)
{
    size_t most = 0;
    for (size_t i = side->items_from; i < side->items_to; i++)
        if (work->scope->items[i]->by_column)
            most += work->scope->items[i]->column_count;
    side->columns = qi_null_new(work->analysis, most, sizeof *side->columns);
    if (!side->columns)
        return false;
    for (size_t i = side->items_from; i < side->items_to; i++) {
        const qi_item *item = work->scope->items[i];
        if (!item->by_column)
            continue;
        side->opaque = side->opaque || item->opaque;
        for (size_t k = 0; k < item->column_count; k++)
            if (!item->columns[k].hidden)
                side->columns[side->count++] = item->columns[k];
    }
    return true;
}

/* The one column of that name; NULL when there is none or more. */
static qi_visible *find(const join_side *side, const char *name)
{
    qi_visible *hit = NULL;
    for (size_t i = 0; i < side->count; i++) {
        if (!side->columns[i].name || strcmp(side->columns[i].name, name) != 0)
            continue;
        if (hit)
            return NULL;
        hit = &side->columns[i];
    }
    return hit;
}

static bool list_merged(join_work *work)
{
    const PgQuery__JoinExpr *node = work->node;
    size_t most = node->is_natural ? work->left.count : node->n_using_clause;
    work->merged = qi_null_new(work->analysis, most, sizeof *work->merged);
    if (!work->merged)
        return false;
    for (size_t i = 0; !node->is_natural && i < node->n_using_clause; i++) {
        const char *name = qi_null_text(node->using_clause[i]);
        if (name)
            work->merged[work->merged_count++] = name;
    }
    for (size_t i = 0; node->is_natural && i < work->left.count; i++) {
        const char *name = work->left.columns[i].name;
        if (name && find(&work->right, name))
            work->merged[work->merged_count++] = name;
    }
    return true;
}

static bool is_merged(const join_work *work, const char *name)
{
    for (size_t i = 0; name && i < work->merged_count; i++)
        if (strcmp(work->merged[i], name) == 0)
            return true;
    return false;
}

static void prove_equal(join_work *work, const qi_visible *of, const qi_visible *other)
{
    qi_null_prove(of->leaf, of->column);
    if (of->class == other->class)
        qi_null_add_equality(
            work->analysis, work->scope->query,
            (qi_equality){ .leaf = of->leaf, .column = of->column, .other_leaf = other->leaf });
}

/*
 * One merged column, before the join's own sides are made. `slot` is its place in the leaf for
 * merged columns that are none of the two: those of FULL, and where the types may differ.
 */
static qi_visible merge(join_work *work, const char *name, qi_leaf *derived, size_t slot)
{
    const qi_visible *left = find(&work->left, name);
    const qi_visible *right = find(&work->right, name);
    qi_visible merged = { .name = name, .leaf = derived, .column = slot };
    derived->columns[slot].name = name;
    if (!left || !right)
        return merged;
    qi_class class = left->class == right->class ? left->class : QI_CLASS_UNKNOWN;
    derived->columns[slot].class = merged.class = class;
    derived->columns[slot].not_null =
        qi_null_visible_value(left, true).not_null && qi_null_visible_value(right, true).not_null;
    bool equal = qi_null_is_comparable(left->class, right->class);
    PgQuery__JoinType type = work->node->jointype;
    if (equal &&
        (type == PG_QUERY__JOIN_TYPE__JOIN_INNER || type == PG_QUERY__JOIN_TYPE__JOIN_LEFT))
        prove_equal(work, right, left);
    if (equal &&
        (type == PG_QUERY__JOIN_TYPE__JOIN_INNER || type == PG_QUERY__JOIN_TYPE__JOIN_RIGHT))
        prove_equal(work, left, right);
    if (type == PG_QUERY__JOIN_TYPE__JOIN_LEFT ||
        (type == PG_QUERY__JOIN_TYPE__JOIN_INNER && equal && class != QI_CLASS_UNKNOWN))
        merged = *left;
    else if (type == PG_QUERY__JOIN_TYPE__JOIN_RIGHT)
        merged = *right;
    merged.name = name;
    merged.class = class;
    return merged;
}

static bool merge_columns(join_work *work)
{
    work->columns =
        qi_null_new(work->analysis, work->left.count + work->right.count + work->merged_count,
                    sizeof *work->columns);
    if (!work->columns)
        return false;
    if (work->merged_count > 0) {
        qi_leaf *derived = qi_null_add_leaf(work->analysis, work->scope, work->merged_count);
        if (!derived)
            return false;
        derived->derived = true;
        for (size_t i = 0; i < work->merged_count; i++)
            work->columns[work->count++] = merge(work, work->merged[i], derived, i);
    }
    const join_side *sides[] = { &work->left, &work->right };
    for (size_t s = 0; s < 2; s++)
        for (size_t i = 0; i < sides[s]->count; i++)
            if (!is_merged(work, sides[s]->columns[i].name))
                work->columns[work->count++] = sides[s]->columns[i];
    work->opaque = work->left.opaque || work->right.opaque;
    if (work->node->is_natural && work->opaque)
        work->count = 0; /* which columns are merged is not known */
    return true;
}

/* ON sees the two sides only. What it proves holds where the side that it is about is genuine. */
static void read_quals(join_work *work)
{
    if (!work->node->quals)
        return;
    qi_scope *inside = qi_null_scope(work->analysis, work->scope->parent, work->scope->query);
    if (!inside)
        return;
    inside->items = work->scope->items + work->left.items_from;
    inside->item_count = work->right.items_to - work->left.items_from;
    qi_leaf_range range;
    switch (work->node->jointype) {
    case PG_QUERY__JOIN_TYPE__JOIN_INNER:
        range = (qi_leaf_range){ work->left.leaves.from, work->right.leaves.to };
        break;
    case PG_QUERY__JOIN_TYPE__JOIN_LEFT:
        range = work->right.leaves;
        break;
    case PG_QUERY__JOIN_TYPE__JOIN_RIGHT:
        range = work->left.leaves;
        break;
    default:
        return;
    }
    qi_null_assume(work->analysis, inside, work->scope->query, range, work->node->quals);
}

static void null_extend(join_work *work, qi_leaf_range leaves)
{
    qi_side *side = qi_null_new(work->analysis, 1, sizeof *side);
    for (size_t i = leaves.from; side && i < leaves.to; i++) {
        qi_side_list *link = qi_null_new(work->analysis, 1, sizeof *link);
        if (!link)
            return;
        qi_leaf *leaf = work->scope->query->leaves[i];
        *link = (qi_side_list){ .side = side, .next = leaf->sides };
        leaf->sides = link;
    }
}

static void make_sides(join_work *work)
{
    switch (work->node->jointype) {
    case PG_QUERY__JOIN_TYPE__JOIN_INNER:
        return;
    case PG_QUERY__JOIN_TYPE__JOIN_LEFT:
        null_extend(work, work->right.leaves);
        return;
    case PG_QUERY__JOIN_TYPE__JOIN_RIGHT:
        null_extend(work, work->left.leaves);
        return;
    default:
        work->scope->query->full_join = true;
        null_extend(work, work->left.leaves);
        null_extend(work, work->right.leaves);
    }
}

/* The join becomes one item; what it was made of is seen by name only, or not at all under an alias. */
static void show(join_work *work)
{
    const PgQuery__Alias *alias = work->node->alias;
    for (size_t i = work->left.items_from; i < work->right.items_to; i++) {
        work->scope->items[i]->by_column = false;
        if (alias)
            work->scope->items[i]->by_name = false;
    }
    qi_item *item = qi_null_add_item(work->analysis, work->scope);
    if (!item)
        return;
    item->name = alias ? alias->aliasname : NULL;
    item->columns = work->columns;
    item->column_count = work->count;
    item->opaque = work->opaque;
    for (size_t i = 0; alias && i < alias->n_colnames && i < work->count; i++)
        work->columns[i].name = qi_null_text(alias->colnames[i]);
    const PgQuery__Alias *using_alias = work->node->join_using_alias;
    qi_item *merged = using_alias ? qi_null_add_item(work->analysis, work->scope) : NULL;
    if (!merged)
        return;
    merged->name = using_alias->aliasname;
    merged->columns = work->columns;
    merged->column_count = work->count < work->merged_count ? work->count : work->merged_count;
    merged->by_column = false;
}

void qi_null_join(qi_analysis *analysis, qi_scope *scope, const PgQuery__JoinExpr *node)
{
    join_work work = { .analysis = analysis, .scope = scope, .node = node };
    read_side(&work, &work.left, node->larg);
    read_side(&work, &work.right, node->rarg);
    if (!collect(&work, &work.left) || !collect(&work, &work.right) || !list_merged(&work))
        return;
    /* Names that the sides do not have themselves, and unnamed columns, are carried along. */
    if (!merge_columns(&work))
        return;
    read_quals(&work);
    make_sides(&work);
    show(&work);
}
