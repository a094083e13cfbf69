/*
 * Aggregates and window functions. An aggregate other than count is NULL over no rows, so it needs a
 * GROUP BY whose groups hold a row each, and no FILTER; most also need an argument that is not NULL.
 */
#include "codegen/nullability_internal.h"

#include <string.h>

typedef enum aggregate_trust {
    COUNTS,   /* never NULL */
    COLLECTS, /* not NULL over any row, even one that is NULL itself */
    REDUCES,  /* not NULL over a value that is not NULL */
    FRAGILE   /* NULL over a single row, or an argument decides in another way */
} aggregate_trust;

typedef struct aggregate_row {
    const char *name;
    aggregate_trust trust;
    qi_class takes;  /* of the argument; for COLLECTS and COUNTS any */
    qi_class result; /* 0: the argument's */
} aggregate_row;

static const aggregate_row aggregates[] = {
    { "count", COUNTS, 0, QI_CLASS_INT },
    { "regr_count", COUNTS, 0, QI_CLASS_INT },
    { "sum", REDUCES, QI_CLASSES_NUMBER | QI_CLASS_INTERVAL | QI_CLASS_MONEY, 0 },
    { "avg", REDUCES, QI_CLASSES_NUMBER | QI_CLASS_INTERVAL, 0 },
    { "min", REDUCES, QI_CLASSES_SCALAR | QI_CLASS_ARRAY, 0 },
    { "max", REDUCES, QI_CLASSES_SCALAR | QI_CLASS_ARRAY, 0 },
    { "bool_and", REDUCES, QI_CLASS_BOOL, 0 },
    { "bool_or", REDUCES, QI_CLASS_BOOL, 0 },
    { "every", REDUCES, QI_CLASS_BOOL, 0 },
    { "bit_and", REDUCES, QI_CLASS_INT, 0 },
    { "bit_or", REDUCES, QI_CLASS_INT, 0 },
    { "bit_xor", REDUCES, QI_CLASS_INT, 0 },
    { "string_agg", REDUCES, QI_CLASS_TEXT | QI_CLASS_BYTES, 0 },
    { "any_value", REDUCES, QI_CLASSES_KNOWN, 0 },
    { "array_agg", COLLECTS, 0, QI_CLASS_ARRAY },
    { "json_agg", COLLECTS, 0, QI_CLASS_JSON },
    { "jsonb_agg", COLLECTS, 0, QI_CLASS_JSONB },
    { "json_object_agg", COLLECTS, 0, QI_CLASS_JSON },
    { "jsonb_object_agg", COLLECTS, 0, QI_CLASS_JSONB },
    { "stddev", FRAGILE, 0, 0 },
    { "stddev_pop", FRAGILE, 0, 0 },
    { "stddev_samp", FRAGILE, 0, 0 },
    { "variance", FRAGILE, 0, 0 },
    { "var_pop", FRAGILE, 0, 0 },
    { "var_samp", FRAGILE, 0, 0 },
    { "corr", FRAGILE, 0, 0 },
    { "covar_pop", FRAGILE, 0, 0 },
    { "covar_samp", FRAGILE, 0, 0 },
    { "regr_avgx", FRAGILE, 0, 0 },
    { "regr_avgy", FRAGILE, 0, 0 },
    { "regr_intercept", FRAGILE, 0, 0 },
    { "regr_r2", FRAGILE, 0, 0 },
    { "regr_slope", FRAGILE, 0, 0 },
    { "regr_sxx", FRAGILE, 0, 0 },
    { "regr_sxy", FRAGILE, 0, 0 },
    { "regr_syy", FRAGILE, 0, 0 },
    { "range_agg", FRAGILE, 0, 0 },
    { "range_intersect_agg", FRAGILE, 0, 0 },
    { "xmlagg", FRAGILE, 0, 0 },
    { "mode", FRAGILE, 0, 0 },
    { "percentile_cont", FRAGILE, 0, 0 },
    { "percentile_disc", FRAGILE, 0, 0 },
};

