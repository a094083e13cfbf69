#include "syntax/sql.h"

#include "base/error.h"

#include <stdint.h>
#include <string.h>

/*
 * Follows a statement as far as is needed to see whether a semicolon ends it, as psql does: not
 * inside parentheses, and not between BEGIN ATOMIC and its END in CREATE [OR REPLACE] FUNCTION or
 * PROCEDURE. CASE has an END of its own.
 */
typedef struct follower {
    size_t words; /* seen in this statement so far */
    bool create;  /* all of them are CREATE [OR REPLACE] */
    bool routine; /* it creates a function or procedure */
    bool begin;   /* the token before was BEGIN */
    bool label;   /* the token before was AS or a dot: a key word after it is a name */
    size_t parentheses;
    size_t blocks; /* BEGIN ATOMIC and CASE that are open */
} follower;

static void follow_head(follower *f, const char *text, qi_token token)
{
    static const char *const head[] = { "create", "or", "replace" };
    if (f->words > 0 && !f->create)
        return;
    f->create = f->words < 3 && qi_token_is(text, token, head[f->words]);
    bool may_follow = f->words == 1 || f->words == 3;
    f->routine = may_follow &&
                 (qi_token_is(text, token, "function") || qi_token_is(text, token, "procedure"));
}

static void follow_word(follower *f, const char *text, qi_token token)
{
    bool begin = f->begin;
    bool label = f->label;
    f->begin = f->label = false;
    follow_head(f, text, token);
    f->words++;
    if (!f->routine || f->parentheses > 0)
        return;
    if (f->blocks == 0) {
        if (begin && qi_token_is(text, token, "atomic"))
            f->blocks = 1;
        f->begin = qi_token_is(text, token, "begin");
    } else if (!label && qi_token_is(text, token, "case")) {
        f->blocks++;
    } else if (!label && qi_token_is(text, token, "end")) {
        f->blocks--;
    }
    f->label = qi_token_is(text, token, "as");
}

/* Whether the statement goes on after this token. */
static bool follow(follower *f, const char *text, qi_token token)
{
    if (token.kind == QI_TOKEN_SEMICOLON)
        return f->parentheses > 0 || f->blocks > 0;
    if (token.kind == QI_TOKEN_WORD) {
        follow_word(f, text, token);
        return true;
    }
    f->begin = false;
    f->label = token.kind == QI_TOKEN_OTHER && text[token.start] == '.';
    if (token.kind == QI_TOKEN_OTHER && text[token.start] == '(')
        f->parentheses++;
    else if (token.kind == QI_TOKEN_OTHER && text[token.start] == ')' && f->parentheses > 0)
        f->parentheses--;
    return true;
}

/* What the end of the text came upon, for the message. */
static quire_status fail_broken(const char *text, qi_token token, quire_error *err)
{
    const char *start = text + token.start;
    const char *what = "string";
    const char *close = "'";
    if (start[0] == '/') {
        what = "comment";
        close = "*/";
    } else if (start[0] == '"' || (token.length > 2 && start[2] == '"' && start[1] == '&')) {
        what = "quoted name";
        close = "\"";
    } else if (start[0] == '$') {
        close = NULL;
    }
    if (close) {
        qi_fail(err, QUIRE_SQL, "the %s that starts here has no end", what);
        qi_hint(err, "Close it with %s.", close);
    } else {
        const char *end = memchr(start + 1, '$', token.length - 1);
        int tag = end ? (int)(end - start) + 1 : 1;
        qi_fail(err, QUIRE_SQL, "the string that starts here has no end");
        qi_hint(err, "Close it with %.*s.", tag, start);
    }
    if (err) {
        err->line = token.line;
        err->line_column = token.column;
    }
    return QUIRE_SQL;
}

