/*
 * Functions. A row says what is known of a family of pg_proc rows of pg_catalog:
 *   total   strict, and no NULL for arguments that are not NULL (what the server's source says of
 *           PG_RETURN_NULL in each);
 *   lenient no NULL for arguments that are not NULL, but perhaps none for NULLs either;
 *   strict  NULL for a NULL argument, but also otherwise;
 *   never   no NULL at all.
 * Left out on purpose: to_char of a time (NULL for infinity and for an empty format), to_number,
 * extract of most fields (NULL for infinity), substring with a pattern, array_length, array_position,
 * scale and min_scale (NULL for NaN), lower and upper of ranges, current_setting, current_schema.
 */
#include "codegen/nullability_internal.h"

#include <string.h>

typedef enum trust { TOTAL, LENIENT, STRICT, NEVER } trust;

typedef struct function_row {
    const char *names;            /* separated by spaces, with one at both ends */
    qi_class first, second, rest; /* what arguments may be; 0: none there */
    size_t least, most;
    qi_class result;
    trust trust;
} function_row;

#define TEXT QI_CLASS_TEXT
#define INT QI_CLASS_INT
#define BYTES QI_CLASS_BYTES
#define NUMBER QI_CLASSES_NUMBER
#define STAMP QI_CLASSES_STAMP
#define ARRAY QI_CLASS_ARRAY
#define JSON QI_CLASS_JSON
#define JSONB QI_CLASS_JSONB
#define VECTOR QI_CLASS_VECTOR
#define SEARCH QI_CLASS_SEARCH
#define INTERVAL QI_CLASS_INTERVAL
#define ANY (QI_CLASSES_KNOWN | QI_CLASS_LITERAL)
#define RESULT_FIRST ((qi_class)1 << 31)     /* of the first argument */
#define REAL_INT (INT | ((qi_class)1 << 31)) /* no literal: with text it is another function */

