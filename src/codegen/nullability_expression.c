/* Expressions: whether a value can be NULL, and of what class it is. */
#include "codegen/nullability_internal.h"

#include <string.h>

static const qi_value nothing_proven = { 0 };

static qi_value sure(qi_class class)
{
    return (qi_value){ .not_null = true, .class = class };
}

/* The class that values of two kinds have together. */
static qi_class unite(qi_class left, qi_class right)
{
    if (left == right || right == QI_CLASS_LITERAL)
        return left;
    if (left == QI_CLASS_LITERAL)
        return right;
    if ((left | right) & ~QI_CLASSES_NUMBER || !left || !right)
        return QI_CLASS_UNKNOWN;
    return left > right ? left : right;
}

static qi_value of_constant(const PgQuery__AConst *constant)
{
    if (constant->isnull)
        return (qi_value){ .class = QI_CLASS_LITERAL };
    switch (constant->val_case) {
    case PG_QUERY__A__CONST__VAL_IVAL:
        return sure(QI_CLASS_INT);
    case PG_QUERY__A__CONST__VAL_FVAL:
        return sure(QI_CLASS_NUMERIC);
    case PG_QUERY__A__CONST__VAL_BOOLVAL:
        return sure(QI_CLASS_BOOL);
    case PG_QUERY__A__CONST__VAL_SVAL:
        return sure(QI_CLASS_LITERAL);
    case PG_QUERY__A__CONST__VAL_BSVAL:
        return sure(QI_CLASS_UNKNOWN);
    default:
        return nothing_proven;
    }
}

static qi_value of_param(const qi_analysis *analysis, const PgQuery__ParamRef *param)
{
    size_t number = (size_t)param->number;
    if (analysis->in_view || number < 1 || number > analysis->param_count)
        return nothing_proven;
    const qi_param_fact *fact = &analysis->params[number - 1];
    return (qi_value){ .not_null = !fact->target_nullable, .class = fact->class };
}

static qi_value of_column(qi_reader *reader, const PgQuery__ColumnRef *ref)
{
    qi_scope *where = NULL;
    const qi_visible *visible = qi_null_find_column(reader->scope, ref, &where);
    if (!visible)
        return nothing_proven;
    /* A column of an outer query is seen after that query's grouping. */
    bool own = visible->leaf->query == reader->scope->query;
    return qi_null_visible_value(visible, own && reader->in_aggregate);
}

static qi_value of_cast(qi_reader *reader, const PgQuery__TypeCast *cast)
{
    qi_value value = qi_null_value(reader, cast->arg);
    qi_class class = qi_null_class_of_name(reader->analysis, cast->type_name);
    const qi_class document = QI_CLASS_TEXT | QI_CLASS_JSON | QI_CLASS_JSONB;
    bool not_null = value.not_null;
    /* A string is read by the type's input function, which cannot return NULL. */
    if (value.class != QI_CLASS_LITERAL && class != value.class) {
        if (class == QI_CLASS_UNKNOWN || value.class == QI_CLASS_UNKNOWN)
            not_null = false; /* the cast may be a function that a user wrote */
        else if (value.class == QI_CLASS_JSONB && !(class & document))
            not_null = false; /* from PostgreSQL 18 on, the JSON null becomes NULL */
        else if ((value.class & QI_CLASSES_STAMP) && class == QI_CLASS_TIME)
            not_null = false; /* infinity has no time of day */
    } else if (class == QI_CLASS_UNKNOWN && value.class == QI_CLASS_UNKNOWN) {
        not_null = false;
    }
    return (qi_value){ .not_null = not_null, .class = class };
}

static bool all_not_null(qi_reader *reader, PgQuery__Node *const *nodes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!qi_null_value(reader, nodes[i]).not_null)
            return false;
    return true;
}

/* COALESCE, GREATEST and LEAST return NULL only when all arguments are. */
static qi_value of_any(qi_reader *reader, PgQuery__Node *const *nodes, size_t count)
{
    qi_value result = { .class = QI_CLASS_LITERAL };
    for (size_t i = 0; i < count; i++) {
        qi_value value = qi_null_value(reader, nodes[i]);
        result.not_null = result.not_null || value.not_null;
        result.class = unite(result.class, value.class);
    }
    return result;
}