static const aggregate_row *find_aggregate(const char *name)
{
    for (size_t i = 0; i < sizeof aggregates / sizeof *aggregates; i++)
        if (strcmp(aggregates[i].name, name) == 0)
            return &aggregates[i];
    return NULL;
}

bool qi_null_is_aggregate_name(const char *name)
{
    return find_aggregate(name) != NULL;
}

bool qi_null_is_aggregate(const qi_analysis *analysis, const PgQuery__FuncCall *call)
{
    const char *name = qi_null_plain_name(call->funcname, call->n_funcname);
    return name && !call->over && qi_null_is_aggregate_name(name) &&
           (call->n_funcname == 2 || !qi_null_is_user_function(analysis, name));
}

/* How the columns below an aggregate relate to its query. */
typedef struct level_search {
    qi_reader *reader;
    bool own;     /* a column of this query */
    bool foreign; /* one of an outer query, of a subquery in the argument, or unknown */
} level_search;

static bool visit_level(void *context, const ProtobufCMessage *message)
{
    level_search *search = context;
    if (message->descriptor == &pg_query__sub_link__descriptor) {
        search->foreign = true; /* whose columns it uses is not followed */
        return false;
    }
    if (message->descriptor != &pg_query__column_ref__descriptor)
        return true;
    qi_scope *where = NULL;
    const PgQuery__ColumnRef *ref = (const PgQuery__ColumnRef *)message;
    const qi_visible *visible = qi_null_find_column(search->reader->scope, ref, &where);
    if (visible && visible->leaf->query == search->reader->scope->query)
        search->own = true;
    else
        search->foreign = true;
    return true;
}

/*
 * The server gives an aggregate to the innermost query whose columns it uses, and to the one where it
 * stands when it uses none. Where only columns of others are found, it is not ours for certain.
 */
bool qi_null_is_local_aggregate(qi_reader *reader, const PgQuery__FuncCall *call)
{
    level_search search = { .reader = reader };
    for (size_t i = 0; i < call->n_args; i++)
        if (!qi_null_walk(&call->args[i]->base, visit_level, &search))
            return false;
    return search.own || !search.foreign;
}

static qi_class result_class(const aggregate_row *row, qi_value argument)
{
    if (row->result == QI_CLASS_ARRAY)
        return argument.class & QI_CLASSES_SCALAR ? QI_CLASS_ARRAY : QI_CLASS_UNKNOWN;
    if (row->result)
        return row->result;
    if (argument.class == QI_CLASS_LITERAL)
        return QI_CLASS_UNKNOWN;
    /* sum and avg of integers are numeric, or bigint: any exact number will do here. */
    return argument.class;
}

static bool takes(const aggregate_row *row, qi_class class)
{
    return class != QI_CLASS_UNKNOWN && (row->takes & class) == class;
}

/* `fed`: there is a row for certain. */
static qi_value reduce(const aggregate_row *row, const PgQuery__FuncCall *call, qi_value argument,
                       bool fed)
{
    qi_value value = { .class =
                           row->trust == FRAGILE ? QI_CLASS_UNKNOWN : result_class(row, argument) };
    if (row->trust == COUNTS)
        value.not_null = true;
    else if (!fed || call->agg_filter || call->func_variadic || call->n_args == 0)
        value.not_null = false;
    else if (row->trust == COLLECTS)
        value.not_null = true;
    else if (row->trust == REDUCES)
        value.not_null = argument.not_null && takes(row, argument.class);
    return value;
}