static const function_row functions[] = {
    { " lower upper initcap reverse quote_ident ", TEXT, 0, 0, 1, 1, TEXT, TOTAL },
    { " length char_length character_length octet_length bit_length ascii ", TEXT, 0, 0, 1, 1, INT,
      TOTAL },
    { " length octet_length bit_length ", BYTES, 0, 0, 1, 1, INT, TOTAL },
    { " md5 ", TEXT | BYTES, 0, 0, 1, 1, TEXT, TOTAL },
    { " sha224 sha256 sha384 sha512 ", BYTES, 0, 0, 1, 1, BYTES, TOTAL },
    { " btrim ltrim rtrim ", TEXT, TEXT, 0, 1, 2, TEXT, TOTAL },
    { " replace translate ", TEXT, TEXT, TEXT, 3, 3, TEXT, TOTAL },
    { " regexp_replace ", TEXT, TEXT, TEXT, 3, 4, TEXT, TOTAL },
    { " left right repeat ", TEXT, INT, 0, 2, 2, TEXT, TOTAL },
    { " lpad rpad ", TEXT, INT, TEXT, 2, 3, TEXT, TOTAL },
    { " substr ", TEXT, INT, INT, 2, 3, TEXT, TOTAL },
    { " substr ", BYTES, INT, INT, 2, 3, BYTES, TOTAL },
    { " substring ", TEXT, REAL_INT, INT, 2, 3, TEXT, TOTAL },
    { " substring ", BYTES, REAL_INT, INT, 2, 3, BYTES, TOTAL },
    { " substring ", TEXT, TEXT, TEXT, 2, 3, TEXT, STRICT },
    { " strpos position ", TEXT, TEXT, 0, 2, 2, INT, TOTAL },
    { " split_part ", TEXT, TEXT, INT, 3, 3, TEXT, TOTAL },
    { " starts_with ", TEXT, TEXT, 0, 2, 2, QI_CLASS_BOOL, TOTAL },
    { " chr to_hex ", INT, 0, 0, 1, 1, TEXT, TOTAL },
    { " encode ", BYTES, TEXT, 0, 2, 2, TEXT, TOTAL },
    { " decode ", TEXT, TEXT, 0, 2, 2, BYTES, TOTAL },
    { " quote_literal ", ANY, 0, 0, 1, 1, TEXT, TOTAL },
    { " quote_nullable ", ANY, 0, 0, 1, 1, TEXT, NEVER },
    { " regexp_split_to_array ", TEXT, TEXT, 0, 2, 2, ARRAY, TOTAL },
    { " string_to_array ", TEXT, TEXT, 0, 2, 2, ARRAY, LENIENT },
    { " array_to_string ", ARRAY, TEXT, 0, 2, 2, TEXT, TOTAL },
    { " regexp_match ", TEXT, TEXT, TEXT, 2, 3, ARRAY, STRICT },
    { " to_char ", STAMP | INTERVAL, TEXT, 0, 2, 2, TEXT, STRICT },
    { " to_char ", NUMBER, TEXT, 0, 2, 2, TEXT, TOTAL },
    { " to_number ", TEXT, TEXT, 0, 2, 2, QI_CLASS_NUMERIC, STRICT },
    { " to_date ", TEXT, TEXT, 0, 2, 2, QI_CLASS_DATE, TOTAL },
    { " to_timestamp ", TEXT, TEXT, 0, 2, 2, QI_CLASS_TIMESTAMPTZ, TOTAL },
    { " to_timestamp ", NUMBER, 0, 0, 1, 1, QI_CLASS_TIMESTAMPTZ, TOTAL },

    { " abs ceil ceiling floor sign ", NUMBER, 0, 0, 1, 1, RESULT_FIRST, TOTAL },
    { " round trunc ", NUMBER, 0, 0, 1, 1, RESULT_FIRST, TOTAL },
    { " round trunc ", INT | QI_CLASS_NUMERIC, INT, 0, 2, 2, QI_CLASS_NUMERIC, TOTAL },
    { " mod div gcd lcm ", INT | QI_CLASS_NUMERIC, INT | QI_CLASS_NUMERIC, 0, 2, 2,
      QI_CLASS_NUMERIC, TOTAL },
    { " sqrt exp ln log log10 ", NUMBER, 0, 0, 1, 1, QI_CLASS_FLOAT, TOTAL },
    { " cbrt degrees radians sin cos tan asin acos atan ", NUMBER, 0, 0, 1, 1, QI_CLASS_FLOAT,
      TOTAL },
    { " power pow atan2 ", NUMBER, NUMBER, 0, 2, 2, QI_CLASS_FLOAT, TOTAL },
    { " log ", INT | QI_CLASS_NUMERIC, INT | QI_CLASS_NUMERIC, 0, 2, 2, QI_CLASS_NUMERIC, TOTAL },
    { " random pi ", 0, 0, 0, 0, 0, QI_CLASS_FLOAT, NEVER },

    { " now transaction_timestamp statement_timestamp clock_timestamp ", 0, 0, 0, 0, 0,
      QI_CLASS_TIMESTAMPTZ, NEVER },
    { " gen_random_uuid ", 0, 0, 0, 0, 0, QI_CLASS_UUID, NEVER },
    { " timeofday version ", 0, 0, 0, 0, 0, TEXT, NEVER },
    { " current_database ", 0, 0, 0, 0, 0, QI_CLASS_UNKNOWN, NEVER },
    { " pg_backend_pid ", 0, 0, 0, 0, 0, INT, NEVER },
    { " nextval ", QI_CLASS_LITERAL, 0, 0, 1, 1, INT, TOTAL },
    { " date_trunc ", TEXT, STAMP, 0, 2, 2, QI_CLASS_UNKNOWN, TOTAL },
    { " date_trunc ", TEXT, QI_CLASS_TIMESTAMP, 0, 2, 2, QI_CLASS_TIMESTAMP, TOTAL },
    { " date_trunc ", TEXT, QI_CLASS_TIMESTAMPTZ, TEXT, 2, 3, QI_CLASS_TIMESTAMPTZ, TOTAL },
    { " date_trunc ", TEXT, INTERVAL, 0, 2, 2, INTERVAL, TOTAL },
    { " extract date_part ", TEXT, STAMP | INTERVAL, 0, 2, 2, QI_CLASS_NUMERIC, STRICT },
    { " extract date_part ", TEXT, QI_CLASS_TIME, 0, 2, 2, QI_CLASS_NUMERIC, TOTAL },
    { " age ", STAMP, STAMP, 0, 1, 2, INTERVAL, TOTAL },
    { " isfinite ", STAMP | INTERVAL, 0, 0, 1, 1, QI_CLASS_BOOL, TOTAL },
    { " justify_days justify_hours justify_interval ", INTERVAL, 0, 0, 1, 1, INTERVAL, TOTAL },
    { " timezone ", TEXT | INTERVAL, QI_CLASS_TIMESTAMP, 0, 2, 2, QI_CLASS_TIMESTAMPTZ, TOTAL },
    { " timezone ", TEXT | INTERVAL, QI_CLASS_TIMESTAMPTZ, 0, 2, 2, QI_CLASS_TIMESTAMP, TOTAL },
    { " make_date ", INT, INT, INT, 3, 3, QI_CLASS_DATE, TOTAL },
    { " make_interval ", NUMBER, NUMBER, NUMBER, 0, 7, INTERVAL, TOTAL },
    { " make_timestamp ", INT, INT, NUMBER, 6, 6, QI_CLASS_TIMESTAMP, TOTAL },

    { " cardinality ", ARRAY, 0, 0, 1, 1, INT, TOTAL },
    { " array_length array_lower array_upper ", ARRAY, INT, 0, 2, 2, INT, STRICT },
    { " array_positions ", ARRAY, QI_CLASSES_SCALAR | QI_CLASS_LITERAL, 0, 2, 2, ARRAY, LENIENT },
    { " array_append ", ARRAY, ANY, 0, 2, 2, ARRAY, LENIENT },
    { " array_cat ", ARRAY, ARRAY, 0, 2, 2, ARRAY, LENIENT },

    { " to_json row_to_json array_to_json ", ANY, 0, 0, 1, 1, JSON, TOTAL },
    { " to_jsonb ", ANY, 0, 0, 1, 1, JSONB, TOTAL },
    { " json_typeof ", JSON, 0, 0, 1, 1, TEXT, TOTAL },
    { " jsonb_typeof jsonb_pretty ", JSONB, 0, 0, 1, 1, TEXT, TOTAL },
    { " json_array_length ", JSON, 0, 0, 1, 1, INT, TOTAL },
    { " jsonb_array_length ", JSONB, 0, 0, 1, 1, INT, TOTAL },
    { " jsonb_set jsonb_insert ", JSONB, ARRAY, JSONB | QI_CLASS_BOOL, 3, 4, JSONB, TOTAL },
    { " jsonb_strip_nulls ", JSONB, 0, 0, 1, 1, JSONB, TOTAL },

    { " to_tsvector ", TEXT, 0, 0, 1, 1, VECTOR, TOTAL },
    { " to_tsvector ", QI_CLASS_LITERAL, TEXT, 0, 2, 2, VECTOR, TOTAL },
    { " to_tsquery plainto_tsquery phraseto_tsquery websearch_to_tsquery ", TEXT, 0, 0, 1, 1,
      SEARCH, TOTAL },
    { " to_tsquery plainto_tsquery phraseto_tsquery websearch_to_tsquery ", QI_CLASS_LITERAL, TEXT,
      0, 2, 2, SEARCH, TOTAL },
    { " ts_rank ts_rank_cd ", VECTOR, SEARCH, INT, 2, 3, QI_CLASS_FLOAT, TOTAL },
};

