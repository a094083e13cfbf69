#include "migrate/script_statement.h"

#include "base/error.h"

#include <string.h>

static const char *const hazards[] = { "deletes_data",       "may_fail",      "rewrites_table",
                                       "blocks_reads",       "blocks_writes", "builds_index",
                                       "breaks_application", "authorization", "not_transactional",
                                       "unmodelled" };

/* While a text is being read. */
typedef struct parse {
    const char *file;
    const char *text;
    qi_arena *arena;
    const qi_sql_statement *list; /* all statements, the checks' SELECTs too */
    size_t count;
    size_t next;         /* the first statement behind the comment */
    qi_check **check_of; /* by statement */
    qi_script_hazard *hazards;
    qi_script *out;
    quire_error *err;
} parse;

bool qi_hazard_is_known(const char *name)
{
    for (size_t i = 0; i < sizeof hazards / sizeof *hazards; i++)
        if (strcmp(hazards[i], name) == 0)
            return true;
    return false;
}

const char *qi_hazard_names(void)
{
    return "deletes_data, may_fail, rewrites_table, blocks_reads, blocks_writes, builds_index, "
           "breaks_application, authorization, not_transactional, unmodelled";
}

bool qi_hazard_is_allowed(const char *allowed, const char *hazard, const char *object)
{
    size_t length = strlen(hazard);
    if (strncmp(allowed, hazard, length) != 0)
        return false;
    return allowed[length] == '\0' ||
           (allowed[length] == ':' && strcmp(allowed + length + 1, object) == 0);
}

static quire_status refuse(parse *p, qi_token token, const char *message, const char *hint)
{
    qi_fail(p->err, QUIRE_REFUSED, "%s", message);
    qi_hint(p->err, "%s", hint);
    qi_locate(p->err, p->file, token.line, token.column);
    return QUIRE_REFUSED;
}

/* What stands behind `--` and `prefix` in a comment, with blanks between or not; NULL when it does not
 * start so. */
