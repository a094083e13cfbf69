/*
 * GROUP BY. Grouping sets (ROLLUP, CUBE, GROUPING SETS) add rows in which the columns that a set leaves
 * out are NULL, and the empty set among them yields a row over no rows at all.
 */
#include "codegen/nullability_internal.h"

#include <string.h>

typedef struct group_work {
    qi_analysis *analysis;
    qi_scope *scope;
    qi_query *query;
    const PgQuery__SelectStmt *select;
} group_work;

/* The expression of an output column, by its number or its name; NULL: none, or a star before it. */
static const qi_node *output_at(const PgQuery__SelectStmt *select, int number)
{
    if (number < 1 || (size_t)number > select->n_target_list)
        return NULL;
    for (int i = 0; i < number; i++) {
        const qi_node *target = select->target_list[i];
        const qi_node *value =
            target->node_case == PG_QUERY__NODE__NODE_RES_TARGET ? target->res_target->val : NULL;
        if (!value || (value->node_case == PG_QUERY__NODE__NODE_COLUMN_REF &&
                       qi_null_is_star(value->column_ref)))
            return NULL;
    }
    return select->target_list[number - 1]->res_target->val;
}

static const qi_node *output_named(const PgQuery__SelectStmt *select, const char *name)
{
    for (size_t i = 0; i < select->n_target_list; i++) {
        const qi_node *target = select->target_list[i];
        if (target->node_case == PG_QUERY__NODE__NODE_RES_TARGET && target->res_target->name &&
            strcmp(target->res_target->name, name) == 0)
            return target->res_target->val;
    }
    return NULL;
}

static const qi_visible *column_of(group_work *work, const qi_node *node)
{
    qi_scope *where = NULL;
    if (!node || node->node_case != PG_QUERY__NODE__NODE_COLUMN_REF)
        return NULL;
    const qi_visible *visible = qi_null_find_column(work->scope, node->column_ref, &where);
    return visible && visible->leaf->query == work->query ? visible : NULL;
}

/* What a grouping element means: an input column first, then an output column. */
static const qi_visible *grouped_column(group_work *work, const qi_node *node)
{
    const qi_visible *visible = column_of(work, node);
    if (visible)
        return visible;
    if (node->node_case == PG_QUERY__NODE__NODE_A_CONST &&
        node->a_const->val_case == PG_QUERY__A__CONST__VAL_IVAL)
        return column_of(work, output_at(work->select, node->a_const->ival->ival));
    if (node->node_case == PG_QUERY__NODE__NODE_COLUMN_REF && node->column_ref->n_fields == 1) {
        const char *name = qi_null_text(node->column_ref->fields[0]);
        return name ? column_of(work, output_named(work->select, name)) : NULL;
    }
    return NULL;
}

static void blank(group_work *work, const qi_node *node)
{
    const qi_visible *visible;
    switch (node->node_case) {
    case PG_QUERY__NODE__NODE_GROUPING_SET:
        for (size_t i = 0; i < node->grouping_set->n_content; i++)
            blank(work, node->grouping_set->content[i]);
        return;
    case PG_QUERY__NODE__NODE_ROW_EXPR:
        for (size_t i = 0; i < node->row_expr->n_args; i++)
            blank(work, node->row_expr->args[i]);
        return;
    default:
        visible = grouped_column(work, node);
        if (visible)
            visible->leaf->columns[visible->column].grouped = true;
        else
            work->query->grouping_opaque = true;
    }
}

void qi_null_group(qi_analysis *analysis, qi_scope *scope, qi_query *query,
                   const PgQuery__SelectStmt *select)
{
    group_work work = { .analysis = analysis, .scope = scope, .query = query, .select = select };
    for (size_t i = 0; i < select->n_group_clause; i++) {
        const qi_node *element = select->group_clause[i];
        if (element->node_case != PG_QUERY__NODE__NODE_GROUPING_SET) {
            query->grouped = true;
            continue;
        }
        query->grouping_sets = true;
        blank(&work, element);
    }
}
