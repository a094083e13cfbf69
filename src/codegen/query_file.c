#include "codegen/query_file.h"
#include "codegen/query_parse.h"
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define TOKENS_MOST (4u * 1024u * 1024u)

static const struct {
    const char *name;
    qi_query_kind kind; /* 0: of sqlc or to come, not read yet */
} kinds[] = {
    { "one", QI_QUERY_ONE },
    { "maybe", QI_QUERY_MAYBE },
    { "many", QI_QUERY_MANY },
    { "exec", QI_QUERY_EXEC },
    { "rows", QI_QUERY_ROWS },
    { "value", QI_QUERY_VALUE },
    { "execrows", QI_QUERY_ROWS },
    { "each", 0 },
    { "execresult", 0 },
    { "execlastid", 0 },
    { "batchexec", 0 },
    { "batchmany", 0 },
    { "batchone", 0 },
    { "copyfrom", 0 },
};
#define KINDS ":one, :maybe, :many, :exec, :rows or :value"

const char *qi_query_kind_name(qi_query_kind kind)
{
    static const char *const names[] = {
        "", ":one", ":maybe", ":many", ":exec", ":rows", ":value"
    };
    return kind >= QI_QUERY_ONE && kind <= QI_QUERY_VALUE ? names[kind] : "";
}

quire_status qi_query_fail(const qi_tokens *tokens, qi_place at, quire_error *err,
                           const char *format, ...)
{
    char message[sizeof err->message];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    qi_fail(err, QUIRE_SQL, "%s", message);
    qi_locate(err, tokens->path, at.line, at.column);
    return QUIRE_SQL;
}

/* ---- tokens ---------------------------------------------------------------------------------- */

static quire_status read_tokens(qi_tokens *tokens, size_t length, qi_arena *arena, quire_error *err)
{
    qi_lexer lexer;
    size_t count = 0;
    qi_lexer_init(&lexer, tokens->text, length);
    while (qi_lexer_next(&lexer).kind != QI_TOKEN_END)
        if (++count > TOKENS_MOST)
            return qi_fail(err, QUIRE_SQL, "%s is too large", tokens->path);
    tokens->items = qi_arena_zero(arena, count + 1, sizeof(*tokens->items));
    if (!tokens->items)
        return qi_fail_memory(err);
    tokens->count = count + 1;
    qi_lexer_init(&lexer, tokens->text, length);
    for (size_t i = 0; i < tokens->count; i++) {
        tokens->items[i] = qi_lexer_next(&lexer);
        if (tokens->items[i].kind == QI_TOKEN_BROKEN)
            return qi_query_fail(tokens, qi_place_of(tokens->items[i]), err,
                                 "a string, quoted name or comment that starts here has no end");
    }
    return QUIRE_OK;
}

/* ---- annotations ----------------------------------------------------------------------------- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v' || c == '\n';
}

/* A stretch of text inside one comment token. */
typedef struct span {
    const char *text;
    size_t length;
} span;

static span trim(span s)
{
    while (s.length && is_blank(s.text[0])) {
        s.text++;
        s.length--;
    }
    while (s.length && is_blank(s.text[s.length - 1]))
        s.length--;
    return s;
}

/* What a comment says, without its marks. */
static span comment_text(const qi_tokens *tokens, qi_token token)
{
    span s = { tokens->text + token.start + 2, token.length - 2 };
    if (tokens->text[token.start] == '/')
        s.length = s.length >= 2 ? s.length - 2 : 0;
    return trim(s);
}

static bool starts_with(span s, const char *word)
{
    size_t length = strlen(word);
    return s.length >= length && memcmp(s.text, word, length) == 0;
}

static bool is_annotation(const qi_tokens *tokens, qi_token token)
{
    return token.kind == QI_TOKEN_COMMENT && starts_with(comment_text(tokens, token), "name:");
}

static bool is_name_byte(char c, bool first)
{
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    return letter || (!first && c >= '0' && c <= '9');
}

static size_t name_length(span s)
{
    size_t n = 0;
    while (n < s.length && is_name_byte(s.text[n], n == 0))
        n++;
    return n;
}

static qi_place place_in(qi_token token, const qi_tokens *tokens, const char *text)
{
    qi_place at = qi_place_of(token);
    size_t ahead = (size_t)(text - (tokens->text + token.start));
    at.at += ahead;
    at.column += (int)ahead; /* an annotation is ASCII up to here */
    return at;
}

static quire_status read_kind(const qi_tokens *tokens, qi_place at, span word, qi_query *query,
                              quire_error *err)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strlen(kinds[i].name) != word.length ||
            memcmp(kinds[i].name, word.text, word.length) != 0)
            continue;
        query->kind = kinds[i].kind;
        if (query->kind)
            return QUIRE_OK;
        qi_query_fail(tokens, at, err, "query %s: Quire does not know the kind :%s yet",
                      query->name, kinds[i].name);
        qi_hint(err, "Use " KINDS ".");
        return QUIRE_SQL;
    }
    qi_query_fail(tokens, at, err, "query %s: there is no kind :%.*s", query->name,
                  (int)(word.length > 40 ? 40 : word.length), word.text);
    qi_hint(err, "The kinds are " KINDS ".");
    return QUIRE_SQL;
}

