/*
 * What a predicate proves that is known to be true: the columns in which it is strict are not NULL,
 * and which columns equal what. AND is taken apart; nothing is concluded under OR.
 */
#include "codegen/nullability_internal.h"

#include <string.h>

typedef struct premise {
    qi_reader reader;
    qi_query *query;
    qi_leaf_range range;
} premise;

static void prove_not_null(premise *facts, const qi_node *node);

void qi_null_prove(qi_leaf *leaf, size_t column)
{
    leaf->columns[column].proven = true;
    for (qi_side_list *at = leaf->sides; at; at = at->next)
        at->side->genuine = true;
}

void qi_null_add_equality(qi_analysis *analysis, qi_query *query, qi_equality equality)
{
    qi_equality *added = qi_null_new(analysis, 1, sizeof *added);
    if (!added)
        return;
    *added = equality;
    added->next = query->equalities;
    query->equalities = added;
}

/* The column of this query that an expression is; NULL when it is none that facts may be about. */
static const qi_visible *own_column(premise *facts, const qi_node *node)
{
    if (!node || node->node_case != PG_QUERY__NODE__NODE_COLUMN_REF)
        return NULL;
    qi_scope *where = NULL;
    const qi_visible *visible = qi_null_find_column(facts->reader.scope, node->column_ref, &where);
    if (!visible || visible->leaf->query != facts->query)
        return NULL;
    for (size_t i = facts->range.from; i < facts->range.to; i++)
        if (facts->query->leaves[i] == visible->leaf)
            return visible;
    return NULL;
}

static qi_class class_of(premise *facts, const qi_node *node)
{
    return node ? qi_null_value(&facts->reader, node).class : QI_CLASS_UNKNOWN;
}

static void prove_operands(premise *facts, const PgQuery__AExpr *expr)
{
    const char *name = qi_null_plain_name(expr->name, expr->n_name);
    bool unary = !expr->lexpr;
    if (!name || !expr->rexpr)
        return;
    qi_class left = class_of(facts, expr->lexpr);
    qi_class right = class_of(facts, expr->rexpr);
    if (!qi_null_is_strict_operator(name, left, right, unary))
        return;
    prove_not_null(facts, expr->lexpr);
    prove_not_null(facts, expr->rexpr);
}

static void prove_expression(premise *facts, const PgQuery__AExpr *expr)
{
    switch (expr->kind) {
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP:
    case PG_QUERY__A__EXPR__KIND__AEXPR_LIKE:
    case PG_QUERY__A__EXPR__KIND__AEXPR_ILIKE:
        prove_operands(facts, expr);
        break;
    case PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF: /* NULL, or its first argument */
        prove_not_null(facts, expr->lexpr);
        break;
    default:
        break;
    }
}

/* `node` is known not to be NULL: so is what it is strict in. */
static void prove_not_null(premise *facts, const qi_node *node)
{
    if (!qi_null_enter(facts->reader.analysis)) {
        qi_null_leave(facts->reader.analysis);
        return;
    }
    const qi_visible *visible;
    switch (node ? node->node_case : PG_QUERY__NODE__NODE__NOT_SET) {
    case PG_QUERY__NODE__NODE_COLUMN_REF:
        visible = own_column(facts, node);
        if (visible)
            qi_null_prove(visible->leaf, visible->column);
        break;
    case PG_QUERY__NODE__NODE_TYPE_CAST:
        if (class_of(facts, node) != QI_CLASS_UNKNOWN &&
            class_of(facts, node->type_cast->arg) != QI_CLASS_UNKNOWN)
            prove_not_null(facts, node->type_cast->arg);
        break;
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
        prove_not_null(facts, node->collate_clause->arg);
        break;
    case PG_QUERY__NODE__NODE_A_EXPR:
        prove_expression(facts, node->a_expr);
        break;
    case PG_QUERY__NODE__NODE_BOOL_EXPR: /* NOT is strict; AND and OR are not */
        if (node->bool_expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR)
            prove_not_null(facts, node->bool_expr->args[0]);
        break;
    case PG_QUERY__NODE__NODE_FUNC_CALL:
        if (!qi_null_is_strict_function(&facts->reader, node->func_call))
            break;
        for (size_t i = 0; i < node->func_call->n_args; i++)
            prove_not_null(facts, node->func_call->args[i]);
        break;
    default:
        break;
    }
    qi_null_leave(facts->reader.analysis);
}

