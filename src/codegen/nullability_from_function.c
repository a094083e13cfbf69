/*
 * Functions in FROM. Listed ones return one row a call result, of known columns; of others not even the
 * columns are known, as they depend on the function's declaration.
 */
#include "codegen/nullability_internal.h"

#include <string.h>

typedef struct set_function {
    const char *name;
    const char *first; /* column names; NULL: the alias, or the function's own */
    const char *second;
    qi_class first_class;
    qi_class second_class;
    bool first_not_null;
    bool second_not_null;
} set_function;

static const set_function set_functions[] = {
    { "generate_series", NULL, NULL, QI_CLASS_UNKNOWN, 0, true, false },
    { "generate_subscripts", NULL, NULL, QI_CLASS_INT, 0, true, false },
    { "regexp_split_to_table", NULL, NULL, QI_CLASS_TEXT, 0, true, false },
    { "json_object_keys", NULL, NULL, QI_CLASS_TEXT, 0, true, false },
    { "jsonb_object_keys", NULL, NULL, QI_CLASS_TEXT, 0, true, false },
    { "json_array_elements", "value", NULL, QI_CLASS_JSON, 0, true, false },
    { "jsonb_array_elements", "value", NULL, QI_CLASS_JSONB, 0, true, false },
    { "json_array_elements_text", "value", NULL, QI_CLASS_TEXT, 0, false, false },
    { "jsonb_array_elements_text", "value", NULL, QI_CLASS_TEXT, 0, false, false },
    { "json_each", "key", "value", QI_CLASS_TEXT, QI_CLASS_JSON, true, true },
    { "jsonb_each", "key", "value", QI_CLASS_TEXT, QI_CLASS_JSONB, true, true },
    { "json_each_text", "key", "value", QI_CLASS_TEXT, QI_CLASS_TEXT, true, false },
    { "jsonb_each_text", "key", "value", QI_CLASS_TEXT, QI_CLASS_TEXT, true, false },
    { "unnest", NULL, NULL, QI_CLASS_UNKNOWN, 0, false, false },
};

/* The only call of an item; NULL: ROWS FROM of several, a column list, or no plain call. */
static const PgQuery__FuncCall *only_call(const PgQuery__RangeFunction *range)
{
    if (range->n_functions != 1 || range->n_coldeflist > 0 ||
        range->functions[0]->node_case != PG_QUERY__NODE__NODE_LIST)
        return NULL;
    const PgQuery__List *parts = range->functions[0]->list;
    if (parts->n_items < 1 || parts->items[0]->node_case != PG_QUERY__NODE__NODE_FUNC_CALL)
        return NULL;
    if (parts->n_items > 1 && parts->items[1]->node_case != PG_QUERY__NODE__NODE__NOT_SET)
        return NULL;
    return parts->items[0]->func_call;
}

static const set_function *find_function(const qi_analysis *analysis, const PgQuery__FuncCall *call)
{
    const char *name = qi_null_plain_name(call->funcname, call->n_funcname);
    if (!name || call->func_variadic ||
        (call->n_funcname == 1 && qi_null_is_user_function(analysis, name)))
        return NULL;
    for (size_t i = 0; i < sizeof set_functions / sizeof *set_functions; i++)
        if (strcmp(set_functions[i].name, name) == 0)
            return &set_functions[i];
    return NULL;
}

static void name_leaf(qi_leaf *leaf, const set_function *function, const char *first)
{
    leaf->columns[0] = (qi_leaf_column){ .name = first,
                                         .class = function->first_class,
                                         .not_null = function->first_not_null };
    if (function->second)
        leaf->columns[1] = (qi_leaf_column){ .name = function->second,
                                             .class = function->second_class,
                                             .not_null = function->second_not_null };
}