static qi_value of_case(qi_reader *reader, const PgQuery__CaseExpr *expr)
{
    qi_value result = { .class = QI_CLASS_LITERAL };
    if (expr->defresult)
        result = qi_null_value(reader, expr->defresult);
    for (size_t i = 0; i < expr->n_args; i++) {
        if (expr->args[i]->node_case != PG_QUERY__NODE__NODE_CASE_WHEN)
            return nothing_proven;
        qi_value value = qi_null_value(reader, expr->args[i]->case_when->result);
        result.not_null = result.not_null && value.not_null;
        result.class = unite(result.class, value.class);
    }
    return result;
}

static qi_value of_array(qi_reader *reader, const PgQuery__AArrayExpr *array)
{
    qi_class class = QI_CLASS_LITERAL;
    for (size_t i = 0; i < array->n_elements; i++)
        class = unite(class, qi_null_value(reader, array->elements[i]).class);
    return sure(class == QI_CLASS_UNKNOWN ? QI_CLASS_UNKNOWN : QI_CLASS_ARRAY);
}

/* x op ANY (SELECT ...), x op ALL (SELECT ...), with `=` when no operator is named. */
static bool compares(qi_reader *reader, const PgQuery__SubLink *link, const qi_rows *rows)
{
    const char *name =
        link->n_oper_name > 0 ? qi_null_plain_name(link->oper_name, link->n_oper_name) : "=";
    if (!name || rows->column_count != 1 || !rows->columns[0].value.not_null)
        return false;
    qi_value subject = qi_null_value(reader, link->testexpr);
    return qi_null_apply(name, subject, rows->columns[0].value, false).not_null;
}

static qi_value of_sublink(qi_reader *reader, const PgQuery__SubLink *link)
{
    qi_rows rows = { 0 };
    if (link->sub_link_type == PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK)
        return sure(QI_CLASS_BOOL);
    qi_null_statement(reader->analysis, reader->scope, link->subselect, &rows);
    bool one = !rows.opaque && rows.column_count == 1;
    switch (link->sub_link_type) {
    case PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK:
        return sure(one && rows.columns[0].value.class & QI_CLASSES_SCALAR ? QI_CLASS_ARRAY
                                                                           : QI_CLASS_UNKNOWN);
    case PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK:
        if (!one)
            return nothing_proven;
        return (qi_value){ .not_null =
                               rows.cardinality == QI_EXACTLY_ONE && rows.columns[0].value.not_null,
                           .class = rows.columns[0].value.class == QI_CLASS_LITERAL
                                        ? QI_CLASS_TEXT
                                        : rows.columns[0].value.class };
    case PG_QUERY__SUB_LINK_TYPE__ANY_SUBLINK:
    case PG_QUERY__SUB_LINK_TYPE__ALL_SUBLINK:
        return (qi_value){ .not_null = one && compares(reader, link, &rows),
                           .class = QI_CLASS_BOOL };
    default:
        return nothing_proven;
    }
}

static qi_value of_value_function(const PgQuery__SQLValueFunction *function)
{
    switch (function->op) {
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_DATE:
        return sure(QI_CLASS_DATE);
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP_N:
        return sure(QI_CLASS_TIMESTAMPTZ);
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP_N:
        return sure(QI_CLASS_TIMESTAMP);
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME_N:
        return sure(QI_CLASS_TIME);
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_SCHEMA: /* NULL: no schema in the path */
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SQLVALUE_FUNCTION_OP_UNDEFINED:
        return nothing_proven;
    default:
        return sure(QI_CLASS_UNKNOWN); /* current_user and the like, of type name; timetz */
    }
}

/* Grouping sets over expressions may blank any expression that is not made of aggregates alone. */
static bool may_be_blanked(const qi_reader *reader, const qi_node *node)
{
    if (!reader->scope->query || !reader->scope->query->grouping_opaque || reader->in_aggregate)
        return false;
    return node->node_case != PG_QUERY__NODE__NODE_FUNC_CALL &&
           node->node_case != PG_QUERY__NODE__NODE_A_CONST &&
           node->node_case != PG_QUERY__NODE__NODE_GROUPING_FUNC;
}

static qi_value of_boolean(qi_reader *reader, const PgQuery__BoolExpr *expr)
{
    return (qi_value){ .not_null = all_not_null(reader, expr->args, expr->n_args),
                       .class = QI_CLASS_BOOL };
}