/* The next statement; length 0 after the last one. False at a token without an end, in *broken. */
static bool next_statement(qi_lexer *lexer, qi_sql_statement *out, qi_token *broken)
{
    follower f = { 0 };
    *out = (qi_sql_statement){ 0 };
    for (;;) {
        qi_token token = qi_lexer_next(lexer);
        if (token.kind == QI_TOKEN_END)
            return true;
        if (token.kind == QI_TOKEN_SPACE || token.kind == QI_TOKEN_COMMENT)
            continue;
        if (token.kind == QI_TOKEN_BROKEN) {
            *broken = token;
            return false;
        }
        if (!follow(&f, lexer->text, token)) {
            if (out->length)
                return true;
            continue;
        }
        if (!out->length) {
            out->start = token.start;
            out->line = token.line;
            out->column = token.column;
        }
        out->length = token.start + token.length - out->start;
    }
}

quire_status qi_sql_split(const char *text, size_t length, qi_arena *arena,
                          const qi_sql_statement **statements, size_t *count, quire_error *err)
{
    qi_lexer lexer;
    qi_sql_statement statement;
    qi_token broken;
    size_t found = 0;
    qi_lexer_init(&lexer, text, length);
    for (;; found++) {
        if (!next_statement(&lexer, &statement, &broken))
            return fail_broken(text, broken, err);
        if (!statement.length)
            break;
    }

    qi_sql_statement *list = qi_arena_zero(arena, found + 1, sizeof *list);
    if (!list)
        return qi_fail_memory(err);
    qi_lexer_init(&lexer, text, length);
    for (size_t i = 0; i < found; i++)
        next_statement(&lexer, &list[i], &broken);
    *statements = list;
    *count = found;
    return QUIRE_OK;
}

static bool starts_character(char c)
{
    return ((unsigned char)c & 0xC0u) != 0x80u;
}

void qi_sql_locate(const char *text, size_t length, size_t start, int position, int *line,
                   int *column)
{
    size_t at = start;
    for (int left = position - 1; left > 0 && at < length; left--) {
        at++;
        while (at < length && !starts_character(text[at]))
            at++;
    }

    *line = 1;
    *column = 1;
    bool mark = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0;
    for (size_t i = mark ? 3 : 0; i < at && i < length; i++) {
        bool lone = text[i] == '\r' && (i + 1 >= length || text[i + 1] != '\n');
        if (text[i] == '\n' || lone) {
            ++*line;
            *column = 1;
        } else if (starts_character(text[i]) && text[i] != '\r') {
            ++*column;
        }
    }
}

typedef struct sink {
    void (*update)(void *context, const char *bytes, size_t length);
    void *context;
} sink;

static void feed_word(const sink *to, const char *bytes, size_t length)
{
    char folded[64];
    while (length > 0) {
        size_t part = length < sizeof folded ? length : sizeof folded;
        for (size_t i = 0; i < part; i++)
            folded[i] =
                bytes[i] >= 'A' && bytes[i] <= 'Z' ? (char)(bytes[i] - 'A' + 'a') : bytes[i];
        to->update(to->context, folded, part);
        bytes += part;
        length -= part;
    }
}

/* The bytes with \r\n and \r as \n: git may have changed the line ends inside a function's body. */
static void feed_lines(const sink *to, const char *bytes, size_t length)
{
    size_t from = 0;
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] != '\r')
            continue;
        if (i > from)
            to->update(to->context, bytes + from, i - from);
        if (i + 1 >= length || bytes[i + 1] != '\n')
            to->update(to->context, "\n", 1);
        from = i + 1;
    }
    if (length > from)
        to->update(to->context, bytes + from, length - from);
}

void qi_sql_normalise(const char *text, size_t length,
                      void (*update)(void *context, const char *bytes, size_t length),
                      void *context)
{
    sink to = { update, context };
    qi_lexer lexer;
    qi_lexer_init(&lexer, text, length);
    for (;;) {
        qi_token token = qi_lexer_next(&lexer);
        if (token.kind == QI_TOKEN_END)
            return;
        if (token.kind == QI_TOKEN_SPACE || token.kind == QI_TOKEN_COMMENT)
            continue;
        if (token.kind == QI_TOKEN_WORD)
            feed_word(&to, text + token.start, token.length);
        else
            feed_lines(&to, text + token.start, token.length);
        update(context, "", 1);
    }
}
