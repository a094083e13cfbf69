/*
 * sql.h - the lexical form of SQL: tokens and statements. Knows PostgreSQL's rules for where a
 * string, a comment, a name or a statement ends, and nothing of what they mean. Follows
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html, and psql where it has
 * rules of its own (:name, statements that end inside BEGIN ATOMIC bodies).
 *
 * Everything points into the text that was given; nothing is allocated but by qi_sql_split.
 */
#ifndef QI_SQL_H
#define QI_SQL_H

#include "base/arena.h"

#include <quire/error.h>

#include <stdbool.h>
#include <stddef.h>

typedef enum qi_token_kind {
    QI_TOKEN_END = 0,
    QI_TOKEN_SPACE,   /* white space, newlines included */
    QI_TOKEN_COMMENT, /* a -- comment without its newline, or a nested block comment */
    QI_TOKEN_WORD,    /* a name or key word, not quoted */
    QI_TOKEN_QUOTED,  /* "name", U&"name" */
    QI_TOKEN_STRING,  /* 'text', E'text', B'01', X'ff', U&'text', N'text', $tag$text$tag$ */
    QI_TOKEN_NUMBER,
    QI_TOKEN_PARAM,    /* $1 */
    QI_TOKEN_VARIABLE, /* :name, as psql reads it; not ::type, :=, or the colon of a slice */
    QI_TOKEN_SEMICOLON,
    QI_TOKEN_OTHER, /* an operator or one character of punctuation */
    QI_TOKEN_BROKEN /* a string, quoted name or comment without an end: reaches to the end */
} qi_token_kind;

typedef struct qi_token {
    qi_token_kind kind;
    size_t start; /* bytes into the text */
    size_t length;
    int line;   /* from 1 */
    int column; /* in characters, from 1 */
} qi_token;

typedef struct qi_lexer {
    const char *text;
    size_t length;
    size_t at;
    int line;
    int column;
    int brackets; /* depth of [ ], where a colon may be a slice's */
    bool operand; /* the token before could end an operand */
} qi_lexer;

void qi_lexer_init(qi_lexer *lexer, const char *text, size_t length);

/* The next token; QI_TOKEN_END for ever after the last. Spaces and comments come out as tokens. */
qi_token qi_lexer_next(qi_lexer *lexer);

/* Whether a word or quoted name is `word`: lower case ASCII; an unquoted one in any case. */
bool qi_token_is(const char *text, qi_token token, const char *word);

/* One statement of a text, without the semicolon, from its first to its last real token. */
typedef struct qi_sql_statement {
    size_t start;
    size_t length;
    int line; /* of its first token */
    int column;
} qi_sql_statement;

/*
 * Splits a text into its statements. A semicolon inside parentheses or inside the BEGIN ATOMIC body of
 * a function or procedure does not end one. Empty statements are left out. QUIRE_SQL with line and
 * column for a string or comment without an end.
 */
quire_status qi_sql_split(const char *text, size_t length, qi_arena *arena,
                          const qi_sql_statement **statements, size_t *count, quire_error *err);

/*
 * Where a server's error position (characters from 1, in a statement that starts at `start` of
 * the text) lies in the text: line and column from 1.
 */
void qi_sql_locate(const char *text, size_t length, size_t start, int position, int *line,
                   int *column);

/*
 * Feeds the tokens of a text to `update`, so that texts that differ only in white space, comments,
 * line ends and the case of unquoted words give the same sequence: each token is followed by one NUL.
 */
void qi_sql_normalise(const char *text, size_t length,
                      void (*update)(void *context, const char *bytes, size_t length),
                      void *context);

#endif