/* Never NULL, whatever and however many the arguments are (without VARIADIC). */
typedef struct builder_row {
    const char *name;
    qi_class result;
} builder_row;

static const builder_row builders[] = {
    { "concat", TEXT },
    { "num_nulls", INT },
    { "num_nonnulls", INT },
    { "json_build_object", JSON },
    { "json_build_array", JSON },
    { "jsonb_build_object", JSONB },
    { "jsonb_build_array", JSONB },
};

static bool is_named(const char *names, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = strstr(names, name); at; at = strstr(at + 1, name))
        if (at > names && at[-1] == ' ' && at[length] == ' ')
            return true;
    return false;
}

static const builder_row *find_builder(const char *name)
{
    for (size_t i = 0; i < sizeof builders / sizeof *builders; i++)
        if (strcmp(builders[i].name, name) == 0)
            return &builders[i];
    return NULL;
}

/* The built-in name that a call means for certain; NULL when a user's function may be meant. */
static const char *built_in_name(const qi_analysis *analysis, const PgQuery__FuncCall *call)
{
    const char *name = qi_null_plain_name(call->funcname, call->n_funcname);
    if (!name || (call->n_funcname == 1 && qi_null_is_user_function(analysis, name)))
        return NULL;
    return name;
}

static bool is_plain_call(const PgQuery__FuncCall *call)
{
    if (call->over || call->agg_filter || call->n_agg_order || call->agg_within_group ||
        call->agg_star || call->agg_distinct || call->func_variadic)
        return false;
    for (size_t i = 0; i < call->n_args; i++)
        if (call->args[i]->node_case == PG_QUERY__NODE__NODE_NAMED_ARG_EXPR)
            return false;
    return true;
}

