/* The items of a FROM clause, but for joins and functions. */
#include "codegen/nullability_internal.h"

#include <string.h>

qi_leaf *qi_null_add_leaf(qi_analysis *analysis, qi_scope *scope, size_t column_count)
{
    qi_query *query = scope->query;
    if (query->leaf_count == query->leaf_room) {
        qi_leaf **grown = qi_null_grow(analysis, query->leaves, query->leaf_count,
                                       &query->leaf_room, sizeof *grown);
        if (!grown)
            return NULL;
        query->leaves = grown;
    }
    qi_leaf *leaf = qi_null_new(analysis, 1, sizeof *leaf);
    qi_leaf_column *columns = qi_null_new(analysis, column_count, sizeof *columns);
    if (!leaf || !columns)
        return NULL;
    leaf->query = query;
    leaf->columns = columns;
    leaf->column_count = column_count;
    query->leaves[query->leaf_count++] = leaf;
    return leaf;
}

void qi_null_show_leaf(qi_analysis *analysis, qi_scope *scope, qi_leaf *leaf, const char *name,
                       const PgQuery__Alias *alias)
{
    qi_item *item = qi_null_add_item(analysis, scope);
    qi_visible *columns = qi_null_new(analysis, leaf->column_count, sizeof *columns);
    if (!item || !columns)
        return;
    item->name = alias ? alias->aliasname : name;
    item->table = alias ? NULL : leaf->table;
    item->columns = columns;
    item->column_count = leaf->column_count;
    item->opaque = leaf->opaque;
    for (size_t i = 0; i < leaf->column_count; i++) {
        const qi_leaf_column *column = &leaf->columns[i];
        const char *renamed = alias && i < alias->n_colnames && !column->hidden
                                  ? qi_null_text(alias->colnames[i])
                                  : NULL;
        columns[i] = (qi_visible){ .name = renamed ? renamed : column->name,
                                   .leaf = leaf,
                                   .column = i,
                                   .class = column->class,
                                   .hidden = column->hidden };
        if (!columns[i].name)
            item->opaque = true;
    }
}

/* An item of which nothing is known but its name. */
static qi_leaf *add_unknown(qi_analysis *analysis, qi_scope *scope, const char *name,
                            const PgQuery__Alias *alias)
{
    qi_leaf *leaf = qi_null_add_leaf(analysis, scope, 0);
    if (leaf) {
        leaf->opaque = true;
        qi_null_show_leaf(analysis, scope, leaf, name, alias);
    }
    return leaf;
}

static const char *const system_columns[] = { "ctid", "xmin", "cmin", "xmax", "cmax", "tableoid" };
enum { SYSTEM_COLUMNS = sizeof system_columns / sizeof *system_columns };

static void fill_table(qi_analysis *analysis, qi_leaf *leaf, const qi_table *table,
                       bool constrained)
{
    for (size_t i = 0; i < table->column_count; i++) {
        const qi_column *column = &table->columns[i];
        leaf->columns[i].name = column->name;
        leaf->columns[i].class = qi_null_class_of_oid(analysis->catalog, column->type);
        leaf->columns[i].not_null = constrained && qi_null_column_not_null(analysis, table, column);
    }
    for (size_t i = table->column_count; i < leaf->column_count; i++) {
        leaf->columns[i].name = system_columns[i - table->column_count];
        leaf->columns[i].hidden = true;
        leaf->columns[i].not_null = table->kind == QI_TABLE_PLAIN;
    }
}

/* What a view's query proves, as far as its columns agree with the catalog's. */
static void fill_view(qi_analysis *analysis, qi_leaf *leaf, const qi_table *view)
{
    qi_rows rows = { 0 };
    if (!qi_null_view(analysis, view, &rows) || rows.column_count != leaf->column_count)
        return;
    for (size_t i = 0; i < leaf->column_count; i++)
        leaf->columns[i].not_null = rows.columns[i].value.not_null;
    leaf->single = rows.cardinality != QI_MANY;
}

static qi_leaf *add_known_table(qi_analysis *analysis, qi_scope *scope, const qi_table *table,
                                const PgQuery__RangeVar *range)
{
    /* Rows of inheriting tables come along, whose NOT NULL may be gone, and no unique key spans them. */
    bool constrained = !range->inh || !qi_null_has_children(analysis, table);
    bool is_view = table->kind == QI_TABLE_VIEW;
    qi_leaf *leaf =
        qi_null_add_leaf(analysis, scope, table->column_count + (is_view ? 0 : SYSTEM_COLUMNS));
    if (!leaf)
        return NULL;
    fill_table(analysis, leaf, table, constrained);
    if (is_view)
        fill_view(analysis, leaf, table);
    leaf->table = table;
    qi_null_show_leaf(analysis, scope, leaf, table->name, range->alias);
    leaf->keyed =
        constrained && (table->kind == QI_TABLE_PLAIN || table->kind == QI_TABLE_PARTITIONED);
    return leaf;
}