static const char *behind(parse *p, qi_token comment, const char *prefix)
{
    size_t length = strlen(prefix);
    const char *start = p->text + comment.start + strlen("--");
    const char *end = p->text + comment.start + comment.length;
    while (start < end && (*start == ' ' || *start == '\t'))
        start++;
    if ((size_t)(end - start) < length || memcmp(start, prefix, length) != 0)
        return NULL;
    start += length;
    while (start < end && (*start == ' ' || *start == '\t'))
        start++;
    while (end > start && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r'))
        end--;
    return qi_arena_text_n(p->arena, start, (size_t)(end - start));
}

static bool starts_with_word(const char *text, const char *word)
{
    size_t length = strlen(word);
    return strncmp(text, word, length) == 0 && (text[length] == '\0' || text[length] == ' ');
}

/* Cuts `text` at the first ": " outside of quotes; what is behind it, NULL when there is none. */
static char *cut(char *text)
{
    bool quoted = false;
    for (char *c = text; *c; c++) {
        if (*c == '"')
            quoted = !quoted;
        if (quoted || c[0] != ':' || c[1] != ' ')
            continue;
        *c++ = '\0';
        while (*c == ' ')
            c++;
        return c;
    }
    return NULL;
}

/* "HAZARD: OBJECT: TEXT" in its parts, in place. */
static bool three_parts(char *text, const char **hazard, const char **object, const char **rest)
{
    char *second = cut(text);
    char *third = second ? cut(second) : NULL;
    if (!third || !*second || !*third || !qi_hazard_is_known(text))
        return false;
    *hazard = text;
    *object = second;
    *rest = third;
    return true;
}

static bool inside_statement(const parse *p, qi_token comment)
{
    const qi_sql_statement *before = p->next > 0 ? &p->list[p->next - 1] : NULL;
    return before && comment.start < before->start + before->length;
}

static quire_status take_check(parse *p, qi_token comment, const char *parts)
{
    char *copy = qi_arena_text(p->arena, parts);
    qi_check *check = qi_arena_zero(p->arena, 1, sizeof *check);
    if (!copy || !check)
        return qi_fail_memory(p->err);
    if (!three_parts(copy, &check->hazard, &check->object, &check->message)) {
        refuse(p, comment, "a check is written as `-- quire: check HAZARD: OBJECT: MESSAGE`",
               qi_hazard_names());
        return QUIRE_REFUSED;
    }
    bool fits = p->next < p->count && !inside_statement(p, comment) && !p->check_of[p->next] &&
                qi_statement_is_query(p->text, &p->list[p->next]);
    if (!fits)
        return refuse(p, comment, "a check stands directly above one SELECT",
                      "The SELECT gives a row for what stops the migration, and none else.");
    const qi_sql_statement *query = &p->list[p->next];
    check->sql = qi_arena_text_n(p->arena, p->text + query->start, query->length);
    check->start = query->start;
    check->line = query->line;
    check->column = query->column;
    p->check_of[p->next] = check;
    return check->sql ? QUIRE_OK : qi_fail_memory(p->err);
}

static quire_status take_directive(parse *p, qi_token comment, const char *directive)
{
    if (starts_with_word(directive, "check"))
        return take_check(p, comment, directive + strlen("check") + (directive[5] == ' '));
    if (starts_with_word(directive, "ignore") || starts_with_word(directive, "renamed from") ||
        starts_with_word(directive, "generated") || starts_with_word(directive, "replaces"))
        return QUIRE_OK;
    if (strcmp(directive, "no-transaction") != 0)
        return refuse(p, comment, "this directive is not known",
                      "Those of a migration are `-- quire: no-transaction`, `-- quire: check "
                      "HAZARD: OBJECT: MESSAGE` and `-- quire: ignore RULE REASON`.");
    for (size_t i = 0; i < p->next; i++)
        if (!p->check_of[i])
            return refuse(p, comment, "`-- quire: no-transaction` is about the whole file",
                          "Write it above the first statement.");
    p->out->transaction = false;
    return QUIRE_OK;
}

static quire_status take_comment(parse *p, qi_token comment)
{
    if (comment.length < 2 || memcmp(p->text + comment.start, "--", 2) != 0)
        return QUIRE_OK;
    const char *directive = behind(p, comment, "quire:");
    if (directive)
        return take_directive(p, comment, directive);
    const char *hazard = behind(p, comment, "hazard:");
    char *copy = hazard ? qi_arena_text(p->arena, hazard) : NULL;
    qi_script_hazard found = { .statement = p->next };
    if (copy && three_parts(copy, &found.hazard, &found.object, &found.text))
        p->hazards[p->out->hazard_count++] = found;
    return QUIRE_OK;
}

/* Counts the comments, so that there is room for each. */
static size_t count_comments(const char *text, size_t length)
{
    size_t count = 0;
    qi_lexer lexer;
    qi_lexer_init(&lexer, text, length);
    for (qi_token t = qi_lexer_next(&lexer); t.kind != QI_TOKEN_END; t = qi_lexer_next(&lexer))
        count += t.kind == QI_TOKEN_COMMENT;
    return count;
}

static quire_status read_comments(parse *p)
{
    quire_status status = QUIRE_OK;
    qi_lexer lexer;
    qi_lexer_init(&lexer, p->text, p->out->length);
    for (qi_token t = qi_lexer_next(&lexer); t.kind != QI_TOKEN_END && !status;
         t = qi_lexer_next(&lexer)) {
        while (p->next < p->count && p->list[p->next].start < t.start)
            p->next++;
        if (t.kind == QI_TOKEN_COMMENT)
            status = take_comment(p, t);
    }
    return status;
}

/* Hazards count statements without the checks among them. */
static void renumber_hazards(parse *p, size_t index, size_t number)
{
    for (size_t i = 0; i < p->out->hazard_count; i++)
        if (p->hazards[i].statement == index)
            p->hazards[i].statement = number;
}

static quire_status read_statements(parse *p)
{
    qi_script *out = p->out;
    qi_script_statement *statements = qi_arena_zero(p->arena, p->count + 1, sizeof *statements);
    qi_check *checks = qi_arena_zero(p->arena, p->count + 1, sizeof *checks);
    if (!statements || !checks)
        return qi_fail_memory(p->err);
    for (size_t i = 0; i < p->count; i++) {
        renumber_hazards(p, i, out->count);
        if (p->check_of[i]) {
            qi_token place = { .line = p->list[i].line, .column = p->list[i].column };
            if (out->count > 0)
                return refuse(p, place, "a check stands above all other statements",
                              "It is run before anything of the file: move it up.");
            checks[out->check_count++] = *p->check_of[i];
            continue;
        }
        quire_status status = qi_statement_read(p->file, p->text, &p->list[i], out->transaction,
                                                p->arena, &statements[out->count], p->err);
        if (status)
            return status;
        out->count++;
    }
    renumber_hazards(p, p->count, out->count);
    out->statements = statements;
    out->checks = checks;
    out->hazards = p->hazards;
    return QUIRE_OK;
}

quire_status qi_script_parse(const char *file, const char *text, size_t length, qi_arena *arena,
                             qi_script *out, quire_error *err)
{
    qi_script script = { .file = file, .text = text, .length = length, .transaction = true };
    parse p = { .file = file, .text = text, .arena = arena, .out = &script, .err = err };
    quire_status status = qi_sql_split(text, length, arena, &p.list, &p.count, err);
    if (status == QUIRE_SQL)
        qi_locate(err, file, err ? err->line : 0, err ? err->line_column : 0);
    if (status)
        return status;
    p.check_of = qi_arena_zero(arena, p.count + 1, sizeof(qi_check *));
    p.hazards = qi_arena_zero(arena, count_comments(text, length) + 1, sizeof *p.hazards);
    if (!p.check_of || !p.hazards)
        return qi_fail_memory(err);
    status = read_comments(&p);
    if (!status)
        status = read_statements(&p);
    if (!status)
        *out = script;
    return status;
}

quire_status qi_script_check(const char *file, const char *text, size_t length, qi_arena *arena,
                             quire_error *err)
{
    qi_script script = { 0 };
    quire_status status = qi_script_parse(file, text, length, arena, &script, err);
    if (status || script.transaction)
        return status;
    qi_fail(err, QUIRE_REFUSED, "`-- quire: no-transaction` in a file that is one transaction");
    qi_hint(err, "Only migrations can be run statement by statement. Remove the line.");
    qi_locate(err, file, 0, 0);
    return QUIRE_REFUSED;
}