/* Whether `column = other` picks the values of a unique column one by one: no two are equal to it. */
static bool keeps_unique(qi_class column, qi_class other)
{
    const qi_class exact = QI_CLASS_INT | QI_CLASS_NUMERIC;
    if (column == QI_CLASS_UNKNOWN || other == QI_CLASS_UNKNOWN)
        return false;
    if (column == other || other == QI_CLASS_LITERAL)
        return true;
    /* A float on the other side would turn the column into floats, where two may become one. */
    return ((column & exact) && (other & exact)) || (column == QI_CLASS_FLOAT && (other & exact));
}

/* A value that is the same for every row of this query. */
static bool is_fixed(premise *facts, const qi_node *node)
{
    bool cast = false;
    while (node && node->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) {
        node = node->type_cast->arg;
        cast = true;
    }
    switch (node ? node->node_case : PG_QUERY__NODE__NODE__NOT_SET) {
    case PG_QUERY__NODE__NODE_A_CONST:
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
        return true;
    case PG_QUERY__NODE__NODE_PARAM_REF: {
        /* A parameter without a cast has the type of its first use: only here, when it is the only. */
        size_t number = (size_t)node->param_ref->number;
        const qi_analysis *analysis = facts->reader.analysis;
        return number >= 1 && number <= analysis->param_count &&
               (cast || analysis->params[number - 1].uses == 1);
    }
    case PG_QUERY__NODE__NODE_COLUMN_REF: {
        qi_scope *where = NULL;
        const qi_visible *visible =
            cast ? NULL : qi_null_find_column(facts->reader.scope, node->column_ref, &where);
        return visible && visible->leaf->query != facts->query;
    }
    default:
        return false;
    }
}

static void note_equality(premise *facts, const qi_node *of, const qi_node *other)
{
    const qi_visible *column = own_column(facts, of);
    if (!column || !other || !keeps_unique(column->class, class_of(facts, other)))
        return;
    qi_equality equality = { .leaf = column->leaf, .column = column->column };
    if (!is_fixed(facts, other)) {
        qi_scope *where = NULL;
        if (other->node_case != PG_QUERY__NODE__NODE_COLUMN_REF)
            return;
        const qi_visible *source =
            qi_null_find_column(facts->reader.scope, other->column_ref, &where);
        if (!source)
            return;
        equality.other_leaf = source->leaf;
    }
    qi_null_add_equality(facts->reader.analysis, facts->query, equality);
}

static void assume(premise *facts, const qi_node *node);

/* (a, b) = (c, d): each pair is equal. */
static bool assume_rows_equal(premise *facts, const PgQuery__AExpr *expr)
{
    if (!expr->lexpr || expr->lexpr->node_case != PG_QUERY__NODE__NODE_ROW_EXPR || !expr->rexpr ||
        expr->rexpr->node_case != PG_QUERY__NODE__NODE_ROW_EXPR)
        return false;
    const PgQuery__RowExpr *left = expr->lexpr->row_expr;
    const PgQuery__RowExpr *right = expr->rexpr->row_expr;
    for (size_t i = 0; i < left->n_args && left->n_args == right->n_args; i++) {
        if (!qi_null_is_comparable(class_of(facts, left->args[i]), class_of(facts, right->args[i])))
            continue;
        prove_not_null(facts, left->args[i]);
        prove_not_null(facts, right->args[i]);
        note_equality(facts, left->args[i], right->args[i]);
        note_equality(facts, right->args[i], left->args[i]);
    }
    return true;
}

static void assume_operator(premise *facts, const PgQuery__AExpr *expr)
{
    const char *name = qi_null_plain_name(expr->name, expr->n_name);
    bool equality = name && strcmp(name, "=") == 0;
    if (equality && assume_rows_equal(facts, expr))
        return;
    prove_operands(facts, expr);
    if (equality && expr->lexpr) {
        note_equality(facts, expr->lexpr, expr->rexpr);
        note_equality(facts, expr->rexpr, expr->lexpr);
    }
}

/* x IN (...), x NOT IN (...), x BETWEEN a AND b: true only when x can be compared. */
static void assume_list(premise *facts, const PgQuery__AExpr *expr, bool prove_items)
{
    if (!expr->rexpr || expr->rexpr->node_case != PG_QUERY__NODE__NODE_LIST)
        return;
    const PgQuery__List *list = expr->rexpr->list;
    qi_class subject = class_of(facts, expr->lexpr);
    for (size_t i = 0; i < list->n_items; i++)
        if (!qi_null_is_comparable(subject, class_of(facts, list->items[i])))
            return;
    if (list->n_items > 0)
        prove_not_null(facts, expr->lexpr);
    for (size_t i = 0; prove_items && i < list->n_items; i++)
        prove_not_null(facts, list->items[i]);
}