/* "name: search :many" */
static quire_status read_annotation(const qi_tokens *tokens, qi_token token, qi_arena *arena,
                                    qi_query *query, quire_error *err)
{
    span rest = comment_text(tokens, token);
    rest = trim((span){ rest.text + 5, rest.length - 5 });
    size_t length = name_length(rest);
    query->at = place_in(token, tokens, rest.text);
    if (!length)
        return qi_query_fail(tokens, query->at, err,
                             "expected a query's name: -- name: <name> :<kind>");
    query->name = qi_arena_text_n(arena, rest.text, length);
    if (!query->name)
        return qi_fail_memory(err);
    rest = trim((span){ rest.text + length, rest.length - length });
    qi_place at = place_in(token, tokens, rest.text);
    if (!rest.length || rest.text[0] != ':') {
        qi_query_fail(tokens, at, err, "query %s: its kind is missing: -- name: %s :<kind>",
                      query->name, query->name);
        qi_hint(err, "The kinds are " KINDS ".");
        return QUIRE_SQL;
    }
    return read_kind(tokens, at, (span){ rest.text + 1, rest.length - 1 }, query, err);
}

/* The comment lines right behind an annotation; *at becomes the first token behind them. */
static quire_status read_comment(const qi_tokens *tokens, size_t *at, size_t end, qi_arena *arena,
                                 qi_query *query, quire_error *err)
{
    while (*at < end) {
        qi_token token = tokens->items[*at];
        bool line = token.kind == QI_TOKEN_COMMENT && tokens->text[token.start] == '-';
        if (token.kind != QI_TOKEN_SPACE && !line)
            break;
        if (line && token.length > 2 && tokens->text[token.start + 2] == '?')
            return qi_query_fail(tokens, qi_place_of(token), err,
                                 "query %s: --? stands behind SQL, at the end of its line",
                                 query->name);
        if (line) {
            span text = comment_text(tokens, token);
            query->comment = query->comment ? qi_arena_printf(arena, "%s\n%.*s", query->comment,
                                                              (int)text.length, text.text)
                                            : qi_arena_text_n(arena, text.text, text.length);
            if (!query->comment)
                return qi_fail_memory(err);
        }
        ++*at;
    }
    return QUIRE_OK;
}

/* ---- the file -------------------------------------------------------------------------------- */

static size_t next_annotation(const qi_tokens *tokens, size_t from)
{
    size_t at = from;
    while (tokens->items[at].kind != QI_TOKEN_END && !is_annotation(tokens, tokens->items[at]))
        at++;
    return at;
}

/* Before the first annotation there may be comments, but no SQL. */
static quire_status check_preamble(const qi_tokens *tokens, size_t end, quire_error *err)
{
    for (size_t i = 0; i < end; i++) {
        qi_token token = tokens->items[i];
        if (token.kind != QI_TOKEN_SPACE && token.kind != QI_TOKEN_COMMENT) {
            qi_query_fail(tokens, qi_place_of(token), err, "SQL that belongs to no query");
            qi_hint(err, "A query starts with a line \"-- name: <name> :<kind>\".");
            return QUIRE_SQL;
        }
    }
    return QUIRE_OK;
}

static quire_status check_twice(const qi_tokens *tokens, const qi_query *queries, size_t count,
                                quire_error *err)
{
    const qi_query *last = &queries[count - 1];
    for (size_t i = 0; i + 1 < count; i++)
        if (strcmp(queries[i].name, last->name) == 0)
            return qi_query_fail(tokens, last->at, err, "there is a query %s already, in line %d",
                                 last->name, queries[i].at.line);
    return QUIRE_OK;
}

static quire_status read_query(const qi_tokens *tokens, size_t first, size_t end, qi_arena *arena,
                               qi_query *query, quire_error *err)
{
    size_t at = first + 1;
    quire_status status = read_annotation(tokens, tokens->items[first], arena, query, err);
    if (status == QUIRE_OK)
        status = read_comment(tokens, &at, end, arena, query, err);
    if (status == QUIRE_OK)
        status = qi_query_body_parse(tokens, at, end, arena, query, err);
    return status;
}

quire_status qi_query_file_parse(const char *path, const char *text, size_t length, qi_arena *arena,
                                 qi_query_file *out, quire_error *err)
{
    qi_tokens tokens = { .path = path, .text = text };
    *out = (qi_query_file){ .path = path, .text = text, .length = length };
    quire_status status = read_tokens(&tokens, length, arena, err);
    if (status != QUIRE_OK)
        return status;
    size_t count = 0;
    for (size_t i = 0; i < tokens.count; i++)
        count += is_annotation(&tokens, tokens.items[i]);
    qi_query *queries = qi_arena_zero(arena, count, sizeof *queries);
    if (!queries)
        return qi_fail_memory(err);
    size_t at = next_annotation(&tokens, 0);
    status = check_preamble(&tokens, at, err);
    for (size_t i = 0; i < count && status == QUIRE_OK; i++) {
        size_t end = next_annotation(&tokens, at + 1);
        status = read_query(&tokens, at, end, arena, &queries[i], err);
        if (status == QUIRE_OK)
            status = check_twice(&tokens, queries, i + 1, err);
        at = end;
    }
    out->queries = queries;
    out->query_count = count;
    return status;
}