static qi_leaf *leaf_of_call(qi_analysis *analysis, qi_scope *scope,
                             const PgQuery__RangeFunction *range, const PgQuery__FuncCall *call)
{
    const set_function *function = find_function(analysis, call);
    qi_reader reader = { .analysis = analysis, .scope = scope };
    if (!function)
        return NULL;
    qi_value argument = { 0 };
    if (call->n_args > 0)
        argument = qi_null_value(&reader, call->args[0]);
    /* An array of composites has one column each for their fields; several arrays, one each. */
    if (strcmp(function->name, "unnest") == 0 &&
        (argument.class != QI_CLASS_ARRAY || call->n_args != 1))
        return NULL;
    const char *alias = range->alias ? range->alias->aliasname : NULL;
    const char *first = function->first ? function->first : alias ? alias : function->name;
    size_t own = function->second ? 2 : 1;
    qi_leaf *leaf = qi_null_add_leaf(analysis, scope, own + (range->ordinality ? 1 : 0));
    if (!leaf)
        return NULL;
    name_leaf(leaf, function, first);
    if (strcmp(function->name, "generate_series") == 0 &&
        (argument.class == QI_CLASS_INT || argument.class == QI_CLASS_TIMESTAMP ||
         argument.class == QI_CLASS_TIMESTAMPTZ))
        leaf->columns[0].class = argument.class;
    if (range->ordinality)
        leaf->columns[own] =
            (qi_leaf_column){ .name = "ordinality", .class = QI_CLASS_INT, .not_null = true };
    return leaf;
}

/* function(...) AS alias (name type, ...): the list is all of it. */
static qi_leaf *leaf_of_definitions(qi_analysis *analysis, qi_scope *scope,
                                    const PgQuery__RangeFunction *range)
{
    if (range->n_functions != 1 || range->n_coldeflist == 0 || range->ordinality)
        return NULL;
    qi_leaf *leaf = qi_null_add_leaf(analysis, scope, range->n_coldeflist);
    for (size_t i = 0; leaf && i < range->n_coldeflist; i++) {
        if (range->coldeflist[i]->node_case != PG_QUERY__NODE__NODE_COLUMN_DEF)
            continue;
        const PgQuery__ColumnDef *column = range->coldeflist[i]->column_def;
        leaf->columns[i].name = column->colname;
        leaf->columns[i].class = qi_null_class_of_name(analysis, column->type_name);
    }
    return leaf;
}

static qi_leaf *leaf_of_unknown(qi_analysis *analysis, qi_scope *scope)
{
    qi_leaf *leaf = qi_null_add_leaf(analysis, scope, 0);
    if (leaf)
        leaf->opaque = true;
    return leaf;
}

/* The name of an item without an alias: its function's. */
static const char *item_name(const PgQuery__RangeFunction *range)
{
    const PgQuery__FuncCall *call = only_call(range);
    return call && call->n_funcname > 0 ? qi_null_text(call->funcname[call->n_funcname - 1]) : NULL;
}

void qi_null_from_function(qi_analysis *analysis, qi_scope *scope,
                           const PgQuery__RangeFunction *range)
{
    const PgQuery__FuncCall *call = only_call(range);
    qi_leaf *leaf = call ? leaf_of_call(analysis, scope, range, call)
                         : leaf_of_definitions(analysis, scope, range);
    if (!leaf)
        leaf = leaf_of_unknown(analysis, scope);
    if (leaf)
        qi_null_show_leaf(analysis, scope, leaf, item_name(range), range->alias);
}

void qi_null_from_table_function(qi_analysis *analysis, qi_scope *scope,
                                 const PgQuery__RangeTableFunc *range)
{
    qi_leaf *leaf = qi_null_add_leaf(analysis, scope, range->n_columns);
    for (size_t i = 0; leaf && i < range->n_columns; i++)
        if (range->columns[i]->node_case == PG_QUERY__NODE__NODE_RANGE_TABLE_FUNC_COL)
            leaf->columns[i].name = range->columns[i]->range_table_func_col->colname;
    if (leaf)
        qi_null_show_leaf(analysis, scope, leaf, "xmltable", range->alias);
}
