/* SELECT, VALUES and set operations. */
#include "codegen/nullability_internal.h"

#include <string.h>

/* A string without a type is text once it is the column of a query. */
static void add_target(qi_reader *reader, const PgQuery__ResTarget *target, qi_rows *rows)
{
    const qi_node *value = target->val;
    if (!value) {
        rows->opaque = true;
        return;
    }
    if (value->node_case == PG_QUERY__NODE__NODE_COLUMN_REF && qi_null_is_star(value->column_ref)) {
        qi_null_add_star(reader->analysis, reader->scope, value->column_ref, rows);
        return;
    }
    if (value->node_case == PG_QUERY__NODE__NODE_A_INDIRECTION) {
        const PgQuery__AIndirection *path = value->a_indirection;
        const qi_node *last =
            path->n_indirection > 0 ? path->indirection[path->n_indirection - 1] : NULL;
        if (last && last->node_case == PG_QUERY__NODE__NODE_A_STAR)
            rows->opaque = true; /* (composite).*: as many columns as its type has */
    }
    qi_null_add_column(reader->analysis, rows, qi_null_column_name(reader, target),
                       qi_null_value(reader, value));
}

void qi_null_targets(qi_analysis *analysis, qi_scope *scope, PgQuery__Node *const *targets,
                     size_t count, qi_rows *rows)
{
    qi_reader reader = { .analysis = analysis, .scope = scope };
    for (size_t i = 0; i < count; i++)
        if (targets[i]->node_case == PG_QUERY__NODE__NODE_RES_TARGET)
            add_target(&reader, targets[i]->res_target, rows);
        else
            rows->opaque = true;
}

/* VALUES (...), (...): a column is not NULL when it is not in any row. */
static void read_values(qi_analysis *analysis, qi_scope *scope, const PgQuery__SelectStmt *select,
                        qi_rows *rows)
{
    qi_reader reader = { .analysis = analysis, .scope = scope };
    for (size_t i = 0; i < select->n_values_lists; i++) {
        const qi_node *row = select->values_lists[i];
        if (row->node_case != PG_QUERY__NODE__NODE_LIST) {
            rows->opaque = true;
            return;
        }
        for (size_t k = 0; k < row->list->n_items; k++) {
            qi_value value = qi_null_value(&reader, row->list->items[k]);
            if (i == 0)
                qi_null_add_column(analysis, rows,
                                   qi_arena_printf(analysis->arena, "column%zu", k + 1), value);
            else if (k < rows->column_count) {
                qi_value *known = &rows->columns[k].value;
                known->not_null = known->not_null && value.not_null;
                if (known->class != value.class)
                    known->class = QI_CLASS_UNKNOWN;
            }
        }
    }
    /* Alone in an INSERT, the one row may hold calls that return several. */
    bool one = select->n_values_lists == 1 &&
               !qi_null_may_multiply(analysis, select->values_lists, select->n_values_lists);
    rows->cardinality = one ? QI_EXACTLY_ONE : QI_MANY;
}

static void read_plain(qi_analysis *analysis, qi_scope *scope, const PgQuery__SelectStmt *select,
                       qi_rows *rows)
{
    qi_query *query = scope->query;
    qi_null_from(analysis, scope, select->from_clause, select->n_from_clause);
    qi_leaf_range all = { 0, query->leaf_count };
    qi_null_assume(analysis, scope, query, all, select->where_clause);
    qi_null_settle(analysis, query);
    query->windows = select->window_clause;
    query->window_count = select->n_window_clause;
    qi_null_group(analysis, scope, query, select);
    qi_null_targets(analysis, scope, select->target_list, select->n_target_list, rows);
    qi_reader reader = { .analysis = analysis, .scope = scope };
    rows->cardinality = qi_null_cardinality(&reader, select);
}

static void combine(const PgQuery__SelectStmt *select, qi_value *left, qi_value right)
{
    bool numbers = ((left->class | right.class) & ~QI_CLASSES_NUMBER) == 0;
    if (left->class == QI_CLASS_LITERAL)
        left->class = right.class;
    else if (right.class != QI_CLASS_LITERAL && left->class != right.class)
        left->class = !numbers || !left->class || !right.class ? QI_CLASS_UNKNOWN
                      : left->class > right.class              ? left->class
                                                               : right.class;
    if (select->op == PG_QUERY__SET_OPERATION__SETOP_UNION)
        left->not_null = left->not_null && right.not_null;
    else if (select->op == PG_QUERY__SET_OPERATION__SETOP_INTERSECT)
        left->not_null = left->not_null || right.not_null;
}

static qi_cardinality combine_cardinality(const PgQuery__SelectStmt *select, qi_cardinality left,
                                          qi_cardinality right)
{
    bool left_few = left != QI_MANY;
    bool right_few = right != QI_MANY;
    switch (select->op) {
    case PG_QUERY__SET_OPERATION__SETOP_INTERSECT:
        return left_few || right_few ? QI_AT_MOST_ONE : QI_MANY;
    case PG_QUERY__SET_OPERATION__SETOP_EXCEPT:
        return left_few ? QI_AT_MOST_ONE : QI_MANY;
    default:
        return QI_MANY;
    }
}

static void read_set(qi_analysis *analysis, qi_scope *scope, const PgQuery__SelectStmt *select,
                     qi_rows *rows)
{
    qi_rows right = { 0 };
    qi_null_select(analysis, scope, select->larg, rows);
    qi_null_select(analysis, scope, select->rarg, &right);
    rows->cardinality = combine_cardinality(select, rows->cardinality, right.cardinality);
    if (right.opaque || rows->opaque || rows->column_count != right.column_count) {
        /* The right arm has as many columns; what they are is not known. */
        for (size_t i = 0; i < rows->column_count; i++)
            rows->columns[i].value = (qi_value){ 0 };
        return;
    }
    for (size_t i = 0; i < rows->column_count; i++)
        combine(select, &rows->columns[i].value, right.columns[i].value);
}

void qi_null_select(qi_analysis *analysis, qi_scope *parent, const PgQuery__SelectStmt *select,
                    qi_rows *rows)
{
    if (!qi_null_enter(analysis)) {
        rows->opaque = true;
        qi_null_leave(analysis);
        return;
    }
    qi_query *query = qi_null_new(analysis, 1, sizeof *query);
    qi_scope *outer = qi_null_with(analysis, parent, select->with_clause);
    qi_scope *scope = qi_null_scope(analysis, outer, query);
    if (!query || !scope || analysis->failed || select->into_clause) {
        rows->opaque = true;
        qi_null_leave(analysis);
        return;
    }
    if (select->op > PG_QUERY__SET_OPERATION__SETOP_NONE)
        read_set(analysis, scope, select, rows);
    else if (select->n_values_lists > 0)
        read_values(analysis, scope, select, rows);
    else
        read_plain(analysis, scope, select, rows);
    rows->cardinality = qi_null_limit(select, rows->cardinality);
    qi_null_leave(analysis);
}

void qi_null_statement(qi_analysis *analysis, qi_scope *parent, const qi_node *node, qi_rows *rows)
{
    switch (node ? node->node_case : PG_QUERY__NODE__NODE__NOT_SET) {
    case PG_QUERY__NODE__NODE_SELECT_STMT:
        qi_null_select(analysis, parent, node->select_stmt, rows);
        break;
    case PG_QUERY__NODE__NODE_INSERT_STMT:
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
    case PG_QUERY__NODE__NODE_DELETE_STMT:
    case PG_QUERY__NODE__NODE_MERGE_STMT:
        qi_null_modify(analysis, parent, node, rows);
        break;
    default:
        rows->opaque = true;
    }
}
