/*
 * Parameters that may sensibly be NULL: those that stand, perhaps behind a cast, for the value of a
 * nullable column in INSERT, UPDATE, ON CONFLICT DO UPDATE or MERGE. Compared with something, NULL
 * would only ever find nothing.
 */
#include "codegen/nullability_internal.h"

#include <string.h>

static const PgQuery__ParamRef *param_of(const qi_node *node)
{
    while (node && node->node_case == PG_QUERY__NODE__NODE_TYPE_CAST)
        node = node->type_cast->arg;
    return node && node->node_case == PG_QUERY__NODE__NODE_PARAM_REF ? node->param_ref : NULL;
}

static void mark(qi_analysis *analysis, const qi_table *table, const qi_column *column,
                 const qi_node *value)
{
    const PgQuery__ParamRef *param = param_of(value);
    if (!param || !column || param->number < 1 || (size_t)param->number > analysis->param_count)
        return;
    qi_param_fact *fact = &analysis->params[param->number - 1];
    bool stored = table->kind == QI_TABLE_PLAIN || table->kind == QI_TABLE_PARTITIONED;
    if (stored && !qi_null_column_not_null(analysis, table, column))
        fact->target_nullable = true;
    else
        fact->target_required = true;
}

static const qi_table *target_of(const qi_analysis *analysis, const PgQuery__RangeVar *range)
{
    if (!range)
        return NULL;
    bool qualified = range->schemaname && *range->schemaname;
    return qi_null_find_table(analysis, qualified ? range->schemaname : NULL, range->relname);
}

/* The column that position `index` of an INSERT is for. */
static const qi_column *column_at(const qi_table *table, PgQuery__Node *const *names, size_t count,
                                  size_t index)
{
    if (count == 0)
        return index < table->column_count ? &table->columns[index] : NULL;
    if (index >= count || names[index]->node_case != PG_QUERY__NODE__NODE_RES_TARGET ||
        names[index]->res_target->n_indirection > 0)
        return NULL;
    return qi_table_column(table, names[index]->res_target->name);
}

/* SET column = value, SET (a, b) = (value, value). */
static void mark_assignments(qi_analysis *analysis, const qi_table *table,
                             PgQuery__Node *const *targets, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (targets[i]->node_case != PG_QUERY__NODE__NODE_RES_TARGET)
            continue;
        const PgQuery__ResTarget *target = targets[i]->res_target;
        const qi_node *value = target->val;
        if (target->n_indirection > 0 || !target->name || !value)
            continue;
        if (value->node_case == PG_QUERY__NODE__NODE_MULTI_ASSIGN_REF) {
            const PgQuery__MultiAssignRef *part = value->multi_assign_ref;
            const qi_node *source = part->source;
            size_t index = (size_t)part->colno - 1;
            value = NULL;
            if (source && source->node_case == PG_QUERY__NODE__NODE_ROW_EXPR && part->colno >= 1 &&
                index < source->row_expr->n_args)
                value = source->row_expr->args[index];
        }
        mark(analysis, table, qi_table_column(table, target->name), value);
    }
}

static void mark_select(qi_analysis *analysis, const qi_table *table,
                        const PgQuery__InsertStmt *insert, const PgQuery__SelectStmt *select)
{
    for (size_t i = 0; i < select->n_values_lists; i++) {
        const qi_node *row = select->values_lists[i];
        for (size_t k = 0; row->node_case == PG_QUERY__NODE__NODE_LIST && k < row->list->n_items;
             k++)
            mark(analysis, table, column_at(table, insert->cols, insert->n_cols, k),
                 row->list->items[k]);
    }
    for (size_t i = 0; i < select->n_target_list; i++) {
        const qi_node *target = select->target_list[i];
        const qi_node *value =
            target->node_case == PG_QUERY__NODE__NODE_RES_TARGET ? target->res_target->val : NULL;
        if (!value || (value->node_case == PG_QUERY__NODE__NODE_COLUMN_REF &&
                       qi_null_is_star(value->column_ref)))
            return; /* positions behind a star are not counted here */
        mark(analysis, table, column_at(table, insert->cols, insert->n_cols, i), value);
    }
}

static void mark_insert(qi_analysis *analysis, const PgQuery__InsertStmt *insert)
{
    const qi_table *table = target_of(analysis, insert->relation);
    if (!table)
        return;
    if (insert->select_stmt && insert->select_stmt->node_case == PG_QUERY__NODE__NODE_SELECT_STMT)
        mark_select(analysis, table, insert, insert->select_stmt->select_stmt);
    if (insert->on_conflict_clause)
        mark_assignments(analysis, table, insert->on_conflict_clause->target_list,
                         insert->on_conflict_clause->n_target_list);
}

static void mark_merge(qi_analysis *analysis, const PgQuery__MergeStmt *merge)
{
    const qi_table *table = target_of(analysis, merge->relation);
    for (size_t i = 0; table && i < merge->n_merge_when_clauses; i++) {
        if (merge->merge_when_clauses[i]->node_case != PG_QUERY__NODE__NODE_MERGE_WHEN_CLAUSE)
            continue;
        const PgQuery__MergeWhenClause *when = merge->merge_when_clauses[i]->merge_when_clause;
        if (when->command_type == PG_QUERY__CMD_TYPE__CMD_UPDATE)
            mark_assignments(analysis, table, when->target_list, when->n_target_list);
        for (size_t k = 0; k < when->n_values; k++)
            mark(analysis, table, column_at(table, when->target_list, when->n_target_list, k),
                 when->values[k]);
    }
}

static bool visit_statement(void *context, const ProtobufCMessage *message)
{
    qi_analysis *analysis = context;
    if (message->descriptor == &pg_query__insert_stmt__descriptor) {
        mark_insert(analysis, (const PgQuery__InsertStmt *)message);
    } else if (message->descriptor == &pg_query__merge_stmt__descriptor) {
        mark_merge(analysis, (const PgQuery__MergeStmt *)message);
    } else if (message->descriptor == &pg_query__update_stmt__descriptor) {
        const PgQuery__UpdateStmt *update = (const PgQuery__UpdateStmt *)message;
        const qi_table *table = target_of(analysis, update->relation);
        if (table)
            mark_assignments(analysis, table, update->target_list, update->n_target_list);
    }
    return true;
}

void qi_null_mark_params(qi_analysis *analysis, const ProtobufCMessage *tree)
{
    qi_null_walk(tree, visit_statement, analysis);
}
