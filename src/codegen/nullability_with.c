/* WITH: which CTEs are visible where, and recursive ones. */
#include "codegen/nullability_internal.h"

#include <string.h>

static qi_scope *scope_of_ctes(qi_analysis *analysis, qi_scope *parent, qi_cte *ctes)
{
    qi_scope *scope = qi_null_scope(analysis, parent, NULL);
    if (scope)
        scope->ctes = ctes;
    return scope;
}

qi_scope *qi_null_with(qi_analysis *analysis, qi_scope *parent, const PgQuery__WithClause *with)
{
    if (!with)
        return parent;
    qi_cte *newest = NULL;
    for (size_t i = 0; i < with->n_ctes; i++) {
        qi_cte *cte = qi_null_new(analysis, 1, sizeof *cte);
        if (!cte || with->ctes[i]->node_case != PG_QUERY__NODE__NODE_COMMON_TABLE_EXPR)
            return NULL;
        cte->node = with->ctes[i]->common_table_expr;
        cte->older = newest;
        cte->recursive = with->recursive;
        newest = cte;
    }
    qi_scope *all = scope_of_ctes(analysis, parent, newest);
    for (qi_cte *cte = newest; cte; cte = cte->older) {
        /* With RECURSIVE every CTE sees all of them, else only those before it. */
        qi_scope *visible = with->recursive ? all : scope_of_ctes(analysis, parent, cte->older);
        cte->scope = qi_null_scope(analysis, visible, NULL);
        if (!cte->scope)
            return NULL;
        cte->scope->is_level = true;
    }
    return all;
}

qi_cte *qi_null_find_cte(qi_scope *scope, const char *name, size_t *levels)
{
    size_t passed = 0;
    for (; scope; scope = scope->parent) {
        for (qi_cte *cte = scope->ctes; cte; cte = cte->older)
            if (cte->node->ctename && strcmp(cte->node->ctename, name) == 0) {
                *levels = passed > 0 ? passed - 1 : 0;
                return cte;
            }
        passed += scope->is_level;
    }
    return NULL;
}

static void rename_columns(const qi_cte *cte, qi_rows *rows)
{
    for (size_t i = 0; i < cte->node->n_aliascolnames && i < rows->column_count; i++)
        rows->columns[i].name = qi_null_text(cte->node->aliascolnames[i]);
}

/* The arms of a recursive query; false: it is no UNION of two arms. */
static const PgQuery__SelectStmt *recursive_union(const qi_cte *cte)
{
    const qi_node *query = cte->node->ctequery;
    if (!cte->recursive || !query || query->node_case != PG_QUERY__NODE__NODE_SELECT_STMT ||
        query->select_stmt->op != PG_QUERY__SET_OPERATION__SETOP_UNION)
        return NULL;
    return query->select_stmt;
}

/* Weakens what is assumed to what was concluded from it. Returns whether that changed anything. */
static bool weaken(qi_rows *assumed, const qi_rows *concluded)
{
    bool changed = false;
    bool known = !concluded->opaque && concluded->column_count == assumed->column_count;
    for (size_t i = 0; i < assumed->column_count; i++) {
        qi_value *value = &assumed->columns[i].value;
        if (value->not_null && !(known && concluded->columns[i].value.not_null)) {
            value->not_null = false;
            changed = true;
        }
    }
    return changed;
}

/*
 * Induction over the rounds: the first arm is the base; if columns that are assumed not NULL in the
 * rows so far are not NULL in what both arms then return, the assumption holds for all rounds.
 * Columns are only ever dropped from it, so there are at most as many passes as columns, plus one.
 */
static void read_recursive(qi_analysis *analysis, qi_cte *cte, const PgQuery__SelectStmt *select)
{
    qi_rows assumed = { 0 };
    qi_scope *inside = qi_null_with(analysis, cte->scope, select->with_clause);
    qi_null_select(analysis, inside, select->larg, &assumed);
    assumed.cardinality = QI_MANY;
    rename_columns(cte, &assumed);
    size_t passes = assumed.column_count + 1;
    bool changed = true;
    for (size_t i = 0; changed && i < passes; i++) {
        qi_rows concluded = { 0 };
        cte->rows = assumed;
        cte->referred = false;
        qi_null_select(analysis, cte->scope, select, &concluded);
        changed = weaken(&assumed, &concluded);
        if (!cte->referred)
            break; /* not recursive after all */
    }
    cte->rows = assumed;
}

void qi_null_read_cte(qi_analysis *analysis, qi_cte *cte)
{
    const PgQuery__SelectStmt *select = recursive_union(cte);
    cte->rows = (qi_rows){ .opaque = true };
    cte->state = QI_CTE_RUNNING;
    if (select) {
        read_recursive(analysis, cte, select);
    } else {
        qi_rows rows = { 0 };
        qi_null_statement(analysis, cte->scope, cte->node->ctequery, &rows);
        rename_columns(cte, &rows);
        cte->rows = rows;
    }
    cte->state = QI_CTE_DONE;
}
