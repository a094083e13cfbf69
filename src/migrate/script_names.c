#include "migrate/script_statement.h"

/* Reads the tokens of one statement. */
typedef struct reader {
    const char *text;
    qi_lexer lexer;
    qi_token now;
    qi_arena *arena;
    bool failed;
} reader;

qi_lexer qi_statement_lexer(const char *text, const qi_sql_statement *statement)
{
    qi_lexer lexer;
    qi_lexer_init(&lexer, text, statement->start + statement->length);
    lexer.at = statement->start;
    return lexer;
}

qi_token qi_next_real(qi_lexer *lexer)
{
    qi_token token = qi_lexer_next(lexer);
    while (token.kind == QI_TOKEN_SPACE || token.kind == QI_TOKEN_COMMENT)
        token = qi_lexer_next(lexer);
    return token;
}

static bool is_word(const reader *r, const char *word)
{
    return r->now.kind == QI_TOKEN_WORD && qi_token_is(r->text, r->now, word);
}

static bool skip(reader *r, const char *word)
{
    if (!is_word(r, word))
        return false;
    r->now = qi_next_real(&r->lexer);
    return true;
}

static bool skip_both(reader *r, const char *first, const char *second)
{
    return skip(r, first) && skip(r, second);
}

static bool is_name(const reader *r)
{
    return r->now.kind == QI_TOKEN_WORD || r->now.kind == QI_TOKEN_QUOTED;
}

static bool is_dot(const reader *r)
{
    return r->now.kind == QI_TOKEN_OTHER && r->now.length == 1 && r->text[r->now.start] == '.';
}

/* A name with its schema, as it stands there; NULL when there is none. */
static const char *name(reader *r)
{
    if (!is_name(r))
        return NULL;
    size_t start = r->now.start;
    size_t end = start + r->now.length;
    r->now = qi_next_real(&r->lexer);
    while (is_dot(r)) {
        r->now = qi_next_real(&r->lexer);
        if (!is_name(r))
            return NULL;
        end = r->now.start + r->now.length;
        r->now = qi_next_real(&r->lexer);
    }
    const char *found = qi_arena_text_n(r->arena, r->text + start, end - start);
    r->failed = r->failed || !found;
    return found;
}

/* CREATE [UNIQUE] INDEX CONCURRENTLY [IF NOT EXISTS] [name] ON [ONLY] table */
static void create_index(reader *r, qi_script_statement *out)
{
    skip(r, "create");
    skip(r, "unique");
    skip_both(r, "index", "concurrently");
    out->conditional = skip(r, "if");
    skip_both(r, "not", "exists");
    if (!is_word(r, "on"))
        out->object = name(r);
    skip(r, "on");
    skip(r, "only");
    out->table = name(r);
}

/* DROP INDEX CONCURRENTLY [IF EXISTS] name */
static void drop_index(reader *r, qi_script_statement *out)
{
    skip_both(r, "drop", "index");
    skip(r, "concurrently");
    out->conditional = skip_both(r, "if", "exists");
    out->object = name(r);
}

/* ALTER TABLE [IF EXISTS] [ONLY] parent DETACH PARTITION partition CONCURRENTLY */
static void detach_partition(reader *r, qi_script_statement *out)
{
    skip_both(r, "alter", "table");
    out->conditional = skip_both(r, "if", "exists");
    skip(r, "only");
    out->table = name(r);
    if (skip_both(r, "detach", "partition"))
        out->object = name(r);
}

/* CREATE DATABASE name, DROP TABLESPACE [IF EXISTS] name, ... */
static void of_cluster(reader *r, qi_script_statement *out)
{
    r->now = qi_next_real(&r->lexer);
    r->now = qi_next_real(&r->lexer);
    out->conditional = skip_both(r, "if", "exists");
    out->object = name(r);
}

bool qi_statement_names(const char *text, const qi_sql_statement *statement, qi_arena *arena,
                        qi_script_statement *out)
{
    reader r = { .text = text, .lexer = qi_statement_lexer(text, statement), .arena = arena };
    r.now = qi_next_real(&r.lexer);
    switch (out->alone) {
    case QI_CREATE_INDEX:
        create_index(&r, out);
        break;
    case QI_DROP_INDEX:
        drop_index(&r, out);
        break;
    case QI_DETACH_PARTITION:
        detach_partition(&r, out);
        break;
    case QI_CREATE_DATABASE:
    case QI_DROP_DATABASE:
    case QI_CREATE_TABLESPACE:
    case QI_DROP_TABLESPACE:
        of_cluster(&r, out);
        break;
    case QI_TOGETHER:
    case QI_REPEATABLE:
        break;
    }
    return !r.failed;
}