/*
 * A literal takes the type that the function wants. Rows that may return NULL stand before those of
 * the same name that do not, so that a literal which could be either finds them first.
 */
static bool argument_fits(qi_class wanted, qi_class class)
{
    if (class == QI_CLASS_LITERAL)
        return wanted != 0 && wanted != REAL_INT;
    return class != QI_CLASS_UNKNOWN && (wanted & class) == class;
}

static bool row_fits(const function_row *row, const char *name, const qi_value *args, size_t count)
{
    if (count < row->least || count > row->most || !is_named(row->names, name))
        return false;
    for (size_t i = 0; i < count; i++) {
        qi_class wanted = i == 0 ? row->first : i == 1 ? row->second : row->rest;
        if (!argument_fits(wanted, args[i].class))
            return false;
    }
    return true;
}

static const function_row *find_row(const char *name, const qi_value *args, size_t count)
{
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (row_fits(&functions[i], name, args, count))
            return &functions[i];
    return NULL;
}

/* extract(year from t): fields for which infinity has a value, infinity. */
static bool is_monotonic_field(const PgQuery__FuncCall *call, const char *name)
{
    static const char fields[] = " year epoch decade century millennium ";
    if (strcmp(name, "extract") != 0 && strcmp(name, "date_part") != 0)
        return false;
    const qi_node *field = call->args[0];
    return field->node_case == PG_QUERY__NODE__NODE_A_CONST &&
           field->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL &&
           is_named(fields, field->a_const->sval->sval);
}

static qi_value *read_arguments(qi_reader *reader, const PgQuery__FuncCall *call)
{
    qi_value *args = qi_null_new(reader->analysis, call->n_args, sizeof *args);
    for (size_t i = 0; args && i < call->n_args; i++)
        args[i] = qi_null_value(reader, call->args[i]);
    return args;
}

/* Where the first argument alone decides: a NULL among the others does not matter. */
static bool is_null_by_first(const char *name)
{
    return strcmp(name, "concat_ws") == 0 || strcmp(name, "format") == 0;
}

static qi_value of_row(const function_row *row, const PgQuery__FuncCall *call, const char *name,
                       const qi_value *args)
{
    qi_value value = { .not_null = row->trust != STRICT || is_monotonic_field(call, name) };
    value.class = row->result == RESULT_FIRST ? args[0].class : row->result;
    for (size_t i = 0; row->trust != NEVER && i < call->n_args; i++)
        value.not_null = value.not_null && args[i].not_null;
    return value;
}

/* Grouping sets over expressions may blank the call as a whole. */
static bool may_be_blanked(const qi_reader *reader)
{
    return reader->scope->query && reader->scope->query->grouping_opaque && !reader->in_aggregate;
}

qi_value qi_null_function(qi_reader *reader, const PgQuery__FuncCall *call)
{
    const qi_value nothing = { 0 };
    const char *name = built_in_name(reader->analysis, call);
    if (!name)
        return nothing;
    if (call->over)
        return may_be_blanked(reader) ? nothing : qi_null_window(reader, call);
    if (qi_null_is_aggregate_name(name))
        return qi_null_aggregate(reader, call);
    if (!is_plain_call(call) || may_be_blanked(reader))
        return nothing;
    const builder_row *builder = find_builder(name);
    if (builder)
        return (qi_value){ .not_null = true, .class = builder->result };
    qi_value *args = read_arguments(reader, call);
    if (!args)
        return nothing;
    if (is_null_by_first(name) && call->n_args > 0)
        return (qi_value){ .not_null = args[0].not_null, .class = TEXT };
    const function_row *row = find_row(name, args, call->n_args);
    return row ? of_row(row, call, name, args) : nothing;
}

bool qi_null_is_strict_function(qi_reader *reader, const PgQuery__FuncCall *call)
{
    const char *name = built_in_name(reader->analysis, call);
    if (!name || !is_plain_call(call) || qi_null_is_aggregate_name(name))
        return false;
    qi_value *args = read_arguments(reader, call);
    const function_row *row = args ? find_row(name, args, call->n_args) : NULL;
    return row && (row->trust == TOTAL || row->trust == STRICT);
}

bool qi_null_is_plain_function(qi_analysis *analysis, const PgQuery__FuncCall *call)
{
    const char *name = built_in_name(analysis, call);
    if (!name)
        return false;
    if (call->over || qi_null_is_aggregate_name(name) || find_builder(name) ||
        is_null_by_first(name))
        return true;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (is_named(functions[i].names, name))
            return true;
    return false;
}
