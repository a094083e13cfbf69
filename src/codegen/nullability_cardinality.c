/*
 * How many rows. A leaf is settled when all rows of the result in which it is genuine have the same row
 * of it: all columns of a unique key equal values that are fixed, or columns of settled leaves. When
 * every leaf is settled there is at most one row: by induction over the joins, whose left tuples are
 * one and whose matches for it are one. FULL JOIN is left out, as its unmatched rows add up.
 */
#include "codegen/nullability_internal.h"

#include <string.h>

static bool is_fixed(const qi_query *query, const qi_leaf *leaf, size_t column)
{
    for (const qi_equality *at = query->equalities; at; at = at->next) {
        if (at->leaf != leaf || at->column != column)
            continue;
        if (!at->other_leaf ||
            (at->other_leaf != leaf && at->other_leaf->settled && !at->other_leaf->derived))
            return true;
    }
    return false;
}

static bool is_key_fixed(const qi_query *query, const qi_leaf *leaf, const qi_index *index)
{
    if (!index->unique || index->partial || index->deferrable || index->column_count == 0)
        return false;
    /* Under a collation of its own it may keep apart what `=` does not. */
    if (strstr(index->definition, " COLLATE "))
        return false;
    for (size_t i = 0; i < index->column_count; i++) {
        const qi_column *column = index->columns[i];
        if (!column || !is_fixed(query, leaf, (size_t)(column - leaf->table->columns)))
            return false;
    }
    return true;
}

static bool is_settled(const qi_query *query, size_t number)
{
    const qi_leaf *leaf = query->leaves[number];
    if (leaf->single && !leaf->lateral)
        return true;
    for (size_t i = 0; leaf->keyed && i < leaf->table->index_count; i++)
        if (is_key_fixed(query, leaf, &leaf->table->indexes[i]))
            return true;
    if (!leaf->single)
        return false;
    for (size_t i = 0; i < number; i++)
        if (!query->leaves[i]->settled && !query->leaves[i]->derived)
            return false;
    return true;
}

void qi_null_settle(qi_analysis *analysis, qi_query *query)
{
    bool changed = true;
    while (changed && !analysis->failed) {
        changed = false;
        for (size_t i = 0; i < query->leaf_count; i++) {
            qi_leaf *leaf = query->leaves[i];
            if (!leaf->settled && !leaf->derived && is_settled(query, i))
                leaf->settled = changed = true;
        }
    }
}

static bool all_settled(const qi_query *query)
{
    for (size_t i = 0; i < query->leaf_count; i++)
        if (!query->leaves[i]->settled && !query->leaves[i]->derived)
            return false;
    return !query->full_join;
}

typedef struct call_search {
    qi_reader *reader;
    bool found;
} call_search;

static bool visit_multiplier(void *context, const ProtobufCMessage *message)
{
    call_search *search = context;
    if (message->descriptor == &pg_query__func_call__descriptor)
        search->found =
            search->found || !qi_null_is_plain_function(search->reader->analysis,
                                                        (const PgQuery__FuncCall *)message);
    /* A column that is not known may be a function in the notation of one. */
    if (message->descriptor == &pg_query__a__indirection__descriptor)
        search->found = true;
    if (message->descriptor == &pg_query__column_ref__descriptor && search->reader->scope) {
        qi_scope *where = NULL;
        const PgQuery__ColumnRef *ref = (const PgQuery__ColumnRef *)message;
        if (!qi_null_is_star(ref) && !qi_null_find_column(search->reader->scope, ref, &where))
            search->found = true;
    }
    return message->descriptor != &pg_query__sub_link__descriptor;
}

static bool finds(qi_reader *reader, qi_visit visit, PgQuery__Node *const *nodes, size_t count)
{
    call_search search = { .reader = reader };
    for (size_t i = 0; i < count; i++)
        if (!qi_null_walk(&nodes[i]->base, visit, &search))
            return true;
    return search.found;
}

bool qi_null_may_multiply(qi_analysis *analysis, PgQuery__Node *const *nodes, size_t count)
{
    qi_reader reader = { .analysis = analysis };
    return finds(&reader, visit_multiplier, nodes, count);
}

