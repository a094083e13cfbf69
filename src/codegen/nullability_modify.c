/* INSERT, UPDATE, DELETE with RETURNING. MERGE has none in the syntax that is parsed. */
#include "codegen/nullability_internal.h"

#include <string.h>

typedef struct modification {
    qi_analysis *analysis;
    qi_scope *scope;
    qi_query *query;
    qi_leaf *target;
    const qi_table *table;
    bool rewritten; /* a rule, a view or a foreign server may return something else */
} modification;

static bool begin(modification *work, qi_analysis *analysis, qi_scope *parent,
                  const PgQuery__WithClause *with, const PgQuery__RangeVar *relation)
{
    work->analysis = analysis;
    work->query = qi_null_new(analysis, 1, sizeof *work->query);
    work->scope = qi_null_scope(analysis, qi_null_with(analysis, parent, with), work->query);
    if (!work->query || !work->scope || !relation)
        return false;
    work->target = qi_null_add_table(analysis, work->scope, relation);
    if (!work->target)
        return false;
    work->table = work->target->table;
    bool stored = work->table && (work->table->kind == QI_TABLE_PLAIN ||
                                  work->table->kind == QI_TABLE_PARTITIONED);
    work->rewritten = !stored || qi_null_has_part(analysis, work->table, "rule");
    return true;
}

static void doubt_target(modification *work)
{
    for (size_t i = 0; i < work->target->column_count; i++) {
        work->target->columns[i].not_null = false;
        work->target->columns[i].proven = false;
    }
}

static void finish(modification *work, PgQuery__Node *const *returning, size_t count,
                   qi_cardinality cardinality, qi_rows *rows)
{
    if (work->rewritten)
        doubt_target(work);
    qi_null_targets(work->analysis, work->scope, returning, count, rows);
    rows->cardinality = work->rewritten || count == 0 ? QI_MANY : cardinality;
}

/* The rows that are offered; fewer may be inserted. */
static qi_cardinality insert_cardinality(modification *work, const PgQuery__InsertStmt *insert)
{
    qi_cardinality cardinality = QI_EXACTLY_ONE; /* DEFAULT VALUES */
    if (insert->select_stmt) {
        qi_rows source = { 0 };
        qi_null_statement(work->analysis, work->scope->parent, insert->select_stmt, &source);
        cardinality = source.cardinality;
    }
    const PgQuery__OnConflictClause *conflict = insert->on_conflict_clause;
    bool skips =
        conflict && (conflict->action == PG_QUERY__ON_CONFLICT_ACTION__ONCONFLICT_NOTHING ||
                     conflict->where_clause);
    /* A trigger may skip the row; those of partitions are not looked at. */
    bool certain = work->table && work->table->kind == QI_TABLE_PLAIN &&
                   !qi_null_has_part(work->analysis, work->table, "trigger");
    if (cardinality == QI_EXACTLY_ONE && (skips || !certain))
        return QI_AT_MOST_ONE;
    return cardinality;
}

static void read_insert(qi_analysis *analysis, qi_scope *parent, const PgQuery__InsertStmt *insert,
                        qi_rows *rows)
{
    modification work = { 0 };
    if (!begin(&work, analysis, parent, insert->with_clause, insert->relation)) {
        rows->opaque = true;
        return;
    }
    finish(&work, insert->returning_list, insert->n_returning_list,
           insert_cardinality(&work, insert), rows);
}

/* WHERE was about the row before: what was set since, or may have been, is not proven by it. */
static void forget_assigned(modification *work, const PgQuery__UpdateStmt *update)
{
    bool all = !work->table || work->table->kind != QI_TABLE_PLAIN ||
               qi_null_has_part(work->analysis, work->table, "trigger");
    for (size_t i = 0; i < work->target->column_count; i++) {
        qi_leaf_column *column = &work->target->columns[i];
        bool computed =
            work->table && i < work->table->column_count && work->table->columns[i].generated != 0;
        bool assigned = all || computed;
        for (size_t k = 0; k < update->n_target_list && !assigned; k++) {
            const qi_node *target = update->target_list[k];
            assigned = target->node_case != PG_QUERY__NODE__NODE_RES_TARGET ||
                       !target->res_target->name || !column->name ||
                       strcmp(target->res_target->name, column->name) == 0;
        }
        if (assigned)
            column->proven = false;
    }
}

static qi_cardinality target_cardinality(const modification *work)
{
    return work->target->settled ? QI_AT_MOST_ONE : QI_MANY;
}

static void read_update(qi_analysis *analysis, qi_scope *parent, const PgQuery__UpdateStmt *update,
                        qi_rows *rows)
{
    modification work = { 0 };
    if (!begin(&work, analysis, parent, update->with_clause, update->relation)) {
        rows->opaque = true;
        return;
    }
    qi_null_from(analysis, work.scope, update->from_clause, update->n_from_clause);
    qi_leaf_range all = { 0, work.query->leaf_count };
    qi_null_assume(analysis, work.scope, work.query, all, update->where_clause);
    qi_null_settle(analysis, work.query);
    forget_assigned(&work, update);
    finish(&work, update->returning_list, update->n_returning_list, target_cardinality(&work),
           rows);
}

static void read_delete(qi_analysis *analysis, qi_scope *parent, const PgQuery__DeleteStmt *delete,
                        qi_rows *rows)
{
    modification work = { 0 };
    if (!begin(&work, analysis, parent, delete->with_clause, delete->relation)) {
        rows->opaque = true;
        return;
    }
    qi_null_from(analysis, work.scope, delete->using_clause, delete->n_using_clause);
    qi_leaf_range all = { 0, work.query->leaf_count };
    qi_null_assume(analysis, work.scope, work.query, all, delete->where_clause);
    qi_null_settle(analysis, work.query);
    finish(&work, delete->returning_list, delete->n_returning_list, target_cardinality(&work),
           rows);
}

void qi_null_modify(qi_analysis *analysis, qi_scope *parent, const qi_node *node, qi_rows *rows)
{
    if (!qi_null_enter(analysis)) {
        rows->opaque = true;
    } else if (node->node_case == PG_QUERY__NODE__NODE_INSERT_STMT) {
        read_insert(analysis, parent, node->insert_stmt, rows);
    } else if (node->node_case == PG_QUERY__NODE__NODE_UPDATE_STMT) {
        read_update(analysis, parent, node->update_stmt, rows);
    } else if (node->node_case == PG_QUERY__NODE__NODE_DELETE_STMT) {
        read_delete(analysis, parent, node->delete_stmt, rows);
    }
    qi_null_leave(analysis);
}
