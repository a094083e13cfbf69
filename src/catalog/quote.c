#include "catalog/catalog.h"

#include <stdlib.h>
#include <string.h>

/*
 * Key words that PostgreSQL 13 to 18 does not take as a name of anything: all but the unreserved
 * ones of src/include/parser/kwlist.h. Sorted, for bsearch. One too many does no harm.
 */
static const char *const keywords[] = {
    "all",
    "analyse",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "authorization",
    "between",
    "bigint",
    "binary",
    "bit",
    "boolean",
    "both",
    "case",
    "cast",
    "char",
    "character",
    "check",
    "coalesce",
    "collate",
    "collation",
    "column",
    "concurrently",
    "constraint",
    "create",
    "cross",
    "current_catalog",
    "current_date",
    "current_role",
    "current_schema",
    "current_time",
    "current_timestamp",
    "current_user",
    "dec",
    "decimal",
    "default",
    "deferrable",
    "desc",
    "distinct",
    "do",
    "else",
    "end",
    "except",
    "exists",
    "extract",
    "false",
    "fetch",
    "float",
    "for",
    "foreign",
    "freeze",
    "from",
    "full",
    "grant",
    "greatest",
    "group",
    "grouping",
    "having",
    "ilike",
    "in",
    "initially",
    "inner",
    "inout",
    "int",
    "integer",
    "intersect",
    "interval",
    "into",
    "is",
    "isnull",
    "join",
    "json",
    "json_array",
    "json_arrayagg",
    "json_exists",
    "json_object",
    "json_objectagg",
    "json_query",
    "json_scalar",
    "json_serialize",
    "json_table",
    "json_value",
    "lateral",
    "leading",
    "least",
    "left",
    "like",
    "limit",
    "localtime",
    "localtimestamp",
    "merge_action",
    "national",
    "natural",
    "nchar",
    "none",
    "normalize",
    "not",
    "notnull",
    "null",
    "nullif",
    "numeric",
    "offset",
    "on",
    "only",
    "or",
    "order",
    "out",
    "outer",
    "overlaps",
    "overlay",
    "placing",
    "position",
    "precision",
    "primary",
    "real",
    "references",
    "returning",
    "right",
    "row",
    "select",
    "session_user",
    "setof",
    "similar",
    "smallint",
    "some",
    "substring",
    "symmetric",
    "system_user",
    "table",
    "tablesample",
    "then",
    "time",
    "timestamp",
    "to",
    "trailing",
    "treat",
    "trim",
    "true",
    "union",
    "unique",
    "user",
    "using",
    "values",
    "varchar",
    "variadic",
    "verbose",
    "when",
    "where",
    "window",
    "with",
    "xmlattributes",
    "xmlconcat",
    "xmlelement",
    "xmlexists",
    "xmlforest",
    "xmlnamespaces",
    "xmlparse",
    "xmlpi",
    "xmlroot",
    "xmlserialize",
    "xmltable",
};

static int compare_words(const void *key, const void *item)
{
    return strcmp(key, *(const char *const *)item);
}

static bool is_plain(const char *name)
{
    if (!(*name == '_' || (*name >= 'a' && *name <= 'z')))
        return false;
    for (const char *c = name; *c; c++) {
        if (!(*c == '_' || (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9')))
            return false;
    }
    return !bsearch(name, keywords, sizeof keywords / sizeof *keywords, sizeof *keywords,
                    compare_words);
}

/* Puts `text` between two `quote`, each of those inside doubled; likewise `also` when not 0. */
static char *quoted(qi_arena *arena, const char *text, char quote, char also, const char *before)
{
    size_t length = strlen(before) + 3;
    for (const char *c = text; *c; c++)
        length += *c == quote || (also && *c == also) ? 2 : 1;
    char *out = qi_arena_bytes(arena, length);
    if (!out)
        return NULL;
    char *at = out;
    for (const char *c = before; *c; c++)
        *at++ = *c;
    *at++ = quote;
    for (const char *c = text; *c; c++) {
        if (*c == quote || (also && *c == also))
            *at++ = *c;
        *at++ = *c;
    }
    *at++ = quote;
    *at = '\0';
    return out;
}

const char *qi_quote_name(qi_arena *arena, const char *name)
{
    if (is_plain(name))
        return qi_arena_text(arena, name);
    return quoted(arena, name, '"', 0, "");
}

const char *qi_quote_text(qi_arena *arena, const char *text)
{
    bool backslash = strchr(text, '\\') != NULL;
    return quoted(arena, text, '\'', backslash ? '\\' : 0, backslash ? "E" : "");
}