qi_value qi_null_aggregate(qi_reader *reader, const PgQuery__FuncCall *call)
{
    const char *name = qi_null_plain_name(call->funcname, call->n_funcname);
    const aggregate_row *row = name ? find_aggregate(name) : NULL;
    const qi_query *query = reader->scope->query;
    if (!row || call->agg_within_group || !query)
        return (qi_value){ 0 };
    bool local = qi_null_is_local_aggregate(reader, call);
    qi_reader before = *reader;
    before.in_aggregate = true;
    qi_value argument = { 0 };
    if (call->n_args > 0)
        argument = qi_null_value(&before, call->args[0]);
    return reduce(row, call, argument, local && query->grouped);
}

/* The definition that OVER means, with the frame that counts; NULL: not found. */
static const PgQuery__WindowDef *find_window(const qi_query *query, const PgQuery__WindowDef *over)
{
    if (!over->name || !*over->name)
        return over;
    for (size_t i = 0; i < query->window_count; i++) {
        const qi_node *node = query->windows[i];
        if (node->node_case == PG_QUERY__NODE__NODE_WINDOW_DEF && node->window_def->name &&
            strcmp(node->window_def->name, over->name) == 0)
            return node->window_def;
    }
    return NULL;
}

enum { FRAME_NOT_DEFAULT = 1 }; /* FRAMEOPTION_NONDEFAULT of parsenodes.h */

/* Whether each row's frame holds at least the row itself: true for the frame nobody wrote. */
static bool has_full_frame(const qi_query *query, const PgQuery__WindowDef *over)
{
    const PgQuery__WindowDef *window = query ? find_window(query, over) : NULL;
    if (!window || (window->frame_options & FRAME_NOT_DEFAULT))
        return false;
    return !window->start_offset && !window->end_offset;
}

typedef enum window_trust { RANKS, TILES, SHIFTS, PICKS, LOSES } window_trust;

typedef struct window_row {
    const char *name;
    window_trust trust;
    qi_class result; /* 0: the argument's */
} window_row;

static const window_row windows[] = {
    { "row_number", RANKS, QI_CLASS_INT },
    { "rank", RANKS, QI_CLASS_INT },
    { "dense_rank", RANKS, QI_CLASS_INT },
    { "percent_rank", RANKS, QI_CLASS_FLOAT },
    { "cume_dist", RANKS, QI_CLASS_FLOAT },
    { "ntile", TILES, QI_CLASS_INT },
    { "lag", SHIFTS, 0 },
    { "lead", SHIFTS, 0 },
    { "first_value", PICKS, 0 },
    { "last_value", PICKS, 0 },
    { "nth_value", LOSES, 0 },
};

static qi_value of_window_function(qi_reader *reader, const PgQuery__FuncCall *call,
                                   const window_row *row)
{
    bool all = true;
    qi_value first = { 0 };
    for (size_t i = 0; i < call->n_args; i++) {
        qi_value value = qi_null_value(reader, call->args[i]);
        first = i == 0 ? value : first;
        all = all && value.not_null;
    }
    qi_value result = { .class = row->result ? row->result : first.class };
    switch (row->trust) {
    case RANKS:
        result.not_null = true;
        break;
    case TILES:
        result.not_null = all;
        break;
    case SHIFTS: /* with a default for what lies outside the partition */
        result.not_null = all && call->n_args == 3;
        break;
    case PICKS:
        result.not_null = all && has_full_frame(reader->scope->query, call->over);
        break;
    case LOSES:
        break;
    }
    return result;
}

qi_value qi_null_window(qi_reader *reader, const PgQuery__FuncCall *call)
{
    const char *name = qi_null_plain_name(call->funcname, call->n_funcname);
    for (size_t i = 0; name && i < sizeof windows / sizeof *windows; i++)
        if (strcmp(windows[i].name, name) == 0)
            return of_window_function(reader, call, &windows[i]);
    const aggregate_row *row = name ? find_aggregate(name) : NULL;
    if (!row)
        return (qi_value){ 0 };
    qi_value argument = { 0 };
    if (call->n_args > 0)
        argument = qi_null_value(reader, call->args[0]);
    return reduce(row, call, argument, has_full_frame(reader->scope->query, call->over));
}
