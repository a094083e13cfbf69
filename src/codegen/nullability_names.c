/*
 * How the server names a column that has no AS (FigureColname of parse_target.c): subqueries show
 * their columns under these names. Where the rule is not followed here, the name is unknown, and the
 * relation that gets it is opaque.
 */
#include "codegen/nullability_internal.h"

#include <string.h>

/* Strength 2: a good name; 1: a poor one, that a cast's type or ELSE may replace; 0: none. */
typedef struct figured {
    const char *name;
    int strength;
    bool unknown;
} figured;

static figured figure(qi_reader *reader, const qi_node *node);

static figured good(const char *name)
{
    return (figured){ .name = name, .strength = 2, .unknown = !name };
}

static figured none(void)
{
    return (figured){ 0 };
}

static const char *last_text(PgQuery__Node *const *names, size_t count)
{
    for (size_t i = count; i > 0; i--)
        if (qi_null_text(names[i - 1]))
            return qi_null_text(names[i - 1]);
    return NULL;
}

static figured of_cast(qi_reader *reader, const PgQuery__TypeCast *cast)
{
    figured inner = figure(reader, cast->arg);
    if (inner.strength > 1 || inner.unknown || !cast->type_name)
        return inner;
    const char *type = last_text(cast->type_name->names, cast->type_name->n_names);
    return (figured){ .name = type, .strength = 1, .unknown = !type };
}

static figured of_case(qi_reader *reader, const PgQuery__CaseExpr *expr)
{
    figured inner = expr->defresult ? figure(reader, expr->defresult) : none();
    if (inner.strength > 1 || inner.unknown)
        return inner;
    return (figured){ .name = "case", .strength = 1 };
}

static figured of_sublink(qi_reader *reader, const PgQuery__SubLink *link)
{
    switch (link->sub_link_type) {
    case PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK:
        return good("exists");
    case PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK:
        return good("array");
    case PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK: {
        qi_rows rows = { 0 };
        qi_null_statement(reader->analysis, reader->scope, link->subselect, &rows);
        if (rows.opaque || rows.column_count != 1)
            return (figured){ .unknown = true };
        return good(rows.columns[0].name);
    }
    default:
        return none();
    }
}

static const char *of_value_function(PgQuery__SQLValueFunctionOp op)
{
    static const char *const names[] = {
        NULL,
        "current_date",
        "current_time",
        "current_time",
        "current_timestamp",
        "current_timestamp",
        "localtime",
        "localtime",
        "localtimestamp",
        "localtimestamp",
        "current_role",
        "current_user",
        "user",
        "session_user",
        "current_catalog",
        "current_schema",
    };
    size_t index = (size_t)op;
    return index < sizeof names / sizeof *names ? names[index] : NULL;
}

static figured of_reference(const PgQuery__ColumnRef *ref)
{
    const char *name = last_text(ref->fields, ref->n_fields);
    return name && !qi_null_is_star(ref) ? good(name) : none();
}

static figured of_indirection(qi_reader *reader, const PgQuery__AIndirection *indirection)
{
    const char *name = last_text(indirection->indirection, indirection->n_indirection);
    return name ? good(name) : figure(reader, indirection->arg);
}

static figured figure(qi_reader *reader, const qi_node *node)
{
    switch (node ? node->node_case : PG_QUERY__NODE__NODE__NOT_SET) {
    case PG_QUERY__NODE__NODE_COLUMN_REF:
        return of_reference(node->column_ref);
    case PG_QUERY__NODE__NODE_A_INDIRECTION:
        return of_indirection(reader, node->a_indirection);
    case PG_QUERY__NODE__NODE_FUNC_CALL:
        return good(last_text(node->func_call->funcname, node->func_call->n_funcname));
    case PG_QUERY__NODE__NODE_A_EXPR:
        return node->a_expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF ? good("nullif")
                                                                           : none();
    case PG_QUERY__NODE__NODE_TYPE_CAST:
        return of_cast(reader, node->type_cast);
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
        return figure(reader, node->collate_clause->arg);
    case PG_QUERY__NODE__NODE_GROUPING_FUNC:
        return good("grouping");
    case PG_QUERY__NODE__NODE_SUB_LINK:
        return of_sublink(reader, node->sub_link);
    case PG_QUERY__NODE__NODE_CASE_EXPR:
        return of_case(reader, node->case_expr);
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
        return good("array");
    case PG_QUERY__NODE__NODE_ROW_EXPR:
        return good("row");
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
        return good("coalesce");
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
        return good(node->min_max_expr->op == PG_QUERY__MIN_MAX_OP__IS_GREATEST ? "greatest"
                                                                                : "least");
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
        return good(of_value_function(node->sqlvalue_function->op));
    case PG_QUERY__NODE__NODE_A_CONST:
    case PG_QUERY__NODE__NODE_PARAM_REF:
    case PG_QUERY__NODE__NODE_BOOL_EXPR:
    case PG_QUERY__NODE__NODE_NULL_TEST:
    case PG_QUERY__NODE__NODE_BOOLEAN_TEST:
        return none();
    default:
        return (figured){ .unknown = true };
    }
}

const char *qi_null_column_name(qi_reader *reader, const PgQuery__ResTarget *target)
{
    if (target->name && *target->name)
        return target->name;
    figured result = figure(reader, target->val);
    if (result.unknown)
        return NULL;
    return result.name ? result.name : "?column?";
}
