/* Views: the server calls all their columns nullable; their own query says more. */
#include "codegen/nullability_internal.h"

bool qi_null_view(qi_analysis *analysis, const qi_table *view, qi_rows *rows)
{
    const char *definition = qi_null_view_definition(analysis, view);
    if (!definition || !qi_null_enter(analysis)) {
        if (definition)
            qi_null_leave(analysis);
        return false;
    }
    bool read = false;
    const PgQuery__ParseResult *tree = qi_parse_tree(analysis->arena, definition, QI_NULL_MAX_TEXT);
    if (tree && tree->n_stmts == 1 && tree->stmts[0]->stmt &&
        tree->stmts[0]->stmt->node_case == PG_QUERY__NODE__NODE_SELECT_STMT) {
        qi_analysis inside = *analysis;
        inside.in_view = true;
        inside.params = NULL;
        inside.param_count = 0;
        qi_null_select(&inside, NULL, tree->stmts[0]->stmt->select_stmt, rows);
        analysis->steps = inside.steps;
        analysis->failed = inside.failed;
        read = !rows->opaque;
    }
    qi_null_leave(analysis);
    return read;
}