static qi_value of_node(qi_reader *reader, const qi_node *node)
{
    switch (node->node_case) {
    case PG_QUERY__NODE__NODE_A_CONST:
        return of_constant(node->a_const);
    case PG_QUERY__NODE__NODE_PARAM_REF:
        return of_param(reader->analysis, node->param_ref);
    case PG_QUERY__NODE__NODE_COLUMN_REF:
        return of_column(reader, node->column_ref);
    case PG_QUERY__NODE__NODE_TYPE_CAST:
        return of_cast(reader, node->type_cast);
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
        return qi_null_value(reader, node->collate_clause->arg);
    case PG_QUERY__NODE__NODE_A_EXPR:
        return qi_null_operator(reader, node->a_expr);
    case PG_QUERY__NODE__NODE_BOOL_EXPR:
        return of_boolean(reader, node->bool_expr);
    case PG_QUERY__NODE__NODE_NULL_TEST:
    case PG_QUERY__NODE__NODE_BOOLEAN_TEST:
        return sure(QI_CLASS_BOOL);
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
        return of_any(reader, node->coalesce_expr->args, node->coalesce_expr->n_args);
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
        return of_any(reader, node->min_max_expr->args, node->min_max_expr->n_args);
    case PG_QUERY__NODE__NODE_CASE_EXPR:
        return of_case(reader, node->case_expr);
    case PG_QUERY__NODE__NODE_SUB_LINK:
        return of_sublink(reader, node->sub_link);
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
        return of_array(reader, node->a_array_expr);
    case PG_QUERY__NODE__NODE_ROW_EXPR:
        return sure(QI_CLASS_UNKNOWN);
    case PG_QUERY__NODE__NODE_GROUPING_FUNC:
        return sure(QI_CLASS_INT);
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
        return of_value_function(node->sqlvalue_function);
    case PG_QUERY__NODE__NODE_FUNC_CALL:
        return qi_null_function(reader, node->func_call);
    default:
        return nothing_proven;
    }
}

qi_value qi_null_value(qi_reader *reader, const qi_node *node)
{
    qi_value value = nothing_proven;
    if (qi_null_enter(reader->analysis) && node) {
        value = of_node(reader, node);
        if (may_be_blanked(reader, node))
            value.not_null = false;
    }
    qi_null_leave(reader->analysis);
    return value;
}

/* x IN (a, b): compared with each. x BETWEEN a AND b: with both. */
static qi_value of_list(qi_reader *reader, const PgQuery__AExpr *expr)
{
    qi_value result = { .not_null = true, .class = QI_CLASS_BOOL };
    if (!expr->rexpr || expr->rexpr->node_case != PG_QUERY__NODE__NODE_LIST)
        return nothing_proven;
    qi_value subject = qi_null_value(reader, expr->lexpr);
    const PgQuery__List *list = expr->rexpr->list;
    for (size_t i = 0; i < list->n_items; i++) {
        qi_value item = qi_null_value(reader, list->items[i]);
        result.not_null = result.not_null && qi_null_apply("=", subject, item, false).not_null;
    }
    return result;
}

qi_value qi_null_operator(qi_reader *reader, const PgQuery__AExpr *expr)
{
    const char *name = qi_null_plain_name(expr->name, expr->n_name);
    switch (expr->kind) {
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP:
    case PG_QUERY__A__EXPR__KIND__AEXPR_LIKE:
    case PG_QUERY__A__EXPR__KIND__AEXPR_ILIKE: {
        if (!name || !expr->rexpr)
            return nothing_proven;
        qi_value left = expr->lexpr ? qi_null_value(reader, expr->lexpr) : nothing_proven;
        return qi_null_apply(name, left, qi_null_value(reader, expr->rexpr), !expr->lexpr);
    }
    case PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT:
        return sure(QI_CLASS_BOOL);
    case PG_QUERY__A__EXPR__KIND__AEXPR_IN:
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN:
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN_SYM:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN_SYM:
        return of_list(reader, expr);
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY:
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL: /* elements of an array may be NULL */
    case PG_QUERY__A__EXPR__KIND__AEXPR_SIMILAR:
        return (qi_value){ .class = QI_CLASS_BOOL };
    case PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF:
        return (qi_value){ .class = qi_null_value(reader, expr->lexpr).class };
    default:
        return nothing_proven;
    }
}