static qi_leaf *leaf_of_rows(qi_analysis *analysis, qi_scope *scope, const qi_rows *rows)
{
    qi_leaf *leaf = qi_null_add_leaf(analysis, scope, rows->column_count);
    if (!leaf)
        return NULL;
    for (size_t i = 0; i < rows->column_count; i++) {
        qi_value value = rows->columns[i].value;
        /* A string without a type is text once it is a column. */
        leaf->columns[i].class = value.class == QI_CLASS_LITERAL ? QI_CLASS_TEXT : value.class;
        leaf->columns[i].name = rows->columns[i].name;
        leaf->columns[i].not_null = value.not_null && !rows->opaque;
    }
    leaf->opaque = rows->opaque;
    leaf->single = rows->cardinality != QI_MANY;
    return leaf;
}

/* SEARCH and CYCLE add columns, which stars inside nested queries leave out. */
static void add_search_columns(qi_analysis *analysis, const qi_cte *cte, bool nested, qi_rows *rows,
                               size_t *hidden)
{
    const PgQuery__CTESearchClause *search = cte->node->search_clause;
    const PgQuery__CTECycleClause *cycle = cte->node->cycle_clause;
    qi_value nothing = { 0 };
    size_t before = rows->column_count;
    if (search)
        qi_null_add_column(analysis, rows, search->search_seq_column, nothing);
    if (cycle) {
        qi_null_add_column(analysis, rows, cycle->cycle_mark_column, nothing);
        qi_null_add_column(analysis, rows, cycle->cycle_path_column, nothing);
    }
    *hidden = nested ? rows->column_count - before : 0;
}

static qi_leaf *add_cte(qi_analysis *analysis, qi_scope *scope, qi_cte *cte, size_t levels,
                        const PgQuery__RangeVar *range)
{
    if (cte->state == QI_CTE_WAITING)
        qi_null_read_cte(analysis, cte);
    else if (cte->state == QI_CTE_RUNNING)
        cte->referred = true;
    qi_rows rows = cte->rows;
    rows.column_room = rows.column_count; /* what is added goes to a copy */
    size_t hidden = 0;
    if (cte->state == QI_CTE_DONE)
        add_search_columns(analysis, cte, levels > 0, &rows, &hidden);
    qi_leaf *leaf = leaf_of_rows(analysis, scope, &rows);
    if (!leaf)
        return NULL;
    if (cte->state == QI_CTE_RUNNING)
        leaf->single = false;
    for (size_t i = leaf->column_count - hidden; i < leaf->column_count; i++)
        leaf->columns[i].hidden = true;
    qi_null_show_leaf(analysis, scope, leaf, range->relname, range->alias);
    return leaf;
}

qi_leaf *qi_null_add_table(qi_analysis *analysis, qi_scope *scope, const PgQuery__RangeVar *range)
{
    bool qualified = range->schemaname && *range->schemaname;
    const qi_table *table =
        qi_null_find_table(analysis, qualified ? range->schemaname : NULL, range->relname);
    if (table)
        return add_known_table(analysis, scope, table, range);
    return add_unknown(analysis, scope, range->relname, range->alias);
}

static void from_range(qi_analysis *analysis, qi_scope *scope, const PgQuery__RangeVar *range)
{
    size_t levels = 0;
    qi_cte *cte = range->schemaname && *range->schemaname
                      ? NULL
                      : qi_null_find_cte(scope, range->relname, &levels);
    if (cte)
        add_cte(analysis, scope, cte, levels, range);
    else
        qi_null_add_table(analysis, scope, range);
}

static void from_subselect(qi_analysis *analysis, qi_scope *scope,
                           const PgQuery__RangeSubselect *range)
{
    qi_scope *inside = range->lateral ? scope : qi_null_detached(analysis, scope);
    qi_rows rows = { 0 };
    if (!inside)
        return;
    qi_null_statement(analysis, inside, range->subquery, &rows);
    qi_leaf *leaf = leaf_of_rows(analysis, scope, &rows);
    if (!leaf)
        return;
    leaf->lateral = range->lateral;
    qi_null_show_leaf(analysis, scope, leaf, NULL, range->alias);
}

void qi_null_from_item(qi_analysis *analysis, qi_scope *scope, const qi_node *node)
{
    if (!qi_null_enter(analysis)) {
        add_unknown(analysis, scope, NULL, NULL);
        qi_null_leave(analysis);
        return;
    }
    switch (node->node_case) {
    case PG_QUERY__NODE__NODE_RANGE_VAR:
        from_range(analysis, scope, node->range_var);
        break;
    case PG_QUERY__NODE__NODE_RANGE_SUBSELECT:
        from_subselect(analysis, scope, node->range_subselect);
        break;
    case PG_QUERY__NODE__NODE_RANGE_FUNCTION:
        qi_null_from_function(analysis, scope, node->range_function);
        break;
    case PG_QUERY__NODE__NODE_RANGE_TABLE_FUNC:
        qi_null_from_table_function(analysis, scope, node->range_table_func);
        break;
    case PG_QUERY__NODE__NODE_RANGE_TABLE_SAMPLE:
        qi_null_from_item(analysis, scope, node->range_table_sample->relation);
        break;
    case PG_QUERY__NODE__NODE_JOIN_EXPR:
        qi_null_join(analysis, scope, node->join_expr);
        break;
    default:
        add_unknown(analysis, scope, NULL, NULL);
    }
    qi_null_leave(analysis);
}

void qi_null_from(qi_analysis *analysis, qi_scope *scope, PgQuery__Node *const *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        qi_null_from_item(analysis, scope, items[i]);
}