/* x = ANY (array): the array has an element that x equals. */
static void assume_any(premise *facts, const PgQuery__AExpr *expr)
{
    qi_class subject = class_of(facts, expr->lexpr);
    qi_class array = class_of(facts, expr->rexpr);
    const char *name = qi_null_plain_name(expr->name, expr->n_name);
    bool known = subject == QI_CLASS_LITERAL ? array == QI_CLASS_ARRAY
                                             : (array & (QI_CLASS_ARRAY | QI_CLASS_LITERAL)) != 0;
    if (!name || !known || !qi_null_is_strict_operator(name, subject, subject, false))
        return;
    prove_not_null(facts, expr->lexpr);
    prove_not_null(facts, expr->rexpr);
}

static void assume_expression(premise *facts, const qi_node *node)
{
    const PgQuery__AExpr *expr = node->a_expr;
    switch (expr->kind) {
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP:
        assume_operator(facts, expr);
        break;
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY:
        assume_any(facts, expr);
        break;
    case PG_QUERY__A__EXPR__KIND__AEXPR_IN: {
        const char *name = qi_null_plain_name(expr->name, expr->n_name);
        assume_list(facts, expr, name && strcmp(name, "<>") == 0);
        break;
    }
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN:
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN_SYM:
        assume_list(facts, expr, true);
        break;
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN:
        assume_list(facts, expr, false);
        break;
    default:
        prove_expression(facts, expr);
    }
}

/* x IN (SELECT ...): there is a row that x equals. */
static void assume_sublink(premise *facts, const PgQuery__SubLink *link)
{
    qi_rows rows = { 0 };
    if (link->sub_link_type != PG_QUERY__SUB_LINK_TYPE__ANY_SUBLINK || !link->testexpr)
        return;
    if (link->n_oper_name > 0 && !qi_null_plain_name(link->oper_name, link->n_oper_name))
        return;
    const char *name =
        link->n_oper_name > 0 ? qi_null_plain_name(link->oper_name, link->n_oper_name) : "=";
    qi_null_statement(facts->reader.analysis, facts->reader.scope, link->subselect, &rows);
    if (rows.opaque || rows.column_count != 1)
        return;
    if (qi_null_is_strict_operator(name, class_of(facts, link->testexpr),
                                   rows.columns[0].value.class, false))
        prove_not_null(facts, link->testexpr);
}

static void assume_boolean(premise *facts, const PgQuery__BoolExpr *expr)
{
    if (expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR) {
        for (size_t i = 0; i < expr->n_args; i++)
            assume(facts, expr->args[i]);
        return;
    }
    if (expr->boolop != PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR)
        return;
    const qi_node *denied = expr->args[0];
    if (denied->node_case == PG_QUERY__NODE__NODE_NULL_TEST) {
        if (denied->null_test->nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NULL)
            prove_not_null(facts, denied->null_test->arg);
        return;
    }
    prove_not_null(facts, denied); /* it is false, so it is not NULL */
}

static void assume_test(premise *facts, const PgQuery__BooleanTest *test)
{
    if (test->booltesttype == PG_QUERY__BOOL_TEST_TYPE__IS_TRUE)
        assume(facts, test->arg);
    else if (test->booltesttype == PG_QUERY__BOOL_TEST_TYPE__IS_FALSE ||
             test->booltesttype == PG_QUERY__BOOL_TEST_TYPE__IS_NOT_UNKNOWN)
        prove_not_null(facts, test->arg);
}

static void assume(premise *facts, const qi_node *node)
{
    if (!qi_null_enter(facts->reader.analysis)) {
        qi_null_leave(facts->reader.analysis);
        return;
    }
    switch (node->node_case) {
    case PG_QUERY__NODE__NODE_BOOL_EXPR:
        assume_boolean(facts, node->bool_expr);
        break;
    case PG_QUERY__NODE__NODE_A_EXPR:
        assume_expression(facts, node);
        break;
    case PG_QUERY__NODE__NODE_NULL_TEST:
        if (node->null_test->nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NOT_NULL)
            prove_not_null(facts, node->null_test->arg);
        break;
    case PG_QUERY__NODE__NODE_BOOLEAN_TEST:
        assume_test(facts, node->boolean_test);
        break;
    case PG_QUERY__NODE__NODE_SUB_LINK:
        assume_sublink(facts, node->sub_link);
        break;
    default:
        prove_not_null(facts, node);
    }
    qi_null_leave(facts->reader.analysis);
}

void qi_null_assume(qi_analysis *analysis, qi_scope *scope, qi_query *query, qi_leaf_range range,
                    const qi_node *predicate)
{
    premise facts = { .reader = { .analysis = analysis, .scope = scope, .in_aggregate = true },
                      .query = query,
                      .range = range };
    if (predicate)
        assume(&facts, predicate);
}
