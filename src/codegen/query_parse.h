/* query_parse.h - what the files of the query parser share; nobody else includes it. */
#ifndef QI_GEN_QUERY_PARSE_H
#define QI_GEN_QUERY_PARSE_H

#include "codegen/query_file.h"
#include "syntax/sql.h"

/* The tokens of a file, the last one being QI_TOKEN_END. */
typedef struct qi_tokens {
    const char *path;
    const char *text;
    qi_token *items;
    size_t count;
} qi_tokens;

/* Fails with QUIRE_SQL at a place of the file. */
quire_status qi_query_fail(const qi_tokens *tokens, qi_place at, quire_error *err,
                           const char *format, ...) __attribute__((format(printf, 4, 5)));

static inline qi_place qi_place_of(qi_token token)
{
    return (qi_place){ .at = token.start, .line = token.line, .column = token.column };
}

/* Reads the body of a query, the tokens from `first` up to but not including `end`. */
quire_status qi_query_body_parse(const qi_tokens *tokens, size_t first, size_t end, qi_arena *arena,
                                 qi_query *query, quire_error *err);

/* A parameter that starts at token `at`, in any of its forms. */
typedef struct qi_param_use {
    const char *name; /* NULL: no parameter starts here */
    size_t tokens;    /* that it takes up */
    bool nullable;
} qi_param_use;

quire_status qi_query_param_at(const qi_tokens *tokens, size_t at, size_t end, qi_arena *arena,
                               qi_param_use *out, quire_error *err);

#endif
