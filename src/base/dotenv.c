#include "base/dotenv.h"

#include "base/error.h"
#include "base/file.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define LARGEST_DOTENV (1024u * 1024u)

/*
 * Where the parser stands. Messages say what is wrong and where, and never quote: what stands on the
 * line may be half a password.
 */
typedef struct parser {
    const char *at;
    const char *line_start;
    const char *path;
    int line;
    qi_arena *arena;
    quire_error *err;
} parser;

static quire_status fail_at(const parser *p, const char *at, const char *message)
{
    int column = 1;
    for (const char *c = p->line_start; c < at; c++)
        column += ((unsigned char)*c & 0xC0u) != 0x80u;
    quire_status status = qi_fail(p->err, QUIRE_CONFIG, "%s", message);
    qi_locate(p->err, p->path, p->line, column);
    return status;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\v' || c == '\f';
}

/* At a line's end: LF, CRLF, the end of the text, or a CR before it. */
static bool at_end(const char *at)
{
    return *at == '\0' || *at == '\n' || (*at == '\r' && (at[1] == '\n' || at[1] == '\0'));
}

static void skip_blanks(parser *p)
{
    while (is_blank(*p->at))
        p->at++;
}

/* Behind a newline: the next line begins. */
static void begin_line(parser *p)
{
    p->line++;
    p->line_start = p->at;
}

static void end_line(parser *p)
{
    while (!at_end(p->at))
        p->at++;
    if (*p->at == '\r')
        p->at++;
    if (*p->at == '\n')
        p->at++;
    begin_line(p);
}

