/*
 * Comments with a meaning. One stands above a statement when nothing but space and comments is
 * between them, and it does not begin on the line where the statement before it ends.
 */
#include "lint/rule.h"

#include "base/error.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_DIRECTIVES = 100000 };

static const char *skip_blanks(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\r'))
        at++;
    return at;
}

/* Whether the text goes on with `word`; moves behind it and blanks. */
static bool pass(const char **at, const char *end, const char *word)
{
    size_t length = strlen(word);
    if ((size_t)(end - *at) < length || strncmp(*at, word, length) != 0)
        return false;
    const char *behind = *at + length;
    const char *next = skip_blanks(behind, end);
    if (next == behind && behind < end && word[length - 1] != ':')
        return false;
    *at = next;
    return true;
}

/* "word rest" or "word: rest", without blanks around them. */
static bool split(qi_arena *arena, const char *at, const char *end, char separator,
                  qi_directive *out)
{
    const char *stop = at;
    while (stop < end && *stop != separator && *stop != '\t')
        stop++;
    const char *rest = stop < end ? skip_blanks(stop + 1, end) : end;
    while (end > rest && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r'))
        end--;
    while (stop > at && (stop[-1] == ' ' || stop[-1] == '\r'))
        stop--;
    out->word = qi_arena_text_n(arena, at, (size_t)(stop - at));
    out->rest = qi_arena_text_n(arena, rest, (size_t)(end - rest));
    return out->word && out->rest;
}

/* Reads one comment; kind 0: it has no meaning here. False: out of memory. */
static bool read_comment(qi_lint *lint, qi_token token, qi_directive *out)
{
    const char *at = lint->file->text + token.start;
    const char *end = at + token.length;
    char separator = ':';
    if (strncmp(at, "--", 2) != 0)
        return true;
    at = skip_blanks(at + 2, end);
    if (pass(&at, end, "hazard:")) {
        out->kind = QI_DIRECTIVE_HAZARD;
    } else if (!pass(&at, end, "quire:")) {
        return true;
    } else if (pass(&at, end, "ignore")) {
        out->kind = QI_DIRECTIVE_IGNORE;
        separator = ' ';
    } else if (pass(&at, end, "check")) {
        out->kind = QI_DIRECTIVE_CHECK;
    } else {
        lint->alone = pass(&at, end, "no-transaction") || lint->alone;
        return true;
    }
    out->line = token.line;
    out->column = token.column;
    return split(lint->arena, at, end, separator, out);
}

static size_t line_of_end(const qi_lint *lint, const qi_sql_statement *statement)
{
    size_t line = (size_t)statement->line;
    for (size_t i = 0; i < statement->length; i++)
        line += lint->file->text[statement->start + i] == '\n';
    return line;
}

static quire_status read_directives(qi_lint *lint, quire_error *err)
{
    qi_lexer lexer;
    size_t most = 0;
    qi_lexer_init(&lexer, lint->file->text, lint->file->length);
    for (qi_token t = qi_lexer_next(&lexer); t.kind != QI_TOKEN_END; t = qi_lexer_next(&lexer))
        most += t.kind == QI_TOKEN_COMMENT;
    if (most > MOST_DIRECTIVES)
        return qi_fail(err, QUIRE_MEMORY, "more than %d comments in %s", MOST_DIRECTIVES,
                       lint->file->path);
    lint->directives = qi_arena_zero(lint->arena, most + 1, sizeof *lint->directives);
    if (!lint->directives)
        return qi_fail_memory(err);
    size_t below = 0;
    size_t ended = 0; /* the line where the statement before it ends */
    qi_lexer_init(&lexer, lint->file->text, lint->file->length);
    for (qi_token t = qi_lexer_next(&lexer); t.kind != QI_TOKEN_END; t = qi_lexer_next(&lexer)) {
        qi_directive *directive = &lint->directives[lint->directive_count];
        while (below < lint->statement_count && lint->statements[below].place.start < t.start)
            ended = line_of_end(lint, &lint->statements[below++].place);
        if (t.kind != QI_TOKEN_COMMENT)
            continue;
        if (!read_comment(lint, t, directive))
            return qi_fail_memory(err);
        directive->statement = ended >= (size_t)t.line ? lint->statement_count : below;
        lint->directive_count += directive->kind != 0;
    }
    return QUIRE_OK;
}

/* Whether there is an empty line in a part of the file. */
static bool has_gap(const char *text, size_t from, size_t to)
{
    bool blank = false;
    for (size_t i = from; i < to; i++) {
        if (text[i] == '\n' && blank)
            return true;
        if (text[i] == '\n')
            blank = true;
        else if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r')
            blank = false;
    }
    return false;
}

quire_status qi_lint_comments(qi_lint *lint, quire_error *err)
{
    const qi_sql_statement *places = NULL;
    size_t count = 0;
    const qi_migration_file *file = lint->file;
    quire_status status = qi_sql_split(file->text, file->length, lint->arena, &places, &count, err);
    if (status == QUIRE_SQL)
        qi_locate(err, file->path, err ? err->line : 0, err ? err->line_column : 0);
    if (status != QUIRE_OK)
        return status;
    qi_lint_statement *statements = qi_arena_zero(lint->arena, count + 1, sizeof *statements);
    if (!statements)
        return qi_fail_memory(err);
    size_t paragraph = 0;
    for (size_t i = 0; i < count; i++) {
        size_t end = i ? places[i - 1].start + places[i - 1].length : 0;
        paragraph += has_gap(file->text, end, places[i].start);
        statements[i] = (qi_lint_statement){ places[i], paragraph };
    }
    lint->statements = statements;
    lint->statement_count = count;
    return read_directives(lint, err);
}
