#include "syntax/sql.h"

#include <string.h>

/*
 * The rules stand in PostgreSQL's src/backend/parser/scan.l and psql's src/fe_utils/psqlscan.l; what
 * is said here of "the scanner" is found there. standard_conforming_strings is on, as it is since
 * PostgreSQL 9.1 and cannot be otherwise from 19.
 */

/* Character classes are ASCII's, whatever the locale; every byte from 0x80 on is a letter. */
static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_word_part(char c)
{
    return is_word_start(c) || is_digit(c) || c == '$';
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

static bool is_operator(char c)
{
    return c != '\0' && strchr("~!@#^&|`?+-*/%<>=", c) != NULL;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* The byte at `at`, or NUL behind the end. */
static char peek(const qi_lexer *lexer, size_t at)
{
    return at < lexer->length ? lexer->text[at] : '\0';
}

/* Each of the scan_ functions returns where its token ends; `*closed` is false when it has no end. */

static size_t scan_line_comment(const qi_lexer *lexer, size_t at)
{
    while (at < lexer->length && !is_line_end(lexer->text[at]))
        at++;
    return at;
}

static size_t scan_block_comment(const qi_lexer *lexer, size_t at, bool *closed)
{
    size_t depth = 0;
    while (at < lexer->length) {
        if (lexer->text[at] == '/' && peek(lexer, at + 1) == '*') {
            depth++;
            at += 2;
        } else if (lexer->text[at] == '*' && peek(lexer, at + 1) == '/') {
            depth--;
            at += 2;
            if (depth == 0)
                return at;
        } else {
            at++;
        }
    }
    *closed = false;
    return at;
}

/* From the opening quote to behind the closing one; a doubled quote stands for itself. */
static size_t scan_quoted(const qi_lexer *lexer, size_t at, bool backslash, bool *closed)
{
    char quote = lexer->text[at++];
    while (at < lexer->length) {
        char c = lexer->text[at++];
        if (c == '\\' && backslash && at < lexer->length)
            at++;
        else if (c == quote && peek(lexer, at) == quote)
            at++;
        else if (c == quote)
            return at;
    }
    *closed = false;
    return at;
}

/*
 * Where a string goes on after its closing quote at `at`: behind white space and comments with a
 * line end among them, at another quote. `at` itself when it does not.
 */
static size_t continued(const qi_lexer *lexer, size_t at)
{
    size_t next = at;
    bool line_end = false;
    while (next < lexer->length) {
        char c = lexer->text[next];
        if (is_space(c)) {
            line_end = line_end || is_line_end(c);
            next++;
        } else if (c == '-' && peek(lexer, next + 1) == '-') {
            next = scan_line_comment(lexer, next);
        } else {
            return c == '\'' && line_end ? next : at;
        }
    }
    return at;
}

/*
 * E'...': backslashes escape. They do so in the parts that it is continued with too, which do not
 * have the E, and so all of it is one token. Strings of other kinds end the same whether they are
 * seen as continued or not.
 */
static size_t scan_escape_string(const qi_lexer *lexer, size_t at, bool *closed)
{
    for (;;) {
        size_t end = scan_quoted(lexer, at, true, closed);
        at = *closed ? continued(lexer, end) : end;
        if (at == end)
            return end;
    }
}

/* $tag$...$tag$, or $1, or a lone $. */
static size_t scan_dollar(const qi_lexer *lexer, size_t start, qi_token_kind *kind, bool *closed)
{
    size_t at = start + 1;
    if (is_digit(peek(lexer, at))) {
        *kind = QI_TOKEN_PARAM;
        while (is_digit(peek(lexer, at)))
            at++;
        return at;
    }
    while (at < lexer->length && lexer->text[at] != '$' && is_word_part(lexer->text[at]))
        at++;
    if (peek(lexer, at) != '$') {
        *kind = QI_TOKEN_OTHER;
        return start + 1;
    }
    *kind = QI_TOKEN_STRING;
    at++;
    size_t tag = at - start;
    const char *opening = lexer->text + start;
    for (; lexer->length - at >= tag; at++) {
        const char *dollar = memchr(lexer->text + at, '$', lexer->length - at);
        if (!dollar)
            break;
        at = (size_t)(dollar - lexer->text);
        if (lexer->length - at >= tag && memcmp(dollar, opening, tag) == 0)
            return at + tag;
    }
    *closed = false;
    return lexer->length;
}

static bool is_digit_of(char c, int base)
{
    c = lower(c);
    return base == 16 ? is_digit(c) || (c >= 'a' && c <= 'f') : c >= '0' && c < '0' + base;
}

/* Digits, with single underscores between them. */
static size_t scan_digits(const qi_lexer *lexer, size_t at, int base)
{
    while (is_digit_of(peek(lexer, at), base) ||
           (peek(lexer, at) == '_' && is_digit_of(peek(lexer, at + 1), base)))
        at++;
    return at;
}

static size_t scan_number(const qi_lexer *lexer, size_t start)
{
    char letter = lower(peek(lexer, start + 1));
    if (lexer->text[start] == '0' && (letter == 'x' || letter == 'o' || letter == 'b')) {
        int base = letter == 'x' ? 16 : letter == 'o' ? 8 : 2;
        size_t end = scan_digits(lexer, start + 2, base);
        return end > start + 2 ? end : start + 1;
    }
    size_t at = scan_digits(lexer, start, 10);
    /* 1..10 is a number, two dots and a number. */
    if (peek(lexer, at) == '.' && !(at > start && peek(lexer, at + 1) == '.')) {
        at++;
        if (is_digit(peek(lexer, at)))
            at = scan_digits(lexer, at, 10);
    }
    if (lower(peek(lexer, at)) == 'e') {
        size_t exponent = at + 1;
        if (peek(lexer, exponent) == '+' || peek(lexer, exponent) == '-')
            exponent++;
        if (is_digit(peek(lexer, exponent)))
            at = scan_digits(lexer, exponent, 10);
    }
    return at;
}

/* A word, or a string or quoted name with a prefix. */
static size_t scan_word(const qi_lexer *lexer, size_t start, qi_token_kind *kind, bool *closed)
{
    char first = lower(lexer->text[start]);
    char next = peek(lexer, start + 1);
    if (next == '\'' && strchr("bxne", first)) {
        *kind = QI_TOKEN_STRING;
        return first == 'e' ? scan_escape_string(lexer, start + 1, closed)
                            : scan_quoted(lexer, start + 1, false, closed);
    }
    char third = peek(lexer, start + 2);
    if (first == 'u' && next == '&' && (third == '\'' || third == '"')) {
        *kind = third == '"' ? QI_TOKEN_QUOTED : QI_TOKEN_STRING;
        return scan_quoted(lexer, start + 2, false, closed);
    }
    *kind = QI_TOKEN_WORD;
    size_t at = start + 1;
    while (at < lexer->length && is_word_part(lexer->text[at]))
        at++;
    return at;
}

/* A colon: ::, :=, :name, or the colon itself. */
static size_t scan_colon(const qi_lexer *lexer, size_t start, qi_token_kind *kind)
{
    char next = peek(lexer, start + 1);
    if (next == ':' || next == '=')
        return start + 2;
    bool slice = lexer->brackets > 0 && lexer->operand;
    if (slice || !is_word_start(next))
        return start + 1;
    *kind = QI_TOKEN_VARIABLE;
    size_t at = start + 2;
    /* No $ in the name of a psql variable. */
    while (at < lexer->length && lexer->text[at] != '$' && is_word_part(lexer->text[at]))
        at++;
    return at;
}

/* As the scanner does: an operator ends before a comment, and only some may end in + or -. */
static size_t scan_operator(const qi_lexer *lexer, size_t start)
{
    size_t end = start + 1;
    bool special = false;
    for (size_t at = start; is_operator(peek(lexer, at)); at++) {
        char c = lexer->text[at];
        char next = peek(lexer, at + 1);
        if (at > start && ((c == '-' && next == '-') || (c == '/' && next == '*')))
            break;
        end = at + 1;
    }
    for (size_t at = start; at < end; at++)
        special = special || strchr("~!@#^&|`?%", lexer->text[at]) != NULL;
    while (!special && end > start + 1 &&
           (lexer->text[end - 1] == '+' || lexer->text[end - 1] == '-'))
        end--;
    return end;
}

static size_t scan_space(const qi_lexer *lexer, size_t at)
{
    while (at < lexer->length && is_space(lexer->text[at]))
        at++;
    return at;
}

static size_t scan_punctuation(const qi_lexer *lexer, size_t at, qi_token_kind *kind)
{
    char c = lexer->text[at];
    *kind = QI_TOKEN_OTHER;
    if (c == ';')
        *kind = QI_TOKEN_SEMICOLON;
    if (c == ':')
        return scan_colon(lexer, at, kind);
    if (c == '.' && peek(lexer, at + 1) == '.')
        return at + 2;
    return is_operator(c) ? scan_operator(lexer, at) : at + 1;
}

/* The kind of the token at the lexer's place and where it ends. */
static size_t scan(const qi_lexer *lexer, qi_token_kind *kind)
{
    static const char mark[] = "\xEF\xBB\xBF"; /* byte order mark, which psql skips too */
    size_t at = lexer->at;
    char c = lexer->text[at];
    char next = peek(lexer, at + 1);
    size_t end;
    bool closed = true;

    if (at == 0 && lexer->length >= 3 && memcmp(lexer->text, mark, 3) == 0) {
        *kind = QI_TOKEN_SPACE;
        end = scan_space(lexer, 3);
    } else if (is_space(c)) {
        *kind = QI_TOKEN_SPACE;
        end = scan_space(lexer, at);
    } else if (c == '-' && next == '-') {
        *kind = QI_TOKEN_COMMENT;
        end = scan_line_comment(lexer, at);
    } else if (c == '/' && next == '*') {
        *kind = QI_TOKEN_COMMENT;
        end = scan_block_comment(lexer, at, &closed);
    } else if (is_word_start(c)) {
        end = scan_word(lexer, at, kind, &closed);
    } else if (c == '\'' || c == '"') {
        *kind = c == '"' ? QI_TOKEN_QUOTED : QI_TOKEN_STRING;
        end = scan_quoted(lexer, at, false, &closed);
    } else if (c == '$') {
        end = scan_dollar(lexer, at, kind, &closed);
    } else if (is_digit(c) || (c == '.' && is_digit(next))) {
        *kind = QI_TOKEN_NUMBER;
        end = scan_number(lexer, at);
    } else {
        end = scan_punctuation(lexer, at, kind);
    }
    if (!closed)
        *kind = QI_TOKEN_BROKEN;
    return end;
}

/* Moves on to `end`. \n, \r\n and a lone \r end a line. */
static void advance(qi_lexer *lexer, size_t end)
{
    for (; lexer->at < end; lexer->at++) {
        char c = lexer->text[lexer->at];
        if (c == '\n' || (c == '\r' && peek(lexer, lexer->at + 1) != '\n')) {
            lexer->line++;
            lexer->column = 1;
        } else if (((unsigned char)c & 0xC0u) != 0x80u && c != '\r') {
            lexer->column++;
        }
    }
}

/* Key words that another operand follows: a colon after them is not that of a slice. */
static bool expects_operand(const char *text, qi_token token)
{
    static const char *const words[] = {
        "all",       "and",    "any",    "array", "between", "by",     "case",    "distinct",
        "else",      "from",   "having", "ilike", "in",      "is",     "like",    "limit",
        "not",       "offset", "on",     "or",    "over",    "select", "similar", "some",
        "symmetric", "then",   "to",     "using", "values",  "when",   "where",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (qi_token_is(text, token, words[i]))
            return true;
    return false;
}

static void remember(qi_lexer *lexer, qi_token token)
{
    char c = lexer->text[token.start];
    switch (token.kind) {
    case QI_TOKEN_SPACE:
    case QI_TOKEN_COMMENT:
        return;
    case QI_TOKEN_WORD:
        /* Looked at only where it matters. */
        lexer->operand = lexer->brackets == 0 || !expects_operand(lexer->text, token);
        return;
    case QI_TOKEN_SEMICOLON:
        lexer->brackets = 0;
        lexer->operand = false;
        return;
    case QI_TOKEN_OTHER:
        if (c == '[')
            lexer->brackets++;
        else if (c == ']' && lexer->brackets > 0)
            lexer->brackets--;
        lexer->operand = c == ')' || c == ']';
        return;
    default:
        lexer->operand = true;
        return;
    }
}

void qi_lexer_init(qi_lexer *lexer, const char *text, size_t length)
{
    *lexer = (qi_lexer){ .text = text, .length = length, .line = 1, .column = 1 };
}

qi_token qi_lexer_next(qi_lexer *lexer)
{
    qi_token token = { .start = lexer->at, .line = lexer->line, .column = lexer->column };
    if (lexer->at >= lexer->length)
        return token;
    size_t end = scan(lexer, &token.kind);
    token.length = end - token.start;
    advance(lexer, end);
    if (token.start == 0 && token.kind == QI_TOKEN_SPACE && (unsigned char)lexer->text[0] == 0xEF &&
        lexer->line == 1)
        lexer->column--; /* the byte order mark takes no column */
    remember(lexer, token);
    return token;
}

bool qi_token_is(const char *text, qi_token token, const char *word)
{
    size_t length = strlen(word);
    const char *start = text + token.start;
    if (token.kind == QI_TOKEN_QUOTED)
        return *start == '"' && token.length == length + 2 && memcmp(start + 1, word, length) == 0;
    if (token.kind != QI_TOKEN_WORD || token.length != length)
        return false;
    for (size_t i = 0; i < length; i++)
        if (lower(start[i]) != word[i])
            return false;
    return true;
}