static bool is_name_start(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

static bool is_name_part(char c)
{
    return is_name_start(c) || (c >= '0' && c <= '9');
}

static quire_status parse_name(parser *p, const char **name)
{
    if (strncmp(p->at, "export", 6) == 0 && is_blank(p->at[6])) {
        p->at += 6;
        skip_blanks(p);
    }
    const char *start = p->at;
    if (!is_name_start(*start))
        return fail_at(p, start, "a variable's name (letters, digits, _) must stand here");
    while (is_name_part(*p->at))
        p->at++;
    size_t length = (size_t)(p->at - start);
    skip_blanks(p);
    if (at_end(p->at))
        return fail_at(p, p->at, "missing = behind the variable's name");
    if (*p->at != '=')
        return fail_at(p, p->at, "a variable's name is letters, digits and _, then =");
    p->at++;
    skip_blanks(p);
    *name = qi_arena_text_n(p->arena, start, length);
    return *name ? QUIRE_OK : qi_fail_memory(p->err);
}

/* To the end of the line, or to a # with a blank before it; a # inside a word is the value's. */
static quire_status parse_bare(parser *p, const char **value)
{
    const char *start = p->at;
    while (!at_end(p->at) && !(*p->at == '#' && is_blank(p->at[-1])))
        p->at++;
    const char *end = p->at;
    while (end > start && is_blank(end[-1]))
        end--;
    *value = qi_arena_text_n(p->arena, start, (size_t)(end - start));
    return *value ? QUIRE_OK : qi_fail_memory(p->err);
}

/* What stands for \c in double quotes; 0 when nothing does. */
static char unescape(char c)
{
    switch (c) {
    case 'n':
        return '\n';
    case 't':
        return '\t';
    case '"':
    case '\\':
    case '$':
        return c;
    default:
        return '\0';
    }
}

/* One character of a quoted value. A line end inside it counts as \n, however it is written. */
static quire_status take_quoted(parser *p, char quote, char *out)
{
    if (*p->at == '\r' && p->at[1] == '\n')
        p->at++;
    if (quote == '"' && *p->at == '\\') {
        *out = unescape(p->at[1]);
        if (!*out)
            return fail_at(p, p->at, "unknown escape in double quotes; write \\\\ for a backslash");
        p->at += 2;
        return QUIRE_OK;
    }
    *out = *p->at++;
    if (*out == '\n')
        begin_line(p);
    return QUIRE_OK;
}

/* The bytes from behind the opening quote to the closing one; false when there is none. */
static bool measure_quoted(const char *at, char quote, size_t *length)
{
    const char *start = at;
    while (*at && *at != quote)
        at += quote == '"' && *at == '\\' && at[1] ? 2 : 1;
    *length = (size_t)(at - start);
    return *at == quote;
}

static quire_status parse_quoted(parser *p, const char **value)
{
    const char *opening = p->at;
    char quote = *p->at++;
    size_t room = 0;
    if (!measure_quoted(p->at, quote, &room))
        return fail_at(p, opening, "this quote is never closed");
    /* What comes out is no longer than what stands in the file. */
    char *text = qi_arena_bytes(p->arena, room + 1);
    if (!text)
        return qi_fail_memory(p->err);
    size_t length = 0;
    while (p->at < opening + 1 + room) {
        quire_status status = take_quoted(p, quote, &text[length++]);
        if (status != QUIRE_OK)
            return status;
    }
    text[length] = '\0';
    *value = text;
    const char *end = ++p->at;
    skip_blanks(p);
    if (at_end(p->at) || (*p->at == '#' && p->at > end))
        return QUIRE_OK;
    return fail_at(p, p->at, "only a comment may follow the closing quote");
}

static quire_status parse_line(parser *p, qi_dotenv_entry *entry)
{
    entry->line = p->line;
    quire_status status = parse_name(p, &entry->name);
    if (status != QUIRE_OK)
        return status;
    if (*p->at == '"' || *p->at == '\'')
        return parse_quoted(p, &entry->value);
    return parse_bare(p, &entry->value);
}

/* Every entry has a = of its own. */
static size_t count_at_most(const char *text)
{
    size_t count = 0;
    for (const char *at = strchr(text, '='); at; at = strchr(at + 1, '='))
        count++;
    return count;
}

quire_status qi_dotenv_parse(const char *text, const char *path, qi_arena *arena,
                             qi_environment *out, quire_error *err)
{
    if (strncmp(text, "\xEF\xBB\xBF", 3) == 0)
        text += 3;
    parser p = { text, text, path, 1, arena, err };
    qi_dotenv_entry *entries = qi_arena_zero(arena, count_at_most(text), sizeof *entries);
    if (!entries)
        return qi_fail_memory(err);
    size_t count = 0;
    while (*p.at) {
        skip_blanks(&p);
        if (!at_end(p.at) && *p.at != '#') {
            qi_dotenv_entry entry;
            quire_status status = parse_line(&p, &entry);
            if (status != QUIRE_OK)
                return status;
            entries[count++] = entry;
        }
        end_line(&p);
    }
    *out = (qi_environment){ .dotenv = path, .entries = entries, .count = count };
    return QUIRE_OK;
}

quire_status qi_environment_load(const char *directory, qi_arena *arena, qi_environment *out,
                                 quire_error *err)
{
    const char *where = NULL;
    quire_status status = qi_file_find_upwards(directory, ".env", arena, &where, err);
    if (status != QUIRE_OK)
        return status;
    if (!where) {
        *out = (qi_environment){ 0 };
        return QUIRE_OK;
    }
    const char *path = qi_path_join(arena, where, ".env");
    if (!path)
        return qi_fail_memory(err);
    char *text = NULL;
    status = qi_file_read(path, LARGEST_DOTENV, arena, &text, NULL, err);
    if (status != QUIRE_OK)
        return status;
    return qi_dotenv_parse(text, path, arena, out, err);
}

static const char *find_entry(const qi_environment *env, const char *name)
{
    for (size_t i = env ? env->count : 0; i > 0; i--) {
        if (strcmp(env->entries[i - 1].name, name) == 0)
            return env->entries[i - 1].value;
    }
    return NULL;
}

const char *qi_environment_get(const qi_environment *env, const char *name, quire_source *source)
{
    quire_source from = QUIRE_FROM_ENVIRONMENT;
    const char *value = getenv(name);
    if (!value || !*value) {
        from = QUIRE_FROM_DOTENV;
        value = find_entry(env, name);
    }
    if (value && !*value)
        value = NULL;
    if (source)
        *source = value ? from : QUIRE_FROM_NOWHERE;
    return value;
}