static bool visit_aggregate(void *context, const ProtobufCMessage *message)
{
    call_search *search = context;
    if (message->descriptor == &pg_query__func_call__descriptor) {
        const PgQuery__FuncCall *call = (const PgQuery__FuncCall *)message;
        if (qi_null_is_aggregate(search->reader->analysis, call) &&
            qi_null_is_local_aggregate(search->reader, call))
            search->found = true;
    }
    return message->descriptor != &pg_query__sub_link__descriptor;
}

/* No GROUP BY, or GROUP BY (): all rows are one group. */
static bool is_one_group(const PgQuery__SelectStmt *select)
{
    if (select->n_group_clause == 0)
        return true;
    return select->n_group_clause == 1 &&
           select->group_clause[0]->node_case == PG_QUERY__NODE__NODE_GROUPING_SET &&
           select->group_clause[0]->grouping_set->kind ==
               PG_QUERY__GROUPING_SET_KIND__GROUPING_SET_EMPTY;
}

static bool is_aggregated(qi_reader *reader, const PgQuery__SelectStmt *select)
{
    if (select->n_group_clause > 0)
        return true;
    return finds(reader, visit_aggregate, select->target_list, select->n_target_list) ||
           finds(reader, visit_aggregate, select->sort_clause, select->n_sort_clause);
}

static bool multiplies(qi_reader *reader, const PgQuery__SelectStmt *select)
{
    /* ORDER BY, GROUP BY and DISTINCT ON may name output columns, so names are not looked up there. */
    qi_analysis *analysis = reader->analysis;
    return finds(reader, visit_multiplier, select->target_list, select->n_target_list) ||
           qi_null_may_multiply(analysis, select->sort_clause, select->n_sort_clause) ||
           qi_null_may_multiply(analysis, select->group_clause, select->n_group_clause);
}

static bool has_distinct_on(const PgQuery__SelectStmt *select)
{
    for (size_t i = 0; i < select->n_distinct_clause; i++)
        if (select->distinct_clause[i]->node_case != PG_QUERY__NODE__NODE__NOT_SET)
            return true;
    return false;
}

qi_cardinality qi_null_cardinality(qi_reader *reader, const PgQuery__SelectStmt *select)
{
    const qi_query *query = reader->scope->query;
    if (multiplies(reader, select) || has_distinct_on(select))
        return QI_MANY;
    if (is_one_group(select) && is_aggregated(reader, select))
        return select->having_clause ? QI_AT_MOST_ONE : QI_EXACTLY_ONE;
    if (is_one_group(select) && select->having_clause)
        return QI_AT_MOST_ONE;
    if (query->grouping_sets || !all_settled(query))
        return QI_MANY;
    bool filtered = query->leaf_count > 0 || select->where_clause || select->n_group_clause > 0;
    return filtered ? QI_AT_MOST_ONE : QI_EXACTLY_ONE;
}

static bool is_number(const qi_node *node, int32_t *number)
{
    if (!node || node->node_case != PG_QUERY__NODE__NODE_A_CONST || node->a_const->isnull ||
        node->a_const->val_case != PG_QUERY__A__CONST__VAL_IVAL)
        return false;
    *number = node->a_const->ival->ival;
    return true;
}

qi_cardinality qi_null_limit(const PgQuery__SelectStmt *select, qi_cardinality cardinality)
{
    int32_t number = 0;
    bool ties = select->limit_option == PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_WITH_TIES;
    bool all =
        !select->limit_count || (select->limit_count->node_case == PG_QUERY__NODE__NODE_A_CONST &&
                                 select->limit_count->a_const->isnull);
    bool known = is_number(select->limit_count, &number);
    if (known && !ties && number <= 1 && cardinality == QI_MANY)
        cardinality = QI_AT_MOST_ONE;
    bool keeps = !select->limit_offset && (all || (known && number >= 1));
    if (cardinality == QI_EXACTLY_ONE && !keeps)
        cardinality = QI_AT_MOST_ONE;
    return cardinality;
}
